/* What of a site is never used, and what its readings lack. */
#include "check/check.h"

#include "source/content.h"
#include "text/words.h"
#include "yaml/yaml.h"

static bool appears(const struct appearances *a)
{
	return a->remarks.count || a->decisions.count || a->meeting_count;
}

/* --- registers --- */

static bool holds_han(struct str words)
{
	for (size_t at = 0, length; at < words.n; at += length)
		if (point_is_han(str_point(words, at, &length)))
			return true;
	return false;
}

/* Japanese is sorted by how it is read, which kanji do not tell. */
static void check_reading(
	const struct site *s, const struct words *name, const struct words *reading, struct loc loc, struct diags *ds)
{
	struct str words = words_in(name, STR("ja"));
	if (str_eq(s->settings.language, STR("ja")) && holds_han(words) && !words_are(reading))
		diag_add(ds, READING_MISSING, loc, diag_text(ds, _("add 「reading: …」 in hiragana")),
			_("「%.*s」 has no reading, by which lists are sorted"), STR_ARG(words));
}

/* Words name somebody who says nothing: 事務局より…, > [!action] 事務局. */
static bool is_named_in(const struct meeting *m, const struct register_person *p, struct buf *words)
{
	buf_clear(words);
	for (size_t i = 0; i < m->action_count; i++)
		buf_format(words, "%.*s\n", STR_ARG(m->actions[i].who));
	for (size_t i = 0; i < m->piece_count; i++)
		md_plain(&m->doc, m->pieces[i], words);
	for (size_t i = 0; i < p->labels.count; i++)
		if (str_find(buf_str(words), p->labels.items[i].label, 0) != SIZE_MAX)
			return true;
	return false;
}

static bool is_named(const struct site *s, uint32_t registered)
{
	struct buf words = { 0 };
	bool named = false;
	for (size_t i = 0; i < s->meeting_count && !named; i++)
		named = is_named_in(s->meetings[i], &s->registers.people[registered], &words);
	buf_release(&words);
	return named;
}

static void check_people(const struct site *s, struct diags *ds)
{
	for (size_t i = 0; i < s->person_count; i++) {
		const struct person *p = &s->people[i];
		bool used = false;
		for (size_t e = 0; e < s->edition_count; e++)
			used = used || appears(&s->editions[e].people[i]);
		if (p->registered == NONE)
			continue;
		if (!used && !is_named(s, p->registered))
			diag_add(ds, PERSON_UNUSED, p->loc, STR_NONE, _("no published record names 「%.*s」"),
				STR_ARG(p->id));
		else if (used && p->has_page)
			check_reading(s, &p->name, &p->reading, p->loc, ds);
	}
}

static void check_topics(const struct site *s, struct diags *ds)
{
	for (size_t i = 0; i < s->topic_count; i++) {
		const struct topic *t = &s->topics[i];
		bool used = t->narrower_count > 0;
		for (size_t e = 0; e < s->edition_count; e++)
			used = used || appears(&s->editions[e].topics[i]);
		if (t->registered == NONE)
			continue;
		struct loc loc = s->registers.topics[t->registered].loc;
		if (used)
			check_reading(s, &t->name, &t->reading, loc, ds);
		else
			diag_add(ds, TOPIC_UNUSED, loc,
				diag_text(ds, _("see whether its terms are the words that records use")),
				_("nothing published belongs to the topic 「%.*s」"), STR_ARG(t->id));
	}
}

/* --- templates --- */

static bool is_installed(const struct checked *all, struct str theme, struct str file, struct arena *a)
{
	struct fs_entry entry;
	return fs_stat(all->installed, arena_format(a, "templates/%.*s", STR_ARG(file)), &entry) == FS_OK ||
		fs_stat(all->installed, arena_format(a, "themes/%.*s/templates/%.*s", STR_ARG(theme), STR_ARG(file)),
			&entry) == FS_OK;
}

/* One with the name of an installed one will be used when the site has such a page. */
static void check_templates(const struct checked *all, struct str folder, struct arena *a, struct diags *ds)
{
	struct fs_entry *entries;
	size_t count;
	if (fs_list(all->files, folder, a, &entries, &count) != FS_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		struct str file = entries[i].name, name = str_but(file, 5);
		if (!str_ends(file, STR(".html")) || theme_template(all->theme, name) ||
			is_installed(all, all->site->settings.theme, file, a))
			continue;
		diag_add(ds, TEMPLATE_UNUSED, loc_file(arena_format(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(file))),
			diag_did_you_mean(ds, map_nearest(&all->theme->template_names, name)),
			_("no page uses the template 「%.*s」"), STR_ARG(name));
	}
}

/* --- labels --- */

/* What stands in quotes in the templates: whole keys, and the beginnings ("nav.") that they join a name to. */
static void collect_literals(const struct theme *t, struct map *literals)
{
	for (size_t i = 0; i < t->template_count; i++) {
		struct str lua = t->templates[i].lua;
		for (size_t at = 0; (at = str_find_byte(lua, '"', at)) != SIZE_MAX;) {
			size_t end = str_find_byte(lua, '"', at + 1);
			if (end == SIZE_MAX)
				break;
			map_put(literals, str_n(lua.p + at + 1, end - at - 1), 0);
			at++;
		}
	}
}

static bool is_joined(const struct map *literals, struct str key)
{
	for (size_t i = 0; i < key.n; i++)
		if ((key.p[i] == '.' || key.p[i] == '_') && map_get(literals, str_n(key.p, i + 1), NULL))
			return true;
	return false;
}

/* The theme's own label of which `key`, beside it, may be a misspelling. What is shorter (`es` beside `en`) is near to all. */
static struct str nearest_key(const struct yaml_node *installed, struct str key)
{
	struct str near = STR_NONE;
	for (size_t i = 0; key.n > 3 && installed && installed->kind == YAML_MAP && i < installed->count; i++)
		str_nearer(key, installed->keys[i].text, &near);
	return near;
}

static const struct yaml_node *read_yaml(struct fs *fs, struct str path, struct arena *a)
{
	struct diag_levels levels;
	struct diags ignored; /* they were told when the theme was loaded */
	struct fs_entry entry;
	struct str text;
	const struct yaml_node *node = NULL;
	diag_levels_init(&levels);
	diags_init(&ignored, &levels);
	if (fs_stat(fs, path, &entry) == FS_OK && content_read(fs, path, a, &text, &ignored))
		node = yaml_read(text, path, 1, a, &ignored);
	diags_release(&ignored);
	return node;
}

struct label_check {
	const struct yaml_node *installed;
	const struct theme_labels *labels;
	struct map literals;
	struct arena *arena;
	struct diags *ds;
};

static void check_labels(
	struct label_check *c, const struct yaml_node *map, const struct yaml_node *installed, struct str prefix)
{
	for (size_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++) {
		const struct yaml_node *key = &map->keys[i], *known = yaml_get(installed, key->text);
		struct str name = arena_format(c->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(key->text));
		if (map->items[i].kind == YAML_MAP) {
			check_labels(c, &map->items[i], known, arena_format(c->arena, "%.*s.", STR_ARG(name)));
			continue;
		}
		struct str near = known ? STR_NONE : nearest_key(installed, key->text);
		if (!known && !map_get(&c->literals, name, NULL) && (near.p || !is_joined(&c->literals, name)))
			diag_add(c->ds, LABEL_UNUSED, key->loc, diag_did_you_mean(c->ds, near),
				_("no template asks for the label 「%.*s」"), STR_ARG(name));
	}
}

/* Files of labels that nothing reads: of a language that no page has, or where no theme is. */
static void check_label_files(
	const struct checked *all, struct str folder, bool read, struct arena *a, struct diags *ds)
{
	struct fs_entry *entries;
	size_t count;
	if (fs_list(all->files, folder, a, &entries, &count) != FS_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		struct str file = entries[i].name, name = file, language = str_cut(&name, STR(".")), near = STR_NONE;
		if (content_is_ignored(file) ||
			(read && str_eq(name, STR("yml")) && theme_labels_in(all->theme, language)))
			continue;
		for (size_t k = 0; k < all->theme->language_count; k++)
			if (str_near(language, all->theme->languages[k].language))
				near = all->theme->languages[k].language;
		diag_add(ds, LABEL_UNUSED, loc_file(arena_format(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(file))),
			near.n ? diag_text(ds, _("did you mean 「themes/%.*s/labels/%.*s.yml」?"),
					 STR_ARG(all->site->settings.theme), STR_ARG(near))
			       : STR_NONE,
			_("this file of labels is not read: no page is in its language, or it stands elsewhere than "
			  "the "
			  "theme's"));
	}
}

static void check_languages(const struct checked *all, struct arena *a, struct diags *ds)
{
	struct label_check c = { .arena = a, .ds = ds };
	struct str theme = all->site->settings.theme;
	collect_literals(all->theme, &c.literals);
	for (size_t i = 0; i < all->theme->language_count; i++) {
		struct str language = all->theme->languages[i].language;
		struct str own = arena_format(a, "themes/%.*s/labels/%.*s.yml", STR_ARG(theme), STR_ARG(language));
		const struct yaml_node *installed = read_yaml(all->installed, own, a);
		if (!installed)
			installed = read_yaml(all->installed,
				arena_format(a, "themes/default/labels/%.*s.yml", STR_ARG(language)), a);
		check_labels(&c, read_yaml(all->files, own, a), installed, STR(""));
	}
	map_release(&c.literals);
	check_label_files(all, arena_format(a, "themes/%.*s/labels", STR_ARG(theme)), true, a, ds);
	check_label_files(all, STR("labels"), false, a, ds);
}

void check_content(const struct checked *all, struct arena *a, struct diags *ds)
{
	struct str theme = all->site->settings.theme;
	check_people(all->site, ds);
	check_topics(all->site, ds);
	check_templates(all, STR("templates"), a, ds);
	check_templates(all, arena_format(a, "themes/%.*s/templates", STR_ARG(theme)), a, ds);
	check_languages(all, a, ds);
}
