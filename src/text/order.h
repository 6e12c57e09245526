/*
 * order: how a language sorts, and the headings of an index (ICU collation,
 * CLDR index characters).
 */
#ifndef GIJI_TEXT_ORDER_H
#define GIJI_TEXT_ORDER_H

#include "base/arena.h"

struct order; /* one a thread */

/* For a BCP 47 language. NULL when ICU has no rules for it and would fall back
 * to its root order without saying so. */
struct order *order_open(struct str language);
void order_close(struct order *o);

/* A key in the arena; keys compare with str_cmp. Digits sort by value (第2回 before 第10回). */
struct str order_key(struct order *o, struct arena *a, struct str s);

/* The index heading under which s stands: for ja あ か さ た な は ま や ら わ
 * (by kana; kanji and others without a reading under 他), else A to Z or the language's
 * own letters, `#` for what has none. A static or arena slice. */
struct str order_heading(struct order *o, struct arena *a, struct str s);

/* Where a heading stands in the index: for ja あ to わ, A to Z, 他. Sort by rank, then by key: kanji
 * and signs, which share 他, sort at opposite ends. */
size_t order_heading_rank(const struct order *o, struct str heading);

#endif
