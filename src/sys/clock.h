/* clock: the two times the machine knows. Nothing but the choice of "now" and
 * --timings may ask; a page never depends on either. */
#ifndef GIJI_SYS_CLOCK_H
#define GIJI_SYS_CLOCK_H

#include <stdint.h>

int64_t clock_now(void);     /* seconds since 1970-01-01T00:00:00Z */
double clock_monotonic(void); /* seconds from an arbitrary start, for durations */

#endif
