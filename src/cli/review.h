/* review: `giji review RECORD`, one file of a record to circulate before it is confirmed. */
#ifndef GIJI_CLI_REVIEW_H
#define GIJI_CLI_REVIEW_H

#include "cli/options.h"

int review_run(const struct options *o);

#endif
