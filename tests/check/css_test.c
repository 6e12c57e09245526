/* css: what a style sheet says of colours. */
#include "check/css.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The colour of `.x` in both schemes, as "#rrggbb #rrggbb", "-" for none. */
static const char *colors(const char *text)
{
	static char out[32];
	struct css css;
	size_t n = 0;
	css_read(&css, str_c(text));
	for (enum scheme scheme = SCHEME_LIGHT; scheme < SCHEMES; scheme++) {
		struct css_color c;
		bool found = false;
		for (size_t i = 0; i < VEC_COUNT(&css.rules, struct css_rule); i++) {
			const struct css_rule *r = &VEC_AT(&css.rules, struct css_rule)[i];
			if (str_eq(r->selector, STR(".x")) && r->applies[scheme])
				found = css_color_of(&css, r->text, scheme, &c) || found;
		}
		n += (size_t)(found ? snprintf(out + n, sizeof out - n, "#%02x%02x%02x ", c.red, c.green, c.blue)
				    : snprintf(out + n, sizeof out - n, "- "));
	}
	out[n - 1] = '\0';
	css_release(&css);
	return out;
}

static void colours_are_read_in_the_ways_they_are_written(void **state)
{
	(void)state;
	assert_string_equal(colors(".x { color: #abc }"), "#aabbcc #aabbcc");
	assert_string_equal(colors(".x{color:#A0B0c0}"), "#a0b0c0 #a0b0c0");
	assert_string_equal(colors(".x { color: rgb(1, 2, 3); }"), "#010203 #010203");
	assert_string_equal(colors(".x { color: rgb(1 2 3) !important; }"), "#010203 #010203");
	assert_string_equal(colors(".x { color: white }"), "#ffffff #ffffff");
	assert_string_equal(colors(".x { color: light-dark(#111, #222) }"), "#111111 #222222");
}

static void what_is_no_plain_colour_is_none(void **state)
{
	(void)state;
	assert_string_equal(colors(".x { color: inherit }"), "- -");
	assert_string_equal(colors(".x { color: #11223344 }"), "- -");
	assert_string_equal(colors(".x { color: #12 }"), "- -");
	assert_string_equal(colors(".x { color: rgb(1, 2, 300) }"), "- -");
	assert_string_equal(colors(".x { color: color-mix(in srgb, #000, #fff) }"), "- -");
	assert_string_equal(colors(".x { color: var(--nowhere) }"), "- -");
	assert_string_equal(colors(":root { --a: var(--b); --b: var(--a) } .x { color: var(--a) }"), "- -");
}

static void a_property_has_the_value_of_the_scheme(void **state)
{
	(void)state;
	assert_string_equal(colors(":root { --a: #111 } .x { color: var(--a) }"), "#111111 #111111");
	assert_string_equal(colors(".x { color: var(--a, #222) }"), "#222222 #222222");
	assert_string_equal(colors(".x { color: var(--a) } :root { --a: #111; }"
				   "@media (prefers-color-scheme: dark) { :root { --a: #eee; } }"),
		"#111111 #eeeeee");
	assert_string_equal(colors(":root { --a: var(--b); --b: #333 } .x { color: var(--a) }"), "#333333 #333333");
	assert_string_equal(colors(".y { --a: #111 } .x { color: var(--a, #444) }"), "#444444 #444444");
}

static void other_media_do_not_count(void **state)
{
	(void)state;
	assert_string_equal(colors("@media print { .x { color: #111 } }"), "- -");
	assert_string_equal(colors("@media (forced-colors: active) { .x { color: #111 } }"), "- -");
	assert_string_equal(colors("@media (min-width: 40em) { .x { color: #111 } }"), "#111111 #111111");
	assert_string_equal(colors("@media (prefers-color-scheme: light) { .x { color: #111 } }"), "#111111 -");
	assert_string_equal(
		colors("@supports (color: red) { @media (prefers-color-scheme: dark) { .x { color: #111 } } }"),
		"- #111111");
	assert_string_equal(colors("@font-face { color: #111 } @keyframes x { from { color: #111 } }"), "- -");
}

static void comments_quotes_and_brackets_are_no_style(void **state)
{
	(void)state;
	assert_string_equal(colors("/* .x { color: #111 } */"), "- -");
	assert_string_equal(colors(".y::before { content: \"} .x { color: #111 }\" }"), "- -");
	assert_string_equal(colors(".y { background: url(a;b{c) } .x { color: #111 }"), "#111111 #111111");
	assert_string_equal(colors(".y, .x, .z { color: #111 }"), "#111111 #111111");
	assert_string_equal(colors(":is(.y, .x) { color: #111 }"), "- -");
	assert_string_equal(colors(".x { .y { color: #222 } color: #111 }"), "#111111 #111111");
}

static void broken_sheets_are_read_to_their_end(void **state)
{
	(void)state;
	static const char *const sheets[] = { "", "{", "}", ".x", ".x {", ".x { color", ".x { color:", ".x { color: #",
		".x { color: var(", "@media", "@media {", "/*", "/* *", "\"", ".x { color: rgb( }", "}}}} .y { ; : }",
		".x { color: var(--a", "\\", "@media print { { { {" };
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		assert_string_equal(colors(sheets[i]), "- -");
}

static void properties_that_name_each_other_again_and_again_take_no_time(void **state)
{
	struct buf sheet = { 0 };
	(void)state;
	buf_put(&sheet, STR(":root {"));
	for (int i = 0; i < 60; i++) {
		buf_format(&sheet, "--a%d:", i);
		for (int k = 0; k < 10; k++)
			buf_format(&sheet, " var(--a%d)", i + 1);
		buf_byte(&sheet, ';');
	}
	buf_format(&sheet, "} .x { color: var(--a0) }");
	buf_byte(&sheet, '\0');
	assert_string_equal(colors(sheet.p), "- -");
	buf_release(&sheet);
}

static void contrast_is_that_of_the_standard(void **state)
{
	struct css_color black = { 0, 0, 0 }, white = { 255, 255, 255 }, gray = { 0x76, 0x76, 0x76 },
			 lighter = { 0x77, 0x77, 0x77 };
	(void)state;
	assert_true(css_contrast(black, white) > 20.99 && css_contrast(white, black) < 21.01);
	assert_true(css_contrast(white, white) == 1);
	/* The lightest gray on white that passes. */
	assert_true(css_contrast(gray, white) >= 4.5);
	assert_true(css_contrast(white, lighter) < 4.5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_read_in_the_ways_they_are_written),
		cmocka_unit_test(what_is_no_plain_colour_is_none),
		cmocka_unit_test(a_property_has_the_value_of_the_scheme),
		cmocka_unit_test(other_media_do_not_count),
		cmocka_unit_test(comments_quotes_and_brackets_are_no_style),
		cmocka_unit_test(broken_sheets_are_read_to_their_end),
		cmocka_unit_test(properties_that_name_each_other_again_and_again_take_no_time),
		cmocka_unit_test(contrast_is_that_of_the_standard),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
