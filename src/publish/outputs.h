/*
 * outputs: every file that a site consists of, and how its bytes are made. `giji build` writes them all, `giji serve`
 * makes the one it is asked for: what is listed here is published and previewed alike.
 *
 *     struct outputs all = outputs_list(site, theme, &site_files, arena);
 *     struct output_maker maker = { .site = site, .theme = theme };         // one a worker
 *     if (output_make(&maker, &all.items[i], &bytes, diags)) …
 *     output_maker_release(&maker);
 *
 * To add a kind of output: a form, its arm in output_make(), and a line that adds its files in one of the list_…()
 * functions. Their paths must be claimed in src/site/pages.c (build_addresses), so that no page or document takes them.
 */
#ifndef GIJI_PUBLISH_OUTPUTS_H
#define GIJI_PUBLISH_OUTPUTS_H

#include "render/render.h"
#include "render/theme.h"

/* In what order files are put in place: what is linked to comes before what links to it. */
enum output_stage {
	OUTPUT_ASSET,
	OUTPUT_PAGE,
	OUTPUT_LIST, /* a page that leads to others, a feed */
	OUTPUT_INDEX /* for programs: what they find listed must be there */
};

enum output_form { /* where a file's bytes come from */
	OUTPUT_TEMPLATE,
	OUTPUT_COPY,
	OUTPUT_FEED,
	OUTPUT_CALENDAR,
	OUTPUT_SITEMAP,
	OUTPUT_ROBOTS,
	OUTPUT_REDIRECTS
};

struct output {
	struct str path; /* below the output folder: "ict/5/index.html" */
	enum output_stage stage;
	enum output_form form;
	struct str source;        /* the file of content/ that it comes from, or "" */
	struct str by;            /* of a document: the file that names it; else "" */
	struct str aliases;       /* of a page: as in publish_facts */
	const struct page *page;  /* of a template, else NULL */
	struct fs *fs;            /* of a copy, else NULL: where the file lies */
	struct str from;          /* its path there */
	const struct page *about; /* of a feed or calendar: the page beside which it stands */
	size_t number;            /* of a sitemap or a file of redirects: which of them */
};

struct outputs {
	struct output *items; /* in order of stage */
	size_t count;
};

struct outputs outputs_list(const struct site *s, const struct theme *t, struct fs *files, struct arena *a);

struct output_maker {
	const struct site *site;
	const struct theme *theme;
	struct renderer *renderer; /* opened when first needed */
	struct arena scratch;
};

/* Appends the file's bytes. False after findings; `out` then holds rubbish. */
bool output_make(struct output_maker *m, const struct output *o, struct buf *out, struct diags *ds);
/* True once a template reached a cap: making more pages would only repeat it. */
bool output_exhausted(const struct output_maker *m);
void output_maker_release(struct output_maker *m);

#endif
