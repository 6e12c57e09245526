#include "sys/beneath.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LINKS_MOST = 40 /* as the kernel */, DEEPEST = 256, TRIES = 16, FILE_MODE = 0666 };

static int open_at_once(int root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned)flags | O_CLOEXEC,
		.mode = flags & O_CREAT ? FILE_MODE : 0,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

bool beneath_works(int root)
{
	int descriptor = open_at_once(root, ".", O_PATH | O_DIRECTORY);
	if (descriptor >= 0)
		close(descriptor);
	return descriptor >= 0;
}

/* The folders entered so far, for a link's `..`; and what of the path is still to go. */
struct walk {
	int root, folders[DEEPEST];
	size_t depth, links;
	char rest[PATH_MAX];
};

static int fail(int error)
{
	errno = error;
	return -1;
}

static int here(const struct walk *w)
{
	return w->depth ? w->folders[w->depth - 1] : w->root;
}

/* Takes the next part off w->rest; false at the end. */
static bool next_part(struct walk *w, char part[NAME_MAX + 1])
{
	const char *start = w->rest + strspn(w->rest, "/");
	size_t n = strcspn(start, "/");
	if (n == 0 || n > NAME_MAX)
		return false;
	memcpy(part, start, n);
	part[n] = '\0';
	start += n;
	start += strspn(start, "/");
	memmove(w->rest, start, strlen(start) + 1);
	return true;
}

/* Puts what the link says before the rest of the path. */
static int follow(struct walk *w, int link)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(link, "", target, sizeof target);
	if (n < 0)
		return -1;
	if (n == 0 || target[0] == '/')
		return fail(n == 0 ? ENOENT : EXDEV);
	if (++w->links > LINKS_MOST)
		return fail(ELOOP);
	size_t rest = strlen(w->rest);
	if ((size_t)n + 1 + rest >= sizeof w->rest)
		return fail(ENAMETOOLONG);
	memmove(w->rest + n + 1, w->rest, rest + 1);
	memcpy(w->rest, target, (size_t)n);
	w->rest[n] = '/';
	return 0;
}

static int leave(struct walk *w)
{
	if (w->depth == 0)
		return fail(EXDEV);
	close(w->folders[--w->depth]);
	return 0;
}

/* Goes into a folder or link: 1. At a file: 0. */
static int step(struct walk *w, const char *part)
{
	struct stat st;
	if (strcmp(part, ".") == 0)
		return 1;
	if (strcmp(part, "..") == 0)
		return leave(w) == 0 ? 1 : -1;
	int found = openat(here(w), part, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (found < 0)
		return -1;
	int result = fstat(found, &st);
	if (result == 0 && S_ISDIR(st.st_mode)) {
		if (w->depth < DEEPEST) {
			w->folders[w->depth++] = found;
			return 1;
		}
		result = fail(ENAMETOOLONG);
	} else if (result == 0 && S_ISLNK(st.st_mode)) {
		result = follow(w, found) == 0 ? 1 : -1;
	} else if (result == 0 && w->rest[0]) {
		result = fail(ENOTDIR);
	}
	close(found);
	return result;
}

static int open_walking(struct walk *w, int flags)
{
	char part[NAME_MAX + 1];
	while (next_part(w, part)) {
		int result = step(w, part);
		bool new = result < 0 && errno == ENOENT && w->rest[0] == '\0' && (flags & O_CREAT);
		if (result == 0 || new)
			return openat(here(w), part, flags | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
		if (result < 0)
			return -1;
	}
	return w->rest[0] ? fail(ENAMETOOLONG) : openat(here(w), ".", flags | O_CLOEXEC, FILE_MODE);
}

static int walk_open(int root, const char *path, int flags)
{
	struct walk w = { .root = root };
	if (strlen(path) >= sizeof w.rest)
		return fail(ENAMETOOLONG);
	strcpy(w.rest, path);
	int opened = open_walking(&w, flags), error = errno;
	while (w.depth > 0)
		close(w.folders[--w.depth]);
	errno = error;
	return opened;
}

int beneath_open(int root, const char *path, int flags, bool walk)
{
	/* EAGAIN: something was renamed while a `..` was resolved. */
	for (int i = 0; i < TRIES && !walk; i++) {
		int opened = open_at_once(root, path, flags);
		if (opened >= 0 || errno != EAGAIN)
			return opened;
	}
	return walk_open(root, path, flags);
}
