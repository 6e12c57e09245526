#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void many_keys_are_found_and_keep_their_order(void **state)
{
	struct map m = { 0 };
	struct arena a;
	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < 10000; i++)
		assert_true(map_add(&m, arena_format(&a, "発言者 %zu", i * 7919), i));
	assert_int_equal(m.count, 10000);
	for (size_t i = 0; i < 10000; i++) {
		size_t value = SIZE_MAX;
		struct str key = arena_format(&a, "発言者 %zu", i * 7919);
		assert_true(map_get(&m, key, &value));
		assert_int_equal(value, i);
		assert_true(str_eq(m.entries[i].key, key));
		assert_false(map_get(&m, arena_format(&a, "発言者 %zu ", i), NULL));
	}
	map_release(&m);
	arena_release(&a);
}

static void adding_again_changes_nothing_but_putting_does(void **state)
{
	struct map m = { 0 };
	size_t value;
	(void)state;
	assert_true(map_add(&m, STR("oka"), 1));
	assert_false(map_add(&m, STR("oka"), 2));
	assert_true(map_get(&m, STR("oka"), &value));
	assert_int_equal(value, 1);
	map_put(&m, STR("oka"), 3);
	map_put(&m, STR("hara"), 4);
	assert_true(map_get(&m, STR("oka"), &value));
	assert_int_equal(value, 3);
	assert_int_equal(m.count, 2);
	map_release(&m);
}

static void an_empty_map_has_nothing(void **state)
{
	struct map m = { 0 };
	(void)state;
	assert_false(map_get(&m, STR("oka"), NULL));
	assert_true(str_empty(map_nearest(&m, STR("oka"))));
	map_release(&m);
	map_release(&m);
}

static void the_empty_key_and_keys_with_nul_are_keys(void **state)
{
	struct map m = { 0 };
	size_t value;
	(void)state;
	assert_true(map_add(&m, STR_NONE, 1));
	assert_false(map_add(&m, STR(""), 2));
	assert_true(map_add(&m, STR("a\0b"), 3));
	assert_true(map_add(&m, STR("a\0c"), 4));
	assert_true(map_get(&m, STR("a\0b"), &value));
	assert_int_equal(value, 3);
	assert_false(map_get(&m, STR("a"), NULL));
	map_release(&m);
}

static void the_nearest_key_is_the_one_with_fewest_edits(void **state)
{
	struct map m = { 0 };
	(void)state;
	map_put(&m, STR("清原副座長"), 0);
	map_put(&m, STR("清原構成員"), 1);
	map_put(&m, STR("清源構成貝"), 2);
	assert_true(str_eq(map_nearest(&m, STR("清源構成員")), STR("清原構成員"))); /* the first of two at one edit */
	assert_true(str_eq(map_nearest(&m, STR("清原副座")), STR("清原副座長")));
	assert_true(str_empty(map_nearest(&m, STR("事務局"))));
	map_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_keys_are_found_and_keep_their_order),
		cmocka_unit_test(adding_again_changes_nothing_but_putting_does),
		cmocka_unit_test(an_empty_map_has_nothing),
		cmocka_unit_test(the_empty_key_and_keys_with_nul_are_keys),
		cmocka_unit_test(the_nearest_key_is_the_one_with_fewest_edits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
