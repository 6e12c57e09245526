#include "site/build.h"
#include "sys/pool.h"

#include <stdlib.h>

/* A phase in which each file is read on its own, by any worker. */
struct phase {
	struct build *build;
	struct diags *diags; /* one per file */
	void (*read)(struct build *b, size_t item, size_t worker, struct diags *ds);
};

static void run_job(void *shared, size_t item, size_t worker)
{
	struct phase *phase = shared;
	diags_init(&phase->diags[item], phase->build->diags->levels);
	phase->read(phase->build, item, worker, &phase->diags[item]);
	arena_reset(&phase->build->scratches[worker]);
}

static void run_phase(struct phase *phase, size_t count)
{
	phase->diags = mem_alloc(count * sizeof *phase->diags);
	pool_run(phase->build->workers, count, run_job, phase);
	for (size_t i = 0; i < count; i++)
		diags_merge(phase->build->diags, &phase->diags[i]);
	free(phase->diags);
}

/* The file's bytes stay in the scratch: of most text there is a copy in the model. */
static bool open_text(
	struct build *b, const struct content_file *file, size_t worker, struct content_text *text, struct diags *ds)
{
	struct str whole;
	return content_read(b->fs, file->path, &b->scratches[worker], &whole, ds) &&
		content_cut(whole, file->path, &b->site->file_arenas[worker], text, ds);
}

static struct body_front body_of_page(const struct page_front *f)
{
	return (struct body_front){
		.title = f->title,
		.description = f->description,
		.kind = BODY_PAGES,
		.layout = f->layout,
		.draft = f->draft,
		.publish_on = f->publish_on,
		.expire_on = f->expire_on,
		.updated = f->updated,
		.params = f->params,
		.loc = f->loc,
	};
}

static void read_text(struct build *b, size_t item, size_t worker, struct diags *ds)
{
	struct text_file *t = &b->texts[item];
	struct arena *a = &b->site->file_arenas[worker];
	struct content_text text;
	if (!open_text(b, t->file, worker, &text, ds))
		return;
	struct reading r = { .path = t->file->path, .arena = a, .diags = ds, .folder = fs_path_folder(t->file->path) };
	if (t->file->kind == CONTENT_BODY) {
		t->usable = body_front_read(text.front, &t->body, &r);
	} else {
		t->usable = t->file->kind == CONTENT_HOME ? home_front_read(text.front, &t->page, &r)
							  : page_front_read(text.front, &t->page, &r);
		t->body = body_of_page(&t->page);
	}
	t->usable = md_parse(text.body, t->file->path, text.body_line, a, &t->doc, ds) && t->usable;
	t->doc.body = STR_NONE;
}

static void read_texts(struct build *b)
{
	b->texts = ARENA_ARRAY(&b->scratch, struct text_file, b->tree.count);
	for (size_t i = 0; i < b->tree.count; i++) {
		enum content_kind kind = b->tree.files[i].kind;
		if (kind == CONTENT_BODY || kind == CONTENT_PAGE || kind == CONTENT_HOME)
			b->texts[b->text_count++].file = &b->tree.files[i];
	}
	struct phase phase = { .build = b, .read = read_text };
	run_phase(&phase, b->text_count);
}

static void read_record(struct build *b, size_t item, size_t worker, struct diags *ds)
{
	struct record *r = &b->records[item];
	struct site *s = b->site;
	struct content_text text;
	if (!open_text(b, r->file, worker, &text, ds))
		return;
	struct record_context context = {
		.settings = &s->settings,
		.registers = &s->registers,
		.labels = s->labels,
		.terms = s->terms,
		.body = &s->bodies[r->body].front,
		.now = s->now,
	};
	struct content_file file = *r->file;
	file.language = r->language;
	r->meeting = meeting_read(&text, &file, &context, &s->file_arenas[worker], ds);
	if (r->meeting)
		r->meeting->doc.body = STR_NONE;
}

/* A record is in the language of its file's name, else of its body, else of the site. */
static void place_record(struct build *b, struct record *r, const struct content_file *file)
{
	const struct settings *settings = &b->site->settings;
	uint32_t body = build_body_of(b, file->folder);
	const struct texts *own = &b->site->bodies[body].front.languages;
	struct str suffix = arena_format(&b->scratch, ".%.*s.md", STR_ARG(settings->language));
	*r = (struct record){ .file = file, .language = file->language, .body = body };
	if (str_empty(r->language))
		r->language = own->count > 0 && !str_ends(file->path, suffix) ? own->items[0].text : settings->language;
}

/* The bodies stand by then. */
static void read_records(struct build *b)
{
	for (size_t i = 0; i < b->tree.count; i++)
		b->record_count += b->tree.files[i].kind == CONTENT_RECORD;
	b->records = ARENA_ARRAY(&b->scratch, struct record, b->record_count);
	size_t count = 0;
	for (size_t i = 0; i < b->tree.count; i++)
		if (b->tree.files[i].kind == CONTENT_RECORD) {
			b->files[i].became = (uint32_t)count;
			place_record(b, &b->records[count++], &b->tree.files[i]);
		}
	struct phase phase = { .build = b, .read = read_record };
	run_phase(&phase, b->record_count);
}

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
	struct buf list = { 0 };
	for (uint32_t i = 0; i < r->topic_count; i++)
		for (size_t k = 0; k < r->topics[i].terms.count; k++)
			*VEC_ADD(&list, struct term) = (struct term){ r->topics[i].terms.items[k].text, i };
	struct terms *terms = terms_open(VEC_AT(&list, struct term), VEC_COUNT(&list, struct term), &b->site->arena);
	buf_release(&list);
	return terms;
}

/* A file that could not be read is one finding; that its links lead nowhere and its documents are unused would be
 * many more, and to follow them would do harm. */
static void forgive_what_is_missing(struct build *b, bool complete)
{
	static const enum diag_code need_all[] = { LINK_BROKEN, ANCHOR_BROKEN, DOCUMENT_UNUSED, SPEAKER_UNREGISTERED };
	for (size_t i = 0; i < b->text_count; i++)
		complete = complete && b->texts[i].usable;
	for (size_t i = 0; i < b->record_count; i++)
		complete = complete && b->records[i].meeting;
	if (complete)
		return;
	b->levels = *b->diags->levels;
	for (size_t i = 0; i < sizeof need_all / sizeof *need_all; i++)
		b->levels.of[need_all[i]] = DIAG_OFF;
	b->diags->levels = &b->levels;
}

/* In an anonymous record a marker ties the words behind it to a name: findings do not show its lines. */
static void hush_anonymous(struct build *b)
{
	for (size_t i = 0; i < b->record_count; i++) {
		const struct meeting *m = b->records[i].meeting;
		if (m && m->front.anonymous)
			diag_hush(b->diags, m->path, m->doc.first_line, UINT32_MAX, false);
	}
}

static void put_together(struct build *b)
{
	struct site *s = b->site;
	const struct diag_levels *levels = b->diags->levels;
	bool complete = registers_read(b->fs, &s->arena, &s->registers, b->diags);
	s->labels = labels_open(&s->registers, &s->arena);
	s->terms = open_terms(b);
	content_walk(b->fs, &s->settings.languages, &s->arena, &b->tree, b->diags);
	build_open_files(b);
	read_texts(b);
	build_bodies(b);
	build_plains(b);
	read_records(b);
	forgive_what_is_missing(b, complete);
	build_places(b);
	build_people(b);
	build_topics(b);
	build_editions(b);
	build_corrections(b);
	build_numbers(b);
	build_pages(b);
	build_declared_files(b);
	build_links(b);
	build_assets(b);
	build_addresses(b);
	hush_anonymous(b);
	s->held_count = VEC_COUNT(&b->held, struct held);
	s->held = buf_settle(&b->held, &s->arena);
	b->diags->levels = levels;
}

static void release_build(struct build *b)
{
	map_release(&b->folders);
	map_release(&b->paths);
	map_release(&b->outputs);
	buf_release(&b->claims);
	for (size_t i = 0; i < b->workers; i++)
		arena_release(&b->scratches[i]);
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
	struct build b = { .site = s, .fs = fs, .diags = ds, .workers = options->workers > 0 ? options->workers : 1 };
	/* A zeroed arena is an empty one. */
	b.scratches = ARENA_ARRAY(&s->arena, struct arena, b.workers);
	s->file_arenas = ARENA_ARRAY(&s->arena, struct arena, b.workers);
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
