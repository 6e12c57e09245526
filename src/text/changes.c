#include "text/changes.h"

#include "base/buf.h"
#include "text/words.h"

#include <stdlib.h>

enum { CELLS_MOST = 4 * 1000 * 1000 };

struct tokens {
	struct str *items;
	size_t count;
};

/* What must not be cut: letters and digits of scripts that are written in words, a run of white space. */
static int class_of(uint32_t point)
{
	if (point_is_space(point))
		return 1;
	if (point_is_han(point) || point_is_kana(point))
		return 0;
	return point_is_letter(point) || point_is_digit(point) ? 2 : 0;
}

static struct tokens cut(struct arena *a, struct str s)
{
	struct buf list = { 0 };
	for (size_t at = 0, length; at < s.n;) {
		size_t start = at;
		int class = class_of(str_point(s, at, &length));
		at += length;
		while (class && at < s.n && class_of(str_point(s, at, &length)) == class)
			at += length;
		*VEC_ADD(&list, struct str) = str_n(s.p + start, at - start);
	}
	struct tokens t = { .count = VEC_COUNT(&list, struct str) };
	t.items = buf_settle(&list, a);
	return t;
}

static bool same(struct str a, struct str b)
{
	size_t length;
	bool both = a.n && b.n && point_is_space(str_point(a, 0, &length)) && point_is_space(str_point(b, 0, &length));
	return both || str_eq(a, b);
}

/* Marks the tokens of a longest common part: how long it is from each pair of places on, from the ends back. */
static void mark_common(struct tokens a, struct tokens b, bool *kept_a, bool *kept_b)
{
	size_t width = b.count + 1;
	if (a.count == 0 || b.count == 0 || a.count * width > CELLS_MOST)
		return;
	uint32_t *common = mem_alloc((a.count + 1) * width * sizeof *common);
	for (size_t i = a.count; i-- > 0;)
		for (size_t k = b.count; k-- > 0;) {
			uint32_t down = common[(i + 1) * width + k], right = common[i * width + k + 1];
			common[i * width + k] = same(a.items[i], b.items[k]) ? common[(i + 1) * width + k + 1] + 1
									     : (down > right ? down : right);
		}
	for (size_t i = 0, k = 0; i < a.count && k < b.count;) {
		if (same(a.items[i], b.items[k]))
			kept_a[i++] = kept_b[k++] = true;
		else if (common[(i + 1) * width + k] >= common[i * width + k + 1])
			i++;
		else
			k++;
	}
	free(common);
}

static void add(struct buf *runs, enum run_kind kind, struct str words)
{
	size_t count = VEC_COUNT(runs, struct run);
	struct run *last = count ? &VEC_AT(runs, struct run)[count - 1] : NULL;
	if (last && last->kind == kind && last->words.p + last->words.n == words.p)
		last->words.n += words.n;
	else if (words.n)
		*VEC_ADD(runs, struct run) = (struct run){ kind, words };
}

static struct str span(struct tokens t, size_t first, size_t end)
{
	if (first == end)
		return STR("");
	return str_n(t.items[first].p, (size_t)(t.items[end - 1].p + t.items[end - 1].n - t.items[first].p));
}

/* A single character kept between two changes is read more easily as a part of them. */
static void settle(struct tokens a, struct tokens b, const bool *kept_a, const bool *kept_b, struct buf *runs)
{
	size_t i = 0, k = 0;
	while (i < a.count || k < b.count) {
		size_t from_i = i, from_k = k;
		for (;;) {
			while (i < a.count && !kept_a[i])
				i++;
			while (k < b.count && !kept_b[k])
				k++;
			bool lone = (i > from_i || k > from_k) && i + 1 < a.count && k + 1 < b.count &&
				(!kept_a[i + 1] || !kept_b[k + 1]);
			if (!lone)
				break;
			i++;
			k++;
		}
		add(runs, RUN_REMOVED, span(a, from_i, i));
		add(runs, RUN_ADDED, span(b, from_k, k));
		for (; i < a.count && k < b.count && kept_a[i] && kept_b[k]; i++, k++)
			add(runs, RUN_KEPT, a.items[i]);
	}
}

/* How many tokens are the same from the start on, and behind these from the end back. */
static size_t common_ends(struct tokens x, struct tokens y, size_t *last)
{
	size_t first = 0;
	while (first < x.count && first < y.count && same(x.items[first], y.items[first]))
		first++;
	for (*last = 0; *last < x.count - first && *last < y.count - first; ++*last)
		if (!same(x.items[x.count - 1 - *last], y.items[y.count - 1 - *last]))
			break;
	return first;
}

struct run *text_changes(struct arena *a, struct str before, struct str after, size_t *count)
{
	struct tokens x = cut(a, before), y = cut(a, after);
	bool *kept_x = ARENA_ARRAY(a, bool, x.count + 1), *kept_y = ARENA_ARRAY(a, bool, y.count + 1);
	size_t last, first = common_ends(x, y, &last);
	for (size_t i = 0; i < first; i++)
		kept_x[i] = kept_y[i] = true;
	for (size_t i = 1; i <= last; i++)
		kept_x[x.count - i] = kept_y[y.count - i] = true;
	mark_common((struct tokens){ x.items + first, x.count - first - last },
		(struct tokens){ y.items + first, y.count - first - last }, kept_x + first, kept_y + first);
	struct buf runs = { 0 };
	settle(x, y, kept_x, kept_y, &runs);
	*count = VEC_COUNT(&runs, struct run);
	return buf_settle(&runs, a);
}

/* Without the first and the last so many tokens. */
static struct str inner(struct str s, struct tokens t, size_t first, size_t last)
{
	if (s.n == 0)
		return s;
	size_t from = first < t.count ? (size_t)(t.items[first].p - s.p) : s.n;
	size_t end = last > 0 ? (size_t)(t.items[t.count - last].p - s.p) : s.n;
	return str_n(s.p + from, end - from);
}

void text_narrow(struct arena *a, struct str *before, struct str *after)
{
	enum { BEFORE = 4, BEHIND = 2, SHORT = 6 };
	struct tokens x = cut(a, *before), y = cut(a, *after);
	size_t last, first = common_ends(x, y, &last);
	if (first + last == x.count || first + last == y.count)
		for (size_t end = first; first > 0 && str_points(span(x, first, end)) < BEFORE;)
			first--;
	for (int i = 0; i < BEHIND && last > 0 && inner(*before, x, first, last).n < SHORT; i++)
		last--;
	*before = inner(*before, x, first, last);
	*after = inner(*after, y, first, last);
}

struct str text_around(struct arena *a, struct str words, struct str part, size_t most)
{
	enum { BESIDE = 100 };
	if (str_points(words) <= most)
		return words;
	size_t first = (size_t)(part.p - words.p), end = first + part.n;
	for (size_t i = 0, length; i < BESIDE; i++) {
		str_point_before(words, first, &length);
		first -= length;
		str_point(words, end, &length);
		end += length;
	}
	bool cut;
	part = text_excerpt(str_n(words.p + first, end - first), most, &cut);
	return arena_format(a, "%s%.*s%s", first > 0 ? "…" : "", STR_ARG(part), cut || end < words.n ? "…" : "");
}
