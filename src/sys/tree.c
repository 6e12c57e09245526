#include "sys/tree.h"

#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TRIES = 16 };

static _Thread_local int last_error;
static _Thread_local char reason[256];

const char *fs_reason(void)
{
	return strerror_r(last_error, reason, sizeof reason);
}

const char *fs_why(enum fs_result result)
{
	return result == FS_FAILED     ? fs_reason()
		: result == FS_OUTSIDE ? _("a link leads out of the folder")
				       : _("something else stands there");
}

bool fs_denied(void)
{
	return last_error == EACCES || last_error == EPERM || last_error == EROFS;
}

bool fs_may_write(const struct fs *fs)
{
	return faccessat(fs->tree->root, ".", W_OK, AT_EACCESS) == 0 || fs_fail(errno) == FS_OK;
}

bool fs_is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

enum fs_result fs_fail(int error)
{
	last_error = error;
	return FS_FAILED;
}

enum fs_result fs_result_of(int error)
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

/* Links are followed as long as they stay below the root; an absolute link or one with too many `..` is refused,
 * wherever it would lead. */
static int open_at_once(int root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned)flags | O_CLOEXEC,
		.mode = flags & O_CREAT ? FILE_MODE : 0,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	int opened, tries = 0;
	do /* EAGAIN: something was renamed while a `..` was resolved */
		opened = (int)syscall(SYS_openat2, root, path, &how, sizeof how);
	while (opened < 0 && errno == EAGAIN && ++tries < TRIES);
	return opened;
}

/* The same for kernels and sandboxes without openat2, folder by folder: there no link is followed at all. */
static int open_walking(int root, char *path, int flags)
{
	for (int folder = root;;) {
		char *slash = strchr(path, '/');
		int step = slash ? O_PATH | O_DIRECTORY : flags;
		if (slash)
			*slash = '\0';
		int opened = openat(folder, path, step | O_NOFOLLOW | O_CLOEXEC, FILE_MODE), error = errno;
		if (folder != root)
			close(folder);
		errno = error == ELOOP ? EXDEV : error;
		if (opened < 0 || !slash)
			return opened;
		folder = opened;
		path = slash + 1;
	}
}

int tree_open(const struct fs_tree *tree, struct str path, int flags)
{
	char name[PATH_MAX];
	snprintf(name, sizeof name, "%.*s", STR_ARG(path.n ? path : STR(".")));
	return tree->walks ? open_walking(tree->root, name, flags) : open_at_once(tree->root, name, flags);
}

static void tree_start(struct fs *fs, int root)
{
	int probe = open_at_once(root, ".", O_PATH | O_DIRECTORY);
	fs->tree = mem_alloc(sizeof *fs->tree);
	fs->tree->root = root;
	fs->tree->walks = probe < 0;
	if (probe >= 0)
		close(probe);
}

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
			return fs_result_of(errno);
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
		return fs_result_of(errno);
	tree_start(fs, root);
	return FS_OK;
}

void fs_failing_open(struct fs *fs, struct fs *inner, size_t nth)
{
	tree_start(fs, fcntl(inner->tree->root, F_DUPFD_CLOEXEC, 0));
	fs->tree->nth = nth;
}
