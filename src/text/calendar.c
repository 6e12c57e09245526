#include "text/calendar.h"

#include "text/era.h"
#include "text/icu.h"

#include <unicode/ucal.h>

enum { YEAR_MOST = 9999, DAY_SECONDS = 86400, EPOCH_DAY = 719163 /* 1970-01-01, counted from 0001-01-01 as 1 */ };

/* The orders that ended an era name the day on which the next begins; 昭和 and 平成 ended with the day before. */
const struct era eras[ERA_COUNT] = {
	{ STR_INIT("明治"), STR_INIT("m"), { 1868, 1, 25 }, { 1912, 7, 30 } },
	{ STR_INIT("大正"), STR_INIT("t"), { 1912, 7, 30 }, { 1926, 12, 25 } },
	{ STR_INIT("昭和"), STR_INIT("s"), { 1926, 12, 25 }, { 1989, 1, 7 } },
	{ STR_INIT("平成"), STR_INIT("h"), { 1989, 1, 8 }, { 2019, 4, 30 } },
	{ STR_INIT("令和"), STR_INIT("r"), { 2019, 5, 1 }, { YEAR_MOST, 12, 31 } },
};

const struct era *era_of(struct date d)
{
	if (date_compare(d, (struct date){ 1873, 1, 1 }) < 0)
		return NULL;
	size_t i = ERA_COUNT - 1;
	while (i > 0 && date_compare(d, eras[i].first) < 0)
		i--;
	return &eras[i];
}

bool era_reaches(const struct era *era, struct date d)
{
	return date_compare(d, era->first) >= 0 && date_compare(d, era->last) <= 0;
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_valid(struct date d)
{
	return d.year >= 1 && d.year <= YEAR_MOST && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
		d.day <= month_days(d.year, d.month);
}

int date_compare(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

/* Days before 1 January of a year, since 0001-01-01. */
static int days_before_year(int year)
{
	int past = year - 1;
	return past * 365 + past / 4 - past / 100 + past / 400;
}

/* 0001-01-01, a Monday, is day 1. */
static int day_number(struct date d)
{
	int days = days_before_year(d.year) + d.day;
	for (int month = 1; month < d.month; month++)
		days += month_days(d.year, month);
	return days;
}

static struct date date_of_day(int number)
{
	if (number < 1 || number > days_before_year(YEAR_MOST + 1))
		return (struct date){ 0 };
	int year = number / 366 + 1, month = 1; /* never too late, at most 7 years early */
	while (days_before_year(year + 1) < number)
		year++;
	int day = number - days_before_year(year);
	for (; day > month_days(year, month); month++)
		day -= month_days(year, month);
	return (struct date){ (int16_t)year, (int8_t)month, (int8_t)day };
}

int date_weekday(struct date d)
{
	return (day_number(d) - 1) % 7 + 1;
}

int date_fiscal_year(struct date d, int first_month)
{
	return d.month < first_month ? d.year - 1 : d.year;
}

/* ICU's calendar in a zone; NULL when it knows no such zone (it would take UTC without a word). */
static UCalendar *open_zone(struct str zone)
{
	struct arena scratch;
	UErrorCode status = U_ZERO_ERROR;
	UChar canonical[128];
	UBool is_system = false;
	int32_t n;
	arena_init(&scratch);
	UChar *id = icu_from_utf8(&scratch, zone, &n);
	ucal_getCanonicalTimeZoneID(id, n, canonical, 128, &is_system, &status);
	UCalendar *calendar = NULL;
	if (U_SUCCESS(status) && is_system && !str_eq(zone, STR("Etc/Unknown")))
		calendar = ucal_open(id, n, "", UCAL_GREGORIAN, &status);
	arena_release(&scratch);
	return calendar;
}

bool zone_exists(struct str zone)
{
	UCalendar *calendar = open_zone(zone);
	ucal_close(calendar);
	return calendar != NULL;
}

/* Seconds east of UTC at a moment; 0 without a calendar. */
static int64_t offset_at(UCalendar *calendar, int64_t seconds)
{
	UErrorCode status = U_ZERO_ERROR;
	if (!calendar)
		return 0;
	ucal_setMillis(calendar, (double)seconds * 1000, &status);
	int32_t offset = ucal_get(calendar, UCAL_ZONE_OFFSET, &status) + ucal_get(calendar, UCAL_DST_OFFSET, &status);
	return U_SUCCESS(status) ? offset / 1000 : 0;
}

struct date date_from_seconds(int64_t seconds, struct str zone)
{
	const int64_t most = (int64_t)YEAR_MOST * 366 * DAY_SECONDS;
	if (seconds > most || seconds < -most)
		return (struct date){ 0 };
	UCalendar *calendar = open_zone(zone);
	int64_t local = seconds + offset_at(calendar, seconds) + (int64_t)EPOCH_DAY * DAY_SECONDS;
	ucal_close(calendar);
	return local < 0 ? (struct date){ 0 } : date_of_day((int)(local / DAY_SECONDS));
}

/* The clock on the wall as if it were UTC. */
static int64_t wall_seconds(struct date d, struct clock_time t)
{
	int64_t seconds = (int64_t)(day_number(d) - EPOCH_DAY) * DAY_SECONDS;
	return t.hour < 0 ? seconds : seconds + (int64_t)t.hour * 3600 + (int64_t)t.minute * 60;
}

/* The offset depends on the moment and the moment on the offset: the second look settles all
 * but the hour that a clock change skips or repeats. */
static int64_t wall_offset(int64_t wall, struct str zone)
{
	UCalendar *calendar = open_zone(zone);
	int64_t offset = offset_at(calendar, wall - offset_at(calendar, wall));
	ucal_close(calendar);
	return offset;
}

int64_t date_to_seconds(struct date d, struct clock_time t, struct str zone)
{
	int64_t wall = wall_seconds(d, t);
	return wall - wall_offset(wall, zone);
}

int zone_offset(struct date d, struct clock_time t, struct str zone)
{
	return (int)(wall_offset(wall_seconds(d, t), zone) / 60);
}
