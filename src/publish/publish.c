#include "publish/publish.h"

#include <stdlib.h>
#include <string.h>

#define STAGE ".giji-stage"
#define UNDER_WAY "giji-manifest-under-way.json"

struct slot {
	struct str path; /* p NULL: not used */
	char sha256[HASH_HEX];
	bool staged; /* else it stands there already */
	bool copied;
	struct publish_facts facts; /* the anchors in memory of their own */
};

struct publication {
	struct fs *out;
	struct publish_options options;
	struct slot *slots;
	struct manifest before;
	struct map now; /* path → slot; filled when all have come */
	struct publish_summary done;
	struct arena arena; /* of the opening thread */
};

static bool machine(struct diags *ds, struct str path, enum fs_result result, const char *what)
{
	return diag_add(ds, MACHINE, loc_file(path), STR_NONE, "%s: %s", what, fs_why(result));
}

static void release(struct publication *p)
{
	for (size_t i = 0; i < p->options.slots; i++)
		free((char *)(uintptr_t)p->slots[i].facts.anchors.p);
	free(p->slots);
	map_release(&p->now);
	arena_release(&p->arena);
	free(p);
}

/* Whether anything but our own leavings stands in the folder. */
static bool is_empty(struct fs *out, struct arena *a)
{
	struct fs_entry *entries;
	size_t count;
	if (fs_list(out, STR(""), a, &entries, &count) != FS_OK)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!str_eq(entries[i].name, STR(STAGE)))
			return false;
	return true;
}

static bool may_write(struct publication *p, struct diags *ds)
{
	struct buf bytes = { 0 };
	enum fs_result result = fs_read(p->out, STR(PUBLISH_MANIFEST), SIZE_MAX, &bytes);
	bool ours = result == FS_OK && manifest_read(buf_str(&bytes), &p->arena, &p->before);
	buf_release(&bytes);
	if (ours && p->options.drafts && !p->before.drafts)
		return diag_add(ds, OUTPUT_REFUSED, loc_file(STR_NONE), STR(""),
			_("this folder was published without drafts; -D needs a folder of its own"));
	if (ours)
		return true;
	p->before = (struct manifest){ 0 };
	if (p->options.force || is_empty(p->out, &p->arena))
		return true;
	return diag_add(ds, OUTPUT_REFUSED, loc_file(STR_NONE),
		diag_text(ds, _("choose another folder with -o, or take this one over with --force")),
		result == FS_OK ? _("the output folder's %s is not one that giji wrote")
				: _("the output folder is not empty and has no %s"),
		PUBLISH_MANIFEST);
}

struct publication *publication_open(struct fs *out, const struct publish_options *options, struct diags *ds)
{
	struct publication *p = mem_alloc(sizeof *p);
	p->out = out;
	p->options = *options;
	p->slots = mem_alloc(options->slots * sizeof *p->slots);
	arena_init(&p->arena);
	bool good = may_write(p, ds);
	enum fs_result cleared = good ? fs_remove_tree(out, STR(STAGE)) : FS_OK;
	if (cleared != FS_OK && cleared != FS_ABSENT)
		good = machine(ds, STR(STAGE), cleared, _("cannot clear what an earlier build left"));
	if (good)
		return p;
	release(p);
	return NULL;
}

static struct str staged_path(struct buf *path, struct str of)
{
	buf_put(path, STR(STAGE "/"));
	buf_put(path, of);
	return buf_str(path);
}

static enum fs_result write_staged(struct fs *out, struct str path, struct str bytes)
{
	struct buf staged = { 0 };
	enum fs_result result = fs_write(out, staged_path(&staged, path), bytes);
	buf_release(&staged);
	return result;
}

static enum fs_result rename_staged(struct fs *out, struct str path, struct str to)
{
	struct buf staged = { 0 };
	enum fs_result result = fs_rename(out, staged_path(&staged, path), to);
	buf_release(&staged);
	return result;
}

static struct slot *fill_slot(struct publication *p, size_t index, struct str path, struct publish_facts facts)
{
	struct slot *s = &p->slots[index];
	s->path = path;
	s->facts = facts;
	if (facts.anchors.n)
		s->facts.anchors.p = memcpy(mem_alloc(facts.anchors.n), facts.anchors.p, facts.anchors.n);
	else
		s->facts.anchors = STR_NONE;
	return s;
}

bool publication_page(struct publication *p, size_t index, struct str path, struct str bytes,
	struct publish_facts facts, struct diags *ds)
{
	uint8_t hash[HASH_BYTES];
	struct slot *s = fill_slot(p, index, path, facts);
	hash_sha256(bytes, hash);
	hash_hex(hash, s->sha256);
	if (fs_same(p->out, path, bytes))
		return true;
	enum fs_result result = write_staged(p->out, path, bytes);
	s->staged = true;
	return result == FS_OK || machine(ds, path, result, _("cannot write this file"));
}

bool publication_copy(struct publication *p, size_t index, struct str path, struct fs *from_fs, struct str from,
	struct publish_facts facts, struct diags *ds)
{
	uint8_t hash[HASH_BYTES] = { 0 };
	struct slot *s = fill_slot(p, index, path, facts);
	struct buf staged = { 0 };
	s->staged = s->copied = true;
	enum fs_result result = fs_copy(from_fs, from, p->out, staged_path(&staged, path), hash);
	hash_hex(hash, s->sha256);
	buf_release(&staged);
	return result == FS_OK || machine(ds, path, result, _("cannot write this file, a copy"));
}

/* True when the file there has this fingerprint. */
static bool has_hash(struct fs *fs, struct str path, struct str sha256)
{
	uint8_t hash[HASH_BYTES];
	char hex[HASH_HEX];
	if (fs_hash(fs, path, hash) != FS_OK)
		return false;
	hash_hex(hash, hex);
	return str_eq(sha256, str_n(hex, HASH_HEX));
}

/* Pages were compared when they came; a copied file is only known to be the same once it was hashed. */
static bool stands_there(struct publication *p, const struct slot *s)
{
	return !s->staged || (s->copied && has_hash(p->out, s->path, str_n(s->sha256, HASH_HEX)));
}

static int by_path(const void *a, const void *b)
{
	return str_cmp((*(const struct slot *const *)a)->path, (*(const struct slot *const *)b)->path);
}

/* The files of this build in order of path, then, for the manifest of a change that is under way, those of the
 * build before: whatever stands in the folder when such a change is broken off, the next build knows it for ours. */
static void write_manifest(const struct publication *p, bool under_way, struct buf *out)
{
	struct buf order = { 0 };
	for (size_t i = 0; i < p->options.slots; i++)
		if (p->slots[i].path.p)
			*VEC_ADD(&order, const struct slot *) = &p->slots[i];
	const struct slot **slots = VEC_AT(&order, const struct slot *);
	size_t count = VEC_COUNT(&order, const struct slot *), before = under_way ? p->before.count : 0;
	if (count)
		qsort(slots, count, sizeof(const struct slot *), by_path);
	manifest_begin(out, p->options.now, p->options.base_url, p->options.drafts || (before && p->before.drafts));
	for (size_t i = 0; i < count; i++) {
		struct manifest_file file = { slots[i]->path, str_n(slots[i]->sha256, HASH_HEX), slots[i]->facts };
		manifest_add(out, i == 0, &file);
	}
	for (size_t i = 0; i < before; i++)
		manifest_add(out, count + i == 0, &p->before.files[i]);
	manifest_end(out);
	buf_release(&order);
}

/* Removes the folders above a file of ours that is gone, as far as they are empty now. */
static void remove_empty_folders(struct fs *out, struct str path)
{
	for (struct str folder = fs_path_folder(path); folder.n; folder = fs_path_folder(folder)) {
		enum fs_result result = fs_remove_folder(out, folder);
		if (result != FS_OK && result != FS_ABSENT)
			break;
	}
}

static void note(struct publication *p, char sign, struct str path)
{
	if (p->options.log)
		buf_format(p->options.log, "%c %.*s\n", sign, STR_ARG(path));
}

static bool remove_stale(struct publication *p, struct diags *ds)
{
	for (size_t i = 0; i < p->before.count; i++) {
		const struct manifest_file *file = &p->before.files[i];
		if (map_get(&p->now, file->path, NULL))
			continue;
		bool ours = has_hash(p->out, file->path, file->sha256);
		enum fs_result result = ours ? fs_remove(p->out, file->path) : FS_OK;
		if (result != FS_OK)
			return machine(ds, file->path, result,
				_("cannot remove this file, which is no longer part of the site"));
		p->done.removed += ours;
		if (ours)
			note(p, '-', file->path);
		/* also where the file is gone: a build that was broken off may have made no more than its folder */
		remove_empty_folders(p->out, file->path);
	}
	return true;
}

/* Into an empty folder, folders are moved whole: a first build takes a few renames, not thousands. Their names are
 * put into `moved`. */
static void move_new_folders(struct publication *p, struct map *moved)
{
	struct fs_entry *entries, there;
	size_t count = 0;
	if (p->before.count > 0)
		return;
	if (fs_list(p->out, STR(STAGE), &p->arena, &entries, &count) != FS_OK)
		return;
	for (size_t i = 0; i < count; i++)
		if (entries[i].kind == FS_FOLDER && fs_stat(p->out, entries[i].name, &there) == FS_ABSENT &&
			rename_staged(p->out, entries[i].name, entries[i].name) == FS_OK)
			map_put(moved, entries[i].name, 0);
}

static bool was_moved(const struct map *moved, struct str path)
{
	return map_get(moved, str_cut(&path, STR("/")), NULL);
}

/* One staged file, unless its folder was moved with it, or it stands there already. */
static bool put_file(struct publication *p, const struct slot *s, const struct map *moved, struct diags *ds)
{
	enum fs_result result = FS_OK;
	bool waits = !was_moved(moved, s->path);
	if (waits && stands_there(p, s)) {
		p->done.unchanged++;
		return true;
	}
	if (waits)
		result = rename_staged(p->out, s->path, s->path);
	/* What was a file is a folder now, or the reverse: what is stale stands in the way. */
	if (result == FS_NOT_FILE || result == FS_EXISTS) {
		if (!remove_stale(p, ds))
			return false;
		result = rename_staged(p->out, s->path, s->path);
	}
	if (result != FS_OK)
		return machine(ds, s->path, result, _("cannot put this file in place"));
	p->done.written++;
	note(p, '+', s->path);
	return true;
}

static bool put_in_place(struct publication *p, struct diags *ds)
{
	struct map moved = { 0 };
	move_new_folders(p, &moved);
	bool good = true;
	for (size_t i = 0; good && i < p->options.slots; i++)
		good = !p->slots[i].path.p || put_file(p, &p->slots[i], &moved, ds);
	map_release(&moved);
	return good;
}

static bool stage_manifest(struct publication *p, const char *name, struct str bytes, struct diags *ds)
{
	enum fs_result result = write_staged(p->out, str_c(name), bytes);
	return result == FS_OK || machine(ds, STR(PUBLISH_MANIFEST), result, _("cannot write this file"));
}

static bool place_manifest(struct publication *p, const char *name, struct diags *ds)
{
	enum fs_result result = rename_staged(p->out, str_c(name), STR(PUBLISH_MANIFEST));
	return result == FS_OK || machine(ds, STR(PUBLISH_MANIFEST), result, _("cannot put this file in place"));
}

/* Both manifests are staged before anything is renamed: a full disk shows itself while the folder is as it was. */
static bool finish(struct publication *p, struct diags *ds)
{
	struct buf manifest = { 0 }, both = { 0 };
	write_manifest(p, false, &manifest);
	write_manifest(p, true, &both);
	bool same = fs_same(p->out, STR(PUBLISH_MANIFEST), buf_str(&manifest));
	bool begun = same ||
		(stage_manifest(p, PUBLISH_MANIFEST, buf_str(&manifest), ds) &&
			stage_manifest(p, UNDER_WAY, buf_str(&both), ds) && place_manifest(p, UNDER_WAY, ds));
	buf_release(&manifest);
	buf_release(&both);
	return begun && put_in_place(p, ds) && remove_stale(p, ds) && (same || place_manifest(p, PUBLISH_MANIFEST, ds));
}

bool publication_finish(struct publication *p, struct publish_summary *summary, struct diags *ds)
{
	for (size_t i = 0; i < p->options.slots; i++)
		if (p->slots[i].path.p)
			map_put(&p->now, p->slots[i].path, i);
	bool good = finish(p, ds);
	*summary = p->done;
	publication_abandon(p);
	return good;
}

void publication_abandon(struct publication *p)
{
	fs_remove_tree(p->out, STR(STAGE));
	release(p);
}
