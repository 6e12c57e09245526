#include "base/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* As msgfmt writes it: a header, two tables of lengths and places, texts with their NULs. */
static struct str compiled(char *room)
{
	static const char *const texts[] = { "", "one", "two", "Content-Type: text/plain", "一", "二" };
	const uint32_t header[] = { 0x950412de, 0, 3, 28, 52, 0, 76 };
	memcpy(room, header, sizeof header);
	uint32_t at = 76;
	for (size_t i = 0; i < 6; i++) {
		uint32_t pair[] = { (uint32_t)strlen(texts[i]), at };
		memcpy(room + 28 + i * 8, pair, sizeof pair);
		memcpy(room + at, texts[i], pair[0] + 1);
		at += pair[0] + 1;
	}
	return str_n(room, at);
}

static void words_are_said_in_the_language_of_the_catalogue(void **state)
{
	(void)state;
	char room[200];
	assert_true(catalogue_use(compiled(room)));
	assert_string_equal(catalogue_say("one"), "一");
	assert_string_equal(catalogue_say("two"), "二");
	assert_string_equal(catalogue_say("three"), "three");
	assert_string_equal(catalogue_say("on"), "on");
	assert_string_equal(catalogue_say(""), "");
	assert_false(catalogue_use(STR_NONE));
	assert_string_equal(catalogue_say("one"), "one");
}

static void a_catalogue_that_is_cut_or_damaged_is_none(void **state)
{
	(void)state;
	char room[200];
	struct str whole = compiled(room);
	for (size_t n = 0; n < whole.n; n++) {
		char *cut = malloc(n + 1); /* so that a sanitizer sees what is read behind it */
		memcpy(cut, room, n);
		char *exact = realloc(cut, n ? n : 1);
		assert_false(catalogue_use(str_n(exact, n)));
		free(exact);
	}
	for (size_t i = 0; i < 76; i++) {
		char damaged[200];
		memcpy(damaged, room, whole.n);
		damaged[i] = (char)0xff;
		if (catalogue_use(str_n(damaged, whole.n)))
			assert_non_null(catalogue_say("one"));
	}
	assert_false(catalogue_use(STR_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_said_in_the_language_of_the_catalogue),
		cmocka_unit_test(a_catalogue_that_is_cut_or_damaged_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
