#include "site/site.h"
#include "text/fold.h"
#include "text/slug.h"

#include <stdlib.h>

struct str site_url(const struct site *s, struct str prefix, struct str path, struct arena *a)
{
	struct buf url = { 0 };
	buf_put(&url, s->settings.base_path);
	slug_encode(&url, prefix);
	slug_encode(&url, path);
	struct str made = arena_str(a, buf_str(&url));
	buf_release(&url);
	return made;
}

static struct str below(const struct site *s, const struct edition *e, const char *list, struct str id, struct arena *a)
{
	struct buf path = { 0 };
	buf_format(&path, "%s/%.*s/", list, STR_ARG(id));
	struct str url = site_url(s, e->prefix, buf_str(&path), a);
	buf_release(&path);
	return url;
}

struct str site_person_url(const struct site *s, const struct edition *e, uint32_t person, struct arena *a)
{
	if (person == NONE || !s->people[person].has_page)
		return STR_NONE;
	return below(s, e, "speakers", s->people[person].id, a);
}

struct str site_topic_url(const struct site *s, const struct edition *e, uint32_t topic, struct arena *a)
{
	return topic == NONE ? STR_NONE : below(s, e, "topics", s->topics[topic].id, a);
}

struct str site_year_url(struct str url, int year, struct arena *a)
{
	return arena_format(a, "%.*s%d/", STR_ARG(url), year);
}

static int is_output(const void *output, const void *asset)
{
	return str_cmp(*(const struct str *)output, ((const struct asset *)asset)->output);
}

struct str site_document_url(const struct site *s, const struct meeting *m, size_t document, struct arena *a)
{
	const struct document *d = &m->front.documents.items[document];
	if (!str_empty(d->closed) || m->front.closed_given)
		return STR_NONE;
	if (str_empty(d->file))
		return str_empty(d->url) ? STR_NONE : d->url;
	struct str output = fold_nfc(a, str_from(d->source_path, sizeof "content/" - 1));
	bool published =
		s->asset_count > 0 && bsearch(&output, s->assets, s->asset_count, sizeof *s->assets, is_output);
	return published ? site_url(s, STR(""), output, a) : STR_NONE;
}

static int is_folder(const void *folder, const void *body)
{
	return str_cmp(*(const struct str *)folder, ((const struct body *)body)->folder);
}

enum speaker_pages site_speaker_pages(const struct site *s, const struct meeting *m)
{
	const struct body *b = bsearch(&m->folder, s->bodies, s->body_count, sizeof *s->bodies, is_folder);
	while (b && b->front.speaker_pages == SPEAKER_PAGES_DEFAULT)
		b = b->parent == NONE ? NULL : &s->bodies[b->parent];
	int chosen = b ? b->front.speaker_pages : s->settings.speaker_pages;
	if (chosen != SPEAKER_PAGES_DEFAULT)
		return (enum speaker_pages)chosen;
	return m->kind == RECORD_VERBATIM ? SPEAKER_PAGES_EXCERPT : SPEAKER_PAGES_FULL;
}
