/* words: classes of characters, width on a terminal, excerpts. */
#ifndef GIJI_TEXT_WORDS_H
#define GIJI_TEXT_WORDS_H

#include "base/arena.h"

bool point_is_letter(uint32_t point);        /* general category L* or M*, any script */
bool point_is_digit(uint32_t point);         /* Nd, full-width ones included */
bool point_is_space(uint32_t point);         /* White_Space, U+3000 included */
bool point_is_han(uint32_t point);           /* Script=Han, 々 and 〇 included */
bool point_is_kana(uint32_t point);          /* Hiragana, Katakana, ー */
bool point_is_latin(uint32_t point);         /* a letter of an alphabet written with spaces between words
                                                (Latin, Greek, Cyrillic, …; not Han, kana, Thai), full-width forms included */
bool point_is_upper(uint32_t point);
bool point_is_apostrophe(uint32_t point); /* ' or what is typed for it: ’ ‘ ʼ */

/* Characters between which a soft line break leaves no space: Han, kana,
 * CJK and full-width punctuation and forms (not Hangul, which has spaces). */
bool point_joins(uint32_t point);

/* Cells on a terminal: 0, 1 or 2 a character (UAX #11: W and F are 2, ambiguous 1). */
size_t text_cells(struct str s);

/* The first `most` characters, not cutting a combining sequence; *cut tells whether anything is missing. */
struct str text_excerpt(struct str s, size_t most, bool *cut);

/* Runs of the characters that are kept, with one `gap` for all that stood between two. */
struct str text_runs(struct arena *a, struct str s, bool (*is_kept)(uint32_t point), char gap);

/* White space runs as one space, none at the ends; for titles, descriptions. */
struct str text_squeeze(struct arena *a, struct str s);

#endif
