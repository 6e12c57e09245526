#include "text/date_reader.h"
#include "text/era.h"
#include "text/fold.h"
#include "text/words.h"

#include <string.h>

/*
 * Finding dates in running text. Dates are rare in it and weekdays rarer, so
 * the text is scanned for what a weekday begins with, and only its
 * neighbourhood is folded and read: before it for （金） and 金曜日, behind it for
 * Friday.
 */
enum { FIND_BACK = 96, FIND_AHEAD = 64 }; /* bytes of source */

/* What stands around a weekday, folded, with the places in the source. */
struct window {
	struct reader r;
	const uint32_t *map; /* folded byte to byte of the window */
	size_t start;        /* of the window in the source */
};

static bool is_inside_point(struct str s, size_t at)
{
	return at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80;
}

static struct window open_window(struct arena *a, struct str s, size_t from, size_t to)
{
	uint32_t *map;
	if (to > s.n)
		to = s.n;
	while (is_inside_point(s, from))
		from++;
	while (is_inside_point(s, to))
		to++;
	struct str folded = fold_mapped(a, str_n(s.p + from, to - from), &map);
	return (struct window){ { folded, 0 }, map, from };
}

/* True when a date may begin at byte `at`: a number not inside a number, a word not inside a word, an era. */
static bool may_begin(struct str s, size_t at)
{
	char c = s.p[at], before = at > 0 ? s.p[at - 1] : ' ';
	if (c >= '0' && c <= '9')
		return before < '0' || before > '9';
	if (c >= 'a' && c <= 'z')
		return before < 'a' || before > 'z';
	for (size_t i = 0; i < ERA_COUNT; i++)
		if (c == eras[i].name.p[0] && str_starts(str_from(s, at), eras[i].name))
			return true;
	return false;
}

/* A date that ends in the weekday at byte `weekday` of the source. */
static bool find_before(struct window *w, size_t weekday, struct date_claim *claim, size_t *begin)
{
	for (size_t from = 0; from < w->r.s.n && w->start + w->map[from] < weekday; from++) {
		struct reader r = { w->r.s, from };
		if (!may_begin(w->r.s, from) || !date_reader_date(&r, claim))
			continue;
		reader_skip(&r);
		if (w->start + w->map[r.at] != weekday)
			continue;
		claim->weekday = (int8_t)date_reader_weekday_behind(&r);
		if (claim->weekday == 0)
			continue;
		*begin = from;
		w->r.at = r.at;
		return true;
	}
	return false;
}

static bool find_behind(struct window *w, struct date_claim *claim)
{
	claim->weekday = (int8_t)date_reader_weekday_before(&w->r);
	return claim->weekday != 0 && date_reader_date(&w->r, claim);
}

/* Whether Mon, Tue … stand here. */
static bool has_weekday_name(struct str s)
{
	static const char names[][4] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	if (s.n < 3 || !strchr("mtwfsMTWFS", s.p[0]))
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if ((s.p[0] | 0x20) == names[i][0] && (s.p[1] | 0x20) == names[i][1] && (s.p[2] | 0x20) == names[i][2])
			return true;
	return false;
}

/* Whether what follows an opening bracket is a weekday. */
static bool is_weekday_next(struct str s)
{
	static const struct str kanji = STR_INIT("月火水木金土日");
	s = str_trim_start(s);
	return has_weekday_name(s) || (s.n >= 3 && str_find(kanji, str_n(s.p, 3), 0) != SIZE_MAX) ||
		str_starts(s, STR("\xef\xbc")); /* full-width capitals */
}

enum sign { SIGN_NONE, SIGN_BEHIND, SIGN_BEFORE }; /* a weekday that stands behind its date, or before it */

/* What the byte at `at` begins, told cheaply: nearly all text is SIGN_NONE. */
static enum sign weekday_sign(struct str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	struct str rest = str_n(s.p + at, s.n - at);
	if (p[0] < 0x80) {
		if (p[0] == '(' || p[0] == '[')
			return is_weekday_next(str_from(rest, 1)) ? SIGN_BEHIND : SIGN_NONE;
		bool inside = at > 0 && point_is_latin(p[-1]);
		return !inside && has_weekday_name(rest) ? SIGN_BEFORE : SIGN_NONE;
	}
	if (p[0] < 0xe3 || rest.n < 3)
		return SIGN_NONE;
	if (p[0] == 0xe3 && p[1] == 0x88) /* ㈪ to ㈰ */
		return p[2] >= 0xaa && p[2] <= 0xb0 ? SIGN_BEHIND : SIGN_NONE;
	if ((p[0] == 0xef && p[1] == 0xbc && (p[2] == 0x88 || p[2] == 0xbb)) || /* （ ［ */
		(p[0] == 0xe3 && p[1] == 0x80 && p[2] == 0x94))                 /* 〔 */
		return is_weekday_next(str_from(rest, 3)) ? SIGN_BEHIND : SIGN_NONE;
	return rest.n >= 6 && p[3] == 0xe6 && p[4] == 0x9b && p[5] == 0x9c ? SIGN_BEHIND : SIGN_NONE; /* 曜 */
}

/* Reads the date that belongs to the weekday at `at`, not looking before `low`. */
static bool find_at(
	struct str s, size_t low, size_t at, enum sign sign, struct date_claim *claim, size_t *start, size_t *end)
{
	struct arena scratch;
	size_t begin = 0, from = at;
	arena_init(&scratch);
	if (sign == SIGN_BEHIND)
		from = at - low < FIND_BACK ? low : at - FIND_BACK;
	struct window w = open_window(&scratch, s, from, at + FIND_AHEAD);
	bool found = sign == SIGN_BEFORE ? find_behind(&w, claim) : find_before(&w, at, claim, &begin);
	if (found) {
		*start = w.start + w.map[begin];
		*end = w.start + w.map[w.r.at];
	}
	arena_release(&scratch);
	return found;
}

bool date_find(struct str s, size_t *at, size_t *start, struct date_claim *claim)
{
	for (size_t i = *at; i < s.n; i++) {
		struct date_claim found = { 0 };
		enum sign sign = weekday_sign(s, i);
		if (sign == SIGN_NONE || !find_at(s, *at, i, sign, &found, start, at))
			continue;
		*claim = found;
		return true;
	}
	*at = s.n;
	return false;
}
