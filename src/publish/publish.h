/*
 * publish: public/ is exactly the site, never half of it.
 *
 *     struct publication *p = publication_open(&out, &options, diags);
 *     publication_page(p, i, path, bytes, facts, diags);  // from many threads, each slot once
 *     publication_copy(p, k, path, &fs, from, diags);
 *     publication_finish(p, &summary, diags)   or   publication_abandon(p);
 *
 * What differs from the file that stands there is staged in .giji-stage/ inside the
 * output folder and renamed into place by publication_finish, in the order of slots (into an empty folder: by
 * whole folders, which nobody can see half of); the same bytes are left alone. Then the files that the previous manifest, giji-manifest.json, lists, this build does not,
 * and nobody changed since, are removed, with the folders that this empties; at last the new manifest is renamed into
 * place. While all this goes on a manifest of both builds stands there, so that the build after one that was
 * broken off knows what is its own. Files that giji did not write are never touched.
 */
#ifndef GIJI_PUBLISH_PUBLISH_H
#define GIJI_PUBLISH_PUBLISH_H

#include "base/diag.h"
#include "publish/manifest.h"
#include "sys/file.h"

struct publication;

struct publish_options {
	size_t slots;   /* how many files will be handed over, at most */
	bool force;     /* take over a folder that is not empty and has no manifest */
	bool drafts;    /* -D */
	struct str now; /* ISO date, for the manifest */
	struct str base_url;
	struct buf *log;     /* receives a line a change, "+ path" or "- path"; or NULL */
};

struct publish_summary {
	size_t written, unchanged, removed;
};

/* NULL after a finding: output-refused when the folder is not one that giji may write, machine. Clears what a
 * killed build left. `out` must outlive it. */
struct publication *publication_open(struct fs *out, const struct publish_options *options, struct diags *ds);

/* Stages a file's bytes under a slot. Paths are clean and all different (the site room saw to it). Slots are
 * put in place in rising order. Path and facts must outlive the publication, all but the anchors, which are copied.
 * False after a machine finding. */
bool publication_page(struct publication *p, size_t slot, struct str path, struct str bytes, struct publish_facts facts,
	struct diags *ds);

/* The same for a file of another tree, which is not held in memory. */
bool publication_copy(struct publication *p, size_t slot, struct str path, struct fs *from_fs, struct str from,
	struct publish_facts facts, struct diags *ds);

/* Puts everything in place; false after machine findings (the next build mends what is half done). Frees p. */
bool publication_finish(struct publication *p, struct publish_summary *summary, struct diags *ds);

/* Removes what was staged; nothing in the folder has changed. Frees p. */
void publication_abandon(struct publication *p);

#define PUBLISH_MANIFEST "giji-manifest.json"

#endif
