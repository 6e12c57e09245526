/* serve: `giji serve`, a preview with live reload. */
#ifndef GIJI_CLI_SERVE_H
#define GIJI_CLI_SERVE_H

#include "cli/options.h"

int serve_run(const struct options *o);

#endif
