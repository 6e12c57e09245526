#include "site/build.h"

#include <stdlib.h>

static void settle_groups(struct build *b)
{
	struct map found = { 0 };
	b->groups = ARENA_ARRAY(&b->scratch, struct group, b->record_count);
	for (size_t i = 0; i < b->record_count; i++) {
		struct record *r = &b->records[i];
		size_t at = b->group_count;
		struct str key = arena_format(&b->scratch, "%.*s/%.*s", STR_ARG(r->file.folder), STR_ARG(r->file.name));
		if (map_add(&found, key, at))
			b->group_count++;
		else
			map_get(&found, key, &at);
		r->group = (uint32_t)at;
		b->groups[at].count++;
	}
	for (size_t g = 0; g < b->group_count; g++) {
		b->groups[g].records = ARENA_ARRAY(&b->scratch, uint32_t, b->groups[g].count);
		b->groups[g].count = 0;
	}
	for (uint32_t i = 0; i < b->record_count; i++) {
		struct group *g = &b->groups[b->records[i].group];
		g->records[g->count++] = i;
	}
	map_release(&found);
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
	if (!m || b->site->bodies[r->body].hidden)
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

static int compare_meetings(const struct meeting *a, const struct meeting *b)
{
	int order = date_compare(a->front.date.date, b->front.date.date);
	if (order == 0)
		order = (a->front.number > b->front.number) - (a->front.number < b->front.number);
	return order ? order : str_cmp(a->path, b->path);
}

struct dated_record {
	const struct meeting *meeting;
	uint32_t record;
};

static int by_date(const void *left, const void *right)
{
	const struct dated_record *a = left, *b = right;
	return compare_meetings(a->meeting, b->meeting);
}

static struct str provenance(struct build *b, const struct record_front *f)
{
	struct date now = b->site->now, last = { 0 };
	if (date_is(f->updated.date))
		return date_iso(&b->site->arena, f->updated.date);
	const struct date given[] = { f->date.date, f->confirmed_on.date, f->publish_on.date };
	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		if (date_compare(given[i], now) <= 0 && date_compare(given[i], last) > 0)
			last = given[i];
	for (size_t i = 0; i < f->corrections.count; i++) {
		struct date day = f->corrections.items[i].date.date;
		if (date_compare(day, now) <= 0 && date_compare(day, last) > 0)
			last = day;
	}
	return date_is(last) ? date_iso(&b->site->arena, last) : STR("");
}

static void settle_place(struct build *b, uint32_t index)
{
	struct site *s = b->site;
	struct record *r = &b->records[b->meeting_records[index]];
	r->index = index;
	s->meetings[index] = r->meeting;
	struct str path = arena_format(&b->scratch, "%.*s/%.*s/", STR_ARG(r->file.folder), STR_ARG(r->file.name));
	s->places[index] = (struct place){
		.body = r->body,
		.previous = NONE,
		.next = NONE,
		.fiscal_year = date_fiscal_year(r->meeting->front.date.date, (int)s->settings.year_starts),
		.url = site_url(s, r->prefix, path, &s->arena),
		.provenance = provenance(b, &r->meeting->front),
		.published = true,
		.page = NONE,
	};
}

/* The meetings that are published, in order. */
static void settle_order(struct build *b)
{
	struct site *s = b->site;
	struct dated_record *order = ARENA_ARRAY(&b->scratch, struct dated_record, b->record_count);
	size_t count = 0;
	for (uint32_t i = 0; i < b->record_count; i++)
		if (is_published(b, &b->records[i]))
			order[count++] = (struct dated_record){ b->records[i].meeting, i };
	if (count > 1)
		qsort(order, count, sizeof *order, by_date);
	s->meeting_count = count;
	s->meetings = ARENA_ARRAY(&s->arena, struct meeting *, count);
	s->places = ARENA_ARRAY(&s->arena, struct place, count);
	b->meeting_records = ARENA_ARRAY(&b->scratch, uint32_t, count);
	for (uint32_t i = 0; i < count; i++) {
		b->meeting_records[i] = order[i].record;
		settle_place(b, i);
	}
}

static void settle_versions(struct build *b, const struct group *g)
{
	struct site *s = b->site;
	for (size_t i = 0; i < g->count; i++) {
		const struct record *r = &b->records[g->records[i]];
		if (r->index == NONE)
			continue;
		struct place *p = &s->places[r->index];
		p->versions = ARENA_ARRAY(&s->arena, uint32_t, g->count - 1);
		for (size_t k = 0; k < g->count; k++) {
			const struct record *other = &b->records[g->records[k]];
			if (k == i || other->index == NONE)
				continue;
			p->versions[p->version_count++] = other->index;
			if (k < i && str_eq(other->file.language, r->file.language))
				diag_add(b->diags, ADDRESS_COLLISION, loc_file(r->file.path),
					diag_text(b->diags, _("leave one of them out")),
					_("「%.*s」 is this record in the same language, 「%.*s」"),
					STR_ARG(other->file.path), STR_ARG(r->file.language));
		}
	}
}

/* Previous and next in the same body and language. */
static void settle_neighbours(struct build *b)
{
	struct site *s = b->site;
	struct map languages = { 0 };
	for (size_t i = 0; i < s->meeting_count; i++)
		map_add(&languages, s->meetings[i]->language, languages.count);
	uint32_t *last = ARENA_ARRAY(&b->scratch, uint32_t, s->body_count * languages.count);
	for (uint32_t i = 0; i < s->meeting_count; i++) {
		size_t language;
		map_get(&languages, s->meetings[i]->language, &language);
		uint32_t *before = &last[s->places[i].body * languages.count + language];
		if (*before > 0) {
			s->places[i].previous = *before - 1;
			s->places[*before - 1].next = i;
		}
		*before = i + 1;
	}
	map_release(&languages);
}

uint32_t build_version(const struct build *b, const struct group *g, struct str language)
{
	uint32_t chosen = NONE;
	for (size_t i = 0; i < g->count; i++) {
		const struct record *r = &b->records[g->records[i]];
		if (r->index == NONE)
			continue;
		if (str_eq(r->file.language, language))
			return r->index;
		if (chosen == NONE || str_empty(r->prefix))
			chosen = r->index;
	}
	return chosen;
}

static void settle_edition(struct build *b, uint32_t e)
{
	struct site *s = b->site;
	struct edition *edition = &s->editions[e];
	bool *shown = ARENA_ARRAY(&b->scratch, bool, s->meeting_count);
	for (size_t g = 0; g < b->group_count; g++) {
		uint32_t meeting = build_version(b, &b->groups[g], edition->language);
		if (meeting == NONE)
			continue;
		shown[meeting] = true;
		edition->meeting_count++;
		s->bodies[s->places[meeting].body].in_edition[e]->meeting_count++;
	}
	edition->meetings = ARENA_ARRAY(&s->arena, uint32_t, edition->meeting_count);
	for (size_t i = 0; i < s->body_count; i++) {
		struct body *body = s->bodies[i].in_edition[e];
		body->meetings = ARENA_ARRAY(&s->arena, uint32_t, body->meeting_count);
		body->meeting_count = 0;
	}
	size_t left = edition->meeting_count;
	for (uint32_t i = 0; i < s->meeting_count; i++) {
		if (!shown[i])
			continue;
		struct body *body = s->bodies[s->places[i].body].in_edition[e];
		body->meetings[body->meeting_count++] = i;
		edition->meetings[--left] = i;
	}
}

void build_places(struct build *b)
{
	settle_groups(b);
	settle_order(b);
	for (size_t g = 0; g < b->group_count; g++)
		settle_versions(b, &b->groups[g]);
	settle_neighbours(b);
	for (uint32_t e = 0; e < b->site->edition_count; e++)
		settle_edition(b, e);
}
