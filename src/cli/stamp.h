/* stamp: `giji stamp`, the anchors of published records → their ledgers. */
#ifndef GIJI_CLI_STAMP_H
#define GIJI_CLI_STAMP_H

#include "cli/options.h"

int stamp_run(const struct options *o);

#endif
