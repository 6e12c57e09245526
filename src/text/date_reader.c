#include "text/date_reader.h"

#include "text/era.h"
#include "text/fold.h"
#include "text/words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

enum { DATE_BYTES_MOST = 160 }; /* of source: longer text is no date */

static const struct str months[] = { STR_INIT("january"), STR_INIT("february"), STR_INIT("march"), STR_INIT("april"),
	STR_INIT("may"), STR_INIT("june"), STR_INIT("july"), STR_INIT("august"), STR_INIT("september"),
	STR_INIT("october"), STR_INIT("november"), STR_INIT("december"), STR_INIT("jan"), STR_INIT("feb"),
	STR_INIT("mar"), STR_INIT("apr"), STR_INIT("may"), STR_INIT("jun"), STR_INIT("jul"), STR_INIT("aug"),
	STR_INIT("sep"), STR_INIT("oct"), STR_INIT("nov"), STR_INIT("dec") };
static const struct str weekdays[] = { STR_INIT("monday"), STR_INIT("tuesday"), STR_INIT("wednesday"),
	STR_INIT("thursday"), STR_INIT("friday"), STR_INIT("saturday"), STR_INIT("sunday"), STR_INIT("mon"),
	STR_INIT("tue"), STR_INIT("wed"), STR_INIT("thu"), STR_INIT("fri"), STR_INIT("sat"), STR_INIT("sun") };
static const struct str weekdays_ja[] = { STR_INIT("月"), STR_INIT("火"), STR_INIT("水"), STR_INIT("木"),
	STR_INIT("金"), STR_INIT("土"), STR_INIT("日") };

/* 13, of at most two digits. */
static bool read_small(struct reader *r, int *value)
{
	size_t digits;
	return reader_number(r, 2, value, &digits);
}

static bool read_year4(struct reader *r, int *year)
{
	size_t digits;
	return reader_number(r, 4, year, &digits) && digits == 4;
}

/* Month and day after a year: 年12月13日, or -12-13 with the same sign twice. */
static bool read_month_day(struct reader *r, int *month, int *day)
{
	if (reader_take(r, STR("年")))
		return read_small(r, month) && reader_take(r, STR("月")) && read_small(r, day) &&
			reader_take(r, STR("日"));
	if (reader_dash(r))
		return read_small(r, month) && reader_dash(r) && read_small(r, day);
	struct str sign = reader_take(r, STR("/")) ? STR("/") : STR(".");
	if (sign.p[0] == '.' && !reader_take(r, sign))
		return false;
	return read_small(r, month) && reader_take(r, sign) && read_small(r, day);
}

/* 平成 or, before a digit or 元, H. */
static const struct era *read_era(struct reader *r)
{
	for (size_t i = 0; i < ERA_COUNT; i++) {
		struct reader ahead = *r;
		if (reader_take(r, eras[i].name))
			return &eras[i];
		if (!reader_take(&ahead, eras[i].letter))
			continue;
		reader_take(&ahead, STR("."));
		reader_skip(&ahead);
		size_t length;
		uint32_t next = str_point(ahead.s, ahead.at, &length);
		if (next != 0x5143 && !point_is_digit(next)) /* 元 */
			continue;
		*r = ahead;
		return &eras[i];
	}
	return NULL;
}

struct parts {
	int year, month, day;
};

static bool read_era_date(struct reader *r, const struct era *era, struct parts *p)
{
	int count = 1;
	size_t digits;
	if (!reader_take(r, STR("元")) && !reader_number(r, 3, &count, &digits))
		return false;
	p->year = era->first.year + count - 1;
	return count > 0 && read_month_day(r, &p->month, &p->day);
}

static bool read_month_name(struct reader *r, int *month)
{
	*month = reader_take_any(r, months, COUNT(months));
	if (*month > 12)
		*month -= 12;
	if (*month == 9)
		reader_take(r, STR("t")); /* Sept. */
	if (*month)
		reader_take(r, STR("."));
	return *month > 0;
}

static void skip_ordinal(struct reader *r)
{
	static const struct str endings[] = { STR_INIT("st"), STR_INIT("nd"), STR_INIT("rd"), STR_INIT("th") };
	reader_take_any(r, endings, COUNT(endings));
}

/* 13 December 2013, 13th of December, 2013 */
static bool read_day_first(struct reader *r, struct parts *p)
{
	skip_ordinal(r);
	reader_take(r, STR("of"));
	if (!read_month_name(r, &p->month))
		return false;
	reader_take(r, STR(","));
	return read_year4(r, &p->year);
}

/* December 13, 2013 */
static bool read_month_first(struct reader *r, struct parts *p)
{
	if (!read_month_name(r, &p->month) || !read_small(r, &p->day))
		return false;
	skip_ordinal(r);
	reader_take(r, STR(","));
	return read_year4(r, &p->year);
}

static bool read_parts(struct reader *r, const struct era *era, struct parts *p)
{
	size_t digits;
	int number;
	if (era)
		return read_era_date(r, era, p);
	if (!reader_number(r, 4, &number, &digits))
		return read_month_first(r, p);
	if (digits == 4) {
		p->year = number;
		return read_month_day(r, &p->month, &p->day);
	}
	p->day = number;
	return digits <= 2 && read_day_first(r, p);
}

bool date_reader_date(struct reader *r, struct date_claim *claim)
{
	struct parts p = { 0 };
	const struct era *era = read_era(r);
	if (!read_parts(r, era, &p) || p.year > INT16_MAX)
		return false;
	claim->date = (struct date){ (int16_t)p.year, (int8_t)p.month, (int8_t)p.day };
	claim->era_wrong = era && !era_reaches(era, claim->date);
	return date_valid(claim->date);
}

static int read_weekday_en(struct reader *r)
{
	int number = reader_take_any(r, weekdays, COUNT(weekdays));
	if (number > 7) {
		reader_take(r, STR("."));
		number -= 7;
	}
	return number;
}

/* 金, 金曜, 金曜日, Fri; with `alone` a bare 金 does not count. */
static int read_weekday(struct reader *r, bool alone)
{
	int number = reader_take_any(r, weekdays_ja, COUNT(weekdays_ja));
	if (number == 0)
		return read_weekday_en(r);
	if (reader_take(r, STR("曜")))
		reader_take(r, STR("日"));
	else if (alone)
		return 0;
	return number;
}

/* （金・祝） */
static void skip_holiday(struct reader *r)
{
	static const struct str words[] = { STR_INIT("祝日"), STR_INIT("祝"), STR_INIT("休日"), STR_INIT("休"),
		STR_INIT("振休"), STR_INIT("振替休日") };
	struct reader ahead = *r;
	if (!reader_take(&ahead, STR("・")))
		reader_take(&ahead, STR(","));
	if (reader_take_any(&ahead, words, COUNT(words)))
		*r = ahead;
}

int date_reader_weekday_behind(struct reader *r)
{
	static const struct str opening[] = { STR_INIT("("), STR_INIT("["), STR_INIT("〔") };
	static const struct str closing[] = { STR_INIT(")"), STR_INIT("]"), STR_INIT("〕") };
	int bracket = reader_take_any(r, opening, COUNT(opening));
	if (bracket == 0)
		return read_weekday(r, true);
	int number = read_weekday(r, false);
	skip_holiday(r);
	return reader_take(r, closing[bracket - 1]) ? number : 0;
}

int date_reader_weekday_before(struct reader *r)
{
	int number = read_weekday_en(r);
	if (number)
		reader_take(r, STR(","));
	return number;
}

bool date_read(struct str s, struct date_claim *claim)
{
	if (s.n > DATE_BYTES_MOST)
		return false;
	struct arena scratch;
	struct date_claim read = { 0 };
	arena_init(&scratch);
	struct reader r = { fold(&scratch, s), 0 };
	int before = date_reader_weekday_before(&r);
	bool good = date_reader_date(&r, &read);
	if (good && !reader_at_end(&r)) {
		read.weekday = (int8_t)date_reader_weekday_behind(&r);
		good = read.weekday != 0 && before == 0 && reader_at_end(&r);
	}
	arena_release(&scratch);
	if (before)
		read.weekday = (int8_t)before;
	if (good)
		*claim = read;
	return good;
}
