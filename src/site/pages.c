#include "site/build.h"

#include <stdlib.h>

struct pages {
	struct build *build;
	struct buf list; /* of struct page */
	uint32_t edition;
};

/* A page at `path` below its edition's prefix: "" or "speakers/oka/". */
static struct page *add_page(struct pages *p, enum page_kind kind, struct str prefix, struct str path)
{
	struct site *s = p->build->site;
	struct page *page = VEC_ADD(&p->list, struct page);
	*page = (struct page){
		.kind = kind,
		.url = site_url(s, prefix, path, &s->arena),
		.output = arena_format(&s->arena, "%.*s%.*sindex.html", STR_ARG(prefix), STR_ARG(path)),
		.language = s->editions[p->edition].language,
		.edition = p->edition,
		.subject = NONE,
		.layout = STR(""),
		.updated = STR(""),
		.source = loc_file(STR("site.yml")),
	};
	return page;
}

static struct str latest_of(const struct site *s, const uint32_t *meetings, size_t count)
{
	struct str last = STR("");
	for (size_t i = 0; i < count; i++)
		last = later(last, s->places[meetings[i]].provenance);
	return last;
}

/* The fiscal years of remarks or decisions, newest first. */
struct years {
	int *items;
	size_t count;
};

static void add_year(struct buf *years, int year)
{
	size_t count = VEC_COUNT(years, int);
	if (count == 0 || VEC_AT(years, int)[count - 1] != year)
		*VEC_ADD(years, int) = year;
}

static struct years settle_years(struct buf *years, bool rising, struct arena *a)
{
	struct years y = { .count = VEC_COUNT(years, int) };
	y.items = buf_settle(years, a);
	for (size_t i = 0; rising && i < y.count / 2; i++) {
		int swapped = y.items[i];
		y.items[i] = y.items[y.count - 1 - i];
		y.items[y.count - 1 - i] = swapped;
	}
	return y;
}

static struct years remark_years(struct site *s, const struct remarks *r)
{
	struct buf years = { 0 };
	for (size_t i = 0; i < r->count; i++)
		add_year(&years, s->places[r->items[i].meeting].fiscal_year);
	return settle_years(&years, true, &s->arena);
}

static struct years decision_years(struct site *s, const struct decideds *d)
{
	struct buf years = { 0 };
	for (size_t i = 0; i < d->count; i++)
		add_year(&years, s->places[d->items[i].meeting].fiscal_year);
	return settle_years(&years, false, &s->arena);
}

/* A list's page and, where it is split, that of each year. */
static void add_list(struct pages *p, struct page page, struct str path, struct years years)
{
	struct site *s = p->build->site;
	struct str prefix = s->editions[p->edition].prefix;
	struct page *first = add_page(p, page.kind, prefix, path);
	first->subject = page.subject;
	first->updated = page.updated;
	first->source = page.source;
	first->years = years.items;
	first->year_count = years.count;
	struct page whole = *first;
	for (size_t i = 0; i < years.count; i++) {
		struct str part = arena_format(&p->build->scratch, "%.*s%d/", STR_ARG(path), years.items[i]);
		struct page *year = add_page(p, page.kind, prefix, part);
		struct str url = year->url, output = year->output;
		*year = whole;
		year->url = url;
		year->output = output;
		year->year = years.items[i];
	}
}

static void add_appearances(struct pages *p, enum page_kind kind, struct str path, uint32_t subject,
	const struct appearances *a, struct loc source)
{
	struct site *s = p->build->site;
	struct years years = { 0 };
	if (site_split(&a->remarks))
		years = remark_years(s, &a->remarks);
	struct page page = { .kind = kind,
		.subject = subject,
		.updated = latest_of(s, a->meetings, a->meeting_count),
		.source = source };
	add_list(p, page, path, years);
}

static void add_people_and_topics(struct pages *p, const struct edition *e)
{
	struct site *s = p->build->site;
	for (uint32_t i = 0; i < s->person_count; i++) {
		if (!s->people[i].has_page)
			continue;
		struct str path = arena_format(&p->build->scratch, "speakers/%.*s/", STR_ARG(s->people[i].id));
		add_appearances(p, PAGE_SPEAKER, path, i, &e->people[i], s->people[i].loc);
	}
	for (uint32_t i = 0; i < s->topic_count; i++) {
		struct str path = arena_format(&p->build->scratch, "topics/%.*s/", STR_ARG(s->topics[i].id));
		uint32_t registered = s->topics[i].registered;
		struct loc source = loc_file(STR("content/topics.yml"));
		if (registered != NONE)
			source = s->registers.topics[registered].loc;
		else if (e->topics[i].meeting_count > 0)
			source = loc_file(s->meetings[e->topics[i].meetings[0]]->path);
		add_appearances(p, PAGE_TOPIC, path, i, &e->topics[i], source);
	}
}

static void add_decisions(struct pages *p, const struct edition *e)
{
	struct site *s = p->build->site;
	struct years years = { 0 };
	struct page page = {
		.kind = PAGE_DECISIONS, .subject = NONE, .updated = STR(""), .source = loc_file(STR("site.yml"))
	};
	for (size_t i = 0; i < e->decisions.count; i++)
		page.updated = later(page.updated, s->places[e->decisions.items[i].meeting].provenance);
	if (e->decisions.count > REMARKS_A_PAGE)
		years = decision_years(s, &e->decisions);
	add_list(p, page, STR("decisions/"), years);
}

static void add_bodies(struct pages *p)
{
	struct site *s = p->build->site;
	for (uint32_t i = 0; i < s->body_count; i++) {
		const struct body *body = site_body(s, p->edition, i);
		if (body->hidden || body->is_pages)
			continue;
		struct str path = arena_format(&p->build->scratch, "%.*s/", STR_ARG(body->folder));
		struct page *page = add_page(p, PAGE_BODY, s->editions[p->edition].prefix, path);
		page->subject = i;
		page->layout = body->front.layout;
		page->source = loc_file(str_empty(body->path) ? body->folder : body->path);
		page->updated = date_is(body->front.updated.date) ? date_iso(&s->arena, body->front.updated.date)
								  : latest_of(s, body->meetings, body->meeting_count);
	}
}

/* From front matter alone: the clock only hides what is not yet due. */
static struct str plain_updated(struct pages *p, const struct page_front *f)
{
	struct site *s = p->build->site;
	if (date_is(f->updated.date))
		return date_iso(&s->arena, f->updated.date);
	if (date_is(f->publish_on.date) && date_compare(f->publish_on.date, s->now) <= 0)
		return date_iso(&s->arena, f->publish_on.date);
	return STR("");
}

static void add_edition(struct pages *p, uint32_t edition)
{
	struct site *s = p->build->site;
	const struct edition *e = &s->editions[edition];
	p->edition = edition;
	struct str last = latest_of(s, e->meetings, e->meeting_count);
	struct page *home = add_page(p, PAGE_HOME, e->prefix, STR(""));
	home->subject = e->home;
	home->updated = last;
	if (e->home != NONE) {
		const struct plain *words = &s->plains[e->home];
		home->layout = words->front.layout;
		home->source = loc_file(words->path);
		home->updated = later(last, plain_updated(p, &words->front));
	}
	add_page(p, PAGE_SPEAKERS, e->prefix, STR("speakers/"))->updated = last;
	add_page(p, PAGE_TOPICS, e->prefix, STR("topics/"))->updated = last;
	add_bodies(p);
	add_people_and_topics(p, e);
	add_decisions(p, e);
}

/* Of each record and plain page there is one page, whatever editions show it: under its own address, in its own language. */
static struct page *add_version(struct pages *p, enum page_kind kind, struct str url, struct str language)
{
	struct site *s = p->build->site;
	p->edition = site_edition(s, language);
	struct page *page = add_page(p, kind, STR(""), STR(""));
	page->url = url;
	page->language = language;
	return page;
}

static void add_meetings(struct pages *p)
{
	struct site *s = p->build->site;
	for (uint32_t i = 0; i < s->meeting_count; i++) {
		const struct record *r = &p->build->records[p->build->meeting_records[i]];
		struct page *page = add_version(p, PAGE_MEETING, s->places[i].url, s->meetings[i]->language);
		page->output = arena_format(&s->arena, "%.*s%.*s/%.*s/index.html", STR_ARG(r->prefix),
			STR_ARG(r->file.folder), STR_ARG(r->file.name));
		page->subject = i;
		page->layout = s->meetings[i]->front.layout;
		page->updated = s->places[i].provenance;
		page->source = loc_file(r->file.path);
	}
}

static void add_plains(struct pages *p)
{
	struct site *s = p->build->site;
	for (uint32_t i = 0; i < s->plain_count; i++) {
		const struct plain *plain = &s->plains[i];
		if (plain->hidden || (str_empty(plain->folder) && str_empty(plain->name)))
			continue;
		struct page *page = add_version(p, PAGE_PLAIN, plain->url, plain->language);
		struct str folder = plain->folder, name = plain->is_index ? STR("") : plain->name;
		page->output = arena_format(&s->arena, "%.*s%.*s%s%.*s%sindex.html",
			STR_ARG(s->editions[page->edition].prefix), STR_ARG(folder), folder.n ? "/" : "", STR_ARG(name),
			name.n ? "/" : "");
		page->subject = i;
		page->layout = plain->front.layout;
		page->updated = plain_updated(p, &plain->front);
		page->source = loc_file(plain->path);
	}
}

static int by_output(const void *left, const void *right)
{
	const struct page *a = left, *b = right;
	int order = str_cmp(a->output, b->output);
	if (order == 0)
		order = str_cmp(a->source.path, b->source.path);
	return order ? order : (int)a->kind - (int)b->kind;
}

void build_pages(struct build *b)
{
	struct site *s = b->site;
	struct pages p = { .build = b };
	for (uint32_t i = 0; i < s->edition_count; i++)
		add_edition(&p, i);
	add_meetings(&p);
	add_plains(&p);
	p.edition = 0;
	struct page *missing = add_page(&p, PAGE_NOT_FOUND, STR(""), STR(""));
	missing->output = STR("404.html");
	missing->url = site_url(s, STR(""), STR("404.html"), &s->arena);
	s->page_count = VEC_COUNT(&p.list, struct page);
	s->pages = buf_settle(&p.list, &s->arena);
	qsort(s->pages, s->page_count, sizeof *s->pages, by_output);
	for (uint32_t i = 0; i < s->page_count; i++) {
		map_add(&b->outputs, build_fold_output(&b->scratch, s->pages[i].output), i);
		if (s->pages[i].kind == PAGE_MEETING)
			s->places[s->pages[i].subject].page = i;
	}
}
