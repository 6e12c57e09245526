/*
 * diag: findings, what giji has to say about content, templates, settings and
 * the machine. A finding has a place, a reason and a way out.
 *
 *     return diag_add(ds, LINK_BROKEN, loc, diag_text(ds, _("did you mean 「%.*s」?"), STR_ARG(near)),
 *                     _("no page is called 「%.*s」"), STR_ARG(name));
 *
 * diag_add records the finding whole and returns false, so a function that
 * found something wrong ends with it; callers add nothing, and reading goes
 * on, for an author wants ten findings in one run. Each job (a source file, a
 * page) has a `struct diags` of its own; they are merged in job order, so any
 * number of workers prints the same.
 */
#ifndef GIJI_BASE_DIAG_H
#define GIJI_BASE_DIAG_H

#include "base/buf.h"
#include "base/catalogue.h"
#include "base/codes.h"

/* Notes stop nothing, not even with --strict. */
enum diag_level { DIAG_OFF, DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_FATAL };

enum diag_code {
#define X(code, name, level, floor, meaning) code,
	DIAG_CODES(X)
#undef X
		DIAG_CODE_COUNT
};

/* Where in which file. Lines and columns count from 1; columns count
 * characters (code points). line 0: the file as a whole. */
struct loc {
	struct str path; /* from the site's root, "content/ict/5.md"; for machine failures as given */
	uint32_t line, column;
	uint32_t width; /* characters to mark; 0 is read as 1 */
};

struct finding {
	enum diag_code code;
	enum diag_level level;
	struct loc loc;
	struct str message; /* one line, no full stop */
	struct str help;    /* the way out, or STR_NONE */
	bool unquoted;      /* the line is not to be shown: its words may not be public */
};

/* The level of each code after -W; const while a build runs. */
struct diag_levels {
	enum diag_level of[DIAG_CODE_COUNT];
	size_t most; /* findings that are kept: more are only counted */
};

struct diags {
	struct arena arena; /* the findings' words */
	struct buf list;    /* of struct finding */
	const struct diag_levels *levels;
	size_t errors, warnings;
	bool fatal;
	bool flooded; /* levels->most findings were recorded; more are counted, not kept */
};

enum { DIAG_MOST = 1000, DIAG_MOST_ACCEPTED = 100000 /* where a baseline takes most of them out again */ };

void diag_levels_init(struct diag_levels *levels);

/* Reads one -W argument, CODE=error|warning|note|off or all=LEVEL. On failure *why
 * is a static, translated reason. `all` skips the codes that may not be lowered. */
bool diag_levels_set(struct diag_levels *levels, struct str argument, const char **why);
bool diag_code_named(struct str name, enum diag_code *code);
struct str diag_code_name(enum diag_code code);
const char *diag_code_meaning(enum diag_code code);   /* translated */
enum diag_level diag_code_level(enum diag_code code); /* before any -W */
const char *diag_level_word(enum diag_level level);   /* as -W takes it; to be translated for people */
bool diag_code_lowers(enum diag_code code);           /* -W may set it to off */

void diags_init(struct diags *ds, const struct diag_levels *levels);
void diags_release(struct diags *ds);

/* Records a finding at its code's level, or nothing when that is off. Copies
 * all it is given. `help` may be STR_NONE. Always returns false. */
bool diag_add(struct diags *ds, enum diag_code code, struct loc loc, struct str help, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Formats words that live as long as ds, for `help`. */
struct str diag_text(struct diags *ds, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Help that asks "did you mean", or STR_NONE without a near word. */
struct str diag_did_you_mean(struct diags *ds, struct str near);

/* Findings go into logs that others read. Of those in lines first to last of a file the line is not shown any more; with
 * `words`, the message is only what the code means. */
void diag_hush(struct diags *ds, struct str path, uint32_t first, uint32_t last, bool words);

/* Copies all findings of `from` behind those of `into`. */
void diags_join(struct diags *into, const struct diags *from);

/* The same; `from` is released. */
void diags_merge(struct diags *into, struct diags *from);

/* Sorts by path, line, column and code, and keeps one of several with the same place, code and words. */
void diags_sort(struct diags *ds);

/* Takes out those for which `drops` is true, asked in order. */
void diags_drop(struct diags *ds, bool (*drops)(void *self, const struct finding *f), void *self);

static inline size_t diag_count(const struct diags *ds)
{
	return VEC_COUNT(&ds->list, struct finding);
}
static inline const struct finding *diag_at(const struct diags *ds, size_t i)
{
	return &VEC_AT(&ds->list, struct finding)[i];
}

static inline struct loc loc_file(struct str path)
{
	return (struct loc){ .path = path };
}
static inline struct loc loc_at(struct str path, size_t line, size_t column)
{
	return (struct loc){ .path = path, .line = (uint32_t)line, .column = (uint32_t)column };
}

/* The place of a byte of a file's text. */
struct loc loc_of_byte(struct str path, struct str text, size_t byte);

#endif
