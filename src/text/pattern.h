/* pattern: a message's parts, as ICU's MessageFormat writes them. */
#ifndef GIJI_TEXT_PATTERN_H
#define GIJI_TEXT_PATTERN_H

#include "base/buf.h"

enum part_kind {
	PART_TEXT,
	PART_ARG,    /* {name} */
	PART_NUMBER, /* {name, number} */
	PART_HASH,   /* # in a plural: its number */
	PART_PLURAL,
	PART_SELECT,
};

struct pattern {
	struct part *parts;
	size_t count;
};

struct branch {
	struct str key; /* other, one, or a word of a select; of =0 what follows the sign */
	bool exact;     /* =0 */
	double number;
	struct pattern body;
};

struct part {
	enum part_kind kind;
	struct str text; /* PART_TEXT */
	size_t arg;      /* index into the names */
	struct branch *branches;
	size_t branch_count; /* the last resort, other, is always among them */
};

enum { PATTERN_ARGS_MOST = 16, PATTERN_DEPTH_MOST = 8 };

struct names {
	struct str name[PATTERN_ARGS_MOST];
	size_t count;
};

/* Reads a pattern into the arena. False when it is wrong; *why is then a static, translated reason. */
bool pattern_read(struct arena *a, struct str source, struct pattern *pattern, struct names *names, const char **why);

#endif
