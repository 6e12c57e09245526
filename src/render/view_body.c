/* Bodies, and their meetings by year. */
#include "render/view_nouns.h"

static uint32_t body_index(const struct engine *e, const struct view *v)
{
	return (uint32_t)((const struct body *)v->owner - e->site->bodies);
}

static void body_url(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	struct str path = arena_format(&e->scratch, "%.*s/", STR_ARG(b->folder));
	engine_push(e->L, site_url(e->site, e->edition->prefix, path, &e->scratch));
}

/* A title may be given in the page's language by an index that is not. */
static void body_lang(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	const struct yaml_node *titles = b->front.title.by_language;
	bool given = titles && yaml_get(titles, e->page->language);
	view_push_lang(e, given ? e->page->language : b->text_language);
}

static void body_introduction_lang(struct engine *e, const struct view *v)
{
	view_push_lang(e, ((const struct body *)v->object)->text_language);
}

static void body_introduction(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	struct html_value html = { .kind = HTML_PAGE,
		                       .with = { .doc = &b->doc, .targets = b->targets, .home = true },
		                       .end = (uint32_t)b->doc.block_count };
	if (b->doc.block_count)
		html_push(e, &html);
	else
		lua_pushnil(e->L);
}

static void body_parent(struct engine *e, const struct view *v)
{
	view_push_body(e, ((const struct body *)v->object)->parent);
}

static void body_bodies(struct engine *e, const struct view *v)
{
	view_push_bodies_in(e, body_index(e, v));
}

static void body_meetings(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	view_push_meetings_back(e, b->meetings, b->meeting_count);
}

static void body_meeting_count(struct engine *e, const struct view *v)
{
	view_push_count(e, ((const struct body *)v->object)->meeting_count);
}

static void body_latest(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	size_t i = b->meeting_count;
	while (i > 0 && e->site->meetings[b->meetings[i - 1]]->front.status == STATUS_SCHEDULED)
		i--;
	view_push_meeting(e, i ? b->meetings[i - 1] : NONE);
}

/* --- a year of meetings --- */

struct meeting_year {
	int year;
	const uint32_t *meetings; /* oldest first */
	size_t count;
};

static void year_year(struct engine *e, const struct view *v)
{
	view_push_year(e, ((const struct meeting_year *)v->object)->year);
}

static void year_meetings(struct engine *e, const struct view *v)
{
	const struct meeting_year *y = v->object;
	view_push_meetings_back(e, y->meetings, y->count);
}

/* The meetings of one fiscal year, newest first. */
static const struct view_field year_fields[] = { VIEW_GET("year", year_year), VIEW_GET("meetings", year_meetings),
	                                             VIEW_NAMED("count", VIEW_KIND_SIZE, meeting_year, count), VIEW_END };
static const struct view_type year_view = { "year of meetings", year_fields };

static void push_year_at(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &year_view, NULL, (const struct meeting_year *)list->items + (list->count - 1 - i));
}

static void body_years(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	struct buf years = { 0 };
	struct meeting_year *last = NULL;
	for (size_t i = 0; i < b->meeting_count; i++) {
		int year = e->site->places[b->meetings[i]].fiscal_year;
		if (!last || last->year != year) {
			last = VEC_ADD(&years, struct meeting_year);
			*last = (struct meeting_year){ year, b->meetings + i, 0 };
		}
		last->count++;
	}
	size_t count = VEC_COUNT(&years, struct meeting_year);
	view_push_list(e, (struct view_list){ count, push_year_at, NULL, buf_settle(&years, &e->scratch), 0 });
}

/* A body: a committee, a council; its words are those of the page's language where it has them. */
static const struct view_field body_fields[] = {
	VIEW_NAMED("id", VIEW_KIND_STR, body, folder),
	VIEW_STR(body, title),
	VIEW_STR(body, reading),
	VIEW_NAMED("organization", VIEW_KIND_WORDS, body, front.organization),
	VIEW_NAMED("description", VIEW_KIND_WORDS, body, front.description),
	VIEW_NAMED("established", VIEW_KIND_DATED, body, front.established),
	VIEW_NAMED("dissolved", VIEW_KIND_DATED, body, front.dissolved),
	VIEW_NAMED("params", VIEW_KIND_PARAMS, body, front.params),
	VIEW_GET("url", body_url),
	VIEW_GET("lang", body_lang),                 /* of its title, when not the page's */
	VIEW_GET("introduction", body_introduction), /* html, or nil */
	VIEW_GET("introduction_lang", body_introduction_lang),
	VIEW_GET("parent", body_parent),
	VIEW_GET("bodies", body_bodies),             /* inside this one */
	VIEW_GET("meetings", body_meetings),         /* newest first */
	VIEW_GET("meeting_count", body_meeting_count),
	VIEW_GET("latest", body_latest),             /* meeting that was not only announced, or nil */
	VIEW_GET("years", body_years),               /* newest first: year, meetings, count */
	VIEW_END
};
static const struct view_type body_view = { "body", body_fields };

void view_push_body(struct engine *e, uint32_t body)
{
	if (body == NONE)
		lua_pushnil(e->L);
	else
		view_push(e, &body_view, &e->site->bodies[body], site_body(e->site, e->page->edition, body));
}

static void push_body_at(struct engine *e, const struct view_list *list, size_t i)
{
	view_push_body(e, ((const uint32_t *)list->items)[i]);
}

void view_push_bodies_in(struct engine *e, uint32_t parent)
{
	struct buf found = { 0 };
	for (uint32_t i = 0; i < e->site->body_count; i++) {
		const struct body *b = &e->site->bodies[i];
		if (b->parent == parent && !b->hidden && !b->is_pages)
			*VEC_ADD(&found, uint32_t) = i;
	}
	size_t count = VEC_COUNT(&found, uint32_t);
	view_push_list(e, (struct view_list){ count, push_body_at, NULL, buf_settle(&found, &e->scratch), 0 });
}

void view_push_year(struct engine *e, int year)
{
	if (year)
		lua_pushinteger(e->L, year);
	else
		lua_pushnil(e->L);
}
