#include "minutes/align.h"

#include "base/map.h"
#include "text/fold.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

enum {
	WINDOW = 500,         /* of either side, compared each with each: a larger gap is looked at bit by bit … */
	PAIRS_MOST = 5000000, /* … and by less at once, so that no more than these are compared in all of it */
	SIMILAR = 600,        /* per mille of what two texts have in common, to be the same remark corrected */
	SIMILAR_SHORT = 500,  /* the same of a few words, among which one weighs more */
	SIMILAR_OTHERS = 750, /* the same, when another is said to have spoken */
	SHORT = 8,            /* pairs of words or characters */
	IN_PLACE = 400        /* what a place alone is worth */
};

/* Pairs of neighbouring words or characters, sorted. */
struct pairs {
	uint32_t *hashes;
	size_t count;
};

struct side {
	const struct part *parts;
	size_t count;
	uint64_t *prints;    /* of their words */
	uint32_t *to;        /* the counterpart, or NONE */
	uint32_t *at;        /* scratch of align_list: the position in its list */
	struct pairs *pairs; /* made when first asked for */
};

struct aligner {
	struct side before, after;
	struct arena arena;
};

struct list { /* parts of one side, in order */
	const uint32_t *items;
	size_t count;
};

static struct list first_of(struct list all, size_t most)
{
	return (struct list){ all.items, all.count < most ? all.count : most };
}

static struct list rest_of(struct list all, size_t from)
{
	return (struct list){ all.items + from, all.count - from };
}

static void match(struct aligner *al, uint32_t before, uint32_t after)
{
	al->before.to[before] = after;
	al->after.to[after] = before;
}

static bool is_holder(const struct part *p)
{
	return p->kind == PART_ITEM || p->kind == PART_SPEECH;
}

/* The part of this kind in which one stands, or NONE; the speech only of what is said. */
static uint32_t holder_of(const struct part *p, enum part_kind kind)
{
	if (kind == PART_SPEECH)
		return p->said ? p->speech : NONE;
	return p->item;
}

static uint64_t label_of(const struct side *s, uint32_t part)
{
	uint32_t speech = holder_of(&s->parts[part], PART_SPEECH);
	return speech == NONE ? 0 : s->prints[speech];
}

/* --- how much alike --- */

static int by_hash(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	return (a > b) - (a < b);
}

/* A word of letters with spaces between words is one token, any other character one of its own. */
static uint32_t next_token(struct str s, size_t *at)
{
	size_t length;
	uint32_t token = 2166136261U, point;
	while ((point = str_point(s, *at, &length)) != 0 && point_is_space(point))
		*at += length;
	if (point == 0)
		return 0;
	do {
		token = (token ^ point) * 16777619U;
		*at += length;
		if (!point_is_latin(point) && !point_is_digit(point))
			break;
		point = str_point(s, *at, &length);
	} while (point != 0 && (point_is_latin(point) || point_is_digit(point)));
	return token ? token : 1;
}

static const struct pairs *pairs_of(struct aligner *al, struct side *s, uint32_t part)
{
	struct pairs *p = &s->pairs[part];
	if (p->hashes)
		return p;
	struct str words = fold(&al->arena, s->parts[part].words);
	struct buf hashes = { 0 };
	size_t at = 0;
	for (uint32_t last = 1, token = 1; token != 0; last = token) {
		token = next_token(words, &at);
		*VEC_ADD(&hashes, uint32_t) = (last * 2654435761U) ^ token;
	}
	p->count = VEC_COUNT(&hashes, uint32_t);
	p->hashes = buf_settle(&hashes, &al->arena);
	qsort(p->hashes, p->count, sizeof *p->hashes, by_hash);
	return p;
}

/* Per mille of the pairs that both have (Dice). */
static int likeness(struct aligner *al, uint32_t before, uint32_t after)
{
	const struct pairs *a = pairs_of(al, &al->before, before), *b = pairs_of(al, &al->after, after);
	size_t common = 0, i = 0, k = 0, all = a->count + b->count, fewer = a->count < b->count ? a->count : b->count;
	if (2000 * fewer < SIMILAR_SHORT * all)
		return 0;
	while (i < a->count && k < b->count) {
		if (a->hashes[i] == b->hashes[k]) {
			common++;
			i++;
			k++;
		} else if (a->hashes[i] < b->hashes[k]) {
			i++;
		} else {
			k++;
		}
	}
	return (int)(2000 * common / all);
}

/* What it is worth to take one for the other; 0: they are not the same. The same words outweigh any likeness. */
static int worth(struct aligner *al, uint32_t before, uint32_t after)
{
	const struct part *a = &al->before.parts[before], *b = &al->after.parts[after];
	if (a->kind != b->kind)
		return 0;
	bool same_label = label_of(&al->before, before) == label_of(&al->after, after);
	if (al->before.prints[before] == al->after.prints[after])
		return same_label ? 10000 : 8000;
	if (a->kind == PART_SPEECH) /* of two short labels likeness says nothing */
		return 0;
	if (a->words.p == NULL)
		return same_label ? IN_PLACE : IN_PLACE / 2;
	int like = likeness(al, before, after);
	bool is_short = al->before.pairs[before].count <= SHORT && al->after.pairs[after].count <= SHORT;
	int least = !same_label ? SIMILAR_OTHERS : is_short ? SIMILAR_SHORT : SIMILAR;
	return like >= least ? 1000 + like : 0;
}

static bool same(struct aligner *al, uint32_t before, uint32_t after)
{
	return al->before.parts[before].kind == al->after.parts[after].kind &&
		al->before.prints[before] == al->after.prints[after] &&
		label_of(&al->before, before) == label_of(&al->after, after);
}

/* --- between two known neighbours --- */

/* How many of either list there are up to the last pair. */
struct matched {
	size_t before, after;
};

/* The order-preserving choice of pairs that is worth most, of which those before `limit` are matched; of equal ones the
 * earliest. */
static struct matched choose(struct aligner *al, struct list before, struct list after, size_t limit)
{
	struct matched done = { 0, 0 };
	size_t width = after.count + 1;
	int *best = mem_alloc((before.count + 1) * width * sizeof *best);
	int *worths = mem_alloc(before.count * after.count * sizeof *worths + 1);
	for (size_t i = before.count; i-- > 0;)
		for (size_t k = after.count; k-- > 0;) {
			int w = worth(al, before.items[i], after.items[k]);
			int skip = best[(i + 1) * width + k], other = best[i * width + k + 1];
			int take = w > 0 ? w + best[(i + 1) * width + k + 1] : 0;
			worths[i * after.count + k] = w;
			skip = skip > other ? skip : other;
			best[i * width + k] = take > skip ? take : skip;
		}
	for (size_t i = 0, k = 0; i < before.count && k < after.count && i < limit && k < limit;) {
		int w = worths[i * after.count + k], now = best[i * width + k];
		if (w > 0 && now == w + best[(i + 1) * width + k + 1]) {
			match(al, before.items[i++], after.items[k++]);
			done = (struct matched){ i, k };
		} else if (now == best[(i + 1) * width + k]) {
			i++;
		} else {
			k++;
		}
	}
	free(best);
	free(worths);
	return done;
}

static void align_gap(struct aligner *al, struct list before, struct list after)
{
	while (before.count && after.count && same(al, before.items[0], after.items[0])) {
		match(al, *before.items++, *after.items++);
		before.count--;
		after.count--;
	}
	while (before.count && after.count && same(al, before.items[before.count - 1], after.items[after.count - 1]))
		match(al, before.items[--before.count], after.items[--after.count]);
	size_t window = WINDOW;
	while (window > 2 && 2 * (before.count + after.count) * window > PAIRS_MOST)
		window /= 2;
	while (before.count && after.count) {
		bool last = before.count * after.count <= window * window;
		struct list b = first_of(before, last ? before.count : window);
		struct list a = first_of(after, last ? after.count : window);
		struct matched done = choose(al, b, a, last ? SIZE_MAX : window / 2);
		if (last)
			return;
		size_t more = before.count > after.count ? before.count : after.count;
		if (done.before == 0) /* nothing is alike: both go on, the longer by more */
			done = (struct matched){ window / 2 * before.count / more, window / 2 * after.count / more };
		before = rest_of(before, done.before);
		after = rest_of(after, done.after);
	}
}

void align_rising(const uint32_t *positions, size_t count, bool *marked, struct arena *a)
{
	uint32_t *last = ARENA_ARRAY(a, uint32_t, count + 1), *previous = ARENA_ARRAY(a, uint32_t, count + 1);
	size_t length = 0;
	for (uint32_t i = 0; i < count; i++) {
		size_t low = 0, high = length;
		if (positions[i] == NONE)
			continue;
		while (low < high) {
			size_t middle = (low + high) / 2;
			if (positions[last[middle]] < positions[i])
				low = middle + 1;
			else
				high = middle;
		}
		previous[i] = low > 0 ? last[low - 1] : NONE;
		last[low] = i;
		if (low == length)
			length++;
	}
	for (uint32_t i = length ? last[length - 1] : NONE; i != NONE; i = previous[i])
		marked[i] = true;
}

static struct list unmatched(const struct side *s, struct list all, size_t from, size_t to, uint32_t *room)
{
	struct list left = { room, 0 };
	for (size_t i = from; i < to; i++)
		if (s->to[all.items[i]] == NONE)
			room[left.count++] = all.items[i];
	return left;
}

/* Two lists of parts of which some are matched: what is matched in order are the posts, between which the rest is
 * looked for. */
static void align_list(struct aligner *al, struct list before, struct list after)
{
	struct arena *a = &al->arena;
	uint32_t *posts = ARENA_ARRAY(a, uint32_t, after.count + 1),
		 *places = ARENA_ARRAY(a, uint32_t, after.count + 1);
	uint32_t *room[] = { ARENA_ARRAY(a, uint32_t, before.count + 1), ARENA_ARRAY(a, uint32_t, after.count + 1) };
	bool *marked = ARENA_ARRAY(a, bool, after.count + 1);
	size_t count = 0, from = 0, post = 0;
	for (uint32_t i = 0; i < before.count; i++)
		al->before.at[before.items[i]] = i;
	for (uint32_t i = 0; i < after.count; i++) {
		uint32_t other = al->after.to[after.items[i]];
		uint32_t at = other == NONE ? NONE : al->before.at[other];
		if (other == NONE || at >= before.count || before.items[at] != other)
			continue;
		posts[count] = i;
		places[count++] = at;
	}
	align_rising(places, count, marked, a);
	for (size_t i = 0; i <= count; i++) {
		if (i < count && !marked[i])
			continue;
		size_t to = i < count ? places[i] : before.count, end = i < count ? posts[i] : after.count;
		align_gap(al, unmatched(&al->before, before, from, to, room[0]),
			unmatched(&al->after, after, post, end, room[1]));
		from = to + 1;
		post = end + 1;
	}
}

/* --- the whole --- */

/* What must be the same for two parts to be taken for one wherever they stand. */
struct key {
	uint64_t print, label, kind;
};

static struct str key_of(const struct side *s, uint32_t part, struct key *k)
{
	*k = (struct key){ s->prints[part], label_of(s, part), (uint64_t)s->parts[part].kind };
	return str_n((const char *)k, sizeof *k);
}

static void count_keys(const struct side *s, struct map *first, struct arena *a)
{
	for (uint32_t i = 0; i < s->count; i++) {
		struct key key;
		if (s->parts[i].kind == PART_SPEECH)
			continue;
		if (map_get(first, key_of(s, i, &key), NULL))
			map_put(first, key_of(s, i, &key), SIZE_MAX);
		else
			map_add(first, arena_str(a, key_of(s, i, &key)), i);
	}
}

/* The same words, once on either side. */
static void match_unique(struct aligner *al)
{
	struct map before = { 0 }, after = { 0 };
	count_keys(&al->before, &before, &al->arena);
	count_keys(&al->after, &after, &al->arena);
	for (size_t i = 0; i < after.count; i++) {
		size_t other;
		if (after.entries[i].value != SIZE_MAX && map_get(&before, after.entries[i].key, &other) &&
			other != SIZE_MAX)
			match(al, (uint32_t)other, (uint32_t)after.entries[i].value);
	}
	map_release(&before);
	map_release(&after);
}

/* A speech or item of one side and one of the other that have something in common. */
struct tie {
	uint32_t before, after;
	uint32_t count;    /* of what stands in both */
	bool same, begins; /* with the same words; with the same statement */
};

static int by_weight(const void *left, const void *right)
{
	const struct tie *a = left, *b = right;
	if (a->same != b->same)
		return a->same ? -1 : 1;
	if (a->begins != b->begins)
		return a->begins ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	if (a->after != b->after)
		return a->after < b->after ? -1 : 1;
	return (a->before > b->before) - (a->before < b->before);
}

/* By what stands in them, heaviest first. */
static struct tie *collect_ties(struct aligner *al, enum part_kind kind, size_t *count)
{
	const struct side *before = &al->before, *after = &al->after;
	struct buf ties = { 0 };
	struct map known = { 0 };
	bool *begun = ARENA_ARRAY(&al->arena, bool, before->count + 1);
	for (uint32_t i = 0; i < before->count; i++) {
		uint32_t to = before->to[i], mine = holder_of(&before->parts[i], kind);
		if (is_holder(&before->parts[i]) || to == NONE || mine == NONE ||
			holder_of(&after->parts[to], kind) == NONE)
			continue;
		uint32_t pair[] = { mine, holder_of(&after->parts[to], kind) };
		struct str key = arena_str(&al->arena, str_n((const char *)pair, sizeof pair));
		size_t number = VEC_COUNT(&ties, struct tie), at = map_intern(&known, key, number);
		if (at == number)
			*VEC_ADD(&ties, struct tie) = (struct tie){ .before = pair[0],
				.after = pair[1],
				.same = before->prints[pair[0]] == after->prints[pair[1]],
				.begins = !begun[mine] };
		begun[mine] = true;
		VEC_AT(&ties, struct tie)[at].count++;
	}
	map_release(&known);
	*count = VEC_COUNT(&ties, struct tie);
	struct tie *list = buf_settle(&ties, &al->arena);
	if (*count > 1)
		qsort(list, *count, sizeof *list, by_weight);
	return list;
}

static void match_holders(struct aligner *al, enum part_kind kind)
{
	size_t count;
	const struct tie *ties = collect_ties(al, kind, &count);
	for (size_t i = 0; i < count; i++)
		if (al->before.to[ties[i].before] == NONE && al->after.to[ties[i].after] == NONE)
			match(al, ties[i].before, ties[i].after);
}

static struct list list_parts(struct aligner *al, const struct side *s, bool (*takes)(const struct side *, uint32_t))
{
	uint32_t *items = ARENA_ARRAY(&al->arena, uint32_t, s->count + 1);
	struct list list = { items, 0 };
	for (uint32_t i = 0; i < s->count; i++)
		if (takes(s, i))
			items[list.count++] = i;
	return list;
}

static bool is_content(const struct side *s, uint32_t part)
{
	return !is_holder(&s->parts[part]);
}

static bool is_item(const struct side *s, uint32_t part)
{
	return s->parts[part].kind == PART_ITEM;
}

/* Known already, or without statements: nothing else can tell which it is. */
static bool is_bare_speech(const struct side *s, uint32_t part)
{
	uint32_t i = part + 1;
	while (i < s->count && is_content(s, i) && holder_of(&s->parts[i], PART_SPEECH) != part)
		i++;
	return s->parts[part].kind == PART_SPEECH &&
		(s->to[part] != NONE || i == s->count || holder_of(&s->parts[i], PART_SPEECH) != part);
}

static struct list content_of(const struct side *s, uint32_t speech, uint32_t *room)
{
	struct list list = { room, 0 };
	for (uint32_t i = speech + 1; i < s->count && is_content(s, i); i++)
		if (holder_of(&s->parts[i], PART_SPEECH) == speech)
			room[list.count++] = i;
	return list;
}

/* Within speeches that have something in common, so that one that was moved is aligned as one that was not. */
static void align_speeches(struct aligner *al)
{
	struct arena *a = &al->arena;
	size_t count;
	const struct tie *ties = collect_ties(al, PART_SPEECH, &count);
	bool *done[] = { ARENA_ARRAY(a, bool, al->before.count + 1), ARENA_ARRAY(a, bool, al->after.count + 1) };
	uint32_t *room[] = { ARENA_ARRAY(a, uint32_t, al->before.count + 1),
		ARENA_ARRAY(a, uint32_t, al->after.count + 1) };
	for (size_t i = 0; i < count; i++) {
		const struct tie *v = &ties[i];
		if (done[0][v->before] || done[1][v->after])
			continue;
		done[0][v->before] = done[1][v->after] = true;
		align_list(al, content_of(&al->before, v->before, room[0]), content_of(&al->after, v->after, room[1]));
	}
}

static void align_all(struct aligner *al, bool (*takes)(const struct side *, uint32_t))
{
	align_list(al, list_parts(al, &al->before, takes), list_parts(al, &al->after, takes));
}

static struct side open_side(struct parts parts, uint32_t *to, struct arena *a)
{
	struct side s = { .parts = parts.items, .count = parts.count, .to = to };
	memset(to, 0xff, s.count * sizeof *to);
	s.prints = ARENA_ARRAY(a, uint64_t, s.count + 1);
	s.at = ARENA_ARRAY(a, uint32_t, s.count + 1);
	s.pairs = ARENA_ARRAY(a, struct pairs, s.count + 1);
	for (size_t i = 0; i < s.count; i++)
		s.prints[i] = part_print(&parts.items[i]);
	return s;
}

void align(struct parts before, struct parts after, uint32_t *from)
{
	struct aligner al;
	arena_init(&al.arena);
	al.before = open_side(before, ARENA_ARRAY(&al.arena, uint32_t, before.count + 1), &al.arena);
	al.after = open_side(after, from, &al.arena);
	match_unique(&al);
	align_speeches(&al);
	align_all(&al, is_content);
	match_holders(&al, PART_SPEECH);
	align_all(&al, is_bare_speech);
	match_holders(&al, PART_ITEM);
	align_all(&al, is_item);
	arena_release(&al.arena);
}
