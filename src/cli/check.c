#include "cli/check.h"

#include "cli/work.h"
#include "sys/clock.h"
#include "sys/process.h"

#include <stdio.h>

/* Is handed each finished file, by any worker (`bytes` is STR_NONE for one that is copied): what judges finished pages
 * belongs here, and adds its findings to `ds`. */
static bool check_output(void *self, size_t output, struct str bytes, struct diags *ds)
{
	(void)self, (void)output, (void)bytes, (void)ds;
	return true;
}

static void summarize(const struct work *w, bool done)
{
	const struct options *o = w->options;
	if (o->quiet || o->format != REPORT_HUMAN)
		return;
	if (!done && process_interrupted())
		printf(_("Interrupted.\n"));
	else if (w->site)
		printf(_("pages: %zu; errors: %zu, warnings: %zu; %.2f s\n"), w->site->page_count, w->diags.errors,
			w->diags.warnings, clock_monotonic() - w->started);
}

int check_run(const struct options *o)
{
	struct work w;
	if (o->argument_count) {
		fprintf(stderr, _("giji: check takes no arguments: %s\n"), o->arguments[0]);
		return EXIT_USAGE;
	}
	if (!work_begin(&w, o))
		return EXIT_USAGE;
	bool done = work_load(&w) && work_make(&w, check_output, &w);
	work_report(&w, done);
	summarize(&w, done);
	int status = work_status(&w, done);
	work_end(&w);
	return status;
}
