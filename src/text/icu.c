#include "text/icu.h"

#include <assert.h>
#include <string.h>
#include <strings.h>
#include <unicode/ustring.h>

bool icu_locale(struct str language, char locale[ULOC_FULLNAME_CAPACITY])
{
	char tag[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	int32_t parsed = 0;
	locale[0] = '\0';
	if (language.n >= sizeof tag)
		return false;
	memcpy(tag, language.p ? language.p : "", language.n);
	tag[language.n] = '\0';
	uloc_forLanguageTag(tag, locale, ULOC_FULLNAME_CAPACITY, &parsed, &status);
	return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && (size_t)parsed == language.n;
}

bool icu_language_is(struct str language, struct str code)
{
	return language.n >= code.n && strncasecmp(language.p, code.p, code.n) == 0 &&
		(language.n == code.n || language.p[code.n] == '-');
}

UChar *icu_from_utf8(struct arena *a, struct str s, int32_t *length)
{
	assert(s.n < INT32_MAX / 4);
	UErrorCode status = U_ZERO_ERROR;
	UChar *out = ARENA_ARRAY(a, UChar, s.n + 1); /* a byte gives one unit at most */
	u_strFromUTF8WithSub(out, (int32_t)s.n + 1, length, s.p ? s.p : "", (int32_t)s.n, 0xfffd, NULL, &status);
	assert(U_SUCCESS(status));
	return out;
}

struct str icu_to_utf8(struct arena *a, const UChar *p, int32_t length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = length * 3 + 1, n = 0; /* a unit gives three bytes at most */
	char *out = ARENA_ARRAY(a, char, (size_t)room);
	u_strToUTF8WithSub(out, room, &n, p, length, 0xfffd, NULL, &status);
	assert(U_SUCCESS(status));
	return str_n(out, (size_t)n);
}
