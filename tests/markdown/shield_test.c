#include "markdown_case.h"

static void comments_are_cut_and_text_beside_them_stays(void **state)
{
	(void)state;
	assert_html("a <!-- x --> b", "<p>a  b</p>");
	assert_html("【岡座長】<!-- 要確認 -->本日は", "<p>【岡座長】本日は</p>");
	assert_html("a <!-- x\n\ny --> b", "<p>a  b</p>");
	assert_html("<!-- x -->## 見出し", "<h2 id=\"見出し\">見出し</h2>");
	assert_html("<!-- x -->＃＃ 見出し", "<h2 id=\"見出し\">見出し</h2>");
	assert_html("```\n<!-- secret -->x\n```", "<pre tabindex=\"0\"><code>x\n</code></pre>");
	assert_html("`<!-- secret -->x`", "<p><code>x</code></p>");
	assert_html("<!-->a<!--->b", "<p>ab</p>");
	assert_html("&#<!-- x -->1; <<!-- x -->b>", "<p>&amp;#1; &lt;b&gt;</p>");
	assert_findings("a <!-- x --> b\n<!--\n[x]: 本日は\n-->", "");
}

static void an_unclosed_comment_is_an_error_at_its_place(void **state)
{
	(void)state;
	assert_findings("本日 <!-- x\n\ny", "text-lost:1:4");
	assert_html("本日 <!-- secret", "<p>本日</p>");
}

static void lines_behind_a_comment_keep_their_numbers(void **state)
{
	(void)state;
	assert_findings("<!-- 1\n2 -->\n日<b>", "html-raw:3:2");
	assert_findings("<!-- 1\n2 --> あ<b>", "html-raw:2:8");
	assert_findings("a <!-- 1\n2 --> あ<b>\n<i>", "html-raw:1:1 html-raw:3:1");
}

static void raw_html_is_shown_as_typed_with_a_finding_for_each_tag(void **state)
{
	(void)state;
	assert_html("<div>x</div>", "<p>&lt;div&gt;x&lt;/div&gt;</p>");
	assert_findings("<div>x</div>", "html-raw:1:1 html-raw:1:7");
	assert_html("the <module> `<b>`", "<p>the &lt;module&gt; <code>&lt;b&gt;</code></p>");
	assert_findings("the <module> `<b>`", "html-raw:1:5");
	assert_html("<script>\n\n【岡座長】x", "<p>&lt;script&gt;</p>\n<p>【岡座長】x</p>");
	assert_html(
		"<!DOCTYPE x> <?php ?> <![CDATA[x]]>", "<p>&lt;!DOCTYPE x&gt; &lt;?php ?&gt; &lt;![CDATA[x]]&gt;</p>");
	assert_findings("    <b>\n\n```\n<b>\n```", "");
	assert_html("[^1]\n\n[^1]: <b>", "<p><sup class=\"fnref\"><a href=\"/r/#fn1\" id=\"fnref1\">1</a></sup></p>");
	assert_findings("[^1]\n\n[^1]: <b>", "html-raw:3:7");
	assert_findings("[^1]\n\n[^1]: <div>", "html-raw:3:7");
}

static void an_angle_that_opens_no_tag_is_plain_text(void **state)
{
	(void)state;
	assert_html("a <b and c, 1 < 2, x<y", "<p>a &lt;b and c, 1 &lt; 2, x&lt;y</p>");
	assert_findings("a <b and c, 1 < 2, x<y\n\n\\<b>", "");
}

static void addresses_in_angles_stay_links(void **state)
{
	(void)state;
	assert_html("<https://a.example/b>", "<p><a href=\"https://a.example/b\">https://a.example/b</a></p>");
	assert_html("<me@a.example>", "<p><a href=\"mailto:me@a.example\">me@a.example</a></p>");
	assert_html("[x](<a b.md>)", "<p><a href=\"a b.md\">x</a></p>");
	assert_html("[x]\n\n[x]:\n<a b.md>", "<p><a href=\"a b.md\">x</a></p>");
	assert_findings("<https://a.example/b> <me@a.example> [x](<a b.md>)", "");
}

static void full_width_hashes_and_spaces_make_headings(void **state)
{
	(void)state;
	assert_html("＃＃ 見出し", "<h2 id=\"見出し\">見出し</h2>");
	assert_html("##　見出し", "<h2 id=\"見出し\">見出し</h2>");
	assert_html("#＃　甲\n\n＃ 乙", "<h3 id=\"甲\">甲</h3>\n<h2 id=\"乙\">乙</h2>");
	assert_html("- 項\n＃ 見出し", "<ul><li>項</li></ul>\n<h2 id=\"見出し\">見出し</h2>");
	assert_html("＃タグ", "<p>＃タグ</p>");
	assert_html("＃＃＃＃＃＃＃ 七", "<p>＃＃＃＃＃＃＃ 七</p>");
	assert_html("\\＃ 見出し", "<p>＃ 見出し</p>");
}

static void full_width_hashes_in_code_stay_as_typed(void **state)
{
	(void)state;
	assert_html("```\n＃＃ 甲\n#＃　乙\n##　丙\n＃\tx\n```",
		"<pre tabindex=\"0\"><code>＃＃ 甲\n#＃　乙\n##　丙\n＃\tx\n</code></pre>");
	assert_html("文\n    ##　甲", "<p>文 ##　甲</p>"); /* too deep for a heading */
	assert_html("`a\n＃ b`", "<p>`a</p>\n<h2 id=\"b\">b`</h2>");
}

static void a_backslash_before_what_only_giji_reads_is_not_printed(void **state)
{
	(void)state;
	assert_html("\\【岡座長】", "<p>【岡座長】</p>");
	assert_html("\\○岡 \\・甲 \\（拍手） \\＃x", "<p>○岡 ・甲 （拍手） ＃x</p>");
	assert_html("\\WH: text", "<p>WH: text</p>");
	assert_html("\\岡座長：本日は", "<p>岡座長：本日は</p>");
	assert_html("\\**Name:** text", "<p><strong>Name:</strong> text</p>");
	assert_html("- \\**岡座長**：本日は", "<ul><li><strong>岡座長</strong>：本日は</li></ul>");
	assert_html("C:\\foo \\a", "<p>C:\\foo \\a</p>");
	assert_html("`\\【a】`", "<p><code>\\【a】</code></p>");
	assert_html("\\\\【a】", "<p>\\【a】</p>");
}

static struct md_run run_of(const char *text, size_t i)
{
	struct md_case c;
	case_open(&c, text);
	assert_true(i < c.doc.run_count);
	struct md_run run = c.doc.runs[i];
	case_close(&c);
	run.text = STR_NONE;
	return run;
}

static void what_follows_an_escape_is_a_literal_run(void **state)
{
	(void)state;
	assert_true(run_of("\\【岡座長】", 0).literal);
	assert_true(run_of("\\#tag", 0).literal);
	assert_true(run_of("\\[[x]]", 0).literal);
	assert_true(run_of("\\**Name:** x", 0).literal);
	assert_int_equal(run_of("\\**Name:** x", 0).kind, MD_STRONG);
	assert_false(run_of("a \\#tag", 0).literal);
	assert_true(run_of("a \\#tag", 1).literal);
	assert_false(run_of("a\\_b\\|c", 0).literal);
	assert_false(run_of("\\\\【a】", 0).literal);
}

static void entities_of_what_xml_forbids_stay_as_typed(void **state)
{
	(void)state;
	assert_html("a&#1;b&#xFFFE;c&#xfdd0;d&#0;&#x;&#X9f;",
		"<p>a&amp;#1;b&amp;#xFFFE;c&amp;#xfdd0;d\xef\xbf\xbd&amp;#x;&amp;#X9f;</p>");
	assert_html("`&#1;` &amp; &#65; &copy; &#12345678901;",
		"<p><code>&amp;#1;</code> &amp; A © &amp;#12345678901;</p>");
	assert_html("[a](b&#1;c \"\\&#1;\")", "<p><a href=\"b&amp;#1;c\" title=\"&amp;#1;\">a</a></p>");
	assert_html("&<!-- x -->#1; &#<!-- x -->1;", "<p>&amp;#1; &amp;#1;</p>");
}

static void a_line_of_full_width_spaces_is_blank(void **state)
{
	(void)state;
	assert_html("甲\n　\n乙\n　 　\n　丙\n　", "<p>甲</p>\n<p>乙</p>\n<p>　丙</p>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_are_cut_and_text_beside_them_stays),
		cmocka_unit_test(an_unclosed_comment_is_an_error_at_its_place),
		cmocka_unit_test(lines_behind_a_comment_keep_their_numbers),
		cmocka_unit_test(raw_html_is_shown_as_typed_with_a_finding_for_each_tag),
		cmocka_unit_test(an_angle_that_opens_no_tag_is_plain_text),
		cmocka_unit_test(addresses_in_angles_stay_links),
		cmocka_unit_test(full_width_hashes_and_spaces_make_headings),
		cmocka_unit_test(full_width_hashes_in_code_stay_as_typed),
		cmocka_unit_test(a_backslash_before_what_only_giji_reads_is_not_printed),
		cmocka_unit_test(what_follows_an_escape_is_a_literal_run),
		cmocka_unit_test(entities_of_what_xml_forbids_stay_as_typed),
		cmocka_unit_test(a_line_of_full_width_spaces_is_blank),
	};
	return CASE_RUN(tests);
}
