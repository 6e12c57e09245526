/*
 * page: what is to be known of one finished page: what is wrong with it by itself, and what only the whole site can
 * judge. Private to src/check.
 *
 * Of 6,000 pages all facts are held at once, so they are small: hashes of ids, links to anchors of other pages.
 */
#ifndef GIJI_CHECK_PAGE_H
#define GIJI_CHECK_PAGE_H

#include "base/diag.h"
#include "base/map.h"

/* The addresses of a site. */
struct addresses {
	struct map outputs;   /* "ict/5/index.html" → number of the output */
	struct str base_url;  /* "https://example.jp/kaigi/" */
	struct str base_path; /* "/kaigi/" */
	bool wants_outside;   /* links to other sites are kept, too */
};

enum { FAULTS_MOST = 50 /* of a page */ };

struct fault {
	enum diag_code code;
	const char *message; /* translated; without the words, so that a fault of a template is told once */
	struct str words;    /* of the page, to show and to find the place in the source */
	uint32_t line;       /* of the page */
	bool only_written;   /* a fault only if an author wrote it */
};

enum { OUTSIDE = UINT32_MAX };

struct page_link { /* to an anchor, or to another site */
	uint32_t output;   /* or OUTSIDE */
	struct str anchor; /* or the whole address (web/ask.h) */
	uint32_t line;
};

struct page_facts {
	bool read;
	struct str title;
	struct buf ids;    /* of uint64_t: sorted hashes */
	struct buf links;  /* of struct page_link, one of each */
	struct buf faults; /* of struct fault */
	struct buf words;  /* the slices above point into it when all is done */
};

struct page_reading {
	const struct addresses *addresses;
	struct str url; /* its own address, "/kaigi/ict/5/" */
	struct str language;
	bool is_redirect; /* only its links are looked at */
};

/* Safe from many threads. */
void page_read(const struct page_reading *r, struct str bytes, struct page_facts *facts);
void page_release(struct page_facts *facts);

bool page_has_id(const struct page_facts *facts, struct str id);

#endif
