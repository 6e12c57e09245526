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
	size_t entries;
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

/* A file of Markdown, its name taken apart. */
struct page_name {
	struct str name, language;
};

static struct str join(struct arena *a, struct str folder, struct str name)
{
	return str_empty(folder) ? name : arena_format(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
}

static bool is_ignored(struct str name)
{
	static const struct str endings[] = { STR_INIT("~"), STR_INIT(".bak"), STR_INIT(".swp"), STR_INIT(".orig") };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(name, endings[i]))
			return true;
	return str_starts(name, STR(".")) || str_starts(name, STR("~$")) ||
		(str_starts(name, STR("#")) && str_ends(name, STR("#")));
}

static bool is_markdown(struct str name)
{
	struct str tail = str_from(name, name.n > 3 ? name.n - 3 : name.n);
	return tail.n == 3 && tail.p[0] == '.' && (tail.p[1] | 0x20) == 'm' && (tail.p[2] | 0x20) == 'd';
}

static bool has_language(const struct texts *languages, struct str code)
{
	for (size_t i = 0; languages && i < languages->count; i++)
		if (str_eq(languages->items[i].text, code))
			return true;
	return false;
}

static bool is_two_letters(struct str s)
{
	return s.n == 2 && name_is_language(s);
}

/* Cuts the language off "5.en". A suffix that could only be a language, and is none of the site's, is a finding. */
static bool name_cut(struct walk *w, struct str path, struct str stem, struct page_name *out)
{
	*out = (struct page_name){ .name = stem };
	size_t dot = stem.n;
	while (dot > 0 && stem.p[dot - 1] != '.')
		dot--;
	struct str suffix = str_from(stem, dot);
	if (dot < 2)
		return true;
	if (has_language(w->languages, suffix)) {
		out->name = str_n(stem.p, dot - 1);
		out->language = str_eq(suffix, w->languages->items[0].text) ? STR_NONE : suffix;
		return true;
	}
	if (!is_two_letters(suffix))
		return true;
	return diag_add(w->diags, VALUE_INVALID, loc_file(path),
		diag_text(w->diags, _("add it to 「languages」 in site.yml, or take it out of the file's name")),
		_("「%.*s」 in the file's name is not one of the site's languages"), STR_ARG(suffix));
}

/* What stands first in an address must leave room for giji's own pages and for languages. */
static bool first_part_free(struct walk *w, struct str part, struct str path)
{
	struct str folded = name_fold(w->arena, part);
	if (!name_is_reserved(folded) && !has_language(w->languages, folded))
		return true;
	return diag_add(w->diags, ADDRESS_COLLISION, loc_file(path), diag_text(w->diags, _("choose another name")),
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
			diag_text(
				w->diags, _("rename one of them; capital and small letters do not make a difference")),
			_("「%.*s」 and 「%.*s」 claim the same address /%.*s/"),
			STR_ARG(VEC_AT(&w->claims, struct str)[other]), STR_ARG(path), STR_ARG(address));
	map_add(&w->addresses, key, VEC_COUNT(&w->claims, struct str));
	*VEC_ADD(&w->claims, struct str) = path;
	return true;
}

static void add_file(struct walk *w, struct content_file file)
{
	*VEC_ADD(&w->files, struct content_file) = file;
}

static void walk_page(struct walk *w, const struct folder *f, const struct fs_entry *entry)
{
	static const enum content_kind kinds[] = {
		[WALK_TOP] = CONTENT_PAGE, [WALK_BODY] = CONTENT_RECORD, [WALK_PAGES] = CONTENT_PAGE
	};
	struct content_file file = { .kind = kinds[f->mode], .folder = f->id, .size = entry->size };
	struct page_name name;
	file.path = join(w->arena, f->path, entry->name);
	if (!f->usable || !name_cut(w, file.path, fold_nfc(w->arena, str_but(entry->name, 3)), &name))
		return;
	bool is_index = str_eq(name.name, STR("index"));
	if (is_index && f->mode != WALK_PAGES)
		file.kind = f->mode == WALK_TOP ? CONTENT_HOME : CONTENT_BODY;
	file.language = name.language;
	file.name = is_index && f->mode == WALK_TOP ? STR("") : name.name;
	if (!is_index && !name_check(name.name, loc_file(file.path), w->arena, w->diags))
		return;
	if (!is_index && f->mode == WALK_TOP && !first_part_free(w, name.name, file.path))
		return;
	if (claim(w, file.path, is_index ? f->id : join(w->arena, f->id, name.name), name.language))
		add_file(w, file);
}

static bool is_register(const struct folder *f, struct str name)
{
	if (f->mode == WALK_TOP && (str_eq(name, STR("people.yml")) || str_eq(name, STR("topics.yml"))))
		return true;
	return f->mode != WALK_FILES && str_ends(name, STR(".ledger"));
}

static void walk_file(struct walk *w, const struct folder *f, const struct fs_entry *entry)
{
	if (f->mode != WALK_FILES && is_markdown(entry->name)) {
		walk_page(w, f, entry);
		return;
	}
	struct str path = join(w->arena, f->path, entry->name);
	if (f->mode == WALK_TOP && (str_eq(entry->name, STR("people.yaml")) || str_eq(entry->name, STR("topics.yaml"))))
		diag_add(w->diags, VALUE_INVALID, loc_file(path), diag_text(w->diags, _("rename it to end in .yml")),
			_("the register's name must end in .yml"));
	add_file(w,
		(struct content_file){ .kind = is_register(f, entry->name) ? CONTENT_REGISTER : CONTENT_DOCUMENT,
			.path = path,
			.folder = f->id,
			.name = fold_nfc(w->arena, entry->name),
			.size = entry->size });
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
		if (f->entries[i].kind != FS_FILE || is_ignored(name) || !is_markdown(name))
			continue;
		has_pages = true;
		if (str_eq(str_but(name, 3), STR("index")))
			index = join(w->arena, f->path, name);
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
	if (result == FS_OK)
		return true;
	struct loc loc = loc_file(f->path);
	if (result == FS_OUTSIDE)
		return diag_add(w->diags, LINK_OUTSIDE, loc, STR_NONE, _("the folder leads out of the site"));
	if (result == FS_ABSENT || result == FS_NOT_FILE)
		return diag_add(w->diags, VALUE_INVALID, loc,
			diag_text(w->diags, _("pages and records stand in a folder of this name beside site.yml")),
			_("there is no folder 「%.*s」"), STR_ARG(f->path));
	return diag_add(w->diags, MACHINE, loc, STR_NONE, _("the folder cannot be read: %s"), fs_reason());
}

static void walk_folder(struct walk *w, struct folder f);

static void walk_entry(struct walk *w, const struct folder *f, const struct fs_entry *entry)
{
	if (entry->kind == FS_FILE) {
		walk_file(w, f, entry);
	} else if (entry->kind == FS_FOLDER) {
		bool files = f->mode == WALK_FILES || str_eq(entry->name, STR("files"));
		walk_folder(w,
			(struct folder){ .path = join(w->arena, f->path, entry->name),
				.id = join(w->arena, f->id, fold_nfc(w->arena, entry->name)),
				.mode = files                   ? WALK_FILES
					: f->mode == WALK_PAGES ? WALK_PAGES
								: WALK_BODY,
				.depth = f->depth + 1 });
	} else {
		diag_add(w->diags, LINK_OUTSIDE, loc_file(join(w->arena, f->path, entry->name)),
			diag_text(w->diags, _("put the file itself here")),
			_("this is neither a file nor a folder of the site"));
	}
}

static void walk_folder(struct walk *w, struct folder f)
{
	if (f.depth > CONTENT_DEPTH_MOST) {
		diag_add(w->diags, LIMIT_EXCEEDED, loc_file(f.path), STR_NONE,
			_("folders stand more than %d deep in one another"), CONTENT_DEPTH_MOST);
		return;
	}
	if (!list(w, &f))
		return;
	survey(w, &f);
	for (size_t i = 0; i < f.count && w->entries <= CONTENT_FILES_MOST; i++)
		if (!is_ignored(f.entries[i].name) && ++w->entries <= CONTENT_FILES_MOST)
			walk_entry(w, &f, &f.entries[i]);
}

static int by_path(const void *x, const void *y)
{
	const struct content_file *a = x, *b = y;
	return str_cmp(a->path, b->path);
}

bool content_walk(
	struct fs *site, const struct texts *languages, struct arena *a, struct content_tree *tree, struct diags *ds)
{
	struct walk w = { .site = site, .languages = languages, .arena = a, .diags = ds };
	size_t errors = ds->errors;
	bool fatal = ds->fatal;
	walk_folder(&w, (struct folder){ .path = STR("content"), .id = STR(""), .mode = WALK_TOP });
	if (w.entries > CONTENT_FILES_MOST)
		diag_add(ds, LIMIT_EXCEEDED, loc_file(STR("content")), STR_NONE, _("the site has more than %d files"),
			CONTENT_FILES_MOST);
	map_release(&w.addresses);
	buf_release(&w.claims);
	tree->count = VEC_COUNT(&w.files, struct content_file);
	tree->files = buf_settle(&w.files, a);
	if (tree->count > 1)
		qsort(tree->files, tree->count, sizeof *tree->files, by_path);
	return ds->errors == errors && (fatal || !ds->fatal);
}
