#include "markdown_case.h"

static void wiki_links_become_links(void **state)
{
	(void)state;
	assert_html("前[[第4回]]後", "<p>前<a href=\"第4回\">第4回</a>後</p>");
	assert_html("[[oka|岡 座長]]", "<p><a href=\"oka\">岡 座長</a></p>");
	assert_html("[[ict/4#s3]][[b]]", "<p><a href=\"ict/4#s3\">ict/4#s3</a><a href=\"b\">b</a></p>");
	assert_html("**[[a]]**", "<p><strong><a href=\"a\">a</a></strong></p>");
	assert_html("| [[a\\|b]] |\n|---|",
		"<table tabindex=\"0\"><thead><tr><th scope=\"col\"><a href=\"a\">b</a></th></tr></thead></table>");
	assert_html("[[a_b_c]]", "<p><a href=\"a_b_c\">a_b_c</a></p>");
}

static void what_is_no_wiki_link_stays_text(void **state)
{
	(void)state;
	assert_html("\\[[a]] [\\[b]] `[[c]]`", "<p>[[a]] [[b]] <code>[[c]]</code></p>");
	assert_html("[[]] [[|a]] [[a|]] [[a [[b", "<p>[[]] [[|a]] [[a|]] [[a [[b</p>");
	assert_html("[see [[a]]](b)", "<p><a href=\"b\">see [[a]]</a></p>");
	assert_html("![see [[a]]](b)", "<p><img src=\"b\" alt=\"see [[a]]\"/></p>");
}

static void links_know_their_places(void **state)
{
	(void)state;
	struct md_case c;
	case_open(&c, "日[[a]] [[b]]\n\n| x | [y](z.md) |\n|---|---|\n本 [y](z.md) <q@r.s>\n");
	assert_int_equal(c.doc.link_count, 5);
	assert_int_equal(c.doc.links[0].column, 4);
	assert_int_equal(c.doc.links[0].kind, MD_LINK_WIKI);
	assert_int_equal(c.doc.links[1].column, 10);
	assert_int_equal(c.doc.links[2].line, 3);
	assert_int_equal(c.doc.links[2].column, 11);
	assert_int_equal(c.doc.links[3].line, 5);
	assert_int_equal(c.doc.links[3].column, 7);
	assert_int_equal(c.doc.links[4].column, 14);
	case_close(&c);
}

static void wiki_links_of_one_paragraph_stand_on_their_own_lines(void **state)
{
	(void)state;
	struct md_case c;
	case_open(&c, "終\n\n甲 [[乙]]\n丙\n丁 戊 [[己]]\n[[庚|辛]] [[乙]]\n");
	static const uint32_t places[][2] = { { 3, 5 }, { 5, 7 }, { 6, 3 }, { 6, 11 } };
	assert_int_equal(c.doc.link_count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(c.doc.links[i].line, places[i][0]);
		assert_int_equal(c.doc.links[i].column, places[i][1]);
	}
	case_close(&c);
}

static void two_tildes_strike_out_and_one_does_not(void **state)
{
	(void)state;
	assert_html("~~消す~~", "<p><del>消す</del></p>");
	assert_html("約5~10名、3~5名", "<p>約5~10名、3~5名</p>");
	assert_html("~~a **b** c~~d~~e~~", "<p><del>a <strong>b</strong> c</del>d<del>e</del></p>");
	assert_html("**a ~~b~~** ~~c", "<p><strong>a <del>b</del></strong> ~~c</p>");
	assert_html("x ~~~a~~~ \\~~b~~ `~~c~~`", "<p>x ~~~a~~~ ~~b~~ <code>~~c~~</code></p>");
	assert_html("**a~~** b~~ ~~ c ~~", "<p><strong>a~~</strong> b~~ ~~ c ~~</p>");
	assert_html("と~~「甲」~~と", "<p>と<del>「甲」</del>と</p>");
	assert_html("~~a\nb~~", "<p><del>a b</del></p>");
}

static void soft_breaks_join_between_cjk_characters(void **state)
{
	(void)state;
	assert_html("日本\n語", "<p>日本語</p>");
	assert_html("日本、\n（語）", "<p>日本、（語）</p>");
	assert_html("日本\nabc\n語", "<p>日本 abc 語</p>");
	assert_html("**日**\n*本*", "<p><strong>日</strong><em>本</em></p>");
	assert_html("한국\n어", "<p>한국 어</p>");
	assert_html("> 日\n> 本", "<blockquote><p>日本</p></blockquote>");
	assert_html("日  \n本\\\n語", "<p>日<br/>本<br/>語</p>");
	assert_plain("日\n本\na", "日本 a");
}

static void schemes_that_are_not_allowed_are_findings(void **state)
{
	(void)state;
	assert_html("[x](javascript:alert) ![y](data:z)", "<p>x y</p>");
	assert_findings("日 [x](javascript:alert)\n\n<ftp://a.b>", "link-scheme:1:7 link-scheme:3:2");
	assert_findings("[x](http://a) [x](HTTPS://a) [x](mailto:a) [x](tel:1) [x](a.md#b:c) [x](./a:b) [x](#c:d)", "");
	assert_html("[x](<java\tscript:a>) [x](&#9;javascript:a)", "<p>x x</p>");
}

static void text_in_one_line_is_one_run(void **state)
{
	(void)state;
	struct md_case c;
	case_open(&c, "【岡座長】a_b ! [c] & d & e_f&amp;g");
	assert_int_equal(c.doc.run_count, 1);
	assert_true(str_eq(c.doc.runs[0].text, STR("【岡座長】a_b ! [c] & d & e_f&g")));
	case_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wiki_links_become_links),
		cmocka_unit_test(what_is_no_wiki_link_stays_text),
		cmocka_unit_test(links_know_their_places),
		cmocka_unit_test(wiki_links_of_one_paragraph_stand_on_their_own_lines),
		cmocka_unit_test(two_tildes_strike_out_and_one_does_not),
		cmocka_unit_test(soft_breaks_join_between_cjk_characters),
		cmocka_unit_test(schemes_that_are_not_allowed_are_findings),
		cmocka_unit_test(text_in_one_line_is_one_run),
	};
	return CASE_RUN(tests);
}
