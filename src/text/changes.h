/*
 * changes: what became of one text in another, in runs that a reader can follow.
 *
 *     size_t count;
 *     struct run *runs = text_changes(a, STR("大いに期待する"), STR("大いに歓迎する"), &count);
 *     // 大いに / -期待 / +歓迎 / する
 *
 * Chinese characters, kana and signs are compared one by one, words of other scripts and numbers as wholes, white
 * space of any length as one. All kept and removed runs are `before`, all kept and added ones `after` (but for white
 * space). Of texts that differ over thousands of characters, what is between their common ends is one change.
 */
#ifndef GIJI_TEXT_CHANGES_H
#define GIJI_TEXT_CHANGES_H

#include "base/arena.h"

enum run_kind { RUN_KEPT, RUN_REMOVED, RUN_ADDED };

struct run {
	enum run_kind kind;
	struct str words; /* of `before`, or of `after` when added */
};

struct run *text_changes(struct arena *a, struct str before, struct str after, size_t *count);

/* Narrows two texts to the one stretch in which they differ, for an entry of `corrections`: whole words, and where some
 * were only put in or taken out, what stands beside them. */
void text_narrow(struct arena *a, struct str *before, struct str *after);

/* Of long words no more than `most` characters, with `part` (a slice of them) and what stands beside it. */
struct str text_around(struct arena *a, struct str words, struct str part, size_t most);

#endif
