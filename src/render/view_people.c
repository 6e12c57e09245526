/* People and topics: what they are, and what was said by or about them. */
#include "render/view_nouns.h"

/* --- people --- */

void view_get_person_url(struct engine *e, const struct view *v)
{
	uint32_t person = *(const uint32_t *)v->object;
	view_push_str(e, person == NONE ? STR_NONE : e->edition->people[person].url);
}

static void person_url(struct engine *e, const struct view *v)
{
	uint32_t person = (uint32_t)((const struct person *)v->object - e->site->people);
	view_get_person_url(e, &(struct view){ .object = &person });
}

static const void *registered_person(const struct engine *e, const struct view *v)
{
	uint32_t i = ((const struct person *)v->object)->registered;
	return i == NONE ? NULL : &e->site->registers.people[i];
}

static void role_body(struct engine *e, const struct view *v)
{
	struct str folder = *(const struct str *)v->object;
	const struct body *body = folder.n ? site_body_of(e->site, folder) : NULL;
	view_push_body(e, NULL, body && !body->hidden ? (uint32_t)(body - e->site->bodies) : NONE);
}

/* What a person was, where, from when to when. */
static const struct view_field role_view_fields[] = {
	VIEW(WORDS, "role", person_role, role),
	VIEW(WORDS, "organization", person_role, organization),
	VIEW(CALL, "body", person_role, body, .get = role_body),
	VIEW(DATE, "from", person_role, from.date),
	VIEW(DATE, "to", person_role, to.date),
	VIEW_END,
};
static const struct view_type role_view = VIEW_TYPE("role", role_view_fields, person_role);

/* An address of the same person elsewhere. */
static const struct view_field elsewhere_view_fields[] = {
	VIEW(STR, "url", text_item, text),
	VIEW_END,
};
static const struct view_type elsewhere_view = VIEW_TYPE("address elsewhere", elsewhere_view_fields, text_item);

static const char *const person_kinds[] = { [PERSON_HUMAN] = "person", [PERSON_ORGANIZATION] = "organization" };

#define REGISTERED .base = registered_person
#define SEEN .base = view_owner /* as the edition's appearances tell */

/* Somebody who speaks: a person, or an office. */
static const struct view_field person_view_fields[] = {
	VIEW(STR, "id", person, id),
	VIEW(WORD, "kind", person, kind, .words = person_kinds),
	VIEW(WORDS, "name", person, name),
	VIEW(WORDS, "reading", person, reading),
	VIEW(STR, "heading", appearances, heading, SEEN),        /* in the index of people: あ, A */
	VIEW_GET("url", person_url),                             /* nil without a page */
	VIEW(REF, "body", person, body, .noun = view_push_body), /* of one who stands in no register */
	VIEW(WORDS, "organization", register_person, organization, REGISTERED),
	VIEW(WORDS, "description", register_person, description, REGISTERED),
	VIEW(STR, "website", register_person, url, REGISTERED),
	VIEW(LIST, "same_as", register_person, same_as.items, VIEW_COUNTED(register_person, same_as.count), REGISTERED,
		.type = &elsewhere_view),
	VIEW(PARAMS, "params", register_person, params, REGISTERED),
	VIEW(LIST, "roles", register_person, roles.items, VIEW_COUNTED(register_person, roles.count), REGISTERED,
		.type = &role_view),
	VIEW(COUNT, "remark_count", appearances, remarks.count, SEEN),
	VIEW(DATE, "first", appearances, first, SEEN), /* remark */
	VIEW(DATE, "last", appearances, last, SEEN),
	VIEW(CALL, "remarks", appearances, remarks, SEEN, .get = view_get_remarks),
	VIEW(CALL, "votes", appearances, ballots, SEEN, .get = view_get_ballots), /* newest first */
	VIEW(CALL, "years", appearances, remarks, SEEN, .get = view_get_years),
	VIEW(CALL, "topics", appearances, remarks, SEEN, .get = view_get_topics_of),
	VIEW(BACK, "attended", appearances, meetings, VIEW_COUNTED(appearances, meeting_count), SEEN,
		.noun = view_push_meeting), /* or spoke in */
	VIEW_END,
};
static const struct view_type person_view = VIEW_TYPE("person", person_view_fields, person);

void view_push_person(struct engine *e, const void *owner, uint32_t person)
{
	(void)owner;
	bool none = person == NONE;
	view_push(e, &person_view, none ? NULL : &e->edition->people[person], none ? NULL : &e->site->people[person]);
}

/* --- topics --- */

static const void *registered_topic(const struct engine *e, const struct view *v)
{
	uint32_t i = ((const struct topic *)v->object)->registered;
	return i == NONE ? NULL : &e->site->registers.topics[i];
}

static void topic_url(struct engine *e, const struct view *v)
{
	uint32_t topic = (uint32_t)((const struct topic *)v->object - e->site->topics);
	engine_push(e->L, e->edition->topics[topic].url);
}

/* What is talked about. */
static const struct view_field topic_view_fields[] = {
	VIEW(STR, "id", topic, id),
	VIEW(WORDS, "name", topic, name),
	VIEW(WORDS, "reading", topic, reading),
	VIEW_GET("url", topic_url),
	VIEW(WORDS, "description", register_topic, description, .base = registered_topic),
	VIEW(PARAMS, "params", register_topic, params, .base = registered_topic),
	VIEW(REF, "broader", topic, broader, .noun = view_push_topic),
	VIEW(REFS, "narrower", topic, narrower, VIEW_COUNTED(topic, narrower_count), .noun = view_push_topic),
	VIEW(REFS, "also", topic, also, VIEW_COUNTED(topic, also_count), .noun = view_push_topic), /* see also */
	VIEW(COUNT, "remark_count", appearances, remarks.count, SEEN),
	VIEW(DATE, "first", appearances, first, SEEN), /* remark */
	VIEW(DATE, "last", appearances, last, SEEN),
	VIEW(CALL, "remarks", appearances, remarks, SEEN, .get = view_get_remarks),
	VIEW(CALL, "years", appearances, remarks, SEEN, .get = view_get_years),
	VIEW(CALL, "speakers", appearances, remarks, SEEN, .get = view_get_speakers_of),
	VIEW(CALL, "decisions", appearances, decisions, SEEN, .get = view_get_decisions),
	VIEW_END,
};
static const struct view_type topic_view = VIEW_TYPE("topic", topic_view_fields, topic);

void view_push_topic(struct engine *e, const void *owner, uint32_t topic)
{
	(void)owner;
	bool none = topic == NONE;
	view_push(e, &topic_view, none ? NULL : &e->edition->topics[topic], none ? NULL : &e->site->topics[topic]);
}

void view_get_topics(struct engine *e, const struct view *v)
{
	struct buf topics = { 0 };
	view_add_topics(view_meeting(e, v), *(const struct range *)v->object, &topics);
	view_push_indexes(e, view_push_topic, NULL, &topics);
}
