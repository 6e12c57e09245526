/*
 * anchors: the addresses within a page that others may have linked to. They are published, so they must last.
 *
 * Appended to a buf, with a space between two.
 */
#ifndef GIJI_SITE_ANCHORS_H
#define GIJI_SITE_ANCHORS_H

#include "site/site.h"

/* A record's: items, speeches, statements, callouts, corrections. */
void anchors_of_meeting(const struct meeting *m, struct buf *out);

/* A page's: its record's, or the headings of its words; none of lists, whose parts have no names that last. */
void anchors_of_page(const struct site *s, const struct page *page, struct buf *out);

#endif
