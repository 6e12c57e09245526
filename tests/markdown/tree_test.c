#include "markdown_case.h"

#include "sys/pool.h"

/* "line-end_line" of each block, preorder. */
static void assert_lines(const char *text, const char *expected)
{
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, text);
	for (size_t i = 0; i < c.doc.block_count; i++)
		buf_format(&out, "%s%u-%u", i ? " " : "", c.doc.blocks[i].line, c.doc.blocks[i].end_line);
	assert_string_equal(case_text(&out), expected);
	buf_release(&out);
	case_close(&c);
}

/* Words and lines of text and code runs. */
static void assert_run_lines(const char *text, const char *expected)
{
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, text);
	for (size_t i = 0; i < c.doc.run_count; i++) {
		const struct md_run *run = &c.doc.runs[i];
		if (run->kind == MD_TEXT || run->kind == MD_CODE_SPAN)
			buf_format(&out, "%.*s:%u ", STR_ARG(run->text), run->line);
	}
	assert_string_equal(case_text(&out), expected);
	buf_release(&out);
	case_close(&c);
}

static void three_dashes_under_text_are_a_rule(void **state)
{
	(void)state;
	assert_html("文\n---\n次", "<p>文</p>\n<hr/>\n<p>次</p>");
	assert_html("> a\n> ---", "<blockquote><p>a</p><hr/></blockquote>");
	assert_html("- a\n  ---", "<ul><li>a<hr/></li></ul>");
	assert_html("a\nb\n-----", "<p>a b</p>\n<hr/>");
	assert_html("[x]: /u\n[x] `a\nb`\n---\n#tag", "<p><a href=\"/u\">x</a> <code>a b</code></p>\n<hr/>\n<p>#tag</p>");
	assert_html("#tag\n---", "<p>#tag</p>\n<hr/>");
	assert_html("***\n___\n- - -", "<hr/>\n<hr/>\n<hr/>");
}

static void one_or_two_dashes_under_text_stay_text(void **state)
{
	(void)state;
	assert_html("a\n--\nb", "<p>a --</p>\n<p>b</p>");
	assert_html("a\n-", "<p>a -</p>");
	assert_findings("a\n--\nb", "");
}

static void equals_signs_under_text_are_an_error_and_stay_text(void **state)
{
	(void)state;
	assert_html("見出し\n===\n次\n==\n終", "<p>見出し ===</p>\n<p>次 ==</p>\n<p>終</p>");
	assert_findings("見出し\n===", "heading-underlined:2:1");
	assert_findings("> 見出し\n>  =", "heading-underlined:2:4");
	assert_findings("===\n\na ===\n\n```\na\n===\n```\n\n    a\n    ===", "");
}

static void a_table_is_no_underlined_heading(void **state)
{
	(void)state;
	assert_html("a | b\n--- | ---\n1 | 2",
		"<table tabindex=\"0\"><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>"
		"<tbody><tr><td>1</td><td>2</td></tr></tbody></table>");
	assert_html("| a |\n|---|", "<table tabindex=\"0\"><thead><tr><th scope=\"col\">a</th></tr></thead></table>");
}

static void blocks_know_their_lines(void **state)
{
	(void)state;
	assert_lines("# a\n\nb\nc\n\n- d\n\n  e\n- f\n\n```\ng\n```\n\n    h\n",
		"1-1 3-4 6-9 6-8 6-6 8-8 9-9 9-9 11-13 15-15");
	assert_lines("> a\n> - b\n\n---", "1-2 1-1 2-2 2-2 2-2 4-4");
}

static void a_table_behind_the_first_line_of_a_callout_knows_its_lines(void **state)
{
	(void)state;
	assert_lines("x\n\n> [!vote] 可決\n> | 甲 |\n> |---|\n> | 乙 |\n", "1-1 3-6 3-3 4-6 4-4 4-4 6-6 6-6");
	assert_run_lines("> [!vote] 可決\n> | 甲 |\n> |---|\n> | 乙 |\n", "[!vote] 可決:1 甲:2 乙:4 ");
	assert_run_lines("> [!vote] 可決\n> | 甲 |\n> |---|\n", "[!vote] 可決:1 甲:2 ");
}

static void runs_know_their_lines_behind_hidden_line_ends(void **state)
{
	(void)state;
	assert_run_lines("a\n`b\nc` d\ne", "a:1 b c:2  d:3 e:4 ");
	assert_run_lines("a [b](u\n\"t\") c\nd", "a :1 b:1  c:2 d:3 ");
	assert_run_lines("[x]: /u\n[x] a\nb", "x:2  a:2 b:3 ");
	assert_run_lines("[x]: y z\\\nb  \nc\\\n*d*", "[x]: y z:1 b:2 c:3 d:4 ");
	assert_run_lines("a <b\nc> d", "a <b:1 c> d:2 ");
	assert_run_lines("c\n\n[x]: /u\n[x]\n[^a]", "c:1 x:4 [^a]:5 ");
	assert_run_lines("`a\nb` \\# c", "a b:1  :2 # c:2 ");
}

static void lines_count_from_the_bodys_first(void **state)
{
	(void)state;
	struct md_case c;
	case_open(&c, "");
	struct md_doc doc;
	assert_true(md_parse(STR("a\n\n【日】b"), STR("a.md"), 10, &c.arena, &doc, &c.ds));
	assert_int_equal(doc.blocks[1].line, 12);
	assert_int_equal(doc.runs[1].line, 12);
	case_close(&c);
}

static void footnotes_stand_last_numbered_by_first_citation(void **state)
{
	(void)state;
	struct md_case c;
	case_open(&c, "[^b]: 乙\n[^甲]: x\n\ny[^甲] z[^b] [^甲]\n");
	assert_int_equal(c.doc.block_count, 5);
	assert_int_equal(c.doc.blocks[1].kind, MD_FOOTNOTE);
	assert_int_equal(c.doc.blocks[1].number, 1);
	assert_int_equal(c.doc.blocks[1].line, 2);
	assert_int_equal(c.doc.blocks[3].number, 2);
	assert_int_equal(c.doc.runs[1].kind, MD_FOOTNOTE_REF);
	assert_int_equal(c.doc.runs[1].link, 1);
	assert_true(c.doc.runs[1].first);
	assert_false(c.doc.runs[5].first);
	assert_int_equal(diag_count(&c.ds), 0);
	case_close(&c);
}

static void lists_keep_their_numbers(void **state)
{
	(void)state;
	struct md_case c;
	case_open(&c, "3. a\n4. b\n\n- c\n");
	assert_int_equal(c.doc.blocks[0].number, 3);
	assert_true(c.doc.blocks[0].ordered);
	assert_true(c.doc.blocks[0].tight);
	assert_int_equal(c.doc.blocks[1].number, 3);
	assert_int_equal(c.doc.blocks[3].number, 4);
	assert_false(c.doc.blocks[5].ordered);
	case_close(&c);
}

static const char threaded[] = "~~a~~ **b** ~~c~~ [[d]] `e`\n\n| ~~f~~ |\n|---|\n";

static void parse_once(void *shared, size_t item, size_t worker)
{
	(void)worker;
	struct md_case c;
	size_t strikes = 0;
	case_open(&c, threaded);
	for (size_t i = 0; i < c.doc.run_count; i++)
		strikes += c.doc.runs[i].kind == MD_STRIKE;
	((size_t *)shared)[item] = strikes;
	case_close(&c);
}

static void what_is_read_does_not_depend_on_other_threads(void **state)
{
	(void)state;
	static size_t strikes[2000];
	pool_run(4, 2000, parse_once, strikes);
	for (size_t i = 0; i < 2000; i++)
		assert_int_equal(strikes[i], 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_dashes_under_text_are_a_rule),
		cmocka_unit_test(one_or_two_dashes_under_text_stay_text),
		cmocka_unit_test(equals_signs_under_text_are_an_error_and_stay_text),
		cmocka_unit_test(a_table_is_no_underlined_heading),
		cmocka_unit_test(blocks_know_their_lines),
		cmocka_unit_test(a_table_behind_the_first_line_of_a_callout_knows_its_lines),
		cmocka_unit_test(runs_know_their_lines_behind_hidden_line_ends),
		cmocka_unit_test(lines_count_from_the_bodys_first),
		cmocka_unit_test(footnotes_stand_last_numbered_by_first_citation),
		cmocka_unit_test(lists_keep_their_numbers),
		cmocka_unit_test(what_is_read_does_not_depend_on_other_threads),
	};
	return CASE_RUN(tests);
}
