/*
 * `giji check`: everything that could be wrong, for CI. It does all that `giji build` does, and writes nothing.
 *
 * Whatever judges finished pages is called from check_output(), which is handed each of them.
 */
#include "check/outside.h"
#include "cli/commands.h"
#include "cli/work.h"
#include "sys/clock.h"
#include "sys/process.h"

#include <stdio.h>
#include <stdlib.h>

#define LINKS_FILE ".giji-links" /* in the site's folder */
enum { LINKS_MOST = 64 * 1024 * 1024 };

/* Is handed each finished file, by any worker (`bytes` is STR_NONE for one that is copied). */
static bool check_output(void *self, size_t output, struct str bytes, struct diags *ds)
{
	(void)ds;
	if (bytes.p)
		checker_page(self, output, bytes);
	return true;
}

/* --- links to other sites --- */

static bool may_ask(const struct options *o)
{
	struct str ci = str_c(getenv("CI"));
	bool in_ci = ci.n && !str_eq(ci, STR("0")) && !str_eq(ci, STR("false"));
	return o->network == NETWORK_ALWAYS || (o->network == NETWORK_AUTO && !in_ci);
}

static void show_progress(size_t done, size_t all)
{
	fprintf(stderr, "\r%zu / %zu%s", done, all, done == all ? "\r\033[K" : "");
}

/* Put in its place whole: a half would forget what nobody wants to ask again. */
static bool keep(struct work *w, struct str bytes)
{
	struct str file = STR(LINKS_FILE);
	enum fs_result result = FS_OK;
	if (!fs_same(&w->root.site, file, bytes))
		result = fs_replace(&w->root.site, file, bytes);
	return result == FS_OK ||
		diag_add(&w->diags, MACHINE, loc_file(file), STR_NONE, _("cannot write this file: %s"), fs_why(result));
}

static bool check_outside(struct work *w, struct checker *c)
{
	const struct options *o = w->options;
	struct buf known = { 0 }, learnt = { 0 };
	struct outside outside = { { o->pause, o->timeout, NULL }, may_ask(o), STR_NONE, &learnt };
	if (!o->quiet && o->format == REPORT_HUMAN && process_error_is_terminal())
		outside.manners.progress = show_progress;
	fs_read(&w->root.site, STR(LINKS_FILE), LINKS_MOST, &known);
	outside.known = buf_str(&known);
	bool done = checker_outside(c, &outside, &w->diags);
	if (outside.online && (learnt.n || known.n))
		done = keep(w, buf_str(&learnt)) && done;
	work_timing(w, _("links to other sites asked"));
	buf_release(&known);
	buf_release(&learnt);
	return done;
}

static bool check(struct work *w)
{
	if (!work_load(w))
		return false;
	struct checked all = { w->site, w->theme, &w->root.site, &w->root.installed, &w->outputs,
		w->options->external };
	struct checker *c = checker_open(&all);
	bool done = work_make(w, check_output, c);
	if (done)
		checker_finish(c, &w->diags);
	work_timing(w, _("pages checked"));
	if (done && w->options->external)
		done = check_outside(w, c);
	checker_close(c);
	tell_settle(&w->teller, &w->diags);
	return done;
}

static size_t count_notes(const struct diags *ds)
{
	size_t notes = 0;
	for (size_t i = 0; i < diag_count(ds); i++)
		notes += diag_at(ds, i)->level == DIAG_NOTE;
	return notes;
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
		printf(_("pages: %zu; errors: %zu, warnings: %zu, notes: %zu; %.2f s\n"), w->site->page_count,
			w->diags.errors, w->diags.warnings, count_notes(&w->diags), clock_monotonic() - w->started);
}

int check_run(const struct options *o)
{
	struct work w;
	if (!work_begin(&w, o))
		return EXIT_USAGE;
	bool done = check(&w);
	work_report(&w, done);
	summarize(&w, done);
	int status = work_status(&w, done);
	work_end(&w);
	return status;
}
