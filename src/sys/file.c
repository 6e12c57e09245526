#include "sys/hash.h"
#include "sys/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 32 * 1024 /* bytes in memory while a file is copied or compared */ };

/* A path that no tree may see, or longer than the machine takes; this bounds every recursion too. */
static enum fs_result refuse(struct str path)
{
	if (!fs_path_clean(path))
		return FS_OUTSIDE;
	for (struct str rest = path; rest.p;)
		if (path.n >= PATH_MAX || str_cut(&rest, STR("/")).n > NAME_MAX)
			return fs_fail(ENAMETOOLONG);
	return FS_OK;
}

/* A name too long to exist is, for who looks for it, simply not there. */
static enum fs_result refuse_absent(struct str path)
{
	enum fs_result result = refuse(path);
	return result == FS_FAILED ? FS_ABSENT : result;
}

/* --- opening --- */

/* Opens the folder that holds the path, and puts the path's last part into name. */
static int open_above(const struct fs_tree *tree, struct str path, char name[NAME_MAX + 1])
{
	snprintf(name, NAME_MAX + 1, "%.*s", STR_ARG(fs_path_name(path)));
	return tree_open(tree, fs_path_folder(path), O_PATH | O_DIRECTORY);
}

/* A pipe or device is opened without waiting, seen for what it is, and let go. */
static enum fs_result open_file(const struct fs_tree *tree, struct str path, int flags, int *file, size_t *size)
{
	struct stat st;
	*file = tree_open(tree, path, flags | O_NONBLOCK | O_NOCTTY);
	if (*file < 0)
		return fs_result_of(errno);
	enum fs_result result = fstat(*file, &st) < 0 ? fs_fail(errno) : S_ISREG(st.st_mode) ? FS_OK : FS_NOT_FILE;
	*size = (size_t)st.st_size;
	if (result != FS_OK)
		close(*file);
	return result;
}

static enum fs_result open_to_read(const struct fs *fs, struct str path, int *file, size_t *size)
{
	enum fs_result result = refuse_absent(path);
	return result == FS_OK ? open_file(fs->tree, path, O_RDONLY, file, size) : result;
}

static enum fs_result make_folder(const struct fs_tree *tree, struct str path)
{
	char name[NAME_MAX + 1];
	int above = open_above(tree, path, name);
	if (above < 0)
		return fs_result_of(errno);
	enum fs_result result = mkdirat(above, name, FOLDER_MODE) == 0 ? FS_OK : fs_result_of(errno);
	close(above);
	return result;
}

/* The folder above is there nearly always, so this begins at the end. */
static enum fs_result make_folders(const struct fs_tree *tree, struct str folder)
{
	if (folder.n == 0)
		return FS_OK;
	enum fs_result result = make_folder(tree, folder);
	if (result == FS_ABSENT) {
		result = make_folders(tree, fs_path_folder(folder));
		if (result == FS_OK)
			result = make_folder(tree, folder);
	}
	return result == FS_EXISTS ? FS_OK : result;
}

static enum fs_result open_to_write(const struct fs *fs, struct str path, int *file)
{
	const int flags = O_WRONLY | O_CREAT | O_TRUNC;
	size_t size;
	enum fs_result result = refuse(path);
	if (result != FS_OK)
		return result;
	result = open_file(fs->tree, path, flags, file, &size);
	if (result != FS_ABSENT)
		return result;
	result = make_folders(fs->tree, fs_path_folder(path));
	return result == FS_OK ? open_file(fs->tree, path, flags, file, &size) : result;
}

/* --- reading and writing --- */

static enum fs_result read_piece(int file, char *bytes, size_t room, size_t *n)
{
	ssize_t got = TEMP_FAILURE_RETRY(read(file, bytes, room));
	*n = got < 0 ? 0 : (size_t)got;
	return got < 0 ? fs_fail(errno) : FS_OK;
}

static enum fs_result read_all(int file, size_t size, size_t limit, struct buf *out)
{
	size_t start = out->n, n;
	if (size > limit)
		return FS_TOO_LARGE;
	/* One byte more than it should have tells whether it grew meanwhile. */
	buf_reserve(out, size + 1);
	do {
		buf_reserve(out, 1);
		enum fs_result result = read_piece(file, out->p + out->n, out->size - out->n, &n);
		if (result != FS_OK)
			return result;
		out->n += n;
		if (out->n - start > limit)
			return FS_TOO_LARGE;
	} while (n > 0);
	return FS_OK;
}

enum fs_result fs_open(struct fs *fs, struct str path, int *descriptor, size_t *size)
{
	return open_to_read(fs, path, descriptor, size);
}

enum fs_result fs_read(struct fs *fs, struct str path, size_t limit, struct buf *out)
{
	int file;
	size_t size, start = out->n;
	enum fs_result result = open_to_read(fs, path, &file, &size);
	if (result != FS_OK)
		return result;
	result = read_all(file, size, limit, out);
	close(file);
	if (result != FS_OK)
		out->n = start;
	return result;
}

static bool same_bytes(int file, struct str bytes)
{
	char piece[PIECE];
	size_t n;
	while (read_piece(file, piece, sizeof piece, &n) == FS_OK) {
		if (n == 0)
			return bytes.n == 0;
		if (n > bytes.n || memcmp(piece, bytes.p, n) != 0)
			return false;
		bytes = str_from(bytes, n);
	}
	return false;
}

bool fs_same(struct fs *fs, struct str path, struct str bytes)
{
	int file;
	size_t size;
	if (open_to_read(fs, path, &file, &size) != FS_OK)
		return false;
	bool same = size == bytes.n && same_bytes(file, bytes);
	close(file);
	return same;
}

static bool fails_now(struct fs_tree *tree)
{
	return atomic_fetch_add(&tree->change, 1) + 1 == tree->nth;
}

static enum fs_result put(int file, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = TEMP_FAILURE_RETRY(write(file, bytes.p, bytes.n));
		if (n < 0)
			return fs_fail(errno);
		bytes = str_from(bytes, (size_t)n);
	}
	return FS_OK;
}

/* Closes what was written. The first thing that went wrong is what the caller hears. */
static enum fs_result finish(struct fs *fs, int file, enum fs_result result)
{
	if (fails_now(fs->tree)) { /* as on a full disk, part of the file arrives */
		(void)!ftruncate(file, lseek(file, 0, SEEK_CUR) / 2);
		result = fs_fail(ENOSPC);
	}
	/* After EINTR Linux has closed it all the same. */
	bool closed = close(file) == 0 || errno == EINTR;
	return closed || result != FS_OK ? result : fs_fail(errno);
}

enum fs_result fs_write(struct fs *fs, struct str path, struct str bytes)
{
	int file;
	enum fs_result result = open_to_write(fs, path, &file);
	return result == FS_OK ? finish(fs, file, put(file, bytes)) : result;
}

/* Hashes all of `in`, and writes it to `out` unless that is -1. */
static enum fs_result copy_pieces(int in, int out, struct sha256_ctx *hash)
{
	char piece[PIECE];
	for (;;) {
		size_t n;
		enum fs_result result = read_piece(in, piece, sizeof piece, &n);
		if (result != FS_OK || n == 0)
			return result;
		sha256_update(hash, n, (const uint8_t *)piece);
		result = out < 0 ? FS_OK : put(out, str_n(piece, n));
		if (result != FS_OK)
			return result;
	}
}

enum fs_result fs_copy(struct fs *from, struct str from_path, struct fs *to, struct str to_path, uint8_t sha256[32])
{
	int in, out;
	size_t size;
	struct sha256_ctx hash;
	/* Opened to be written, it would be empty before it is read. */
	if (from->tree == to->tree && str_eq(from_path, to_path))
		return FS_EXISTS;
	enum fs_result result = open_to_read(from, from_path, &in, &size);
	if (result != FS_OK)
		return result;
	sha256_init(&hash);
	result = open_to_write(to, to_path, &out);
	if (result == FS_OK)
		result = finish(to, out, copy_pieces(in, out, &hash));
	close(in);
	if (result == FS_OK && sha256)
		sha256_digest(&hash, HASH_BYTES, sha256);
	return result;
}

enum fs_result fs_hash(struct fs *fs, struct str path, uint8_t sha256[32])
{
	int in;
	size_t size;
	struct sha256_ctx hash;
	enum fs_result result = open_to_read(fs, path, &in, &size);
	if (result != FS_OK)
		return result;
	sha256_init(&hash);
	result = copy_pieces(in, -1, &hash);
	close(in);
	if (result == FS_OK)
		sha256_digest(&hash, HASH_BYTES, sha256);
	return result;
}

/* --- looking --- */

static void describe(const struct stat *st, struct fs_entry *entry)
{
	entry->kind = S_ISREG(st->st_mode) ? FS_FILE : S_ISDIR(st->st_mode) ? FS_FOLDER : FS_OTHER;
	entry->size = entry->kind == FS_FILE ? (uint64_t)st->st_size : 0;
	entry->changed = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

/* stat(2) of what the path leads to below the root. */
static enum fs_result stat_path(const struct fs_tree *tree, struct str path, struct stat *st)
{
	int found = tree_open(tree, path, O_PATH);
	if (found < 0)
		return fs_result_of(errno);
	enum fs_result result = fstat(found, st) == 0 ? FS_OK : fs_fail(errno);
	close(found);
	return result;
}

enum fs_result fs_stat(struct fs *fs, struct str path, struct fs_entry *entry)
{
	struct stat st;
	*entry = (struct fs_entry){ .kind = FS_OTHER };
	enum fs_result result = path.n == 0 ? FS_OK : refuse_absent(path);
	if (result == FS_OK)
		result = stat_path(fs->tree, path, &st);
	if (result == FS_OK)
		describe(&st, entry);
	return result;
}

/* True when a folder is `path` itself or above it. */
static bool is_above(const struct fs_tree *tree, const struct stat *folder, struct str path)
{
	for (;; path = fs_path_folder(path)) {
		struct stat st;
		if (stat_path(tree, path, &st) == FS_OK && st.st_dev == folder->st_dev && st.st_ino == folder->st_ino)
			return true;
		if (path.n == 0)
			return false;
	}
}

/* A link that leads nowhere, out of the root, or back to a folder above (who follows
 * that one never ends) is listed as FS_OTHER. */
static void describe_link(const struct fs_tree *tree, struct str folder, const char *name, struct fs_entry *entry)
{
	char path[PATH_MAX];
	struct stat st;
	int n = snprintf(path, sizeof path, "%.*s%s%s", STR_ARG(folder), folder.n ? "/" : "", name);
	if ((size_t)n >= sizeof path || stat_path(tree, str_c(path), &st) != FS_OK)
		return;
	if (!S_ISDIR(st.st_mode) || !is_above(tree, &st, folder))
		describe(&st, entry);
}

static void add_entry(
	const struct fs_tree *tree, struct str folder, DIR *dir, const char *name, struct arena *a, struct buf *entries)
{
	struct stat st;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return;
	if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return; /* removed meanwhile */
	struct fs_entry *entry = VEC_ADD(entries, struct fs_entry);
	entry->name = arena_str(a, str_c(name));
	entry->kind = FS_OTHER;
	if (S_ISLNK(st.st_mode))
		describe_link(tree, folder, name, entry);
	else
		describe(&st, entry);
}

static enum fs_result list(const struct fs_tree *tree, struct str folder, struct arena *a, struct buf *entries)
{
	int opened = tree_open(tree, folder, O_RDONLY | O_DIRECTORY);
	if (opened < 0)
		return fs_result_of(errno);
	DIR *dir = fdopendir(opened);
	if (!dir) {
		close(opened);
		return fs_fail(errno);
	}
	for (;;) {
		errno = 0;
		const struct dirent *next = readdir(dir);
		if (!next)
			break;
		add_entry(tree, folder, dir, next->d_name, a, entries);
	}
	enum fs_result result = errno ? fs_fail(errno) : FS_OK;
	closedir(dir);
	return result;
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(((const struct fs_entry *)a)->name, ((const struct fs_entry *)b)->name);
}

enum fs_result fs_list(struct fs *fs, struct str folder, struct arena *a, struct fs_entry **entries, size_t *count)
{
	struct buf found = { 0 };
	enum fs_result result = folder.n == 0 ? FS_OK : refuse_absent(folder);
	if (result == FS_OK)
		result = list(fs->tree, folder, a, &found);
	if (result != FS_OK)
		buf_clear(&found);
	*count = VEC_COUNT(&found, struct fs_entry);
	*entries = buf_settle(&found, a);
	if (*count > 1)
		qsort(*entries, *count, sizeof **entries, compare_names);
	return result;
}

/* --- moving and removing --- */

static enum fs_result rename_path(const struct fs_tree *tree, struct str from, struct str to)
{
	char from_name[NAME_MAX + 1], to_name[NAME_MAX + 1];
	int from_above = open_above(tree, from, from_name);
	if (from_above < 0)
		return fs_result_of(errno);
	enum fs_result result = FS_OK;
	int to_above = open_above(tree, to, to_name);
	if (to_above < 0)
		result = fs_result_of(errno);
	else if (renameat(from_above, from_name, to_above, to_name) < 0)
		result = errno == EXDEV ? fs_fail(errno) : fs_result_of(errno); /* here: another file system */
	if (to_above >= 0)
		close(to_above);
	close(from_above);
	return result;
}

enum fs_result fs_rename(struct fs *fs, struct str from, struct str to)
{
	enum fs_result result = refuse_absent(from);
	if (result == FS_OK)
		result = refuse(to);
	if (result != FS_OK)
		return result;
	if (fails_now(fs->tree))
		return fs_fail(ENOSPC);
	result = rename_path(fs->tree, from, to);
	if (result != FS_ABSENT)
		return result;
	result = make_folders(fs->tree, fs_path_folder(to));
	return result == FS_OK ? rename_path(fs->tree, from, to) : result;
}

enum fs_result fs_replace(struct fs *fs, struct str path, struct str bytes)
{
	struct buf stage = { 0 };
	struct str folder = fs_path_folder(path);
	buf_format(&stage, "%.*s%s.%.*s.new", STR_ARG(folder), folder.n ? "/" : "", STR_ARG(fs_path_name(path)));
	enum fs_result result = fs_write(fs, buf_str(&stage), bytes);
	if (result == FS_OK)
		result = fs_rename(fs, buf_str(&stage), path);
	if (result != FS_OK)
		fs_remove(fs, buf_str(&stage));
	buf_release(&stage);
	return result;
}

static enum fs_result unlink_path(struct fs *fs, struct str path, int flags)
{
	char name[NAME_MAX + 1];
	enum fs_result result = refuse_absent(path);
	if (result != FS_OK)
		return result;
	if (fails_now(fs->tree))
		return fs_fail(ENOSPC);
	int above = open_above(fs->tree, path, name);
	if (above < 0)
		return fs_result_of(errno);
	result = unlinkat(above, name, flags) == 0 ? FS_OK : fs_result_of(errno);
	close(above);
	return result;
}

enum fs_result fs_remove(struct fs *fs, struct str path)
{
	return unlink_path(fs, path, 0);
}

enum fs_result fs_remove_folder(struct fs *fs, struct str path)
{
	return unlink_path(fs, path, AT_REMOVEDIR);
}

static enum fs_result remove_below(struct fs *fs, struct str folder)
{
	struct arena a;
	struct fs_entry *entries;
	size_t count;
	arena_init(&a);
	enum fs_result result = fs_list(fs, folder, &a, &entries, &count);
	for (size_t i = 0; i < count && result == FS_OK; i++)
		result = fs_remove_tree(fs,
			arena_format(&a, "%.*s%s%.*s", STR_ARG(folder), folder.n ? "/" : "", STR_ARG(entries[i].name)));
	arena_release(&a);
	return result;
}

/* Each thing is first removed as if it were a file: so a link goes, and never what it leads to. */
enum fs_result fs_remove_tree(struct fs *fs, struct str path)
{
	enum fs_result result = fs_remove(fs, path);
	if (result == FS_NOT_FILE) {
		result = remove_below(fs, path);
		if (result == FS_OK)
			result = fs_remove_folder(fs, path);
	}
	return result == FS_ABSENT ? FS_OK : result;
}

/* --- trees --- */

void fs_memory_open(struct fs *fs)
{
	char path[] = "/dev/shm/giji-XXXXXX", elsewhere[] = "/tmp/giji-XXXXXX";
	char *own = mkdtemp(path);
	if (!own)
		own = mkdtemp(elsewhere);
	if (!own || fs_disk_open(fs, own, false) != FS_OK) {
		perror("giji: /tmp");
		abort();
	}
	fs->tree->own = strdup(own);
}

void fs_close(struct fs *fs)
{
	if (fs->tree->own) {
		remove_below(fs, STR(""));
		rmdir(fs->tree->own);
	}
	close(fs->tree->root);
	free(fs->tree->own);
	free(fs->tree);
	*fs = (struct fs){ 0 };
}
