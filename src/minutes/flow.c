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
		diag_add(r->diags, CLOSED_LEAK, loc_at(r->m->path, line, source_column(r, line, STR(""))),
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
	r->under_heading = false;
	return index;
}

static void statement_piece(struct reader *r, uint32_t statement, struct md_piece piece)
{
	struct statement *s = reader_statement(r, statement);
	piece_add(r, &s->pieces, piece);
	if (s->kind != NOTE)
		r->before = s->pieces;
}

static bool opens_note(uint32_t point)
{
	return point == '(' || point == 0xff08 || point == 0x3014;
}

static bool closes_note(uint32_t point)
{
	return point == ')' || point == 0xff09 || point == 0x3015;
}

/* Words wholly in （…） or 〔…〕. */
static bool is_bracketed(struct str s)
{
	size_t length, depth = 0;
	s = str_trim(s);
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		if (opens_note(point))
			depth++;
		else if (closes_note(point) && depth > 0)
			depth--;
		else if (depth == 0 && !str_empty(str_trim(str_n(s.p + at, length))))
			return false;
	}
	return s.n > 0 && depth == 0;
}

bool runs_are_note(struct reader *r, uint32_t first, uint32_t end)
{
	size_t length;
	for (uint32_t i = first; i < end; i++) {
		struct str text = r->doc->runs[i].text;
		if (r->doc->runs[i].kind == MD_TEXT && text.n > 0) {
			if (r->doc->runs[i].literal || !opens_note(str_point(text, 0, &length)))
				return false;
			break;
		}
	}
	return is_bracketed(reader_plain(r, first, end));
}

static void drop_block(struct reader *r, uint32_t block)
{
	withhold_block(r, block);
	withhold_lines(r, r->doc->blocks[block].line, r->doc->blocks[block].end_line);
}

/* A table, code or an image: part of the statement before it, or one. */
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
	if (!g->open)
		return;
	g->open = false;
	uint32_t first = g->first, end = g->end;
	if (!runs_trim(r->doc, &first, &end))
		return;
	struct line begin = { .block = g->block, .first = first, .end = end };
	uint32_t line = line_number(r, &begin);
	if (runs_are_image(r->doc, first, end)) {
		flow_attach(r, piece_of(r, g->block, first, end), line);
		return;
	}
	bool note = g->note || runs_are_note(r, first, end);
	uint32_t statement = statement_begin(r, note ? NOTE : SAID, line, g->listed);
	tags_take_end(r, first, end, HOLDER_STATEMENT, statement);
	statement_piece(r, statement, piece_of(r, g->block, first, end));
}

static void group_add(struct group *g, const struct line *line)
{
	if (!g->open) {
		g->open = true;
		g->note = false;
		g->block = line->block;
		g->first = line->first;
	}
	g->end = line->end;
}

static bool line_is_bullet(const struct reader *r, const struct line *line, struct head *head)
{
	/* Nearly every line begins with something else: look before copying. */
	size_t length;
	struct md_run *run = &r->doc->runs[line->first];
	uint32_t point = run->kind == MD_TEXT ? str_point(run->text, 0, &length) : '*';
	if (point != '*' && (point < 0x25cb || (point > 0x30fb && point != 0xff65)))
		return false;
	line_head(r->doc, line, head);
	return line_is_bulleted(head);
}

/* Tags of a line of nothing else: the item's straight under its heading, else the speech's. */
static void take_tags(struct reader *r, const struct line *line)
{
	if (r->speech != NONE)
		tags_take_line(r, line, HOLDER_SPEECH, r->speech);
	else
		tags_take_line(r, line, HOLDER_ITEM, r->item);
}

/* A line without a marker, or what stands behind its marker. */
static void read_line(struct reader *r, struct group *g, struct line *line, struct head *head)
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
	if (line_is_tags(r, line)) {
		group_close(r, g);
		take_tags(r, line);
		return;
	}
	bool note = runs_are_note(r, first, end);
	if (note || line->indented || line_is_bullet(r, line, head) || g->note)
		group_close(r, g);
	group_add(g, line);
	g->note = note;
}

void flow_lines(struct reader *r, uint32_t block, uint32_t first, uint32_t end, bool listed)
{
	struct group g = { .listed = listed };
	struct line line;
	struct spoken spoken;
	struct head head;
	uint32_t links = 0;
	while (line_next(r, block, &first, end, &links, &line)) {
		if (speaker_find(r, &line, &spoken, &head)) {
			group_close(r, &g);
			speech_begin(r, &line, &spoken);
		}
		read_line(r, &g, &line, &head);
	}
	group_close(r, &g);
}

uint32_t paragraph_cut(struct reader *r, uint32_t block, bool lazy, bool only_markers, uint32_t *end)
{
	struct md_block *b = &r->doc->blocks[block];
	struct line line;
	struct spoken spoken;
	struct head head;
	uint32_t at = b->first_run, links = 0, cut = NONE;
	*end = b->end_run;
	if (!line_peek(r->doc, block, &at, b->end_run, &links, &line))
		return NONE;
	for (uint32_t begin = at; line_peek(r->doc, block, &at, b->end_run, &links, &line); begin = at) {
		bool outside = !lazy || !source_is_quoted(r, line_number(r, &line));
		if (!outside)
			cut = NONE;
		else if (cut == NONE && (!only_markers || speaker_find(r, &line, &spoken, &head)))
			cut = begin;
		if (cut != NONE && !lazy)
			break;
	}
	if (cut != NONE)
		b->end_run = cut - 1;
	return cut;
}

/* The first paragraph of a list item, or NONE. */
static uint32_t item_paragraph(const struct md_doc *doc, uint32_t item)
{
	uint32_t p = item + 1;
	return p < doc->blocks[item].end && doc->blocks[p].kind == MD_PARAGRAPH ? p : NONE;
}

static bool paragraph_speaks(struct reader *r, uint32_t paragraph)
{
	struct md_block *b = &r->doc->blocks[paragraph];
	struct line line;
	struct spoken spoken;
	struct head head;
	uint32_t at = b->first_run, links = 0;
	return line_peek(r->doc, paragraph, &at, b->end_run, &links, &line) && speaker_find(r, &line, &spoken, &head);
}

/* Whether an item must be taken apart: a callout stands in it; somebody speaks in the middle of it;
 * or it is somebody's remark and a nested item another's, whose words would go into the wrong mouth. */
static bool item_is_mixed(struct reader *r, uint32_t item)
{
	const struct md_doc *doc = r->doc;
	for (uint32_t b = item + 1; b < doc->blocks[item].end; b++) {
		const struct md_block *block = &doc->blocks[b];
		uint32_t end;
		if (block->kind == MD_QUOTE && quote_has_callout(doc, b))
			return true;
		if (block->kind != MD_PARAGRAPH)
			continue;
		bool nested = doc->blocks[block->parent].kind == MD_ITEM && block->parent + 1 == b;
		bool asked = nested ? r->speech != NONE : block->parent == item;
		if (b != item + 1 && asked && paragraph_speaks(r, b))
			return true;
		uint32_t cut = paragraph_cut(r, b, false, true, &end);
		doc->blocks[b].end_run = end;
		if (cut != NONE)
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
	const struct md_block *b = &r->doc->blocks[item];
	uint32_t p = item_paragraph(r->doc, item);
	if (r->sealed) {
		flow_leak(r, b->line);
		drop_block(r, item);
		return;
	}
	bool alone = p != NONE && b->end == item + 2;
	const struct md_block *text = p == NONE ? NULL : &r->doc->blocks[p];
	struct line line = { .block = alone ? p : item };
	if (alone) {
		line.first = text->first_run;
		line.end = text->end_run;
		if (line_is_tags(r, &line)) {
			take_tags(r, &line);
			return;
		}
	}
	bool note = alone && runs_are_note(r, line.first, line.end);
	uint32_t statement = statement_begin(r, note ? NOTE : SAID, b->line, true);
	if (text)
		tags_take_end(r, text->first_run, text->end_run, HOLDER_STATEMENT, statement);
	const struct md_block *last = &r->doc->blocks[b->end - 1];
	if (!alone && b->end > item + 1 && last->kind == MD_PARAGRAPH && last != text)
		tags_take_end(r, last->first_run, last->end_run, HOLDER_STATEMENT, statement);
	statement_piece(r, statement, (struct md_piece){ item, 0, 0 });
}

/* Cuts off what follows an item without an indent: a marker pasted right under it. */
static uint32_t cut_tail(struct reader *r, uint32_t block, uint32_t *paragraph, uint32_t *end)
{
	*paragraph = r->doc->blocks[block].end - 1;
	if (*paragraph <= block || r->doc->blocks[*paragraph].kind != MD_PARAGRAPH)
		return NONE;
	return paragraph_cut(r, *paragraph, false, true, end);
}

static void flow_item(struct reader *r, uint32_t item)
{
	uint32_t paragraph, end, p = item_paragraph(r->doc, item), resume = r->resume;
	uint32_t tail = cut_tail(r, item, &paragraph, &end);
	bool speaks = p != NONE && paragraph_speaks(r, p);
	if (speaks) {
		uint32_t before = READER_COUNT(&r->speeches, struct speech);
		r->resume = NONE;
		for (uint32_t b = p, next; b < r->doc->blocks[item].end; b = next) {
			next = r->doc->blocks[b].end;
			flow_block(r, b, b != p);
			r->resume = before; /* until a later marker takes over, its nested items are its own */
		}
		speech_end(r);
		r->resume = resume;
	} else if (item_is_mixed(r, item)) {
		flow_children(r, item, true);
	} else {
		flow_plain_item(r, item);
	}
	if (tail != NONE)
		flow_lines(r, paragraph, tail, end, false);
}

/* A marker line right under a table has become a row of it. */
static uint32_t cut_table(struct reader *r, uint32_t table)
{
	const struct md_doc *doc = r->doc;
	for (uint32_t row = table + 1; row < doc->blocks[table].end; row = doc->blocks[row].end) {
		uint32_t cell = row + 1;
		if (cell >= doc->blocks[row].end || doc->blocks[row].header)
			continue;
		bool alone = true;
		for (uint32_t other = cell + 1; other < doc->blocks[row].end; other++)
			alone = alone && doc->blocks[other].first_run == doc->blocks[other].end_run;
		if (alone && paragraph_speaks(r, cell))
			return row;
	}
	return NONE;
}

static void flow_table(struct reader *r, uint32_t table)
{
	struct md_block *blocks = r->doc->blocks;
	uint32_t end = blocks[table].end, cut = cut_table(r, table);
	if (cut != NONE)
		blocks[table].end = cut;
	flow_attach(r, (struct md_piece){ table, 0, 0 }, blocks[table].line);
	for (uint32_t b = cut; b < end; b++)
		if (blocks[b].kind == MD_CELL)
			flow_lines(r, b, blocks[b].first_run, blocks[b].end_run, false);
}

/* Someone's words pasted right under a footnote are no part of it. */
static void flow_footnote(struct reader *r, uint32_t footnote)
{
	uint32_t line = r->doc->blocks[footnote].line, paragraph, end, tail;
	if (r->closed_level > 0 || line_is_withheld(r, line) ||
		str_starts(str_trim_start(source_line(r, line)), STR(">")))
		return;
	tail = cut_tail(r, footnote, &paragraph, &end);
	if (tail != NONE)
		flow_lines(r, paragraph, tail, end, false);
}

static void flow_block(struct reader *r, uint32_t b, bool listed)
{
	const struct md_block *block = &r->doc->blocks[b];
	switch (block->kind) {
	case MD_PARAGRAPH:
		flow_lines(r, b, block->first_run, block->end_run, listed);
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
		speech_end(r);
		r->sealed = r->leaked = r->under_heading = false;
		break;
	default:
		flow_attach(r, (struct md_piece){ b, 0, 0 }, block->line);
	}
}

struct definition { /* a footnote's; they stand behind all other blocks */
	uint32_t line, block;
};

static int compare_definitions(const void *left, const void *right)
{
	const struct definition *a = left, *b = right;
	return a->line < b->line ? -1 : a->line > b->line;
}

static void find_definitions(const struct md_doc *doc, struct buf *list)
{
	for (uint32_t b = 0; b < doc->block_count; b++)
		if (doc->blocks[b].kind == MD_FOOTNOTE)
			*VEC_ADD(list, struct definition) = (struct definition){ doc->blocks[b].line, b };
	if (list->n > 0)
		qsort(list->p, VEC_COUNT(list, struct definition), sizeof(struct definition), compare_definitions);
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

void flow_read(struct reader *r)
{
	struct buf definitions = { 0 };
	find_definitions(r->doc, &definitions);
	const struct definition *list = VEC_AT(&definitions, struct definition);
	size_t d = 0, count = VEC_COUNT(&definitions, struct definition);
	for (uint32_t b = 0, next; b < r->doc->block_count; b = next) {
		next = r->doc->blocks[b].end;
		for (; d < count && list[d].line < r->doc->blocks[b].line; d++)
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
