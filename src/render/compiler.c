#include "render/compiler.h"

#include "render/expression.h"

/* Places are asked for in rising order nearly always, so counting goes on from the last one. */
struct loc compiler_loc(struct compiler *c, size_t at)
{
	if (at < c->seen) {
		c->seen = 0;
		c->line = c->column = 1;
	}
	for (; c->seen < at; c->seen++) {
		if (c->source.p[c->seen] == '\n') {
			c->line++;
			c->column = 1;
		} else if (((unsigned char)c->source.p[c->seen] & 0xc0) != 0x80) {
			c->column++;
		}
	}
	return loc_at(c->t->path, c->line, c->column);
}

bool compiler_fault(struct compiler *c, size_t at, const char *why)
{
	return diag_add(c->diags, TEMPLATE_ERROR, compiler_loc(c, at), STR_NONE, "%s", why);
}

void compiler_line(struct compiler *c, size_t at)
{
	struct loc loc = compiler_loc(c, at);
	buf_byte(&c->lua, '\n');
	*VEC_ADD(&c->lines, struct template_line) = (struct template_line){ loc.line, loc.column };
}

void compiler_emit(struct compiler *c, size_t at, struct str lua)
{
	compiler_line(c, at);
	uint32_t line = c->line;
	for (struct str rest = lua; rest.p;) {
		buf_put(&c->lua, str_cut(&rest, STR("\n")));
		if (!rest.p)
			break;
		buf_byte(&c->lua, '\n');
		size_t indent = rest.n - str_trim_start(rest).n;
		*VEC_ADD(&c->lines, struct template_line) = (struct template_line){ ++line, (uint32_t)indent + 1 };
	}
}

/* A Lua string literal, on one line whatever it holds. */
void compiler_emit_string(struct compiler *c, struct str s)
{
	buf_byte(&c->lua, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte = (unsigned char)s.p[i];
		if (byte == '"' || byte == '\\' || byte < 0x20)
			buf_format(&c->lua, "\\%03d", byte);
		else
			buf_byte(&c->lua, (char)byte);
	}
	buf_byte(&c->lua, '"');
}

void compiler_emit_end(struct compiler *c, size_t from)
{
	buf_format(&c->lua, "_s(%zu) end", 1 + (c->lua.n - from) / STEP_BYTES);
}

bool compiler_emit_expression(struct compiler *c, struct str text, bool pipes)
{
	struct str trimmed = str_trim(text), lua;
	size_t offset = (size_t)(trimmed.p - c->source.p);
	struct expression_fault wrong;
	if (!expression_rewrite(trimmed, pipes, c->arena, &lua, &wrong))
		return compiler_fault(c, offset + wrong.at, wrong.why);
	compiler_emit(c, offset, lua);
	return true;
}
