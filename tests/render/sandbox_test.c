#include "bench.h"

#include <time.h>

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void nothing_reaches_outside(void **state)
{
	struct bench *b = *state;
	const char *names[] = { "pcall", "xpcall", "load", "loadstring", "loadfile", "dofile", "require", "coroutine",
		"os", "io", "debug", "package", "print", "rawset", "rawget", "rawequal", "rawlen", "getmetatable",
		"setmetatable", "collectgarbage", "next", "assert", "_G", "warn", NULL };
	char source[100];
	for (size_t i = 0; names[i]; i++) {
		snprintf(source, sizeof source, "{{ %s? }}", names[i]);
		if (names[i][0] == '_')
			assert_refused(b, source, 1, 4, "names beginning with _");
		else
			assert_fails(b, source, 1, 4, "unknown name");
	}
	const char *members[] = { "string.dump", "('x').dump", "string.pack", "math.random", "math.randomseed",
		"table.sort", "table.move", "utf8.charpattern", "math.nosuch", "('x').nosuch", NULL };
	for (size_t i = 0; members[i]; i++) {
		snprintf(source, sizeof source, "{{ %s? }}", members[i]);
		assert_fails(b, source, 1, 4, "unknown name");
	}
	assert_fails(b, "{{ ('x'):rep(400):find('.-.-.-.-b') or ('a'):gsub('a', 'b') }}", 1, 4,
		"patterns are not available");
	assert_fails(b, "{{ string.format('%d', 1) }}", 1, 4, "format is not available");
	assert_prints(b, "{{ ('a'):rep(400):find('.-.-.-.-b') == nil and 'harmless' }}", "harmless");
}

static void nothing_can_be_written_but_locals(void **state)
{
	struct bench *b = *state;
	assert_fails(b, "{{ table.insert(math, 5)? }}", 1, 4, "functions of Lua cannot be replaced");
	assert_fails(b, "{{ table.insert(string, 'x')? }}", 1, 4, "functions of Lua cannot be replaced");
	assert_fails(b, "{{ table.insert(page, 'x')? }}", 1, 4, "table expected, got page");
	assert_fails(b, "{{ table.insert(page.rows, 1)? }}", 1, 4, "the site's data cannot be changed");
	assert_prints(b,
		"{{ #math }}{{ type(page) }}{{ tostring(page) }}{{ tostring(upper) }}{{ tostring({}) }}{{ "
		"tostring(page.rows) }}{{ tostring(nil) }}{{ tostring(true) }}",
		"0userdatapagefunctiontablelistniltrue");
	assert_refused(b, "{% set each = 1 %}", 1, 7, "attempt to assign to const variable 'each'");
}

static void functions_of_text_count_characters(void **state)
{
	struct bench *b = *state;
	assert_prints(b,
		"{{ len('座長x') }} {{ sub('座長x', 2) }} {{ sub('座長x', -2, -2) }} {{ sub('座長', 0, 99) }}[{{ "
		"sub('座長', 3) }}]",
		"3 長x 長 座長[]");
	assert_prints(b,
		"{{ find('座長x', 'x') }} {{ find('a', 'b') == nil and 'no' }} {{ replace('a.b.c', '.', '座') }} {{ "
		"replace('a', '', 'b') }}",
		"3 no a座b座c a");
	assert_prints(b,
		"{{ concat(split('a,b,,c', ','), ';') }} {{ #split('', ',') }} {{ upper('aä') }} {{ lower('AÄ') }} {{ "
		"trim('　 x ') }}",
		"a;b;;c 1 Aä aÄ x");
	assert_prints(b,
		"{{ starts('abc', 'ab') and ends('abc', 'bc') and 'y' }} {{ rep('ab', 2, '-') }} {{ ('x'):rep(0) }}{{ "
		"('x'):rep(-1) }}{{ (''):rep(10000000000) }}",
		"y ab-ab ");
	assert_prints(b,
		"{{ utf8.char(0x5ea7, 65) }} {{ utf8.codepoint('座') }} {{ utf8.len('座長') }} {{ tonumber('0x10') }}",
		"座A 24231 2 16");
	assert_prints(b, "{{ table.concat({ 1, 'b', 2.5 }) }} {{ math.max(table.unpack({ 7, 8 })) }}", "1b2.5 8");
}

static void wrong_arguments_are_told(void **state)
{
	struct bench *b = *state;
	assert_fails(b, "{{ upper(nil) }}", 1, 4, "a text is needed here; this is nil");
	assert_fails(b, "{{ sub('x', 'y') }}", 1, 4, "a whole number is needed here; this is string");
	assert_fails(b, "{{ split('x', '') }}", 1, 4, "cannot be split at nothing");
	assert_fails(b, "{{ concat({ 'a', {} }) }}", 1, 4, "element 2 is table");
	assert_fails(b, "{{ utf8.char(1) }}", 1, 4, "no character of a page");
	assert_fails(b, "{{ utf8.char(0xd800) }}", 1, 4, "no character of a page");
	assert_fails(b, "{{ utf8.char(-5) }}", 1, 4, "no character of a page");
	assert_fails(b, "{{ table.unpack({}, 1, 1e8) }}", 1, 4, "200 values at most");
	assert_fails(
		b, "{{ table.unpack({}, -9223372036854775807, 9223372036854775807) }}", 1, 4, "200 values at most");
	assert_fails(b, "{{ concat(sort({ 1, {} })) }}", 1, 4, "sort takes a list of numbers or texts");
	assert_fails(b, "{% for k in pairs({ [true] = 1 }) %}{% end %}", 1, 13, "keys are numbers or texts");
	assert_fails(b, "{{ '10' + 1 }}", 1, 4, "arithmetic on a string");
	assert_fails(b, "{{ error(('座'):rep(1000)) }}", 1, 4, "座座座");
}

static void pairs_and_sort_are_in_order(void **state)
{
	struct bench *b = *state;
	assert_prints(b,
		"{% for k, v in pairs({ z = 1, [10] = 2, a = 3, [2] = 4, ['ä'] = 5, [1.5] = 6 }) %}{{ k }}={{ v }} {% "
		"end %}",
		"1.5=6 2=4 10=2 a=3 z=1 ä=5 ");
	assert_prints(b, "{{ concat(sort({ 'b', 3, 'a', 2, 'ab', 10, 2.5 }), ' ') }}", "2 2.5 3 10 a ab b");
	assert_prints(
		b, "{% local t = { 3, 1, 2 } %}{% local s = sort(t) %}{{ concat(t) }} {{ concat(s) }}", "312 123");
	assert_prints(b, "{{ #sort({}) }}{% for k in pairs({}) %}x{% end %}", "0");
	assert_prints(b,
		"{% local t = {} %}{% for i = 1, 1000 %}{{ table.insert(t, i * 7919 % 1000)? }}{% end %}{% local s = "
		"sort(t) %}"
		"{% local good = true %}{% for i = 2, #s %}{% if s[i - 1] > s[i] %}{% set good = false %}{% end %}{% "
		"end %}{{ #s }}{{ good and 'y' }}",
		"1000y");
}

struct bomb {
	const char *source, *words;
};

static void what_does_not_end_is_ended(void **state)
{
	struct bench *b = *state;
	static const struct bomb bombs[] = {
		{ "{% while true do %}{% end %}", "million steps" },
		{ "{{ ('x'):rep(1e10) }}", "a text of more than 4 MiB" },
		{ "{{ ('x'):rep(4e6):rep(2) }}", "a text of more than 4 MiB" },
		{ "{% local s = 'x' %}{% while true %}{% set s = s .. s %}{% end %}", "a text of more than 4 MiB" },
		{ "{% local s = 'x' %}{% while true %}{% set s = s .. s .. s .. s .. s .. s .. s .. s %}{% end %}",
			"a text of more than 4 MiB" },
		{ "{% local t = {} %}{% local i = 0 %}{% while true %}{% set i = i + 1 %}{{ table.insert(t, { i })? "
		  "}}{% end %}",
			NULL },
		{ "{% local t = {} %}{% local i = 0 %}{% while true %}{% set i = i + 1 %}{{ table.insert(t, "
		  "('x'):rep(1e6) .. i)? }}{% end %}",
			"MiB of memory" },
		{ "{% local s = ('x'):rep(4e6) %}{% while true %}{{ s }}{% end %}", "longer than 256 MiB" },
		{ "{% local s = ('&'):rep(4e6) %}{% while true %}<p title=\"{{ s }}\">{{ s }}</p>{% end %}",
			"longer than 256 MiB" },
		{ "{% while true %}x{% end %}", NULL },
		{ "{% for i = 1, 1e12 %}{% end %}", "million steps" },
		{ "{% for i = 1, 1e12 %}{% block main %}{% end %}{% end %}", "million steps" },
		{ "{% local a = 1 %}{% while a + a + a + a + a + a + a + a + a + a + a + a + a > 0 %}{% end %}",
			"million steps" },
		{ "{% local t = { {} } %}{% for i = 1, 12 %}{% set t = { t, t, t, t, t, t, t, t, t, t, t, t } %}{% end "
		  "%}<script type=\"application/json\">{{ t }}</script>",
			"million steps" },
		{ "{% local s = ('x'):rep(4e6) %}{% local t = {} %}{% for i = 1, 1000 %}{{ table.insert(t, s)? }}{% "
		  "end %}<script type=\"application/json\">{{ t }}</script>",
			"longer than 256 MiB" },
		{ "{% local t = {} %}{{ table.insert(t, t)? }}<script type=\"application/json\">{{ t }}</script>",
			"data is nested too deeply" },
		{ "{% local t = {} %}{% while true %}{{ table.insert(t, 1, 1)? }}{% end %}", "million steps" },
		{ "{% local s = ('x'):rep(4e6) %}{% while true %}{% local x = sub(s, 1000, 1001) %}{% end %}",
			"million steps" },
		{ "{% local s = ('x'):rep(2e6) %}{% while true %}{% local x = s .. 'y' %}{% end %}", "million steps" },
		{ "{% local s = ('x'):rep(2e6) %}{% local a, b = s .. 'y', s .. 'z' %}{% while true %}{% local x = a "
		  "== b %}{% end %}",
			"million steps" },
		{ "{% local s = ('x'):rep(2e6) %}{% local t = {} %}{% for i = 1, 100000 %}{{ table.insert(t, s)? }}{% "
		  "end %}{% local u = sort(t) %}",
			"million steps" },
		{ "{% while true %}{% local x = label('remarks', { count = 2 }) %}{% end %}", "million steps" },
		{ "{% local h = page.words %}{% while true %}{% set h = h .. h %}{% end %}",
			"a text of more than 4 MiB" },
		{ "{% local s = ('ab'):rep(1e6) %}{{ replace(s, 'a', s) }}", "a text of more than 4 MiB" },
		{ "{% local t = {} %}{% for i = 1, 5000 %}{{ table.insert(t, ('x'):rep(1000))? }}{% end %}{{ concat(t) "
		  "}}",
			"a text of more than 4 MiB" },
		{ "{% while true %}{% for x in pairs({ 1, 2, 3 }) %}{% end %}{% end %}", "million steps" },
	};
	bench_put(b, "fine", "fine");
	for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
		double start = seconds();
		bench_put(b, "home", bombs[i].source);
		bench_stop(b);
		b->site.page_count = 2;
		b->pages[1].layout = STR("fine");
		assert_false(bench_render(b, 0));
		double took = seconds() - start;
		assert_int_equal(diag_count(&b->diags), 1);
		assert_true(diag_at(&b->diags, 0)->loc.line == 1);
		if (bombs[i].words && str_find(diag_at(&b->diags, 0)->message, str_c(bombs[i].words), 0) == SIZE_MAX) {
			bench_print(b);
			fail();
		}
		bench_clear(b);
		/* seconds of processor time; an ordinary machine takes a fifth of this, under sanitizers */
		assert_true(took < 20);
		assert_true(bench_render(b, 1) && bench_same(b, "fine"));
	}
}

static void a_page_that_needs_much_is_not_refused(void **state)
{
	struct bench *b = *state;
	assert_prints(
		b, "{% local n = 0 %}{% for i = 1, 5000000 %}{% set n = n + i %}{% end %}{{ n }}", "12500002500000");
	assert_prints(b,
		"{% for i = 1, 200000 %}{% local t = { i, { i } } %}{% end %}{% local s = ('x'):rep(4000000) %}{{ "
		"len(s) }}",
		"4000000");
	assert_prints(b,
		"{% local t = {} %}{% for i = 1, 200000 %}{{ table.insert(t, i)? }}{% end %}{% while #t > 0 %}{% local "
		"x = table.remove(t) %}{% end %}{{ #t }}",
		"0");
}

static void a_cap_is_remembered_but_the_next_page_is_right(void **state)
{
	struct bench *b = *state;
	bench_put(b, "other", "{{ page.count }}");
	b->site.page_count = 2;
	b->pages[1].layout = STR("other");
	assert_fails(b, "{{ nil }}", 1, 1, "this value is nil");
	assert_false(renderer_exhausted(b->renderer));
	assert_true(bench_render(b, 1) && bench_same(b, "3"));
	assert_false(bench_run(
		b, "{% local t = {} %}{% while true %}{{ table.insert(t, ('x'):rep(1000) .. #t)? }}{% end %}"));
	assert_true(str_find(diag_at(&b->diags, 0)->message, STR("MiB of memory"), 0) != SIZE_MAX);
	bench_clear(b);
	assert_true(renderer_exhausted(b->renderer));
	assert_true(bench_render(b, 1) && bench_same(b, "3"));
	assert_false(bench_render(b, 0));
	assert_true(bench_render(b, 1) && bench_same(b, "3"));
	bench_clear(b);
}

static void includes_that_fan_out_are_ended(void **state)
{
	struct bench *b = *state;
	static const char *const names[] = { "home", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", NULL };
	for (size_t i = 0; names[i]; i++) {
		char source[1000] = "x";
		for (int k = 0; k < 16 && names[i + 1]; k++)
			snprintf(source + 17 * k, 18, "{%% include \"%s\" %%}", names[i + 1]);
		bench_put(b, names[i], source);
	}
	bench_stop(b);
	assert_false(bench_render(b, 0));
	assert_true(str_find(diag_at(&b->diags, 0)->message, STR("million steps"), 0) != SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(nothing_reaches_outside),
		BENCH_TEST(nothing_can_be_written_but_locals),
		BENCH_TEST(functions_of_text_count_characters),
		BENCH_TEST(wrong_arguments_are_told),
		BENCH_TEST(pairs_and_sort_are_in_order),
		BENCH_TEST(what_does_not_end_is_ended),
		BENCH_TEST(includes_that_fan_out_are_ended),
		BENCH_TEST(a_page_that_needs_much_is_not_refused),
		BENCH_TEST(a_cap_is_remembered_but_the_next_page_is_right),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
