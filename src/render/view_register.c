/* Documents; and what a page of a register shows: decisions, actions, documents or corrections, and the ways to other parts. */
#include "render/view_nouns.h"

/* --- documents --- */

static size_t document_number(const struct engine *e, const struct view *v)
{
	return (size_t)((const struct document *)v->object - view_meeting(e, v)->front.documents.items);
}

static void document_url(struct engine *e, const struct view *v)
{
	view_push_str(e, site_document_url(e->site, view_meeting(e, v), document_number(e, v), &e->scratch));
}

/* Its place in the meeting's list. */
static void document_place(struct engine *e, const struct view *v)
{
	const struct place *p = v->owner;
	engine_push(e->L, arena_format(&e->scratch, "%.*s#doc%zu", STR_ARG(p->url), document_number(e, v) + 1));
}

/* What stands behind the last dot of the file's name. */
static void document_type(struct engine *e, const struct view *v)
{
	enum { LONGEST = 5 };
	struct str file = *(const struct str *)v->object;
	size_t at = file.n;
	while (at > 0 && file.p[at - 1] != '.' && file.p[at - 1] != '/')
		at--;
	bool found = at > 0 && file.p[at - 1] == '.' && file.n - at <= LONGEST;
	view_push_str(e, found ? str_from(file, at) : STR_NONE);
}

static void document_size(struct engine *e, const struct view *v)
{
	const struct asset *file = site_document_asset(e->site, view_meeting(e, v), document_number(e, v), &e->scratch);
	if (file)
		lua_pushinteger(e->L, (lua_Integer)file->size);
	else
		lua_pushnil(e->L);
}

static void document_mentions(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	struct range r = m->document_mentions ? m->document_mentions[document_number(e, v)] : (struct range){ 0, 0 };
	view_push_list(e,
		(struct view_list){
			NULL, view_push_statement, v->owner, m->mentions + r.first, r.end - r.first, false });
}

/* A document of the meeting. */
static const struct view_field document_view_fields[] = {
	VIEW(STR, "label", document, label),
	VIEW(STR, "title", document, title),
	VIEW_GET("url", document_url),                            /* nil when it is only named */
	VIEW_GET("place", document_place),                        /* where the meeting's page lists it */
	VIEW(CALL, "type", document, file, .get = document_type), /* "pdf" */
	VIEW_GET("size", document_size),                          /* of the file, in bytes */
	VIEW(STR, "closed", document, closed),                    /* why it is not published */
	VIEW_GET("mentions", document_mentions),                  /* statements that name it */
	VIEW_GET("meeting", view_get_meeting),
	VIEW(REF, "body", place, body, .base = view_owner, .noun = view_push_body),
	VIEW_END,
};
const struct view_type view_document = VIEW_TYPE("document", document_view_fields, document);

/* --- registers --- */

/* A part of the register: a body's or a year's. */
static const struct view_field choice_view_fields[] = {
	VIEW(REF, "body", choice, body, .noun = view_push_body), /* or nil */
	VIEW(INT, "year", choice, year),                         /* or nil */
	VIEW(COUNT, "count", choice, count),
	VIEW(STR, "url", choice, url),
	VIEW_END,
};
static const struct view_type choice_view = VIEW_TYPE("part of a register", choice_view_fields, choice);

static void push_listed(struct engine *e, const void *part, uint32_t i)
{
	struct listed l = ((const struct register_page *)part)->listed.items[i];
	const struct place *place = &e->site->places[l.meeting];
	if (e->page->kind == PAGE_DOCUMENTS)
		view_push(e, &view_document, place, &e->site->meetings[l.meeting]->front.documents.items[l.index]);
	else if (e->page->kind == PAGE_CORRECTIONS)
		view_push_correction(e, place, l.index);
	else
		view_push_callout(e, place, l.index);
}

/* A long list is shown by year; of one of actions what is open is shown at once, for that is what one looks for. */
static void register_entries(struct engine *e, const struct view *v)
{
	const struct register_page *r = v->object;
	bool split = r->listed.count > REMARKS_A_PAGE && r->years.count > 0 && e->page->year == 0;
	struct buf here = { 0 };
	for (uint32_t i = 0; i < r->listed.count; i++) {
		struct listed l = r->listed.items[i];
		const struct meeting *m = e->site->meetings[l.meeting];
		bool open = e->page->kind == PAGE_ACTIONS && !m->actions[m->callouts[l.index].detail].done;
		if (!split || (open && i < REMARKS_A_PAGE))
			*VEC_ADD(&here, uint32_t) = i;
	}
	view_push_indexes(e, push_listed, r, &here);
}

/* What this page of a register shows. */
static const struct view_field register_view_fields[] = {
	VIEW(REF, "body", register_page, body, .noun = view_push_body), /* whose; nil for all */
	VIEW_GET("entries", register_entries),             /* decisions and votes, actions, documents, or corrections */
	VIEW(COUNT, "count", register_page, listed.count), /* of this part; all may stand on pages of years */
	VIEW(COUNT, "total", register_page, total),        /* of the whole register */
	VIEW(STR, "url", register_page, all),              /* the whole register's */
	VIEW(STR, "all_years", register_page, all_years),  /* the body's, or the whole register's */
	VIEW(LIST, "bodies", register_page, bodies.items, VIEW_COUNTED(register_page, bodies.count),
		.type = &choice_view), /* parts of the same year */
	VIEW(LIST, "years", register_page, years.items, VIEW_COUNTED(register_page, years.count),
		.type = &choice_view), /* parts of the same body */
	VIEW_END,
};
static const struct view_type register_view = VIEW_TYPE("register", register_view_fields, register_page);

void view_get_register(struct engine *e, const struct view *v)
{
	view_push(e, &register_view, NULL, ((const struct page *)v->object)->part);
}
