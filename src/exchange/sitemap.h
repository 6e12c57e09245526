/*
 * sitemap: sitemap.xml and robots.txt, for search engines.
 */
#ifndef GIJI_EXCHANGE_SITEMAP_H
#define GIJI_EXCHANGE_SITEMAP_H

#include "site/site.h"

enum { SITEMAP_MOST = 50000 }; /* addresses a file may hold (sitemaps.org protocol) */

/* How many files the site's sitemap takes: 1, or 1 index and as many parts as needed. */
size_t sitemap_count(const struct site *s);

/* The path of file number i below the output folder: 0 is sitemap.xml itself, the index when there are parts. */
struct str sitemap_path(size_t i, struct arena *a);

/* Appends file number i. Pages marked noindex are left out. */
void sitemap_write(const struct site *s, size_t i, struct arena *scratch, struct buf *out);

/* robots.txt: everything may be read, but nothing of a site with drafts. */
void robots_write(const struct site *s, struct buf *out);

#endif
