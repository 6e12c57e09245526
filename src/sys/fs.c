#include "sys/fs.h"

#include "sys/hash.h"

#include <errno.h>
#include <limits.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 32 * 1024 }; /* bytes in memory while a file is copied or compared */

static _Thread_local int last_error;
static _Thread_local char reason[256];

enum fs_result fs_fail(int error)
{
	last_error = error;
	return FS_FAILED;
}

const char *fs_reason(void)
{
	return strerror_r(last_error, reason, sizeof reason);
}

void fs_close(struct fs *fs)
{
	fs->operations->release(fs->state);
	*fs = (struct fs){ 0 };
}

bool fs_path_clean(struct str path)
{
	if (path.n == 0 || memchr(path.p, '\0', path.n))
		return false;
	for (struct str rest = path; rest.p;) {
		struct str part = str_cut(&rest, STR("/"));
		if (str_empty(part) || str_eq(part, STR(".")) || str_eq(part, STR("..")))
			return false;
	}
	return true;
}

struct str fs_path_folder(struct str path)
{
	return str_n(path.p, path.n - fs_path_name(path).n - (fs_path_name(path).n < path.n));
}

struct str fs_path_name(struct str path)
{
	size_t at = path.n;
	while (at > 0 && path.p[at - 1] != '/')
		at--;
	return str_from(path, at);
}

struct str fs_path_join(struct arena *a, struct str folder, struct str reference)
{
	if (str_starts(reference, STR("/")) || (reference.n && memchr(reference.p, '\0', reference.n)))
		return STR_NONE;
	char *joined = arena_alloc(a, folder.n + reference.n + 2);
	size_t n = folder.n;
	if (n)
		memcpy(joined, folder.p, n);
	for (struct str rest = reference; rest.p;) {
		struct str part = str_cut(&rest, STR("/"));
		if (str_empty(part) || str_eq(part, STR(".")))
			continue;
		if (str_eq(part, STR(".."))) {
			if (n == 0)
				return STR_NONE;
			n = fs_path_folder(str_n(joined, n)).n;
			continue;
		}
		if (n)
			joined[n++] = '/';
		memcpy(joined + n, part.p, part.n);
		n += part.n;
	}
	return str_n(joined, n);
}

/* A path that no tree may see. What is too long for the machine is refused here, so that
 * trees in memory behave as those on disk, and recursion has its limit. */
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

static enum fs_result open_to_read(struct fs *fs, struct str path, struct fs_file *file)
{
	enum fs_result result = refuse_absent(path);
	return result == FS_OK ? fs->operations->open(fs->state, path, FS_TO_READ, file) : result;
}

/* The folder above is there nearly always, so this begins at the end; a path's length bounds the recursion. */
static enum fs_result make_folders(struct fs *fs, struct str folder)
{
	if (folder.n == 0)
		return FS_OK;
	enum fs_result result = fs->operations->make_folder(fs->state, folder);
	if (result == FS_ABSENT) {
		result = make_folders(fs, fs_path_folder(folder));
		if (result == FS_OK)
			result = fs->operations->make_folder(fs->state, folder);
	}
	return result == FS_EXISTS ? FS_OK : result;
}

static enum fs_result open_to_write(struct fs *fs, struct str path, struct fs_file *file)
{
	enum fs_result result = refuse(path);
	if (result != FS_OK)
		return result;
	result = fs->operations->open(fs->state, path, FS_TO_WRITE, file);
	if (result != FS_ABSENT)
		return result;
	result = make_folders(fs, fs_path_folder(path));
	return result == FS_OK ? fs->operations->open(fs->state, path, FS_TO_WRITE, file) : result;
}

/* The first thing that went wrong is what the caller hears. */
static enum fs_result finish(struct fs *fs, struct fs_file *file, enum fs_result result)
{
	int error = last_error;
	enum fs_result closed = fs->operations->close(fs->state, file);
	if (result == FS_OK)
		return closed;
	last_error = error;
	return result;
}

static enum fs_result read_all(struct fs *fs, struct fs_file *file, size_t limit, struct buf *out)
{
	size_t start = out->n, n;
	if (file->size > limit)
		return FS_TOO_LARGE;
	/* One byte more than it should have tells whether it grew meanwhile. */
	buf_reserve(out, (size_t)file->size + 1);
	do {
		buf_reserve(out, 1);
		enum fs_result result = fs->operations->get(fs->state, file, out->p + out->n, out->size - out->n, &n);
		if (result != FS_OK)
			return result;
		out->n += n;
		if (out->n - start > limit)
			return FS_TOO_LARGE;
	} while (n > 0);
	return FS_OK;
}

enum fs_result fs_read(struct fs *fs, struct str path, size_t limit, struct buf *out)
{
	struct fs_file file;
	size_t start = out->n;
	enum fs_result result = open_to_read(fs, path, &file);
	if (result != FS_OK)
		return result;
	result = finish(fs, &file, read_all(fs, &file, limit, out));
	if (result != FS_OK)
		out->n = start;
	return result;
}

static bool same_bytes(struct fs *fs, struct fs_file *file, struct str bytes)
{
	char piece[PIECE];
	size_t n;
	while (fs->operations->get(fs->state, file, piece, sizeof piece, &n) == FS_OK) {
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
	struct fs_file file;
	if (open_to_read(fs, path, &file) != FS_OK)
		return false;
	bool same = file.size == bytes.n && same_bytes(fs, &file, bytes);
	return finish(fs, &file, FS_OK) == FS_OK && same;
}

enum fs_result fs_stat(struct fs *fs, struct str path, struct fs_entry *entry)
{
	*entry = (struct fs_entry){ .kind = FS_OTHER };
	enum fs_result result = path.n == 0 ? FS_OK : refuse_absent(path);
	return result == FS_OK ? fs->operations->stat(fs->state, path, entry) : result;
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(((const struct fs_entry *)a)->name, ((const struct fs_entry *)b)->name);
}

enum fs_result fs_list(struct fs *fs, struct str folder, struct arena *a, struct fs_entry **entries, size_t *count)
{
	struct buf found = { 0 };
	*entries = NULL;
	*count = 0;
	enum fs_result result = folder.n == 0 ? FS_OK : refuse_absent(folder);
	if (result == FS_OK)
		result = fs->operations->list(fs->state, folder, a, &found);
	if (result != FS_OK) {
		buf_release(&found);
		return result;
	}
	*count = VEC_COUNT(&found, struct fs_entry);
	*entries = buf_settle(&found, a);
	if (*count > 1)
		qsort(*entries, *count, sizeof **entries, compare_names);
	return FS_OK;
}

enum fs_result fs_write(struct fs *fs, struct str path, struct str bytes)
{
	struct fs_file file;
	enum fs_result result = open_to_write(fs, path, &file);
	if (result != FS_OK)
		return result;
	return finish(fs, &file, fs->operations->put(fs->state, &file, bytes));
}

static enum fs_result copy_pieces(
	struct fs *from, struct fs_file *in, struct fs *to, struct fs_file *out, struct sha256_ctx *hash)
{
	char piece[PIECE];
	for (;;) {
		size_t n;
		enum fs_result result = from->operations->get(from->state, in, piece, sizeof piece, &n);
		if (result != FS_OK || n == 0)
			return result;
		sha256_update(hash, n, (const uint8_t *)piece);
		result = to->operations->put(to->state, out, str_n(piece, n));
		if (result != FS_OK)
			return result;
	}
}

enum fs_result fs_copy(struct fs *from, struct str from_path, struct fs *to, struct str to_path, uint8_t sha256[32])
{
	struct fs_file in, out;
	struct sha256_ctx hash;
	/* Opened to be written, it would be empty before it is read. */
	if (from->state == to->state && str_eq(from_path, to_path))
		return FS_EXISTS;
	enum fs_result result = open_to_read(from, from_path, &in);
	if (result != FS_OK)
		return result;
	result = open_to_write(to, to_path, &out);
	if (result != FS_OK)
		return finish(from, &in, result);
	sha256_init(&hash);
	result = finish(to, &out, copy_pieces(from, &in, to, &out, &hash));
	result = finish(from, &in, result);
	if (result == FS_OK && sha256)
		sha256_digest(&hash, HASH_BYTES, sha256);
	return result;
}

enum fs_result fs_rename(struct fs *fs, struct str from, struct str to)
{
	enum fs_result result = refuse_absent(from);
	if (result == FS_OK)
		result = refuse(to);
	if (result != FS_OK)
		return result;
	result = fs->operations->rename(fs->state, from, to);
	if (result != FS_ABSENT)
		return result;
	result = make_folders(fs, fs_path_folder(to));
	return result == FS_OK ? fs->operations->rename(fs->state, from, to) : result;
}

enum fs_result fs_remove(struct fs *fs, struct str path)
{
	enum fs_result result = refuse_absent(path);
	return result == FS_OK ? fs->operations->remove(fs->state, path) : result;
}

enum fs_result fs_remove_folder(struct fs *fs, struct str path)
{
	enum fs_result result = refuse_absent(path);
	return result == FS_OK ? fs->operations->remove_folder(fs->state, path) : result;
}

static enum fs_result remove_below(struct fs *fs, struct str folder)
{
	struct arena a;
	struct fs_entry *entries;
	size_t count;
	arena_init(&a);
	enum fs_result result = fs_list(fs, folder, &a, &entries, &count);
	for (size_t i = 0; i < count && result == FS_OK; i++)
		result = fs_remove_tree(fs, arena_format(&a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(entries[i].name)));
	arena_release(&a);
	return result;
}

/* Recursion ends where the path is longer than `refuse` allows. Each thing is first removed as
 * if it were a file: so a link goes, and never what it leads to. */
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
