/* Who attended, which documents were before them, what was corrected since. */
#include "render/view_nouns.h"

/* --- attendance --- */

static const struct voice *voice_of(const struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	return &m->present[(const struct attendee *)v->object - m->front.attendees.attendees];
}

static void attendee_person(struct engine *e, const struct view *v)
{
	view_push_person(e, voice_of(e, v)->person);
}

static void attendee_url(struct engine *e, const struct view *v)
{
	view_push_str(e, view_person_url(e, voice_of(e, v)->person));
}

/* One who attended, or was to. */
static const struct view_field attendee_fields[] = {
	VIEW_STR(attendee, label), /* as printed */
	VIEW_NAMED("organization", VIEW_KIND_WORDS, attendee, organization),
	VIEW_STR(attendee, proxy_for),
	VIEW_STR(attendee, arrived),
	VIEW_STR(attendee, left),
	VIEW_NAMED("online", VIEW_KIND_BOOL, attendee, online),
	VIEW_NAMED("absent", VIEW_KIND_BOOL, attendee, absent),
	VIEW_NAMED("is_organization", VIEW_KIND_BOOL, attendee, is_organization),
	VIEW_GET("person", attendee_person),
	VIEW_GET("url", attendee_url), /* of the person's page, or nil */
	VIEW_END
};
static const struct view_type attendee_view = { "attendee", attendee_fields };

static void push_attendee(struct engine *e, const struct place *p, uint32_t attendee)
{
	view_push(e, &attendee_view, p, &e->site->meetings[p - e->site->places]->front.attendees.attendees[attendee]);
}

static void push_people(struct engine *e, const struct view *v, bool absent)
{
	const struct attendance_group *g = v->object;
	const struct attendee *all = view_meeting(e, v)->front.attendees.attendees;
	uint32_t *found = ARENA_ARRAY(&e->scratch, uint32_t, g->end - g->first);
	size_t count = 0;
	for (size_t i = g->first; i < g->end; i++)
		if (all[i].absent == absent)
			found[count++] = (uint32_t)i;
	view_push_parts(e, (struct view_parts){ v->owner, push_attendee, found, count });
}

static void group_people(struct engine *e, const struct view *v)
{
	push_people(e, v, false);
}

static void group_absent(struct engine *e, const struct view *v)
{
	push_people(e, v, true);
}

/* Those who attended as one group. */
static const struct view_field group_fields[] = {
	VIEW_NAMED("name", VIEW_KIND_WORDS, attendance_group, name),
	VIEW_NAMED("count", VIEW_KIND_LONG, attendance_group, count), /* of people not named, or nil */
	VIEW_GET("people", group_people),
	VIEW_GET("absent", group_absent),
	VIEW_END
};
static const struct view_type group_view = { "group of attendees", group_fields };

static void push_group(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &group_view, list->owner, (const struct attendance_group *)list->items + i);
}

void view_get_attendance(struct engine *e, const struct view *v)
{
	const struct attendance *a = &((const struct meeting *)v->object)->front.attendees;
	view_push_list(e, (struct view_list){ a->group_count, push_group, v->owner, a->groups, 0 });
}

/* --- documents --- */

static size_t document_index(const struct engine *e, const struct view *v)
{
	return (size_t)((const struct document *)v->object - view_meeting(e, v)->front.documents.items);
}

static void document_url(struct engine *e, const struct view *v)
{
	view_push_str(e, site_document_url(e->site, view_meeting(e, v), document_index(e, v), &e->scratch));
}

/* The file name's extension, "PDF", of one to four letters or digits. */
static void document_type(struct engine *e, const struct view *v)
{
	struct str file = ((const struct document *)v->object)->file;
	size_t dot = file.n;
	while (dot > 0 && file.n - dot <= 4 && file.p[dot - 1] != '.' && file.p[dot - 1] != '/')
		dot--;
	struct str extension = dot > 0 && file.p[dot - 1] == '.' ? str_from(file, dot) : STR_NONE;
	char upper[4];
	for (size_t i = 0; i < extension.n; i++)
		upper[i] = extension.p[i] >= 'a' && extension.p[i] <= 'z' ? (char)(extension.p[i] - 0x20) : extension.p[i];
	view_push_str(e, str_n(upper, extension.n));
}

static void document_mentions(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	struct range r = m->document_mentions ? m->document_mentions[document_index(e, v)] : (struct range){ 0, 0 };
	view_push_parts(e, (struct view_parts){ v->owner, view_push_statement, m->mentions + r.first, r.end - r.first });
}

/* A document of the meeting. */
static const struct view_field document_fields[] = {
	VIEW_STR(document, label),
	VIEW_STR(document, title),
	VIEW_STR(document, closed),                /* why it is not published, or nil */
	VIEW_GET("url", document_url),             /* nil when it is only named */
	VIEW_GET("type", document_type),           /* "PDF", or nil */
	VIEW_GET("mentions", document_mentions),   /* statements that name it */
	VIEW_END
};
static const struct view_type document_view = { "document", document_fields };

static void push_document(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &document_view, list->owner, (const struct document *)list->items + i);
}

void view_get_documents(struct engine *e, const struct view *v)
{
	const struct documents *d = &((const struct meeting *)v->object)->front.documents;
	view_push_list(e, (struct view_list){ d->count, push_document, v->owner, d->items, 0 });
}

/* --- corrections --- */

static size_t correction_number(const struct engine *e, const struct view *v)
{
	return (size_t)((const struct correction *)v->object - view_meeting(e, v)->front.corrections.items) + 1;
}

static void correction_kind(struct engine *e, const struct view *v)
{
	static const char *const names[] = { "error", "error", "addition", "withdrawn", "personal-data" };
	lua_pushstring(e->L, names[((const struct correction *)v->object)->kind]);
}

static void correction_anchor(struct engine *e, const struct view *v)
{
	engine_push(e->L, arena_format(&e->scratch, "c%zu", correction_number(e, v)));
}

/* Whether `at` is an anchor of the record (s4-5, n2, d1, i1-2) rather than a word for one of its facts. */
static bool names_anchor(struct str at)
{
	return at.n > 1 && (str_find_byte(STR("sndvai"), at.p[0], 0) != SIZE_MAX) && at.p[1] >= '0' && at.p[1] <= '9';
}

static void correction_place(struct engine *e, const struct view *v)
{
	const struct correction *c = v->object;
	view_push_str(e, names_anchor(c->at) ? c->at : STR_NONE);
}

/* A change of a published record. */
static const struct view_field correction_fields[] = {
	VIEW_NAMED("date", VIEW_KIND_DATED, correction, date),
	VIEW_STR(correction, at),                 /* as written: an anchor, or date, place … */
	VIEW_GET("place", correction_place),      /* the anchor, or nil */
	VIEW_STR(correction, before),
	VIEW_STR(correction, after),
	VIEW_STR(correction, reason),
	VIEW_GET("kind", correction_kind),        /* error addition withdrawn personal-data */
	VIEW_GET("anchor", correction_anchor),    /* its own: c1 */
	VIEW_END
};
static const struct view_type correction_view = { "correction", correction_fields };

static void push_correction(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &correction_view, list->owner, (const struct correction *)list->items + i);
}

void view_get_corrections(struct engine *e, const struct view *v)
{
	const struct corrections *c = &((const struct meeting *)v->object)->front.corrections;
	view_push_list(e, (struct view_list){ c->count, push_correction, v->owner, c->items, 0 });
}

void view_get_corrected(struct engine *e, const struct view *v)
{
	const struct corrections *c = &((const struct meeting *)v->object)->front.corrections;
	lua_newtable(e->L);
	for (size_t i = c->count; i-- > 0;) { /* the first one of an anchor wins */
		engine_push(e->L, c->items[i].at);
		lua_pushfstring(e->L, "c%d", (int)i + 1);
		lua_rawset(e->L, -3);
	}
}
