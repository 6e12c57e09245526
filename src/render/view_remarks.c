/* Remarks and decisions as pages of people and topics list them, and how often: by whom, about what, when. */
#include "render/view_nouns.h"

#include "base/map.h"

#include <stdlib.h>

/* Of a list that is split by year, the first page shows none, the others those of their year. */
static bool shown_here(const struct engine *e, uint32_t meeting)
{
	return e->page->year_count == 0 || e->site->places[meeting].fiscal_year == e->page->year;
}

static void push_remark(struct engine *e, const void *remarks, uint32_t i)
{
	const struct remark *r = (const struct remark *)remarks + i;
	view_push_statement(e, &e->site->places[r->meeting], r->statement);
}

void view_get_remarks(struct engine *e, const struct view *v)
{
	const struct remarks *r = v->object;
	struct buf here = { 0 };
	for (uint32_t i = 0; i < r->count; i++)
		if (shown_here(e, r->items[i].meeting))
			*VEC_ADD(&here, uint32_t) = i;
	view_push_indexes(e, push_remark, r->items, &here);
}

/* --- votes of a person --- */

/* On which side somebody stood in a vote. */
static const struct view_field ballot_view_fields[] = {
	VIEW(REF, "side", ballot, line, .noun = view_push_vote_line), /* the line that says so */
	VIEW(REF, "vote", ballot, callout, .noun = view_push_callout),
	VIEW_GET("meeting", view_get_meeting),
	VIEW_END,
};
static const struct view_type ballot_view = VIEW_TYPE("ballot", ballot_view_fields, ballot);

static void push_ballot(struct engine *e, const void *ballots, uint32_t i)
{
	const struct ballot *b = (const struct ballot *)ballots + i;
	view_push(e, &ballot_view, &e->site->places[b->meeting], b);
}

/* Newest first. */
void view_get_ballots(struct engine *e, const struct view *v)
{
	const struct ballots *b = v->object;
	struct buf here = { 0 };
	for (size_t i = b->count; i-- > 0;)
		if (shown_here(e, b->items[i].meeting))
			*VEC_ADD(&here, uint32_t) = (uint32_t)i;
	view_push_indexes(e, push_ballot, b->items, &here);
}

static void push_decided(struct engine *e, const void *decideds, uint32_t i)
{
	const struct decided *d = (const struct decided *)decideds + i;
	view_push_callout(e, &e->site->places[d->meeting], d->callout);
}

static void push_first_decisions(struct engine *e, const struct decideds *d, size_t most)
{
	size_t count = d->count < most ? d->count : most;
	view_push_list(e, (struct view_list){ .noun = push_decided, .owner = d->items, .count = count });
}

void view_get_decisions(struct engine *e, const struct view *v)
{
	push_first_decisions(e, v->object, SIZE_MAX);
}

void view_get_latest_decisions(struct engine *e, const struct view *v)
{
	enum { LATEST = 8 };
	push_first_decisions(e, v->object, LATEST);
}

/* --- how often --- */

struct counted {
	view_noun *noun;
	uint32_t index;
	uint32_t count; /* of remarks */
};

static void counted_of(struct engine *e, const struct view *v)
{
	const struct counted *c = v->object;
	c->noun(e, NULL, c->index);
}

/* How many remarks about a topic, by a person, in a fiscal year. */
static const struct view_field counted_view_fields[] = {
	VIEW_GET("of", counted_of),
	VIEW(U32, "count", counted, count),
	VIEW_END,
};
static const struct view_type counted_view = VIEW_TYPE("count", counted_view_fields, counted);

static int by_index(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static int by_count(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

void view_push_tally(struct engine *e, view_noun *noun, struct buf *indexes)
{
	struct buf tally = { 0 };
	struct counted *last = NULL;
	uint32_t *index = VEC_AT(indexes, uint32_t);
	size_t count = VEC_COUNT(indexes, uint32_t);
	if (count)
		qsort(index, count, sizeof *index, by_index);
	for (size_t i = 0; i < count; i++) {
		if (!last || last->index != index[i]) {
			last = VEC_ADD(&tally, struct counted);
			*last = (struct counted){ noun, index[i], 0 };
		}
		last->count++;
	}
	buf_release(indexes);
	if (tally.n)
		qsort(tally.p, VEC_COUNT(&tally, struct counted), sizeof *last, by_count);
	view_push_structs(e, &counted_view, &tally);
}

/* A topic may be tagged and named, too. */
void view_add_topics(const struct meeting *m, struct range refs, struct buf *topics)
{
	size_t before = VEC_COUNT(topics, uint32_t);
	for (uint32_t i = refs.first; i < refs.end; i++) {
		uint32_t topic = m->topic_refs[i].topic;
		size_t n = VEC_COUNT(topics, uint32_t), k = before;
		while (k < n && VEC_AT(topics, uint32_t)[k] != topic)
			k++;
		if (k == n && topic != NONE)
			*VEC_ADD(topics, uint32_t) = topic;
	}
}

void view_get_topics_of(struct engine *e, const struct view *v)
{
	const struct remarks *r = v->object;
	struct buf topics = { 0 };
	for (size_t i = 0; i < r->count; i++) {
		const struct meeting *m = e->site->meetings[r->items[i].meeting];
		view_add_topics(m, m->statements[r->items[i].statement].topics, &topics);
	}
	view_push_tally(e, view_push_topic, &topics);
}

void view_get_speakers_of(struct engine *e, const struct view *v)
{
	const struct remarks *r = v->object;
	struct buf people = { 0 };
	for (size_t i = 0; i < r->count; i++) {
		const struct meeting *m = e->site->meetings[r->items[i].meeting];
		const struct statement *s = &m->statements[r->items[i].statement];
		struct range voices = s->kind == SAID ? m->speeches[s->speech].voices : (struct range){ 0, 0 };
		for (uint32_t k = voices.first; k < voices.end; k++)
			/* Who has no page stands in no list of people. */
			if (m->voices[k].person != NONE && e->site->people[m->voices[k].person].has_page)
				*VEC_ADD(&people, uint32_t) = m->voices[k].person;
	}
	view_push_tally(e, view_push_person, &people);
}

static void push_year(struct engine *e, const void *owner, uint32_t year)
{
	(void)owner;
	lua_pushinteger(e->L, year);
}

enum { YEARS_BETWEEN_MOST = 100 }; /* years without a remark are shown too, unless somebody was away for a century */

void view_get_years(struct engine *e, const struct view *v)
{
	const struct remarks *r = v->object;
	struct buf years = { 0 };
	struct counted *last = NULL;
	for (size_t i = 0; i < r->count; i++) {
		uint32_t year = (uint32_t)e->site->places[r->items[i].meeting].fiscal_year;
		uint32_t next = !last || year - last->index > YEARS_BETWEEN_MOST ? year : last->index + 1;
		for (; next <= year; next++) {
			last = VEC_ADD(&years, struct counted);
			*last = (struct counted){ push_year, next, 0 };
		}
		last->count++;
	}
	view_push_structs(e, &counted_view, &years);
}

/* --- who spoke how much --- */

struct share {
	struct str label; /* as first printed */
	uint32_t person;  /* NONE for a joint speech, and for who has no identity */
	uint32_t characters, statements;
	uint32_t percent; /* of all that was said, rounded */
	uint32_t order;
};

/* How much one speaker said, most first. */
static const struct view_field share_view_fields[] = {
	VIEW(STR, "label", share, label),
	VIEW(REF, "person", share, person, .noun = view_push_person),
	VIEW(CALL, "url", share, person, .get = view_get_person_url),
	VIEW(U32, "characters", share, characters),
	VIEW(U32, "statements", share, statements),
	VIEW(U32, "percent", share, percent),
	VIEW_END,
};
static const struct view_type share_view = VIEW_TYPE("share", share_view_fields, share);

static int by_characters(const void *a, const void *b)
{
	const struct share *x = a, *y = b;
	if (x->characters != y->characters)
		return x->characters > y->characters ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* One person is one share whatever the labels; all others are told apart by their label. */
static struct share *share_of(
	struct engine *e, const struct meeting *m, const struct speech *s, struct map *keys, struct buf *shares)
{
	bool single = s->voices.end - s->voices.first == 1;
	uint32_t person = single ? m->voices[s->voices.first].person : NONE;
	struct str key = person == NONE ? s->label : arena_format(&e->scratch, "\n%u", person);
	size_t count = VEC_COUNT(shares, struct share), at = map_intern(keys, key, count);
	if (at == count)
		*VEC_ADD(shares, struct share) =
			(struct share){ .label = s->label, .person = person, .order = (uint32_t)at };
	return &VEC_AT(shares, struct share)[at];
}

void view_get_shares(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	struct map keys = { 0 };
	struct buf shares = { 0 };
	uint64_t all = 0;
	struct share *share = NULL;
	uint32_t speech = NONE; /* share is its speaker's */
	/* Of an anonymous record, who said how much is nobody's to know. */
	for (size_t i = 0; i < m->statement_count && !m->front.anonymous; i++) {
		const struct statement *s = &m->statements[i];
		if (s->kind != SAID)
			continue;
		if (s->speech != speech)
			share = share_of(e, m, &m->speeches[s->speech], &keys, &shares);
		speech = s->speech;
		share->characters += s->characters;
		share->statements++;
		all += s->characters;
	}
	map_release(&keys);
	size_t count = VEC_COUNT(&shares, struct share);
	struct share *list = VEC_AT(&shares, struct share);
	for (size_t i = 0; i < count && all; i++)
		list[i].percent = (uint32_t)(((uint64_t)list[i].characters * 200 + all) / (2 * all));
	if (count)
		qsort(list, count, sizeof *list, by_characters);
	view_push_structs(e, &share_view, &shares);
}
