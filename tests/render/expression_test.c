#include "bench.h"

#include "render/expression.h"

static void assert_rewritten(const char *text, const char *wanted)
{
	struct arena a;
	struct str lua;
	struct expression_fault fault = { 0, NULL };
	arena_init(&a);
	if (!expression_rewrite(str_c(text), true, &a, &lua, &fault))
		print_message("%s: %zu %s\n", text, fault.at, fault.why);
	else if (!str_eq(lua, str_c(wanted)))
		print_message("「%.*s」, wanted 「%s」\n", STR_ARG(lua), wanted);
	assert_true(str_eq(lua, str_c(wanted)));
	arena_release(&a);
}

static void assert_fault(const char *text, size_t at)
{
	struct arena a;
	struct str lua;
	struct expression_fault fault = { 0, NULL };
	arena_init(&a);
	assert_false(expression_rewrite(str_c(text), true, &a, &lua, &fault));
	if (fault.at != at)
		print_message("%s: %zu %s\n", text, fault.at, fault.why);
	assert_int_equal(fault.at, at);
	assert_non_null(fault.why);
	assert_null(lua.p);
	arena_release(&a);
}

static void plain_lua_stays_as_it_is(void **state)
{
	(void)state;
	const char *same[] = { "a", "a.b [ 1 ]\n.c", "f(x, { y = 1, [2] = 'b' })", "not a and -b or #c",
		"a:b 'c' { d }", "1 + 2 ^ - 3", "(a | b) & ~c", "{ }", "f { a } [1] (2)", NULL };
	for (size_t i = 0; same[i]; i++)
		assert_rewritten(same[i], same[i]);
}

static void a_pipe_hands_its_value_over(void **state)
{
	(void)state;
	assert_rewritten("a | f", " f(a)");
	assert_rewritten("a|f|g(1, 2)", "g(f(a),1, 2)");
	assert_rewritten("a.b\n | f( )", " f(a.b)");
	assert_fault("a | f.g", 4);
	assert_fault("a | f(1", 4);
	assert_fault("a | f(_x)", 6);
	assert_fault("a || f", 3);
	assert_fault("| f", 0);
	assert_fault("a | f(1), 2", 4);
}

static void a_chain_is_wrapped_where_it_stands(void **state)
{
	(void)state;
	assert_rewritten("a?.b", "(function() local _v=a if _v==nil then return nil end return _v.b end)()");
	assert_rewritten("x + a\n?.b\n.c * 2",
		"x + (function() local _v=a if _v==nil then return nil end return _v\n.b\n.c end)() * 2");
	assert_rewritten(
		"f(a?.b, c)", "f((function() local _v=a if _v==nil then return nil end return _v.b end)(), c)");
}

static void faults_name_their_byte(void **state)
{
	(void)state;
	assert_fault("", 0);
	assert_fault("  ", 0);
	assert_fault("a b", 2);
	assert_fault("1 2", 2);
	assert_fault("1 'x'", 2);
	assert_fault("true {", 5);
	assert_fault("a +", 2);
	assert_fault("(a", 1);
	assert_fault("a)", 1);
	assert_fault("a, b", 1);
	assert_fault("a = b", 2);
	assert_fault("function() end", 0);
	assert_fault("a ? b", 2);
	assert_fault("座", 0);
	assert_fault("a.", 1);
}

static void one_pair_of_brackets_is_recognized(void **state)
{
	(void)state;
	assert_true(expression_bracketed(STR("{ a = { 1 } }"), "{"));
	assert_true(expression_bracketed(STR(" () "), "("));
	assert_false(expression_bracketed(STR("{} or {}"), "{"));
	assert_false(expression_bracketed(STR("(1)(2)"), "("));
	assert_false(expression_bracketed(STR("{ '}'"), "{"));
	assert_false(expression_bracketed(STR(""), "{"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_lua_stays_as_it_is),
		cmocka_unit_test(a_pipe_hands_its_value_over),
		cmocka_unit_test(a_chain_is_wrapped_where_it_stands),
		cmocka_unit_test(faults_name_their_byte),
		cmocka_unit_test(one_pair_of_brackets_is_recognized),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
