/* write: how html.c and page.c share the writing of blocks; no contract to others. */
#ifndef GIJI_MARKDOWN_WRITE_H
#define GIJI_MARKDOWN_WRITE_H

#include "markdown/html.h"

/* One block and all in it; nothing for a footnote. A heading is bold words without an id. */
void write_block(const struct md_html *h, uint32_t block, struct buf *out);

/* Runs as md_html_runs() writes them, without the first `skip` bytes of the first text. */
void write_runs(const struct md_html *h, uint32_t first, uint32_t end, size_t skip, struct buf *out);

#endif
