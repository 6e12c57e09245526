#include "base/str.h"

#include <string.h>
#include <strings.h>

struct str str_c(const char *c)
{
	return c ? (struct str){ c, strlen(c) } : STR_NONE;
}

struct str str_n(const char *p, size_t n)
{
	return (struct str){ p, n };
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

struct str str_from(struct str s, size_t n)
{
	if (n > s.n)
		n = s.n;
	return (struct str){ s.p ? s.p + n : NULL, s.n - n };
}

struct str str_but(struct str s, size_t n)
{
	return (struct str){ s.p, n > s.n ? 0 : s.n - n };
}

size_t str_find(struct str s, struct str needle, size_t from)
{
	if (from > s.n || needle.n > s.n - from)
		return SIZE_MAX;
	if (needle.n == 0)
		return from;
	const char *hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

size_t str_find_byte(struct str s, char c, size_t from)
{
	if (from >= s.n)
		return SIZE_MAX;
	const char *hit = memchr(s.p + from, c, s.n - from);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

struct str str_cut(struct str *rest, struct str separator)
{
	struct str whole = *rest;
	size_t at = str_find(whole, separator, 0);
	if (at == SIZE_MAX) {
		*rest = STR_NONE;
		return whole;
	}
	*rest = str_from(whole, at + separator.n);
	return str_n(whole.p, at);
}

/* Bytes of the white space that s starts with at `at`, or 0. */
static size_t space_length(struct str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at];
	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return 1;
	if (str_starts(str_from(s, at), STR("\xe3\x80\x80")))
		return 3;
	if (str_starts(str_from(s, at), STR("\xc2\xa0")))
		return 2;
	return 0;
}

struct str str_trim_start(struct str s)
{
	size_t at = 0, length;
	while (at < s.n && (length = space_length(s, at)) > 0)
		at += length;
	return str_from(s, at);
}

struct str str_trim_end(struct str s)
{
	while (s.n > 0) {
		size_t length = 0;
		for (size_t back = 1; back <= 3 && back <= s.n && length == 0; back++)
			if (space_length(s, s.n - back) == back)
				length = back;
		if (length == 0)
			break;
		s.n -= length;
	}
	return s;
}

struct str str_trim(struct str s)
{
	return str_trim_end(str_trim_start(s));
}

uint32_t str_point(struct str s, size_t at, size_t *length)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	if (at >= s.n) {
		*length = 0;
		return 0;
	}
	const unsigned char *p = (const unsigned char *)s.p + at;
	*length = 1;
	if (p[0] < 0x80)
		return p[0];
	size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc2 ? 2 : 0;
	if (n == 0 || p[0] > 0xf4 || s.n - at < n)
		return 0xfffd;
	uint32_t point = p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0xfffd;
		point = point << 6 | (p[i] & 0x3f);
	}
	if (point < least[n] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
		return 0xfffd;
	*length = n;
	return point;
}

uint32_t str_point_before(struct str s, size_t at, size_t *length)
{
	size_t from = at > s.n ? s.n : at;
	s.n = from;
	while (from > 0 && ((unsigned char)s.p[--from] & 0xc0) == 0x80)
		;
	return str_point(s, from, length);
}

bool point_is_one_of(uint32_t point, struct str set)
{
	size_t length;
	for (size_t at = 0; at < set.n; at += length)
		if (str_point(set, at, &length) == point)
			return true;
	return false;
}

bool str_is_xml(uint32_t point)
{
	return (point >= 0x20 || point == '\t' || point == '\n' || point == '\r') && point <= 0x10ffff &&
		(point < 0xd800 || point > 0xdfff) && point != 0xfffe && point != 0xffff;
}

size_t str_encode(uint32_t point, char out[4])
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	size_t n = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	for (size_t i = n; i-- > 1; point >>= 6)
		out[i] = (char)(0x80 | (point & 0x3f));
	out[0] = (char)((0xf00u >> n & 0xf0) | point);
	return n;
}

size_t str_points(struct str s)
{
	size_t count = 0, length;
	for (size_t at = 0; at < s.n; at += length, count++)
		str_point(s, at, &length);
	return count;
}

bool str_is_one_of(struct str s, const char *words)
{
	for (const char *word = words;;) {
		const char *end = strchrnul(word, '|');
		if (str_eq(s, str_n(word, (size_t)(end - word))))
			return true;
		if (!*end)
			return false;
		word = end + 1;
	}
}

bool str_is_ascii_one_of(struct str s, const char *words)
{
	for (struct str rest = str_c(words); rest.p;) {
		struct str word = str_cut(&rest, STR("|"));
		if (word.n == s.n && strncasecmp(word.p, s.p, s.n) == 0)
			return true;
	}
	return false;
}

struct str str_first(struct str s, size_t points)
{
	size_t at = 0, length;
	for (; points > 0 && at < s.n; points--, at += length)
		str_point(s, at, &length);
	return str_n(s.p, at);
}

bool str_number(struct str s, long max, long *out)
{
	long value = 0;
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		long digit = s.p[i] - '0';
		if (digit > max || value > (max - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}

bool str_hex(struct str s, uint64_t *out)
{
	uint64_t value = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], letter = (char)(c | 0x20);
		if (c >= '0' && c <= '9')
			value = value << 4 | (uint64_t)(c - '0');
		else if (letter >= 'a' && letter <= 'f')
			value = value << 4 | (uint64_t)(letter - 'a' + 10);
		else
			return false;
	}
	*out = value;
	return s.n > 0 && s.n <= 16;
}

enum { DISTANCE_MOST = 64 };

static size_t decode(struct str s, uint32_t out[DISTANCE_MOST])
{
	size_t count = 0, length;
	for (size_t at = 0; at < s.n; at += length) {
		if (count == DISTANCE_MOST)
			return SIZE_MAX;
		out[count++] = str_point(s, at, &length);
	}
	return count;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t str_distance(struct str a, struct str b, size_t limit)
{
	uint32_t x[DISTANCE_MOST], y[DISTANCE_MOST];
	size_t rows[3][DISTANCE_MOST + 1];
	size_t m = decode(a, x), n = decode(b, y);
	if (m == SIZE_MAX || n == SIZE_MAX)
		return limit + 1;
	for (size_t j = 0; j <= n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			row[j] = least(above[j - 1] + (x[i - 1] != y[j - 1]), least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				row[j] = least(row[j], higher[j - 2] + 1);
		}
	}
	return least(rows[m % 3][n], limit + 1);
}

bool str_near(struct str a, struct str b)
{
	size_t m = str_points(a), n = str_points(b), longest = m > n ? m : n;
	size_t limit = longest < 6 ? 1 : longest / 3;
	return longest > 1 && str_distance(a, b, limit) <= limit;
}

void str_nearer(struct str word, struct str candidate, struct str *near)
{
	if (!str_near(word, candidate))
		return;
	size_t least = near->p ? str_distance(word, *near, DISTANCE_MOST) : SIZE_MAX;
	size_t distance = least > 0 ? str_distance(word, candidate, DISTANCE_MOST) : SIZE_MAX;
	if (distance < least || (distance == least && str_cmp(candidate, *near) < 0))
		*near = candidate;
}
