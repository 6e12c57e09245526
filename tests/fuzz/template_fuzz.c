/* template: whatever the bytes, compiling neither crashes nor hangs, a refused template has a finding, and what is
 * accepted either loads as Lua or fails with words whose line leads back into the template. */
#include "render/engine.h"
#include "render/helpers.h"
#include "source/encoding.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool promise)
{
	if (!promise)
		abort();
}

static void loads_or_is_told(const struct template *t)
{
	lua_State *L = luaL_newstate();
	if (luaL_loadbufferx(L, t->lua.p, t->lua.n, "=t", "t") != LUA_OK) {
		struct str words = str_c(lua_tostring(L, -1)), rest = str_from(words, 2),
			   number = str_cut(&rest, STR(": "));
		long line;
		demand(str_starts(words, STR("t:")) && rest.p && str_number(number, 10000000, &line));
		demand(template_loc(t, (size_t)line).line > 0);
	}
	lua_close(L);
}

/* Each line of the program has its place, but for the closing end. */
static void lines_are_all_known(const struct template *t)
{
	size_t breaks = 0;
	for (size_t i = 0; i < t->lua.n; i++)
		breaks += t->lua.p[i] == '\n';
	demand(t->line_count == breaks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diag_levels levels;
	struct diags ds;
	struct arena a;
	struct template t;
	struct str source;
	arena_init(&a);
	diag_levels_init(&levels);
	diags_init(&ds, &levels);
	if (encoding_read(str_n((const char *)data, size), STR("x.html"), &a, &source, &ds)) {
		bool good = template_compile(STR("x"), STR("x.html"), source, STR(HELPER_NAMES), &a, &t, &ds);
		demand(good == (diag_count(&ds) == 0));
		if (good) {
			lines_are_all_known(&t);
			loads_or_is_told(&t);
		}
	}
	diags_release(&ds);
	arena_release(&a);
	return 0;
}
