/*
 * kept: what the files of a site became, kept from one load to the next, for who loads a site again and again.
 *
 *     struct kept *kept = kept_open();
 *     options.kept = kept;
 *     struct site *first = site_load(fs, &options, diags);       // reads everything
 *     struct kept *next = kept_after(kept, &changed, false);     // what is not said to have changed is shared
 *     options.kept = next;
 *     struct site *second = site_load(fs, &options, diags2);     // reads only what changed
 *     kept_release(kept);
 *
 * Loading again with an unchanged `kept` gives the same site once more, without looking at the disk: so does one go
 * back to the last good site. A site points into its kept, which must outlive it; and of the sites that share files,
 * only the one loaded last may be rendered, for each load settles anew what the files mean to each other.
 * Used by one thread at a time.
 */
#ifndef GIJI_SITE_KEPT_H
#define GIJI_SITE_KEPT_H

#include "base/map.h"

struct kept;

struct kept *kept_open(void);
/* `changed`: files and folders below the site's root that changed, came or went. With `all` nobody knows what
 * changed: every file is read, and compared with what it was. */
struct kept *kept_after(const struct kept *k, const struct map *changed, bool all);
void kept_release(struct kept *k); /* NULL is fine */

#endif
