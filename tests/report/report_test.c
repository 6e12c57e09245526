/* report: what a person and a program are shown of a finding. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct stage {
	struct diag_levels levels;
	struct diags ds;
	struct fs site, installed;
	struct buf out;
	struct report_options options;
};

static void stage_open(struct stage *s)
{
	*s = (struct stage){ 0 };
	diag_levels_init(&s->levels);
	diags_init(&s->ds, &s->levels);
	fs_memory_open(&s->site);
	fs_memory_open(&s->installed);
	s->options = (struct report_options){ .format = REPORT_HUMAN, .files = { &s->site, &s->installed } };
}

static void stage_close(struct stage *s)
{
	diags_release(&s->ds);
	fs_close(&s->site);
	fs_close(&s->installed);
	buf_release(&s->out);
}

static void add(struct stage *s, uint32_t line, uint32_t column, uint32_t width)
{
	struct loc loc = { .path = STR("content/5.md"), .line = line, .column = column, .width = width };
	diag_add(&s->ds, LINK_BROKEN, loc, STR_NONE, "no");
}

static void assert_report(struct stage *s, const char *expected)
{
	buf_clear(&s->out);
	report_write(&s->ds, &s->options, &s->out);
	buf_byte(&s->out, '\0');
	assert_string_equal(s->out.p, expected);
}

/* One finding in a file with this text. */
static void assert_quote(const char *text, uint32_t line, uint32_t column, uint32_t width, const char *expected)
{
	struct stage s;
	stage_open(&s);
	fs_write(&s.site, STR("content/5.md"), str_c(text));
	add(&s, line, column, width);
	assert_report(&s, expected);
	stage_close(&s);
}

static void a_finding_is_told_with_its_place_and_its_way_out(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	fs_write(&s.site, STR("content/5.md"), STR("一\n\n【清源構成員】\n"));
	struct loc loc = { .path = STR("content/5.md"), .line = 3, .column = 2, .width = 5 };
	diag_add(&s.ds, SPEAKER_UNDECLARED, loc, STR("did you mean 「清原構成員」?"),
		"「清源構成員」 is not among the attendees");
	assert_report(&s,
		"error[speaker-undeclared]: 「清源構成員」 is not among the attendees\n"
		"  --> content/5.md:3:2\n"
		"  |\n"
		"3 | 【清源構成員】\n"
		"  |   ^^^^^^^^^^\n"
		"   = help: did you mean 「清原構成員」?\n");
	stage_close(&s);
}

static void carets_know_how_wide_a_character_is(void **state)
{
	(void)state;
	assert_quote("aｱ清é\n", 1, 3, 1, "error[link-broken]: no\n  --> content/5.md:1:3\n  |\n1 | aｱ清é\n  |   ^^\n");
	/* e and a combining accent are one cell */
	assert_quote("e\xcc\x81x\n", 1, 3, 1,
		"error[link-broken]: no\n  --> content/5.md:1:3\n  |\n1 | e\xcc\x81x\n  |  ^\n");
}

static void a_tab_is_shown_as_one_space(void **state)
{
	(void)state;
	assert_quote(
		"\tab\tc\n", 1, 4, 2, "error[link-broken]: no\n  --> content/5.md:1:4\n  |\n1 |  ab c\n  |    ^^\n");
}

static void the_margin_grows_with_the_line_number(void **state)
{
	struct buf text = { 0 };
	(void)state;
	for (size_t i = 0; i < 99; i++)
		buf_byte(&text, '\n');
	buf_put(&text, STR("x"));
	buf_byte(&text, '\0');
	assert_quote(text.p, 100, 1, 1, "error[link-broken]: no\n  --> content/5.md:100:1\n    |\n100 | x\n    | ^\n");
	buf_release(&text);
}

static void a_byte_order_mark_and_a_carriage_return_are_no_characters(void **state)
{
	(void)state;
	assert_quote("\xef\xbb\xbftitle\r\nx\r\n", 1, 1, 5,
		"error[link-broken]: no\n  --> content/5.md:1:1\n  |\n1 | title\n  | ^^^^^\n");
}

static void a_place_behind_the_end_of_its_line_gets_one_caret(void **state)
{
	(void)state;
	assert_quote("ab\ncd", 1, 3, 9, "error[link-broken]: no\n  --> content/5.md:1:3\n  |\n1 | ab\n  |   ^\n");
	assert_quote("ab\ncd", 2, 700, 9, "error[link-broken]: no\n  --> content/5.md:2:700\n  |\n2 | cd\n  |   ^\n");
	assert_quote("\n", 1, 1, 0, "error[link-broken]: no\n  --> content/5.md:1:1\n  |\n1 | \n  | ^\n");
}

static void a_line_behind_the_end_of_its_file_is_not_quoted(void **state)
{
	(void)state;
	assert_quote("ab\n", 9, 1, 1, "error[link-broken]: no\n  --> content/5.md:9:1\n");
	assert_quote("", 1, 1, 1, "error[link-broken]: no\n  --> content/5.md:1:1\n");
}

static void a_file_that_is_gone_is_not_quoted(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	add(&s, 3, 4, 1);
	diag_add(&s.ds, MACHINE, loc_file(STR("/dev/full")), STR_NONE, "disk");
	diag_add(&s.ds, MACHINE, loc_file(STR_NONE), STR_NONE, "more");
	diag_add(&s.ds, LINK_OUTSIDE, loc_at(STR("../secret"), 1, 1), STR_NONE, "out");
	assert_report(&s,
		"error[link-broken]: no\n  --> content/5.md:3:4\n"
		"fatal[machine]: disk\n  --> /dev/full\n"
		"fatal[machine]: more\n"
		"error[link-outside]: out\n  --> ../secret:1:1\n");
	stage_close(&s);
}

static void a_template_of_the_installed_ones_is_quoted_too(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	fs_write(&s.site, STR("templates/a.html"), STR("site\n"));
	fs_write(&s.installed, STR("templates/a.html"), STR("installed\n"));
	fs_write(&s.installed, STR("templates/b.html"), STR("b\n"));
	diag_add(&s.ds, TEMPLATE_ERROR, loc_at(STR("templates/a.html"), 1, 1), STR_NONE, "a");
	diag_add(&s.ds, TEMPLATE_ERROR, loc_at(STR("templates/b.html"), 1, 1), STR_NONE, "b");
	assert_report(&s,
		"error[template-error]: a\n  --> templates/a.html:1:1\n  |\n1 | site\n  | ^\n"
		"error[template-error]: b\n  --> templates/b.html:1:1\n  |\n1 | b\n  | ^\n");
	stage_close(&s);
}

static size_t cells_of_line(const char *report, const char *start)
{
	const char *line = strstr(report, start);
	assert_non_null(line);
	return strcspn(line, "\n");
}

static void of_a_long_line_the_part_around_the_place_is_quoted(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	struct buf text = { 0 };
	for (size_t i = 0; i < 1000; i++)
		buf_put(&text, i == 500 ? STR("誤") : STR("正"));
	fs_write(&s.site, STR("content/5.md"), buf_str(&text));
	add(&s, 1, 501, 1);
	report_write(&s.ds, &s.options, &s.out);
	buf_byte(&s.out, '\0');
	assert_non_null(strstr(s.out.p, "正誤正"));
	assert_true(cells_of_line(s.out.p, "1 | ") < 200); /* bytes of 100 cells: 50 characters of 3 */
	/* The caret stands under 誤: as many cells before it as there are before 誤. */
	const char *quote = strstr(s.out.p, "1 | ") + 4, *caret = strstr(s.out.p, "  | ") + 4;
	caret = strstr(quote, "  | ") + 4;
	size_t before = (size_t)(strstr(quote, "誤") - quote) / 3 * 2;
	assert_int_equal(strspn(caret, " "), before);
	assert_int_equal(strspn(caret + before, "^"), 2);
	buf_release(&text);
	stage_close(&s);
}

static void a_line_of_characters_that_take_no_cell_is_cut_too(void **state)
{
	struct stage s;
	struct buf text = { 0 };
	(void)state;
	stage_open(&s);
	for (size_t i = 0; i < 100000; i++)
		buf_put(&text, i % 2 ? STR("\xcc\x81") : STR("\x00"));
	fs_write(&s.site, STR("content/5.md"), buf_str(&text));
	add(&s, 1, 1, 1);
	add(&s, 1, 50000, 40000);
	report_write(&s.ds, &s.options, &s.out);
	assert_true(s.out.n < 2000);
	buf_release(&text);
	stage_close(&s);
}

static void a_line_that_fits_is_quoted_from_its_beginning(void **state)
{
	(void)state;
	assert_quote("  - {group: 委員, people: [梢委員長, 沼田委員]}\n", 1, 32, 4,
		"error[link-broken]: no\n  --> content/5.md:1:32\n  |\n"
		"1 |   - {group: 委員, people: [梢委員長, 沼田委員]}\n"
		"  |                                      ^^^^^^^^\n");
}

static void what_a_terminal_would_obey_is_not_handed_to_it(void **state)
{
	(void)state;
	assert_quote("a\x1b[31mb\xc2\x9b"
		     "c\xe2\x80\xae"
		     "d\x7f\xff!\n",
		1, 11, 1,
		"error[link-broken]: no\n  --> content/5.md:1:11\n  |\n1 | a [31mb c d \xef\xbf\xbd!\n  |           "
		"^\n");
	struct stage s;
	stage_open(&s);
	diag_add(&s.ds, KEY_UNKNOWN, loc_file(STR("content/\x1b[2J.md")), STR("\x07help"), "k\n\x1b]0;x");
	assert_report(&s, "error[key-unknown]: k  ]0;x\n  --> content/ [2J.md\n   = help:  help\n");
	stage_close(&s);
}

static void colour_marks_the_level_only_when_asked(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	s.options.color = true;
	diag_add(&s.ds, HTML_RAW, loc_file(STR("a.md")), STR_NONE, "w");
	diag_add(&s.ds, LINK_BROKEN, loc_file(STR("a.md")), STR_NONE, "e");
	assert_report(&s,
		"\033[33mwarning[html-raw]\033[0m: w\n  --> a.md\n\033[31merror[link-broken]\033[0m: e\n  --> a.md\n");
	stage_close(&s);
}

static void findings_beyond_what_is_kept_are_owned_up_to(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	for (size_t i = 0; i < DIAG_MOST + 5; i++)
		add(&s, (uint32_t)i + 1, 1, 1);
	report_write(&s.ds, &s.options, &s.out);
	assert_true(str_ends(buf_str(&s.out), STR("only the first 1000 are shown.\n")));
	stage_close(&s);
}

static void the_json_form_is_one_object_with_everything_escaped(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	s.options.format = REPORT_JSON;
	assert_report(&s, "{\n  \"findings\": [],\n  \"errors\": 0,\n  \"warnings\": 0\n}\n");
	struct loc loc = { .path = STR("content/a\"\\.md"), .line = 3, .column = 2, .width = 5 };
	diag_add(&s.ds, LINK_BROKEN, loc, STR("help\x1b"), "「\"」\n\t<b>");
	diag_add(&s.ds, HTML_RAW, loc_file(STR_NONE), STR_NONE, "w");
	assert_report(&s,
		"{\n  \"findings\": [\n"
		"    {\"code\": \"link-broken\", \"level\": \"error\", \"path\": \"content/a\\\"\\\\.md\", \"line\": "
		"3, \"column\": 2, "
		"\"width\": 5, \"message\": \"「\\\"」\\n\\u0009\\u003cb\\u003e\", \"help\": \"help\\u001b\"},\n"
		"    {\"code\": \"html-raw\", \"level\": \"warning\", \"path\": \"\", \"line\": 0, \"column\": 0, "
		"\"width\": 0, "
		"\"message\": \"w\", \"help\": \"\"}\n"
		"  ],\n  \"errors\": 1,\n  \"warnings\": 1\n}\n");
	stage_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finding_is_told_with_its_place_and_its_way_out),
		cmocka_unit_test(carets_know_how_wide_a_character_is),
		cmocka_unit_test(a_tab_is_shown_as_one_space),
		cmocka_unit_test(the_margin_grows_with_the_line_number),
		cmocka_unit_test(a_byte_order_mark_and_a_carriage_return_are_no_characters),
		cmocka_unit_test(a_place_behind_the_end_of_its_line_gets_one_caret),
		cmocka_unit_test(a_line_behind_the_end_of_its_file_is_not_quoted),
		cmocka_unit_test(a_file_that_is_gone_is_not_quoted),
		cmocka_unit_test(a_template_of_the_installed_ones_is_quoted_too),
		cmocka_unit_test(of_a_long_line_the_part_around_the_place_is_quoted),
		cmocka_unit_test(a_line_of_characters_that_take_no_cell_is_cut_too),
		cmocka_unit_test(a_line_that_fits_is_quoted_from_its_beginning),
		cmocka_unit_test(what_a_terminal_would_obey_is_not_handed_to_it),
		cmocka_unit_test(colour_marks_the_level_only_when_asked),
		cmocka_unit_test(findings_beyond_what_is_kept_are_owned_up_to),
		cmocka_unit_test(the_json_form_is_one_object_with_everything_escaped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
