#include "site/build.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

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
	struct map found = { 0 };
	for (size_t i = 0; i < b->tree.count; i++)
		if (makes_body(&b->tree.files[i]))
			map_add(&found, b->tree.files[i].folder, 0);
	struct str *folders = ARENA_ARRAY(&b->scratch, struct str, found.count);
	for (size_t i = 0; i < found.count; i++)
		folders[i] = found.entries[i].key;
	if (found.count > 1)
		qsort(folders, found.count, sizeof *folders, by_text);
	struct site *s = b->site;
	s->body_count = found.count;
	s->bodies = ARENA_ARRAY(&s->arena, struct body, found.count);
	for (size_t i = 0; i < found.count; i++) {
		s->bodies[i].folder = folders[i];
		map_add(&b->folders, folders[i], i);
	}
	map_release(&found);
}

/* The language of a page or an introduction. */
static struct str text_language(const struct build *b, const struct text_file *t)
{
	return str_empty(t->file->language) ? b->site->settings.language : t->file->language;
}

static struct showing showing_of(const struct text_file *t)
{
	if (t->file->kind == CONTENT_BODY)
		return (struct showing){ t->body.draft, t->body.publish_on.date, t->body.expire_on.date,
			t->file->path };
	return (struct showing){ t->page.draft, t->page.publish_on.date, t->page.expire_on.date, t->file->path };
}

/* Puts an index file's words into a body. An index of pages says less than one of a body. */
static void take_words(struct build *b, struct body *body, const struct text_file *t, struct str language)
{
	if (!t)
		return;
	body->is_pages = t->file->kind == CONTENT_PAGE;
	if (t->usable && body->is_pages) {
		const struct page_front *f = &t->page;
		body->front = (struct body_front){ .title = f->title,
			.description = f->description,
			.kind = BODY_PAGES,
			.layout = f->layout,
			.draft = f->draft,
			.publish_on = f->publish_on,
			.expire_on = f->expire_on,
			.updated = f->updated,
			.params = f->params,
			.loc = f->loc };
	} else if (t->usable) {
		body->front = t->body;
	}
	if (words_are(&body->front.title))
		body->title = words_in(&body->front.title, language);
	body->reading = words_in(&body->front.reading, language);
	body->text_language = text_language(b, t);
	body->doc = t->doc;
	body->path = t->file->path;
}

/* The body in one edition: from its version in that language, if there is one to show, else from the first. */
static void make_edition(struct build *b, size_t i, uint32_t edition, struct text_file *version, struct text_file *base)
{
	struct site *s = b->site;
	struct body *body = &s->bodies[i];
	struct str language = s->editions[edition].language;
	if (version != base && version) {
		struct showing showing = showing_of(version);
		if (!version->usable || !build_shows(b, &showing))
			version = NULL;
	}
	if (!version)
		version = base;
	if (edition > 0)
		body = ARENA_NEW(&s->arena, struct body);
	body->folder = s->bodies[i].folder;
	body->front.loc = loc_file(body->folder);
	body->title = body->folder;
	body->language = s->settings.language;
	body->text_language = s->settings.language;
	body->path = STR("");
	take_words(b, body, version, language);
	if (version != base && base) {
		/* What governs records is said once, by the first. */
		body->front.languages = base->body.languages;
		body->front.speaker_pages = base->body.speaker_pages;
		body->front.numbering = base->body.numbering;
	}
	if (body->front.languages.count > 0)
		body->language = body->front.languages.items[0].text;
	s->bodies[i].in_edition[edition] = body;
}

static uint32_t parent_of(const struct build *b, struct str folder)
{
	return str_find_byte(folder, '/', 0) == SIZE_MAX ? NONE : build_body_of(b, fs_path_folder(folder));
}

/* Parents come before their children, for a folder's name is the beginning of theirs. */
static void settle_body(struct build *b, size_t i, struct text_file **versions, struct text_file *base)
{
	struct site *s = b->site;
	struct body *body = &s->bodies[i];
	uint32_t parent = parent_of(b, body->folder);
	bool hidden = parent != NONE && s->bodies[parent].hidden;
	if (base && !hidden) {
		struct showing showing = showing_of(base);
		hidden = !build_shows(b, &showing);
	}
	body->in_edition = ARENA_ARRAY(&s->arena, struct body *, s->edition_count);
	for (uint32_t e = 0; e < s->edition_count; e++) {
		make_edition(b, i, e, versions[e], base);
		s->bodies[i].in_edition[e]->parent = parent;
		s->bodies[i].in_edition[e]->hidden = hidden;
	}
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
		size_t body;
		if (!makes_body(t->file) || !map_get(&b->folders, t->file->folder, &body))
			continue;
		versions[body * editions + site_edition(s, text_language(b, t))] = t;
		if (!bases[body] || str_empty(t->file->language))
			bases[body] = t;
	}
	for (size_t i = 0; i < s->body_count; i++)
		settle_body(b, i, &versions[i * editions], bases[i]);
}

static struct str plain_url(struct build *b, const struct plain *p, struct str prefix)
{
	struct buf path = { 0 };
	buf_put(&path, p->folder);
	if (p->folder.n)
		buf_byte(&path, '/');
	if (!p->is_index && p->name.n)
		buf_format(&path, "%.*s/", STR_ARG(p->name));
	struct str url = site_url(b->site, prefix, buf_str(&path), &b->site->arena);
	buf_release(&path);
	return url;
}

static void settle_plain(struct build *b, const struct text_file *t)
{
	struct site *s = b->site;
	struct plain *p = &s->plains[s->plain_count++];
	*p = (struct plain){
		.path = t->file->path,
		.folder = t->file->folder,
		.name = t->file->name,
		.language = text_language(b, t),
		.front = t->page,
		.doc = t->doc,
		.body = build_body_of(b, t->file->folder),
		.is_index = str_eq(t->file->name, STR("index")),
	};
	struct str prefix = str_empty(t->file->language) ? STR("") : s->editions[site_edition(s, p->language)].prefix;
	p->title = words_in(words_are(&p->front.title) ? &p->front.title : &s->settings.title, p->language);
	p->url = plain_url(b, p, prefix);
	struct showing showing = showing_of(t);
	p->hidden = (p->body != NONE && s->bodies[p->body].hidden) || !build_shows(b, &showing);
}

/* Pages that are versions of one another, and which of them each edition shows. */
static void settle_plain_versions(struct build *b)
{
	struct site *s = b->site;
	struct map first = { 0 };
	uint32_t *group = ARENA_ARRAY(&b->scratch, uint32_t, s->plain_count);
	size_t editions = s->edition_count, count = 0, at;
	uint32_t *shown = ARENA_ARRAY(&b->scratch, uint32_t, s->plain_count * editions);
	uint32_t *base = ARENA_ARRAY(&b->scratch, uint32_t, s->plain_count);
	memset(shown, 0xff, s->plain_count * editions * sizeof *shown);
	for (uint32_t i = 0; i < s->plain_count; i++) {
		const struct plain *p = &s->plains[i];
		struct str key = arena_format(&b->scratch, "%.*s/%.*s", STR_ARG(p->folder), STR_ARG(p->name));
		if (!map_get(&first, key, &at)) {
			at = count++;
			base[at] = NONE;
			map_add(&first, key, at);
		}
		group[i] = (uint32_t)at;
		if (p->hidden)
			continue;
		shown[at * editions + site_edition(s, p->language)] = i;
		if (base[at] == NONE || str_eq(p->language, s->settings.language))
			base[at] = i;
	}
	for (uint32_t i = 0; i < s->plain_count; i++) {
		struct plain *p = &s->plains[i];
		p->versions = ARENA_ARRAY(&s->arena, uint32_t, editions);
		for (size_t e = 0; e < editions; e++) {
			uint32_t other = shown[group[i] * editions + e];
			if (other != NONE && other != i)
				p->versions[p->version_count++] = other;
		}
	}
	for (size_t e = 0; e < editions; e++) {
		struct edition *edition = &s->editions[e];
		edition->home = NONE;
		edition->plains = ARENA_ARRAY(&s->arena, uint32_t, count);
		for (size_t g = 0; g < count; g++) {
			uint32_t plain = shown[g * editions + e] != NONE ? shown[g * editions + e] : base[g];
			if (plain == NONE)
				continue;
			if (str_empty(s->plains[plain].folder) && str_empty(s->plains[plain].name))
				edition->home = plain;
			else
				edition->plains[edition->plain_count++] = plain;
		}
	}
	map_release(&first);
}

void build_plains(struct build *b)
{
	b->site->plains = ARENA_ARRAY(&b->site->arena, struct plain, b->text_count);
	for (size_t i = 0; i < b->text_count; i++)
		if (b->texts[i].usable && b->texts[i].file->kind != CONTENT_BODY)
			settle_plain(b, &b->texts[i]);
	settle_plain_versions(b);
}
