/* labels: the theme's words for what is no template: feeds, calendars. */
#ifndef GIJI_EXCHANGE_LABELS_H
#define GIJI_EXCHANGE_LABELS_H

#include "render/theme.h"

/* The label in a language with its holes filled, in the arena; "" where the theme lacks it. */
struct str label_text(const struct theme *t, struct str language, const char *key, const struct message_arg *args,
	size_t count, struct arena *a);

/* A meeting's title, behind it its status unless that is an ordinary, confirmed one. */
struct str label_title(const struct theme *t, struct str language, const struct meeting *m, struct arena *a);

/* The name of a feed or calendar: as its page's. */
struct str label_page(const struct theme *t, const struct site *s, const struct page *page, struct arena *a);

#endif
