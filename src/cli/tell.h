/*
 * tell: findings on their way out: less what the baseline accepts, to the terminal and to the files of --report.
 *
 *     if (!tell_open(&t, options, &root)) return EXIT_USAGE;
 *     tell_settle(&t, &diags);            // after each phase, before asking whether there are errors
 *     tell_all(&t, &diags, complete);     // once
 *     tell_close(&t);
 */
#ifndef GIJI_CLI_TELL_H
#define GIJI_CLI_TELL_H

#include "cli/root.h"
#include "report/baseline.h"

struct teller {
	const struct options *options;
	const char *site; /* its folder */
	struct report_options form;
	struct baseline *baseline; /* of --baseline or --write-baseline, or NULL */
	struct buf accepted;       /* its bytes */
	struct arena arena;
};

/* False after a line on stderr. */
bool tell_open(struct teller *t, const struct options *o, struct root *root);
void tell_close(struct teller *t);

/* Sorts the findings and takes out what the baseline accepts. */
void tell_settle(struct teller *t, struct diags *ds);

/* Prints the findings and writes what --report and --write-baseline ask for. A file that cannot be written is one
 * finding more. `complete`: all was looked at, so what the baseline accepts and nobody found is gone. */
void tell_all(struct teller *t, struct diags *ds, bool complete);

#endif
