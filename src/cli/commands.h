/*
 * commands: what each `giji NAME` does. One lives in the file of its name, takes the options and returns an exit status;
 * the table in main.c says which options and arguments it takes.
 */
#ifndef GIJI_CLI_COMMANDS_H
#define GIJI_CLI_COMMANDS_H

#include "cli/options.h"

int build_run(const struct options *o);
int check_run(const struct options *o);
int diff_run(const struct options *o);
int explain_run(const struct options *o);
int init_run(const struct options *o);
int list_run(const struct options *o);
int new_run(const struct options *o);
int review_run(const struct options *o);
int serve_run(const struct options *o);
int stamp_run(const struct options *o);

#endif
