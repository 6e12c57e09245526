#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>

static const struct {
	struct str name;
	enum diag_level level, floor;
	const char *meaning;
} codes[] = {
#define X(code, name, level, floor, meaning) [code] = { STR_INIT(name), DIAG_##level, DIAG_##floor, meaning },
	DIAG_CODES(X)
#undef X
};

static const char *const level_words[] = { "off", N_("note"), N_("warning"), N_("error"), N_("fatal") };

void diag_levels_init(struct diag_levels *levels)
{
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++)
		levels->of[i] = codes[i].level;
	levels->most = DIAG_MOST;
}

bool diag_code_named(struct str name, enum diag_code *code)
{
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
		if (str_eq(codes[i].name, name)) {
			*code = (enum diag_code)i;
			return true;
		}
	}
	return false;
}

struct str diag_code_name(enum diag_code code)
{
	return codes[code].name;
}

const char *diag_code_meaning(enum diag_code code)
{
	return _(codes[code].meaning);
}

const char *diag_level_word(enum diag_level level)
{
	return level_words[level];
}

enum diag_level diag_code_level(enum diag_code code)
{
	return codes[code].level;
}

bool diag_code_lowers(enum diag_code code)
{
	return codes[code].floor == DIAG_OFF;
}

bool diag_levels_set(struct diag_levels *levels, struct str argument, const char **why)
{
	struct str word = argument, name = str_cut(&word, STR("="));
	enum diag_level level = DIAG_OFF;
	while (level < DIAG_FATAL && !str_eq(word, str_c(level_words[level])))
		level++;
	if (level == DIAG_FATAL) {
		*why = _("-W takes CODE=error, CODE=warning, CODE=note or CODE=off");
		return false;
	}
	bool all = str_eq(name, STR("all"));
	enum diag_code code;
	if (!all && !diag_code_named(name, &code)) {
		*why = _("no finding has that code");
		return false;
	}
	if (!all && codes[code].floor > level) {
		*why = _("findings with this code cannot be lowered");
		return false;
	}
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++)
		if ((all && codes[i].floor <= level) || (!all && i == code))
			levels->of[i] = level;
	return true;
}

struct loc loc_of_byte(struct str path, struct str text, size_t byte)
{
	size_t line = 1, start = 0;
	struct str before = str_n(text.p, byte < text.n ? byte : text.n);
	for (size_t end; (end = str_find_byte(before, '\n', start)) != SIZE_MAX; line++)
		start = end + 1;
	return loc_at(path, line, str_points(str_from(before, start)) + 1);
}

void diags_init(struct diags *ds, const struct diag_levels *levels)
{
	*ds = (struct diags){ .levels = levels };
	arena_init(&ds->arena);
}

void diags_release(struct diags *ds)
{
	arena_release(&ds->arena);
	buf_release(&ds->list);
}

static void count(struct diags *ds, enum diag_level level)
{
	ds->errors += level >= DIAG_ERROR;
	ds->warnings += level == DIAG_WARNING;
	ds->fatal = ds->fatal || level == DIAG_FATAL;
}

/* True if a finding of this level can only be counted. What stops the build is always kept. */
static bool full(struct diags *ds, enum diag_level level)
{
	bool full = diag_count(ds) >= ds->levels->most && level < DIAG_FATAL;
	ds->flooded = ds->flooded || full;
	return full;
}

bool diag_add(struct diags *ds, enum diag_code code, struct loc loc, struct str help, const char *format, ...)
{
	enum diag_level level = ds->levels->of[code];
	if (level == DIAG_OFF)
		return false;
	count(ds, level);
	if (full(ds, level))
		return false;
	struct finding *f = VEC_ADD(&ds->list, struct finding);
	f->code = code;
	f->level = level;
	f->unquoted = code == CLOSED_LEAK;
	f->loc = loc;
	f->loc.path = arena_str(&ds->arena, loc.path);
	f->help = arena_str(&ds->arena, help);
	va_list args;
	va_start(args, format);
	f->message = arena_words(&ds->arena, format, args);
	va_end(args);
	return false;
}

struct str diag_text(struct diags *ds, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str words = arena_words(&ds->arena, format, args);
	va_end(args);
	return words;
}

struct str diag_did_you_mean(struct diags *ds, struct str near)
{
	return str_empty(near) ? STR_NONE : diag_text(ds, _("did you mean 「%.*s」?"), STR_ARG(near));
}

void diag_hush(struct diags *ds, struct str path, uint32_t first, uint32_t last, bool words)
{
	for (size_t i = 0; i < diag_count(ds); i++) {
		struct finding *f = &VEC_AT(&ds->list, struct finding)[i];
		if (f->loc.line < first || f->loc.line > last || !str_eq(f->loc.path, path))
			continue;
		f->unquoted = true;
		if (!words || f->code == CLOSED_LEAK) /* that never tells the words */
			continue;
		f->message = str_c(diag_code_meaning(f->code));
		f->help = str_c(_("the line is not public, so its words are not shown here"));
	}
}

void diags_join(struct diags *into, const struct diags *from)
{
	for (size_t i = 0; i < diag_count(from); i++) {
		struct finding f = *diag_at(from, i);
		if (full(into, f.level))
			continue;
		f.loc.path = arena_str(&into->arena, f.loc.path);
		f.message = arena_str(&into->arena, f.message);
		f.help = arena_str(&into->arena, f.help);
		*VEC_ADD(&into->list, struct finding) = f;
	}
	into->errors += from->errors;
	into->warnings += from->warnings;
	into->fatal = into->fatal || from->fatal;
	into->flooded = into->flooded || from->flooded;
}

void diags_merge(struct diags *into, struct diags *from)
{
	diags_join(into, from);
	diags_release(from);
}

/* Same place, code and words; a template that fails on a hundred pages is one finding. */
static int compare_findings(const struct finding *a, const struct finding *b)
{
	int order = str_cmp(a->loc.path, b->loc.path);
	if (order == 0)
		order = (a->loc.line > b->loc.line) - (a->loc.line < b->loc.line);
	if (order == 0)
		order = (a->loc.column > b->loc.column) - (a->loc.column < b->loc.column);
	if (order == 0)
		order = (a->code > b->code) - (a->code < b->code);
	return order ? order : str_cmp(a->message, b->message);
}

static int compare(const void *x, const void *y)
{
	const struct finding *a = x, *b = y;
	int order = compare_findings(a, b);
	return order ? order : str_cmp(a->help, b->help);
}

void diags_sort(struct diags *ds)
{
	struct finding *all = VEC_AT(&ds->list, struct finding);
	size_t n = diag_count(ds), kept = 0;
	if (n > 1)
		qsort(all, n, sizeof *all, compare);
	ds->errors = ds->flooded ? ds->errors : 0;
	ds->warnings = ds->flooded ? ds->warnings : 0;
	for (size_t i = 0; i < n; i++) {
		if (kept && compare_findings(&all[kept - 1], &all[i]) == 0)
			continue;
		if (!ds->flooded)
			count(ds, all[i].level);
		all[kept++] = all[i];
	}
	ds->list.n = kept * sizeof *all;
}

void diags_drop(struct diags *ds, bool (*drops)(void *self, const struct finding *f), void *self)
{
	struct finding *all = VEC_AT(&ds->list, struct finding);
	size_t n = diag_count(ds), kept = 0;
	for (size_t i = 0; i < n; i++) {
		if (drops(self, &all[i])) {
			ds->errors -= all[i].level >= DIAG_ERROR;
			ds->warnings -= all[i].level == DIAG_WARNING;
		} else {
			all[kept++] = all[i];
		}
	}
	ds->list.n = kept * sizeof *all;
}
