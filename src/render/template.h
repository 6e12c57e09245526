/*
 * template: the source of a template → Lua source that prints the page.
 *
 * Each tag begins on a Lua line of its own, and `lines` maps Lua's lines back to the
 * template: so every error Lua reports, when loading or when running, is told with the
 * template's own line and column, and a running template pays nothing for it.
 *
 * What the generated chunk looks like (names beginning with _ are ours; templates may not use them):
 *
 *     local _l<const>,_t<const>,…,page<const>,… = ... return function(_ENV,_B)
 *     _t("<h1>",
 *     page.title
 *     )
 *     _l"</h1>"
 *     _s(12) end
 *
 * A printer writes the literal before its value too; _s counts the time, see sandbox.h. The first line holds printers and helpers, for speed; constant, for what a page changed the next would see.
 * A template that extends another leaves its blocks in _B instead, unless they are there: it is run before the other.
 *
 *     … return function(_ENV,_B)
 *     _B.main=_B.main or function(_B)
 *     _s(3) end
 *     _s(9) end
 */
#ifndef GIJI_RENDER_TEMPLATE_H
#define GIJI_RENDER_TEMPLATE_H

#include "base/diag.h"

struct template_line {         /* of the generated Lua */
	uint32_t line, column; /* in the template, from 1; columns count characters */
};

struct template_name { /* written in extends and include */
	struct str name;
	struct loc loc;
};

struct template_block {
	struct str name;
	struct loc loc;
	bool fills; /* stands at the top of a template that extends another: it fills a block above */
};

struct template
{
	struct str name; /* "meeting" */
	struct str path; /* "templates/meeting.html", for findings */
	struct str lua;
	struct template_line *lines; /* lines[n-1] is Lua line n */
	size_t line_count;
	struct template_name extends; /* name STR_NONE without */
	struct template_name *includes;
	size_t include_count;
	struct template_block *blocks;
	size_t block_count;
};

/* The locals that each chunk begins with, in order, separated by commas: printers first. */
#define TEMPLATE_PRINTERS "_l,_t,_p,_a,_u,_n,_v,_w,_j,_s,_i"

enum { TEMPLATE_NAME_MOST = 50 }; /* Lua's messages shorten longer names of chunks */

/* Compiles a source as content_read gives it (UTF-8, lines end with \n); `locals` is appended to the printers.
 * False after findings (template-error). */
bool template_compile(struct str name, struct str path, struct str source, struct str locals, struct arena *a,
	struct template *t, struct diags *ds);

/* What Lua says, without the "CHUNK:LINE: " that it begins with when it knows the place; *line is 0 when it does not. */
struct str template_words(struct str message, struct str chunk, size_t *line);

/* Where a Lua line of the chunk came from. */
struct loc template_loc(const struct template *t, size_t lua_line);

#endif
