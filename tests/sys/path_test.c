#include "sys/file.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void references_are_joined_but_never_out_of_the_root(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	static const struct {
		const char *folder, *reference, *joined;
	} cases[] = {
		{ "a/b", "c.md", "a/b/c.md" },
		{ "a/b", "../c.md", "a/c.md" },
		{ "a/b", "../../c.md", "c.md" },
		{ "a/b", "../../../c.md", NULL },
		{ "", "../c", NULL },
		{ "", "./c//d/", "c/d" },
		{ "a", "..", "" },
		{ "a", "/etc", NULL },
		{ "a", "", "a" },
		{ "a", "b/../../../a", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str joined = fs_path_join(&a, str_c(cases[i].folder), str_c(cases[i].reference));
		assert_true(str_eq(joined, str_c(cases[i].joined)));
		assert_int_equal(joined.p == NULL, cases[i].joined == NULL);
	}
	assert_null(fs_path_join(&a, STR("a"), str_n("b\0c", 3)).p);
	arena_release(&a);
}

static void a_path_has_a_folder_and_a_name(void **state)
{
	(void)state;
	assert_true(str_eq(fs_path_folder(STR("a/b/c.md")), STR("a/b")));
	assert_true(str_eq(fs_path_folder(STR("c.md")), STR("")));
	assert_true(str_eq(fs_path_name(STR("a/b/c.md")), STR("c.md")));
	assert_true(str_eq(fs_path_name(STR("c.md")), STR("c.md")));
}

static void clean_paths_are_relative_and_without_dots(void **state)
{
	(void)state;
	static const char *const clean[] = { "a", "a/b", ".hidden", "..a/b..", "a b/議事録.md" };
	static const char *const unclean[] = { "", "/", "/a", "a/", "a//b", ".", "..", "a/.", "a/../b" };
	for (size_t i = 0; i < sizeof clean / sizeof *clean; i++)
		assert_true(fs_path_clean(str_c(clean[i])));
	for (size_t i = 0; i < sizeof unclean / sizeof *unclean; i++)
		assert_false(fs_path_clean(str_c(unclean[i])));
	assert_false(fs_path_clean(str_n("a\0b", 3)));
	assert_false(fs_path_clean(STR_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_are_joined_but_never_out_of_the_root),
		cmocka_unit_test(a_path_has_a_folder_and_a_name),
		cmocka_unit_test(clean_paths_are_relative_and_without_dots),
	};
	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
