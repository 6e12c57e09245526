/*
 * engine: one worker's Lua, with the templates loaded and the site in view.
 *
 * Only files of this room include this header. Lua functions reach their
 * engine through engine_of(L). What a template can do is bounded: memory,
 * instructions and depth of includes are counted, and nothing reaches outside.
 */
#ifndef GIJI_RENDER_ENGINE_H
#define GIJI_RENDER_ENGINE_H

#include "render/render.h"
#include "render/template.h"
#include "render/theme.h"

#include <lauxlib.h>
#include <lua.h>

enum {
	ENGINE_MEMORY_MOST = 256 * 1024 * 1024, /* bytes of Lua values a page may hold */
	ENGINE_STRING_MOST = 4 * 1024 * 1024,   /* of one string: as much as a source file */
	ENGINE_PAGE_MOST = 256 * 1024 * 1024,   /* of a page */
	ENGINE_STEPS_MOST = 60 * 1000 * 1000,   /* Lua instructions a page may take */
	ENGINE_STEPS_TICK = 10000,
	ENGINE_INCLUDES_MOST = 32,
	ENGINE_FRAMES_MOST = 8
};

struct engine {
	lua_State *L;
	const struct theme *theme;
	const struct site *site;
	const struct page *page;
	const struct edition *edition;
	uint32_t subjects[PAGE_NOT_FOUND + 1]; /* of the page: at its kind its subject, else NONE */
	const struct theme_labels *labels; /* of the page's language */
	struct buf *out;
	struct diags *diags;
	struct arena scratch;                          /* until the page is done */
	struct arena passing;                          /* until the next helper is called: texts on their way to Lua */
	const void *html_metatable;                    /* tells HTML from other userdata, see html.c */
	size_t memory;                                 /* bytes that Lua holds */
	size_t steps;                                  /* of this page */
	size_t longest;                                /* string of this page, in bytes */
	size_t includes;                               /* depth */
	struct loc frames[ENGINE_FRAMES_MOST];         /* in templates, of the last failure, innermost first */
	size_t frame_count;
	struct buf words;   /* of the helper that runs: it outlives the errors that Lua raises */
	bool label_missing; /* the failure was a label the language does not have */
	bool exhausted;     /* a cap was reached: further pages would only take as long */
};

static inline struct engine *engine_of(lua_State *L)
{
	return *(struct engine **)lua_getextraspace(L);
}

/* Raises a Lua error with these words; does not return. */
int engine_fail(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A value's type in words: those of the model by their own names. */
const char *engine_type(lua_State *L, int index);

/* The parts of this room that make what templates see. Each pushes one value that serves every page of this engine: it
 * reads e->page when a field is asked for. */
void views_push_page(struct engine *e);
void views_push_site(struct engine *e);

/* Pushes the printers in the order of TEMPLATE_PRINTERS, but for the last, _i, which is the engine's. Returns how many. */
int output_push_printers(lua_State *L);

/* Raises "unknown … did you mean" for a name; `near` may be STR_NONE. */
int engine_fail_unknown(lua_State *L, const char *what, struct str name, struct str near);

static inline void engine_push(lua_State *L, struct str s)
{
	lua_pushlstring(L, s.n ? s.p : "", s.n);
}

static inline struct str engine_str(lua_State *L, int index)
{
	size_t n;
	const char *p = lua_tolstring(L, index, &n);
	return str_n(p, n);
}

/* Of a metamethod: the key that is asked for, when it is a name. */
static inline struct str engine_key(lua_State *L)
{
	return lua_type(L, 2) == LUA_TSTRING ? engine_str(L, 2) : STR("?");
}

#endif
