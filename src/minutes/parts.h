/*
 * parts: what of a record has an address, in the order of the record.
 *
 *     struct parts parts = meeting_parts(m, scratch);
 *     for (size_t i = 0; i < parts.count; i++)
 *             printf("%.*s", STR_ARG(part_anchor(m, &parts.items[i])));
 *
 * What the ledger, the comparison of two versions and the manifest must agree on. Tombstones are no parts.
 */
#ifndef GIJI_MINUTES_PARTS_H
#define GIJI_MINUTES_PARTS_H

#include "minutes/model.h"

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
	uint32_t index;        /* in the meeting's items, speeches, statements or callouts */
	uint32_t item, speech; /* the parts in which it stands, or NONE */
	uint32_t flow;         /* its own entry; of an item, where its flow begins */
	uint32_t line;
};

struct parts {
	struct part *items;
	size_t count;
};

/* None of a record that is withheld. */
struct parts meeting_parts(const struct meeting *m, struct arena *a);

struct str part_anchor(const struct meeting *m, const struct part *p);
void part_rename(struct meeting *m, const struct part *p, struct str anchor);

/* The words that are frozen under its address, on one line: an item's title, a speech's label as printed, plain words
 * without markup else. */
struct str part_words(const struct meeting *m, const struct part *p, struct arena *a);

/* White space alone is no change of words. */
bool words_same(struct str a, struct str b);
/* Whether one holds the other; neither white space, width nor case counts. */
bool words_hold(struct str whole, struct str part);
/* A fingerprint of words without their white space, from which nobody can tell them. */
uint64_t words_print(struct str words);

#endif
