/* People: names, roles over time, and the index of them. */
#include "render/view_nouns.h"

static uint32_t person_index(const struct engine *e, const struct view *v)
{
	return (uint32_t)((const struct person *)v->object - e->site->people);
}

static const struct appearances *appearances_of(const struct engine *e, const struct view *v)
{
	return &e->edition->people[person_index(e, v)];
}

static const struct register_person *registered(const struct engine *e, const struct view *v)
{
	const struct person *p = v->object;
	return p->registered == NONE ? NULL : &e->site->registers.people[p->registered];
}

struct str view_person_url(struct engine *e, uint32_t person)
{
	bool has_page = person != NONE && e->site->people[person].has_page;
	return has_page ? site_person_url(e->site, e->edition, person, &e->scratch) : STR_NONE;
}

static void person_url(struct engine *e, const struct view *v)
{
	view_push_str(e, view_person_url(e, person_index(e, v)));
}

static void person_kind(struct engine *e, const struct view *v)
{
	lua_pushstring(e->L, ((const struct person *)v->object)->kind == PERSON_ORGANIZATION ? "organization" : "person");
}

static void person_organization(struct engine *e, const struct view *v)
{
	const struct register_person *r = registered(e, v);
	view_push_words(e, r ? &r->organization : NULL);
}

static void person_description(struct engine *e, const struct view *v)
{
	const struct register_person *r = registered(e, v);
	view_push_words(e, r ? &r->description : NULL);
}

static void person_website(struct engine *e, const struct view *v)
{
	const struct register_person *r = registered(e, v);
	view_push_str(e, r ? r->url : STR_NONE);
}

static void person_params(struct engine *e, const struct view *v)
{
	const struct register_person *r = registered(e, v);
	view_push_yaml(e, r ? r->params : NULL);
}

/* Who stands in no register is known to one body only. */
static void person_body(struct engine *e, const struct view *v)
{
	view_push_body(e, ((const struct person *)v->object)->body);
}

/* --- roles --- */

/* Bodies are in order of folder. */
static uint32_t body_in_folder(const struct site *s, struct str folder)
{
	size_t low = 0, high = s->body_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(folder, s->bodies[middle].folder);
		if (order == 0)
			return s->bodies[middle].hidden ? NONE : (uint32_t)middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NONE;
}

static void role_body(struct engine *e, const struct view *v)
{
	struct str folder = ((const struct person_role *)v->object)->body;
	view_push_body(e, folder.n ? body_in_folder(e->site, folder) : NONE);
}

/* What a person was, where, from when to when. */
static const struct view_field role_fields[] = {
	VIEW_NAMED("role", VIEW_KIND_WORDS, person_role, role),
	VIEW_NAMED("organization", VIEW_KIND_WORDS, person_role, organization),
	VIEW_NAMED("from", VIEW_KIND_DATED, person_role, from),
	VIEW_NAMED("to", VIEW_KIND_DATED, person_role, to),
	VIEW_GET("body", role_body),
	VIEW_END
};
static const struct view_type role_view = { "role", role_fields };

static void push_role(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &role_view, NULL, (const struct person_role *)list->items + i);
}

static void person_roles(struct engine *e, const struct view *v)
{
	const struct register_person *r = registered(e, v);
	size_t count = r ? r->roles.count : 0;
	view_push_list(e, (struct view_list){ count, push_role, NULL, r ? r->roles.items : NULL, 0 });
}

/* --- what was said --- */

static void person_remark_count(struct engine *e, const struct view *v)
{
	view_push_count(e, appearances_of(e, v)->remarks.count);
}

static void person_meeting_count(struct engine *e, const struct view *v)
{
	view_push_count(e, appearances_of(e, v)->meeting_count);
}

static void person_first(struct engine *e, const struct view *v)
{
	view_push_date(e, appearances_of(e, v)->first);
}

static void person_last(struct engine *e, const struct view *v)
{
	view_push_date(e, appearances_of(e, v)->last);
}

static void person_attended(struct engine *e, const struct view *v)
{
	const struct appearances *a = appearances_of(e, v);
	view_push_meetings_back(e, a->meetings, a->meeting_count);
}

static void person_years(struct engine *e, const struct view *v)
{
	view_push_years_of(e, &appearances_of(e, v)->remarks);
}

static void person_topics(struct engine *e, const struct view *v)
{
	view_push_topics_of(e, &appearances_of(e, v)->remarks);
}

static void person_remarks(struct engine *e, const struct view *v)
{
	const struct remarks *r = &appearances_of(e, v)->remarks, none = { NULL, 0 };
	view_push_remarks(e, e->page->year_count && !e->page->year ? &none : r, e->page->year);
}

/* Somebody who speaks: a person, or an office. */
static const struct view_field person_fields[] = {
	VIEW_STR(person, id),
	VIEW_NAMED("name", VIEW_KIND_WORDS, person, name),
	VIEW_NAMED("reading", VIEW_KIND_WORDS, person, reading),
	VIEW_GET("kind", person_kind),                 /* person organization */
	VIEW_GET("url", person_url),                   /* nil without a page */
	VIEW_GET("organization", person_organization),
	VIEW_GET("description", person_description),
	VIEW_GET("website", person_website),
	VIEW_GET("body", person_body),                 /* of one who stands in no register */
	VIEW_GET("roles", person_roles),
	VIEW_GET("params", person_params),
	VIEW_GET("remark_count", person_remark_count),
	VIEW_GET("meeting_count", person_meeting_count), /* attended or spoke in */
	VIEW_GET("first", person_first),               /* dates of the first and last remark */
	VIEW_GET("last", person_last),
	VIEW_GET("years", person_years),               /* year, count; first to last, none left out */
	VIEW_GET("topics", person_topics),             /* of, count */
	VIEW_GET("attended", person_attended),         /* meetings, newest first */
	VIEW_GET("remarks", person_remarks),           /* by meeting: words, speeches …; of a list that is split by year, those of the page's */
	VIEW_END
};
static const struct view_type person_view = { "person", person_fields };

void view_push_person(struct engine *e, uint32_t person)
{
	if (person == NONE)
		lua_pushnil(e->L);
	else
		view_push(e, &person_view, NULL, &e->site->people[person]);
}

/* --- the index --- */

struct heading {
	struct str words;
	const uint32_t *people;
	size_t count;
};

static void push_person_at(struct engine *e, const struct view_list *list, size_t i)
{
	view_push_person(e, ((const uint32_t *)list->items)[i]);
}

static void heading_people(struct engine *e, const struct view *v)
{
	const struct heading *h = v->object;
	view_push_list(e, (struct view_list){ h->count, push_person_at, NULL, h->people, 0 });
}

/* People under one heading of the index: あ, A. */
static const struct view_field heading_fields[] = { VIEW_NAMED("heading", VIEW_KIND_STR, heading, words),
	                                                VIEW_GET("people", heading_people),
	                                                VIEW_NAMED("count", VIEW_KIND_SIZE, heading, count), VIEW_END };
static const struct view_type heading_view = { "heading of an index", heading_fields };

static void push_heading(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &heading_view, NULL, (const struct heading *)list->items + i);
}

void view_get_index_of_people(struct engine *e, const struct view *v)
{
	(void)v;
	const struct edition *ed = e->edition;
	struct buf headings = { 0 };
	struct heading *last = NULL;
	for (size_t i = 0; i < ed->people_order_count; i++) {
		struct str words = ed->people[ed->people_order[i]].heading;
		if (!last || !str_eq(last->words, words)) {
			last = VEC_ADD(&headings, struct heading);
			*last = (struct heading){ words, ed->people_order + i, 0 };
		}
		last->count++;
	}
	size_t count = VEC_COUNT(&headings, struct heading);
	view_push_list(e, (struct view_list){ count, push_heading, NULL, buf_settle(&headings, &e->scratch), 0 });
}
