/*
 * calendar: dates and times of day as minutes write them, read and printed.
 *
 * Dates are proleptic Gregorian, times are local to the site; neither knows a
 * time zone.
 */
#ifndef GIJI_TEXT_CALENDAR_H
#define GIJI_TEXT_CALENDAR_H

#include "base/buf.h"
#include "text/fold.h"

struct date {
	int16_t year; /* 0: no date */
	int8_t month, day;
};

struct clock_time {
	int8_t hour, minute; /* hour -1: no time; 0 to 24 */
};

/* Since midnight; -1 without a time. */
static inline int time_minutes(struct clock_time t) { return t.hour < 0 ? -1 : t.hour * 60 + t.minute; }

struct time_span {
	struct clock_time from, to; /* to may be absent */
};

/* What a written date claims beside the day itself. */
struct date_claim {
	struct date date;
	int8_t weekday;   /* 1 Monday to 7 Sunday as written, 0 when not written */
	bool era_wrong;   /* the era did not reach that year (平成40年) */
};

/* Reads 2013-12-13, 2013/12/13, 2013.12.13, 2013年12月13日, 平成25年12月13日（金）, 令和元年５月１日,
 * H25.12.13, 13 December 2013, December 13, 2013, with digits of any width or in kanji (二十五, 二〇一三), spaces ignored, and
 * an optional weekday in brackets (金, 金曜日, Fri). The whole of s must be a date.
 * February 30 is refused. */
bool date_read(struct str s, struct date_claim *claim);

/* A date in running words. */
struct date_mention {
	size_t at, n;            /* its bytes in the text */
	struct date_claim claim; /* year 0: none was written, but a weekday was */
	struct date era_end;     /* of an era that had ended by then; absent else */
	bool exists;             /* February 30 does not; without a year, in no year */
	bool japanese;           /* in how it is written */
};

enum date_style { DATE_KANJI, DATE_SLASHES, DATE_ENGLISH, DATE_OTHER };

/* The next date at or behind byte *at of the folded words that claims more than its day, of which *at is then the end:
 * 平成25年12月13日（金）, 12月13日（金）, 平成40年４月１日;
 * with slashes 12/13(金), 2013/12/13（金）; in English Friday, 13 December 2013; Fri 13 Dec; December 13, 2013 (Friday).
 * False when there is none. */
bool date_find(const struct folded *f, size_t *at, enum date_style style, struct date_mention *m);

/* Reads 14:00-15:30, 14：00～15：30, 午後２時から４時まで, 14時30分〜, 2:00 pm to 4:00 pm, 10.30 am to 12 noon; one time alone is fine. */
bool time_read(struct str s, struct time_span *span);

int date_compare(struct date a, struct date b); /* absent sorts first */
static inline bool date_is(struct date d) { return d.year != 0; }
bool date_valid(struct date d);                                  /* a day of the calendar, of the years 1 to 9999 */
bool dates_hold(struct date from, struct date to, struct date d); /* within both; any of them may be absent: without limit */
int date_weekday(struct date d);                                 /* 1 Monday to 7 Sunday (ISO 8601) */
const char *weekday_name(int weekday, bool japanese);            /* Monday, 月; "" for 0 */
int date_fiscal_year(struct date d, int first_month);            /* the year in which the fiscal year began */
struct date date_from_seconds(int64_t seconds, struct str zone); /* seconds since 1970 in an IANA zone; ICU's rules */
bool zone_exists(struct str zone);
struct date date_next(struct date d); /* the day after */

/* Local time in a zone, summer time included, to seconds since 1970. One a thread; opening takes longer than asking. */
struct zone;
struct zone *zone_open(struct str name);
void zone_close(struct zone *z);
int64_t zone_seconds(struct zone *z, struct date d, int minutes); /* minutes since midnight, 1440 for 24:00 */
struct str seconds_print(struct arena *a, int64_t seconds);      /* 2013-12-13T05:00:00Z */

struct str date_iso(struct arena *a, struct date d); /* 2013-12-13 */

/* As the language writes it: ja 平成25年12月13日（金）, en Friday, 13 December 2013, others by ICU's full form. */
struct str date_print(struct arena *a, struct date d, struct str language);
/* Without weekday: 平成25年12月13日; 13 December 2013. */
struct str date_print_short(struct arena *a, struct date d, struct str language);
/* A fiscal year: ja 平成25年度; otherwise 2013, or 2013/14 when it begins after January. */
struct str year_print(struct arena *a, int year, int first_month, struct str language);
struct str time_print(struct arena *a, struct clock_time t, struct str language); /* 14:00 in every language so far */

#endif
