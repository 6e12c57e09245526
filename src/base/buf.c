#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void buf_reserve(struct buf *b, size_t more)
{
	if (b->size - b->n >= more)
		return;
	size_t size = b->size ? b->size : 64;
	while (size - b->n < more)
		size += size / 2;
	b->p = mem_resize(b->p, size, 1);
	b->size = size;
}

void buf_put(struct buf *b, struct str s)
{
	if (s.n == 0)
		return;
	buf_reserve(b, s.n);
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_byte(struct buf *b, char c)
{
	buf_reserve(b, 1);
	b->p[b->n++] = c;
}

void buf_format(struct buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	size_t room = b->size - b->n;
	int n = vsnprintf(room ? b->p + b->n : NULL, room, format, args);
	va_end(args);
	if ((size_t)n >= room) {
		buf_reserve(b, (size_t)n + 1);
		vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
	}
	va_end(again);
	b->n += (size_t)n;
}

/* Skips bytes that no replacement is for, eight at once: all that are replaced are less than 0x40. */
static size_t skip_plain(struct str s, size_t at)
{
	const uint64_t tops = UINT64_C(0x8080808080808080);
	for (uint64_t eight; at + sizeof eight <= s.n; at += sizeof eight) {
		memcpy(&eight, s.p + at, sizeof eight);
		if (((eight | eight << 1) & tops) != tops) /* the two highest bits of one are 0 */
			break;
	}
	return at;
}

/* Copies s, with each byte that `replace` knows written as its replacement.
 * Runs of plain bytes go in one piece: pages are nearly all plain text. */
static void put_replaced(struct buf *b, struct str s, const char *const replace[256])
{
	size_t plain = 0;
	for (size_t i = skip_plain(s, 0); i < s.n; i++) {
		const char *with = replace[(unsigned char)s.p[i]];
		if (with) {
			buf_put(b, str_n(s.p + plain, i - plain));
			buf_put(b, str_c(with));
			plain = i + 1;
		}
		if (i % 8 == 7) /* not at each byte, which would cost more than it saves */
			i = skip_plain(s, i + 1) - 1;
	}
	buf_put(b, str_from(s, plain));
}

void buf_text(struct buf *b, struct str s)
{
	static const char *const replace[256] = { ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;" };
	put_replaced(b, s, replace);
}

void buf_attribute(struct buf *b, struct str s)
{
	/* A literal tab or newline would be folded to a space by an XML parser. */
	static const char *const replace[256] = { ['&'] = "&amp;",
		['<'] = "&lt;",
		['>'] = "&gt;",
		['"'] = "&quot;",
		['\t'] = "&#9;",
		['\n'] = "&#10;",
		['\r'] = "&#13;" };
	put_replaced(b, s, replace);
}

void buf_json(struct buf *b, struct str s)
{
	static const struct str separators[] = { STR_INIT("\xe2\x80\xa8"), STR_INIT("\xe2\x80\xa9") };
	size_t plain = 0;
	buf_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool separator = c == 0xe2 &&
			(str_starts(str_from(s, i), separators[0]) || str_starts(str_from(s, i), separators[1]));
		if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c != 0x7f && !separator)
			continue;
		buf_put(b, str_n(s.p + plain, i - plain));
		if (separator) {
			buf_format(b, "\\u202%c", s.p[i + 2] == '\xa8' ? '8' : '9');
			i += 2;
		} else if (c == '"' || c == '\\') {
			buf_byte(b, '\\');
			buf_byte(b, (char)c);
		} else if (c == '\n') {
			buf_put(b, STR("\\n"));
		} else {
			buf_format(b, "\\u%04x", c);
		}
		plain = i + 1;
	}
	buf_put(b, str_from(s, plain));
	buf_byte(b, '"');
}

void *buf_extend(struct buf *b, size_t size)
{
	buf_reserve(b, size);
	void *p = b->p + b->n;
	b->n += size;
	return memset(p, 0, size);
}

void *buf_settle(struct buf *b, struct arena *a)
{
	void *p = arena_alloc(a, b->n);
	if (b->n)
		memcpy(p, b->p, b->n);
	buf_release(b);
	return p;
}

struct str buf_keep(struct buf *b, struct arena *a)
{
	struct str kept = arena_str(a, buf_str(b));
	buf_release(b);
	return kept;
}
