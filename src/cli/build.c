/* `giji build`: content/ to public/. */
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/work.h"
#include "publish/publish.h"
#include "publish/published.h"
#include "site/anchors.h"
#include "sys/clock.h"
#include "sys/process.h"

#include <stdio.h>

struct build {
	struct work work;
	struct fs out;
	struct publication *publication;
	struct publish_summary summary;
	struct buf log;     /* -v: what was written and removed */
	struct buf changes; /* --since */
};

static void summarize(struct build *b, bool published)
{
	const struct options *o = b->work.options;
	if (o->since)
		fwrite(b->changes.p ? b->changes.p : "", 1, b->changes.n, stdout);
	if (o->since || o->quiet || o->format != REPORT_HUMAN)
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
		printf(_("Nothing was written; errors: %zu, warnings: %zu\n"), b->work.diags.errors,
			b->work.diags.warnings);
		return;
	}
	fwrite(b->log.p ? b->log.p : "", 1, b->log.n, stdout);
	if (b->work.site->next_due.n)
		printf(_("Next to appear or expire: %.*s, %.*s\n"), STR_ARG(b->work.site->next_due),
			STR_ARG(b->work.site->next_due_path));
	printf(_("pages: %zu; files written: %zu, unchanged: %zu, removed: %zu; warnings: %zu; %.2f s\n"),
		b->work.site->page_count, done->written, done->unchanged, done->removed, b->work.diags.warnings,
		clock_monotonic() - b->work.started);
}

/* A site's root, or a folder that this one is made of. */
static bool holds_sources(struct build *b, struct str path)
{
	struct fs_entry entry;
	struct str inside = argument_in_site(arena_c(&b->work.arena, path), b->work.root.path, &b->work.arena);
	struct str first = inside.p ? str_cut(&inside, STR("/")) : STR_NONE;
	return str_is_one_of(first, "content|templates|themes") ||
		fs_stat(&b->out, STR("site.yml"), &entry) == FS_OK;
}

static bool open_output(struct build *b)
{
	const char *given = b->work.options->output;
	struct str path = given ? str_c(given) : arena_format(&b->work.arena, "%s/public", b->work.root.path);
	enum fs_result result = fs_disk_open(&b->out, arena_c(&b->work.arena, path), true);
	bool open = result == FS_OK, sources = open && holds_sources(b, path);
	if (open && !sources && !fs_may_write(&b->out))
		result = FS_FAILED;
	if (open && (sources || result != FS_OK))
		fs_close(&b->out);
	struct diags *ds = &b->work.diags;
	if (sources)
		return diag_add(ds, OUTPUT_REFUSED, loc_file(path), diag_text(ds, _("choose another folder with -o")),
			_("the output would lie among the sources of a site"));
	if (result != FS_OK)
		return diag_add(ds, result == FS_FAILED && fs_denied() ? OUTPUT_REFUSED : MACHINE, loc_file(path),
			STR_NONE, _("the output folder cannot be written: %s"),
			result == FS_FAILED ? fs_reason() : _("it is no folder"));
	const struct site *site = b->work.site;
	struct publish_options options = {
		.slots = b->work.outputs.count,
		.force = b->work.options->force,
		.drafts = b->work.options->drafts,
		.now = date_iso(&b->work.arena, site->now),
		.base_url = site->settings.base_url,
		.log = b->work.options->verbose ? &b->log : NULL,
	};
	b->publication = publication_open(&b->out, &options, &b->work.diags);
	if (!b->publication)
		fs_close(&b->out);
	return b->publication != NULL;
}

/* A file is copied without being held in memory; all else is compared with what stands there. */
static bool put_file(void *self, size_t slot, struct str bytes, struct diags *ds)
{
	struct build *b = self;
	const struct output *o = &b->work.outputs.items[slot];
	struct buf anchors = { 0 };
	struct publish_facts facts = { .source = o->source, .by = o->by, .aliases = o->aliases };
	if (o->fs)
		return publication_copy(b->publication, slot, o->path, o->fs, o->from, facts, ds);
	if (o->page) {
		anchors_of_page(b->work.site, o->page, &anchors);
		facts.anchors = buf_str(&anchors);
		facts.to = o->page->target;
	}
	bool good = publication_page(b->publication, slot, o->path, bytes, facts, ds);
	buf_release(&anchors);
	return good;
}

/* The manifest that was just written says what is there now. */
static bool list_changes(struct build *b)
{
	struct buf bytes = { 0 };
	struct manifest now;
	enum fs_result result = fs_read(&b->out, STR(PUBLISH_MANIFEST), SIZE_MAX, &bytes);
	bool good = result == FS_OK && manifest_read(buf_str(&bytes), &b->work.arena, &now);
	if (good)
		published_changes(&b->work.since, &now, b->work.options->format == REPORT_JSON, &b->changes);
	else
		diag_add(
			&b->work.diags, MACHINE, loc_file(STR(PUBLISH_MANIFEST)), STR_NONE, _("cannot read this file"));
	buf_release(&bytes);
	return good;
}

static bool publish(struct build *b)
{
	if (!open_output(b))
		return false;
	bool good = work_make(&b->work, put_file, b);
	if (good)
		good = publication_finish(b->publication, &b->summary, &b->work.diags);
	else
		publication_abandon(b->publication);
	work_timing(&b->work, _("files put in place"));
	good = good && (!b->work.options->since || list_changes(b));
	fs_close(&b->out);
	return good;
}

int build_run(const struct options *o)
{
	struct build b = { 0 };
	if (!work_begin(&b.work, o))
		return EXIT_USAGE;
	bool published = work_load(&b.work) && publish(&b);
	work_report(&b.work, false);
	summarize(&b, published);
	int status = work_status(&b.work, published);
	work_end(&b.work);
	buf_release(&b.log);
	buf_release(&b.changes);
	return status;
}
