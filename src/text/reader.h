/* reader: takes words and numbers off the front of folded text, white space between them ignored. */
#ifndef GIJI_TEXT_READER_H
#define GIJI_TEXT_READER_H

#include "base/str.h"

struct reader {
	struct str s; /* folded */
	size_t at;
};

void reader_skip(struct reader *r);   /* white space */
bool reader_at_end(struct reader *r); /* nothing but white space is left */

bool reader_take(struct reader *r, struct str word);

/* Takes the first of the words that fits, and returns its number from 1; 0 when none does. */
int reader_take_any(struct reader *r, const struct str *words, size_t count);

/* Takes all ASCII digits that follow; false, taking none, when there are none or more than `most`. */
bool reader_number(struct reader *r, size_t most, int *value, size_t *digits);

/* A hyphen or dash of any kind, among them ー, which a Japanese keyboard gives for one. */
bool reader_dash(struct reader *r);

#endif
