/* diff: `giji diff OLD NEW`, what changed between two versions of a record. */
#ifndef GIJI_CLI_DIFF_H
#define GIJI_CLI_DIFF_H

#include "cli/options.h"

int diff_run(const struct options *o);

#endif
