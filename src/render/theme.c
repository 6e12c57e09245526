#include "render/theme.h"

#include "render/helpers.h"
#include "source/content.h"
#include "source/names.h"
#include "sys/hash.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ASSETS "assets" /* the folder of the output in which the theme's files stand */

enum { TEMPLATE_FILE_MOST = 1 << 20, EXTENDS_MOST = 16, ASSETS_DEPTH = 8 };

struct loader {
	const struct theme_files *files;
	const struct site *site;
	struct arena *arena;
	struct diags *diags;
	struct theme *theme;
	struct buf templates; /* of struct template */
	struct map failed;    /* names that were tried: told once, whoever asks again */
	lua_State *L;         /* only to see whether chunks load */
};

const char *const theme_page_kinds[] = { [PAGE_HOME] = "home",
	[PAGE_BODY] = "body",
	[PAGE_MEETING] = "meeting",
	[PAGE_SPEAKERS] = "speakers",
	[PAGE_SPEAKER] = "speaker",
	[PAGE_TOPICS] = "topics",
	[PAGE_TOPIC] = "topic",
	[PAGE_DECISIONS] = "decisions",
	[PAGE_ACTIONS] = "actions",
	[PAGE_DOCUMENTS] = "documents",
	[PAGE_CORRECTIONS] = "corrections",
	[PAGE_PLAIN] = "page",
	[PAGE_REDIRECT] = "redirect",
	[PAGE_NOT_FOUND] = "not-found" };

struct str theme_template_of(const struct page *page)
{
	return page->layout.n ? page->layout : str_c(theme_page_kinds[page->kind]);
}

/* Reads a template from the first place where there is one; that is *path, which is STR_NONE when there is none. */
static bool read_template(struct loader *l, struct str name, struct str *path, struct str *text)
{
	struct str theme = l->site->settings.theme;
	struct str plain = arena_format(l->arena, "templates/%.*s.html", STR_ARG(name));
	struct str themed = arena_format(l->arena, "themes/%.*s/%.*s", STR_ARG(theme), STR_ARG(plain));
	const struct {
		struct fs *fs;
		struct str path;
	} places[] = { { l->files->site, plain }, { l->files->site, themed }, { l->files->installed, themed },
		{ l->files->installed, plain } };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct fs_entry entry;
		if (fs_stat(places[i].fs, places[i].path, &entry) == FS_ABSENT)
			continue;
		*path = places[i].path;
		if (entry.size > TEMPLATE_FILE_MOST)
			return diag_add(l->diags, LIMIT_EXCEEDED, loc_file(*path), STR_NONE,
				_("a template may be %d KiB long at most"), TEMPLATE_FILE_MOST >> 10);
		return content_read(places[i].fs, *path, l->arena, text, l->diags);
	}
	*path = STR_NONE;
	return false;
}

/* Lua's judgement on a compiled template, told with the template's own place. */
static bool check_chunk(struct loader *l, const struct template *t)
{
	bool good = luaL_loadbufferx(l->L, t->lua.p, t->lua.n, "=t", "t") == LUA_OK;
	if (!good) {
		size_t line;
		struct str words = template_words(str_c(lua_tostring(l->L, -1)), STR("t"), &line);
		diag_add(l->diags, TEMPLATE_ERROR, template_loc(t, line), STR_NONE, "%.*s", STR_ARG(words));
	}
	lua_settop(l->L, 0);
	return good;
}

static bool load_template(struct loader *l, struct str name, struct loc wanted)
{
	struct str path, source;
	if (map_get(&l->theme->template_names, name, NULL))
		return true;
	if (!map_add(&l->failed, name, 0))
		return false;
	if (name.n > TEMPLATE_NAME_MOST)
		return diag_add(l->diags, TEMPLATE_ERROR, wanted, STR_NONE, _("this name of a template is too long"));
	if (!read_template(l, name, &path, &source)) {
		struct str near = map_nearest(&l->theme->template_names, name);
		return path.p ? false
			      : diag_add(l->diags, TEMPLATE_ERROR, wanted, diag_did_you_mean(l->diags, near),
					_("there is no template 「%.*s」, neither in templates/ nor in the theme"),
					STR_ARG(name));
	}
	map_put(&l->theme->template_names, name, VEC_COUNT(&l->templates, struct template));
	struct template *t = VEC_ADD(&l->templates, struct template);
	bool good = template_compile(name, path, source, STR(HELPER_NAMES), l->arena, t, l->diags);
	return good && check_chunk(l, t);
}

/* What each template names is loaded in turn; the list grows while it is walked. */
static bool load_named(struct loader *l)
{
	bool good = true;
	for (size_t i = 0; i < VEC_COUNT(&l->templates, struct template); i++) {
		struct template t = VEC_AT(&l->templates, struct template)[i];
		if (t.extends.name.p)
			good = load_template(l, t.extends.name, t.extends.loc) && good;
		for (size_t k = 0; k < t.include_count; k++)
			good = load_template(l, t.includes[k].name, t.includes[k].loc) && good;
	}
	return good;
}

static bool defines(const struct template *t, struct str block)
{
	for (size_t i = 0; i < t->block_count; i++)
		if (str_eq(t->blocks[i].name, block))
			return true;
	return false;
}

/* What only leads into a circle is not told: those that are in it are. */
static bool fail_chain(struct loader *l, const struct template *t, const struct template *const *above, size_t depth)
{
	for (size_t i = 0; depth == EXTENDS_MOST && i + 1 < depth; i++)
		if (above[i] == above[depth - 1])
			return false;
	bool itself = str_eq(t->extends.name, t->name);
	return diag_add(l->diags, TEMPLATE_ERROR, t->extends.loc,
		itself ? str_c(_("it takes the place of the one it is called after: copy that, and change the copy"))
		       : STR_NONE,
		_("templates extend each other in a circle"));
}

/* A chain of `extends` must end, and each block must fill one that stands above. */
static bool check_chain(struct loader *l, const struct template *t)
{
	const struct template *above[EXTENDS_MOST];
	size_t depth = 0;
	for (const struct template *next = t; next->extends.name.p;) {
		next = theme_template(l->theme, next->extends.name);
		if (!next)
			return false;
		if (next == t || depth == EXTENDS_MOST)
			return fail_chain(l, t, above, depth);
		above[depth++] = next;
	}
	bool good = true;
	for (size_t i = 0; i < t->block_count; i++) {
		bool found = !t->blocks[i].fills;
		for (size_t k = 0; k < depth && !found; k++)
			found = defines(above[k], t->blocks[i].name);
		if (!found)
			good = diag_add(l->diags, TEMPLATE_ERROR, t->blocks[i].loc, STR_NONE,
				_("no template above has a block 「%.*s」, so this would never be seen"),
				STR_ARG(t->blocks[i].name));
	}
	return good;
}

/* What is included prints where it stands; a template that extends another only fills blocks. */
static bool check_includes(struct loader *l, const struct template *t)
{
	bool good = true;
	for (size_t i = 0; i < t->include_count; i++)
		if (theme_template(l->theme, t->includes[i].name)->extends.name.p)
			good = diag_add(l->diags, TEMPLATE_ERROR, t->includes[i].loc, STR_NONE,
				_("「%.*s」 extends another template, so it cannot be included"),
				STR_ARG(t->includes[i].name));
	return good;
}

static bool load_templates(struct loader *l)
{
	bool good = true;
	for (size_t i = 0; i < l->site->page_count; i++) {
		const struct page *page = &l->site->pages[i];
		good = load_template(l, theme_template_of(page), page->source) && good;
	}
	good = load_named(l) && good;
	l->theme->template_count = VEC_COUNT(&l->templates, struct template);
	l->theme->templates = buf_settle(&l->templates, l->arena);
	bool loaded = good;
	for (size_t i = 0; loaded && i < l->theme->template_count; i++) {
		good = check_chain(l, &l->theme->templates[i]) && good;
		good = check_includes(l, &l->theme->templates[i]) && good;
	}
	return good;
}

/* --- labels --- */

static void add_label(
	struct loader *l, struct theme_labels *labels, struct buf *list, struct str key, const struct yaml_node *node)
{
	const char *why;
	if (node->kind == YAML_LIST) {
		diag_add(l->diags, TEMPLATE_ERROR, node->loc, STR_NONE, _("a label is a text, not a list"));
		return;
	}
	struct theme_label label = { .message = message_compile(l->arena, node->text, labels->language, &why) };
	if (!label.message) {
		diag_add(l->diags, TEMPLATE_ERROR, node->loc, STR_NONE, _("this label cannot be read: %s"), why);
		return;
	}
	struct buf words = { 0 };
	struct str missing;
	if (message_arg_count(label.message) == 0 && message_format(label.message, NULL, 0, &words, &missing)) {
		label.plain = arena_str(l->arena, buf_str(&words));
		label.plain = label.plain.p ? label.plain : STR("");
	}
	buf_release(&words);
	size_t count = VEC_COUNT(list, struct theme_label), at = map_intern(&labels->keys, key, count);
	if (at == count)
		VEC_ADD(list, struct theme_label);
	VEC_AT(list, struct theme_label)[at] = label;
}

/* Maps in maps join their keys: speech: {link: …} is the label speech.link. */
static void add_labels(
	struct loader *l, struct theme_labels *labels, struct buf *list, struct str prefix, const struct yaml_node *map)
{
	for (size_t i = 0; i < map->count; i++) {
		struct str key = map->keys[i].text;
		if (prefix.n)
			key = arena_format(l->arena, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(key));
		if (map->items[i].kind == YAML_MAP)
			add_labels(l, labels, list, key, &map->items[i]);
		else
			add_label(l, labels, list, key, &map->items[i]);
	}
}

static bool read_labels(struct loader *l, struct fs *fs, struct theme_labels *labels, struct buf *list)
{
	struct str path = arena_format(
		l->arena, "themes/%.*s/labels/%.*s.yml", STR_ARG(l->site->settings.theme), STR_ARG(labels->language));
	struct fs_entry entry;
	struct str text;
	if (fs_stat(fs, path, &entry) != FS_OK || !content_read(fs, path, l->arena, &text, l->diags))
		return false;
	const struct yaml_node *map = yaml_read(text, path, 1, l->arena, l->diags);
	if (map && map->kind == YAML_MAP)
		add_labels(l, labels, list, STR_NONE, map);
	return map != NULL;
}

static bool load_language(struct loader *l, struct theme_labels *labels, struct str language)
{
	struct buf list = { 0 };
	labels->language = language;
	bool installed = read_labels(l, l->files->installed, labels, &list);
	bool own = read_labels(l, l->files->site, labels, &list);
	labels->labels = buf_settle(&list, l->arena);
	if (installed || own)
		return true;
	return diag_add(l->diags, LABEL_MISSING, loc_file(STR("site.yml")), STR_NONE,
		_("the theme 「%.*s」 has no labels for the language 「%.*s」"), STR_ARG(l->site->settings.theme),
		STR_ARG(language));
}

static bool load_labels(struct loader *l)
{
	struct map languages = { 0 };
	for (size_t i = 0; i < l->site->page_count; i++)
		map_put(&languages, l->site->pages[i].language, i);
	bool good = true;
	l->theme->language_count = languages.count;
	l->theme->languages = ARENA_ARRAY(l->arena, struct theme_labels, languages.count);
	for (size_t i = 0; i < languages.count; i++)
		good = load_language(l, &l->theme->languages[i], languages.entries[i].key) && good;
	map_release(&languages);
	return good;
}

/* --- assets --- */

static bool add_asset(
	struct loader *l, struct fs *fs, struct str from, struct str output, struct map *seen, struct buf *list)
{
	struct theme_asset a = { .fs = fs, .from = from, .output = output };
	struct buf bytes = { 0 };
	uint8_t hash[HASH_BYTES];
	char hex[HASH_HEX];
	if (map_get(seen, output, NULL))
		return true;
	if (fs_read(fs, from, SIZE_MAX, &bytes) != FS_OK)
		return diag_add(
			l->diags, TEMPLATE_ERROR, loc_file(from), STR_NONE, _("this file of the theme cannot be read"));
	hash_sha256(buf_str(&bytes), hash);
	buf_release(&bytes);
	hash_hex(hash, hex);
	memcpy(a.version, hex, sizeof a.version - 1);
	map_put(seen, output, 0);
	*VEC_ADD(list, struct theme_asset) = a;
	return true;
}

static bool add_assets(struct loader *l, struct fs *fs, struct str folder, struct str output, struct map *seen,
	struct buf *list, int depth)
{
	struct fs_entry *entries;
	size_t count;
	bool good = true;
	if (depth == ASSETS_DEPTH)
		return diag_add(l->diags, LIMIT_EXCEEDED, loc_file(folder), STR_NONE,
			_("folders stand more than %d deep in one another"), ASSETS_DEPTH);
	if (fs_list(fs, folder, l->arena, &entries, &count) != FS_OK)
		return true;
	for (size_t i = 0; i < count; i++) {
		if (entries[i].name.p[0] == '.' || str_ends(entries[i].name, STR("~")))
			continue;
		struct str from = arena_format(l->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(entries[i].name));
		struct str to = arena_format(l->arena, "%.*s/%.*s", STR_ARG(output), STR_ARG(entries[i].name));
		if (entries[i].kind == FS_FOLDER)
			good = add_assets(l, fs, from, to, seen, list, depth + 1) && good;
		else
			good = add_asset(l, fs, from, to, seen, list) && good;
	}
	return good;
}

/* Whether two files cannot stand beside each other: they are one, or one would have to be a folder. */
static bool is_one_place(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	return str_eq(str_n(a.p, n), str_n(b.p, n)) && (a.n == b.n || (a.n > n ? a : b).p[n] == '/');
}

/* No file of content/ and no old address takes an address of the theme's. */
static bool check_address(struct loader *l, struct str output, struct loc source)
{
	if (output.n < sizeof ASSETS - 1 || strncasecmp(output.p, ASSETS, sizeof ASSETS - 1) != 0)
		return true;
	struct str folded = name_fold(l->arena, output);
	for (size_t i = 0; i < l->theme->asset_count; i++) {
		const struct theme_asset *a = &l->theme->assets[i];
		if (is_one_place(folded, name_fold(l->arena, a->output)))
			return diag_add(l->diags, ADDRESS_COLLISION, source,
				str_c(_("rename one of them; capital and small letters do not make a difference")),
				_("this would be 「%.*s」, and %.*s is already"), STR_ARG(output), STR_ARG(a->from));
	}
	return true;
}

static bool check_addresses(struct loader *l)
{
	const struct site *s = l->site;
	bool good = true;
	for (size_t i = 0; i < s->asset_count; i++)
		good = check_address(l, s->assets[i].output, s->assets[i].source) && good;
	for (size_t i = 0; i < s->page_count; i++)
		good = check_address(l, s->pages[i].output, s->pages[i].source) && good;
	return good;
}

static int by_output(const void *a, const void *b)
{
	return str_cmp(((const struct theme_asset *)a)->output, ((const struct theme_asset *)b)->output);
}

/* The site's own file replaces the installed one of the same name. */
static bool load_assets(struct loader *l)
{
	struct map seen = { 0 };
	struct buf list = { 0 };
	struct str folder = arena_format(l->arena, "themes/%.*s/assets", STR_ARG(l->site->settings.theme));
	bool good = add_assets(l, l->files->site, folder, STR(ASSETS), &seen, &list, 0);
	good = add_assets(l, l->files->installed, folder, STR(ASSETS), &seen, &list, 0) && good;
	map_release(&seen);
	l->theme->asset_count = VEC_COUNT(&list, struct theme_asset);
	l->theme->assets = buf_settle(&list, l->arena);
	if (l->theme->asset_count)
		qsort(l->theme->assets, l->theme->asset_count, sizeof *l->theme->assets, by_output);
	return check_addresses(l) && good;
}

struct theme *theme_open(const struct theme_files *files, const struct site *site, struct arena *a, struct diags *ds)
{
	struct loader l = { .files = files,
		.site = site,
		.arena = a,
		.diags = ds,
		.theme = ARENA_NEW(a, struct theme),
		.L = luaL_newstate() };
	if (!l.L)
		abort();
	bool good = load_templates(&l);
	good = load_labels(&l) && good;
	good = load_assets(&l) && good;
	lua_close(l.L);
	buf_release(&l.templates);
	map_release(&l.failed);
	if (good)
		return l.theme;
	theme_release(l.theme);
	return NULL;
}

void theme_release(struct theme *t)
{
	map_release(&t->template_names);
	for (size_t i = 0; i < t->language_count; i++)
		map_release(&t->languages[i].keys);
}

const struct template *theme_template(const struct theme *t, struct str name)
{
	size_t i;
	return map_get(&t->template_names, name, &i) ? &t->templates[i] : NULL;
}

const struct theme_labels *theme_labels_in(const struct theme *t, struct str language)
{
	for (size_t i = 0; i < t->language_count; i++)
		if (str_eq(t->languages[i].language, language))
			return &t->languages[i];
	return NULL;
}

const struct theme_label *theme_label(const struct theme_labels *labels, struct str key)
{
	size_t i;
	return labels && map_get(&labels->keys, key, &i) ? &labels->labels[i] : NULL;
}
