/*
 * manifest: the record of what giji put into an output folder. One file a line, so that it can be
 * read in a diff:
 *
 *     {"giji": 1, "now": "2026-04-01", "base_url": "https://…", "drafts": false, "files": {
 *     "ict/5/index.html": {"sha256": "…", "source": "content/ict/5.md", "anchors": "i1 s1 s1-1"},
 *     …
 *     }}
 */
#ifndef GIJI_PUBLISH_MANIFEST_H
#define GIJI_PUBLISH_MANIFEST_H

#include "base/map.h"
#include "sys/hash.h"

struct manifest_file {
	struct str path;
	struct str sha256; /* hex */
	struct str source, anchors;
};

struct manifest {
	struct manifest_file *files;
	size_t count;
	bool drafts;
};

/* Reads giji's own form only. False when it is anything else. Everything lives in the arena. */
bool manifest_read(struct str bytes, struct arena *a, struct manifest *m);

void manifest_begin(struct buf *out, struct str now, struct str base_url, bool drafts);
void manifest_add(struct buf *out, bool first, const struct manifest_file *file);
void manifest_end(struct buf *out);

#endif
