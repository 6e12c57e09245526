/* css: whatever a theme's style sheet holds, reading it ends and stays inside. */
#include "check/css.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct css css;
	struct css_color text, ground;
	css_read(&css, str_n((const char *)data, size));
	for (size_t i = 0; i < VEC_COUNT(&css.rules, struct css_rule); i++) {
		const struct css_rule *r = &VEC_AT(&css.rules, struct css_rule)[i];
		if (r->place >= size)
			abort();
		for (enum scheme scheme = SCHEME_LIGHT; scheme < SCHEMES; scheme++)
			if (css_color_of(&css, r->text, scheme, &text) &&
				css_color_of(&css, r->ground, scheme, &ground) && !(css_contrast(text, ground) >= 1))
				abort();
	}
	css_release(&css);
	return 0;
}
