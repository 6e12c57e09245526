/* str and buf: whatever the bytes, nothing is read outside them and the promises of the headers hold. */
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool promise)
{
	if (!promise)
		abort();
}

static void points_cover_all_bytes(struct str s)
{
	size_t length, at = 0, count = 0;
	for (; at < s.n; at += length, count++) {
		uint32_t point = str_point(s, at, &length);
		char again[4];
		demand(length >= 1 && at + length <= s.n);
		if (point != 0xfffd)
			demand(str_encode(point, again) == length && memcmp(again, s.p + at, length) == 0);
	}
	demand(count == str_points(s));
}

static void parts_make_the_whole(struct str s, struct str separator)
{
	struct buf joined = { 0 };
	for (struct str rest = s; rest.p;) {
		if (joined.p || rest.p != s.p)
			buf_put(&joined, separator);
		buf_put(&joined, str_cut(&rest, separator));
	}
	demand(str_eq(buf_str(&joined), s));
	buf_release(&joined);
}

static void nothing_that_html_knows_is_left(struct str s)
{
	struct buf out = { 0 };
	buf_attribute(&out, s);
	demand(str_find_byte(buf_str(&out), '<', 0) == SIZE_MAX && str_find_byte(buf_str(&out), '"', 0) == SIZE_MAX);
	buf_clear(&out);
	buf_json(&out, s);
	for (size_t i = 0; i < out.n; i++)
		demand((unsigned char)out.p[i] >= 0x20 && out.p[i] != '<');
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_n((const char *)data, size), half = str_n(s.p, size / 2), trimmed = str_trim(s);
	points_cover_all_bytes(s);
	parts_make_the_whole(s, STR("、"));
	nothing_that_html_knows_is_left(s);
	demand(trimmed.n <= s.n && str_eq(str_trim(trimmed), trimmed));
	size_t distance = str_distance(half, str_from(s, size / 2), 64);
	demand(distance == str_distance(str_from(s, size / 2), half, 64));
	return 0;
}
