#include "site/build.h"
#include "text/fold.h"

#include <stdlib.h>

static const size_t content_length = sizeof "content/" - 1;

void build_open_files(struct build *b)
{
	b->files = ARENA_ARRAY(&b->scratch, struct file_state, b->tree.count);
	for (size_t i = 0; i < b->tree.count; i++) {
		b->files[i].became = NONE;
		if (b->tree.files[i].kind != CONTENT_REGISTER)
			map_add(&b->paths, fold_nfc(&b->scratch, b->tree.files[i].path), i);
	}
}

size_t build_find_file(struct build *b, struct str path)
{
	size_t file;
	return map_get(&b->paths, fold_nfc(&b->scratch, path), &file) ? file : SIZE_MAX;
}

static struct file_state *find_document(struct build *b, struct str path)
{
	size_t file = build_find_file(b, path);
	return file != SIZE_MAX && b->tree.files[file].kind == CONTENT_DOCUMENT ? &b->files[file] : NULL;
}

bool build_may_search(struct build *b)
{
	enum { SEARCHES_MOST = 50 };
	return !b->diags->flooded && b->near_searches++ < SEARCHES_MOST;
}

/* The document whose name is most like that of a path. */
static struct str nearest_document(struct build *b, struct str path)
{
	struct str best = STR_NONE, near = STR_NONE, wanted = fold_label(&b->scratch, fs_path_name(path));
	for (size_t i = 0; i < b->tree.count; i++) {
		struct str before = near;
		if (b->tree.files[i].kind == CONTENT_DOCUMENT)
			str_nearer(wanted, fold_label(&b->scratch, fs_path_name(b->tree.files[i].path)), &near);
		if (near.p != before.p)
			best = b->tree.files[i].path;
	}
	return best;
}

void build_miss_file(struct build *b, enum diag_code code, struct str path, struct loc loc)
{
	struct str near = !build_may_search(b) ? STR_NONE
		: code == DOCUMENT_MISSING     ? nearest_document(b, path)
					       : map_nearest(&b->paths, path);
	diag_add(b->diags, code, loc, diag_did_you_mean(b->diags, near), _("there is no file 「%.*s」"), STR_ARG(path));
}

static struct str output_of(const struct content_file *f, struct arena *a)
{
	return fold_nfc(a, str_from(f->path, content_length));
}

struct str build_publish_file(struct build *b, struct str path, struct loc source, bool publish, struct arena *a)
{
	struct file_state *file = find_document(b, path);
	if (!file)
		return STR_NONE;
	const struct content_file *source_file = &b->tree.files[file - b->files];
	uint32_t body = build_body_of(b, source_file->folder);
	file->named = true;
	if (publish && file->closed) {
		diag_add(b->diags, DOCUMENT_CLOSED, source,
			diag_text(b->diags, _("take the link away, or 「closed」 from the record's list of documents")),
			_("a record withholds this file, so nothing leads to it here"));
		diag_hush(b->diags, source.path, source.line, source.line, false);
	}
	if (!publish || file->closed || (body != NONE && b->site->bodies[body].hidden))
		return STR_NONE;
	if (!file->published)
		file->source = source;
	file->published = true;
	return site_url(b->site, STR(""), output_of(source_file, &b->scratch), a);
}

/* What one record withholds, another's link must not publish. */
static void note_closed(struct build *b, const struct meeting *m)
{
	for (size_t i = 0; i < m->closed_files.count; i++) {
		struct file_state *file = find_document(b, m->closed_files.items[i].text);
		if (file)
			file->closed = file->named = true;
	}
}

static void declare(struct build *b, struct str path, struct loc loc, bool publish)
{
	if (str_empty(path))
		return;
	if (publish && !find_document(b, path))
		build_miss_file(b, DOCUMENT_MISSING, path, loc);
	else
		build_publish_file(b, path, loc, publish, &b->scratch);
}

static void declare_record(struct build *b, const struct record_front *f, bool publish)
{
	for (size_t i = 0; i < f->documents.count; i++) {
		const struct document *d = &f->documents.items[i];
		declare(b, d->source_path, d->file_loc, publish);
	}
	declare(b, f->record_path, f->record_loc, publish);
}

void build_declared_files(struct build *b)
{
	for (size_t i = 0; i < b->record_count; i++)
		if (b->records[i].meeting)
			note_closed(b, b->records[i].meeting);
	for (size_t i = 0; i < b->record_count; i++) {
		const struct meeting *m = b->records[i].meeting;
		if (m)
			declare_record(b, &m->front, b->record_versions[i].shown != NONE);
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
	for (size_t i = 0; i < b->tree.count; i++)
		s->asset_count += b->files[i].published;
	s->assets = ARENA_ARRAY(&s->arena, struct asset, s->asset_count);
	struct asset *next = s->assets;
	for (size_t i = 0; i < b->tree.count; i++) {
		const struct content_file *f = &b->tree.files[i];
		if (b->files[i].published)
			*next++ = (struct asset){ f->path, output_of(f, &s->arena), b->files[i].source, f->size };
		else if (f->kind == CONTENT_DOCUMENT && !b->files[i].named)
			diag_add(b->diags, DOCUMENT_UNUSED, loc_file(f->path),
				str_ends(f->path, STR(".md.txt"))
					? diag_text(b->diags,
						  _("if it is a record, its name must end in .md: rename it to %.*s"),
						  STR_ARG(str_but(fs_path_name(f->path), sizeof ".txt" - 1)))
					: diag_text(b->diags,
						  _("declare it under 「documents」, link to it, or remove it")),
				_("no record or page names this file, and it is not published"));
	}
	if (s->asset_count > 1)
		qsort(s->assets, s->asset_count, sizeof *s->assets, by_output);
}
