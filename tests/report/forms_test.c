/* forms: findings as other programs read them. */
#include "report/report.h"
#include "xml/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct stage {
	struct diag_levels levels;
	struct diags ds;
	struct fs site;
	struct buf out;
	struct report_options options;
};

static void stage_open(struct stage *s, enum report_format format)
{
	*s = (struct stage){ 0 };
	diag_levels_init(&s->levels);
	diags_init(&s->ds, &s->levels);
	fs_memory_open(&s->site);
	s->options = (struct report_options){ .format = format, .files = { &s->site } };
}

static void stage_close(struct stage *s)
{
	diags_release(&s->ds);
	fs_close(&s->site);
	buf_release(&s->out);
}

static const char *report(struct stage *s)
{
	buf_clear(&s->out);
	report_write(&s->ds, &s->options, &s->out);
	buf_byte(&s->out, '\0');
	return s->out.p;
}

/* How often the words stand in the report. */
static size_t times(struct stage *s, const char *words)
{
	size_t count = 0;
	for (const char *p = report(s); (p = strstr(p, words)) != NULL; p += strlen(words))
		count++;
	return count;
}

static void add(struct stage *s, enum diag_code code, struct str path, uint32_t line, const char *message)
{
	struct loc loc = { .path = path, .line = line, .column = 2, .width = 3 };
	diag_add(&s->ds, code, loc, STR_NONE, "%s", message);
}

static void a_workflow_command_says_file_line_column_and_code(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s, REPORT_GITHUB);
	add(&s, LINK_BROKEN, STR("content/5.md"), 3, "no");
	add(&s, HTML_RAW, STR("content/5.md"), 0, "w");
	add(&s, BASELINE_STALE, STR_NONE, 0, "n");
	assert_string_equal(report(&s),
		"::error file=content/5.md,line=3,col=2,title=link-broken::no\n"
		"::warning file=content/5.md,title=html-raw::w\n"
		"::notice title=baseline-stale::n\n");
	stage_close(&s);
}

static void what_would_end_a_workflow_command_is_escaped(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s, REPORT_GITHUB);
	diag_add(&s.ds, LINK_BROKEN, loc_at(STR("a:b,c%\n.md"), 1, 1), STR("help\n::error::x"), "100%%, so: no\r");
	assert_string_equal(report(&s),
		"::error file=a%3Ab%2Cc%25%0A.md,line=1,col=1,title=link-broken::"
		"100%25, so: no%0D%0Ahelp: help%0A::error::x\n");
	stage_close(&s);
}

static void files_are_named_from_the_root_of_the_repository(void **state)
{
	static const enum report_format all[] = { REPORT_GITHUB, REPORT_GITLAB, REPORT_SARIF, REPORT_JUNIT };
	struct stage s;
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		stage_open(&s, all[i]);
		s.options.prefix = STR("docs/kaigi/");
		add(&s, LINK_BROKEN, STR("content/5.md"), 3, "no");
		assert_true(times(&s, "docs/kaigi/content/5.md") > 0);
		stage_close(&s);
	}
}

static void a_finding_without_a_place_has_one_where_the_format_demands_it(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s, REPORT_GITLAB);
	assert_string_equal(report(&s), "[]\n");
	add(&s, OUTPUT_REFUSED, STR_NONE, 0, "no");
	assert_non_null(strstr(report(&s),
		"\"severity\": \"blocker\", \"location\": {\"path\": \"site.yml\", "
		"\"lines\": {\"begin\": 1}}"));
	s.options.format = REPORT_SARIF;
	assert_int_equal(times(&s, "\"locations\""), 0);
	assert_int_equal(times(&s, "\"ruleId\": \"output-refused\""), 1);
	stage_close(&s);
}

/* The text between `before` and the next quote. */
static void copy_after(const char *text, const char *before, char out[64])
{
	const char *start = strstr(text, before);
	assert_non_null(start);
	start += strlen(before);
	snprintf(out, 64, "%.*s", (int)strcspn(start, "\""), start);
}

static void a_fingerprint_stays_when_lines_are_put_in_above(void **state)
{
	struct stage s;
	char before[64], after[64];
	(void)state;
	stage_open(&s, REPORT_GITLAB);
	fs_write(&s.site, STR("content/5.md"), STR("a\n[[x]]\n"));
	add(&s, LINK_BROKEN, STR("content/5.md"), 2, "no");
	copy_after(report(&s), "\"fingerprint\": \"", before);
	stage_close(&s);
	stage_open(&s, REPORT_GITLAB);
	fs_write(&s.site, STR("content/5.md"), STR("a\nb\nc\n  [[x]]\r\n"));
	add(&s, LINK_BROKEN, STR("content/5.md"), 4, "no such page");
	copy_after(report(&s), "\"fingerprint\": \"", after);
	assert_string_equal(before, after);
	stage_close(&s);
}

static void no_two_findings_have_one_fingerprint(void **state)
{
	struct stage s;
	char first[64], second[64];
	(void)state;
	stage_open(&s, REPORT_GITLAB);
	fs_write(&s.site, STR("content/5.md"), STR("[[x]] [[y]]\n"));
	add(&s, LINK_BROKEN, STR("content/5.md"), 1, "x");
	add(&s, LINK_BROKEN, STR("content/5.md"), 1, "y");
	copy_after(report(&s), "\"x\", \"check_name\": \"link-broken\", \"fingerprint\": \"", first);
	copy_after(report(&s), "\"y\", \"check_name\": \"link-broken\", \"fingerprint\": \"", second);
	assert_string_not_equal(first, second);
	stage_close(&s);
}

static void a_sarif_address_is_percent_encoded_and_columns_count_characters(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s, REPORT_SARIF);
	add(&s, LINK_BROKEN, STR("content/会議 1.md"), 3, "no");
	assert_int_equal(times(&s, "\"uri\": \"content/%E4%BC%9A%E8%AD%B0%201.md\""), 1);
	assert_int_equal(times(&s, "\"columnKind\": \"unicodeCodePoints\""), 1);
	assert_int_equal(times(&s, "\"startLine\": 3, \"startColumn\": 2, \"endColumn\": 5"), 1);
	stage_close(&s);
}

static void every_code_is_a_rule_and_each_result_names_its_own(void **state)
{
	struct stage s;
	char index[64];
	(void)state;
	stage_open(&s, REPORT_SARIF);
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
		diag_add(&s.ds, (enum diag_code)i, loc_file(STR("a.md")), STR_NONE, "m");
		struct str name = diag_code_name((enum diag_code)i);
		snprintf(index, sizeof index, "{\"id\": \"%.*s\"", STR_ARG(name));
		assert_int_equal(times(&s, index), 1);
		snprintf(index, sizeof index, "\"ruleId\": \"%.*s\", \"ruleIndex\": %zu,", STR_ARG(name), i);
		assert_int_equal(times(&s, index), 1);
	}
	stage_close(&s);
}

static void junit_is_xml_whatever_the_words_are(void **state)
{
	struct stage s;
	struct diags judged;
	(void)state;
	stage_open(&s, REPORT_JUNIT);
	diags_init(&judged, &s.levels);
	diag_add(&s.ds, LINK_BROKEN, loc_at(STR("a&b\"<.md"), 1, 1), STR("<b>\x1b"), "\"<&>\x01\xff");
	report(&s);
	assert_true(xml_read(str_n(s.out.p, s.out.n - 1), STR("report"), NULL, &judged));
	diags_release(&judged);
	stage_close(&s);
}

static void what_does_not_stop_the_build_is_a_skipped_test(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s, REPORT_JUNIT);
	add(&s, LINK_BROKEN, STR("a.md"), 1, "e");
	add(&s, HTML_RAW, STR("a.md"), 2, "w");
	add(&s, BASELINE_STALE, STR("a.md"), 3, "n");
	assert_int_equal(times(&s, "tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"2\""), 1);
	assert_int_equal(times(&s, "<skipped"), 2);
	s.options.strict = true;
	assert_int_equal(times(&s, "tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"1\""), 1);
	assert_int_equal(times(&s, "<failure"), 2);
	stage_close(&s);
}

static void a_site_without_findings_is_one_test_that_passed(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s, REPORT_JUNIT);
	assert_int_equal(times(&s, "tests=\"1\" failures=\"0\""), 1);
	assert_int_equal(times(&s, "<testcase"), 1);
	stage_close(&s);
}

static void a_file_name_tells_its_format(void **state)
{
	static const struct {
		struct str name;
		int format;
	} names[] = { { STR_INIT("a.json"), REPORT_JSON }, { STR_INIT("a/b.sarif"), REPORT_SARIF },
		{ STR_INIT("giji.junit.xml"), REPORT_JUNIT }, { STR_INIT("a.txt"), REPORT_HUMAN },
		{ STR_INIT("a.html"), -1 }, { STR_INIT("json"), -1 } };
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		enum report_format format;
		bool known = report_format_of_file(names[i].name, &format);
		assert_int_equal(known ? (int)format : -1, names[i].format);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_workflow_command_says_file_line_column_and_code),
		cmocka_unit_test(what_would_end_a_workflow_command_is_escaped),
		cmocka_unit_test(files_are_named_from_the_root_of_the_repository),
		cmocka_unit_test(a_finding_without_a_place_has_one_where_the_format_demands_it),
		cmocka_unit_test(a_fingerprint_stays_when_lines_are_put_in_above),
		cmocka_unit_test(no_two_findings_have_one_fingerprint),
		cmocka_unit_test(a_sarif_address_is_percent_encoded_and_columns_count_characters),
		cmocka_unit_test(every_code_is_a_rule_and_each_result_names_its_own),
		cmocka_unit_test(junit_is_xml_whatever_the_words_are),
		cmocka_unit_test(what_does_not_stop_the_build_is_a_skipped_test),
		cmocka_unit_test(a_site_without_findings_is_one_test_that_passed),
		cmocka_unit_test(a_file_name_tells_its_format),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
