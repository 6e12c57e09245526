/* write: how html.c and page.c share the writing of blocks; no contract to others. */
#ifndef GIJI_MARKDOWN_WRITE_H
#define GIJI_MARKDOWN_WRITE_H

#include "markdown/html.h"

/* Blocks `first` to `end`, with no heading among them that has an id; footnotes are left out. */
void write_blocks(const struct md_html *h, uint32_t first, uint32_t end, struct buf *out);

/* Runs as md_html_runs() writes them, without the first `skip` bytes of the first text. */
void write_runs(const struct md_html *h, uint32_t first, uint32_t end, size_t skip, struct buf *out);

/* True for blocks that write_blocks() leaves out with all in them. */
bool write_skips(const struct md_block *b);

/* One block and all in it. */
void write_block(const struct md_html *h, uint32_t block, struct buf *out);

#endif
