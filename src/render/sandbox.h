/*
 * sandbox: what a template may call, and how much it may use.
 *
 * Of Lua's libraries: ipairs, pairs in key order, select, tonumber, tostring (no
 * addresses), type, error, math without random, utf8's char, codepoint and len,
 * table's insert, remove, concat and unpack, and string functions without patterns, all
 * read-only. Left out: pcall (it would swallow the caps), coroutines (they escape the count
 * hook), metatables, load, anything that reaches a file, a clock or another state.
 *
 * Time is counted in steps. A template has no functions of its own, so its time is bounded by its length but for
 * loops, blocks and includes: the compiler ends each with _s, which counts a step for each STEP_BYTES of its Lua.
 * C functions whose time grows with their arguments call sandbox_charge, the allocator counts bytes, and once a
 * page has made long strings, which `==` compares in one instruction, a count hook counts instructions too.
 */
#ifndef GIJI_RENDER_SANDBOX_H
#define GIJI_RENDER_SANDBOX_H

#include "render/engine.h"

enum { SCANNED_A_STEP = 8 }; /* bytes of text that are read one by one */

/* A state with the sandbox's functions as globals, for `e`; NULL when out of memory. */
lua_State *sandbox_open(struct engine *e);

/* Counts steps of a page from nothing. */
void sandbox_begin_page(struct engine *e);

int sandbox_step(lua_State *L); /* _s */

/* Counts `steps` more; raises an error when the page has had all. */
void sandbox_charge(lua_State *L, size_t steps);

/* A text argument; numbers are taken as their digits, as Lua does. Counts for reading it. */
struct str sandbox_text(lua_State *L, int index);

/* Raises an error for a text of more than ENGINE_STRING_MOST bytes. */
void sandbox_check_size(lua_State *L, size_t n);

/* Raises an error after which no further page need be rendered; `why` takes one %d, the limit. */
void sandbox_exhausted(lua_State *L, const char *why, int limit);

#endif
