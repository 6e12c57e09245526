/*
 * shown: a good site with its theme, and its outputs by path.
 *
 *     struct shown s = { .kept = kept, .site = site, .theme = theme };
 *     shown_list(&s, &files);
 *     const struct output *o = shown_find(&s, STR("ict/5/"));
 *     shown_release(&s);                 // all but `kept`
 */
#ifndef GIJI_SERVE_SHOWN_H
#define GIJI_SERVE_SHOWN_H

#include "publish/outputs.h"

struct kept;

struct shown {
	struct kept *kept;
	struct site *site;
	struct theme *theme;
	struct arena theme_arena, arena;
	struct outputs outputs;
	struct map paths; /* output → index into outputs */
	struct str base;  /* the path at which it begins, decoded */
};

void shown_list(struct shown *s, struct fs *files);
void shown_unlist(struct shown *s); /* before another site takes the place of this one */
void shown_release(struct shown *s);

/* What a request for `path`, below the base, is answered with: for a folder its index.html. NULL without one. */
const struct output *shown_find(const struct shown *s, struct str path);

/* The page for a path that is none, in the language in which it begins. */
const struct output *shown_missing(const struct shown *s, struct str path);

/* The address of what stands on a line of a record, as it was read when it was good: "/kaigi/ict/5/#s4-5"; STR_NONE for
 * what is on no page. */
struct str shown_address(const struct shown *s, const struct loc *at, struct arena *a);

#endif
