#include "minutes/terms.h"

#include "text/fold.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

/* The terms' trie, its nodes numbered breadth first, so that a node's children stand
 * side by side and its failure link leads to a lower number. Most of a text begins no
 * term: a filter on the first bytes of a character skips it, and the automaton runs
 * only behind a promising one, until it is back at its root. */

enum { WINDOW_MOST = 6 }; /* bytes the filter looks at: two Japanese characters */

struct node {
	uint32_t child; /* the first of them */
	uint16_t child_count;
	uint8_t byte;     /* on the edge that leads here */
	uint32_t fail;    /* the longest proper suffix that is a node */
	uint32_t depth;   /* bytes from the root */
	uint32_t end;     /* the sorted term that ends here, or NO_TERM */
	uint32_t shorter; /* the next node on the failure path at which a term ends; 0 for none */
};

struct sorted {
	struct str words; /* folded */
	uint32_t index;   /* in the caller's list */
	uint32_t value;
	bool word_start, word_end; /* begins, ends with a letter of an alphabet */
	bool digit_start, digit_end;
};

struct terms {
	struct sorted *sorted;
	size_t count;
	struct node *nodes;
	uint8_t window[256]; /* by first byte: how many bytes the filter hashes; 0: no term begins so */
	uint64_t *filter;    /* a bit for each hash of a term's beginning */
	unsigned filter_shift;
};

#define NO_TERM UINT32_MAX

/* How a term's ends, or the characters around a hit, bind. */
static bool is_letter(uint32_t point)
{
	return point_is_latin(point);
}

static uint32_t last_point(struct str s)
{
	size_t at = s.n, length;
	while (at > 0 && ((unsigned char)s.p[--at] & 0xc0) == 0x80)
		;
	return str_point(s, at, &length);
}

static int compare_sorted(const void *left, const void *right)
{
	const struct sorted *a = left, *b = right;
	int order = str_cmp(a->words, b->words);
	if (order != 0)
		return order;
	return a->index < b->index ? -1 : a->index > b->index;
}

static size_t sort_terms(struct terms *t, const struct term *list, size_t count, struct arena *a)
{
	t->sorted = ARENA_ARRAY(a, struct sorted, count);
	size_t bytes = 0;
	for (size_t i = 0; i < count; i++) {
		struct str words = fold(a, str_trim(list[i].words));
		if (str_empty(words))
			continue;
		size_t length;
		uint32_t first = str_point(words, 0, &length), last = last_point(words);
		t->sorted[t->count++] = (struct sorted){
			.words = words,
			.index = (uint32_t)i,
			.value = list[i].value,
			.word_start = is_letter(first),
			.word_end = is_letter(last),
			.digit_start = point_is_digit(first),
			.digit_end = point_is_digit(last),
		};
		bytes += words.n;
	}
	if (t->count > 0)
		qsort(t->sorted, t->count, sizeof *t->sorted, compare_sorted);
	return bytes;
}

/* The child reached by a byte, or 0, which is never a child. */
static uint32_t child_of(const struct terms *t, uint32_t node, uint8_t byte)
{
	const struct node *n = &t->nodes[node];
	uint32_t low = n->child, high = low + n->child_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (t->nodes[middle].byte == byte)
			return middle;
		if (t->nodes[middle].byte < byte)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

/* Where the automaton goes from `node` on reading `byte`. */
static uint32_t step(const struct terms *t, uint32_t node, uint8_t byte)
{
	for (;;) {
		uint32_t child = child_of(t, node, byte);
		if (child != 0 || node == 0)
			return child;
		node = t->nodes[node].fail;
	}
}

struct share { /* the sorted terms that run through a node */
	uint32_t first, end;
};

/* Adds the children of a node behind all nodes so far. */
static uint32_t grow(struct terms *t, struct share *shares, uint32_t node, uint32_t node_count)
{
	struct node *n = &t->nodes[node];
	uint32_t i = shares[node].first, end = shares[node].end;
	if (i < end && t->sorted[i].words.n == n->depth) {
		n->end = i;
		while (i < end && t->sorted[i].words.n == n->depth)
			i++;
	}
	n->child = node_count;
	while (i < end) {
		uint8_t byte = (uint8_t)t->sorted[i].words.p[n->depth];
		uint32_t from = i;
		while (i < end && (uint8_t)t->sorted[i].words.p[n->depth] == byte)
			i++;
		shares[node_count] = (struct share){ from, i };
		t->nodes[node_count] = (struct node){ .byte = byte, .depth = n->depth + 1, .end = NO_TERM };
		node_count++;
		n->child_count++;
	}
	return node_count;
}

/* Failure links of a node's children; those of all nodes above are settled. */
static void link_children(struct terms *t, uint32_t node)
{
	const struct node *n = &t->nodes[node];
	for (uint32_t c = n->child; c < n->child + n->child_count; c++) {
		struct node *child = &t->nodes[c];
		child->fail = node == 0 ? 0 : step(t, n->fail, child->byte);
		const struct node *fail = &t->nodes[child->fail];
		child->shorter = fail->end != NO_TERM ? child->fail : fail->shorter;
	}
}

static void build_nodes(struct terms *t, size_t bytes, struct arena *a)
{
	struct share *shares = mem_alloc((bytes + 1) * sizeof *shares);
	t->nodes = mem_alloc((bytes + 1) * sizeof *t->nodes);
	t->nodes[0].end = NO_TERM;
	shares[0] = (struct share){ 0, (uint32_t)t->count };
	uint32_t node_count = 1;
	for (uint32_t node = 0; node < node_count; node++)
		node_count = grow(t, shares, node, node_count);
	for (uint32_t node = 0; node < node_count; node++)
		link_children(t, node);
	struct node *kept = ARENA_ARRAY(a, struct node, node_count);
	memcpy(kept, t->nodes, node_count * sizeof *kept);
	free(t->nodes);
	free(shares);
	t->nodes = kept;
}

static uint64_t hash_of(const struct terms *t, const char *p, size_t left, size_t window)
{
	uint64_t bytes = 0;
	memcpy(&bytes, p, left < sizeof bytes ? left : sizeof bytes);
	bytes &= UINT64_MAX >> (64 - 8 * window);
	return bytes * UINT64_C(0x9e3779b97f4a7c15) >> t->filter_shift;
}

static void build_filter(struct terms *t, struct arena *a)
{
	unsigned bits = 8;
	while (bits < 16 && (size_t)1 << bits < t->count * 64)
		bits++;
	t->filter_shift = 64 - bits;
	t->filter = ARENA_ARRAY(a, uint64_t, ((size_t)1 << bits) / 64);
	for (size_t i = 0; i < t->count; i++) {
		struct str words = t->sorted[i].words;
		uint8_t *window = &t->window[(uint8_t)words.p[0]];
		uint8_t most = words.n < WINDOW_MOST ? (uint8_t)words.n : WINDOW_MOST;
		if (*window == 0 || *window > most)
			*window = most;
	}
	for (size_t i = 0; i < t->count; i++) {
		struct str words = t->sorted[i].words;
		uint64_t hash = hash_of(t, words.p, words.n, t->window[(uint8_t)words.p[0]]);
		t->filter[hash / 64] |= UINT64_C(1) << hash % 64;
	}
}

struct terms *terms_open(const struct term *list, size_t count, struct arena *a)
{
	if (count == 0)
		return NULL;
	struct terms *t = ARENA_NEW(a, struct terms);
	size_t bytes = sort_terms(t, list, count, a);
	if (t->count == 0)
		return NULL;
	build_nodes(t, bytes, a);
	build_filter(t, a);
	return t;
}

static size_t point_bytes(uint8_t lead)
{
	return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* The first position at or after `at` where a term may begin. */
static size_t skip(const struct terms *t, struct str text, size_t at)
{
	while (at < text.n) {
		uint8_t lead = (uint8_t)text.p[at];
		size_t window = t->window[lead];
		if (window != 0 && window <= text.n - at) {
			uint64_t hash = hash_of(t, text.p + at, text.n - at, window);
			if (t->filter[hash / 64] >> hash % 64 & 1)
				return at;
		}
		at += point_bytes(lead);
	}
	return text.n;
}

/* Words of letters match whole words, and a number is not cut. */
static bool stands_alone(const struct sorted *term, struct str text, size_t start, size_t end)
{
	if (start > 0 && (term->word_start || term->digit_start)) {
		uint32_t before = last_point(str_n(text.p, start));
		if (point_is_digit(before) || (term->word_start && is_letter(before)))
			return false;
	}
	if (end < text.n && (term->word_end || term->digit_end)) {
		size_t length;
		uint32_t after = str_point(text, end, &length);
		if (point_is_digit(after) || (term->word_end && is_letter(after)))
			return false;
	}
	return true;
}

struct search {
	const struct terms *terms;
	struct str text;     /* folded */
	const uint32_t *map; /* to bytes of the text as given */
	struct arena *scratch;
	uint32_t *longest; /* by start: the sorted term + 1 that reaches farthest from there; made when first needed */
	struct buf *hits;
};

/* Notes every term that ends at `end`. Ends come in rising order, so a later one from the same start is longer. */
static void note_ends(struct search *s, uint32_t node, size_t end)
{
	const struct terms *t = s->terms;
	if (t->nodes[node].end == NO_TERM)
		node = t->nodes[node].shorter;
	for (; node != 0; node = t->nodes[node].shorter) {
		uint32_t term = t->nodes[node].end;
		size_t start = end - t->nodes[node].depth;
		if (!stands_alone(&t->sorted[term], s->text, start, end))
			continue;
		if (!s->longest)
			s->longest = ARENA_ARRAY(s->scratch, uint32_t, s->text.n);
		s->longest[start] = term + 1;
	}
}

/* Returns where the text goes on: behind the last character, for one that folds to several, as ㍻ does, is marked whole. */
static size_t add_hits(struct search *s, uint32_t term, size_t start, size_t end)
{
	const struct terms *t = s->terms;
	size_t behind = end;
	while (behind < s->text.n && s->map[behind] == s->map[end - 1])
		behind++;
	struct str words = t->sorted[term].words;
	for (size_t i = term; i < t->count && str_eq(t->sorted[i].words, words); i++) {
		*VEC_ADD(s->hits, struct term_hit) = (struct term_hit){
			.term = t->sorted[i].index,
			.value = t->sorted[i].value,
			.start = s->map[start],
			.end = s->map[behind],
		};
	}
	return behind;
}

/* Leftmost, longest, not overlapping, among what was noted from `from` on. Returns where the text goes on. */
static size_t settle(struct search *s, size_t from, size_t end)
{
	size_t at = from;
	while (at < end) {
		uint32_t noted = s->longest[at];
		if (noted == 0)
			at++;
		else
			at = add_hits(s, noted - 1, at, at + s->terms->sorted[noted - 1].words.n);
	}
	return at;
}

void terms_find_folded(
	const struct terms *terms, struct str folded, const uint32_t *map, struct arena *scratch, struct buf *hits)
{
	if (!terms)
		return;
	struct search s = { .terms = terms, .text = folded, .map = map, .scratch = scratch, .hits = hits };
	size_t at = skip(terms, folded, 0);
	while (at < folded.n) {
		size_t from = at;
		uint32_t node = 0;
		do {
			node = step(terms, node, (uint8_t)folded.p[at++]);
			if (terms->nodes[node].end != NO_TERM || terms->nodes[node].shorter != 0)
				note_ends(&s, node, at);
		} while (node != 0 && at < folded.n);
		if (s.longest)
			at = settle(&s, from, at);
		/* Back at the root inside a character, whose rest begins no term. */
		while (at < folded.n && ((uint8_t)folded.p[at] & 0xc0) == 0x80)
			at++;
		at = skip(terms, folded, at);
	}
}

void terms_find(const struct terms *terms, struct str text, struct arena *scratch, struct buf *hits)
{
	if (!terms || str_empty(text))
		return;
	uint32_t *map;
	struct str folded = fold_mapped(scratch, text, &map);
	terms_find_folded(terms, folded, map, scratch, hits);
}
