/*
 * Emphasis beside CJK punctuation. CommonMark wants white space or punctuation outside
 * `**「A」**`; in Japanese and Chinese there is none, and the stars would stand. Where only that rule
 * keeps a run of stars from opening or closing, a mark that counts as a letter is put
 * between it and the punctuation. Nothing is changed between letters of alphabets.
 */
#include "markdown/shield.h"
#include "text/words.h"

static bool is_one_of(uint32_t point, struct str set)
{
	size_t length;
	for (size_t at = 0; at < set.n; at += length)
		if (str_point(set, at, &length) == point)
			return true;
	return false;
}

static bool opens(uint32_t point)
{
	return is_one_of(point, STR("([{\"'「『【（〔〈《［｛｟〖〘〚“‘｢・"));
}

static bool closes(uint32_t point)
{
	return is_one_of(point, STR(")]}\"'.,:;!?%」』】）〕〉》］｝｠〗〙〛”’｣・、。，．：；！？…‥％―—"));
}

static bool is_space(uint32_t point)
{
	return point == 0 || point_is_space(point);
}

static bool is_punctuation(uint32_t point)
{
	if (point < 0x80)
		return point > ' ' && !(point >= '0' && point <= '9') && !((point | 32) >= 'a' && (point | 32) <= 'z');
	return opens(point) || closes(point) || (point >= 0x2010 && point < 0x205f) ||
		(point >= 0x3001 && point <= 0x3003) || point == 0x30fb;
}

static uint32_t point_before(struct str s, size_t at)
{
	size_t length, from = at;
	while (from > 0 && at - from < 4 && (s.p[from - 1] & 0xc0) == 0x80)
		from--;
	return from > 0 ? str_point(s, from - 1, &length) : 0;
}

/* The next run of exactly one star on the line. */
static size_t next_single(struct str body, size_t at)
{
	for (; at < body.n && body.p[at] != '\n'; at++) {
		size_t run = 0;
		while (at + run < body.n && body.p[at + run] == '*')
			run++;
		if (run == 1)
			return at;
		at += run ? run - 1 : 0;
	}
	return SIZE_MAX;
}

static size_t single_before(struct str body, size_t at)
{
	while (at > 0 && body.p[at - 1] != '\n') {
		size_t run = 0;
		while (run < at && body.p[at - 1 - run] == '*')
			run++;
		if (run == 1)
			return at - 1;
		at -= run ? run : 1;
	}
	return SIZE_MAX;
}

/* A single star is often a footnote sign (注*「…」): it is helped only as one of a pair
 * that encloses a bracket, *「…」*. */
static bool is_paired(struct str body, size_t at, bool opening)
{
	size_t other = opening ? next_single(body, at + 1) : single_before(body, at), length;
	if (other == SIZE_MAX)
		return false;
	size_t first = opening ? at : other, last = opening ? other : at;
	return opens(str_point(body, first + 1, &length)) && closes(point_before(body, last));
}

struct shield_stars shield_stars(struct str body, size_t at, size_t length)
{
	size_t ignored;
	uint32_t before = point_before(body, at), behind = str_point(body, at + length, &ignored);
	struct shield_stars need = { false, false };
	if (is_space(before) || is_space(behind) || is_punctuation(before) == is_punctuation(behind))
		return need;
	if (!point_joins(before) && !point_joins(behind))
		return need;
	need.before = closes(before) && (length > 1 || is_paired(body, at, false));
	need.behind = opens(behind) && (length > 1 || is_paired(body, at, true));
	return need;
}
