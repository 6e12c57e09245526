#include "text/fold.h"

#include "base/buf.h"
#include "text/icu.h"
#include "text/words.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

/*
 * What a code point of the BMP folds to, where that is one code point of the
 * BMP and neither depends on the neighbours. The two marks are noncharacters,
 * which fold to themselves the slow way.
 */
enum {
	FOLD_ALONE = 0xffff, /* goes through ICU, but what stands before it does not matter */
	FOLD_JOINS = 0xfffe, /* may compose with, or reorder behind, what stands before it */
};
static uint16_t folded[0x10000];
static const UNormalizer2 *casefold, *nfc;

/*
 * A segment is what ICU sees at once: a character and all that may join it.
 * Longer ones are cut, as Unicode's stream-safe format does (UAX #15): ICU
 * sorts marks by insertion, which takes hours for a megabyte of them.
 */
enum {
	SEGMENT_MOST = 512,  /* bytes of UTF-8, a unit of UTF-16 each at most */
	EXPANSION_MOST = 18, /* U+FDFA, the longest mapping of NFKC */
	PLAIN_EXPANSION = 3, /* a byte that is no UTF-8 becomes U+FFFD; characters of the table grow less */
};

static void require(UErrorCode status)
{
	if (U_SUCCESS(status))
		return;
	fprintf(stderr, "giji: ICU: %s\n", u_errorName(status));
	abort();
}

/* Hangul syllables decompose and compose again: asking ICU for each would take most of the time. */
static bool is_syllable(UChar32 c)
{
	return c >= 0xac00 && c <= 0xd7a3;
}

static uint16_t table_entry(UChar32 c)
{
	UChar from = (UChar)c, to[EXPANSION_MOST * 4];
	UErrorCode status = U_ZERO_ERROR;
	if (U16_IS_SURROGATE(from))
		return FOLD_ALONE;
	if (!unorm2_hasBoundaryBefore(casefold, c))
		return FOLD_JOINS;
	int32_t n = is_syllable(c) ? -1 : unorm2_getDecomposition(casefold, c, to, EXPANSION_MOST * 4, &status);
	if (n < 0)
		return from;
	if (n > 1)
		n = unorm2_normalize(casefold, &from, 1, to, EXPANSION_MOST * 4, &status);
	require(status);
	return n == 1 ? to[0] : FOLD_ALONE;
}

void text_init(void)
{
	if (casefold)
		return;
	UErrorCode status = U_ZERO_ERROR;
	nfc = unorm2_getNFCInstance(&status);
	casefold = unorm2_getNFKCCasefoldInstance(&status);
	require(status);
	for (UChar32 c = 0; c < 0x10000; c++)
		folded[c] = table_entry(c);
}

static bool joins(const UNormalizer2 *form, uint32_t point)
{
	if (form == casefold && point < 0x10000)
		return folded[point] == FOLD_JOINS;
	return !unorm2_hasBoundaryBefore(form, (UChar32)point);
}

/* The bytes from `at`, where a segment begins, to its end. */
static size_t segment_length(const UNormalizer2 *form, struct str s, size_t at)
{
	size_t n, length;
	str_point(s, at, &n);
	for (;;) {
		uint32_t point = str_point(s, at + n, &length);
		if (length == 0 || n + length > SEGMENT_MOST || !joins(form, point))
			return n;
		n += length;
	}
}

/* Appends a segment in the given form. */
static void put_segment(struct buf *out, const UNormalizer2 *form, struct str segment)
{
	UChar from[SEGMENT_MOST], to[SEGMENT_MOST * EXPANSION_MOST];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0;
	size_t length;
	for (size_t at = 0; at < segment.n; at += length) {
		UChar32 c = (UChar32)str_point(segment, at, &length);
		U16_APPEND_UNSAFE(from, n, c);
	}
	int32_t count = unorm2_normalize(form, from, n, to, SEGMENT_MOST * EXPANSION_MOST, &status);
	require(status);
	buf_reserve(out, (size_t)count * 3);
	for (int32_t i = 0; i < count;)
		out->n += str_encode(icu_next(to, &i, count), out->p + out->n);
}

/* Decodes what the table may know: one to three bytes. Else 0x10000. */
static inline uint32_t table_point(struct str s, size_t at, size_t *length)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	size_t rest = s.n - at;
	if (p[0] < 0x80) {
		*length = 1;
		return p[0];
	}
	if (p[0] >= 0xe0 && p[0] < 0xf0 && rest >= 3 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
		uint32_t point = (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
		*length = 3;
		return point >= 0x800 ? point : 0x10000;
	}
	if (p[0] >= 0xc2 && p[0] < 0xe0 && rest >= 2 && (p[1] & 0xc0) == 0x80) {
		*length = 2;
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	}
	return 0x10000;
}

static inline size_t encode(uint32_t point, char *out)
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xc0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3f));
		return 2;
	}
	out[0] = (char)(0xe0 | point >> 12);
	out[1] = (char)(0x80 | (point >> 6 & 0x3f));
	out[2] = (char)(0x80 | (point & 0x3f));
	return 3;
}

/* Where in the source and in the result a character began. */
struct place {
	size_t from, to;
};

/* Writes into the map that all result bytes since p.to come from p.from. */
static inline void map_since(struct buf *map, struct place p, size_t end)
{
	for (size_t i = p.to; i < end; i++)
		VEC_AT(map, uint32_t)[i] = (uint32_t)p.from;
}

static void reserve(struct buf *out, struct buf *map, size_t rest)
{
	buf_reserve(out, rest * PLAIN_EXPANSION + 1);
	if (map)
		buf_reserve(map, (out->n + rest * PLAIN_EXPANSION + 1) * sizeof(uint32_t) - map->n);
}

/* Folds characters by table from p on, up to the first that needs ICU or the end. Returns
 * where it stopped; *p is the last character that was folded. */
static inline __attribute__((always_inline)) struct place fold_plain(
	struct buf *out, struct buf *map, struct str s, struct place *p)
{
	struct place at = *p;
	size_t length;
	while (at.from < s.n) {
		uint32_t point = table_point(s, at.from, &length);
		if (point > 0xffff || folded[point] >= FOLD_JOINS)
			break;
		*p = at;
		at.to += encode(folded[point], out->p + at.to);
		if (map)
			map_since(map, *p, at.to);
		at.from += length;
	}
	return at;
}

/* The ICU road, for the character at `at` and what joins it, back to `before` where it joins that. */
static struct place fold_slow(struct buf *out, struct buf *map, struct str s, struct place before, struct place at)
{
	size_t length;
	struct place start = joins(casefold, str_point(s, at.from, &length)) ? before : at;
	size_t n = segment_length(casefold, s, start.from);
	out->n = start.to;
	put_segment(out, casefold, str_n(s.p + start.from, n));
	reserve(out, map, s.n - start.from - n);
	if (map)
		map_since(map, start, out->n);
	return (struct place){ start.from + n, out->n };
}

static inline __attribute__((always_inline)) void fold_into(struct buf *out, struct buf *map, struct str s)
{
	assert(casefold);
	struct place at = { 0, 0 };
	reserve(out, map, s.n);
	while (at.from < s.n) {
		struct place before = at;
		at = fold_plain(out, map, s, &before);
		if (at.from < s.n)
			at = fold_slow(out, map, s, before, at);
	}
	out->n = at.to;
}

static struct str settle(struct arena *a, struct buf *b)
{
	struct str s = b->n ? arena_str(a, buf_str(b)) : STR("");
	buf_release(b);
	return s;
}

struct str fold(struct arena *a, struct str s)
{
	struct buf out = { 0 };
	fold_into(&out, NULL, s);
	return settle(a, &out);
}

struct str fold_mapped(struct arena *a, struct str s, uint32_t **map)
{
	struct buf out = { 0 }, offsets = { 0 };
	fold_into(&out, &offsets, s);
	VEC_AT(&offsets, uint32_t)[out.n] = (uint32_t)s.n;
	*map = ARENA_ARRAY(a, uint32_t, out.n + 1);
	memcpy(*map, offsets.p, (out.n + 1) * sizeof **map);
	buf_release(&offsets);
	return settle(a, &out);
}

struct str fold_label(struct arena *a, struct str s)
{
	struct buf out = { 0 };
	size_t kept = 0, length;
	fold_into(&out, NULL, s);
	for (size_t at = 0; at < out.n; at += length) {
		if (point_is_space(str_point(buf_str(&out), at, &length)))
			continue;
		memmove(out.p + kept, out.p + at, length);
		kept += length;
	}
	out.n = kept;
	return settle(a, &out);
}

struct str fold_nfc(struct arena *a, struct str s)
{
	struct buf out = { 0 };
	size_t n;
	assert(nfc);
	for (size_t at = 0; at < s.n; at += n) {
		n = segment_length(nfc, s, at);
		if (n == 1 && (unsigned char)s.p[at] < 0x80)
			buf_byte(&out, s.p[at]);
		else
			put_segment(&out, nfc, str_n(s.p + at, n));
	}
	return settle(a, &out);
}
