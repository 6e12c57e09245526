#include "site/keeper.h"
#include "source/ledger.h"

#include <stdlib.h>
#include <string.h>

static const struct str context_files[] = { STR_INIT("site.yml"), STR_INIT("content/people.yml"),
	STR_INIT("content/topics.yml") };

static void release_context(struct kept_context *c)
{
	if (!c || --c->references > 0)
		return;
	diags_release(&c->diags);
	arena_release(&c->arena);
	free(c);
}

static void release_tree(struct kept_tree *t)
{
	if (!t || --t->references > 0)
		return;
	diags_release(&t->diags);
	map_release(&t->paths);
	arena_release(&t->arena);
	free(t);
}

static void release_file(struct kept_file *f)
{
	if (!f || --f->references > 0)
		return;
	diags_release(&f->diags);
	arena_release(&f->arena);
	free(f);
}

static void release_before(struct kept *k)
{
	for (size_t i = 0; i < k->before.count; i++)
		release_file(k->before_files[i]);
	free(k->before_files);
	map_release(&k->before);
	map_release(&k->changed);
	release_tree(k->old_tree);
	release_context(k->old_context);
	k->before_files = NULL;
	k->old_tree = NULL;
	k->old_context = NULL;
}

struct kept *kept_open_once(void)
{
	return mem_alloc(sizeof(struct kept));
}

struct kept *kept_open(void)
{
	struct kept *k = kept_open_once();
	k->keeps_files = true;
	return k;
}

void kept_release(struct kept *k)
{
	if (!k)
		return;
	release_before(k);
	for (size_t i = 0; k->tree && i < k->tree->tree.count; i++) {
		release_file(k->files[i]);
		release_file(k->old[i]);
	}
	free(k->files);
	free(k->old);
	free(k->added);
	for (size_t i = 0; i < k->superseded_count; i++)
		release_file(k->superseded[i]);
	free(k->superseded);
	release_tree(k->tree);
	release_context(k->context);
	arena_release(&k->arena);
	free(k);
}

/* --- what may have changed --- */

static bool is_below(const struct map *folders, struct str path)
{
	for (; !str_empty(path); path = fs_path_folder(path))
		if (map_get(folders, path, NULL))
			return true;
	return false;
}

/* A folder that came or went is named like a file: all below it is another. A record is another with its ledger. */
static bool is_changed(struct kept *k, struct str path)
{
	return k->all_changed || is_below(&k->changed, path) ||
		(k->changed.count > 0 && str_ends(path, STR(".md")) &&
			map_get(&k->changed, ledger_path(path, &k->arena), NULL));
}

/* The files of the other are shared: those of the tree, or what stood before where its tree was never known. */
static void share_files(struct kept *k, const struct kept *from)
{
	size_t count = from->tree ? from->tree->tree.count : from->before.count;
	k->before_files = mem_alloc(count * sizeof(struct kept_file *));
	for (size_t i = 0; i < count; i++) {
		struct kept_file *f = !from->tree ? from->before_files[i]
			: from->files[i]          ? from->files[i]
						  : from->old[i];
		if (!f)
			continue;
		f->references++;
		k->before_files[k->before.count] = f;
		map_add(&k->before, f->file.path, k->before.count);
	}
}

static void share_context(struct kept *k, const struct kept *from)
{
	struct kept_context *c = from->context ? from->context : from->old_context;
	bool changed = !from->context;
	for (size_t i = 0; i < sizeof context_files / sizeof *context_files; i++)
		changed = changed || is_changed(k, context_files[i]);
	if (!c)
		return;
	c->references++;
	*(changed ? &k->old_context : &k->context) = c;
}

static void add_changed(struct kept *k, const struct map *changed)
{
	for (size_t i = 0; i < changed->count; i++)
		map_put(&k->changed, arena_str(&k->arena, changed->entries[i].key), 0);
}

struct kept *kept_after(const struct kept *from, const struct map *changed, bool all)
{
	struct kept *k = kept_open();
	k->stamps = from->stamps;
	k->all_changed = all;
	add_changed(k, changed);
	if (!from->tree) { /* its settings could not be used, and nothing else was looked at */
		k->all_changed = all || from->all_changed;
		add_changed(k, &from->changed);
	}
	share_files(k, from);
	share_context(k, from);
	k->old_tree = from->tree ? from->tree : from->old_tree;
	if (k->old_tree)
		k->old_tree->references++;
	return k;
}

/* --- the context --- */

static void hash_context(struct fs *fs, uint8_t out[HASH_BYTES])
{
	uint8_t all[sizeof context_files / sizeof *context_files][HASH_BYTES] = { 0 };
	for (size_t i = 0; i < sizeof context_files / sizeof *context_files; i++)
		fs_hash(fs, context_files[i], all[i]);
	hash_sha256(str_n((const char *)all, sizeof all), out);
}

struct kept_context *keeper_context(struct kept *k, struct fs *fs, const struct diag_levels *levels, bool *is_new)
{
	uint8_t hash[HASH_BYTES];
	*is_new = false;
	if (k->context)
		return k->context;
	hash_context(fs, hash);
	struct kept_context *old = k->old_context;
	k->context = old;
	k->old_context = NULL;
	if (old && memcmp(old->hash, hash, sizeof hash) == 0)
		return old;
	release_context(old);
	k->context = mem_alloc(sizeof *k->context);
	k->context->references = 1;
	k->context->stamp = ++k->stamps;
	memcpy(k->context->hash, hash, sizeof hash);
	diags_init(&k->context->diags, levels);
	*is_new = true;
	return k->context;
}

/* --- the tree --- */

bool keeper_holds(const struct kept_tree *t, struct str folder)
{
	if (map_get(&t->paths, folder, NULL))
		return true;
	for (size_t i = 0; i < t->tree.count; i++)
		if (str_starts(t->tree.files[i].path, folder) && t->tree.files[i].path.p[folder.n] == '/')
			return true;
	return false;
}

/* Whether one path changes which files there are, or what they are for: `kind: pages` stands in an index. */
static bool moves(const struct kept_tree *t, struct fs *fs, struct str path)
{
	struct fs_entry entry;
	struct str name = fs_path_name(path);
	if (!str_eq(path, STR("content")) && (!str_starts(path, STR("content/")) || content_is_ignored(name)))
		return false;
	if (str_starts(name, STR("index.")))
		return true;
	if (fs_stat(fs, path, &entry) == FS_OK)
		return entry.kind != FS_FILE || !map_get(&t->paths, path, NULL);
	return keeper_holds(t, path); /* else it came and went */
}

static bool tree_stands(const struct kept *k, struct fs *fs)
{
	if (!k->old_tree || k->all_changed || k->context->stamp > k->old_tree->context)
		return false;
	bool stands = true;
	for (size_t i = 0; stands && i < k->changed.count; i++)
		stands = !moves(k->old_tree, fs, k->changed.entries[i].key);
	return stands;
}

static void share_out(struct kept *k)
{
	size_t count = k->tree->tree.count, at;
	k->files = mem_alloc(count * sizeof(struct kept_file *));
	k->old = mem_alloc(count * sizeof(struct kept_file *));
	k->added = mem_alloc(count * sizeof(struct kept_file *));
	for (size_t i = 0; i < count; i++) {
		struct str path = k->tree->tree.files[i].path;
		if (!map_get(&k->before, path, &at))
			continue;
		k->before_files[at]->references++;
		*(is_changed(k, path) ? &k->old[i] : &k->files[i]) = k->before_files[at];
	}
	release_before(k);
}

void keeper_tree(struct kept *k, struct fs *fs, const struct diag_levels *levels)
{
	if (k->tree)
		return;
	if (tree_stands(k, fs)) {
		k->tree = k->old_tree;
		k->tree->references++;
	} else {
		k->tree = mem_alloc(sizeof *k->tree);
		k->tree->references = 1;
		k->tree->context = k->context->stamp;
		diags_init(&k->tree->diags, levels);
		content_walk(fs, &k->context->settings.languages, &k->tree->arena, &k->tree->tree, &k->tree->diags);
		for (size_t i = 0; i < k->tree->tree.count; i++)
			map_add(&k->tree->paths, k->tree->tree.files[i].path, i);
	}
	share_out(k);
}

/* --- files --- */

struct kept_file *keeper_find(const struct kept *k, size_t file, uint64_t key)
{
	struct kept_file *f = k->files[file];
	return f && f->key == key ? f : NULL;
}

struct kept_file *keeper_same(struct kept *k, size_t file, uint64_t key, const uint8_t hash[HASH_BYTES])
{
	struct kept_file *f = k->old[file];
	if (!f || f->key != key || memcmp(hash, f->hash, sizeof f->hash) != 0)
		return NULL;
	k->old[file] = NULL;
	k->files[file] = f;
	return f;
}

struct kept_file *keeper_add(struct kept *k, size_t file, uint64_t key)
{
	if (!k->keeps_files)
		return NULL;
	struct kept_file *f = mem_alloc(sizeof *f);
	f->references = 1;
	f->key = key;
	f->file = k->tree->tree.files[file];
	f->file.path = arena_str(&f->arena, f->file.path);
	f->file.folder = arena_str(&f->arena, f->file.folder);
	f->file.name = arena_str(&f->arena, f->file.name);
	f->file.language = arena_str(&f->arena, f->file.language);
	k->added[file] = f;
	return f;
}

void keeper_settle(struct kept *k, size_t file)
{
	struct kept_file *f = k->added[file];
	if (!f)
		return;
	f->stamp = ++k->stamps;
	release_file(k->files[file]);
	release_file(k->old[file]);
	k->files[file] = f;
	k->old[file] = k->added[file] = NULL;
}

bool keeper_same_front(const struct kept_file *a, const struct kept_file *b)
{
	return diag_count(&a->diags) == 0 && memcmp(a->front_hash, b->front_hash, sizeof a->front_hash) == 0;
}

void keeper_drop(struct kept_file *f)
{
	release_file(f);
}

void keeper_supersede(struct kept *k, size_t file, struct kept_file *by)
{
	k->superseded = mem_resize(k->superseded, k->superseded_count + 1, sizeof(struct kept_file *));
	k->superseded[k->superseded_count++] = k->files[file];
	k->files[file] = by;
	by->stamp = ++k->stamps;
}
