/* baseline: only what is new is told. */
#include "report/baseline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct stage {
	struct diag_levels levels;
	struct diags ds;
	struct fs site;
	struct fs *files[2];
	struct buf out;
};

static void stage_open(struct stage *s)
{
	*s = (struct stage){ 0 };
	diag_levels_init(&s->levels);
	diags_init(&s->ds, &s->levels);
	fs_memory_open(&s->site);
	s->files[0] = &s->site;
}

static void stage_close(struct stage *s)
{
	diags_release(&s->ds);
	fs_close(&s->site);
	buf_release(&s->out);
}

static void add(struct stage *s, enum diag_code code, const char *path, uint32_t line, uint32_t column)
{
	diag_add(&s->ds, code, loc_at(str_c(path), line, column), STR_NONE, "no %u", column);
	diags_sort(&s->ds);
}

/* All findings of today, as a baseline; none are left. */
static void accept(struct stage *s)
{
	struct baseline *b = baseline_open();
	baseline_take(b, true, &s->ds, s->files);
	buf_clear(&s->out);
	baseline_write(b, &s->out);
	baseline_close(b);
}

/* Takes out what the baseline accepts and adds what is gone. */
static void apply(struct stage *s)
{
	struct baseline *b = baseline_open();
	size_t line;
	assert_true(baseline_read(b, buf_str(&s->out), &line));
	baseline_take(b, false, &s->ds, s->files);
	baseline_stale(b, STR("old"), &s->ds);
	baseline_close(b);
}

static void what_was_there_is_not_told_again_when_its_line_moves(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	fs_write(&s.site, STR("a.md"), STR("x\n[[y]]\n"));
	add(&s, LINK_BROKEN, "a.md", 2, 1);
	accept(&s);
	assert_int_equal(diag_count(&s.ds), 0);
	assert_int_equal(s.ds.errors, 0);
	fs_write(&s.site, STR("a.md"), STR("x\nx\nx\n[[y]]\n"));
	add(&s, LINK_BROKEN, "a.md", 4, 1);
	apply(&s);
	assert_int_equal(diag_count(&s.ds), 0);
	assert_int_equal(s.ds.errors, 0);
	stage_close(&s);
}

static void another_line_another_file_and_another_code_are_told(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	fs_write(&s.site, STR("a.md"), STR("[[y]]\n"));
	add(&s, LINK_BROKEN, "a.md", 1, 1);
	accept(&s);
	fs_write(&s.site, STR("a.md"), STR("[[y]]\n[[z]]\n"));
	fs_write(&s.site, STR("b.md"), STR("[[y]]\n"));
	add(&s, LINK_BROKEN, "a.md", 1, 1);
	add(&s, LINK_BROKEN, "a.md", 2, 1);
	add(&s, LINK_BROKEN, "b.md", 1, 1);
	add(&s, HTML_RAW, "a.md", 1, 1);
	apply(&s);
	assert_int_equal(diag_count(&s.ds), 3);
	assert_int_equal(s.ds.errors, 2);
	assert_int_equal(s.ds.warnings, 1);
	stage_close(&s);
}

static void a_second_one_on_the_same_line_is_told(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	fs_write(&s.site, STR("a.md"), STR("[[y]] [[z]]\n"));
	add(&s, LINK_BROKEN, "a.md", 1, 1);
	accept(&s);
	add(&s, LINK_BROKEN, "a.md", 1, 1);
	add(&s, LINK_BROKEN, "a.md", 1, 7);
	apply(&s);
	assert_int_equal(diag_count(&s.ds), 1);
	stage_close(&s);
}

static void what_is_gone_is_named_by_its_line_of_the_baseline(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	add(&s, LINK_BROKEN, "a.md", 0, 0);
	add(&s, LINK_BROKEN, "b c.md", 0, 0);
	accept(&s);
	add(&s, LINK_BROKEN, "a.md", 0, 0);
	apply(&s);
	assert_int_equal(diag_count(&s.ds), 1);
	assert_int_equal(diag_at(&s.ds, 0)->code, BASELINE_STALE);
	assert_int_equal(diag_at(&s.ds, 0)->loc.line, 3);
	assert_non_null(strstr(diag_at(&s.ds, 0)->message.p, "b c.md"));
	assert_int_equal(s.ds.errors + s.ds.warnings, 0);
	stage_close(&s);
}

static void what_may_not_be_lowered_is_never_accepted(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	add(&s, CLOSED_LEAK, "a.md", 0, 0);
	add(&s, MACHINE, "a.md", 0, 0);
	accept(&s);
	assert_int_equal(diag_count(&s.ds), 2);
	assert_true(str_eq(buf_str(&s.out), STR("giji baseline 1\n")));
	stage_close(&s);
}

static void a_baseline_keeps_more_findings_than_are_told(void **state)
{
	struct stage s;
	(void)state;
	stage_open(&s);
	s.levels.most = DIAG_MOST_ACCEPTED;
	for (uint32_t i = 1; i <= DIAG_MOST * 3; i++)
		diag_add(&s.ds, LINK_BROKEN, loc_at(STR("a.md"), i, 1), STR_NONE, "no");
	accept(&s);
	assert_false(s.ds.flooded);
	assert_int_equal(diag_count(&s.ds), 0);
	assert_int_equal(s.ds.errors, 0);
	stage_close(&s);
}

static void what_is_no_baseline_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *text;
		size_t line;
	} wrong[] = {
		{ "", 1 },
		{ "{}\n", 1 },
		{ "giji baseline 1\nlink-broken\n", 2 },
		{ "giji baseline 1\nlink-broken 0123456789abcdef 1 a.md\nno-such-code 0123456789abcdef 1 a.md\n", 3 },
		{ "giji baseline 1\nlink-broken 0123456789abcdef many a.md\n", 2 },
		{ "giji baseline 1\nclosed-leak 0123456789abcdef 1 a.md\n", 2 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct baseline *b = baseline_open();
		size_t line = 0;
		assert_false(baseline_read(b, str_c(wrong[i].text), &line));
		assert_int_equal(line, wrong[i].line);
		baseline_close(b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_there_is_not_told_again_when_its_line_moves),
		cmocka_unit_test(another_line_another_file_and_another_code_are_told),
		cmocka_unit_test(a_second_one_on_the_same_line_is_told),
		cmocka_unit_test(what_is_gone_is_named_by_its_line_of_the_baseline),
		cmocka_unit_test(what_may_not_be_lowered_is_never_accepted),
		cmocka_unit_test(a_baseline_keeps_more_findings_than_are_told),
		cmocka_unit_test(what_is_no_baseline_is_refused_with_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
