#include "sys/beneath.h"
#include "sys/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_MODE = 0777 /* less the umask */ };

struct disk {
	int root; /* O_PATH */
	bool walks;
};

static enum fs_result result_of(int error)
{
	switch (error) {
	case ENOENT:
		return FS_ABSENT;
	case EXDEV:
		return FS_OUTSIDE;
	case EISDIR:
	case ENOTDIR:
	case ENXIO: /* a socket, or a pipe that nobody reads */
		return FS_NOT_FILE;
	case EEXIST:
	case ENOTEMPTY:
		return FS_EXISTS;
	default:
		return fs_fail(error);
	}
}

static int open_path(const struct disk *disk, struct str path, int flags)
{
	char name[PATH_MAX];
	snprintf(name, sizeof name, "%.*s", STR_ARG(path.n ? path : STR(".")));
	return beneath_open(disk->root, name, flags, disk->walks);
}

/* Opens the folder that holds the path, and puts the path's last part into name. */
static int open_above(const struct disk *disk, struct str path, char name[NAME_MAX + 1])
{
	snprintf(name, NAME_MAX + 1, "%.*s", STR_ARG(fs_path_name(path)));
	return open_path(disk, fs_path_folder(path), O_PATH | O_DIRECTORY);
}

static struct disk *disk_of(void *state)
{
	return state;
}

/* A pipe or device is opened without waiting, seen for what it is, and let go. */
static enum fs_result disk_open(void *state, struct str path, enum fs_purpose purpose, struct fs_file *file)
{
	struct stat st;
	int flags = purpose == FS_TO_WRITE ? O_WRONLY | O_CREAT : O_RDONLY;
	int opened = open_path(disk_of(state), path, flags | O_NONBLOCK | O_NOCTTY);
	if (opened < 0)
		return result_of(errno);
	enum fs_result result = FS_OK;
	if (fstat(opened, &st) < 0)
		result = fs_fail(errno);
	else if (!S_ISREG(st.st_mode))
		result = FS_NOT_FILE;
	else if (purpose == FS_TO_WRITE && st.st_size > 0 && ftruncate(opened, 0) < 0)
		result = fs_fail(errno);
	if (result != FS_OK) {
		close(opened);
		return result;
	}
	*file = (struct fs_file){ .descriptor = opened, .size = (uint64_t)st.st_size };
	return FS_OK;
}

static enum fs_result disk_get(void *state, struct fs_file *file, char *bytes, size_t room, size_t *n)
{
	(void)state;
	ssize_t got;
	do
		got = read(file->descriptor, bytes, room);
	while (got < 0 && errno == EINTR);
	*n = got < 0 ? 0 : (size_t)got;
	return got < 0 ? fs_fail(errno) : FS_OK;
}

static enum fs_result disk_put(void *state, struct fs_file *file, struct str bytes)
{
	(void)state;
	while (bytes.n > 0) {
		ssize_t n = write(file->descriptor, bytes.p, bytes.n);
		if (n < 0 && errno != EINTR)
			return fs_fail(errno);
		bytes = str_from(bytes, n < 0 ? 0 : (size_t)n);
	}
	return FS_OK;
}

static enum fs_result disk_close(void *state, struct fs_file *file)
{
	(void)state;
	/* After EINTR Linux has closed it all the same. */
	return close(file->descriptor) == 0 || errno == EINTR ? FS_OK : fs_fail(errno);
}

static void describe(const struct stat *st, struct fs_entry *entry)
{
	entry->kind = S_ISREG(st->st_mode) ? FS_FILE : S_ISDIR(st->st_mode) ? FS_FOLDER : FS_OTHER;
	entry->size = entry->kind == FS_FILE ? (uint64_t)st->st_size : 0;
}

/* stat(2) of what the path leads to below the root. */
static enum fs_result stat_path(const struct disk *disk, struct str path, struct stat *st)
{
	int found = open_path(disk, path, O_PATH);
	if (found < 0)
		return result_of(errno);
	enum fs_result result = fstat(found, st) == 0 ? FS_OK : fs_fail(errno);
	close(found);
	return result;
}

static enum fs_result disk_stat(void *state, struct str path, struct fs_entry *entry)
{
	struct stat st;
	enum fs_result result = stat_path(disk_of(state), path, &st);
	if (result == FS_OK)
		describe(&st, entry);
	return result;
}

/* True when a folder is `path` itself or above it. */
static bool is_above(const struct disk *disk, const struct stat *folder, struct str path)
{
	for (;; path = fs_path_folder(path)) {
		struct stat st;
		if (stat_path(disk, path, &st) == FS_OK && st.st_dev == folder->st_dev && st.st_ino == folder->st_ino)
			return true;
		if (path.n == 0)
			return false;
	}
}

/* A link that leads nowhere, out of the root, or back to a folder above (who follows
 * that one never ends) is listed as FS_OTHER. */
static void describe_link(const struct disk *disk, struct str folder, const char *name, struct fs_entry *entry)
{
	char path[PATH_MAX];
	struct stat st;
	int n = snprintf(path, sizeof path, "%.*s%s%s", STR_ARG(folder), folder.n ? "/" : "", name);
	if ((size_t)n >= sizeof path || stat_path(disk, str_c(path), &st) != FS_OK)
		return;
	if (!S_ISDIR(st.st_mode) || !is_above(disk, &st, folder))
		describe(&st, entry);
}

static void add_entry(
	const struct disk *disk, struct str folder, DIR *dir, const char *name, struct arena *a, struct buf *entries)
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
		describe_link(disk, folder, name, entry);
	else
		describe(&st, entry);
}

static enum fs_result disk_list(void *state, struct str folder, struct arena *a, struct buf *entries)
{
	int opened = open_path(disk_of(state), folder, O_RDONLY | O_DIRECTORY);
	if (opened < 0)
		return result_of(errno);
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
		add_entry(disk_of(state), folder, dir, next->d_name, a, entries);
	}
	enum fs_result result = errno ? fs_fail(errno) : FS_OK;
	closedir(dir);
	return result;
}

static enum fs_result disk_make_folder(void *state, struct str path)
{
	char name[NAME_MAX + 1];
	int above = open_above(disk_of(state), path, name);
	if (above < 0)
		return result_of(errno);
	enum fs_result result = mkdirat(above, name, FOLDER_MODE) == 0 ? FS_OK : result_of(errno);
	close(above);
	return result;
}

static enum fs_result disk_rename(void *state, struct str from, struct str to)
{
	char from_name[NAME_MAX + 1], to_name[NAME_MAX + 1];
	int from_above = open_above(disk_of(state), from, from_name);
	if (from_above < 0)
		return result_of(errno);
	enum fs_result result = FS_OK;
	int to_above = open_above(disk_of(state), to, to_name);
	if (to_above < 0)
		result = result_of(errno);
	else if (renameat(from_above, from_name, to_above, to_name) < 0)
		result = errno == EXDEV ? fs_fail(errno) : result_of(errno); /* here: another file system */
	if (to_above >= 0)
		close(to_above);
	close(from_above);
	return result;
}

static enum fs_result unlink_path(const struct disk *disk, struct str path, int flags)
{
	char name[NAME_MAX + 1];
	int above = open_above(disk, path, name);
	if (above < 0)
		return result_of(errno);
	enum fs_result result = unlinkat(above, name, flags) == 0 ? FS_OK : result_of(errno);
	close(above);
	return result;
}

static enum fs_result disk_remove(void *state, struct str path)
{
	return unlink_path(disk_of(state), path, 0);
}

static enum fs_result disk_remove_folder(void *state, struct str path)
{
	return unlink_path(disk_of(state), path, AT_REMOVEDIR);
}

static void disk_release(void *state)
{
	close(disk_of(state)->root);
	free(state);
}

static const struct fs_operations operations = {
	.open = disk_open,
	.get = disk_get,
	.put = disk_put,
	.close = disk_close,
	.stat = disk_stat,
	.list = disk_list,
	.make_folder = disk_make_folder,
	.rename = disk_rename,
	.remove = disk_remove,
	.remove_folder = disk_remove_folder,
	.release = disk_release,
};

/* mkdir -p */
static enum fs_result make_root(const char *path)
{
	char part[PATH_MAX];
	size_t n = strlen(path);
	if (n >= sizeof part)
		return fs_fail(ENAMETOOLONG);
	for (size_t i = 1; i <= n; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		snprintf(part, sizeof part, "%.*s", (int)i, path);
		if (mkdir(part, FOLDER_MODE) < 0 && errno != EEXIST)
			return result_of(errno);
	}
	return FS_OK;
}

enum fs_result fs_disk_open(struct fs *fs, const char *path, bool create)
{
	int flags = O_PATH | O_DIRECTORY | O_CLOEXEC, root = open(path, flags);
	if (root < 0 && errno == ENOENT && create) {
		enum fs_result result = make_root(path);
		if (result != FS_OK)
			return result;
		root = open(path, flags);
	}
	if (root < 0)
		return result_of(errno);
	struct disk *disk = mem_alloc(sizeof *disk);
	*disk = (struct disk){ .root = root, .walks = !beneath_works(root) };
	*fs = (struct fs){ &operations, disk };
	return FS_OK;
}

void fs_disk_walk(struct fs *fs)
{
	disk_of(fs->state)->walks = true;
}
