/*
 * lone_page: a page that leaves the site by itself, as one file: what leads to the site is written with its host, what
 * leads into the page stays in it, and images are put into it.
 */
#ifndef GIJI_CLI_LONE_PAGE_H
#define GIJI_CLI_LONE_PAGE_H

#include "site/site.h"

/* `html` is a page that giji rendered, and `url` its address there. Files are read below `root`; an image that cannot
 * be read is left out, its words in other forms stay. */
void lone_page(const struct site *s, struct fs *root, struct str url, struct str html, struct buf *out);

#endif
