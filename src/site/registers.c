/* The registers of decisions, actions, documents and corrections: a page for all, one for each year, body, and both. */
#include "site/build.h"

#include <stdlib.h>

/* The entries of one page while they are gathered: of a body or NONE, of a year or 0. */
struct shelf {
	uint32_t body;
	int year;
	struct buf list; /* of struct listed */
	struct str updated;
};

struct gathering {
	struct build *build;
	const struct edition *edition;
	struct buf shelves; /* of struct shelf; the first has all */
	struct map known;   /* body and year, as bytes → shelf */
	struct str path;    /* "decisions/" */
};

static struct shelf *shelf_at(struct gathering *g, uint32_t body, int year)
{
	const uint32_t both[] = { body, (uint32_t)year };
	struct str key = arena_str(&g->build->scratch, str_n((const char *)both, sizeof both));
	size_t count = VEC_COUNT(&g->shelves, struct shelf), at = map_intern(&g->known, key, count);
	if (at == count)
		*VEC_ADD(&g->shelves, struct shelf) = (struct shelf){ .body = body, .year = year, .updated = STR("") };
	return &VEC_AT(&g->shelves, struct shelf)[at];
}

static void put_of_year(struct gathering *g, uint32_t meeting, uint32_t index, int year)
{
	const struct place *p = &g->build->site->places[meeting];
	const struct {
		uint32_t body;
		int year;
	} where[] = { { NONE, 0 }, { NONE, year }, { p->body, 0 }, { p->body, year } };
	for (size_t i = 0; i < sizeof where / sizeof *where; i++) {
		struct shelf *shelf = shelf_at(g, where[i].body, where[i].year);
		*VEC_ADD(&shelf->list, struct listed) = (struct listed){ meeting, index };
		if (str_cmp(shelf->updated, p->provenance) < 0)
			shelf->updated = p->provenance;
	}
}

static void put(struct gathering *g, uint32_t meeting, uint32_t index)
{
	put_of_year(g, meeting, index, g->build->site->places[meeting].fiscal_year);
}

/* --- what stands in them, newest meeting first --- */

static void put_decisions(struct gathering *g)
{
	const struct decideds *d = &g->edition->decisions;
	for (size_t i = 0; i < d->count; i++)
		put(g, d->items[i].meeting, d->items[i].callout);
}

static void put_actions(struct gathering *g)
{
	const struct edition *e = g->edition;
	for (size_t i = 0; i < e->meeting_count; i++) {
		const struct meeting *m = g->build->site->meetings[e->meetings[i]];
		for (size_t k = 0; k < m->action_count && build_was_held(m); k++)
			put(g, e->meetings[i], m->actions[k].callout);
	}
}

static void put_documents(struct gathering *g)
{
	const struct edition *e = g->edition;
	for (size_t i = 0; i < e->meeting_count; i++) {
		const struct meeting *m = g->build->site->meetings[e->meetings[i]];
		for (uint32_t k = 0; k < m->front.documents.count; k++)
			put(g, e->meetings[i], k);
	}
}

/* The latest first, each under the year in which it was made. */
static void put_corrections(struct gathering *g)
{
	for (size_t i = 0; i < g->edition->correction_count; i++) {
		const struct corrected *c = &g->edition->corrections[i];
		put_of_year(g, c->meeting, c->correction, c->fiscal_year);
	}
}

/* --- pages --- */

static int by_place(const void *left, const void *right)
{
	const struct shelf *a = *(const struct shelf *const *)left, *b = *(const struct shelf *const *)right;
	if (a->body != b->body)
		return a->body == NONE || (b->body != NONE && a->body < b->body) ? -1 : 1;
	if (a->year == 0 || b->year == 0)
		return a->year == 0 ? -1 : 1;
	return (a->year < b->year) - (a->year > b->year);
}

/* decisions/2025/kotsu/. A body whose address begins like a year has no page of all its years: that would be a year's. */
static struct str path_of(const struct gathering *g, const struct shelf *shelf)
{
	struct arena *a = &g->build->scratch;
	struct str path = g->path;
	long number;
	if (shelf->year > 0)
		path = site_year_url(path, shelf->year, a);
	if (shelf->body == NONE)
		return path;
	struct str folder = g->build->site->bodies[shelf->body].folder, rest = folder, first = str_cut(&rest, STR("/"));
	if (shelf->year == 0 && str_number(first, 9999, &number))
		return STR_NONE;
	return arena_format(a, "%.*s%.*s/", STR_ARG(path), STR_ARG(folder));
}

static struct choice choice_of(struct gathering *g, const struct shelf *shelf)
{
	struct site *s = g->build->site;
	struct str path = path_of(g, shelf);
	struct str url = path.p ? site_url(s, g->edition->prefix, path, &s->arena) : STR_NONE;
	return (struct choice){ shelf->body, shelf->year, VEC_COUNT(&shelf->list, struct listed), url };
}

/* Which others of the shelves a page leads to. All together stay fewer than entries and pages: with a body and a year
 * chosen only the years are, and all bodies once more. */
static struct choices choices_of(
	struct gathering *g, struct shelf *const *all, size_t count, uint32_t body, int year, bool of_bodies)
{
	struct buf list = { 0 };
	for (size_t i = 0; i < count; i++) {
		const struct shelf *s = all[i];
		bool wanted = of_bodies ? s->body != NONE && s->year == year : s->year > 0 && s->body == body;
		struct choice choice = wanted ? choice_of(g, s) : (struct choice){ 0 };
		if (choice.url.p)
			*VEC_ADD(&list, struct choice) = choice;
	}
	size_t choices = VEC_COUNT(&list, struct choice);
	return (struct choices){ buf_settle(&list, &g->build->site->arena), choices };
}

static struct register_page *page_of(struct gathering *g, struct shelf *const *all, size_t count, size_t at)
{
	struct arena *a = &g->build->site->arena;
	const struct shelf *shelf = all[at];
	struct register_page *p = ARENA_NEW(a, struct register_page);
	p->body = shelf->body;
	p->total = VEC_COUNT(&all[0]->list, struct listed);
	p->all = choice_of(g, all[0]).url;
	size_t first = at, end = at + 1;
	while (first > 0 && all[first - 1]->body == shelf->body)
		first--;
	while (end < count && all[end]->body == shelf->body)
		end++;
	p->all_years = all[first]->year == 0 ? choice_of(g, all[first]).url : STR_NONE;
	if (end - first > 2)
		p->years = choices_of(g, all + first, end - first, shelf->body, 0, false);
	if (shelf->body == NONE)
		p->bodies = choices_of(g, all, count, NONE, shelf->year, true);
	p->listed.count = VEC_COUNT(&shelf->list, struct listed);
	p->listed.items = ARENA_ARRAY(a, struct listed, p->listed.count);
	for (size_t i = 0; i < p->listed.count; i++)
		p->listed.items[i] = VEC_AT(&shelf->list, struct listed)[i];
	return p;
}

static void add_pages(struct gathering *g, enum page_kind kind, struct pages *pages)
{
	size_t count = VEC_COUNT(&g->shelves, struct shelf), bodies = 0, years = 0;
	struct shelf **all = ARENA_ARRAY(&g->build->scratch, struct shelf *, count);
	for (size_t i = 0; i < count; i++) {
		all[i] = &VEC_AT(&g->shelves, struct shelf)[i];
		bodies += all[i]->body != NONE && all[i]->year == 0;
		years += all[i]->body == NONE && all[i]->year > 0;
	}
	qsort(all, count, sizeof(struct shelf *), by_place);
	/* With one body, or one year, there is nothing to choose. */
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		bool one_body = all[i]->body != NONE && bodies<2, one_year = all[i]->year> 0 && years < 2;
		if (!one_body && !one_year)
			all[kept++] = all[i];
	}
	for (size_t i = 0; i < kept; i++) {
		struct str path = path_of(g, all[i]);
		if (!path.p)
			continue;
		struct page *page = build_page(pages, kind, path);
		page->updated = all[i]->updated;
		page->year = all[i]->year;
		page->part = page_of(g, all, kept, i);
	}
}

void build_register(struct build *b, const struct edition *e, enum page_kind kind, struct pages *pages)
{
	struct gathering g = { .build = b, .edition = e };
	static const struct {
		struct str path;
		void (*put)(struct gathering *g);
	} kinds[] = {
		[PAGE_DECISIONS] = { STR_INIT("decisions/"), put_decisions },
		[PAGE_ACTIONS] = { STR_INIT("actions/"), put_actions },
		[PAGE_DOCUMENTS] = { STR_INIT("documents/"), put_documents },
		[PAGE_CORRECTIONS] = { STR_INIT("corrections/"), put_corrections },
	};
	g.path = kinds[kind].path;
	shelf_at(&g, NONE, 0);
	kinds[kind].put(&g);
	add_pages(&g, kind, pages);
	for (size_t i = 0; i < VEC_COUNT(&g.shelves, struct shelf); i++)
		buf_release(&VEC_AT(&g.shelves, struct shelf)[i].list);
	buf_release(&g.shelves);
	map_release(&g.known);
}

/* --- order, once it is known what is done --- */

static int as_gathered(const struct listed *a, const struct listed *b)
{
	if (a->meeting != b->meeting)
		return a->meeting > b->meeting ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

static int by_body(const void *left, const void *right, void *site)
{
	const struct listed *a = left, *b = right;
	const struct place *places = ((const struct site *)site)->places;
	uint32_t x = places[a->meeting].body, y = places[b->meeting].body;
	return x == y ? as_gathered(a, b) : x < y ? -1 : 1;
}

static const struct action *action_at(const struct site *s, const struct listed *l)
{
	const struct meeting *m = s->meetings[l->meeting];
	return &m->actions[m->callouts[l->index].detail];
}

/* Open ones by the day on which they are due, without one last; then those that are done, the other way round. */
static int by_day(const void *left, const void *right, void *site)
{
	const struct action *a = action_at(site, left), *b = action_at(site, right);
	if (a->done != b->done)
		return a->done ? 1 : -1;
	struct date x = a->done ? site_done_on(site, a) : a->due, y = b->done ? site_done_on(site, b) : b->due;
	int order = date_is(x) == date_is(y) ? date_compare(x, y) : date_is(x) ? -1 : 1;
	return order == 0 ? as_gathered(left, right) : a->done ? -order : order;
}

void build_registers_settle(struct build *b)
{
	for (size_t i = 0; i < b->site->page_count; i++) {
		const struct page *p = &b->site->pages[i];
		if (p->kind == PAGE_DOCUMENTS || p->kind == PAGE_ACTIONS)
			qsort_r(p->part->listed.items, p->part->listed.count, sizeof(struct listed),
				p->kind == PAGE_DOCUMENTS ? by_body : by_day, b->site);
	}
}
