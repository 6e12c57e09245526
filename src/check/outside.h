/*
 * outside: are the links to other sites good? Asked once each, and remembered: a good answer holds for 30 days, any
 * other for the day on which it was given. What is remembered is text, a line a link, sorted, to be kept by whoever runs
 * the check:
 *
 *     2026-01-10 200 https://example.jp/
 *     2026-01-10 200 https://example.jp/old https://example.jp/new       (moved)
 *     2026-01-15 no-host https://example.invalid/
 */
#ifndef GIJI_CHECK_OUTSIDE_H
#define GIJI_CHECK_OUTSIDE_H

#include "check/check.h"
#include "web/ask.h"

struct outside {
	struct web_manners manners;
	bool online;        /* else only what is remembered is told */
	struct str known;   /* what is remembered */
	struct buf *learnt; /* receives what is to be remembered from now on */
};

struct outside_link { /* the first of its address */
	struct str address;
	const struct page *page; /* that shows it, in this line of its HTML */
	uint32_t line;
};

/* False when it was interrupted: what was answered by then is in `learnt` all the same. */
bool outside_check(const struct outside *o, const struct checked *all, const struct outside_link *links, size_t count,
	struct arena *a, struct diags *ds);

#endif
