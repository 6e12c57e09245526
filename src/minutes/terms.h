/*
 * terms: finds the words of a vocabulary in running text, all in one pass
 * (Aho–Corasick over folded bytes): the terms of topics.yml, the labels of documents
 * and attendees.
 *
 * Leftmost, longest, never overlapping. Terms whose ends are Latin letters match whole words; terms that end
 * in a digit do not match before another digit.
 */
#ifndef GIJI_MINUTES_TERMS_H
#define GIJI_MINUTES_TERMS_H

#include "base/buf.h"

struct terms;

struct term {
	struct str words; /* unfolded */
	uint32_t value;   /* the caller's: a topic, a document */
};

struct term_hit {
	uint32_t term;        /* index into the array given to terms_open */
	uint32_t value;
	uint32_t start, end;  /* bytes in the text as given, not folded */
};

/* const after this and safe from any thread. NULL when count is 0. */
struct terms *terms_open(const struct term *list, size_t count, struct arena *a);

/* Finds the hits in `text` in order; they are appended to `hits` (of struct term_hit). `scratch` is reset by the caller.
 * Where one term has several values each gives a hit with the same place. `terms` may be NULL: no hits. */
void terms_find(const struct terms *terms, struct str text, struct arena *scratch, struct buf *hits);

/* The same in a text that is folded already (fold_mapped), where several vocabularies look at one text. */
void terms_find_folded(const struct terms *terms, struct str folded, const uint32_t *map, struct arena *scratch,
                       struct buf *hits);

#endif
