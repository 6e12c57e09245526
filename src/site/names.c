#include "site/names.h"

#include "text/fold.h"

#include <string.h>

struct meaning {
	struct target target;
	uint32_t next; /* meaning, or NONE */
	uint32_t last; /* of the first of a list: its end */
};

enum { MEANINGS_MOST = 500 }; /* of one word that are compared; with so many it is ambiguous anyway */

/* Folded words → targets, in the order in which they were added. */
struct index {
	struct map map;
	struct buf meanings; /* of struct meaning */
};

struct names {
	struct build *build;
	struct map addresses; /* "ict/5" → meaning in `places` */
	struct buf places;    /* of struct target */
	struct map sources;   /* path of a Markdown file → record, or record_count + text file */
	struct index pages, people, topics;
	struct index *bodies; /* meetings of each body; made when first asked for */
	bool bodies_made;
	uint32_t *plains; /* one per text file: the plain page it became, or NONE */
};

static bool same_target(struct target a, struct target b)
{
	return a.kind == b.kind && a.index == b.index;
}

static void index_add(struct names *n, struct index *x, struct str words, struct target target)
{
	struct str key = fold_label(&n->build->scratch, words);
	uint32_t added = (uint32_t)VEC_COUNT(&x->meanings, struct meaning);
	size_t at;
	if (str_empty(key))
		return;
	if (!map_add(&x->map, key, added) && map_get(&x->map, key, &at)) {
		struct meaning *list = VEC_AT(&x->meanings, struct meaning);
		/* What means one thing twice is added in a row. */
		if (same_target(list[list[at].last].target, target))
			return;
		list[list[at].last].next = added;
		list[at].last = added;
	}
	*VEC_ADD(&x->meanings, struct meaning) = (struct meaning){ target, NONE, added };
}

static void index_add_words(struct names *n, struct index *x, const struct words *w, struct target target)
{
	index_add(n, x, w->any, target);
	for (size_t i = 0; w->by_language && i < w->by_language->count; i++)
		index_add(n, x, w->by_language->items[i].text, target);
}

static void index_release(struct index *x)
{
	map_release(&x->map);
	buf_release(&x->meanings);
}

static struct str join(struct arena *a, struct str folder, struct str name)
{
	return str_empty(folder) ? name : arena_format(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
}

static bool add_address(struct names *n, struct str address, struct target target)
{
	if (!map_add(&n->addresses, address, VEC_COUNT(&n->places, struct target)))
		return false;
	*VEC_ADD(&n->places, struct target) = target;
	return true;
}

static void add_pages(struct names *n)
{
	const struct site *s = n->build->site;
	for (uint32_t i = 0; i < s->body_count; i++) {
		if (s->bodies[i].is_pages)
			continue;
		struct target target = { TARGET_BODY, i };
		add_address(n, s->bodies[i].folder, target);
		index_add(n, &n->pages, s->bodies[i].folder, target);
		for (size_t e = 0; e < s->edition_count; e++)
			index_add(n, &n->pages, s->bodies[i].in_edition[e]->title, target);
	}
	for (uint32_t i = 0; i < s->plain_count; i++) {
		const struct plain *p = &s->plains[i];
		struct target target = { TARGET_PLAIN, i };
		struct str address = p->is_index ? p->folder : join(&n->build->scratch, p->folder, p->name);
		size_t at;
		if (str_empty(address))
			continue;
		/* Versions in other languages go with the first. */
		if (!add_address(n, address, target) && map_get(&n->addresses, address, &at))
			target = VEC_AT(&n->places, struct target)[at];
		index_add(n, &n->pages, address, target);
		if (!p->is_index)
			index_add(n, &n->pages, p->name, target);
		if (words_are(&p->front.title))
			index_add_words(n, &n->pages, &p->front.title, target);
	}
}

static void add_people(struct names *n)
{
	const struct site *s = n->build->site;
	for (uint32_t i = 0; i < s->person_count; i++) {
		struct target target = { TARGET_PERSON, i };
		const struct person *p = &s->people[i];
		index_add(n, &n->people, p->id, target);
		index_add_words(n, &n->people, &p->name, target);
		if (p->registered == NONE)
			continue;
		const struct person_labels *labels = &s->registers.people[p->registered].labels;
		for (size_t k = 0; k < labels->count; k++)
			index_add(n, &n->people, labels->items[k].label, target);
	}
	for (uint32_t i = 0; i < s->topic_count; i++) {
		struct target target = { TARGET_TOPIC, i };
		const struct topic *t = &s->topics[i];
		index_add(n, &n->topics, t->id, target);
		index_add_words(n, &n->topics, &t->name, target);
		for (size_t k = 0; t->registered != NONE && k < s->registers.topics[t->registered].terms.count; k++)
			index_add(n, &n->topics, s->registers.topics[t->registered].terms.items[k].text, target);
	}
}

static void add_sources(struct names *n)
{
	struct build *b = n->build;
	for (size_t i = 0; i < b->record_count; i++) {
		const struct content_file *f = &b->records[i].file;
		map_add(&n->sources, fold_nfc(&b->scratch, f->path), i);
		add_address(n, join(&b->scratch, f->folder, f->name),
			(struct target){ TARGET_RECORD, b->records[i].group });
	}
	n->plains = ARENA_ARRAY(&b->scratch, uint32_t, b->text_count);
	uint32_t plain = 0;
	for (size_t i = 0; i < b->text_count; i++) {
		const struct content_file *f = b->texts[i].file;
		bool is_next = plain < b->site->plain_count && str_eq(b->site->plains[plain].path, f->path);
		n->plains[i] = is_next ? plain++ : NONE;
		map_add(&n->sources, fold_nfc(&b->scratch, f->path), b->record_count + i);
	}
}

struct names *names_open(struct build *b)
{
	struct names *n = ARENA_NEW(&b->scratch, struct names);
	n->build = b;
	n->bodies = ARENA_ARRAY(&b->scratch, struct index, b->site->body_count);
	add_sources(n);
	add_pages(n);
	add_people(n);
	return n;
}

void names_close(struct names *n)
{
	map_release(&n->addresses);
	map_release(&n->sources);
	buf_release(&n->places);
	index_release(&n->pages);
	index_release(&n->people);
	index_release(&n->topics);
	for (size_t i = 0; i < n->build->site->body_count; i++)
		index_release(&n->bodies[i]);
}

/* 第4回, 令和６年度第１回, and what else a number is called with. */
static void add_number(struct names *n, struct index *x, const struct meeting *m, struct target target)
{
	struct arena *a = &n->build->scratch;
	const struct record_front *f = &m->front;
	int starts = (int)n->build->site->settings.year_starts;
	int year = date_fiscal_year(f->date.date, starts);
	struct str era = year_print(a, year, starts, STR("ja"));
	index_add(n, x, arena_format(a, "%ld", f->number), target);
	index_add(n, x, arena_format(a, "第%ld回", f->number), target);
	index_add(n, x, arena_format(a, "%.*s第%ld回", STR_ARG(era), f->number), target);
	index_add(n, x, arena_format(a, "%d年度第%ld回", year, f->number), target);
	if (str_empty(f->session))
		return;
	static const char *const counters[] = { "回", "号", "日" };
	for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
		index_add(n, x, arena_format(a, "%.*s第%ld%s", STR_ARG(f->session), f->number, counters[i]), target);
}

static void add_meeting(struct names *n, struct index *x, const struct record *r)
{
	struct target target = { TARGET_RECORD, r->group };
	index_add(n, x, r->file.name, target);
	if (!r->meeting)
		return;
	index_add(n, x, r->meeting->front.title, target);
	index_add(n, x, r->meeting->front.session, target);
	if (r->meeting->front.number > 0)
		add_number(n, x, r->meeting, target);
}

static struct index *meetings_of(struct names *n, uint32_t body)
{
	struct build *b = n->build;
	for (size_t i = 0; !n->bodies_made && i < b->record_count; i++)
		add_meeting(n, &n->bodies[b->records[i].body], &b->records[i]);
	n->bodies_made = true;
	return &n->bodies[body];
}

/* Any published meeting of a group, or NONE. */
static uint32_t published_of(const struct build *b, uint32_t group)
{
	const struct group *g = &b->groups[group];
	for (size_t i = 0; i < g->count; i++)
		if (b->records[g->records[i]].index != NONE)
			return b->records[g->records[i]].index;
	return NONE;
}

/* Where numbers begin again each year or session, a bare one means the same year or session; and a label that
 * stands in no register means someone of this body. */
static bool is_close(const struct names *n, const struct seeker *at, struct target t)
{
	const struct site *s = n->build->site;
	if (t.kind == TARGET_PERSON)
		return s->people[t.index].body != NONE && s->people[t.index].body == at->body;
	uint32_t other = t.kind == TARGET_RECORD ? published_of(n->build, t.index) : NONE;
	if (at->index == NONE || other == NONE)
		return false;
	if (s->bodies[at->body].front.numbering == NUMBERING_SESSION)
		return str_eq(s->meetings[other]->front.session, at->meeting->front.session);
	return s->places[other].fiscal_year == s->places[at->index].fiscal_year;
}

static bool is_shown(const struct names *n, struct target t)
{
	const struct site *s = n->build->site;
	switch (t.kind) {
	case TARGET_RECORD:
		return published_of(n->build, t.index) != NONE;
	case TARGET_PLAIN:
		return !s->plains[t.index].hidden;
	case TARGET_BODY:
		return !s->bodies[t.index].hidden;
	default:
		return true;
	}
}

/* One of several: the only one that is published, else the only one that is also close. */
static enum name_result choose(const struct names *n, const struct seeker *at, const struct index *x, size_t meaning,
	struct target *target, struct target *other)
{
	const struct meaning *list = VEC_AT(&x->meanings, struct meaning);
	*target = list[meaning].target;
	if (list[meaning].next == NONE)
		return NAME_FOUND;
	size_t shown = 0, close = 0, seen = 0;
	struct target first = *target, near = *target;
	for (uint32_t i = (uint32_t)meaning; i != NONE && seen < MEANINGS_MOST; i = list[i].next, seen++) {
		if (!is_shown(n, list[i].target))
			continue;
		if (shown++ == 0)
			first = list[i].target;
		else
			*other = list[i].target;
		if (is_close(n, at, list[i].target) && close++ == 0)
			near = list[i].target;
	}
	*target = close == 1 ? near : first;
	return shown < 2 || close == 1 ? NAME_FOUND : NAME_AMBIGUOUS;
}

bool names_address(const struct names *n, struct str address, struct target *target)
{
	size_t at;
	while (address.n > 0 && address.p[address.n - 1] == '/')
		address = str_but(address, 1);
	if (!map_get(&n->addresses, address, &at))
		return false;
	*target = VEC_AT(&n->places, struct target)[at];
	return true;
}

static bool find_document(const struct names *n, const struct seeker *at, struct str key, struct target *target)
{
	for (uint32_t i = 0; at->meeting && i < at->meeting->front.documents.count; i++) {
		*target = (struct target){ TARGET_DOCUMENT, i };
		if (str_eq(fold_label(&n->build->scratch, at->meeting->front.documents.items[i].label), key))
			return true;
	}
	return false;
}

static enum name_result look_up(struct names *n, const struct seeker *at, const struct index *x, struct str key,
	struct target *target, struct target *other)
{
	size_t meaning;
	return map_get(&x->map, key, &meaning) ? choose(n, at, x, meaning, target, other) : NAME_UNKNOWN;
}

enum name_result names_find(
	struct names *n, const struct seeker *at, struct str words, struct target *target, struct target *other)
{
	struct arena *a = &n->build->scratch;
	struct str key = fold_label(a, words), address = fold_nfc(a, str_trim(words));
	enum name_result result = NAME_UNKNOWN;
	if (find_document(n, at, key, target))
		return NAME_FOUND;
	if (names_address(n, join(a, at->folder, address), target) && target->kind == TARGET_RECORD)
		return NAME_FOUND;
	if (at->body != NONE)
		result = look_up(n, at, meetings_of(n, at->body), key, target, other);
	if (result != NAME_UNKNOWN)
		return result;
	if (names_address(n, address, target) || names_address(n, join(a, at->folder, address), target))
		return NAME_FOUND;
	const struct index *rest[] = { &n->pages, &n->people, &n->topics };
	for (size_t i = 0; i < sizeof rest / sizeof *rest && result == NAME_UNKNOWN; i++)
		result = look_up(n, at, rest[i], key, target, other);
	return result;
}

struct str names_nearest(struct names *n, const struct seeker *at, struct str words)
{
	struct str key = fold_label(&n->build->scratch, words), near = STR_NONE;
	struct map documents = { 0 };
	for (size_t i = 0; at->meeting && i < at->meeting->front.documents.count; i++)
		map_add(&documents, fold_label(&n->build->scratch, at->meeting->front.documents.items[i].label), i);
	const struct map *all[] = { &documents, at->body == NONE ? NULL : &meetings_of(n, at->body)->map, &n->pages.map,
		&n->people.map, &n->topics.map, &n->addresses };
	for (size_t i = 0; i < sizeof all / sizeof *all && !near.p; i++)
		if (all[i])
			near = map_nearest(all[i], key);
	map_release(&documents);
	return near;
}

struct str names_spell(const struct names *n, const struct seeker *at, struct target t)
{
	const struct build *b = n->build;
	const struct site *s = b->site;
	const struct content_file *f;
	const struct plain *p;
	switch (t.kind) {
	case TARGET_DOCUMENT:
		return at->meeting->front.documents.items[t.index].label;
	case TARGET_RECORD:
		f = &b->records[b->groups[t.index].records[0]].file;
		return join(&n->build->scratch, f->folder, f->name);
	case TARGET_PLAIN:
		p = &s->plains[t.index];
		return p->is_index ? p->folder : join(&n->build->scratch, p->folder, p->name);
	case TARGET_BODY:
		return s->bodies[t.index].folder;
	case TARGET_PERSON:
		return s->people[t.index].id;
	default:
		return s->topics[t.index].id;
	}
}

bool names_source(const struct names *n, struct str path, struct target *target, uint32_t *record)
{
	const struct build *b = n->build;
	size_t at;
	*record = NONE;
	if (!map_get(&n->sources, path, &at))
		return false;
	if (at < b->record_count) {
		*record = (uint32_t)at;
		*target = (struct target){ TARGET_RECORD, b->records[at].group };
		return true;
	}
	const struct content_file *f = b->texts[at - b->record_count].file;
	if (f->kind == CONTENT_BODY)
		*target = (struct target){ TARGET_BODY, build_body_of(b, f->folder) };
	else
		*target = (struct target){ TARGET_PLAIN, n->plains[at - b->record_count] };
	return target->index != NONE;
}

struct str names_nearest_source(const struct names *n, struct str path)
{
	return map_nearest(&n->sources, path);
}
