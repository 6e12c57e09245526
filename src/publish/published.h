/*
 * published: what an earlier build gave to the public must still be there: at its address, behind a redirect, or as a
 * tombstone. For `giji check --published OLD`.
 *
 *     struct manifest old;
 *     const char *why = published_read(bytes, false, &arena, &old);
 *     published_compare(&old, site, &outputs, diags);
 */
#ifndef GIJI_PUBLISH_PUBLISHED_H
#define GIJI_PUBLISH_PUBLISHED_H

#include "publish/manifest.h"
#include "publish/outputs.h"

/* Reads a manifest. NULL, or a translated reason why it cannot be compared: it is another file, one with paths that no
 * build has, or one of a build with drafts, which nobody was given. For `giji build --since OLD` it may be an empty file,
 * which says that nothing was published yet. Everything lives in the arena. */
const char *published_read(struct str bytes, bool may_be_empty, struct arena *a, struct manifest *old);

/* Appends what there is to upload and to remove: "+ path" and "- path" lines, or {"changed": […], "gone": […]}. What is
 * uploaded comes in the order of the manifest, then what is removed; the manifest itself last, for it is what the next
 * list starts from. Nothing where nothing differs. */
void published_changes(const struct manifest *old, const struct manifest *now, bool json, struct buf *out);

/* Findings: address-lost and anchor-lost; address-withdrawn where the content withholds now what it had published. What
 * expired says so in its front matter, and is no finding. Theme files, feeds and the like have no address of their own. */
void published_compare(
	const struct manifest *old, const struct site *site, const struct outputs *outputs, struct diags *ds);

#endif
