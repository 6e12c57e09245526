/*
 * outputs: every file that a site consists of, and how its bytes are made. `giji build` writes them all, `giji serve`
 * makes the one it is asked for: what is listed here is published and previewed alike.
 *
 *     struct outputs all = outputs_list(site, theme, &site_files, arena);
 *     struct output_maker maker = { .site = site, .theme = theme };         // one a worker
 *     if (output_make(&maker, &all.items[i], &bytes, diags)) …
 *     output_maker_release(&maker);
 *
 * To add a kind of output: write a function that makes one (output_write) and one that lists them with add_written(),
 * and put the latter into the table of lists in outputs.c. The path must be claimed in src/site/pages.c (build_addresses),
 * so that no page or document takes it.
 */
#ifndef GIJI_PUBLISH_OUTPUTS_H
#define GIJI_PUBLISH_OUTPUTS_H

#include "render/render.h"
#include "render/theme.h"

/* Appends the bytes of number `item` of its kind. The scratch is reset after each file. False after a finding. */
typedef bool output_write(const struct site *s, size_t item, struct arena *scratch, struct buf *out, struct diags *ds);

/* Appends what stands beside a page: the page's own facts in another form, in the theme's words. */
typedef void output_write_about(
	const struct site *s, const struct theme *t, const struct page *page, struct arena *scratch, struct buf *out);

/* In what order files are put in place: what is linked to comes before what links to it. */
enum output_stage {
	OUTPUT_ASSET,
	OUTPUT_PAGE,
	OUTPUT_LIST, /* a page that leads to others, a feed */
	OUTPUT_INDEX /* for programs: what they find listed must be there */
};

struct output {
	struct str path; /* below the output folder: "ict/5/index.html" */
	enum output_stage stage;
	struct str source; /* the file of content/ that it comes from, or "" */
	struct str by;     /* of a document: the file that names it; else "" */
	struct str aliases; /* of a page: as in publish_facts */
	/* One of these four says where its bytes come from. */
	const struct page *page; /* a template */
	struct fs *fs;           /* a file that is copied, and its path there */
	struct str from;
	output_write *write; /* a function, and which of its files it is */
	size_t item;
	output_write_about *write_about; /* a function, and the page it is about */
	const struct page *about;
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
