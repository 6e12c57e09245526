#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

typedef void writer(struct buf *b, struct str s);

static void assert_written(writer *write, struct str in, struct str expected)
{
	struct buf b = { 0 };
	write(&b, in);
	if (!str_eq(buf_str(&b), expected))
		fail_msg("got %.*s, not %.*s", STR_ARG(buf_str(&b)), STR_ARG(expected));
	buf_release(&b);
}

static void a_buf_grows_and_keeps_what_it_has(void **state)
{
	struct buf b = { 0 };
	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_format(&b, "%04d", i);
	assert_int_equal(b.n, 20000);
	assert_memory_equal(b.p + 4 * 4321, "43214322", 8);
	buf_clear(&b);
	assert_true(str_empty(buf_str(&b)));
	buf_put(&b, STR_NONE);
	buf_byte(&b, '\0');
	assert_int_equal(b.n, 1);
	buf_release(&b);
	assert_null(b.p);
}

static void reserving_makes_room_for_exactly_what_was_asked(void **state)
{
	struct buf b = { 0 };
	(void)state;
	buf_reserve(&b, 1000000);
	memset(b.p, 'x', 1000000);
	b.n = 1000000;
	buf_reserve(&b, 1);
	assert_true(b.size > b.n);
	buf_release(&b);
}

static void formatting_nothing_adds_nothing(void **state)
{
	struct buf b = { 0 };
	(void)state;
	buf_format(&b, "%s", "");
	assert_int_equal(b.n, 0);
	buf_release(&b);
}

static void text_cannot_open_a_tag_or_an_entity(void **state)
{
	(void)state;
	assert_written(buf_text, STR("<b>岡 & 原</b>"), STR("&lt;b&gt;岡 &amp; 原&lt;/b&gt;"));
	assert_written(buf_text, STR("\"'"), STR("\"'"));
	assert_written(buf_text, STR("&amp;"), STR("&amp;amp;"));
	assert_written(buf_text, STR("]]>"), STR("]]&gt;"));
	assert_written(buf_text, STR_NONE, STR(""));
}

static void an_attribute_cannot_be_left_or_folded(void **state)
{
	(void)state;
	assert_written(buf_attribute, STR("\" onclick=\"<&>"), STR("&quot; onclick=&quot;&lt;&amp;&gt;"));
	assert_written(buf_attribute, STR("a\tb\nc\rd"), STR("a&#9;b&#10;c&#13;d"));
	assert_written(buf_attribute, STR("<"), STR("&lt;"));
}

static void json_strings_can_stand_inside_a_script(void **state)
{
	(void)state;
	assert_written(buf_json, STR("</script><!--&"), STR("\"\\u003c/script\\u003e\\u003c!--\\u0026\""));
	assert_written(buf_json, STR("\"\\\n\t\x01\x1f\x7f"), STR("\"\\\"\\\\\\n\\u0009\\u0001\\u001f\\u007f\""));
	assert_written(buf_json, STR("a\0b"), STR("\"a\\u0000b\""));
	assert_written(buf_json, STR("\xe2\x80\xa8|\xe2\x80\xa9"), STR("\"\\u2028|\\u2029\""));
	assert_written(buf_json, STR("議事“録”\xe2\x80"), STR("\"議事“録”\xe2\x80\""));
	assert_written(buf_json, STR("\xe2"), STR("\"\xe2\""));
	assert_written(buf_json, STR(""), STR("\"\""));
}

struct thing {
	uint64_t number;
	struct str name;
};

static void an_array_grows_zeroed_and_settles_in_an_arena(void **state)
{
	struct buf b = { 0 };
	struct arena a;
	(void)state;
	arena_init(&a);
	buf_put(&b, STR("stale bytes that an array must not show"));
	buf_clear(&b);
	for (uint64_t i = 0; i < 1000; i++) {
		struct thing *t = VEC_ADD(&b, struct thing);
		assert_true(t->number == 0 && !t->name.p);
		t->number = i;
	}
	assert_int_equal(VEC_COUNT(&b, struct thing), 1000);
	assert_int_equal(VEC_AT(&b, struct thing)[999].number, 999);
	struct thing *settled = buf_settle(&b, &a);
	assert_null(b.p);
	for (uint64_t i = 0; i < 1000; i++)
		assert_int_equal(settled[i].number, i);
	assert_non_null(buf_settle(&b, &a)); /* an empty array has a place, too */
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_buf_grows_and_keeps_what_it_has),
		cmocka_unit_test(reserving_makes_room_for_exactly_what_was_asked),
		cmocka_unit_test(formatting_nothing_adds_nothing),
		cmocka_unit_test(text_cannot_open_a_tag_or_an_entity),
		cmocka_unit_test(an_attribute_cannot_be_left_or_folded),
		cmocka_unit_test(json_strings_can_stand_inside_a_script),
		cmocka_unit_test(an_array_grows_zeroed_and_settles_in_an_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
