/* Dates in a record's words that claim a weekday or an era: does it fit? */
#include "minutes/reader.h"

#include <stdlib.h>

static long days_apart(struct date a, struct date b)
{
	return labs((a.year - b.year) * 372L + (a.month - b.month) * 31L + a.day - b.day);
}

/* A day without a year is of the year of the meeting, the one before or the one after: the one in which the weekday fits,
 * else the nearest. */
static struct date most_likely(const struct date_mention *m, struct date meeting)
{
	struct date nearest = { 0 };
	for (int year = meeting.year - 1; year <= meeting.year + 1; year++) {
		struct date d = { (int16_t)year, m->claim.date.month, m->claim.date.day };
		if (!date_valid(d))
			continue;
		if (date_weekday(d) == m->claim.weekday)
			return d;
		if (!date_is(nearest) || days_apart(d, meeting) < days_apart(nearest, meeting))
			nearest = d;
	}
	return nearest;
}

/* Who spoke of 平成40年 before that era ended could not know. */
static bool is_era_wrong(const struct reader *r, const struct date_mention *m)
{
	return m->claim.era_wrong && (!date_is(m->era_end) || date_compare(r->m->front.date.date, m->era_end) > 0);
}

/* The day that is meant; absent where there is none. */
static struct date day_of(const struct reader *r, const struct date_mention *m)
{
	if (!m->exists || date_is(m->claim.date))
		return m->exists ? m->claim.date : (struct date){ 0 };
	return most_likely(m, r->m->front.date.date);
}

static bool is_wrong(const struct reader *r, const struct date_mention *m)
{
	struct date d = day_of(r, m);
	return !date_is(d) || is_era_wrong(r, m) || (m->claim.weekday && date_weekday(d) != m->claim.weekday);
}

static void report(struct reader *r, const struct date_mention *m, struct str words, struct loc loc)
{
	struct date d = day_of(r, m);
	if (!date_is(d))
		diag_add(r->diags, DATE_MISMATCH, loc, STR_NONE, _("「%.*s」: there is no such day"), STR_ARG(words));
	else if (is_era_wrong(r, m))
		diag_add(r->diags, DATE_MISMATCH, loc,
			diag_text(r->diags, _("the day is %.*s"), STR_ARG(date_print_short(r->scratch, d, STR("ja")))),
			_("「%.*s」: the era did not hold on that day"), STR_ARG(words));
	else
		diag_add(r->diags, DATE_MISMATCH, loc,
			diag_text(r->diags, _("write %s, or correct the day"),
				weekday_name(date_weekday(d), m->japanese)),
			_("「%.*s」: %.*s is no %s"), STR_ARG(words), STR_ARG(date_iso(r->scratch, d)),
			weekday_name(m->claim.weekday, m->japanese));
}

/* Where words that begin on a line stand: a paragraph goes on for lines, and markup may stand within them. */
static struct loc place_of(struct reader *r, uint32_t line, struct str words)
{
	enum { LINES = 100, REACH = 4096 };
	for (uint32_t at = line; at < line + LINES; at++) {
		struct str s = source_line(r, at);
		if (str_find(str_n(s.p, s.n < REACH ? s.n : REACH), words, 0) != SIZE_MAX)
			return source_loc(r, at, words);
	}
	return source_loc(r, line, words);
}

static void check_folded(struct reader *r, const struct folded *f, const struct loc *loc, uint32_t line)
{
	bool japanese = str_eq(r->m->language, STR("ja"));
	const enum date_style styles[] = { DATE_KANJI, japanese ? DATE_SLASHES : DATE_ENGLISH };
	struct date_mention m;
	if (!date_is(r->m->front.date.date)) /* a draft that waits for its date: the year is anybody's guess */
		return;
	for (int i = 0; i < 2; i++)
		for (size_t at = 0; !r->diags->flooded && date_find(f, &at, styles[i], &m);) {
			struct str words = str_n(f->text.p + m.at, m.n);
			if (is_wrong(r, &m))
				report(r, &m, words, loc ? *loc : place_of(r, line, words));
		}
}

void dates_check_words(struct reader *r, const struct folded *words, uint32_t line)
{
	check_folded(r, words, NULL, line);
}

static void check_text(struct reader *r, struct str text, const struct loc *loc, uint32_t line)
{
	struct folded f = terms_fold(r->scratch, text);
	check_folded(r, &f, loc, line);
}

void dates_check_facts(struct reader *r)
{
	const struct record_front *f = &r->m->front;
	check_text(r, f->title, &f->loc, 0);
	if (r->m->withheld) /* nor is the rest shown in findings */
		return;
	check_text(r, f->summary, &f->loc, 0);
	for (size_t i = 0; i < f->agenda.count; i++)
		check_text(r, f->agenda.parts[i].title, &f->agenda.parts[i].loc, 0);
	for (size_t i = 0; i < f->documents.count; i++) {
		check_text(r, f->documents.items[i].label, &f->documents.items[i].loc, 0);
		check_text(r, f->documents.items[i].title, &f->documents.items[i].loc, 0);
	}
	for (size_t i = 0; i < r->m->item_count; i++)
		check_text(r, r->m->items[i].title, NULL, r->m->items[i].line);
}
