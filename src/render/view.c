#include "render/view.h"

#include "render/sandbox.h"

#include <string.h>

enum {
	FIELD_STEPS = 50,     /* what a field that is computed counts as */
	CHUNK_STEPS = 1 << 18 /* and one for which the scratch arena had to grow, which nothing else limits */
};

/* Marks in metatables; in the registry, list_key is the key of a list's, and a type that of its views'. */
static const char list_key, is_view;

static bool has_mark(lua_State *L, int index, const char *mark)
{
	if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
		return false;
	bool marked = lua_rawgetp(L, -1, mark) != LUA_TNIL;
	lua_pop(L, 2);
	return marked;
}

/* The view at a stack index, or NULL. */
static const struct view *view_at(lua_State *L, int index)
{
	return has_mark(L, index, &is_view) ? lua_touserdata(L, index) : NULL;
}

const void *view_owner(const struct engine *e, const struct view *v)
{
	(void)e;
	return v->owner;
}

/* --- metatables --- */

static int read_only(lua_State *L)
{
	return engine_fail(L, _("the site's data cannot be changed by a template"));
}

/* Makes the table on top a metatable; `mark` tells its userdata from others. */
static void seal(lua_State *L, const char *name, const char *mark)
{
	lua_pushcfunction(L, read_only);
	lua_setfield(L, -2, "__newindex");
	lua_pushstring(L, name);
	lua_setfield(L, -2, "__name");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_pushboolean(L, 1);
	lua_rawsetp(L, -2, mark);
}

static int view_index(lua_State *L);
static void push_yaml(lua_State *L, const struct yaml_node *node);

static int view_equal(lua_State *L)
{
	const struct view *a = view_at(L, 1), *b = view_at(L, 2);
	lua_pushboolean(L, a && b && a->type == b->type && a->object == b->object);
	return 1;
}

/* A type's metatable is made when its first view is. Its fields are in a Lua table, by name: short strings are
 * interned, so a field is found by one look-up of a pointer. */
static void push_metatable(lua_State *L, const struct view_type *type)
{
	if (lua_rawgetp(L, LUA_REGISTRYINDEX, type) == LUA_TTABLE)
		return;
	lua_pop(L, 1);
	lua_newtable(L);
	lua_newtable(L);
	for (const struct view_field *f = type->fields; f->name.p; f++) {
		engine_push(L, f->name);
		lua_pushlightuserdata(L, (void *)(uintptr_t)f);
		lua_rawset(L, -3);
	}
	lua_pushcclosure(L, view_index, 1);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, view_equal);
	lua_setfield(L, -2, "__eq");
	seal(L, type->name, &is_view);
	lua_pushvalue(L, -1);
	lua_rawsetp(L, LUA_REGISTRYINDEX, type);
}

void view_push(struct engine *e, const struct view_type *type, const void *owner, const void *object)
{
	if (!object) {
		lua_pushnil(e->L);
		return;
	}
	struct view *v = lua_newuserdatauv(e->L, sizeof *v, 0);
	*v = (struct view){ type, owner, object };
	push_metatable(e->L, type);
	lua_setmetatable(e->L, -2);
}

/* --- fields --- */

static void push_unless_zero(lua_State *L, lua_Integer n)
{
	if (n)
		lua_pushinteger(L, n);
	else
		lua_pushnil(L);
}

static void push_date(struct engine *e, struct date d)
{
	arena_reset(&e->passing);
	view_push_str(e, date_is(d) ? date_iso(&e->passing, d) : STR_NONE);
}

/* A table, though nothing was written: what it lacks is no error. */
static void push_params(lua_State *L, const struct yaml_node *node)
{
	if (node && node->kind == YAML_MAP)
		push_yaml(L, node);
	else
		lua_newtable(L);
}

static void push_computed(struct engine *e, const struct view *v, const struct view_field *f, const void *member)
{
	const struct arena_chunk *chunk = e->scratch.chunk;
	f->get(e, &(struct view){ v->type, v->owner, member });
	sandbox_charge(e->L, e->scratch.chunk == chunk ? FIELD_STEPS : CHUNK_STEPS);
}

/* What the field lists; nothing without a base. */
static void push_counted(struct engine *e, const struct view *v, const struct view_field *f, const char *base)
{
	struct view_list list = { f->type, f->noun, v->owner, NULL, 0, f->kind == VIEW_BACK };
	if (base) {
		memcpy(&list.items, base + f->offset, sizeof list.items);
		memcpy(&list.count, base + f->count, sizeof list.count);
	}
	view_push_list(e, list);
}

static void push_member(struct engine *e, const struct view *v, const struct view_field *f, const void *member)
{
	lua_State *L = e->L;
	switch (f->kind) {
	case VIEW_CALL:
		push_computed(e, v, f, member);
		break;
	case VIEW_STR:
		view_push_str(e, *(const struct str *)member);
		break;
	case VIEW_WORDS:
		view_push_str(e, words_in(member, e->page->language));
		break;
	case VIEW_LANG: {
		struct str language = *(const struct str *)member;
		view_push_str(e, str_eq(language, e->page->language) ? STR_NONE : language);
		break;
	}
	case VIEW_WORD:
		lua_pushstring(L, f->words[*(const int *)member]);
		break;
	case VIEW_FIXED:
		lua_pushstring(L, f->words[0]);
		break;
	case VIEW_BOOL:
		lua_pushboolean(L, *(const bool *)member);
		break;
	case VIEW_INT:
		push_unless_zero(L, *(const int *)member);
		break;
	case VIEW_LONG:
		push_unless_zero(L, *(const long *)member);
		break;
	case VIEW_GIVEN:
		if (*(const long *)member >= 0)
			lua_pushinteger(L, *(const long *)member);
		else
			lua_pushnil(L);
		break;
	case VIEW_BYTE:
		lua_pushinteger(L, *(const uint8_t *)member);
		break;
	case VIEW_COUNT:
		lua_pushinteger(L, (lua_Integer) * (const size_t *)member);
		break;
	case VIEW_U32:
		lua_pushinteger(L, *(const uint32_t *)member);
		break;
	case VIEW_DATE:
		push_date(e, *(const struct date *)member);
		break;
	case VIEW_PARAMS:
		push_params(L, *(const struct yaml_node *const *)member);
		break;
	case VIEW_REF:
		f->noun(e, v->owner, *(const uint32_t *)member);
		break;
	case VIEW_REFS:
	case VIEW_BACK:
	case VIEW_LIST:
		break;
	}
}

static void push_field(struct engine *e, const struct view *v, const struct view_field *f)
{
	view_base *find = f->base ? f->base : v->type->base;
	const char *base = find ? find(e, v) : v->object;
	if (f->kind >= VIEW_REFS)
		push_counted(e, v, f, base);
	else if (base)
		push_member(e, v, f, base + f->offset);
	else if (f->kind == VIEW_PARAMS)
		push_params(e->L, NULL);
	else
		lua_pushnil(e->L);
}

static struct str nearest_field(const struct view_type *type, struct str name)
{
	struct str near = STR_NONE;
	for (const struct view_field *f = type->fields; f->name.p; f++)
		str_nearer(name, f->name, &near);
	return near;
}

/* Upvalue: the type's fields by name. */
static int view_index(lua_State *L)
{
	const struct view *v = lua_touserdata(L, 1);
	lua_pushvalue(L, 2);
	lua_rawget(L, lua_upvalueindex(1));
	const struct view_field *f = lua_touserdata(L, -1);
	if (f) {
		push_field(engine_of(L), v, f);
		return 1;
	}
	if (lua_type(L, 2) != LUA_TSTRING)
		return engine_fail(L, _("a %s has named fields only"), v->type->name);
	struct str name = engine_str(L, 2);
	return engine_fail_unknown(L, v->type->name, name, nearest_field(v->type, name));
}

/* --- lists --- */

void view_push_list(struct engine *e, struct view_list list)
{
	struct view_list *l = lua_newuserdatauv(e->L, sizeof *l, 0);
	*l = list;
	lua_rawgetp(e->L, LUA_REGISTRYINDEX, &list_key);
	lua_setmetatable(e->L, -2);
}

void view_push_indexes(struct engine *e, view_noun *noun, const void *owner, struct buf *indexes)
{
	size_t count = VEC_COUNT(indexes, uint32_t);
	view_push_list(e, (struct view_list){ NULL, noun, owner, buf_settle(indexes, &e->scratch), count, false });
}

void view_push_structs(struct engine *e, const struct view_type *type, struct buf *structs)
{
	size_t count = structs->n / type->size;
	view_push_list(e, (struct view_list){ type, NULL, NULL, buf_settle(structs, &e->scratch), count, false });
}

static void push_element(struct engine *e, const struct view_list *l, size_t i)
{
	size_t at = l->backwards ? l->count - 1 - i : i;
	if (l->type)
		view_push(e, l->type, l->owner, (const char *)l->items + at * l->type->size);
	else
		l->noun(e, l->owner, l->items ? ((const uint32_t *)l->items)[at] : (uint32_t)at);
}

static int list_index(lua_State *L)
{
	const struct view_list *l = lua_touserdata(L, 1);
	if (!lua_isinteger(L, 2))
		return engine_fail_unknown(L, "list", engine_key(L), STR_NONE);
	lua_Integer i = lua_tointeger(L, 2);
	if (i < 1 || (lua_Unsigned)i > l->count)
		lua_pushnil(L);
	else
		push_element(engine_of(L), l, (size_t)i - 1);
	return 1;
}

static int list_length(lua_State *L)
{
	lua_pushinteger(L, (lua_Integer)((const struct view_list *)lua_touserdata(L, 1))->count);
	return 1;
}

/* Upvalues: a list or table, how many were handed out. */
static int next_element(lua_State *L)
{
	lua_Integer i = lua_tointeger(L, lua_upvalueindex(2)) + 1;
	if (lua_geti(L, lua_upvalueindex(1), i) == LUA_TNIL)
		return 0;
	lua_pushinteger(L, i);
	lua_copy(L, -1, lua_upvalueindex(2));
	return 2;
}

static void check_list(lua_State *L, const char *function)
{
	if (!has_mark(L, 1, &list_key) && lua_type(L, 1) != LUA_TTABLE)
		engine_fail(L, _("%s() takes a list; this is %s"), function, engine_type(L, 1));
}

/* each(list): the elements in order, with their number: for item, i in each(list) */
static int each(lua_State *L)
{
	check_list(L, "each");
	lua_settop(L, 1);
	lua_pushinteger(L, 0);
	lua_pushcclosure(L, next_element, 2);
	return 1;
}

/* Whether the two values on top have the same values in all fields, which are arguments from 2 to `last`. */
static bool have_in_common(lua_State *L, int last)
{
	int b = lua_gettop(L), a = b - 1;
	bool same = true;
	for (int field = 2; same && field <= last; field++) {
		lua_pushvalue(L, field);
		lua_gettable(L, a);
		lua_pushvalue(L, field);
		lua_gettable(L, b);
		same = lua_compare(L, -1, -2, LUA_OPEQ);
		lua_settop(L, b);
	}
	return same;
}

/* grouped(list, field, …): neighbours that have these fields in common, as lists in a list */
static int grouped(lua_State *L)
{
	int last = lua_gettop(L), groups = last + 1, group = last + 2;
	lua_Integer count = 0;
	check_list(L, "grouped");
	lua_newtable(L); /* groups */
	lua_newtable(L); /* the last of them */
	lua_pushnil(L);  /* its last element */
	for (lua_Integer i = 1; lua_geti(L, 1, i) != LUA_TNIL; i++) {
		if (i == 1 || !have_in_common(L, last)) {
			lua_newtable(L);
			lua_pushvalue(L, -1);
			lua_rawseti(L, groups, ++count);
			lua_replace(L, group);
		}
		lua_remove(L, -2);
		lua_pushvalue(L, -1);
		lua_rawseti(L, group, (lua_Integer)lua_rawlen(L, group) + 1);
	}
	lua_settop(L, groups);
	return 1;
}

/* --- what authors write in `params` --- */

/* Depth is limited where YAML is read. */
static void push_yaml(lua_State *L, const struct yaml_node *node)
{
	luaL_checkstack(L, 4, NULL);
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
	} else {
		lua_newtable(L);
		for (size_t i = 0; i < node->count; i++) {
			if (node->keys)
				engine_push(L, node->keys[i].text);
			else
				lua_pushinteger(L, (lua_Integer)i + 1);
			push_yaml(L, &node->items[i]);
			lua_rawset(L, -3);
		}
	}
}

void view_setup(lua_State *L)
{
	static const luaL_Reg methods[] = { { "__index", list_index }, { "__len", list_length }, { NULL, NULL } };
	luaL_newlib(L, methods);
	seal(L, "list", &list_key);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &list_key);
	lua_pushcfunction(L, each);
	lua_setglobal(L, "each");
	lua_pushcfunction(L, grouped);
	lua_setglobal(L, "grouped");
}
