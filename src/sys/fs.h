/*
 * fs: what a kind of file tree does for sys/file.h. Private to src/sys.
 *
 * fs.c has checked every path (fs_path_clean, or "" for the root where that
 * makes sense) and composes whole operations from these steps. A step that
 * fails for the machine's reason says `return fs_fail(errno)`.
 */
#ifndef GIJI_SYS_FS_H
#define GIJI_SYS_FS_H

#include "sys/file.h"

enum fs_purpose { FS_TO_READ, FS_TO_WRITE }; /* writing begins with an empty file */

/* An open file; each kind of tree uses the fields it needs. */
struct fs_file {
	uint64_t size;  /* when it was opened to be read */
	int descriptor; /* disk */
	void *node;     /* memory: the file */
	size_t at;      /* memory: how far it was read */
	bool full;      /* failing: this is the change that fails */
};

struct fs_operations {
	enum fs_result (*open)(void *state, struct str path, enum fs_purpose purpose, struct fs_file *file);
	enum fs_result (*get)(
		void *state, struct fs_file *file, char *bytes, size_t room, size_t *n); /* *n is 0 at the end */
	enum fs_result (*put)(void *state, struct fs_file *file, struct str bytes);
	enum fs_result (*close)(void *state, struct fs_file *file);

	enum fs_result (*stat)(void *state, struct str path, struct fs_entry *entry);
	enum fs_result (*list)(void *state, struct str folder, struct arena *a, struct buf *entries); /* in any order */
	enum fs_result (*make_folder)(void *state, struct str path); /* the folder above must be there */
	enum fs_result (*rename)(void *state, struct str from, struct str to);
	enum fs_result (*remove)(void *state, struct str path); /* a file or link; FS_NOT_FILE for a folder */
	enum fs_result (*remove_folder)(void *state, struct str path);
	void (*release)(void *state);
};

/* Remembers the reason for fs_reason() and returns FS_FAILED. */
enum fs_result fs_fail(int error);

/* From now on resolves links without openat2, as on kernels and in sandboxes
 * that lack it. */
void fs_disk_walk(struct fs *fs);

#endif
