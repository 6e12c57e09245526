/*
 * check: `giji check`, everything that could be wrong, for CI. It does all that `giji build` does, and writes nothing.
 *
 * Whatever judges finished pages is called from check_output() in check.c, which is handed each of them.
 */
#ifndef GIJI_CLI_CHECK_H
#define GIJI_CLI_CHECK_H

#include "cli/options.h"

int check_run(const struct options *o);

#endif
