/*
 * list: `giji list [WHAT [BODY]]`, what the site holds as a table, CSV (RFC 4180, UTF-8) or JSON.
 *
 * The names of columns are the same in all three, in every language: scripts rely on them. It lists what the first
 * language's pages would show; with -D drafts too, and `list drafts` only those.
 */
#ifndef GIJI_CLI_LIST_H
#define GIJI_CLI_LIST_H

#include "cli/options.h"

int list_run(const struct options *o);

#endif
