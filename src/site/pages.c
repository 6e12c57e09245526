#include "site/build.h"
#include "source/names.h"
#include "text/words.h"

#include <stdlib.h>

/* Who claims an output. */
struct claim {
	struct str output; /* as it is written */
	struct loc source;
};

static void collide(struct build *b, const struct claim *other, struct loc source)
{
	struct str place = other->source.path;
	if (other->source.line > 0)
		place = arena_format(&b->scratch, "%.*s:%u", STR_ARG(place), other->source.line);
	diag_add(b->diags, ADDRESS_COLLISION, source,
		diag_text(b->diags, _("rename one of them; capital and small letters do not make a difference")),
		_("this would be 「%.*s」, and %.*s is already"), STR_ARG(other->output), STR_ARG(place));
}

/* A part of a path that no file system takes. */
static bool is_too_long(struct str output)
{
	enum { NAME_BYTES_MOST = 255 };
	for (struct str rest = output; rest.p;)
		if (str_cut(&rest, STR("/")).n > NAME_BYTES_MOST)
			return true;
	return false;
}

/* Each output is claimed once. Outputs that are equal folded collide on some systems. */
static void claim(struct build *b, struct str output, struct loc source)
{
	bool cut;
	if (is_too_long(output)) {
		diag_add(b->diags, LIMIT_EXCEEDED, source,
			diag_text(b->diags, _("shorten the name, label or hashtag that it is made from")),
			_("the address 「%.*s…」 is too long"), STR_ARG(text_excerpt(output, 40, &cut)));
		return;
	}
	if (!fs_path_prints(output)) { /* lists of what to upload and remove have one on each line */
		diag_add(b->diags, VALUE_INVALID, source, str_c(_("rename the file, or correct the address")),
			_("this address has a line break or another character that cannot be seen"));
		return;
	}
	size_t count = VEC_COUNT(&b->claims, struct claim);
	size_t at = map_intern(&b->outputs, name_fold(&b->scratch, output), count);
	if (at < count)
		collide(b, &VEC_AT(&b->claims, struct claim)[at], source);
	else
		*VEC_ADD(&b->claims, struct claim) = (struct claim){ output, source };
}

/* None is a folder of another. */
static void check_folders(struct build *b)
{
	const struct claim *claims = VEC_AT(&b->claims, struct claim);
	for (size_t i = 0; i < b->outputs.count; i++) {
		struct str folder = fs_path_folder(b->outputs.entries[i].key);
		size_t at;
		for (; !str_empty(folder); folder = fs_path_folder(folder))
			if (map_get(&b->outputs, folder, &at))
				collide(b, &claims[at], claims[i].source);
	}
}

bool build_has_page(struct build *b, struct str output)
{
	return map_get(&b->outputs, name_fold(&b->scratch, output), NULL);
}

void build_addresses(struct build *b)
{
	const struct site *s = b->site;
	/* What giji writes beside the pages. */
	static const char *const kept[] = { "sitemap.xml", "robots.txt", "giji-manifest.json", "_redirects",
		"giji-redirects.nginx.map" };
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		claim(b, str_c(kept[i]), loc_file(STR("site.yml")));
	for (size_t i = 0; i < s->page_count; i++) {
		const struct page *p = &s->pages[i];
		if (site_has_feed(p))
			claim(b, site_beside(p, "feed.xml", &b->scratch), p->source);
		if (site_has_calendar(s, p))
			claim(b, site_beside(p, "calendar.ics", &b->scratch), p->source);
	}
	for (size_t i = 0; i < s->asset_count; i++)
		claim(b, s->assets[i].output, s->assets[i].source);
	check_folders(b);
}

struct pages {
	struct build *build;
	struct buf list; /* of struct page */
	uint32_t edition;
};

/* A page at `path`, "" or "speakers/oka/", below a prefix. Of the edition at hand. */
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
		.target = STR(""),
		.source = loc_file(STR("site.yml")),
	};
	return page;
}

struct page *build_page(struct pages *p, enum page_kind kind, struct str path)
{
	return add_page(p, kind, p->build->site->editions[p->edition].prefix, path);
}

/* The latest of ISO dates, "" first. */
static struct str later(struct str a, struct str b)
{
	return str_cmp(a, b) < 0 ? b : a;
}

static struct str latest_of(const struct site *s, const uint32_t *meetings, size_t count)
{
	struct str last = STR("");
	for (size_t i = 0; i < count; i++)
		last = later(last, s->places[meetings[i]].provenance);
	return last;
}

/* Years come newest first, each in a row. */
static void add_year(struct buf *years, int year)
{
	size_t count = VEC_COUNT(years, int);
	if (count == 0 || VEC_AT(years, int)[count - 1] != year)
		*VEC_ADD(years, int) = year;
}

/* A list's page and, where it is split, that of each year. `like` has what is the same for all; years are released. */
static void add_list(struct pages *p, const struct page *like, struct str path, struct buf *years)
{
	struct site *s = p->build->site;
	size_t count = VEC_COUNT(years, int);
	int *list = count > 0 ? buf_settle(years, &s->arena) : NULL;
	for (size_t i = 0; i <= count; i++) {
		struct str part = path;
		if (i > 0)
			part = site_year_url(path, list[i - 1], &p->build->scratch);
		struct page *page = build_page(p, like->kind, part);
		page->subject = like->subject;
		page->updated = like->updated;
		page->source = like->source;
		page->years = list;
		page->year_count = count;
		page->year = i > 0 ? list[i - 1] : 0;
	}
}

/* The years of remarks and of votes, newest first, when one of the lists is too long for one page. */
static void add_appearances(struct pages *p, struct page *page, struct str path, const struct appearances *a)
{
	const struct site *s = p->build->site;
	struct buf years = { 0 };
	size_t remarks = a->remarks.count, ballots = a->ballots.count;
	page->updated = latest_of(s, a->meetings, a->meeting_count);
	if (remarks <= REMARKS_A_PAGE && ballots <= REMARKS_A_PAGE)
		remarks = ballots = 0;
	while (remarks > 0 || ballots > 0) {
		uint32_t remark = remarks > 0 ? a->remarks.items[remarks - 1].meeting : NONE;
		uint32_t ballot = ballots > 0 ? a->ballots.items[ballots - 1].meeting : NONE;
		bool later = ballot == NONE ||
			(remark != NONE && s->places[remark].fiscal_year >= s->places[ballot].fiscal_year);
		add_year(&years, s->places[later ? remark : ballot].fiscal_year);
		--*(later ? &remarks : &ballots);
	}
	add_list(p, page, path, &years);
}

static void add_people(struct pages *p, const struct edition *e)
{
	struct site *s = p->build->site;
	for (uint32_t i = 0; i < s->person_count; i++) {
		const struct person *person = &s->people[i];
		if (!person->has_page)
			continue;
		struct str path = arena_format(&p->build->scratch, "speakers/%.*s/", STR_ARG(person->id));
		struct page page = { .kind = PAGE_SPEAKER, .subject = i, .source = person->loc };
		add_appearances(p, &page, path, &e->people[i]);
	}
}

static void add_topics(struct pages *p, const struct edition *e)
{
	struct site *s = p->build->site;
	for (uint32_t i = 0; i < s->topic_count; i++) {
		const struct topic *topic = &s->topics[i];
		struct str path = arena_format(&p->build->scratch, "topics/%.*s/", STR_ARG(topic->id));
		struct page page = { .kind = PAGE_TOPIC, .subject = i };
		if (topic->registered != NONE)
			page.source = s->registers.topics[topic->registered].loc;
		else if (e->topics[i].meeting_count > 0)
			page.source = loc_file(s->meetings[e->topics[i].meetings[0]]->path);
		else
			page.source = loc_file(STR("content/topics.yml"));
		add_appearances(p, &page, path, &e->topics[i]);
	}
}

static void add_bodies(struct pages *p)
{
	struct site *s = p->build->site;
	for (uint32_t i = 0; i < s->body_count; i++) {
		const struct body *body = site_body(s, p->edition, i);
		if (body->hidden || body->is_pages)
			continue;
		struct str path = arena_format(&p->build->scratch, "%.*s/", STR_ARG(body->folder));
		struct page *page = build_page(p, PAGE_BODY, path);
		page->subject = i;
		page->layout = body->front.layout;
		page->source = loc_file(str_empty(body->path) ? body->folder : body->path);
		page->updated = date_is(body->front.updated.date) ? date_iso(&s->arena, body->front.updated.date)
								  : latest_of(s, body->meetings, body->meeting_count);
	}
}

/* From front matter alone: the clock only hides what is not yet due. */
static struct str plain_updated(struct pages *p, const struct body_front *f)
{
	struct site *s = p->build->site;
	if (date_is(f->updated.date))
		return date_iso(&s->arena, f->updated.date);
	if (date_is(f->publish_on.date) && date_compare(f->publish_on.date, s->now) <= 0)
		return date_iso(&s->arena, f->publish_on.date);
	return STR("");
}

static void add_home(struct pages *p, const struct edition *e, struct str updated)
{
	struct page *home = build_page(p, PAGE_HOME, STR(""));
	home->subject = e->home;
	home->updated = updated;
	if (e->home == NONE)
		return;
	struct plain *words = &p->build->site->plains[e->home];
	home->layout = words->front.layout;
	home->source = loc_file(words->path);
	home->updated = later(updated, plain_updated(p, &words->front));
	if (str_eq(words->language, e->language))
		words->url = home->url;
}

static void add_edition(struct pages *p, uint32_t edition)
{
	struct site *s = p->build->site;
	const struct edition *e = &s->editions[edition];
	p->edition = edition;
	struct str last = latest_of(s, e->meetings, e->meeting_count);
	add_home(p, e, last);
	build_page(p, PAGE_SPEAKERS, STR("speakers/"))->updated = last;
	build_page(p, PAGE_TOPICS, STR("topics/"))->updated = last;
	add_bodies(p);
	add_people(p, e);
	add_topics(p, e);
	for (enum page_kind kind = PAGE_DECISIONS; kind <= PAGE_CORRECTIONS; kind++)
		build_register(p->build, e, kind, p);
}

/* Of each record and plain page there is one page, whatever editions show it: at its own address, in its own language. */
static struct page *add_version(struct pages *p, enum page_kind kind, const struct version *v)
{
	struct arena *a = &p->build->scratch;
	struct str path = STR("");
	if (!str_empty(v->folder))
		path = arena_format(a, "%.*s/", STR_ARG(v->folder));
	if (!str_eq(v->name, STR("index")))
		path = arena_format(a, "%.*s%.*s/", STR_ARG(path), STR_ARG(v->name));
	p->edition = site_edition(p->build->site, v->language);
	struct page *page = add_page(p, kind, v->prefix, path);
	page->language = v->language;
	page->subject = v->shown;
	return page;
}

static void add_meetings(struct pages *p)
{
	struct build *b = p->build;
	for (uint32_t i = 0; i < b->site->meeting_count; i++) {
		const struct meeting *m = b->site->meetings[i];
		struct place *place = &b->site->places[i];
		struct page *page = add_version(p, PAGE_MEETING, &b->record_versions[b->meeting_records[i]]);
		page->layout = m->front.layout;
		page->updated = place->provenance;
		page->source = loc_file(m->path);
		place->url = page->url;
	}
}

static void add_plains(struct pages *p)
{
	struct site *s = p->build->site;
	for (uint32_t i = 0; i < s->plain_count; i++) {
		struct plain *plain = &s->plains[i];
		if (plain->hidden || (str_empty(plain->folder) && str_empty(plain->name)))
			continue;
		struct page *page = add_version(p, PAGE_PLAIN, &p->build->plain_versions[i]);
		page->layout = plain->front.layout;
		page->updated = plain_updated(p, &plain->front);
		page->source = loc_file(plain->path);
		plain->url = page->url;
	}
}

/* Below the site's root, without the path under which the site lies, which an address copied from a browser has. */
static struct str alias_path(const struct site *s, struct str alias)
{
	struct str base = s->settings.base_path;
	if (base.n > 1 && str_starts(alias, base))
		alias = str_from(alias, base.n);
	while (str_starts(alias, STR("/")))
		alias = str_from(alias, 1);
	return alias;
}

/* Old addresses of the page at `target`. "/old/5/" and "/old/5" are written as old/5/index.html. */
static void add_redirects(struct pages *p, const struct texts *aliases, struct str target, struct str language)
{
	struct site *s = p->build->site;
	p->edition = site_edition(s, language);
	for (size_t i = 0; i < aliases->count; i++) {
		struct str path = alias_path(s, aliases->items[i].text);
		if (path.n && !str_ends(path, STR("/")) && str_find_byte(fs_path_name(path), '.', 0) == SIZE_MAX)
			path = arena_format(&s->arena, "%.*s/", STR_ARG(path));
		struct page *page = add_page(p, PAGE_REDIRECT, STR(""), path);
		if (path.n && !str_ends(path, STR("/")))
			page->output = arena_str(&s->arena, path);
		page->language = language;
		page->target = target;
		page->source = aliases->items[i].loc;
	}
}

static void add_all_redirects(struct pages *p)
{
	const struct site *s = p->build->site;
	for (size_t i = 0; i < s->meeting_count; i++)
		add_redirects(p, &s->meetings[i]->front.aliases, s->places[i].url, s->meetings[i]->language);
	for (size_t i = 0; i < s->plain_count; i++)
		if (!s->plains[i].hidden && s->plains[i].url.n)
			add_redirects(p, &s->plains[i].front.aliases, s->plains[i].url, s->plains[i].language);
	for (uint32_t i = 0; i < s->body_count; i++)
		for (uint32_t e = 0; e < s->edition_count; e++) {
			const struct body *b = site_body(s, e, i);
			struct str path = arena_format(&p->build->scratch, "%.*s/", STR_ARG(b->folder));
			bool own = e == 0 || !str_eq(b->path, s->bodies[i].path);
			if (own && !b->hidden && !b->is_pages)
				add_redirects(p, &b->front.aliases,
					site_url(s, s->editions[e].prefix, path, &p->build->site->arena),
					s->editions[e].language);
		}
}

/* What a server shows for an address that is none: one in each language, for readers who came from it. */
static void add_missing(struct pages *p)
{
	struct site *s = p->build->site;
	struct str prefix = s->editions[p->edition].prefix;
	struct page *page = add_page(p, PAGE_NOT_FOUND, STR(""), STR(""));
	page->output = arena_format(&s->arena, "%.*s404.html", STR_ARG(prefix));
	page->url = site_url(s, prefix, STR("404.html"), &s->arena);
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
	add_all_redirects(&p);
	for (p.edition = 0; p.edition < s->edition_count; p.edition++)
		add_missing(&p);
	s->page_count = VEC_COUNT(&p.list, struct page);
	s->pages = buf_settle(&p.list, &s->arena);
	qsort(s->pages, s->page_count, sizeof *s->pages, by_output);
	/* An alias never takes the address of a page, whatever their order. */
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t i = 0; i < s->page_count; i++)
			if ((s->pages[i].kind == PAGE_REDIRECT) == (pass == 1))
				claim(b, s->pages[i].output, s->pages[i].source);
}
