/*
 * feed: what is new, as Atom 1.0 (RFC 4287): of the site, a body, a speaker or a topic, beside its page as feed.xml.
 *
 * An entry is a meeting (announced or held), or a correction of its record; the newest come first. Ids are addresses,
 * which last. When an entry changed is said by the content alone: by `updated`, else by the dates in the record.
 */
#ifndef GIJI_EXCHANGE_FEED_H
#define GIJI_EXCHANGE_FEED_H

#include "render/theme.h"

enum { FEED_MOST = 50, FEED_MOST_OF_ONE = 20 }; /* entries of the site and of a body; of a speaker or topic */

/* Appends the feed of a page that has one (site_has_feed). */
void feed_write(
	const struct site *s, const struct theme *t, const struct page *page, struct arena *scratch, struct buf *out);

#endif
