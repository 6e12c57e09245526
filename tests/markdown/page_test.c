#include "markdown_case.h"

static void the_highest_heading_is_h2(void **state)
{
	(void)state;
	assert_html("# A\n\n### B", "<h2 id=\"a\">A</h2>\n<h4 id=\"b\">B</h4>");
	assert_html("### A\n\n###### B", "<h2 id=\"a\">A</h2>\n<h5 id=\"b\">B</h5>");
	assert_html("# A\n\n###### B", "<h2 id=\"a\">A</h2>\n<h6 id=\"b\">B</h6>");
}

static void ids_are_unique(void **state)
{
	(void)state;
	assert_html("# a\n# a-2\n# a\n# a\n# **a**\n# !\n# ?",
		"<h2 id=\"a\">a</h2>\n<h2 id=\"a-2\">a-2</h2>\n<h2 id=\"a-3\">a</h2>\n<h2 id=\"a-4\">a</h2>\n"
		"<h2 id=\"a-5\"><strong>a</strong></h2>\n<h2 id=\"section\">!</h2>\n<h2 id=\"section-2\">?</h2>");
}

static void callouts_become_asides(void **state)
{
	(void)state;
	assert_html("> [!note]\n> a\n> b", "<aside class=\"callout note\"><p>a b</p></aside>");
	assert_html("> [!TIP] a\n> b\n>\n> - c", "<aside class=\"callout tip\"><p>a b</p><ul><li>c</li></ul></aside>");
	assert_html("> ［！注］ 甲", "<aside class=\"callout note\"><p>甲</p></aside>");
	assert_html("> x\n> [!note] a\n> [!warning]\n> b",
		"<blockquote><p>x</p></blockquote><aside class=\"callout note\"><p>a</p></aside>"
		"<aside class=\"callout warning\"><p>b</p></aside>");
	assert_html("> [!note]- a", "<aside class=\"callout note\"><p>a</p></aside>");
	assert_html("> [!note] **a**", "<aside class=\"callout note\"><p><strong>a</strong></p></aside>");
}

static void other_quotes_stay_quotes(void **state)
{
	(void)state;
	assert_html("> a [!note] b", "<blockquote><p>a [!note] b</p></blockquote>");
	assert_html("> \\[!note] b", "<blockquote><p>[!note] b</p></blockquote>");
	assert_html("> [!other] b", "<blockquote><p>[!other] b</p></blockquote>");
	assert_html(">", "<blockquote></blockquote>");
	assert_html("- > [!note] a", "<ul><li><blockquote><p>[!note] a</p></blockquote></li></ul>");
}

static void part_of_a_page_can_be_written(void **state)
{
	(void)state;
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, "# a\n\n## b\n\nc\n\n## b\n");
	md_html_page(&c.html, 1, 4, &out);
	assert_string_equal(case_text(&out), "<h2 id=\"b\">b</h2>\n<p>c</p>\n<h2 id=\"b-2\">b</h2>");
	size_t count;
	struct md_heading *headings = md_headings(&c.doc, &c.arena, &count);
	assert_int_equal(count, 3);
	assert_int_equal(headings[2].block, 3);
	assert_true(str_eq(headings[2].id, STR("b-2")));
	buf_release(&out);
	case_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_highest_heading_is_h2),
		cmocka_unit_test(ids_are_unique),
		cmocka_unit_test(callouts_become_asides),
		cmocka_unit_test(other_quotes_stay_quotes),
		cmocka_unit_test(part_of_a_page_can_be_written),
	};
	return CASE_RUN(tests);
}
