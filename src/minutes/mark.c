/* [!name]: what is called so, where it begins something, and what only nearly does. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

const char *const callout_words[] = {
	[CALLOUT_DECISION] = "decision",
	[CALLOUT_VOTE] = "vote",
	[CALLOUT_ACTION] = "action",
	[CALLOUT_DONE] = "done",
	[CALLOUT_CLOSED] = "closed",
	[CALLOUT_NOTE] = "note",
	[CALLOUT_TIP] = "tip",
	[CALLOUT_IMPORTANT] = "important",
	[CALLOUT_WARNING] = "warning",
	[CALLOUT_CAUTION] = "caution",
};

static const struct {
	struct str name; /* folded */
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

/* The index of a folded name, of one that is spelled like it, or NAME_COUNT. */
static size_t find_name(struct str folded, bool (*same)(struct str, struct str))
{
	size_t i = 0;
	while (i < NAME_COUNT && !same(folded, names[i].name))
		i++;
	return i;
}

/* Where the next [!name] begins in a text, escaped ones left out; SIZE_MAX without. *behind is behind it. */
static size_t mark_find(struct str s, size_t from, struct str *name, size_t *behind)
{
	for (size_t at = from, length; at < s.n; at += length) {
		str_point(s, at, &length);
		if (md_callout_begins(str_from(s, at), name, behind)) {
			*behind += at;
			return at;
		}
	}
	return SIZE_MAX;
}

/* Behind a colon that was typed between a mark and its words: [!closed]: 第７条. */
static size_t behind_colon(struct str s, size_t at)
{
	size_t length;
	return point_narrow(str_point(s, at, &length)) == ':' ? at + length : at;
}

bool closed_has_reason(struct str reason)
{
	size_t length, at = 0;
	uint32_t point;
	while ((point = str_point(reason, at, &length)) && !point_is_letter(point) && !point_is_digit(point))
		at += length;
	return at < reason.n;
}

size_t closed_find(struct reader *r, struct str s, size_t *behind)
{
	struct str name;
	for (size_t at = 0; (at = mark_find(s, at, &name, behind)) != SIZE_MAX; at = *behind) {
		size_t i = find_name(fold_label(r->scratch, name), str_eq);
		if (i < NAME_COUNT && names[i].kind == CALLOUT_CLOSED) {
			*behind = behind_colon(s, *behind);
			return at;
		}
	}
	return SIZE_MAX;
}

#define BRACKETS "[({【〔《〈<"
static const struct str openers = STR_INIT(BRACKETS), slip_marks = STR_INIT(BRACKETS "!");

/* Where closed or 非公開 ends that stands in folded words at this byte; 0 without one. What means the same elsewhere counts
 * behind ! or as the first that stands in brackets. */
static size_t closed_end(struct str folded, size_t at)
{
	static const struct str others[] = { STR_INIT("exempt"), STR_INIT("confidential"),
		STR_INIT("notforpublication") };
	size_t length;
	for (size_t i = 0; i < NAME_COUNT; i++)
		if (names[i].kind == CALLOUT_CLOSED && str_starts(str_from(folded, at), names[i].name))
			return at + names[i].name.n;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_starts(str_from(folded, at), others[i])) {
			size_t end = at + others[i].n;
			bool called = at > 0 && folded.p[at - 1] == '!';
			return called || point_is_one_of(str_point(folded, end, &length), STR("])】〕:,-–—")) ? end : 0;
		}
	return 0;
}

/* Folded, as much of s as a name may take. */
static struct str fold_beginning(struct reader *r, struct str s)
{
	enum { REACH = 60 };
	size_t n = s.n < REACH ? s.n : REACH;
	while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n++;
	return fold_label(r->scratch, str_n(s.p, n));
}

bool closed_is_meant(struct reader *r, struct str s)
{
	size_t at = 0, length;
	struct str folded = fold_beginning(r, s);
	while (point_is_one_of(str_point(folded, at, &length), slip_marks))
		at += length;
	at += str_starts(folded, STR("[1")); /* on the same key as ! */
	return at > 0 && closed_end(folded, at) > 0;
}

/* [closed] and the like, in one of the brackets. */
static bool closed_is_bracketed(struct reader *r, struct str s, struct str brackets)
{
	struct str folded = fold_label(r->scratch, s);
	size_t length, behind, end;
	for (size_t at = 0; at < folded.n; at += length) {
		if (!point_is_one_of(str_point(folded, at, &length), brackets))
			continue;
		end = closed_end(folded, at + length + str_starts(str_from(folded, at + length), STR("!")));
		if (end > 0 && point_is_one_of(str_point(folded, end, &behind), STR("])】〕:")))
			return true;
	}
	return false;
}

/* [!closed without its other bracket, (!closed), 【！非公開】: where the sign for it stands behind any bracket. */
static bool closed_is_called_in(struct reader *r, struct str s)
{
	uint32_t before = 0;
	for (size_t at = 0, length; at < s.n; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		if (point == '!' && point_is_one_of(before, openers) &&
			closed_end(fold_beginning(r, str_from(s, at)), 1) > 0)
			return true;
		before = point_is_space(point) ? before : point;
	}
	return false;
}

bool closed_nearly_in_title(struct reader *r, struct str s)
{
	uint32_t before = ' ';
	size_t length, behind;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		struct str rest = str_from(s, at + length);
		if (point == '[' && point_narrow(str_point(str_trim_start(rest), 0, &behind)) == '!')
			return true;
		if (point == '!' && point_is_space(before) && closed_end(fold_beginning(r, rest), 0) > 0)
			return true;
		before = point;
	}
	return closed_is_bracketed(r, s, STR("[(【〔"));
}

bool mark_begins(struct reader *r, const struct line *line, struct mark *m)
{
	if (!point_is_one_of(point_narrow(line_point(r->doc, line)), slip_marks))
		return false;
	struct str s = line_head(r->doc, line, &m->head);
	bool begins = md_callout_begins(s, &m->name, &m->length);
	if (begins)
		m->length = behind_colon(s, m->length);
	if ((begins && find_name(fold_label(r->scratch, m->name), str_eq) < NAME_COUNT) || !closed_is_meant(r, s))
		return begins;
	str_point(s, 0, &m->length);
	m->name = str_n(s.p, m->length);
	m->length = 0;
	return true;
}

enum callout_kind mark_kind(struct reader *r, struct str name, uint32_t line)
{
	struct str folded = fold_label(r->scratch, name);
	size_t known = find_name(folded, str_eq);
	if (known < NAME_COUNT)
		return names[known].kind;
	struct loc loc = source_loc(r, line, STR("["));
	loc.width = (uint32_t)str_points(name) + 3;
	/* Taken for what it is most like: an almost [!closed] must not publish what it hides. */
	size_t near = find_name(folded, str_near);
	diag_add(r->diags, CALLOUT_UNKNOWN, loc,
		near < NAME_COUNT ? diag_did_you_mean(r->diags, names[near].name)
				  : diag_text(r->diags, _("begin the line with \\ if it is plain text")),
		_("no callout is called 「%.*s」"), STR_ARG(name));
	return near < NAME_COUNT ? names[near].kind : CALLOUT_NOTE;
}

void closed_report_meant(struct reader *r, uint32_t line, struct str mark)
{
	diag_add(r->diags, CLOSED_LEAK, source_loc(r, line, mark),
		diag_text(r->diags, _("write 「> [!closed] reason」, or \\ before the bracket if it is plain text")),
		_("this is almost [!closed], what it is meant to hide would be published"));
}

static void report_stray(struct reader *r, uint32_t line, struct str mark, bool nearly)
{
	const char *help = nearly ? _("write 「> [!closed] reason」, or \\ before the bracket if it is plain text")
				  : _("begin a quote with it: > [!closed] reason");
	if (!r->context)
		help = _(
			"only records have closed parts: take these words out, or keep the page back with draft: true");
	diag_add(r->diags, CLOSED_LEAK, source_loc(r, line, mark), str_c(help),
		nearly ? _("this begins no callout; if it is meant to close something, that would be published")
		       : _("[!closed] closes nothing here, what follows would be published"));
}

/* A quote in which no callout was read, for it stands in a list in a quote: a mark that is almost right closes nothing. */
static bool quote_strays(struct reader *r, uint32_t paragraph)
{
	const struct md_block *b = &r->doc->blocks[paragraph];
	struct line line;
	struct mark m;
	if (b->kind != MD_PARAGRAPH || b->parent == NONE || r->doc->blocks[b->parent].kind != MD_QUOTE)
		return false;
	line = lines_of(r->doc, paragraph);
	while (line_step(r->doc, &line))
		if (mark_begins(r, &line, &m) && m.length == 0) {
			report_stray(r, line_number(r, &line), STR("["), false);
			return true;
		}
	return false;
}

/* The name in [決定], 【vote】, (!decision) or [!decision without its other bracket, at the beginning of a line; *behind is
 * behind it. STR_NONE without one, or where it is a callout's as it should be. */
static struct str name_missed(struct str s, size_t *behind)
{
	size_t length, from, at, mark;
	struct str name;
	uint32_t point = point_narrow(str_point(s, 0, &from));
	bool called = point_narrow(str_point(s, from, &mark)) == '!';
	if (!point_is_one_of(point, called ? openers : STR("[【〔")) || md_callout_begins(s, &name, behind))
		return STR_NONE;
	for (at = from += called ? mark : 0; at < s.n; at += length) {
		point = point_narrow(str_point(s, at, &length));
		if (called ? !point_is_letter(point) : point_is_one_of(point, STR("]】〕")))
			break;
	}
	*behind = at < s.n ? at + length : at;
	return called || at < s.n ? str_trim(str_n(s.p + from, at - from)) : STR_NONE;
}

/* A decision, vote or action that would be a mere quotation. */
static void check_missed(struct reader *r, const struct md_block *paragraph)
{
	struct line line = { .next = paragraph->first_run, .stop = paragraph->end_run };
	struct head head;
	size_t behind;
	while (line_step(r->doc, &line)) {
		struct str s = str_trim(line_head(r->doc, &line, &head)), name = name_missed(s, &behind);
		size_t i = name.p ? find_name(fold_label(r->scratch, name), str_eq) : NAME_COUNT;
		if (i < NAME_COUNT && names[i].kind <= CALLOUT_DONE)
			diag_add(r->diags, CALLOUT_UNKNOWN, source_loc(r, line_number(r, &line), str_n(s.p, behind)),
				diag_text(r->diags,
					_("write 「> [!%.*s]」, or \\ before the bracket if it is plain text"),
					STR_ARG(name)),
				_("this is almost [!%.*s], but begins no callout"), STR_ARG(name));
	}
}

/* A mark among words, where it begins nothing. False when it hides nothing either: a decision, or almost one; what is
 * `free` may use names as it likes. */
static bool mark_strays(struct reader *r, uint32_t line, struct str mark, struct str name, bool free)
{
	struct str folded = fold_label(r->scratch, name);
	size_t known = find_name(folded, str_eq), near = known < NAME_COUNT ? known : find_name(folded, str_near);
	bool closed = near < NAME_COUNT && names[near].kind == CALLOUT_CLOSED;
	bool wide = str_starts(str_trim_start(source_line(r, line)), STR("＞"));
	struct str help = wide       ? diag_text(r->diags, _("write a narrow > before it, or \\ if it is plain text"))
		: known < NAME_COUNT ? diag_text(r->diags,
					       _("begin the line of a quote with it, or write \\ before "
						 "it if it is plain text"))
		: near < NAME_COUNT  ? diag_did_you_mean(r->diags, names[near].name)
				     : STR_NONE;
	if (closed || (near == NAME_COUNT && !free))
		report_stray(r, line, mark, known == NAME_COUNT);
	else if (!free)
		diag_add(r->diags, CALLOUT_UNKNOWN, source_loc(r, line, mark), help, _("[!%.*s] begins nothing here"),
			STR_ARG(name));
	return closed || (near == NAME_COUNT && !free);
}

static bool run_strays(struct reader *r, uint32_t i)
{
	const struct md_run *run = &r->doc->runs[i];
	struct str text = run->literal ? str_from(run->text, 1) : run->text, name;
	size_t behind = 0, at;
	bool page = !r->context, strays = false;
	if (run->kind != MD_TEXT || line_is_withheld(r, run->line))
		return false;
	if (i > 0 && run[-1].kind == MD_LINK && point_narrow(str_point(text, 0, &behind)) == '!')
		strays = mark_strays(r, run->line, STR("["), str_from(text, behind), true); /* [!closed](address) */
	behind = 0;
	while (text_has(text, '[') && (at = mark_find(text, behind, &name, &behind)) != SIZE_MAX)
		strays |= mark_strays(r, run->line, str_n(text.p + at, behind - at), name, page);
	if (!strays && text_has(text, '!') && closed_is_called_in(r, text)) {
		report_stray(r, run->line, STR("!"), true);
		strays = true;
	}
	return strays;
}

/* Four spaces before `> [!closed]` make code of it, which is shown as typed. */
static bool code_strays(struct reader *r, const struct md_block *b)
{
	struct str first = source_line(r, b->line), rest, name;
	size_t length;
	if (b->kind != MD_CODE || str_find(first, STR("```"), 0) != SIZE_MAX ||
		str_find(first, STR("~~~"), 0) != SIZE_MAX)
		return false;
	rest = r->doc->codes[b->number].text;
	for (uint32_t line = b->line; rest.p; line++) {
		struct str s = str_trim_start(str_cut(&rest, STR("\n")));
		while (str_starts(s, STR(">")))
			s = str_trim_start(str_from(s, 1));
		if (closed_is_meant(r, s) &&
			(md_callout_begins(s, &name, &length) || closed_is_bracketed(r, s, STR("[【〔")))) {
			report_stray(r, line, STR("["), false);
			return true;
		}
	}
	return false;
}

bool marks_check_strays(struct reader *r)
{
	const struct md_doc *doc = r->doc;
	bool open = true;
	for (uint32_t top = 0; top < doc->block_count; top = doc->blocks[top].end) {
		bool strays = false;
		for (uint32_t b = top; b < doc->blocks[top].end; b++) {
			const struct md_block *block = &doc->blocks[b];
			strays = quote_strays(r, b) || code_strays(r, block) || strays;
			if (r->context && block->kind == MD_PARAGRAPH && block->parent != NONE &&
				doc->blocks[block->parent].kind == MD_QUOTE)
				check_missed(r, block);
			for (uint32_t i = doc->blocks[b].first_run; i < doc->blocks[b].end_run; i++)
				strays = run_strays(r, i) || strays;
		}
		/* As much as can be known to be meant: what stands in one block with it. No finding shows its words. */
		if (strays) {
			withhold_block(r, top);
			diag_hush(r->diags, r->m->path, doc->blocks[top].line, doc->blocks[top].end_line, true);
		}
		open = open && !strays;
		struct callout *callouts = VEC_AT(&r->callouts, struct callout);
		for (size_t i = 0; strays && i < VEC_COUNT(&r->callouts, struct callout); i++)
			if (callouts[i].line >= doc->blocks[top].line && callouts[i].line <= doc->blocks[top].end_line)
				callouts[i].outcome = STR("");
	}
	return open;
}
