#include "sys/fs.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A file or folder. The nodes stand in the byte order of their paths, so all that is
 * below a folder stands together. */
struct node {
	struct str path; /* malloced */
	bool folder;
	struct buf bytes;
};

struct memory {
	pthread_mutex_t lock;
	struct node **nodes;
	size_t count, room;
};

static struct memory *locked(void *state)
{
	struct memory *m = state;
	pthread_mutex_lock(&m->lock);
	return m;
}

static enum fs_result unlocked(struct memory *m, enum fs_result result)
{
	pthread_mutex_unlock(&m->lock);
	return result;
}

static struct str path_copy(struct str a, struct str b)
{
	char *p = mem_alloc(a.n + b.n);
	if (a.n)
		memcpy(p, a.p, a.n);
	if (b.n)
		memcpy(p + a.n, b.p, b.n);
	return str_n(p, a.n + b.n);
}

/* Where the path stands, or would stand. */
static size_t place_of(const struct memory *m, struct str path)
{
	size_t low = 0, high = m->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_cmp(m->nodes[middle]->path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct node *find(const struct memory *m, struct str path)
{
	size_t i = place_of(m, path);
	return i < m->count && str_eq(m->nodes[i]->path, path) ? m->nodes[i] : NULL;
}

static bool is_below(struct str path, struct str folder)
{
	return folder.n == 0 || (str_starts(path, folder) && path.n > folder.n && path.p[folder.n] == '/');
}

/* The first node below a folder: those follow it, but not always at once (`a-b` stands between `a` and `a/c`). */
static size_t first_below(const struct memory *m, struct str folder)
{
	struct str slash = path_copy(folder, STR("/"));
	size_t i = folder.n ? place_of(m, slash) : 0;
	free((char *)slash.p);
	return i;
}

static bool is_empty(const struct memory *m, struct str folder)
{
	size_t i = first_below(m, folder);
	return i == m->count || !is_below(m->nodes[i]->path, folder);
}

/* FS_OK when the path's folder is there. */
static enum fs_result check_above(const struct memory *m, struct str path)
{
	for (struct str above = fs_path_folder(path); above.n; above = fs_path_folder(above)) {
		const struct node *node = find(m, above);
		if (node)
			return node->folder ? (above.n == fs_path_folder(path).n ? FS_OK : FS_ABSENT) : FS_NOT_FILE;
	}
	return fs_path_folder(path).n ? FS_ABSENT : FS_OK;
}

/* The node, or why there is none. */
static enum fs_result look_up(const struct memory *m, struct str path, struct node **node)
{
	*node = find(m, path);
	if (*node)
		return FS_OK;
	return check_above(m, path) == FS_NOT_FILE ? FS_NOT_FILE : FS_ABSENT;
}

static struct node *add(struct memory *m, struct str path, bool folder)
{
	size_t at = place_of(m, path);
	if (m->count == m->room) {
		m->room = m->room ? m->room * 2 : 16;
		m->nodes = mem_resize(m->nodes, m->room, sizeof *m->nodes);
	}
	memmove(m->nodes + at + 1, m->nodes + at, (m->count - at) * sizeof *m->nodes);
	struct node *node = mem_alloc(sizeof *node);
	node->path = path_copy(path, STR_NONE);
	node->folder = folder;
	m->nodes[at] = node;
	m->count++;
	return node;
}

static void node_release(struct node *node)
{
	free((char *)node->path.p);
	buf_release(&node->bytes);
	free(node);
}

static void drop(struct memory *m, struct str path)
{
	size_t at = place_of(m, path);
	node_release(m->nodes[at]);
	memmove(m->nodes + at, m->nodes + at + 1, (m->count - at - 1) * sizeof *m->nodes);
	m->count--;
}

static enum fs_result memory_open(void *state, struct str path, enum fs_purpose purpose, struct fs_file *file)
{
	struct memory *m = locked(state);
	struct node *node;
	enum fs_result result = look_up(m, path, &node);
	if (result == FS_ABSENT && purpose == FS_TO_WRITE) {
		result = check_above(m, path);
		if (result == FS_OK)
			node = add(m, path, false);
	}
	if (result == FS_OK && node->folder)
		result = FS_NOT_FILE;
	if (result == FS_OK) {
		if (purpose == FS_TO_WRITE)
			buf_clear(&node->bytes);
		*file = (struct fs_file){ .node = node, .size = node->bytes.n };
	}
	return unlocked(m, result);
}

static enum fs_result memory_get(void *state, struct fs_file *file, char *bytes, size_t room, size_t *n)
{
	struct memory *m = locked(state);
	struct str left = str_from(buf_str(&((const struct node *)file->node)->bytes), file->at);
	*n = left.n < room ? left.n : room;
	if (*n)
		memcpy(bytes, left.p, *n);
	file->at += *n;
	return unlocked(m, FS_OK);
}

static enum fs_result memory_put(void *state, struct fs_file *file, struct str bytes)
{
	struct memory *m = locked(state);
	buf_put(&((struct node *)file->node)->bytes, bytes);
	return unlocked(m, FS_OK);
}

static enum fs_result memory_close(void *state, struct fs_file *file)
{
	(void)state, (void)file;
	return FS_OK;
}

static void describe(const struct node *node, struct fs_entry *entry)
{
	entry->kind = node->folder ? FS_FOLDER : FS_FILE;
	entry->size = node->bytes.n;
}

static enum fs_result memory_stat(void *state, struct str path, struct fs_entry *entry)
{
	struct memory *m = locked(state);
	struct node root = { .folder = true }, *node = &root;
	enum fs_result result = path.n ? look_up(m, path, &node) : FS_OK;
	if (result == FS_OK)
		describe(node, entry);
	return unlocked(m, result);
}

static enum fs_result memory_list(void *state, struct str folder, struct arena *a, struct buf *entries)
{
	struct memory *m = locked(state);
	struct node root = { .folder = true }, *node = &root;
	enum fs_result result = folder.n ? look_up(m, folder, &node) : FS_OK;
	if (result == FS_OK && !node->folder)
		result = FS_NOT_FILE;
	if (result != FS_OK)
		return unlocked(m, result);
	for (size_t i = first_below(m, folder); i < m->count && is_below(m->nodes[i]->path, folder); i++) {
		if (fs_path_folder(m->nodes[i]->path).n != folder.n)
			continue;
		struct fs_entry *entry = VEC_ADD(entries, struct fs_entry);
		entry->name = arena_str(a, fs_path_name(m->nodes[i]->path));
		describe(m->nodes[i], entry);
	}
	return unlocked(m, FS_OK);
}

static enum fs_result memory_make_folder(void *state, struct str path)
{
	struct memory *m = locked(state);
	enum fs_result result = find(m, path) ? FS_EXISTS : check_above(m, path);
	if (result == FS_OK)
		add(m, path, true);
	return unlocked(m, result);
}

static int compare_paths(const void *a, const void *b)
{
	return str_cmp((*(struct node *const *)a)->path, (*(struct node *const *)b)->path);
}

static void move_file(struct memory *m, struct str from, struct str to)
{
	struct node *node = find(m, from);
	struct buf bytes = node->bytes;
	node->bytes = (struct buf){ 0 };
	drop(m, from);
	add(m, to, false)->bytes = bytes;
}

static void move_folder(struct memory *m, struct str from, struct str to)
{
	for (size_t i = 0; i < m->count; i++) {
		struct str old = m->nodes[i]->path;
		if (!str_eq(old, from) && !is_below(old, from))
			continue;
		m->nodes[i]->path = path_copy(to, str_from(old, from.n));
		free((char *)old.p);
	}
	qsort(m->nodes, m->count, sizeof *m->nodes, compare_paths);
}

/* What rename(2) would say. */
static enum fs_result check_rename(const struct memory *m, struct str from, struct str to)
{
	struct node *node, *there = find(m, to);
	enum fs_result result = look_up(m, from, &node);
	if (result == FS_OK)
		result = check_above(m, to);
	if (result != FS_OK)
		return result;
	if (is_below(to, from))
		return fs_fail(EINVAL);
	if (there && there->folder != node->folder)
		return FS_NOT_FILE;
	return there && there != node && there->folder && !is_empty(m, to) ? FS_EXISTS : FS_OK;
}

static enum fs_result memory_rename(void *state, struct str from, struct str to)
{
	struct memory *m = locked(state);
	enum fs_result result = check_rename(m, from, to);
	if (result == FS_OK && !str_eq(from, to)) {
		if (find(m, to))
			drop(m, to);
		if (find(m, from)->folder)
			move_folder(m, from, to);
		else
			move_file(m, from, to);
	}
	return unlocked(m, result);
}

static enum fs_result remove_node(struct memory *m, struct str path, bool folder)
{
	struct node *node;
	enum fs_result result = look_up(m, path, &node);
	if (result != FS_OK)
		return result;
	if (node->folder != folder)
		return FS_NOT_FILE;
	if (folder && !is_empty(m, path))
		return FS_EXISTS;
	drop(m, path);
	return FS_OK;
}

static enum fs_result memory_remove(void *state, struct str path)
{
	struct memory *m = locked(state);
	return unlocked(m, remove_node(m, path, false));
}

static enum fs_result memory_remove_folder(void *state, struct str path)
{
	struct memory *m = locked(state);
	return unlocked(m, remove_node(m, path, true));
}

static void memory_release(void *state)
{
	struct memory *m = state;
	for (size_t i = 0; i < m->count; i++)
		node_release(m->nodes[i]);
	free(m->nodes);
	pthread_mutex_destroy(&m->lock);
	free(m);
}

static const struct fs_operations operations = {
	.open = memory_open,
	.get = memory_get,
	.put = memory_put,
	.close = memory_close,
	.stat = memory_stat,
	.list = memory_list,
	.make_folder = memory_make_folder,
	.rename = memory_rename,
	.remove = memory_remove,
	.remove_folder = memory_remove_folder,
	.release = memory_release,
};

void fs_memory_open(struct fs *fs)
{
	struct memory *m = mem_alloc(sizeof *m);
	pthread_mutex_init(&m->lock, NULL);
	*fs = (struct fs){ &operations, m };
}
