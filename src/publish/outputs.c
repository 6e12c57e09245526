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

static struct output *add(struct lister *l, struct str path, enum output_stage stage, enum output_form form)
{
	struct output *o = VEC_ADD(&l->list, struct output);
	*o = (struct output){ .path = path, .stage = stage, .form = form, .source = STR("") };
	return o;
}

static void add_copy(struct lister *l, struct str path, struct fs *fs, struct str from, struct str by)
{
	struct output *o = add(l, path, OUTPUT_ASSET, OUTPUT_COPY);
	o->source = o->from = from;
	o->by = by;
	o->fs = fs;
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
	for (size_t i = 0; aliases && i < count; i++)
		all[i].aliases = buf_keep(&aliases[i], l->arena);
	free(aliases);
	map_release(&pages);
}

static void list_pages(struct lister *l)
{
	for (size_t i = 0; i < l->site->page_count; i++) {
		const struct page *p = &l->site->pages[i];
		if (p->kind == PAGE_REDIRECT && !redirects_has_page(p))
			continue;
		struct output *o = add(l, p->output, stage_of(p), OUTPUT_TEMPLATE);
		o->source = p->source.path;
		o->page = p;
	}
	add_aliases(l);
}

static void list_feeds(struct lister *l)
{
	for (size_t i = 0; i < l->site->page_count; i++) {
		const struct page *p = &l->site->pages[i];
		if (site_has_feed(p))
			add(l, site_beside(p, "feed.xml", l->arena), OUTPUT_LIST, OUTPUT_FEED)->about = p;
		if (site_has_calendar(l->site, p))
			add(l, site_beside(p, "calendar.ics", l->arena), OUTPUT_LIST, OUTPUT_CALENDAR)->about = p;
	}
}

static void list_indexes(struct lister *l)
{
	for (size_t i = 0; i < sitemap_count(l->site); i++)
		add(l, sitemap_path(i, l->arena), OUTPUT_INDEX, OUTPUT_SITEMAP)->number = i;
	add(l, STR("robots.txt"), OUTPUT_INDEX, OUTPUT_ROBOTS);
	for (size_t i = 0; redirects_are(l->site) && i < REDIRECT_FORMS; i++)
		add(l, redirects_path((enum redirect_form)i), OUTPUT_INDEX, OUTPUT_REDIRECTS)->number = i;
}

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
	list_theme(&l);
	list_documents(&l);
	list_pages(&l);
	list_feeds(&l);
	list_indexes(&l);
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
	bool good = true;
	switch (o->form) {
	case OUTPUT_TEMPLATE:
		if (!m->renderer)
			m->renderer = renderer_open(m->theme, m->site);
		good = renderer_page(m->renderer, o->page, out, ds);
		break;
	case OUTPUT_COPY:
		good = copy(o, out, ds);
		break;
	case OUTPUT_FEED:
		feed_write(m->site, m->theme, o->about, &m->scratch, out);
		break;
	case OUTPUT_CALENDAR:
		ical_write(m->site, m->theme, o->about, &m->scratch, out);
		break;
	case OUTPUT_SITEMAP:
		sitemap_write(m->site, o->number, &m->scratch, out);
		break;
	case OUTPUT_ROBOTS:
		robots_write(m->site, out);
		break;
	case OUTPUT_REDIRECTS:
		redirects_write(m->site, (enum redirect_form)o->number, out);
		break;
	}
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
