/* Actions: by when and who, and that they are done, by their own words or by [!done]. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

enum { DATE_WORDS_MOST = 6 };

/* What may stand between a date and who does it: by 30 June 2026, 6月30日まで. */
static struct str without_until(struct str s)
{
	static const struct str before[] = { STR_INIT(" by"), STR_INIT(" before"), STR_INIT(" until"), STR_INIT(" due"),
		STR_INIT(":"), STR_INIT("：") };
	s = str_trim(s);
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		struct str word = str_from(before[i], 1);
		if (str_ends(s, before[i]))
			return str_trim(str_but(s, before[i].n));
		if (str_starts(s, word) && s.n > word.n && s.p[word.n] == ' ')
			return str_trim(str_from(s, word.n));
	}
	return str_ends(s, STR("まで")) ? str_trim(str_but(s, STR("まで").n)) : s;
}

/* A date at either end of words, which are what is left then. */
static struct date date_take(struct str *s)
{
	struct date_claim claim;
	size_t length, spaces = 0, places[DATE_WORDS_MOST];
	if (date_read(without_until(*s), &claim)) {
		*s = STR("");
		return claim.date;
	}
	for (size_t at = 0; at < s->n && spaces < DATE_WORDS_MOST; at += length)
		if (point_is_one_of(str_point(*s, at, &length), STR(" 　、,:：")))
			places[spaces++] = at;
	for (size_t i = spaces; i-- > 0;) {
		str_point(*s, places[i], &length);
		struct str before = str_n(s->p, places[i]), behind = str_trim(str_from(*s, places[i] + length));
		if (date_read(without_until(before), &claim)) {
			*s = behind;
			return claim.date;
		}
		if (date_read(behind, &claim)) {
			*s = without_until(before);
			return claim.date;
		}
	}
	return (struct date){ 0 };
}

/* `done: 2026-05-01` or `done: kotsu/4`, the last line of an action's words, is taken away from them. */
static void take_done(struct reader *r, struct action *action, struct range *pieces)
{
	if (pieces->first == pieces->end)
		return;
	struct md_piece *piece = &VEC_AT(&r->pieces, struct md_piece)[pieces->end - 1];
	struct line line = { .block = piece->block, .next = piece->first, .stop = piece->end }, last = line;
	uint32_t before = piece->first;
	while (line_step(r->doc, &line)) {
		before = last.end;
		last = line;
	}
	if (piece->first == piece->end || last.first == last.end)
		return;
	struct str s = str_trim(reader_plain(r, last.first, last.end)), rest = s;
	size_t colon = str_find_byte(s, ':', 0), wide = str_find(s, STR("："), 0);
	size_t at = colon < wide ? colon : wide;
	if (at == SIZE_MAX)
		return;
	struct str key = fold_label(r->scratch, str_n(s.p, at));
	if (!str_eq(key, STR("done")) && !str_eq(key, STR("完了")))
		return;
	rest = str_trim(str_from(s, at + (at == wide ? sizeof "：" - 1 : 1)));
	action->says_done = true;
	action->done_on = date_take(&rest);
	action->done_by = arena_str(r->arena, rest);
	if (last.first == piece->first)
		pieces->end--;
	else
		piece->end = before;
}

/* 30 June, 2026-06-31 */
static bool has_day(struct reader *r, struct str words)
{
	struct date_claim claim;
	struct str s = words, word;
	while (word = str_cut(&s, STR(" ")), word.n > 0) {
		size_t length, digits = 0, dashes = 0;
		struct str rest = s, next = str_cut(&rest, STR(" "));
		if (next.n > 0 &&
			date_read(arena_format(r->scratch, "%.*s %.*s 2000", STR_ARG(word), STR_ARG(next)), &claim))
			return true;
		for (size_t at = 0; at < word.n; at += length) {
			uint32_t point = str_point(word, at, &length);
			digits += point_is_digit(point);
			dashes += digits > 3 && point_narrow(point) == '-';
		}
		if (digits > 5 && digits < 9 && dashes == 2)
			return true;
	}
	return false;
}

/* ６月末, 6/30: a date that could not be read. ６月曜 is none. */
static bool has_month(struct reader *r, struct str words)
{
	size_t length;
	struct str s = fold_label(r->scratch, words);
	if (has_day(r, words))
		return true;
	for (size_t at = 1; at < s.n; at++) {
		struct str rest = str_from(s, at);
		if (s.p[at - 1] < '0' || s.p[at - 1] > '9')
			continue;
		if (str_starts(rest, STR("月")) && !str_starts(rest, STR("月曜")))
			return true;
		if (rest.p[0] == '/' && point_is_one_of(str_point(rest, 1, &length), STR("0123456789")))
			return true;
	}
	return false;
}

void action_read(struct reader *r, uint32_t callout)
{
	struct callout *c = &VEC_AT(&r->callouts, struct callout)[callout];
	struct action action = { .callout = callout, .closing = NONE, .closing_done = NONE, .done_by = STR("") };
	c->detail = READER_COUNT(&r->actions, struct action);
	action.who = c->outcome;
	action.due = date_take(&action.who);
	if (!date_is(action.due) && has_month(r, action.who))
		diag_add(r->diags, ACTION_DUE, source_loc(r, c->line, action.who),
			diag_text(r->diags, _("write year, month and day before who does it: [!action] 2026-06-30 …")),
			_("the date of this action lacks its year or its day, or there is no such day: it is taken for "
			  "who does it"));
	action.named = named_find(r, c->line, false, r->m->front.anonymous ? STR("") : action.who);
	take_done(r, &action, &c->pieces);
	*VEC_ADD(&r->actions, struct action) = action;
}

void done_read(struct reader *r, uint32_t callout)
{
	struct callout *c = &VEC_AT(&r->callouts, struct callout)[callout];
	struct done done = { .callout = callout, .target = c->outcome, .meeting = NONE, .action = NONE };
	c->detail = READER_COUNT(&r->dones, struct done);
	if (str_empty(done.target)) {
		buf_clear(&r->words);
		for (uint32_t p = c->pieces.first; p < c->pieces.end; p++)
			md_plain(r->doc, VEC_AT(&r->pieces, struct md_piece)[p], &r->words);
		done.target = arena_str(r->arena, str_trim(buf_str(&r->words)));
	}
	*VEC_ADD(&r->dones, struct done) = done;
}
