#include "sys/pool.h"
#include "text/message.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static const struct message_arg args[] = {
	{ .name = STR_INIT("name"), .text = STR_INIT("岡") },
	{ .name = STR_INIT("body"), .text = STR_INIT("推進会議") },
	{ .name = STR_INIT("none"), .is_number = true, .number = 0 },
	{ .name = STR_INIT("one"), .is_number = true, .number = 1 },
	{ .name = STR_INIT("year"), .is_number = true, .number = 2013 },
	{ .name = STR_INIT("many"), .is_number = true, .number = 1234567 },
	{ .name = STR_INIT("half"), .is_number = true, .number = -1234.5 },
};
enum { ARG_COUNT = sizeof args / sizeof *args };

static void assert_sentence(const char *language, struct str pattern, struct str expected)
{
	const char *why;
	struct str missing = STR_NONE;
	struct buf out = { 0 };
	struct message *m = message_compile(&arena, pattern, str_c(language), &why);
	if (!m)
		fail_msg("%.*s: %s", STR_ARG(pattern), why);
	if (!message_format(m, args, ARG_COUNT, &out, &missing))
		fail_msg("%.*s lacks %.*s", STR_ARG(pattern), STR_ARG(missing));
	if (!str_eq(buf_str(&out), expected))
		fail_msg("%.*s gave %.*s, not %.*s", STR_ARG(pattern), STR_ARG(buf_str(&out)), STR_ARG(expected));
	buf_release(&out);
}

static void holes_are_filled_by_name(void **state)
{
	(void)state;
	assert_sentence("ja", STR("{name}（{body}）"), STR("岡（推進会議）"));
	assert_sentence("ja", STR("{ name }{name}"), STR("岡岡"));
	assert_sentence("en", STR("in {year}, {half}"), STR("in 2013, -1234.5"));
	assert_sentence("en", STR("no holes | at # all"), STR("no holes | at # all"));
	assert_sentence("en", STR(""), STR(""));
}

static void apostrophes_quote_only_before_braces(void **state)
{
	(void)state;
	assert_sentence("en", STR("the chair's {name}"), STR("the chair's 岡"));
	assert_sentence("en", STR("it''s '{name}' '{''}'"), STR("it's {name} {'}"));
	assert_sentence("en", STR("open '{ to the end"), STR("open { to the end"));
	assert_sentence("en", STR("end'"), STR("end'"));
	assert_sentence("en", STR("{one, plural, other {'#' # it's}}"), STR("# 1 it's"));
}

static void plurals_follow_the_language(void **state)
{
	const struct str pattern =
		STR("{one, plural, =0 {no} one {# remark} few {# FEW} other {# remarks}}"
		    "/{many, plural, one {# remark} other {# remarks}}/{none,plural,=0{none}other{#}}");
	(void)state;
	assert_sentence("en", pattern, STR("1 remark/1,234,567 remarks/none"));
	assert_sentence("ja", pattern, STR("1 remarks/1,234,567 remarks/none"));
	assert_sentence("pl", STR("{year, plural, one {a} few {b} many {c} other {d}} {year, number}"), STR("c 2013"));
	assert_sentence("en", STR("{half, plural, one {a} other {#}}"), STR("-1,234.5"));
	assert_sentence("xx-nonsense", STR("{one, plural, one {a} other {b}}"), STR("b"));
}

static void an_exact_case_wins_over_its_category(void **state)
{
	(void)state;
	assert_sentence("en", STR("{one, plural, one {one} =1 {exactly} other {}}"), STR("exactly"));
}

static void select_takes_the_case_of_its_word(void **state)
{
	(void)state;
	assert_sentence("ja", STR("{name, select, 岡 {chair} other {member}}"), STR("chair"));
	assert_sentence("ja", STR("{body, select, 岡 {chair} other {member}}"), STR("member"));
	assert_sentence("en",
		STR("{year, select, 2013 {then} other {{name, select, other {{one, plural, other {x}}}}}}"),
		STR("then"));
	assert_sentence("en", STR("{body, select, a {} other {{one, plural, one {{name} #} other {}}}}"), STR("岡 1"));
}

static void numbers_are_grouped_as_the_language_does(void **state)
{
	static const struct {
		const char *language, *many, *half;
	} rows[] = {
		{ "en", "1,234,567", "-1,234.5" },
		{ "ja", "1,234,567", "-1,234.5" },
		{ "de", "1.234.567", "-1.234,5" },
		{ "hi", "12,34,567", "-1,234.5" },
		{ "es", "1.234.567", "-1234,5" },
		{ "fa", "۱٬۲۳۴٬۵۶۷", "\xe2\x80\x8e−۱٬۲۳۴٫۵" },
		{ "no such", "1,234,567", "-1,234.5" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_sentence(rows[i].language, STR("{many, number}"), str_c(rows[i].many));
		assert_sentence(rows[i].language, STR("{half, number}"), str_c(rows[i].half));
	}
}

static void assert_number(long number, const char *language, struct str expected)
{
	struct buf out = { 0 };
	number_print(&out, number, str_c(language));
	if (!str_eq(buf_str(&out), expected))
		fail_msg("%ld gave %.*s", number, STR_ARG(buf_str(&out)));
	buf_release(&out);
}

static void whole_numbers_of_any_size_are_printed(void **state)
{
	(void)state;
	assert_number(0, "ja", STR("0"));
	assert_number(999, "ja", STR("999"));
	assert_number(1000, "ja", STR("1,000"));
	assert_number(-1000, "de", STR("-1.000"));
	assert_number(1000, "es", STR("1000"));
	assert_number(10000, "es", STR("10.000"));
	assert_number(INT64_MIN, "en", STR("-9,223,372,036,854,775,808"));
}

static struct str format_number(double number)
{
	const char *why;
	struct str missing;
	struct buf out = { 0 };
	const struct message_arg arg = { .name = STR("n"), .is_number = true, .number = number };
	struct message *m =
		message_compile(&arena, STR("{n, number} {n, plural, one {1} other {#}} {n}"), STR("en"), &why);
	assert_true(message_format(m, &arg, 1, &out, &missing));
	struct str text = arena_str(&arena, buf_str(&out));
	buf_release(&out);
	return text;
}

static void odd_numbers_are_printed_too(void **state)
{
	(void)state;
	assert_true(str_eq(format_number(0.0005), STR("0.001 0.001 0.001")));
	assert_true(str_eq(format_number(-0.0001), STR("0 0 0")));
	assert_true(str_eq(format_number(2.05), STR("2.05 2.05 2.05")));
	assert_true(str_eq(format_number(0.999999), STR("1 1 1")));
	assert_true(str_eq(format_number((double)INFINITY), STR("inf inf inf")));
	assert_true(str_ends(format_number((double)NAN), STR("nan")));
	assert_true(str_eq(
		format_number(1e18), STR("1,000,000,000,000,000,000 1,000,000,000,000,000,000 1000000000000000000")));
}

static void wrong_patterns_are_refused_with_a_reason(void **state)
{
	static const struct str bad[] = { STR_INIT("{"), STR_INIT("}"), STR_INIT("{}"), STR_INIT("{name"),
		STR_INIT("{name,"), STR_INIT("{name,}"), STR_INIT("{name, date}"), STR_INIT("{name, number, percent}"),
		STR_INIT("{name, choice, 0#a}"), STR_INIT("{n, selectordinal, other {#}}"), STR_INIT("{n, plural}"),
		STR_INIT("{n, plural, }"), STR_INIT("{n, plural, one {a}}"), STR_INIT("{n, plural, =1 {a}}"),
		STR_INIT("{n, plural, offset:1 other {a}}"), STR_INIT("{n, plural, other}"),
		STR_INIT("{n, plural, other {a}"), STR_INIT("{n, plural, other {a"),
		STR_INIT("{n, plural, several {a} other {b}}"), STR_INIT("{n, plural, =x {a} other {b}}"),
		STR_INIT("{n, select, a {b}}"), STR_INIT("{n, select, {b} other {}}"), STR_INIT("{a b}"),
		STR_INIT("{a.b}"), STR_INIT("{n, plural, = other {a}}"),
		STR_INIT("{n, plural, =999999999999999999999 {a} other {b}}") };
	const char *why;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (message_compile(&arena, bad[i], STR("en"), &why) || !why || !*why)
			fail_msg("%.*s is wrong", STR_ARG(bad[i]));
}

static void a_reason_names_what_is_not_supported(void **state)
{
	const char *why;
	(void)state;
	assert_null(message_compile(&arena, STR("{n, plural, one {a}}"), STR("en"), &why));
	assert_non_null(strstr(why, "other"));
	assert_null(message_compile(&arena, STR("{n, date}"), STR("en"), &why));
	assert_non_null(strstr(why, "plain, number, plural or select"));
}

static void nesting_and_arguments_have_a_limit(void **state)
{
	struct buf deep = { 0 }, wide = { 0 };
	const char *why;
	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_put(&deep, STR("{n, select, other {"));
	assert_null(message_compile(&arena, buf_str(&deep), STR("en"), &why));
	for (int i = 0; i < 17; i++)
		buf_format(&wide, "{a%d}", i);
	assert_null(message_compile(&arena, buf_str(&wide), STR("en"), &why));
	assert_non_null(message_compile(&arena, str_but(buf_str(&wide), 5), STR("en"), &why));
	buf_release(&deep);
	buf_release(&wide);
}

static void a_missing_argument_is_named_and_nothing_is_written(void **state)
{
	const char *why;
	struct str missing = STR_NONE;
	struct buf out = { 0 };
	struct message *m = message_compile(&arena, STR("{name} {one, plural, other {{absent}}}"), STR("ja"), &why);
	(void)state;
	assert_int_equal(message_arg_count(m), 3);
	assert_true(str_eq(message_arg_name(m, 0), STR("name")));
	assert_true(str_eq(message_arg_name(m, 2), STR("absent")));
	assert_false(message_format(m, args, ARG_COUNT, &out, &missing));
	assert_true(str_eq(missing, STR("absent")));
	m = message_compile(&arena, STR("{body} {one, plural, other {{name, number}}}"), STR("ja"), &why);
	assert_false(message_format(m, args, ARG_COUNT, &out, &missing)); /* text where a number is needed */
	assert_true(str_eq(missing, STR("name")));
	assert_int_equal(out.n, 0);
}

struct shared {
	const struct message *message;
	bool good[64];
};

static void format_in_thread(void *data, size_t item, size_t worker)
{
	struct shared *shared = data;
	struct buf out = { 0 };
	struct str missing;
	(void)worker;
	shared->good[item] = message_format(shared->message, args, ARG_COUNT, &out, &missing) &&
		str_eq(buf_str(&out), STR("岡 1 zwo 2.013"));
	buf_release(&out);
}

static void one_message_serves_many_threads(void **state)
{
	const char *why;
	struct shared shared = { .message = message_compile(&arena,
					 STR("{name} {one, plural, one {# zwo} other {x}} {year, number}"), STR("de"),
					 &why) };
	(void)state;
	pool_run(4, 64, format_in_thread, &shared);
	for (size_t i = 0; i < 64; i++)
		assert_true(shared.good[i]);
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
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
		cmocka_unit_test(holes_are_filled_by_name),
		cmocka_unit_test(apostrophes_quote_only_before_braces),
		cmocka_unit_test(plurals_follow_the_language),
		cmocka_unit_test(an_exact_case_wins_over_its_category),
		cmocka_unit_test(select_takes_the_case_of_its_word),
		cmocka_unit_test(numbers_are_grouped_as_the_language_does),
		cmocka_unit_test(whole_numbers_of_any_size_are_printed),
		cmocka_unit_test(odd_numbers_are_printed_too),
		cmocka_unit_test(wrong_patterns_are_refused_with_a_reason),
		cmocka_unit_test(a_reason_names_what_is_not_supported),
		cmocka_unit_test(nesting_and_arguments_have_a_limit),
		cmocka_unit_test(a_missing_argument_is_named_and_nothing_is_written),
		cmocka_unit_test(one_message_serves_many_threads),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
