/* explain: `giji explain [CODE…]`, what a finding means and how to mend it. The texts are the guide's page of findings. */
#ifndef GIJI_CLI_EXPLAIN_H
#define GIJI_CLI_EXPLAIN_H

#include "cli/options.h"

int explain_run(const struct options *o);

#endif
