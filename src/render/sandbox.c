#include "render/sandbox.h"

#include "render/library.h"

#include <lualib.h>
#include <stdlib.h>

enum {
	BYTES_A_STEP = 64,          /* of allocation */
	LONG_STRING = 1 << 13,      /* from this length on a string weighs on each instruction */
	STRING_HEADER_MOST = 1024,  /* what Lua adds to a string's bytes, and more */
	COLLECTION_STEPS = 1 << 20, /* of collecting all garbage */
	GARBAGE_PAUSE = 1000        /* percent of what is in use: pages leave nothing behind */
};

static void tick(lua_State *L, lua_Debug *unused);

/* Lua cannot raise an error while it allocates; the hook, which can and which knows the place, is made to run at the
 * next instruction (lua_sethook may be called at any time). */
static void hurry(struct engine *e)
{
	if (e->L)
		lua_sethook(e->L, tick, LUA_MASKCOUNT, 1);
}

/* Counts what Lua takes; false when it would be far too much. */
static bool count_bytes(struct engine *e, size_t more)
{
	size_t after = e->memory + more;
	if (after > 2 * (size_t)ENGINE_MEMORY_MOST)
		return false;
	e->steps += more / BYTES_A_STEP;
	if (after > ENGINE_MEMORY_MOST || e->steps > ENGINE_STEPS_MOST)
		hurry(e);
	return true;
}

static void *allocate(void *self, void *old, size_t old_size, size_t size)
{
	struct engine *e = self;
	if (!old) { /* then Lua passes the type of the new object in place of a size */
		if (old_size == LUA_TSTRING && size > LONG_STRING && size > e->longest) {
			e->longest = size;
			hurry(e);
		}
		old_size = 0;
	}
	if (size > old_size && !count_bytes(e, size - old_size))
		return NULL;
	void *p = size ? realloc(old, size) : NULL;
	if (!size)
		free(old);
	if (p || !size)
		e->memory += size - old_size;
	return p;
}

void sandbox_exhausted(lua_State *L, const char *why, int limit)
{
	engine_of(L)->exhausted = true;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	engine_fail(L, why, limit);
#pragma GCC diagnostic pop
}

void sandbox_charge(lua_State *L, size_t steps)
{
	struct engine *e = engine_of(L);
	e->steps += steps;
	if (e->steps > ENGINE_STEPS_MOST)
		sandbox_exhausted(L, _("this page takes more than %d million steps; does a loop not end?"),
			ENGINE_STEPS_MOST / 1000000);
}

struct str sandbox_text(lua_State *L, int index)
{
	if (lua_type(L, index) != LUA_TSTRING && lua_type(L, index) != LUA_TNUMBER)
		engine_fail(L, _("a text is needed here; this is %s"), engine_type(L, index));
	struct str s = engine_str(L, index);
	sandbox_charge(L, s.n / SCANNED_A_STEP);
	return s;
}

/* What counts is what is in use: garbage of earlier pages must not decide whether this one fails. */
static void check_memory(lua_State *L, struct engine *e)
{
	if (e->memory <= ENGINE_MEMORY_MOST)
		return;
	lua_gc(L, LUA_GCCOLLECT, 0);
	if (e->memory > ENGINE_MEMORY_MOST)
		sandbox_exhausted(L, _("this page uses more than %d MiB of memory"), ENGINE_MEMORY_MOST >> 20);
	sandbox_charge(L, COLLECTION_STEPS);
}

void sandbox_check_size(lua_State *L, size_t n)
{
	if (n > ENGINE_STRING_MOST)
		sandbox_exhausted(L, _("this makes a text of more than %d MiB"), ENGINE_STRING_MOST >> 20);
}

/* Once a page has made a long string, instructions are counted: each may compare it. */
static void tick(lua_State *L, lua_Debug *unused)
{
	(void)unused;
	struct engine *e = engine_of(L);
	if (lua_gethookcount(L) == 1) /* in a hurry */
		lua_sethook(L, tick, e->longest ? LUA_MASKCOUNT : 0, ENGINE_STEPS_TICK);
	else
		e->steps += ENGINE_STEPS_TICK * (e->longest / LONG_STRING);
	sandbox_check_size(L, e->longest > STRING_HEADER_MOST ? e->longest - STRING_HEADER_MOST : 0);
	check_memory(L, e);
	sandbox_charge(L, 0);
}

/* _s(steps): ends each loop, block and template with what one run of it counts as. */
int sandbox_step(lua_State *L)
{
	sandbox_charge(L, (size_t)lua_tointeger(L, 1));
	return 0;
}

void sandbox_begin_page(struct engine *e)
{
	e->steps = 0;
	e->longest = 0;
	e->includes = 0;
	lua_sethook(e->L, NULL, 0, 0);
}

/* Copies the named functions of a loaded library from its table (on top) into the one below it. */
static void keep(lua_State *L, const char *const *names)
{
	for (; *names; names++) {
		lua_getfield(L, -1, *names);
		lua_setfield(L, -3, *names);
	}
}

/* Meters a function of the table on top. */
static void meter(lua_State *L, const char *name, int arguments)
{
	lua_getfield(L, -1, name);
	lua_pushinteger(L, arguments);
	lua_pushcclosure(L, library_metered, 2);
	lua_setfield(L, -2, name);
}

/* Upvalues: the library, its name. */
static int library_index(lua_State *L)
{
	lua_pushvalue(L, 2);
	if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
		return 1;
	return engine_fail_unknown(L, lua_tostring(L, lua_upvalueindex(2)), engine_key(L), STR_NONE);
}

static int library_newindex(lua_State *L)
{
	return engine_fail(L, _("functions of Lua cannot be replaced"));
}

/* Makes the table on top a global of this name that can be read only: what one page wrote the next would see. */
static void set_library(lua_State *L, int globals, const char *name)
{
	lua_newtable(L);
	lua_newtable(L);
	lua_pushvalue(L, -3);
	lua_pushstring(L, name);
	lua_pushcclosure(L, library_index, 2);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, library_newindex);
	lua_setfield(L, -2, "__newindex");
	lua_setmetatable(L, -2);
	lua_setfield(L, globals, name);
	lua_pop(L, 1);
}

/* A table with these functions of a library. */
static void open_part(lua_State *L, const char *name, lua_CFunction open, const char *const *names)
{
	lua_newtable(L);
	luaL_requiref(L, name, open, 0);
	keep(L, names);
	lua_pop(L, 1);
}

lua_State *sandbox_open(struct engine *e)
{
	static const char *const base[] = { "ipairs", "select", "tonumber", "type", NULL };
	static const char *const math[] = { "abs", "ceil", "floor", "fmod", "max", "min", "modf", "sqrt", "pi", "huge",
		"type", "ult", "tointeger", "maxinteger", "mininteger", NULL };
	static const char *const utf8[] = { "codepoint", "len", NULL };
	static const char *const table[] = { "insert", "remove", NULL };
	lua_State *L = lua_newstate(allocate, e);
	if (!L)
		return NULL;
	*(struct engine **)lua_getextraspace(L) = e;
	open_part(L, "_G", luaopen_base, base); /* what a template may see; it becomes the globals */
	int globals = lua_gettop(L);
	luaL_setfuncs(L, library_own, 0);
	luaL_setfuncs(L, library_text, 0);
	meter(L, "tonumber", 0);
	open_part(L, "math", luaopen_math, math);
	set_library(L, globals, "math");
	open_part(L, "utf8", luaopen_utf8, utf8);
	meter(L, "codepoint", 0);
	meter(L, "len", 0);
	luaL_setfuncs(L, library_utf8, 0);
	set_library(L, globals, "utf8");
	open_part(L, "table", luaopen_table, table);
	meter(L, "insert", 2);
	meter(L, "remove", 1);
	luaL_setfuncs(L, library_table, 0);
	set_library(L, globals, "table");
	lua_newtable(L);
	luaL_setfuncs(L, library_text, 0);
	set_library(L, globals, "string");
	/* ("x"):rep(3): methods of text are the bounded ones too */
	lua_pushliteral(L, "");
	lua_getfield(L, globals, "string");
	lua_getmetatable(L, -1);
	lua_setmetatable(L, -3);
	lua_pop(L, 2);
	lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	lua_gc(L, LUA_GCINC, GARBAGE_PAUSE, 0, 0);
	return L;
}
