#include "markdown_case.h"

static void plain_words_have_no_markup(void **state)
{
	(void)state;
	assert_plain("**a** [b](c) ~~d~~ `e` ![f](g) [[h|i]] <b>[^1]\n\n[^1]: k", "a b d e f i <b> / k");
	assert_plain("## （１）甲", "（１）甲");
}

static void blocks_and_hard_breaks_are_parted_by_newlines(void **state)
{
	(void)state;
	assert_plain("- a\n  b\n- c\n\n  d\n  - e", "a b\nc\nd\ne");
	assert_plain("a  \nb", "a\nb");
	assert_plain("> a\n>\n> ```\n> b\n> c\n> ```\n> ---\n> d", "a\nb\nc\nd");
}

static void cells_are_parted_by_tabs(void **state)
{
	(void)state;
	assert_plain("| a | b |\n|---|---|\n| 1 |  |\n|  | 2 |", "a\tb\n1\t\n\t2");
}

static void some_runs_alone_can_be_read(void **state)
{
	(void)state;
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, "【岡座長】\n本日は\n晴天");
	md_plain(&c.doc, (struct md_piece){ 0, 2, 5 }, &out);
	assert_string_equal(case_text(&out), "本日は晴天");
	buf_release(&out);
	case_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words_have_no_markup),
		cmocka_unit_test(blocks_and_hard_breaks_are_parted_by_newlines),
		cmocka_unit_test(cells_are_parted_by_tabs),
		cmocka_unit_test(some_runs_alone_can_be_read),
	};
	return CASE_RUN(tests);
}
