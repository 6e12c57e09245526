#include "render/library.h"

#include "render/sandbox.h"

enum {
	PAIRS_STEPS = 40, /* of setting out to walk a table */
	VALUES_MOST = 200 /* results of one call */
};

static lua_Integer number_argument(lua_State *L, int index, lua_Integer otherwise)
{
	if (lua_isnoneornil(L, index))
		return otherwise;
	int is_number;
	lua_Integer n = lua_tointegerx(L, index, &is_number);
	if (!is_number)
		engine_fail(L, _("a whole number is needed here; this is %s"), engine_type(L, index));
	return n;
}

static int text_length(lua_State *L)
{
	if (lua_type(L, 1) != LUA_TSTRING)
		lua_pushinteger(L, luaL_len(L, 1));
	else
		lua_pushinteger(L, (lua_Integer)str_points(sandbox_text(L, 1)));
	return 1;
}

/* sub(s, from, to): by characters, from 1; negative counts from the end. */
static int text_sub(lua_State *L)
{
	struct str s = sandbox_text(L, 1);
	lua_Integer count = (lua_Integer)str_points(s);
	lua_Integer from = number_argument(L, 2, 1), to = number_argument(L, 3, -1);
	from = from < 0 ? from + count + 1 : from;
	to = to < 0 ? to + count + 1 : to;
	from = from < 1 ? 1 : from;
	to = to > count ? count : to;
	if (from > to) {
		lua_pushliteral(L, "");
		return 1;
	}
	engine_push(L, str_from(str_first(s, (size_t)to), str_first(s, (size_t)from - 1).n));
	return 1;
}

static int text_case(lua_State *L, char first, char last)
{
	struct str s = sandbox_text(L, 1);
	luaL_Buffer b;
	char *p = luaL_buffinitsize(L, &b, s.n);
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= first && s.p[i] <= last ? (char)(s.p[i] ^ 0x20) : s.p[i];
	luaL_pushresultsize(&b, s.n);
	return 1;
}

static int text_lower(lua_State *L)
{
	return text_case(L, 'A', 'Z');
}

static int text_upper(lua_State *L)
{
	return text_case(L, 'a', 'z');
}

static int text_trim(lua_State *L)
{
	engine_push(L, str_trim(sandbox_text(L, 1)));
	return 1;
}

static int text_starts(lua_State *L)
{
	lua_pushboolean(L, str_starts(sandbox_text(L, 1), sandbox_text(L, 2)));
	return 1;
}

static int text_ends(lua_State *L)
{
	lua_pushboolean(L, str_ends(sandbox_text(L, 1), sandbox_text(L, 2)));
	return 1;
}

/* find(s, words): the character at which the words begin, or nil. Words are plain, never a pattern. */
static int text_find(lua_State *L)
{
	struct str s = sandbox_text(L, 1);
	size_t at = str_find(s, sandbox_text(L, 2), 0);
	if (at == SIZE_MAX)
		lua_pushnil(L);
	else
		lua_pushinteger(L, (lua_Integer)str_points(str_n(s.p, at)) + 1);
	return 1;
}

static int text_rep(lua_State *L)
{
	struct str s = sandbox_text(L, 1), separator = lua_isnoneornil(L, 3) ? STR_NONE : sandbox_text(L, 3);
	lua_Integer times = number_argument(L, 2, 1);
	size_t each = s.n + separator.n, count = times > 0 && each ? (size_t)times : 0;
	sandbox_check_size(L, each && count > ENGINE_STRING_MOST / each ? SIZE_MAX : each * count);
	luaL_Buffer b;
	luaL_buffinitsize(L, &b, each * count);
	for (size_t i = 0; i < count; i++) {
		luaL_addlstring(&b, s.p, s.n);
		if (separator.n && i + 1 < count)
			luaL_addlstring(&b, separator.p, separator.n);
	}
	luaL_pushresult(&b);
	return 1;
}

/* The engine's buffer, empty: our own would leak when Lua raises an error. */
static struct buf *words_of(lua_State *L)
{
	struct buf *words = &engine_of(L)->words;
	buf_clear(words);
	return words;
}

static int push_words(lua_State *L, const struct buf *words)
{
	sandbox_check_size(L, words->n);
	engine_push(L, buf_str(words));
	return 1;
}

static int text_replace(lua_State *L)
{
	struct str s = sandbox_text(L, 1), old = sandbox_text(L, 2), new = sandbox_text(L, 3);
	struct buf *out = words_of(L);
	size_t start = 0, at;
	while (old.n && out->n <= ENGINE_STRING_MOST && (at = str_find(s, old, start)) != SIZE_MAX) {
		buf_put(out, str_n(s.p + start, at - start));
		buf_put(out, new);
		start = at + old.n;
	}
	buf_put(out, str_from(s, start));
	return push_words(L, out);
}

static int text_split(lua_State *L)
{
	struct str rest = sandbox_text(L, 1), separator = sandbox_text(L, 2);
	lua_newtable(L);
	if (separator.n == 0)
		return engine_fail(L, _("a text cannot be split at nothing"));
	for (lua_Integer i = 1; rest.p; i++) {
		engine_push(L, str_cut(&rest, separator));
		lua_rawseti(L, -2, i);
	}
	return 1;
}

static int no_patterns(lua_State *L)
{
	return engine_fail(L, _("patterns are not available in templates; use find, starts, ends, replace and split"));
}

static int no_format(lua_State *L)
{
	return engine_fail(
		L, _("format is not available in templates; join texts with .. and print numbers with number()"));
}

static int to_string(lua_State *L)
{
	int type = lua_type(L, 1);
	if (type == LUA_TSTRING || type == LUA_TNUMBER)
		engine_push(L, engine_str(L, 1));
	else if (type == LUA_TBOOLEAN)
		lua_pushstring(L, lua_toboolean(L, 1) ? "true" : "false");
	else if (type == LUA_TNIL)
		lua_pushliteral(L, "nil");
	else
		lua_pushstring(L, engine_type(L, 1)); /* never an address: two builds would differ */
	return 1;
}

static int raise(lua_State *L)
{
	struct str s = sandbox_text(L, 1);
	return engine_fail(L, "%.*s", STR_ARG(s));
}

static int compare_keys(lua_State *L, int a, int b)
{
	int type_a = lua_type(L, a), type_b = lua_type(L, b);
	if (type_a != type_b)
		return type_a - type_b;
	sandbox_charge(L, 1);
	if (type_a == LUA_TSTRING) {
		struct str x = engine_str(L, a), y = engine_str(L, b);
		sandbox_charge(L, (x.n < y.n ? x.n : y.n) / SCANNED_A_STEP);
		return str_cmp(x, y);
	}
	return lua_compare(L, a, b, LUA_OPLT) ? -1 : lua_compare(L, b, a, LUA_OPLT);
}

/* Merge sort of t[low..high] with the help of the table at `scratch`: stable, and the same everywhere. */
static void merge_sort(lua_State *L, int t, int scratch, lua_Integer low, lua_Integer high)
{
	if (low >= high)
		return;
	lua_Integer middle = low + (high - low) / 2, i = low, j = middle + 1;
	luaL_checkstack(L, 4, NULL);
	merge_sort(L, t, scratch, low, middle);
	merge_sort(L, t, scratch, j, high);
	for (lua_Integer k = low; k <= high; k++) {
		bool left = j > high;
		if (!left && i <= middle) {
			lua_rawgeti(L, t, i);
			lua_rawgeti(L, t, j);
			left = compare_keys(L, lua_gettop(L) - 1, lua_gettop(L)) <= 0;
			lua_pop(L, 2);
		}
		lua_rawgeti(L, t, left ? i++ : j++);
		lua_rawseti(L, scratch, k);
	}
	for (lua_Integer k = low; k <= high; k++) {
		lua_rawgeti(L, scratch, k);
		lua_rawseti(L, t, k);
	}
}

static void sort_in_place(lua_State *L, int t)
{
	t = lua_absindex(L, t);
	lua_newtable(L);
	merge_sort(L, t, lua_gettop(L), 1, (lua_Integer)lua_rawlen(L, t));
	lua_pop(L, 1);
}

/* sort(t): a sorted copy of a list of numbers or texts. */
static int sorted(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_newtable(L);
	for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, 1); i <= n; i++) {
		int type = lua_rawgeti(L, 1, i);
		if (type != LUA_TNUMBER && type != LUA_TSTRING)
			return engine_fail(L, _("sort takes a list of numbers or texts"));
		lua_rawseti(L, 2, i);
	}
	sort_in_place(L, 2);
	return 1;
}

/* Upvalues: the table, its keys in order, how many were handed out. */
static int next_pair(lua_State *L)
{
	lua_Integer i = lua_tointeger(L, lua_upvalueindex(3)) + 1;
	if (lua_rawgeti(L, lua_upvalueindex(2), i) == LUA_TNIL)
		return 1;
	lua_pushinteger(L, i);
	lua_copy(L, -1, lua_upvalueindex(3));
	lua_pop(L, 1);
	lua_pushvalue(L, -1);
	lua_rawget(L, lua_upvalueindex(1));
	return 2;
}

/* pairs in the order of the keys: Lua's own order differs from run to run. */
static int ordered_pairs(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	lua_newtable(L);
	lua_pushnil(L);
	sandbox_charge(L, PAIRS_STEPS);
	for (lua_Integer i = 1; lua_next(L, 1); i++) {
		lua_pop(L, 1);
		int type = lua_type(L, -1);
		if (type != LUA_TNUMBER && type != LUA_TSTRING)
			return engine_fail(L, _("pairs takes a table whose keys are numbers or texts"));
		lua_pushvalue(L, -1);
		lua_rawseti(L, 2, i);
	}
	sort_in_place(L, 2);
	lua_pushinteger(L, 0);
	lua_pushcclosure(L, next_pair, 3);
	return 1;
}

static int concat(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	struct str separator = lua_isnoneornil(L, 2) ? STR_NONE : sandbox_text(L, 2);
	struct buf *out = words_of(L);
	for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, 1); i <= n && out->n <= ENGINE_STRING_MOST; i++) {
		int type = lua_rawgeti(L, 1, i);
		if (type != LUA_TSTRING && type != LUA_TNUMBER)
			return engine_fail(
				L, _("concat takes a list of texts; element %d is %s"), (int)i, engine_type(L, -1));
		if (i > 1)
			buf_put(out, separator);
		buf_put(out, engine_str(L, -1));
		lua_pop(L, 1);
	}
	sandbox_charge(L, lua_rawlen(L, 1) + out->n / SCANNED_A_STEP);
	return push_words(L, out);
}

static int unpack(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_Integer first = number_argument(L, 2, 1), last = number_argument(L, 3, (lua_Integer)lua_rawlen(L, 1));
	if (first > last)
		return 0;
	if ((lua_Unsigned)last - (lua_Unsigned)first >= VALUES_MOST)
		return engine_fail(L, _("unpack gives %d values at most"), VALUES_MOST);
	luaL_checkstack(L, VALUES_MOST, NULL);
	for (lua_Integer i = 0; i <= last - first; i++)
		lua_rawgeti(L, 1, first + i);
	return (int)(last - first) + 1;
}

/* utf8.char, for what may stand in a page. */
static int text_char(lua_State *L)
{
	luaL_Buffer b;
	int count = lua_gettop(L);
	luaL_buffinit(L, &b);
	for (int i = 1; i <= count; i++) {
		lua_Integer point = number_argument(L, i, 0);
		if (point < 0 || point > 0x10ffff || !str_is_xml((uint32_t)point))
			return engine_fail(L, _("this number is no character of a page"));
		char bytes[4];
		luaL_addlstring(&b, bytes, str_encode((uint32_t)point, bytes));
	}
	luaL_pushresult(&b);
	return 1;
}

int library_metered(lua_State *L)
{
	if (lua_type(L, 1) == LUA_TSTRING)
		sandbox_charge(L, lua_rawlen(L, 1) / SCANNED_A_STEP);
	else if (lua_type(L, 1) == LUA_TTABLE && lua_gettop(L) > lua_tointeger(L, lua_upvalueindex(2)))
		sandbox_charge(L, lua_rawlen(L, 1) / 4);
	lua_pushvalue(L, lua_upvalueindex(1));
	lua_insert(L, 1);
	lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
	return lua_gettop(L);
}

const luaL_Reg library_text[] = { { "len", text_length }, { "sub", text_sub }, { "upper", text_upper },
	{ "lower", text_lower }, { "trim", text_trim }, { "starts", text_starts }, { "ends", text_ends },
	{ "find", text_find }, { "rep", text_rep }, { "replace", text_replace }, { "split", text_split },
	{ "match", no_patterns }, { "gmatch", no_patterns }, { "gsub", no_patterns }, { "format", no_format },
	{ NULL, NULL } };

const luaL_Reg library_own[] = { { "tostring", to_string }, { "error", raise }, { "pairs", ordered_pairs },
	{ "sort", sorted }, { "concat", concat }, { NULL, NULL } };

const luaL_Reg library_utf8[] = { { "char", text_char }, { NULL, NULL } };

const luaL_Reg library_table[] = { { "unpack", unpack }, { "concat", concat }, { NULL, NULL } };
