#include "publish/outputs.h"

#include "exchange/feed.h"
#include "exchange/ical.h"
#include "exchange/redirects.h"
#include "exchange/sitemap.h"

#include <stdlib.h>

struct lister {
	const struct site *site;
	const struct theme *theme;
	struct fs *files; /* the site's root */
	struct arena *arena;
	struct buf list; /* of struct output */
};

/* The path must live as long as the list. */
static void add_written(struct lister *l, enum output_stage stage, struct str path, output_write *write, size_t item)
{
	*VEC_ADD(&l->list, struct output) =
		(struct output){ .path = path, .stage = stage, .source = STR(""), .write = write, .item = item };
}

static void add_copy(struct lister *l, struct str path, struct fs *fs, struct str from, struct str by)
{
	*VEC_ADD(&l->list, struct output) = (struct output){
		.path = path, .stage = OUTPUT_ASSET, .source = from, .by = by, .fs = fs, .from = from
	};
}

/* --- what there is --- */

static void list_theme(struct lister *l)
{
	for (size_t i = 0; i < l->theme->asset_count; i++)
		add_copy(l, l->theme->assets[i].output, l->theme->assets[i].fs, l->theme->assets[i].from, STR(""));
}

static void list_documents(struct lister *l)
{
	for (size_t i = 0; i < l->site->asset_count; i++)
		add_copy(l, l->site->assets[i].output, l->files, l->site->assets[i].from,
			l->site->assets[i].source.path);
}

/* Pages that hold words come before those that lead to them, so that no list ever names a page that is not there. */
static enum output_stage stage_of(const struct page *p)
{
	switch (p->kind) {
	case PAGE_HOME:
	case PAGE_BODY:
	case PAGE_SPEAKERS:
	case PAGE_TOPICS:
	case PAGE_DECISIONS:
	case PAGE_ACTIONS:
	case PAGE_DOCUMENTS:
	case PAGE_CORRECTIONS:
		return OUTPUT_LIST;
	default:
		return OUTPUT_PAGE;
	}
}

static void map_pages(const struct lister *l, struct map *pages)
{
	const struct output *all = VEC_AT(&l->list, struct output);
	for (size_t i = 0; i < VEC_COUNT(&l->list, struct output); i++)
		if (all[i].page && all[i].page->kind != PAGE_REDIRECT)
			map_add(pages, all[i].page->url, i);
}

/* Old addresses that only servers know are told with the page they lead to. */
static void add_aliases(struct lister *l)
{
	struct output *all = VEC_AT(&l->list, struct output);
	struct buf *aliases = NULL; /* one a page */
	struct map pages = { 0 };
	size_t count = VEC_COUNT(&l->list, struct output), owner, base = l->site->settings.base_path.n;
	for (size_t i = 0; i < l->site->page_count; i++) {
		const struct page *p = &l->site->pages[i];
		if (p->kind != PAGE_REDIRECT || redirects_has_page(p))
			continue;
		if (!aliases) {
			aliases = mem_alloc(count * sizeof *aliases);
			map_pages(l, &pages);
		}
		if (map_get(&pages, p->target, &owner))
			buf_format(&aliases[owner], "%s/%.*s", aliases[owner].n ? " " : "",
				STR_ARG(str_from(p->url, base)));
	}
	for (size_t i = 0; aliases && i < count; i++) {
		all[i].aliases = arena_str(l->arena, buf_str(&aliases[i]));
		buf_release(&aliases[i]);
	}
	free(aliases);
	map_release(&pages);
}

static void list_pages(struct lister *l)
{
	for (size_t i = 0; i < l->site->page_count; i++) {
		const struct page *p = &l->site->pages[i];
		if (p->kind == PAGE_REDIRECT && !redirects_has_page(p))
			continue;
		*VEC_ADD(&l->list, struct output) =
			(struct output){ .path = p->output, .stage = stage_of(p), .source = p->source.path, .page = p };
	}
	add_aliases(l);
}

static void add_about(struct lister *l, const struct page *p, const char *name, output_write_about *write)
{
	*VEC_ADD(&l->list, struct output) = (struct output){ .path = site_beside(p, name, l->arena),
		.stage = OUTPUT_LIST,
		.source = STR(""),
		.by = STR(""),
		.write_about = write,
		.about = p };
}

static void list_feeds(struct lister *l)
{
	for (size_t i = 0; i < l->site->page_count; i++) {
		const struct page *p = &l->site->pages[i];
		if (site_has_feed(p))
			add_about(l, p, "feed.xml", feed_write);
		if (site_has_calendar(l->site, p))
			add_about(l, p, "calendar.ics", ical_write);
	}
}

static bool write_sitemap(const struct site *s, size_t item, struct arena *scratch, struct buf *out, struct diags *ds)
{
	(void)ds;
	sitemap_write(s, item, scratch, out);
	return true;
}

static void list_sitemaps(struct lister *l)
{
	for (size_t i = 0; i < sitemap_count(l->site); i++)
		add_written(l, OUTPUT_INDEX, sitemap_path(i, l->arena), write_sitemap, i);
}

static bool write_robots(const struct site *s, size_t item, struct arena *scratch, struct buf *out, struct diags *ds)
{
	(void)item, (void)scratch, (void)ds;
	robots_write(s, out);
	return true;
}

static void list_robots(struct lister *l)
{
	add_written(l, OUTPUT_INDEX, STR("robots.txt"), write_robots, 0);
}

static bool write_redirects(const struct site *s, size_t item, struct arena *scratch, struct buf *out, struct diags *ds)
{
	(void)scratch, (void)ds;
	redirects_write(s, (enum redirect_form)item, out);
	return true;
}

static void list_redirects(struct lister *l)
{
	for (size_t i = 0; redirects_are(l->site) && i < REDIRECT_FORMS; i++)
		add_written(l, OUTPUT_INDEX, redirects_path((enum redirect_form)i), write_redirects, i);
}

static void (*const lists[])(struct lister *l) = {
	list_theme,
	list_documents,
	list_pages,
	list_feeds,
	list_sitemaps,
	list_robots,
	list_redirects,
};

/* Stable, for what is listed in one stage keeps its order. */
static void settle_in_order(struct lister *l, struct outputs *all)
{
	const struct output *listed = VEC_AT(&l->list, struct output);
	size_t count = VEC_COUNT(&l->list, struct output);
	all->items = ARENA_ARRAY(l->arena, struct output, count);
	for (int stage = OUTPUT_ASSET; stage <= OUTPUT_INDEX; stage++)
		for (size_t i = 0; i < count; i++)
			if ((int)listed[i].stage == stage)
				all->items[all->count++] = listed[i];
	buf_release(&l->list);
}

struct outputs outputs_list(const struct site *s, const struct theme *t, struct fs *files, struct arena *a)
{
	struct lister l = { .site = s, .theme = t, .files = files, .arena = a };
	struct outputs all = { 0 };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		lists[i](&l);
	settle_in_order(&l, &all);
	return all;
}

/* --- making one --- */

static bool copy(const struct output *o, struct buf *out, struct diags *ds)
{
	enum fs_result result = fs_read(o->fs, o->from, SIZE_MAX, out);
	return result == FS_OK ||
		diag_add(ds, MACHINE, loc_file(o->from), STR_NONE, _("the file cannot be read: %s"),
			result == FS_FAILED ? fs_reason() : _("it is gone"));
}

bool output_make(struct output_maker *m, const struct output *o, struct buf *out, struct diags *ds)
{
	if (o->page && !m->renderer)
		m->renderer = renderer_open(m->theme, m->site);
	if (o->page)
		return renderer_page(m->renderer, o->page, out, ds);
	if (o->fs)
		return copy(o, out, ds);
	bool good = true;
	if (o->write_about)
		o->write_about(m->site, m->theme, o->about, &m->scratch, out);
	else
		good = o->write(m->site, o->item, &m->scratch, out, ds);
	arena_reset(&m->scratch);
	return good;
}

bool output_exhausted(const struct output_maker *m)
{
	return m->renderer && renderer_exhausted(m->renderer);
}

void output_maker_release(struct output_maker *m)
{
	if (m->renderer)
		renderer_close(m->renderer);
	m->renderer = NULL;
	arena_release(&m->scratch);
}
