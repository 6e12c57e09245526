#include "exchange/feed.h"

#include "exchange/labels.h"
#include "xml/xml.h"

#include <stdlib.h>

struct entry {
	uint32_t meeting;
	uint32_t correction; /* index, or NONE: the meeting itself */
	uint32_t remark;     /* of a speaker or topic: the first statement, and how many */
	size_t remarks;
	struct str updated; /* ISO date */
};

struct feed {
	const struct site *site;
	const struct theme *theme;
	const struct page *page;
	struct arena *arena;
	struct zone *zone;
	struct xml_writer *xml;
	struct buf entries;
};

/* --- what is in it --- */

static struct entry *add_entry(struct feed *f, uint32_t meeting, uint32_t correction)
{
	struct entry *e = VEC_ADD(&f->entries, struct entry);
	const struct record_front *front = &f->site->meetings[meeting]->front;
	*e = (struct entry){ .meeting = meeting, .correction = correction, .remark = NONE };
	if (correction != NONE && date_is(front->corrections.items[correction].date.date))
		e->updated = date_iso(f->arena, front->corrections.items[correction].date.date);
	else
		e->updated = site_updated(f->site, meeting, f->arena);
	return e;
}

static void add_meetings(struct feed *f, const uint32_t *meetings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		add_entry(f, meetings[i], NONE);
		for (uint32_t c = 0; c < f->site->meetings[meetings[i]]->front.corrections.count; c++)
			add_entry(f, meetings[i], c);
	}
}

static void add_corrections_of(struct feed *f, struct remark r)
{
	const struct meeting *m = f->site->meetings[r.meeting];
	for (uint32_t c = 0; c < m->front.corrections.count; c++)
		if (str_eq(m->front.corrections.items[c].at, m->statements[r.statement].anchor))
			add_entry(f, r.meeting, c);
}

/* A meeting with the remarks in it, which come in order of meetings; and corrections of these remarks. */
static void add_remarks(struct feed *f, const struct remarks *remarks)
{
	size_t last = SIZE_MAX;
	for (size_t i = 0; i < remarks->count; i++) {
		struct remark r = remarks->items[i];
		if (last == SIZE_MAX || VEC_AT(&f->entries, struct entry)[last].meeting != r.meeting) {
			last = VEC_COUNT(&f->entries, struct entry);
			add_entry(f, r.meeting, NONE)->remark = r.statement;
		}
		VEC_AT(&f->entries, struct entry)[last].remarks++;
		add_corrections_of(f, r);
	}
}

static int newest_first(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = str_cmp(b->updated, a->updated);
	if (order == 0)
		order = (b->meeting > a->meeting) - (b->meeting < a->meeting);
	return order ? order : (a->correction < b->correction) - (a->correction > b->correction);
}

static size_t gather(struct feed *f)
{
	const struct page *p = f->page;
	const struct edition *e = &f->site->editions[p->edition];
	size_t most = FEED_MOST;
	if (p->kind == PAGE_HOME) {
		add_meetings(f, e->meetings, e->meeting_count);
	} else if (p->kind == PAGE_BODY) {
		const struct body *b = site_body(f->site, p->edition, p->subject);
		add_meetings(f, b->meetings, b->meeting_count);
	} else {
		add_remarks(f, &(p->kind == PAGE_SPEAKER ? e->people : e->topics)[p->subject].remarks);
		most = FEED_MOST_OF_ONE;
	}
	size_t count = VEC_COUNT(&f->entries, struct entry);
	if (count > 1)
		qsort(f->entries.p, count, sizeof(struct entry), newest_first);
	return count < most ? count : most;
}

/* --- how it is written --- */

/* The beginning of the day in the site's zone. */
static void put_updated(struct feed *f, struct str iso)
{
	struct date_claim day;
	int64_t seconds = date_read(iso, &day) ? zone_seconds(f->zone, day.date, 0) : 0;
	xml_element(f->xml, "updated", seconds_print(f->arena, seconds));
}

static void put_link(struct feed *f, const char *rel, const char *type, struct str language, struct str href)
{
	xml_open(f->xml, "link");
	xml_attribute(f->xml, "rel", str_c(rel));
	xml_attribute(f->xml, "type", str_c(type));
	if (language.n)
		xml_attribute(f->xml, "hreflang", language);
	xml_attribute(f->xml, "href", href);
	xml_close(f->xml);
}

static void put_text(struct feed *f, const char *name, struct str language, struct str text)
{
	xml_open(f->xml, name);
	if (language.n && !str_eq(language, f->page->language))
		xml_attribute(f->xml, "xml:lang", language);
	xml_text(f->xml, text);
	xml_close(f->xml);
}

/* When and where, and what about: of a record its own summary, else its agenda. */
static struct str describe(struct feed *f, const struct meeting *m)
{
	const struct record_front *front = &m->front;
	struct buf out = { 0 };
	buf_put(&out, date_print(f->arena, front->date.date, m->language));
	if (front->time_given)
		buf_format(&out, " %.*s", STR_ARG(time_print(f->arena, front->time.from, m->language)));
	if (front->place.n)
		buf_format(&out, " %.*s", STR_ARG(front->place));
	if (front->closed_given)
		buf_format(&out, "\n%.*s: %.*s",
			STR_ARG(label_text(f->theme, m->language, "closed", NULL, 0, f->arena)),
			STR_ARG(front->closed.reason));
	else if (front->summary.n)
		buf_format(&out, "\n%.*s", STR_ARG(front->summary));
	else
		for (size_t i = 0; i < front->agenda.count; i++)
			if (front->agenda.parts[i].level == 1)
				buf_format(&out, "\n%.*s", STR_ARG(front->agenda.parts[i].title));
	return buf_keep(&out, f->arena);
}

static void put_meeting(struct feed *f, const struct entry *e, struct str url)
{
	const struct site *s = f->site;
	const struct meeting *m = s->meetings[e->meeting];
	struct str language = f->page->language, place = STR("");
	put_text(f, "title", m->language, label_title(f->theme, m->language, m, f->arena));
	if (e->remark != NONE)
		place = arena_format(f->arena, "#%.*s", STR_ARG(m->statements[e->remark].anchor));
	put_link(f, "alternate", "text/html", m->language,
		arena_format(f->arena, "%.*s%.*s", STR_ARG(url), STR_ARG(place)));
	if (e->remark == NONE) {
		put_text(f, "summary", m->language, describe(f, m));
		return;
	}
	struct message_arg count = { .name = STR("count"), .is_number = true, .number = (double)e->remarks };
	put_text(f, "summary", language, label_text(f->theme, language, "count.remarks", &count, 1, f->arena));
}

static void put_correction(struct feed *f, const struct entry *e, struct str url)
{
	const struct meeting *m = f->site->meetings[e->meeting];
	const struct correction *c = &m->front.corrections.items[e->correction];
	struct str language = f->page->language;
	struct message_arg title = { .name = STR("title"), .text = label_title(f->theme, language, m, f->arena) };
	put_text(f, "title", language, label_text(f->theme, language, "feed.correction", &title, 1, f->arena));
	put_link(f, "alternate", "text/html", m->language, url);
	struct buf words = { 0 };
	struct str kind = arena_format(f->arena, "correction.%s", correction_word(c));
	buf_put(&words, label_text(f->theme, language, kind.p, NULL, 0, f->arena));
	/* Where nobody's words may be told apart, a correction must not repeat them. */
	bool shown = !m->front.anonymous;
	struct message_arg change[] = { { .name = STR("before"), .text = c->before },
		{ .name = STR("after"), .text = c->after } };
	if (shown && c->before.n && c->after.n)
		buf_format(
			&words, "\n%.*s", STR_ARG(label_text(f->theme, language, "feed.change", change, 2, f->arena)));
	if (shown && c->reason.n)
		buf_format(&words, "\n%.*s", STR_ARG(c->reason));
	put_text(f, "summary", language, buf_str(&words));
	buf_release(&words);
}

static void put_entry(struct feed *f, const struct entry *e)
{
	struct str url = site_absolute(f->site, f->site->places[e->meeting].url, f->arena);
	if (e->correction != NONE)
		url = arena_format(f->arena, "%.*s#c%u", STR_ARG(url), e->correction + 1);
	xml_open(f->xml, "entry");
	xml_element(f->xml, "id", url);
	if (e->correction == NONE)
		put_meeting(f, e, url);
	else
		put_correction(f, e, url);
	put_updated(f, e->updated);
	xml_close(f->xml);
}

static void put_head(struct feed *f, struct str updated)
{
	const struct settings *settings = &f->site->settings;
	struct str language = f->page->language, page = site_absolute(f->site, f->page->url, f->arena);
	struct str self = arena_format(f->arena, "%.*sfeed.xml", STR_ARG(page));
	struct str author = words_in(&settings->publisher, language);
	xml_open(f->xml, "feed");
	xml_attribute(f->xml, "xmlns", STR("http://www.w3.org/2005/Atom"));
	xml_attribute(f->xml, "xml:lang", language);
	xml_element(f->xml, "id", self);
	xml_element(f->xml, "title", label_page(f->theme, f->site, f->page, f->arena));
	put_link(f, "self", "application/atom+xml", STR(""), self);
	put_link(f, "alternate", "text/html", language, page);
	put_updated(f, updated.n ? updated : f->page->updated);
	xml_open(f->xml, "author");
	xml_element(f->xml, "name", author.n ? author : words_in(&settings->title, language));
	xml_close(f->xml);
	if (words_are(&settings->license.name) || settings->license.url.n)
		xml_element(f->xml, "rights",
			arena_format(f->arena, "%.*s %.*s", STR_ARG(words_in(&settings->license.name, language)),
				STR_ARG(settings->license.url)));
	xml_element(f->xml, "generator", STR("giji"));
}

void feed_write(
	const struct site *s, const struct theme *t, const struct page *page, struct arena *scratch, struct buf *out)
{
	struct feed f = { .site = s, .theme = t, .page = page, .arena = scratch };
	f.zone = zone_open(s->settings.timezone);
	size_t count = gather(&f);
	const struct entry *entries = VEC_AT(&f.entries, struct entry);
	f.xml = xml_writer_open(out);
	put_head(&f, count ? entries[0].updated : STR(""));
	for (size_t i = 0; i < count; i++)
		put_entry(&f, &entries[i]);
	xml_writer_close(f.xml);
	buf_release(&f.entries);
	zone_close(f.zone);
}
