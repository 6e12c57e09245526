/*
 * work: what the commands that make a site have in common: it is loaded, and each of its files is made.
 *
 *     struct work w;
 *     if (!work_begin(&w, options)) return EXIT_USAGE;
 *     bool done = work_load(&w) && work_make(&w, sink, self);
 *     work_report(&w, false);                 // all findings, in order
 *     int status = work_status(&w, done);
 *     work_end(&w);
 */
#ifndef GIJI_CLI_WORK_H
#define GIJI_CLI_WORK_H

#include "cli/options.h"
#include "cli/tell.h"
#include "publish/manifest.h"
#include "publish/outputs.h"

struct work {
	const struct options *options;
	struct root root;
	struct teller teller;
	struct arena arena;
	struct diags diags;
	struct site *site;
	struct theme *theme;
	struct outputs outputs;
	struct manifest before; /* --published */
	struct manifest since;  /* --since */
	double started, phase;
};

bool work_begin(struct work *w, const struct options *o); /* false after a line on stderr */
bool work_load(struct work *w);
/* The first part of it, for commands that make no files: the content is read. False where there is no site at all. */
bool work_site(struct work *w, bool drafts);
/* The body of a folder as somebody types it (kotsu, content/kotsu/); NULL after a line on stderr. */
const struct body *work_body(struct work *w, const char *argument);
void work_report(struct work *w, bool complete); /* `complete`: all that giji can find was looked for */
int work_status(const struct work *w, bool done); /* the exit status; `done`: all that was to be done was */
void work_end(struct work *w);

/* Work may go on while there is no error; --strict counts warnings as such. */
bool work_sound(const struct work *w);
void work_timing(struct work *w, const char *phase); /* --timings */

/* Is handed each of the outputs as soon as it is made, by any worker; `bytes` is STR_NONE for a file that is copied,
 * which nobody has read yet. What it finds goes to `ds`; false stops the work when that is fatal. */
typedef bool work_sink(void *self, size_t output, struct str bytes, struct diags *ds);

bool work_make(struct work *w, work_sink *sink, void *self);

#endif
