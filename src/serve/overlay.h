/*
 * overlay: what the preview adds to a page: the script that reloads it, and the findings it shows.
 *
 * Findings stand in the page as JSON and are shown by themes/serve/reload.js as text; nothing of them is HTML.
 */
#ifndef GIJI_SERVE_OVERLAY_H
#define GIJI_SERVE_OVERLAY_H

#include "serve/shown.h"

struct overlay {
	struct str base;     /* where the site begins */
	struct str findings; /* from overlay_findings() */
	uint64_t number;     /* of what is shown */
	enum overlay_page {
		OVERLAY_GOOD,
		OVERLAY_STALE, /* the page is as it was before it failed */
		OVERLAY_ALONE  /* overlay_page(): it is nothing but the findings */
	} page;
};

/* Those of the site and of one page (or NULL), as JSON: the first of them, errors before warnings. What is found in a
 * record leads to that line's place on the page that is shown. */
void overlay_findings(const struct shown *shown, const struct diags *site, const struct diags *page, struct buf *out);

/* A page for when there is nothing to show but the findings. */
void overlay_page(struct str base, const struct diags *site, const struct diags *page, struct buf *out);

/* Puts script and findings into a page. */
void overlay_add(const struct overlay *o, struct buf *page);

#endif
