#include "text/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unicode/uchar.h>

#include <cmocka.h>

typedef bool is_class(uint32_t point);

static void assert_class(is_class *is, struct str yes, struct str no)
{
	size_t length;
	for (size_t at = 0; at < yes.n; at += length)
		if (!is(str_point(yes, at, &length)))
			fail_msg("%.*s should be in the class", (int)length, yes.p + at);
	for (size_t at = 0; at < no.n; at += length)
		if (is(str_point(no, at, &length)))
			fail_msg("%.*s should not be in the class", (int)length, no.p + at);
}

static void letters_and_digits_are_of_any_script(void **state)
{
	(void)state;
	assert_class(point_is_letter, STR("aZＡéʰ山々ーｱひﾞ가กяא\xcc\x81\xe3\x82\x99𠮷"), STR("1１① -_・。（〇@[`{"));
	assert_class(point_is_digit, STR("09０９٣"), STR("①Ⅳ一a〇½/:"));
	assert_class(point_is_upper, STR("AZＡÉЯ"), STR("azａ山あ1@["));
}

static void white_space_is_what_unicode_says(void **state)
{
	(void)state;
	assert_class(point_is_space,
		STR(" \t\n\v\f\r　\xc2\x85\xc2\xa0\xe2\x80\x83\xe2\x80\xa8\xe1\x9a\x80\xe2\x81\x9f"),
		STR("a_\xe2\x80\x8b\xef\xbb\xbf\xe2\x81\xa0"));
	for (uint32_t point = 0; point < 0x110000; point++)
		if (point_is_space(point) != (bool)u_isUWhiteSpace((UChar32)point))
			fail_msg("U+%04X", point);
}

static void han_and_kana_are_told_by_script(void **state)
{
	(void)state;
	assert_class(point_is_han, STR("山々〇㐀𠮷一龥﨑"), STR("あアーaＡ가、"));
	assert_class(point_is_kana, STR("ぁんァヶーｱｰゝヾㇰ"), STR("山・、aＡ가゠"));
}

static void words_with_spaces_between_are_those_of_alphabets(void **state)
{
	(void)state;
	assert_class(point_is_latin, STR("aZＡｚéßµЯλאعक"), STR("山あアーｱﾞ々〆ก가1_ ・\xe3\x82\x99"));
	assert_class(point_is_latin, STR("ा\xcc\x81"), STR("ກကក")); /* vowel signs belong to the word */
}

static void line_breaks_vanish_between_wide_characters_only(void **state)
{
	(void)state;
	assert_class(point_joins, STR("山々あアー、。「」（）ＡａＺ１！ｱｶﾞ　㈱㍻𠮷〜"), STR("aé1.( 가한ﾡ🎉я—“ก"));
}

static void cells_count_wide_characters_twice_and_marks_not_at_all(void **state)
{
	(void)state;
	assert_int_equal(text_cells(STR("【清源構成員】")), 14);
	assert_int_equal(text_cells(STR("Rémy")), 4);
	assert_int_equal(text_cells(STR("Re\xcc\x81my")), 4);
	assert_int_equal(text_cells(STR("か\xe3\x82\x99ｶﾞ①\xe2\x80\x8b")), 5);
	assert_int_equal(text_cells(STR("")), 0);
	assert_int_equal(text_cells(STR("a\tb\x7f")), 2);
	assert_int_equal(text_cells(STR("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab")), 2);
}

static void assert_excerpt(struct str s, size_t most, struct str expected, bool cut_expected)
{
	bool cut;
	struct str got = text_excerpt(s, most, &cut);
	if (!str_eq(got, expected) || cut != cut_expected)
		fail_msg("%.*s, %d", STR_ARG(got), cut);
}

static void an_excerpt_counts_characters_and_cuts_none(void **state)
{
	(void)state;
	assert_excerpt(STR("岡座長"), 2, STR("岡座"), true);
	assert_excerpt(STR("岡座長"), 3, STR("岡座長"), false);
	assert_excerpt(STR("岡座長"), 0, STR(""), true);
	assert_excerpt(STR(""), 0, STR(""), false);
	assert_excerpt(STR("re\xcc\x81sume"), 2, STR("re\xcc\x81"), true);
	assert_excerpt(STR("か\xe3\x82\x99き"), 1, STR("か\xe3\x82\x99"), true);
	assert_excerpt(
		STR("葛\xf3\xa0\x84\x80城"), 1, STR("葛\xf3\xa0\x84\x80"), true); /* a chosen form of the glyph */
	assert_excerpt(STR("👩\xe2\x80\x8d👧!"), 1, STR("👩\xe2\x80\x8d👧"), true);
	assert_excerpt(STR("👍🏽!"), 1, STR("👍🏽"), true);
	assert_excerpt(STR("🇯🇵🇫🇷"), 1, STR("🇯🇵"), true);
}

static void an_excerpt_of_endless_marks_ends(void **state)
{
	char text[2000];
	bool cut;
	(void)state;
	for (size_t i = 0; i < sizeof text; i += 2) {
		text[i] = '\xcc';
		text[i + 1] = '\x81';
	}
	assert_true(text_excerpt(str_n(text, sizeof text), 2, &cut).n < 200);
	assert_true(cut);
}

static void squeezing_leaves_single_spaces_inside(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	assert_true(str_eq(text_squeeze(&a, STR(" 　第５回\n\t 議事　要旨\xc2\xa0")), STR("第５回 議事 要旨")));
	assert_true(str_eq(text_squeeze(&a, STR(" \n")), STR("")));
	assert_true(str_eq(text_squeeze(&a, STR_NONE), STR("")));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_and_digits_are_of_any_script),
		cmocka_unit_test(white_space_is_what_unicode_says),
		cmocka_unit_test(han_and_kana_are_told_by_script),
		cmocka_unit_test(words_with_spaces_between_are_those_of_alphabets),
		cmocka_unit_test(line_breaks_vanish_between_wide_characters_only),
		cmocka_unit_test(cells_count_wide_characters_twice_and_marks_not_at_all),
		cmocka_unit_test(an_excerpt_counts_characters_and_cuts_none),
		cmocka_unit_test(an_excerpt_of_endless_marks_ends),
		cmocka_unit_test(squeezing_leaves_single_spaces_inside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
