#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct diag_levels levels;

static int reset_levels(void **state)
{
	(void)state;
	diag_levels_init(&levels);
	return 0;
}

static bool set(const char *argument)
{
	const char *why = NULL;
	bool done = diag_levels_set(&levels, str_c(argument), &why);
	assert_true(done == (why == NULL));
	return done;
}

static void add(struct diags *ds, enum diag_code code, const char *path, size_t line, const char *words)
{
	assert_false(diag_add(ds, code, loc_at(str_c(path), line, 1), STR_NONE, "%s", words));
}

static void a_finding_is_recorded_whole_and_copied(void **state)
{
	struct diags ds;
	char path[] = "content/5.md", words[] = "清源";
	(void)state;
	diags_init(&ds, &levels);
	struct loc loc = { .path = str_c(path), .line = 96, .column = 2, .width = 2 };
	assert_false(diag_add(
		&ds, SPEAKER_UNDECLARED, loc, diag_did_you_mean(&ds, STR("清原")), "「%s」 is unknown", words));
	path[0] = words[0] = 'X';
	assert_int_equal(diag_count(&ds), 1);
	const struct finding *f = diag_at(&ds, 0);
	assert_int_equal(f->code, SPEAKER_UNDECLARED);
	assert_int_equal(f->level, DIAG_ERROR);
	assert_true(str_eq(f->loc.path, STR("content/5.md")));
	assert_true(f->loc.line == 96 && f->loc.column == 2 && f->loc.width == 2);
	assert_true(str_eq(f->message, STR("「清源」 is unknown")));
	assert_true(str_eq(f->help, STR("did you mean 「清原」?")));
	assert_true(ds.errors == 1 && ds.warnings == 0 && !ds.fatal);
	diags_release(&ds);
}

static void without_a_near_word_there_is_no_help(void **state)
{
	struct diags ds;
	(void)state;
	diags_init(&ds, &levels);
	assert_null(diag_did_you_mean(&ds, STR_NONE).p);
	diags_release(&ds);
}

static void levels_decide_what_is_counted(void **state)
{
	struct diags ds;
	(void)state;
	assert_true(set("link-broken=warning"));
	assert_true(set("topic-unknown=off"));
	assert_true(set("fact-missing=error"));
	diags_init(&ds, &levels);
	add(&ds, LINK_BROKEN, "a", 1, "a warning now");
	add(&ds, TOPIC_UNKNOWN, "a", 1, "off now");
	add(&ds, FACT_MISSING, "a", 1, "an error now");
	add(&ds, MACHINE, "a", 0, "fatal always");
	assert_int_equal(diag_count(&ds), 3);
	assert_true(ds.errors == 2 && ds.warnings == 1 && ds.fatal);
	diags_release(&ds);
}

static void codes_that_protect_secrets_cannot_be_lowered(void **state)
{
	(void)state;
	assert_false(set("closed-leak=warning"));
	assert_false(set("closed-reason=off"));
	assert_false(set("address-collision=off"));
	assert_false(set("encoding=warning"));
	assert_false(set("machine=error"));
	assert_true(set("closed-leak=error"));
	assert_true(set("all=off"));
	assert_int_equal(levels.of[CLOSED_LEAK], DIAG_ERROR);
	assert_int_equal(levels.of[MACHINE], DIAG_FATAL);
	assert_int_equal(levels.of[LINK_BROKEN], DIAG_OFF);
	assert_true(set("all=error"));
	assert_int_equal(levels.of[TOPIC_UNKNOWN], DIAG_ERROR);
	assert_int_equal(levels.of[MACHINE], DIAG_FATAL);
}

static void arguments_of_another_form_are_refused_and_change_nothing(void **state)
{
	static const char *const wrong[] = { "", "=", "all", "all=", "=error", "all=fatal", "link-broken",
		"link-broken=", "link-broken=Error", "link_broken=off", "LINK_BROKEN=off", "link-broken=off ",
		"link-broken=off=off" };
	struct diag_levels before = levels;
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(set(wrong[i]));
	assert_memory_equal(&before, &levels, sizeof levels);
}

static void every_code_is_found_by_its_name_and_says_what_it_means(void **state)
{
	(void)state;
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
		enum diag_code code = DIAG_CODE_COUNT;
		struct str name = diag_code_name((enum diag_code)i);
		assert_true(diag_code_named(name, &code));
		assert_int_equal(code, i);
		assert_true(diag_code_meaning(code)[0] != '\0');
		if (i > 0)
			assert_true(str_cmp(diag_code_name((enum diag_code)(i - 1)), name) < 0);
	}
	enum diag_code code;
	assert_false(diag_code_named(STR("link-brokem"), &code));
	assert_false(diag_code_named(STR_NONE, &code));
}

static void merging_keeps_the_order_of_jobs(void **state)
{
	struct diags all, job;
	(void)state;
	diags_init(&all, &levels);
	add(&all, LINK_BROKEN, "b", 9, "first");
	diags_init(&job, &levels);
	add(&job, TOPIC_UNKNOWN, "a", 1, "second");
	add(&job, MACHINE, "a", 2, "third");
	diags_merge(&all, &job);
	assert_int_equal(diag_count(&all), 3);
	assert_true(str_eq(diag_at(&all, 1)->message, STR("second")));
	assert_true(str_eq(diag_at(&all, 2)->loc.path, STR("a")));
	assert_true(all.errors == 2 && all.warnings == 1 && all.fatal);
	diags_release(&all);
}

static void sorting_is_by_place_and_drops_repetitions(void **state)
{
	struct diags ds;
	(void)state;
	diags_init(&ds, &levels);
	add(&ds, LINK_BROKEN, "b", 2, "x");
	add(&ds, TOPIC_UNKNOWN, "b", 2, "x");
	add(&ds, LINK_BROKEN, "b", 0, "x");
	add(&ds, LINK_BROKEN, "b", 2, "x");
	add(&ds, LINK_BROKEN, "b", 2, "w");
	add(&ds, LINK_BROKEN, "a", 10, "x");
	diags_sort(&ds);
	assert_int_equal(diag_count(&ds), 5);
	assert_true(str_eq(diag_at(&ds, 0)->loc.path, STR("a")));
	assert_int_equal(diag_at(&ds, 1)->loc.line, 0);
	assert_true(str_eq(diag_at(&ds, 2)->message, STR("w")));
	assert_int_equal(diag_at(&ds, 4)->code, TOPIC_UNKNOWN);
	assert_true(ds.errors == 4 && ds.warnings == 1);
	diags_release(&ds);
}

static void sorting_nothing_is_no_trouble(void **state)
{
	struct diags ds;
	(void)state;
	diags_init(&ds, &levels);
	diags_sort(&ds);
	assert_int_equal(diag_count(&ds), 0);
	diags_release(&ds);
}

static void a_flood_is_counted_but_what_is_fatal_is_kept(void **state)
{
	struct diags ds;
	(void)state;
	diags_init(&ds, &levels);
	for (size_t i = 1; i <= DIAG_MOST; i++)
		add(&ds, LINK_BROKEN, "a", i, "x");
	assert_false(ds.flooded);
	add(&ds, LINK_BROKEN, "a", DIAG_MOST + 1, "x");
	assert_true(ds.flooded);
	add(&ds, MACHINE, "a", 0, "disk full");
	assert_int_equal(diag_count(&ds), DIAG_MOST + 1);
	diags_sort(&ds);
	assert_int_equal(ds.errors, DIAG_MOST + 2);
	assert_true(ds.fatal);
	diags_release(&ds);
}

static void the_count_of_a_flood_survives_sorting_and_more_findings(void **state)
{
	struct diags ds;
	(void)state;
	diags_init(&ds, &levels);
	for (size_t i = 0; i < DIAG_MOST + 500; i++)
		add(&ds, LINK_BROKEN, "a", 1, "the same each time");
	diags_sort(&ds);
	assert_int_equal(diag_count(&ds), 1);
	add(&ds, LINK_BROKEN, "a", 2, "one more");
	diags_sort(&ds);
	assert_true(ds.flooded);
	assert_int_equal(ds.errors, DIAG_MOST + 501);
	diags_release(&ds);
}

static void the_place_of_a_byte_counts_lines_and_characters(void **state)
{
	struct str text = STR("一行目\nab二\n");
	struct loc loc = loc_of_byte(STR("a.md"), text, 12);
	(void)state;
	assert_int_equal(loc.line, 2);
	assert_int_equal(loc.column, 3);
	loc = loc_of_byte(STR("a.md"), text, 9);
	assert_int_equal(loc.line, 1);
	assert_int_equal(loc.column, 4);
	loc = loc_of_byte(STR("a.md"), text, 1000);
	assert_int_equal(loc.line, 3);
	assert_int_equal(loc.column, 1);
	loc = loc_of_byte(STR("a.md"), STR_NONE, 0);
	assert_int_equal(loc.line, 1);
}

static void many_jobs_together_flood_too(void **state)
{
	struct diags all, job;
	(void)state;
	diags_init(&all, &levels);
	for (size_t n = 0; n < 3; n++) {
		diags_init(&job, &levels);
		for (size_t i = 1; i <= 600; i++)
			add(&job, LINK_BROKEN, "a", n * 1000 + i, "x");
		if (n == 2)
			add(&job, MACHINE, "a", 0, "disk full");
		diags_merge(&all, &job);
	}
	assert_int_equal(diag_count(&all), DIAG_MOST + 1);
	assert_true(all.flooded && all.fatal);
	assert_int_equal(all.errors, 1801);
	diags_release(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_finding_is_recorded_whole_and_copied, reset_levels),
		cmocka_unit_test_setup(without_a_near_word_there_is_no_help, reset_levels),
		cmocka_unit_test_setup(levels_decide_what_is_counted, reset_levels),
		cmocka_unit_test_setup(codes_that_protect_secrets_cannot_be_lowered, reset_levels),
		cmocka_unit_test_setup(arguments_of_another_form_are_refused_and_change_nothing, reset_levels),
		cmocka_unit_test_setup(every_code_is_found_by_its_name_and_says_what_it_means, reset_levels),
		cmocka_unit_test_setup(merging_keeps_the_order_of_jobs, reset_levels),
		cmocka_unit_test_setup(sorting_is_by_place_and_drops_repetitions, reset_levels),
		cmocka_unit_test_setup(sorting_nothing_is_no_trouble, reset_levels),
		cmocka_unit_test_setup(a_flood_is_counted_but_what_is_fatal_is_kept, reset_levels),
		cmocka_unit_test_setup(the_count_of_a_flood_survives_sorting_and_more_findings, reset_levels),
		cmocka_unit_test(the_place_of_a_byte_counts_lines_and_characters),
		cmocka_unit_test_setup(many_jobs_together_flood_too, reset_levels),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
