/*
 * baseline: the findings an archive had when checking began, so that only new ones are told.
 *
 *     struct baseline *b = baseline_open();            // accepts nothing yet
 *     baseline_read(b, bytes, &line);
 *     baseline_take(b, false, diags, files);           // takes out what it accepts, as often as it says
 *     baseline_stale(b, path, diags);                  // what it accepts and nobody found
 *     baseline_write(b, &out);
 *     baseline_close(b);
 *
 * A finding is known by its code, its file and the words of its line, not by the line's number: an archive may be
 * edited above it. What no -W lowers is never accepted. The file is text, a line each, to be read in a diff:
 *
 *     giji baseline 1
 *     link-broken 3f2a94c01d77b0e5 2 content/ict/5.md
 */
#ifndef GIJI_REPORT_BASELINE_H
#define GIJI_REPORT_BASELINE_H

#include "base/diag.h"
#include "sys/file.h"

struct baseline;

struct baseline *baseline_open(void);
void baseline_close(struct baseline *b);

/* False when a line is not one of a baseline: *line is its number. */
bool baseline_read(struct baseline *b, struct str bytes, size_t *line);

/* Takes findings out of `ds`, which diags_sort has put in order: those it accepts, or with `all` each that may be, which it
 * accepts from now on. May be called for one batch after the other. */
void baseline_take(struct baseline *b, bool all, struct diags *ds, struct fs *const files[2]);

size_t baseline_count(const struct baseline *b); /* findings that it (still) accepts */
void baseline_write(struct baseline *b, struct buf *out); /* accepts nothing more from then on */

/* Adds a finding at `path` for each line of the baseline that was not used up. */
void baseline_stale(const struct baseline *b, struct str path, struct diags *ds);

#endif
