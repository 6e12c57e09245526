/*
 * file: the only way in which giji touches files.
 *
 * A `struct fs` is a folder tree with one root; all paths are relative to it,
 * separated by `/`, without `.` or `..` parts, never leading out of it: an
 * absolute path, a `..` and a symbolic link that leads out of the root are
 * refused (FS_OUTSIDE). It is opened as
 *
 *     fs_disk_open(&fs, "/srv/site")   a folder on disk (openat2 below one descriptor)
 *     fs_memory_open(&fs)              for tests: a new one in memory (/dev/shm, else /tmp), gone when closed
 *     fs_failing_open(&fs, &inner, n)  for tests: the same tree, but its n-th change fails with ENOSPC
 *
 * Where a kernel or sandbox has no openat2, links are not followed at all.
 *
 * Functions return FS_OK or the reason; none adds findings: the caller knows
 * what the file was for. Safe to use from several threads at once, each file
 * by one thread.
 */
#ifndef GIJI_SYS_FILE_H
#define GIJI_SYS_FILE_H

#include "base/buf.h"

enum fs_result {
	FS_OK,
	FS_ABSENT,    /* no such file or folder */
	FS_OUTSIDE,   /* the path leads out of the root */
	FS_NOT_FILE,  /* a folder, device or socket where a file was wanted, or the reverse */
	FS_TOO_LARGE, /* more than the caller's limit */
	FS_EXISTS,
	FS_FAILED     /* the machine's reason is in fs_reason() */
};

enum fs_kind { FS_FILE, FS_FOLDER, FS_OTHER };

struct fs_entry {
	struct str name; /* one path part */
	enum fs_kind kind;
	uint64_t size;
	int64_t changed; /* when, in nanoseconds from some start */
};

struct fs {
	struct fs_tree *tree;
};

/* The root folder must exist for fs_disk_open, unless `create`. `path` may be
 * relative to the working directory. */
enum fs_result fs_disk_open(struct fs *fs, const char *path, bool create);
void fs_memory_open(struct fs *fs);
void fs_failing_open(struct fs *fs, struct fs *inner, size_t nth); /* counted from 1 */
void fs_close(struct fs *fs);

/* Appends the file's bytes to out (which is unchanged on failure). Files over
 * `limit` bytes are FS_TOO_LARGE. */
enum fs_result fs_read(struct fs *fs, struct str path, size_t limit, struct buf *out);

/* Opens a file for whoever sends it on piece by piece: a descriptor, to be closed by the caller, and its size. */
enum fs_result fs_open(struct fs *fs, struct str path, int *descriptor, size_t *size);

/* True when the file is there and holds exactly these bytes. */
bool fs_same(struct fs *fs, struct str path, struct str bytes);

enum fs_result fs_stat(struct fs *fs, struct str path, struct fs_entry *entry); /* name is left STR_NONE */

/* The entries of a folder, sorted by name in byte order, names in the arena.
 * "" is the root. Links are followed when they stay inside the root. */
enum fs_result fs_list(struct fs *fs, struct str folder, struct arena *a, struct fs_entry **entries, size_t *count);

/* Creates folders above the path as needed and writes the whole file. Not
 * atomic by itself: publish stages files and renames them into place. */
enum fs_result fs_write(struct fs *fs, struct str path, struct str bytes);

/* Puts the whole file in its place in one step: what stood there is never half of it. */
enum fs_result fs_replace(struct fs *fs, struct str path, struct str bytes);

/* Copies from another tree without holding the file in memory, and hashes what it
 * copied: sha256 (may be NULL) receives 32 bytes. */
enum fs_result fs_copy(struct fs *from, struct str from_path, struct fs *to, struct str to_path, uint8_t sha256[32]);

/* The SHA-256 of a file, which is not held in memory. */
enum fs_result fs_hash(struct fs *fs, struct str path, uint8_t sha256[32]);

/* Moves within one tree, replacing a file that is there; makes folders above `to`. */
enum fs_result fs_rename(struct fs *fs, struct str from, struct str to);
enum fs_result fs_remove(struct fs *fs, struct str path);        /* one file */
enum fs_result fs_remove_folder(struct fs *fs, struct str path); /* one empty folder; FS_EXISTS when it is not empty */
enum fs_result fs_remove_tree(struct fs *fs, struct str path);   /* a folder and all below it; FS_ABSENT is fine */

/* The calling thread's last failure in words ("No space left on device"). */
const char *fs_reason(void);

/* The same for any result but FS_OK, translated. */
const char *fs_why(enum fs_result result);

/* Whether that failure was a matter of permission. */
bool fs_denied(void);

/* False with a reason where the root may not be written, or is on a file system that nobody may write. */
bool fs_may_write(const struct fs *fs);

/* Whether anything stands at a path of the whole disk, or from the working directory. */
bool fs_is_there(const char *path);

/* True for a relative path without empty, `.` or `..` parts and NUL bytes. */
bool fs_path_clean(struct str path);

/* False for a path that a list with one on each line could not hold: with a line break or another control character. */
bool fs_path_prints(struct str path);

/* Joins a folder ("" for the root) and a relative reference that may hold `.`
 * and `..`, into the arena. STR_NONE when it leads out of the root. */
struct str fs_path_join(struct arena *a, struct str folder, struct str reference);
struct str fs_path_folder(struct str path); /* "a/b/c.md" → "a/b"; "c.md" → "" */
struct str fs_path_name(struct str path);   /* "a/b/c.md" → "c.md" */

#endif
