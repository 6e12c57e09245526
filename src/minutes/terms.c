#include "minutes/terms.h"

#include "text/words.h"

#include <stdlib.h>
#include <string.h>

/* The terms lie sorted, so that those which go on like the text are always a range of them, narrowed byte by byte.
 * Most of a text begins no term: a filter on the first bytes of a character skips it. */

enum { WINDOW_MOST = 6 }; /* bytes the filter looks at: two Japanese characters */

struct sorted {
	struct str words; /* folded */
	uint32_t index;   /* in the caller's list */
	uint32_t value;
};

struct terms {
	struct sorted *sorted;
	uint32_t count;
	uint8_t window[256]; /* by first byte: how many bytes the filter hashes; 0: no term begins so */
	uint64_t *filter;    /* a bit for each hash of a term's beginning */
	unsigned filter_shift;
};

#define NO_TERM UINT32_MAX

bool point_is_dash(uint32_t point)
{
	return point == '-' || point == 0xff0d || (point >= 0x2010 && point <= 0x2013) || point == 0x2212;
}

static size_t point_bytes(char lead)
{
	uint8_t byte = (uint8_t)lead;
	return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

struct folded terms_fold(struct arena *a, struct str s)
{
	struct folded f = fold_mapped(a, s);
	char *bytes = (char *)f.words.p; /* ours: just made in the arena */
	/* The first bytes of all dashes and apostrophes that do not fold to themselves. */
	size_t out = str_find_byte(f.words, '\xe2', 0), other = str_find_byte(f.words, '\xca', 0), length;
	out = out < other ? out : other;
	if (out == SIZE_MAX)
		return f;
	for (size_t at = out; at < f.words.n; at += length, out++) {
		bool may = bytes[at] == '\xe2' || bytes[at] == '\xca';
		uint32_t point = may ? str_point(f.words, at, &length) : 0;
		char plain = point_is_dash(point) ? '-' : point_is_apostrophe(point) ? '\'' : bytes[at];
		if (plain == bytes[at])
			length = 1;
		f.map[out] = f.map[at];
		bytes[out] = plain;
	}
	f.map[out] = f.map[f.words.n];
	f.words.n = out;
	return f;
}

static int compare_sorted(const void *left, const void *right)
{
	const struct sorted *a = left, *b = right;
	int order = str_cmp(a->words, b->words);
	if (order != 0)
		return order;
	return a->index < b->index ? -1 : a->index > b->index;
}

static uint64_t hash_of(const struct terms *t, struct str s, size_t window)
{
	uint64_t bytes = 0;
	if (s.n >= sizeof bytes)
		memcpy(&bytes, s.p, sizeof bytes);
	else
		memcpy(&bytes, s.p, s.n);
	bytes &= UINT64_MAX >> (64 - 8 * window);
	return bytes * UINT64_C(0x9e3779b97f4a7c15) >> t->filter_shift;
}

static void build_filter(struct terms *t, struct arena *a)
{
	unsigned bits = 8;
	while (bits < 16 && (size_t)1 << bits < (size_t)t->count * 64)
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
		uint64_t hash = hash_of(t, words, t->window[(uint8_t)words.p[0]]);
		t->filter[hash / 64] |= UINT64_C(1) << hash % 64;
	}
}

struct terms *terms_open(const struct term *list, size_t count, struct arena *a)
{
	struct terms *t = ARENA_NEW(a, struct terms);
	t->sorted = ARENA_ARRAY(a, struct sorted, count);
	for (uint32_t i = 0; i < count; i++) {
		struct str words = terms_fold(a, str_trim(list[i].words)).words;
		if (!str_empty(words) && words.n <= TERM_MOST)
			t->sorted[t->count++] = (struct sorted){ words, i, list[i].value };
	}
	if (t->count == 0)
		return NULL;
	qsort(t->sorted, t->count, sizeof *t->sorted, compare_sorted);
	build_filter(t, a);
	return t;
}

/* The first position at or after `at` where a term may begin. */
static size_t skip(const struct terms *t, struct str text, size_t at)
{
	while (at < text.n) {
		size_t window = t->window[(uint8_t)text.p[at]];
		if (window != 0 && window <= text.n - at) {
			uint64_t hash = hash_of(t, str_from(text, at), window);
			if (t->filter[hash / 64] >> hash % 64 & 1)
				return at;
		}
		at += point_bytes(text.p[at]);
	}
	return text.n;
}

/* Whether what stands beside a term's end makes it part of a longer word or number. */
static bool binds(uint32_t end, uint32_t beside)
{
	if (point_is_latin(end))
		return point_is_latin(beside) || point_is_digit(beside);
	return point_is_digit(end) && point_is_digit(beside);
}

static bool stands_alone(struct str text, size_t start, size_t end)
{
	size_t length;
	struct str term = str_n(text.p + start, end - start);
	return !(start > 0 && binds(str_point(term, 0, &length), str_point_before(text, start, &length))) &&
		!(end < text.n && binds(str_point_before(term, term.n, &length), str_point(text, end, &length)));
}

/* The first of the terms whose byte behind `depth` of them is not below `byte`. */
static uint32_t bound(const struct terms *t, uint32_t first, uint32_t end, size_t depth, unsigned byte)
{
	while (first < end) {
		uint32_t middle = first + (end - first) / 2;
		if ((uint8_t)t->sorted[middle].words.p[depth] < byte)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

/* The longest term that stands alone at `start`. */
static uint32_t longest_at(const struct terms *t, struct str text, size_t start)
{
	uint32_t first = 0, end = t->count, found = NO_TERM;
	for (size_t depth = 0; start + depth <= text.n; depth++) {
		if (depth > 0 && t->sorted[first].words.n == depth && stands_alone(text, start, start + depth))
			found = first;
		while (first < end && t->sorted[first].words.n == depth)
			first++;
		if (first == end || start + depth == text.n)
			break;
		uint8_t byte = (uint8_t)text.p[start + depth];
		first = bound(t, first, end, depth, byte);
		end = bound(t, first, end, depth, byte + 1u);
		if (first == end)
			break;
	}
	return found;
}

/* Returns where the text goes on: behind the last character, for one that folds to several, as ㍻ does, is marked whole. */
static size_t add_hits(const struct terms *t, uint32_t term, const struct folded *f, size_t start, struct buf *hits)
{
	struct str words = t->sorted[term].words;
	size_t end = start + words.n, behind = end;
	while (behind < f->words.n && f->map[behind] == f->map[end - 1])
		behind++;
	for (uint32_t i = term; i < t->count && str_eq(t->sorted[i].words, words); i++)
		*VEC_ADD(hits, struct term_hit) =
			(struct term_hit){ .value = t->sorted[i].value, .start = f->map[start], .end = f->map[behind] };
	return behind;
}

void terms_find(const struct terms *terms, const struct folded *f, struct buf *hits)
{
	struct str folded = f->words;
	size_t at = terms ? skip(terms, folded, 0) : folded.n;
	while (at < folded.n) {
		uint32_t term = longest_at(terms, folded, at);
		if (term == NO_TERM)
			at += point_bytes(folded.p[at]);
		else
			at = add_hits(terms, term, f, at, hits);
		at = skip(terms, folded, at);
	}
}
