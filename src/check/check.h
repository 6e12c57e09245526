/*
 * check: is a finished page, and the whole site, sound?
 *
 *     struct checker *c = checker_open(&all);
 *     checker_page(c, i, bytes);              // from many threads, each page once
 *     checker_finish(c, diags);               // all findings
 *     checker_close(c);
 *
 * Pages are judged as they will be read: by libxml2's XML parser, from their bytes. What is wrong is told at the place
 * in the author's file where it can be found there; else it is the template's fault and told once, with a page
 * that shows it.
 */
#ifndef GIJI_CHECK_CHECK_H
#define GIJI_CHECK_CHECK_H

#include "publish/outputs.h"

struct checked { /* what is checked; all of it outlives the checker */
	const struct site *site;
	const struct theme *theme;
	struct fs *files, *installed; /* the site's root; giji's own templates and themes */
	const struct outputs *outputs;
	bool outside; /* checker_outside will be called */
};

struct checker;

struct checker *checker_open(const struct checked *all);
void checker_close(struct checker *c);

/* Keeps what there is to know of the output's bytes. Those that are no page are not looked at. */
void checker_page(struct checker *c, size_t output, struct str bytes);

/* Judges all pages together, the content as a whole and the theme's colours. */
void checker_finish(struct checker *c, struct diags *ds);

/* Then, when links to other sites are to be asked (outside.h). False when it was interrupted. */
struct outside;
bool checker_outside(struct checker *c, const struct outside *o, struct diags *ds);

/* Whether lines of a record's file are for no log. */
bool check_is_partly_closed(const struct meeting *m);

/* content.c: what of the site is never used, and what its readings lack. alike.c: what may be the same thing twice.
 * contrast.c: the theme's colours. They need no pages. */
void check_content(const struct checked *all, struct arena *a, struct diags *ds);
void check_alike(const struct checked *all, struct arena *a, struct diags *ds);
void check_contrast(const struct checked *all, struct arena *a, struct diags *ds);

#endif
