/* Written dates and times, as their text stands folded; white space between words is ignored. */
#include "text/calendar.h"
#include "text/era.h"
#include "text/fold.h"
#include "text/words.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

enum { BYTES_MOST = 160 }; /* of source: longer text is no date and no time */

struct reader {
	struct str s;
	size_t at;
};

static bool at_end(struct reader *r)
{
	size_t length;
	while (point_is_space(str_point(r->s, r->at, &length)))
		r->at += length;
	return r->at >= r->s.n;
}

static bool take(struct reader *r, struct str word)
{
	if (at_end(r) || !str_starts(str_from(r->s, r->at), word))
		return false;
	r->at += word.n;
	return true;
}

/* Takes the first of the words that fits, and returns its number from 1; 0 when none does. */
static int take_any(struct reader *r, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (take(r, words[i]))
			return (int)i + 1;
	return 0;
}

/* 0 to 10 for 〇 to 十, else -1. */
static int kanji_value(uint32_t point)
{
	static const struct str all = STR_INIT("〇一二三四五六七八九十");
	char bytes[4];
	size_t n = str_encode(point, bytes), at = n == 3 ? str_find(all, str_n(bytes, n), 0) : SIZE_MAX;
	return at == SIZE_MAX || at % 3 ? -1 : (int)(at / 3);
}

/* 二十五 and 二〇一三: how many digits the number has, taking none when that is more than `most`. */
static size_t take_kanji(struct reader *r, size_t most, int *value)
{
	size_t at = r->at, n = 0, length;
	bool tens = false;
	for (int digit; (digit = kanji_value(str_point(r->s, at, &length))) >= 0 && n <= most; at += length) {
		if (digit < 10) {
			*value = tens ? *value + digit : *value * 10 + digit;
			n += !tens;
			continue;
		}
		if (tens || *value > 9)
			return 0;
		*value = *value ? *value * 10 : 10;
		n = 2;
		tens = true;
	}
	if (n > most)
		return 0;
	r->at = at;
	return n;
}

/* Takes all digits that follow and returns how many; 0, taking none, when there are none or more than `most`. */
static size_t take_number(struct reader *r, size_t most, int *value)
{
	size_t n = 0;
	*value = 0;
	for (size_t at = at_end(r) ? r->s.n : r->at; at < r->s.n && point_is_digit((unsigned char)r->s.p[at]); at++) {
		if (n++ == most)
			return 0;
		*value = *value * 10 + (r->s.p[at] - '0');
	}
	r->at += n;
	return n ? n : take_kanji(r, most, value);
}

/* A hyphen or dash of any kind, among them ー, which a Japanese keyboard gives for one. */
static bool take_dash(struct reader *r)
{
	static const struct str dashes[] = { STR_INIT("-"), STR_INIT("‐"), STR_INIT("‒"), STR_INIT("–"), STR_INIT("—"),
		STR_INIT("―"), STR_INIT("−"), STR_INIT("ー") };
	return take_any(r, dashes, COUNT(dashes)) > 0;
}

/* An English name in full, or its first three letters (and Sept) with or without a point: its number from 1, or 0. */
static int take_name(struct reader *r, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (take(r, names[i]))
			return (int)i + 1;
		if (!take(r, str_n(names[i].p, 3)))
			continue;
		if (str_eq(names[i], STR("september")))
			take(r, STR("t"));
		take(r, STR("."));
		return (int)i + 1;
	}
	return 0;
}

/* --- dates --- */

struct parts {
	int year, month, day;
};

static bool take_month(struct reader *r, int *month)
{
	static const struct str months[] = { STR_INIT("january"), STR_INIT("february"), STR_INIT("march"),
		STR_INIT("april"), STR_INIT("may"), STR_INIT("june"), STR_INIT("july"), STR_INIT("august"),
		STR_INIT("september"), STR_INIT("october"), STR_INIT("november"), STR_INIT("december") };
	*month = take_name(r, months, COUNT(months));
	return *month > 0;
}

/* Month and day after a year: 年12月13日, or -12-13 with the same sign twice. */
static bool read_month_day(struct reader *r, struct parts *p)
{
	if (take(r, STR("年")))
		return take_number(r, 2, &p->month) && take(r, STR("月")) && take_number(r, 2, &p->day) &&
			take(r, STR("日"));
	if (take_dash(r))
		return take_number(r, 2, &p->month) && take_dash(r) && take_number(r, 2, &p->day);
	struct str sign = take(r, STR("/")) ? STR("/") : STR(".");
	if (sign.p[0] == '.' && !take(r, sign))
		return false;
	return take_number(r, 2, &p->month) && take(r, sign) && take_number(r, 2, &p->day);
}

/* 平成25年12月13日, H25.12.13, R元.5.1 */
static bool read_era_date(struct reader *r, struct parts *p, const struct era **era)
{
	int count = 1;
	for (size_t i = 0; i < ERA_COUNT && !*era; i++)
		if (take(r, eras[i].name) || take(r, eras[i].letter))
			*era = &eras[i];
	if (!*era)
		return false;
	take(r, STR("."));
	if (!take(r, STR("元")) && !take_number(r, 3, &count))
		return false;
	p->year = (*era)->first.year + count - 1;
	return count > 0 && read_month_day(r, p);
}

static void skip_ordinal(struct reader *r)
{
	static const struct str endings[] = { STR_INIT("st"), STR_INIT("nd"), STR_INIT("rd"), STR_INIT("th") };
	take_any(r, endings, COUNT(endings));
}

/* 2013 or , 2013 behind the day and the month; where there is none the year is 0 */
static void take_year(struct reader *r, struct parts *p)
{
	size_t before = r->at;
	take(r, STR(","));
	if (take_number(r, 4, &p->year) == 4)
		return;
	r->at = before;
	p->year = 0;
}

/* 13 December 2013, 13th of December, 2013 */
static bool read_day_first(struct reader *r, struct parts *p)
{
	skip_ordinal(r);
	take(r, STR("of"));
	if (!take_month(r, &p->month))
		return false;
	take_year(r, p);
	return true;
}

/* 13, 2013 behind December */
static bool read_month_first(struct reader *r, struct parts *p)
{
	if (!take_number(r, 2, &p->day))
		return false;
	skip_ordinal(r);
	take_year(r, p);
	return true;
}

static bool read_parts(struct reader *r, struct parts *p, const struct era **era)
{
	int number;
	size_t digits = take_number(r, 4, &number);
	p->year = p->day = number;
	if (digits == 4)
		return read_month_day(r, p);
	if (digits > 0)
		return digits <= 2 && read_day_first(r, p);
	return take_month(r, &p->month) ? read_month_first(r, p) : read_era_date(r, p, era);
}

static bool read_date(struct reader *r, struct date_claim *claim)
{
	struct parts p = { 0 };
	const struct era *era = NULL;
	if (!read_parts(r, &p, &era))
		return false;
	struct date d = { (int16_t)p.year, (int8_t)p.month, (int8_t)p.day };
	claim->date = d;
	claim->era_wrong = era && (date_compare(d, era->first) < 0 || date_compare(d, era->last) > 0);
	return date_valid(d);
}

static int read_weekday_en(struct reader *r)
{
	static const struct str weekdays[] = { STR_INIT("monday"), STR_INIT("tuesday"), STR_INIT("wednesday"),
		STR_INIT("thursday"), STR_INIT("friday"), STR_INIT("saturday"), STR_INIT("sunday") };
	return take_name(r, weekdays, COUNT(weekdays));
}

/* 金, 金曜, 金曜日, Fri; with `alone` a bare 金 does not count. */
static int read_weekday(struct reader *r, bool alone)
{
	static const struct str weekdays[] = { STR_INIT("月"), STR_INIT("火"), STR_INIT("水"), STR_INIT("木"),
		STR_INIT("金"), STR_INIT("土"), STR_INIT("日") };
	int number = take_any(r, weekdays, COUNT(weekdays));
	if (number == 0)
		return read_weekday_en(r);
	if (take(r, STR("曜")))
		take(r, STR("日"));
	else if (alone)
		return 0;
	return number;
}

/* What stands behind a date: （金）, （金・祝）, [Fri.] or 金曜日; 1 to 7, 0 without one. */
static int read_weekday_behind(struct reader *r)
{
	static const struct str opening[] = { STR_INIT("("), STR_INIT("["), STR_INIT("〔") };
	static const struct str closing[] = { STR_INIT(")"), STR_INIT("]"), STR_INIT("〕") };
	static const struct str holidays[] = { STR_INIT("祝日"), STR_INIT("祝"), STR_INIT("休日"), STR_INIT("休"),
		STR_INIT("振休"), STR_INIT("振替休日") };
	int bracket = take_any(r, opening, COUNT(opening));
	if (bracket == 0)
		return read_weekday(r, true);
	int number = read_weekday(r, false);
	if (number && !take(r, STR("・")))
		take(r, STR(","));
	take_any(r, holidays, COUNT(holidays));
	return take(r, closing[bracket - 1]) ? number : 0;
}

static bool read_whole_date(struct reader *r, struct date_claim *claim)
{
	int weekday = read_weekday_en(r);
	bool before = weekday > 0;
	if (before)
		take(r, STR(","));
	if (!read_date(r, claim))
		return false;
	if (!at_end(r)) {
		weekday = read_weekday_behind(r);
		if (before || weekday == 0)
			return false;
	}
	claim->weekday = (int8_t)weekday;
	return at_end(r);
}

bool date_read(struct str s, struct date_claim *claim)
{
	struct arena scratch;
	struct date_claim read = { 0 };
	if (s.n > BYTES_MOST)
		return false;
	arena_init(&scratch);
	struct reader r = { fold(&scratch, s), 0 };
	bool good = read_whole_date(&r, &read);
	arena_release(&scratch);
	if (good)
		*claim = read;
	return good;
}

/* --- dates in running words --- */

enum { BEFORE_MOST = 36, BEHIND_MOST = 80 }; /* bytes of a date before and behind the word by which it is found */

/* 25 and 年 before 12月: whose year is meant cannot be known, or this is no month. */
static bool follows_number(const struct reader *r)
{
	size_t before = r->at, length;
	if (before == 0)
		return false;
	do
		before--;
	while (before > 0 && ((unsigned char)r->s.p[before] & 0xc0) == 0x80);
	uint32_t point = str_point(r->s, before, &length);
	return point_is_digit(point) || point_is_latin(point) || point == 0x5e74 /* 年 */ || kanji_value(point) >= 0;
}

static bool read_mention_parts(struct reader *r, struct parts *p, const struct era **era)
{
	size_t begin = r->at;
	if (read_parts(r, p, era))
		return true;
	*r = (struct reader){ r->s, begin };
	*p = (struct parts){ 0 };
	if (!take_number(r, 2, &p->month))
		return false;
	if (take(r, STR("/")))
		return take_number(r, 2, &p->day) > 0;
	return take(r, STR("月")) && take_number(r, 2, &p->day) && take(r, STR("日"));
}

static bool read_mention(struct reader *r, struct date_mention *m)
{
	struct parts p = { 0 };
	const struct era *era = NULL;
	if (follows_number(r))
		return false;
	int weekday = read_weekday_en(r);
	if (weekday)
		take(r, STR(","));
	if (!read_mention_parts(r, &p, &era))
		return false;
	size_t end = r->at;
	int behind = weekday ? 0 : read_weekday_behind(r);
	if (!weekday && !behind)
		r->at = end;
	struct date d = { (int16_t)p.year, (int8_t)p.month, (int8_t)p.day }, leap = { 2000, d.month, d.day };
	*m = (struct date_mention){ .claim = { d, (int8_t)(weekday ? weekday : behind), false } };
	m->exists = date_valid(p.year ? d : leap);
	m->claim.era_wrong = era && (date_compare(d, era->first) < 0 || date_compare(d, era->last) > 0);
	if (m->claim.era_wrong && date_compare(d, era->last) > 0)
		m->era_end = era->last;
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
	static const struct str words = STR_INIT("年元明治大正昭和平成令 　");
	char bytes[4];
	if (style == DATE_SLASHES)
		return point_is_digit(point) || point == '/';
	if (style == DATE_ENGLISH)
		return point_is_digit(point) || (point && point < 0x80 && strchr(" ,stndrhof", (int)point));
	return point_is_digit(point) || kanji_value(point) >= 0 ||
		str_find(words, str_n(bytes, str_encode(point, bytes)), 0) != SIZE_MAX;
}

static size_t date_begin(struct str text, size_t from, size_t at, enum date_style style)
{
	size_t least = at > from + BEFORE_MOST ? at - BEFORE_MOST : from, length;
	for (size_t before = at; before > least;) {
		do
			before--;
		while (before > least && ((unsigned char)text.p[before] & 0xc0) == 0x80);
		if (!may_stand_before(str_point(text, before, &length), style))
			break;
		at = before;
	}
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
		struct reader r = { folded, at };
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

/* --- times of day --- */

enum half { HALF_NONE, HALF_AM, HALF_PM, HALF_GOZEN, HALF_GOGO };

/* A time as written, before the half of the day is settled. */
struct written {
	int hour, minute;
	enum half half;
	bool bare; /* a number only, like the 2 in "2-4 pm" */
};

static enum half read_half(struct reader *r)
{
	static const struct str words[] = { STR_INIT("am"), STR_INIT("pm"), STR_INIT("午前"), STR_INIT("午後"),
		STR_INIT("a.m."), STR_INIT("p.m.") };
	int number = take_any(r, words, COUNT(words));
	return (enum half)(number > HALF_GOGO ? number - HALF_GOGO : number);
}

static bool read_clock(struct reader *r, struct written *w)
{
	if (!take_number(r, 2, &w->hour))
		return false;
	if (take(r, STR(":")))
		return take_number(r, 2, &w->minute) == 2;
	w->bare = !take(r, STR("時"));
	if (w->bare)
		return true;
	if (take(r, STR("半")))
		w->minute = 30;
	else if (take_number(r, 2, &w->minute))
		return take(r, STR("分"));
	return true;
}

static bool read_written(struct reader *r, struct written *w)
{
	*w = (struct written){ 0 };
	if (take(r, STR("正午")) || take(r, STR("noon"))) {
		*w = (struct written){ .hour = 12, .half = HALF_PM };
		return true;
	}
	w->half = read_half(r);
	if (!read_clock(r, w))
		return false;
	if (w->half == HALF_NONE)
		w->half = read_half(r);
	return true;
}

/* The time on the 24-hour clock, in a half of the day or as written. 午後12時 and 午前12時 are refused: one reads them as
 * noon, another as midnight. */
static bool settle(struct written w, enum half half, struct clock_time *t)
{
	bool japanese = half == HALF_GOZEN || half == HALF_GOGO;
	if (w.minute > 59 || w.hour > 24 || (w.hour == 24 && w.minute > 0))
		return false;
	if (half && (w.hour > 12 || (!japanese && w.hour == 0)))
		return false;
	if (japanese && w.hour == 12 && (half == HALF_GOZEN || w.minute == 0))
		return false;
	if (half)
		w.hour = w.hour % 12 + (half == HALF_PM || half == HALF_GOGO ? 12 : 0);
	*t = (struct clock_time){ (int8_t)w.hour, (int8_t)w.minute };
	return true;
}

static bool settle_both(
	struct written from, enum half from_half, struct written to, enum half to_half, struct time_span *span)
{
	return settle(from, from_half, &span->from) && settle(to, to_half, &span->to) &&
		span->from.hour * 60 + span->from.minute <= span->to.hour * 60 + span->to.minute;
}

/*
 * A half that is said once holds for both times where they rise then (2-4 pm,
 * 午後２時から４時まで), else the other one is as written (10:00 to 2:00 pm,
 * 午前10時～12時). 1時から午後３時 is doubtful: 午後 speaks of what follows it alone.
 */
static bool settle_span(struct written from, struct written to, struct time_span *span)
{
	enum half half = from.half ? from.half : to.half;
	if (!half && (from.bare || to.bare))
		return false;
	if (!from.half == !to.half)
		return settle(from, from.half, &span->from) && settle(to, to.half, &span->to);
	if (settle_both(from, half, to, half, span))
		return from.half || half < HALF_GOZEN;
	return settle_both(from, from.half, to, to.half, span);
}

static bool take_until(struct reader *r)
{
	static const struct str words[] = { STR_INIT("~"), STR_INIT("〜"), STR_INIT("∼"), STR_INIT("から"),
		STR_INIT("to"), STR_INIT("until"), STR_INIT("till") };
	return take_dash(r) || take_any(r, words, COUNT(words)) > 0;
}

static bool read_span(struct reader *r, struct time_span *span)
{
	struct written from, to;
	take(r, STR("from"));
	if (!read_written(r, &from))
		return false;
	bool until = take_until(r);
	if (at_end(r)) {
		span->to = (struct clock_time){ -1, 0 };
		return (from.half || !from.bare) && settle(from, from.half, &span->from);
	}
	if (!until || !read_written(r, &to))
		return false;
	take(r, STR("まで"));
	return at_end(r) && settle_span(from, to, span);
}

bool time_read(struct str s, struct time_span *span)
{
	struct arena scratch;
	struct time_span read;
	if (s.n > BYTES_MOST)
		return false;
	arena_init(&scratch);
	struct reader r = { fold(&scratch, s), 0 };
	bool good = read_span(&r, &read);
	arena_release(&scratch);
	if (good)
		*span = read;
	return good;
}
