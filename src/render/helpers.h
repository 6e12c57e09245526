/*
 * helpers: the functions that templates have beside Lua's own: words in the page's
 * language, dates, addresses.
 *
 *     label("key", {name = value})   label_has("key")
 *     date("2013-12-13")  date_short(…)  year(2013)  number(1234)
 *     url("speakers/")    asset("style.css")         excerpt(text, 80)
 */
#ifndef GIJI_RENDER_HELPERS_H
#define GIJI_RENDER_HELPERS_H

#include "render/engine.h"

void helpers_setup(lua_State *L); /* as globals */

/* Their names, and those of `each`, `grouped` and the text functions, separated by commas: locals of each template. */
#define HELPER_NAMES \
	"page,site,each,grouped,label,label_has,date,date_short,year,number,url,asset,asset_has,excerpt,sort,concat,split,replace,find," \
	"starts,ends,trim,upper,lower,sub,len,rep,tostring,tonumber,math"

#endif
