#include "site/keeper.h"
#include "source/ledger.h"
#include "sys/pool.h"
#include "sys/process.h"

#include <stdlib.h>
#include <string.h>

/* A phase in which each file is read on its own, by any worker. */
struct phase {
	struct build *build;
	struct diags *diags; /* one per file */
	void (*read)(struct build *b, size_t item, size_t worker, struct diags *ds);
	const struct content_file *(*file)(const struct build *b, size_t item);
};

static void run_job(void *shared, size_t item, size_t worker)
{
	struct phase *phase = shared;
	diags_init(&phase->diags[item], phase->build->diags->levels);
	/* Who keeps what is read shows it, and will not any more. */
	if (phase->build->options->kept && process_interrupted())
		return;
	phase->read(phase->build, item, worker, &phase->diags[item]);
	arena_reset(&phase->build->scratches[worker]);
}

static void run_phase(struct phase *phase, size_t count)
{
	struct build *b = phase->build;
	phase->diags = mem_alloc(count * sizeof *phase->diags);
	pool_run(b->workers, count, run_job, phase);
	for (size_t i = 0; i < count; i++) {
		size_t file = (size_t)(phase->file(b, i) - b->tree.files);
		keeper_settle(b->kept, file);
		if (b->kept->files[file])
			diags_join(b->diags, &b->kept->files[file]->diags);
		diags_merge(b->diags, &phase->diags[i]);
	}
	free(phase->diags);
}

/* A file that must be read, and where what it becomes is put. */
struct opened {
	struct content_file file;
	struct content_text text;
	struct arena *arena;
	struct diags *diags;
	struct kept_file *kept; /* NULL where it is not kept */
};

/* A record is what it is together with its ledger. */
static void hash_file(
	struct build *b, const struct content_file *file, size_t worker, struct str whole, uint8_t hash[HASH_BYTES])
{
	uint8_t both[2][HASH_BYTES] = { 0 };
	hash_sha256(whole, both[0]);
	if (file->kind == CONTENT_RECORD)
		fs_hash(b->fs, ledger_path(file->path, &b->scratches[worker]), both[1]);
	hash_sha256(str_n((const char *)both, sizeof both), hash);
}

/* What is kept of a file, if it is still good; else *o is the file, opened. NULL in both when it cannot be read. The
 * file's bytes stay in the scratch: of most text there is a copy in the model. */
static struct kept_file *open_file(struct build *b, const struct content_file *file, uint64_t key, size_t worker,
	struct opened *o, struct diags *ds)
{
	size_t number = (size_t)(file - b->tree.files);
	struct str whole;
	struct kept_file *found = keeper_find(b->kept, number, key);
	*o = (struct opened){ .file = *file, .arena = &b->site->file_arenas[worker], .diags = ds };
	if (found || !content_read(b->fs, file->path, &b->scratches[worker], &whole, ds))
		return found;
	uint8_t hash[HASH_BYTES] = { 0 };
	if (b->kept->keeps_files)
		hash_file(b, file, worker, whole, hash);
	found = keeper_same(b->kept, number, key, hash);
	if (found)
		return found;
	o->kept = keeper_add(b->kept, number, key);
	if (o->kept) {
		memcpy(o->kept->hash, hash, sizeof hash);
		diags_init(&o->kept->diags, ds->levels);
		o->file = o->kept->file;
		o->arena = &o->kept->arena;
		o->diags = &o->kept->diags;
	}
	if (!content_cut(whole, o->file.path, o->arena, &o->text, o->diags))
		o->text.whole = STR_NONE;
	else if (o->kept)
		hash_sha256(str_n(whole.p, (size_t)(o->text.body.p - whole.p)), o->kept->front_hash);
	return NULL;
}

static bool read_page(const struct opened *o, struct text_file *t)
{
	static bool (*const readers[])(const struct yaml_node *, struct body_front *, const struct reading *) = {
		[CONTENT_BODY] = body_front_read, [CONTENT_HOME] = home_front_read, [CONTENT_PAGE] = page_front_read
	};
	struct str path = o->file.path;
	struct reading r = { .path = path, .arena = o->arena, .diags = o->diags, .folder = fs_path_folder(path) };
	return readers[o->file.kind](o->text.front, &t->front, &r);
}

static void read_text(struct build *b, size_t item, size_t worker, struct diags *ds)
{
	struct text_file *t = &b->texts[item];
	const struct content_file *file = t->file;
	struct opened o;
	const struct kept_file *kept = open_file(b, file, 0, worker, &o, ds);
	if (kept) {
		*t = kept->text;
		t->file = file;
	}
	if (kept || !o.text.whole.p)
		return;
	t->usable = read_page(&o, t);
	t->usable = md_parse(o.text.body, o.file.path, o.text.body_line, o.arena, &t->doc, o.diags) && t->usable;
	t->usable = page_check_closed(&t->doc, o.diags) && t->usable;
	t->doc.body = STR_NONE;
	if (o.kept)
		o.kept->text = *t;
}

static const struct content_file *file_of_text(const struct build *b, size_t item)
{
	return b->texts[item].file;
}

static void read_texts(struct build *b)
{
	b->texts = ARENA_ARRAY(&b->scratch, struct text_file, b->tree.count);
	for (size_t i = 0; i < b->tree.count; i++) {
		enum content_kind kind = b->tree.files[i].kind;
		if (kind == CONTENT_BODY || kind == CONTENT_PAGE || kind == CONTENT_HOME)
			b->texts[b->text_count++].file = &b->tree.files[i];
	}
	struct phase phase = { .build = b, .read = read_text, .file = file_of_text };
	run_phase(&phase, b->text_count);
}

void build_read_record(struct build *b, size_t item, size_t worker, struct diags *ds)
{
	struct record *r = &b->records[item];
	struct site *s = b->site;
	struct opened o;
	const struct kept_file *kept = open_file(b, r->file, r->key, worker, &o, ds);
	if (kept)
		r->meeting = kept->meeting;
	if (kept || !o.text.whole.p)
		return;
	struct record_context context = {
		.settings = &s->settings,
		.registers = &s->registers,
		.labels = s->labels,
		.terms = s->terms,
		.body = &s->bodies[r->body].front,
		.now = s->now,
	};
	o.file.language = o.kept ? arena_str(o.arena, r->language) : r->language;
	r->meeting = meeting_read(&o.text, &o.file, &context, o.arena, o.diags);
	if (r->meeting) {
		r->meeting->doc.body = STR_NONE;
		build_follow_ledger(b, r, worker, o.arena, o.diags);
	}
	if (o.kept)
		o.kept->meeting = r->meeting;
}

static const struct content_file *file_of_record(const struct build *b, size_t item)
{
	return b->records[item].file;
}

/* A record is read against the settings and registers, and its body's index. */
static void key_records(struct build *b)
{
	uint64_t *bodies = ARENA_ARRAY(&b->scratch, uint64_t, b->site->body_count);
	for (size_t i = 0; i < b->text_count; i++) {
		size_t file = (size_t)(b->texts[i].file - b->tree.files);
		const struct kept_file *kept = b->kept->files[file];
		if (kept && b->tree.files[file].kind == CONTENT_BODY)
			bodies[b->files[file].became] = bodies[b->files[file].became] * 31 + kept->stamp;
	}
	for (size_t i = 0; i < b->record_count; i++)
		b->records[i].key = bodies[b->records[i].body] * 31 + b->kept->context->stamp;
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
	key_records(b);
	struct phase phase = { .build = b, .read = build_read_record, .file = file_of_record };
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

static struct terms *open_terms(const struct registers *r, struct arena *a)
{
	struct buf list = { 0 };
	for (uint32_t i = 0; i < r->topic_count; i++)
		for (size_t k = 0; k < r->topics[i].terms.count; k++)
			*VEC_ADD(&list, struct term) = (struct term){ r->topics[i].terms.items[k].text, i };
	struct terms *terms = terms_open(VEC_AT(&list, struct term), VEC_COUNT(&list, struct term), a);
	buf_release(&list);
	return terms;
}

/* site.yml and the registers: what every file is read against. False when the settings are unusable. */
static bool read_context(struct build *b, struct str base_url)
{
	struct site *s = b->site;
	bool is_new;
	struct kept_context *c = keeper_context(b->kept, b->fs, b->diags->levels, &is_new);
	if (is_new) {
		c->usable = settings_read(b->fs, base_url, &c->arena, &c->settings, &c->diags);
		c->complete = c->usable && registers_read(b->fs, &c->arena, &c->registers, &c->diags);
		c->labels = labels_open(&c->registers, &c->arena);
		c->terms = open_terms(&c->registers, &c->arena);
	}
	diags_join(b->diags, &c->diags);
	s->settings = c->settings;
	s->registers = c->registers;
	s->labels = c->labels;
	s->terms = c->terms;
	return c->usable;
}

/* Which files there are. */
static void read_tree(struct build *b)
{
	keeper_tree(b->kept, b->fs, b->diags->levels);
	diags_join(b->diags, &b->kept->tree->diags);
	b->tree = b->kept->tree->tree;
}

/* A file that could not be read is one finding; that its links lead nowhere and its documents are unused would be
 * many more, and to follow them would do harm. */
static void forgive_what_is_missing(struct build *b)
{
	static const enum diag_code need_all[] = { LINK_BROKEN, ANCHOR_BROKEN, DOCUMENT_UNUSED, SPEAKER_UNREGISTERED };
	bool complete = b->kept->context->complete;
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

/* From here on meetings are tied to each other. Those that are kept are shared with an earlier site: all that src/site
 * sets in a meeting it sets anew each time. */
static void untie_records(struct build *b)
{
	if (b->options->before_settling)
		b->options->before_settling(b->options->shared);
	for (size_t i = 0; i < b->record_count; i++)
		if (b->records[i].meeting) {
			b->records[i].meeting->spots = NULL;
			b->records[i].meeting->targets = NULL;
		}
}

static void put_together(struct build *b)
{
	struct site *s = b->site;
	const struct diag_levels *levels = b->diags->levels;
	read_tree(b);
	build_open_files(b);
	read_texts(b);
	build_bodies(b);
	build_plains(b);
	read_records(b);
	forgive_what_is_missing(b);
	untie_records(b);
	build_ledgers(b);
	build_places(b);
	build_people(b);
	build_topics(b);
	build_editions(b);
	build_unstamped(b);
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
	if (!options->kept)
		s->own_kept = kept_open_once();
	struct build b = { .site = s,
		.fs = fs,
		.options = options,
		.diags = ds,
		.kept = options->kept ? options->kept : s->own_kept,
		.workers = options->workers > 0 ? options->workers : 1 };
	if (!read_context(&b, options->base_url)) {
		site_release(s);
		return NULL;
	}
	s->now = date_is(options->now) ? options->now : date_from_seconds(options->now_seconds, s->settings.timezone);
	open_editions(s);
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
	kept_release(s->own_kept);
	free(s);
}
