/*
 * ical: the meetings of the site or of a body as a calendar to subscribe to (iCalendar, RFC 5545): beside its page as
 * calendar.ics. Those announced and those held, the postponed as tentative, the cancelled as such; two records of one
 * meeting are one event. Times are in UTC.
 */
#ifndef GIJI_EXCHANGE_ICAL_H
#define GIJI_EXCHANGE_ICAL_H

#include "render/theme.h"

enum { ICAL_MOST = 300 }; /* the newest meetings */

/* Appends the calendar of a page that has one (site_has_calendar). */
void ical_write(
	const struct site *s, const struct theme *t, const struct page *page, struct arena *scratch, struct buf *out);

#endif
