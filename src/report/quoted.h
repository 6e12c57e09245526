/*
 * quoted: the lines that findings point at, and what a finding is called however the lines move.
 *
 * Findings come sorted by path and line, so one file is held at a time, and walked once. Private to src/report.
 */
#ifndef GIJI_REPORT_QUOTED_H
#define GIJI_REPORT_QUOTED_H

#include "base/diag.h"
#include "sys/file.h"

struct quoted {
	struct fs *const *files; /* two, as in report_options */
	struct str path;         /* of the file held */
	struct buf bytes;
	struct str line, rest; /* the line that was asked for last, and what follows it */
	uint32_t number;       /* of that line; 0: none was */
};

/* The line of a finding without its end; STR_NONE when it has none or the file cannot be read. */
struct str quoted_line(struct quoted *l, struct loc loc);
void quoted_release(struct quoted *l);

enum { FINDING_KEY = 16 };

/* Hex of code, path and the words of the line (not its number, nor the message, which is in the user's language).
 * Of a line that must not be shown not even a hash is given away. */
struct str quoted_key(struct quoted *l, const struct finding *f, char hex[FINDING_KEY]);

#endif
