#include "base/buf.h"
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <cmocka.h>

static struct arena arena;

typedef struct str folder(struct arena *a, struct str s);

static void assert_folds(folder *f, struct str in, struct str expected)
{
	struct str got = f(&arena, in);
	if (!str_eq(got, expected))
		fail_msg("%.*s became %.*s, not %.*s", STR_ARG(in), STR_ARG(got), STR_ARG(expected));
}

static void width_case_and_compatibility_vanish(void **state)
{
	(void)state;
	assert_folds(fold, STR("ＩＣＴ街づくり推進会議（第５回）"), STR("ict街づくり推進会議(第5回)"));
	assert_folds(fold, STR("ＩＤ Id ① ㍻ ㈱ ㎡"), STR("id id 1 平成 (株) m2"));
	assert_folds(fold, STR("Straße ÉCOLE Ω"), STR("strasse école ω"));
	assert_folds(fold, STR("𠮷野 𝐀 🎉"), STR("𠮷野 a 🎉"));
	assert_folds(fold, STR(""), STR(""));
	assert_folds(fold, STR_NONE, STR(""));
	assert_folds(fold, STR("a\0b"), STR("a\0b"));
}

static void marks_compose_with_the_character_before_them(void **state)
{
	(void)state;
	assert_folds(fold, STR("ｶﾞｷﾞﾊﾟ"), STR("ガギパ"));
	assert_folds(fold,
		STR("か\xe3\x82\x99"
		    "は\xe3\x82\x9a"),
		STR("がぱ"));
	assert_folds(fold,
		STR("e\xcc\x81"
		    "E\xcc\x81"),
		STR("éé"));
	assert_folds(fold,
		STR("\xcc\x81"
		    "e"),
		STR("\xcc\x81"
		    "e"));
	assert_folds(fold, STR("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), STR("한"));
	assert_folds(fold, STR("e\xc2\xad\xcc\x81"), STR("é")); /* a soft hyphen between them */
}

static void default_ignorables_go(void **state)
{
	(void)state;
	assert_folds(fold, STR("\xe2\x80\x8b岡\xef\xb8\x80座\xc2\xad長\xe2\x80\x8d"), STR("岡座長"));
}

static void labels_fold_without_any_white_space(void **state)
{
	(void)state;
	assert_folds(fold, STR("岡　座長"), STR("岡 座長"));
	assert_folds(fold_label, STR("　岡　座長 \xc2\xa0\t\n(WG)\xe2\x80\xa8"), STR("岡座長(wg)"));
	assert_folds(fold_label, STR("O’B‘ʼ＇'"), STR("o'b''''"));
	assert_folds(fold_label, STR(" 　"), STR(""));
}

static void bytes_that_are_no_utf8_become_replacement_characters(void **state)
{
	(void)state;
	assert_folds(fold,
		STR("a\xff"
		    "b\xe3\x81"),
		STR("a\xef\xbf\xbd"
		    "b\xef\xbf\xbd\xef\xbf\xbd"));
	assert_folds(fold, STR("\xe0\x81\x81\xed\xa0\x80"),
		STR("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
	assert_folds(fold, STR("\x80\xcc\x81"), STR("\xef\xbf\xbd\xcc\x81"));
}

static void nfc_composes_and_keeps_width_and_case(void **state)
{
	(void)state;
	assert_folds(fold_nfc,
		STR("か\xe3\x82\x99ＩＤ"
		    "E\xcc\x81.md"),
		STR("がＩＤÉ.md"));
	assert_folds(fold_nfc, STR(""), STR(""));
}

static void a_map_leads_from_each_byte_to_its_character(void **state)
{
	struct folded f = fold_mapped(&arena, STR("第５回㍻ｶﾞZ"));
	(void)state;
	assert_true(str_eq(f.words, STR("第5回平成ガz")));
	static const uint32_t expected[] = { 0, 0, 0, 3, 6, 6, 6, 9, 9, 9, 9, 9, 9, 12, 12, 12, 18, 19 };
	assert_memory_equal(f.map, expected, sizeof expected);
	assert_int_equal(fold_mapped(&arena, STR("")).map[0], 0);
}

/* ICU on the whole text at once, without the table. */
static struct str fold_whole(struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t n, m, bytes;
	UChar *from = ARENA_ARRAY(&arena, UChar, s.n + 1), *to = ARENA_ARRAY(&arena, UChar, s.n * 18 + 1);
	char *out = ARENA_ARRAY(&arena, char, s.n * 54 + 1);
	u_strFromUTF8(from, (int32_t)s.n + 1, &n, s.p, (int32_t)s.n, &status);
	m = unorm2_normalize(unorm2_getNFKCCasefoldInstance(&status), from, n, to, (int32_t)s.n * 18 + 1, &status);
	u_strToUTF8(out, (int32_t)s.n * 54 + 1, &bytes, to, m, &status);
	assert_true(U_SUCCESS(status));
	return str_n(out, (size_t)bytes);
}

static void assert_like_icu(struct str s)
{
	struct folded f = fold_mapped(&arena, s);
	struct str expected = fold_whole(s), mapped = f.words;
	const uint32_t *map = f.map;
	if (!str_eq(fold(&arena, s), expected) || !str_eq(mapped, expected))
		fail_msg("%.*s became %.*s, not %.*s", STR_ARG(s), STR_ARG(mapped), STR_ARG(expected));
	assert_int_equal(map[mapped.n], s.n);
	for (size_t i = 0; i < mapped.n; i++) {
		assert_true(map[i] <= map[i + 1]);
		assert_true(((unsigned char)s.p[map[i]] & 0xc0) != 0x80);
	}
}

static bool is_surrogate(uint32_t point)
{
	return point >= 0xd800 && point < 0xe000;
}

static void every_character_folds_as_icu_folds_it_alone_and_among_others(void **state)
{
	static const char *const around[][2] = { { "", "" }, { "e", "\xcc\x81" }, { "か", "\xe3\x82\x99" },
		{ "가", "\xe1\x86\xa8" } };
	(void)state;
	for (uint32_t point = 1; point < 0x31000; point++) {
		for (size_t i = 0; i < 4 && !is_surrogate(point); i++) {
			char text[32];
			size_t n = strlen(strcpy(text, around[i][0]));
			n += str_encode(point, text + n);
			strcpy(text + n, around[i][1]);
			assert_like_icu(str_c(text));
		}
		if (point % 64 == 0)
			arena_reset(&arena);
	}
}

static void random_texts_fold_as_icu_folds_them_whole(void **state)
{
	static const uint32_t odd[] = { 0x301, 0x316, 0x3099, 0x309a, 0xff9e, 0xff9f, 0xad, 0x200b, 0xfe0f, 0x1100,
		0x1161, 0x11a8, 0xac00, 0x345, 0x1f80, 0x3b1, 0x130, 0x69, 0xdf, 0xfdfa, 0xff76, 0x304b, 0x41, 0x20,
		0x3000, 0x1d15e, 0x2f800, 0x20bb7, 0xfb1d, 0x5d0, 0xe0100, 0x9be, 0x9c7, 0x110b9, 0x110ba };
	(void)state;
	srand(1);
	for (int round = 0; round < 20000; round++) {
		char text[200];
		size_t n = 0;
		for (int i = rand() % 20; i > 0; i--) {
			uint32_t point = rand() % 4 ? odd[(size_t)rand() % (sizeof odd / sizeof *odd)]
						    : (uint32_t)rand() % 0x30000;
			if (!is_surrogate(point))
				n += str_encode(point, text + n);
		}
		assert_like_icu(str_n(text, n));
		arena_reset(&arena);
	}
}

static void a_megabyte_of_marks_folds_within_seconds(void **state)
{
	struct buf text = { 0 };
	time_t start = time(NULL);
	(void)state;
	for (size_t i = 0; i < 250000; i++)
		buf_put(&text, STR("\xcc\x81\xcc\x96"));
	assert_int_equal(fold(&arena, buf_str(&text)).n, text.n);
	assert_int_equal(fold_mapped(&arena, buf_str(&text)).words.n, text.n);
	assert_int_equal(fold_nfc(&arena, buf_str(&text)).n, text.n);
	assert_true(time(NULL) - start < 20);
	buf_release(&text);
}

static int set_up(void **state)
{
	(void)state;
	text_init();
	text_init();
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
		cmocka_unit_test(width_case_and_compatibility_vanish),
		cmocka_unit_test(marks_compose_with_the_character_before_them),
		cmocka_unit_test(default_ignorables_go),
		cmocka_unit_test(labels_fold_without_any_white_space),
		cmocka_unit_test(bytes_that_are_no_utf8_become_replacement_characters),
		cmocka_unit_test(nfc_composes_and_keeps_width_and_case),
		cmocka_unit_test(a_map_leads_from_each_byte_to_its_character),
		cmocka_unit_test(every_character_folds_as_icu_folds_it_alone_and_among_others),
		cmocka_unit_test(random_texts_fold_as_icu_folds_them_whole),
		cmocka_unit_test(a_megabyte_of_marks_folds_within_seconds),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
