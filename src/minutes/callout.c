/* Quotes: decisions, votes and closed parts that begin with [!name], notes, quotations. */
#include "minutes/reader.h"
#include "text/fold.h"

enum { NAME_MOST = 60, /* bytes */ NESTED_MOST = 16 };

static const struct {
	struct str name;
	enum callout_kind kind;
} names[] = {
	{ STR_INIT("decision"), CALLOUT_DECISION },
	{ STR_INIT("決定"), CALLOUT_DECISION },
	{ STR_INIT("vote"), CALLOUT_VOTE },
	{ STR_INIT("採決"), CALLOUT_VOTE },
	{ STR_INIT("action"), CALLOUT_ACTION },
	{ STR_INIT("対応"), CALLOUT_ACTION },
	{ STR_INIT("done"), CALLOUT_DONE },
	{ STR_INIT("action-done"), CALLOUT_DONE },
	{ STR_INIT("完了"), CALLOUT_DONE },
	{ STR_INIT("closed"), CALLOUT_CLOSED },
	{ STR_INIT("非公開"), CALLOUT_CLOSED },
	{ STR_INIT("note"), CALLOUT_NOTE },
	{ STR_INIT("注"), CALLOUT_NOTE },
	{ STR_INIT("tip"), CALLOUT_TIP },
	{ STR_INIT("important"), CALLOUT_IMPORTANT },
	{ STR_INIT("warning"), CALLOUT_WARNING },
	{ STR_INIT("caution"), CALLOUT_CAUTION },
};
enum { NAME_COUNT = sizeof names / sizeof *names };

/* Names fold without help from ICU: ASCII letters of either width and case; space is dropped. */
static struct str fold_name(struct str name, char out[NAME_MOST])
{
	size_t n = 0, length;
	for (size_t at = 0; at < name.n && n + 4 < NAME_MOST; at += length) {
		uint32_t point = str_point(name, at, &length);
		if (point >= 0xff01 && point <= 0xff5e)
			point -= 0xff01 - '!';
		if (point >= 'A' && point <= 'Z')
			point += 'a' - 'A';
		if (point != ' ' && point != 0x3000)
			n += str_encode(point, out + n);
	}
	return str_n(out, n);
}

bool callout_named(struct str name, enum callout_kind *kind)
{
	char bytes[NAME_MOST];
	struct str folded = fold_name(name, bytes);
	for (size_t i = 0; i < NAME_COUNT; i++) {
		if (str_eq(folded, names[i].name)) {
			*kind = names[i].kind;
			return true;
		}
	}
	return false;
}

/* The known name that is spelled most like this one, or STR_NONE. */
static struct str nearest_name(struct str name, enum callout_kind *kind)
{
	char bytes[NAME_MOST];
	struct str folded = fold_name(name, bytes);
	for (size_t i = 0; i < NAME_COUNT; i++) {
		if (str_near(folded, names[i].name)) {
			*kind = names[i].kind;
			return names[i].name;
		}
	}
	return STR_NONE;
}

bool callout_begins(struct str head, struct str *name, size_t *length)
{
	size_t n, at;
	uint32_t point = str_point(head, 0, &at);
	if (point != '[' && point != 0xff3b)
		return false;
	point = str_point(head, at, &n);
	if (point != '!' && point != 0xff01)
		return false;
	size_t from = at += n;
	for (; at < head.n && at - from < NAME_MOST; at += n) {
		point = str_point(head, at, &n);
		if (point == ']' || point == 0xff3d) {
			*name = str_trim(str_n(head.p + from, at - from));
			*length = at + n;
			/* Obsidian's mark for a callout that can be folded. */
			if (*length < head.n && (head.p[*length] == '-' || head.p[*length] == '+'))
				++*length;
			return !str_empty(*name);
		}
		if (point == '[' || point == '\1')
			return false;
	}
	return false;
}

static bool line_begins(
	const struct md_doc *doc, const struct line *line, struct head *head, struct str *name, size_t *length)
{
	uint32_t i = line->first;
	size_t n;
	while (i < line->end && doc->runs[i].kind == MD_TEXT && doc->runs[i].text.n == 0)
		i++;
	if (i == line->end || line->bound || doc->runs[i].kind != MD_TEXT)
		return false;
	uint32_t point = str_point(str_trim_start(doc->runs[i].text), 0, &n);
	if (point != '[' && point != 0xff3b)
		return false;
	line_head(doc, line, head);
	struct str s = str_n(head->bytes, head->n), trimmed = str_trim_start(s);
	if (!callout_begins(trimmed, name, length))
		return false;
	*length += s.n - trimmed.n;
	return true;
}

static bool paragraph_has_callout(const struct md_doc *doc, uint32_t paragraph)
{
	struct line line;
	struct head head;
	struct str name;
	size_t length;
	uint32_t at = doc->blocks[paragraph].first_run, links = 0;
	while (line_peek(doc, paragraph, &at, doc->blocks[paragraph].end_run, &links, &line))
		if (line_begins(doc, &line, &head, &name, &length))
			return true;
	return false;
}

bool quote_has_callout(const struct md_doc *doc, uint32_t quote)
{
	for (uint32_t b = quote + 1; b < doc->blocks[quote].end; b++) {
		const struct md_block *block = &doc->blocks[b];
		bool direct = doc->blocks[block->parent].kind == MD_QUOTE;
		if (block->kind == MD_PARAGRAPH && direct && paragraph_has_callout(doc, b))
			return true;
	}
	return false;
}

/* A callout that is being read. */
struct open_callout {
	uint32_t index; /* NONE: a quote's lines before its first callout */
	bool closed;
	uint32_t line; /* on which it began */
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
		tags_take_end(r, first, end, HOLDER_CALLOUT, c->index);
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

/* Lines of a quote that belong to no callout: a note, since the quote is no quotation any more. */
static void note_pieces(struct reader *r, struct open_callout *c)
{
	if (c->pieces.first == c->pieces.end)
		return;
	uint32_t statement = statement_begin(r, NOTE, c->line, false);
	reader_statement(r, statement)->pieces = c->pieces;
}

static void callout_end(struct reader *r, struct open_callout *c, uint32_t last_line)
{
	put_lines(r, c);
	if (c->index == NONE) {
		note_pieces(r, c);
		return;
	}
	struct callout *callout = reader_callout(r, c->index);
	callout->pieces = c->pieces;
	if (callout->kind == CALLOUT_DECISION && c->pieces.first == c->pieces.end)
		callout->pieces = r->before;
	if (c->closed)
		withhold_lines(r, c->line, last_line);
	r->sealed = c->closed;
	r->leaked = false;
	r->last = NONE;
}

static enum callout_kind kind_of(struct reader *r, struct str name, uint32_t line)
{
	enum callout_kind kind = CALLOUT_NOTE;
	if (callout_named(name, &kind))
		return kind;
	struct loc loc = loc_at(r->m->path, line, source_column(r, line, STR("[")));
	loc.width = (uint32_t)str_points(name) + 3;
	/* Taken for what it is most like: an almost [!closed] must not publish what it hides. */
	struct str near = nearest_name(name, &kind);
	diag_add(r->diags, CALLOUT_UNKNOWN, loc,
		near.p ? diag_did_you_mean(r->diags, near)
		       : diag_text(r->diags, _("begin the line with \\ if it is plain text")),
		_("no callout is called 「%.*s」"), STR_ARG(name));
	return kind;
}

static struct str callout_anchor(struct reader *r, enum callout_kind kind)
{
	static const char letters[] = { [CALLOUT_DECISION] = 'd', [CALLOUT_VOTE] = 'v', [CALLOUT_ACTION] = 'a' };
	uint32_t number = ++r->counted[kind];
	if (kind > CALLOUT_ACTION)
		return STR("");
	return arena_format(r->arena, "%c%u", letters[kind], number);
}

static void callout_start(struct reader *r, struct open_callout *c, struct line *line, struct str name, size_t length)
{
	uint32_t number = line_number(r, line), index = READER_COUNT(&r->callouts, struct callout);
	enum callout_kind kind = kind_of(r, name, number);
	*c = (struct open_callout){ .index = index, .closed = kind == CALLOUT_CLOSED, .line = number };
	struct callout callout = { .kind = kind, .item = r->item, .speech = r->speech, .line = number };
	callout.anchor = callout_anchor(r, kind);
	line_take(r, line, length);
	tags_take_end(r, line->first, line->end, HOLDER_CALLOUT, index);
	callout.outcome = arena_str(r->arena, str_trim(reader_plain(r, line->first, line->end)));
	if (c->closed && str_empty(callout.outcome))
		diag_add(r->diags, CLOSED_REASON, loc_at(r->m->path, number, source_column(r, number, STR("["))),
			diag_text(r->diags, _("write it on the same line: [!closed] 第７条第２号")),
			_("a closed part needs its reason"));
	flow_add(r, FLOW_CALLOUT, index);
	*VEC_ADD(&r->callouts, struct callout) = callout;
	r->under_heading = false;
}

static void quote_lines(struct reader *r, struct open_callout *c, uint32_t paragraph)
{
	const struct md_block *b = &r->doc->blocks[paragraph];
	struct line line;
	struct head head;
	struct str name;
	size_t length;
	uint32_t at = b->first_run, links = 0;
	put_lines(r, c);
	c->block = paragraph;
	c->first = c->end = at;
	while (line_peek(r->doc, paragraph, &at, b->end_run, &links, &line)) {
		if (line_begins(r->doc, &line, &head, &name, &length)) {
			callout_end(r, c, line_number(r, &line) - 1);
			callout_start(r, c, &line, name, length);
			c->block = paragraph;
			c->first = c->end = at;
		} else if (c->index != NONE && line_is_tags(r, &line) && !c->closed) {
			put_lines(r, c);
			tags_take_line(r, &line, HOLDER_CALLOUT, c->index);
			c->first = c->end = at;
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
		if (block->kind == MD_PARAGRAPH)
			quote_lines(r, c, b);
		else if (block->kind == MD_QUOTE && depth < NESTED_MOST && quote_has_callout(r->doc, b))
			quote_blocks(r, c, b, depth + 1);
		else if (block->kind != MD_FOOTNOTE)
			put_block(r, c, b);
	}
}

/* A quote without callouts: part of the statement before it, or a note. */
static void quotation(struct reader *r, uint32_t quote)
{
	const struct md_block *b = &r->doc->blocks[quote];
	bool note = r->speech == NONE && r->resume == NONE;
	uint32_t p = quote + 1;
	if (!note && b->end == p + 1 && r->doc->blocks[p].kind == MD_PARAGRAPH)
		note = runs_are_note(r, r->doc->blocks[p].first_run, r->doc->blocks[p].end_run);
	if (!note || r->sealed) {
		flow_attach(r, (struct md_piece){ quote, 0, 0 }, b->line);
		return;
	}
	uint32_t statement = statement_begin(r, NOTE, b->line, false);
	piece_add(r, &reader_statement(r, statement)->pieces, (struct md_piece){ quote, 0, 0 });
}

/* In a closed part each line begins with `>`: one that does not may have been meant to be public. */
static void check_closed_lines(struct reader *r, uint32_t first, uint32_t last)
{
	for (uint32_t line = first; line <= last; line++)
		if (!source_is_quoted(r, line))
			flow_leak(r, line);
}

static void read_callouts(struct reader *r, uint32_t quote, uint32_t last_line)
{
	struct open_callout c = { .index = NONE, .line = r->doc->blocks[quote].line };
	uint32_t before = READER_COUNT(&r->closed_lines, struct lines);
	if (r->sealed && r->doc->blocks[quote + 1].kind == MD_PARAGRAPH) {
		struct line line;
		struct head head;
		struct str name;
		size_t length;
		uint32_t at = r->doc->blocks[quote + 1].first_run, links = 0;
		bool begins = line_peek(r->doc, quote + 1, &at, r->doc->blocks[quote + 1].end_run, &links, &line) &&
			line_begins(r->doc, &line, &head, &name, &length);
		if (!begins) {
			flow_leak(r, c.line);
			c.closed = true;
		}
	}
	quote_blocks(r, &c, quote, 0);
	callout_end(r, &c, last_line);
	for (uint32_t i = before; i < READER_COUNT(&r->closed_lines, struct lines); i++) {
		struct lines covered = VEC_AT(&r->closed_lines, struct lines)[i];
		check_closed_lines(r, covered.first + 1, covered.end - 1);
	}
}

static bool starts_quoted(struct str line)
{
	return str_starts(str_trim_start(line), STR(">"));
}

void quote_read(struct reader *r, uint32_t quote)
{
	struct md_block *b = &r->doc->blocks[quote];
	uint32_t tail = NONE, paragraph = b->end - 1, end = 0, last_line = b->end_line;
	bool callouts = quote_has_callout(r->doc, quote);
	/* Lines pasted under a quote without a blank one are part of it to CommonMark. In a closed part they would be withheld. */
	if (paragraph > quote && r->doc->blocks[paragraph].kind == MD_PARAGRAPH)
		tail = paragraph_cut(r, paragraph, true, true, &end);
	if (tail != NONE)
		last_line = r->doc->runs[tail].line - 1;
	else /* a footnote at its end has been moved out of the quote */
		while (starts_quoted(source_line(r, last_line + 1)))
			last_line++;
	if (callouts)
		read_callouts(r, quote, last_line);
	else
		quotation(r, quote);
	if (tail != NONE)
		flow_lines(r, paragraph, tail, end, false);
}

/* Whether a run that will be printed holds a [!closed] that closed nothing. */
static bool has_stray(const struct md_run *run)
{
	struct str name;
	size_t length, skip;
	enum callout_kind kind;
	for (size_t at = 0; at < run->text.n; at += length) {
		str_point(run->text, at, &length);
		if ((at > 0 || !run->literal) && callout_begins(str_from(run->text, at), &name, &skip) &&
			callout_named(name, &kind) && kind == CALLOUT_CLOSED)
			return true;
	}
	return false;
}

void callout_check_strays(struct reader *r)
{
	for (uint32_t i = 0; i < r->doc->run_count; i++) {
		struct md_run *run = &r->doc->runs[i];
		if (run->kind != MD_TEXT || (!r->has_wide_bang && str_find_byte(run->text, '!', 0) == SIZE_MAX) ||
			!has_stray(run))
			continue;
		diag_add(r->diags, CLOSED_LEAK, loc_at(r->m->path, run->line, source_column(r, run->line, STR("["))),
			diag_text(r->diags, _("begin a quote with it: > [!closed] reason")),
			_("[!closed] closes nothing here, what follows would be published"));
	}
}
