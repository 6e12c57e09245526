#include "site/build.h"
#include "text/fold.h"
#include "text/slug.h"

static struct topic registered_topic(const struct register_topic *t, uint32_t i)
{
	return (struct topic){ .id = t->id, .name = t->name, .reading = t->reading, .registered = i, .broader = NONE };
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
		*VEC_ADD(&made, struct topic) = registered_topic(&r->topics[i], i);
		map_add(&ids, r->topics[i].id, i);
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
