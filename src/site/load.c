#include "site/build.h"

#include <stdlib.h>

static void open_editions(struct site *s)
{
	const struct texts *languages = &s->settings.languages;
	s->edition_count = languages->count;
	s->editions = ARENA_ARRAY(&s->arena, struct edition, languages->count);
	for (size_t i = 0; i < languages->count; i++) {
		struct str language = languages->items[i].text;
		s->editions[i].language = language;
		s->editions[i].prefix = i == 0 ? STR("") : arena_format(&s->arena, "%.*s/", STR_ARG(language));
	}
}

static struct terms *open_terms(struct build *b)
{
	const struct registers *r = &b->site->registers;
	size_t count = 0;
	for (size_t i = 0; i < r->topic_count; i++)
		count += r->topics[i].terms.count;
	struct term *list = ARENA_ARRAY(&b->scratch, struct term, count);
	count = 0;
	for (uint32_t i = 0; i < r->topic_count; i++)
		for (size_t k = 0; k < r->topics[i].terms.count; k++)
			list[count++] = (struct term){ r->topics[i].terms.items[k].text, i };
	return terms_open(list, count, &b->site->arena);
}

static struct arena *open_arenas(struct arena *a, size_t count)
{
	struct arena *list = ARENA_ARRAY(a, struct arena, count);
	for (size_t i = 0; i < count; i++)
		arena_init(&list[i]);
	return list;
}

static void put_together(struct build *b)
{
	struct site *s = b->site;
	registers_read(b->fs, &s->arena, &s->registers, b->diags);
	s->labels = labels_open(&s->registers, &s->arena);
	s->terms = open_terms(b);
	content_walk(b->fs, &s->settings.languages, &s->arena, &b->tree, b->diags);
	build_read_texts(b);
	build_bodies(b);
	build_plains(b);
	build_read_records(b);
	build_places(b);
	build_people(b);
	build_topics(b);
	build_editions(b);
	build_indexes(b);
	build_pages(b);
	build_assets_open(b);
	build_declared_files(b);
	build_links(b);
	build_assets(b);
	build_addresses(b);
}

static void release_build(struct build *b)
{
	struct map *maps[] = { &b->folders, &b->documents, &b->outputs, &b->published, &b->closed };
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		map_release(maps[i]);
	for (size_t i = 0; i < b->workers; i++)
		arena_release(&b->scratches[i]);
	buf_release(&b->assets);
	arena_release(&b->scratch);
}

struct site *site_load(struct fs *fs, const struct site_options *options, struct diags *ds)
{
	struct site *s = mem_alloc(sizeof *s);
	arena_init(&s->arena);
	s->drafts = options->drafts;
	s->next_due = s->next_due_path = STR("");
	if (!settings_read(fs, options->base_url, &s->arena, &s->settings, ds)) {
		site_release(s);
		return NULL;
	}
	s->now = date_is(options->now) ? options->now : date_from_seconds(options->now_seconds, s->settings.timezone);
	open_editions(s);
	struct build b = { .site = s, .fs = fs, .options = options, .diags = ds };
	b.workers = options->workers > 0 ? options->workers : 1;
	arena_init(&b.scratch);
	b.scratches = open_arenas(&s->arena, b.workers);
	s->file_arenas = open_arenas(&s->arena, b.workers);
	s->file_arena_count = b.workers;
	put_together(&b);
	release_build(&b);
	return s;
}

void site_release(struct site *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->file_arena_count; i++)
		arena_release(&s->file_arenas[i]);
	arena_release(&s->arena);
	free(s);
}
