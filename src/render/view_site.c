/* The site as a whole, in the edition of the page that is being written; plain pages. */
#include "render/view_nouns.h"

#include <stdlib.h>

void view_push_date(struct engine *e, struct date d)
{
	view_push_str(e, date_is(d) ? date_iso(&e->scratch, d) : STR_NONE);
}

void view_push_words(struct engine *e, const struct words *w)
{
	view_push_str(e, w ? words_in(w, e->page->language) : STR_NONE);
}

void view_push_lang(struct engine *e, struct str language)
{
	view_push_str(e, str_eq(language, e->page->language) ? STR_NONE : language);
}

/* --- plain pages --- */

static void plain_lang(struct engine *e, const struct view *v)
{
	view_push_lang(e, ((const struct plain *)v->object)->language);
}

static void plain_html(struct engine *e, const struct view *v)
{
	const struct plain *p = v->object;
	struct html_value html = { .kind = HTML_PAGE,
		                       .with = { .doc = &p->doc, .targets = p->targets, .home = true },
		                       .end = (uint32_t)p->doc.block_count };
	if (p->doc.block_count)
		html_push(e, &html);
	else
		lua_pushnil(e->L);
}

/* A page of words: /about/, or those of the home page. */
static const struct view_field plain_fields[] = {
	VIEW_STR(plain, title),
	VIEW_STR(plain, language),
	VIEW_STR(plain, url),
	VIEW_NAMED("description", VIEW_KIND_WORDS, plain, front.description),
	VIEW_NAMED("updated", VIEW_KIND_DATED, plain, front.updated),
	VIEW_NAMED("params", VIEW_KIND_PARAMS, plain, front.params),
	VIEW_GET("lang", plain_lang), /* when not the page's */
	VIEW_GET("html", plain_html), /* nil when it is empty */
	VIEW_END
};
static const struct view_type plain_view = { "plain page", plain_fields };

void view_push_plain(struct engine *e, uint32_t plain)
{
	if (plain == NONE)
		lua_pushnil(e->L);
	else
		view_push(e, &plain_view, NULL, &e->site->plains[plain]);
}

static void push_plain_at(struct engine *e, const struct view_list *list, size_t i)
{
	view_push_plain(e, ((const uint32_t *)list->items)[i]);
}

/* --- the site --- */

static void site_home(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_plain(e, e->edition->home);
}

/* Those a reader looks for from anywhere: at the top, and the first of each folder at the top. */
static void site_pages(struct engine *e, const struct view *v)
{
	(void)v;
	struct buf found = { 0 };
	for (size_t i = 0; i < e->edition->plain_count; i++) {
		const struct plain *p = &e->site->plains[e->edition->plains[i]];
		bool deeper = str_find_byte(p->folder, '/', 0) != SIZE_MAX;
		if (p->folder.n == 0 || (p->is_index && !deeper))
			*VEC_ADD(&found, uint32_t) = e->edition->plains[i];
	}
	size_t count = VEC_COUNT(&found, uint32_t);
	view_push_list(e, (struct view_list){ count, push_plain_at, NULL, buf_settle(&found, &e->scratch), 0 });
}

static void site_language(struct engine *e, const struct view *v)
{
	(void)v;
	engine_push(e->L, e->edition->language);
}

static void site_drafts(struct engine *e, const struct view *v)
{
	(void)v;
	lua_pushboolean(e->L, e->site->drafts);
}

static void site_now(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_date(e, e->site->now);
}

static bool looks_like_mail(struct str s)
{
	size_t at = str_find_byte(s, '@', 0);
	return at != SIZE_MAX && at > 0 && str_find_byte(s, '.', at) != SIZE_MAX && str_find_byte(s, ' ', 0) == SIZE_MAX;
}

/* Where `contact` leads, when it is an address and not words. */
static void site_contact_url(struct engine *e, const struct view *v)
{
	struct str contact = ((const struct settings *)v->object)->contact;
	bool address = str_starts(contact, STR("https://")) || str_starts(contact, STR("http://")) ||
	               str_starts(contact, STR("mailto:")) || str_starts(contact, STR("tel:"));
	bool ascii = true;
	for (size_t i = 0; i < contact.n; i++)
		ascii = ascii && (unsigned char)contact.p[i] < 0x80;
	if (address)
		engine_push(e->L, contact);
	else if (ascii && looks_like_mail(contact))
		engine_push(e->L, arena_format(&e->scratch, "mailto:%.*s", STR_ARG(contact)));
	else
		lua_pushnil(e->L);
}

static const struct view_field license_fields[] = { VIEW_NAMED("name", VIEW_KIND_WORDS, license, name), VIEW_STR(license, url), VIEW_END };
static const struct view_type license_view = { "license", license_fields };

static void site_license(struct engine *e, const struct view *v)
{
	const struct license *l = &((const struct settings *)v->object)->license;
	if (words_are(&l->name) || l->url.n)
		view_push(e, &license_view, NULL, l);
	else
		lua_pushnil(e->L);
}

static void site_bodies(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_bodies_in(e, NONE);
}

static void site_meetings(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_meetings(e, e->edition->meetings, e->edition->meeting_count);
}

static bool is_ahead(const struct engine *e, uint32_t meeting)
{
	const struct record_front *f = &e->site->meetings[meeting]->front;
	return f->status == STATUS_SCHEDULED && date_compare(f->date.date, e->site->now) >= 0;
}

/* Meetings are newest first, so those ahead are found before the first day that is past. */
static void site_upcoming(struct engine *e, const struct view *v)
{
	(void)v;
	const struct edition *ed = e->edition;
	struct buf ahead = { 0 };
	for (size_t i = 0; i < ed->meeting_count; i++) {
		if (date_compare(e->site->meetings[ed->meetings[i]]->front.date.date, e->site->now) < 0)
			break;
		if (is_ahead(e, ed->meetings[i]))
			*VEC_ADD(&ahead, uint32_t) = ed->meetings[i];
	}
	size_t count = VEC_COUNT(&ahead, uint32_t);
	view_push_meetings_back(e, buf_settle(&ahead, &e->scratch), count);
}

enum { LATEST = 8 };

static void site_latest(struct engine *e, const struct view *v)
{
	(void)v;
	const struct edition *ed = e->edition;
	uint32_t *latest = ARENA_ARRAY(&e->scratch, uint32_t, LATEST);
	size_t count = 0;
	for (size_t i = 0; i < ed->meeting_count && count < LATEST; i++)
		if (!is_ahead(e, ed->meetings[i]))
			latest[count++] = ed->meetings[i];
	view_push_meetings(e, latest, count);
}

static void site_decisions(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_decisions(e, &e->edition->decisions, 0, LATEST);
}

/* --- topics that are talked about --- */

struct recent {
	uint32_t topic;
	struct date last;
	size_t count;
};

static int by_last(const void *left, const void *right)
{
	const struct recent *a = left, *b = right;
	int order = date_compare(b->last, a->last);
	if (order == 0)
		order = (b->count > a->count) - (b->count < a->count);
	return order ? order : (a->topic > b->topic) - (a->topic < b->topic);
}

enum { RECENT = 12 };

/* By the day they were last spoken of, then by how often. */
static void site_recent_topics(struct engine *e, const struct view *v)
{
	(void)v;
	size_t count = 0, all = e->edition->topics_order_count;
	struct recent *recent = ARENA_ARRAY(&e->scratch, struct recent, all);
	for (size_t i = 0; i < all; i++) {
		uint32_t topic = e->edition->topics_order[i];
		const struct appearances *a = &e->edition->topics[topic];
		if (a->remarks.count)
			recent[count++] = (struct recent){ topic, a->last, a->remarks.count };
	}
	if (count > 1)
		qsort(recent, count, sizeof *recent, by_last);
	count = count > RECENT ? RECENT : count;
	uint32_t *topics = ARENA_ARRAY(&e->scratch, uint32_t, count);
	for (size_t i = 0; i < count; i++)
		topics[i] = recent[i].topic;
	view_push_topics(e, topics, count);
}

static void site_meeting_count(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_count(e, e->edition->meeting_count);
}

static void site_speaker_count(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_count(e, e->edition->people_order_count);
}

static void site_topic_count(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_count(e, e->edition->topics_order_count);
}

static void site_decision_count(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_count(e, e->edition->decisions.count);
}

/* The site, in the edition of this page. */
static const struct view_field site_fields[] = {
	VIEW_NAMED("title", VIEW_KIND_WORDS, settings, title),
	VIEW_NAMED("description", VIEW_KIND_WORDS, settings, description),
	VIEW_NAMED("publisher", VIEW_KIND_WORDS, settings, publisher),
	VIEW_STR(settings, base_url),
	VIEW_STR(settings, contact),
	VIEW_GET("contact_url", site_contact_url),       /* nil when contact is words */
	VIEW_NAMED("params", VIEW_KIND_PARAMS, settings, params),
	VIEW_GET("license", site_license),               /* name, url; or nil */
	VIEW_GET("language", site_language),
	VIEW_GET("drafts", site_drafts),                 /* -D: every page is marked */
	VIEW_GET("now", site_now),                       /* the day of this build */
	VIEW_GET("home", site_home),                     /* the home page's words: plain page, or nil */
	VIEW_GET("pages", site_pages),                   /* plain pages at the top */
	VIEW_GET("bodies", site_bodies),                 /* at the top */
	VIEW_GET("meetings", site_meetings),             /* all, newest first */
	VIEW_GET("upcoming", site_upcoming),             /* scheduled, soonest first */
	VIEW_GET("latest", site_latest),                 /* the newest others */
	VIEW_GET("decisions", site_decisions),           /* the newest, by meeting */
	VIEW_GET("speakers", view_get_index_of_people),  /* by heading: heading, people, count */
	VIEW_GET("topics", view_get_index_of_topics),    /* in order */
	VIEW_GET("recent_topics", site_recent_topics),
	VIEW_GET("meeting_count", site_meeting_count),
	VIEW_GET("speaker_count", site_speaker_count),
	VIEW_GET("topic_count", site_topic_count),
	VIEW_GET("decision_count", site_decision_count),
	VIEW_END
};
static const struct view_type site_view = { "site", site_fields };

void views_push_site(struct engine *e)
{
	view_push(e, &site_view, NULL, &e->site->settings);
}
