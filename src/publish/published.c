#include "publish/published.h"

#include "publish/publish.h"
#include "site/anchors.h"
#include "text/slug.h"

const char *published_read(struct str bytes, bool may_be_empty, struct arena *a, struct manifest *old)
{
	*old = (struct manifest){ 0 };
	bool good = (may_be_empty && bytes.n == 0) || manifest_read(bytes, a, old);
	/* It comes from a server, and what it names is removed. */
	for (size_t i = 0; i < old->count; i++)
		good = good && fs_path_clean(old->files[i].path) && fs_path_prints(old->files[i].path);
	if (!good)
		return _("this is not a giji-manifest.json");
	return old->drafts ? _("this was built with drafts, so it was never published") : NULL;
}

/* --- what to upload --- */

struct change_list {
	struct buf *out;
	bool json, first;
};

static void put_change(struct change_list *l, char sign, struct str path)
{
	if (!l->json) {
		buf_format(l->out, "%c %.*s\n", sign, STR_ARG(path));
		return;
	}
	buf_put(l->out, l->first ? STR("\n    ") : STR(",\n    "));
	buf_json(l->out, path);
	l->first = false;
}

/* Those of `all` that `others` lacks; with `changed`, also those that are other bytes there. */
static bool put_changes(
	struct change_list *l, char sign, const struct manifest *all, const struct manifest *others, bool changed)
{
	struct map hashes = { 0 };
	bool any = false;
	for (size_t i = 0; i < others->count; i++)
		map_put(&hashes, others->files[i].path, i);
	for (size_t i = 0; i < all->count; i++) {
		const struct manifest_file *f = &all->files[i];
		size_t other;
		if (map_get(&hashes, f->path, &other) && !(changed && !str_eq(f->sha256, others->files[other].sha256)))
			continue;
		put_change(l, sign, f->path);
		any = true;
	}
	map_release(&hashes);
	return any;
}

void published_changes(const struct manifest *old, const struct manifest *now, bool json, struct buf *out)
{
	struct buf gone = { 0 };
	struct change_list changed = { out, json, true }, lost = { &gone, json, true };
	bool some_gone = put_changes(&lost, '-', old, now, false);
	if (json)
		buf_put(out, STR("{\n  \"changed\": ["));
	bool any = put_changes(&changed, '+', now, old, true) || some_gone;
	if (!json)
		buf_put(out, buf_str(&gone));
	if (any)
		put_change(&changed, '+', STR(PUBLISH_MANIFEST));
	if (json)
		buf_format(out, "%s],\n  \"gone\": [%.*s", changed.first ? "" : "\n  ", STR_ARG(buf_str(&gone)));
	if (json)
		buf_format(out, "%s]\n}\n", lost.first ? "" : "\n  ");
	buf_release(&gone);
}

/* --- what must not be lost --- */

struct comparison {
	const struct manifest *old;
	const struct site *site;
	const struct outputs *outputs;
	struct diags *diags;
	struct map now;  /* path below the output folder → output; SIZE_MAX for a redirect that only servers know */
	struct map urls; /* of pages → index in site.pages */
	struct map sources; /* of pages → the first of them */
	struct map fresh;   /* paths of records and plain pages that were not there before → index in site.pages */
	struct arena scratch;
	size_t searches;
	enum { UNASKED, NOTHING_HELD, SOMETHING_HELD } held; /* of what was published */
};

static void open_comparison(struct comparison *c)
{
	const struct site *s = c->site;
	struct map before = { 0 };
	for (size_t i = 0; i < c->old->count; i++)
		map_add(&before, c->old->files[i].path, i);
	for (size_t i = 0; i < c->outputs->count; i++)
		map_add(&c->now, c->outputs->items[i].path, i);
	for (size_t i = 0; i < s->page_count; i++) {
		const struct page *p = &s->pages[i];
		map_add(&c->now, p->output, SIZE_MAX);
		if (p->kind == PAGE_REDIRECT)
			continue;
		map_add(&c->urls, p->url, i);
		map_add(&c->sources, p->source.path, i);
		bool words = p->kind == PAGE_MEETING || p->kind == PAGE_PLAIN;
		if (words && !map_get(&before, p->output, NULL))
			map_add(&c->fresh, p->output, i);
	}
	map_release(&before);
}

static void close_comparison(struct comparison *c)
{
	map_release(&c->now);
	map_release(&c->urls);
	map_release(&c->sources);
	map_release(&c->fresh);
	arena_release(&c->scratch);
}

/* As a reader or `aliases` writes it: "/ict/5/". */
static struct str address_of(struct comparison *c, struct str output)
{
	struct str name = fs_path_name(output);
	if (str_eq(name, STR("index.html")))
		output = str_but(output, name.n);
	return arena_format(&c->scratch, "/%.*s", STR_ARG(output));
}

/* The page that a reader of the old address sees: it, or where it redirects to. */
static const struct page *page_at(const struct comparison *c, size_t output)
{
	const struct page *p = output == SIZE_MAX ? NULL : c->outputs->items[output].page;
	size_t i;
	if (p && p->kind == PAGE_REDIRECT)
		return map_get(&c->urls, p->target, &i) ? &c->site->pages[i] : NULL;
	return p;
}

/* --- what is withheld on purpose --- */

/* Whether a file, its original or a folder around it is held back now, and why. */
static const struct held *find_held(struct comparison *c, struct str source)
{
	struct str name = fs_path_name(source), folder = fs_path_folder(source);
	struct str original =
		arena_format(&c->scratch, "%.*s/%.*s.md", STR_ARG(folder), STR_ARG(str_cut(&name, STR("."))));
	for (size_t i = 0; i < c->site->held_count; i++) {
		const struct held *h = &c->site->held[i];
		struct str index = fs_path_name(h->path), above = str_but(h->path, index.n);
		if (str_eq(h->path, source) || str_eq(h->path, original) ||
			(str_starts(index, STR("index.")) && str_starts(source, above)))
			return h;
	}
	return NULL;
}

static const struct meeting *find_meeting(const struct comparison *c, struct str source)
{
	size_t i;
	const struct site *s = c->site;
	bool found = map_get(&c->sources, source, &i) && s->pages[i].kind == PAGE_MEETING;
	return found ? s->meetings[s->pages[i].subject] : NULL;
}

/* The record says that this document, or all of the meeting, is not public. */
static bool is_closed(const struct meeting *m, struct str source)
{
	for (size_t i = 0; i < m->closed_files.count; i++)
		if (str_eq(m->closed_files.items[i].text, source))
			return true;
	return m->withheld;
}

static bool withdrawn(struct comparison *c, struct str address, struct str source, const char *why)
{
	diag_add(c->diags, ADDRESS_WITHDRAWN, loc_file(source),
		diag_text(
			c->diags, _("if this is meant, nothing is to be done; it is told until the next publication")),
		_("「%.*s」 was published, and is withheld now: %s"), STR_ARG(address), why);
	return true;
}

/* Whether the content says that this is gone on purpose; told unless it was to expire. */
static bool is_withheld(struct comparison *c, const struct manifest_file *f)
{
	static const char *const why[] = { [HELD_DRAFT] = N_("it is a draft"),
		[HELD_EARLY] = N_("its publish_on is still to come"),
		[HELD_EXPIRED] = N_("it has expired") };
	struct str owner = f->facts.by.n ? f->facts.by : f->facts.source;
	const struct held *held = find_held(c, owner);
	const struct meeting *m = find_meeting(c, owner);
	if (held && held->why == HELD_EXPIRED)
		return true;
	if (held)
		return withdrawn(c, address_of(c, f->path), owner, _(why[held->why]));
	if (f->facts.by.n && m && is_closed(m, f->facts.source))
		return withdrawn(c, address_of(c, f->path), owner, _("it is closed to the public"));
	return false;
}

static bool is_page(struct str path)
{
	return str_eq(fs_path_name(path), STR("index.html"));
}

/* Whether anything that was published is withheld now, or has expired. */
static bool something_held(struct comparison *c)
{
	for (size_t i = 0; i < c->old->count && c->held == UNASKED; i++) {
		struct str source = c->old->files[i].facts.source;
		const struct meeting *m = find_meeting(c, source);
		if ((m && m->withheld) || find_held(c, source))
			c->held = SOMETHING_HELD;
	}
	if (c->held == UNASKED)
		c->held = NOTHING_HELD;
	return c->held == SOMETHING_HELD;
}

/* A year or a body of a list that stays: what it listed is told itself. */
static bool is_emptied(struct comparison *c, const struct manifest_file *f)
{
	struct str folder = fs_path_folder(f->path);
	while (is_page(f->path) && (folder = fs_path_folder(folder)).n) {
		size_t output;
		struct str above = arena_format(&c->scratch, "%.*s/index.html", STR_ARG(folder));
		const struct page *p = map_get(&c->now, above, &output) ? page_at(c, output) : NULL;
		if (p && (p->part || p->kind == PAGE_SPEAKER || p->kind == PAGE_TOPIC))
			return something_held(c);
	}
	return false;
}

/* --- what is lost --- */

/* What stands beside a page that is gone, its data and the like, goes with it. */
static bool goes_with_page(struct comparison *c, const struct manifest_file *f)
{
	struct str folder = fs_path_folder(f->path);
	return !is_page(f->path) && f->facts.by.n == 0 && f->facts.to.n == 0 &&
		!map_get(&c->now, arena_format(&c->scratch, "%.*s/index.html", STR_ARG(folder)), NULL);
}

/* The page that probably took the place of one that is gone. */
static const struct page *find_successor(struct comparison *c, const struct manifest_file *f)
{
	enum { SEARCHES_MOST = 20 };
	const struct site *s = c->site;
	size_t i;
	if (str_ends(f->facts.source, STR(".md")) && map_get(&c->sources, f->facts.source, &i))
		return &s->pages[i];
	if (c->searches++ >= SEARCHES_MOST)
		return NULL;
	struct str near = map_nearest(&c->fresh, f->path);
	return near.p && map_get(&c->fresh, near, &i) ? &s->pages[i] : NULL;
}

static struct str way_back(struct comparison *c, const struct manifest_file *f, struct str address)
{
	const struct page *next = find_successor(c, f);
	struct str source = f->facts.source;
	if (str_starts(f->path, STR("speakers/")) || str_starts(f->path, STR("topics/")) ||
		str_find(f->path, STR("/speakers/"), 0) != SIZE_MAX ||
		str_find(f->path, STR("/topics/"), 0) != SIZE_MAX)
		return diag_text(c->diags, _("ids do not change: keep this one in content/people.yml or topics.yml"));
	if (next && str_ends(next->source.path, STR(".md")))
		return diag_text(c->diags, _("is it 「%.*s」 now? Then write 「aliases: [%.*s]」 into %.*s"),
			STR_ARG(address_of(c, next->output)), STR_ARG(address), STR_ARG(next->source.path));
	if (f->facts.by.n)
		return diag_text(c->diags,
			_("name the document in a record again, or write 「aliases: [%.*s]」 where it is now"),
			STR_ARG(address));
	if (f->facts.to.n)
		return diag_text(
			c->diags, _("put 「aliases: [%.*s]」 back into %.*s"), STR_ARG(address), STR_ARG(source));
	return diag_text(
		c->diags, _("write 「aliases: [%.*s]」 into the page that has taken its place"), STR_ARG(address));
}

static void check_lost(struct comparison *c, const struct manifest_file *f)
{
	if (goes_with_page(c, f) || is_withheld(c, f) || is_emptied(c, f))
		return;
	struct str address = address_of(c, f->path);
	diag_add(c->diags, ADDRESS_LOST, loc_file(f->facts.by.n ? f->facts.by : f->facts.source),
		way_back(c, f, address), _("「%.*s」 was published, and nothing is there now"), STR_ARG(address));
}

static void check_aliases(struct comparison *c, const struct manifest_file *f)
{
	for (struct str rest = f->facts.aliases; rest.p;) {
		struct str alias = slug_decode(&c->scratch, str_cut(&rest, STR(" ")));
		struct manifest_file old = { .path = str_from(alias, 1),
			.facts = { .source = f->facts.source, .to = address_of(c, f->path) } };
		if (alias.n > 1 && !map_get(&c->now, old.path, NULL))
			check_lost(c, &old);
	}
}

/* --- anchors --- */

static size_t list_lost(struct str old, struct str now, struct arena *scratch, struct buf *lost)
{
	enum { NAMED_MOST = 8 };
	struct map there = { 0 };
	size_t count = 0;
	for (struct str rest = arena_str(scratch, now); rest.p;)
		map_add(&there, str_cut(&rest, STR(" ")), 0);
	while (old.p) {
		struct str anchor = str_cut(&old, STR(" "));
		if (anchor.n == 0 || map_get(&there, anchor, NULL))
			continue;
		if (count++ < NAMED_MOST)
			buf_format(lost, "%s#%.*s", lost->n ? " " : "", STR_ARG(anchor));
	}
	if (count > NAMED_MOST)
		buf_put(lost, STR(" …"));
	map_release(&there);
	return count;
}

static void check_anchors(struct comparison *c, const struct manifest_file *f, const struct page *p)
{
	struct buf now = { 0 }, lost = { 0 };
	anchors_of_page(c->site, p, &now);
	size_t count = 0;
	if (!str_eq(buf_str(&now), f->facts.anchors))
		count = list_lost(f->facts.anchors, buf_str(&now), &c->scratch, &lost);
	struct str address = address_of(c, f->path);
	bool record = p->kind == PAGE_MEETING;
	if (count && record && c->site->meetings[p->subject]->withheld)
		withdrawn(c, address, p->source.path, _("its words are closed to the public"));
	else if (count)
		diag_add(c->diags, ANCHOR_LOST, loc_file(p->source.path),
			record ? diag_text(c->diags,
					 _("put the words back where they stood; 「giji stamp」 keeps addresses from "
					   "moving"))
			       : diag_text(c->diags, _("give the headings their old words back")),
			_("「%.*s」 no longer has what was published as %.*s"), STR_ARG(address),
			STR_ARG(buf_str(&lost)));
	buf_release(&now);
	buf_release(&lost);
}

void published_compare(
	const struct manifest *old, const struct site *site, const struct outputs *outputs, struct diags *ds)
{
	struct comparison c = { .old = old, .site = site, .outputs = outputs, .diags = ds };
	arena_init(&c.scratch);
	open_comparison(&c);
	for (size_t i = 0; i < old->count; i++) {
		const struct manifest_file *f = &old->files[i];
		struct str source = f->facts.source;
		size_t output;
		bool named = str_starts(source, STR("content/")) || str_eq(source, STR("site.yml"));
		if (!named)
			continue;
		const struct page *p = NULL;
		if (!map_get(&c.now, f->path, &output))
			check_lost(&c, f);
		else
			p = page_at(&c, output);
		check_aliases(&c, f);
		if (p && f->facts.anchors.n)
			check_anchors(&c, f, p);
	}
	close_comparison(&c);
}
