#include "text/calendar.h"
#include "text/era.h"
#include "text/icu.h"

#include <unicode/udat.h>

static const char *const months_en[] = { "January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December" };
static const char *const weekdays_en[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
	"Sunday" };
static const char *const weekdays_ja[] = { "月", "火", "水", "木", "金", "土", "日" };

struct str date_iso(struct arena *a, struct date d)
{
	return arena_format(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* 平成25年, 令和元年; 1872年 from before the eras' calendar. */
static struct str japanese_year(struct arena *a, struct date d)
{
	const struct era *era = era_of(d);
	if (!era)
		return arena_format(a, "%d年", d.year);
	if (d.year == era->first.year)
		return arena_format(a, "%.*s元年", STR_ARG(era->name));
	return arena_format(a, "%.*s%d年", STR_ARG(era->name), d.year - era->first.year + 1);
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
	if (!icu_locale(language, locale))
		return date_iso(a, d);
	UDateFormat *format = udat_open(UDAT_NONE, style, locale, u"UTC", -1, NULL, 0, &status);
	double noon = (double)date_to_seconds(d, (struct clock_time){ 12, 0 }, STR("UTC")) * 1000;
	int32_t n = udat_format(format, noon, text, 128, NULL, &status);
	udat_close(format);
	return U_SUCCESS(status) && n <= 128 ? icu_to_utf8(a, text, n) : date_iso(a, d);
}

struct str date_print(struct arena *a, struct date d, struct str language)
{
	if (!date_valid(d))
		return STR("");
	int weekday = date_weekday(d) - 1;
	if (icu_language_is(language, STR("ja")))
		return arena_format(a, "%.*s（%s）", STR_ARG(japanese_date(a, d)), weekdays_ja[weekday]);
	if (icu_language_is(language, STR("en")))
		return arena_format(a, "%s, %.*s", weekdays_en[weekday], STR_ARG(english_date(a, d)));
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
	(void)language; /* minutes write 14:00 in every language so far */
	return t.hour < 0 ? STR("") : arena_format(a, "%02d:%02d", t.hour, t.minute);
}
