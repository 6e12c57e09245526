/* date_reader: the grammar of written dates, over folded text. */
#ifndef GIJI_TEXT_DATE_READER_H
#define GIJI_TEXT_DATE_READER_H

#include "text/calendar.h"
#include "text/reader.h"

/* A date without its weekday. False leaves the reader somewhere behind its start. */
bool date_reader_date(struct reader *r, struct date_claim *claim);

/* （金）, （金・祝）, [Fri.] or 金曜日, as it stands behind a date; 1 to 7, 0 without one. */
int date_reader_weekday_behind(struct reader *r);

/* "Friday, " as it stands before a date; 1 to 7, 0 without one. */
int date_reader_weekday_before(struct reader *r);

#endif
