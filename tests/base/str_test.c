#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define assert_str(s, literal) assert_true(str_eq((s), STR(literal)))

static void slices_compare_by_bytes_and_then_by_length(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("abc"), STR("abd")) < 0);
	assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
	assert_true(str_cmp(STR("岡"), STR("a")) > 0);
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
	assert_true(str_cmp(STR_NONE, STR("a")) < 0);
	assert_true(str_eq(STR_NONE, STR("")));
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
}

static void nothing_and_everything_are_ends_of_a_slice(void **state)
{
	(void)state;
	assert_true(str_starts(STR("abc"), STR_NONE));
	assert_true(str_ends(STR_NONE, STR("")));
	assert_true(str_starts(STR("abc"), STR("abc")));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_false(str_starts(STR("ab"), STR("abc")));
	assert_false(str_ends(STR("bc"), STR("abc")));
}

static void taking_more_than_there_is_leaves_nothing(void **state)
{
	(void)state;
	assert_str(str_from(STR("abc"), 1), "bc");
	assert_str(str_but(STR("abc"), 1), "ab");
	assert_int_equal(str_from(STR("abc"), SIZE_MAX).n, 0);
	assert_int_equal(str_but(STR("abc"), SIZE_MAX).n, 0);
	assert_null(str_from(STR_NONE, 4).p);
}

static void finding_begins_where_it_is_told(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abab"), STR("ab"), 0), 0);
	assert_int_equal(str_find(STR("abab"), STR("ab"), 1), 2);
	assert_int_equal(str_find(STR("abab"), STR("ab"), 3), SIZE_MAX);
	assert_int_equal(str_find(STR("abab"), STR("ab"), 5), SIZE_MAX);
	assert_int_equal(str_find(STR("ab"), STR(""), 2), 2);
	assert_int_equal(str_find(STR_NONE, STR("a"), 0), SIZE_MAX);
	assert_int_equal(str_find_byte(STR("a:b:"), ':', 2), 3);
	assert_int_equal(str_find_byte(STR("a:b:"), ':', 4), SIZE_MAX);
	assert_int_equal(str_find_byte(STR_NONE, ':', 0), SIZE_MAX);
}

static void cutting_visits_every_part_the_empty_ones_too(void **state)
{
	static const char *const parts[] = { "", "岡", "", "原", "" };
	size_t i = 0;
	(void)state;
	for (struct str rest = STR("、岡、、原、"); rest.p; i++) {
		assert_true(i < 5);
		assert_true(str_eq(str_cut(&rest, STR("、")), str_c(parts[i])));
	}
	assert_int_equal(i, 5);
	struct str whole = STR("no separator");
	assert_str(str_cut(&whole, STR("、")), "no separator");
	assert_null(whole.p);
	assert_true(str_empty(str_cut(&whole, STR("、"))));
}

static void japanese_and_no_break_spaces_are_trimmed(void **state)
{
	(void)state;
	assert_str(
		str_trim(STR("\t \xe3\x80\x80\xc2\xa0議\xe3\x80\x80事\xe3\x80\x80\xc2\xa0\r\n")), "議\xe3\x80\x80事");
	assert_str(str_trim_start(STR(" a ")), "a ");
	assert_str(str_trim_end(STR(" a ")), " a");
	assert_int_equal(str_trim(STR("\xe3\x80\x80 \xe3\x80\x80")).n, 0);
	assert_int_equal(str_trim(STR_NONE).n, 0);
}

static void trimming_leaves_letters_that_share_bytes_with_spaces(void **state)
{
	(void)state;
	assert_str(str_trim(STR("、\xe3\x80\x81")), "、\xe3\x80\x81");
	assert_str(str_trim(STR("à")), "à"); /* c3 a0: ends like U+00A0 */
	assert_str(str_trim(STR("\xe3\x80")), "\xe3\x80");
	assert_str(str_trim(STR("\x80\x80")), "\x80\x80");
}

static void points_are_decoded_at_the_edges_of_each_length(void **state)
{
	static const uint32_t points[] = { 1, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff };
	static const size_t lengths[] = { 1, 1, 2, 2, 3, 3, 3, 3, 4, 4 };
	(void)state;
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		char bytes[4];
		size_t length;
		assert_int_equal(str_encode(points[i], bytes), lengths[i]);
		assert_int_equal(str_point(str_n(bytes, lengths[i]), 0, &length), points[i]);
		assert_int_equal(length, lengths[i]);
	}
}

static void what_is_not_utf8_is_one_replacement_a_byte(void **state)
{
	static const char *const wrong[] = {
		"\x80",
		"\xc0\xaf",
		"\xc1\xbf",
		"\xe0\x9f\xbf",
		"\xed\xa0\x80", /* overlong, surrogate */
		"\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xff",
		"\xe5\xb2",
		"\xe5\x41\x42",
	};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		size_t length;
		assert_int_equal(str_point(str_c(wrong[i]), 0, &length), 0xfffd);
		assert_int_equal(length, 1);
	}
	size_t length = 7;
	assert_int_equal(str_point(STR("a"), 1, &length), 0);
	assert_int_equal(length, 0);
	assert_int_equal(str_points(STR("岡\xff原")), 3);
	assert_int_equal(str_points(STR_NONE), 0);
}

static void a_number_is_digits_up_to_its_most(void **state)
{
	long n = -1;
	(void)state;
	assert_true(str_number(STR("0"), 0, &n));
	assert_int_equal(n, 0);
	assert_true(str_number(STR("0031"), 31, &n));
	assert_int_equal(n, 31);
	assert_false(str_number(STR("32"), 31, &n));
	assert_false(str_number(STR("5"), 3, &n));
	assert_false(str_number(STR("99999999999999999999999999"), INT64_MAX, &n));
	assert_true(str_number(STR("9223372036854775807"), INT64_MAX, &n));
	assert_false(str_number(STR("9223372036854775808"), INT64_MAX, &n));
	assert_false(str_number(STR(""), 9, &n));
	assert_false(str_number(STR("-1"), 9, &n));
	assert_false(str_number(STR("1 "), 9, &n));
	assert_false(str_number(STR("５"), 9, &n));
}

static void hexadecimal_is_digits_of_both_cases(void **state)
{
	uint64_t n;
	(void)state;
	assert_true(str_hex(STR("e3Af"), &n));
	assert_int_equal(n, 0xe3af);
	assert_true(str_hex(STR("ffffffffffffffff"), &n));
	assert_true(n == UINT64_MAX);
	assert_false(str_hex(STR("00000000000000000"), &n));
	assert_false(str_hex(STR(""), &n));
	assert_false(str_hex(STR("0g"), &n));
	assert_false(str_hex(STR("0x1"), &n));
	assert_false(str_hex(STR("-1"), &n));
}

static void edits_are_counted_in_characters(void **state)
{
	(void)state;
	assert_int_equal(str_distance(STR("清源"), STR("清原"), 9), 1);
	assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 9), 3);
	assert_int_equal(str_distance(STR("ab"), STR("ba"), 9), 1);
	assert_int_equal(str_distance(STR("ca"), STR("abc"), 9), 3); /* a swapped pair is not edited again */
	assert_int_equal(str_distance(STR(""), STR("abc"), 9), 3);
	assert_int_equal(str_distance(STR_NONE, STR_NONE, 9), 0);
	assert_int_equal(str_distance(STR("abcdef"), STR("uvwxyz"), 2), 3);
}

static void slices_too_long_to_compare_are_far_apart(void **state)
{
	char long_one[65];
	(void)state;
	memset(long_one, 'a', sizeof long_one);
	assert_int_equal(str_distance(str_n(long_one, 64), str_n(long_one, 64), 3), 0);
	assert_int_equal(str_distance(str_n(long_one, 65), str_n(long_one, 65), 3), 4);
	assert_false(str_near(str_n(long_one, 65), str_n(long_one, 65)));
}

static void near_words_differ_by_a_third_at_most(void **state)
{
	(void)state;
	assert_true(str_near(STR("清源構成員"), STR("清原構成員")));
	assert_true(str_near(STR("titel"), STR("title")));
	assert_true(str_near(STR("ab"), STR("a")));
	assert_false(str_near(STR("a"), STR("b")));
	assert_false(str_near(STR("岡"), STR("原")));
	assert_false(str_near(STR("ab"), STR("cd")));
	assert_false(str_near(STR(""), STR("a")));
	assert_false(str_near(STR(""), STR("")));
	assert_false(str_near(STR("people"), STR("topics")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_compare_by_bytes_and_then_by_length),
		cmocka_unit_test(nothing_and_everything_are_ends_of_a_slice),
		cmocka_unit_test(taking_more_than_there_is_leaves_nothing),
		cmocka_unit_test(finding_begins_where_it_is_told),
		cmocka_unit_test(cutting_visits_every_part_the_empty_ones_too),
		cmocka_unit_test(japanese_and_no_break_spaces_are_trimmed),
		cmocka_unit_test(trimming_leaves_letters_that_share_bytes_with_spaces),
		cmocka_unit_test(points_are_decoded_at_the_edges_of_each_length),
		cmocka_unit_test(what_is_not_utf8_is_one_replacement_a_byte),
		cmocka_unit_test(a_number_is_digits_up_to_its_most),
		cmocka_unit_test(hexadecimal_is_digits_of_both_cases),
		cmocka_unit_test(edits_are_counted_in_characters),
		cmocka_unit_test(slices_too_long_to_compare_are_far_apart),
		cmocka_unit_test(near_words_differ_by_a_third_at_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
