/* era: Japanese eras (元号) since 明治. */
#ifndef GIJI_TEXT_ERA_H
#define GIJI_TEXT_ERA_H

#include "text/calendar.h"

struct era {
	struct str name;
	struct str letter; /* folded: "h" in H25.12.13 */
	struct date first, last;
};

enum { ERA_COUNT = 5 };
extern const struct era eras[ERA_COUNT]; /* oldest first */

/* The era of a day, from the day on which Japan took up the Gregorian calendar (明治6年1月1日). NULL before it. */
const struct era *era_of(struct date d);

/* False when the era did not reach that day; the day a new era began belongs to both. */
bool era_reaches(const struct era *era, struct date d);

#endif
