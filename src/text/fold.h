/*
 * fold: text as it is compared, never as it is printed.
 *
 * Folding is Unicode's NFKC_Casefold (UAX #31, #44): width, case and
 * compatibility forms vanish (ＩＤ = ID = id, ① = 1, ｶﾞ = ガ), default
 * ignorables go. White space is kept; label folding drops it.
 *
 * text_init() must have run once before any thread folds; afterwards all
 * functions here are safe from any thread.
 */
#ifndef GIJI_TEXT_FOLD_H
#define GIJI_TEXT_FOLD_H

#include "base/arena.h"

/* Loads ICU and the folding table (every code point of the BMP that folds by
 * itself), so that folding running text is one table look-up a character. */
void text_init(void);

struct str fold(struct arena *a, struct str s);

/* fold(), without any white space, and any apostrophe as ': how labels, headings and titles match. */
struct str fold_label(struct arena *a, struct str s);

/* A text and what it folds to, for finding terms in running text and marking them in the original. */
struct folded {
	struct str text, words;
	uint32_t *map; /* of each byte of words, and of their end, where in the text the character begins that it came from */
};
struct folded fold_mapped(struct arena *a, struct str s);

/* NFC, for names of files and addresses. */
struct str fold_nfc(struct arena *a, struct str s);

#endif
