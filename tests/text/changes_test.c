#include "text/changes.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* Runs as the terminal shows them: kept [-removed-]{+added+}. */
static void assert_changes(const char *before, const char *after, const char *expected)
{
	struct arena a;
	struct buf out = { 0 };
	size_t count;
	arena_init(&a);
	struct run *runs = text_changes(&a, str_c(before), str_c(after), &count);
	for (size_t i = 0; i < count; i++) {
		static const char *const forms[] = { "%.*s", "[-%.*s-]", "{+%.*s+}" };
		char text[4096];
		snprintf(text, sizeof text, forms[runs[i].kind], STR_ARG(runs[i].words));
		buf_put(&out, str_c(text));
	}
	buf_byte(&out, '\0');
	assert_string_equal(out.p, expected);
	buf_release(&out);
	arena_release(&a);
}

static void japanese_is_compared_by_character(void **state)
{
	(void)state;
	assert_changes("大いに期待する。", "大いに歓迎する。", "大いに[-期待-]{+歓迎+}する。");
	assert_changes("賛成である。", "反対である。", "[-賛成-]{+反対+}である。");
	assert_changes("直す。", "早く直す。", "{+早く+}直す。");
	assert_changes("𠮟る。", "叱る。", "[-𠮟-]{+叱+}る。");
}

static void words_and_numbers_are_not_cut(void **state)
{
	(void)state;
	assert_changes("the library closes", "the libraries close", "the [-library closes-]{+libraries close+}");
	assert_changes("The old rule stays here", "The new rule stays there",
		"The [-old-]{+new+} rule stays [-here-]{+there+}");
	assert_changes("延べ891人", "延べ892人", "延べ[-891-]{+892+}人");
	assert_changes("ＩＣＴ街づくり", "ＩＴ街づくり", "[-ＩＣＴ-]{+ＩＴ+}街づくり");
}

static void a_lone_character_between_two_changes_goes_with_them(void **state)
{
	(void)state;
	assert_changes("二十一基ある", "三十二基ある", "[-二十一-]{+三十二+}基ある");
}

static void white_space_is_one_whatever_its_length(void **state)
{
	(void)state;
	assert_changes("a  b", "a\nb", "a  b");
	assert_changes("甲　乙", "甲 乙", "甲　乙");
}

static void the_ends_may_be_empty(void **state)
{
	(void)state;
	assert_changes("", "", "");
	assert_changes("", "新しい", "{+新しい+}");
	assert_changes("古い", "", "[-古い-]");
}

static void assert_narrowed(const char *before, const char *after, const char *was, const char *is)
{
	struct arena a;
	struct str x = str_c(before), y = str_c(after);
	arena_init(&a);
	text_narrow(&a, &x, &y);
	assert_string_equal(
		arena_format(&a, "%.*s/%.*s", STR_ARG(x), STR_ARG(y)).p, arena_format(&a, "%s/%s", was, is).p);
	arena_release(&a);
}

static void the_stretch_that_differs_is_whole_words(void **state)
{
	(void)state;
	assert_narrowed("六月のうちに取り替える。", "七月のうちに取り替える。", "六月", "七月");
	assert_narrowed("その他", "次回の日程その他", "その", "次回の日程その");
	assert_narrowed("大いに期待する。", "期待する。", "大いに", "");
	assert_narrowed("the old rule stays", "the new rule stays", "old rule", "new rule");
	assert_narrowed("the rule  stays", "the rule stays here", "stays", "stays here");
	assert_narrowed("", "新しい", "", "新しい");
}

static void long_words_are_shown_around_what_differs(void **state)
{
	(void)state;
	struct buf words = { 0 };
	struct arena a;
	arena_init(&a);
	for (int i = 0; i < 1000; i++)
		buf_put(&words, i == 500 ? STR("異") : STR("同"));
	struct str all = buf_str(&words), part = str_n(all.p + 1500, 3), shown = text_around(&a, all, part, 300);
	assert_int_equal(str_points(shown), 203);
	assert_int_equal(str_find(shown, STR("異"), 0), 303);
	assert_int_equal(str_points(text_around(&a, all, str_n(all.p, 0), 300)), 101);
	assert_int_equal(str_points(text_around(&a, all, all, 300)), 301);
	assert_int_equal(text_around(&a, all, part, 1000).n, all.n);
	buf_release(&words);
	arena_release(&a);
}

/* 60,000 characters that have nothing in common are one change, at once. */
static void long_texts_take_bounded_time_and_memory(void **state)
{
	(void)state;
	struct buf before = { 0 }, after = { 0 };
	struct arena a;
	size_t count;
	arena_init(&a);
	for (int i = 0; i < 20000; i++) {
		buf_put(&before, i % 3 ? STR("前") : STR("後"));
		buf_put(&after, i % 7 ? STR("後") : STR("前"));
	}
	struct run *runs = text_changes(&a, buf_str(&before), buf_str(&after), &count);
	size_t kept = 0, removed = 0, added = 0;
	for (size_t i = 0; i < count; i++)
		*(runs[i].kind == RUN_KEPT                    ? &kept
				: runs[i].kind == RUN_REMOVED ? &removed
							      : &added) += runs[i].words.n;
	assert_int_equal(kept + removed, before.n);
	assert_int_equal(kept + added, after.n);
	buf_release(&before);
	buf_release(&after);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(japanese_is_compared_by_character),
		cmocka_unit_test(words_and_numbers_are_not_cut),
		cmocka_unit_test(a_lone_character_between_two_changes_goes_with_them),
		cmocka_unit_test(white_space_is_one_whatever_its_length),
		cmocka_unit_test(the_ends_may_be_empty),
		cmocka_unit_test(the_stretch_that_differs_is_whole_words),
		cmocka_unit_test(long_words_are_shown_around_what_differs),
		cmocka_unit_test(long_texts_take_bounded_time_and_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
