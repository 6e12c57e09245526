#include "text/order.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena arena;

static void assert_ascending(struct str language, const struct str *words, size_t count)
{
	struct order *o = order_open(language);
	assert_non_null(o);
	for (size_t i = 1; i < count; i++)
		if (str_cmp(order_key(o, &arena, words[i - 1]), order_key(o, &arena, words[i])) >= 0)
			fail_msg("%.*s should sort before %.*s", STR_ARG(words[i - 1]), STR_ARG(words[i]));
	order_close(o);
}
#define ASSERT_ASCENDING(language, ...) \
	assert_ascending(STR(language), (const struct str[]){ __VA_ARGS__ }, \
		sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))

static void readings_sort_by_the_fifty_sounds(void **state)
{
	(void)state;
	ASSERT_ASCENDING("ja", STR("あさの"), STR("いしはら"), STR("おか"), STR("オカダ"), STR("おがわ"), STR("かとう"),
		STR("カトウダ"), STR("きよはら"), STR("しみず"), STR("シャープ"), STR("んだ"));
	ASSERT_ASCENDING("ja", STR("はは"), STR("はば"), STR("ばば"), STR("はる"));
	ASSERT_ASCENDING("ja", STR("カード"), STR("かあどあ"), STR("かい"));
}

static void digits_sort_by_value(void **state)
{
	(void)state;
	ASSERT_ASCENDING("ja", STR("第2回"), STR("第10回"), STR("第１１回"), STR("第100回"));
	ASSERT_ASCENDING("en", STR(""), STR("Item 2"), STR("Item 10"), STR("item 11"));
}

static void languages_sort_by_their_own_rules(void **state)
{
	(void)state;
	ASSERT_ASCENDING("en", STR("Ångström"), STR("apple"), STR("Émile"), STR("Zoe"));
	ASSERT_ASCENDING("sv", STR("Zoe"), STR("Ångström"), STR("Älg"), STR("Öst"));
}

static void a_long_text_has_a_whole_key(void **state)
{
	struct order *o = order_open(STR("ja"));
	char *text = arena_alloc(&arena, 30000);
	(void)state;
	for (size_t i = 0; i < 30000; i += 3)
		str_encode(0x3042 + (uint32_t)i % 40, text + i);
	struct str first = order_key(o, &arena, str_n(text, 30000));
	str_encode(0x3093, text + 29997);
	assert_true(str_cmp(first, order_key(o, &arena, str_n(text, 30000))) < 0);
	order_close(o);
}

static void languages_without_rules_are_refused(void **state)
{
	static const struct str good[] = { STR_INIT("ja"), STR_INIT("en"), STR_INIT("en-GB"), STR_INIT("de"),
		STR_INIT("fr"), STR_INIT("zh-Hant"), STR_INIT("pt-BR"), STR_INIT("eu"), STR_INIT("mi") };
	static const struct str bad[] = { STR_INIT("xx"), STR_INIT("xx-nonsense"), STR_INIT("tlh"), STR_INIT("jp"),
		STR_INIT(""), STR_INIT("japanese"), STR_INIT("ja_/.."), STR_INIT("日本語"), STR_INIT("en-") };
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct order *o = order_open(good[i]);
		if (!o)
			fail_msg("%.*s is a language", STR_ARG(good[i]));
		order_close(o);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (order_open(bad[i]))
			fail_msg("%.*s is no language", STR_ARG(bad[i]));
}

static void assert_headings(struct str language, const struct str (*pairs)[2], size_t count)
{
	struct order *o = order_open(language);
	for (size_t i = 0; i < count; i++) {
		struct str got = order_heading(o, &arena, pairs[i][0]);
		if (!str_eq(got, pairs[i][1]))
			fail_msg("%.*s stands under %.*s, not %.*s", STR_ARG(pairs[i][0]), STR_ARG(got),
				STR_ARG(pairs[i][1]));
	}
	order_close(o);
}

static void kana_stand_under_their_row_and_latin_under_its_letter(void **state)
{
	static const struct str pairs[][2] = {
		{ STR_INIT("おか"), STR_INIT("あ") },
		{ STR_INIT("ぁ"), STR_INIT("あ") },
		{ STR_INIT("ヴェール"), STR_INIT("あ") },
		{ STR_INIT("がくしゅう"), STR_INIT("か") },
		{ STR_INIT("ｶﾞｽ"), STR_INIT("か") },
		{ STR_INIT("ヶ"), STR_INIT("か") },
		{ STR_INIT("そ"), STR_INIT("さ") },
		{ STR_INIT("ッ"), STR_INIT("た") },
		{ STR_INIT("の"), STR_INIT("な") },
		{ STR_INIT("ぽ"), STR_INIT("は") },
		{ STR_INIT("も"), STR_INIT("ま") },
		{ STR_INIT("ょ"), STR_INIT("や") },
		{ STR_INIT("ロボット"), STR_INIT("ら") },
		{ STR_INIT("ゐ"), STR_INIT("わ") },
		{ STR_INIT("を"), STR_INIT("わ") },
		{ STR_INIT("ん"), STR_INIT("わ") },
		{ STR_INIT("　わ"), STR_INIT("わ") },
		{ STR_INIT("Lee"), STR_INIT("L") },
		{ STR_INIT("ｚｏｅ"), STR_INIT("Z") },
		{ STR_INIT("Émile"), STR_INIT("E") },
		{ STR_INIT("岡"), STR_INIT("他") },
		{ STR_INIT("5G"), STR_INIT("他") },
		{ STR_INIT("（仮称）"), STR_INIT("他") },
		{ STR_INIT(""), STR_INIT("他") },
		{ STR_INIT("ー"), STR_INIT("他") },
		{ STR_INIT("か\xe3\x82\x99"), STR_INIT("か") },
	};
	(void)state;
	assert_headings(STR("ja"), pairs, sizeof pairs / sizeof *pairs);
}

static void english_headings_ignore_accents_and_case(void **state)
{
	static const struct str pairs[][2] = {
		{ STR_INIT("Émile"), STR_INIT("E") },
		{ STR_INIT("apple"), STR_INIT("A") },
		{ STR_INIT("Zoe"), STR_INIT("Z") },
		{ STR_INIT("5G"), STR_INIT("#") },
		{ STR_INIT("岡"), STR_INIT("#") },
		{ STR_INIT("おか"), STR_INIT("#") },
		{ STR_INIT("“A”"), STR_INIT("#") },
	};
	static const struct str swedish[][2] = { { STR_INIT("Ångström"), STR_INIT("Å") },
		{ STR_INIT("Öst"), STR_INIT("Ö") } };
	static const struct str russian[][2] = { { STR_INIT("яма"), STR_INIT("Я") },
		{ STR_INIT("Zoe"), STR_INIT("Z") } };
	(void)state;
	assert_headings(STR("en"), pairs, sizeof pairs / sizeof *pairs);
	assert_headings(STR("sv"), swedish, 2);
	assert_headings(STR("ru"), russian, 2);
}

static void headings_rank_kana_then_latin_then_the_rest(void **state)
{
	static const struct str rising[] = { STR_INIT("あ"), STR_INIT("か"), STR_INIT("さ"), STR_INIT("た"),
		STR_INIT("な"), STR_INIT("は"), STR_INIT("ま"), STR_INIT("や"), STR_INIT("ら"), STR_INIT("わ"),
		STR_INIT("A"), STR_INIT("B"), STR_INIT("Z"), STR_INIT("他") };
	struct order *o = order_open(STR("ja"));
	(void)state;
	for (size_t i = 1; i < sizeof rising / sizeof *rising; i++)
		assert_true(order_heading_rank(o, rising[i - 1]) < order_heading_rank(o, rising[i]));
	assert_int_equal(order_heading_rank(o, STR("他")), 36);
	order_close(o);
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
		cmocka_unit_test(readings_sort_by_the_fifty_sounds),
		cmocka_unit_test(digits_sort_by_value),
		cmocka_unit_test(languages_sort_by_their_own_rules),
		cmocka_unit_test(a_long_text_has_a_whole_key),
		cmocka_unit_test(languages_without_rules_are_refused),
		cmocka_unit_test(kana_stand_under_their_row_and_latin_under_its_letter),
		cmocka_unit_test(english_headings_ignore_accents_and_case),
		cmocka_unit_test(headings_rank_kana_then_latin_then_the_rest),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
