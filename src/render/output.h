/*
 * output: the printers behind {{ }}, one for each place of a page, and including.
 * The names are those in TEMPLATE_PRINTERS.
 */
#ifndef GIJI_RENDER_OUTPUT_H
#define GIJI_RENDER_OUTPUT_H

#include "render/engine.h"

/* Pushes the printers in the order of TEMPLATE_PRINTERS, but for the last, _i, which is the engine's. Returns how many. */
int output_push_printers(lua_State *L);

#endif
