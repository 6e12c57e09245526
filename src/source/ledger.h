/*
 * ledger: the published addresses of a record, in a file beside it: content/ict/5.ledger for 5.md.
 *
 *     # giji ledger 1
 *     i1 ⇥ 2014-01-10 ⇥ confirmed ⇥ 冒頭挨拶
 *     s1 ⇥ 2014-01-10 ⇥ confirmed ⇥ 岡座長
 *     s1-1 ⇥ 2014-02-01 ⇥ confirmed+1 ⇥ 大いに歓迎したい。
 *     s1-2 ⇥ 2014-02-01 ⇥ forgotten
 *
 * One line an anchor, in the order of the record, what was removed where it stood: anchor, day on which the line was
 * stamped, state, words on one line, with a tab between two. A line changes only when something happened to its own
 * anchor, so the file reads well in a diff, and git merges what was stamped in different places.
 */
#ifndef GIJI_SOURCE_LEDGER_H
#define GIJI_SOURCE_LEDGER_H

#include "source/content.h"

enum ledger_state {
	LEDGER_PROVISIONAL, /* the address alone is frozen; in place of words stands a fingerprint, to find it again */
	LEDGER_CONFIRMED,   /* the words are, too */
	LEDGER_REMOVED,     /* a tombstone; its words may still be there */
	LEDGER_FORGOTTEN    /* a tombstone without words */
};

struct ledger_line {
	struct str anchor;
	struct date date; /* of a tombstone: since when */
	enum ledger_state state;
	uint32_t corrections; /* entries that named a confirmed anchor when it was stamped: newer ones may explain a change */
	uint64_t print;       /* of provisional words */
	struct str words;
	uint32_t line;
};

struct ledger {
	struct ledger_line *lines;
	size_t count;
	struct str path;
	bool found; /* there is such a file */
	bool sound; /* and each of its lines could be read: a damaged ledger is an error, and moves no address */
};

/* What it names stands in the record; else it is a tombstone. */
static inline bool ledger_line_is_live(const struct ledger_line *line)
{
	return line->state == LEDGER_PROVISIONAL || line->state == LEDGER_CONFIRMED;
}

/* Where the ledger of a record lies. */
struct str ledger_path(struct str record, struct arena *a);

/* Reads a ledger; one that is not there is not found and has no lines. False after findings ledger-broken. */
bool ledger_read(struct fs *site, struct str path, struct arena *a, struct ledger *l, struct diags *ds);

void ledger_write(const struct ledger *l, struct buf *out);

#endif
