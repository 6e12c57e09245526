#include "markdown/scheme.h"

static bool is_scheme_byte(char c, size_t n)
{
	bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
	return letter || (n > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'));
}

bool scheme_is_allowed(struct str address)
{
	enum { SCHEME_MOST = 32 };
	char scheme[SCHEME_MOST];
	size_t n = 0;
	for (size_t i = 0; i < address.n; i++) {
		char c = address.p[i];
		if ((unsigned char)c <= ' ' || c == 0x7f)
			continue;
		if (c == ':')
			break;
		if (!is_scheme_byte(c, n) || i + 1 == address.n)
			return true;
		if (n == SCHEME_MOST)
			return false;
		scheme[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
	}
	return n == 0 || str_is_one_of(str_n(scheme, n), "http|https|mailto|tel");
}
