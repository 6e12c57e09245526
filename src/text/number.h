/* number: numbers in a language's own digits and grouping. */
#ifndef GIJI_TEXT_NUMBER_H
#define GIJI_TEXT_NUMBER_H

#include "base/buf.h"

/* How a language writes numbers; holds no foreign handle, so that any thread may use it. */
struct number_style {
	char group[8], minus[8], point[8]; /* UTF-8, ending in NUL */
	uint32_t zero;                     /* the digit 0; the others follow it */
	int last, others;                  /* digits in the last group and in those before it; last 0: none */
	int least;                         /* digits that must stand before the first sign of grouping */
};

/* Of a language; as English does when ICU does not know it. */
void number_style_load(struct number_style *style, struct str language);

/* At most three decimals, the last rounded. What is not finite, and above 10^15, is printed plainly. */
void number_put(const struct number_style *style, struct buf *out, double number);

/* The same in ASCII without grouping, as years and numbers of rooms are written. */
void number_put_plain(struct buf *out, double number);

#endif
