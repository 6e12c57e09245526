/*
 * report: findings, as people and programs read them.
 *
 *     human   the line quoted and the place marked; carets know that 清 is two cells wide
 *     json    one object: {"findings": [{"code", "level", "path", "line", "column", "width", "message", "help"}],
 *             "errors", "warnings"}
 *     github  workflow commands, which GitHub shows beside the lines of a change
 *     gitlab  its code quality report
 *     sarif   SARIF 2.1.0 (OASIS), for code scanning and editors
 *     junit   JUnit's XML: what stops a build is a failure, what does not a skipped test
 *
 * json names files from the site's root, the last four from the root of the repository.
 */
#ifndef GIJI_REPORT_REPORT_H
#define GIJI_REPORT_REPORT_H

#include "base/diag.h"
#include "sys/file.h"

enum report_format { REPORT_HUMAN, REPORT_JSON, REPORT_GITHUB, REPORT_GITLAB, REPORT_SARIF, REPORT_JUNIT };

struct report_options {
	enum report_format format;
	bool color;
	bool strict;         /* warnings too stop the build */
	struct fs *files[2]; /* where the paths of findings are looked for, in turn; NULL for none */
	struct str prefix;   /* of the site's folder in its repository: "docs/kaigi/", or "" */
};

bool report_format_named(struct str name, enum report_format *format);

/* What a file of this name holds: .json, .sarif, .xml (JUnit), .txt. */
bool report_format_of_file(struct str file, enum report_format *format);

/* Appends all findings, which diags_sort has put in order. */
void report_write(const struct diags *ds, const struct report_options *options, struct buf *out);

/* Appends words of a file for a terminal: control characters, and those that turn the direction of writing, become spaces. */
void report_quiet(struct buf *out, struct str s);

#endif
