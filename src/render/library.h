/*
 * library: the functions that the sandbox has in place of Lua's own: bounded, without
 * patterns, in the same order everywhere. Text is counted in characters.
 */
#ifndef GIJI_RENDER_LIBRARY_H
#define GIJI_RENDER_LIBRARY_H

#include "render/engine.h"

extern const luaL_Reg library_own[];  /* tostring, error, pairs, sort, concat */
extern const luaL_Reg library_text[]; /* len, sub, upper … : globals, and methods of text */
extern const luaL_Reg library_utf8[];
extern const luaL_Reg library_table[];

/* Calls a function of Lua's whose time grows with its first argument, and counts that. Upvalues: the function; how
 * many arguments it takes when it moves no elements of a table. */
int library_metered(lua_State *L);

#endif
