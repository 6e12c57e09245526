/* words: a text that may be given once or per language, `岡` or `{ja: 岡, en: Oka}`. */
#ifndef GIJI_SOURCE_WORDS_H
#define GIJI_SOURCE_WORDS_H

#include "yaml/yaml.h"

struct words {
	struct str any;                      /* given as one text, or the first language's */
	const struct yaml_node *by_language; /* the map, or NULL */
	struct loc loc;
};

/* In the language, else as given for any, else the first given; STR_NONE if never given. */
struct str words_in(const struct words *w, struct str language);
static inline bool words_are(const struct words *w)
{
	return w->any.n > 0;
}

#endif
