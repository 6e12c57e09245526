#include "sys/clock.h"
#include "yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Seconds after which reading counts as hung; sanitizers on a loaded machine are slow. */
enum { HANGS = 60 };

struct job {
	struct arena arena;
	struct diag_levels levels;
	struct diags ds;
	const struct yaml_node *root;
};

static void read_bytes(struct job *j, struct str bytes, size_t first_line)
{
	arena_init(&j->arena);
	diag_levels_init(&j->levels);
	diags_init(&j->ds, &j->levels);
	/* A copy of exactly its size, so that a sanitizer sees a read past the end. */
	char *copy = malloc(bytes.n ? bytes.n : 1);
	if (bytes.n)
		memcpy(copy, bytes.p, bytes.n);
	j->root = yaml_read(str_n(copy, bytes.n), STR("content/a.md"), first_line, &j->arena, &j->ds);
	free(copy);
	assert_int_equal(j->root == NULL, diag_count(&j->ds) > 0);
}

static void read_c(struct job *j, const char *yaml)
{
	read_bytes(j, str_c(yaml), 1);
}

static void job_release(struct job *j)
{
	diags_release(&j->ds);
	arena_release(&j->arena);
}

static void assert_text(const struct yaml_node *node, const char *text)
{
	assert_non_null(node);
	assert_true(str_eq(node->text, str_c(text)));
}

static void assert_place(struct loc loc, size_t line, size_t column, size_t width)
{
	assert_true(str_eq(loc.path, STR("content/a.md")));
	assert_int_equal(loc.line, line);
	assert_int_equal(loc.column, column);
	assert_int_equal(loc.width, width);
}

static bool says(struct str words, const char *part)
{
	return str_find(words, str_c(part), 0) != SIZE_MAX;
}

/* Reading `yaml` gives as its first finding one at this place that says this, in message or help. */
static void assert_finding(const char *yaml, enum diag_code code, size_t line, size_t column, const char *part)
{
	struct job j;
	read_c(&j, yaml);
	if (diag_count(&j.ds) == 0)
		fail_msg("no finding for: %s", yaml);
	const struct finding *f = diag_at(&j.ds, 0);
	if (f->code != code || f->loc.line != line || f->loc.column != column ||
		!(says(f->message, part) || says(f->help, part)))
		fail_msg("%s\n gave %u:%u %.*s (%.*s)", yaml, f->loc.line, f->loc.column, STR_ARG(f->message),
			STR_ARG(f->help));
	job_release(&j);
}

static void assert_clean(const char *yaml)
{
	struct job j;
	read_c(&j, yaml);
	if (!j.root)
		fail_msg("%s\n gave %.*s (%.*s)", yaml, STR_ARG(diag_at(&j.ds, 0)->message),
			STR_ARG(diag_at(&j.ds, 0)->help));
	job_release(&j);
}

static void every_node_knows_its_place(void **state)
{
	(void)state;
	struct job j;
	read_bytes(&j, STR("title: 第５回 会議\nplace:\n  - {名: 庁舎, 階: 3}\n  - \"x\"\n"), 2);
	assert_int_equal(j.root->kind, YAML_MAP);
	assert_int_equal(j.root->count, 2);
	assert_place(yaml_key(j.root, STR("title"))->loc, 2, 1, 5);
	assert_place(yaml_get(j.root, STR("title"))->loc, 2, 8, 6);
	const struct yaml_node *list = yaml_get(j.root, STR("place"));
	assert_int_equal(list->kind, YAML_LIST);
	assert_int_equal(list->count, 2);
	assert_null(list->keys);
	assert_place(list->loc, 4, 3, 0);
	assert_place(list->items[0].loc, 4, 5, 0);
	assert_place(yaml_get(&list->items[0], STR("階"))->loc, 4, 16, 1);
	assert_place(list->items[1].loc, 5, 5, 3);
	assert_text(&list->items[1], "x");
	assert_true(list->items[1].quoted);
	assert_null(yaml_get(j.root, STR("none")));
	assert_null(yaml_get(NULL, STR("none")));
	assert_null(yaml_get(list, STR("title")));
	job_release(&j);
}

static void values_in_brackets_may_go_over_lines(void **state)
{
	(void)state;
	struct job j;
	read_c(&j, "a: 1\nb: [x,\n  y]\n");
	assert_place(yaml_key(j.root, STR("a"))->loc, 1, 1, 1);
	assert_place(yaml_get(j.root, STR("b"))->items[1].loc, 3, 3, 1);
	assert_text(&yaml_get(j.root, STR("b"))->items[1], "y");
	job_release(&j);
}

/* U+2028 is a line's end for libyaml, but for no editor. */
static void a_line_separator_counts_as_no_line(void **state)
{
	(void)state;
	struct job j;
	read_c(&j, "a: \"x\xe2\x80\xa8y\"\nb: 1\n");
	assert_place(yaml_key(j.root, STR("b"))->loc, 2, 1, 1);
	job_release(&j);
	assert_finding("a: x\xe2\x80\xa8y\nb: 1\n", YAML_ERROR, 1, 5, "invisible line separator");
}

static void scalars_follow_the_core_schema(void **state)
{
	(void)state;
	static const struct {
		const char *yaml;
		enum yaml_kind kind;
		double number;
	} cases[] = {
		{ "", YAML_NULL, 0 },
		{ "~", YAML_NULL, 0 },
		{ "null", YAML_NULL, 0 },
		{ "Null", YAML_NULL, 0 },
		{ "NULL", YAML_NULL, 0 },
		{ "nULL", YAML_STRING, 0 },
		{ "true", YAML_BOOL, 1 },
		{ "True", YAML_BOOL, 1 },
		{ "FALSE", YAML_BOOL, 0 },
		{ "yes", YAML_STRING, 0 },
		{ "no", YAML_STRING, 0 },
		{ "on", YAML_STRING, 0 },
		{ "0", YAML_INTEGER, 0 },
		{ "-12", YAML_INTEGER, -12 },
		{ "+12", YAML_INTEGER, 12 },
		{ "0123", YAML_INTEGER, 123 },
		{ "0o17", YAML_INTEGER, 15 },
		{ "0x1F", YAML_INTEGER, 31 },
		{ "0o8", YAML_STRING, 0 },
		{ "0xg", YAML_STRING, 0 },
		{ "0x", YAML_STRING, 0 },
		{ "1_000", YAML_STRING, 0 },
		{ "12:30", YAML_STRING, 0 },
		{ "2013-04-05", YAML_STRING, 0 },
		{ "1.5", YAML_FLOAT, 1.5 },
		{ "-.5", YAML_FLOAT, -0.5 },
		{ "1.", YAML_FLOAT, 1 },
		{ "1e3", YAML_FLOAT, 1000 },
		{ "1.5E-1", YAML_FLOAT, 0.15 },
		{ ".", YAML_STRING, 0 },
		{ "+", YAML_STRING, 0 },
		{ "1e", YAML_STRING, 0 },
		{ "1.2.3", YAML_STRING, 0 },
		{ ".inf", YAML_STRING, 0 },
		{ "infinity", YAML_STRING, 0 },
		{ "0x1p3", YAML_STRING, 0 },
		{ "'5'", YAML_STRING, 0 },
		{ "\"null\"", YAML_STRING, 0 },
		{ "９", YAML_STRING, 0 },
		{ "99999999999999999999", YAML_FLOAT, 1e20 },
		{ "0xffffffffffffffffff", YAML_STRING, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct job j;
		char yaml[64];
		snprintf(yaml, sizeof yaml, "k: %s", cases[i].yaml);
		read_c(&j, yaml);
		const struct yaml_node *node = yaml_get(j.root, STR("k"));
		if (node->kind != cases[i].kind)
			fail_msg("%s has kind %d", cases[i].yaml, node->kind);
		assert_true(node->kind == YAML_BOOL ? node->boolean == (cases[i].number > 0)
						    : node->number == cases[i].number);
		if (node->kind == YAML_INTEGER)
			assert_int_equal(node->integer, (long)cases[i].number);
		if (!node->quoted)
			assert_text(node, cases[i].yaml);
		job_release(&j);
	}
}

static void keys_are_text_whatever_they_look_like(void **state)
{
	(void)state;
	struct job j;
	read_c(&j, "2013: a\ntrue: b\n\"~\": c\n");
	assert_text(yaml_get(j.root, STR("2013")), "a");
	assert_text(yaml_get(j.root, STR("true")), "b");
	assert_text(yaml_get(j.root, STR("~")), "c");
	for (size_t i = 0; i < j.root->count; i++)
		assert_int_equal(j.root->keys[i].kind, YAML_STRING);
	job_release(&j);
}

static void blocks_of_text_are_quoted_strings(void **state)
{
	(void)state;
	struct job j;
	read_c(&j, "a: |\n  一\n  　－二：\nb: >-\n  1\n");
	assert_text(yaml_get(j.root, STR("a")), "一\n　－二：\n");
	assert_text(yaml_get(j.root, STR("b")), "1");
	assert_int_equal(yaml_get(j.root, STR("b"))->kind, YAML_STRING);
	assert_true(yaml_get(j.root, STR("b"))->quoted);
	job_release(&j);
}

static void an_empty_document_is_null(void **state)
{
	(void)state;
	static const char *const empty[] = { "", "\n\n", "# only words\n", "---\n", "---\n...\n" };
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
		struct job j;
		read_c(&j, empty[i]);
		assert_non_null(j.root);
		assert_int_equal(j.root->kind, YAML_NULL);
		job_release(&j);
	}
	struct job j;
	read_bytes(&j, STR_NONE, 1);
	assert_int_equal(j.root->kind, YAML_NULL);
	job_release(&j);
}

static void what_is_not_used_here_is_refused(void **state)
{
	(void)state;
	assert_finding("a: &x 1\n", YAML_ERROR, 1, 4, "anchors");
	assert_finding("a: &x [1]\n", YAML_ERROR, 1, 4, "anchors");
	assert_finding("a: *x\n", YAML_ERROR, 1, 4, "aliases");
	assert_finding("a: *重要*\n", YAML_ERROR, 1, 4, "quotes");
	assert_finding("a: !!str 1\n", YAML_ERROR, 1, 4, "tags");
	assert_finding("a: !x {b: c}\n", YAML_ERROR, 1, 4, "tags");
	assert_finding("a: !e!x 1\n", YAML_ERROR, 1, 4, "tags");
	assert_finding("<<: 1\n", YAML_ERROR, 1, 1, "merge keys");
	assert_clean("\"<<\": 1\n");
	assert_finding("a: 1\n---\nb: 2\n", YAML_ERROR, 2, 1, "second document");
	assert_finding("%YAML 1.2\n---\na: 1\n", YAML_ERROR, 1, 1, "directives");
	assert_finding("? [a, b]\n: c\n", YAML_ERROR, 1, 3, "key must be text");
	assert_finding("a: 1\n: 2\n", YAML_ERROR, 2, 1, "");
	assert_finding("? \n: 2\n", YAML_ERROR, 1, 2, "key is missing");
	assert_finding("{a: 1, : 2}\n", YAML_ERROR, 1, 8, "value is missing");
}

static void a_key_that_stands_twice_is_refused(void **state)
{
	(void)state;
	assert_finding("a: 1\nb: 2\n\"a\": 3\n", YAML_ERROR, 3, 1, "「a」 stands twice");
	assert_finding("a: 1\nb: 2\na: 3\n", YAML_ERROR, 3, 1, "line 1");
	assert_finding("x:\n  - {a: 1, a: 2}\n", YAML_ERROR, 2, 12, "twice");
	assert_clean("x: {a: 1}\ny: {a: 1, A: 2}\n");
}

static void reading_goes_on_after_a_finding(void **state)
{
	(void)state;
	struct job j;
	read_c(&j, "a: &x 1\nb: *x\nc: 1\nc: 2\n");
	assert_int_equal(diag_count(&j.ds), 3);
	job_release(&j);
}

static void slips_of_the_hand_earn_a_hint(void **state)
{
	(void)state;
	assert_finding("title：第5回\ndate: 2013-04-05\n", YAML_ERROR, 1, 6, "colon is full-width");
	assert_finding("a: 1\nplace：庁舎\ndate: 2013-04-05\n", YAML_ERROR, 2, 6, "colon is full-width");
	assert_finding("# 注：意\ntitle：a\nplace：b\ndate: c\n", YAML_ERROR, 2, 6, "colon is full-width");
	assert_finding("title：第5回\nplace：庁舎\n", YAML_ERROR, 1, 6, "colon is full-width");
	assert_finding("title:第5回\n", YAML_ERROR, 1, 6, "space belongs after the colon");
	assert_finding("- label：岡\n  person: oka\n", YAML_ERROR, 1, 8, "colon is full-width");
	assert_finding("a: 1\ndate:2013\nb: 2\n", YAML_ERROR, 2, 5, "space belongs after the colon");
	assert_finding("title:　第5回\nb: 2\n", YAML_ERROR, 1, 7, "space after the colon is full-width");
	assert_finding("attendees:\n　- 岡\n", YAML_ERROR, 2, 1, "full-width or no-break space");
	assert_finding("attendees:\n　- label: 岡\n", YAML_ERROR, 2, 1, "full-width or no-break space");
	assert_finding("a:\n\xc2\xa0\xc2\xa0"
		       "b: 1\n",
		YAML_ERROR, 2, 1, "full-width or no-break space");
	assert_finding("a:\n\t- b\n", YAML_ERROR, 2, 1, "not with a tab");
	assert_finding("a:\n  b: 1\n\tc: 2\n", YAML_ERROR, 3, 1, "not with a tab");
	assert_finding("attendees:\n  － 岡\n  － 木\n", YAML_ERROR, 2, 3, "dash is not the ASCII one");
	assert_finding("attendees:\n  - 岡\n  －木\n", YAML_ERROR, 3, 3, "dash is not the ASCII one");
	assert_finding("attendees:\n  -岡\n  -木\n", YAML_ERROR, 2, 3, "space belongs after the hyphen");
	assert_finding("＃ 注\na: b\n", YAML_ERROR, 1, 1, "begins with the ASCII 「#」");
	assert_finding("a: 1\n＃ 注\nb: 2\n", YAML_ERROR, 2, 1, "begins with the ASCII 「#」");
	assert_finding("a: ［b: c］\n", YAML_ERROR, 1, 4, "brackets are full-width");
	assert_finding("- ｛a: b, c: d｝\n", YAML_ERROR, 1, 3, "brackets are full-width");
	assert_finding("- a: b\n- e: f: g\n", YAML_ERROR, 2, 7, "colon and a space");
	assert_finding("a: “x: y”\n", YAML_ERROR, 1, 4, "quotes are not the ASCII ones");
	assert_finding("a: \"x”\nb: 1\n", YAML_ERROR, 1, 4, "never closed");
	assert_finding("title: Re: x\n", YAML_ERROR, 1, 10, "must stand between quotes");
	assert_finding("title: [案] 第5回\n", YAML_ERROR, 1, 8, "must stand between quotes");
	assert_finding("title: @x\n", YAML_ERROR, 1, 8, "begins with a sign");
	assert_finding("title: \"案\"第5回\n", YAML_ERROR, 1, 8, "must stand between quotes");
	assert_finding("title: 'it's'\n", YAML_ERROR, 1, 8, "must stand between quotes");
}

static void faults_without_a_slip_are_told_in_plain_words(void **state)
{
	(void)state;
	assert_finding("a: \"x\nb: 1\n", YAML_ERROR, 1, 4, "never closed");
	assert_finding("a: 1\nb: [1, 2\nc: 3\n", YAML_ERROR, 2, 4, "not closed");
	assert_finding("a: {b: c\nd: e\n", YAML_ERROR, 1, 4, "not closed");
	assert_finding("a: 1\n b: 2\n", YAML_ERROR, 2, 3, "colon stands where no key can be");
	assert_finding("a: b\nc\nd: e\n", YAML_ERROR, 2, 1, "key: value");
	assert_finding("a: - b\n", YAML_ERROR, 1, 4, "next line");
	assert_finding("a: \"x\\qy\"\n", YAML_ERROR, 1, 6, "escape");
	assert_finding("a: b\nc: d\x01"
		       "e\n",
		YAML_ERROR, 2, 5, "control character");
	assert_finding("a: 漢\x7f\n", YAML_ERROR, 1, 5, "control character");
	assert_finding("a: \x82\xa0\n", YAML_ERROR, 1, 4, "cannot be read");
	struct job j;
	read_bytes(&j, str_n("a: b\0c", 6), 1);
	assert_int_equal(diag_at(&j.ds, 0)->loc.column, 5);
	job_release(&j);
}

static void honest_text_is_not_taken_for_a_slip(void **state)
{
	(void)state;
	assert_clean("title: 議題１：予算について\n");
	assert_clean("- 資料１：概要\n- 14:30開始\n- https://example.org/a:b\n");
	assert_clean("title: ［速報］第５回\n");
	assert_clean("title: 「本日」\nnote: “quoted”\n");
	assert_clean("title: － 中間まとめ －\n");
	assert_clean("summary: 長い文の\n  続き：である\n");
	assert_clean("summary: a dash\n  — and more\n");
	assert_clean("t:\n  -5\nu:\n  -.5\n");
	assert_clean("a: 1 # 注：意\n");
	assert_clean("a:\tb\n");
	assert_clean("a: x#y\n");
	assert_clean("本文\n");
	assert_clean("https://example.org/\n");
}

static struct str repeated(const char *head, const char *unit, size_t times)
{
	struct buf b = { 0 };
	buf_put(&b, str_c(head));
	for (size_t i = 0; i < times; i++)
		buf_put(&b, str_c(unit));
	return buf_str(&b); /* the caller frees its bytes */
}

static void sixteen_levels_are_read_and_no_more(void **state)
{
	(void)state;
	struct buf b = { 0 };
	for (int i = 0; i < 16; i++)
		buf_byte(&b, '[');
	buf_byte(&b, 'x');
	for (int i = 0; i < 16; i++)
		buf_byte(&b, ']');
	struct job j;
	read_bytes(&j, buf_str(&b), 1);
	assert_non_null(j.root);
	job_release(&j);
	buf_release(&b);
	assert_finding("[[[[[[[[[[[[[[[[[x", LIMIT_EXCEEDED, 1, 17, "16");
	assert_finding("- - - - - - - - - - - - - - - - - x", LIMIT_EXCEEDED, 1, 33, "16");
}

/* Seconds are generous, for sanitizers; a quadratic reader would take minutes. */
static void hostile_bytes_end_in_time(void **state)
{
	(void)state;
	static const struct {
		const char *head, *unit;
		size_t times;
	} cases[] = {
		{ "", "[", 20000 },
		{ "a: ", "[", 1000000 },
		{ "", "{a: ", 500000 },
		{ "", "- ", 500000 },
		{ "", "%TAG ! a\n", 100000 },
		{ "", "'a", 500000 },
		{ "", "? ", 500000 },
		{ "", "a\n", 500000 },
		{ "[", "a,", 90000 },
		{ "", "title：a\n", 100000 },
		{ "", "- a: b\n", 60000 },
		{ "", "--- a\n", 100000 },
		{ "[", "x\n,", 90000 },
		{ "", "a: &a ", 200000 },
		{ "", "\xff", 500000 },
		{ "", "\xe2\x80\xa8", 300000 },
		{ "", "*a ", 200000 },
		{ "a: \"", "\\x41", 300000 },
		{ "", "　", 300000 },
		{ "", "［", 300000 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct job j;
		struct str bytes = repeated(cases[i].head, cases[i].unit, cases[i].times);
		double start = clock_monotonic();
		read_bytes(&j, bytes, 1);
		double took = clock_monotonic() - start;
		if (took > HANGS)
			fail_msg("%s%s… took %.1f s", cases[i].head, cases[i].unit, took);
		job_release(&j);
		free((char *)bytes.p);
	}
}

static void a_map_of_twenty_thousand_keys_is_read(void **state)
{
	(void)state;
	struct buf b = { 0 };
	for (int i = 0; i < 20000; i++)
		buf_format(&b, "person-%d: {name: 岡%d}\n", i, i);
	struct job j;
	double start = clock_monotonic();
	read_bytes(&j, buf_str(&b), 1);
	assert_true(clock_monotonic() - start < HANGS);
	assert_int_equal(j.root->count, 20000);
	assert_text(yaml_get(yaml_get(j.root, STR("person-19999")), STR("name")), "岡19999");
	job_release(&j);
	buf_release(&b);
}

static void too_many_values_are_refused(void **state)
{
	(void)state;
	struct job j;
	struct str bytes = repeated("", "- a\n", 200001);
	read_bytes(&j, bytes, 1);
	assert_int_equal(diag_at(&j.ds, 0)->code, LIMIT_EXCEEDED);
	assert_int_equal(diag_at(&j.ds, 0)->loc.line, 200000);
	job_release(&j);
	free((char *)bytes.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_node_knows_its_place),
		cmocka_unit_test(values_in_brackets_may_go_over_lines),
		cmocka_unit_test(a_line_separator_counts_as_no_line),
		cmocka_unit_test(scalars_follow_the_core_schema),
		cmocka_unit_test(keys_are_text_whatever_they_look_like),
		cmocka_unit_test(blocks_of_text_are_quoted_strings),
		cmocka_unit_test(an_empty_document_is_null),
		cmocka_unit_test(what_is_not_used_here_is_refused),
		cmocka_unit_test(a_key_that_stands_twice_is_refused),
		cmocka_unit_test(reading_goes_on_after_a_finding),
		cmocka_unit_test(slips_of_the_hand_earn_a_hint),
		cmocka_unit_test(faults_without_a_slip_are_told_in_plain_words),
		cmocka_unit_test(honest_text_is_not_taken_for_a_slip),
		cmocka_unit_test(sixteen_levels_are_read_and_no_more),
		cmocka_unit_test(hostile_bytes_end_in_time),
		cmocka_unit_test(a_map_of_twenty_thousand_keys_is_read),
		cmocka_unit_test(too_many_values_are_refused),
	};
	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
