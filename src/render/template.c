#include "render/compiler.h"

#include "render/tokens.h"

#include <ctype.h>

/* Checks the literal text of the source from `start`. */
static bool follow_literal(struct compiler *c, size_t start, struct str text)
{
	size_t end = start + text.n;
	if (text.n == 0)
		return true;
	if (compiler_outside(c)) {
		struct str words = str_trim_start(text);
		return words.n == 0 ||
			compiler_fault(c, end - words.n,
				_("outside its blocks, a template that extends another holds only comments and {% "
				  "local … %}"));
	}
	c->begun = c->begun || !compiler_blank(text);
	struct context_fault wrong;
	if (!context_follow(&c->context, text, &wrong)) {
		const char *why = wrong.why;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		if (wrong.name.p) /* the result ends in NUL */
			why = arena_format(c->arena, why, STR_ARG(wrong.name)).p;
#pragma GCC diagnostic pop
		return compiler_fault(c, start + wrong.at, why);
	}
	return true;
}

static bool literal(struct compiler *c, size_t start, size_t end)
{
	struct str text = str_n(c->source.p + start, end - start);
	if (!follow_literal(c, start, text))
		return false;
	if (text.n && !compiler_outside(c)) {
		compiler_line(c, start);
		buf_put(&c->lua, STR("_l"));
		compiler_emit_string(c, text);
	}
	return true;
}

/* {{ inside }}, and the literal text that stands before it. */
static bool print_tag(struct compiler *c, size_t at, struct str before, struct str inside)
{
	static const char *const printers[] = { [PLACE_TEXT] = "_t",
		[PLACE_PLAIN] = "_p",
		[PLACE_ATTRIBUTE] = "_a",
		[PLACE_URL] = "_u",
		[PLACE_URL_NAME] = "_n",
		[PLACE_URL_PART] = "_v",
		[PLACE_URL_QUERY] = "_w",
		[PLACE_JSON] = "_j" };
	if (compiler_outside(c))
		return compiler_fault(c, at, _("outside its blocks, a template that extends another prints nothing"));
	c->begun = true;
	const char *why = NULL;
	enum context_place place = context_expression(&c->context, &why);
	if (place == PLACE_NONE)
		return compiler_fault(c, at, why);
	struct str text = str_trim(inside);
	bool optional = str_ends(text, STR("?"));
	compiler_line(c, at);
	buf_format(&c->lua, "%s(", printers[place]);
	compiler_emit_string(c, before);
	buf_byte(&c->lua, ',');
	if (!compiler_emit_expression(c, optional ? str_but(text, 1) : text, true))
		return false;
	buf_put(&c->lua, optional ? STR(",true)") : STR(")"));
	return true;
}

static size_t skip_space(struct compiler *c, size_t at)
{
	while (at < c->source.n && isspace((unsigned char)c->source.p[at]))
		at++;
	return at;
}

enum { BRACKETS_MOST = 128 };

/* Follows a tag's brackets, whose places are in open[]. */
static bool follow_bracket(struct compiler *c, struct token t, size_t *open, size_t *nesting)
{
	static const char pairs[] = "()[]{}";
	int step = token_nesting(c->source, t);
	if (step > 0) {
		if (*nesting == BRACKETS_MOST)
			return compiler_fault(c, t.start, _("brackets are nested too deeply"));
		open[(*nesting)++] = t.start;
	} else if (step < 0) {
		if (*nesting == 0)
			return compiler_fault(c, t.start, _("this bracket closes none"));
		size_t opener = open[--*nesting];
		size_t pair = str_find_byte(str_n(pairs, sizeof pairs - 1), c->source.p[opener], 0);
		if (pairs[pair + 1] != c->source.p[t.start])
			return compiler_fault(c, opener, _("this bracket is not closed"));
	}
	return true;
}

/* Where the tag that opens at `at` ends: one behind its closing braces, by Lua's own tokens, so that braces in strings
 * and tables do not end it. *inside is what stands between. SIZE_MAX after a finding. */
static size_t tag_end(struct compiler *c, size_t at, char kind, struct str *inside, bool *trims)
{
	const struct str close = kind == '{' ? STR("}}") : STR("%}");
	size_t start = at + 2 + str_starts(str_from(c->source, at + 2), STR("-")), open[BRACKETS_MOST], nesting = 0;
	for (size_t from = start;;) {
		size_t peek = skip_space(c, from);
		struct str rest = str_from(c->source, peek);
		*trims = str_starts(rest, STR("-")) && str_starts(str_from(rest, 1), close);
		if (nesting == 0 && (*trims || str_starts(rest, close))) {
			*inside = str_n(c->source.p + start, peek - start);
			return peek + 2 + *trims;
		}
		struct token t = token_next(c->source, from);
		if (t.kind == TOKEN_END) {
			compiler_fault(c, nesting ? open[nesting - 1] : at,
				nesting ? _("this bracket is not closed") : _("this tag does not end"));
			return SIZE_MAX;
		}
		if (t.kind == TOKEN_BAD) {
			compiler_fault(c, t.start,
				_("a string that does not end, a comment, or a character that Lua does not know; "
				  "comments are {# … #}"));
			return SIZE_MAX;
		}
		if (!follow_bracket(c, t, open, &nesting))
			return SIZE_MAX;
		from = t.end;
	}
}

/* A statement or comment alone on its line leaves no trace of the line: trims the text before it (from `start`) and
 * returns where the text behind it begins. */
static size_t eat_line(struct compiler *c, size_t start, size_t *before, size_t after)
{
	size_t left = *before, right = after;
	while (left > start && (c->source.p[left - 1] == ' ' || c->source.p[left - 1] == '\t'))
		left--;
	while (right < c->source.n && (c->source.p[right] == ' ' || c->source.p[right] == '\t'))
		right++;
	bool opens = left == 0 || c->source.p[left - 1] == '\n';
	if (!opens || (right < c->source.n && c->source.p[right] != '\n'))
		return after;
	*before = left;
	return right < c->source.n ? right + 1 : right;
}

/* One tag at `at`, with the literal text from `start` before it. Returns where the next literal begins, or SIZE_MAX
 * after a fault that leaves nothing to go on with. */
static size_t tag(struct compiler *c, size_t start, size_t at)
{
	char kind = c->source.p[at + 1];
	struct str inside = STR_NONE;
	bool trims = false, trims_before = at + 2 < c->source.n && c->source.p[at + 2] == '-';
	size_t before = at, after;
	if (kind == '#') {
		size_t end = str_find(c->source, STR("#}"), at + 2);
		if (end == SIZE_MAX) {
			compiler_fault(c, at, _("this comment does not end"));
			return SIZE_MAX;
		}
		after = end + 2;
		trims = end > at + 2 && c->source.p[end - 1] == '-';
	} else {
		after = tag_end(c, at, kind, &inside, &trims);
		if (after == SIZE_MAX)
			return SIZE_MAX;
	}
	size_t next = kind == '{' ? after : eat_line(c, start, &before, after);
	if (trims)
		next = skip_space(c, after);
	while (trims_before && before > start && compiler_blank(str_n(c->source.p + before - 1, 1)))
		before--;
	struct str text = str_n(c->source.p + start, before - start);
	bool good = kind == '{' ? follow_literal(c, start, text) && print_tag(c, at, text, inside)
				: literal(c, start, before) && (kind == '#' || statement_tag(c, at, inside));
	return good ? next : SIZE_MAX;
}

static size_t next_tag(struct str source, size_t from)
{
	for (size_t at = from; (at = str_find_byte(source, '{', at)) != SIZE_MAX; at++) {
		char kind = at + 1 < source.n ? source.p[at + 1] : ' ';
		if (kind == '{' || kind == '%' || kind == '#')
			return at;
	}
	return SIZE_MAX;
}

static bool compile_tags(struct compiler *c)
{
	size_t start = 0, at;
	while ((at = next_tag(c->source, start)) != SIZE_MAX) {
		start = tag(c, start, at);
		if (start == SIZE_MAX)
			return false;
	}
	if (!literal(c, start, c->source.n))
		return false;
	if (c->depth)
		return compiler_fault(c, c->frames[c->depth - 1].at, _("this has no {% end %}"));
	struct context empty = { 0 };
	if (!context_join(&c->context, &empty, CONTEXT_BRANCHES))
		return compiler_fault(c, c->source.n, _("an element is left open at the end of the template"));
	return true;
}

/* Names as constant locals. */
static void put_names(struct buf *out, struct str before, struct str names)
{
	for (struct str comma = before; names.p; comma = STR(",")) {
		buf_put(out, comma);
		buf_put(out, str_cut(&names, STR(",")));
		buf_put(out, STR("<const>"));
	}
}

bool template_compile(struct str name, struct str path, struct str source, struct str locals, struct arena *a,
	struct template *t, struct diags *ds)
{
	*t = (struct template){ .name = name, .path = path };
	struct compiler c = {
		.source = source, .locals = locals, .t = t, .arena = a, .diags = ds, .line = 1, .column = 1
	};
	*VEC_ADD(&c.lines, struct template_line) = (struct template_line){ 1, 1 };
	bool good = compile_tags(&c);
	struct buf whole = { 0 };
	put_names(&whole, STR("local "), STR(TEMPLATE_PRINTERS));
	put_names(&whole, STR(","), locals);
	buf_put(&whole, STR(" = ... return function(_ENV,_B)"));
	buf_byte(&c.lua, '\n');
	compiler_emit_end(&c, 0);
	buf_put(&whole, buf_str(&c.lua));
	t->lua = buf_keep(&whole, a);
	buf_release(&c.lua);
	t->line_count = VEC_COUNT(&c.lines, struct template_line);
	t->lines = buf_settle(&c.lines, a);
	t->include_count = VEC_COUNT(&c.includes, struct template_name);
	t->includes = buf_settle(&c.includes, a);
	t->block_count = VEC_COUNT(&c.blocks, struct template_block);
	t->blocks = buf_settle(&c.blocks, a);
	return good;
}

struct str template_words(struct str message, struct str chunk, size_t *line)
{
	struct str rest = str_from(message, chunk.n + 1), digits = str_cut(&rest, STR(": "));
	long number = 0;
	bool placed = str_starts(message, chunk) && rest.p && str_number(digits, 1000000, &number);
	*line = placed ? (size_t)number : 0;
	return placed ? rest : message;
}

struct loc template_loc(const struct template *t, size_t lua_line)
{
	if (lua_line == 0 || t->line_count == 0)
		return loc_file(t->path);
	size_t i = lua_line <= t->line_count ? lua_line - 1 : t->line_count - 1;
	return loc_at(t->path, t->lines[i].line, t->lines[i].column);
}
