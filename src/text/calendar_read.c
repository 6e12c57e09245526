/* Written dates, alone and in running words, as their text stands folded. */
#include "text/calendar.h"
#include "text/era.h"
#include "text/fold.h"
#include "text/taker.h"
#include "text/words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* An English name in full, or its first three letters (and Sept) with or without a point: its number from 1, or 0. Friends
 * are no Friday. */
static int take_name(struct taker *r, const struct str *names, size_t count)
{
	size_t before = r->at, i = 0, length;
	while (i < count && !taker_word(r, names[i]) && !taker_word(r, str_n(names[i].p, 3)))
		i++;
	if (i == count)
		return 0;
	if (str_eq(names[i], STR("september")) && str_starts(str_from(r->s, r->at), STR("t")))
		r->at++;
	if (point_is_latin(str_point(r->s, r->at, &length))) {
		r->at = before;
		return 0;
	}
	taker_word(r, STR("."));
	return (int)i + 1;
}

/* --- dates --- */

struct parts {
	int year, month, day;
	const struct era *era;
};

/* How dates are written, by style. Y is a year of four digits, E an era and its year, y a year that may be missing, M a
 * month in letters, m and d are digits, o is how an ordinal ends, f is of, - any dash; other signs stand for themselves.
 * What has no year is a date in running words only. */
enum { STYLES = DATE_OTHER + 1, FORMS_MOST = 5 };
static const char *const forms[STYLES][FORMS_MOST] = {
	[DATE_KANJI] = { "Y年m月d日", "E年m月d日", "m月d日" },
	[DATE_SLASHES] = { "Y/m/d", "E/m/d", "m/d" },
	[DATE_ENGLISH] = { "dofMy", "Mdoy" },
	[DATE_OTHER] = { "Y-m-d", "Y.m.d", "E-m-d", "E.m.d" },
};

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

/* Takes the first form of a style that fits; nothing when none does. */
static bool take_form(struct taker *r, struct parts *p, enum date_style style)
{
	for (size_t i = 0; i < FORMS_MOST && forms[style][i]; i++) {
		struct str form = str_c(forms[style][i]);
		struct taker t = *r;
		size_t at = 0, length;
		*p = (struct parts){ 0 };
		for (; str_point(form, at, &length); at += length)
			if (!take_part(&t, p, str_n(form.p + at, length)))
				break;
		if (at < form.n)
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

/* 金, 金曜, 金曜日, Fri; with `alone` a bare 金 does not count, nor English in the middle of words (on 4 March it sat). */
static int read_weekday(struct taker *r, bool alone)
{
	static const struct str weekdays[] = { STR_INIT("月"), STR_INIT("火"), STR_INIT("水"), STR_INIT("木"),
		STR_INIT("金"), STR_INIT("土"), STR_INIT("日") };
	int number = taker_any(r, weekdays, COUNT(weekdays));
	if (number == 0) {
		number = read_weekday_en(r);
		return alone && !taker_at_end(r) ? 0 : number;
	}
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
	int weekday = read_weekday_en(r), style = 0;
	bool before = weekday > 0;
	if (before)
		taker_word(r, STR(","));
	while (style < STYLES && !take_form(r, &p, (enum date_style)style))
		style++;
	if (style == STYLES)
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

/* 25, 年 and 25/ before 12月 or 12/: whose year is meant cannot be known, or this is no month. */
static bool follows_number(const struct taker *r)
{
	size_t length;
	uint32_t point = str_point_before(r->s, r->at, &length);
	return point_is_digit(point) || point_is_latin(point) || point_is_one_of(point, STR("年/")) ||
		taker_kanji(point) >= 0;
}

static bool read_mention(struct taker *r, enum date_style style, struct date_mention *m)
{
	struct parts p;
	if (follows_number(r))
		return false;
	int weekday = read_weekday_en(r);
	if (weekday)
		taker_word(r, STR(","));
	if (!take_form(r, &p, style))
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
	if (style == DATE_SLASHES && !m->exists)
		return false; /* 24/12, or no date at all */
	return (p.year == 0 || (p.year >= eras[0].first.year && p.year < 2200)) &&
		(m->claim.weekday || m->claim.era_wrong || (!m->exists && p.year && p.day <= 31));
}

/* Whether a date may begin with this character of folded words; in English with a capital. */
static bool may_begin(const struct folded *f, size_t at, enum date_style style)
{
	size_t length;
	uint32_t point = str_point(f->words, at, &length);
	char typed = f->text.p[f->map[at]];
	if (style == DATE_ENGLISH && typed >= 'A' && typed <= 'W')
		return true;
	return point_is_digit(point) || taker_kanji(point) >= 0 || point_is_one_of(point, STR("明大昭平令"));
}

bool date_find(const struct folded *f, size_t *at, enum date_style style, struct date_mention *m)
{
	static const struct str signs[] = { [DATE_KANJI] = STR_INIT("月"), [DATE_SLASHES] = STR_INIT("/") };
	size_t length;
	if (style != DATE_ENGLISH && str_find(f->words, signs[style], *at) == SIZE_MAX)
		return false;
	for (size_t i = *at; i < f->words.n; i += length) {
		str_point(f->words, i, &length);
		if (!may_begin(f, i, style))
			continue;
		/* No farther: a line may be the whole file, and full of dates. */
		size_t end = i + WRITTEN_MOST < f->words.n ? i + WRITTEN_MOST : f->words.n;
		size_t line_end = str_find_byte(str_n(f->words.p, end), '\n', i);
		struct taker r = { str_n(f->words.p, line_end < end ? line_end : end), i };
		if (!read_mention(&r, style, m))
			continue;
		*at = r.at;
		m->at = f->map[i];
		m->n = str_trim_end(str_n(f->text.p + m->at, f->map[r.at] - m->at)).n;
		m->japanese = style != DATE_ENGLISH;
		return true;
	}
	return false;
}
