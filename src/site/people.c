#include "site/build.h"
#include "text/fold.h"
#include "text/slug.h"

#include <string.h>

struct speaker {           /* what the meetings say of a person */
	bool spoke, shown; /* shown: in a record whose words speaker pages may show */
};

struct gathering {
	struct build *build;
	struct map roles;  /* labels that name an office and nobody in it */
	struct map locals; /* "body/folded label" → person, or NONE as a size_t */
	struct map ids;
	struct buf people;  /* of struct person */
	struct buf spoken;  /* of struct speaker, beside it */
	uint32_t *attended; /* of the meeting at hand: the person each attendee is, or UNKNOWN */
};

#define UNKNOWN (NONE - 1)

/* Offices of which a meeting has one; without a register nothing tells who held it when. */
static const struct str bare_roles[] = {
	STR_INIT("会長"),
	STR_INIT("副会長"),
	STR_INIT("会長代理"),
	STR_INIT("会長職務代理者"),
	STR_INIT("議長"),
	STR_INIT("副議長"),
	STR_INIT("委員長"),
	STR_INIT("副委員長"),
	STR_INIT("委員長代理"),
	STR_INIT("座長"),
	STR_INIT("副座長"),
	STR_INIT("座長代理"),
	STR_INIT("部会長"),
	STR_INIT("副部会長"),
	STR_INIT("部会長代理"),
	STR_INIT("分科会長"),
	STR_INIT("理事長"),
	STR_INIT("理事"),
	STR_INIT("幹事"),
	STR_INIT("監事"),
	STR_INIT("委員"),
	STR_INIT("構成員"),
	STR_INIT("議員"),
	STR_INIT("臨時委員"),
	STR_INIT("専門委員"),
	STR_INIT("市長"),
	STR_INIT("副市長"),
	STR_INIT("町長"),
	STR_INIT("副町長"),
	STR_INIT("村長"),
	STR_INIT("副村長"),
	STR_INIT("区長"),
	STR_INIT("副区長"),
	STR_INIT("知事"),
	STR_INIT("副知事"),
	STR_INIT("教育長"),
	STR_INIT("大臣"),
	STR_INIT("副大臣"),
	STR_INIT("政務官"),
	STR_INIT("部長"),
	STR_INIT("次長"),
	STR_INIT("局長"),
	STR_INIT("課長"),
	STR_INIT("課長補佐"),
	STR_INIT("係長"),
	STR_INIT("室長"),
	STR_INIT("所長"),
	STR_INIT("館長"),
	STR_INIT("校長"),
	STR_INIT("園長"),
	STR_INIT("参事"),
	STR_INIT("主幹"),
	STR_INIT("主査"),
	STR_INIT("書記"),
	STR_INIT("司会"),
	STR_INIT("司会者"),
	STR_INIT("進行"),
	STR_INIT("chair"),
	STR_INIT("chairman"),
	STR_INIT("chairwoman"),
	STR_INIT("chairperson"),
	STR_INIT("the chair"),
	STR_INIT("vice chair"),
	STR_INIT("vice-chair"),
	STR_INIT("deputy chair"),
	STR_INIT("co-chair"),
	STR_INIT("president"),
	STR_INIT("vice president"),
	STR_INIT("mayor"),
	STR_INIT("deputy mayor"),
	STR_INIT("governor"),
	STR_INIT("speaker"),
	STR_INIT("moderator"),
	STR_INIT("facilitator"),
	STR_INIT("convener"),
	STR_INIT("secretary"),
	STR_INIT("clerk"),
	STR_INIT("treasurer"),
	STR_INIT("director"),
	STR_INIT("member"),
	STR_INIT("commissioner"),
	STR_INIT("councillor"),
	STR_INIT("councilor"),
	STR_INIT("minister"),
};

static void open_roles(struct gathering *g)
{
	for (size_t i = 0; i < sizeof bare_roles / sizeof *bare_roles; i++)
		map_add(&g->roles, fold_label(&g->build->scratch, bare_roles[i]), i);
}

static uint32_t add_person(struct gathering *g, struct person p)
{
	*VEC_ADD(&g->people, struct person) = p;
	VEC_ADD(&g->spoken, struct speaker);
	return (uint32_t)(VEC_COUNT(&g->people, struct person) - 1);
}

static void add_registered(struct gathering *g)
{
	const struct registers *r = &g->build->site->registers;
	for (uint32_t i = 0; i < r->person_count; i++) {
		const struct register_person *p = &r->people[i];
		map_add(&g->ids, p->id,
			add_person(g,
				(struct person){ .id = p->id,
					.name = p->name,
					.reading = p->reading,
					.kind = p->kind == 2 ? PERSON_ORGANIZATION : PERSON_HUMAN,
					.registered = i,
					.body = NONE,
					.has_page = !p->page_given || p->page,
					.loc = p->loc }));
	}
}

static struct str local_key(struct gathering *g, uint32_t body, struct str label)
{
	struct str folded = fold_label(&g->build->scratch, label);
	return arena_format(&g->build->scratch, "%u/%.*s", body, STR_ARG(folded));
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
	size_t other;
	if (map_add(&g->ids, people[person].id, person) || !map_get(&g->ids, people[person].id, &other))
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
	bool bare = map_get(&g->roles, fold_label(&g->build->scratch, at->label), NULL);
	struct str own = slug(&g->build->scratch, at->label);
	warn_unregistered(g, at, bare);
	if (bare || str_empty(own))
		return NONE;
	struct str folder = slug(&g->build->scratch, s->bodies[body].folder);
	uint32_t person = add_person(g,
		(struct person){
			.id = arena_format(&s->arena, "%.*s-%.*s", STR_ARG(folder), STR_ARG(own)),
			.name.any = at->label,
			.kind = at->is_organization ? PERSON_ORGANIZATION : PERSON_HUMAN,
			.registered = NONE,
			.body = body,
			.has_page = true,
			.loc = at->loc,
		});
	claim_id(g, person);
	return person;
}

static bool is_public(const struct meeting *m, const struct attendee *at)
{
	const struct attendance *all = &m->front.attendees;
	return at->group < all->group_count && all->groups[at->group].is_public;
}

static uint32_t local_person(struct gathering *g, uint32_t body, const struct attendee *at, bool make)
{
	struct str key = local_key(g, body, at->label);
	size_t person;
	if (map_get(&g->locals, key, &person))
		return (uint32_t)person;
	if (!make)
		return NONE;
	person = make_local(g, body, at);
	map_add(&g->locals, key, person);
	return (uint32_t)person;
}

static uint32_t speaker_of(struct gathering *g, const struct meeting *m, uint32_t body, const struct voice *v)
{
	if (v->attendee == NONE)
		return v->registered;
	uint32_t *known = &g->attended[v->attendee];
	const struct attendee *at = &m->front.attendees.attendees[v->attendee];
	if (*known != UNKNOWN)
		return *known;
	if (is_public(m, at))
		*known = NONE;
	else if (v->registered != NONE)
		*known = v->registered;
	else
		*known = local_person(g, body, at, true);
	return *known;
}

static void hear_meeting(struct gathering *g, uint32_t index)
{
	struct site *s = g->build->site;
	struct meeting *m = s->meetings[index];
	bool shown = site_speaker_pages(s, m) != SPEAKER_PAGES_OFF;
	size_t count = m->front.attendees.attendee_count;
	g->attended = ARENA_ARRAY(&g->build->scratch, uint32_t, count);
	for (size_t i = 0; i < count; i++)
		g->attended[i] = UNKNOWN;
	for (size_t i = 0; i < m->voice_count; i++) {
		struct voice *v = &m->voices[i];
		v->person = speaker_of(g, m, s->places[index].body, v);
		if (v->person == NONE)
			continue;
		struct speaker *heard = &VEC_AT(&g->spoken, struct speaker)[v->person];
		heard->spoke = true;
		heard->shown |= shown;
	}
}

/* Who never spoke in any meeting of the body, and stands in no register, is nobody's page. */
static void seat_meeting(struct gathering *g, uint32_t index)
{
	struct meeting *m = g->build->site->meetings[index];
	for (size_t i = 0; m->present && i < m->front.attendees.attendee_count; i++) {
		const struct attendee *at = &m->front.attendees.attendees[i];
		struct voice *v = &m->present[i];
		if (is_public(m, at))
			v->person = NONE;
		else if (v->registered != NONE)
			v->person = v->registered;
		else
			v->person = local_person(g, g->build->site->places[index].body, at, false);
	}
}

void build_people(struct build *b)
{
	struct site *s = b->site;
	struct gathering g = { .build = b };
	open_roles(&g);
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
	buf_release(&g.spoken);
	map_release(&g.roles);
	map_release(&g.locals);
	map_release(&g.ids);
}
