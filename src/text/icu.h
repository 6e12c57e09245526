/* icu: what the files of this room share of ICU; nobody outside the room includes it. */
#ifndef GIJI_TEXT_ICU_H
#define GIJI_TEXT_ICU_H

#include "base/arena.h"

#include <unicode/uloc.h>
#include <unicode/utypes.h>

/* The locale of a BCP 47 language, "und" for an empty one; false when it is not well-formed. */
bool icu_locale(struct str language, char locale[ULOC_FULLNAME_CAPACITY]);

/* True when the primary subtag of `language` is `code` ("ja" for ja, ja-JP, JA). */
bool icu_language_is(struct str language, struct str code);

/* UTF-16 in the arena; what is not UTF-8 becomes U+FFFD. */
UChar *icu_from_utf8(struct arena *a, struct str s, int32_t *length);
struct str icu_to_utf8(struct arena *a, const UChar *p, int32_t length);

#endif
