#include "bench.h"

#include "source/encoding.h"

static struct str text;

static bool read_bytes(struct bench *b, struct str bytes)
{
	return encoding_read(bytes, STR("content/5.md"), &b->arena, &text, &b->diags);
}

/* A literal with NULs in it, as its bytes. */
#define BYTES(literal) STR(literal)

static void utf_8_is_taken_with_and_without_a_mark(void **state)
{
	struct bench *b = *state;
	assert_true(read_bytes(b, STR("\xef\xbb\xbf議事\n")));
	assert_text(text, "議事\n");
	assert_true(read_bytes(b, STR("議事")));
	assert_text(text, "議事");
	assert_true(read_bytes(b, STR("")) && text.n == 0);
	assert_true(read_bytes(b, STR("\xef\xbb\xbf")) && text.n == 0);
	assert_sound(b);
}

static void every_line_end_becomes_a_line_feed(void **state)
{
	struct bench *b = *state;
	assert_true(read_bytes(b, STR("a\r\nb\rc\n\r\r\n\r")));
	assert_text(text, "a\nb\nc\n\n\n\n");
}

static void shift_jis_is_named_with_its_remedy(void **state)
{
	struct bench *b = *state; /* title: 会議録について\n① */
	assert_false(
		read_bytes(b, STR("---\ntitle: \x89\xef\x8b\x63\x98\x5e\x82\xc9\x82\xc2\x82\xa2\x82\xc4\n\x87\x40\n")));
	assert_found(b, ENCODING, 2, 8, 1, "iconv -f CP932 -t UTF-8 'content/5.md'");
	assert_only(b, ENCODING, 2, 8, 1, "looks like Shift_JIS");
	assert_false(read_bytes(b, STR("\x89\xef\x8b\x63"))); /* 会議 alone */
	assert_only(b, ENCODING, 1, 1, 1, "looks like Shift_JIS");
	assert_false(read_bytes(b, STR("\xb6\xb2\xb7\xde"))); /* ｶｲｷﾞ, or two rare kanji of EUC-JP */
	bench_clear(b);
}

static void euc_jp_is_told_from_shift_jis(void **state)
{
	struct bench *b = *state; /* 会議録について */
	assert_false(read_bytes(b, STR("\xb2\xf1\xb5\xc4\xcf\xbf\xa4\xcb\xa4\xc4\xa4\xa4\xa4\xc6\n")));
	assert_only(b, ENCODING, 1, 1, 1, "looks like EUC-JP");
	assert_false(read_bytes(b, STR("\xb2\xf1\xb5\xc4"))); /* 会議 alone */
	assert_only(b, ENCODING, 1, 1, 1, "looks like EUC-JP");
}

static void iso_2022_jp_and_utf_16_are_named(void **state)
{
	struct bench *b = *state;
	assert_false(read_bytes(b, STR("title: \x1b$B2q5D\x1b(B\n")));
	assert_only(b, ENCODING, 1, 8, 1, "looks like ISO-2022-JP");
	assert_false(read_bytes(b, BYTES("\xff\xfe\x1a\x4f")));
	assert_only(b, ENCODING, 1, 1, 0, "looks like UTF-16");
	assert_false(read_bytes(b, BYTES("\xfe\xff\x4f\x1a")));
	assert_only(b, ENCODING, 1, 1, 0, "looks like UTF-16");
	assert_false(read_bytes(b, BYTES("-\0-\0-\0\n\0"))); /* without a mark */
	assert_only(b, ENCODING, 1, 2, 1, "looks like UTF-16");
}

static void latin_1_is_not_taken_for_japanese(void **state)
{
	struct bench *b = *state;
	assert_false(read_bytes(b, STR("caf\xe9 and na\xefve\n")));
	assert_only(b, ENCODING, 1, 4, 1, "looks like Windows-1252");
}

static void one_damaged_byte_in_utf_8_is_shown_where_it_is(void **state)
{
	struct bench *b = *state;
	assert_false(read_bytes(b, STR("議事要旨\r\n会議\xe8\xad\n")));
	assert_only(b, ENCODING, 2, 3, 1, "the byte 0xE8 is not UTF-8");
	assert_false(read_bytes(b, STR("議事要旨\r会議\xe8")));
	assert_only(b, ENCODING, 2, 3, 1, "0xE8");
	assert_false(read_bytes(b, STR("議事要旨\xed\xa0\x80"))); /* a lone surrogate */
	assert_only(b, ENCODING, 1, 5, 1, "0xED");
}

static void control_characters_are_refused_with_place_and_code(void **state)
{
	struct bench *b = *state;
	assert_false(read_bytes(b, BYTES("a\tb\n議\x0c事\0\x7f\xc2\x85\xef\xb7\x90\xef\xbf\xbf")));
	assert_int_equal(diag_count(&b->diags), 6);
	assert_found(b, ENCODING, 2, 2, 1, "U+000C");
	assert_found(b, ENCODING, 2, 4, 1, "U+0000");
	assert_found(b, ENCODING, 2, 5, 1, "U+007F");
	assert_found(b, ENCODING, 2, 6, 1, "U+0085");
	assert_found(b, ENCODING, 2, 7, 1, "U+FDD0");
	assert_found(b, ENCODING, 2, 8, 1, "U+FFFF");
}

static void many_control_characters_do_not_flood(void **state)
{
	struct bench *b = *state;
	struct buf many = { 0 };
	for (int i = 0; i < 1000; i++)
		buf_put(&many, STR("x\x01"));
	assert_false(read_bytes(b, buf_str(&many)));
	buf_release(&many);
	assert_int_equal(diag_count(&b->diags), 10);
}

static void a_replacement_character_that_was_typed_is_text(void **state)
{
	struct bench *b = *state;
	assert_true(read_bytes(b, STR("\xef\xbf\xbd\xe3\x80\x80\xf0\xa9\xb8\xbd")));
	assert_sound(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(utf_8_is_taken_with_and_without_a_mark),
		BENCH_TEST(every_line_end_becomes_a_line_feed),
		BENCH_TEST(shift_jis_is_named_with_its_remedy),
		BENCH_TEST(euc_jp_is_told_from_shift_jis),
		BENCH_TEST(iso_2022_jp_and_utf_16_are_named),
		BENCH_TEST(latin_1_is_not_taken_for_japanese),
		BENCH_TEST(one_damaged_byte_in_utf_8_is_shown_where_it_is),
		BENCH_TEST(control_characters_are_refused_with_place_and_code),
		BENCH_TEST(many_control_characters_do_not_flood),
		BENCH_TEST(a_replacement_character_that_was_typed_is_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
