/* Written dates, alone and in running words, as their text stands folded. */
#include "text/calendar.h"
#include "text/era.h"
#include "text/fold.h"
#include "text/taker.h"
#include "text/words.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* An English name in full, or its first three letters (and Sept) with or without a point: its number from 1, or 0. */
static int take_name(struct taker *r, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (taker_word(r, names[i]))
			return (int)i + 1;
		if (!taker_word(r, str_n(names[i].p, 3)))
			continue;
		if (str_eq(names[i], STR("september")))
			taker_word(r, STR("t"));
		taker_word(r, STR("."));
		return (int)i + 1;
	}
	return 0;
}

/* --- dates --- */

struct parts {
	int year, month, day;
	const struct era *era;
};

/* How dates are written. Y is a year of four digits, E an era and its year, y a year that may be missing, M a month in
 * letters, m and d are digits, o is how an ordinal ends, f is of, - any dash; other signs stand for themselves. */
static const struct str forms[] = { STR_INIT("Y年m月d日"), STR_INIT("Y-m-d"), STR_INIT("Y/m/d"), STR_INIT("Y.m.d"),
	STR_INIT("dofMy"), STR_INIT("Mdoy"), STR_INIT("E年m月d日"), STR_INIT("E-m-d"), STR_INIT("E/m/d"),
	STR_INIT("E.m.d") };
/* … in running words, too. */
static const struct str short_forms[] = { STR_INIT("m/d"), STR_INIT("m月d日") };

static bool take_month(struct taker *r, int *month)
{
	static const struct str months[] = { STR_INIT("january"), STR_INIT("february"), STR_INIT("march"),
		STR_INIT("april"), STR_INIT("may"), STR_INIT("june"), STR_INIT("july"), STR_INIT("august"),
		STR_INIT("september"), STR_INIT("october"), STR_INIT("november"), STR_INIT("december") };
	*month = take_name(r, months, COUNT(months));
	return *month > 0;
}

/* 平成25, H25, R元, R. 6 */
static bool take_era(struct taker *r, struct parts *p)
{
	int count = 1;
	for (size_t i = 0; i < ERA_COUNT && !p->era; i++)
		if (taker_word(r, eras[i].name) || taker_word(r, eras[i].letter))
			p->era = &eras[i];
	taker_word(r, STR("."));
	if (!p->era || (!taker_word(r, STR("元")) && !taker_number(r, 3, &count)))
		return false;
	p->year = p->era->first.year + count - 1;
	return count > 0;
}

/* 2013 or , 2013; where there is none the year is 0 */
static void take_year(struct taker *r, struct parts *p)
{
	size_t before = r->at;
	taker_word(r, STR(","));
	if (taker_number(r, 4, &p->year) == 4)
		return;
	r->at = before;
	p->year = 0;
}

static bool take_part(struct taker *r, struct parts *p, struct str sign)
{
	static const struct str endings[] = { STR_INIT("st"), STR_INIT("nd"), STR_INIT("rd"), STR_INIT("th") };
	switch (sign.p[0]) {
	case 'Y':
		return taker_number(r, 4, &p->year) == 4;
	case 'E':
		return take_era(r, p);
	case 'y':
		take_year(r, p);
		return true;
	case 'M':
		return take_month(r, &p->month);
	case 'm':
		return taker_number(r, 2, &p->month) > 0;
	case 'd':
		return taker_number(r, 2, &p->day) > 0;
	case 'o':
		taker_any(r, endings, COUNT(endings));
		return true;
	case 'f':
		taker_word(r, STR("of"));
		return true;
	case '-':
		return taker_dash(r);
	default:
		return taker_word(r, sign);
	}
}

/* Takes the first of the forms that fits; nothing when none does. */
static bool take_form(struct taker *r, struct parts *p, const struct str *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct taker t = *r;
		size_t at = 0, length;
		*p = (struct parts){ 0 };
		for (; str_point(list[i], at, &length); at += length)
			if (!take_part(&t, p, str_n(list[i].p + at, length)))
				break;
		if (at < list[i].n)
			continue;
		*r = t;
		return true;
	}
	return false;
}

static struct date_claim claim_of(const struct parts *p, int weekday)
{
	struct date d = { (int16_t)p->year, (int8_t)p->month, (int8_t)p->day };
	bool wrong = p->era && (date_compare(d, p->era->first) < 0 || date_compare(d, p->era->last) > 0);
	return (struct date_claim){ d, (int8_t)weekday, wrong };
}

static int read_weekday_en(struct taker *r)
{
	static const struct str weekdays[] = { STR_INIT("monday"), STR_INIT("tuesday"), STR_INIT("wednesday"),
		STR_INIT("thursday"), STR_INIT("friday"), STR_INIT("saturday"), STR_INIT("sunday") };
	return take_name(r, weekdays, COUNT(weekdays));
}

/* 金, 金曜, 金曜日, Fri; with `alone` a bare 金 does not count. */
static int read_weekday(struct taker *r, bool alone)
{
	static const struct str weekdays[] = { STR_INIT("月"), STR_INIT("火"), STR_INIT("水"), STR_INIT("木"),
		STR_INIT("金"), STR_INIT("土"), STR_INIT("日") };
	int number = taker_any(r, weekdays, COUNT(weekdays));
	if (number == 0)
		return read_weekday_en(r);
	if (taker_word(r, STR("曜")))
		taker_word(r, STR("日"));
	else if (alone)
		return 0;
	return number;
}

/* What stands behind a date: （金）, （金・祝）, [Fri.] or 金曜日; 1 to 7, 0 without one. */
static int read_weekday_behind(struct taker *r)
{
	static const struct str opening[] = { STR_INIT("("), STR_INIT("["), STR_INIT("〔") };
	static const struct str closing[] = { STR_INIT(")"), STR_INIT("]"), STR_INIT("〕") };
	static const struct str holidays[] = { STR_INIT("祝日"), STR_INIT("祝"), STR_INIT("休日"), STR_INIT("休"),
		STR_INIT("振休"), STR_INIT("振替休日") };
	int bracket = taker_any(r, opening, COUNT(opening));
	if (bracket == 0)
		return read_weekday(r, true);
	int number = read_weekday(r, false);
	if (number && !taker_word(r, STR("・")))
		taker_word(r, STR(","));
	taker_any(r, holidays, COUNT(holidays));
	return taker_word(r, closing[bracket - 1]) ? number : 0;
}

static bool read_whole_date(struct taker *r, struct date_claim *claim)
{
	struct parts p;
	int weekday = read_weekday_en(r);
	bool before = weekday > 0;
	if (before)
		taker_word(r, STR(","));
	if (!take_form(r, &p, forms, COUNT(forms)))
		return false;
	if (!taker_at_end(r)) {
		weekday = read_weekday_behind(r);
		if (before || weekday == 0)
			return false;
	}
	*claim = claim_of(&p, weekday);
	return date_valid(claim->date) && taker_at_end(r);
}

bool date_read(struct str s, struct date_claim *claim)
{
	struct arena scratch;
	struct date_claim read = { 0 };
	if (s.n > WRITTEN_MOST)
		return false;
	arena_init(&scratch);
	struct taker r = { fold(&scratch, s), 0 };
	bool good = read_whole_date(&r, &read);
	arena_release(&scratch);
	if (good)
		*claim = read;
	return good;
}

/* --- dates in running words --- */

enum { BEFORE_MOST = 36, BEHIND_MOST = 80 }; /* bytes of a date before and behind the word by which it is found */

/* 25 and 年 before 12月: whose year is meant cannot be known, or this is no month. */
static bool follows_number(const struct taker *r)
{
	size_t length;
	uint32_t point = str_point_before(r->s, r->at, &length);
	return point_is_digit(point) || point_is_latin(point) || point == 0x5e74 /* 年 */ || taker_kanji(point) >= 0;
}

static bool read_mention(struct taker *r, struct date_mention *m)
{
	struct parts p;
	if (follows_number(r))
		return false;
	int weekday = read_weekday_en(r);
	if (weekday)
		taker_word(r, STR(","));
	if (!take_form(r, &p, forms, COUNT(forms)) && !take_form(r, &p, short_forms, COUNT(short_forms)))
		return false;
	size_t end = r->at;
	int behind = weekday ? 0 : read_weekday_behind(r);
	if (!weekday && !behind)
		r->at = end;
	*m = (struct date_mention){ .claim = claim_of(&p, weekday ? weekday : behind) };
	struct date d = m->claim.date, leap = { 2000, d.month, d.day };
	m->exists = date_valid(p.year ? d : leap);
	if (m->claim.era_wrong && date_compare(d, p.era->last) > 0)
		m->era_end = p.era->last;
	/* 1400 behind a month is an hour. */
	return (p.year == 0 || (p.year >= eras[0].first.year && p.year < 2200)) &&
		(m->claim.weekday || m->claim.era_wrong || (!m->exists && p.year && p.day <= 31));
}

/* The word by which a date is found: 月, a slash, or an English weekday or month. */
static size_t find_word(struct str text, size_t from, enum date_style style)
{
	static const char names[] = "mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec";
	if (style != DATE_ENGLISH)
		return style == DATE_SLASHES ? str_find_byte(text, '/', from) : str_find(text, STR("月"), from);
	for (size_t at = from; at + 3 < text.n; at++) {
		if (text.p[at] < 'A' || text.p[at] > 'W' || (at > 0 && point_is_letter((unsigned char)text.p[at - 1])))
			continue;
		char word[4] = { (char)(text.p[at] | 32), text.p[at + 1], text.p[at + 2], '\0' };
		if (strstr(names, word))
			return at;
	}
	return SIZE_MAX;
}

/* Whether a date may go on to the left with this character. */
static bool may_stand_before(uint32_t point, enum date_style style)
{
	if (style == DATE_SLASHES)
		return point_is_digit(point) || point == '/';
	if (style == DATE_ENGLISH)
		return point_is_digit(point) || (point && point < 0x80 && strchr(" ,stndrhof", (int)point));
	return point_is_digit(point) || taker_kanji(point) >= 0 ||
		point_is_one_of(point, STR("年元明治大正昭和平成令 　"));
}

static size_t date_begin(struct str text, size_t from, size_t at, enum date_style style)
{
	size_t least = at > from + BEFORE_MOST ? at - BEFORE_MOST : from, length;
	while (at > least && may_stand_before(str_point_before(text, at, &length), style))
		at -= length;
	return at;
}

/* Tries each character from `begin` to the word itself. */
static bool read_around(struct str text, size_t begin, size_t word, enum date_style style, struct arena *scratch,
	struct date_mention *m)
{
	uint32_t *origin;
	size_t end = word + BEHIND_MOST < text.n ? word + BEHIND_MOST : text.n;
	size_t line_end = str_find_byte(str_n(text.p, end), '\n', word);
	end = line_end < end ? line_end : end;
	struct str folded = fold_mapped(scratch, str_n(text.p + begin, end - begin), &origin);
	for (size_t at = 0, length; at < folded.n && origin[at] <= word - begin; at += length ? length : 1) {
		struct taker r = { folded, at };
		uint32_t point = str_point(folded, at, &length);
		if (point_is_space(point) || !read_mention(&r, m) || origin[r.at] <= word - begin)
			continue;
		if (style == DATE_SLASHES && !m->exists)
			continue; /* 24/12, or no date at all */
		m->at = begin + origin[at];
		m->n = str_trim_end(str_n(text.p + m->at, origin[r.at] - origin[at])).n;
		m->japanese = style != DATE_ENGLISH;
		return true;
	}
	return false;
}

bool date_find(struct str text, size_t from, enum date_style style, struct date_mention *m)
{
	struct arena scratch;
	bool found = false;
	arena_init(&scratch);
	for (size_t at = from; !found && (at = find_word(text, at, style)) != SIZE_MAX; at++) {
		size_t begin = date_begin(text, from, at, style);
		if (begin < at || style == DATE_ENGLISH)
			found = read_around(text, begin, at, style, &scratch, m);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return found;
}
