#include "sys/watch.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { POLL_INTERVAL = 1000, DEPTH_MOST = 32 };

struct watched { /* a folder, by its descriptor */
	struct str path;
	bool alive;
};

struct seen { /* a file as it was when it was looked at */
	uint64_t size;
	int64_t changed;
};

struct watch {
	struct fs *fs;
	struct str root;
	const struct str *names;
	size_t name_count;
	int queue;          /* inotify; -1 where files are compared instead */
	struct buf folders; /* of struct watched, by watch descriptor */
	struct arena arena;
	struct map files; /* path → index into seen, where files are compared */
	struct buf seen;  /* of struct seen */
};

static void add_path(struct watch_changes *c, struct str path)
{
	c->count++;
	if (!map_get(&c->paths, path, NULL))
		map_put(&c->paths, arena_str(&c->arena, path), 0);
}

void watch_changes_clear(struct watch_changes *c)
{
	map_release(&c->paths);
	arena_release(&c->arena);
	*c = (struct watch_changes){ 0 };
}

static bool counts(const struct watch *w, struct str name)
{
	for (size_t i = 0; i < w->name_count; i++)
		if (str_eq(w->names[i], name))
			return true;
	return false;
}

/* --- comparing files --- */

static void look_at(struct watch *w, struct arena *a, struct map *files, struct buf *seen, struct str path, int depth)
{
	struct fs_entry *entries;
	size_t count;
	if (depth > DEPTH_MOST || fs_list(w->fs, path, a, &entries, &count) != FS_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		struct str below = entries[i].name;
		if (path.n == 0 && !counts(w, below))
			continue;
		if (path.n)
			below = arena_format(a, "%.*s/%.*s", STR_ARG(path), STR_ARG(below));
		if (entries[i].kind == FS_FOLDER)
			look_at(w, a, files, seen, below, depth + 1);
		map_add(files, below, VEC_COUNT(seen, struct seen));
		*VEC_ADD(seen, struct seen) =
			(struct seen){ entries[i].size, entries[i].kind == FS_FOLDER ? 0 : entries[i].changed };
	}
}

static void compare(struct watch *w, struct watch_changes *c)
{
	struct arena arena = { 0 };
	struct map files = { 0 };
	struct buf seen = { 0 };
	look_at(w, &arena, &files, &seen, STR(""), 0);
	for (size_t i = 0; i < files.count; i++) {
		const struct seen *now = &VEC_AT(&seen, struct seen)[i], *then;
		size_t at;
		bool known = map_get(&w->files, files.entries[i].key, &at);
		then = known ? &VEC_AT(&w->seen, struct seen)[at] : NULL;
		if (!known || now->size != then->size || now->changed != then->changed)
			add_path(c, files.entries[i].key);
	}
	for (size_t i = 0; i < w->files.count; i++)
		if (!map_get(&files, w->files.entries[i].key, NULL))
			add_path(c, w->files.entries[i].key);
	map_release(&w->files);
	buf_release(&w->seen);
	arena_release(&w->arena);
	w->files = files;
	w->seen = seen;
	w->arena = arena;
}

/* --- inotify --- */

static const uint32_t events =
	IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR;

static bool watch_folder(struct watch *w, struct str path, int depth)
{
	struct buf name = { 0 };
	struct arena scratch = { 0 };
	struct fs_entry *entries;
	size_t count = 0;
	buf_format(&name, "%.*s/%.*s%c", STR_ARG(w->root), STR_ARG(path), 0);
	int number = inotify_add_watch(w->queue, name.p, events);
	buf_release(&name);
	if (number < 0)
		return depth > 0 && fs_list(w->fs, path, &scratch, &entries, &count) == FS_ABSENT;
	while (VEC_COUNT(&w->folders, struct watched) <= (size_t)number)
		VEC_ADD(&w->folders, struct watched);
	VEC_AT(&w->folders, struct watched)[number] = (struct watched){ arena_str(&w->arena, path), true };
	bool good = depth < DEPTH_MOST;
	if (fs_list(w->fs, path, &scratch, &entries, &count) != FS_OK)
		count = 0;
	for (size_t i = 0; good && i < count; i++) {
		struct str below = entries[i].name;
		if (entries[i].kind != FS_FOLDER || (path.n == 0 && !counts(w, below)))
			continue;
		if (path.n)
			below = arena_format(&scratch, "%.*s/%.*s", STR_ARG(path), STR_ARG(below));
		good = watch_folder(w, below, depth + 1);
	}
	arena_release(&scratch);
	return good;
}

static void close_queue(struct watch *w)
{
	if (w->queue >= 0)
		close(w->queue);
	w->queue = -1;
	buf_release(&w->folders);
	arena_release(&w->arena);
}

/* Watches everything, from the start; where that is not to be had, files are compared from now on. */
static void open_queue(struct watch *w)
{
	struct watch_changes known = { 0 };
	close_queue(w);
	w->queue = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->queue >= 0 && watch_folder(w, STR(""), 0))
		return;
	close_queue(w);
	compare(w, &known);
	watch_changes_clear(&known);
}

/* A folder that is renamed keeps its watches, under a name that is no longer true. */
static void forget_below(struct watch *w, struct str path)
{
	struct watched *all = VEC_AT(&w->folders, struct watched);
	for (size_t i = 0; i < VEC_COUNT(&w->folders, struct watched); i++) {
		bool below = all[i].alive && str_starts(all[i].path, path) &&
			(all[i].path.n == path.n || all[i].path.p[path.n] == '/');
		if (below)
			inotify_rm_watch(w->queue, (int)i);
		all[i].alive = all[i].alive && !below;
	}
}

/* What was saved aside and renamed is there; what was renamed to a backup's name comes again. */
static void note_gone(struct watch_changes *c, const struct inotify_event *e, struct str name)
{
	if ((e->mask & IN_MOVED_FROM) && !c->gone)
		c->moving = e->cookie;
	c->gone = c->gone || (e->mask & (IN_DELETE | IN_MOVED_FROM)) != 0;
	bool back_up = str_ends(name, STR("~")) || str_ends(name, STR(".bak"));
	if ((e->mask & IN_MOVED_TO) && e->cookie == c->moving && !back_up)
		c->gone = false;
}

/* False when only a new start tells what is true. */
static bool take_event(struct watch *w, const struct inotify_event *e, struct watch_changes *c)
{
	if (e->mask & IN_Q_OVERFLOW)
		return false;
	if (e->wd < 0 || (size_t)e->wd >= VEC_COUNT(&w->folders, struct watched) || e->len == 0)
		return true;
	struct watched folder = VEC_AT(&w->folders, struct watched)[e->wd];
	struct str name = str_c(e->name);
	if (!folder.alive || (folder.path.n == 0 && !counts(w, name)))
		return true;
	struct str path =
		folder.path.n ? arena_format(&c->arena, "%.*s/%.*s", STR_ARG(folder.path), STR_ARG(name)) : name;
	if ((e->mask & IN_ISDIR) && (e->mask & (IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB)))
		return true;
	add_path(c, path);
	c->writing = c->writing ? !(e->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) : (e->mask & IN_MODIFY) != 0;
	note_gone(c, e, name);
	if (!(e->mask & IN_ISDIR))
		return true;
	if (e->mask & (IN_DELETE | IN_MOVED_FROM))
		forget_below(w, path);
	return !(e->mask & (IN_CREATE | IN_MOVED_TO)) || watch_folder(w, path, 1);
}

static void take_events(struct watch *w, struct watch_changes *c)
{
	_Alignas(struct inotify_event) char bytes[64 * 1024];
	for (;;) {
		ssize_t n = read(w->queue, bytes, sizeof bytes);
		if (n <= 0)
			return;
		for (char *at = bytes; at < bytes + n;) {
			const struct inotify_event *e = (const void *)at;
			at += sizeof *e + e->len;
			if (take_event(w, e, c))
				continue;
			c->all = true;
			c->count++;
			open_queue(w);
			return;
		}
	}
}

/* --- both --- */

struct watch *watch_open(struct fs *fs, const char *root, const struct str *names, size_t count, bool poll)
{
	struct watch *w = mem_alloc(sizeof *w);
	struct watch_changes known = { 0 };
	w->fs = fs;
	w->root = str_c(root);
	w->names = names;
	w->name_count = count;
	w->queue = -1;
	if (poll)
		compare(w, &known);
	else
		open_queue(w);
	watch_changes_clear(&known);
	return w;
}

void watch_close(struct watch *w)
{
	close_queue(w);
	map_release(&w->files);
	buf_release(&w->seen);
	free(w);
}

bool watch_polls(const struct watch *w)
{
	return w->queue < 0;
}

bool watch_wait(struct watch *w, int milliseconds, struct watch_changes *changes)
{
	size_t before = changes->count;
	if (w->queue < 0) {
		poll(NULL, 0, milliseconds > 0 && milliseconds < POLL_INTERVAL ? milliseconds : POLL_INTERVAL);
		compare(w, changes);
		return changes->count > before;
	}
	struct pollfd ready = { .fd = w->queue, .events = POLLIN };
	if (poll(&ready, 1, milliseconds) <= 0)
		return false;
	take_events(w, changes);
	return changes->count > before;
}
