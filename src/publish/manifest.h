/*
 * manifest: the record of what giji put into an output folder. One file a line, so that it can be
 * read in a diff:
 *
 *     {"giji": 1, "now": "2026-04-01", "base_url": "https://…", "drafts": false, "files": {
 *     "ict/5/index.html": {"sha256": "…", "source": "content/ict/5.md", "anchors": "i1 s1 s1-1", "aliases": "/old/5.pdf"},
 *     "old/5/index.html": {"sha256": "…", "source": "content/ict/5.md", "to": "/kaigi/ict/5/"},
 *     …
 *     }}
 */
#ifndef GIJI_PUBLISH_MANIFEST_H
#define GIJI_PUBLISH_MANIFEST_H

#include "base/map.h"
#include "sys/hash.h"

struct publish_facts {      /* what the manifest says of a file, beside its hash; each may be "" */
	struct str source;  /* the file of content/ that it comes from: "content/ict/5.md" */
	struct str by;      /* of a document: the file that names it */
	struct str to;      /* of an old address: where it leads */
	struct str anchors; /* that others may have linked to, separated by spaces */
	struct str aliases; /* old addresses that lead to it and have no file of their own, as URLs without the base's
	                       path, separated by spaces */
};

struct manifest_file {
	struct str path;
	struct str sha256; /* hex */
	struct publish_facts facts;
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
