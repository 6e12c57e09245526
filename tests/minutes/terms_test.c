#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "minutes/terms.h"
#include "text/fold.h"

#include <string.h>

static void find(const struct terms *t, struct str text, struct arena *a, struct buf *hits)
{
	struct folded folded = terms_fold(a, text);
	terms_find(t, &folded, hits);
}

/* Finds words in a text and writes each hit as `words/value`, separated by spaces. */
static void expect(const char *const *words, const char *text, const char *expected)
{
	struct arena a;
	arena_init(&a);
	struct term list[16];
	size_t count = 0;
	for (; words[count]; count++)
		list[count] = (struct term){ .words = str_c(words[count]), .value = (uint32_t)count };
	struct terms *t = terms_open(list, count, &a);
	struct buf hits = { 0 }, out = { 0 };
	find(t, str_c(text), &a, &hits);
	for (size_t i = 0; i < VEC_COUNT(&hits, struct term_hit); i++) {
		struct term_hit *h = &VEC_AT(&hits, struct term_hit)[i];
		buf_format(&out, "%s%.*s/%u", i ? " " : "", (int)(h->end - h->start), text + h->start, h->value);
	}
	buf_byte(&out, '\0');
	assert_string_equal(out.p, expected);
	buf_release(&out);
	buf_release(&hits);
	arena_release(&a);
}

#define TERMS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void a_term_is_found_where_it_stands(void **state)
{
	(void)state;
	expect(TERMS("予算"), "補正予算と予算", "予算/0 予算/0");
	expect(TERMS("予算", "共通ＩＤ"), "なにもない。", "");
	expect(TERMS("橋"), "橋、大橋", "橋/0 橋/0");
}

static void width_and_case_do_not_matter_and_places_are_those_of_the_original(void **state)
{
	(void)state;
	expect(TERMS("共通ID"), "次に共通ＩＤを、共通idを", "共通ＩＤ/0 共通id/0");
	expect(TERMS("ガス"), "ｶﾞｽと都市ガス", "ｶﾞｽ/0 ガス/0");
}

static void a_character_that_folds_to_several_is_marked_whole_and_once(void **state)
{
	(void)state;
	expect(TERMS("平成"), "㍻と平成", "㍻/0 平成/0");
	expect(TERMS("株", "(", ")"), "㈱川", "㈱/1");
}

static void the_leftmost_and_then_the_longest_wins(void **state)
{
	(void)state;
	expect(TERMS("共通", "共通番号", "番号制度"), "共通番号制度", "共通番号/1");
	expect(TERMS("あい", "いうえお", "うえ"), "あいうえお", "あい/0 うえ/2");
	expect(TERMS("いう", "あいうえ"), "あいう", "いう/0");
	expect(TERMS("ああ"), "あああ", "ああ/0");
}

static void a_long_beginning_that_fails_does_not_hide_what_begins_within_it(void **state)
{
	(void)state;
	expect(TERMS("公共交通網計画", "交通", "網羅"), "公共交通網羅的", "交通/1 網羅/2");
	expect(TERMS("ああい"), "あああああい", "ああい/0");
}

static void latin_words_match_whole(void **state)
{
	(void)state;
	expect(TERMS("ID"), "IDs, id, grid, ＩＤは、ID5 x-id", "id/0 ＩＤ/0 id/0");
	expect(TERMS("fare", "fares"), "Fares and fare, welfare", "Fares/1 fare/0");
	expect(TERMS("école"), "ÉCOLE écoles", "ÉCOLE/0");
}

static void a_word_that_does_not_stand_alone_leaves_room_for_a_shorter_one(void **state)
{
	(void)state;
	expect(TERMS("予算案ab", "予算案"), "予算案abc", "予算案/1");
}

static void numbers_are_not_cut(void **state)
{
	(void)state;
	expect(TERMS("資料５－１"), "資料5-1、資料５－１０、資料５－１", "資料5-1/0 資料５－１/0");
	expect(TERMS("5G"), "15Gと5G", "5G/0");
}

static void one_word_may_have_several_values(void **state)
{
	(void)state;
	expect(TERMS("予算", "ＩＤ", "id", "予算"), "IDと予算", "ID/1 ID/2 予算/0 予算/3");
}

static void dashes_are_alike(void **state)
{
	(void)state;
	expect(TERMS("Ｂ－１", "b‐1案"), "B−1とb-1案とB–1", "B−1/0 b-1案/1 B–1/0");
}

static void apostrophes_are_alike(void **state)
{
	(void)state;
	expect(TERMS("O'Brien", "d’Or"), "O’Brien, OʼBRIEN and D'Or", "O’Brien/0 OʼBRIEN/0 D'Or/1");
}

static void no_terms_and_empty_terms_find_nothing(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	struct buf hits = { 0 };
	assert_null(terms_open(NULL, 0, &a));
	find(NULL, STR("予算"), &a, &hits);
	struct term empty = { .words = STR("　") };
	assert_null(terms_open(&empty, 1, &a));
	assert_int_equal(hits.n, 0);
	arena_release(&a);
}

/* What is found by halving ranges, the plainest search finds too. */
static void the_search_agrees_with_a_plain_one(void **state)
{
	(void)state;
	static const char *const letters[] = { "あ", "い", "う", "か" };
	struct arena a;
	arena_init(&a);
	uint32_t random = 1;
	for (int round = 0; round < 300; round++) {
		struct term list[6];
		struct buf text = { 0 }, hits = { 0 };
		for (uint32_t i = 0; i < 6; i++) {
			struct buf word = { 0 };
			size_t length = 1 + (random >> 16) % 4;
			for (size_t k = 0; k < length; k++, random = random * 1103515245 + 12345)
				buf_put(&word, str_c(letters[(random >> 16) % 3]));
			list[i] = (struct term){ .words = arena_str(&a, buf_str(&word)), .value = i };
			buf_release(&word);
		}
		for (size_t k = 0; k < 40; k++, random = random * 1103515245 + 12345)
			buf_put(&text, str_c(letters[(random >> 16) % 4]));
		find(terms_open(list, 6, &a), buf_str(&text), &a, &hits);
		size_t next = 0;
		for (size_t at = 0; at < text.n;) {
			size_t longest = 0;
			for (size_t i = 0; i < 6; i++)
				if (list[i].words.n > longest &&
					str_starts(str_from(buf_str(&text), at), list[i].words))
					longest = list[i].words.n;
			for (size_t i = 0; i < 6 && longest > 0; i++) {
				if (list[i].words.n != longest ||
					!str_starts(str_from(buf_str(&text), at), list[i].words))
					continue;
				struct term_hit *h = &VEC_AT(&hits, struct term_hit)[next++];
				assert_int_equal(h->start, at);
				assert_int_equal(h->end, at + longest);
				assert_int_equal(h->value, i);
			}
			at += longest ? longest : 3;
		}
		assert_int_equal(next, VEC_COUNT(&hits, struct term_hit));
		buf_release(&text);
		buf_release(&hits);
		arena_reset(&a);
	}
	arena_release(&a);
}

int main(void)
{
	text_init();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_term_is_found_where_it_stands),
		cmocka_unit_test(width_and_case_do_not_matter_and_places_are_those_of_the_original),
		cmocka_unit_test(a_character_that_folds_to_several_is_marked_whole_and_once),
		cmocka_unit_test(the_leftmost_and_then_the_longest_wins),
		cmocka_unit_test(a_long_beginning_that_fails_does_not_hide_what_begins_within_it),
		cmocka_unit_test(latin_words_match_whole),
		cmocka_unit_test(a_word_that_does_not_stand_alone_leaves_room_for_a_shorter_one),
		cmocka_unit_test(numbers_are_not_cut),
		cmocka_unit_test(one_word_may_have_several_values),
		cmocka_unit_test(dashes_are_alike),
		cmocka_unit_test(apostrophes_are_alike),
		cmocka_unit_test(no_terms_and_empty_terms_find_nothing),
		cmocka_unit_test(the_search_agrees_with_a_plain_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
