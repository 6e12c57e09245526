/*
 * report: findings, as people and programs read them.
 *
 * The human form quotes the line and marks the place; carets know that 清 is two
 * cells wide. The JSON form is one object:
 *     {"findings": [{"code", "level", "path", "line", "column", "width", "message", "help"}], "errors", "warnings"}
 */
#ifndef GIJI_REPORT_REPORT_H
#define GIJI_REPORT_REPORT_H

#include "base/diag.h"
#include "sys/file.h"

enum report_format { REPORT_HUMAN, REPORT_JSON };

struct report_options {
	enum report_format format;
	bool color;
	struct fs *files[2]; /* where the paths of findings are looked for, in turn; NULL for none */
};

/* Appends all findings, which diags_sort has put in order. */
void report_write(const struct diags *ds, const struct report_options *options, struct buf *out);

#endif
