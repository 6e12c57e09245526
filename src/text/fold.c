#include "text/fold.h"

#include "base/buf.h"
#include "text/words.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
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
static uint16_t fold_table[0x10000];
static const UNormalizer2 *casefold, *nfc;

/*
 * A segment is what ICU sees at once: a character and all that may join it.
 * Longer ones are cut, as Unicode's stream-safe format does (UAX #15): ICU
 * sorts marks by insertion, which takes hours for a megabyte of them.
 */
enum {
	SEGMENT_MOST = 512,  /* bytes of UTF-8, a unit of UTF-16 each at most */
	EXPANSION_MOST = 18, /* U+FDFA, the longest mapping of NFKC */
	UNIT_BYTES = 3,      /* of UTF-8 a unit of UTF-16 at most */
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
		fold_table[c] = table_entry(c);
}

/* True when it may join what stands before it. */
static inline bool joins(const UNormalizer2 *form, bool folds, uint32_t point)
{
	if (folds && point < 0x10000)
		return fold_table[point] == FOLD_JOINS;
	return point >= 0x80 && !unorm2_hasBoundaryBefore(form, (UChar32)point);
}

/* Appends a segment in the given form. */
static void put_segment(struct buf *out, const UNormalizer2 *form, struct str segment)
{
	UChar from[SEGMENT_MOST], to[SEGMENT_MOST * EXPANSION_MOST];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n, bytes;
	u_strFromUTF8WithSub(from, SEGMENT_MOST, &n, segment.p, (int32_t)segment.n, 0xfffd, NULL, &status);
	int32_t count = unorm2_normalize(form, from, n, to, SEGMENT_MOST * EXPANSION_MOST, &status);
	buf_reserve(out, (size_t)count * UNIT_BYTES);
	u_strToUTF8(out->p + out->n, count * UNIT_BYTES, &bytes, to, count, &status);
	require(status);
	out->n += (size_t)bytes;
}

/* str_point, quicker for ASCII and for the three bytes of kana and Chinese characters. */
static inline uint32_t point_at(struct str s, size_t at, size_t *length)
{
	*length = 0;
	if (at >= s.n)
		return 0;
	const unsigned char *p = (const unsigned char *)s.p + at;
	if (p[0] < 0x80) {
		*length = 1;
		return p[0];
	}
	bool three = s.n - at >= 3 && p[0] > 0xe0 && p[0] < 0xed && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80;
	if (!three)
		return str_point(s, at, length);
	*length = 3;
	return (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
}

static inline void reserve(struct buf *b, size_t more)
{
	if (b->size - b->n < more)
		buf_reserve(b, more);
}

/* At most UNIT_BYTES, for which there is room. */
static inline void put_few(struct buf *out, const char *p, size_t n)
{
	char *to = out->p + out->n;
	for (size_t i = 0; i < n; i++)
		to[i] = p[i];
	out->n += n;
}

/* Notes for all bytes of the result up to `end` that are not yet in the map where they came from. */
static inline void map_to(struct buf *map, size_t end, size_t from)
{
	size_t n = VEC_COUNT(map, uint32_t);
	reserve(map, (end - n) * sizeof(uint32_t));
	while (n < end)
		VEC_AT(map, uint32_t)[n++] = (uint32_t)from;
	map->n = n * sizeof(uint32_t);
}

/* Appends s in a form and, where `map` is given, for each byte of it the place in s of the segment it came from. */
static void put_form(struct buf *out, struct buf *map, const UNormalizer2 *form, struct str s)
{
	size_t length, next_length;
	uint32_t point = point_at(s, 0, &length), next;
	bool folds = form == casefold;
	assert(form);
	for (size_t at = 0; at < s.n; at += length, point = next, length = next_length) {
		size_t first = length;
		while (next = point_at(s, at + length, &next_length),
			next_length > 0 && joins(form, folds, next) && length + next_length <= SEGMENT_MOST)
			length += next_length;
		bool table = folds && point < 0x10000 && fold_table[point] < FOLD_JOINS;
		reserve(out, UNIT_BYTES);
		if (length > first || !(table || point < 0x80))
			put_segment(out, form, str_n(s.p + at, length));
		else if (table &&
			(fold_table[point] != point || point == 0xfffd)) /* also for a byte that is no UTF-8 */
			out->n += str_encode(fold_table[point], out->p + out->n);
		else
			put_few(out, s.p + at, length);
		if (map)
			map_to(map, out->n, at);
	}
}

static struct str settle(struct arena *a, struct buf *b)
{
	return b->p ? buf_keep(b, a) : STR("");
}

struct str fold(struct arena *a, struct str s)
{
	struct buf out = { 0 };
	put_form(&out, NULL, casefold, s);
	return settle(a, &out);
}

struct folded fold_mapped(struct arena *a, struct str s)
{
	struct folded f = { .text = s };
	struct buf out = { 0 }, offsets = { 0 };
	put_form(&out, &offsets, casefold, s);
	*VEC_ADD(&offsets, uint32_t) = (uint32_t)s.n;
	f.map = buf_settle(&offsets, a);
	f.words = settle(a, &out);
	return f;
}

struct str fold_label(struct arena *a, struct str s)
{
	struct buf out = { 0 };
	size_t kept = 0, length;
	put_form(&out, NULL, casefold, s);
	for (size_t at = 0; at < out.n; at += length) {
		uint32_t point = str_point(buf_str(&out), at, &length);
		if (point_is_space(point))
			continue;
		bool apostrophe = point_is_apostrophe(point);
		memmove(out.p + kept, apostrophe ? "'" : out.p + at, apostrophe ? 1 : length);
		kept += apostrophe ? 1 : length;
	}
	out.n = kept;
	return settle(a, &out);
}

struct str fold_nfc(struct arena *a, struct str s)
{
	struct buf out = { 0 };
	put_form(&out, NULL, nfc, s);
	return settle(a, &out);
}
