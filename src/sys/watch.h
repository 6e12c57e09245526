/*
 * watch: which files below a folder changed.
 *
 *     struct watch *w = watch_open(&fs, "/srv/site", &what, false);
 *     struct watch_changes changes = { 0 };
 *     while (watch_wait(w, 1000, &changes)) …        // something changed, or time ran out
 *     watch_changes_clear(&changes);
 *
 * By inotify, a watch on each folder: a rename, a new folder and a queue that ran over are handled. Where inotify is
 * not to be had, or sees nothing (network drives), files are compared by time and size instead, once a second.
 */
#ifndef GIJI_SYS_WATCH_H
#define GIJI_SYS_WATCH_H

#include "base/map.h"
#include "sys/file.h"

struct watch;

struct watch_changes {
	struct map paths; /* of files and folders that changed, came or went */
	bool all;         /* nobody knows what changed */
	bool writing;     /* a file is written to and not yet closed */
	bool gone;        /* something was removed or renamed: its successor may follow */
	uint32_t moving;  /* the rename that made it so */
	size_t count;     /* of what was told, also of one path again */
	struct arena arena;
};

/* `names` are the entries of the root that count: files, or folders with all below them. */
struct watch *watch_open(struct fs *fs, const char *root, const struct str *names, size_t count, bool poll);
void watch_close(struct watch *w);
bool watch_polls(const struct watch *w);

/* Adds what changed since. False when nothing did in this time, or a signal came. */
bool watch_wait(struct watch *w, int milliseconds, struct watch_changes *changes);
void watch_changes_clear(struct watch_changes *changes);

#endif
