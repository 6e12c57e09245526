#include "minutes/compare.h"

#include "minutes/alone.h"
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct alone site;
static struct diags diags;
static struct diag_levels levels;

static struct meeting *read(const char *body, const struct yaml_node **front)
{
	struct str text =
		arena_format(&site.arena, "---\ntitle: 会議\ndate: 2024-01-05\nstatus: confirmed\n---\n\n%s\n", body);
	struct meeting *m = alone_read(&site, text, STR("a.md"), front, &diags);
	assert_non_null(m);
	return m;
}

/* Each change as its anchors and what happened: "s1-1>s2-1 moved;". */
static void assert_compared(const char *before, const char *after, const char *expected)
{
	const struct yaml_node *front;
	const struct meeting *old = read(before, &front), *new = read(after, &front);
	struct comparison c = meeting_compare(old, new, &site.arena);
	struct buf out = { 0 };
	for (size_t i = 0; i < c.count; i++) {
		const struct change *x = &c.changes[i];
		buf_format(&out, "%.*s>%.*s%s%s%s;", STR_ARG(x->old_anchor), STR_ARG(x->anchor),
			x->moved ? " moved" : "", x->reworded ? " reworded" : "", x->now_by.n ? " said" : "");
	}
	buf_byte(&out, '\0');
	assert_string_equal(out.p, expected);
	buf_release(&out);
}

#define A "【甲】今日は公園の広さについて話したい。\n\n"
#define B "【乙】遊具の数は二十一基であると聞いている。\n\n"
#define C "【丙】予算は来年の三月までに決まる見込みである。\n\n"

static void the_same_record_has_no_changes(void **state)
{
	(void)state;
	assert_compared(A B C, A B C, "");
	assert_compared("", "", "");
	assert_compared(A, "【甲】今日は\n公園の**広さ**について話したい。", "");
}

static void what_stands_before_a_remark_does_not_change_it(void **state)
{
	(void)state;
	assert_compared(A C, A B C, ">s2;>s2-1;");
	assert_compared(A B C, A C, "s2>;s2-1>;");
	assert_compared(A B, "## 議題\n\n" A B, ">i1;");
}

static void of_two_that_changed_places_the_shorter_way_is_told(void **state)
{
	(void)state;
	assert_compared(A B C, C A B, "s3>s1 moved;");
	assert_compared(A B C, B C A, "s1>s3 moved;");
}

static void a_remark_that_goes_to_another_speaker_is_told(void **state)
{
	(void)state;
	assert_compared("【甲】一つ目の発言である。\n\n遊具の数は二十一基である。",
		"【甲】一つ目の発言である。\n\n【乙】遊具の数は二十一基である。", ">s2;s1-2>s2-1 said;");
}

static void all_may_come_and_go(void **state)
{
	(void)state;
	assert_compared("", A, ">s1;>s1-1;");
	assert_compared(A, "", "s1>;s1-1>;");
}

static void facts_are_compared_by_what_they_say(void **state)
{
	(void)state;
	const struct yaml_node *x, *y;
	struct str a = STR(
		"---\ntitle: 甲\ndate: 2024-01-05\nplace: 市役所\nstatus: confirmed\nvideo: https://a.example/\n---\n");
	struct str b = STR("---\nplace: 公会堂\ntitle: 甲\ndate: 令和6年1月5日\nstatus: confirmed\nagenda: [一, "
			   "{title: 二, items: [三]}]\n---\n");
	assert_non_null(alone_read(&site, a, STR("a.md"), &x, &diags));
	assert_non_null(alone_read(&site, b, STR("b.md"), &y, &diags));
	size_t count;
	struct fact_change *facts = front_compare(x, y, &site.arena, &count);
	static const char *const expected[][3] = { { "place", "市役所", "公会堂" },
		{ "agenda", "", "一, {title: 二, items: [三]}" }, { "video", "https://a.example/", "" } };
	assert_int_equal(count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_true(str_eq(facts[i].key, str_c(expected[i][0])));
		assert_true(str_eq(facts[i].was, str_c(expected[i][1])));
		assert_true(str_eq(facts[i].is, str_c(expected[i][2])));
	}
	front_compare(NULL, NULL, &site.arena, &count);
	assert_int_equal(count, 0);
}

static void words_without_an_address_are_compared_too(void **state)
{
	(void)state;
	const struct yaml_node *front;
	const struct meeting *old = read("話。[^1]\n\n> [!note] 傍聴者 4人\n\n[^1]: 注記。\n", &front);
	const struct meeting *new = read("話。[^1]\n\n> [!note] 傍聴者 5人\n\n> [!tip] 参考\n\n[^1]: 註記。\n", &front);
	size_t count;
	struct fact_change *rest = rest_compare(old, new, &site.arena, &count);
	assert_int_equal(count, 3);
	assert_true(str_eq(rest[0].key, STR("[!note 1]")) && str_eq(rest[0].is, STR("傍聴者 5人")));
	assert_true(str_eq(rest[1].key, STR("[!tip 1]")) && str_empty(rest[1].was));
	assert_true(str_eq(rest[2].key, STR("[^1]")) && str_eq(rest[2].was, STR("注記。")));
}

/* 5,000 speeches of which one changed. */
static void a_long_record_is_compared_quickly(void **state)
{
	(void)state;
	struct buf before = { 0 }, after = { 0 };
	for (int i = 0; i < 5000; i++) {
		buf_format(&before, "【甲】これは%d番目の発言である。\n\n", i);
		buf_format(&after, "【甲】これは%d番目の%sである。\n\n", i, i == 2500 ? "議論" : "発言");
	}
	buf_byte(&before, '\0');
	buf_byte(&after, '\0');
	assert_compared(before.p, after.p, "s2501-1>s2501-1 reworded;");
	buf_release(&before);
	buf_release(&after);
}

static int set(void **state)
{
	(void)state;
	diag_levels_init(&levels);
	diags_init(&diags, &levels);
	alone_open(&site, NULL, STR(""), STR("ja"));
	return 0;
}

static int strike(void **state)
{
	(void)state;
	alone_release(&site);
	diags_release(&diags);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set, strike)

int main(void)
{
	text_init();
	md_init();
	const struct CMUnitTest tests[] = {
		TEST(the_same_record_has_no_changes),
		TEST(what_stands_before_a_remark_does_not_change_it),
		TEST(of_two_that_changed_places_the_shorter_way_is_told),
		TEST(a_remark_that_goes_to_another_speaker_is_told),
		TEST(all_may_come_and_go),
		TEST(facts_are_compared_by_what_they_say),
		TEST(words_without_an_address_are_compared_too),
		TEST(a_long_record_is_compared_quickly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
