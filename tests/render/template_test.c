#include "bench.h"

static void text_and_expressions_are_printed_in_order(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "<p>{{ page.count }} and {{ 1 + 2 * 3 }}, {{ \"a\" .. 'b' }}</p>\n", "<p>3 and 7, ab</p>\n");
	assert_prints(b, "", "");
	assert_prints(
		b, "{{ [[x}}y]] }}{{ \"%}{{\" }}{{ #{ {1}, {2} } }}{{ ({a={b=5}}).a.b }}{{{4}?[1]}}", "x}}y%}{{254");
	assert_prints(b, "{ {x} { { } } 100% #1", "{ {x} { { } } 100% #1");
	assert_prints(b, "<p>\"quoted\\\" \t\\n'</p>", "<p>\"quoted\\\" \t\\n'</p>");
}

static void a_comment_leaves_nothing(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "a{# {{ nothing }} {% end %} ' #}b", "ab");
	assert_prints(b, "a\n  {# alone\non its lines #}  \nb", "a\nb");
	assert_prints(b, "a {#- both -#} b", "ab");
	assert_refused(b, "\n {# open", 2, 2, "this comment does not end");
}

static void a_filter_takes_the_value_as_its_first_argument(void **state)
{
	struct bench *b = *state;
	assert_prints(b,
		"{{ 'a' | upper }}{{ 'abc' | sub(2) }}{{ 'x' | rep( 2 ) | upper }}{{ {'b','a'} | sort | concat('+') }}",
		"AbcXXa+b");
	assert_prints(b, "{{ (5 | 2) }} {{ (6 & 3 | 8) }} {{ len('x') == 1 and 'y' | upper }}", "7 10 Y");
	assert_refused(b, "{{ 'a' | upper + 1 }}", 1, 10, "behind a pipe stands a filter's name");
	assert_refused(b, "{{ 'a' | upper(1)(2) }}", 1, 10, "behind a pipe stands a filter's name");
	assert_refused(b, "{{ 'a' | }}", 1, 9, "behind a pipe stands a filter's name");
	assert_refused(b, "{{ 'a' | 'b' }}", 1, 10, "behind a pipe stands a filter's name");
	assert_refused(b, "{{ 'a' | sub(2 }}", 1, 13, "this bracket is not closed");
	assert_fails(b, "{{ 'a' | uper }}", 1, 4,
		"unknown name 「uper」 (no value of that name here); did you mean 「upper」?");
}

static void a_question_mark_makes_nil_of_what_follows_nil(void **state)
{
	struct bench *b = *state;
	const char *locals = "{% local a = nil %}{% local t = { b = { c = { d = 7 } }, f = upper } %}";
	struct {
		const char *expression, *prints;
	} cases[] = {
		{ "a?.b == nil and 'nil'", "nil" },
		{ "t.b?.c.d", "7" },
		{ "t.x?.c.d == nil and 1", "1" },
		{ "t?.f('q')", "Q" },
		{ "a?.f('q')?", "" },
		{ "t?.b?.c?.d", "7" },
		{ "t?.x?.c?.d?", "" },
		{ "upper(t.x?.y or 'n')", "N" },
		{ "({ t.x?.y or 3 })[1]", "3" },
		{ "({ k = t.b?.c.d })['k']", "7" },
		{ "not a?.b and 'y'", "y" },
		{ "t?['b'].c.d", "7" },
		{ "t.f('x')?.y or 'none'", NULL },
		{ "t.x?.y .. 'z'", NULL },
		{ "'s' .. t.b?.c.d .. t?.b.c.d", "s77" },
		{ "-t.b?.c.d", "-7" },
		{ "t.x?[t.y?.z]?", "" },
		{ "t\n ?.b\n .c\n .d", "7" },
		{ "('x')?:rep(2)", "xx" },
		{ "t.b?.c.d | rep(2)", "77" },
		{ "t.f?('x')", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char source[300];
		snprintf(source, sizeof source, "%s{{ %s }}", locals, cases[i].expression);
		if (cases[i].prints)
			assert_prints(b, source, cases[i].prints);
		else
			assert_false(bench_run(b, source));
		bench_clear(b);
	}
	assert_refused(b, "{{ ?.a }}", 1, 4, "? stands behind a value");
	assert_refused(b, "{{ a ? 1 : 2 }}", 1, 6, "? stands behind a value");
	assert_fails(b, "{{ page.nothing?.x }}", 1, 1, "this value is nil; {{ … ? }} prints nothing for nil");
}

static void an_optional_print_prints_nothing_for_nil_only(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "[{{ page.nothing? }}][{{ page.count? }}][{{ page.title | len? }}][{{ 'what?' }}]",
		"[][3][16][what?]");
	assert_fails(b, "{{ page.fine? }}", 1, 1, "a value of type boolean cannot be printed");
	assert_fails(b, "{{ {}? }}", 1, 1, "a value of type table cannot be printed");
	assert_fails(b, "{{ page.rows? }}", 1, 1, "a value of type list cannot be printed");
	assert_fails(b, "{{ page.self }}", 1, 1, "a value of type page cannot be printed");
	assert_fails(b, "{{ 1/0 }}", 1, 1, "infinite");
	assert_refused(b, "{{ ? }}", 1, 4, "an expression is missing here");
	assert_refused(b, "{{}}", 1, 3, "an expression is missing here");
}

static void statements_are_luas_and_then_and_do_may_be_left_out(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "{% if 1 == 2 then %}a{% elseif page.fine then %}b{% else %}c{% end %}", "b");
	assert_prints(b, "{% if 1 == 2 %}a{% elseif not page.fine %}b{% else %}c{% end %}", "c");
	assert_prints(b, "{% for i = 1, 3 do %}{{ i }}{% end %}{% for x, i in each(page.rows) %}{{ x * i }}{% end %}",
		"123149");
	assert_prints(b, "{% for k, v in pairs({ b = 2, a = 1, [3] = 0 }) do %}{{ k }}{{ v }}{% end %}", "30a1b2");
	assert_prints(b,
		"{% local x, y = 1, 2 %}{% while x < 9 do %}{% set x, y = x + y, x %}{{ x }}{% if x > 5 %}{% break "
		"%}{% end %}{% end %}",
		"347");
	assert_prints(b, "{% local x = 1 %}{% if true %}{% local x = 2 %}{{ x }}{% end %}{{ x }}", "21");
	assert_prints(b, "{% for _, x in ipairs({ 'a' }) %}{{ x }}{% end %}", "a");
	assert_refused(b, "{% return %}", 1, 1, "a tag begins with if");
	assert_refused(b, "{% goto x %}", 1, 1, "a tag begins with if");
	assert_refused(b, "{% function f() %}{% end %}", 1, 1, "a tag begins with if");
	assert_refused(b, "{% page.x = 3 %}", 1, 1, "a tag begins with if");
	assert_refused(b, "{% local f = function() end %}", 1, 14, "functions are not available");
	assert_refused(b, "{% repeat %}", 1, 1, "a tag begins with if");
	assert_refused(b, "{% break %}", 1, 1, "break can stand in a loop only");
	assert_refused(b, "{% if true %}{% break %}{% end %}", 1, 14, "break can stand in a loop only");
	assert_refused(b, "{% for x in each(y) %}{% block a %}{% break %}{% end %}{% end %}", 1, 36,
		"break can stand in a loop only");
	assert_refused(b, "{% else %}", 1, 1, "there is no {% if");
	assert_refused(b, "{% if 1 %}{% else %}{% else %}{% end %}", 1, 21, "there is no {% if");
	assert_refused(b, "{% if 1 %}{% else if 2 %}{% end %}", 1, 11, "nothing may follow else");
	assert_refused(b, "{% for x in each(y) %}{% else %}{% end %}", 1, 23, "there is no {% if");
	assert_refused(b, "{% end %}", 1, 1, "there is nothing to end here");
	assert_refused(b, "a\n {% if 1 %}", 2, 2, "this has no {% end %}");
	assert_refused(b, "{% if 1 %}{% end if %}", 1, 11, "nothing may follow end");
	assert_refused(b, "{% for x.y in z %}{% end %}", 1, 1, "a loop is {% for");
	assert_refused(b, "{% for in z %}{% end %}", 1, 1, "a loop is {% for");
	assert_refused(b, "{% local x %}", 1, 1, "a local needs a value");
	assert_refused(b, "{% local x <close> = 1 %}", 1, 1, "a local needs a value");
	assert_refused(b, "{% set x.y = 1 %}", 1, 1, "set gives a local a new value");
	assert_fails(b, "{% set x = 1 %}", 1, 12, "「x」 is not a local here");
	assert_fails(b, "{% for x in page.rows %}{% end %}", 1, 13, "a loop runs over each(list)");
	assert_fails(b, "{% for x in each(page.nothing) %}{% end %}", 1, 13, "each() takes a list; this is nil");
}

static void a_tag_cannot_reach_outside_itself(void **state)
{
	struct bench *b = *state;
	assert_refused(b, "{% local x = 1 y = 2 %}", 1, 16, "an operator or a comma is missing before this");
	assert_refused(b, "{% local x = 1 (upper)() %}", 1, 16, "an operator or a comma is missing before this");
	assert_refused(b, "{% local x = 1 or %}text", 1, 16, "a value is missing behind this");
	assert_refused(b, "{% local x = page. %}text", 1, 18, "a value is missing behind this");
	assert_refused(b, "{% local x = not %}text", 1, 14, "a value is missing behind this");
	assert_refused(b, "{{ 1) _l(2 }}", 1, 5, "this bracket closes none");
	assert_refused(b, "{{ 1, 2 }}", 1, 5, "one expression can be printed at a time");
	assert_refused(b, "{{ a = 2 }}", 1, 6, "one expression can be printed at a time");
	assert_refused(b, "{{ 1; }}", 1, 5, "only an expression can stand here");
	assert_refused(b, "{{ ... }}", 1, 4, "only an expression can stand here");
	assert_refused(b, "{{ a -- b }}", 1, 6, "comments are {# … #}");
	assert_refused(b, "{{ _l }}", 1, 4, "names beginning with _");
	assert_refused(b, "{{ a._x }}", 1, 6, "names beginning with _");
	assert_refused(b, "{% local a, _b = 1, 2 %}", 1, 1, "names beginning with _");
	assert_refused(b, "{% for a, _b in each({}) %}{% end %}", 1, 1, "names beginning with _");
	assert_prints(b, "{% local a, _ = 1, 2 %}{{ a }}", "1");
	assert_refused(b, "{{ 0xE+_l('<b>') }}", 1, 8, "names beginning with _");
	assert_refused(b, "{% for _x in each(y) %}{% end %}", 1, 1, "names beginning with _");
	assert_refused(b, "{% local _ENV = y %}", 1, 1, "names beginning with _");
	assert_refused(b, "{{ \"\\1\" }}", 1, 4, "of escapes, a string may hold");
	assert_refused(b, "{{ '\\xff' }}", 1, 4, "of escapes, a string may hold");
	assert_refused(b, "{{ '\\u{FFFE}' }}", 1, 4, "of escapes, a string may hold");
	assert_prints(
		b, "{{ 0xE+1 }} {{ 3 .. '' }} {{ 1e1 }} {{ 0x.8p1 }} {{ '\\\\\\'\\t\"' }}", "15 3 10.0 1.0 \\'\t\"");
}

static void brackets_and_strings_decide_where_a_tag_ends(void **state)
{
	struct bench *b = *state;
	assert_refused(b, "a {{ x", 1, 3, "this tag does not end");
	assert_refused(b, "a {% if x }}", 1, 11, "this bracket closes none");
	assert_refused(b, "<p>{{ upper('x' }}</p>\ndon't", 1, 12, "this bracket is not closed");
	assert_refused(b, "{{ {1, 2 }}", 1, 11, "this bracket closes none");
	assert_refused(b, "{{ (1] }}", 1, 4, "this bracket is not closed");
	assert_refused(b, "{{ ( ", 1, 4, "this bracket is not closed");
	assert_refused(b, "{{ 'a }}\n", 1, 4, "a string that does not end");
	assert_refused(b, "{{ 座 }}", 1, 4, "a character that Lua does not know");
}

static void trims_take_white_space_away(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "a \n {{- 1 -}} \n\n b {{ 2 }} c", "a1b 2 c");
	assert_prints(b, "a {%- if true -%} b {%- end -%} c", "abc");
	assert_prints(b, "{{-1}}{{ -1 }}{{- -1 -}} x", "1-1-1x");
}

static void a_statement_alone_on_its_line_leaves_no_line(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "<ul>\n\t{% for i = 1, 2 %}  \n\t<li>{{ i }}</li>\n\t{% end %}\n</ul>\n",
		"<ul>\n\t<li>1</li>\n\t<li>2</li>\n</ul>\n");
	assert_prints(b, "{% local x = 1 %}\n{% local y = 2 %}\n{{ x }}\n{{ y }}\n", "1\n2\n");
	assert_prints(b, "a {% if true %}\nb\n{% end %} c\n", "a \nb\n c\n");
	assert_prints(b, "{% if true %}\nb{% end %}", "b");
}

static void blocks_are_filled_over_three_levels(void **state)
{
	struct bench *b = *state;
	bench_put(b, "base",
		"<title>{% block title %}Base{% end %}</title>\n{% block main %}<p>{% block inner %}base{% end "
		"%}</p>{% end %}|{% block foot %}foot{% end %}");
	bench_put(b, "middle",
		"{# about #}\n{% extends \"base\" %}\n{% local m = 'M' %}\n{% block main %}<div>{% block inner %}{{ m "
		"}}{% end %}{% block extra %}+{% end %}</div>{% end %}\n");
	assert_prints(b,
		"{% extends 'middle' %}{% block inner %}<b>home</b>{% end %}{% block title %}T &amp; {{ page.title "
		"}}{% end %}",
		"<title>T &amp; Tea &amp; \"talk\" &lt;1&gt;</title>\n<div><b>home</b>+</div>|foot");
	assert_prints(b, "{% extends 'middle' %}", "<title>Base</title>\n<div>M+</div>|foot");
	assert_prints(b,
		"{% extends 'base' %}\n\n{% local a = 1 %}{% local c = a + 1 %}\n{% block inner %}{{ c }}{% end %}\n{% "
		"block foot %}{% set a = a + 1 %}{{ a }}{% end %}\n",
		"<title>Base</title>\n<p>2</p>|2");
	assert_refused(b, "{% extends 'base' %}{% block foot %}{{ x }}{% end %}{% block nosuch %}{% end %}", 1, 53,
		"no template above has a block 「nosuch」");
	assert_fails(b, "{% extends 'middle' %}{% block inner %}{{ m }}{% end %}", 1, 43, "unknown name 「m」");
	assert_fails(b, "{% extends 'base' %}{% block inner %}{{ late }}{% end %}{% local late = 1 %}", 1, 41,
		"unknown name 「late」");
	assert_refused(b, "x{% extends 'base' %}", 1, 2, "extends must be the first thing");
	assert_refused(b, "{% extends 'base' %}{% extends 'base' %}", 1, 21, "extends must be the first thing");
	assert_refused(b, "{% extends 'base' %}text", 1, 21, "outside its blocks");
	assert_refused(b, "{% extends 'base' %}\n{{ 1 }}", 2, 1, "outside its blocks");
	assert_refused(b, "{% extends 'base' %}{% if 1 %}{% end %}", 1, 21, "outside its blocks");
	assert_refused(b, "{% extends 'base' %}{% include 'base' %}", 1, 21, "outside its blocks");
	assert_refused(b, "{% extends page.x %}", 1, 1, "named by a literal");
	assert_refused(b, "{% extends 'base' .. '' %}", 1, 1, "nothing may follow the name");
	assert_refused(b, "{% extends '../x' %}", 1, 1, "small letters, digits");
	assert_refused(b, "{% extends 'bas' %}", 1, 1, "there is no template 「bas」");
	assert_refused(b, "{% block a %}{% end %}{% block a %}{% end %}", 1, 23, "has a block of that name already");
	assert_refused(b, "{% block a.b %}{% end %}", 1, 1, "a block has one plain name");
	assert_refused(b, "{% block title %}{% end %}", 1, 1, "in <title> stands a block called title");
	assert_refused(b, "<title>{% block head %}{% end %}</title>", 1, 8, "in <title> stands a block called title");
	assert_refused(b, "<p title=\"{% block a %}{% end %}\">x</p>", 1, 11, "between elements only");
	assert_refused(
		b, "<script type=\"application/json\">{% block a %}{% end %}</script>", 1, 33, "between elements only");
	assert_refused(b, "<p>{% block a %}</p>{% end %}", 1, 20, "</p> closes an element that was not opened here");
	assert_refused(b, "{% block a %}<p>{% end %}</p>", 1, 17, "left open");
	assert_refused(b, "{% extends 'base' %}{% block title %}<b>x</b>{% end %}", 1, 38, "「<」 inside <title>");
}

static void templates_that_extend_each_other_are_refused(void **state)
{
	struct bench *b = *state;
	bench_put(b, "home", "{% extends 'other' %}");
	bench_put(b, "other", "{% extends 'home' %}");
	assert_false(bench_theme(b));
	assert_int_equal(diag_count(&b->diags), 2); /* one for each */
	bench_clear(b);
	assert_refused(b, "{% extends 'home' %}", 1, 1, "in a circle");
	bench_clear(b);
	bench_put(b, "x", "{% extends 'x' %}");
	bench_put(b, "home", "{% extends 'x' %}");
	assert_false(bench_theme(b));
	assert_int_equal(diag_count(&b->diags), 1); /* who only extends it is not to blame */
}

static void an_include_sees_page_and_what_it_is_given(void **state)
{
	struct bench *b = *state;
	bench_put(b, "part", "<i>{{ what or 'none' }}{{ page.count }}</i>");
	assert_prints(b, "{% include \"part\" with { what = 'x' .. 'y' } %}\n{% include 'part' with {what = false} %}",
		"<i>xy3</i><i>none3</i>");
	bench_put(b, "part", "[{{ what? }}{% set what = what or 1 %}{{ what }}{{ more? }}]");
	assert_prints(b,
		"{% include 'part' with { what = nil, more = page.nothing } %}{% include 'part' with { more = 2, what "
		"= 3 } %}",
		"[1][332]");
	assert_fails(
		b, "{% include 'home' with { what = what, wat = { inner = 1 } } %}", 1, 24, "unknown name 「what」");
	bench_put(b, "part", "<i>{{ page.count }}</i>");
	assert_prints(b, "{% local page = 5 %}{{ page }}{% include 'part' %}", "5<i>3</i>");
	bench_put(b, "part", "{{ secret }}");
	bench_put(b, "home", "{% local secret = 1 %}\n {% include 'part' %}");
	assert_false(bench_theme(b) && bench_render(b, 0));
	assert_true(bench_only(b, "part", 1, 4, "unknown name 「secret」"));
	bench_put(b, "part", "\n{{ wat.x }}");
	bench_put(b, "home", "\n {% include 'part' with { what = 1 } %}");
	assert_false(bench_theme(b) && bench_render(b, 0));
	assert_true(bench_only(b, "part", 2, 4, "did you mean 「what」"));
	bench_put(b, "part", "{% set what = 5 %}{{ what }}{% set more = 1 %}");
	bench_put(b, "home", "{% include 'part' with { what = 1 } %}");
	assert_false(bench_theme(b) && bench_render(b, 0));
	assert_true(bench_only(b, "part", 1, 43, "「more」 is not a local here"));
	assert_refused(b, "{% include page.x %}", 1, 1, "named by a literal");
	assert_refused(b, "{% include 'part' { a = 1 } %}", 1, 1, "only with {");
	assert_refused(b, "{% include 'part' with a %}", 1, 1, "only with {");
	assert_refused(b, "{% include 'part' with {} and {} %}", 1, 1, "only with {");
	assert_refused(b, "{% include 'part' with { a = { page = 2 }, page = 1 } %}", 1, 44, "this name is a helper's");
	assert_refused(b, "<p title=\"{% include 'part' %}\">x</p>", 1, 11, "between elements only");
	assert_refused(b, "<title>{% include 'part' %}</title>", 1, 8, "between elements only");
	bench_put(b, "part", "{% extends 'other' %}");
	bench_put(b, "other", "{% block a %}{% end %}");
	assert_refused(b, "{% include 'part' %}", 1, 1, "「part」 extends another template");
	assert_refused(b, "{% include 'prt' %}", 1, 1, "there is no template 「prt」");
}

static void includes_that_do_not_end_fail_with_the_chain(void **state)
{
	struct bench *b = *state;
	assert_fails(b, "<p>x</p>{% include 'home' %}", 1, 9, "include each other more than 32 deep");
	bench_put(b, "tree", "<li>{{ n }}{% if n > 0 %}{% include 'tree' with { n = n - 1 } %}{% end %}</li>");
	assert_prints(b, "{% include 'tree' with { n = 2 } %}", "<li>2<li>1<li>0</li></li></li>");
}

static void errors_of_the_compiler_name_line_and_column(void **state)
{
	struct bench *b = *state;
	assert_refused(b, "座長\n<p>議事 {{ 1 + }}</p>", 2, 12, "a value is missing behind this");
	assert_refused(b, "<p>\n{{ {a b} }}</p>", 2, 7, "an operator or a comma is missing");
	assert_refused(b, "<p>\n {{ + 1 }}</p>", 2, 5, "unexpected symbol");
	assert_refused(b, "\n\n  {% if a = b %}{% end %}", 3, 9, "'then' expected");
	assert_refused(b, "{{\n\n  {\n    a = ,\n  } }}", 4, 5, "unexpected symbol");
	assert_refused(b, "\n{% set page = 1 %}", 2, 7, "attempt to assign to const variable 'page'");
	assert_refused(b, "\n{% for x,\n y\n in each(z) %}{{ ~ }}{% end %}", 4, 18, "a value is missing");
}

static void errors_at_run_time_name_line_and_column(void **state)
{
	struct bench *b = *state;
	assert_fails(b, "座\n座 {{ page.params.none.x }}", 2, 6, "「none」 is nil here; a.b?.c");
	assert_fails(b, "\n<p title=\"{{ page.titel }}\">x</p>", 2, 14,
		"unknown name 「titel」 (page); did you mean 「title」?");
	assert_fails(b, "{% for x in each(page.rows) %}\n{{ x }}{{ X }}{% end %}", 2, 11, "unknown name 「X」");
	assert_fails(
		b, "{% for speech in each(page.rows) %}\n{{ spech.x }}{% end %}", 2, 4, "did you mean 「speech」?");
	assert_fails(b, "{% for x,\n y\n in each(page.rows) %}\n{% if x > 1 %}\n {{ x + page.self }}{% end %}{% end %}",
		5, 5, "arithmetic");
	assert_fails(b,
		"{{ label('hello') }}\n{{\n  label('named', {\n    a = 'a',\n    name = page.nothing.x,\n  }) }}", 5, 5,
		"「nothing」 is nil here");
	assert_fails(b, "{% if 1 == 1 %}\n{% elseif 1 %}{% end %}{% local x = 1\n + {} %}", 3, 2, "arithmetic");
	assert_fails(b, "\n {{ label('helo') }}", 2, 5, "unknown name 「helo」 (label); did you mean 「hello」?");
	assert_fails(b, "{{ error('mine ' .. 1) }}", 1, 4, "mine 1");
	assert_fails(b, "{{ 'x'\n | upper\n | number }}", 1, 4, "a whole number is needed here; this is string");
	bench_put(b, "base", "<div>\n{% block main %}{% end %}</div>");
	bench_put(b, "part", "\n{{ nil }}");
	bench_put(b, "home", "{% extends 'base' %}\n{% block main %}\n  {% include 'part' %}\n{% end %}");
	assert_false(bench_theme(b) && bench_render(b, 0));
	assert_true(bench_only(b, "part", 2, 1,
		"while rendering /kaigi/, from templates/home.html:3:3, from templates/base.html:2:1"));
}

static void a_text_of_any_size_and_many_tags_compile_in_time(void **state)
{
	struct bench *b = *state;
	struct buf big = { 0 };
	for (size_t i = 0; i < 100000; i++)
		buf_format(&big, "a{{ %zu }}", i % 7);
	buf_byte(&big, '\0');
	assert_true(bench_run(b, big.p));
	assert_int_equal(b->out.n, 200000);
	buf_clear(&big);
	while (big.n < 1000000)
		buf_put(&big, STR("<p>一二三 \"</p>\n"));
	buf_byte(&big, '\0');
	assert_true(bench_run(b, big.p));
	assert_int_equal(b->out.n, big.n - 1);
	while (big.n <= 1 << 20)
		buf_byte(&big, ' ');
	assert_int_equal(fs_write(&b->own, STR("templates/home.html"), buf_str(&big)), FS_OK);
	bench_stop(b);
	assert_false(bench_render(b, 0));
	assert_int_equal(diag_at(&b->diags, 0)->code, LIMIT_EXCEEDED);
	bench_clear(b);
	buf_clear(&big);
	for (size_t i = 0; i < 400; i++)
		buf_put(&big, STR("{% if true %}"));
	buf_byte(&big, '\0');
	assert_refused(b, big.p, 1, 48 * 13 + 1, "nested too deeply");
	buf_clear(&big);
	buf_put(&big, STR("{{ "));
	for (size_t i = 0; i < 300; i++)
		buf_byte(&big, '(');
	buf_byte(&big, '\0');
	assert_refused(b, big.p, 1, 132, "nested too deeply");
	buf_clear(&big);
	buf_put(&big, STR("{{ page"));
	for (size_t i = 0; i < 200000; i++)
		buf_put(&big, STR("?.self"));
	buf_put(&big, STR(" }}"));
	buf_byte(&big, '\0');
	bench_put(b, "home", big.p);
	assert_false(bench_theme(b));
	buf_release(&big);
}

static void a_template_that_is_not_text_is_refused(void **state)
{
	struct bench *b = *state;
	assert_int_equal(fs_write(&b->own, STR("templates/home.html"), STR("a\xff")), FS_OK);
	assert_false(bench_theme(b));
	assert_int_equal(diag_at(&b->diags, 0)->code, ENCODING);
	bench_clear(b);
	assert_prints(b, "a\r\n{% if true %}\r\nb\r\n{% end %}\r\n{{ 1 }}\r\n", "a\nb\n1\n");
	assert_fails(b, "a\r\n{{ 1\r\n + nil }}", 3, 2, "a value is nil here");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(text_and_expressions_are_printed_in_order),
		BENCH_TEST(a_comment_leaves_nothing),
		BENCH_TEST(a_filter_takes_the_value_as_its_first_argument),
		BENCH_TEST(a_question_mark_makes_nil_of_what_follows_nil),
		BENCH_TEST(an_optional_print_prints_nothing_for_nil_only),
		BENCH_TEST(statements_are_luas_and_then_and_do_may_be_left_out),
		BENCH_TEST(a_tag_cannot_reach_outside_itself),
		BENCH_TEST(brackets_and_strings_decide_where_a_tag_ends),
		BENCH_TEST(trims_take_white_space_away),
		BENCH_TEST(a_statement_alone_on_its_line_leaves_no_line),
		BENCH_TEST(blocks_are_filled_over_three_levels),
		BENCH_TEST(templates_that_extend_each_other_are_refused),
		BENCH_TEST(an_include_sees_page_and_what_it_is_given),
		BENCH_TEST(includes_that_do_not_end_fail_with_the_chain),
		BENCH_TEST(errors_of_the_compiler_name_line_and_column),
		BENCH_TEST(errors_at_run_time_name_line_and_column),
		BENCH_TEST(a_text_of_any_size_and_many_tags_compile_in_time),
		BENCH_TEST(a_template_that_is_not_text_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
