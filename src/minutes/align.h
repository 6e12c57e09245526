/*
 * align: which part of one version of a record is which of another.
 *
 *     uint32_t *from = ARENA_ARRAY(a, uint32_t, count);
 *     align((struct align_side){ before, before_count }, (struct align_side){ after, count }, from);
 *     if (from[i] != ALIGN_NONE) … after[i] is what before[from[i]] was
 *
 * Pure: no record, no file. The same words of the same speaker come first, wherever they stand now, if they stand
 * there but once; then, between neighbours that are known, the same words in order and after them similar ones; a
 * speech is the one that holds its statements, an item the one with its title, or else with what stands in it. What
 * has no counterpart, or only one that is not similar enough, has none. Of equal remarks (はい。, 異議なし。) the order
 * tells which is which. Time is about linear in the number of parts.
 */
#ifndef GIJI_MINUTES_ALIGN_H
#define GIJI_MINUTES_ALIGN_H

#include "base/arena.h"

#define ALIGN_NONE UINT32_MAX

struct align_part {
	char kind;             /* enum part_kind: 'i' item, 's' speech, else what stands in them */
	uint32_t item, speech; /* in which it stands, by number on this side, or ALIGN_NONE; the speech only of what is said */
	uint64_t print;        /* the same for the same words */
	struct str words;      /* STR_NONE when only their print is known: then its place alone tells, where the print fails */
};

struct align_side {
	const struct align_part *parts;
	size_t count;
};

/* Fills from[], one per part of `after`. Parts must come after the item and speech they stand in. */
void align(struct align_side before, struct align_side after, uint32_t *from);

/* Marks a longest run of rising positions, which need not be contiguous: what kept its order. ALIGN_NONE is left out. */
void align_rising(const uint32_t *positions, size_t count, bool *marked, struct arena *a);

#endif
