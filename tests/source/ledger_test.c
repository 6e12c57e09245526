#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "source/ledger.h"
#include "source/names.h"
#include "text/fold.h"

#include <stdlib.h>

struct scene {
	struct fs fs;
	struct arena arena;
	struct diag_levels levels;
	struct diags diags;
};

static int setup(void **state)
{
	struct scene *s = mem_alloc(sizeof *s);
	text_init();
	fs_memory_open(&s->fs);
	diag_levels_init(&s->levels);
	diags_init(&s->diags, &s->levels);
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct scene *s = *state;
	diags_release(&s->diags);
	arena_release(&s->arena);
	fs_close(&s->fs);
	free(s);
	return 0;
}

static struct ledger read(struct scene *s, const char *text)
{
	struct ledger l;
	fs_write(&s->fs, STR("1.ledger"), str_c(text));
	ledger_read(&s->fs, STR("1.ledger"), &s->arena, &l, &s->diags);
	return l;
}

static void what_is_written_is_read(void **state)
{
	const char *text = "# giji ledger 1\n"
			   "i1-2\t2026-01-31\tconfirmed\t（１） 駅前広場\n"
			   "s4-5\t2026-02-01\tconfirmed+12\t言葉 と言葉\n"
			   "s4-6\t2026-02-01\tconfirmed\n"
			   "n2\t2026-02-01\tprovisional\t00ab12cd34ef5678\n"
			   "s5-1\t2026-02-02\tremoved\t消した言葉\n"
			   "d1\t2026-02-03\tforgotten\n";
	struct buf out = { 0 };
	struct ledger l = read(*state, text);
	assert_true(l.found && l.sound);
	assert_int_equal(l.count, 6);
	assert_int_equal(l.lines[1].corrections, 12);
	assert_int_equal(l.lines[3].print, 0x00ab12cd34ef5678);
	ledger_write(&l, &out);
	buf_byte(&out, '\0');
	assert_string_equal(out.p, text);
	buf_release(&out);
}

static void no_ledger_is_no_fault(void **state)
{
	struct scene *s = *state;
	struct ledger l;
	assert_true(ledger_read(&s->fs, STR("2.ledger"), &s->arena, &l, &s->diags));
	assert_false(l.found);
	assert_int_equal(diag_count(&s->diags), 0);
}

static void a_damaged_line_is_told_and_the_others_are_read(void **state)
{
	struct scene *s = *state;
	static const char *const bad[] = { "s1", "s1\t2026-01-01", "x1\t2026-01-01\tconfirmed\tw", "s0\t2026-01-01\tconfirmed\tw",
		"s1-\t2026-01-01\tconfirmed\tw", "s1\t2026-02-30\tconfirmed\tw", "s1\t2026/01/01\tconfirmed\tw",
		"s1\t2026-01-01\tremoved+1\tw", "s1\t2026-01-01\tconfirmed+x\tw", "s1\t2026-01-01\tprovisional\twords",
		"# note", "s2\t2026-01-01\tconfirmed\ttwice", "=======" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char text[200];
		snprintf(text, sizeof text, "# giji ledger 1\ns2\t2026-01-01\tconfirmed\t岡委員\n%s\n", bad[i]);
		struct ledger l = read(s, text);
		assert_true(l.found);
		assert_false(l.sound);
		assert_int_equal(l.count, 1);
		assert_int_equal(diag_count(&s->diags), i + 1);
		assert_int_equal(diag_at(&s->diags, i)->loc.line, 3);
	}
}

static void a_damaged_head_is_told(void **state)
{
	struct scene *s = *state;
	assert_false(read(s, "").sound);
	assert_false(read(s, "s2\t2026-01-01\tconfirmed\t岡委員\n").sound);
	assert_int_equal(read(s, "# giji ledger 2\ns2\t2026-01-01\tconfirmed\t岡委員\n").count, 0);
	assert_int_equal(diag_count(&s->diags), 3);
}

static void it_lies_beside_its_record(void **state)
{
	struct scene *s = *state;
	assert_true(str_eq(ledger_path(STR("content/ict/5.en.md"), &s->arena), STR("content/ict/5.en.ledger")));
}

static void anchors_are_a_letter_and_numbers(void **state)
{
	(void)state;
	assert_true(anchor_is(STR("s4")) && anchor_is(STR("s4-5")) && anchor_is(STR("i1-2-13")) && anchor_is(STR("c1")));
	assert_false(anchor_is(STR("s")) || anchor_is(STR("4")) || anchor_is(STR("s-4")) || anchor_is(STR("s4-")) ||
		anchor_is(STR("s4_5")) || anchor_is(STR("s0")) || anchor_is(STR("")) || anchor_is(STR("s99999999999")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_written_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(no_ledger_is_no_fault, setup, teardown),
		cmocka_unit_test_setup_teardown(a_damaged_line_is_told_and_the_others_are_read, setup, teardown),
		cmocka_unit_test_setup_teardown(a_damaged_head_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(it_lies_beside_its_record, setup, teardown),
		cmocka_unit_test(anchors_are_a_letter_and_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
