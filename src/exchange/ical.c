#include "exchange/ical.h"

#include "exchange/labels.h"

struct calendar {
	const struct site *site;
	const struct theme *theme;
	const struct page *page;
	struct arena *arena;
	struct zone *zone;
	struct str host;
	struct buf *out;
	struct buf line; /* the one that is being put together, unfolded */
};

enum { LINE_OCTETS = 75 };

/* Ends the line: no part of it is longer than 75 octets, and none ends within a character. */
static void end_line(struct calendar *c)
{
	struct str rest = buf_str(&c->line);
	for (size_t most = LINE_OCTETS; rest.n > most; most = LINE_OCTETS - 1) {
		size_t n = most;
		while (n > 1 && ((unsigned char)rest.p[n] & 0xc0) == 0x80)
			n--;
		buf_put(c->out, str_n(rest.p, n));
		buf_put(c->out, STR("\r\n "));
		rest = str_from(rest, n);
	}
	buf_put(c->out, rest);
	buf_put(c->out, STR("\r\n"));
	buf_clear(&c->line);
}

static void put(struct calendar *c, const char *name, struct str value)
{
	buf_format(&c->line, "%s:%.*s", name, STR_ARG(value));
	end_line(c);
}

static void add_text(struct calendar *c, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n') {
			buf_put(&c->line, STR("\\n"));
			continue;
		}
		if (str_find_byte(STR("\\;,"), text.p[i], 0) != SIZE_MAX)
			buf_byte(&c->line, '\\');
		buf_byte(&c->line, text.p[i]);
	}
}

static void put_text(struct calendar *c, const char *name, struct str text)
{
	if (text.n == 0)
		return;
	buf_format(&c->line, "%s:", name);
	add_text(c, text);
	end_line(c);
}

/* 20131213T050000Z: the ISO form without its signs. */
static void put_moment(struct calendar *c, const char *name, int64_t seconds)
{
	struct str iso = seconds_print(c->arena, seconds);
	buf_format(&c->line, "%s:", name);
	for (size_t i = 0; i < iso.n; i++)
		if (iso.p[i] != '-' && iso.p[i] != ':')
			buf_byte(&c->line, iso.p[i]);
	end_line(c);
}

static void put_day(struct calendar *c, const char *name, struct date d)
{
	buf_format(&c->line, "%s;VALUE=DATE:%04d%02d%02d", name, d.year, d.month, d.day);
	end_line(c);
}

/* Without a time of day, whole days. */
static void put_when(struct calendar *c, const struct record_front *f)
{
	struct date last = date_is(f->end_date.date) ? f->end_date.date : f->date.date;
	if (!f->time_given) {
		put_day(c, "DTSTART", f->date.date);
		put_day(c, "DTEND", date_next(last));
		return;
	}
	int64_t begins = zone_seconds(c->zone, f->date.date, time_minutes(f->time.from));
	put_moment(c, "DTSTART", begins);
	int64_t ends = f->time.to.hour >= 0 ? zone_seconds(c->zone, last, time_minutes(f->time.to)) : 0;
	if (ends > begins)
		put_moment(c, "DTEND", ends);
}

/* What is to be talked about, and where to read on. */
static void put_description(struct calendar *c, const struct meeting *m, struct str url)
{
	buf_put(&c->line, STR("DESCRIPTION:"));
	for (size_t i = 0; i < m->front.agenda.count; i++)
		if (m->front.agenda.parts[i].level == 1) {
			add_text(c, m->front.agenda.parts[i].title);
			buf_put(&c->line, STR("\\n"));
		}
	add_text(c, url);
	end_line(c);
}

static void put_event(struct calendar *c, uint32_t meeting)
{
	const struct site *s = c->site;
	const struct meeting *m = s->meetings[meeting];
	struct str url = site_absolute(s, s->places[meeting].url, c->arena);
	struct date_claim day;
	int status = m->front.status;
	bool held = status == STATUS_CONFIRMED || status == STATUS_PROVISIONAL || status == STATUS_SCHEDULED;
	date_read(site_updated(s, meeting, c->arena), &day);
	put(c, "BEGIN", STR("VEVENT"));
	buf_format(&c->line, "UID:");
	add_text(c, arena_format(c->arena, "%.*s/%.*s@%.*s", STR_ARG(m->folder), STR_ARG(m->name), STR_ARG(c->host)));
	end_line(c);
	put_moment(c, "DTSTAMP", zone_seconds(c->zone, day.date, 0));
	put_when(c, &m->front);
	put(c, "STATUS", status == STATUS_CANCELLED ? STR("CANCELLED") : held ? STR("CONFIRMED") : STR("TENTATIVE"));
	put_text(c, "SUMMARY", held ? m->front.title : label_title(c->theme, m->language, m, c->arena));
	put_text(c, "LOCATION", m->front.place);
	put_description(c, m, url);
	put(c, "URL", url);
	put(c, "END", STR("VEVENT"));
}

/* "machi.example" of https://machi.example:8080/kaigi/ */
static struct str host_of(struct str base_url)
{
	size_t at = str_find(base_url, STR("://"), 0);
	struct str rest = at == SIZE_MAX ? base_url : str_from(base_url, at + 3);
	rest = str_cut(&rest, STR("/"));
	return str_cut(&rest, STR(":"));
}

void ical_write(
	const struct site *s, const struct theme *t, const struct page *page, struct arena *scratch, struct buf *out)
{
	struct calendar c = { s, t, page, scratch, zone_open(s->settings.timezone), host_of(s->settings.base_url), out,
		{ 0 } };
	const struct edition *e = &s->editions[page->edition];
	const struct body *b = page->kind == PAGE_BODY ? site_body(s, page->edition, page->subject) : NULL;
	size_t count = b ? b->meeting_count : e->meeting_count, from = count > ICAL_MOST ? count - ICAL_MOST : 0;
	put(&c, "BEGIN", STR("VCALENDAR"));
	put(&c, "VERSION", STR("2.0"));
	put(&c, "PRODID", STR("-//giji//giji//EN"));
	put_text(&c, "NAME", label_page(t, s, page, scratch));
	put_text(&c, "X-WR-CALNAME", label_page(t, s, page, scratch));
	put(&c, "REFRESH-INTERVAL;VALUE=DURATION", STR("P1D"));
	for (size_t i = from; i < count; i++) { /* an edition has the newest first, a body last */
		uint32_t meeting = b ? b->meetings[i] : e->meetings[count - 1 - i];
		if (site_stands_for_meeting(s, meeting))
			put_event(&c, meeting);
	}
	put(&c, "END", STR("VCALENDAR"));
	buf_release(&c.line);
	zone_close(c.zone);
}
