#include "markdown_case.h"

static void tables_have_scopes_and_classes_but_no_styles(void **state)
{
	(void)state;
	assert_html("| a | b | c | d |\n|:--|:-:|--:|---|\n| **1** | 2 |",
		"<table tabindex=\"0\"><thead><tr><th scope=\"col\" class=\"left\">a</th><th scope=\"col\" class=\"center\">b</th>"
		"<th scope=\"col\" class=\"right\">c</th><th scope=\"col\">d</th></tr></thead>"
		"<tbody><tr><td class=\"left\"><strong>1</strong></td><td class=\"center\">2</td>"
		"<td class=\"right\"></td><td></td></tr></tbody></table>");
}

static void html_is_polyglot_and_escaped(void **state)
{
	(void)state;
	assert_html("a  \nb & \"c\" > d", "<p>a<br/>b &amp; \"c\" &gt; d</p>");
	assert_html("[a](b?c&d \"e\\\"f\")", "<p><a href=\"b?c&amp;d\" title=\"e&quot;f\">a</a></p>");
	assert_html("![a *b* \"c\"](d.png)", "<p><img src=\"d.png\" alt=\"a b &quot;c&quot;\"/></p>");
	assert_html(
		"```c++ {1}\na < b\n```", "<pre tabindex=\"0\"><code class=\"language-c++\">a &lt; b\n</code></pre>");
	assert_html("---", "<hr/>");
}

static void lists_are_tight_or_loose_and_keep_their_start(void **state)
{
	(void)state;
	assert_html("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>");
	assert_html("- a\n  - b\n\n1. c", "<ul><li>a<ul><li>b</li></ul></li></ul>\n<ol><li>c</li></ol>");
	assert_html("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>");
}

static void assert_piece(const char *text, struct md_piece piece, const char *expected)
{
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, text);
	md_html_piece(&c.html, piece, &out);
	assert_string_equal(case_text(&out), expected);
	buf_release(&out);
	case_close(&c);
}

static void a_piece_is_a_block_or_some_of_its_runs(void **state)
{
	(void)state;
	assert_piece("a\nb", (struct md_piece){ 0, 0, 0 }, "<p>a b</p>");
	assert_piece("a\nb", (struct md_piece){ 0, 2, 3 }, "<p>b</p>");
	assert_piece("- a\n  - b\n- c", (struct md_piece){ 1, 0, 0 }, "<ul><li>a<ul><li>b</li></ul></li></ul>");
	assert_piece("2. a\n3. b", (struct md_piece){ 3, 0, 0 }, "<ol start=\"3\"><li>b</li></ol>");
	assert_piece("> a", (struct md_piece){ 0, 0, 0 }, "<blockquote><p>a</p></blockquote>");
	assert_piece("> # a", (struct md_piece){ 0, 0, 0 }, "<blockquote><p><strong>a</strong></p></blockquote>");
}

static void elements_that_a_piece_cuts_are_balanced(void **state)
{
	(void)state;
	/* STRONG, a, SOFT, b, EMPH, c, EMPH_END, STRONG_END */
	const char *text = "**a\nb*c***";
	assert_piece(text, (struct md_piece){ 0, 0, 2 }, "<p><strong>a</strong></p>");
	assert_piece(text, (struct md_piece){ 0, 3, 8 }, "<p><strong>b<em>c</em></strong></p>");
	assert_piece(text, (struct md_piece){ 0, 5, 6 }, "<p><strong><em>c</em></strong></p>");
	assert_piece("x\n\n**Name:** text", (struct md_piece){ 1, 3, 5 }, "<p> text</p>");
	assert_piece("~~[a\nb](c)~~ d", (struct md_piece){ 0, 4, 7 }, "<p><del><a href=\"c\">b</a></del></p>");
}

static void links_without_a_target_are_their_words(void **state)
{
	(void)state;
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, "[*a*](b) ![c *d*](e) [g](h) [[f]]");
	const struct md_target targets[4] = { [2] = { .href = STR("/en/"), .lang = STR("en") } };
	c.html.targets = targets;
	md_html_runs(&c.html, 0, (uint32_t)c.doc.run_count, &out);
	assert_string_equal(case_text(&out), "<em>a</em> c d <a href=\"/en/\" hreflang=\"en\">g</a> f");
	buf_release(&out);
	case_close(&c);
}

static void footnotes_link_both_ways(void **state)
{
	(void)state;
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, "a[^x] b[^x]\n\n[^x]: one\n\n    - two");
	md_html_piece(&c.html, (struct md_piece){ 0, 0, 0 }, &out);
	assert_string_equal(case_text(&out),
		"<p>a<sup class=\"fnref\"><a href=\"/r/#fn1\" id=\"fnref1\">1</a></sup>"
		" b<sup class=\"fnref\"><a href=\"/r/#fn1\">1</a></sup></p>");
	buf_clear(&out);
	md_html_footnote(&c.html, 1, STR("戻る"), &out);
	assert_string_equal(case_text(&out),
		"<p>one</p><ul><li>two</li></ul>"
		"<p> <a class=\"fnback\" href=\"/r/#fnref1\">戻る</a></p>");
	buf_clear(&out);
	c.html.home = false;
	md_html_runs(&c.html, 0, 2, &out);
	assert_string_equal(case_text(&out), "a<sup class=\"fnref\"><a href=\"/r/#fn1\">1</a></sup>");
	buf_release(&out);
	case_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_have_scopes_and_classes_but_no_styles),
		cmocka_unit_test(html_is_polyglot_and_escaped),
		cmocka_unit_test(lists_are_tight_or_loose_and_keep_their_start),
		cmocka_unit_test(a_piece_is_a_block_or_some_of_its_runs),
		cmocka_unit_test(elements_that_a_piece_cuts_are_balanced),
		cmocka_unit_test(links_without_a_target_are_their_words),
		cmocka_unit_test(footnotes_link_both_ways),
	};
	return CASE_RUN(tests);
}
