#include "source/content.h"

#include "base/map.h"
#include "source/names.h"
#include "text/fold.h"

#include <stdlib.h>

enum walk_mode { WALK_TOP, WALK_BODY, WALK_PAGES, WALK_FILES };

struct walk {
	struct fs *site;
	const struct texts *languages;
	struct arena *arena;
	struct diags *diags;
	struct buf files;     /* of struct content_file */
	struct map addresses; /* folded address → index into claims */
	struct buf claims;    /* of struct str: the path that claims it */
};

struct folder {
	struct str path; /* "content/ict", as the file system spells it */
	struct str id;   /* "ict" */
	enum walk_mode mode;
	unsigned depth;
	struct fs_entry *entries;
	size_t count;
	bool usable; /* its name can stand in an address; asked when there is a page */
};

bool content_is_ignored(struct str name)
{
	static const struct str endings[] = { STR_INIT("~"), STR_INIT(".bak"), STR_INIT(".swp"), STR_INIT(".orig") };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(name, endings[i]))
			return true;
	return str_is_one_of(name, "Thumbs.db|thumbs.db|desktop.ini|Desktop.ini") || str_starts(name, STR(".")) ||
		str_starts(name, STR("~$")) || (str_starts(name, STR("#")) && str_ends(name, STR("#")));
}

static bool is_markdown(struct str name)
{
	return str_ends(name, STR(".md")) || str_ends(name, STR(".MD"));
}

static bool has_language(const struct texts *languages, struct str code)
{
	for (size_t i = 0; languages && i < languages->count; i++)
		if (str_eq(languages->items[i].text, code))
			return true;
	return false;
}

/* Takes "5.en" apart into name and language. A suffix that could only be a language, and is none of the site's, is a
 * finding. */
static bool name_cut(struct walk *w, struct str stem, struct content_file *file)
{
	struct str suffix = name_suffix(stem);
	file->name = stem;
	file->language = STR_NONE;
	if (has_language(w->languages, suffix)) {
		file->name = str_but(stem, suffix.n + 1);
		if (!str_eq(suffix, w->languages->items[0].text))
			file->language = suffix;
	} else if (suffix.n == 2 && name_is_language(suffix)) {
		return diag_add(w->diags, VALUE_INVALID, loc_file(file->path),
			str_c(_("add it to 「languages」 in site.yml, or take it out of the file's name")),
			_("「%.*s」 in the file's name is not one of the site's languages"), STR_ARG(suffix));
	}
	return true;
}

/* What stands first in an address must leave room for giji's own pages and for languages. */
static bool first_part_free(struct walk *w, struct str part, struct str path)
{
	struct str folded = name_fold(w->arena, part);
	if (!has_language(w->languages, folded) &&
		!str_is_one_of(folded, "speakers|topics|decisions|actions|documents|corrections|search|data"))
		return true;
	return diag_add(w->diags, ADDRESS_COLLISION, loc_file(path), str_c(_("choose another name")),
		_("the address /%.*s/ is kept for giji's own pages"), STR_ARG(part));
}

static bool folder_usable(struct walk *w, const struct folder *f)
{
	struct str rest = f->id;
	if (str_empty(f->id))
		return true;
	if (!first_part_free(w, str_cut(&rest, STR("/")), f->path))
		return false;
	rest = f->id;
	while (rest.p)
		if (!name_check(str_cut(&rest, STR("/")), loc_file(f->path), w->arena, w->diags))
			return false;
	return true;
}

static bool claim(struct walk *w, struct str path, struct str address, struct str language)
{
	struct str key = name_fold(w->arena, arena_format(w->arena, "%.*s:%.*s", STR_ARG(language), STR_ARG(address)));
	size_t other;
	if (map_get(&w->addresses, key, &other))
		return diag_add(w->diags, ADDRESS_COLLISION, loc_file(path),
			str_c(_("rename one of them; capital and small letters do not make a difference")),
			_("「%.*s」 and 「%.*s」 claim the same address /%.*s/"),
			STR_ARG(VEC_AT(&w->claims, struct str)[other]), STR_ARG(path), STR_ARG(address));
	map_add(&w->addresses, key, VEC_COUNT(&w->claims, struct str));
	*VEC_ADD(&w->claims, struct str) = path;
	return true;
}

static void walk_page(struct walk *w, const struct folder *f, const struct fs_entry *entry)
{
	struct content_file file = { .folder = f->id, .path = fs_path_join(w->arena, f->path, entry->name) };
	if (!f->usable || !name_cut(w, fold_nfc(w->arena, str_but(entry->name, sizeof ".md" - 1)), &file))
		return;
	bool top = f->mode == WALK_TOP, is_index = str_eq(file.name, STR("index"));
	struct str address = is_index ? f->id : fs_path_join(w->arena, f->id, file.name);
	if (top && is_index)
		file.name = STR("");
	if (f->mode == WALK_BODY)
		file.kind = is_index ? CONTENT_BODY : CONTENT_RECORD;
	else
		file.kind = top && is_index ? CONTENT_HOME : CONTENT_PAGE;
	bool named = is_index ||
		(name_check(file.name, loc_file(file.path), w->arena, w->diags) &&
			(!top || first_part_free(w, file.name, file.path)));
	if (named && claim(w, file.path, address, file.language))
		*VEC_ADD(&w->files, struct content_file) = file;
}

static bool is_register(const struct folder *f, struct str name)
{
	return (f->mode == WALK_TOP && str_is_one_of(name, "people.yml|topics.yml")) ||
		(f->mode != WALK_FILES && str_ends(name, STR(".ledger")));
}

static void walk_file(struct walk *w, const struct folder *f, const struct fs_entry *entry)
{
	if (f->mode != WALK_FILES && is_markdown(entry->name)) {
		walk_page(w, f, entry);
		return;
	}
	struct str path = fs_path_join(w->arena, f->path, entry->name);
	if (f->mode == WALK_TOP && str_is_one_of(entry->name, "people.yaml|topics.yaml"))
		diag_add(w->diags, VALUE_INVALID, loc_file(path), str_c(_("rename it to end in .yml")),
			_("the register's name must end in .yml"));
	*VEC_ADD(&w->files, struct content_file) =
		(struct content_file){ .kind = is_register(f, entry->name) ? CONTENT_REGISTER : CONTENT_DOCUMENT,
			.path = path,
			.folder = f->id,
			.size = entry->size,
			.name = fold_nfc(w->arena, entry->name) };
}

/* `kind: pages` in the folder's index.md. Its faults are found when it is read for good. */
static bool says_pages(struct walk *w, struct str path)
{
	struct diags unheard;
	struct arena scratch;
	struct content_text text;
	diags_init(&unheard, w->diags->levels);
	arena_init(&scratch);
	bool pages = false;
	if (content_open(w->site, path, &scratch, &text, &unheard)) {
		const struct yaml_node *kind = yaml_get(text.front, STR("kind"));
		pages = kind && field_is_scalar(kind) && str_eq(fold_label(&scratch, kind->text), STR("pages"));
	}
	arena_release(&scratch);
	diags_release(&unheard);
	return pages;
}

/* What the folder's files are for, once it is listed. */
static void survey(struct walk *w, struct folder *f)
{
	struct str index = STR_NONE;
	bool has_pages = false, has_records = false;
	for (size_t i = 0; i < f->count && f->mode != WALK_FILES; i++) {
		struct str name = f->entries[i].name;
		if (f->entries[i].kind != FS_FILE || content_is_ignored(name) || !is_markdown(name))
			continue;
		has_pages = true;
		if (str_eq(str_but(name, 3), STR("index")))
			index = fs_path_join(w->arena, f->path, name);
		else if (!str_starts(name, STR("index.")))
			has_records = true;
	}
	if (f->mode == WALK_BODY && index.p && says_pages(w, index))
		f->mode = WALK_PAGES;
	f->usable = !has_pages || folder_usable(w, f);
	if (f->mode != WALK_BODY || !has_records || index.p || !f->usable)
		return;
	diag_add(w->diags, FACT_MISSING, loc_file(f->path),
		diag_text(w->diags, _("add %.*s/index.md with a title"), STR_ARG(f->path)),
		_("the folder 「%.*s」 holds records and has no index.md that names the body"), STR_ARG(f->id));
	claim(w, f->path, f->id, STR_NONE);
}

static bool list(struct walk *w, struct folder *f)
{
	enum fs_result result = fs_list(w->site, f->path, w->arena, &f->entries, &f->count);
	if (result == FS_ABSENT || result == FS_NOT_FILE)
		return diag_add(w->diags, VALUE_INVALID, loc_file(f->path),
			str_c(_("pages and records stand in a folder of this name beside site.yml")),
			_("there is no folder 「%.*s」"), STR_ARG(f->path));
	return result == FS_OK || content_unreadable(result, f->path, w->diags);
}

static void walk_folder(struct walk *w, struct folder f);

static void walk_subfolder(struct walk *w, const struct folder *f, const struct fs_entry *entry)
{
	struct folder below = { .path = fs_path_join(w->arena, f->path, entry->name),
		.id = fs_path_join(w->arena, f->id, fold_nfc(w->arena, entry->name)),
		.mode = f->mode == WALK_TOP ? WALK_BODY : f->mode,
		.depth = f->depth + 1 };
	if (str_eq(entry->name, STR("files")))
		below.mode = WALK_FILES;
	if (below.depth <= CONTENT_DEPTH_MOST)
		walk_folder(w, below);
	else
		diag_add(w->diags, LIMIT_EXCEEDED, loc_file(below.path), STR_NONE,
			_("folders stand more than %d deep in one another"), CONTENT_DEPTH_MOST);
}

static void walk_folder(struct walk *w, struct folder f)
{
	if (!list(w, &f))
		return;
	survey(w, &f);
	for (size_t i = 0; i < f.count; i++) {
		const struct fs_entry *entry = &f.entries[i];
		if (content_is_ignored(entry->name))
			continue;
		if (entry->kind == FS_FILE)
			walk_file(w, &f, entry);
		else if (entry->kind == FS_FOLDER)
			walk_subfolder(w, &f, entry);
		else
			diag_add(w->diags, LINK_OUTSIDE, loc_file(fs_path_join(w->arena, f.path, entry->name)),
				str_c(_("put the file itself here")),
				_("this is neither a file nor a folder of the site"));
	}
}

static int by_path(const void *x, const void *y)
{
	const struct content_file *a = x, *b = y;
	return str_cmp(a->path, b->path);
}

void content_walk(
	struct fs *site, const struct texts *languages, struct arena *a, struct content_tree *tree, struct diags *ds)
{
	struct walk w = { .site = site, .languages = languages, .arena = a, .diags = ds };
	walk_folder(&w, (struct folder){ .path = STR("content"), .id = STR(""), .mode = WALK_TOP });
	map_release(&w.addresses);
	buf_release(&w.claims);
	tree->count = VEC_COUNT(&w.files, struct content_file);
	tree->files = buf_settle(&w.files, a);
	if (tree->count > 0)
		qsort(tree->files, tree->count, sizeof *tree->files, by_path);
}
