/*
 * tokens: Lua's lexical rules (Lua 5.4 reference manual, 3.1), as far as a template's
 * tags need them: to find where a tag ends, and to see pipes, `?` and words.
 */
#ifndef GIJI_RENDER_TOKENS_H
#define GIJI_RENDER_TOKENS_H

#include "base/str.h"

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_KEYWORD, TOKEN_NUMBER, TOKEN_STRING, TOKEN_SIGN, TOKEN_BAD };

struct token {
	enum token_kind kind;
	size_t start, end; /* bytes in the text */
};

/* The token at or after `at`, white space skipped. TOKEN_BAD: a string or long
 * bracket that does not end, a comment, or a character Lua does not know.
 * `?` is a sign here. */
struct token token_next(struct str text, size_t at);

/* True when the token is this sign, keyword or name. */
bool token_is(struct str text, struct token t, const char *spelling);

/* +1 for an opening bracket, -1 for a closing one, else 0. */
int token_nesting(struct str text, struct token t);

#endif
