/* The page that is being written: its subject, its place among the others. */
#include "render/view_nouns.h"

#include <stdlib.h>

static const void *page_of(const struct engine *e, const struct view *v)
{
	(void)v;
	return e->page;
}

/* --- what it is about --- */

/* Two of one name have pages whose titles differ. */
static struct str title_of(struct engine *e, const struct page *p)
{
	struct str title = site_page_title(e->site, p);
	struct str besides = p->kind == PAGE_SPEAKER ? e->site->people[p->subject].besides : STR_NONE;
	if (besides.n == 0)
		return title;
	bool wide = str_eq(p->language, STR("ja"));
	return arena_format(&e->scratch, wide ? "%.*s（%.*s）" : "%.*s (%.*s)", STR_ARG(title), STR_ARG(besides));
}

static void page_title(struct engine *e, const struct view *v)
{
	view_push_str(e, title_of(e, v->object));
}

static void page_noindex(struct engine *e, const struct view *v)
{
	lua_pushboolean(e->L, e->site->drafts || !site_is_indexed(e->site, v->object));
}

/* --- links to other pages --- */

struct link {
	struct str title; /* of what has a name of its own, else "" */
	struct str key; /* else what kind of page it is: home speakers topics decisions actions documents corrections */
	struct str url;
	struct str lang; /* of the title, when not the page's; of a version of this page */
	int year;
	bool main;    /* a version of this page in the site's first language */
	bool current; /* it leads to this page */
	bool inside;  /* … or to one above it */
};

static void push_absolute(struct engine *e, const struct view *v)
{
	engine_push(e->L, site_absolute(e->site, *(const struct str *)v->object, &e->scratch));
}

static void page_canonical(struct engine *e, const struct view *v)
{
	const struct page *p = v->object;
	engine_push(e->L, site_absolute(e->site, p->kind == PAGE_REDIRECT ? p->target : p->url, &e->scratch));
}

/* A link to another page. Its words are its title, its year, or a label for its key. */
static const struct view_field link_view_fields[] = {
	VIEW(STR, "title", link, title),
	VIEW(STR, "key", link, key),
	VIEW(INT, "year", link, year),
	VIEW(STR, "url", link, url),
	VIEW(CALL, "canonical", link, url, .get = push_absolute), /* with host */
	VIEW(STR, "lang", link, lang),
	VIEW(BOOL, "main", link, main), /* a version in the site's first language */
	VIEW(BOOL, "current", link, current),
	VIEW(BOOL, "inside", link, inside),
	VIEW_END,
};
static const struct view_type link_view = VIEW_TYPE("link", link_view_fields, link);

static void add_link(struct engine *e, struct buf *links, struct link link)
{
	link.current = str_eq(link.url, e->page->url);
	link.inside = !str_eq(link.key, STR("home")) && str_starts(e->page->url, link.url);
	*VEC_ADD(links, struct link) = link;
}

static void add_section(struct engine *e, struct buf *links, struct str key)
{
	struct str path = str_eq(key, STR("home")) ? STR("") : arena_format(&e->scratch, "%.*s/", STR_ARG(key));
	struct str url = site_url(e->site, e->edition->prefix, path, &e->scratch);
	add_link(e, links, (struct link){ .key = key, .url = url });
}

static void page_nav(struct engine *e, const struct view *v)
{
	struct buf links = { 0 };
	(void)v;
	add_section(e, &links, STR("home"));
	if (e->edition->people_order_count)
		add_section(e, &links, STR("speakers"));
	if (e->edition->topics_order_count)
		add_section(e, &links, STR("topics"));
	if (e->edition->decisions.count)
		add_section(e, &links, STR("decisions"));
	if (e->edition->has_actions)
		add_section(e, &links, STR("actions"));
	if (e->edition->has_documents)
		add_section(e, &links, STR("documents"));
	if (e->edition->correction_count)
		add_section(e, &links, STR("corrections"));
	view_push_structs(e, &link_view, &links);
}

enum { BODIES_DEPTH_MOST = 32 };

/* The page of a folder of pages is its index, in the version that this edition shows. */
static struct link link_to_folder(struct engine *e, uint32_t body)
{
	const struct body *b = site_body(e->site, e->page->edition, body);
	for (size_t i = 0; b->is_pages && i < e->edition->plain_count; i++) {
		const struct plain *index = &e->site->plains[e->edition->plains[i]];
		bool foreign = !str_eq(index->language, e->page->language);
		if (index->is_index && index->body == body)
			return (struct link){
				.title = index->title, .lang = foreign ? index->language : STR_NONE, .url = index->url
			};
	}
	struct str path = arena_format(&e->scratch, "%.*s/", STR_ARG(b->folder));
	return (struct link){ .title = b->title,
		.lang = view_body_lang(e, b),
		.url = site_url(e->site, e->edition->prefix, path, &e->scratch) };
}

/* A body and those it stands in, outermost first; folders of pages too. */
static void add_bodies(struct engine *e, struct buf *links, uint32_t body)
{
	uint32_t chain[BODIES_DEPTH_MOST];
	size_t depth = 0;
	for (; body != NONE && depth < BODIES_DEPTH_MOST; body = e->site->bodies[body].parent)
		chain[depth++] = body;
	while (depth-- > 0)
		add_link(e, links, link_to_folder(e, chain[depth]));
}

/* The body whose page lies above this one or is it, or NONE. */
static uint32_t body_above(const struct engine *e, const struct page *p)
{
	if (p->kind == PAGE_BODY)
		return p->subject;
	if (p->kind == PAGE_MEETING)
		return e->site->places[p->subject].body;
	if (p->kind != PAGE_PLAIN)
		return NONE;
	const struct plain *plain = &e->site->plains[p->subject];
	return plain->is_index && plain->body != NONE ? e->site->bodies[plain->body].parent : plain->body;
}

/* The page itself, or for a part of a list that is split by year, the list's own. */
static struct str list_url(struct engine *e, const struct page *p)
{
	struct str year = arena_format(&e->scratch, "%d/", p->year);
	return p->year && str_ends(p->url, year) ? str_but(p->url, year.n) : p->url;
}

static void page_breadcrumbs(struct engine *e, const struct view *v)
{
	const struct page *p = v->object;
	struct buf links = { 0 };
	add_section(e, &links, STR("home"));
	add_bodies(e, &links, body_above(e, p));
	if (p->kind == PAGE_SPEAKERS || p->kind == PAGE_SPEAKER)
		add_section(e, &links, STR("speakers"));
	if (p->kind == PAGE_TOPICS || p->kind == PAGE_TOPIC)
		add_section(e, &links, STR("topics"));
	if (p->part)
		add_section(e, &links, str_c(theme_page_kinds[p->kind]));
	struct str title = title_of(e, p);
	if (title.n && p->kind != PAGE_BODY)
		add_link(e, &links, (struct link){ .title = title, .url = list_url(e, p) });
	if (p->year)
		add_link(e, &links,
			(struct link){ .year = p->year,
				.url = p->part ? site_year_url(p->part->all, p->year, &e->scratch) : p->url });
	if (p->part && p->part->body != NONE) {
		const struct body *b = site_body(e->site, p->edition, p->part->body);
		add_link(e, &links, (struct link){ .title = b->title, .lang = view_body_lang(e, b), .url = p->url });
	}
	view_push_structs(e, &link_view, &links);
}

/* The years of a list that is split by year, newest first. */
static void page_years(struct engine *e, const struct view *v)
{
	const struct page *p = v->object;
	struct str url = list_url(e, p);
	struct buf links = { 0 };
	for (size_t i = 0; i < p->year_count; i++)
		add_link(e, &links,
			(struct link){ .year = p->years[i], .url = site_year_url(url, p->years[i], &e->scratch) });
	view_push_structs(e, &link_view, &links);
}

/* --- feeds --- */

static void add_feed(struct engine *e, struct buf *links, struct str key, struct str title, struct str page_url)
{
	struct str url = arena_format(&e->scratch, "%.*sfeed.xml", STR_ARG(page_url));
	*VEC_ADD(links, struct link) = (struct link){ .key = key, .title = title, .url = url };
}

/* The page's own, its body's, the site's. */
static void page_feeds(struct engine *e, const struct view *v)
{
	const struct page *p = v->object;
	struct buf links = { 0 };
	uint32_t body = p->kind == PAGE_PLAIN ? NONE : body_above(e, p);
	if (p->kind == PAGE_SPEAKER || p->kind == PAGE_TOPIC) {
		add_feed(e, &links, str_c(p->kind == PAGE_SPEAKER ? "speaker" : "topic"), title_of(e, p),
			list_url(e, p));
	} else if (body != NONE) {
		const struct body *b = site_body(e->site, p->edition, body);
		struct str path = arena_format(&e->scratch, "%.*s/", STR_ARG(b->folder));
		add_feed(e, &links, STR("body"), b->title, site_url(e->site, e->edition->prefix, path, &e->scratch));
	}
	add_feed(e, &links, STR("home"), STR(""), site_url(e->site, e->edition->prefix, STR(""), &e->scratch));
	view_push_structs(e, &link_view, &links);
}

static void page_calendar(struct engine *e, const struct view *v)
{
	const struct page *p = v->object;
	bool has = site_has_calendar(e->site, p);
	view_push_str(e, has ? arena_format(&e->scratch, "%.*scalendar.ics", STR_ARG(p->url)) : STR_NONE);
}

/* --- the same page in other languages --- */

static void add_version(struct engine *e, struct buf *links, struct str language, struct str url)
{
	bool first = str_eq(language, e->site->settings.language);
	add_link(e, links, (struct link){ .lang = language, .url = url, .main = first });
}

static int by_output(const void *output, const void *page)
{
	return str_cmp(*(const struct str *)output, ((const struct page *)page)->output);
}

/* The page at the same path in each edition; pages are in order of output. */
static void add_same_path(struct engine *e, struct buf *list)
{
	const struct site *s = e->site;
	struct str path = str_from(e->page->output, e->edition->prefix.n);
	for (size_t i = 0; i < s->edition_count; i++) {
		struct str output =
			arena_format(&e->scratch, "%.*s%.*s", STR_ARG(s->editions[i].prefix), STR_ARG(path));
		const struct page *other = bsearch(&output, s->pages, s->page_count, sizeof *s->pages, by_output);
		if (other && other->kind != PAGE_REDIRECT)
			add_version(e, list, other->language, other->url);
	}
}

/* A record's or plain page's own versions; of all others the page at the same path in each edition. */
static void page_alternates(struct engine *e, const struct view *v)
{
	const struct site *s = e->site;
	const struct page *p = v->object;
	struct buf list = { 0 };
	if (p->kind == PAGE_MEETING) {
		const struct place *place = &s->places[p->subject];
		add_version(e, &list, p->language, p->url);
		for (size_t i = 0; i < place->version_count; i++) {
			uint32_t version = place->versions[i];
			add_version(e, &list, s->meetings[version]->language, s->places[version].url);
		}
	} else if (p->kind == PAGE_PLAIN) {
		const struct plain *plain = &s->plains[p->subject];
		add_version(e, &list, p->language, p->url);
		for (size_t i = 0; i < plain->version_count; i++) {
			const struct plain *version = &s->plains[plain->versions[i]];
			add_version(e, &list, version->language, version->url);
		}
	} else if (p->kind != PAGE_NOT_FOUND && p->kind != PAGE_REDIRECT) {
		add_same_path(e, &list);
	}
	view_push_structs(e, &link_view, &list);
}

static const void *subjects_of(const struct engine *e, const struct view *v)
{
	(void)v;
	return e;
}

#define SUBJECT .base = subjects_of

/* The page. Its subject is one of meeting, body, person, topic, plain; the others are nil. */
static const struct view_field page_view_fields[] = {
	VIEW(WORD, "kind", page, kind, .words = theme_page_kinds),
	VIEW(STR, "url", page, url),
	VIEW_GET("canonical", page_canonical), /* the same with host; of a redirect: the new one */
	VIEW(STR, "target", page, target),     /* of a redirect: where it leads */
	VIEW(STR, "language", page, language),
	VIEW_GET("title", page_title),       /* the subject's; nil for home, lists and not-found */
	VIEW(STR, "updated", page, updated), /* ISO date of the last change of what it shows */
	VIEW_GET("noindex", page_noindex),   /* not for search engines */
	VIEW(REF, "meeting", engine, subjects[PAGE_MEETING], SUBJECT, .noun = view_push_meeting),
	VIEW(REF, "body", engine, subjects[PAGE_BODY], SUBJECT, .noun = view_push_body),
	VIEW(REF, "person", engine, subjects[PAGE_SPEAKER], SUBJECT, .noun = view_push_person),
	VIEW(REF, "topic", engine, subjects[PAGE_TOPIC], SUBJECT, .noun = view_push_topic),
	VIEW(REF, "plain", engine, subjects[PAGE_PLAIN], SUBJECT, .noun = view_push_plain),
	VIEW_GET("register", view_get_register), /* of decisions, actions, documents or corrections; else nil */
	VIEW(INT, "year", page, year),           /* of a list's part */
	VIEW_GET("years", page_years),           /* links to the parts of a list that is split */
	VIEW_GET("nav", page_nav),
	VIEW_GET("breadcrumbs", page_breadcrumbs), /* from home to this page */
	VIEW_GET("feeds", page_feeds),             /* links to those that readers of this page may follow */
	VIEW_GET("calendar_url", page_calendar),   /* of the home page and of bodies with meetings */
	VIEW_GET("alternates", page_alternates),   /* this page in all its languages */
	VIEW_END,
};
static const struct view_type page_view = { "page", page_view_fields, sizeof(struct page), page_of };

void views_push_page(struct engine *e)
{
	view_push(e, &page_view, NULL, e);
}
