#include "sys/fs.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

struct failing {
	struct fs *inner;
	size_t nth;
	atomic_size_t changes; /* begun so far; folders made on a file's way are not counted */
};

static struct fs *inner_of(void *state)
{
	return ((struct failing *)state)->inner;
}

static bool fails_now(void *state)
{
	struct failing *failing = state;
	return atomic_fetch_add(&failing->changes, 1) + 1 == failing->nth;
}

static enum fs_result failing_open(void *state, struct str path, enum fs_purpose purpose, struct fs_file *file)
{
	struct fs *inner = inner_of(state);
	enum fs_result result = inner->operations->open(inner->state, path, purpose, file);
	if (result == FS_OK)
		file->full = purpose == FS_TO_WRITE && fails_now(state);
	return result;
}

static enum fs_result failing_get(void *state, struct fs_file *file, char *bytes, size_t room, size_t *n)
{
	struct fs *inner = inner_of(state);
	return inner->operations->get(inner->state, file, bytes, room, n);
}

/* As on a full disk, part of the file arrives. */
static enum fs_result failing_put(void *state, struct fs_file *file, struct str bytes)
{
	struct fs *inner = inner_of(state);
	struct str part = file->full ? str_n(bytes.p, bytes.n / 2) : bytes;
	enum fs_result result = inner->operations->put(inner->state, file, part);
	return result == FS_OK && file->full ? fs_fail(ENOSPC) : result;
}

static enum fs_result failing_close(void *state, struct fs_file *file)
{
	struct fs *inner = inner_of(state);
	enum fs_result result = inner->operations->close(inner->state, file);
	return result == FS_OK && file->full ? fs_fail(ENOSPC) : result;
}

static enum fs_result failing_stat(void *state, struct str path, struct fs_entry *entry)
{
	struct fs *inner = inner_of(state);
	return inner->operations->stat(inner->state, path, entry);
}

static enum fs_result failing_list(void *state, struct str folder, struct arena *a, struct buf *entries)
{
	struct fs *inner = inner_of(state);
	return inner->operations->list(inner->state, folder, a, entries);
}

static enum fs_result failing_make_folder(void *state, struct str path)
{
	struct fs *inner = inner_of(state);
	return inner->operations->make_folder(inner->state, path);
}

static enum fs_result failing_rename(void *state, struct str from, struct str to)
{
	struct fs *inner = inner_of(state);
	return fails_now(state) ? fs_fail(ENOSPC) : inner->operations->rename(inner->state, from, to);
}

static enum fs_result failing_remove(void *state, struct str path)
{
	struct fs *inner = inner_of(state);
	return fails_now(state) ? fs_fail(ENOSPC) : inner->operations->remove(inner->state, path);
}

static enum fs_result failing_remove_folder(void *state, struct str path)
{
	struct fs *inner = inner_of(state);
	return fails_now(state) ? fs_fail(ENOSPC) : inner->operations->remove_folder(inner->state, path);
}

static const struct fs_operations operations = {
	.open = failing_open,
	.get = failing_get,
	.put = failing_put,
	.close = failing_close,
	.stat = failing_stat,
	.list = failing_list,
	.make_folder = failing_make_folder,
	.rename = failing_rename,
	.remove = failing_remove,
	.remove_folder = failing_remove_folder,
	.release = free,
};

void fs_failing_open(struct fs *fs, struct fs *inner, size_t nth)
{
	struct failing *failing = mem_alloc(sizeof *failing);
	failing->inner = inner;
	failing->nth = nth;
	*fs = (struct fs){ &operations, failing };
}
