/*
 * init: `giji init DIR`, a new site with one example meeting, in the language in which giji speaks.
 *
 * What it writes stands in templates/init/<language>/, and is copied as it is.
 */
#ifndef GIJI_CLI_INIT_H
#define GIJI_CLI_INIT_H

#include "cli/options.h"

int init_run(const struct options *o);

#endif
