#include "site/build.h"
#include "text/order.h"

#include <stdlib.h>
#include <string.h>

/* Everything is walked twice: once to count, once to fill arrays of the right size. */
struct tally {
	struct site *site;
	struct edition *edition;
	bool filling;
	uint32_t meeting;
	uint32_t *person_met, *topic_met;     /* the last meeting noted, + 1 */
	uint32_t *person_stamp, *topic_stamp; /* the last remark noted, so that none is noted twice */
	uint32_t stamp;
	bool shown; /* speaker pages may show this meeting's words */
};

static void meet(struct tally *t, struct appearances *a, uint32_t *met)
{
	if (*met == t->meeting + 1)
		return;
	*met = t->meeting + 1;
	if (t->filling)
		a->meetings[a->meeting_count] = t->meeting;
	a->meeting_count++;
}

static void add_remark(struct tally *t, struct appearances *a, uint32_t statement)
{
	struct date day = t->site->meetings[t->meeting]->front.date.date;
	if (t->filling)
		a->remarks.items[a->remarks.count] = (struct remark){ t->meeting, statement };
	if (a->remarks.count++ == 0)
		a->first = day;
	a->last = day;
}

static void add_decision(struct tally *t, struct appearances *a, uint32_t callout)
{
	if (t->filling)
		a->decisions.items[a->decisions.count] = (struct decided){ t->meeting, callout };
	a->decisions.count++;
}

static void tally_speakers(struct tally *t, const struct meeting *m, const struct statement *st, uint32_t statement)
{
	if (st->kind != SAID || st->speech == NONE)
		return;
	const struct speech *speech = &m->speeches[st->speech];
	for (uint32_t v = speech->voices.first; v < speech->voices.end; v++) {
		uint32_t person = m->voices[v].person;
		if (person == NONE || t->person_stamp[person] == t->stamp)
			continue;
		t->person_stamp[person] = t->stamp;
		meet(t, &t->edition->people[person], &t->person_met[person]);
		if (t->shown)
			add_remark(t, &t->edition->people[person], statement);
	}
}

/* The next topic of a range that was not yet seen for this statement or callout, or NONE. */
static uint32_t next_topic(struct tally *t, const struct meeting *m, struct range *topics)
{
	while (topics->first < topics->end) {
		uint32_t topic = m->topic_refs[topics->first++].topic;
		if (topic == NONE || t->topic_stamp[topic] == t->stamp)
			continue;
		t->topic_stamp[topic] = t->stamp;
		meet(t, &t->edition->topics[topic], &t->topic_met[topic]);
		return topic;
	}
	return NONE;
}

static void tally_meeting(struct tally *t, uint32_t index)
{
	const struct meeting *m = t->site->meetings[index];
	uint32_t topic;
	t->meeting = index;
	t->shown = site_speaker_pages(t->site, m) != SPEAKER_PAGES_OFF;
	for (size_t i = 0; m->present && i < m->front.attendees.attendee_count; i++) {
		uint32_t person = m->present[i].person;
		if (person != NONE)
			meet(t, &t->edition->people[person], &t->person_met[person]);
	}
	for (uint32_t i = 0; i < m->statement_count; i++) {
		struct range topics = m->statements[i].topics;
		t->stamp++;
		tally_speakers(t, m, &m->statements[i], i);
		while ((topic = next_topic(t, m, &topics)) != NONE)
			add_remark(t, &t->edition->topics[topic], i);
	}
	for (uint32_t i = 0; i < m->callout_count; i++) {
		struct range topics = m->callouts[i].topics;
		t->stamp++;
		while (m->callouts[i].kind == CALLOUT_DECISION && (topic = next_topic(t, m, &topics)) != NONE)
			add_decision(t, &t->edition->topics[topic], i);
	}
}

static void tally_all(struct tally *t)
{
	struct edition *e = t->edition;
	memset(t->person_met, 0, t->site->person_count * sizeof *t->person_met);
	memset(t->topic_met, 0, t->site->topic_count * sizeof *t->topic_met);
	for (size_t i = e->meeting_count; i-- > 0;)
		tally_meeting(t, e->meetings[i]);
}

static void make_room(struct appearances *list, size_t count, struct arena *a)
{
	for (size_t i = 0; i < count; i++) {
		list[i].remarks.items = ARENA_ARRAY(a, struct remark, list[i].remarks.count);
		list[i].decisions.items = ARENA_ARRAY(a, struct decided, list[i].decisions.count);
		list[i].meetings = ARENA_ARRAY(a, uint32_t, list[i].meeting_count);
		list[i].remarks.count = list[i].decisions.count = list[i].meeting_count = 0;
	}
}

static void settle_decisions(struct site *s, struct edition *e)
{
	struct buf all = { 0 };
	for (size_t i = 0; i < e->meeting_count; i++) {
		const struct meeting *m = s->meetings[e->meetings[i]];
		for (uint32_t c = 0; c < m->callout_count; c++)
			if (m->callouts[c].kind == CALLOUT_DECISION)
				*VEC_ADD(&all, struct decided) = (struct decided){ e->meetings[i], c };
	}
	e->decisions.count = VEC_COUNT(&all, struct decided);
	e->decisions.items = buf_settle(&all, &s->arena);
}

void build_editions(struct build *b)
{
	struct site *s = b->site;
	struct arena *a = &b->scratch;
	for (size_t i = 0; i < s->edition_count; i++) {
		struct edition *e = &s->editions[i];
		e->people = ARENA_ARRAY(&s->arena, struct appearances, s->person_count);
		e->topics = ARENA_ARRAY(&s->arena, struct appearances, s->topic_count);
		struct tally t = {
			.site = s,
			.edition = e,
			.person_met = ARENA_ARRAY(a, uint32_t, s->person_count),
			.topic_met = ARENA_ARRAY(a, uint32_t, s->topic_count),
			.person_stamp = ARENA_ARRAY(a, uint32_t, s->person_count),
			.topic_stamp = ARENA_ARRAY(a, uint32_t, s->topic_count),
		};
		tally_all(&t);
		make_room(e->people, s->person_count, &s->arena);
		make_room(e->topics, s->topic_count, &s->arena);
		t.filling = true;
		tally_all(&t);
		settle_decisions(s, e);
	}
}

/* What a name is sorted by: its reading, unless only the name is given in the edition's own language. */
static struct str sorted_by(
	const struct site *s, const struct edition *e, const struct words *name, const struct words *reading)
{
	bool foreign = !str_eq(e->language, s->settings.language);
	if (!words_are(reading) || (foreign && !reading->by_language && yaml_get(name->by_language, e->language)))
		return words_in(name, e->language);
	return words_in(reading, e->language);
}

struct entry {
	size_t rank; /* of its heading: あ before A in a Japanese index */
	struct str key, id;
	uint32_t index;
};

static int by_key(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	int order = str_cmp(a->key, b->key);
	return order ? order : str_cmp(a->id, b->id);
}

static uint32_t *settle_order(struct entry *entries, size_t count, struct arena *a)
{
	if (count > 1)
		qsort(entries, count, sizeof *entries, by_key);
	uint32_t *order = ARENA_ARRAY(a, uint32_t, count);
	for (size_t i = 0; i < count; i++)
		order[i] = entries[i].index;
	return order;
}

struct sorter {
	struct build *build;
	struct edition *edition;
	struct order *order; /* or NULL: by code point */
};

static struct entry sort_one(const struct sorter *s, struct appearances *a, struct str id, const struct words *name,
	const struct words *reading, size_t index)
{
	struct arena *arena = &s->build->site->arena;
	struct str by = sorted_by(s->build->site, s->edition, name, reading);
	a->sort_key = s->order ? order_key(s->order, arena, by) : by;
	a->heading = s->order ? order_heading(s->order, arena, by) : STR("#");
	size_t rank = s->order ? order_heading_rank(s->order, a->heading) : 0;
	return (struct entry){ rank, a->sort_key, id, (uint32_t)index };
}

static void sort_edition(const struct sorter *s)
{
	struct site *site = s->build->site;
	struct edition *e = s->edition;
	struct entry *entries = ARENA_ARRAY(&s->build->scratch, struct entry, site->person_count);
	for (size_t i = 0; i < site->person_count; i++) {
		const struct person *p = &site->people[i];
		struct entry entry = sort_one(s, &e->people[i], p->id, &p->name, &p->reading, i);
		if (p->has_page)
			entries[e->people_order_count++] = entry;
	}
	e->people_order = settle_order(entries, e->people_order_count, &site->arena);
	entries = ARENA_ARRAY(&s->build->scratch, struct entry, site->topic_count);
	for (size_t i = 0; i < site->topic_count; i++) {
		const struct topic *t = &site->topics[i];
		entries[e->topics_order_count++] = sort_one(s, &e->topics[i], t->id, &t->name, &t->reading, i);
	}
	e->topics_order = settle_order(entries, e->topics_order_count, &site->arena);
}

void build_indexes(struct build *b)
{
	for (size_t i = 0; i < b->site->edition_count; i++) {
		struct sorter s = { b, &b->site->editions[i], order_open(b->site->editions[i].language) };
		if (!s.order)
			diag_add(b->diags, VALUE_INVALID, loc_file(STR("site.yml")), STR_NONE,
				_("no rules are known by which 「%.*s」 sorts"), STR_ARG(s.edition->language));
		sort_edition(&s);
		order_close(s.order);
	}
}
