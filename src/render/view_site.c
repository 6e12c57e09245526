/* The site as a whole, in the edition of the page that is being written; plain pages; bodies. */
#include "render/view_nouns.h"

#include <stdlib.h>

/* As a page's content; nil when it is empty. */
static void push_document(struct engine *e, const struct md_doc *doc, const struct md_target *targets)
{
	struct html_value html = { .kind = HTML_PAGE,
		.with = { .doc = doc, .targets = targets, .home = true },
		.end = (uint32_t)doc->block_count };
	if (doc->block_count)
		html_push(e, &html);
	else
		lua_pushnil(e->L);
}

/* --- plain pages --- */

static void plain_html(struct engine *e, const struct view *v)
{
	const struct plain *p = v->object;
	push_document(e, &p->doc, p->targets);
}

/* A page of words: /about/, or those of the home page. */
static const struct view_field plain_view_fields[] = {
	VIEW(STR, "title", plain, title),
	VIEW(STR, "url", plain, url),
	VIEW(STR, "language", plain, language),
	VIEW(LANG, "lang", plain, language),
	VIEW(WORDS, "description", plain, front.description),
	VIEW(DATE, "updated", plain, front.updated.date),
	VIEW(PARAMS, "params", plain, front.params),
	VIEW_GET("html", plain_html),
	VIEW_END,
};
static const struct view_type plain_view = VIEW_TYPE("plain page", plain_view_fields, plain);

void view_push_plain(struct engine *e, const void *owner, uint32_t plain)
{
	view_push(e, &plain_view, owner, plain == NONE ? NULL : &e->site->plains[plain]);
}

/* --- bodies --- */

/* A title may be given in the page's language by an index that is not. */
struct str view_body_lang(const struct engine *e, const struct body *b)
{
	const struct yaml_node *titles = b->front.title.by_language;
	bool given = str_eq(b->text_language, e->page->language) || (titles && yaml_get(titles, e->page->language));
	return given ? STR_NONE : b->text_language;
}

static void body_lang(struct engine *e, const struct view *v)
{
	view_push_str(e, view_body_lang(e, v->object));
}

static void body_url(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	struct str path = arena_format(&e->scratch, "%.*s/", STR_ARG(b->folder));
	engine_push(e->L, site_url(e->site, e->edition->prefix, path, &e->scratch));
}

static void body_introduction(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	push_document(e, &b->doc, b->targets);
}

static void push_bodies_in(struct engine *e, uint32_t parent)
{
	struct buf found = { 0 };
	for (uint32_t i = 0; i < e->site->body_count; i++) {
		const struct body *b = &e->site->bodies[i];
		if (b->parent == parent && !b->hidden && !b->is_pages)
			*VEC_ADD(&found, uint32_t) = i;
	}
	view_push_indexes(e, view_push_body, NULL, &found);
}

static void body_bodies(struct engine *e, const struct view *v)
{
	const struct body *b = v->owner;
	push_bodies_in(e, (uint32_t)(b - e->site->bodies));
}

/* Several records of one meeting are one meeting. */
static void body_meeting_count(struct engine *e, const struct view *v)
{
	const struct body *b = v->object;
	lua_Integer count = 0;
	for (size_t i = 0; i < b->meeting_count; i++)
		count += site_stands_for_meeting(e->site, b->meetings[i]);
	lua_pushinteger(e->L, count);
}

/* A body: a committee, a council; its words are those of the page's language where it has them. */
static const struct view_field body_view_fields[] = {
	VIEW(STR, "id", body, folder),
	VIEW(STR, "title", body, title),
	VIEW(STR, "reading", body, reading),
	VIEW_GET("url", body_url),
	VIEW_GET("lang", body_lang), /* of its title */
	VIEW(WORDS, "organization", body, front.organization),
	VIEW(WORDS, "description", body, front.description),
	VIEW_GET("introduction", body_introduction),
	VIEW(LANG, "introduction_lang", body, text_language),
	VIEW(DATE, "established", body, front.established.date),
	VIEW(DATE, "dissolved", body, front.dissolved.date),
	VIEW(PARAMS, "params", body, front.params),
	VIEW(REF, "parent", body, parent, .noun = view_push_body),
	VIEW_GET("bodies", body_bodies),
	VIEW(BACK, "meetings", body, meetings, VIEW_COUNTED(body, meeting_count), .noun = view_push_meeting),
	VIEW_GET("meeting_count", body_meeting_count), /* their records may be more */
	VIEW_END,
};
static const struct view_type body_view = VIEW_TYPE("body", body_view_fields, body);

void view_push_body(struct engine *e, const void *owner, uint32_t body)
{
	(void)owner;
	bool none = body == NONE;
	view_push(e, &body_view, none ? NULL : &e->site->bodies[body],
		none ? NULL : site_body(e->site, e->page->edition, body));
}

/* --- the site --- */

const void *view_edition(const struct engine *e, const struct view *v)
{
	(void)v;
	return e->edition;
}

static const void *site_of(const struct engine *e, const struct view *v)
{
	(void)v;
	return e->site;
}

/* Where `contact` leads, when it is an address and not words. */
static void site_contact_url(struct engine *e, const struct view *v)
{
	struct str contact = *(const struct str *)v->object;
	bool address = str_starts(contact, STR("https://")) || str_starts(contact, STR("http://")) ||
		str_starts(contact, STR("mailto:")) || str_starts(contact, STR("tel:"));
	bool mail = str_find_byte(contact, '@', 0) != SIZE_MAX;
	for (size_t i = 0; i < contact.n; i++)
		mail = mail && contact.p[i] > ' ' && contact.p[i] <= '~';
	struct str mailto = mail ? arena_format(&e->scratch, "mailto:%.*s", STR_ARG(contact)) : STR_NONE;
	view_push_str(e, address ? contact : mailto);
}

/* Those a reader looks for from anywhere: at the top, and the first of each folder at the top. */
static void site_pages(struct engine *e, const struct view *v)
{
	const struct edition *ed = v->object;
	struct buf found = { 0 };
	for (size_t i = 0; i < ed->plain_count; i++) {
		const struct plain *p = &e->site->plains[ed->plains[i]];
		bool deeper = str_find_byte(p->folder, '/', 0) != SIZE_MAX;
		if (p->folder.n == 0 || (p->is_index && !deeper))
			*VEC_ADD(&found, uint32_t) = ed->plains[i];
	}
	view_push_indexes(e, view_push_plain, NULL, &found);
}

static void site_bodies(struct engine *e, const struct view *v)
{
	(void)v;
	push_bodies_in(e, NONE);
}

static bool is_ahead(const struct engine *e, uint32_t meeting)
{
	const struct record_front *f = &e->site->meetings[meeting]->front;
	return f->status == STATUS_SCHEDULED && date_compare(f->date.date, e->site->now) >= 0;
}

/* Soonest first. */
static void site_upcoming(struct engine *e, const struct view *v)
{
	const struct edition *ed = v->object;
	struct buf ahead = { 0 };
	for (size_t i = ed->meeting_count; i-- > 0;)
		if (is_ahead(e, ed->meetings[i]))
			*VEC_ADD(&ahead, uint32_t) = ed->meetings[i];
	view_push_indexes(e, view_push_meeting, NULL, &ahead);
}

/* What was to come has not been held: those who look for records look in vain. Of a day gone by, one may be written. */
static bool is_record(const struct engine *e, uint32_t meeting)
{
	int status = e->site->meetings[meeting]->front.status;
	return status != STATUS_POSTPONED && status != STATUS_CANCELLED && !is_ahead(e, meeting);
}

enum { LATEST = 8 };

static void site_latest(struct engine *e, const struct view *v)
{
	const struct edition *ed = v->object;
	struct buf latest = { 0 };
	for (size_t i = 0; i < ed->meeting_count && VEC_COUNT(&latest, uint32_t) < LATEST; i++)
		if (is_record(e, ed->meetings[i]))
			*VEC_ADD(&latest, uint32_t) = ed->meetings[i];
	view_push_indexes(e, view_push_meeting, NULL, &latest);
}

static int by_last(const void *left, const void *right, void *topics)
{
	const uint32_t *i = left, *k = right;
	const struct appearances *a = (const struct appearances *)topics + *i,
				 *b = (const struct appearances *)topics + *k;
	int order = date_compare(b->last, a->last);
	if (order == 0)
		order = (b->remarks.count > a->remarks.count) - (b->remarks.count < a->remarks.count);
	return order ? order : (*i > *k) - (*i < *k);
}

enum { RECENT = 12 };

/* By the day they were last spoken of, then by how often. */
static void site_recent_topics(struct engine *e, const struct view *v)
{
	const struct edition *ed = v->object;
	struct buf topics = { 0 };
	for (size_t i = 0; i < ed->topics_order_count; i++)
		if (ed->topics[ed->topics_order[i]].remarks.count)
			*VEC_ADD(&topics, uint32_t) = ed->topics_order[i];
	size_t count = VEC_COUNT(&topics, uint32_t);
	if (count)
		qsort_r(topics.p, count, sizeof(uint32_t), by_last, ed->topics);
	if (count > RECENT)
		topics.n = RECENT * sizeof(uint32_t);
	view_push_indexes(e, view_push_topic, NULL, &topics);
}

#define OF_EDITION .base = view_edition

/* The site, in the edition of this page. */
static const struct view_field site_view_fields[] = {
	VIEW(WORDS, "title", settings, title),
	VIEW(WORDS, "description", settings, description),
	VIEW(WORDS, "publisher", settings, publisher),
	VIEW(STR, "base_url", settings, base_url),
	VIEW(STR, "contact", settings, contact),
	VIEW(CALL, "contact_url", settings, contact, .get = site_contact_url), /* nil when contact is words */
	VIEW(WORDS, "license_name", settings, license.name),
	VIEW(STR, "license_url", settings, license.url),
	VIEW(PARAMS, "params", settings, params),
	VIEW(BOOL, "drafts", site, drafts, .base = site_of), /* -D: every page is marked */
	VIEW(DATE, "now", site, now, .base = site_of),       /* the day of this build */
	VIEW(STR, "language", edition, language, OF_EDITION),
	VIEW(REF, "home", edition, home, OF_EDITION, .noun = view_push_plain), /* the home page's words */
	VIEW_GET("pages", site_pages, OF_EDITION),
	VIEW_GET("bodies", site_bodies), /* at the top */
	VIEW(REFS, "meetings", edition, meetings, VIEW_COUNTED(edition, meeting_count), OF_EDITION,
		.noun = view_push_meeting), /* newest first */
	VIEW_GET("upcoming", site_upcoming, OF_EDITION),
	VIEW_GET("latest", site_latest, OF_EDITION),
	VIEW(CALL, "decisions", edition, decisions, OF_EDITION, .get = view_get_latest_decisions),
	VIEW(COUNT, "decision_count", edition, decisions.count, OF_EDITION),
	VIEW(REFS, "speakers", edition, people_order, VIEW_COUNTED(edition, people_order_count), OF_EDITION,
		.noun = view_push_person),
	VIEW(REFS, "topics", edition, topics_order, VIEW_COUNTED(edition, topics_order_count), OF_EDITION,
		.noun = view_push_topic),
	VIEW_GET("recent_topics", site_recent_topics, OF_EDITION),
	VIEW_END,
};
static const struct view_type site_view = VIEW_TYPE("site", site_view_fields, settings);

void views_push_site(struct engine *e)
{
	view_push(e, &site_view, NULL, &e->site->settings);
}
