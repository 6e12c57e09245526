/* Whole documents: plain pages and introductions, with headings that can be linked and callouts. */
#include "base/map.h"
#include "markdown/write.h"
#include "text/slug.h"

#include <string.h>
#include <strings.h>

static struct str heading_id(const struct md_doc *doc, const struct md_block *b, struct map *taken, struct arena *a)
{
	struct buf words = { 0 };
	md_plain_runs(doc, b->first_run, b->end_run, &words);
	struct str base = slug(a, buf_str(&words)), id;
	buf_release(&words);
	if (str_empty(base))
		base = STR("section");
	id = arena_str(a, base);
	/* The map counts the ids of one base, so that a thousand equal headings are no thousand searches each. */
	size_t number = 1;
	map_get(taken, base, &number);
	while (!map_add(taken, id, 1))
		id = arena_format(a, "%.*s-%zu", STR_ARG(base), ++number);
	map_put(taken, base, number);
	return id;
}

struct md_heading *md_headings(const struct md_doc *doc, struct arena *a, size_t *count)
{
	struct buf list = { 0 };
	struct map taken = { 0 };
	for (uint32_t i = 0; i < doc->block_count; i++) {
		if (doc->blocks[i].kind != MD_HEADING || doc->blocks[i].parent != MD_NONE)
			continue;
		struct md_heading *heading = VEC_ADD(&list, struct md_heading);
		heading->block = i;
		heading->id = heading_id(doc, &doc->blocks[i], &taken, a);
	}
	*count = VEC_COUNT(&list, struct md_heading);
	map_release(&taken);
	return buf_settle(&list, a);
}

struct page {
	const struct md_html *h;
	struct buf *out;
	unsigned highest; /* the level that becomes <h2> */
};

static void put_heading(const struct page *p, uint32_t block, struct str id)
{
	const struct md_block *b = &p->h->doc->blocks[block];
	unsigned level = b->level - p->highest + 2;
	level = level > 6 ? 6 : level;
	buf_format(p->out, "<h%u id=\"", level);
	buf_attribute(p->out, id);
	buf_put(p->out, STR("\">"));
	md_html_runs(p->h, b->first_run, b->end_run, p->out);
	buf_format(p->out, "</h%u>\n", level);
}

bool md_callout_begins(struct str s, struct str *name, size_t *length)
{
	enum { NAME_MOST = 60 }; /* bytes */
	size_t n, at;
	if (point_narrow(str_point(s, 0, &at)) != '[' || point_narrow(str_point(s, at, &n)) != '!')
		return false;
	size_t from = at += n;
	for (; at < s.n && at - from < NAME_MOST; at += n) {
		uint32_t point = point_narrow(str_point(s, at, &n));
		if (point == ']') {
			*name = str_trim(str_n(s.p + from, at - from));
			*length = at + n;
			/* Obsidian's mark for a callout that can be folded. */
			if (*length < s.n && (s.p[*length] == '-' || s.p[*length] == '+'))
				++*length;
			return !str_empty(*name);
		}
		if (point == '[' || point == '\1')
			return false;
	}
	return false;
}

/* The callout that stands at the start of text; its bytes, or 0. */
static size_t callout_at(struct str text, const char **name)
{
	static const struct {
		struct str typed;
		const char *name;
	} names[] = { { STR_INIT("note"), "note" }, { STR_INIT("tip"), "tip" }, { STR_INIT("important"), "important" },
		{ STR_INIT("warning"), "warning" }, { STR_INIT("caution"), "caution" }, { STR_INIT("注"), "note" } };
	struct str typed;
	size_t length, i = 0, count = sizeof names / sizeof *names;
	if (!md_callout_begins(text, &typed, &length))
		return 0;
	while (i < count && (typed.n != names[i].typed.n || strncasecmp(typed.p, names[i].typed.p, typed.n) != 0))
		i++;
	if (i < count)
		*name = names[i].name;
	return i < count ? length : 0;
}

/* A quote being written: plain, or a callout, or nothing yet. */
struct quote {
	const struct page *page;
	struct str end; /* the tag that closes what is open, or empty */
};

static void open_quote(struct quote *q, const char *callout)
{
	struct buf *out = q->page->out;
	buf_put(out, q->end);
	if (callout)
		buf_format(out, "<aside class=\"callout %s\">", callout);
	else
		buf_put(out, STR("<blockquote>"));
	q->end = callout ? STR("</aside>") : STR("</blockquote>");
}

static bool is_break(const struct md_doc *doc, uint32_t run)
{
	return doc->runs[run].kind == MD_SOFT || doc->runs[run].kind == MD_HARD;
}

/* The callout that run `i` of a quoted paragraph begins, at the start of a line: its bytes, or 0. */
static size_t callout_of(const struct md_doc *doc, const struct md_block *b, uint32_t i, const char **name)
{
	const struct md_run *run = &doc->runs[i];
	bool begins = i == b->first_run || is_break(doc, i - 1);
	return begins && run->kind == MD_TEXT && !run->literal ? callout_at(run->text, name) : 0;
}

/* The lines of a quote's paragraph, up to the next callout and from it on. */
static void put_quoted(struct quote *q, const struct md_block *b)
{
	const struct md_doc *doc = q->page->h->doc;
	struct buf *out = q->page->out;
	for (uint32_t first = b->first_run, end; first < b->end_run; first = end) {
		const char *name = NULL, *next;
		size_t skip = callout_of(doc, b, first, &name);
		for (end = first + 1; end < b->end_run && !callout_of(doc, b, end, &next);)
			end++;
		if (skip || !q->end.n)
			open_quote(q, name);
		struct str behind = str_from(doc->runs[first].text, skip);
		if (skip)
			skip += behind.n - str_trim_start(behind).n;
		/* `[!note]` alone on its line: the words begin on the next. */
		uint32_t from = skip && skip == doc->runs[first].text.n ? first + 1 : first;
		skip = from == first ? skip : 0;
		from += from > first && from < end && is_break(doc, from);
		uint32_t last = end < b->end_run ? end - 1 : end; /* the break before the next callout */
		if (from < last) {
			buf_put(out, STR("<p>"));
			write_runs(q->page->h, from, last, skip, out);
			buf_put(out, STR("</p>"));
		}
	}
}

static void put_quote(const struct page *p, uint32_t block)
{
	const struct md_doc *doc = p->h->doc;
	struct quote q = { .page = p };
	for (uint32_t i = block + 1; i < doc->blocks[block].end; i = doc->blocks[i].end) {
		if (doc->blocks[i].kind == MD_PARAGRAPH) {
			put_quoted(&q, &doc->blocks[i]);
			continue;
		}
		if (!q.end.n)
			open_quote(&q, NULL);
		write_block(p->h, i, p->out);
	}
	if (!q.end.n)
		open_quote(&q, NULL);
	buf_put(p->out, q.end);
	buf_byte(p->out, '\n');
}

void md_html_page(const struct md_html *h, uint32_t first, uint32_t end, struct buf *out)
{
	const struct md_doc *doc = h->doc;
	struct page p = { .h = h, .out = out, .highest = 6 };
	struct arena a;
	size_t count, next = 0;
	arena_init(&a);
	struct md_heading *headings = md_headings(doc, &a, &count);
	for (size_t i = 0; i < count; i++) {
		const struct md_block *b = &doc->blocks[headings[i].block];
		if (headings[i].block >= first && headings[i].block < end && b->level < p.highest)
			p.highest = b->level;
	}
	for (uint32_t i = first; i < end; i = doc->blocks[i].end) {
		while (next < count && headings[next].block < i)
			next++;
		if (doc->blocks[i].kind == MD_QUOTE)
			put_quote(&p, i);
		else if (next < count && headings[next].block == i)
			put_heading(&p, i, headings[next].id);
		else
			write_block(h, i, out);
	}
	arena_release(&a);
}
