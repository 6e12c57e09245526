/* number: numbers in a language's own digits and grouping. */
#ifndef GIJI_TEXT_NUMBER_H
#define GIJI_TEXT_NUMBER_H

#include "base/buf.h"

/* At most three decimals, the last rounded. As English does when ICU does not know the language. */
void number_put(struct buf *out, double number, struct str language);

/* The same in ASCII without grouping, as years and numbers of rooms are written. */
void number_put_plain(struct buf *out, double number);

#endif
