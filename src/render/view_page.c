/* The page that is being written: its subject, its place among the others. */
#include "render/view_nouns.h"

/* Its own path behind the edition's prefix: "speakers/oka/index.html". */
static struct str own_output(const struct engine *e)
{
	return str_from(e->page->output, str_starts(e->page->output, e->edition->prefix) ? e->edition->prefix.n : 0);
}

/* Pages are in order of output. NULL without such a page. */
static const struct page *find_page(const struct site *s, struct str output)
{
	size_t low = 0, high = s->page_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(output, s->pages[middle].output);
		if (order == 0)
			return &s->pages[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static const struct page *page_of_edition(struct engine *e, const char *output)
{
	return find_page(e->site, arena_format(&e->scratch, "%.*s%s", STR_ARG(e->edition->prefix), output));
}

static void page_kind(struct engine *e, const struct view *v)
{
	static const char *const names[] = { [PAGE_HOME] = "home", [PAGE_BODY] = "body", [PAGE_MEETING] = "meeting",
		                                 [PAGE_SPEAKERS] = "speakers", [PAGE_SPEAKER] = "speaker", [PAGE_TOPICS] = "topics",
		                                 [PAGE_TOPIC] = "topic", [PAGE_DECISIONS] = "decisions", [PAGE_PLAIN] = "page",
		                                 [PAGE_NOT_FOUND] = "not-found" };
	(void)v;
	lua_pushstring(e->L, names[e->page->kind]);
}

static void page_url(struct engine *e, const struct view *v)
{
	(void)v;
	engine_push(e->L, e->page->url);
}

/* base_url ends with base_path, with which each page's url begins. */
static struct str absolute(struct engine *e, struct str url)
{
	const struct settings *s = &e->site->settings;
	return arena_format(&e->scratch, "%.*s%.*s", STR_ARG(str_but(s->base_url, s->base_path.n)), STR_ARG(url));
}

static void page_canonical(struct engine *e, const struct view *v)
{
	(void)v;
	engine_push(e->L, absolute(e, e->page->url));
}

static void page_language(struct engine *e, const struct view *v)
{
	(void)v;
	engine_push(e->L, e->page->language);
}

static void page_updated(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_str(e, e->page->updated);
}

static void page_noindex(struct engine *e, const struct view *v)
{
	(void)v;
	const struct page *p = e->page;
	bool provisional = p->kind == PAGE_MEETING && e->site->meetings[p->subject]->front.status == STATUS_PROVISIONAL;
	lua_pushboolean(e->L, provisional || e->site->drafts || p->kind == PAGE_NOT_FOUND);
}

static void page_year(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_year(e, e->page->year);
}

/* --- what it is about --- */

static void page_meeting(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_meeting(e, e->page->kind == PAGE_MEETING ? e->page->subject : NONE);
}

static void page_body(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_body(e, e->page->kind == PAGE_BODY ? e->page->subject : NONE);
}

static void page_person(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_person(e, e->page->kind == PAGE_SPEAKER ? e->page->subject : NONE);
}

static void page_topic(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_topic(e, e->page->kind == PAGE_TOPIC ? e->page->subject : NONE);
}

static void page_plain(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_plain(e, e->page->kind == PAGE_PLAIN ? e->page->subject : NONE);
}

static void page_decisions(struct engine *e, const struct view *v)
{
	(void)v;
	const struct decideds none = { NULL, 0 };
	bool elsewhere = e->page->year_count && !e->page->year;
	view_push_decisions(e, elsewhere ? &none : &e->edition->decisions, e->page->year, SIZE_MAX);
}

static struct str title_of(const struct engine *e)
{
	const struct site *s = e->site;
	uint32_t subject = e->page->subject;
	switch (e->page->kind) {
	case PAGE_MEETING:
		return s->meetings[subject]->front.title;
	case PAGE_BODY:
		return site_body(s, e->page->edition, subject)->title;
	case PAGE_SPEAKER:
		return words_in(&s->people[subject].name, e->page->language);
	case PAGE_TOPIC:
		return words_in(&s->topics[subject].name, e->page->language);
	case PAGE_PLAIN:
		return s->plains[subject].title;
	default:
		return STR_NONE;
	}
}

static void page_title(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_str(e, title_of(e));
}

static void page_description(struct engine *e, const struct view *v)
{
	(void)v;
	const struct site *s = e->site;
	uint32_t subject = e->page->subject;
	const struct words *words = NULL;
	if (e->page->kind == PAGE_MEETING) {
		const struct record_front *f = &s->meetings[subject]->front;
		view_push_str(e, f->description.n ? f->description : f->summary);
		return;
	}
	if (e->page->kind == PAGE_BODY)
		words = &site_body(s, e->page->edition, subject)->front.description;
	else if (e->page->kind == PAGE_SPEAKER && s->people[subject].registered != NONE)
		words = &s->registers.people[s->people[subject].registered].description;
	else if (e->page->kind == PAGE_TOPIC && s->topics[subject].registered != NONE)
		words = &s->registers.topics[s->topics[subject].registered].description;
	else if (e->page->kind == PAGE_PLAIN)
		words = &s->plains[subject].front.description;
	else if (e->page->kind == PAGE_HOME)
		words = &s->settings.description;
	view_push_words(e, words);
}

/* --- links to other pages --- */

struct link {
	struct str title; /* of what has a name of its own, else "" */
	struct str key;   /* else what kind of page it is: home speakers topics decisions */
	struct str url;
	struct str lang;  /* of the title, when not the page's */
	int year;
	bool current;     /* it leads to this page */
	bool inside;      /* … or to one above it */
};

static void link_year(struct engine *e, const struct view *v)
{
	view_push_year(e, ((const struct link *)v->object)->year);
}

/* A link to another page. Its words are its title, its year, or a label for its key. */
static const struct view_field link_fields[] = {
	VIEW_STR(link, title),
	VIEW_STR(link, key),
	VIEW_GET("year", link_year),
	VIEW_STR(link, url),
	VIEW_STR(link, lang),
	VIEW_NAMED("current", VIEW_KIND_BOOL, link, current),
	VIEW_NAMED("inside", VIEW_KIND_BOOL, link, inside),
	VIEW_END
};
static const struct view_type link_view = { "link", link_fields };

static void push_link(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &link_view, NULL, (const struct link *)list->items + i);
}

static void push_links(struct engine *e, struct buf *links)
{
	size_t count = VEC_COUNT(links, struct link);
	view_push_list(e, (struct view_list){ count, push_link, NULL, buf_settle(links, &e->scratch), 0 });
}

static void add_link(struct engine *e, struct buf *links, struct link link)
{
	link.current = str_eq(link.url, e->page->url);
	link.inside = !str_eq(link.key, STR("home")) && str_starts(e->page->url, link.url);
	*VEC_ADD(links, struct link) = link;
}

static void add_section(struct engine *e, struct buf *links, struct str key)
{
	struct str path = str_eq(key, STR("home")) ? STR("") : arena_format(&e->scratch, "%.*s/", STR_ARG(key));
	add_link(e, links, (struct link){ .key = key, .url = site_url(e->site, e->edition->prefix, path, &e->scratch) });
}

static void page_nav(struct engine *e, const struct view *v)
{
	(void)v;
	struct buf links = { 0 };
	add_section(e, &links, STR("home"));
	if (e->edition->people_order_count && page_of_edition(e, "speakers/index.html"))
		add_section(e, &links, STR("speakers"));
	if (e->edition->topics_order_count && page_of_edition(e, "topics/index.html"))
		add_section(e, &links, STR("topics"));
	if (e->edition->decisions.count && page_of_edition(e, "decisions/index.html"))
		add_section(e, &links, STR("decisions"));
	push_links(e, &links);
}

enum { BODIES_DEPTH_MOST = 32 };

/* A body and those it stands in, outermost first; folders of pages too. */
static void add_bodies(struct engine *e, struct buf *links, uint32_t body)
{
	uint32_t chain[BODIES_DEPTH_MOST];
	size_t depth = 0;
	for (; body != NONE && depth < BODIES_DEPTH_MOST; body = e->site->bodies[body].parent)
		chain[depth++] = body;
	while (depth-- > 0) {
		const struct body *b = site_body(e->site, e->page->edition, chain[depth]);
		struct str path = arena_format(&e->scratch, "%.*s/", STR_ARG(b->folder));
		const struct yaml_node *titles = b->front.title.by_language;
		bool given = str_eq(b->text_language, e->page->language) || (titles && yaml_get(titles, e->page->language));
		add_link(e, links, (struct link){ .title = b->title, .lang = given ? STR_NONE : b->text_language,
		                                  .url = site_url(e->site, e->edition->prefix, path, &e->scratch) });
	}
}

static void add_subject(struct engine *e, struct buf *links)
{
	add_link(e, links, (struct link){ .title = title_of(e), .url = e->page->url });
}

/* A subject in a list that may be split by year. */
static void add_listed(struct engine *e, struct buf *links, struct str key)
{
	const struct page *p = e->page;
	add_section(e, links, key);
	struct str url = p->url;
	if (p->year) {
		struct str last = arena_format(&e->scratch, "%d/", p->year);
		url = str_ends(url, last) ? str_but(url, last.n) : url;
	}
	if (p->kind != PAGE_DECISIONS)
		add_link(e, links, (struct link){ .title = title_of(e), .url = url });
	if (p->year)
		add_link(e, links, (struct link){ .year = p->year, .url = p->url });
}

static void page_breadcrumbs(struct engine *e, const struct view *v)
{
	(void)v;
	const struct page *p = e->page;
	struct buf links = { 0 };
	add_section(e, &links, STR("home"));
	switch (p->kind) {
	case PAGE_BODY:
		add_bodies(e, &links, p->subject);
		break;
	case PAGE_MEETING:
		add_bodies(e, &links, e->site->places[p->subject].body);
		add_subject(e, &links);
		break;
	case PAGE_SPEAKERS:
		add_section(e, &links, STR("speakers"));
		break;
	case PAGE_SPEAKER:
		add_listed(e, &links, STR("speakers"));
		break;
	case PAGE_TOPICS:
		add_section(e, &links, STR("topics"));
		break;
	case PAGE_TOPIC:
		add_listed(e, &links, STR("topics"));
		break;
	case PAGE_DECISIONS:
		add_listed(e, &links, STR("decisions"));
		break;
	case PAGE_PLAIN: {
		const struct plain *plain = &e->site->plains[p->subject];
		add_bodies(e, &links, plain->is_index && plain->body != NONE ? e->site->bodies[plain->body].parent : plain->body);
		add_subject(e, &links);
		break;
	}
	case PAGE_HOME:
	case PAGE_NOT_FOUND:
		break;
	}
	push_links(e, &links);
}

/* The years of a list that is split by year, newest first. */
static void page_years(struct engine *e, const struct view *v)
{
	(void)v;
	const struct page *p = e->page;
	struct str url = p->url, last = arena_format(&e->scratch, "%d/", p->year);
	struct buf links = { 0 };
	if (p->year && str_ends(url, last))
		url = str_but(url, last.n);
	for (size_t i = 0; i < p->year_count; i++)
		add_link(e, &links, (struct link){ .year = p->years[i], .url = site_year_url(url, p->years[i], &e->scratch) });
	push_links(e, &links);
}

/* --- the same page in other languages --- */

struct alternate {
	struct str language, url;
	bool current;
};

static void alternate_canonical(struct engine *e, const struct view *v)
{
	engine_push(e->L, absolute(e, ((const struct alternate *)v->object)->url));
}

static const struct view_field alternate_fields[] = { VIEW_STR(alternate, language),
	                                                  VIEW_STR(alternate, url),
	                                                  VIEW_GET("canonical", alternate_canonical), /* with host */
	                                                  VIEW_NAMED("current", VIEW_KIND_BOOL, alternate, current),
	                                                  VIEW_END };
static const struct view_type alternate_view = { "language version", alternate_fields };

static void push_alternate(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &alternate_view, NULL, (const struct alternate *)list->items + i);
}

static void add_alternate(struct engine *e, struct buf *list, struct str language, struct str url)
{
	*VEC_ADD(list, struct alternate) = (struct alternate){ language, url, str_eq(url, e->page->url) };
}

/* A record's or plain page's own versions; of all others the page at the same path in each edition. */
static void page_alternates(struct engine *e, const struct view *v)
{
	(void)v;
	const struct site *s = e->site;
	const struct page *p = e->page;
	struct buf list = { 0 };
	if (p->kind == PAGE_MEETING) {
		const struct place *place = &s->places[p->subject];
		add_alternate(e, &list, p->language, p->url);
		for (size_t i = 0; i < place->version_count; i++)
			add_alternate(e, &list, s->meetings[place->versions[i]]->language, s->places[place->versions[i]].url);
	} else if (p->kind == PAGE_PLAIN) {
		const struct plain *plain = &s->plains[p->subject];
		add_alternate(e, &list, p->language, p->url);
		for (size_t i = 0; i < plain->version_count; i++)
			add_alternate(e, &list, s->plains[plain->versions[i]].language, s->plains[plain->versions[i]].url);
	} else if (p->kind != PAGE_NOT_FOUND) {
		struct str own = own_output(e);
		for (size_t i = 0; i < s->edition_count; i++) {
			struct str output = arena_format(&e->scratch, "%.*s%.*s", STR_ARG(s->editions[i].prefix), STR_ARG(own));
			const struct page *other = find_page(s, output);
			if (other)
				add_alternate(e, &list, other->language, other->url);
		}
	}
	size_t count = VEC_COUNT(&list, struct alternate);
	view_push_list(e, (struct view_list){ count, push_alternate, NULL, buf_settle(&list, &e->scratch), 0 });
}

/* The page. Its subject is one of meeting, body, person, topic, plain; the others are nil. */
static const struct view_field page_fields[] = {
	VIEW_GET("kind", page_kind),               /* home body meeting speakers speaker topics topic decisions page not-found */
	VIEW_GET("url", page_url),
	VIEW_GET("canonical", page_canonical),     /* the same with host */
	VIEW_GET("language", page_language),
	VIEW_GET("title", page_title),             /* the subject's; nil for home, lists and not-found */
	VIEW_GET("description", page_description), /* the subject's, or nil */
	VIEW_GET("updated", page_updated),         /* ISO date of the last change of what it shows, or nil */
	VIEW_GET("noindex", page_noindex),         /* not for search engines */
	VIEW_GET("meeting", page_meeting),
	VIEW_GET("body", page_body),
	VIEW_GET("person", page_person),
	VIEW_GET("topic", page_topic),
	VIEW_GET("plain", page_plain),
	VIEW_GET("decisions", page_decisions),     /* of the register: by meeting: meeting, words, decisions, count */
	VIEW_GET("year", page_year),               /* of a list's part, or nil */
	VIEW_GET("years", page_years),             /* links to the parts of a list that is split */
	VIEW_GET("nav", page_nav),                 /* links */
	VIEW_GET("breadcrumbs", page_breadcrumbs), /* links, from home to this page */
	VIEW_GET("alternates", page_alternates),   /* this page in all its languages: language, url, canonical, current */
	VIEW_END
};
static const struct view_type page_view = { "page", page_fields };

void views_push_page(struct engine *e)
{
	view_push(e, &page_view, NULL, e);
}
