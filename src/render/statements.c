#include "render/compiler.h"

#include "render/expression.h"

static bool left_open(struct compiler *c, size_t at)
{
	return compiler_fault(c, at,
		_("this part does not end in the place of the page in which it began: an element or an attribute is "
		  "left open or closed"));
}

static bool push(struct compiler *c, size_t at, enum opener opener)
{
	if (c->depth == NESTING_MOST)
		return compiler_fault(c, at, _("tags are nested too deeply"));
	struct frame *f = &c->frames[c->depth++];
	context_statement(&c->context);
	*f = (struct frame){ .opener = opener, .at = at, .lua = c->lua.n, .begin = c->context };
	return true;
}

static struct frame *top_frame(struct compiler *c)
{
	return c->depth ? &c->frames[c->depth - 1] : NULL;
}

/* At the end of a branch, loop or block: the page must be where it began. */
static bool end_branch(struct compiler *c, size_t at, struct frame *f)
{
	context_statement(&c->context);
	struct context end = c->context;
	if (!context_join(&end, &f->begin, f->opener == OPENER_LOOP ? CONTEXT_REPEATED : CONTEXT_BRANCHES))
		return left_open(c, at);
	if (f->opener != OPENER_IF) {
		c->context = end;
		return true;
	}
	end = c->context;
	if (f->ended && !context_join(&end, &f->end, CONTEXT_BRANCHES))
		return left_open(c, at);
	f->end = end;
	f->ended = true;
	c->context = f->begin;
	return true;
}

/* Without the last word of a tag, if it is this keyword (`then`, `do`). */
static struct str without_last(struct str text, const char *keyword)
{
	struct token last = { TOKEN_END, 0, 0 };
	for (struct token t = token_next(text, 0); t.kind != TOKEN_END && t.kind != TOKEN_BAD;
		t = token_next(text, t.end))
		last = t;
	return last.kind == TOKEN_KEYWORD && token_is(text, last, keyword) ? str_n(text.p, last.start) : text;
}

static bool condition(struct compiler *c, size_t at, struct str word, struct str rest)
{
	compiler_emit(c, at, word);
	if (!compiler_emit_expression(c, without_last(rest, "then"), false))
		return false;
	buf_put(&c->lua, STR(" then"));
	return true;
}

static bool if_tag(struct compiler *c, size_t at, struct str rest)
{
	return condition(c, at, STR("if"), rest) && push(c, at, OPENER_IF);
}

static bool else_tag(struct compiler *c, size_t at, struct str word, struct str rest)
{
	struct frame *f = top_frame(c);
	if (!f || f->opener != OPENER_IF || f->has_else)
		return compiler_fault(c, at, _("there is no {% if … %} that this could belong to"));
	if (!end_branch(c, at, f))
		return false;
	if (!str_eq(word, STR("else")))
		return condition(c, at, word, rest);
	f->has_else = true;
	if (!compiler_blank(rest))
		return compiler_fault(c, at, _("nothing may follow else; a further condition is {% elseif … %}"));
	compiler_emit(c, at, word);
	return true;
}

/* The names that a tag begins with, up to the sign or word behind them, which is *behind. */
static bool take_names(struct compiler *c, size_t at, struct str rest, struct str *names, struct token *behind)
{
	struct token t = token_next(rest, 0);
	bool good = true;
	for (; t.kind == TOKEN_NAME || token_is(rest, t, ","); t = token_next(rest, t.end))
		good = good && (t.end - t.start == 1 || rest.p[t.start] != '_');
	*names = str_n(rest.p, t.start);
	*behind = t;
	return good || compiler_fault(c, at, _("names beginning with _ are giji's own"));
}

static bool loop_tag(struct compiler *c, size_t at, struct str word, struct str rest)
{
	struct str body = without_last(rest, "do");
	size_t lua = c->lua.n;
	compiler_emit(c, at, word);
	if (str_eq(word, STR("for"))) {
		struct token behind;
		struct str names;
		if (!take_names(c, at, body, &names, &behind))
			return false;
		if (compiler_blank(names) || (!token_is(body, behind, "in") && !token_is(body, behind, "=")))
			return compiler_fault(c, at, _("a loop is {% for x in each(list) %} or {% for i = 1, 3 %}"));
		compiler_emit(c, (size_t)(body.p - c->source.p), str_n(body.p, behind.end));
		body = str_from(body, behind.end);
	}
	if (!compiler_emit_expression(c, body, false) || !push(c, at, OPENER_LOOP))
		return false;
	top_frame(c)->lua = lua; /* a condition runs each time too */
	buf_put(&c->lua, STR(" do"));
	return true;
}

static bool break_tag(struct compiler *c, size_t at)
{
	const struct frame *f = top_frame(c);
	while (f && f->opener == OPENER_IF)
		f = f > c->frames ? f - 1 : NULL;
	if (!f || f->opener != OPENER_LOOP)
		return compiler_fault(c, at, _("break can stand in a loop only"));
	struct context end = c->context;
	context_statement(&end);
	if (!context_join(&end, &f->begin, CONTEXT_REPEATED))
		return left_open(c, at);
	compiler_emit(c, at, STR("break"));
	return true;
}

static bool local_tag(struct compiler *c, size_t at, struct str word, struct str rest)
{
	bool set = str_eq(word, STR("set"));
	struct token behind;
	struct str names;
	if (!take_names(c, at, rest, &names, &behind))
		return false;
	if (compiler_blank(names) || !token_is(rest, behind, "="))
		return compiler_fault(c, at,
			set ? _("set gives a local a new value: {% set x = … %}")
			    : _("a local needs a value: {% local x = … %}"));
	compiler_emit(c, at, set ? STR("") : STR("local"));
	compiler_emit(c, (size_t)(rest.p - c->source.p), str_n(rest.p, behind.end));
	return compiler_emit_expression(c, str_from(rest, behind.end), false);
}

/* The string literal that a tag must begin with; *rest is what follows it. */
static bool literal_name(struct compiler *c, size_t at, struct str *rest, struct str *name)
{
	struct token t = token_next(*rest, 0);
	if (t.kind != TOKEN_STRING || rest->p[t.start] == '[')
		return compiler_fault(c, at, _("a template is named by a literal, \"speech\", not by an expression"));
	*name = str_n(rest->p + t.start + 1, t.end - t.start - 2);
	if (name->n > TEMPLATE_NAME_MOST)
		return compiler_fault(c, at, _("this name of a template is too long"));
	for (size_t i = 0; i < name->n; i++) {
		char byte = name->p[i];
		if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_'))
			return compiler_fault(c, at, _("a template's name holds small letters, digits, - and _ only"));
	}
	*rest = str_from(*rest, t.end);
	return true;
}

static bool extends_tag(struct compiler *c, size_t at, struct str rest)
{
	struct str name;
	if (c->begun || c->child || c->depth)
		return compiler_fault(c, at, _("extends must be the first thing in a template"));
	if (!literal_name(c, at, &rest, &name))
		return false;
	if (!compiler_blank(rest))
		return compiler_fault(c, at, _("nothing may follow the name"));
	c->child = true;
	c->t->extends = (struct template_name){ name, compiler_loc(c, at) };
	return true;
}

/* The names that a `with` hands over, each followed by a bar: they are known there even when they are nil. A name
 * must not be one that the included template has already. */
static bool with_names(struct compiler *c, struct str table, struct buf *names)
{
	int nesting = 0;
	struct token before = { TOKEN_END, 0, 0 };
	for (struct token t = token_next(table, 0); t.kind != TOKEN_END && t.kind != TOKEN_BAD;
		t = token_next(table, t.end)) {
		nesting += token_nesting(table, t);
		struct str name = str_n(table.p + before.start, before.end - before.start);
		if (nesting == 1 && token_is(table, t, "=") && before.kind == TOKEN_NAME) {
			for (struct str locals = c->locals; locals.p;)
				if (str_eq(str_cut(&locals, STR(",")), name))
					return compiler_fault(c, (size_t)(name.p - c->source.p),
						_("this name is a helper's; another is needed"));
			buf_put(names, name);
			buf_byte(names, '|');
		}
		before = t;
	}
	return true;
}

/* The second and third argument of _i: the table, and the names in it. */
static bool with_arguments(struct compiler *c, struct str table)
{
	struct buf names = { 0 };
	bool good = with_names(c, table, &names);
	if (good) {
		buf_byte(&c->lua, ',');
		good = compiler_emit_expression(c, table, false);
	}
	if (good) {
		buf_byte(&c->lua, ',');
		compiler_emit_string(c, buf_str(&names));
	}
	buf_release(&names);
	return good;
}

static bool include_tag(struct compiler *c, size_t at, struct str rest)
{
	struct str name, table = STR_NONE;
	if (!context_between(&c->context))
		return compiler_fault(c, at,
			_("a template can be included between elements only, not inside a tag, title or script"));
	if (!literal_name(c, at, &rest, &name))
		return false;
	if (!compiler_blank(rest)) {
		struct token with = token_next(rest, 0);
		table = str_trim(str_from(rest, with.end));
		if (!token_is(rest, with, "with") || !expression_bracketed(table, "{"))
			return compiler_fault(c, at, _("only with { name = value } may follow the name"));
	}
	*VEC_ADD(&c->includes, struct template_name) = (struct template_name){ name, compiler_loc(c, at) };
	compiler_line(c, at);
	buf_put(&c->lua, STR("_i("));
	compiler_emit_string(c, name);
	if (table.p && !with_arguments(c, table))
		return false;
	buf_byte(&c->lua, ')');
	return true;
}

static bool is_defined(const struct compiler *c, struct str block)
{
	for (size_t i = 0; i < VEC_COUNT(&c->blocks, struct template_block); i++)
		if (str_eq(VEC_AT(&c->blocks, struct template_block)[i].name, block))
			return true;
	return false;
}

/* A block's content may stand in any place of text, so it opens and closes its own elements only; but in <title> it is
 * plain text. Which of both must be known from the name alone, here and in templates that fill it. */
static bool check_block_place(struct compiler *c, size_t at, struct str name, bool fills)
{
	const struct context *now = &c->context;
	bool in_title = now->depth && str_eq(now->open[now->depth - 1], STR("title"));
	if (now->state != CONTEXT_TEXT || (!in_title && !context_between(now)))
		return compiler_fault(c, at, _("a block can stand between elements only, not inside a tag or script"));
	if (!fills && in_title != str_eq(name, STR("title")))
		return compiler_fault(c, at, _("in <title> stands a block called title, and nowhere else"));
	return true;
}

static bool block_tag(struct compiler *c, size_t at, struct str rest)
{
	struct token t = token_next(rest, 0);
	struct str name = str_n(rest.p + t.start, t.end - t.start);
	bool fills = compiler_outside(c);
	if (t.kind != TOKEN_NAME || name.p[0] == '_' || !compiler_blank(str_from(rest, t.end)))
		return compiler_fault(c, at, _("a block has one plain name: {% block main %}"));
	if (is_defined(c, name))
		return compiler_fault(c, at, _("this template has a block of that name already"));
	if (!check_block_place(c, at, name, fills))
		return false;
	struct context outside = c->context;
	c->context = (struct context){ 0 };
	if (str_eq(name, STR("title")))
		c->context.open[c->context.depth++] = STR("title");
	if (!push(c, at, OPENER_BLOCK))
		return false;
	top_frame(c)->end = outside;
	c->block_depth++;
	*VEC_ADD(&c->blocks, struct template_block) = (struct template_block){ name, compiler_loc(c, at), fills };
	compiler_line(c, at);
	if (fills)
		buf_format(&c->lua, "_B.%.*s=_B.%.*s or function(_B)", STR_ARG(name), STR_ARG(name));
	else
		buf_format(&c->lua, "if _B.%.*s then _B.%.*s(_B) else", STR_ARG(name), STR_ARG(name));
	return true;
}

static bool end_tag(struct compiler *c, size_t at, struct str rest)
{
	struct frame *f = top_frame(c);
	if (!compiler_blank(rest))
		return compiler_fault(c, at, _("nothing may follow end"));
	if (!f)
		return compiler_fault(c, at, _("there is nothing to end here"));
	if (!end_branch(c, at, f))
		return false;
	if (f->opener == OPENER_IF && !f->has_else && !context_join(&f->end, &f->begin, CONTEXT_BRANCHES))
		return left_open(c, at);
	if (f->opener != OPENER_LOOP)
		c->context = f->end;
	c->block_depth -= f->opener == OPENER_BLOCK;
	c->depth--;
	compiler_line(c, at);
	if (f->opener == OPENER_IF)
		buf_put(&c->lua, STR("end"));
	else
		compiler_emit_end(c, f->lua);
	return true;
}

bool statement_tag(struct compiler *c, size_t at, struct str inside)
{
	struct token first = token_next(inside, 0);
	struct str word = str_n(inside.p + first.start, first.end - first.start), rest = str_from(inside, first.end);
	bool outside = compiler_outside(c);
	if (str_eq(word, STR("extends")))
		return extends_tag(c, at, rest);
	c->begun = true;
	if (str_eq(word, STR("block")))
		return block_tag(c, at, rest);
	if (str_eq(word, STR("end")))
		return end_tag(c, at, rest);
	if (str_eq(word, STR("local")) || (str_eq(word, STR("set")) && !outside))
		return local_tag(c, at, word, rest);
	if (outside)
		return compiler_fault(c, at,
			_("outside its blocks, a template that extends another holds only comments and {% local … %}"));
	if (str_eq(word, STR("include")))
		return include_tag(c, at, rest);
	if (str_eq(word, STR("if")))
		return if_tag(c, at, rest);
	if (str_eq(word, STR("else")) || str_eq(word, STR("elseif")))
		return else_tag(c, at, word, rest);
	if (str_eq(word, STR("for")) || str_eq(word, STR("while")))
		return loop_tag(c, at, word, rest);
	if (str_eq(word, STR("break")) && compiler_blank(rest))
		return break_tag(c, at);
	return compiler_fault(c, at,
		_("a tag begins with if, elseif, else, for, while, break, local, set, block, extends, include or end"));
}
