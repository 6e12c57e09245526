/* Remarks and decisions as people's and topics' pages list them: by meeting, and in it by speech. */
#include "render/view_nouns.h"

/* --- the years of a list --- */

struct year_count {
	int year;
	size_t count;
};

static void year_count_year(struct engine *e, const struct view *v)
{
	view_push_year(e, ((const struct year_count *)v->object)->year);
}

/* How many remarks in a fiscal year. */
static const struct view_field year_count_fields[] = { VIEW_GET("year", year_count_year),
	                                                   VIEW_NAMED("count", VIEW_KIND_SIZE, year_count, count), VIEW_END };
static const struct view_type year_count_view = { "year", year_count_fields };

static void push_year_count(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &year_count_view, NULL, (const struct year_count *)list->items + i);
}

enum { YEARS_BETWEEN_MOST = 100 }; /* years without a remark are shown too, unless somebody was away for a century */

static void add_year(struct buf *years, int year)
{
	size_t n = VEC_COUNT(years, struct year_count);
	int last = n ? VEC_AT(years, struct year_count)[n - 1].year : year - 1;
	for (int between = last + 1; between < year && year - last < YEARS_BETWEEN_MOST; between++)
		*VEC_ADD(years, struct year_count) = (struct year_count){ between, 0 };
	if (!n || last != year)
		*VEC_ADD(years, struct year_count) = (struct year_count){ year, 0 };
	VEC_AT(years, struct year_count)[VEC_COUNT(years, struct year_count) - 1].count++;
}

void view_push_years_of(struct engine *e, const struct remarks *r)
{
	struct buf years = { 0 };
	for (size_t i = 0; i < r->count; i++)
		add_year(&years, e->site->places[r->items[i].meeting].fiscal_year);
	size_t count = VEC_COUNT(&years, struct year_count);
	view_push_list(e, (struct view_list){ count, push_year_count, NULL, buf_settle(&years, &e->scratch), 0 });
}

/* --- remarks --- */

/* What stands together: remarks of one meeting, or of one speech in it. */
struct group {
	const struct remark *items;
	size_t count;
};

static const struct statement *statement_of(const struct engine *e, const struct remark *r)
{
	return &e->site->meetings[r->meeting]->statements[r->statement];
}

static void push_remark(struct engine *e, const struct view_list *list, size_t i)
{
	const struct remark *r = (const struct remark *)list->items + i;
	view_push_statement(e, &e->site->places[r->meeting], r->statement);
}

static void group_statements(struct engine *e, const struct view *v)
{
	const struct group *g = v->object;
	view_push_list(e, (struct view_list){ g->count, push_remark, NULL, g->items, 0 });
}

static void group_speech(struct engine *e, const struct view *v)
{
	const struct remark *r = ((const struct group *)v->object)->items;
	view_push_speech(e, &e->site->places[r->meeting], statement_of(e, r)->speech);
}

static void group_item(struct engine *e, const struct view *v)
{
	const struct remark *r = ((const struct group *)v->object)->items;
	view_push_item(e, &e->site->places[r->meeting], statement_of(e, r)->item);
}

/* Remarks that stand in one speech. */
static const struct view_field speech_group_fields[] = {
	VIEW_GET("speech", group_speech),         /* nil when nobody said them */
	VIEW_GET("item", group_item),
	VIEW_GET("statements", group_statements),
	VIEW_NAMED("count", VIEW_KIND_SIZE, group, count),
	VIEW_END
};
static const struct view_type speech_group_view = { "remarks in a speech", speech_group_fields };

static void push_speech_group(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &speech_group_view, NULL, (const struct group *)list->items + i);
}

static bool same_speech(const struct engine *e, const struct remark *a, const struct remark *b)
{
	const struct statement *x = statement_of(e, a), *y = statement_of(e, b);
	return x->speech == y->speech && x->item == y->item;
}

static bool same_meeting(const struct engine *e, const struct remark *a, const struct remark *b)
{
	(void)e;
	return a->meeting == b->meeting;
}

/* Neighbours that belong together, as groups in the scratch arena. */
static struct group *group_remarks(struct engine *e, const struct remark *items, size_t count, size_t *groups,
                                   bool (*same)(const struct engine *e, const struct remark *a, const struct remark *b))
{
	struct buf found = { 0 };
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !same(e, &items[i - 1], &items[i]))
			*VEC_ADD(&found, struct group) = (struct group){ &items[i], 0 };
		VEC_AT(&found, struct group)[VEC_COUNT(&found, struct group) - 1].count++;
	}
	*groups = VEC_COUNT(&found, struct group);
	return buf_settle(&found, &e->scratch);
}

static void group_speeches(struct engine *e, const struct view *v)
{
	const struct group *g = v->object;
	size_t count;
	struct group *groups = group_remarks(e, g->items, g->count, &count, same_speech);
	view_push_list(e, (struct view_list){ count, push_speech_group, NULL, groups, 0 });
}

static void group_meeting(struct engine *e, const struct view *v)
{
	view_push_meeting(e, ((const struct group *)v->object)->items->meeting);
}

/* How much of the words this page may show. Words in another language are linked, never copied. */
static void group_words(struct engine *e, const struct view *v)
{
	const struct meeting *m = e->site->meetings[((const struct group *)v->object)->items->meeting];
	bool foreign = !str_eq(m->language, e->page->language);
	bool full = site_speaker_pages(e->site, m) == SPEAKER_PAGES_FULL;
	lua_pushstring(e->L, foreign ? "none" : full ? "full" : "excerpt");
}

/* Remarks in one meeting. */
static const struct view_field meeting_group_fields[] = {
	VIEW_GET("meeting", group_meeting),
	VIEW_GET("words", group_words),       /* "full", "excerpt", or "none" */
	VIEW_GET("speeches", group_speeches), /* speech, item, statements, count */
	VIEW_NAMED("count", VIEW_KIND_SIZE, group, count),
	VIEW_END
};
static const struct view_type meeting_group_view = { "remarks in a meeting", meeting_group_fields };

static void push_meeting_group(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &meeting_group_view, NULL, (const struct group *)list->items + i);
}

/* The first remark of a meeting whose fiscal year is `year` or later: they are in order of date. */
static size_t first_of_year(const struct engine *e, const struct remarks *r, int year)
{
	size_t low = 0, high = r->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (e->site->places[r->items[middle].meeting].fiscal_year < year)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void view_push_remarks(struct engine *e, const struct remarks *r, int year)
{
	size_t first = year ? first_of_year(e, r, year) : 0, end = year ? first_of_year(e, r, year + 1) : r->count, count;
	struct group *groups = group_remarks(e, r->items + first, end - first, &count, same_meeting);
	view_push_list(e, (struct view_list){ count, push_meeting_group, NULL, groups, 0 });
}

/* --- decisions --- */

struct decided_group {
	const struct decided *items;
	size_t count;
};

static void push_decided(struct engine *e, const struct view_list *list, size_t i)
{
	const struct decided *d = (const struct decided *)list->items + i;
	view_push_callout(e, &e->site->places[d->meeting], d->callout);
}

void view_push_decided(struct engine *e, const struct decideds *d)
{
	view_push_list(e, (struct view_list){ d->count, push_decided, NULL, d->items, 0 });
}

static void decided_meeting(struct engine *e, const struct view *v)
{
	view_push_meeting(e, ((const struct decided_group *)v->object)->items->meeting);
}

static void decided_decisions(struct engine *e, const struct view *v)
{
	const struct decided_group *g = v->object;
	view_push_list(e, (struct view_list){ g->count, push_decided, NULL, g->items, 0 });
}

static void decided_words(struct engine *e, const struct view *v)
{
	const struct meeting *m = e->site->meetings[((const struct decided_group *)v->object)->items->meeting];
	lua_pushstring(e->L, str_eq(m->language, e->page->language) ? "full" : "none");
}

/* Decisions of one meeting. */
static const struct view_field decided_fields[] = { VIEW_GET("meeting", decided_meeting),
	                                                VIEW_GET("words", decided_words), /* "full" or "none" */
	                                                VIEW_GET("decisions", decided_decisions), /* callouts */
	                                                VIEW_NAMED("count", VIEW_KIND_SIZE, decided_group, count), VIEW_END };
static const struct view_type decided_view = { "decisions of a meeting", decided_fields };

static void push_decided_group(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &decided_view, NULL, (const struct decided_group *)list->items + i);
}

/* The first decision of fiscal year `year` or earlier: they are newest first. */
static size_t first_until_year(const struct engine *e, const struct decideds *d, int year)
{
	size_t low = 0, high = d->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (e->site->places[d->items[middle].meeting].fiscal_year > year)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void view_push_decisions(struct engine *e, const struct decideds *d, int year, size_t most)
{
	size_t first = year ? first_until_year(e, d, year) : 0, end = year ? first_until_year(e, d, year - 1) : d->count;
	struct buf groups = { 0 };
	end = end - first > most ? first + most : end;
	for (size_t i = first; i < end; i++) {
		if (i == first || d->items[i - 1].meeting != d->items[i].meeting)
			*VEC_ADD(&groups, struct decided_group) = (struct decided_group){ &d->items[i], 0 };
		VEC_AT(&groups, struct decided_group)[VEC_COUNT(&groups, struct decided_group) - 1].count++;
	}
	size_t count = VEC_COUNT(&groups, struct decided_group);
	view_push_list(e, (struct view_list){ count, push_decided_group, NULL, buf_settle(&groups, &e->scratch), 0 });
}
