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

static void read_text(struct build *b, size_t item, size_t worker, struct diags *ds)
{
	struct text_file *t = &b->texts[item];
	struct arena *a = &b->site->file_arenas[worker];
	struct content_text text;
	if (!open_text(b, t->file, worker, &text, ds))
		return;
	struct reading r = { .path = t->file->path, .arena = a, .diags = ds, .folder = fs_path_folder(t->file->path) };
	if (t->file->kind == CONTENT_BODY)
		t->usable = body_front_read(text.front, &t->body, &r);
	else if (t->file->kind == CONTENT_HOME)
		t->usable = home_front_read(text.front, &t->page, &r);
	else
		t->usable = page_front_read(text.front, &t->page, &r);
	t->usable = md_parse(text.body, t->file->path, text.body_line, a, &t->doc, ds) && t->usable;
	t->doc.body = STR_NONE;
}

void build_read_texts(struct build *b)
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
	if (!open_text(b, &r->file, worker, &text, ds))
		return;
	struct record_context context = {
		.settings = &s->settings,
		.registers = &s->registers,
		.labels = s->labels,
		.terms = s->terms,
		.body = &s->bodies[r->body].front,
		.now = s->now,
	};
	r->meeting = meeting_read(&text, &r->file, &context, &s->file_arenas[worker], ds);
	if (r->meeting)
		r->meeting->doc.body = STR_NONE;
}

/* A record is in the language of its file's name, else of its body, else of the site; only the first moves its address. */
static void place_record(struct build *b, struct record *r, const struct content_file *file)
{
	const struct settings *settings = &b->site->settings;
	size_t body;
	*r = (struct record){ .file = *file, .prefix = STR(""), .index = NONE };
	map_get(&b->folders, file->folder, &body);
	r->body = (uint32_t)body;
	const struct texts *own = &b->site->bodies[body].front.languages;
	struct str suffix = arena_format(&b->scratch, ".%.*s.md", STR_ARG(settings->language));
	if (!str_empty(file->language))
		r->prefix = arena_format(&b->site->arena, "%.*s/", STR_ARG(file->language));
	else if (own->count > 0 && !str_ends(file->path, suffix))
		r->file.language = own->items[0].text;
	else
		r->file.language = settings->language;
}

void build_read_records(struct build *b)
{
	for (size_t i = 0; i < b->tree.count; i++)
		b->record_count += b->tree.files[i].kind == CONTENT_RECORD;
	b->records = ARENA_ARRAY(&b->scratch, struct record, b->record_count);
	size_t count = 0;
	for (size_t i = 0; i < b->tree.count; i++)
		if (b->tree.files[i].kind == CONTENT_RECORD)
			place_record(b, &b->records[count++], &b->tree.files[i]);
	struct phase phase = { .build = b, .read = read_record };
	run_phase(&phase, b->record_count);
}
