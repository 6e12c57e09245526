/* A meeting's facts: all of it but what was said. */
#include "render/view_nouns.h"

static void meeting_url(struct engine *e, const struct view *v)
{
	engine_push(e->L, view_place(v)->url);
}

static void meeting_lang(struct engine *e, const struct view *v)
{
	view_push_lang(e, ((const struct meeting *)v->object)->language);
}

static void meeting_kind(struct engine *e, const struct view *v)
{
	static const char *const names[] = { [RECORD_NONE] = "record", [RECORD_SUMMARY] = "summary", [RECORD_VERBATIM] = "verbatim",
		                                 [RECORD_EDITED] = "record", [RECORD_ACTION] = "action" };
	lua_pushstring(e->L, names[((const struct meeting *)v->object)->kind]);
}

static void meeting_status(struct engine *e, const struct view *v)
{
	static const char *const names[] = { [STATUS_NONE] = "draft", [STATUS_SCHEDULED] = "scheduled",
		                                 [STATUS_POSTPONED] = "postponed", [STATUS_CANCELLED] = "cancelled",
		                                 [STATUS_DRAFT] = "draft", [STATUS_PROVISIONAL] = "provisional",
		                                 [STATUS_CONFIRMED] = "confirmed" };
	lua_pushstring(e->L, names[((const struct meeting *)v->object)->front.status]);
}

static void push_time(struct engine *e, const struct meeting *m, struct clock_time t)
{
	if (m->front.time_given && t.hour >= 0)
		engine_push(e->L, time_print(&e->scratch, t, e->page->language));
	else
		lua_pushnil(e->L);
}

static void meeting_begins(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	push_time(e, m, m->front.time.from);
}

static void meeting_ends(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	push_time(e, m, m->front.time.to);
}

static void meeting_body(struct engine *e, const struct view *v)
{
	view_push_body(e, view_place(v)->body);
}

static void meeting_previous(struct engine *e, const struct view *v)
{
	view_push_meeting(e, view_place(v)->previous);
}

static void meeting_next(struct engine *e, const struct view *v)
{
	view_push_meeting(e, view_place(v)->next);
}

static void meeting_versions(struct engine *e, const struct view *v)
{
	view_push_meetings(e, view_place(v)->versions, view_place(v)->version_count);
}

static void meeting_fiscal_year(struct engine *e, const struct view *v)
{
	view_push_year(e, view_place(v)->fiscal_year);
}

static void meeting_updated(struct engine *e, const struct view *v)
{
	view_push_str(e, view_place(v)->provenance);
}

static bool is_outcome(const struct callout *c)
{
	return c->kind == CALLOUT_DECISION || c->kind == CALLOUT_VOTE;
}

static bool is_action(const struct callout *c)
{
	return c->kind == CALLOUT_ACTION;
}

static void push_callouts(struct engine *e, const struct view *v, bool (*wanted)(const struct callout *c))
{
	const struct meeting *m = v->object;
	struct buf found = { 0 };
	for (uint32_t i = 0; i < m->callout_count; i++)
		if (wanted(&m->callouts[i]))
			*VEC_ADD(&found, uint32_t) = i;
	size_t count = VEC_COUNT(&found, uint32_t);
	view_push_parts(e, (struct view_parts){ v->owner, view_push_callout, buf_settle(&found, &e->scratch), count });
}

static void meeting_decisions(struct engine *e, const struct view *v)
{
	push_callouts(e, v, is_outcome);
}

static void meeting_actions(struct engine *e, const struct view *v)
{
	push_callouts(e, v, is_action);
}

static void meeting_topics(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	view_push_topic_refs(e, m, m->topics);
}

static void meeting_has_record(struct engine *e, const struct view *v)
{
	lua_pushboolean(e->L, ((const struct meeting *)v->object)->flow_count > 0);
}

static void meeting_anonymous(struct engine *e, const struct view *v)
{
	lua_pushboolean(e->L, ((const struct meeting *)v->object)->front.anonymous != 0);
}

/* A file that holds the minutes, in the record's folder. */
static void meeting_record_url(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	struct str path = arena_format(&e->scratch, "%.*s/%.*s", STR_ARG(m->folder), STR_ARG(m->front.record));
	view_push_str(e, m->front.record.n ? site_url(e->site, STR(""), path, &e->scratch) : STR_NONE);
}

/* Why a whole meeting was not public. */
static const struct view_field closed_fields[] = { VIEW_STR(closed_meeting, reason), VIEW_STR(closed_meeting, basis), VIEW_END };
static const struct view_type closed_view = { "closed meeting", closed_fields };

static void meeting_closed(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	if (m->front.closed_given)
		view_push(e, &closed_view, v->owner, &m->front.closed);
	else
		lua_pushnil(e->L);
}

/* The original changed after this translation was made of it. */
static void translation_outdated(struct engine *e, const struct view *v)
{
	const struct translation *t = v->object;
	const struct place *p = view_place(v);
	bool outdated = false;
	struct str of = date_is(t->of.date) ? date_iso(&e->scratch, t->of.date) : STR_NONE;
	for (size_t i = 0; of.n && i < p->version_count; i++)
		outdated = outdated || str_cmp(e->site->places[p->versions[i]].provenance, of) > 0;
	lua_pushboolean(e->L, outdated);
}

/* How a language version came about. */
static const struct view_field translation_fields[] = { VIEW_STR(translation, by), VIEW_NAMED("machine", VIEW_KIND_BOOL, translation, machine),
	                                                    VIEW_NAMED("of", VIEW_KIND_DATED, translation, of),
	                                                    VIEW_GET("outdated", translation_outdated), VIEW_END };
static const struct view_type translation_view = { "translation", translation_fields };

static void meeting_translation(struct engine *e, const struct view *v)
{
	const struct translation *t = &((const struct meeting *)v->object)->front.translation;
	if (t->by.n || t->machine || date_is(t->of.date))
		view_push(e, &translation_view, v->owner, t);
	else
		lua_pushnil(e->L);
}

/* A meeting, as its record and its place among the others tell it. */
static const struct view_field meeting_fields[] = {
	VIEW_STR(meeting, name),
	VIEW_STR(meeting, language),
	VIEW_NAMED("title", VIEW_KIND_STR, meeting, front.title),
	VIEW_NAMED("number", VIEW_KIND_LONG, meeting, front.number),
	VIEW_NAMED("session", VIEW_KIND_STR, meeting, front.session),
	VIEW_NAMED("date", VIEW_KIND_DATED, meeting, front.date),
	VIEW_NAMED("end_date", VIEW_KIND_DATED, meeting, front.end_date),
	VIEW_NAMED("place", VIEW_KIND_STR, meeting, front.place),
	VIEW_NAMED("summary", VIEW_KIND_STR, meeting, front.summary),
	VIEW_NAMED("description", VIEW_KIND_STR, meeting, front.description),
	VIEW_NAMED("confirmed_on", VIEW_KIND_DATED, meeting, front.confirmed_on),
	VIEW_NAMED("confirmed_by", VIEW_KIND_STR, meeting, front.confirmed_by),
	VIEW_NAMED("confirmed_at", VIEW_KIND_STR, meeting, front.confirmed_at),
	VIEW_NAMED("video", VIEW_KIND_STR, meeting, front.video),
	VIEW_NAMED("audio", VIEW_KIND_STR, meeting, front.audio),
	VIEW_NAMED("params", VIEW_KIND_PARAMS, meeting, front.params),
	VIEW_GET("url", meeting_url),
	VIEW_GET("lang", meeting_lang),               /* its language, when not the page's */
	VIEW_GET("kind", meeting_kind),               /* summary verbatim record action */
	VIEW_GET("status", meeting_status),           /* scheduled postponed cancelled draft provisional confirmed */
	VIEW_GET("begins", meeting_begins),           /* "14:00" */
	VIEW_GET("ends", meeting_ends),
	VIEW_GET("body", meeting_body),
	VIEW_GET("previous", meeting_previous),       /* meeting of the same body, or nil */
	VIEW_GET("next", meeting_next),
	VIEW_GET("versions", meeting_versions),       /* the same record in other languages */
	VIEW_GET("fiscal_year", meeting_fiscal_year),
	VIEW_GET("updated", meeting_updated),         /* ISO date */
	VIEW_GET("closed", meeting_closed),           /* reason, basis; nil for a public meeting */
	VIEW_GET("anonymous", meeting_anonymous),
	VIEW_GET("translation", meeting_translation), /* by, machine, of, outdated; or nil */
	VIEW_GET("record_url", meeting_record_url),   /* a file that holds the minutes */
	VIEW_GET("topics", meeting_topics),           /* of the whole record */
	VIEW_GET("subjects", view_get_subjects),      /* topics of all statements: of, count */
	VIEW_GET("attendance", view_get_attendance),  /* groups */
	VIEW_GET("documents", view_get_documents),
	VIEW_GET("corrections", view_get_corrections),
	VIEW_GET("corrected", view_get_corrected),    /* table: anchor to its correction's own anchor */
	VIEW_GET("decisions", meeting_decisions),     /* callouts: decisions and votes */
	VIEW_GET("actions", meeting_actions),         /* callouts */
	VIEW_GET("contents", view_get_contents),      /* agenda and headings in one order */
	VIEW_GET("has_record", meeting_has_record),   /* anything was written down */
	VIEW_GET("items", view_get_items),            /* all in reading order; sub-items follow theirs */
	VIEW_GET("shares", view_get_shares),          /* who spoke how much */
	VIEW_GET("footnotes", view_get_footnotes),
	VIEW_END
};
static const struct view_type meeting_view = { "meeting", meeting_fields };

void view_push_meeting(struct engine *e, uint32_t meeting)
{
	if (meeting == NONE)
		lua_pushnil(e->L);
	else
		view_push(e, &meeting_view, &e->site->places[meeting], e->site->meetings[meeting]);
}

static void push_meeting_at(struct engine *e, const struct view_list *list, size_t i)
{
	view_push_meeting(e, ((const uint32_t *)list->items)[i]);
}

static void push_meeting_back(struct engine *e, const struct view_list *list, size_t i)
{
	view_push_meeting(e, ((const uint32_t *)list->items)[list->count - 1 - i]);
}

void view_push_meetings(struct engine *e, const uint32_t *meetings, size_t count)
{
	view_push_list(e, (struct view_list){ count, push_meeting_at, NULL, meetings, 0 });
}

void view_push_meetings_back(struct engine *e, const uint32_t *meetings, size_t count)
{
	view_push_list(e, (struct view_list){ count, push_meeting_back, NULL, meetings, 0 });
}
