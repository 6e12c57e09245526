/* taker: written dates and times, taken word by word from folded text; white space between words is passed over. */
#ifndef GIJI_TEXT_TAKER_H
#define GIJI_TEXT_TAKER_H

#include "base/str.h"

enum { WRITTEN_MOST = 160 }; /* bytes of source: longer text is no date and no time */

struct taker {
	struct str s;
	size_t at;
};

bool taker_at_end(struct taker *r);
bool taker_word(struct taker *r, struct str word);

/* Takes the first of the words that fits, and returns its number from 1; 0 when none does. */
int taker_any(struct taker *r, const struct str *words, size_t count);

/* Takes all digits that follow, 25 or 二十五 or 二〇一三, and returns how many; 0, taking none, when there are none or more
 * than `most`. */
size_t taker_number(struct taker *r, size_t most, int *value);
int taker_kanji(uint32_t point); /* 0 to 10 for 〇 to 十, else -1 */

/* A hyphen or dash of any kind, among them ー, which a Japanese keyboard gives for one. */
bool taker_dash(struct taker *r);

#endif
