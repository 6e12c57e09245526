/*
 * css: the colours of a style sheet: what its rules say of text, grounds and lines, in light and in dark.
 *
 * No more than that is read. What stands in @media for print or forced colours, and what depends on more than custom
 * properties of :root, is passed over. Private to src/check.
 */
#ifndef GIJI_CHECK_CSS_H
#define GIJI_CHECK_CSS_H

#include "base/map.h"

enum scheme { SCHEME_LIGHT, SCHEME_DARK, SCHEMES };

struct css_rule {
	struct str selector; /* one of its list */
	bool applies[SCHEMES];
	struct str text, ground, edge; /* values of color, background, and of border or outline; or STR_NONE */
	size_t place;                  /* byte of the sheet */
};

enum { CSS_RULES_MOST = 5000 /* more are not read: each is compared with all others */ };

struct css {
	struct str bytes;
	struct buf rules; /* of struct css_rule, in order */
	struct map properties[SCHEMES];
	struct buf values; /* of struct str: of the properties */
	struct arena arena;
};

struct css_color {
	uint8_t red, green, blue;
};

void css_read(struct css *css, struct str bytes);
void css_release(struct css *css);

/* The colour of a value in a scheme: the first that stands in it. False when it has none that is known. */
bool css_color_of(const struct css *css, struct str value, enum scheme scheme, struct css_color *color);

/* WCAG 2.2: 1 to 21. */
double css_contrast(struct css_color a, struct css_color b);

#endif
