#include "site/build.h"

#include <stdlib.h>

/* Remembers the first day on which a build would come out otherwise. */
static void note_due(struct build *b, struct date day, struct str path)
{
	struct site *s = b->site;
	struct str iso = date_iso(&s->arena, day);
	if (!str_empty(s->next_due) && str_cmp(s->next_due, iso) <= 0)
		return;
	s->next_due = iso;
	s->next_due_path = path;
}

static bool hold(struct build *b, struct str path, enum held_why why)
{
	*VEC_ADD(&b->held, struct held) = (struct held){ path, why };
	return false;
}

bool build_shows(struct build *b, const struct showing *s)
{
	struct date now = b->site->now;
	bool drafts = b->site->drafts;
	if (date_is(s->expire_on) && date_compare(s->expire_on, now) <= 0)
		return hold(b, s->path, HELD_EXPIRED);
	if (s->draft && !drafts)
		return hold(b, s->path, HELD_DRAFT);
	if (date_compare(s->publish_on, now) > 0) {
		note_due(b, s->publish_on, s->path);
		return drafts || hold(b, s->path, HELD_EARLY);
	}
	if (date_is(s->expire_on))
		note_due(b, s->expire_on, s->path);
	return true;
}

static bool shows_text(struct build *b, const struct text_file *t)
{
	const struct body_front *f = &t->front;
	struct showing showing = { f->draft, f->publish_on.date, f->expire_on.date, t->file->path };
	return build_shows(b, &showing);
}

uint32_t build_body_of(const struct build *b, struct str folder)
{
	size_t body;
	for (;; folder = fs_path_folder(folder)) {
		if (map_get(&b->folders, folder, &body))
			return (uint32_t)body;
		if (str_empty(folder))
			return NONE;
	}
}

uint32_t site_edition(const struct site *s, struct str language)
{
	for (uint32_t e = 0; e < s->edition_count; e++)
		if (str_eq(s->editions[e].language, language))
			return e;
	return 0;
}

const struct body *site_body(const struct site *s, uint32_t edition, uint32_t body)
{
	return s->bodies[body].in_edition[edition];
}

static int by_text(const void *left, const void *right)
{
	return str_cmp(*(const struct str *)left, *(const struct str *)right);
}

/* A folder that has an index, or records, is a body; a folder of pages needs its index. */
static bool makes_body(const struct content_file *f)
{
	return f->kind == CONTENT_BODY || f->kind == CONTENT_RECORD ||
		(f->kind == CONTENT_PAGE && !str_empty(f->folder) && str_eq(f->name, STR("index")));
}

static void find_folders(struct build *b)
{
	struct site *s = b->site;
	struct str *folders = ARENA_ARRAY(&b->scratch, struct str, b->tree.count);
	size_t count = 0;
	for (size_t i = 0; i < b->tree.count; i++)
		if (makes_body(&b->tree.files[i]))
			folders[count++] = b->tree.files[i].folder;
	if (count > 1)
		qsort(folders, count, sizeof *folders, by_text);
	for (size_t i = 0; i < count; i++)
		map_add(&b->folders, folders[i], b->folders.count);
	s->body_count = b->folders.count;
	s->bodies = ARENA_ARRAY(&s->arena, struct body, s->body_count);
	for (size_t i = 0; i < s->body_count; i++)
		s->bodies[i].folder = b->folders.entries[i].key;
}

/* The language of a page or an introduction. */
static struct str text_language(const struct build *b, const struct text_file *t)
{
	return str_empty(t->file->language) ? b->site->settings.language : t->file->language;
}

/* What governs records is said once, by the first of an index's versions. */
static void take_rules(struct body_front *f, const struct body_front *base)
{
	f->languages = base->languages;
	f->speaker_pages = base->speaker_pages;
	f->numbering = base->numbering;
}

/* Puts an index file's words into a body. */
static void take_words(struct build *b, struct body *body, const struct text_file *t, struct str language)
{
	body->is_pages = t->file->kind == CONTENT_PAGE;
	if (t->usable)
		body->front = t->front;
	if (words_are(&body->front.title))
		body->title = words_in(&body->front.title, language);
	body->reading = words_in(&body->front.reading, language);
	body->text_language = text_language(b, t);
	body->doc = t->doc;
	body->path = t->file->path;
}

/* The body in one edition: from its version in that language, if there is one to show, else from the first. */
static void make_edition(struct build *b, struct body *body, uint32_t edition, const struct text_file *version,
	const struct text_file *base)
{
	struct site *s = b->site;
	body->front.loc = loc_file(body->folder);
	body->title = body->folder;
	body->language = body->text_language = s->settings.language;
	body->path = STR("");
	if (!version || (version != base && (!version->usable || !shows_text(b, version))))
		version = base;
	if (version)
		take_words(b, body, version, s->editions[edition].language);
	if (version != base)
		take_rules(&body->front, &base->front);
	if (body->front.languages.count > 0)
		body->language = body->front.languages.items[0].text;
}

/* Parents come before their children, for a folder's name is the beginning of theirs. */
static void settle_body(struct build *b, size_t i, struct text_file **versions, const struct text_file *base)
{
	struct site *s = b->site;
	struct str folder = s->bodies[i].folder;
	uint32_t parent = NONE;
	if (str_find_byte(folder, '/', 0) != SIZE_MAX)
		parent = build_body_of(b, fs_path_folder(folder));
	bool hidden = parent != NONE && s->bodies[parent].hidden;
	if (base && !hidden)
		hidden = !base->usable || !shows_text(b, base);
	struct body **all = ARENA_ARRAY(&s->arena, struct body *, s->edition_count);
	for (uint32_t e = 0; e < s->edition_count; e++) {
		all[e] = e == 0 ? &s->bodies[i] : ARENA_NEW(&s->arena, struct body);
		*all[e] = (struct body){ .folder = folder, .parent = parent, .hidden = hidden };
		make_edition(b, all[e], e, versions[e], base);
	}
	s->bodies[i].in_edition = all;
}

void build_bodies(struct build *b)
{
	struct site *s = b->site;
	find_folders(b);
	size_t editions = s->edition_count;
	struct text_file **versions = ARENA_ARRAY(&b->scratch, struct text_file *, s->body_count * editions);
	struct text_file **bases = ARENA_ARRAY(&b->scratch, struct text_file *, s->body_count);
	for (size_t i = 0; i < b->text_count; i++) {
		struct text_file *t = &b->texts[i];
		if (!makes_body(t->file))
			continue;
		uint32_t body = build_body_of(b, t->file->folder);
		if (t->file->kind == CONTENT_BODY)
			b->files[t->file - b->tree.files].became = body;
		versions[body * editions + site_edition(s, text_language(b, t))] = t;
		if (!bases[body] || str_empty(t->file->language))
			bases[body] = t;
	}
	for (size_t i = 0; i < s->body_count; i++)
		settle_body(b, i, &versions[i * editions], bases[i]);
}

static void settle_plain(struct build *b, struct text_file *t)
{
	struct site *s = b->site;
	uint32_t index = (uint32_t)s->plain_count++;
	b->files[t->file - b->tree.files].became = index;
	struct plain *p = &s->plains[index];
	*p = (struct plain){
		.path = t->file->path,
		.folder = t->file->folder,
		.name = t->file->name,
		.language = text_language(b, t),
		.front = t->front,
		.doc = t->doc,
		.url = STR(""),
		.body = build_body_of(b, t->file->folder),
		.is_index = str_eq(t->file->name, STR("index")),
	};
	p->title = words_in(words_are(&p->front.title) ? &p->front.title : &s->settings.title, p->language);
	p->hidden = (p->body != NONE && s->bodies[p->body].hidden) || !t->usable || !shows_text(b, t);
	b->plain_versions[index] = build_version_at(b, t->file, p->language);
	b->plain_versions[index].shown = p->hidden ? NONE : index;
}

/* A page in another language stays inside with its original, the one whose file names no language. */
static void hide_with_original(struct build *b, uint32_t plain)
{
	struct version *all = b->plain_versions;
	for (uint32_t i = all[plain].first; i != NONE; i = all[i].next)
		if (str_empty(all[i].prefix) && all[i].shown == NONE)
			b->site->plains[plain].hidden = true;
	if (b->site->plains[plain].hidden)
		all[plain].shown = NONE;
}

/* Which version of each page an edition shows. */
static void choose_plains(struct build *b, struct edition *e)
{
	struct site *s = b->site;
	e->home = NONE;
	e->plains = ARENA_ARRAY(&s->arena, uint32_t, s->plain_count);
	for (uint32_t i = 0; i < s->plain_count; i++) {
		const struct version *v = &b->plain_versions[i];
		uint32_t plain = v->first == i ? build_version(b->plain_versions, i, e->language) : NONE;
		if (plain == NONE)
			continue;
		if (str_empty(v->folder) && str_empty(v->name))
			e->home = plain;
		else
			e->plains[e->plain_count++] = plain;
	}
}

void build_plains(struct build *b)
{
	struct site *s = b->site;
	s->plains = ARENA_ARRAY(&s->arena, struct plain, b->text_count);
	b->plain_versions = ARENA_ARRAY(&b->scratch, struct version, b->text_count);
	for (size_t i = 0; i < b->text_count; i++)
		if (b->texts[i].file->kind != CONTENT_BODY)
			settle_plain(b, &b->texts[i]);
	build_tie_versions(b, b->plain_versions, s->plain_count);
	for (uint32_t i = 0; i < s->plain_count; i++)
		hide_with_original(b, i);
	for (uint32_t i = 0; i < s->plain_count; i++)
		s->plains[i].versions =
			build_other_versions(b->plain_versions, i, &s->arena, &s->plains[i].version_count);
	for (size_t e = 0; e < s->edition_count; e++)
		choose_plains(b, &s->editions[e]);
}
