/*
 * terms: finds the words of a vocabulary in running text, in one pass: the terms of
 * topics.yml, the labels of documents and attendees.
 *
 * Leftmost, longest, never overlapping. Text is folded, and its dashes are alike. Terms whose ends are
 * Latin letters match whole words; terms that end in a digit do not match before another digit.
 */
#ifndef GIJI_MINUTES_TERMS_H
#define GIJI_MINUTES_TERMS_H

#include "base/buf.h"
#include "text/fold.h"

struct terms;

struct term {
	struct str words; /* unfolded; over TERM_MOST bytes it is never found */
	uint32_t value;   /* the caller's: a topic, a document */
};

enum { TERM_MOST = 300 }; /* folded; the time a text takes grows with it */

struct term_hit {
	uint32_t value;
	uint32_t start, end; /* bytes in the text as given, not folded */
};

/* const after this and safe from any thread. NULL when there is no term. */
struct terms *terms_open(const struct term *list, size_t count, struct arena *a);

/* Text as terms are looked for in it: folded, each dash `-`, each apostrophe '. */
struct folded terms_fold(struct arena *a, struct str s);

/* Appends the hits in such a text, in order, to `hits` (of struct term_hit). Where one term has several values
 * each gives a hit with the same place. `terms` may be NULL: no hits. */
void terms_find(const struct terms *terms, const struct folded *text, struct buf *hits);

/* - － ‐ – −: what minutes type for a hyphen. */
bool point_is_dash(uint32_t point);

#endif
