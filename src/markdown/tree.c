/* The walk over cmark's tree → a flat list of blocks and their runs, with places. */
#include "markdown/parse.h"
#include "markdown/scheme.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

static struct md_block *block_at(const struct walk *w, uint32_t i)
{
	return &VEC_AT(&w->blocks, struct md_block)[i];
}

static void cover(struct walk *w, size_t first, size_t last)
{
	for (size_t line = first; line <= last && line <= shield_line_count(w->sh); line++)
		if (line > 0)
			w->covered[line - 1] = 1;
}

static size_t start_line(cmark_node *node)
{
	return (size_t)cmark_node_get_start_line(node);
}

static size_t end_line(cmark_node *node)
{
	return (size_t)cmark_node_get_end_line(node);
}

static struct md_block *open_block(struct walk *w, enum md_kind kind, size_t line)
{
	uint32_t index = (uint32_t)VEC_COUNT(&w->blocks, struct md_block);
	struct md_block *b = VEC_ADD(&w->blocks, struct md_block);
	b->kind = (uint8_t)kind;
	b->parent = w->parent;
	b->line = b->end_line = shield_file_line(w->sh, line);
	b->first_run = b->end_run = (uint32_t)VEC_COUNT(&w->runs, struct md_run);
	w->parent = index;
	return b;
}

static void close_block(struct walk *w)
{
	struct md_block *b = block_at(w, w->parent);
	b->end = (uint32_t)VEC_COUNT(&w->blocks, struct md_block);
	w->parent = b->parent;
	if (b->parent != MD_NONE && block_at(w, b->parent)->end_line < b->end_line)
		block_at(w, b->parent)->end_line = b->end_line;
}

static bool is_break(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK || cmark_node_get_type(node) == CMARK_NODE_LINEBREAK;
}

/* Where a leaf's inlines end, by cmark's own count. Breaks, and `[^1]` without a footnote, have no place. */
static size_t last_inline_line(cmark_node *leaf)
{
	size_t breaks = 0;
	for (cmark_node *child; (child = cmark_node_last_child(leaf)); leaf = child) {
		for (; child && end_line(child) == 0; child = cmark_node_previous(child))
			breaks += is_break(child);
		if (!child)
			return start_line(leaf) + breaks;
	}
	return breaks + (cmark_node_get_type(leaf) == CMARK_NODE_TEXT ? start_line(leaf) : end_line(leaf));
}

static cmark_node *first_text(cmark_node *node)
{
	while (node && cmark_node_get_type(node) != CMARK_NODE_TEXT)
		node = cmark_node_first_child(node);
	return node;
}

/* Do the leaf's words begin on this line, though it may look like a link definition? */
static bool begins_on(const struct walk *w, cmark_node *leaf, size_t line)
{
	enum { SAMPLE = 16 };
	cmark_node *text = first_text(leaf);
	struct str words = text ? str_c(cmark_node_get_literal(text)) : STR_NONE, s = shield_text_line(w->sh, line);
	words.n = words.n < SAMPLE ? words.n : SAMPLE;
	return words.n > 0 && str_starts(str_from(s, shield_prefix(s, NULL)), words);
}

/* A leaf whose words stand on lines `first` to `last`. cmark counts lines among inlines from the leaf's start, though
 * link definitions may stand before its words, and neither line ends behind a backslash nor in a link's parentheses. */
static void begin_lines(struct walk *w, cmark_node *leaf, size_t first, size_t last)
{
	w->shift = first - start_line(leaf);
	size_t counted = last_inline_line(leaf) + w->shift, lines;
	w->hidden = last > counted ? last - counted : 0;
	while (w->hidden && !begins_on(w, leaf, first) && (lines = lost_definition_lines(w->sh, first)) > 0) {
		lines = lines < w->hidden ? lines : w->hidden;
		w->hidden -= lines;
		w->shift += lines;
		first += lines;
	}
	w->line = first;
	w->last_line = last;
	w->in_cell = false;
	cover(w, first, last);
}

static struct md_block *open_leaf(struct walk *w, enum md_kind kind)
{
	w->leaf_run = (uint32_t)VEC_COUNT(&w->runs, struct md_run);
	w->depth = 0;
	w->literal = false;
	return open_block(w, kind, w->line);
}

static void close_leaf(struct walk *w)
{
	inline_finish(w);
	struct md_block *b = block_at(w, w->parent);
	b->end_run = (uint32_t)VEC_COUNT(&w->runs, struct md_run);
	b->end_line = shield_file_line(w->sh, w->last_line);
	close_block(w);
}

static void put_soft_break(struct walk *w)
{
	words_run(w, MD_SOFT);
	w->has_break = true;
	w->line += !w->in_cell;
}

static void add_rule(struct walk *w, size_t line)
{
	open_block(w, MD_RULE, line);
	close_block(w);
	cover(w, line, line);
}

/* The signs a line ends in: `===`, `---`, a fence; empty where other words stand before them. */
static struct str line_of_signs(const struct walk *w, size_t line, char sign)
{
	struct str s = str_trim_end(shield_text_line(w->sh, line));
	size_t n = s.n;
	while (n > 0 && s.p[n - 1] == sign)
		n--;
	return shield_prefix(str_n(s.p, n), NULL) == n ? str_from(s, n) : STR_NONE;
}

/* An underlined heading does not exist here: it is a paragraph, and its underline a rule or text. */
static bool is_underlined(cmark_node *heading)
{
	return end_line(heading) > start_line(heading);
}

static void open_heading(struct walk *w, cmark_node *node)
{
	size_t first = start_line(node), last = last_inline_line(node);
	int level = cmark_node_get_heading_level(node);
	char sign = level == 1 ? '=' : '-';
	if (!is_underlined(node)) {
		begin_lines(w, node, first, first);
		open_leaf(w, MD_HEADING)->level = (uint8_t)level;
		return;
	}
	while (last < end_line(node) && str_empty(line_of_signs(w, last + 1, sign)))
		last++;
	begin_lines(w, node, first, last);
	open_leaf(w, MD_PARAGRAPH);
}

/* The underline, once the words above it are there. */
static void close_underlined(struct walk *w, char sign)
{
	size_t line = w->last_line + 1;
	struct str signs = line_of_signs(w, line, sign);
	if (sign == '-' && signs.n >= 3) {
		close_leaf(w);
		add_rule(w, line);
		return;
	}
	w->line = w->last_line++;
	put_soft_break(w);
	words_text(w, signs);
	cover(w, line, line);
	close_leaf(w);
	if (sign == '=')
		diag_add(w->ds, HEADING_UNDERLINED, words_loc(w, line, signs),
			diag_text(w->ds, _("write 「## 」 before the words of a heading")),
			_("=== under text makes no heading"));
}

static bool is_type(cmark_node *node, const char *name)
{
	return node && strcmp(cmark_node_get_type_string(node), name) == 0;
}

/* The header's line: cmark counts from the paragraph that it was before it became a table. */
static size_t table_line(cmark_node *table)
{
	cmark_node *header = cmark_node_first_child(table), *row = header ? cmark_node_next(header) : NULL;
	size_t delimiter = row ? start_line(row) - 1 : end_line(table);
	return delimiter > 1 ? delimiter - 1 : 1;
}

static bool is_row(const struct walk *w, size_t line)
{
	struct str s = shield_text_line(w->sh, line);
	s = str_trim(str_from(s, shield_prefix(s, NULL)));
	return s.n > 2 && s.p[0] == '|' && s.p[s.n - 1] == '|';
}

/* Rows that stay words, for want of a line under the header or of columns in it. */
static void check_rows(const struct walk *w, size_t first, size_t last)
{
	while (first > 0 && first < last && !(is_row(w, first) && is_row(w, first + 1)))
		first++;
	if (first > 0 && first < last)
		diag_add(w->ds, PAGE_TABLE, words_loc(w, first, STR_NONE),
			diag_text(w->ds, _("write |---|---| under the row of headers, with a part for each column")),
			_("these lines with | make no table"));
}

static void open_paragraph(struct walk *w, cmark_node *node)
{
	size_t first = start_line(node), last = end_line(node);
	cmark_node *table = cmark_node_next(node);
	if (first == 0 && is_type(table, "table")) {
		first = start_line(table);
		last = table_line(table) - 1;
	}
	check_rows(w, first, last);
	begin_lines(w, node, first, last);
	open_leaf(w, MD_PARAGRAPH);
}

static void open_list(struct walk *w, cmark_node *node)
{
	struct md_block *b = open_block(w, MD_LIST, start_line(node));
	b->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	b->tight = cmark_node_get_list_tight(node);
	b->number = b->ordered ? (uint32_t)cmark_node_get_list_start(node) : 1;
	cmark_node_set_user_data(node, (void *)(uintptr_t)b->number);
}

static void open_item(struct walk *w, cmark_node *node)
{
	cmark_node *list = cmark_node_parent(node);
	uintptr_t number = (uintptr_t)cmark_node_get_user_data(list);
	open_block(w, MD_ITEM, start_line(node))->number = (uint32_t)number;
	cmark_node_set_user_data(list, (void *)(number + 1));
}

static void open_footnote(struct walk *w, size_t line)
{
	open_block(w, MD_FOOTNOTE, line)->number = ++w->footnotes;
	cover(w, line, line);
}

/* ```` ```js {lines} title="…" ````: attributes for other programs. Other words are an author's, and shown by nobody. */
static void check_info(const struct walk *w, size_t line, struct str info)
{
	struct str words = info;
	str_cut(&words, STR(" "));
	words = str_trim(words);
	if (words.n && words.p[0] != '{' && str_find_byte(words, '=', 0) == SIZE_MAX)
		diag_add(w->ds, TEXT_LOST, words_loc(w, line, words),
			diag_text(w->ds, _("begin the code on the next line")),
			_("words behind the sign that opens code would appear nowhere"));
}

/* Code without an end takes the rest of its container, which at the top is the rest of the record, speakers and all. */
static void check_end(const struct walk *w, size_t line, size_t last, char fence, size_t length)
{
	for (size_t i = last + 1; i <= shield_line_count(w->sh); i++)
		if (!str_empty(str_trim(shield_text_line(w->sh, i))))
			return;
	struct str opening = shield_text_line(w->sh, line);
	struct str signs = str_from(opening, str_find_byte(opening, fence, 0));
	signs.n = signs.n < length ? signs.n : length;
	diag_add(w->ds, TEXT_LOST, words_loc(w, line, signs),
		diag_text(w->ds, _("close it with a line of %.*s"), STR_ARG(signs)),
		_("this code block does not end, so all that follows is shown as code"));
}

static void add_code(struct walk *w, cmark_node *node)
{
	int length, offset;
	char fence;
	size_t line = start_line(node), last = line;
	struct md_code *code = VEC_ADD(&w->codes, struct md_code);
	struct str literal = str_c(cmark_node_get_literal(node));
	for (size_t at = 0; (at = str_find_byte(literal, '\n', at)) != SIZE_MAX; at++)
		last++;
	struct md_block *b = open_block(w, MD_CODE, line);
	b->number = (uint32_t)VEC_COUNT(&w->codes, struct md_code) - 1;
	if (cmark_node_get_fenced(node, &length, &offset, &fence)) {
		code->info = words_restored(w, str_c(cmark_node_get_fence_info(node)));
		check_info(w, line, code->info);
		if (line_of_signs(w, last + 1, fence).n >= (size_t)length)
			last++;
		else if (!str_empty(str_trim(literal)))
			check_end(w, line, last, fence, (size_t)length);
	} else {
		last--;
	}
	code->text = words_restored(w, literal);
	b->end_line = shield_file_line(w->sh, last);
	cover(w, line, last);
	close_block(w);
}

/* HTML is shown as typed. */
static void put_html(struct walk *w, cmark_node *node)
{
	struct buf typed = { 0 };
	shield_restore(str_trim_end(str_c(cmark_node_get_literal(node))), &typed);
	struct str literal = buf_str(&typed), line = str_cut(&literal, STR("\n"));
	size_t column = words_locate(w, line, NULL);
	diag_add(w->ds, HTML_RAW, loc_at(w->doc->path, shield_file_line(w->sh, w->line), column ? column : 1),
		diag_text(w->ds, _("write \\< if it is meant so")), _("HTML is shown as typed, not passed through"));
	words_text(w, line);
	while (literal.p) {
		put_soft_break(w);
		words_text(w, str_cut(&literal, STR("\n")));
	}
	buf_release(&typed);
}

/* shield.c leaves none but in footnotes. */
static void add_html_block(struct walk *w, cmark_node *node)
{
	begin_lines(w, node, start_line(node), end_line(node));
	open_leaf(w, MD_PARAGRAPH);
	put_html(w, node);
	close_leaf(w);
}

static enum md_align alignment(cmark_node *table, size_t column)
{
	const uint8_t *aligned = cmark_gfm_extensions_get_table_alignments(table);
	char sign = aligned && column < cmark_gfm_extensions_get_table_columns(table) ? (char)aligned[column] : '\0';
	return sign == 'l'    ? MD_ALIGN_LEFT
		: sign == 'c' ? MD_ALIGN_CENTER
		: sign == 'r' ? MD_ALIGN_RIGHT
			      : MD_ALIGN_NONE;
}

static void open_cell(struct walk *w, cmark_node *node)
{
	w->hidden = 0;
	w->in_cell = true;
	struct md_block *b = open_leaf(w, MD_CELL);
	b->header = block_at(w, b->parent)->header;
	b->align = (uint8_t)alignment(cmark_node_parent(cmark_node_parent(node)), w->columns++);
}

/* Cells that the header has no column for are dropped by GFM. */
static void check_row(struct walk *w, size_t columns)
{
	struct str row = shield_text_line(w->sh, w->line);
	row = str_trim(str_from(row, shield_prefix(row, NULL)));
	size_t cells = 1, behind = row.n;
	for (size_t at = 1; at + 1 < row.n; at++) {
		if (row.p[at] != '|' || row.p[at - 1] == '\\')
			continue;
		if (cells++ == columns)
			behind = at + 1;
	}
	while (behind < row.n && (row.p[behind] == '|' || row.p[behind] == ' ' || row.p[behind] == '\t'))
		behind++;
	if (behind < row.n)
		diag_add(w->ds, TEXT_LOST, words_loc(w, w->line, STR_NONE),
			diag_text(w->ds, _("give the header a column for each, or write \\| inside a cell")),
			_("a row has %zu cells, its table %zu columns, so the rest would appear nowhere"), cells,
			columns);
}

static void open_row(struct walk *w, cmark_node *node)
{
	cmark_node *table = cmark_node_parent(node);
	bool header = cmark_gfm_extensions_get_table_row_is_header(node);
	w->line = w->last_line = header ? table_line(table) : start_line(node);
	w->columns = 0;
	open_block(w, MD_ROW, w->line)->header = header;
	cover(w, w->line, w->line + header);
	if (!header)
		check_row(w, cmark_gfm_extensions_get_table_columns(table));
}

static void enter_block(struct walk *w, cmark_node *node, cmark_node_type type)
{
	size_t line = start_line(node);
	switch (type) {
	case CMARK_NODE_DOCUMENT:
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		open_block(w, MD_QUOTE, line);
		break;
	case CMARK_NODE_LIST:
		open_list(w, node);
		break;
	case CMARK_NODE_ITEM:
		open_item(w, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		add_code(w, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		add_html_block(w, node);
		break;
	case CMARK_NODE_PARAGRAPH:
		open_paragraph(w, node);
		break;
	case CMARK_NODE_HEADING:
		open_heading(w, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		add_rule(w, line);
		break;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		open_footnote(w, line);
		break;
	default:
		if (is_type(node, "table"))
			open_block(w, MD_TABLE, table_line(node));
		else if (is_type(node, "table_cell"))
			open_cell(w, node);
		else
			open_row(w, node); /* table_header or table_row */
	}
}

static void exit_block(struct walk *w, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_HEADING && is_underlined(node))
		close_underlined(w, cmark_node_get_heading_level(node) == 1 ? '=' : '-');
	else if (type == CMARK_NODE_HEADING || type == CMARK_NODE_PARAGRAPH || is_type(node, "table_cell"))
		close_leaf(w);
	else if (type != CMARK_NODE_DOCUMENT)
		close_block(w);
}

/* Only nodes with words know their line, if they do. */
static void find_line(struct walk *w, cmark_node *node)
{
	if (!node || start_line(node) == 0 || w->in_cell)
		return;
	for (; w->hidden && start_line(node) + w->shift < w->line; w->hidden--)
		w->shift++;
	w->line = start_line(node) + w->shift;
}

static uint32_t add_link(struct walk *w, cmark_node *node, bool image)
{
	cmark_node *text = first_text(node);
	struct md_link link = { .kind = MD_LINK_URL, .image = image };
	link.target = words_restored(w, str_c(cmark_node_get_url(node)));
	link.title = words_restored(w, str_c(cmark_node_get_title(node)));
	find_line(w, text);
	uint32_t index = inline_link(w, link, text ? str_c(cmark_node_get_literal(text)) : STR_NONE);
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

static bool is_link(cmark_node_type type)
{
	return type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
}

static void enter_element(struct walk *w, cmark_node *node, cmark_node_type type)
{
	uint32_t link = is_link(type) ? add_link(w, node, type == CMARK_NODE_IMAGE) : MD_NONE;
	cmark_node_set_user_data(node, (void *)(uintptr_t)link);
	words_run(w, element_of(type))->link = link;
	w->too_deep = w->too_deep || w->depth == MD_LIMIT_NESTING;
	w->depth += !w->too_deep;
}

static void exit_inline(struct walk *w, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
		return; /* a leaf to us; cmark's iterator leaves it too */
	words_run(w, (enum md_run_kind)(element_of(type) + 1))->link =
		(uint32_t)(uintptr_t)cmark_node_get_user_data(node);
	w->depth--;
	if (is_link(type)) {
		w->shift += w->hidden;
		w->hidden = 0;
	}
}

static void enter_inline(struct walk *w, cmark_node *node, cmark_node_type type)
{
	struct str literal;
	switch (type) {
	case CMARK_NODE_TEXT:
		find_line(w, node);
		words_text(w, str_c(cmark_node_get_literal(node)));
		break;
	case CMARK_NODE_SOFTBREAK:
		put_soft_break(w);
		break;
	case CMARK_NODE_LINEBREAK:
		words_run(w, MD_HARD);
		w->line++;
		break;
	case CMARK_NODE_CODE:
		find_line(w, node);
		literal = words_restored(w, str_c(cmark_node_get_literal(node)));
		words_run(w, MD_CODE_SPAN)->text = literal;
		break;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		literal = str_c(cmark_node_get_literal(node)); /* its number */
		words_run(w, MD_FOOTNOTE_REF)->link = (uint32_t)strtoul(literal.p, NULL, 10);
		break;
	case CMARK_NODE_HTML_INLINE:
		find_line(w, node);
		put_html(w, node);
		break;
	default:
		enter_element(w, node, type);
	}
}

void tree_walk(struct walk *w, struct cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && !w->too_deep;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		bool enters = event == CMARK_EVENT_ENTER;
		if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK)
			(enters ? enter_block : exit_block)(w, node, type);
		else
			(enters ? enter_inline : exit_inline)(w, node, type);
	}
	cmark_iter_free(iter);
}
