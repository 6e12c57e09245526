#include "site/build.h"

#include <string.h>

struct str build_decode(struct arena *a, struct str s)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < s.n; i++) {
		static const char hex[] = "0123456789abcdef";
		const char *high = NULL, *low = NULL;
		if (s.p[i] == '%' && i + 2 < s.n) {
			high = memchr(hex, s.p[i + 1] | 0x20, 16);
			low = memchr(hex, s.p[i + 2] | 0x20, 16);
		}
		bool is_hex = high && low && s.p[i + 1] >= '0' && s.p[i + 2] >= '0';
		buf_byte(&out, is_hex ? (char)((unsigned)(high - hex) << 4 | (unsigned)(low - hex)) : s.p[i]);
		i += is_hex ? 2 : 0;
	}
	struct str made = arena_str(a, buf_str(&out));
	buf_release(&out);
	return made;
}

static bool has_numbered(size_t count, struct str digits)
{
	long number;
	return str_number(digits, 1000000, &number) && number >= 1 && (size_t)number <= count;
}

#define ANY_ANCHOR(list, count, wanted) \
	for (size_t i_ = 0; i_ < (count); i_++) \
		if (str_eq((list)[i_].anchor, (wanted))) \
			return true;

bool build_has_anchor(const struct meeting *m, struct str anchor)
{
	switch (anchor.p[0]) {
	case 'i':
		ANY_ANCHOR(m->items, m->item_count, anchor);
		return false;
	case 's':
		ANY_ANCHOR(m->speeches, m->speech_count, anchor);
		ANY_ANCHOR(m->statements, m->statement_count, anchor);
		return false;
	case 'n':
		ANY_ANCHOR(m->statements, m->statement_count, anchor);
		return false;
	case 'c':
		return has_numbered(m->front.corrections.count, str_from(anchor, 1));
	default:
		ANY_ANCHOR(m->callouts, m->callout_count, anchor);
		return false;
	}
}
