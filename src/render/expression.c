#include "render/expression.h"

#include "base/buf.h"
#include "base/catalogue.h"

#include <string.h>

enum {
	BRACKETS_MOST = 100,
	CHAIN_MOST = 4096 /* bytes before a `?`: each one moves them */
};

struct rewriter {
	struct str text;
	struct buf out;
	struct expression_fault *fault;
	struct {
		size_t primary; /* where in `out` the primary expression of this level begins */
		bool chain;     /* a `?` stands in it */
	} levels[BRACKETS_MOST];
	size_t level;
};

static bool fail(struct expression_fault *fault, size_t at, const char *why)
{
	*fault = (struct expression_fault){ at, why };
	return false;
}

/* Escapes that could put bytes into a page that are no text (control characters, half a character) are refused. */
static bool escapes_are_text(struct str string)
{
	if (string.p[0] == '[')
		return true;
	for (size_t at = 0; (at = str_find_byte(string, '\\', at)) != SIZE_MAX; at += 2)
		if (str_find_byte(STR("nt\\\"'z\n"), string.p[at + 1], 0) == SIZE_MAX)
			return false;
	return true;
}

/* Tokens that no expression of a template may hold, and why; NULL when it may. */
static const char *refusal(struct str text, struct token t)
{
	struct str word = str_n(text.p + t.start, t.end - t.start);
	if (t.kind == TOKEN_NAME && word.n > 1 && word.p[0] == '_')
		return _("names beginning with _ are giji's own");
	if (t.kind == TOKEN_KEYWORD) {
		static const char *const good[] = { "and", "or", "not", "nil", "true", "false" };
		for (size_t i = 0; i < sizeof good / sizeof *good; i++)
			if (token_is(text, t, good[i]))
				return NULL;
		return _("this word cannot stand in an expression; functions are not available in templates");
	}
	if (token_is(text, t, ";") || token_is(text, t, "::") || token_is(text, t, "..."))
		return _("only an expression can stand here");
	if (t.kind == TOKEN_STRING && !escapes_are_text(word))
		return _(
			"of escapes, a string may hold \\n \\t \\\\ \\\" \\' and \\z only; write the character itself");
	if (t.kind == TOKEN_BAD)
		return _("a string that does not end, a comment, or a character that Lua does not know");
	return NULL;
}

static bool ends_primary(struct str text, struct token t)
{
	return t.kind == TOKEN_NAME || t.kind == TOKEN_STRING || token_is(text, t, ")") || token_is(text, t, "]") ||
		token_is(text, t, "}");
}

/* True behind a whole value, where only an operator, a comma, a suffix or the end can follow. */
static bool ends_value(struct str text, struct token t)
{
	return ends_primary(text, t) || t.kind == TOKEN_NUMBER || token_is(text, t, "nil") ||
		token_is(text, t, "true") || token_is(text, t, "false");
}

static bool begins_value(struct str text, struct token t)
{
	bool word = t.kind == TOKEN_KEYWORD && !token_is(text, t, "and") && !token_is(text, t, "or");
	return word || t.kind == TOKEN_NAME || t.kind == TOKEN_NUMBER || t.kind == TOKEN_STRING ||
		token_nesting(text, t) > 0;
}

static void close_chain(struct rewriter *r)
{
	if (r->levels[r->level].chain)
		buf_put(&r->out, STR(" end)()"));
	r->levels[r->level].chain = false;
}

/* `base?.rest` becomes (function() local _v=base if _v==nil then return nil end return _v.rest end)(). */
static bool open_chain(struct rewriter *r, size_t at, struct str space)
{
	close_chain(r);
	size_t primary = r->levels[r->level].primary, length = r->out.n - primary;
	struct str head = STR("(function() local _v=");
	if (length > CHAIN_MOST)
		return fail(r->fault, at, _("too much stands before this ?; keep it in a local"));
	buf_reserve(&r->out, head.n);
	memmove(r->out.p + primary + head.n, r->out.p + primary, length);
	memcpy(r->out.p + primary, head.p, head.n);
	r->out.n += head.n;
	buf_put(&r->out, STR(" if _v==nil then return nil end return _v"));
	buf_put(&r->out, space);
	r->levels[r->level].chain = true;
	return true;
}

static bool step(struct rewriter *r, struct token t, struct token before, struct token after)
{
	struct str spaced = str_n(r->text.p + before.end, t.end - before.end);
	const char *why = refusal(r->text, t);
	if (why)
		return fail(r->fault, t.start, why);
	bool primary = ends_primary(r->text, before);
	bool member = token_is(r->text, t, ".") || token_is(r->text, t, ":");
	bool suffix = primary && (member || token_nesting(r->text, t) > 0 || t.kind == TOKEN_STRING);
	bool linked =
		token_is(r->text, before, ".") || token_is(r->text, before, ":") || token_is(r->text, before, "?");
	if (token_is(r->text, t, "?")) {
		bool goes_on =
			token_is(r->text, after, ".") || token_is(r->text, after, "[") || token_is(r->text, after, ":");
		if (!primary || !goes_on)
			return fail(
				r->fault, t.start, _("? stands behind a value, before . or at the end of {{ … ? }}"));
		return open_chain(r, t.start, str_but(spaced, 1));
	}
	if (!suffix && ends_value(r->text, before) && begins_value(r->text, t))
		return fail(r->fault, t.start, _("an operator or a comma is missing before this"));
	if (token_nesting(r->text, t) < 0) {
		if (r->level == 0)
			return fail(r->fault, t.start, _("this bracket closes none"));
		close_chain(r);
		r->level--;
	} else if (!suffix && !linked) {
		close_chain(r);
		r->levels[r->level].primary = r->out.n + spaced.n - (t.end - t.start);
	}
	buf_put(&r->out, spaced);
	if (token_nesting(r->text, t) > 0) {
		if (++r->level == BRACKETS_MOST)
			return fail(r->fault, t.start, _("brackets are nested too deeply"));
		r->levels[r->level].primary = r->out.n;
		r->levels[r->level].chain = false;
	}
	return true;
}

/* Everything between two pipes. What passes is one run of values with operators between them: it
 * cannot end in the middle, where the next line of the program would be drawn into it. */
static bool rewrite_part(struct str text, size_t offset, struct buf *out, struct expression_fault *fault)
{
	struct rewriter r = { .text = text, .fault = fault };
	struct token before = { TOKEN_END, 0, 0 }, t = token_next(text, 0);
	bool good = true;
	if (t.kind == TOKEN_END)
		good = fail(fault, 0, _("an expression is missing here"));
	while (good && t.kind != TOKEN_END) {
		struct token after = token_next(text, t.end);
		good = step(&r, t, before, after);
		before = t;
		t = after;
	}
	if (good && r.level)
		good = fail(fault, before.start, _("a bracket is not closed"));
	if (good && !ends_value(text, before))
		good = fail(fault, before.start, _("a value is missing behind this"));
	if (good) {
		close_chain(&r);
		buf_put(out, buf_str(&r.out));
	} else {
		fault->at += offset;
	}
	buf_release(&r.out);
	return good;
}

/* The end of the part that begins at `from`: the next pipe outside brackets, or the end. A comma
 * outside brackets, noted in *comma, is no part of a printed expression. */
static size_t part_end(struct str text, size_t from, size_t *comma)
{
	int nesting = 0;
	for (struct token t = token_next(text, from); t.kind != TOKEN_END && t.kind != TOKEN_BAD;
		t = token_next(text, t.end)) {
		nesting += token_nesting(text, t);
		if (nesting == 0 && token_is(text, t, "|"))
			return t.start;
		if (nesting == 0 && *comma == SIZE_MAX && (token_is(text, t, ",") || token_is(text, t, "=")))
			*comma = t.start;
	}
	return text.n;
}

bool expression_bracketed(struct str text, const char *opening)
{
	struct token t = token_next(text, 0);
	int nesting = token_nesting(text, t);
	if (!token_is(text, t, opening))
		return false;
	while (nesting > 0 && t.kind != TOKEN_END && t.kind != TOKEN_BAD) {
		t = token_next(text, t.end);
		nesting += token_nesting(text, t);
	}
	return nesting == 0 && token_next(text, t.end).kind == TOKEN_END;
}

/* `value | filter(args)`: the value becomes the filter's first argument. */
static bool apply_filter(struct str filter, size_t offset, struct buf *value, struct expression_fault *fault)
{
	struct token name = token_next(filter, 0), open = token_next(filter, name.end);
	bool plain = open.kind == TOKEN_END;
	if (name.kind != TOKEN_NAME || (!plain && !expression_bracketed(str_from(filter, name.end), "(")))
		return fail(fault, offset + name.start,
			_("behind a pipe stands a filter's name, alone or with arguments in brackets"));
	struct buf call = { 0 }, out = { 0 };
	if (!rewrite_part(filter, offset, &call, fault)) {
		buf_release(&call);
		return false;
	}
	struct str whole = str_trim_end(buf_str(&call));
	size_t bracket = str_find_byte(whole, '(', 0);
	buf_put(&out, bracket == SIZE_MAX ? whole : str_n(whole.p, bracket));
	buf_byte(&out, '(');
	buf_put(&out, buf_str(value));
	struct str arguments = bracket == SIZE_MAX ? STR_NONE : str_but(str_from(whole, bracket + 1), 1);
	if (!str_empty(str_trim(arguments))) {
		buf_byte(&out, ',');
		buf_put(&out, arguments);
	}
	buf_byte(&out, ')');
	buf_release(&call);
	buf_release(value);
	*value = out;
	return true;
}

bool expression_rewrite(struct str text, bool pipes, struct arena *a, struct str *lua, struct expression_fault *fault)
{
	struct buf out = { 0 };
	size_t comma = SIZE_MAX, end = pipes ? part_end(text, 0, &comma) : text.n;
	bool good = rewrite_part(str_n(text.p, end), 0, &out, fault);
	for (size_t filters = 0; good && end < text.n; filters++) {
		size_t start = end + 1;
		end = part_end(text, start, &comma);
		good = filters < BRACKETS_MOST ? apply_filter(str_n(text.p + start, end - start), start, &out, fault)
					       : fail(fault, start, _("too many pipes"));
	}
	if (good && comma != SIZE_MAX)
		good = fail(fault, comma, _("one expression can be printed at a time"));
	*lua = good ? arena_str(a, buf_str(&out)) : STR_NONE;
	buf_release(&out);
	return good;
}
