#include "site/build.h"
#include "text/order.h"

#include <stdlib.h>

/* What an edition knows of a person or topic, while it is gathered. */
struct gathered {
	struct buf remarks;   /* of struct remark */
	struct buf decisions; /* of struct decided */
	struct buf ballots;   /* of struct ballot */
	struct buf meetings;  /* of uint32_t */
};

/* The meeting that is gathered from. */
struct gathering {
	const struct meeting *meeting;
	uint32_t index;
	struct gathered *people, *topics;
};

/* The adders are asked in order of meeting and place: what stands twice in one place comes in a row. */
static void add_meeting(struct gathered *to, uint32_t meeting)
{
	size_t count = VEC_COUNT(&to->meetings, uint32_t);
	if (count == 0 || VEC_AT(&to->meetings, uint32_t)[count - 1] != meeting)
		*VEC_ADD(&to->meetings, uint32_t) = meeting;
}

static void add_remark(struct gathered *to, struct remark added)
{
	size_t count = VEC_COUNT(&to->remarks, struct remark);
	const struct remark *last = VEC_AT(&to->remarks, struct remark) + count - (count > 0);
	add_meeting(to, added.meeting);
	if (count == 0 || last->meeting != added.meeting || last->statement != added.statement)
		*VEC_ADD(&to->remarks, struct remark) = added;
}

static void add_decision(struct gathered *to, struct decided added)
{
	size_t count = VEC_COUNT(&to->decisions, struct decided);
	const struct decided *last = VEC_AT(&to->decisions, struct decided) + count - (count > 0);
	add_meeting(to, added.meeting);
	if (count == 0 || last->meeting != added.meeting || last->callout != added.callout)
		*VEC_ADD(&to->decisions, struct decided) = added;
}

static void gather_speakers(const struct gathering *g, uint32_t statement, bool shown)
{
	const struct meeting *m = g->meeting;
	const struct statement *st = &m->statements[statement];
	if (st->kind != SAID || st->speech == NONE)
		return;
	struct range voices = m->speeches[st->speech].voices;
	for (uint32_t v = voices.first; v < voices.end; v++) {
		uint32_t person = m->voices[v].person;
		if (person == NONE)
			continue;
		add_meeting(&g->people[person], g->index);
		if (shown)
			add_remark(&g->people[person], (struct remark){ g->index, statement });
	}
}

static void gather_statement(const struct gathering *g, uint32_t statement, bool shown)
{
	struct range topics = g->meeting->statements[statement].topics;
	gather_speakers(g, statement, shown);
	for (uint32_t i = topics.first; i < topics.end; i++) {
		uint32_t topic = g->meeting->topic_refs[i].topic;
		if (topic != NONE)
			add_remark(&g->topics[topic], (struct remark){ g->index, statement });
	}
}

/* What a vote carried was decided too. */
static bool is_decision(const struct callout *c)
{
	return c->kind == CALLOUT_DECISION || c->kind == CALLOUT_VOTE;
}

/* What an announcement says was said by nobody, and decided nothing. */
bool build_was_held(const struct meeting *m)
{
	return m->front.status < STATUS_SCHEDULED || m->front.status > STATUS_CANCELLED;
}

static void gather_decision(const struct gathering *g, uint32_t callout)
{
	struct range topics = g->meeting->callouts[callout].topics;
	for (uint32_t i = topics.first; i < topics.end; i++) {
		uint32_t topic = g->meeting->topic_refs[i].topic;
		if (topic != NONE)
			add_decision(&g->topics[topic], (struct decided){ g->index, callout });
	}
}

/* A table beside a list may name the same people once more. */
static void add_ballot(struct gathered *to, struct ballot added)
{
	size_t count = VEC_COUNT(&to->ballots, struct ballot);
	const struct ballot *last = VEC_AT(&to->ballots, struct ballot) + count - (count > 0);
	add_meeting(to, added.meeting);
	if (count == 0 || last->meeting != added.meeting || last->callout != added.callout)
		*VEC_ADD(&to->ballots, struct ballot) = added;
}

static void gather_vote(const struct gathering *g, const struct vote *vote)
{
	const struct meeting *m = g->meeting;
	for (uint32_t i = vote->lines.first; i < vote->lines.end; i++) {
		const struct vote_line *l = &m->vote_lines[i];
		for (uint32_t n = l->named.first; n < l->named.end && l->key >= VOTE_FOR; n++)
			if (m->named[n].person != NONE)
				add_ballot(
					&g->people[m->named[n].person], (struct ballot){ g->index, i, vote->callout });
	}
}

static void gather_meeting(const struct site *s, const struct gathering *g)
{
	const struct meeting *m = g->meeting;
	bool shown = site_speaker_pages(s, m) != SPEAKER_PAGES_OFF;
	for (size_t i = 0; i < m->front.attendees.attendee_count; i++)
		if (m->present[i].person != NONE)
			add_meeting(&g->people[m->present[i].person], g->index);
	if (!build_was_held(m))
		return;
	for (uint32_t i = 0; i < m->statement_count; i++)
		gather_statement(g, i, shown);
	for (uint32_t i = 0; i < m->callout_count; i++)
		if (is_decision(&m->callouts[i]))
			gather_decision(g, i);
	for (size_t i = 0; i < m->vote_count && shown; i++)
		gather_vote(g, &m->votes[i]);
}

static struct appearances *settle(struct site *s, struct gathered *from, size_t count)
{
	struct appearances *list = ARENA_ARRAY(&s->arena, struct appearances, count);
	for (size_t i = 0; i < count; i++) {
		struct appearances *a = &list[i];
		a->remarks.count = VEC_COUNT(&from[i].remarks, struct remark);
		a->remarks.items = buf_settle(&from[i].remarks, &s->arena);
		a->decisions.count = VEC_COUNT(&from[i].decisions, struct decided);
		a->decisions.items = buf_settle(&from[i].decisions, &s->arena);
		a->ballots.count = VEC_COUNT(&from[i].ballots, struct ballot);
		a->ballots.items = buf_settle(&from[i].ballots, &s->arena);
		a->meeting_count = VEC_COUNT(&from[i].meetings, uint32_t);
		a->meetings = buf_settle(&from[i].meetings, &s->arena);
		if (a->remarks.count == 0)
			continue;
		a->first = s->meetings[a->remarks.items[0].meeting]->front.date.date;
		a->last = s->meetings[a->remarks.items[a->remarks.count - 1].meeting]->front.date.date;
	}
	return list;
}

static void settle_decisions(struct site *s, struct edition *e)
{
	struct buf all = { 0 };
	for (size_t i = 0; i < e->meeting_count; i++) {
		const struct meeting *m = s->meetings[e->meetings[i]];
		e->has_actions = e->has_actions || (m->action_count > 0 && build_was_held(m));
		e->has_documents = e->has_documents || (m->front.documents.count > 0 && !m->front.closed_given);
		for (uint32_t c = 0; c < m->callout_count && build_was_held(m); c++)
			if (is_decision(&m->callouts[c]))
				*VEC_ADD(&all, struct decided) = (struct decided){ e->meetings[i], c };
	}
	e->decisions.count = VEC_COUNT(&all, struct decided);
	e->decisions.items = buf_settle(&all, &s->arena);
}

/* What a name is sorted by: its reading, unless only the name is given in the language of another edition. */
static struct str sorted_by(
	const struct site *s, const struct edition *e, const struct words *name, const struct words *reading)
{
	bool foreign = !str_eq(e->language, s->settings.language);
	if (!words_are(reading) ||
		(foreign && !yaml_get(reading->by_language, e->language) && yaml_get(name->by_language, e->language)))
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

/* An index of people or topics, being made. */
struct sorter {
	struct build *build;
	const struct edition *edition;
	struct order *order; /* or NULL: by code point */
	struct buf entries;  /* of struct entry */
};

static void sort_in(struct sorter *s, struct appearances *a, struct str id, const struct words *name,
	const struct words *reading, uint32_t index)
{
	struct entry *entry = VEC_ADD(&s->entries, struct entry);
	struct str by = sorted_by(s->build->site, s->edition, name, reading);
	*entry = (struct entry){ .key = by, .id = id, .index = index };
	a->heading = STR("#");
	if (!s->order)
		return;
	entry->key = order_key(s->order, &s->build->scratch, by);
	a->heading = order_heading(s->order, &s->build->site->arena, by);
	entry->rank = order_heading_rank(s->order, a->heading);
}

static uint32_t *settle_order(struct sorter *s, size_t *count)
{
	struct entry *entries = VEC_AT(&s->entries, struct entry);
	*count = VEC_COUNT(&s->entries, struct entry);
	if (*count > 1)
		qsort(entries, *count, sizeof *entries, by_key);
	uint32_t *order = ARENA_ARRAY(&s->build->site->arena, uint32_t, *count);
	for (size_t i = 0; i < *count; i++)
		order[i] = entries[i].index;
	buf_release(&s->entries);
	return order;
}

static void sort_edition(struct build *b, struct edition *e)
{
	struct site *site = b->site;
	struct sorter s = { .build = b, .edition = e, .order = order_open(e->language) };
	if (!s.order)
		diag_add(b->diags, VALUE_INVALID, loc_file(STR("site.yml")), STR_NONE,
			_("no rules are known by which 「%.*s」 sorts"), STR_ARG(e->language));
	for (uint32_t i = 0; i < site->person_count; i++) {
		const struct person *p = &site->people[i];
		if (p->has_page)
			sort_in(&s, &e->people[i], p->id, &p->name, &p->reading, i);
	}
	e->people_order = settle_order(&s, &e->people_order_count);
	for (uint32_t i = 0; i < site->topic_count; i++) {
		const struct topic *t = &site->topics[i];
		sort_in(&s, &e->topics[i], t->id, &t->name, &t->reading, i);
	}
	e->topics_order = settle_order(&s, &e->topics_order_count);
	order_close(s.order);
}

static struct str url_of(struct build *b, const struct edition *e, const char *list, struct str id)
{
	struct str path = arena_format(&b->scratch, "%s/%.*s/", list, STR_ARG(id));
	return site_url(b->site, e->prefix, path, &b->site->arena);
}

/* They are asked for on every page, so they are made once. */
static void address(struct build *b, struct edition *e)
{
	struct site *s = b->site;
	for (size_t i = 0; i < s->person_count; i++)
		if (s->people[i].has_page)
			e->people[i].url = url_of(b, e, "speakers", s->people[i].id);
	for (size_t i = 0; i < s->topic_count; i++)
		e->topics[i].url = url_of(b, e, "topics", s->topics[i].id);
}

void build_editions(struct build *b)
{
	struct site *s = b->site;
	for (size_t i = 0; i < s->edition_count; i++) {
		struct edition *e = &s->editions[i];
		struct gathering g = {
			.people = ARENA_ARRAY(&b->scratch, struct gathered, s->person_count),
			.topics = ARENA_ARRAY(&b->scratch, struct gathered, s->topic_count),
		};
		for (size_t k = e->meeting_count; k-- > 0;) {
			g.index = e->meetings[k];
			g.meeting = s->meetings[g.index];
			gather_meeting(s, &g);
		}
		e->people = settle(s, g.people, s->person_count);
		e->topics = settle(s, g.topics, s->topic_count);
		settle_decisions(s, e);
		address(b, e);
		sort_edition(b, e);
	}
}

/* --- one meeting anew --- */

/* The part of a list of remarks that is of one meeting; lists rise by meeting. */
static struct range run_of(const struct remarks *r, uint32_t meeting)
{
	size_t first = 0, end = r->count;
	while (first < end) {
		size_t middle = (first + end) / 2;
		if (r->items[middle].meeting < meeting)
			first = middle + 1;
		else
			end = middle;
	}
	while (end < r->count && r->items[end].meeting == meeting)
		end++;
	return (struct range){ (uint32_t)first, (uint32_t)end };
}

static bool is_among(const uint32_t *meetings, size_t count, uint32_t meeting)
{
	for (size_t i = 0; i < count; i++)
		if (meetings[i] == meeting)
			return true;
	return false;
}

/* Whether more changes than which of the meeting's statements are listed: pages, their years, other lists. */
static bool changes_more(const struct appearances *a, const struct gathered *was, const struct gathered *is)
{
	size_t was_count = VEC_COUNT(&was->remarks, struct remark), is_count = VEC_COUNT(&is->remarks, struct remark);
	bool split = a->remarks.count > REMARKS_A_PAGE, splits = a->remarks.count - was_count + is_count > REMARKS_A_PAGE;
	return split != splits || (was_count > 0) != (is_count > 0) || was->meetings.n != is->meetings.n ||
		was->decisions.n != is->decisions.n || was->ballots.n != is->ballots.n;
}

static void splice(struct site *s, struct remarks *r, const struct gathered *is, uint32_t meeting)
{
	struct range run = run_of(r, meeting);
	const struct remark *added = VEC_AT(&is->remarks, struct remark);
	size_t was_count = run.end - run.first, count = VEC_COUNT(&is->remarks, struct remark);
	struct remark *to = r->items;
	if (count != was_count) {
		to = ARENA_ARRAY(&s->arena, struct remark, r->count - was_count + count);
		for (size_t i = 0; i < run.first; i++)
			to[i] = r->items[i];
		for (size_t i = run.end; i < r->count; i++)
			to[i - was_count + count] = r->items[i];
	}
	for (size_t i = 0; i < count; i++)
		to[run.first + i] = added[i];
	*r = (struct remarks){ to, r->count - was_count + count };
}

static void release_gathered(struct gathered *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_release(&list[i].remarks);
		buf_release(&list[i].decisions);
		buf_release(&list[i].ballots);
		buf_release(&list[i].meetings);
	}
}

/* Of the people, or the topics: one pass looks, the next one writes. */
static bool regather(struct site *s, struct appearances *list, size_t count, const struct gathered *was,
	const struct gathered *is, uint32_t meeting, bool apply)
{
	for (size_t i = 0; i < count; i++)
		if (was[i].meetings.n + is[i].meetings.n == 0)
			continue;
		else if (apply)
			splice(s, &list[i].remarks, &is[i], meeting);
		else if (changes_more(&list[i], &was[i], &is[i]))
			return false;
	return true;
}

bool build_regather(struct site *s, uint32_t index, const struct meeting *was, const struct meeting *is)
{
	struct arena scratch = { 0 };
	struct gathering g[] = { { .meeting = was, .index = index }, { .meeting = is, .index = index } };
	bool good = true;
	for (size_t k = 0; k < 2; k++) {
		g[k].people = ARENA_ARRAY(&scratch, struct gathered, s->person_count);
		g[k].topics = ARENA_ARRAY(&scratch, struct gathered, s->topic_count);
		gather_meeting(s, &g[k]);
	}
	for (size_t apply = 0; apply < 2 && good; apply++)
		for (size_t i = 0; i < s->edition_count && good; i++) {
			struct edition *e = &s->editions[i];
			if (is_among(e->meetings, e->meeting_count, index))
				good = regather(s, e->people, s->person_count, g[0].people, g[1].people, index, apply > 0) &&
					regather(s, e->topics, s->topic_count, g[0].topics, g[1].topics, index, apply > 0);
		}
	for (size_t k = 0; k < 2; k++) {
		release_gathered(g[k].people, s->person_count);
		release_gathered(g[k].topics, s->topic_count);
	}
	arena_release(&scratch);
	return good;
}
