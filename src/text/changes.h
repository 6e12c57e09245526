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

#endif
