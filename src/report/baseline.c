#include "report/baseline.h"

#include "base/map.h"
#include "report/quoted.h"

#include <stdlib.h>

#define FIRST_LINE "giji baseline 1"

struct accepted {
	enum diag_code code;
	struct str path;
	struct str key;
	long count;  /* not yet used up */
	size_t line; /* of the file */
};

struct baseline {
	struct arena arena;
	struct buf list; /* of struct accepted, in the order of the file's lines or of the findings */
	struct map keys; /* to an index into list */
};

static void add(struct baseline *b, const struct accepted *a)
{
	size_t at;
	if (map_get(&b->keys, a->key, &at)) {
		VEC_AT(&b->list, struct accepted)[at].count += a->count;
		return;
	}
	struct accepted *own = VEC_ADD(&b->list, struct accepted);
	*own = *a;
	own->path = arena_str(&b->arena, a->path);
	own->key = arena_str(&b->arena, a->key);
	map_put(&b->keys, own->key, VEC_COUNT(&b->list, struct accepted) - 1);
}

static bool read_line(struct str line, struct accepted *a)
{
	struct str code = str_cut(&line, STR(" "));
	a->key = str_cut(&line, STR(" "));
	struct str count = str_cut(&line, STR(" "));
	a->path = line;
	return line.p && diag_code_named(code, &a->code) && diag_code_lowers(a->code) && a->key.n == FINDING_KEY &&
		str_number(count, INT32_MAX, &a->count);
}

struct baseline *baseline_open(void)
{
	return mem_alloc(sizeof(struct baseline));
}

void baseline_close(struct baseline *b)
{
	arena_release(&b->arena);
	buf_release(&b->list);
	map_release(&b->keys);
	free(b);
}

bool baseline_read(struct baseline *b, struct str bytes, size_t *line)
{
	struct str rest = bytes, first = str_cut(&rest, STR("\n"));
	bool good = str_eq(str_trim(first), STR(FIRST_LINE));
	for (*line = 1; good && rest.n;) {
		struct accepted a;
		struct str text = str_cut(&rest, STR("\n"));
		++*line;
		good = read_line(str_ends(text, STR("\r")) ? str_but(text, 1) : text, &a);
		a.line = *line;
		if (good)
			add(b, &a);
	}
	return good;
}

struct filter {
	struct baseline *baseline;
	struct quoted quoted;
	bool all;
};

static bool takes(void *self, const struct finding *f)
{
	struct filter *filter = self;
	char hex[FINDING_KEY];
	struct accepted all = { f->code, f->loc.path, quoted_key(&filter->quoted, f, hex), 1, 0 };
	size_t at;
	if (!diag_code_lowers(f->code))
		return false;
	if (filter->all)
		add(filter->baseline, &all);
	if (filter->all || !map_get(&filter->baseline->keys, all.key, &at))
		return filter->all;
	struct accepted *a = &VEC_AT(&filter->baseline->list, struct accepted)[at];
	return a->count > 0 && a->count-- > 0;
}

void baseline_take(struct baseline *b, bool all, struct diags *ds, struct fs *const files[2])
{
	struct filter filter = { b, { .files = files }, all };
	diags_drop(ds, takes, &filter);
	quoted_release(&filter.quoted);
}

size_t baseline_count(const struct baseline *b)
{
	size_t count = 0;
	for (size_t i = 0; i < VEC_COUNT(&b->list, struct accepted); i++)
		count += (size_t)VEC_AT(&b->list, struct accepted)[i].count;
	return count;
}

static int by_path(const void *x, const void *y)
{
	const struct accepted *a = x, *b = y;
	int order = str_cmp(a->path, b->path);
	if (order == 0)
		order = (a->code > b->code) - (a->code < b->code);
	return order ? order : str_cmp(a->key, b->key);
}

void baseline_write(struct baseline *b, struct buf *out)
{
	size_t n = VEC_COUNT(&b->list, struct accepted);
	struct accepted *all = VEC_AT(&b->list, struct accepted);
	if (n > 1)
		qsort(all, n, sizeof *all, by_path);
	buf_put(out, STR(FIRST_LINE "\n"));
	for (size_t i = 0; i < n; i++)
		buf_format(out, "%.*s %.*s %ld %.*s\n", STR_ARG(diag_code_name(all[i].code)), STR_ARG(all[i].key),
			all[i].count, STR_ARG(all[i].path));
}

void baseline_stale(const struct baseline *b, struct str path, struct diags *ds)
{
	for (size_t i = 0; i < VEC_COUNT(&b->list, struct accepted); i++) {
		const struct accepted *a = &VEC_AT(&b->list, struct accepted)[i];
		if (a->count > 0)
			diag_add(ds, BASELINE_STALE, loc_at(path, a->line, 1), STR(""),
				_("%.*s in %.*s no longer occurs as often as the baseline accepts it"),
				STR_ARG(diag_code_name(a->code)), STR_ARG(a->path));
	}
}
