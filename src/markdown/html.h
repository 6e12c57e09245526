/*
 * html: a document's pieces as HTML that is also well-formed XML.
 *
 * Headings, ids and everything around pieces are the template's; this writes
 * what stands inside a statement: <p>, lists, tables (<th scope>), code, quotes, images,
 * inline markup, links once they are known, footnote marks.
 */
#ifndef GIJI_MARKDOWN_HTML_H
#define GIJI_MARKDOWN_HTML_H

#include "markdown/markdown.h"

struct md_target {
	struct str href; /* STR_NONE: the words are printed without a link */
	struct str lang; /* the target's language where it differs (hreflang), else STR_NONE */
	struct str words; /* printed instead of those of a bare wiki link, whose target is an address; else STR_NONE */
	struct str file; /* the caller's: the source file that the link publishes, else STR_NONE */
};

struct md_html {
	const struct md_doc *doc;
	const struct md_target *targets; /* one per link of the document */
	struct str record_url;           /* "/ict/5/": prefix of footnote links, which lead to fnN on the record's page */
	bool home;                       /* this is the record's own page: footnote marks get ids (fnrefN, first citation only) */
};

/* A piece as block-level HTML: <p>…</p>, <ul>…</ul>, … */
void md_html_piece(const struct md_html *h, struct md_piece piece, struct buf *out);

/* Runs as inline HTML, for headings and titles. Elements opened before `first` or closed after
 * `end` are balanced within. */
void md_html_runs(const struct md_html *h, uint32_t first, uint32_t end, struct buf *out);

/* The whole document, for plain pages and introductions: headings too, shifted so that
 * the highest is <h2>, each with an id from its words (slug, made unique by -2, -3 …);
 * blocks from `first` to `end`. Callouts (`> [!note]`) become <aside class="callout note">. */
void md_html_page(const struct md_html *h, uint32_t first, uint32_t end, struct buf *out);

/* The ids md_html_page gives, in order of headings; in the arena. */
struct md_heading {
	uint32_t block;
	struct str id;
};
struct md_heading *md_headings(const struct md_doc *doc, struct arena *a, size_t *count);

/* A footnote definition (a block of kind MD_FOOTNOTE) as the inside of its <li>, with a
 * link back to its first mark, labelled `back`. */
void md_html_footnote(const struct md_html *h, uint32_t block, struct str back, struct buf *out);

#endif
