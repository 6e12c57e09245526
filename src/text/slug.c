#include "text/slug.h"

#include "text/fold.h"
#include "text/words.h"

static bool is_kept(uint32_t point)
{
	return point_is_letter(point) || point_is_digit(point);
}

struct str slug(struct arena *a, struct str s)
{
	struct arena scratch;
	arena_init(&scratch);
	struct str made = text_runs(a, fold(&scratch, s), is_kept, '-');
	arena_release(&scratch);
	return made;
}

bool slug_is_clean(struct str s)
{
	struct arena scratch;
	size_t length;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		bool inner = at > 0 && at + length < s.n;
		if (!is_kept(point) && point != '-' && point != '_' && !(point == '.' && inner))
			return false;
	}
	arena_init(&scratch);
	bool clean = s.n > 0 && str_eq(fold_nfc(&scratch, s), s);
	arena_release(&scratch);
	return clean;
}

bool slug_is_unreserved(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
		c == '_' || c == '~';
}

void slug_encode(struct buf *out, struct str path)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];
		if (slug_is_unreserved(path.p[i]) || c == '/')
			buf_byte(out, path.p[i]);
		else
			buf_put(out, str_n((char[]){ '%', hex[c >> 4], hex[c & 15] }, 3));
	}
}

struct str slug_decode(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		uint64_t byte;
		bool encoded = s.p[i] == '%' && i + 2 < s.n && str_hex(str_n(s.p + i + 1, 2), &byte);
		out[n++] = encoded ? (char)byte : s.p[i];
		i += encoded ? 2 : 0;
	}
	return str_n(out, n);
}
