#include "bench.h"

#include "render/tokens.h"

/* The tokens of a text, each as its kind's letter and its words. */
static void assert_tokens(const char *text, const char *wanted)
{
	static const char letters[] = "-nk#s.!";
	struct str s = str_c(text);
	struct buf out = { 0 };
	for (struct token t = token_next(s, 0); t.kind != TOKEN_END; t = token_next(s, t.end)) {
		buf_format(&out, "%s%c%.*s", out.n ? " " : "", letters[t.kind], (int)(t.end - t.start), s.p + t.start);
		if (t.kind == TOKEN_BAD)
			break;
	}
	if (!str_eq(buf_str(&out), str_c(wanted)))
		print_message("「%.*s」, wanted 「%s」\n", STR_ARG(buf_str(&out)), wanted);
	assert_true(str_eq(buf_str(&out), str_c(wanted)));
	buf_release(&out);
}

static void tokens_are_luas(void **state)
{
	(void)state;
	assert_tokens("", "");
	assert_tokens(" \t\n\v\f\r", "");
	assert_tokens("a.b:c(d)", "na .. nb .: nc .( nd .)");
	assert_tokens("if x_1 then y end", "kif nx_1 kthen ny kend");
	assert_tokens("a..b...c==d~=e<=f>=g//h::i<<j>>k",
		"na ... nb .... nc .== nd .~= ne .<= nf .>= ng .// nh .:: ni .<< nj .>> nk");
	assert_tokens("a?b", "na .? nb");
	assert_tokens("x-1", "nx .- #1");
	assert_tokens("a--b", "na !-");
	assert_tokens("a$", "na !$");
	assert_tokens("座", "!\xe5");
}

static void numbers_end_where_lua_ends_them(void **state)
{
	(void)state;
	assert_tokens("1 1.5 .5 0x1F 1e10 1E-3 0x.8p+1", "#1 #1.5 #.5 #0x1F #1e10 #1E-3 #0x.8p+1");
	assert_tokens("0xE+1", "#0xE .+ #1");
	assert_tokens("1..2", "#1..2");
	assert_tokens("3x", "#3x");
	assert_tokens("1e", "#1e");
	assert_tokens("0x", "#0x");
	assert_tokens(".", "..");
}

static void strings_end_where_lua_ends_them(void **state)
{
	(void)state;
	assert_tokens("'a\"b' \"c'd\" ''", "s'a\"b' s\"c'd\" s''");
	assert_tokens("'a\\'b' 'c\\\\' 'd\\\ne'", "s'a\\'b' s'c\\\\' s'd\\\ne'");
	assert_tokens("[[a]]] [==[b]]c]=]d]==] [=a", "s[[a]] .] s[==[b]]c]=]d]==] .[ .= na");
	assert_tokens("'open", "!'");
	assert_tokens("'a\nb'", "!'");
	assert_tokens("'a\\", "!'");
	assert_tokens("[[open]", "![");
	assert_tokens("[==[x]=]", "![");
	assert_tokens("[[", "![");
	assert_tokens("[=", ".[ .=");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_are_luas),
		cmocka_unit_test(numbers_end_where_lua_ends_them),
		cmocka_unit_test(strings_end_where_lua_ends_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
