/* build: `giji build`, content/ → public/. */
#ifndef GIJI_CLI_BUILD_H
#define GIJI_CLI_BUILD_H

#include "cli/options.h"

int build_run(const struct options *o);

#endif
