/* Who and what how often: topics and people by count, and who spoke how much. */
#include "render/view_nouns.h"

#include "base/map.h"

#include <stdlib.h>

struct counted {
	uint32_t index;
	uint32_t count;
	void (*push)(struct engine *e, uint32_t index);
};

static void counted_of(struct engine *e, const struct view *v)
{
	const struct counted *c = v->object;
	c->push(e, c->index);
}

/* A topic or person (`of`) with the number of remarks. */
static const struct view_field counted_fields[] = { VIEW_GET("of", counted_of), VIEW_NAMED("count", VIEW_KIND_U32, counted, count),
	                                                VIEW_END };
static const struct view_type counted_view = { "count", counted_fields };

static void push_counted(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &counted_view, NULL, (const struct counted *)list->items + i);
}

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

void view_push_tally(struct engine *e, uint32_t *indexes, size_t count, void (*push)(struct engine *e, uint32_t index))
{
	struct buf tally = { 0 };
	struct counted *last = NULL;
	if (count)
		qsort(indexes, count, sizeof *indexes, by_index);
	for (size_t i = 0; i < count; i++) {
		if (!last || last->index != indexes[i]) {
			last = VEC_ADD(&tally, struct counted);
			*last = (struct counted){ indexes[i], 0, push };
		}
		last->count++;
	}
	size_t n = VEC_COUNT(&tally, struct counted);
	if (n)
		qsort(tally.p, n, sizeof *last, by_count);
	view_push_list(e, (struct view_list){ n, push_counted, NULL, buf_settle(&tally, &e->scratch), 0 });
}

/* A statement's topics, each once though it may be tagged and named, too. */
static void collect_topics(const struct meeting *m, const struct statement *s, struct buf *topics)
{
	size_t before = VEC_COUNT(topics, uint32_t);
	for (uint32_t i = s->topics.first; i < s->topics.end; i++) {
		uint32_t topic = m->topic_refs[i].topic;
		size_t n = VEC_COUNT(topics, uint32_t), k = before;
		while (k < n && VEC_AT(topics, uint32_t)[k] != topic)
			k++;
		if (k == n && topic != NONE)
			*VEC_ADD(topics, uint32_t) = topic;
	}
}

static void push_settled(struct engine *e, struct buf *indexes, void (*push)(struct engine *e, uint32_t index))
{
	size_t count = VEC_COUNT(indexes, uint32_t);
	view_push_tally(e, buf_settle(indexes, &e->scratch), count, push);
}

void view_push_topics_of(struct engine *e, const struct remarks *r)
{
	struct buf topics = { 0 };
	for (size_t i = 0; i < r->count; i++) {
		const struct meeting *m = e->site->meetings[r->items[i].meeting];
		collect_topics(m, &m->statements[r->items[i].statement], &topics);
	}
	push_settled(e, &topics, view_push_topic);
}

void view_push_speakers_of(struct engine *e, const struct remarks *r)
{
	struct buf people = { 0 };
	for (size_t i = 0; i < r->count; i++) {
		const struct meeting *m = e->site->meetings[r->items[i].meeting];
		const struct statement *s = &m->statements[r->items[i].statement];
		if (s->kind != SAID)
			continue;
		struct range voices = m->speeches[s->speech].voices;
		for (uint32_t k = voices.first; k < voices.end; k++)
			if (m->voices[k].person != NONE)
				*VEC_ADD(&people, uint32_t) = m->voices[k].person;
	}
	push_settled(e, &people, view_push_person);
}

void view_get_subjects(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	struct buf topics = { 0 };
	for (size_t i = 0; i < m->statement_count; i++)
		collect_topics(m, &m->statements[i], &topics);
	push_settled(e, &topics, view_push_topic);
}

/* --- who spoke how much --- */

struct share {
	struct str label;  /* as first printed */
	uint32_t person;   /* NONE for a joint speech, and for who has no identity */
	uint32_t characters, statements;
	uint32_t percent;  /* of all that was said, rounded */
	uint32_t order;
};

static void share_url(struct engine *e, const struct view *v)
{
	view_push_str(e, view_person_url(e, ((const struct share *)v->object)->person));
}

static void share_person(struct engine *e, const struct view *v)
{
	view_push_person(e, ((const struct share *)v->object)->person);
}

/* How much one speaker said, most first. */
static const struct view_field share_fields[] = { VIEW_STR(share, label),
	                                              VIEW_GET("person", share_person),
	                                              VIEW_GET("url", share_url), /* of the speaker's page, or nil */
	                                              VIEW_NAMED("characters", VIEW_KIND_U32, share, characters),
	                                              VIEW_NAMED("statements", VIEW_KIND_U32, share, statements),
	                                              VIEW_NAMED("percent", VIEW_KIND_U32, share, percent),
	                                              VIEW_END };
static const struct view_type share_view = { "share", share_fields };

static void push_share(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &share_view, NULL, (const struct share *)list->items + i);
}

static int by_characters(const void *a, const void *b)
{
	const struct share *x = a, *y = b;
	if (x->characters != y->characters)
		return x->characters > y->characters ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* One person is one share whatever the labels; all others are told apart by their label. */
static struct share *share_of(struct engine *e, const struct meeting *m, const struct speech *s, struct map *keys, struct buf *shares)
{
	bool single = s->voices.end - s->voices.first == 1;
	uint32_t person = single ? m->voices[s->voices.first].person : NONE;
	struct str key = person == NONE ? s->label : arena_format(&e->scratch, "\n%u", person);
	size_t at = VEC_COUNT(shares, struct share);
	if (map_get(keys, key, &at))
		return &VEC_AT(shares, struct share)[at];
	map_put(keys, key, at);
	struct share *added = VEC_ADD(shares, struct share);
	*added = (struct share){ .label = s->label, .person = person, .order = (uint32_t)at };
	return added;
}

void view_get_shares(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	struct map keys = { 0 };
	struct buf shares = { 0 };
	uint64_t all = 0;
	struct share *share = NULL;
	uint32_t speech = NONE; /* share is its speaker's */
	for (size_t i = 0; i < m->statement_count; i++) {
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
	struct share *list = buf_settle(&shares, &e->scratch);
	for (size_t i = 0; i < count && all; i++)
		list[i].percent = (uint32_t)(((uint64_t)list[i].characters * 200 + all) / (2 * all));
	if (count)
		qsort(list, count, sizeof *list, by_characters);
	view_push_list(e, (struct view_list){ count, push_share, NULL, list, 0 });
}
