#include "text/fold.h"
#include "text/slug.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena arena;

static void assert_slug(struct str in, struct str expected)
{
	struct str got = slug(&arena, in);
	if (!str_eq(got, expected))
		fail_msg("%.*s became %.*s, not %.*s", STR_ARG(in), STR_ARG(got), STR_ARG(expected));
}

static void a_slug_keeps_letters_and_digits_of_any_script(void **state)
{
	(void)state;
	assert_slug(STR("ＩＣＴ街づくり推進会議（第５回）"), STR("ict街づくり推進会議-第5回"));
	assert_slug(STR("  Mayor Lee & co. -- 2nd!"), STR("mayor-lee-co-2nd"));
	assert_slug(STR("e\xcc\x81"
			"cole ｶﾞｽ課長"),
		STR("école-ガス課長"));
	assert_slug(STR("हिन्दी"), STR("हिन्दी"));
	assert_slug(STR("（）・/../"), STR(""));
	assert_slug(STR_NONE, STR(""));
}

static void clean_names_stand_in_an_address_as_they_are(void **state)
{
	(void)state;
	static const struct str clean[] = { STR_INIT("5"), STR_INIT("ict-machizukuri_5"), STR_INIT("5-1.en.pdf"),
		STR_INIT("資料５"), STR_INIT("がくしゅう"), STR_INIT("A") };
	static const struct str unclean[] = { STR_INIT(""), STR_INIT(".hidden"), STR_INIT("end."), STR_INIT("a b"),
		STR_INIT("a/b"), STR_INIT("か\xe3\x82\x99"), STR_INIT("a%20"), STR_INIT("第５回（案）"), STR_INIT(".."),
		STR_INIT("a\xff") };
	for (size_t i = 0; i < sizeof clean / sizeof *clean; i++)
		if (!slug_is_clean(clean[i]))
			fail_msg("%.*s is clean", STR_ARG(clean[i]));
	for (size_t i = 0; i < sizeof unclean / sizeof *unclean; i++)
		if (slug_is_clean(unclean[i]))
			fail_msg("%.*s is not clean", STR_ARG(unclean[i]));
}

static void paths_are_percent_encoded_but_for_slashes(void **state)
{
	struct buf out = { 0 };
	(void)state;
	slug_encode(&out, STR("/ict/岡 a-b_c.d~e%?#\xff/"));
	assert_true(str_eq(buf_str(&out), STR("/ict/%E5%B2%A1%20a-b_c.d~e%25%3F%23%FF/")));
	buf_release(&out);
}

static void percent_signs_are_decoded_once(void **state)
{
	(void)state;
	assert_true(str_eq(slug_decode(&arena, STR("/%E4%BC%9a%e8%ad%b0/%252e%")), STR("/会議/%2e%")));
	assert_true(str_eq(slug_decode(&arena, STR("%zz%4")), STR("%zz%4")));
}

static int set_up(void **state)
{
	(void)state;
	text_init();
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slug_keeps_letters_and_digits_of_any_script),
		cmocka_unit_test(clean_names_stand_in_an_address_as_they_are),
		cmocka_unit_test(paths_are_percent_encoded_but_for_slashes),
		cmocka_unit_test(percent_signs_are_decoded_once),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
