#include "render/view.h"

#include "render/sandbox.h"

enum {
	FIELD_STEPS = 50,       /* what a field that is computed counts as */
	CHUNK_STEPS = 1 << 18   /* and one for which the scratch arena had to grow, which nothing else limits */
};

static const char view_key, list_key, params_key;

void view_push(struct engine *e, const struct view_type *type, const void *owner, const void *object)
{
	struct view *v = lua_newuserdatauv(e->L, sizeof *v, 0);
	*v = (struct view){ type, owner, object };
	if (lua_rawgetp(e->L, LUA_REGISTRYINDEX, &view_key) != LUA_TTABLE)
		engine_fail(e->L, "views are not set up");
	lua_setmetatable(e->L, -2);
}

static void *userdata_of(lua_State *L, int index, const char *key)
{
	if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
		return NULL;
	lua_rawgetp(L, LUA_REGISTRYINDEX, key);
	bool same = lua_rawequal(L, -1, -2);
	lua_pop(L, 2);
	return same ? lua_touserdata(L, index) : NULL;
}

const struct view *view_at(lua_State *L, int index)
{
	return userdata_of(L, index, &view_key);
}

const struct view_list *view_list_at(lua_State *L, int index)
{
	return userdata_of(L, index, &list_key);
}

static void push_text(lua_State *L, struct str s)
{
	if (s.n)
		lua_pushlstring(L, s.p, s.n);
	else
		lua_pushnil(L);
}

static void push_date(struct engine *e, struct date d)
{
	arena_reset(&e->passing);
	push_text(e->L, date_is(d) ? date_iso(&e->passing, d) : STR_NONE);
}

static void push_computed(struct engine *e, const struct view *v, const struct view_field *f)
{
	const struct arena_chunk *chunk = e->scratch.chunk;
	f->get(e, v);
	sandbox_charge(e->L, e->scratch.chunk == chunk ? FIELD_STEPS : CHUNK_STEPS);
}

static void push_field(struct engine *e, const struct view *v, const struct view_field *f)
{
	const void *member = (const char *)v->object + f->offset;
	switch (f->kind) {
	case VIEW_KIND_STR:
		push_text(e->L, *(const struct str *)member);
		break;
	case VIEW_KIND_WORDS:
		push_text(e->L, words_in(member, e->page->language));
		break;
	case VIEW_KIND_LONG:
		if (*(const long *)member)
			lua_pushinteger(e->L, *(const long *)member);
		else
			lua_pushnil(e->L);
		break;
	case VIEW_KIND_U32:
		lua_pushinteger(e->L, *(const uint32_t *)member);
		break;
	case VIEW_KIND_SIZE:
		lua_pushinteger(e->L, (lua_Integer) * (const size_t *)member);
		break;
	case VIEW_KIND_BOOL:
		lua_pushboolean(e->L, *(const bool *)member);
		break;
	case VIEW_KIND_DATE:
		push_date(e, *(const struct date *)member);
		break;
	case VIEW_KIND_DATED:
		push_date(e, ((const struct dated *)member)->date);
		break;
	case VIEW_KIND_PARAMS:
		view_push_yaml(e, *(const struct yaml_node *const *)member);
		break;
	case VIEW_KIND_GET:
		push_computed(e, v, f);
		break;
	case VIEW_KIND_END:
		break;
	}
}

static struct str nearest_field(const struct view_type *type, struct str name)
{
	struct str best = STR_NONE;
	size_t least = SIZE_MAX;
	for (const struct view_field *f = type->fields; f->kind != VIEW_KIND_END; f++) {
		size_t distance = str_near(name, f->name) ? str_distance(name, f->name, 64) : SIZE_MAX;
		if (distance < least) {
			least = distance;
			best = f->name;
		}
	}
	return best;
}

/* The field of that name. Lua interns short strings, so each type keeps a Lua table from name to
 * field, filled when a name is first asked for: one look-up by pointer afterwards. */
static const struct view_field *find_field(lua_State *L, const struct view_type *type)
{
	if (lua_rawgetp(L, LUA_REGISTRYINDEX, type) != LUA_TTABLE) {
		lua_pop(L, 1);
		lua_newtable(L);
		lua_pushvalue(L, -1);
		lua_rawsetp(L, LUA_REGISTRYINDEX, type);
	}
	lua_pushvalue(L, 2);
	if (lua_rawget(L, -2) == LUA_TLIGHTUSERDATA) {
		const struct view_field *f = lua_touserdata(L, -1);
		lua_pop(L, 2);
		return f;
	}
	struct str name = engine_str(L, 2);
	for (const struct view_field *f = type->fields; f->kind != VIEW_KIND_END; f++) {
		if (!str_eq(f->name, name))
			continue;
		lua_pop(L, 1);
		lua_pushvalue(L, 2);
		lua_pushlightuserdata(L, (void *)(uintptr_t)f);
		lua_rawset(L, -3);
		lua_pop(L, 1);
		return f;
	}
	return NULL;
}

static int view_index(lua_State *L)
{
	const struct view *v = lua_touserdata(L, 1);
	if (lua_type(L, 2) != LUA_TSTRING)
		return engine_fail(L, _("a %s has named fields only"), v->type->name);
	const struct view_field *f = find_field(L, v->type);
	if (!f) {
		struct str name = engine_str(L, 2);
		return engine_fail_unknown(L, v->type->name, name, nearest_field(v->type, name));
	}
	push_field(engine_of(L), v, f);
	return 1;
}

static int read_only(lua_State *L)
{
	return engine_fail(L, _("the site's data cannot be changed by a template"));
}

static int view_equal(lua_State *L)
{
	const struct view *a = view_at(L, 1), *b = view_at(L, 2);
	lua_pushboolean(L, a && b && a->type == b->type && a->object == b->object);
	return 1;
}

void view_push_list(struct engine *e, struct view_list list)
{
	struct view_list *l = lua_newuserdatauv(e->L, sizeof *l, 0);
	*l = list;
	lua_rawgetp(e->L, LUA_REGISTRYINDEX, &list_key);
	lua_setmetatable(e->L, -2);
}

static int list_index(lua_State *L)
{
	const struct view_list *l = lua_touserdata(L, 1);
	if (!lua_isinteger(L, 2))
		return engine_fail_unknown(L, "list", lua_type(L, 2) == LUA_TSTRING ? engine_str(L, 2) : STR("?"), STR_NONE);
	lua_Integer i = lua_tointeger(L, 2);
	if (i < 1 || (lua_Unsigned)i > l->count)
		lua_pushnil(L);
	else
		l->push(engine_of(L), l, (size_t)i - 1);
	return 1;
}

static int list_length(lua_State *L)
{
	lua_pushinteger(L, (lua_Integer)((const struct view_list *)lua_touserdata(L, 1))->count);
	return 1;
}

/* Upvalues: the list, how many were handed out. */
static int list_next(lua_State *L)
{
	const struct view_list *l = lua_touserdata(L, lua_upvalueindex(1));
	size_t i = (size_t)lua_tointeger(L, lua_upvalueindex(2));
	if (i >= l->count)
		return 0;
	lua_pushinteger(L, (lua_Integer)i + 1);
	lua_copy(L, -1, lua_upvalueindex(2));
	l->push(engine_of(L), l, i);
	lua_insert(L, -2);
	return 2;
}

static int table_next(lua_State *L)
{
	lua_Integer i = lua_tointeger(L, lua_upvalueindex(2)) + 1;
	if (lua_geti(L, lua_upvalueindex(1), i) == LUA_TNIL)
		return 0;
	lua_pushinteger(L, i);
	lua_copy(L, -1, lua_upvalueindex(2));
	return 2;
}

/* each(list): the elements in order, with their number: for item, i in each(list) */
static int each(lua_State *L)
{
	bool list = view_list_at(L, 1) != NULL;
	if (!list && lua_type(L, 1) != LUA_TTABLE)
		return engine_fail(L, _("each() takes a list; this is %s"), engine_type(L, 1));
	lua_settop(L, 1);
	lua_pushinteger(L, 0);
	lua_pushcclosure(L, list ? list_next : table_next, 2);
	return 1;
}

/* A map or list of params: never an unknown field, for it is the author's own. */
static int yaml_index(lua_State *L)
{
	const struct yaml_node *node = *(const struct yaml_node **)lua_touserdata(L, 1);
	const struct yaml_node *value = NULL;
	if (lua_type(L, 2) == LUA_TSTRING)
		value = yaml_get(node, engine_str(L, 2));
	else if (lua_isinteger(L, 2) && node->kind == YAML_LIST) {
		lua_Integer i = lua_tointeger(L, 2);
		value = i >= 1 && (lua_Unsigned)i <= node->count ? &node->items[i - 1] : NULL;
	}
	view_push_yaml(engine_of(L), value);
	return 1;
}

static void push_yaml_item(struct engine *e, const struct view_list *list, size_t i)
{
	view_push_yaml(e, &((const struct yaml_node *)list->items)[i]);
}

void view_push_yaml(struct engine *e, const struct yaml_node *node)
{
	lua_State *L = e->L;
	if (!node || node->kind == YAML_NULL) {
		lua_pushnil(L);
	} else if (node->kind == YAML_BOOL) {
		lua_pushboolean(L, node->boolean);
	} else if (node->kind == YAML_INTEGER) {
		lua_pushinteger(L, node->integer);
	} else if (node->kind == YAML_FLOAT) {
		lua_pushnumber(L, node->number);
	} else if (node->kind == YAML_STRING) {
		engine_push(L, node->text);
	} else if (node->kind == YAML_LIST) {
		view_push_list(e, (struct view_list){ node->count, push_yaml_item, NULL, node->items, 0 });
	} else {
		*(const struct yaml_node **)lua_newuserdatauv(L, sizeof node, 0) = node;
		lua_rawgetp(L, LUA_REGISTRYINDEX, &params_key);
		lua_setmetatable(L, -2);
	}
}

static void set_metatable(lua_State *L, const char *key, const luaL_Reg *methods, const char *name)
{
	lua_newtable(L);
	luaL_setfuncs(L, methods, 0);
	lua_pushstring(L, name);
	lua_setfield(L, -2, "__name");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void view_setup(lua_State *L)
{
	static const luaL_Reg view_methods[] = {
		{ "__index", view_index }, { "__newindex", read_only }, { "__eq", view_equal }, { NULL, NULL }
	};
	static const luaL_Reg list_methods[] = {
		{ "__index", list_index }, { "__newindex", read_only }, { "__len", list_length }, { NULL, NULL }
	};
	static const luaL_Reg yaml_methods[] = { { "__index", yaml_index }, { "__newindex", read_only }, { NULL, NULL } };
	set_metatable(L, &view_key, view_methods, "view");
	set_metatable(L, &list_key, list_methods, "list");
	set_metatable(L, &params_key, yaml_methods, "params");
	lua_pushcfunction(L, each);
	lua_setglobal(L, "each");
}
