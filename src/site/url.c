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
	return buf_keep(&url, a);
}

struct str site_absolute(const struct site *s, struct str url, struct arena *a)
{
	struct str origin = str_but(s->settings.base_url, s->settings.base_path.n);
	return arena_format(a, "%.*s%.*s", STR_ARG(origin), STR_ARG(url));
}

struct str site_year_url(struct str url, int year, struct arena *a)
{
	return arena_format(a, "%.*s%d/", STR_ARG(url), year);
}

struct str site_updated(const struct site *s, uint32_t meeting, struct arena *a)
{
	for (uint32_t i = meeting; i != NONE; i = s->places[i].previous)
		if (s->places[i].provenance.n)
			return s->places[i].provenance;
	return date_iso(a, s->meetings[meeting]->front.date.date);
}

bool site_stands_for_meeting(const struct site *s, uint32_t meeting)
{
	const struct place *p = &s->places[meeting];
	bool names = s->meetings[meeting]->front.record_of.text.n > 0;
	for (size_t i = 0; i < p->related_count; i++) {
		bool other_names = s->meetings[p->related[i]]->front.record_of.text.n > 0;
		if (names != other_names ? names : p->related[i] < meeting)
			return false;
	}
	return true;
}

struct str site_page_title(const struct site *s, const struct page *p)
{
	switch (p->kind) {
	case PAGE_MEETING:
		return s->meetings[p->subject]->front.title;
	case PAGE_BODY:
		return site_body(s, p->edition, p->subject)->title;
	case PAGE_SPEAKER:
		return words_in(&s->people[p->subject].name, p->language);
	case PAGE_TOPIC:
		return words_in(&s->topics[p->subject].name, p->language);
	case PAGE_PLAIN:
		return s->plains[p->subject].title;
	default:
		return STR_NONE;
	}
}

bool site_is_indexed(const struct site *s, const struct page *p)
{
	bool provisional = p->kind == PAGE_MEETING && s->meetings[p->subject]->front.status == STATUS_PROVISIONAL;
	return !provisional && p->kind != PAGE_NOT_FOUND && p->kind != PAGE_REDIRECT;
}

bool site_has_feed(const struct page *p)
{
	bool listed = p->kind == PAGE_HOME || p->kind == PAGE_BODY || p->kind == PAGE_SPEAKER || p->kind == PAGE_TOPIC;
	return listed && p->year == 0;
}

/* A calendar without a single event is none. */
bool site_has_calendar(const struct site *s, const struct page *p)
{
	if (p->kind == PAGE_HOME)
		return s->editions[p->edition].meeting_count > 0;
	return p->kind == PAGE_BODY && site_body(s, p->edition, p->subject)->meeting_count > 0;
}

struct str site_beside(const struct page *p, const char *name, struct arena *a)
{
	struct str folder = str_but(p->output, sizeof "index.html" - 1);
	return arena_format(a, "%.*s%s", STR_ARG(folder), name);
}

static int is_output(const void *output, const void *asset)
{
	return str_cmp(*(const struct str *)output, ((const struct asset *)asset)->output);
}

const struct asset *site_document_asset(const struct site *s, const struct meeting *m, size_t document, struct arena *a)
{
	const struct document *d = &m->front.documents.items[document];
	if (str_empty(d->source_path) || s->asset_count == 0)
		return NULL;
	struct str output = fold_nfc(a, str_from(d->source_path, sizeof "content/" - 1));
	return bsearch(&output, s->assets, s->asset_count, sizeof *s->assets, is_output);
}

struct str site_document_url(const struct site *s, const struct meeting *m, size_t document, struct arena *a)
{
	const struct document *d = &m->front.documents.items[document];
	const struct asset *file = site_document_asset(s, m, document, a);
	if (file)
		return site_url(s, STR(""), file->output, a);
	bool leads = str_empty(d->file) && !str_empty(d->url);
	return leads ? d->url : STR_NONE;
}

static int is_folder(const void *folder, const void *body)
{
	return str_cmp(*(const struct str *)folder, ((const struct body *)body)->folder);
}

const struct body *site_body_of(const struct site *s, struct str folder)
{
	return bsearch(&folder, s->bodies, s->body_count, sizeof *s->bodies, is_folder);
}

enum speaker_pages site_speaker_pages(const struct site *s, const struct meeting *m)
{
	const struct body *b = site_body_of(s, m->folder);
	while (b && b->front.speaker_pages == SPEAKER_PAGES_DEFAULT)
		b = b->parent == NONE ? NULL : &s->bodies[b->parent];
	int chosen = b ? b->front.speaker_pages : s->settings.speaker_pages;
	if (chosen != SPEAKER_PAGES_DEFAULT)
		return (enum speaker_pages)chosen;
	return m->kind == RECORD_VERBATIM ? SPEAKER_PAGES_EXCERPT : SPEAKER_PAGES_FULL;
}
