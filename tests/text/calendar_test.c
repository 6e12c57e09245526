#include "text/calendar.h"
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

static struct arena arena;

static void assert_text(struct str got, struct str expected)
{
	if (!str_eq(got, expected))
		fail_msg("got %.*s, not %.*s", STR_ARG(got), STR_ARG(expected));
}

static void assert_date(struct str s, struct str iso, int weekday)
{
	struct date_claim claim;
	if (!date_read(s, &claim))
		fail_msg("%.*s is a date", STR_ARG(s));
	if (!str_eq(date_iso(&arena, claim.date), iso) || claim.weekday != weekday || claim.era_wrong)
		fail_msg("%.*s is %.*s (%d)", STR_ARG(s), STR_ARG(date_iso(&arena, claim.date)), claim.weekday);
}

static void dates_are_read_in_every_form_that_minutes_use(void **state)
{
	static const struct str forms[] = { STR_INIT("2013-12-13"), STR_INIT("2013/12/13"), STR_INIT("2013.12.13"),
		STR_INIT("2013年12月13日"), STR_INIT("２０１３年１２月１３日"), STR_INIT("平成25年12月13日"),
		STR_INIT("平成 ２５ 年　１２月 １３日"), STR_INIT("㍻25年12月13日"), STR_INIT("H25.12.13"),
		STR_INIT("h25/12/13"), STR_INIT("Ｈ２５．１２．１３"), STR_INIT("H.25-12-13"), STR_INIT("平成25.12.13"),
		STR_INIT("２０１３－１２－１３"), STR_INIT("2013−12−13"), STR_INIT("13 December 2013"),
		STR_INIT("December 13, 2013"), STR_INIT("13 Dec. 2013"), STR_INIT("Dec 13 2013"),
		STR_INIT("13th of December, 2013"), STR_INIT("DECEMBER 13TH, 2013"), STR_INIT(" 2013-12-13\n") };
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_date(forms[i], STR("2013-12-13"), 0);
	assert_date(STR("令和元年５月１日"), STR("2019-05-01"), 0);
	assert_date(STR("R元.5.1"), STR("2019-05-01"), 0);
	assert_date(STR("昭和64年1月7日"), STR("1989-01-07"), 0);
	assert_date(STR("平成元年1月8日"), STR("1989-01-08"), 0);
	assert_date(STR("大正15年12月25日"), STR("1926-12-25"), 0);
	assert_date(STR("S元.12.25"), STR("1926-12-25"), 0);
	assert_date(STR("明治45年7月29日"), STR("1912-07-29"), 0);
	assert_date(STR("T1.8.1"), STR("1912-08-01"), 0);
	assert_date(STR("M30/1/2"), STR("1897-01-02"), 0);
	assert_date(STR("1 Sept. 2024"), STR("2024-09-01"), 0);
	assert_date(STR("May 5, 2024"), STR("2024-05-05"), 0);
	assert_date(STR("2024年2月29日"), STR("2024-02-29"), 0);
}

static void a_weekday_is_kept_as_written(void **state)
{
	static const struct str forms[] = { STR_INIT("平成25年12月13日（金）"), STR_INIT("平成25年12月13日 (金曜日)"),
		STR_INIT("2013-12-13（金曜）"), STR_INIT("2013年12月13日㈮"), STR_INIT("2013年12月13日金曜日"),
		STR_INIT("平成25年12月13日〔金〕"), STR_INIT("平成25年12月13日（金・祝）"),
		STR_INIT("13 December 2013 (Fri)"), STR_INIT("13 December 2013 [Friday]"),
		STR_INIT("Friday, 13 December 2013"), STR_INIT("Fri. December 13, 2013"),
		STR_INIT("2013/12/13（Ｆｒｉ．）") };
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_date(forms[i], STR("2013-12-13"), 5);
	assert_date(STR("2013-12-13（木）"), STR("2013-12-13"), 4);
}

static void what_is_no_date_or_not_one_only_is_refused(void **state)
{
	static const struct str bad[] = { STR_INIT(""), STR_INIT("2013-02-30"), STR_INIT("2013-02-29"),
		STR_INIT("1900-02-29"), STR_INIT("2013-13-01"), STR_INIT("2013-00-10"), STR_INIT("2013-1-0"),
		STR_INIT("0000-01-01"), STR_INIT("2013-12/13"), STR_INIT("2013.12-13"), STR_INIT("20131213"),
		STR_INIT("2013-12"), STR_INIT("2013"), STR_INIT("2013年12月"), STR_INIT("2013年12月13"),
		STR_INIT("12月13日"), STR_INIT("25年12月13日"), STR_INIT("12/13/2013"), STR_INIT("13/12/2013"),
		STR_INIT("13.12.2013"), STR_INIT("13-12-13"), STR_INIT("13 December 13"), STR_INIT("December 2013"),
		STR_INIT("平成0年1月1日"), STR_INIT("平成年1月1日"), STR_INIT("平成9999年1月1日"),
		STR_INIT("平成999999999999年1月1日"), STR_INIT("慶応元年1月1日"), STR_INIT("2013-12-13（）"),
		STR_INIT("2013-12-13（金"), STR_INIT("2013-12-13（祝）"), STR_INIT("2013-12-13 金"),
		STR_INIT("2013-12-13〔金）"), STR_INIT("2013-12-13 14:00"), STR_INIT("2013-12-13, 2013-12-14"),
		STR_INIT("Friday, 13 December 2013 (Fri)"), STR_INIT("(金)"), STR_INIT("Friday"),
		STR_INIT("2013-012-13"), STR_INIT("a2013-12-13"), STR_INIT("12013-12-13"), STR_INIT("H"),
		STR_INIT("2013-12-13-"), STR_INIT("-2013-12-13"), STR_INIT("2013年12月13日から"), STR_INIT("\xff") };
	struct date_claim claim;
	char long_text[4000];
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (date_read(bad[i], &claim))
			fail_msg("%.*s is no date", STR_ARG(bad[i]));
	memset(long_text, ' ', sizeof long_text);
	assert_false(date_read(str_n(long_text, sizeof long_text), &claim));
}

static void an_era_that_did_not_reach_the_day_is_noticed(void **state)
{
	static const struct str wrong[] = { STR_INIT("平成40年1月1日"), STR_INIT("平成31年5月1日"),
		STR_INIT("令和元年4月30日"), STR_INIT("昭和64年1月8日"), STR_INIT("平成元年1月7日"),
		STR_INIT("S80.1.1"), STR_INIT("大正15年12月26日") };
	struct date_claim claim;
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (!date_read(wrong[i], &claim) || !claim.era_wrong)
			fail_msg("%.*s is outside the era", STR_ARG(wrong[i]));
	assert_true(date_read(STR("平成40年1月1日"), &claim));
	assert_text(date_iso(&arena, claim.date), STR("2028-01-01"));
}

static void weekdays_and_fiscal_years_follow_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(date_weekday((struct date){ 2013, 12, 13 }), 5);
	assert_int_equal(date_weekday((struct date){ 2024, 2, 29 }), 4);
	assert_int_equal(date_weekday((struct date){ 1, 1, 1 }), 1);
	assert_int_equal(date_weekday((struct date){ 2000, 1, 2 }), 7);
	assert_int_equal(date_fiscal_year((struct date){ 2014, 3, 31 }, 4), 2013);
	assert_int_equal(date_fiscal_year((struct date){ 2014, 4, 1 }, 4), 2014);
	assert_int_equal(date_fiscal_year((struct date){ 2014, 1, 1 }, 1), 2014);
	assert_true(date_compare((struct date){ 0 }, (struct date){ 1, 1, 1 }) < 0);
	assert_true(date_compare((struct date){ 2013, 12, 13 }, (struct date){ 2013, 11, 30 }) > 0);
	assert_int_equal(date_compare((struct date){ 2013, 12, 13 }, (struct date){ 2013, 12, 13 }), 0);
}

static void a_day_begins_at_midnight_of_its_zone(void **state)
{
	const int64_t before_midnight = 1386945000; /* 2013-12-13 14:30 UTC */
	const int64_t summer = 1372629599;          /* 2013-06-30 21:59:59 UTC, two hours behind Berlin */
	(void)state;
	assert_text(date_iso(&arena, date_from_seconds(before_midnight, STR("Asia/Tokyo"))), STR("2013-12-13"));
	assert_text(date_iso(&arena, date_from_seconds(before_midnight + 1800, STR("Asia/Tokyo"))), STR("2013-12-14"));
	assert_text(date_iso(&arena, date_from_seconds(summer, STR("Europe/Berlin"))), STR("2013-06-30"));
	assert_text(date_iso(&arena, date_from_seconds(summer + 1, STR("Europe/Berlin"))), STR("2013-07-01"));
	assert_text(date_iso(&arena, date_from_seconds(-1, STR("UTC"))), STR("1969-12-31"));
	assert_text(date_iso(&arena, date_from_seconds(253402300799, STR("UTC"))), STR("9999-12-31"));
	assert_false(date_is(date_from_seconds(253402300800, STR("UTC"))));
	assert_false(date_is(date_from_seconds(INT64_MAX, STR("UTC"))));
	assert_false(date_is(date_from_seconds(INT64_MIN, STR("UTC"))));
}

static void zones_are_known_by_their_iana_names(void **state)
{
	static const struct str bad[] = { STR_INIT(""), STR_INIT("Asia/Tokio"), STR_INIT("+09:00"), STR_INIT("GMT+9"),
		STR_INIT("Etc/Unknown"), STR_INIT("東京") };
	(void)state;
	assert_true(zone_exists(STR("Asia/Tokyo")));
	assert_true(zone_exists(STR("UTC")));
	assert_true(zone_exists(STR("America/Argentina/Buenos_Aires")));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (zone_exists(bad[i]))
			fail_msg("%.*s is no zone", STR_ARG(bad[i]));
}

static void dates_are_printed_as_the_language_writes_them(void **state)
{
	const struct date d = { 2013, 12, 13 };
	(void)state;
	assert_text(date_print(&arena, d, STR("ja")), STR("平成25年12月13日（金）"));
	assert_text(date_print(&arena, d, STR("ja-JP")), STR("平成25年12月13日（金）"));
	assert_text(date_print_short(&arena, d, STR("ja")), STR("平成25年12月13日"));
	assert_text(date_print(&arena, d, STR("en")), STR("Friday, 13 December 2013"));
	assert_text(date_print_short(&arena, d, STR("en-GB")), STR("13 December 2013"));
	assert_text(date_print(&arena, d, STR("de")), STR("Freitag, 13. Dezember 2013"));
	assert_text(date_print_short(&arena, d, STR("fr")), STR("13 décembre 2013"));
	assert_text(date_print(&arena, d, STR("not a language")), STR("2013-12-13"));
	assert_text(date_print(&arena, (struct date){ 0 }, STR("ja")), STR(""));
	assert_text(date_print_short(&arena, (struct date){ 0 }, STR("de")), STR(""));
}

static void the_first_year_of_an_era_is_gannen(void **state)
{
	(void)state;
	assert_text(date_print(&arena, (struct date){ 2019, 5, 1 }, STR("ja")), STR("令和元年5月1日（水）"));
	assert_text(date_print_short(&arena, (struct date){ 2019, 4, 30 }, STR("ja")), STR("平成31年4月30日"));
	assert_text(date_print_short(&arena, (struct date){ 2020, 1, 1 }, STR("ja")), STR("令和2年1月1日"));
	assert_text(date_print_short(&arena, (struct date){ 1989, 1, 7 }, STR("ja")), STR("昭和64年1月7日"));
	assert_text(date_print_short(&arena, (struct date){ 1989, 1, 8 }, STR("ja")), STR("平成元年1月8日"));
	assert_text(date_print_short(&arena, (struct date){ 1926, 12, 25 }, STR("ja")), STR("昭和元年12月25日"));
	assert_text(date_print_short(&arena, (struct date){ 1873, 1, 1 }, STR("ja")), STR("明治6年1月1日"));
	assert_text(date_print_short(&arena, (struct date){ 1872, 12, 31 }, STR("ja")), STR("1872年12月31日"));
}

static void a_fiscal_year_has_one_name(void **state)
{
	(void)state;
	assert_text(year_print(&arena, 2013, 4, STR("ja")), STR("平成25年度"));
	assert_text(year_print(&arena, 2019, 4, STR("ja")), STR("令和元年度"));
	assert_text(year_print(&arena, 2018, 4, STR("ja")), STR("平成30年度"));
	assert_text(year_print(&arena, 2013, 1, STR("ja")), STR("平成25年"));
	assert_text(year_print(&arena, 2013, 1, STR("en")), STR("2013"));
	assert_text(year_print(&arena, 2013, 4, STR("en")), STR("2013/14"));
	assert_text(year_print(&arena, 1999, 10, STR("de")), STR("1999/00"));
}

static void assert_times(struct str s, struct str expected)
{
	struct time_span span;
	if (!time_read(s, &span))
		fail_msg("%.*s is a time", STR_ARG(s));
	struct str from = time_print(&arena, span.from, STR("ja")), to = time_print(&arena, span.to, STR("en"));
	struct str got = arena_format(&arena, "%.*s-%.*s", STR_ARG(from), STR_ARG(to));
	if (!str_eq(got, expected))
		fail_msg("%.*s was read as %.*s", STR_ARG(s), STR_ARG(got));
}

static void times_are_read_in_every_form_that_minutes_use(void **state)
{
	static const struct str afternoon[] = { STR_INIT("14:00-16:00"), STR_INIT("14：00～16：00"),
		STR_INIT("１４：００〜１６：００"), STR_INIT("14:00–16:00"), STR_INIT("14時～16時"),
		STR_INIT("14時00分から16時00分まで"), STR_INIT("午後２時から４時まで"),
		STR_INIT("午後２時から午後４時まで"), STR_INIT("午後２時～16時"), STR_INIT("2:00 pm to 4:00 pm"),
		STR_INIT("2:00-4:00 p.m."), STR_INIT("2-4 pm"), STR_INIT("2 PM – 4 PM"), STR_INIT("from 2pm until 4pm"),
		STR_INIT("2 pm to 4"), STR_INIT("14:00 to 4:00 pm"), STR_INIT("14:00 － 16:00") };
	(void)state;
	for (size_t i = 0; i < sizeof afternoon / sizeof *afternoon; i++)
		assert_times(afternoon[i], STR("14:00-16:00"));
	assert_times(STR("14時30分〜"), STR("14:30-"));
	assert_times(STR("14:30から"), STR("14:30-"));
	assert_times(STR("午後1時半"), STR("13:30-"));
	assert_times(STR("9:05"), STR("09:05-"));
	assert_times(STR("午前10時～12時"), STR("10:00-12:00"));
	assert_times(STR("午前10時～正午"), STR("10:00-12:00"));
	assert_times(STR("正午から午後1時"), STR("12:00-13:00"));
	assert_times(STR("10時から午後2時まで"), STR("10:00-14:00"));
	assert_times(STR("午前９時３０分～午後０時１５分"), STR("09:30-12:15"));
	assert_times(STR("午後12時30分～2時"), STR("12:30-14:00"));
	assert_times(STR("10:00 to 2:00 pm"), STR("10:00-14:00"));
	assert_times(STR("12-1 pm"), STR("12:00-13:00"));
	assert_times(STR("10 am to 12"), STR("10:00-12:00"));
	assert_times(STR("noon to 2 pm"), STR("12:00-14:00"));
	assert_times(STR("10 pm to 12 am"), STR("22:00-00:00"));
	assert_times(STR("12:30 am"), STR("00:30-"));
	assert_times(STR("6.00pm - 7.30pm"), STR("18:00-19:30"));
	assert_times(STR("10:30 am to 12 noon"), STR("10:30-12:00"));
	assert_times(STR("6.00 to 7.30 pm"), STR("18:00-19:30"));
	assert_times(STR("6.30 p.m."), STR("18:30-"));
	assert_times(STR("22:00-24:00"), STR("22:00-24:00"));
	assert_times(STR("22:00-01:00"), STR("22:00-01:00"));
}

static void doubtful_times_are_refused(void **state)
{
	static const struct str bad[] = { STR_INIT(""), STR_INIT("14"), STR_INIT("14-16"), STR_INIT("2-4"),
		STR_INIT("1400"), STR_INIT("14:60"), STR_INIT("25:00"), STR_INIT("24:01"), STR_INIT("14:0"),
		STR_INIT("14:000"), STR_INIT("6.5pm"), STR_INIT("6.00-7.30"), STR_INIT("午後12時"), STR_INIT("午前12時"), STR_INIT("午後13時"),
		STR_INIT("午後10時から2時"), STR_INIT("午後2時から1時まで"), STR_INIT("1時から午後3時"),
		STR_INIT("13:00 pm"), STR_INIT("0:30 pm"),
		STR_INIT("14:00-"
			 "-"),
		STR_INIT("-15:00"), STR_INIT("14:00開会"), STR_INIT("14時30"), STR_INIT("14:00 16:00"),
		STR_INIT("午後"), STR_INIT("時"), STR_INIT(":"), STR_INIT("14:00-15:00-16:00"), STR_INIT("10 am to 3"),
		STR_INIT("14.30"), STR_INIT("\xff:00") };
	struct time_span span;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (time_read(bad[i], &span))
			fail_msg("%.*s was read", STR_ARG(bad[i]));
}

static int set_up(void **state)
{
	(void)state;
	text_init();
	arena_init(&arena);
	return 0;
}

static void numbers_in_kanji_are_read(void **state)
{
	(void)state;
	struct date_claim claim;
	struct time_span span;
	assert_true(date_read(STR("平成二十五年十二月十三日（金）"), &claim));
	assert_int_equal(claim.date.year * 10000 + claim.date.month * 100 + claim.date.day, 20131213);
	assert_true(date_read(STR("二〇二四年一〇月二十日"), &claim));
	assert_int_equal(claim.date.month * 100 + claim.date.day, 1020);
	assert_false(date_read(STR("二十十年一月一日"), &claim));
	assert_false(date_read(STR("令和六年十三月一日"), &claim));
	assert_true(time_read(STR("午後二時から四時三十分まで"), &span));
	assert_int_equal(span.from.hour * 100 + span.to.hour, 1416);
	assert_int_equal(span.to.minute, 30);
}

/* What date_find finds in a text, as "words weekday year" each, with ! for an era or day that was not. */
static const char *found(const char *text, enum date_style style)
{
	static char all[400];
	struct date_mention m;
	struct folded folded = fold_mapped(&arena, str_c(text));
	size_t n = 0;
	all[0] = '\0';
	for (size_t at = 0; date_find(&folded, &at, style, &m);)
		n += (size_t)snprintf(all + n, sizeof all - n, "[%.*s %d %d-%d-%d%s%s]", (int)m.n, text + m.at,
			m.claim.weekday, m.claim.date.year, m.claim.date.month, m.claim.date.day,
			m.claim.era_wrong ? " era!" : "", m.exists ? "" : " day!");
	return all;
}

static void dates_with_a_weekday_are_found_in_japanese_words(void **state)
{
	(void)state;
	assert_string_equal(found("次回は平成25年12月13日（金）午後", DATE_KANJI), "[平成25年12月13日（金） 5 2013-12-13]");
	assert_string_equal(found("１２ 月 １３ 日（金曜日）と1月5日(月・祝)", DATE_KANJI),
		"[１２ 月 １３ 日（金曜日） 5 0-12-13][1月5日(月・祝) 1 0-1-5]");
	assert_string_equal(found("令和六年六月十二日（水曜日）、十二月十三日金曜日", DATE_KANJI),
		"[令和六年六月十二日（水曜日） 3 2024-6-12][十二月十三日金曜日 5 0-12-13]");
	assert_string_equal(found("二〇一三年十二月十三日（金）", DATE_KANJI), "[二〇一三年十二月十三日（金） 5 2013-12-13]");
	assert_string_equal(found("平成40年４月１日から、令和元年４月１日まで", DATE_KANJI),
		"[平成40年４月１日 0 2028-4-1 era!][令和元年４月１日 0 2019-4-1 era!]");
	assert_string_equal(found("平成25年２月30日と２月30日（金）", DATE_KANJI), "[平成25年２月30日 0 2013-2-30 day!][２月30日（金） 5 0-2-30 day!]");
}

static void dates_that_claim_nothing_are_passed_over(void **state)
{
	(void)state;
	static const char *const texts[] = { "12月13日", "平成25年12月13日", "毎月１日（月）", "同年12月13日（金）",
		"25年12月13日（金）", "12月13日（月１回）", "12月13日（日本時間）", "12月13日（土日）", "平成40年度", "第３回12月", "1月",
		"二十五年十二月十三日（金）", "月", "" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_string_equal(found(texts[i], DATE_KANJI), "");
	static const char *const english[] = { "13 December 2013", "Friends 13 December", "Monitor 5 March",
		"On Sunday, 14:00", "May 5 people come", "In March (Friday)" };
	for (size_t i = 0; i < sizeof english / sizeof *english; i++)
		assert_string_equal(found(english[i], DATE_ENGLISH), "");
}

static void dates_with_slashes_are_found_where_a_weekday_stands_behind(void **state)
{
	(void)state;
	assert_string_equal(found("12/24(水)か2025/１/２９（水曜日）", DATE_SLASHES), "[12/24(水) 3 0-12-24][2025/１/２９（水曜日） 3 2025-1-29]");
	assert_string_equal(found("12/24 1/2 24/12(水) and/or(水) https://a.example/1/2 (1/2) /(月)", DATE_SLASHES), "");
	assert_string_equal(found("21/12/13（日）とH21/12/13（日）", DATE_SLASHES), ""); /* of which year? */
}

static void dates_with_a_weekday_are_found_in_english_words(void **state)
{
	(void)state;
	assert_string_equal(found("on Friday, 13 December 2013 at 14:00, or Fri 13 Dec at noon", DATE_ENGLISH),
		"[Friday, 13 December 2013 5 2013-12-13][Fri 13 Dec 5 0-12-13]");
	assert_string_equal(found("held 13th of December, 2013 (Friday). See December 13, 2013 (Fri)", DATE_ENGLISH),
		"[13th of December, 2013 (Friday) 5 2013-12-13][December 13, 2013 (Fri) 5 2013-12-13]");
	assert_string_equal(found("Thursday, September 5th 1400", DATE_ENGLISH), "");
	assert_string_equal(found("Sat, Feb 30, 2013", DATE_ENGLISH), "[Sat, Feb 30, 2013 6 2013-2-30 day!]");
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_in_every_form_that_minutes_use),
		cmocka_unit_test(a_weekday_is_kept_as_written),
		cmocka_unit_test(what_is_no_date_or_not_one_only_is_refused),
		cmocka_unit_test(an_era_that_did_not_reach_the_day_is_noticed),
		cmocka_unit_test(weekdays_and_fiscal_years_follow_the_calendar),
		cmocka_unit_test(a_day_begins_at_midnight_of_its_zone),
		cmocka_unit_test(zones_are_known_by_their_iana_names),
		cmocka_unit_test(dates_are_printed_as_the_language_writes_them),
		cmocka_unit_test(the_first_year_of_an_era_is_gannen),
		cmocka_unit_test(a_fiscal_year_has_one_name),
		cmocka_unit_test(times_are_read_in_every_form_that_minutes_use),
		cmocka_unit_test(doubtful_times_are_refused),
		cmocka_unit_test(dates_with_a_weekday_are_found_in_japanese_words),
		cmocka_unit_test(numbers_in_kanji_are_read),
		cmocka_unit_test(dates_with_slashes_are_found_where_a_weekday_stands_behind),
		cmocka_unit_test(dates_with_a_weekday_are_found_in_english_words),
		cmocka_unit_test(dates_that_claim_nothing_are_passed_over),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
