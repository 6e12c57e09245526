#include "check/check.h"

#include "check/outside.h"
#include "check/page.h"

#include <stdlib.h>

enum { SOURCE_MOST = 4 * 1024 * 1024 };

struct checker {
	const struct checked *all;
	struct addresses addresses;
	struct page_facts *facts; /* one per output */
	struct arena arena;
	struct buf source; /* the author's file of the page at hand */
	struct str source_path;
	struct map told; /* template, code and message of what was told already */
};

struct checker *checker_open(const struct checked *all)
{
	struct checker *c = mem_alloc(sizeof *c);
	c->all = all;
	arena_init(&c->arena);
	c->facts = mem_alloc(all->outputs->count * sizeof *c->facts);
	c->addresses.base_url = all->site->settings.base_url;
	c->addresses.base_path = all->site->settings.base_path;
	c->addresses.wants_outside = all->outside;
	for (size_t i = 0; i < all->outputs->count; i++)
		map_put(&c->addresses.outputs, all->outputs->items[i].path, i);
	return c;
}

void checker_close(struct checker *c)
{
	for (size_t i = 0; i < c->all->outputs->count; i++)
		page_release(&c->facts[i]);
	free(c->facts);
	map_release(&c->addresses.outputs);
	map_release(&c->told);
	buf_release(&c->source);
	arena_release(&c->arena);
	free(c);
}

void checker_page(struct checker *c, size_t output, struct str bytes)
{
	const struct page *page = c->all->outputs->items[output].page;
	if (!page)
		return;
	struct page_reading reading = { &c->addresses, page->url, page->language, page->kind == PAGE_REDIRECT };
	page_read(&reading, bytes, &c->facts[output]);
}

/* --- places --- */

static struct str source_of(struct checker *c, struct str path)
{
	if (!str_eq(c->source_path, path)) {
		c->source_path = path;
		buf_clear(&c->source);
		fs_read(c->all->files, path, SOURCE_MOST, &c->source);
	}
	return buf_str(&c->source);
}

/* Words of a page that an author may have written, and not only a template. */
static bool may_be_written(const struct fault *f)
{
	return f->words.n && f->code != PAGE_LINK && f->code != PAGE_ID && f->code != PAGE_LANG;
}

/* Whether this line is the heading whose words, on the page, are these: it may be marked up. */
static bool is_heading(struct str line, struct str words)
{
	struct buf plain = { 0 };
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != '*' && line.p[i] != '_' && line.p[i] != '`')
			buf_byte(&plain, line.p[i]);
	bool same = str_starts(line, STR("#")) && str_find(buf_str(&plain), words, 0) != SIZE_MAX;
	buf_release(&plain);
	return same;
}

/* Where a fault's words stand in the author's file: line 0 when they do not, or there is none. */
static struct loc find_words(struct checker *c, const struct page *page, const struct fault *f)
{
	struct str path = page->source.path;
	struct str rest = may_be_written(f) && str_ends(path, STR(".md")) ? source_of(c, path) : STR_NONE;
	for (size_t line = 1; rest.p; line++) {
		struct str text = str_cut(&rest, STR("\n"));
		size_t at = f->code != PAGE_HEADING  ? str_find(text, f->words, 0)
			: is_heading(text, f->words) ? 0
						     : SIZE_MAX;
		if (at == SIZE_MAX)
			continue;
		struct loc loc = loc_at(path, line, str_points(str_n(text.p, at)) + 1);
		loc.width = (uint32_t)str_points(f->code == PAGE_HEADING ? text : f->words);
		return loc;
	}
	return loc_file(path);
}

static struct loc template_of(const struct checker *c, const struct page *page)
{
	const struct template *t = theme_template(c->all->theme, theme_template_of(page));
	return loc_file(t ? t->path : page->source.path);
}

/* --- faults of pages --- */

/* Of one template and code, so many with words of their own are told: a list may have thousands. */
static bool is_enough(struct checker *c, const struct fault *f, struct str path)
{
	enum { OF_A_KIND_MOST = 20 };
	struct str key = arena_format(&c->arena, "%.*s\n%d", STR_ARG(path), (int)f->code);
	size_t count = 0;
	map_get(&c->told, key, &count);
	map_put(&c->told, key, count + 1);
	return count >= OF_A_KIND_MOST;
}

/* A fault of a template shows on each of its pages: it is told of the first. */
static bool is_told(struct checker *c, const struct fault *f, struct str path, bool with_words)
{
	struct str key = arena_format(&c->arena, "%.*s\n%d\n%s\n%.*s", STR_ARG(path), (int)f->code, f->message,
		with_words ? (int)f->words.n : 0, with_words && f->words.p ? f->words.p : "");
	return !map_add(&c->told, key, 0);
}

/* The words that were looked for may stand in a closed part too, and that line is for no log. */
bool check_is_partly_closed(const struct meeting *m)
{
	bool closed = m->withheld;
	for (size_t i = 0; i < m->callout_count; i++)
		closed = closed || m->callouts[i].kind == CALLOUT_CLOSED;
	for (size_t i = 0; i < m->item_count; i++)
		closed = closed || m->items[i].closed.n;
	return closed;
}

static void tell(struct checker *c, const struct page *page, const struct fault *f, struct diags *ds)
{
	struct loc loc = find_words(c, page, f);
	bool written = loc.line > 0, named = f->code == PAGE_LINK || f->code == PAGE_ID;
	if (f->only_written && !written)
		return;
	if (!written)
		loc = template_of(c, page);
	if (is_told(c, f, written ? page->url : loc.path, written || named) || (named && is_enough(c, f, loc.path)))
		return;
	struct str words = written || named ? STR_NONE : f->words;
	struct str example = diag_text(ds, _("see the page %.*s, line %u of its HTML"), STR_ARG(page->url), f->line);
	if (words.n)
		example = diag_text(ds, "%.*s: 「%.*s」", STR_ARG(example), STR_ARG(words));
	if (f->words.n && named)
		diag_add(ds, f->code, loc, example, "%s: 「%.*s」", f->message, STR_ARG(f->words));
	else
		diag_add(ds, f->code, loc, example, "%s", f->message);
	if (written && page->kind == PAGE_MEETING && check_is_partly_closed(c->all->site->meetings[page->subject]))
		diag_hush(ds, loc.path, loc.line, loc.line, false);
}

/* Links to anchors, now that all pages are known. */
static void check_anchors(struct checker *c, const struct page *page, const struct page_facts *facts, struct diags *ds)
{
	const struct page_link *links = VEC_AT(&facts->links, struct page_link);
	for (size_t i = 0; i < VEC_COUNT(&facts->links, struct page_link); i++) {
		if (links[i].output == OUTSIDE)
			continue;
		const struct page_facts *target = &c->facts[links[i].output];
		if (!target->read || str_eq(links[i].anchor, STR("top")) || page_has_id(target, links[i].anchor))
			continue;
		struct str path = c->all->outputs->items[links[i].output].path;
		struct str words = arena_format(&c->arena, "%.*s#%.*s", STR_ARG(path), STR_ARG(links[i].anchor));
		struct fault f = { PAGE_LINK, _("a link leads to an anchor that its page does not have"), words,
			links[i].line, false };
		tell(c, page, &f, ds);
	}
}

/* The home page is named by site.yml, whatever its own file says. */
static void check_home(const struct site *s, const struct page *page, struct diags *ds)
{
	const struct plain *home = page->kind == PAGE_HOME && page->subject != NONE ? &s->plains[page->subject] : NULL;
	struct str title = words_in(&s->settings.title, page->language);
	struct str given = home ? words_in(&home->front.title, page->language) : STR_NONE;
	if (given.n > 0 && str_eq(home->language, page->language) && !str_eq(given, title))
		diag_add(ds, PAGE_TITLE, home->front.title.loc,
			diag_text(ds, _("in site.yml, write title: {%.*s: %.*s}; here, take it out"),
				STR_ARG(page->language), STR_ARG(given)),
			_("this title is not used: site.yml calls the home page 「%.*s」"), STR_ARG(title));
}

/* A title tells a page from all others, in a list of results and to those who hear only it. */
static void check_titles(struct checker *c, struct diags *ds)
{
	struct map titles = { 0 };
	for (size_t i = 0; i < c->all->outputs->count; i++) {
		const struct page *page = c->all->outputs->items[i].page;
		struct str title = c->facts[i].title;
		size_t first;
		if (!page || title.n == 0)
			continue;
		check_home(c->all->site, page, ds);
		struct loc loc = page->kind == PAGE_HOME ? c->all->site->settings.title.loc : page->source;
		if (map_get(&titles, title, &first))
			diag_add(ds, PAGE_TITLE, loc.path.n ? loc : template_of(c, page),
				diag_text(ds, _("see the pages %.*s and %.*s"),
					STR_ARG(c->all->outputs->items[first].page->url), STR_ARG(page->url)),
				_("two pages have the title 「%.*s」"), STR_ARG(title));
		else
			map_put(&titles, title, i);
	}
	map_release(&titles);
}

void checker_finish(struct checker *c, struct diags *ds)
{
	for (size_t i = 0; i < c->all->outputs->count; i++) {
		const struct page_facts *facts = &c->facts[i];
		const struct page *page = c->all->outputs->items[i].page;
		for (size_t k = 0; k < VEC_COUNT(&facts->faults, struct fault); k++)
			tell(c, page, &VEC_AT(&facts->faults, struct fault)[k], ds);
		if (page)
			check_anchors(c, page, facts, ds);
	}
	check_titles(c, ds);
	check_content(c->all, &c->arena, ds);
	check_alike(c->all, &c->arena, ds);
	check_contrast(c->all, &c->arena, ds);
}

bool checker_outside(struct checker *c, const struct outside *o, struct diags *ds)
{
	struct map seen = { 0 };
	struct buf list = { 0 };
	for (size_t i = 0; i < c->all->outputs->count; i++) {
		const struct page_link *links = VEC_AT(&c->facts[i].links, struct page_link);
		for (size_t k = 0; k < VEC_COUNT(&c->facts[i].links, struct page_link); k++)
			if (links[k].output == OUTSIDE && map_add(&seen, links[k].anchor, 0))
				*VEC_ADD(&list, struct outside_link) = (struct outside_link){ links[k].anchor,
					c->all->outputs->items[i].page, links[k].line };
	}
	bool done = outside_check(
		o, c->all, VEC_AT(&list, struct outside_link), VEC_COUNT(&list, struct outside_link), &c->arena, ds);
	map_release(&seen);
	buf_release(&list);
	return done;
}
