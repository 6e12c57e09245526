#include "site/build.h"
#include "text/fold.h"
#include "text/slug.h"

#include <string.h>

struct speaker {           /* what the meetings say of a person */
	bool spoke, shown; /* shown: in a record whose words speaker pages may show */
};

struct gathering {
	struct build *build;
	struct map locals; /* "body/folded label" → person, or NONE as a size_t */
	struct map ids;
	struct buf people; /* of struct person */
	struct buf spoken; /* of struct speaker, beside it */
};

static uint32_t add_person(struct gathering *g, struct person p)
{
	*VEC_ADD(&g->people, struct person) = p;
	VEC_ADD(&g->spoken, struct speaker);
	return (uint32_t)(VEC_COUNT(&g->people, struct person) - 1);
}

/* A label of a body that is not there would mean nobody anywhere. */
static void check_body(struct build *b, struct str body, struct loc loc)
{
	if (str_empty(body) || map_get(&b->folders, body, NULL))
		return;
	struct str near = build_may_search(b) ? map_nearest(&b->folders, body) : STR_NONE;
	diag_add(b->diags, VALUE_INVALID, loc, diag_did_you_mean(b->diags, near), _("there is no body 「%.*s」"),
		STR_ARG(body));
}

static void add_registered(struct gathering *g)
{
	const struct registers *r = &g->build->site->registers;
	for (uint32_t i = 0; i < r->person_count; i++) {
		const struct register_person *p = &r->people[i];
		struct person person = {
			.id = p->id,
			.name = p->name,
			.reading = p->reading,
			.kind = p->kind == REGISTERED_ORGANIZATION ? PERSON_ORGANIZATION : PERSON_HUMAN,
			.registered = i,
			.body = NONE,
			.has_page = p->page,
			.loc = p->loc,
		};
		map_add(&g->ids, p->id, add_person(g, person));
		for (size_t k = 0; k < p->labels.count; k++)
			check_body(g->build, p->labels.items[k].body, p->labels.items[k].loc);
		for (size_t k = 0; k < p->roles.count; k++)
			check_body(g->build, p->roles.items[k].body, p->roles.items[k].loc);
	}
}

static void warn_unregistered(struct gathering *g, const struct attendee *at, bool bare)
{
	struct build *b = g->build;
	if (!b->site->registers.has_people)
		return;
	diag_add(b->diags, SPEAKER_UNREGISTERED, at->loc,
		bare ? diag_text(b->diags, _("add whoever held this office to people.yml, with body, from and to"))
		     : diag_text(b->diags, _("add the person to people.yml, or the label to a person's labels")),
		_("「%.*s」 speaks and is not in people.yml"), STR_ARG(at->label));
}

static void claim_id(struct gathering *g, uint32_t person)
{
	struct person *people = VEC_AT(&g->people, struct person);
	struct diags *ds = g->build->diags;
	size_t other = map_intern(&g->ids, people[person].id, person);
	if (other == person)
		return;
	people[person].has_page = false;
	diag_add(ds, ADDRESS_COLLISION, people[person].loc, diag_text(ds, _("give one of them an entry in people.yml")),
		_("「%.*s」 and 「%.*s」 (%.*s:%u) claim the same address /speakers/%.*s/"),
		STR_ARG(people[person].name.any), STR_ARG(people[other].name.any), STR_ARG(people[other].loc.path),
		people[other].loc.line, STR_ARG(people[person].id));
}

/* Someone known to this body only, by a label that stands in no register. */
static uint32_t make_local(struct gathering *g, uint32_t body, const struct attendee *at)
{
	struct site *s = g->build->site;
	/* Without a register nothing tells who held an office when. */
	bool bare = label_is_office(at->label, &g->build->scratch);
	struct str own = slug(&g->build->scratch, at->label);
	warn_unregistered(g, at, bare);
	if (bare || str_empty(own))
		return NONE;
	struct str folder = slug(&g->build->scratch, s->bodies[body].folder);
	struct person person = {
		.id = arena_format(&s->arena, "%.*s-%.*s", STR_ARG(folder), STR_ARG(own)),
		.name.any = at->label,
		.kind = at->is_organization ? PERSON_ORGANIZATION : PERSON_HUMAN,
		.registered = NONE,
		.body = body,
		.has_page = true,
		.loc = at->loc,
	};
	uint32_t index = add_person(g, person);
	claim_id(g, index);
	return index;
}

/* The person an attendee of a meeting is, or NONE. */
static uint32_t person_of(struct gathering *g, uint32_t meeting, uint32_t attendee, bool make)
{
	const struct meeting *m = g->build->site->meetings[meeting];
	const struct attendee *at = &m->front.attendees.attendees[attendee];
	uint32_t body = g->build->site->places[meeting].body;
	if (m->front.attendees.groups[at->group].is_public)
		return NONE;
	if (m->present[attendee].registered != NONE)
		return m->present[attendee].registered;
	struct arena *a = &g->build->scratch;
	struct str folded = fold_label(a, at->label);
	struct str key = arena_format(a, "%u/%.*s", body, STR_ARG(folded));
	size_t person;
	if (map_get(&g->locals, key, &person))
		return (uint32_t)person;
	if (!make)
		return NONE;
	person = make_local(g, body, at);
	map_add(&g->locals, key, person);
	return (uint32_t)person;
}

static void hear_meeting(struct gathering *g, uint32_t index)
{
	struct site *s = g->build->site;
	struct meeting *m = s->meetings[index];
	bool shown = site_speaker_pages(s, m) != SPEAKER_PAGES_OFF;
	bool *heard = ARENA_ARRAY(&g->build->scratch, bool, m->front.attendees.attendee_count);
	for (size_t i = 0; i < m->voice_count; i++) {
		struct voice *v = &m->voices[i];
		if (v->attendee != NONE && !heard[v->attendee]) {
			heard[v->attendee] = true;
			m->present[v->attendee].person = person_of(g, index, v->attendee, true);
		}
		v->person = v->attendee == NONE ? v->registered : m->present[v->attendee].person;
		if (v->person == NONE)
			continue;
		struct speaker *speaker = &VEC_AT(&g->spoken, struct speaker)[v->person];
		speaker->spoke = true;
		speaker->shown |= shown;
	}
}

/* Who never spoke in any meeting of the body, and stands in no register, is nobody's page. */
static void seat_meeting(struct gathering *g, uint32_t index)
{
	struct meeting *m = g->build->site->meetings[index];
	for (uint32_t i = 0; i < m->front.attendees.attendee_count; i++)
		m->present[i].person = person_of(g, index, i, false);
	for (size_t i = 0; i < m->named_count; i++) {
		struct voice *v = &m->named[i];
		v->person = v->attendee == NONE ? v->registered : m->present[v->attendee].person;
	}
}

/* What a person of a common name is known by besides. */
static void tell_apart(struct site *s, struct person *p)
{
	if (p->registered == NONE) {
		p->besides = s->bodies[p->body].title;
		return;
	}
	const struct person_labels *labels = &s->registers.people[p->registered].labels;
	p->besides = labels->count ? labels->items[0].label : p->id;
}

static void find_namesakes(struct site *s)
{
	struct map names = { 0 };
	for (size_t i = 0; i < s->person_count; i++) {
		size_t first = s->people[i].has_page ? map_intern(&names, s->people[i].name.any, i) : i;
		if (first == i)
			continue;
		tell_apart(s, &s->people[first]);
		tell_apart(s, &s->people[i]);
	}
	map_release(&names);
}

void build_people(struct build *b)
{
	struct site *s = b->site;
	struct gathering g = { .build = b };
	add_registered(&g);
	for (uint32_t i = 0; i < s->meeting_count; i++)
		hear_meeting(&g, i);
	for (uint32_t i = 0; i < s->meeting_count; i++)
		seat_meeting(&g, i);
	s->person_count = VEC_COUNT(&g.people, struct person);
	s->people = buf_settle(&g.people, &s->arena);
	for (size_t i = 0; i < s->person_count; i++) {
		const struct speaker *heard = &VEC_AT(&g.spoken, struct speaker)[i];
		s->people[i].has_page &= heard->spoke ? heard->shown : s->settings.speaker_pages != SPEAKER_PAGES_OFF;
	}
	find_namesakes(s);
	buf_release(&g.spoken);
	map_release(&g.locals);
	map_release(&g.ids);
}
/* Topics that `also` or `narrower` name, by id. */
static void relate(struct build *b, const struct map *ids)
{
	struct site *s = b->site;
	const struct registers *r = &s->registers;
	size_t other;
	for (uint32_t i = 0; i < r->topic_count; i++) {
		const struct register_topic *t = &r->topics[i];
		if (map_get(ids, t->broader, &other)) {
			s->topics[i].broader = (uint32_t)other;
			s->topics[other].narrower_count++;
		}
		s->topics[i].also = ARENA_ARRAY(&s->arena, uint32_t, t->also.count);
		for (size_t k = 0; k < t->also.count; k++)
			if (map_get(ids, t->also.items[k].text, &other))
				s->topics[i].also[s->topics[i].also_count++] = (uint32_t)other;
	}
	for (size_t i = 0; i < r->topic_count; i++) {
		s->topics[i].narrower = ARENA_ARRAY(&s->arena, uint32_t, s->topics[i].narrower_count);
		s->topics[i].narrower_count = 0;
	}
	for (uint32_t i = 0; i < r->topic_count; i++) {
		if (s->topics[i].broader == NONE)
			continue;
		struct topic *broader = &s->topics[s->topics[i].broader];
		broader->narrower[broader->narrower_count++] = i;
	}
}

/* The topic a hashtag makes where no register says what topics there are. */
static uint32_t hashtag_topic(struct build *b, struct map *ids, struct buf *made, struct str word)
{
	struct str id = slug(&b->scratch, word);
	size_t at;
	if (str_empty(id))
		return NONE;
	if (map_get(ids, id, &at))
		return (uint32_t)at;
	at = VEC_COUNT(made, struct topic);
	id = arena_str(&b->site->arena, id);
	*VEC_ADD(made, struct topic) =
		(struct topic){ .id = id, .name.any = word, .registered = NONE, .broader = NONE };
	map_add(ids, id, at);
	return (uint32_t)at;
}

void build_topics(struct build *b)
{
	struct site *s = b->site;
	const struct registers *r = &s->registers;
	struct map ids = { 0 };
	struct buf made = { 0 };
	for (uint32_t i = 0; i < r->topic_count; i++) {
		const struct register_topic *t = &r->topics[i];
		*VEC_ADD(&made, struct topic) = (struct topic){
			.id = t->id, .name = t->name, .reading = t->reading, .registered = i, .broader = NONE
		};
		map_add(&ids, t->id, i);
	}
	for (size_t i = 0; i < s->meeting_count; i++) {
		struct meeting *m = s->meetings[i];
		for (size_t k = 0; k < m->topic_ref_count; k++) {
			struct topic_ref *ref = &m->topic_refs[k];
			ref->topic = ref->registered;
			if (ref->registered == NONE && !r->has_topics)
				ref->topic = hashtag_topic(b, &ids, &made, ref->word);
		}
	}
	s->topic_count = VEC_COUNT(&made, struct topic);
	s->topics = buf_settle(&made, &s->arena);
	relate(b, &ids);
	map_release(&ids);
}
