/*
 * alone: a record read by itself, as its site would read it: with its settings, registers and body, without any
 * other file. The record may lie anywhere, and be an older version.
 *
 *     struct alone site;
 *     alone_open(&site, &fs, STR("ict"), STR("ja"));
 *     struct meeting *m = alone_read(&site, bytes, STR("/tmp/old.md"), &front, diags);
 *     alone_release(&site);                       // and with it all that was read
 */
#ifndef GIJI_MINUTES_ALONE_H
#define GIJI_MINUTES_ALONE_H

#include "minutes/read.h"
#include "source/settings.h"

struct alone {
	struct arena arena;
	struct settings settings;
	struct registers registers;
	struct labels *labels;
	struct body_front body;
	struct str folder;
};

/* `site` may be NULL: nothing is known but what the record says itself, and that it is in `language`. What is wrong
 * with the site's files is not said here. */
void alone_open(struct alone *s, struct fs *site, struct str folder, struct str language);
void alone_release(struct alone *s);

/* NULL after findings that leave no record. Its language is told by its name's ending (5.en.md). *front is its front
 * matter as written. */
struct meeting *alone_read(
	struct alone *s, struct str bytes, struct str path, const struct yaml_node **front, struct diags *ds);

#endif
