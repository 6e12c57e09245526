/* Inline nodes → runs. */
#include "markdown/scheme.h"
#include "markdown/tree.h"

#include <stdint.h>
#include <stdlib.h>

/* Steps over hidden line ends: to the line that holds what comes next. */
static void find_line(struct walk *w, struct str literal)
{
	enum { SAMPLE = 12, LINES_MOST = 16 };
	size_t n = 0;
	while (literal.n && (literal.p[0] == ' ' || shield_mark_at(literal.p, literal.n)))
		literal = str_from(literal, literal.p[0] == ' ' ? 1 : SHIELD_MARK_BYTES);
	/* Up to a space, which may have been a line end inside code, or a mark, beside which an escape is gone. */
	while (n < literal.n && n < SAMPLE && literal.p[n] != ' ' && !shield_mark_at(literal.p + n, literal.n - n))
		n++;
	for (size_t step = 0; n && w->hidden && step <= w->hidden && step <= LINES_MOST; step++) {
		if (str_find(shield_text_line(w->sh, w->line + step), str_n(literal.p, n), 0) == SIZE_MAX)
			continue;
		for (size_t i = 0; i < step; i++)
			tree_cover(w, w->line++);
		w->hidden -= step;
		return;
	}
}

void span_soft_break(struct walk *w)
{
	words_run(w, MD_SOFT);
	w->has_break = true;
	w->line++;
}

/* Only behind `]:` or `](` that begins no address can cmark still see HTML: it is text to us. */
void span_html(struct walk *w, cmark_node *node)
{
	struct str literal = str_c(cmark_node_get_literal(node)), line;
	diag_add(w->ds, HTML_RAW, words_loc(w, w->line, STR("<")), STR_NONE,
		_("HTML is shown as typed, not passed through"));
	for (literal = str_trim_end(literal); literal.p;) {
		line = str_cut(&literal, STR("\n"));
		words_text(w, line);
		if (literal.p)
			span_soft_break(w);
	}
}

static struct str first_words(cmark_node *node)
{
	for (node = cmark_node_first_child(node); node; node = cmark_node_first_child(node))
		if (cmark_node_get_type(node) == CMARK_NODE_TEXT)
			return str_c(cmark_node_get_literal(node));
	return STR_NONE;
}

static uint32_t add_link(struct walk *w, cmark_node *node, bool image)
{
	struct md_link link = { .kind = MD_LINK_URL, .image = image };
	link.target = words_restored(w, str_c(cmark_node_get_url(node)));
	link.title = words_restored(w, str_c(cmark_node_get_title(node)));
	uint32_t index = inline_link(w, link, first_words(node));
	const struct md_link *added = &VEC_AT(&w->links, struct md_link)[index];
	if (!scheme_is_allowed(link.target))
		diag_add(w->ds, LINK_SCHEME, loc_at(w->doc->path, added->line, added->column),
			diag_text(w->ds, _("allowed are http, https, mailto, tel and addresses without a scheme")),
			_("「%.*s」 is not linked"), STR_ARG(link.target));
	return index;
}

static enum md_run_kind element_of(cmark_node_type type)
{
	return type == CMARK_NODE_EMPH      ? MD_EMPH
		: type == CMARK_NODE_STRONG ? MD_STRONG
		: type == CMARK_NODE_LINK   ? MD_LINK
					    : MD_IMAGE;
}

static void enter_element(struct walk *w, cmark_node *node, cmark_node_type type)
{
	bool links = type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
	if (w->hidden && links)
		find_line(w, first_words(node));
	uint32_t link = links ? add_link(w, node, type == CMARK_NODE_IMAGE) : MD_NONE;
	if (links)
		cmark_node_set_user_data(node, (void *)(uintptr_t)link);
	words_run(w, element_of(type))->link = link;
	w->too_deep = w->too_deep || w->depth == MD_LIMIT_NESTING;
	w->depth += !w->too_deep;
}

void span_exit(struct walk *w, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
		return; /* a leaf to us; cmark's iterator leaves it too */
	bool links = type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
	struct md_run *run = words_run(w, (enum md_run_kind)(element_of(type) + 1));
	run->link = links ? (uint32_t)(uintptr_t)cmark_node_get_user_data(node) : MD_NONE;
	if (w->depth > 0)
		w->depth--;
}

void span_enter(struct walk *w, cmark_node *node, cmark_node_type type)
{
	struct str literal = STR_NONE;
	if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_FOOTNOTE_REFERENCE)
		literal = str_c(cmark_node_get_literal(node));
	if (w->hidden && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE))
		find_line(w, literal);
	switch (type) {
	case CMARK_NODE_TEXT:
		words_text(w, literal);
		break;
	case CMARK_NODE_SOFTBREAK:
		span_soft_break(w);
		break;
	case CMARK_NODE_LINEBREAK:
		words_run(w, MD_HARD);
		w->line++;
		break;
	case CMARK_NODE_CODE:
		literal = words_restored(w, literal);
		words_run(w, MD_CODE_SPAN)->text = literal;
		break;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		words_run(w, MD_FOOTNOTE_REF)->link = (uint32_t)strtoul(literal.n ? literal.p : "0", NULL, 10);
		break;
	case CMARK_NODE_HTML_INLINE:
		span_html(w, node);
		break;
	default:
		enter_element(w, node, type);
	}
}
