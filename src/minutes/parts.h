/*
 * parts: what of a record has an address, in the order of the record.
 *
 *     struct parts parts = meeting_parts(m, scratch);
 *     for (size_t i = 0; i < parts.count; i++)
 *             printf("%.*s", STR_ARG(*parts.items[i].anchor));
 *
 * What the ledger, the comparison of two versions and the manifest must agree on. Tombstones are no parts.
 */
#ifndef GIJI_MINUTES_PARTS_H
#define GIJI_MINUTES_PARTS_H

#include "minutes/model.h"
#include "source/ledger.h"

enum part_kind {
	PART_ITEM = 'i',
	PART_SPEECH = 's',
	PART_TEXT = 't', /* a statement: said, narrative or note */
	PART_DECISION = 'd',
	PART_VOTE = 'v',
	PART_ACTION = 'a'
};

struct part {
	enum part_kind kind;
	bool said;             /* a statement of its speech, not a note within it */
	uint32_t index;        /* in the meeting's items, speeches, statements or callouts; in a ledger's lines */
	uint32_t item, speech; /* the parts in which it stands, or NONE */
	uint32_t flow;         /* its own entry; of an item, where its flow begins */
	uint32_t line;
	struct str *anchor;    /* in the meeting, where it may be renamed, or in the ledger */
	struct str words;      /* STR_NONE while they are not asked for, and where only their print is known */
	uint64_t print;        /* of those words */
};

struct parts {
	struct part *items;
	size_t count;
};

/* None of a record that is withheld. */
struct parts meeting_parts(const struct meeting *m, struct arena *a);
/* The same, and their words. */
struct parts meeting_parts_words(const struct meeting *m, struct arena *a);

/* What a ledger has that stands, with the words that were confirmed. A note or callout is told to be in no speech. */
struct parts ledger_parts(const struct ledger *l, struct arena *a);

/* The words that are frozen under its address, on one line: an item's title, a speech's label as printed, plain words
 * without markup else. */
struct str part_words(const struct meeting *m, const struct part *p, struct arena *a);

/* White space alone is no change of words. */
bool words_same(struct str a, struct str b);
/* Whether one holds the other; neither white space, width nor case counts. */
bool words_hold(struct str whole, struct str part);
/* A fingerprint of words without their white space, from which nobody can tell them. */
uint64_t words_print(struct str words);
/* That of a part's words. */
uint64_t part_print(const struct part *p);

/* s5-1 is a text, s5 a speech. */
enum part_kind anchor_kind(struct str anchor);
/* s5-1 → s5; false at the top. */
bool anchor_holder(struct str *anchor);
/* It is, or stands in, what `holder` names. */
bool anchor_within(struct str anchor, struct str holder);

#endif
