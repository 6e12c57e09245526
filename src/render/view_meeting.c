/* A meeting's facts: who attended, contents; all of it but documents and what was said. */
#include "render/view_nouns.h"

/* --- attendance --- */

static const void *voice_of(const struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	return &m->present[(const struct attendee *)v->object - m->front.attendees.attendees];
}

/* One who attended, or was to. */
static const struct view_field attendee_view_fields[] = {
	VIEW(STR, "label", attendee, label), /* as printed */
	VIEW(REF, "person", voice, person, .base = voice_of, .noun = view_push_person),
	VIEW(CALL, "url", voice, person, .base = voice_of, .get = view_get_person_url),
	VIEW(WORDS, "organization", attendee, organization),
	VIEW(STR, "proxy_for", attendee, proxy_for),
	VIEW(STR, "arrived", attendee, arrived),
	VIEW(STR, "left", attendee, left),
	VIEW(BOOL, "online", attendee, online),
	VIEW(BOOL, "absent", attendee, absent),
	VIEW_END,
};
static const struct view_type attendee_view = VIEW_TYPE("attendee", attendee_view_fields, attendee);

static void group_people(struct engine *e, const struct view *v)
{
	const struct attendance_group *g = v->object;
	const struct attendee *first = view_meeting(e, v)->front.attendees.attendees + g->first;
	view_push_list(e, (struct view_list){ &attendee_view, NULL, v->owner, first, g->end - g->first, false });
}

/* Those who attended as one group. */
static const struct view_field group_view_fields[] = {
	VIEW(WORDS, "name", attendance_group, name),
	VIEW(LONG, "count", attendance_group, count), /* of people not named */
	VIEW_GET("people", group_people),             /* the absent, too */
	VIEW_END,
};
static const struct view_type group_view = VIEW_TYPE("group of attendees", group_view_fields, attendance_group);

/* --- the table of contents --- */

/* A heading of the record, or a part of the agenda that the record does not return to. */
struct entry {
	struct str number, title;
	struct str anchor;         /* "" for a part without a heading */
	uint8_t level;             /* 1 at the top */
	const struct entry *items; /* of one at the top: all below it, whatever their depth */
	size_t item_count;
};

static const struct view_type entry_view;

static const struct view_field entry_view_fields[] = {
	VIEW(STR, "number", entry, number),
	VIEW(CALL, "prefix", entry, number, .get = view_get_prefix),
	VIEW(STR, "title", entry, title),
	VIEW(STR, "anchor", entry, anchor),
	VIEW(LIST, "items", entry, items, VIEW_COUNTED(entry, item_count), .type = &entry_view),
	VIEW_END,
};
static const struct view_type entry_view = VIEW_TYPE("contents", entry_view_fields, entry);

/* The parts of the agenda from `part` to `end` that no heading stands for. */
static size_t add_parts(struct buf *entries, const struct agenda *agenda, const bool *found, size_t part, size_t end)
{
	for (; part < end; part++)
		if (!found[part])
			*VEC_ADD(entries, struct entry) = (struct entry){ .title = agenda->parts[part].title,
				.level = agenda->parts[part].level };
	return part;
}

/* Headings in order, and each part of the agenda without one where the agenda has it. */
static void add_entries(struct engine *e, const struct meeting *m, struct buf *entries)
{
	const struct agenda *agenda = &m->front.agenda;
	bool *found = ARENA_ARRAY(&e->scratch, bool, agenda->count);
	size_t part = 0;
	for (size_t i = 0; i < m->item_count; i++)
		if (m->items[i].agenda != NONE)
			found[m->items[i].agenda] = true;
	for (size_t i = 1; i < m->item_count; i++) {
		const struct item *item = &m->items[i];
		if (item->agenda != NONE)
			part = add_parts(entries, agenda, found, part, item->agenda);
		*VEC_ADD(entries, struct entry) = (struct entry){
			.number = item->number, .title = item->title, .anchor = item->anchor, .level = item->level
		};
	}
	add_parts(entries, agenda, found, part, agenda->count);
}

/* Two levels are enough for a reader: the top, and what lies below. */
static void meeting_contents(struct engine *e, const struct view *v)
{
	struct buf all = { 0 }, tops = { 0 };
	add_entries(e, v->object, &all);
	size_t count = VEC_COUNT(&all, struct entry);
	const struct entry *entries = buf_settle(&all, &e->scratch);
	for (size_t i = 0; i < count; i++) {
		if (entries[i].level <= 1 || tops.n == 0) {
			struct entry *top = VEC_ADD(&tops, struct entry);
			*top = entries[i];
			top->items = &entries[i] + 1;
		} else {
			VEC_AT(&tops, struct entry)[VEC_COUNT(&tops, struct entry) - 1].item_count++;
		}
	}
	view_push_structs(e, &entry_view, &tops);
}

/* --- the meeting --- */

static const char *const anonymities[] = { NULL, "true", "letters" };

static void push_time(struct engine *e, const struct view *v)
{
	struct clock_time t = *(const struct clock_time *)v->object;
	bool given = view_meeting(e, v)->front.time_given && t.hour >= 0;
	view_push_str(e, given ? time_print(&e->scratch, t, e->page->language) : STR_NONE);
}

static void push_callouts(struct engine *e, const struct view *v, unsigned kinds_wanted)
{
	const struct meeting *m = v->object;
	struct buf found = { 0 };
	for (uint32_t i = 0; i < m->callout_count; i++)
		if (1u << m->callouts[i].kind & kinds_wanted)
			*VEC_ADD(&found, uint32_t) = i;
	view_push_indexes(e, view_push_callout, v->owner, &found);
}

static void meeting_decisions(struct engine *e, const struct view *v)
{
	push_callouts(e, v, 1u << CALLOUT_DECISION | 1u << CALLOUT_VOTE);
}

static void meeting_actions(struct engine *e, const struct view *v)
{
	push_callouts(e, v, 1u << CALLOUT_ACTION);
}

/* What stands in the file of a meeting that was only announced is a notice. */
static void meeting_has_record(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	int status = m->front.status;
	bool announced = status == STATUS_SCHEDULED || status == STATUS_POSTPONED || status == STATUS_CANCELLED;
	lua_pushboolean(e->L, m->flow_count > 0 && !announced);
}

/* A file that holds the minutes, in the record's folder. */
static void meeting_record_url(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	struct str path = arena_format(&e->scratch, "%.*s/%.*s", STR_ARG(m->folder), STR_ARG(m->front.record));
	view_push_str(e, m->front.record.n ? site_url(e->site, STR(""), path, &e->scratch) : STR_NONE);
}

/* The original changed after this translation was made of it. */
static void translation_outdated(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	const struct place *p = v->owner;
	struct date date = m->front.translation.of.date;
	struct str of = date_is(date) ? date_iso(&e->scratch, date) : STR_NONE;
	bool outdated = false;
	for (size_t i = 0; of.n && i < p->version_count; i++) {
		const struct meeting *other = e->site->meetings[p->versions[i]];
		struct str original = arena_format(&e->scratch, "/%.*s.md", STR_ARG(other->name));
		outdated = outdated ||
			(str_ends(other->path, original) &&
				str_cmp(e->site->places[p->versions[i]].provenance, of) > 0);
	}
	lua_pushboolean(e->L, outdated);
}

/* How much of its words other pages may show. Words in another language are linked, never copied. */
static void meeting_words_shown(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	bool foreign = !str_eq(m->language, e->page->language);
	bool full = site_speaker_pages(e->site, m) == SPEAKER_PAGES_FULL;
	lua_pushstring(e->L, foreign ? "none" : full ? "full" : "excerpt");
}

#define PLACED .base = view_owner /* its place among the others tells */

/* A meeting, as its record and its place among the others tell it. */
static const struct view_field meeting_view_fields[] = {
	VIEW(STR, "name", meeting, name),
	VIEW(STR, "url", place, url, PLACED),
	VIEW(STR, "language", meeting, language),
	VIEW(LANG, "lang", meeting, language),
	VIEW(STR, "title", meeting, front.title),
	VIEW(WORD, "kind", meeting, kind, .words = record_kind_words),
	VIEW(WORD, "status", meeting, front.status, .words = record_status_words),
	VIEW(LONG, "number", meeting, front.number),
	VIEW(STR, "session", meeting, front.session),
	VIEW(DATE, "date", meeting, front.date.date),
	VIEW(DATE, "end_date", meeting, front.end_date.date),
	VIEW(CALL, "begins", meeting, front.time.from, .get = push_time), /* "14:00" */
	VIEW(CALL, "ends", meeting, front.time.to, .get = push_time),
	VIEW(INT, "fiscal_year", place, fiscal_year, PLACED),
	VIEW(STR, "place", meeting, front.place),
	VIEW(STR, "summary", meeting, front.summary),
	VIEW(STR, "description", meeting, front.description),
	VIEW(DATE, "confirmed_on", meeting, front.confirmed_on.date),
	VIEW(DATE, "changed_on", meeting, stamped.changed), /* when its words were last stamped as other ones */
	VIEW(STR, "confirmed_by", meeting, front.confirmed_by),
	VIEW(STR, "confirmed_at", meeting, front.confirmed_at.text), /* as written */
	VIEW(REF, "confirmed_meeting", place, confirmed_at, PLACED, .noun = view_push_meeting),
	VIEW(REFS, "related", place, related, VIEW_COUNTED(place, related_count), PLACED,
		.noun = view_push_meeting), /* the same meeting's other records */
	VIEW(STR, "video", meeting, front.video),
	VIEW(STR, "audio", meeting, front.audio),
	VIEW_GET("record_url", meeting_record_url), /* a file that holds the minutes */
	VIEW(STR, "updated", place, provenance, PLACED),
	VIEW(PARAMS, "params", meeting, front.params),
	VIEW(BOOL, "closed", meeting, front.closed_given),
	VIEW(STR, "closed_reason", meeting, front.closed.reason),
	VIEW(STR, "closed_basis", meeting, front.closed.basis),
	VIEW(WORD, "anonymous", meeting, front.anonymous, .words = anonymities),
	VIEW(STR, "translated_by", meeting, front.translation.by),
	VIEW(BOOL, "translated_by_machine", meeting, front.translation.machine),
	VIEW_GET("translation_outdated", translation_outdated),
	VIEW(REF, "body", place, body, PLACED, .noun = view_push_body),
	VIEW(REF, "previous", place, previous, PLACED, .noun = view_push_meeting), /* of the same body */
	VIEW(REF, "next", place, next, PLACED, .noun = view_push_meeting),
	VIEW(REFS, "versions", place, versions, VIEW_COUNTED(place, version_count), PLACED,
		.noun = view_push_meeting), /* in other languages */
	VIEW(LIST, "attendance", meeting, front.attendees.groups, VIEW_COUNTED(meeting, front.attendees.group_count),
		.type = &group_view),
	VIEW(LIST, "documents", meeting, front.documents.items, VIEW_COUNTED(meeting, front.documents.count),
		.type = &view_document),
	VIEW(LIST, "corrections", meeting, front.corrections.items, VIEW_COUNTED(meeting, front.corrections.count),
		.type = &view_correction),
	VIEW_GET("corrected", view_get_corrected), /* lists of them by the id of what they correct */
	VIEW(CALL, "topics", meeting, topics, .get = view_get_topics), /* of the whole record */
	VIEW_GET("decisions", meeting_decisions),                      /* and votes */
	VIEW_GET("actions", meeting_actions),
	VIEW_GET("contents", meeting_contents),
	VIEW_GET("has_record", meeting_has_record), /* it was held, not only announced */
	VIEW_GET("words", meeting_words_shown),     /* "full", "excerpt" or "none" */
	VIEW_GET("items", view_get_items),          /* in reading order; sub-items follow theirs */
	VIEW_GET("shares", view_get_shares),
	VIEW(LIST, "footnotes", meeting, footnotes, VIEW_COUNTED(meeting, footnote_count), .type = &view_footnote),
	VIEW_END,
};
static const struct view_type meeting_view = VIEW_TYPE("meeting", meeting_view_fields, meeting);

void view_push_meeting(struct engine *e, const void *owner, uint32_t meeting)
{
	(void)owner;
	bool none = meeting == NONE;
	view_push(e, &meeting_view, none ? NULL : &e->site->places[meeting], none ? NULL : e->site->meetings[meeting]);
}
