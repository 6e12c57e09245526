/*
 * html: HTML as a type of its own in Lua. Only C makes it (from Markdown, and by joining), so
 * nothing a template computes from text can pass as markup.
 *
 * A value is lazy: it remembers what to render and writes straight into the page when printed.
 */
#ifndef GIJI_RENDER_HTML_H
#define GIJI_RENDER_HTML_H

#include "markdown/html.h"
#include "render/engine.h"

enum html_kind {
	HTML_BYTES,   /* ready-made, in the userdata's own user value */
	HTML_PIECES,  /* a range of a meeting's pieces, as blocks */
	HTML_RUNS,    /* runs, inline */
	HTML_PAGE,    /* blocks of a document, as a page's content */
	HTML_FOOTNOTE /* a definition's inside */
};

struct html_value {
	enum html_kind kind;
	struct md_html with; /* doc, targets, record_url, home */
	const struct md_piece *pieces;
	uint32_t first, end; /* pieces, runs or blocks; a footnote's block in first */
	struct str words;    /* a footnote's back label */
};

void html_push(struct engine *e, const struct html_value *value);
const struct html_value *html_at(lua_State *L, int index); /* NULL when it is none */
void html_write(lua_State *L, int index, const struct html_value *v, struct buf *out); /* the one at this index */
void html_setup(lua_State *L);

#endif
