#include "cli/build.h"

#include "cli/root.h"
#include "publish/outputs.h"
#include "publish/publish.h"
#include "sys/clock.h"
#include "sys/pool.h"
#include "sys/process.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct worker {
	struct output_maker maker;
	struct buf bytes;
	struct buf anchors;
};

struct build {
	const struct options *options;
	struct root root;
	struct fs out;
	struct arena arena;
	struct diags diags;
	struct site *site;
	struct theme *theme;
	struct outputs outputs;
	struct publication *publication;
	struct publish_summary summary;
	struct buf log; /* -v: what was written and removed */
	struct worker *workers;
	struct diags *output_diags; /* one an output, merged in their order */
	atomic_bool stop;           /* a template reached a cap */
	atomic_size_t done;
	bool published;
	bool shows_progress;
	double started, phase;
};

/* --- what the terminal is told --- */

static void timing(struct build *b, const char *phase)
{
	double now = clock_monotonic();
	if (b->options->timings)
		fprintf(stderr, "%8.3f s  %s\n", now - b->phase, phase);
	b->phase = now;
}

static bool shows_progress(const struct build *b)
{
	return !b->options->quiet && b->options->format == REPORT_HUMAN && process_error_is_terminal();
}

static void progress(struct build *b, size_t done)
{
	if (done % 256 == 0)
		fprintf(stderr, "\r%zu / %zu", done, b->outputs.count);
}

static void report(struct build *b)
{
	struct report_options options = { b->options->format, b->options->color,
		{ &b->root.site, &b->root.installed } };
	struct buf out = { 0 };
	diags_sort(&b->diags);
	report_write(&b->diags, &options, &out);
	fwrite(out.p ? out.p : "", 1, out.n, b->options->format == REPORT_HUMAN ? stderr : stdout);
	buf_release(&out);
}

static void summarize(struct build *b, bool published)
{
	const struct options *o = b->options;
	if (o->quiet || o->format != REPORT_HUMAN)
		return;
	const struct publish_summary *done = &b->summary;
	if (!published && done->written + done->removed) {
		printf(_("Broken off: %zu files were put in place; the next build mends the rest.\n"), done->written);
		return;
	}
	if (process_interrupted() && !published) {
		printf(_("Interrupted: nothing was written.\n"));
		return;
	}
	if (!published) {
		printf(_("Nothing was written; errors: %zu, warnings: %zu\n"), b->diags.errors, b->diags.warnings);
		return;
	}
	fwrite(b->log.p ? b->log.p : "", 1, b->log.n, stdout);
	if (b->site->next_due.n)
		printf(_("Next to appear or expire: %.*s, %.*s\n"), STR_ARG(b->site->next_due),
			STR_ARG(b->site->next_due_path));
	printf(_("pages: %zu; files written: %zu, unchanged: %zu, removed: %zu; warnings: %zu; %.2f s\n"),
		b->site->page_count, done->written, done->unchanged, done->removed, b->diags.warnings,
		clock_monotonic() - b->started);
}

/* --- phases --- */

/* The phase may go on while there is no error; --strict counts warnings as such. */
static bool sound(const struct build *b)
{
	return b->diags.errors == 0 && !b->diags.fatal && !(b->options->strict && b->diags.warnings);
}

static bool load(struct build *b)
{
	const struct options *o = b->options;
	struct site_options options = { .base_url = str_c(o->base_url ? o->base_url : ""),
		.now = o->now,
		.now_seconds = o->now_seconds,
		.drafts = o->drafts,
		.workers = o->jobs,
		.levels = &o->levels };
	b->site = site_load(&b->root.site, &options, &b->diags);
	timing(b, _("content read"));
	if (!b->site)
		return false;
	struct theme_files files = { &b->root.site, &b->root.installed };
	b->theme = theme_open(&files, b->site, &b->arena, &b->diags);
	timing(b, _("templates compiled"));
	return b->theme && sound(b) && !process_interrupted();
}

static bool open_output(struct build *b)
{
	const char *given = b->options->output;
	struct str path = given ? str_c(given) : arena_format(&b->arena, "%s/public", b->root.path);
	enum fs_result result = fs_disk_open(&b->out, arena_c(&b->arena, path), true);
	if (result != FS_OK)
		return diag_add(&b->diags, MACHINE, loc_file(path), STR_NONE,
			_("the output folder cannot be opened: %s"),
			result == FS_FAILED ? fs_reason() : _("it is no folder"));
	struct publish_options options = {
		.slots = b->outputs.count,
		.force = b->options->force,
		.drafts = b->options->drafts,
		.now = date_iso(&b->arena, b->site->now),
		.base_url = b->site->settings.base_url,
		.log = b->options->verbose ? &b->log : NULL,
	};
	b->publication = publication_open(&b->out, &options, &b->diags);
	if (!b->publication)
		fs_close(&b->out);
	return b->publication != NULL;
}

static void add_anchor(struct buf *out, struct str anchor)
{
	if (anchor.n == 0)
		return;
	if (out->n)
		buf_byte(out, ' ');
	buf_put(out, anchor);
}

/* The addresses within a record that others may have linked to. */
static struct str anchors_of(const struct meeting *m, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < m->item_count; i++)
		add_anchor(out, m->items[i].anchor);
	for (size_t i = 0; i < m->speech_count; i++)
		add_anchor(out, m->speeches[i].anchor);
	for (size_t i = 0; i < m->statement_count; i++)
		add_anchor(out, m->statements[i].anchor);
	for (size_t i = 0; i < m->callout_count; i++)
		add_anchor(out, m->callouts[i].anchor);
	return buf_str(out);
}

/* A file is copied without being held in memory; all else is made, then compared with what stands there. */
static bool hand_over(struct build *b, size_t slot, struct worker *w, struct diags *ds)
{
	const struct output *o = &b->outputs.items[slot];
	if (o->fs)
		return publication_copy(b->publication, slot, o->path, o->fs, o->from, ds);
	buf_clear(&w->bytes);
	if (!output_make(&w->maker, o, &w->bytes, ds))
		return false;
	struct publish_facts facts = { o->source, STR_NONE };
	if (o->page && o->page->kind == PAGE_MEETING)
		facts.anchors = anchors_of(b->site->meetings[o->page->subject], &w->anchors);
	return publication_page(b->publication, slot, o->path, buf_str(&w->bytes), facts, ds);
}

static void make_output(void *shared, size_t slot, size_t worker)
{
	struct build *b = shared;
	struct worker *w = &b->workers[worker];
	struct diags *ds = &b->output_diags[slot];
	diags_init(ds, &b->options->levels);
	if (atomic_load_explicit(&b->stop, memory_order_relaxed) || process_interrupted())
		return;
	w->maker.site = b->site;
	w->maker.theme = b->theme;
	bool good = hand_over(b, slot, w, ds);
	/* A full disk, or a template that takes a second on each page, will not get better. */
	if (!good && (ds->fatal || output_exhausted(&w->maker)))
		atomic_store_explicit(&b->stop, true, memory_order_relaxed);
	size_t done = atomic_fetch_add_explicit(&b->done, 1, memory_order_relaxed);
	if (worker == 0 && b->shows_progress)
		progress(b, done);
}

static bool make_outputs(struct build *b)
{
	size_t jobs = b->options->jobs, count = b->outputs.count;
	b->shows_progress = shows_progress(b);
	b->workers = mem_alloc(jobs * sizeof *b->workers);
	b->output_diags = mem_alloc(count * sizeof *b->output_diags);
	pool_run(jobs, count, make_output, b);
	if (b->shows_progress)
		fputs("\r\033[K", stderr);
	for (size_t i = 0; i < count; i++)
		diags_merge(&b->diags, &b->output_diags[i]);
	for (size_t i = 0; i < jobs; i++) {
		output_maker_release(&b->workers[i].maker);
		buf_release(&b->workers[i].bytes);
		buf_release(&b->workers[i].anchors);
	}
	free(b->workers);
	free(b->output_diags);
	timing(b, _("pages rendered"));
	return sound(b) && !process_interrupted();
}

static bool publish(struct build *b)
{
	b->outputs = outputs_list(b->site, b->theme, &b->root.site, &b->arena);
	if (!open_output(b))
		return false;
	bool good = make_outputs(b);
	if (good)
		good = publication_finish(b->publication, &b->summary, &b->diags);
	else
		publication_abandon(b->publication);
	timing(b, _("files put in place"));
	fs_close(&b->out);
	return good;
}

static int exit_status(const struct build *b)
{
	if (b->diags.fatal) {
		for (size_t i = 0; i < diag_count(&b->diags); i++)
			if (diag_at(&b->diags, i)->code == OUTPUT_REFUSED)
				return EXIT_USAGE;
		return EXIT_MACHINE;
	}
	if (b->diags.errors && !b->site)
		return EXIT_USAGE;
	if (process_interrupted() && !b->published)
		return EXIT_INTERRUPTED;
	return sound(b) ? EXIT_CLEAN : EXIT_FINDINGS;
}

int build_run(const struct options *o)
{
	struct build b = { .options = o, .started = clock_monotonic(), .phase = clock_monotonic() };
	if (o->argument_count) {
		fprintf(stderr, _("giji: build takes no arguments: %s\n"), o->arguments[0]);
		return EXIT_USAGE;
	}
	if (!root_open(&b.root, o))
		return EXIT_USAGE;
	arena_init(&b.arena);
	diags_init(&b.diags, &o->levels);
	process_watch_interrupts();
	b.published = load(&b) && publish(&b);
	report(&b);
	summarize(&b, b.published);
	int status = exit_status(&b);
	if (b.theme)
		theme_release(b.theme);
	if (b.site)
		site_release(b.site);
	diags_release(&b.diags);
	buf_release(&b.log);
	arena_release(&b.arena);
	root_close(&b.root);
	return status;
}
