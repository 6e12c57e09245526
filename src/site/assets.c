#include "site/build.h"
#include "text/fold.h"

#include <stdlib.h>

static const size_t content_length = sizeof "content/" - 1;

/* What one record withholds, another's link must not publish. */
static void note_closed(struct build *b, const struct record *r)
{
	const struct record_front *f = &r->meeting->front;
	for (size_t i = 0; i < f->documents.count; i++) {
		const struct document *d = &f->documents.items[i];
		if (!str_empty(d->source_path) && (!str_empty(d->closed) || f->closed_given))
			map_add(&b->closed, fold_nfc(&b->scratch, d->source_path), 0);
	}
	if (!str_empty(f->record_path) && f->closed_given)
		map_add(&b->closed, fold_nfc(&b->scratch, f->record_path), 0);
}

void build_assets_open(struct build *b)
{
	b->file_named = ARENA_ARRAY(&b->scratch, bool, b->tree.count);
	for (size_t i = 0; i < b->tree.count; i++)
		if (b->tree.files[i].kind == CONTENT_DOCUMENT)
			map_add(&b->documents, fold_nfc(&b->scratch, b->tree.files[i].path), i);
	for (size_t i = 0; i < b->record_count; i++)
		if (b->records[i].meeting)
			note_closed(b, &b->records[i]);
}

bool build_file_is_there(const struct build *b, struct str path)
{
	struct arena scratch;
	arena_init(&scratch);
	bool there = map_get(&b->documents, fold_nfc(&scratch, path), NULL);
	arena_release(&scratch);
	return there;
}

struct str build_nearest_file(const struct build *b, struct str path)
{
	return map_nearest(&b->documents, path);
}

struct str build_publish_file(struct build *b, struct str path, struct loc source, bool publish, struct arena *a)
{
	size_t file;
	struct str nfc = fold_nfc(&b->scratch, path);
	if (!map_get(&b->documents, nfc, &file))
		return STR_NONE;
	b->file_named[file] = true;
	uint32_t body = build_body_of(b, b->tree.files[file].folder);
	bool hidden = body != NONE && b->site->bodies[body].hidden;
	if (!publish || hidden || map_get(&b->closed, nfc, NULL))
		return STR_NONE;
	struct str output = str_from(nfc, content_length);
	if (map_add(&b->published, output, VEC_COUNT(&b->assets, struct asset)))
		*VEC_ADD(&b->assets, struct asset) = (struct asset){
			.from = b->tree.files[file].path,
			.output = arena_str(&b->site->arena, output),
			.source = source,
		};
	return site_url(b->site, STR(""), output, a);
}

static void declare(struct build *b, struct str path, struct loc loc, bool publish)
{
	if (str_empty(path))
		return;
	if (!publish || build_file_is_there(b, path)) {
		build_publish_file(b, path, loc, publish, &b->scratch);
		return;
	}
	diag_add(b->diags, DOCUMENT_MISSING, loc, diag_did_you_mean(b->diags, build_nearest_file(b, path)),
		_("there is no file 「%.*s」"), STR_ARG(path));
}

void build_declared_files(struct build *b)
{
	for (size_t i = 0; i < b->record_count; i++) {
		const struct record *r = &b->records[i];
		if (!r->meeting)
			continue;
		const struct record_front *f = &r->meeting->front;
		bool publish = r->index != NONE && !f->closed_given;
		for (size_t k = 0; k < f->documents.count; k++) {
			const struct document *d = &f->documents.items[k];
			declare(b, d->source_path, d->loc, publish && str_empty(d->closed));
		}
		declare(b, f->record_path, f->loc, publish);
	}
}

static int by_output(const void *left, const void *right)
{
	const struct asset *a = left, *b = right;
	return str_cmp(a->output, b->output);
}

void build_assets(struct build *b)
{
	struct site *s = b->site;
	s->asset_count = VEC_COUNT(&b->assets, struct asset);
	s->assets = buf_settle(&b->assets, &s->arena);
	if (s->asset_count > 1)
		qsort(s->assets, s->asset_count, sizeof *s->assets, by_output);
	for (size_t i = 0; i < b->tree.count; i++) {
		const struct content_file *f = &b->tree.files[i];
		if (f->kind == CONTENT_DOCUMENT && !b->file_named[i])
			diag_add(b->diags, DOCUMENT_UNUSED, loc_file(f->path),
				diag_text(b->diags, _("declare it under 「documents」, link to it, or remove it")),
				_("no record or page names this file, and it is not published"));
	}
}
