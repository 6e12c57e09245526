/*
 * compare: what changed between two versions of one record.
 *
 *     struct comparison c = meeting_compare(before, after, arena);
 *     for (size_t i = 0; i < c.count; i++) …
 *
 * White space and markup alone are no change. What was withheld from both is not compared: nothing of it was read.
 */
#ifndef GIJI_MINUTES_COMPARE_H
#define GIJI_MINUTES_COMPARE_H

#include "minutes/parts.h"
#include "source/ledger.h"

struct change {
	enum part_kind kind;
	struct str old_anchor, anchor; /* "" in the version that does not have it: it was added, or removed */
	struct str label;              /* of the speech that it is or stands in, or "" */
	uint32_t line;                 /* in the later version; of what was removed, in the earlier */
	struct str was, is;            /* their words */
	struct str said_by, now_by;    /* both where the same words were put into another's mouth, else "" */
	bool moved; /* it stands in another place among what stayed; not by itself when its speech did */
	bool reworded;
};

/* A key of the front matter; a list or map on one line. */
struct fact_change {
	struct str key;
	struct str was, is; /* "" where it is not given */
};

struct comparison {
	struct change *changes; /* as they stand in the later version, what was removed where it stood */
	size_t count;
};

struct comparison meeting_compare(const struct meeting *before, const struct meeting *after, struct arena *a);

/* The same of a record and the ledger of its addresses, by which it is named already: what changed since it was
 * stamped. Of provisional words the ledger knows only whether they changed. */
struct comparison ledger_compare(const struct meeting *m, const struct ledger *l, struct arena *a);

/* The same of two front matters, which may be NULL. A date that is written in another way is the same. */
struct fact_change *front_compare(
	const struct yaml_node *before, const struct yaml_node *after, struct arena *a, size_t *count);

/* The same of words that have no address: notes, closed parts' reasons, footnotes; by their order. */
struct fact_change *rest_compare(
	const struct meeting *before, const struct meeting *after, struct arena *a, size_t *count);

#endif
