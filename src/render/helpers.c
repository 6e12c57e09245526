#include "render/helpers.h"

#include "render/sandbox.h"
#include "text/calendar.h"
#include "text/words.h"

#include <limits.h>

enum {
	ARGUMENTS_MOST = 12,
	CALL_STEPS = 20, /* what one call counts as */
	FORMAT_STEPS = 200
};

/* An empty arena for one text on its way to Lua, which copies it. */
static struct arena *passing(struct engine *e)
{
	arena_reset(&e->passing);
	return &e->passing;
}

/* The holes' values, from a table of names; the table stays on the stack, and so do the texts. */
static size_t read_arguments(lua_State *L, int table, const struct message *m, struct message_arg *args)
{
	size_t count = message_arg_count(m);
	if (count > ARGUMENTS_MOST)
		engine_fail(L, _("a label has more than %d holes"), ARGUMENTS_MOST);
	luaL_checkstack(L, (int)count + 2, NULL);
	for (size_t i = 0; i < count; i++) {
		args[i] = (struct message_arg){ .name = message_arg_name(m, i) };
		engine_push(L, args[i].name);
		int type = lua_rawget(L, table);
		args[i].is_number = type == LUA_TNUMBER;
		if (type == LUA_TNUMBER)
			args[i].number = lua_tonumber(L, -1);
		else if (type == LUA_TSTRING)
			args[i].text = engine_str(L, -1);
		else
			engine_fail(L, _("this label needs a text or number called 「%.*s」"), STR_ARG(args[i].name));
	}
	return count;
}

static int label(lua_State *L)
{
	struct engine *e = engine_of(L);
	struct str key = sandbox_text(L, 1), missing;
	const struct theme_label *l = theme_label(e->labels, key);
	if (!l) {
		struct str near = e->labels ? map_nearest(&e->labels->keys, key) : STR_NONE;
		e->label_missing = true;
		return engine_fail_unknown(L, "label", key, near);
	}
	if (l->plain.p) {
		engine_push(L, l->plain);
		return 1;
	}
	struct message_arg args[ARGUMENTS_MOST];
	if (lua_type(L, 2) != LUA_TTABLE)
		return engine_fail(L, _("the label 「%.*s」 needs values: label(\"%.*s\", {name = value})"),
			STR_ARG(key), STR_ARG(key));
	size_t count = read_arguments(L, 2, l->message, args);
	sandbox_charge(L, FORMAT_STEPS);
	buf_clear(&e->words);
	if (!message_format(l->message, args, count, &e->words, &missing))
		return engine_fail(L, _("this label needs a number called 「%.*s」"), STR_ARG(missing));
	engine_push(L, buf_str(&e->words));
	return 1;
}

static int label_has(lua_State *L)
{
	lua_pushboolean(L, theme_label(engine_of(L)->labels, sandbox_text(L, 1)) != NULL);
	return 1;
}

static struct date date_argument(lua_State *L)
{
	struct str s = sandbox_text(L, 1);
	struct date_claim claim;
	if (!date_read(s, &claim))
		engine_fail(L, _("「%.*s」 is not a date"), STR_ARG(s));
	return claim.date;
}

/* Pushes the table of texts that the running function has made in the page's language: its upvalue holds one for each.
 * The same dates stand on many pages, and to write one takes long. */
static void push_made(lua_State *L)
{
	struct engine *e = engine_of(L);
	if (lua_rawgetp(L, lua_upvalueindex(1), e->labels) == LUA_TTABLE)
		return;
	lua_pop(L, 1);
	lua_newtable(L);
	lua_pushvalue(L, -1);
	lua_rawsetp(L, lua_upvalueindex(1), e->labels);
}

/* Upvalues: the texts it has made; whether they are short. */
static int print_date(lua_State *L)
{
	struct engine *e = engine_of(L);
	lua_settop(L, 1);
	sandbox_charge(L, CALL_STEPS);
	push_made(L);
	lua_pushvalue(L, 1);
	if (lua_type(L, 1) == LUA_TSTRING && lua_rawget(L, 2) == LUA_TSTRING)
		return 1;
	bool is_short = lua_toboolean(L, lua_upvalueindex(2));
	struct date date = date_argument(L);
	engine_push(L, (is_short ? date_print_short : date_print)(passing(e), date, e->page->language));
	lua_pushvalue(L, 1);
	lua_pushvalue(L, -2);
	lua_rawset(L, 2);
	return 1;
}

static lua_Integer whole_number(lua_State *L, int index, lua_Integer least, lua_Integer most)
{
	int is_number;
	lua_Integer n = lua_tointegerx(L, index, &is_number);
	if (!is_number || lua_type(L, index) != LUA_TNUMBER)
		engine_fail(L, _("a whole number is needed here; this is %s"), engine_type(L, index));
	if (n < least || n > most)
		engine_fail(L, _("this number is too small or too large"));
	sandbox_charge(L, CALL_STEPS);
	return n;
}

static int fiscal_year(lua_State *L)
{
	struct engine *e = engine_of(L);
	int year = (int)whole_number(L, 1, 1, 9999);
	engine_push(L, year_print(passing(e), year, (int)e->site->settings.year_starts, e->page->language));
	return 1;
}

static int grouped_number(lua_State *L)
{
	struct engine *e = engine_of(L);
	long number = (long)whole_number(L, 1, LONG_MIN + 1, LONG_MAX);
	buf_clear(&e->words);
	number_print(&e->words, number, e->page->language);
	engine_push(L, buf_str(&e->words));
	return 1;
}

static int url(lua_State *L)
{
	struct engine *e = engine_of(L);
	engine_push(L, site_url(e->site, e->edition->prefix, sandbox_text(L, 1), passing(e)));
	return 1;
}

static const struct theme_asset *asset_of(const struct engine *e, struct str name)
{
	for (size_t i = 0; i < e->theme->asset_count; i++)
		if (str_eq(str_from(e->theme->assets[i].output, sizeof "assets/" - 1), name))
			return &e->theme->assets[i];
	return NULL;
}

static int asset(lua_State *L)
{
	struct engine *e = engine_of(L);
	struct str name = sandbox_text(L, 1);
	const struct theme_asset *a = asset_of(e, name);
	if (!a)
		return engine_fail(L, _("the theme has no file assets/%.*s"), STR_ARG(name));
	struct str address = site_url(e->site, STR(""), a->output, passing(e));
	engine_push(L, arena_format(&e->passing, "%.*s?v=%s", STR_ARG(address), a->version));
	return 1;
}

static int asset_has(lua_State *L)
{
	lua_pushboolean(L, asset_of(engine_of(L), sandbox_text(L, 1)) != NULL);
	return 1;
}

static int excerpt(lua_State *L)
{
	struct engine *e = engine_of(L);
	bool cut;
	size_t most = lua_isnoneornil(L, 2) ? 80 : (size_t)whole_number(L, 2, 0, 100000);
	struct str s = sandbox_text(L, 1);
	sandbox_charge(L, s.n);
	s = text_squeeze(passing(e), s);
	struct str part = text_excerpt(s, most, &cut);
	engine_push(L, cut ? arena_format(&e->passing, "%.*s…", STR_ARG(part)) : part);
	return 1;
}

void helpers_setup(lua_State *L)
{
	static const luaL_Reg functions[] = { { "label", label }, { "label_has", label_has }, { "year", fiscal_year },
		{ "number", grouped_number }, { "url", url }, { "asset", asset }, { "asset_has", asset_has },
		{ "excerpt", excerpt }, { NULL, NULL } };
	lua_pushglobaltable(L);
	luaL_setfuncs(L, functions, 0);
	for (int is_short = 0; is_short <= 1; is_short++) {
		lua_newtable(L);
		lua_pushboolean(L, is_short);
		lua_pushcclosure(L, print_date, 2);
		lua_setfield(L, -2, is_short ? "date_short" : "date");
	}
	lua_pop(L, 1);
}
