/*
 * compiler: what the two halves of template_compile share: template.c cuts a source into literals and tags,
 * statements.c knows what each {% word … %} means. Private to both.
 */
#ifndef GIJI_RENDER_COMPILER_H
#define GIJI_RENDER_COMPILER_H

#include "render/context.h"
#include "render/template.h"

enum { NESTING_MOST = 48, STEP_BYTES = 4 /* of Lua source: about one instruction */ };

enum opener { OPENER_IF, OPENER_LOOP, OPENER_BLOCK };

struct frame { /* an if, loop or block that waits for its end */
	enum opener opener;
	bool has_else;
	bool ended;           /* of an if: a branch has ended, and `end` is where */
	size_t at;            /* byte of its tag */
	size_t lua;           /* byte of the Lua at which it begins */
	struct context begin; /* what each branch must return to */
	struct context end;   /* of an if: where its branches meet; of a block: what goes on behind it */
};

struct compiler {
	struct str source;
	struct str locals; /* the helpers' names, separated by commas */
	struct template *t;
	struct arena *arena;
	struct diags *diags;
	struct buf lua;
	struct buf lines;    /* of struct template_line */
	struct buf includes; /* of struct template_name */
	struct buf blocks;   /* of struct template_block */
	struct context context;
	struct frame frames[NESTING_MOST];
	size_t depth;
	size_t block_depth;
	bool child;  /* extends another */
	bool begun;  /* something other than comments has been read */
	size_t seen; /* for line and column: how far `line` and `column` have counted */
	uint32_t line, column;
};

struct loc compiler_loc(struct compiler *c, size_t at);

/* Adds a finding at a byte of the source; returns false. */
bool compiler_fault(struct compiler *c, size_t at, const char *why);

/* Begins a new Lua line that stands for the template's byte `at`. */
void compiler_line(struct compiler *c, size_t at);

/* Emits Lua that came from the template at `at`, on lines of its own. */
void compiler_emit(struct compiler *c, size_t at, struct str lua);
void compiler_emit_string(struct compiler *c, struct str s);

/* Emits `_s(…) end` for the Lua since the byte `from`. */
void compiler_emit_end(struct compiler *c, size_t from);

/* Rewrites the expression `text`, a part of the source, and emits it; its faults are findings. */
bool compiler_emit_expression(struct compiler *c, struct str text, bool pipes);

static inline bool compiler_blank(struct str s)
{
	return str_empty(str_trim(s));
}

/* True outside the blocks of a template that extends another: nothing is printed there. */
static inline bool compiler_outside(const struct compiler *c)
{
	return c->child && c->block_depth == 0;
}

/* A {% … %} tag at byte `at` with this inside. */
bool statement_tag(struct compiler *c, size_t at, struct str inside);

#endif
