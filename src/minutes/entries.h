/*
 * entries: what a record's corrections and tombstones have to say of an address.
 *
 *     struct entries e;
 *     entries_open(&e, m);
 *     if (entries_at(&e, STR("s4-5"))->count > 0) …
 *     entries_release(&e);
 *
 * The meeting must outlive it, and its corrections and tombstones must stay as they are.
 */
#ifndef GIJI_MINUTES_ENTRIES_H
#define GIJI_MINUTES_ENTRIES_H

#include "base/map.h"
#include "minutes/parts.h"
#include "source/names.h"

/* Entries are indexes into front.corrections, or NONE. */
struct told {
	uint32_t count;           /* entries that name it */
	uint32_t latest;          /* of these */
	uint32_t withdrawn;       /* the latest of these that withdraws words */
	uint32_t tombstone;       /* its own, index into tombstones, or NONE */
	bool forgotten;           /* of which nobody keeps the words */
	struct told_within {      /* the same of what it holds, and itself */
		uint32_t latest, withdrawn;
		bool forgotten;
	} within;
};

struct entries {
	const struct correction *all;
	struct map anchors; /* → index into list */
	struct buf list;    /* of struct told */
};

void entries_open(struct entries *e, const struct meeting *m);
void entries_release(struct entries *e);

const struct told *entries_at(const struct entries *e, struct str anchor); /* never NULL */

/* The latest entry that names an anchor, or else what holds it, or else what it holds: a speech that was emptied is
 * explained by what was taken out of it. NONE without. */
uint32_t entries_about(const struct entries *e, struct str anchor);

/* Words that stood there were withdrawn, or are somebody's personal data: once they are gone, nobody keeps them. */
bool entries_withdraw(const struct entries *e, struct str anchor);

#endif
