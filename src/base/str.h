/*
 * str: a slice of bytes, the form in which all text travels.
 *
 * A slice owns nothing: it points into an arena, a source file's bytes or a
 * literal, and lives as long as that does. It is UTF-8 unless a comment says
 * otherwise (src/source refuses everything else), and never ends in NUL.
 *
 *     struct str name = STR("岡座長");
 *     printf("%.*s", STR_ARG(name));
 *
 * An absent text is STR_NONE (p == NULL); an empty one has n == 0. Most
 * callers need not tell them apart and ask str_empty().
 */
#ifndef GIJI_BASE_STR_H
#define GIJI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *p;
	size_t n; /* bytes */
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal) { "" literal, sizeof(literal) - 1 } /* for static tables */
#define STR_NONE ((struct str){ NULL, 0 })
#define STR_ARG(s) ((int)(s).n), ((s).p ? (s).p : "") /* for "%.*s" */

struct str str_c(const char *c); /* a C string; NULL gives STR_NONE */
struct str str_n(const char *p, size_t n);

static inline bool str_empty(struct str s) { return s.n == 0; }
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b); /* by bytes, which for UTF-8 is by code point */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* All but the first (last) n bytes; n beyond the end gives an empty slice. */
struct str str_from(struct str s, size_t n);
struct str str_but(struct str s, size_t n);

/* Byte offset of the first needle at or after `from`, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_byte(struct str s, char c, size_t from);

/* Cuts *rest at the first separator: returns what stood before it and leaves
 * what follows in *rest. Without a separator all of it is returned and *rest
 * is STR_NONE, so `while (rest.p)` visits every part. */
struct str str_cut(struct str *rest, struct str separator);

/* Whether s is one of the words of a list: "amp|lt|gt". */
bool str_is_one_of(struct str s, const char *words);
bool str_is_ascii_one_of(struct str s, const char *words); /* with letters A to Z as a to z */

/* Without ASCII white space, U+3000 and U+00A0 at either end. */
struct str str_trim(struct str s);
struct str str_trim_start(struct str s);
struct str str_trim_end(struct str s);

/* Decodes the code point at byte `at` and sets *length to its bytes. Not
 * UTF-8: U+FFFD and a length of 1. At the end: 0 and a length of 0. */
uint32_t str_point(struct str s, size_t at, size_t *length);

/* The same of the one that ends at byte `at`; at the beginning: 0 and a length of 0. */
uint32_t str_point_before(struct str s, size_t at, size_t *length);

/* The ASCII character of which this is the full-width form. */
static inline uint32_t point_narrow(uint32_t point)
{
	return point >= 0xff01 && point <= 0xff5e ? point - 0xfee0 : point;
}

/* Whether it is one of the characters of a set. */
bool point_is_one_of(uint32_t point, struct str set);

/* Whether an XML document may hold it (XML 1.0, production 2). */
bool str_is_xml(uint32_t point);

/* Encodes a code point into out; returns the number of bytes (1 to 4). */
size_t str_encode(uint32_t point, char out[4]);

/* Number of code points; the first so many of them, all when they are fewer. */
size_t str_points(struct str s);
struct str str_first(struct str s, size_t points);

/* Decimal ASCII digits only, the whole of s. False if empty, anything else,
 * or above `max`. */
bool str_number(struct str s, long max, long *out);

/* The same for 1 to 16 hexadecimal digits, in either case. */
bool str_hex(struct str s, uint64_t *out);

/* How many single edits (a code point put in, taken out, replaced, or two
 * neighbours swapped) turn a into b; stops counting above `limit`, then
 * returns limit + 1. Slices over 64 code points are `limit + 1` apart. */
size_t str_distance(struct str a, struct str b, size_t limit);

/* True if a is near enough to b to ask "did you mean": at most one edit per
 * three code points of the longer, one in shorter words, never all of it. */
bool str_near(struct str a, struct str b);

/* Of candidates given one after the other, in whatever order, *near (STR_NONE before the first) becomes the one that is
 * nearest to word; of two as near the first by bytes. */
void str_nearer(struct str word, struct str candidate, struct str *near);

#endif
