/*
 * expression: the inside of a tag → plain Lua.
 *
 * Template expressions are Lua's, with two additions: a pipe `a | f(x)` for f(a, x), and
 * `a.b?.c`, nil where a.b is nil. What could break out of the tag or of the sandbox (statements,
 * functions, unbalanced brackets, names beginning with _) is refused.
 */
#ifndef GIJI_RENDER_EXPRESSION_H
#define GIJI_RENDER_EXPRESSION_H

#include "base/arena.h"
#include "render/tokens.h"

struct expression_fault {
	size_t at;
	const char *why; /* translated */
};

/* Rewrites; `pipes` allows the pipe at the top level. White space stays where it is (but for what pipes move), so
 * Lua's line numbers still fit. The result lives in the arena. */
bool expression_rewrite(struct str text, bool pipes, struct arena *a, struct str *lua, struct expression_fault *fault);

/* True when the text is one pair of brackets, beginning with this one, and nothing else. */
bool expression_bracketed(struct str text, const char *opening);

#endif
