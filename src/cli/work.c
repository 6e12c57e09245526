#include "cli/work.h"

#include "cli/argument.h"
#include "publish/publish.h"
#include "publish/published.h"
#include "sys/clock.h"
#include "sys/pool.h"
#include "sys/process.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A manifest, or the folder that holds one. False after a line on stderr. */
static bool read_old(struct work *w, const char *option, const char *path, bool may_be_empty, struct manifest *old)
{
	const char *inside = arena_format(&w->arena, "%s/" PUBLISH_MANIFEST, path).p, *why;
	struct buf bytes = { 0 };
	if (argument_take(fs_is_there(inside) ? inside : path, SIZE_MAX, &bytes))
		why = published_read(buf_str(&bytes), may_be_empty, &w->arena, old);
	else
		why = errno == ENOENT || errno == EISDIR ? _("there is no giji-manifest.json") : strerror(errno);
	buf_release(&bytes);
	if (why)
		fprintf(stderr, _("giji: --%s %s: %s\n"), option, path, why);
	return !why;
}

bool work_begin(struct work *w, const struct options *o)
{
	*w = (struct work){ .options = o, .started = clock_monotonic(), .phase = clock_monotonic() };
	if (!root_open(&w->root, o))
		return false;
	arena_init(&w->arena);
	bool read = (!o->published || read_old(w, "published", o->published, false, &w->before)) &&
		(!o->since || read_old(w, "since", o->since, true, &w->since));
	if (!read || !tell_open(&w->teller, o, &w->root)) {
		arena_release(&w->arena);
		root_close(&w->root);
		return false;
	}
	diags_init(&w->diags, &o->levels);
	process_watch_interrupts();
	return true;
}

void work_end(struct work *w)
{
	if (w->theme)
		theme_release(w->theme);
	if (w->site)
		site_release(w->site);
	diags_release(&w->diags);
	arena_release(&w->arena);
	tell_close(&w->teller);
	root_close(&w->root);
}

void work_timing(struct work *w, const char *phase)
{
	double now = clock_monotonic();
	if (w->options->timings)
		fprintf(stderr, "%8.3f s  %s\n", now - w->phase, phase);
	w->phase = now;
}

void work_report(struct work *w, bool complete)
{
	tell_all(&w->teller, &w->diags, complete);
}

bool work_sound(const struct work *w)
{
	return w->diags.errors == 0 && !w->diags.fatal && !(w->options->strict && w->diags.warnings);
}

int work_status(const struct work *w, bool done)
{
	if (w->diags.fatal) {
		for (size_t i = 0; i < diag_count(&w->diags); i++)
			if (diag_at(&w->diags, i)->code == OUTPUT_REFUSED)
				return EXIT_USAGE;
		return EXIT_MACHINE;
	}
	if (w->diags.errors && !w->site)
		return EXIT_USAGE;
	if (process_interrupted() && !done)
		return EXIT_INTERRUPTED;
	return work_sound(w) ? EXIT_CLEAN : EXIT_FINDINGS;
}

bool work_site(struct work *w, bool drafts)
{
	const struct options *o = w->options;
	struct site_options options = { .base_url = str_c(o->base_url ? o->base_url : ""),
		.now = o->now,
		.now_seconds = o->now_seconds,
		.drafts = drafts,
		.workers = o->jobs,
		.levels = &o->levels };
	w->site = site_load(&w->root.site, &options, &w->diags);
	work_timing(w, _("content read"));
	return w->site != NULL;
}

const struct body *work_body(struct work *w, const char *argument)
{
	const struct site *s = w->site;
	struct str near = STR_NONE, place = argument_place(argument, w->root.path, &w->arena);
	struct str folder = str_from(place, sizeof "content/" - 1);
	for (size_t i = 0; i < s->body_count; i++) {
		if (s->bodies[i].is_pages)
			continue;
		if (str_eq(s->bodies[i].folder, folder))
			return &s->bodies[i];
		str_nearer(folder, s->bodies[i].folder, &near);
	}
	if (near.n)
		fprintf(stderr, _("giji: there is no body %.*s; did you mean %.*s?\n"), STR_ARG(folder), STR_ARG(near));
	else
		fprintf(stderr, _("giji: there is no body %.*s; a body is a folder of content/ with an index.md\n"),
			STR_ARG(folder));
	return NULL;
}

bool work_load(struct work *w)
{
	if (!work_site(w, w->options->drafts))
		return false;
	struct theme_files files = { &w->root.site, &w->root.installed };
	w->theme = theme_open(&files, w->site, &w->arena, &w->diags);
	work_timing(w, _("templates compiled"));
	if (!w->theme)
		return false;
	w->outputs = outputs_list(w->site, w->theme, &w->root.site, &w->arena);
	tell_settle(&w->teller, &w->diags);
	if (!work_sound(w))
		return false;
	/* What is lost is told with what templates say, not in place of it. */
	if (w->options->published)
		published_compare(&w->before, w->site, &w->outputs, &w->diags);
	return !process_interrupted();
}

/* --- files --- */

struct worker {
	struct output_maker maker;
	struct buf bytes;
};

struct making {
	struct work *work;
	work_sink *sink;
	void *self;
	struct worker *workers;
	struct diags *diags; /* one an output, merged in their order */
	atomic_bool stop;    /* a template reached a cap */
	atomic_size_t done;
	bool shows_progress;
};

static void progress(const struct making *m, size_t done)
{
	if (done % 256 == 0)
		fprintf(stderr, "\r%zu / %zu", done, m->work->outputs.count);
}

static bool make(struct making *m, struct worker *w, size_t output, struct diags *ds)
{
	const struct output *o = &m->work->outputs.items[output];
	if (o->fs)
		return m->sink(m->self, output, STR_NONE, ds);
	buf_clear(&w->bytes);
	return output_make(&w->maker, o, &w->bytes, ds) && m->sink(m->self, output, buf_str(&w->bytes), ds);
}

static void make_output(void *shared, size_t output, size_t worker)
{
	struct making *m = shared;
	struct worker *w = &m->workers[worker];
	struct diags *ds = &m->diags[output];
	diags_init(ds, &m->work->options->levels);
	if (atomic_load_explicit(&m->stop, memory_order_relaxed) || process_interrupted())
		return;
	w->maker.site = m->work->site;
	w->maker.theme = m->work->theme;
	/* A full disk, or a template that takes a second on each page, will not get better. */
	if (!make(m, w, output, ds) && (ds->fatal || output_exhausted(&w->maker)))
		atomic_store_explicit(&m->stop, true, memory_order_relaxed);
	size_t done = atomic_fetch_add_explicit(&m->done, 1, memory_order_relaxed);
	if (worker == 0 && m->shows_progress)
		progress(m, done);
}

bool work_make(struct work *w, work_sink *sink, void *self)
{
	const struct options *o = w->options;
	struct making m = { .work = w, .sink = sink, .self = self };
	size_t jobs = o->jobs, count = w->outputs.count;
	m.shows_progress = !o->quiet && o->format == REPORT_HUMAN && process_error_is_terminal();
	m.workers = mem_alloc(jobs * sizeof *m.workers);
	m.diags = mem_alloc(count * sizeof *m.diags);
	pool_run(jobs, count, make_output, &m);
	if (m.shows_progress)
		fputs("\r\033[K", stderr);
	for (size_t i = 0; i < count; i++)
		diags_merge(&w->diags, &m.diags[i]);
	for (size_t i = 0; i < jobs; i++) {
		output_maker_release(&m.workers[i].maker);
		buf_release(&m.workers[i].bytes);
	}
	free(m.workers);
	free(m.diags);
	work_timing(w, _("pages rendered"));
	tell_settle(&w->teller, &w->diags);
	return work_sound(w) && !process_interrupted();
}
