/*
 * stamped: a record and the ledger of its addresses.
 *
 *     meeting_follow(m, &ledger, arena, diags);     what the ledger knows takes its name
 *     meeting_name(m, original, arena, diags);      the rest take new ones
 *     meeting_stamp(m, &ledger, &stamping);         what the ledger has to say now
 *
 * An anchor stays with its words: when text is put in before it, when it is corrected, when speeches change places.
 * What is new takes the highest number ever used plus one; what was taken out leaves a tombstone. Once words are
 * confirmed, each change of them needs an entry of `corrections` that is newer than the ledger and names the anchor or
 * what holds it (s5 holds s5-1).
 */
#ifndef GIJI_MINUTES_STAMPED_H
#define GIJI_MINUTES_STAMPED_H

#include "minutes/parts.h"
#include "source/ledger.h"

/* Anchors from the ledger; those of parts that it does not know become empty. Sets m->stamped and m->tombstones, and
 * reports what changed or went without a correction. Does nothing without a ledger, or when the record is closed. */
void meeting_follow(struct meeting *m, const struct ledger *l, struct arena *a, struct diags *ds);

/* Names what has no anchor yet. Of a translation (`original`, named already; else NULL), whose own names were kept, each
 * part is named as its counterpart, wherever both have as many; a finding tells where they do not. There, one that was
 * never stamped keeps its own numbers. Then checks that corrections fit the words they name, and reports what was added
 * to a confirmed record without one. */
void meeting_name(struct meeting *m, const struct meeting *original, struct arena *a, struct diags *ds);

/* A translation is named when its original is known, and anew whenever that has changed: this keeps what it is now. */
void meeting_keep_names(struct meeting *m, struct arena *a);

struct stamping {
	struct date today;
	struct str forget;    /* an anchor whose words, and those of what it holds, must not be kept; or "" */
	struct arena *arena;
	struct ledger next;   /* what the ledger has to say */
	size_t added, changed, removed, forgotten;
	bool differs;         /* it says anything else than before */
	bool due;             /* more than that provisional words changed */
};

/* The meeting is named by then. The next ledger's words may point into the old one's. */
void meeting_stamp(const struct meeting *m, const struct ledger *old, struct stamping *s);

#endif
