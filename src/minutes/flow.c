/* What stands in the record, in order: the state machine over the document's blocks. */
#include "minutes/reader.h"

#include <stdlib.h>

void flow_add(struct reader *r, enum flow_kind kind, uint32_t index)
{
	*VEC_ADD(&r->flow, struct flow) = (struct flow){ kind, index };
}

void flow_leak(struct reader *r, uint32_t line)
{
	if (!r->leaked)
		diag_add(r->diags, CLOSED_LEAK, source_loc(r, line, STR("")),
			diag_text(r->diags, _("put `>` before it, or a heading, a marker or --- between")),
			_("this follows a closed part: is it closed or not?"));
	r->leaked = true;
}

void piece_add(struct reader *r, struct range *pieces, struct md_piece piece)
{
	if (pieces->first == pieces->end)
		pieces->first = READER_COUNT(&r->pieces, struct md_piece);
	*VEC_ADD(&r->pieces, struct md_piece) = piece;
	pieces->end = READER_COUNT(&r->pieces, struct md_piece);
}

uint32_t statement_begin(struct reader *r, enum statement_kind kind, uint32_t line, bool listed)
{
	if (r->speech == NONE && r->resume != NONE)
		speech_resume(r, r->resume);
	if (kind == SAID && r->speech == NONE)
		kind = NARRATIVE;
	uint32_t index = READER_COUNT(&r->statements, struct statement);
	struct statement *s = VEC_ADD(&r->statements, struct statement);
	s->kind = kind;
	s->item = r->item;
	s->speech = r->speech;
	s->line = line;
	s->listed = listed;
	if (kind == SAID)
		s->anchor = arena_format(r->arena, "s%u-%u", r->speech + 1, ++r->said);
	else
		s->anchor = arena_format(r->arena, "n%u", ++r->narrated);
	flow_add(r, FLOW_STATEMENT, index);
	r->last = kind == NOTE ? NONE : index;
	return index;
}

static void statement_piece(struct reader *r, uint32_t statement, struct md_piece piece)
{
	struct statement *s = &VEC_AT(&r->statements, struct statement)[statement];
	piece_add(r, &s->pieces, piece);
	if (s->kind != NOTE)
		r->before = s->pieces;
}

bool runs_are_note(struct reader *r, uint32_t first, uint32_t end)
{
	size_t length, depth = 0;
	const struct md_run *runs = r->doc->runs;
	uint32_t i = first;
	while (i < end && (runs[i].kind != MD_TEXT || runs[i].text.n == 0))
		i++;
	if (i == end || runs[i].literal ||
		!point_is_one_of(point_narrow(str_point(runs[i].text, 0, &length)), STR("(〔")))
		return false;
	struct str s = str_trim(reader_plain(r, first, end));
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		if (point == '(' || point == 0x3014)
			depth++;
		else if ((point == ')' || point == 0x3015) && depth > 0)
			depth--;
		else if (depth == 0 && !str_empty(str_trim(str_n(s.p + at, length))))
			return false;
	}
	return depth == 0;
}

static void drop_block(struct reader *r, uint32_t block)
{
	withhold_block(r, block);
	withhold_lines(r, r->doc->blocks[block].line, r->doc->blocks[block].end_line);
}

void flow_attach(struct reader *r, struct md_piece piece, uint32_t line)
{
	if (r->sealed) {
		flow_leak(r, line);
		drop_block(r, piece.block);
		return;
	}
	/* Only the newest statement's pieces can grow; callouts make r->last NONE. */
	uint32_t to = r->last != NONE ? r->last : statement_begin(r, SAID, line, false);
	statement_piece(r, to, piece);
}

/* Lines that become one statement. */
struct group {
	uint32_t block, first, end;
	bool open, note, listed;
};

static struct md_piece piece_of(const struct reader *r, uint32_t block, uint32_t first, uint32_t end)
{
	const struct md_block *b = &r->doc->blocks[block];
	if (b->kind == MD_PARAGRAPH && first == b->first_run && end == b->end_run)
		return (struct md_piece){ block, 0, 0 };
	return (struct md_piece){ block, first, end };
}

static void group_close(struct reader *r, struct group *g)
{
	struct line line = { .block = g->block, .first = g->first, .end = g->end };
	bool open = g->open;
	g->open = false;
	if (!open || !runs_trim(r->doc, &line.first, &line.end))
		return;
	struct md_piece piece = piece_of(r, g->block, line.first, line.end);
	if (runs_are_image(r->doc, line.first, line.end)) {
		flow_attach(r, piece, line_number(r, &line));
		return;
	}
	bool note = g->note || runs_are_note(r, line.first, line.end);
	uint32_t statement = statement_begin(r, note ? NOTE : SAID, line_number(r, &line), g->listed);
	tags_take(r, line.first, line.end, HOLDER_STATEMENT, statement);
	statement_piece(r, statement, piece);
}

/* Tags of a line of nothing else: the item's straight under its heading, else the speech's. */
static bool take_tags(struct reader *r, const struct line *line)
{
	if (!line_is_tags(r, line))
		return false;
	uint32_t speech = r->speech != NONE ? r->speech : r->resume;
	if (speech == NONE)
		tags_take(r, line->first, line->end, HOLDER_ITEM, r->item);
	else /* by its line, which a resumed speech has too: they are one */
		tags_take(r, line->first, line->end, HOLDER_SPEECH, VEC_AT(&r->speeches, struct speech)[speech].line);
	return true;
}

/* A line without a marker, or what stands behind its marker. */
static void read_line(struct reader *r, struct group *g, struct line *line)
{
	uint32_t first = line->first, end = line->end;
	if (!runs_trim(r->doc, &first, &end))
		return;
	line->first = first;
	if (r->sealed) {
		flow_leak(r, line_number(r, line));
		withhold_runs(r, line->first, line->end);
		return;
	}
	bool note = runs_are_note(r, first, end), tags = line_is_tags(r, line);
	if (tags || note || g->note || line->indented || line_is_bulleted(r->doc, line))
		group_close(r, g);
	if (tags) {
		take_tags(r, line);
		return;
	}
	if (!g->open)
		*g = (struct group){ .block = line->block, .first = line->first, .open = true, .listed = g->listed };
	g->end = line->end;
	g->note = note;
}

void flow_lines(struct reader *r, struct line line, bool listed)
{
	struct group g = { .listed = listed };
	struct spoken spoken;
	while (line_step(r->doc, &line)) {
		line_indent(r, &line);
		if (speaker_find(r, &line, &spoken)) {
			group_close(r, &g);
			speech_begin(r, &line, &spoken);
		} else {
			slip_check_outcome(r, &line);
		}
		read_line(r, &g, &line);
	}
	group_close(r, &g);
}

static bool line_speaks(struct reader *r, const struct line *line)
{
	struct spoken spoken;
	return speaker_find(r, line, &spoken);
}

/* What a line of the source begins with, behind comments, which are cut before quotes are read. */
static struct str behind_comments(struct str s)
{
	for (size_t end; (end = str_find(s, STR("-->"), 0)) != SIZE_MAX; s = str_from(s, end + 3)) {
		size_t open = str_find(str_n(s.p, end), STR("<!--"), 0);
		if (open != SIZE_MAX && !str_empty(str_trim(str_n(s.p, open))))
			break;
	}
	return str_trim_start(s);
}

/* A line of the source that is no part of the quote around its block but was pasted under it. */
static bool is_outside(struct reader *r, uint32_t block, uint32_t line)
{
	struct str source = str_trim_start(source_line(r, line));
	if (!str_starts(source, STR(">")))
		source = behind_comments(source);
	return line > r->doc->blocks[block].line && !str_empty(source) && source.p[0] != '>';
}

/* The first line of a paragraph, behind its own first one, that begins a speech; with `quoted`, one behind which no line
 * has a `>` before it. */
static bool find_cut(struct reader *r, uint32_t block, bool quoted, struct line *cut)
{
	struct line line;
	bool found = false;
	if (!line_first(r->doc, block, &line))
		return false;
	while ((!found || quoted) && line_step(r->doc, &line)) {
		bool outside = !quoted || is_outside(r, block, line_number(r, &line));
		if (outside && !found && line_speaks(r, &line)) {
			found = true;
			*cut = (struct line){ .block = block, .next = line.first, .stop = line.stop };
		} else if (!outside) {
			found = false;
		}
	}
	return found;
}

bool tail_cut(struct reader *r, uint32_t block, bool quoted, struct line *tail)
{
	struct md_block *blocks = r->doc->blocks;
	uint32_t paragraph = blocks[block].end - 1;
	if (paragraph == block || blocks[paragraph].kind != MD_PARAGRAPH || !find_cut(r, paragraph, quoted, tail))
		return false;
	blocks[paragraph].end_run = tail->next - 1;
	/* What a closed part covers ends with it. */
	for (uint32_t b = paragraph; b != blocks[block].parent; b = blocks[b].parent)
		blocks[b].end_line = r->doc->runs[tail->next].line - 1;
	return true;
}

/* The first paragraph of a list item, or NONE. */
static uint32_t item_paragraph(const struct md_doc *doc, uint32_t item)
{
	uint32_t p = item + 1;
	return p < doc->blocks[item].end && doc->blocks[p].kind == MD_PARAGRAPH ? p : NONE;
}

static bool paragraph_speaks(struct reader *r, uint32_t paragraph)
{
	struct line line;
	return line_first(r->doc, paragraph, &line) && line_speaks(r, &line);
}

/* Whether an item must be taken apart: a callout stands in it; somebody speaks in the middle of it;
 * or it is somebody's remark and a nested item another's, whose words would go into the wrong mouth. */
static bool item_is_mixed(struct reader *r, uint32_t item)
{
	const struct md_doc *doc = r->doc;
	for (uint32_t b = item + 1; b < doc->blocks[item].end; b++) {
		const struct md_block *block = &doc->blocks[b];
		struct line cut;
		if (block->kind == MD_QUOTE && quote_has_callout(r, b))
			return true;
		if (block->kind != MD_PARAGRAPH)
			continue;
		bool nested = doc->blocks[block->parent].kind == MD_ITEM && block->parent + 1 == b;
		bool asked = nested ? r->speech != NONE : block->parent == item;
		if (find_cut(r, b, true, &cut) || (b != item + 1 && asked && paragraph_speaks(r, b)))
			return true;
	}
	return false;
}

static void flow_block(struct reader *r, uint32_t b, bool listed);

static void flow_children(struct reader *r, uint32_t parent, bool listed)
{
	for (uint32_t b = parent + 1, next; b < r->doc->blocks[parent].end; b = next) {
		next = r->doc->blocks[b].end;
		flow_block(r, b, listed);
	}
}

/* An item that is one statement. */
static void flow_plain_item(struct reader *r, uint32_t item)
{
	const struct md_block *b = &r->doc->blocks[item], *last = &r->doc->blocks[b->end - 1];
	uint32_t p = item_paragraph(r->doc, item);
	const struct md_block *text = p == NONE ? NULL : &r->doc->blocks[p];
	bool note = false;
	if (r->sealed) {
		flow_leak(r, b->line);
		drop_block(r, item);
		return;
	}
	if (text && text == last) {
		struct line line = { .block = p, .first = text->first_run, .end = text->end_run };
		if (take_tags(r, &line))
			return;
		note = runs_are_note(r, line.first, line.end);
	}
	uint32_t statement = statement_begin(r, note ? NOTE : SAID, b->line, true);
	if (text)
		tags_take(r, text->first_run, text->end_run, HOLDER_STATEMENT, statement);
	if (last != text && last->kind == MD_PARAGRAPH)
		tags_take(r, last->first_run, last->end_run, HOLDER_STATEMENT, statement);
	statement_piece(r, statement, (struct md_piece){ item, 0, 0 });
}

/* An item in which somebody speaks: until a later marker takes over, what is nested in it is theirs. */
static void flow_speaking_item(struct reader *r, uint32_t item)
{
	uint32_t resume = r->resume;
	r->resume = NONE;
	for (uint32_t b = item + 1, next; b < r->doc->blocks[item].end; b = next) {
		next = r->doc->blocks[b].end;
		flow_block(r, b, b != item + 1);
		if (r->speech != NONE)
			r->resume = r->speech;
	}
	speech_end(r);
	r->resume = resume;
}

static void flow_item(struct reader *r, uint32_t item)
{
	struct line tail;
	uint32_t p = item_paragraph(r->doc, item);
	bool cut = tail_cut(r, item, true, &tail); /* a marker pasted right under it, without an indent */
	if (p != NONE && paragraph_speaks(r, p))
		flow_speaking_item(r, item);
	else if (item_is_mixed(r, item))
		flow_children(r, item, true);
	else
		flow_plain_item(r, item);
	if (cut)
		flow_lines(r, tail, false);
}

/* A row that has words in its first cell only, and these begin a speech: a marker line right under a table has
 * become a row of it. */
static bool row_speaks(struct reader *r, uint32_t row)
{
	const struct md_block *blocks = r->doc->blocks;
	uint32_t cell = row + 1;
	if (cell >= blocks[row].end || blocks[row].header)
		return false;
	for (uint32_t other = cell + 1; other < blocks[row].end; other++)
		if (blocks[other].first_run < blocks[other].end_run)
			return false;
	return paragraph_speaks(r, cell);
}

static void flow_table(struct reader *r, uint32_t table)
{
	struct md_block *blocks = r->doc->blocks;
	uint32_t end = blocks[table].end, row = table + 1;
	while (row < end && !row_speaks(r, row))
		row = blocks[row].end;
	blocks[table].end = row;
	flow_attach(r, (struct md_piece){ table, 0, 0 }, blocks[table].line);
	for (; row < end; row++)
		if (blocks[row].kind == MD_CELL)
			flow_lines(r, lines_of(r->doc, row), false);
}

/* Someone's words pasted right under a footnote are no part of it; nor are any that a closed part would hide with it. */
static void flow_footnote(struct reader *r, uint32_t footnote)
{
	const struct md_block *b = &r->doc->blocks[footnote];
	struct line tail;
	if (r->closed_level > 0)
		return;
	bool cut = tail_cut(r, footnote, true, &tail), hidden = line_is_withheld(r, b->line);
	for (uint32_t line = b->line + 1; hidden && line <= b->end_line; line++)
		if (is_outside(r, footnote, line))
			flow_leak(r, line);
	if (cut)
		flow_lines(r, tail, false);
}

static void flow_block(struct reader *r, uint32_t b, bool listed)
{
	const struct md_block *block = &r->doc->blocks[b];
	switch (block->kind) {
	case MD_PARAGRAPH:
		flow_lines(r, lines_of(r->doc, b), listed);
		break;
	case MD_LIST:
		flow_children(r, b, true);
		break;
	case MD_ITEM:
		flow_item(r, b);
		break;
	case MD_QUOTE:
		quote_read(r, b);
		break;
	case MD_TABLE:
		flow_table(r, b);
		break;
	case MD_FOOTNOTE:
		break; /* read by its line, in flow_read */
	case MD_RULE:
		heading_check_underlined(r, b);
		speech_end(r);
		r->resume = NONE;
		r->sealed = r->leaked = false;
		break;
	default:
		flow_attach(r, (struct md_piece){ b, 0, 0 }, block->line);
	}
}

static void flow_top(struct reader *r, uint32_t b)
{
	const struct md_block *block = &r->doc->blocks[b];
	if (block->kind == MD_HEADING && (r->closed_level == 0 || block->level <= r->closed_level))
		heading_read(r, b);
	else if (r->closed_level > 0 && block->kind != MD_FOOTNOTE)
		withhold_block(r, b);
	else
		flow_block(r, b, false);
}

struct definition { /* a footnote's; they stand behind all other blocks */
	uint32_t line, block;
};

static int compare_definitions(const void *left, const void *right)
{
	const struct definition *a = left, *b = right;
	return a->line < b->line ? -1 : a->line > b->line;
}

void flow_read(struct reader *r)
{
	const struct md_doc *doc = r->doc;
	struct buf definitions = { 0 };
	for (uint32_t b = 0; b < doc->block_count; b++)
		if (doc->blocks[b].kind == MD_FOOTNOTE)
			*VEC_ADD(&definitions, struct definition) = (struct definition){ doc->blocks[b].line, b };
	size_t d = 0, count = VEC_COUNT(&definitions, struct definition);
	const struct definition *list = VEC_AT(&definitions, struct definition);
	if (count > 0)
		qsort(definitions.p, count, sizeof *list, compare_definitions);
	for (uint32_t b = 0, next; b < doc->block_count; b = next) {
		next = doc->blocks[b].end;
		for (; d < count && list[d].line < doc->blocks[b].line; d++)
			flow_footnote(r, list[d].block);
		flow_top(r, b);
	}
	for (; d < count; d++)
		flow_footnote(r, list[d].block);
	if (r->closed_level > 0)
		withhold_lines(r, r->closed_line, UINT32_MAX - 1);
	speech_end(r);
	buf_release(&definitions);
}
