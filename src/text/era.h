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

#endif
