/*
 * preview: the site in memory, and what of it a browser is shown.
 *
 *     struct preview *p = preview_open(&options);
 *     preview_update(p, &changes.paths, changes.all);   // by the thread that watches
 *     preview_answer(p, path, &answer);                 // by any thread
 *     preview_close(p);
 *
 * While a site has errors, the last good one is shown, and the findings with it. Requests wait while a new site takes
 * the place of the old one, but not while files are read.
 */
#ifndef GIJI_SERVE_PREVIEW_H
#define GIJI_SERVE_PREVIEW_H

#include "publish/outputs.h"

struct preview_options {
	struct fs *site, *installed;
	struct site_options load; /* `kept` and what follows are the preview's own */
	bool reload;              /* pages reload themselves, and show findings */
};

struct preview;

/* Reads the site. Never NULL: what is wrong with it is shown. */
struct preview *preview_open(const struct preview_options *options);
void preview_close(struct preview *p);

enum preview_change { PREVIEW_SAME, PREVIEW_STYLES, PREVIEW_PAGES };

/* Reads what changed, and shows it. `changed` holds paths below the site's root. */
enum preview_change preview_update(struct preview *p, const struct map *changed, bool all);

/* What the last update found, for the updating thread. */
const struct diags *preview_findings(const struct preview *p);
size_t preview_page_count(const struct preview *p); /* 0 without a good site */
struct str preview_base(const struct preview *p);   /* the path at which the site begins: "/kaigi/" */

enum answer_kind {
	ANSWER_BYTES,
	ANSWER_FILE,
	ANSWER_AWAY,   /* to another address: `bytes` */
	ANSWER_ABSENT, /* the site's own page for that, in `bytes` */
	ANSWER_BROKEN  /* the site or the page has errors and was never good: a page that says so, in `bytes` */
};

struct answer {
	enum answer_kind kind;
	const char *type;
	struct buf bytes;
	int file; /* of ANSWER_FILE: a descriptor, to be closed */
	size_t size;
};

/* `path` is a request's, decoded: "/kaigi/ict/5/". */
void preview_answer(struct preview *p, struct str path, struct answer *a);

/* Waits until something newer than `since` is shown, so long or until preview_end(); `since` becomes its number.
 * Everything is newer than 0. */
enum preview_change preview_wait(struct preview *p, uint64_t *since, long milliseconds);
void preview_end(struct preview *p); /* whoever waits shall wait no more */
bool preview_ended(struct preview *p);

#endif
