/* Reading what shield.c wrote: marks back to what was typed, and the front of a line. */
#include "markdown/shield.h"

#include <string.h>

int shield_mark_at(const char *p, size_t n)
{
	if (n < SHIELD_MARK_BYTES || memcmp(p, SHIELD_LEAD, 2) != 0)
		return 0;
	unsigned char last = (unsigned char)p[2];
	return last >= SHIELD_LETTER && last < SHIELD_DIGIT + 16 ? last : 0;
}

size_t shield_number(const char **p, const char *end)
{
	size_t number = 0;
	unsigned digits = 0;
	for (int m; digits < 8 && (m = shield_mark_at(*p, (size_t)(end - *p))) >= SHIELD_DIGIT; digits++) {
		number |= (size_t)(m - SHIELD_DIGIT) << 4 * digits;
		*p += SHIELD_MARK_BYTES;
	}
	return digits ? number : SIZE_MAX;
}

size_t shield_heading(const char **p, const char *end, struct str written, char typed[32], size_t *typed_bytes)
{
	size_t hashes = 0, n = 0;
	for (int m; (m = shield_mark_at(*p, (size_t)(end - *p))) >= SHIELD_HASH && m <= SHIELD_TAB;) {
		static const struct str signs[] = { STR_INIT("#"), STR_INIT("＃"), STR_INIT(" "), STR_INIT("　"),
			STR_INIT("\t") };
		struct str sign = signs[m - SHIELD_HASH];
		if (n + sign.n <= 32)
			memcpy(typed + n, sign.p, sign.n);
		n += n + sign.n <= 32 ? sign.n : 0;
		hashes += m <= SHIELD_WIDE_HASH;
		*p += SHIELD_MARK_BYTES;
	}
	*typed_bytes = 0;
	if (hashes > 6 || !str_ends(written, str_n(&"###### "[6 - hashes], hashes + 1)))
		return 0; /* it is a heading: cmark has taken the signs away */
	*typed_bytes = n;
	return hashes + 1;
}

/* Puts what stands for the mark at *p, and moves *p behind it. */
static void restore_mark(const char **p, const char *end, struct buf *out)
{
	char typed[32];
	size_t bytes;
	int m = shield_mark_at(*p, (size_t)(end - *p));
	if (m >= SHIELD_HASH && m <= SHIELD_TAB) {
		out->n -= shield_heading(p, end, buf_str(out), typed, &bytes);
		buf_put(out, str_n(typed, bytes));
		return;
	}
	*p += SHIELD_MARK_BYTES;
	if (m == SHIELD_ESCAPE)
		buf_byte(out, '\\');
	else if (m == SHIELD_ANGLE)
		buf_byte(out, '<');
	else if (m == SHIELD_ENTITY)
		buf_byte(out, '&');
	shield_number(p, end);
}

void shield_restore(struct str s, struct buf *out)
{
	const char *p = s.p, *end = s.p + s.n;
	while (p < end) {
		const char *next = memmem(p, (size_t)(end - p), SHIELD_LEAD, 2);
		size_t plain = next ? (size_t)(next - p) : (size_t)(end - p);
		buf_put(out, str_n(p, plain));
		p += plain;
		if (p < end && shield_mark_at(p, (size_t)(end - p))) {
			restore_mark(&p, end, out);
		} else if (p < end) {
			buf_put(out, str_n(p, 2)); /* U+FDF0 and above are letters */
			p += 2;
		}
	}
}

/* Bytes of a list marker and its one space at `at`, or 0. */
static size_t list_marker(struct str line, size_t at)
{
	size_t end = at;
	if (line.p[end] == '-' || line.p[end] == '+' || line.p[end] == '*') {
		end++;
	} else {
		while (end < line.n && end - at < 9 && line.p[end] >= '0' && line.p[end] <= '9')
			end++;
		if (end == at || end == line.n || (line.p[end] != '.' && line.p[end] != ')'))
			return 0;
		end++;
	}
	if (end == line.n)
		return end - at;
	return line.p[end] == ' ' || line.p[end] == '\t' ? end + 1 - at : 0;
}

size_t shield_prefix(struct str line, size_t *nesting)
{
	size_t at = 0, spaces = 0, opened = 0, depth = 0;
	while (at < line.n) {
		size_t marker = list_marker(line, at);
		if (line.p[at] == ' ' || line.p[at] == '\t') {
			spaces += line.p[at] == '\t' ? 4 : 1;
			at++;
			continue;
		}
		if (line.p[at] == '>')
			marker = 1 + (size_t)(at + 1 < line.n && line.p[at + 1] == ' ');
		if (marker == 0)
			break;
		at += marker;
		opened++;
		/* White space in front is what belongs to lists around: two columns each at least. */
		depth = opened + spaces / 2;
	}
	if (nesting)
		*nesting = depth;
	return at;
}
