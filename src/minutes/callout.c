/* Quotes: decisions, votes and closed parts that begin with [!name], notes, quotations. */
#include "minutes/reader.h"

enum { NESTED_MOST = 16 };

static bool paragraph_has_callout(struct reader *r, struct line line)
{
	struct mark m;
	while (line_step(r->doc, &line))
		if (mark_begins(r, &line, &m))
			return true;
	return false;
}

bool quote_has_callout(struct reader *r, uint32_t quote)
{
	const struct md_doc *doc = r->doc;
	for (uint32_t b = quote + 1; b < doc->blocks[quote].end; b++)
		if (doc->blocks[b].kind == MD_PARAGRAPH && doc->blocks[doc->blocks[b].parent].kind == MD_QUOTE &&
			paragraph_has_callout(r, lines_of(doc, b)))
			return true;
	return false;
}

/* A callout that is being read. */
struct open_callout {
	uint32_t index; /* NONE: a quote's lines before its first callout */
	bool closed;
	uint32_t line; /* on which it began */
	int depth;     /* of the quotes around it */
	struct range pieces;
	uint32_t block, first, end; /* lines of one paragraph, not yet a piece */
};

static void put_lines(struct reader *r, struct open_callout *c)
{
	uint32_t first = c->first, end = c->end;
	c->first = c->end = 0;
	if (first == end || !runs_trim(r->doc, &first, &end))
		return;
	if (c->closed) {
		withhold_runs(r, first, end);
		return;
	}
	if (c->index != NONE)
		tags_take(r, first, end, HOLDER_CALLOUT, c->index);
	if (runs_trim(r->doc, &first, &end))
		piece_add(r, &c->pieces, (struct md_piece){ c->block, first, end });
}

static void put_block(struct reader *r, struct open_callout *c, uint32_t block)
{
	put_lines(r, c);
	if (c->closed)
		withhold_block(r, block);
	else
		piece_add(r, &c->pieces, (struct md_piece){ block, 0, 0 });
}

static void add_note(struct reader *r, struct range pieces, uint32_t line)
{
	uint32_t statement = statement_begin(r, NOTE, line, false);
	VEC_AT(&r->statements, struct statement)[statement].pieces = pieces;
}

static void read_detail(struct reader *r, enum callout_kind kind, uint32_t callout)
{
	if (kind == CALLOUT_VOTE)
		vote_read(r, callout);
	else if (kind == CALLOUT_ACTION)
		action_read(r, callout);
	else if (kind == CALLOUT_DONE)
		done_read(r, callout);
}

static void callout_end(struct reader *r, struct open_callout *c, uint32_t last_line)
{
	put_lines(r, c);
	if (c->index == NONE) {
		/* Lines of a quote that belong to no callout: a note, since the quote is no quotation any more. */
		if (c->pieces.first < c->pieces.end)
			add_note(r, c->pieces, c->line);
		return;
	}
	struct callout *callout = &VEC_AT(&r->callouts, struct callout)[c->index];
	callout->pieces = c->pieces;
	if (callout->kind == CALLOUT_DECISION && c->pieces.first == c->pieces.end) {
		callout->pieces = r->before;
		callout->repeats = r->before.first < r->before.end;
	}
	read_detail(r, callout->kind, c->index);
	if (c->closed)
		withhold_lines(r, c->line, last_line);
	r->sealed = c->closed;
	r->leaked = false;
	r->last = NONE;
}

static void callout_start(struct reader *r, struct open_callout *c, struct line *line, const struct mark *m)
{
	static const char letters[] = { [CALLOUT_DECISION] = 'd', [CALLOUT_VOTE] = 'v', [CALLOUT_ACTION] = 'a' };
	uint32_t number = line_number(r, line), index = READER_COUNT(&r->callouts, struct callout);
	bool meant = m->length == 0;
	enum callout_kind kind = meant ? CALLOUT_CLOSED : mark_kind(r, m->name, number);
	*c = (struct open_callout){ .index = index, .closed = kind == CALLOUT_CLOSED, .line = number };
	struct callout callout = { .kind = kind, .item = r->item, .speech = r->speech, .line = number };
	callout.anchor =
		kind > CALLOUT_ACTION ? STR("") : arena_format(r->arena, "%c%u", letters[kind], ++r->counted[kind]);
	if (meant) {
		closed_report_meant(r, number, m->name);
		withhold_runs(r, line->first, line->end);
	}
	line_take(r, line, m->length);
	/* [!done] #a1 names an action of its own record. */
	if (kind != CALLOUT_DONE || point_narrow(line_point(r->doc, line)) != '#')
		tags_take(r, line->first, line->end, HOLDER_CALLOUT, index);
	callout.outcome = arena_str(r->arena, str_trim(reader_plain(r, line->first, line->end)));
	if (c->closed && !meant && !closed_has_reason(callout.outcome))
		diag_add(r->diags, CLOSED_REASON, source_loc(r, number, STR("[")),
			diag_text(r->diags, _("write it on the same line: [!closed] Schedule 12A, paragraph 3")),
			_("a closed part needs its reason"));
	flow_add(r, FLOW_CALLOUT, index);
	*VEC_ADD(&r->callouts, struct callout) = callout;
}

static void quote_lines(struct reader *r, struct open_callout *c, uint32_t paragraph, int depth)
{
	struct line line = lines_of(r->doc, paragraph);
	struct mark m;
	put_lines(r, c);
	c->first = c->end = line.next;
	for (c->block = paragraph; line_step(r->doc, &line); c->block = paragraph) {
		if (mark_begins(r, &line, &m)) {
			callout_end(r, c, line_number(r, &line) - 1);
			callout_start(r, c, &line, &m);
			c->depth = depth;
			c->first = c->end = line.next;
		} else if (c->index != NONE && !c->closed && line_is_tags(r, &line)) {
			put_lines(r, c);
			tags_take(r, line.first, line.end, HOLDER_CALLOUT, c->index);
			c->first = c->end = line.next;
		} else {
			c->end = line.end;
		}
	}
}

static void quote_blocks(struct reader *r, struct open_callout *c, uint32_t quote, int depth)
{
	for (uint32_t b = quote + 1, next; b < r->doc->blocks[quote].end; b = next) {
		const struct md_block *block = &r->doc->blocks[b];
		next = block->end;
		/* A callout ends a closed part beside it, not one around it. */
		bool within = c->closed && c->depth <= depth;
		if (block->kind == MD_PARAGRAPH)
			quote_lines(r, c, b, depth);
		else if (block->kind == MD_QUOTE && !within && depth < NESTED_MOST && quote_has_callout(r, b))
			quote_blocks(r, c, b, depth + 1);
		else if (block->kind != MD_FOOTNOTE)
			put_block(r, c, b);
	}
}

/* > [!decision] 了承, and its words behind an empty line without `>`: they would be no part of it. */
static void check_apart(struct reader *r, uint32_t quote)
{
	const struct md_block *blocks = r->doc->blocks;
	uint32_t last = READER_COUNT(&r->callouts, struct callout) - 1, before = quote - 1;
	size_t count = VEC_COUNT(&r->flow, struct flow);
	const struct flow *f = count > 0 ? &VEC_AT(&r->flow, struct flow)[count - 1] : NULL;
	if (quote == 0 || !f || f->kind != FLOW_CALLOUT || f->index != last)
		return;
	while (before != NONE && blocks[before].parent != blocks[quote].parent)
		before = blocks[before].parent;
	const struct callout *c = &VEC_AT(&r->callouts, struct callout)[last];
	bool empty = c->repeats || c->pieces.first == c->pieces.end;
	if (before == NONE || blocks[before].kind != MD_QUOTE || !empty || c->kind == CALLOUT_DONE ||
		c->kind == CALLOUT_CLOSED)
		return;
	diag_add(r->diags, CALLOUT_UNKNOWN, source_loc(r, blocks[quote].line, STR(">")),
		diag_text(r->diags,
			_("begin the empty line before it with >, or write --- there if it is a quote of its own")),
		_("this quote is no part of the [!%s] before it, which has no words"), callout_words[c->kind]);
}

/* A quote without callouts: part of the statement before it, or a note. */
static void quotation(struct reader *r, uint32_t quote)
{
	const struct md_block *b = &r->doc->blocks[quote], *p = b + 1;
	struct md_piece piece = { quote, 0, 0 };
	struct range pieces = { 0, 0 };
	bool note = r->speech == NONE && r->resume == NONE;
	if (!note && b->end == quote + 2 && p->kind == MD_PARAGRAPH)
		note = runs_are_note(r, p->first_run, p->end_run);
	if (!note || r->sealed) {
		flow_attach(r, piece, b->line);
		return;
	}
	piece_add(r, &pieces, piece);
	add_note(r, pieces, b->line);
}

/* Whether a quote goes on about what the closed part before it hides: it begins with no callout. */
static bool leaks(struct reader *r, uint32_t quote)
{
	struct line line;
	struct mark m;
	return r->sealed && r->doc->blocks[quote + 1].kind == MD_PARAGRAPH &&
		!(line_first(r->doc, quote + 1, &line) && mark_begins(r, &line, &m));
}

static void read_callouts(struct reader *r, uint32_t quote, uint32_t last_line)
{
	struct open_callout c = { .index = NONE, .line = r->doc->blocks[quote].line };
	uint32_t before = READER_COUNT(&r->closed_lines, struct lines);
	if (leaks(r, quote)) {
		flow_leak(r, c.line);
		c.closed = true;
	}
	quote_blocks(r, &c, quote, 0);
	callout_end(r, &c, last_line);
	/* In a closed part each line begins with `>`: one that does not may have been meant to be public. */
	for (uint32_t i = before; i < READER_COUNT(&r->closed_lines, struct lines); i++) {
		struct lines covered = VEC_AT(&r->closed_lines, struct lines)[i];
		for (uint32_t line = covered.first + 1; line < covered.end; line++) {
			struct str s = str_trim_start(source_line(r, line));
			if (!str_empty(s) && s.p[0] != '>')
				flow_leak(r, line);
		}
	}
}

void quote_read(struct reader *r, uint32_t quote)
{
	uint32_t last_line = r->doc->blocks[quote].end_line;
	bool callouts = quote_has_callout(r, quote);
	struct line tail;
	/* Lines pasted under a quote without a blank one are part of it to CommonMark. In a closed part they would be withheld. */
	bool cut = tail_cut(r, quote, true, &tail);
	if (cut)
		last_line = r->doc->runs[tail.next].line - 1;
	else /* a footnote at its end has been moved out of the quote */
		while (str_starts(str_trim_start(source_line(r, last_line + 1)), STR(">")))
			last_line++;
	if (callouts) {
		read_callouts(r, quote, last_line);
	} else {
		check_apart(r, quote);
		quotation(r, quote);
	}
	if (cut)
		flow_lines(r, tail, false);
}
