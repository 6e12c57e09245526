#include "render/html.h"
#include "render/sandbox.h"
#include "text/slug.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Called before as many bytes of a text are printed: escaped they are at most six times as long. */
static void check_room(lua_State *L, size_t n)
{
	struct engine *e = engine_of(L);
	if (e->out->n + n > ENGINE_PAGE_MOST)
		sandbox_exhausted(L, _("this page is longer than %d MiB"), ENGINE_PAGE_MOST >> 20);
}

/* A printer's arguments: the literal text that stands before the value, the value, whether nil prints nothing. */
enum { BEFORE = 1, VALUE, OPTIONAL };

/* Prints the literal; returns where the value goes. */
static struct buf *begin(lua_State *L)
{
	struct str s = engine_str(L, BEFORE);
	struct buf *out = engine_of(L)->out;
	check_room(L, s.n);
	buf_put(out, s);
	return out;
}

/* The value as text. False when there is nothing to print: nil, where that is allowed. */
static bool printable(lua_State *L, struct str *s)
{
	int type = lua_type(L, VALUE);
	if (type == LUA_TSTRING || (type == LUA_TNUMBER && isfinite(lua_tonumber(L, VALUE)))) {
		*s = engine_str(L, VALUE);
		check_room(L, s->n);
		return true;
	}
	if (type == LUA_TNUMBER)
		engine_fail(L, _("a number that is infinite or none cannot be printed"));
	if (type == LUA_TNIL) {
		if (lua_toboolean(L, OPTIONAL))
			return false;
		engine_fail(L, _("this value is nil; {{ … ? }} prints nothing for nil"));
	}
	if (html_at(L, VALUE))
		engine_fail(L, _("HTML can be printed between elements only, not into an attribute, title or data"));
	engine_fail(L, _("a value of type %s cannot be printed"), engine_type(L, VALUE));
	return false;
}

static int print_literal(lua_State *L)
{
	begin(L);
	return 0;
}

static int print_text(lua_State *L)
{
	struct buf *out = begin(L);
	const struct html_value *html = html_at(L, VALUE);
	struct str s;
	if (html) {
		check_room(L, 0);
		html_write(L, VALUE, html, out);
	} else if (printable(L, &s)) {
		buf_text(out, s);
	}
	return 0;
}

static int print_plain(lua_State *L)
{
	struct buf *out = begin(L);
	struct str s;
	if (printable(L, &s))
		buf_text(out, s);
	return 0;
}

static int print_attribute(lua_State *L)
{
	struct buf *out = begin(L);
	struct str s;
	if (printable(L, &s))
		buf_attribute(out, s);
	return 0;
}

/* What may stand in a URL as it is, beside the unreserved (RFC 3986, 2.2). Behind a beginning that could become a scheme
 * no colon may, which would make one of it. */
static const char in_url[] = "/?#[]@!$&()*+,;=:%", in_name[] = "/?#[]@!$&()*+,;=%", in_query[] = "/";

/* Percent-encodes all bytes but the unreserved and `reserved`. What is percent-encoded already stays so once. */
static void put_url(struct buf *out, struct str s, const char *reserved)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t plain = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (slug_is_unreserved(c))
			continue;
		bool stays = c && strchr(reserved, c);
		bool encodes = c == '%' && i + 2 < s.n && isxdigit((unsigned char)s.p[i + 1]) &&
			isxdigit((unsigned char)s.p[i + 2]);
		if (stays && c != '&' && (c != '%' || encodes))
			continue;
		buf_put(out, str_n(s.p + plain, i - plain));
		plain = i + 1;
		char encoded[] = { '%', digits[(unsigned char)c >> 4], digits[c & 15] };
		buf_put(out, stays && c == '&' ? STR("&amp;") : str_n(encoded, sizeof encoded));
	}
	buf_put(out, str_from(s, plain));
}

/* True for a relative URL and one of the four schemes a page may use. `//host/` is relative: it leads elsewhere, as any
 * link may, but it cannot run anything. */
static bool scheme_allowed(struct str url)
{
	size_t n = 0;
	while (n < url.n && (slug_is_unreserved(url.p[n]) || url.p[n] == '+'))
		n++;
	return n == url.n || url.p[n] != ':' || str_is_ascii_one_of(str_n(url.p, n), "http|https|mailto|tel");
}

static int print_url(lua_State *L)
{
	struct buf *out = begin(L);
	struct str s;
	if (!printable(L, &s))
		return 0;
	s = str_trim(s);
	if (!scheme_allowed(s))
		return engine_fail(L, _("a URL may use http, https, mailto and tel only: 「%.*s」"), STR_ARG(s));
	put_url(out, s, in_url);
	return 0;
}

/* Upvalue: what may stand in this part of a URL as it is. */
static int print_in_url(lua_State *L)
{
	struct buf *out = begin(L);
	struct str s;
	if (printable(L, &s))
		put_url(out, s, lua_touserdata(L, lua_upvalueindex(1)));
	return 0;
}

enum { JSON_DEPTH = 16, JSON_STEPS = 16 /* what one value counts as */ };

static void put_json(lua_State *L, int index, struct buf *out, int depth);

static void put_json_list(lua_State *L, int index, struct buf *out, int depth)
{
	lua_Integer n = (lua_Integer)lua_rawlen(L, index), keys = 0;
	for (lua_pushnil(L); lua_next(L, index); keys++)
		lua_pop(L, 1);
	if (keys != n)
		engine_fail(L, _("data is either a list without gaps or has names, not both"));
	for (lua_Integer i = 1; i <= n; i++) {
		buf_byte(out, i > 1 ? ',' : '[');
		lua_rawgeti(L, index, i);
		put_json(L, lua_gettop(L), out, depth);
		lua_pop(L, 1);
	}
	buf_byte(out, ']');
}

/* A map, in the order of its keys: `pairs` is the sandbox's. An empty table is one too. */
static void put_json_map(lua_State *L, int index, struct buf *out, int depth)
{
	lua_getglobal(L, "pairs");
	lua_pushvalue(L, index);
	lua_call(L, 1, 1);
	char before = '{';
	for (;; before = ',') {
		lua_pushvalue(L, -1);
		lua_call(L, 0, 2);
		if (lua_isnil(L, -2))
			break;
		lua_pushvalue(L, -2);
		struct str key = engine_str(L, -1);
		check_room(L, key.n);
		buf_byte(out, before);
		buf_json(out, key);
		buf_byte(out, ':');
		lua_pop(L, 1);
		put_json(L, lua_gettop(L), out, depth);
		lua_pop(L, 2);
	}
	lua_pop(L, 3);
	if (before == '{')
		buf_byte(out, '{');
	buf_byte(out, '}');
}

static void put_json(lua_State *L, int index, struct buf *out, int depth)
{
	struct str s = STR_NONE;
	int type = lua_type(L, index);
	luaL_checkstack(L, 8, NULL);
	sandbox_charge(L, JSON_STEPS);
	if (depth > JSON_DEPTH)
		engine_fail(L, _("data is nested too deeply"));
	if (type == LUA_TSTRING || type == LUA_TNUMBER) {
		bool finite = type == LUA_TSTRING || isfinite(lua_tonumber(L, index));
		lua_pushvalue(L, index); /* a key must not become a string while its table is walked */
		s = engine_str(L, -1);
		check_room(L, s.n);
		if (type == LUA_TNUMBER)
			buf_put(out, finite ? s : STR("null")); /* JSON has no infinities and no NaN */
		else
			buf_json(out, s);
		lua_pop(L, 1);
	} else if (type == LUA_TNIL) {
		buf_put(out, STR("null"));
	} else if (type == LUA_TBOOLEAN) {
		buf_put(out, lua_toboolean(L, index) ? STR("true") : STR("false"));
	} else if (type != LUA_TTABLE) {
		engine_fail(L, _("a value of type %s cannot be written as data"), engine_type(L, index));
	} else if (lua_rawlen(L, index) > 0) {
		put_json_list(L, index, out, depth + 1);
	} else {
		put_json_map(L, index, out, depth + 1);
	}
}

static int print_json(lua_State *L)
{
	put_json(L, VALUE, begin(L), 0);
	return 0;
}

int output_push_printers(lua_State *L)
{
	static const struct {
		lua_CFunction print;
		const char *upvalue;
	} printers[] = { { print_literal, NULL }, { print_text, NULL }, { print_plain, NULL },
		{ print_attribute, NULL }, { print_url, NULL }, { print_in_url, in_name }, { print_in_url, in_url },
		{ print_in_url, in_query }, { print_json, NULL }, { sandbox_step, NULL } };
	int count = sizeof printers / sizeof *printers;
	for (int i = 0; i < count; i++) {
		lua_pushlightuserdata(L, (void *)(uintptr_t)printers[i].upvalue);
		lua_pushcclosure(L, printers[i].print, 1);
	}
	return count;
}
