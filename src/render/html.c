#include "render/html.h"

static const char html_key;

void html_push(struct engine *e, const struct html_value *value)
{
	*(struct html_value *)lua_newuserdatauv(e->L, sizeof *value, value->kind == HTML_BYTES) = *value;
	lua_rawgetp(e->L, LUA_REGISTRYINDEX, &html_key);
	lua_setmetatable(e->L, -2);
}

const struct html_value *html_at(lua_State *L, int index)
{
	if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index))
		return NULL;
	bool same = lua_topointer(L, -1) == engine_of(L)->html_metatable;
	lua_pop(L, 1);
	return same ? lua_touserdata(L, index) : NULL;
}

void html_write(lua_State *L, int index, const struct html_value *v, struct buf *out)
{
	switch (v->kind) {
	case HTML_BYTES:
		lua_getiuservalue(L, index, 1);
		buf_put(out, engine_str(L, -1));
		lua_pop(L, 1);
		break;
	case HTML_PIECES:
		for (uint32_t i = v->first; i < v->end; i++)
			md_html_piece(&v->with, v->pieces[i], out);
		break;
	case HTML_RUNS:
		md_html_runs(&v->with, v->first, v->end, out);
		break;
	case HTML_PAGE:
		md_html_page(&v->with, v->first, v->end, out);
		break;
	case HTML_FOOTNOTE:
		md_html_footnote(&v->with, v->first, v->words, out);
		break;
	}
}

/* Joined to HTML, a text is escaped: `"<" .. html` stays what it says. */
static int html_concat(lua_State *L)
{
	struct buf *out = &engine_of(L)->words; /* the engine's, for what is raised
                                             here would leak our own */
	buf_clear(out);
	for (int i = 1; i <= 2; i++) {
		const struct html_value *v = html_at(L, i);
		if (v) {
			html_write(L, i, v, out);
		} else if (lua_type(L, i) == LUA_TSTRING || lua_type(L, i) == LUA_TNUMBER) {
			buf_text(out, engine_str(L, i));
		} else {
			return engine_fail(L, _("a value of type %s cannot be joined to HTML"), engine_type(L, i));
		}
	}
	html_push(engine_of(L), &(struct html_value){ .kind = HTML_BYTES });
	engine_push(L, buf_str(out));
	lua_setiuservalue(L, -2, 1);
	return 1;
}

static int html_index(lua_State *L)
{
	return engine_fail_unknown(L, "html", engine_key(L), STR_NONE);
}

void html_setup(lua_State *L)
{
	static const luaL_Reg methods[] = { { "__concat", html_concat }, { "__index", html_index },
		{ "__newindex", html_index }, { NULL, NULL } };
	lua_newtable(L);
	luaL_setfuncs(L, methods, 0);
	lua_pushliteral(L, "html");
	lua_setfield(L, -2, "__name");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	engine_of(L)->html_metatable = lua_topointer(L, -1);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &html_key);
}
