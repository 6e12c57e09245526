#include "site/build.h"

#include <stdlib.h>

struct version build_version_at(const struct build *b, const struct content_file *at, struct str language)
{
	struct version v = { .folder = at->folder, .name = at->name, .language = language, .prefix = STR("") };
	v.shown = NONE;
	if (!str_empty(at->language))
		v.prefix = b->site->editions[site_edition(b->site, at->language)].prefix;
	return v;
}

void build_tie_versions(struct build *b, struct version *list, size_t count)
{
	struct map last = { 0 };
	for (uint32_t i = 0; i < count; i++) {
		struct version *v = &list[i];
		struct str key = arena_format(&b->scratch, "%.*s/%.*s", STR_ARG(v->folder), STR_ARG(v->name));
		size_t before;
		bool known = map_get(&last, key, &before);
		v->first = known ? list[before].first : i;
		v->next = NONE;
		if (known)
			list[before].next = i;
		map_put(&last, key, i);
	}
	map_release(&last);
}

uint32_t build_version(const struct version *list, uint32_t first, struct str language)
{
	uint32_t chosen = NONE;
	for (const struct version *v; first != NONE; first = v->next) {
		v = &list[first];
		if (v->shown == NONE)
			continue;
		if (str_eq(v->language, language))
			return v->shown;
		if (chosen == NONE || str_empty(v->prefix))
			chosen = v->shown;
	}
	return chosen;
}

uint32_t *build_other_versions(const struct version *list, uint32_t at, struct arena *a, size_t *count)
{
	size_t all = 0;
	for (uint32_t i = list[at].first; i != NONE; i = list[i].next)
		all++;
	uint32_t *others = ARENA_ARRAY(a, uint32_t, all - 1);
	*count = 0;
	for (uint32_t i = list[at].first; i != NONE; i = list[i].next)
		if (i != at && list[i].shown != NONE)
			others[(*count)++] = list[i].shown;
	return others;
}

/* What has not yet been held can only be announced. Drafts are not asked: they go nowhere. */
static void check_ahead(struct build *b, const struct record_front *f)
{
	if (f->status != STATUS_PROVISIONAL && f->status != STATUS_CONFIRMED)
		return;
	if (date_compare(f->date.date, b->site->now) <= 0)
		return;
	diag_add(b->diags, DATE_AHEAD, f->date.loc,
		diag_text(b->diags, _("write 「status: scheduled」, or correct the date")),
		_("the meeting is still to come, and its record says it was held"));
}

static bool is_published(struct build *b, const struct record *r)
{
	const struct meeting *m = r->meeting;
	if (!m || b->site->bodies[r->body].hidden || !date_is(m->front.date.date))
		return false;
	check_ahead(b, &m->front);
	struct showing showing = {
		.draft = m->front.status == STATUS_NONE || m->front.status == STATUS_DRAFT,
		.publish_on = m->front.publish_on.date,
		.expire_on = m->front.expire_on.date,
		.path = m->path,
	};
	return build_shows(b, &showing);
}

/* How much a record keeps to itself as a whole. */
static int withholding(const struct record_front *f)
{
	return f->closed_given ? 2 : f->anonymous != ANONYMOUS_NOT;
}

/* A version stays inside with its original, the one whose file names no language, whether that is a draft, embargoed
 * or unreadable. Two that do not agree on what is withheld are a leak in the making: the open one is kept back. */
static bool goes_with_versions(struct build *b, uint32_t record, const bool *published)
{
	const struct record *r = &b->records[record];
	bool shown = true;
	for (uint32_t i = b->record_versions[record].first; i != NONE; i = b->record_versions[i].next) {
		const struct record *other = &b->records[i];
		if (str_empty(other->file->language) && !published[i])
			shown = false;
		if (!other->meeting || withholding(&r->meeting->front) >= withholding(&other->meeting->front))
			continue;
		return diag_add(b->diags, CLOSED_LEAK, r->meeting->front.loc,
			diag_text(b->diags, _("write the same 「closed」 or 「anonymous」 here")),
			_("「%.*s」 withholds this record, and this version of it does not"),
			STR_ARG(other->file->path));
	}
	return shown;
}

static int by_date(const void *left, const void *right, void *records)
{
	const struct meeting *a = ((const struct record *)records)[*(const uint32_t *)left].meeting;
	const struct meeting *b = ((const struct record *)records)[*(const uint32_t *)right].meeting;
	int order = date_compare(a->front.date.date, b->front.date.date);
	if (order == 0)
		order = (a->front.number > b->front.number) - (a->front.number < b->front.number);
	return order ? order : str_cmp(a->path, b->path);
}

static struct str provenance(struct build *b, const struct record_front *f)
{
	struct date now = b->site->now, last = { 0 };
	if (date_is(f->updated.date))
		return date_iso(&b->site->arena, f->updated.date);
	const struct date given[] = { f->date.date, f->confirmed_on.date, f->publish_on.date };
	size_t count = sizeof given / sizeof *given;
	for (size_t i = 0; i < count + f->corrections.count; i++) {
		struct date day = i < count ? given[i] : f->corrections.items[i - count].date.date;
		if (date_compare(day, now) <= 0 && date_compare(day, last) > 0)
			last = day;
	}
	return date_is(last) ? date_iso(&b->site->arena, last) : STR("");
}

static void settle_place(struct build *b, uint32_t index)
{
	struct site *s = b->site;
	const struct record *r = &b->records[b->meeting_records[index]];
	b->record_versions[b->meeting_records[index]].shown = index;
	s->meetings[index] = r->meeting;
	s->places[index] = (struct place){
		.body = r->body,
		.previous = NONE,
		.next = NONE,
		.confirmed_at = NONE,
		.fiscal_year = date_fiscal_year(r->meeting->front.date.date, (int)s->settings.year_starts),
		.url = STR(""),
		.provenance = provenance(b, &r->meeting->front),
	};
}

/* The meetings that are published, in order. */
static void settle_order(struct build *b)
{
	struct site *s = b->site;
	bool *published = ARENA_ARRAY(&b->scratch, bool, b->record_count);
	b->meeting_records = ARENA_ARRAY(&b->scratch, uint32_t, b->record_count);
	for (uint32_t i = 0; i < b->record_count; i++)
		published[i] = is_published(b, &b->records[i]);
	for (uint32_t i = 0; i < b->record_count; i++)
		if (published[i] && goes_with_versions(b, i, published))
			b->meeting_records[s->meeting_count++] = i;
	qsort_r(b->meeting_records, s->meeting_count, sizeof(uint32_t), by_date, b->records);
	s->undated = ARENA_ARRAY(&s->arena, struct meeting *, b->record_count);
	for (uint32_t i = 0; i < b->record_count; i++)
		if (b->records[i].meeting && !date_is(b->records[i].meeting->front.date.date))
			s->undated[s->undated_count++] = b->records[i].meeting;
	s->meetings = ARENA_ARRAY(&s->arena, struct meeting *, s->meeting_count);
	s->places = ARENA_ARRAY(&s->arena, struct place, s->meeting_count);
	for (uint32_t i = 0; i < s->meeting_count; i++)
		settle_place(b, i);
}

static void settle_versions(struct build *b, uint32_t meeting)
{
	struct place *p = &b->site->places[meeting];
	uint32_t at = b->meeting_records[meeting];
	const struct version *all = b->record_versions;
	p->versions = build_other_versions(all, at, &b->site->arena, &p->version_count);
	for (uint32_t i = all[at].first; i != at; i = all[i].next)
		if (all[i].shown != NONE && str_eq(all[i].language, all[at].language))
			diag_add(b->diags, ADDRESS_COLLISION, loc_file(b->records[at].file->path),
				diag_text(b->diags, _("leave one of them out")),
				_("「%.*s」 is this record in the same language, 「%.*s」"),
				STR_ARG(b->records[i].file->path), STR_ARG(all[at].language));
}

/* Previous and next in the same body and language. */
static void settle_neighbours(struct build *b)
{
	struct site *s = b->site;
	struct map last = { 0 };
	for (uint32_t i = 0; i < s->meeting_count; i++) {
		struct str language = s->meetings[i]->language;
		struct str key = arena_format(&b->scratch, "%u/%.*s", s->places[i].body, STR_ARG(language));
		size_t before;
		if (map_get(&last, key, &before)) {
			s->places[i].previous = (uint32_t)before;
			s->places[before].next = i;
		}
		map_put(&last, key, i);
	}
	map_release(&last);
}

static bool is_shown(const struct build *b, const struct edition *e, uint32_t meeting)
{
	const struct version *v = &b->record_versions[b->meeting_records[meeting]];
	return build_version(b->record_versions, v->first, e->language) == meeting;
}

static void settle_edition(struct build *b, uint32_t e)
{
	struct site *s = b->site;
	struct edition *edition = &s->editions[e];
	for (uint32_t i = 0; i < s->meeting_count; i++) {
		bool shown = is_shown(b, edition, i);
		edition->meeting_count += shown;
		s->bodies[s->places[i].body].in_edition[e]->meeting_count += shown;
	}
	edition->meetings = ARENA_ARRAY(&s->arena, uint32_t, edition->meeting_count);
	for (size_t i = 0; i < s->body_count; i++) {
		struct body *body = s->bodies[i].in_edition[e];
		body->meetings = ARENA_ARRAY(&s->arena, uint32_t, body->meeting_count);
		body->meeting_count = 0;
	}
	size_t left = edition->meeting_count;
	for (uint32_t i = 0; i < s->meeting_count; i++) {
		struct body *body = s->bodies[s->places[i].body].in_edition[e];
		if (!is_shown(b, edition, i))
			continue;
		body->meetings[body->meeting_count++] = i;
		edition->meetings[--left] = i;
	}
}

void build_places(struct build *b)
{
	struct site *s = b->site;
	b->record_versions = ARENA_ARRAY(&b->scratch, struct version, b->record_count);
	for (size_t i = 0; i < b->record_count; i++)
		b->record_versions[i] = build_version_at(b, b->records[i].file, b->records[i].language);
	build_tie_versions(b, b->record_versions, b->record_count);
	settle_order(b);
	for (uint32_t i = 0; i < s->meeting_count; i++)
		settle_versions(b, i);
	settle_neighbours(b);
	for (uint32_t e = 0; e < s->edition_count; e++)
		settle_edition(b, e);
}
