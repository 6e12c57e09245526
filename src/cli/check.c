#include "cli/check.h"

#include "check/check.h"
#include "cli/work.h"
#include "sys/clock.h"
#include "sys/process.h"

#include <stdio.h>
#include <stdlib.h>

/* Is handed each finished file, by any worker (`bytes` is STR_NONE for one that is copied). */
static bool check_output(void *self, size_t output, struct str bytes, struct diags *ds)
{
	(void)ds;
	if (bytes.p)
		checker_page(self, output, bytes);
	return true;
}

static bool check(struct work *w)
{
	if (!work_load(w))
		return false;
	struct check_output *outputs = mem_alloc(w->outputs.count * sizeof *outputs);
	for (size_t i = 0; i < w->outputs.count; i++)
		outputs[i] = (struct check_output){ w->outputs.items[i].path, w->outputs.items[i].page };
	struct checked all = { w->site, w->theme, &w->root.site, &w->root.installed, outputs, w->outputs.count };
	struct checker *c = checker_open(&all);
	bool done = work_make(w, check_output, c);
	if (done)
		checker_finish(c, &w->diags);
	checker_close(c);
	free(outputs);
	work_timing(w, _("pages checked"));
	work_settle(w);
	return done;
}

static void summarize(const struct work *w, bool done)
{
	const struct options *o = w->options;
	if (o->quiet || o->format != REPORT_HUMAN)
		return;
	if (!done && process_interrupted())
		printf(_("Interrupted.\n"));
	else if (!done && w->site)
		printf(_("Pages were not checked, for errors in the content come first; errors: %zu, warnings: %zu\n"),
			w->diags.errors, w->diags.warnings);
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
	bool done = check(&w);
	work_report(&w, done);
	summarize(&w, done);
	int status = work_status(&w, done);
	work_end(&w);
	return status;
}
