#include "serve/preview.h"

#include "report/report.h"
#include "serve/overlay.h"
#include "serve/remembered.h"
#include "serve/request.h"
#include "serve/shown.h"
#include "sys/clock.h"
#include "sys/lock.h"
#include "sys/process.h"
#include "text/slug.h"

#include <stdlib.h>

struct preview {
	struct preview_options options;
	struct shown shown;  /* its site is NULL as long as there is none */
	struct kept *newest; /* what was read last, good or not */
	struct diags findings;
	struct buf findings_json;
	struct lock *lock; /* for all that follows, and for `shown` against whoever reads it */
	size_t readers;
	bool changing, ended;
	uint64_t number; /* of what is shown: no two processes use the same */
	enum preview_change last;
	struct output_maker *makers;
	bool *busy;
	size_t maker_count;
	struct remembered *remembered;
};

/* --- readers and the one who changes --- */

static void enter(struct preview *p)
{
	lock_take(p->lock);
	while (p->changing)
		lock_wait(p->lock, -1);
	p->readers++;
	lock_give(p->lock);
}

static void leave(struct preview *p)
{
	lock_take(p->lock);
	p->readers--;
	lock_wake(p->lock);
	lock_give(p->lock);
}

static void stop_readers(void *shared)
{
	struct preview *p = shared;
	lock_take(p->lock);
	p->changing = true;
	while (p->readers > 0)
		lock_wait(p->lock, -1);
	lock_give(p->lock);
}

static void start_readers(struct preview *p, enum preview_change change)
{
	lock_take(p->lock);
	p->changing = false;
	p->last = change;
	p->number++;
	lock_wake(p->lock);
	lock_give(p->lock);
}

/* --- showing a site --- */

static void release_makers(struct preview *p)
{
	for (size_t i = 0; i < p->maker_count; i++)
		output_maker_release(&p->makers[i]);
}

/* The site's outputs, for look-up, and those who make them. */
static void list_outputs(struct preview *p, struct shown *s)
{
	shown_list(s, p->options.site);
	release_makers(p);
	for (size_t i = 0; i < p->maker_count; i++) {
		p->makers[i].site = s->site;
		p->makers[i].theme = s->theme;
	}
}

static struct site_options load_options(struct preview *p, struct kept *kept)
{
	struct site_options options = p->options.load;
	options.kept = kept;
	options.before_settling = stop_readers;
	options.shared = p;
	return options;
}

static struct site *load(struct preview *p, struct kept *kept, struct diags *ds)
{
	struct site_options options = load_options(p, kept);
	return site_load(p->options.site, &options, ds);
}

/* Most edits change a few words. */
static bool refresh(struct preview *p, const struct map *changed)
{
	struct site_options options = load_options(p, p->shown.kept);
	return p->shown.site && p->newest == p->shown.kept &&
		site_refresh(p->shown.site, p->options.site, &options, changed, &p->findings);
}

/* A load that failed has settled the files that both share anew: the last good site is made once more. */
static void show_again(struct preview *p)
{
	struct diags unheard;
	diags_init(&unheard, p->options.load.levels);
	struct site *again = load(p, p->shown.kept, &unheard);
	diags_release(&unheard);
	shown_unlist(&p->shown);
	site_release(p->shown.site);
	p->shown.site = again;
	list_outputs(p, &p->shown);
}

static void show(struct preview *p, struct shown *next)
{
	struct kept *before = p->shown.kept;
	list_outputs(p, next);
	shown_release(&p->shown);
	p->shown = *next;
	if (before != next->kept)
		kept_release(before);
}

static void note_findings(struct preview *p, struct diags *ds)
{
	diags_sort(ds);
	diags_release(&p->findings);
	p->findings = *ds;
	buf_clear(&p->findings_json);
	overlay_findings(&p->shown, &p->findings, NULL, &p->findings_json);
}

/* Reads what `next` is to be of; true when it may be shown. With `same_site` only the theme is read. */
static bool read_next(struct preview *p, struct shown *next, bool same_site, struct diags *ds)
{
	struct theme_files files = { p->options.site, p->options.installed };
	next->kept = same_site ? p->shown.kept : p->newest;
	next->site = same_site ? p->shown.site : load(p, p->newest, ds);
	if (next->site)
		next->theme = theme_open(&files, next->site, &next->theme_arena, ds);
	return next->theme && ds->errors == 0 && !ds->fatal && !process_interrupted();
}

static void read_site(struct preview *p, struct diags *ds)
{
	struct shown next = { 0 };
	if (read_next(p, &next, false, ds)) {
		show(p, &next);
		return;
	}
	shown_release(&next);
	if (p->changing && p->shown.site)
		show_again(p);
}

static void read_theme(struct preview *p, struct diags *ds)
{
	struct shown next = { 0 };
	if (!read_next(p, &next, true, ds)) {
		next.site = NULL;
		shown_release(&next);
		return;
	}
	stop_readers(p);
	p->shown.site = NULL;
	show(p, &next);
}

/* --- what changed --- */

struct sorted_changes {
	struct map content;       /* of the site itself */
	bool theme, styles, more; /* of the theme: anything; stylesheets; and what else */
};

static void sort_change(struct sorted_changes *c, struct str path)
{
	if (content_is_ignored(fs_path_name(path)))
		return;
	bool is_theme = str_starts(path, STR("themes/")), is_template = str_starts(path, STR("templates"));
	if (!is_theme && !is_template && !str_eq(path, STR("themes"))) {
		map_put(&c->content, path, 0);
		return;
	}
	bool style = is_theme && str_ends(path, STR(".css"));
	c->theme = true;
	c->styles = c->styles || style;
	c->more = c->more || !style;
}

/* What is wrong in a template shows when a page is made with it: one page of each template is, while nobody reads, so
 * that it is told beside every page, and on the terminal. */
static void try_templates(struct preview *p, struct diags *ds)
{
	const struct outputs *all = &p->shown.outputs;
	struct arena a = { 0 };
	struct map tried = { 0 };
	struct buf bytes = { 0 };
	for (size_t i = 0; i < all->count; i++) {
		const struct page *page = all->items[i].page;
		if (!page || !map_add(&tried, arena_format(&a, "%d %.*s", page->kind, STR_ARG(page->layout)), 0))
			continue;
		buf_clear(&bytes);
		output_make(&p->makers[0], &all->items[i], &bytes, ds);
		if (output_exhausted(&p->makers[0]))
			output_maker_release(&p->makers[0]);
	}
	buf_release(&bytes);
	map_release(&tried);
	arena_release(&a);
}

enum preview_change preview_update(struct preview *p, const struct map *changed, bool all)
{
	struct sorted_changes c = { .theme = all, .more = all };
	struct diags ds;
	for (size_t i = 0; i < changed->count; i++)
		sort_change(&c, changed->entries[i].key);
	/* As long as the newest site is not good, all its findings are wanted. */
	bool site = all || c.content.count > 0 || (c.theme && p->newest != p->shown.kept);
	if (!site && !c.theme)
		return PREVIEW_SAME;
	if (!all && !c.theme && refresh(p, &c.content)) {
		map_release(&c.content);
		start_readers(p, PREVIEW_PAGES);
		return PREVIEW_PAGES;
	}
	diags_init(&ds, p->options.load.levels);
	if (site) {
		struct kept *next = kept_after(p->newest, &c.content, all);
		if (p->newest != p->shown.kept)
			kept_release(p->newest);
		p->newest = next;
		read_site(p, &ds);
	} else {
		read_theme(p, &ds);
	}
	map_release(&c.content);
	stop_readers(p);
	if (p->shown.site && ds.errors == 0)
		try_templates(p, &ds);
	note_findings(p, &ds);
	enum preview_change change = !site && !c.more && p->findings.errors == 0 ? PREVIEW_STYLES : PREVIEW_PAGES;
	start_readers(p, change);
	return change;
}

struct preview *preview_open(const struct preview_options *options)
{
	struct preview *p = mem_alloc(sizeof *p);
	struct map nothing = { 0 };
	p->options = *options;
	p->lock = lock_open();
	p->number = (uint64_t)clock_now() * 1000000;
	p->maker_count = options->load.workers > 0 ? options->load.workers : 1;
	p->makers = mem_alloc(p->maker_count * sizeof *p->makers);
	p->busy = mem_alloc(p->maker_count * sizeof *p->busy);
	p->remembered = remembered_open();
	p->newest = kept_open();
	diags_init(&p->findings, options->load.levels);
	preview_update(p, &nothing, true);
	return p;
}

void preview_close(struct preview *p)
{
	release_makers(p);
	shown_release(&p->shown);
	if (p->newest != p->shown.kept)
		kept_release(p->newest);
	kept_release(p->shown.kept);
	diags_release(&p->findings);
	buf_release(&p->findings_json);
	remembered_close(p->remembered);
	free(p->makers);
	free(p->busy);
	lock_close(p->lock);
	free(p);
}

const struct diags *preview_findings(const struct preview *p)
{
	return &p->findings;
}

size_t preview_page_count(const struct preview *p)
{
	return p->shown.site ? p->shown.site->page_count : 0;
}

struct str preview_base(const struct preview *p)
{
	return p->shown.site ? p->shown.site->settings.base_path : STR("/");
}

/* --- answering --- */

static size_t take_maker(struct preview *p)
{
	size_t i = 0;
	lock_take(p->lock);
	while (p->busy[i])
		if (++i == p->maker_count) {
			lock_wait(p->lock, -1);
			i = 0;
		}
	p->busy[i] = true;
	lock_give(p->lock);
	return i;
}

static void give_maker(struct preview *p, size_t i)
{
	lock_take(p->lock);
	p->busy[i] = false;
	lock_wake(p->lock);
	lock_give(p->lock);
}

static void add_overlay(struct preview *p, struct answer *a, struct str findings, enum overlay_page page)
{
	struct overlay o = { preview_base(p), findings, p->number, page };
	if (p->options.reload)
		overlay_add(&o, &a->bytes);
}

/* A page that failed: as it was when it was good, else one that says what is wrong. */
static void answer_broken(struct preview *p, struct str path, const struct diags *ds, struct answer *a)
{
	struct buf findings = { 0 };
	buf_clear(&a->bytes);
	a->type = "text/html; charset=utf-8";
	a->kind = path.p && p->options.reload && remembered_get(p->remembered, path, &a->bytes) ? ANSWER_BYTES : ANSWER_BROKEN;
	overlay_findings(&p->shown, &p->findings, ds, &findings);
	if (a->kind == ANSWER_BROKEN)
		overlay_page(preview_base(p), &p->findings, ds, &a->bytes);
	add_overlay(p, a, buf_str(&findings), a->kind == ANSWER_BROKEN ? OVERLAY_ALONE : OVERLAY_STALE);
	buf_release(&findings);
}

static bool is_told(void *self, const struct finding *f)
{
	const struct diags *all = self;
	for (size_t i = 0; i < diag_count(all); i++) {
		const struct finding *g = diag_at(all, i);
		if (f->code == g->code && f->loc.line == g->loc.line && str_eq(f->loc.path, g->loc.path) &&
			str_eq(f->message, g->message))
			return true;
	}
	return false;
}

static void make(struct preview *p, const struct output *o, struct answer *a)
{
	struct diags ds;
	diags_init(&ds, p->options.load.levels);
	size_t maker = take_maker(p);
	bool good = output_make(&p->makers[maker], o, &a->bytes, &ds);
	if (output_exhausted(&p->makers[maker]))
		output_maker_release(&p->makers[maker]);
	give_maker(p, maker);
	if (!good) {
		diags_sort(&ds);
		diags_drop(&ds, is_told, &p->findings);
		answer_broken(p, o->path, &ds, a);
	} else if (o->page) {
		if (p->options.reload)
			remembered_put(p->remembered, o->path, buf_str(&a->bytes));
		add_overlay(p, a, buf_str(&p->findings_json), OVERLAY_GOOD);
	}
	diags_release(&ds);
}

static void answer_output(struct preview *p, const struct output *o, struct answer *a)
{
	a->type = request_type(o->path);
	a->kind = ANSWER_BYTES;
	if (!o->fs)
		make(p, o, a);
	else if (fs_open(o->fs, o->from, &a->file, &a->size) == FS_OK)
		a->kind = ANSWER_FILE;
	else
		a->kind = ANSWER_ABSENT;
}

static void answer_away(struct str to, struct answer *a)
{
	a->kind = ANSWER_AWAY;
	slug_encode(&a->bytes, to);
}

/* `path` is below the base. */
static void answer_below(struct preview *p, struct str path, struct buf *words, struct answer *a)
{
	const struct output *o = shown_find(&p->shown, path);
	if (o) {
		answer_output(p, o, a);
		return;
	}
	buf_clear(words);
	buf_format(words, "%.*s/", STR_ARG(path));
	o = shown_find(&p->shown, buf_str(words));
	if (!o || path.n == 0)
		return;
	buf_clear(words);
	buf_format(words, "%.*s%.*s/", STR_ARG(p->shown.base), STR_ARG(path));
	answer_away(buf_str(words), a);
}

static void answer_absent(struct preview *p, struct str path, struct answer *a)
{
	const struct output *o = shown_missing(&p->shown, path);
	a->type = "text/html; charset=utf-8";
	buf_clear(&a->bytes);
	if (o)
		make(p, o, a);
	a->kind = ANSWER_ABSENT;
}

void preview_answer(struct preview *p, struct str path, struct answer *a)
{
	struct buf words = { 0 };
	*a = (struct answer){ .kind = ANSWER_ABSENT };
	enter(p);
	struct str base = p->shown.base;
	bool bare = base.n > 1 && (path.n < base.n) && str_starts(base, path) && (path.n <= 1 || path.n == base.n - 1);
	if (!p->shown.site)
		answer_broken(p, STR_NONE, NULL, a);
	else if (str_starts(path, base))
		answer_below(p, str_from(path, base.n), &words, a);
	else if (bare)
		answer_away(base, a);
	if (a->kind == ANSWER_ABSENT)
		answer_absent(p, str_starts(path, base) ? str_from(path, base.n) : STR(""), a);
	leave(p);
	buf_release(&words);
}

/* --- waiting --- */

enum preview_change preview_wait(struct preview *p, uint64_t *since, long milliseconds)
{
	enum preview_change change = PREVIEW_SAME;
	lock_take(p->lock);
	while (!p->ended && *since == p->number)
		if (!lock_wait(p->lock, milliseconds))
			break;
	if (*since != p->number)
		change = *since + 1 == p->number ? p->last : PREVIEW_PAGES;
	*since = p->number;
	lock_give(p->lock);
	return change;
}

void preview_end(struct preview *p)
{
	lock_take(p->lock);
	p->ended = true;
	lock_wake(p->lock);
	lock_give(p->lock);
}

bool preview_ended(struct preview *p)
{
	lock_take(p->lock);
	bool ended = p->ended;
	lock_give(p->lock);
	return ended;
}
