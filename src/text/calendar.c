#include "text/calendar.h"

#include "text/era.h"
#include "text/icu.h"

#include <stdlib.h>
#include <time.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>

enum { YEAR_MOST = 9999 };

/* The orders that ended an era name the day on which the next begins; 昭和 and 平成 ended with the day before. */
const struct era eras[ERA_COUNT] = {
	{ STR_INIT("明治"), STR_INIT("m"), { 1868, 1, 25 }, { 1912, 7, 30 } },
	{ STR_INIT("大正"), STR_INIT("t"), { 1912, 7, 30 }, { 1926, 12, 25 } },
	{ STR_INIT("昭和"), STR_INIT("s"), { 1926, 12, 25 }, { 1989, 1, 7 } },
	{ STR_INIT("平成"), STR_INIT("h"), { 1989, 1, 8 }, { 2019, 4, 30 } },
	{ STR_INIT("令和"), STR_INIT("r"), { 2019, 5, 1 }, { YEAR_MOST, 12, 31 } },
};

/* Noon of the day in UTC, as seconds since 1970; *tm is what the C library makes of it. */
static time_t noon(struct date d, struct tm *tm)
{
	*tm = (struct tm){ .tm_year = d.year - 1900, .tm_mon = d.month - 1, .tm_mday = d.day, .tm_hour = 12 };
	return timegm(tm);
}

/* February 30 comes back as another day. */
bool date_valid(struct date d)
{
	struct tm tm;
	noon(d, &tm);
	return d.year >= 1 && d.year <= YEAR_MOST && tm.tm_mon == d.month - 1 && tm.tm_mday == d.day;
}

int date_compare(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

bool dates_hold(struct date from, struct date to, struct date d)
{
	if (!date_is(d))
		return true;
	return (!date_is(from) || date_compare(from, d) <= 0) && (!date_is(to) || date_compare(d, to) <= 0);
}

int date_weekday(struct date d)
{
	struct tm tm;
	noon(d, &tm);
	return tm.tm_wday ? tm.tm_wday : 7;
}

int date_fiscal_year(struct date d, int first_month)
{
	return d.month < first_month ? d.year - 1 : d.year;
}

/* ICU takes UTC, without a word, for a zone that it does not know. */
bool zone_exists(struct str zone)
{
	struct arena scratch;
	UErrorCode status = U_ZERO_ERROR;
	UChar canonical[128];
	UBool is_system = false;
	int32_t n;
	arena_init(&scratch);
	UChar *id = icu_from_utf8(&scratch, zone, &n);
	ucal_getCanonicalTimeZoneID(id, n, canonical, 128, &is_system, &status);
	arena_release(&scratch);
	return U_SUCCESS(status) && is_system && !str_eq(zone, STR("Etc/Unknown"));
}

/* A calendar of an IANA zone. */
static UCalendar *open_calendar(struct str zone)
{
	struct arena scratch;
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;
	arena_init(&scratch);
	UChar *id = icu_from_utf8(&scratch, zone, &n);
	UCalendar *calendar = ucal_open(id, n, "", UCAL_GREGORIAN, &status);
	arena_release(&scratch);
	if (U_FAILURE(status))
		abort();
	return calendar;
}

struct date date_from_seconds(int64_t seconds, struct str zone)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = open_calendar(zone);
	ucal_setMillis(calendar, (double)seconds * 1000, &status);
	int32_t year = ucal_get(calendar, UCAL_EXTENDED_YEAR, &status);
	int32_t month = ucal_get(calendar, UCAL_MONTH, &status) + 1, day = ucal_get(calendar, UCAL_DATE, &status);
	ucal_close(calendar);
	if (U_FAILURE(status) || year < 1 || year > YEAR_MOST)
		return (struct date){ 0 };
	return (struct date){ (int16_t)year, (int8_t)month, (int8_t)day };
}

struct date date_next(struct date d)
{
	struct tm tm;
	time_t next = noon(d, &tm) + 24 * 60 * 60;
	gmtime_r(&next, &tm);
	return (struct date){ (int16_t)(tm.tm_year + 1900), (int8_t)(tm.tm_mon + 1), (int8_t)tm.tm_mday };
}

/* A zone is ICU's calendar of it, whose type stays in this room. */
struct zone *zone_open(struct str name)
{
	return (struct zone *)open_calendar(name);
}

void zone_close(struct zone *z)
{
	ucal_close((UCalendar *)z);
}

int64_t zone_seconds(struct zone *z, struct date d, int minutes)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = (UCalendar *)z;
	ucal_clear(calendar);
	ucal_setDateTime(calendar, d.year, d.month - 1, d.day, minutes / 60, minutes % 60, 0, &status);
	return (int64_t)ucal_getMillis(calendar, &status) / 1000;
}

struct str seconds_print(struct arena *a, int64_t seconds)
{
	struct tm tm;
	time_t t = (time_t)seconds;
	gmtime_r(&t, &tm);
	return arena_format(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* --- printing --- */

static const char *const months_en[] = { "January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December" };

const char *weekday_name(int weekday, bool japanese)
{
	static const char *const names[][8] = {
		{ "", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
		{ "", "月", "火", "水", "木", "金", "土", "日" },
	};
	return names[japanese][weekday];
}

struct str date_iso(struct arena *a, struct date d)
{
	return arena_format(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* 平成25年, 令和元年; 1872年 from before the day on which Japan took up the Gregorian calendar. */
static struct str japanese_year(struct arena *a, struct date d)
{
	size_t i = ERA_COUNT - 1;
	if (date_compare(d, (struct date){ 1873, 1, 1 }) < 0)
		return arena_format(a, "%d年", d.year);
	while (i > 0 && date_compare(d, eras[i].first) < 0)
		i--;
	if (d.year == eras[i].first.year)
		return arena_format(a, "%.*s元年", STR_ARG(eras[i].name));
	return arena_format(a, "%.*s%d年", STR_ARG(eras[i].name), d.year - eras[i].first.year + 1);
}

static struct str japanese_date(struct arena *a, struct date d)
{
	return arena_format(a, "%.*s%d月%d日", STR_ARG(japanese_year(a, d)), d.month, d.day);
}

static struct str english_date(struct arena *a, struct date d)
{
	return arena_format(a, "%d %s %d", d.day, months_en[d.month - 1], d.year);
}

/* By ICU, in UTC on both sides; ISO when it does not know the language. */
static struct str icu_date(struct arena *a, struct date d, UDateFormatStyle style, struct str language)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UChar text[128];
	UErrorCode status = U_ZERO_ERROR;
	struct tm tm;
	if (!icu_locale(language, locale))
		return date_iso(a, d);
	UDateFormat *format = udat_open(UDAT_NONE, style, locale, u"UTC", -1, NULL, 0, &status);
	int32_t n = udat_format(format, (double)noon(d, &tm) * 1000, text, 128, NULL, &status);
	udat_close(format);
	return U_SUCCESS(status) && n <= 128 ? icu_to_utf8(a, text, n) : date_iso(a, d);
}

struct str date_print(struct arena *a, struct date d, struct str language)
{
	if (!date_valid(d))
		return STR("");
	int weekday = date_weekday(d);
	if (icu_language_is(language, STR("ja")))
		return arena_format(a, "%.*s（%s）", STR_ARG(japanese_date(a, d)), weekday_name(weekday, true));
	if (icu_language_is(language, STR("en")))
		return arena_format(a, "%s, %.*s", weekday_name(weekday, false), STR_ARG(english_date(a, d)));
	return icu_date(a, d, UDAT_FULL, language);
}

struct str date_print_short(struct arena *a, struct date d, struct str language)
{
	if (!date_valid(d))
		return STR("");
	if (icu_language_is(language, STR("ja")))
		return japanese_date(a, d);
	if (icu_language_is(language, STR("en")))
		return english_date(a, d);
	return icu_date(a, d, UDAT_LONG, language);
}

/* The era at the end of the calendar year names the whole fiscal year: 2019 is 令和元年度, as the cabinet decided then. */
struct str year_print(struct arena *a, int year, int first_month, struct str language)
{
	if (icu_language_is(language, STR("ja"))) {
		struct str name = japanese_year(a, (struct date){ (int16_t)year, 12, 31 });
		return first_month > 1 ? arena_format(a, "%.*s度", STR_ARG(name)) : name;
	}
	if (first_month > 1)
		return arena_format(a, "%d/%02d", year, (year + 1) % 100);
	return arena_format(a, "%d", year);
}

struct str time_print(struct arena *a, struct clock_time t, struct str language)
{
	(void)language;
	return t.hour < 0 ? STR("") : arena_format(a, "%02d:%02d", t.hour, t.minute);
}
