/*
 * align: which part of one version of a record is which of another.
 *
 *     uint32_t *from = ARENA_ARRAY(a, uint32_t, after.count);
 *     align(before, after, from);
 *     if (from[i] != NONE) … after.items[i] is what before.items[from[i]] was
 *
 * Pure: no record, no file. The same words of the same speaker come first, wherever they stand now, if they stand
 * there but once; then, between neighbours that are known, the same words in order and after them similar ones; a
 * speech is the one that holds its statements, an item the one with its title, or else with what stands in it. What
 * has no counterpart, or only one that is not similar enough, has none. Of equal remarks (はい。, 異議なし。) the order
 * tells which is which. Time is about linear in the number of parts.
 */
#ifndef GIJI_MINUTES_ALIGN_H
#define GIJI_MINUTES_ALIGN_H

#include "minutes/parts.h"

/* Fills from[], one per part of `after`. Parts must come after the item and speech they stand in. */
void align(struct parts before, struct parts after, uint32_t *from);

/* Marks a longest run of rising positions, which need not be contiguous: what kept its order. NONE is left out. */
void align_rising(const uint32_t *positions, size_t count, bool *marked, struct arena *a);

#endif
