/* cmark's tree of blocks → a flat list of blocks with their places. */
#include "markdown/tree.h"

#include <cmark-gfm-core-extensions.h>
#include <stdint.h>
#include <string.h>

static struct md_block *block_at(const struct walk *w, uint32_t i)
{
	return &VEC_AT(&w->blocks, struct md_block)[i];
}

void tree_cover(struct walk *w, size_t line)
{
	if (line > 0 && line <= shield_line_count(w->sh))
		w->covered[line - 1] = 1;
}

static size_t start_line(cmark_node *node)
{
	int line = cmark_node_get_start_line(node);
	return line > 0 ? (size_t)line : 0;
}

static size_t end_line(cmark_node *node)
{
	int line = cmark_node_get_end_line(node);
	return line > 0 ? (size_t)line : 0;
}

static struct md_block *open_block(struct walk *w, enum md_kind kind, size_t line)
{
	uint32_t index = (uint32_t)VEC_COUNT(&w->blocks, struct md_block);
	struct md_block *b = VEC_ADD(&w->blocks, struct md_block);
	b->kind = kind;
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

/* Breaks among a leaf's inlines: how many lines cmark shows. */
static size_t count_breaks(cmark_node *leaf)
{
	size_t breaks = 0;
	cmark_iter *iter = cmark_iter_new(leaf);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node_type type = cmark_node_get_type(cmark_iter_get_node(iter));
		breaks += event == CMARK_EVENT_ENTER && (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK);
	}
	cmark_iter_free(iter);
	return breaks;
}

/* A leaf's lines are `first` to `last`. Link definitions before its words belong to it for cmark, and line
 * ends inside code or a link's parentheses make no break: such lines are `hidden`. */
static void begin_lines(struct walk *w, cmark_node *leaf, size_t first, size_t last)
{
	size_t breaks = last > first ? count_breaks(leaf) : 0;
	w->line = first;
	w->hidden = last > first + breaks ? last - first - breaks : 0;
	for (size_t lines; w->hidden && (lines = lost_definition_lines(w->sh, w->line)) > 0;) {
		lines = lines < w->hidden ? lines : w->hidden;
		w->line += lines;
		w->hidden -= lines;
	}
}

static void begin_leaf(struct walk *w)
{
	w->leaf_run = (uint32_t)VEC_COUNT(&w->runs, struct md_run);
	w->depth = 0;
	w->literal = false;
}

static void end_leaf(struct walk *w)
{
	for (; w->hidden; w->hidden--)
		tree_cover(w, w->line++);
	tree_cover(w, w->line);
	inline_finish(w);
	struct md_block *b = block_at(w, w->parent);
	b->end_run = (uint32_t)VEC_COUNT(&w->runs, struct md_run);
	b->end_line = words_file_line(w);
	close_block(w);
}

static bool is_atx(struct str words)
{
	size_t hashes = 0;
	while (hashes < words.n && words.p[hashes] == '#')
		hashes++;
	return hashes >= 1 && hashes <= 6 && (hashes == words.n || words.p[hashes] == ' ' || words.p[hashes] == '\t');
}

static bool is_underlined(const struct walk *w, cmark_node *heading)
{
	int column = cmark_node_get_start_column(heading);
	return !is_atx(str_from(shield_text_line(w->sh, start_line(heading)), column > 0 ? (size_t)column - 1 : 0));
}

/* The signs a line ends in: `===` or `---`, behind whatever quote it stands in. */
static struct str underline_of(const struct walk *w, size_t line, char sign)
{
	struct str s = str_trim_end(shield_text_line(w->sh, line));
	size_t n = 0;
	while (n < s.n && s.p[s.n - 1 - n] == sign)
		n++;
	return str_from(s, s.n - n);
}

/* The line that made a heading of the lines above it. */
static size_t underline_line(const struct walk *w, cmark_node *heading, char sign)
{
	size_t line = start_line(heading) + count_breaks(heading) + 1, count = shield_line_count(w->sh);
	while (line < count) {
		struct str s = shield_text_line(w->sh, line), signs = underline_of(w, line, sign);
		if (signs.n &&
			shield_prefix(str_but(s, s.n - (size_t)(signs.p - s.p)), NULL) == (size_t)(signs.p - s.p))
			break;
		line++;
	}
	return line;
}

/* An underlined heading does not exist here: it is a paragraph, and its underline a rule or text. */
static void open_underlined(struct walk *w, cmark_node *heading)
{
	char sign = cmark_node_get_heading_level(heading) == 1 ? '=' : '-';
	size_t line = underline_line(w, heading, sign);
	if (w->parent == MD_NONE || block_at(w, w->parent)->kind != MD_PARAGRAPH) {
		begin_leaf(w);
		begin_lines(w, heading, start_line(heading), line - 1);
		open_block(w, MD_PARAGRAPH, w->line);
	} else {
		begin_lines(w, heading, start_line(heading), line - 1);
	}
}

/* True when the paragraph goes on with the next block, for only a would-be underline parted them. */
static bool goes_on(cmark_node *heading, size_t underline)
{
	cmark_node *next = cmark_node_next(heading);
	cmark_node_type type = next ? cmark_node_get_type(next) : CMARK_NODE_NONE;
	return (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) && start_line(next) == underline + 1;
}

static void close_underlined(struct walk *w, cmark_node *heading)
{
	char sign = cmark_node_get_heading_level(heading) == 1 ? '=' : '-';
	size_t line = underline_line(w, heading, sign);
	struct str signs = underline_of(w, line, sign);
	bool rule = sign == '-' && signs.n >= 3;
	if (rule) {
		end_leaf(w);
		open_block(w, MD_RULE, line);
		close_block(w);
		tree_cover(w, line);
		return;
	}
	for (; w->line + 1 < line; w->line++)
		tree_cover(w, w->line);
	w->hidden = 0;
	span_soft_break(w);
	words_text(w, signs);
	if (sign == '=')
		diag_add(w->ds, HEADING_UNDERLINED, words_loc(w, line, signs),
			diag_text(w->ds, _("write 「## 」 before the words of a heading")),
			_("=== under text makes no heading"));
	cmark_node *next = cmark_node_next(heading);
	if (goes_on(heading, line) && (cmark_node_get_type(next) == CMARK_NODE_PARAGRAPH || is_underlined(w, next)))
		span_soft_break(w);
	else
		end_leaf(w);
}

static void open_heading(struct walk *w, cmark_node *node)
{
	if (is_underlined(w, node)) {
		open_underlined(w, node);
		return;
	}
	begin_leaf(w);
	w->line = start_line(node);
	w->hidden = 0;
	open_block(w, MD_HEADING, w->line)->level = (uint8_t)cmark_node_get_heading_level(node);
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

static void open_paragraph(struct walk *w, cmark_node *node)
{
	size_t first = start_line(node), last = end_line(node);
	cmark_node *table = cmark_node_next(node);
	if (first == 0 && is_type(table, "table")) {
		first = start_line(table);
		last = table_line(table) - 1;
	}
	bool open = w->parent != MD_NONE && block_at(w, w->parent)->kind == MD_PARAGRAPH;
	if (!open)
		begin_leaf(w);
	begin_lines(w, node, first, last);
	if (!open)
		open_block(w, MD_PARAGRAPH, w->line);
}

static void open_list(struct walk *w, cmark_node *node)
{
	struct md_block *b = open_block(w, MD_LIST, start_line(node));
	b->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	b->tight = cmark_node_get_list_tight(node);
	int start = b->ordered ? cmark_node_get_list_start(node) : 1;
	b->number = (uint32_t)(start > 0 ? start : 0);
	cmark_node_set_user_data(node, (void *)(uintptr_t)b->number);
}

static void open_item(struct walk *w, cmark_node *node)
{
	cmark_node *list = cmark_node_parent(node);
	uintptr_t number = (uintptr_t)cmark_node_get_user_data(list);
	open_block(w, MD_ITEM, start_line(node))->number = (uint32_t)number;
	cmark_node_set_user_data(list, (void *)(number + 1));
}

static void open_footnote(struct walk *w, cmark_node *node)
{
	size_t line = start_line(node);
	struct str words = shield_text_line(w->sh, line);
	size_t from = str_find(words, STR("[^"), 0), to = str_find(words, STR("]:"), 0);
	struct str label = from < to && to != SIZE_MAX ? str_n(words.p + from + 2, to - from - 2) : STR_NONE;
	struct md_block *b = open_block(w, MD_FOOTNOTE, line);
	b->number = ++w->footnotes;
	b->text = words_restored(w, label);
	tree_cover(w, line);
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

static void add_code(struct walk *w, cmark_node *node)
{
	int length, offset;
	char fence;
	size_t line = start_line(node), last = line;
	struct str literal = str_c(cmark_node_get_literal(node));
	for (size_t i = 0; i < literal.n; i++)
		last += literal.p[i] == '\n';
	struct md_block *b = open_block(w, MD_CODE, line);
	if (cmark_node_get_fenced(node, &length, &offset, &fence)) {
		b->info = words_restored(w, str_c(cmark_node_get_fence_info(node)));
		check_info(w, line, b->info);
		last += underline_of(w, last + 1, fence).n >= 3;
	} else {
		last--;
	}
	b->text = words_restored(w, literal);
	b->end_line = shield_file_line(w->sh, last);
	for (size_t i = line; i <= last; i++)
		tree_cover(w, i);
	close_block(w);
}

static void add_html_block(struct walk *w, cmark_node *node)
{
	begin_leaf(w);
	w->line = start_line(node);
	w->hidden = 0;
	open_block(w, MD_PARAGRAPH, w->line);
	span_html(w, node);
	end_leaf(w);
}

static enum md_align alignment(cmark_node *cell)
{
	cmark_node *table = cmark_node_parent(cmark_node_parent(cell));
	const uint8_t *aligned = cmark_gfm_extensions_get_table_alignments(table);
	uintptr_t column = (uintptr_t)cmark_node_get_user_data(cmark_node_parent(cell));
	if (!aligned || column >= cmark_gfm_extensions_get_table_columns(table))
		return MD_ALIGN_NONE;
	char sign = (char)aligned[column];
	return sign == 'l'    ? MD_ALIGN_LEFT
		: sign == 'c' ? MD_ALIGN_CENTER
		: sign == 'r' ? MD_ALIGN_RIGHT
			      : MD_ALIGN_NONE;
}

static void open_cell(struct walk *w, cmark_node *node)
{
	cmark_node *row = cmark_node_parent(node);
	begin_leaf(w);
	w->hidden = 0;
	struct md_block *b = open_block(w, MD_CELL, w->line);
	b->header = block_at(w, b->parent)->header;
	b->align = (uint8_t)alignment(node);
	cmark_node_set_user_data(row, (void *)((uintptr_t)cmark_node_get_user_data(row) + 1));
}

/* Cells that the header has no column for are dropped by GFM. */
static void check_row(struct walk *w, size_t columns)
{
	struct str line = shield_text_line(w->sh, w->line);
	size_t cells = table_cells(line);
	if (cells > columns && !str_empty(str_trim(table_behind(line, columns))))
		diag_add(w->ds, TEXT_LOST, words_loc(w, w->line, STR_NONE),
			diag_text(w->ds, _("give the header a column for each, or write \\| inside a cell")),
			_("a row has %zu cells, its table %zu columns, so the rest would appear nowhere"), cells,
			columns);
}

static void open_row(struct walk *w, cmark_node *node)
{
	cmark_node *table = cmark_node_parent(node);
	bool header = cmark_gfm_extensions_get_table_row_is_header(node);
	w->line = header ? table_line(table) : start_line(node);
	open_block(w, MD_ROW, w->line)->header = header;
	tree_cover(w, w->line);
	if (header)
		tree_cover(w, w->line + 1);
	else
		check_row(w, cmark_gfm_extensions_get_table_columns(table));
}

static bool is_leaf(enum md_kind kind)
{
	return kind == MD_PARAGRAPH || kind == MD_HEADING || kind == MD_CELL;
}

static void enter_other(struct walk *w, cmark_node *node)
{
	if (is_type(node, "table"))
		open_block(w, MD_TABLE, table_line(node));
	else if (is_type(node, "table_cell"))
		open_cell(w, node);
	else
		open_row(w, node); /* table_header or table_row */
}

static void enter_block(struct walk *w, cmark_node *node, cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_DOCUMENT:
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		open_block(w, MD_QUOTE, start_line(node));
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
		open_block(w, MD_RULE, start_line(node));
		close_block(w);
		tree_cover(w, start_line(node));
		break;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		open_footnote(w, node);
		break;
	default:
		enter_other(w, node);
	}
}

static void exit_block(struct walk *w, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_DOCUMENT)
		return;
	if (type == CMARK_NODE_HEADING && is_underlined(w, node))
		close_underlined(w, node);
	else if (is_leaf(block_at(w, w->parent)->kind))
		end_leaf(w);
	else
		close_block(w);
}

void tree_walk(struct walk *w, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && !w->too_deep;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		bool enters = event == CMARK_EVENT_ENTER;
		if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK) {
			if (enters)
				enter_block(w, node, type);
			else
				exit_block(w, node, type);
		} else if (enters) {
			span_enter(w, node, type);
		} else {
			span_exit(w, node, type);
		}
	}
	cmark_iter_free(iter);
}
