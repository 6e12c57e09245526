#include "render/tokens.h"

#include <ctype.h>

static bool begins_name(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static bool is_of_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool is_keyword(struct str word)
{
	return str_is_one_of(word,
		"and|break|do|else|elseif|end|false|for|function|goto|if|in|local|nil|not|or|repeat|return|then|true|"
		"until|while");
}

/* One behind the closing quote, or SIZE_MAX. */
static size_t quoted_end(struct str text, size_t at)
{
	char quote = text.p[at];
	for (size_t i = at + 1; i < text.n && text.p[i] != '\n'; i++) {
		if (text.p[i] == '\\')
			i++;
		else if (text.p[i] == quote)
			return i + 1;
	}
	return SIZE_MAX;
}

/* The level of a long bracket `[==[` that opens at `at`, or SIZE_MAX when it is none. */
static size_t long_level(struct str text, size_t at)
{
	size_t i = at + 1;
	while (i < text.n && text.p[i] == '=')
		i++;
	return i < text.n && text.p[i] == '[' ? i - at - 1 : SIZE_MAX;
}

static size_t long_end(struct str text, size_t at, size_t level)
{
	for (size_t i = at + level + 2; i + level + 1 < text.n; i++) {
		if (text.p[i] != ']')
			continue;
		size_t j = i + 1;
		while (j < text.n && text.p[j] == '=')
			j++;
		if (j < text.n && text.p[j] == ']' && j - i - 1 == level)
			return j + 1;
	}
	return SIZE_MAX;
}

/* Exactly what Lua's own reader takes: in hexadecimal, `0xE+x` is a sum. A letter that touches
 * the number is taken too, for Lua to refuse. */
static size_t number_end(struct str text, size_t at)
{
	bool hexadecimal = text.p[at] == '0' && at + 1 < text.n && (text.p[at + 1] == 'x' || text.p[at + 1] == 'X');
	char exponent = hexadecimal ? 'p' : 'e';
	size_t i = at + (hexadecimal ? 2 : 1);
	while (i < text.n) {
		char c = text.p[i];
		if (c == exponent || c == exponent - 0x20)
			i += i + 1 < text.n && (text.p[i + 1] == '+' || text.p[i + 1] == '-') ? 2 : 1;
		else if (isxdigit((unsigned char)c) || c == '.')
			i++;
		else
			break;
	}
	while (i < text.n && is_of_name(text.p[i]))
		i++;
	return i;
}

static size_t sign_length(struct str rest)
{
	static const struct str signs[] = { STR_INIT("..."), STR_INIT(".."), STR_INIT("=="), STR_INIT("~="),
		STR_INIT("<="), STR_INIT(">="), STR_INIT("//"), STR_INIT("::"), STR_INIT("<<"), STR_INIT(">>") };
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(rest, signs[i]))
			return signs[i].n;
	static const char single[] = "+-*/%^#&~|<>=(){}[];:,.?";
	return str_find_byte(str_n(single, sizeof single - 1), rest.p[0], 0) == SIZE_MAX ? 0 : 1;
}

static struct token token_of(enum token_kind kind, size_t start, size_t end)
{
	if (end == SIZE_MAX)
		return (struct token){ TOKEN_BAD, start, start + 1 };
	return (struct token){ kind, start, end };
}

struct token token_next(struct str text, size_t at)
{
	while (at < text.n && isspace((unsigned char)text.p[at]))
		at++;
	if (at >= text.n)
		return token_of(TOKEN_END, text.n, text.n);
	char c = text.p[at];
	if (begins_name(c)) {
		size_t end = at;
		while (end < text.n && is_of_name(text.p[end]))
			end++;
		return token_of(is_keyword(str_n(text.p + at, end - at)) ? TOKEN_KEYWORD : TOKEN_NAME, at, end);
	}
	if (isdigit((unsigned char)c) || (c == '.' && at + 1 < text.n && isdigit((unsigned char)text.p[at + 1])))
		return token_of(TOKEN_NUMBER, at, number_end(text, at));
	if (c == '"' || c == '\'')
		return token_of(TOKEN_STRING, at, quoted_end(text, at));
	if (c == '[' && long_level(text, at) != SIZE_MAX)
		return token_of(TOKEN_STRING, at, long_end(text, at, long_level(text, at)));
	if (str_starts(str_from(text, at), STR("--")))
		return token_of(TOKEN_BAD, at, SIZE_MAX);
	size_t length = sign_length(str_from(text, at));
	return token_of(TOKEN_SIGN, at, length ? at + length : SIZE_MAX);
}

bool token_is(struct str text, struct token t, const char *spelling)
{
	return t.kind != TOKEN_STRING && str_eq(str_n(text.p + t.start, t.end - t.start), str_c(spelling));
}

int token_nesting(struct str text, struct token t)
{
	if (t.kind != TOKEN_SIGN || t.end - t.start != 1)
		return 0;
	char c = text.p[t.start];
	return (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
}
