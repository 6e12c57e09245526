#include "render/engine.h"

#include "render/helpers.h"
#include "render/html.h"
#include "render/sandbox.h"
#include "render/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct renderer {
	struct engine engine;
};

/* Registry keys: template name → its function; what a template sees as its globals; names of a `with` → metatable. */
static const char templates_key, environment_key, with_key;

int engine_fail(lua_State *L, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char words[512];
	int length = vsnprintf(words, sizeof words, format, args);
	va_end(args);
	size_t n = length < 0 ? 0 : (size_t)length;
	if (n >= sizeof words) /* never half a character */
		for (n = sizeof words - 1; n > 0 && ((unsigned char)words[n] & 0xc0) == 0x80; n--)
			;
	lua_pushlstring(L, words, n);
	return lua_error(L);
}

int engine_fail_unknown(lua_State *L, const char *what, struct str name, struct str near)
{
	if (near.p)
		return engine_fail(
			L, _("unknown name 「%.*s」 (%s); did you mean 「%.*s」?"), STR_ARG(name), what, STR_ARG(near));
	return engine_fail(L, _("unknown name 「%.*s」 (%s)"), STR_ARG(name), what);
}

const char *engine_type(lua_State *L, int index)
{
	if (luaL_getmetafield(L, index, "__name") == LUA_TNIL)
		return luaL_typename(L, index);
	const char *name = lua_tostring(L, -1); /* the metatable keeps it */
	lua_pop(L, 1);
	return name;
}

/* A name that is looked for in vain, and of those that would be known the one that is spelled most like it. */
struct search {
	struct str name, near;
};

static void consider(struct search *s, struct str candidate)
{
	if (!str_starts(candidate, STR("_")))
		str_nearer(s->name, candidate, &s->near);
}

/* The keys of the table on top, which is popped. */
static void consider_keys(lua_State *L, struct search *s)
{
	for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
		if (lua_type(L, -2) == LUA_TSTRING)
			consider(s, engine_str(L, -2));
	lua_pop(L, 1);
}

/* A local or upvalue of a running template, whose value is on top and is popped. _ENV holds what `with` gave. */
static void consider_local(lua_State *L, struct search *s, const char *name)
{
	if (str_eq(str_c(name), STR("_ENV")) && lua_istable(L, -1)) {
		consider_keys(L, s);
		return;
	}
	consider(s, str_c(name));
	lua_pop(L, 1);
}

/* A name that is no local, no helper and was not handed over by `with`. */
static int unknown_name(lua_State *L)
{
	lua_Debug ar;
	const char *name;
	struct search s = { .name = engine_key(L) };
	bool found = false;
	for (int level = 1; !found && lua_getstack(L, level, &ar);
		level++) /* the template, below what looks names up */
		found = lua_getinfo(L, "S", &ar) && ar.what[0] == 'L';
	if (found && lua_getinfo(L, "f", &ar)) {
		for (int i = 1; (name = lua_getlocal(L, &ar, i)); i++)
			consider_local(L, &s, name);
		for (int i = 1; (name = lua_getupvalue(L, -1, i)); i++)
			consider_local(L, &s, name);
	}
	lua_pushglobaltable(L);
	consider_keys(L, &s);
	return engine_fail_unknown(L, _("no value of that name here"), s.name, s.near);
}

static int no_globals(lua_State *L)
{
	return engine_fail(L, _("「%s」 is not a local here; {%% local name = … %%} makes one"), engine_key(L).p);
}

/* Names that `with` hands over are known even when they are nil. Upvalue: these names. */
static bool is_handed_over(lua_State *L)
{
	return str_is_one_of(engine_key(L), lua_tostring(L, lua_upvalueindex(1)));
}

static int with_index(lua_State *L)
{
	if (is_handed_over(L)) {
		lua_pushnil(L);
		return 1;
	}
	lua_pushglobaltable(L);
	lua_pushvalue(L, 2);
	lua_gettable(L, -2);
	return 1;
}

static int with_newindex(lua_State *L)
{
	if (!is_handed_over(L))
		return no_globals(L);
	lua_settop(L, 3);
	lua_rawset(L, 1);
	return 0;
}

/* Pushes the metatable of the environments with these names, each followed by a bar; made once, then kept. */
static void push_metatable(lua_State *L, struct str names)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &with_key);
	engine_push(L, names);
	lua_pushvalue(L, -1);
	if (lua_rawget(L, -3) == LUA_TNIL) {
		const luaL_Reg methods[] = { { "__index", with_index }, { "__newindex", with_newindex },
			{ NULL, NULL } };
		lua_pop(L, 1);
		lua_newtable(L);
		lua_pushvalue(L, -2);
		luaL_setfuncs(L, methods, 1);
		lua_pushvalue(L, -2);
		lua_pushvalue(L, -2);
		lua_rawset(L, -5);
	}
	lua_replace(L, -3);
	lua_pop(L, 1);
}

/* The environment that templates run in: reading falls through to the sandbox,
 * unknown names and all writing are errors. */
static void set_up_environment(lua_State *L)
{
	lua_pushglobaltable(L);
	lua_newtable(L);
	lua_pushcfunction(L, unknown_name);
	lua_setfield(L, -2, "__index");
	lua_setmetatable(L, -2);
	lua_pop(L, 1);
	lua_newtable(L);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &with_key);
	lua_newtable(L);
	push_metatable(L, STR_NONE);
	lua_setmetatable(L, -2);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
}

static void push_template(lua_State *L, struct str name)
{
	lua_rawgetp(L, LUA_REGISTRYINDEX, &templates_key);
	engine_push(L, name);
	if (lua_rawget(L, -2) != LUA_TFUNCTION)
		engine_fail(L, _("there is no template 「%.*s」"), STR_ARG(name));
	lua_remove(L, -2);
}

/* _i(name, with, names): runs another template here. */
static int include(lua_State *L)
{
	struct engine *e = engine_of(L);
	if (++e->includes > ENGINE_INCLUDES_MOST)
		return engine_fail(L, _("templates include each other more than %d deep"), ENGINE_INCLUDES_MOST);
	push_template(L, engine_str(L, 1));
	if (lua_type(L, 2) == LUA_TTABLE) {
		lua_pushvalue(L, 2);
		push_metatable(L, engine_str(L, 3));
		lua_setmetatable(L, -2);
	} else {
		lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
	}
	lua_newtable(L);
	lua_call(L, 2, 0);
	e->includes--;
	return 0;
}

/* Loads a template's chunk and runs it once, which gives its function. */
static bool load_template(struct engine *e, const struct template *t)
{
	lua_State *L = e->L;
	char name[128];
	snprintf(name, sizeof name, "=%.*s", STR_ARG(t->name));
	if (luaL_loadbufferx(L, t->lua.p, t->lua.n, name, "t") != LUA_OK)
		return false;
	int count = output_push_printers(L);
	lua_pushcfunction(L, include);
	count++;
	for (struct str rest = STR(HELPER_NAMES); rest.p; count++) {
		luaL_checkstack(L, 2, NULL);
		lua_pushglobaltable(L);
		engine_push(L, str_cut(&rest, STR(",")));
		lua_rawget(L, -2);
		lua_remove(L, -2);
	}
	return lua_pcall(L, count, 1, 0) == LUA_OK;
}

/* pcall's message handler: notes which templates were running, and where. */
static int note_frames(lua_State *L)
{
	struct engine *e = engine_of(L);
	lua_Debug ar;
	size_t line;
	e->frame_count = 0;
	for (int level = 0; e->frame_count < ENGINE_FRAMES_MOST && lua_getstack(L, level, &ar); level++) {
		lua_getinfo(L, "Sl", &ar);
		const struct template *t = ar.source[0] == '=' ? theme_template(e->theme, str_c(ar.source + 1)) : NULL;
		if (t && e->frame_count == 0 && lua_type(L, 1) == LUA_TSTRING)
			engine_push(L, template_words(engine_str(L, 1), t->name, &line));
		if (t)
			e->frames[e->frame_count++] = template_loc(t, (size_t)ar.currentline);
	}
	return 1;
}

/* What failed, in words that fit templates. */
static struct str words_of(struct engine *e, int status)
{
	struct str words = lua_type(e->L, -1) == LUA_TSTRING ? engine_str(e->L, -1) : STR("error");
	if (status == LUA_ERRMEM)
		return arena_format(
			&e->scratch, _("this page uses more than %d MiB of memory"), ENGINE_MEMORY_MOST >> 20);
	if (str_find(words, STR("for iterator"), 0) != SIZE_MAX)
		return str_c(_("a loop runs over each(list), pairs(table) or numbers"));
	if (str_find(words, STR("a nil value"), 0) == SIZE_MAX && !str_ends(words, STR("with nil")) &&
		str_find(words, STR("nil with"), 0) == SIZE_MAX)
		return words;
	size_t quote = str_find_byte(words, '\'', 0);
	if (quote == SIZE_MAX)
		return str_c(_("a value is nil here; a.b?.c is nil where b is, and {% if a.b %} asks first"));
	struct str rest = str_from(words, quote + 1), name = str_cut(&rest, STR("'"));
	return arena_format(&e->scratch,
		_("「%.*s」 is nil here; a.b?.c is nil where b is, and {%% if a.b %%} asks first"), STR_ARG(name));
}

static bool report(struct engine *e, int status, struct diags *ds)
{
	enum diag_code code = e->label_missing ? LABEL_MISSING : TEMPLATE_ERROR;
	struct str words = words_of(e, status);
	struct buf help = { 0 };
	buf_format(&help, _("while rendering %.*s"), STR_ARG(e->page->url));
	for (size_t i = 1; i < e->frame_count; i++)
		buf_format(&help, _(", from %.*s:%u:%u"), STR_ARG(e->frames[i].path), e->frames[i].line,
			e->frames[i].column);
	/* Where memory ended Lua does not tell. */
	struct loc loc =
		e->frame_count ? e->frames[0] : loc_file(theme_template(e->theme, theme_template_of(e->page))->path);
	diag_add(ds, code, loc, buf_str(&help), "%.*s", STR_ARG(words));
	buf_release(&help);
	lua_settop(e->L, 0);
	return false;
}

/* Runs inside pcall: the page's template and those it extends, outermost last. */
static int run_page(lua_State *L)
{
	struct engine *e = engine_of(L);
	const struct template *t = NULL;
	lua_newtable(L); /* the blocks: the innermost definition of each */
	do {
		t = theme_template(e->theme, t ? t->extends.name : theme_template_of(e->page));
		push_template(L, t->name);
		lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
		lua_pushvalue(L, 1);
		lua_call(L, 2, 0);
	} while (t->extends.name.p);
	return 0;
}

bool renderer_page(struct renderer *r, const struct page *page, struct buf *out, struct diags *ds)
{
	struct engine *e = &r->engine;
	e->page = page;
	e->edition = &e->site->editions[page->edition];
	memset(e->subjects, 0xff, sizeof e->subjects);
	e->subjects[page->kind] = page->subject;
	e->labels = theme_labels_in(e->theme, page->language);
	e->out = out;
	e->diags = ds;
	e->label_missing = false;
	e->frame_count = 0;
	sandbox_begin_page(e);
	arena_reset(&e->scratch);
	lua_pushcfunction(e->L, note_frames);
	lua_pushcfunction(e->L, run_page);
	int status = lua_pcall(e->L, 0, 0, 1);
	e->exhausted = e->exhausted || status == LUA_ERRMEM;
	if (status != LUA_OK)
		return report(e, status, ds);
	lua_settop(e->L, 0);
	return true;
}

bool renderer_exhausted(const struct renderer *r)
{
	return r->engine.exhausted;
}

/* Runs inside pcall, for only there may Lua run out of memory. */
static int set_up(lua_State *L)
{
	struct engine *e = engine_of(L);
	view_setup(L);
	html_setup(L);
	helpers_setup(L);
	views_push_page(e);
	lua_setglobal(L, "page");
	views_push_site(e);
	lua_setglobal(L, "site");
	lua_newtable(L);
	for (size_t i = 0; i < e->theme->template_count; i++) {
		const struct template *t = &e->theme->templates[i];
		if (!load_template(e, t))
			return lua_error(L);
		lua_pushlstring(L, t->name.p, t->name.n);
		lua_insert(L, -2);
		lua_rawset(L, -3);
	}
	lua_rawsetp(L, LUA_REGISTRYINDEX, &templates_key);
	set_up_environment(L);
	return 0;
}

struct renderer *renderer_open(const struct theme *theme, const struct site *site)
{
	struct renderer *r = mem_alloc(sizeof *r);
	struct engine *e = &r->engine;
	e->theme = theme;
	e->site = site;
	arena_init(&e->scratch);
	arena_init(&e->passing);
	e->L = sandbox_open(e);
	if (!e->L)
		abort();
	lua_pushcfunction(e->L, set_up);
	/* theme_open has loaded every chunk before: what fails here is our mistake or memory */
	if (lua_pcall(e->L, 0, 0, 0) != LUA_OK) {
		fprintf(stderr, "giji: %s\n", lua_tostring(e->L, -1));
		abort();
	}
	return r;
}

void renderer_close(struct renderer *r)
{
	lua_close(r->engine.L);
	buf_release(&r->engine.words);
	arena_release(&r->engine.scratch);
	arena_release(&r->engine.passing);
	free(r);
}
