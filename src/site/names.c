#include "site/names.h"

#include "text/fold.h"

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

enum { INDEX_PAGES, INDEX_PEOPLE, INDEX_TOPICS, INDEX_BODIES /* from here on: meetings of each body */ };

struct names {
	struct build *build;
	struct map addresses; /* "ict/5" → target */
	struct buf targets;   /* of struct target */
	struct index *indexes;
	const struct meeting *labelled; /* whose documents these are */
	struct map labels;
};

static void index_add(struct names *n, struct index *x, struct str words, struct target target)
{
	struct str key = fold_label(&n->build->scratch, words);
	uint32_t added = (uint32_t)VEC_COUNT(&x->meanings, struct meaning);
	if (str_empty(key))
		return;
	size_t at = map_intern(&x->map, key, added);
	if (at != added) {
		struct meaning *list = VEC_AT(&x->meanings, struct meaning);
		struct target last = list[list[at].last].target;
		/* What means one thing twice is added in a row. */
		if (last.kind == target.kind && last.index == target.index)
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

static struct str join(struct arena *a, struct str folder, struct str name)
{
	return str_empty(folder) ? name : arena_format(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
}

static void add_address(struct names *n, struct str address, struct target target)
{
	if (map_add(&n->addresses, address, VEC_COUNT(&n->targets, struct target)))
		*VEC_ADD(&n->targets, struct target) = target;
}

static struct str plain_address(struct names *n, const struct plain *p)
{
	return p->is_index ? p->folder : join(&n->build->scratch, p->folder, p->name);
}

static void add_pages(struct names *n)
{
	const struct site *s = n->build->site;
	struct index *x = &n->indexes[INDEX_PAGES];
	for (uint32_t i = 0; i < s->body_count; i++) {
		if (s->bodies[i].is_pages)
			continue;
		struct target target = { TARGET_BODY, i };
		add_address(n, s->bodies[i].folder, target);
		index_add(n, x, s->bodies[i].folder, target);
		for (size_t e = 0; e < s->edition_count; e++)
			index_add(n, x, s->bodies[i].in_edition[e]->title, target);
	}
	for (uint32_t i = 0; i < s->plain_count; i++) {
		const struct plain *p = &s->plains[i];
		struct target target = { TARGET_PLAIN, n->build->plain_versions[i].first };
		struct str address = plain_address(n, p);
		if (str_empty(address))
			continue;
		add_address(n, address, target);
		index_add(n, x, address, target);
		if (!p->is_index)
			index_add(n, x, p->name, target);
		index_add_words(n, x, &p->front.title, target);
	}
}

static void add_people(struct names *n)
{
	const struct site *s = n->build->site;
	struct index *x = &n->indexes[INDEX_PEOPLE];
	for (uint32_t i = 0; i < s->person_count; i++) {
		struct target target = { TARGET_PERSON, i };
		const struct person *p = &s->people[i];
		index_add(n, x, p->id, target);
		index_add_words(n, x, &p->name, target);
		if (p->registered == NONE)
			continue;
		const struct person_labels *labels = &s->registers.people[p->registered].labels;
		for (size_t k = 0; k < labels->count; k++)
			index_add(n, x, labels->items[k].label, target);
	}
}

static void add_topics(struct names *n)
{
	const struct site *s = n->build->site;
	struct index *x = &n->indexes[INDEX_TOPICS];
	for (uint32_t i = 0; i < s->topic_count; i++) {
		struct target target = { TARGET_TOPIC, i };
		const struct topic *t = &s->topics[i];
		index_add(n, x, t->id, target);
		index_add_words(n, x, &t->name, target);
		if (t->registered == NONE)
			continue;
		const struct texts *terms = &s->registers.topics[t->registered].terms;
		for (size_t k = 0; k < terms->count; k++)
			index_add(n, x, terms->items[k].text, target);
	}
}

static void add_records(struct names *n)
{
	struct build *b = n->build;
	for (uint32_t i = 0; i < b->record_count; i++) {
		const struct version *v = &b->record_versions[i];
		add_address(n, join(&b->scratch, v->folder, v->name), (struct target){ TARGET_RECORD, v->first });
	}
}

struct names *names_open(struct build *b)
{
	struct names *n = ARENA_NEW(&b->scratch, struct names);
	n->build = b;
	n->indexes = ARENA_ARRAY(&b->scratch, struct index, INDEX_BODIES + b->site->body_count);
	add_records(n);
	add_pages(n);
	add_people(n);
	add_topics(n);
	return n;
}

void names_close(struct names *n)
{
	map_release(&n->addresses);
	map_release(&n->labels);
	buf_release(&n->targets);
	for (size_t i = 0; i < INDEX_BODIES + n->build->site->body_count; i++) {
		map_release(&n->indexes[i].map);
		buf_release(&n->indexes[i].meanings);
	}
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

/* The meetings of a body; made when first asked for, for most bodies never are. */
static struct index *meetings_of(struct names *n, uint32_t body)
{
	struct build *b = n->build;
	struct index *x = &n->indexes[INDEX_BODIES + body];
	if (x->map.count > 0)
		return x;
	for (size_t i = 0; i < b->record_count; i++) {
		const struct record *r = &b->records[i];
		struct target target = { TARGET_RECORD, b->record_versions[i].first };
		if (r->body != body)
			continue;
		index_add(n, x, r->file->name, target);
		if (!r->meeting)
			continue;
		index_add(n, x, r->meeting->front.title, target);
		index_add(n, x, r->meeting->front.session, target);
		if (r->meeting->front.number > 0)
			add_number(n, x, r->meeting, target);
	}
	return x;
}

/* Where numbers begin again each year or session, a bare one means the same year or session; and a label that
 * stands in no register means someone of this body. */
static bool is_close(const struct names *n, const struct seeker *at, struct target t)
{
	const struct site *s = n->build->site;
	if (t.kind == TARGET_PERSON)
		return s->people[t.index].body != NONE && s->people[t.index].body == at->body;
	if (t.kind != TARGET_RECORD || at->index == NONE)
		return false;
	uint32_t other = build_version(n->build->record_versions, t.index, at->language);
	if (other == NONE)
		return false;
	if (s->bodies[at->body].front.numbering == NUMBERING_SESSION)
		return str_eq(s->meetings[other]->front.session, at->meeting->front.session);
	return s->places[other].fiscal_year == s->places[at->index].fiscal_year;
}

static bool is_shown(const struct names *n, struct target t)
{
	const struct build *b = n->build;
	switch (t.kind) {
	case TARGET_RECORD:
		return build_version(b->record_versions, t.index, STR("")) != NONE;
	case TARGET_PLAIN:
		return build_version(b->plain_versions, t.index, STR("")) != NONE;
	case TARGET_BODY:
		return !b->site->bodies[t.index].hidden;
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
	struct target near = *target;
	for (uint32_t i = (uint32_t)meaning; i != NONE && seen < MEANINGS_MOST; i = list[i].next, seen++) {
		if (!is_shown(n, list[i].target))
			continue;
		*(shown++ == 0 ? target : other) = list[i].target;
		if (is_close(n, at, list[i].target) && close++ == 0)
			near = list[i].target;
	}
	if (close == 1)
		*target = near;
	return shown < 2 || close == 1 ? NAME_FOUND : NAME_AMBIGUOUS;
}

bool names_address(const struct names *n, struct str address, struct target *target)
{
	while (str_ends(address, STR("/")))
		address = str_but(address, 1);
	size_t at;
	if (!map_get(&n->addresses, address, &at))
		return false;
	*target = VEC_AT(&n->targets, struct target)[at];
	return true;
}

/* The record's own documents, by label. Links are asked for record by record, so one map at a time is enough. */
static const struct map *documents_of(struct names *n, const struct seeker *at)
{
	if (at->meeting == n->labelled)
		return &n->labels;
	map_release(&n->labels);
	n->labelled = at->meeting;
	for (size_t i = 0; at->meeting && i < at->meeting->front.documents.count; i++)
		map_add(&n->labels, fold_label(&n->build->scratch, at->meeting->front.documents.items[i].label), i);
	return &n->labels;
}

static bool find_document(struct names *n, const struct seeker *at, struct str key, struct target *target)
{
	size_t document;
	if (!map_get(documents_of(n, at), key, &document))
		return false;
	*target = (struct target){ TARGET_DOCUMENT, (uint32_t)document };
	return true;
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
	struct str below = join(a, at->folder, address);
	enum name_result result = NAME_UNKNOWN;
	if (find_document(n, at, key, target))
		return NAME_FOUND;
	if (names_address(n, below, target) && target->kind == TARGET_RECORD)
		return NAME_FOUND;
	if (at->body != NONE)
		result = look_up(n, at, meetings_of(n, at->body), key, target, other);
	if (result != NAME_UNKNOWN)
		return result;
	if (names_address(n, address, target) || names_address(n, below, target))
		return NAME_FOUND;
	for (size_t i = 0; i < INDEX_BODIES && result == NAME_UNKNOWN; i++)
		result = look_up(n, at, &n->indexes[i], key, target, other);
	return result;
}

struct str names_nearest(struct names *n, const struct seeker *at, struct str words)
{
	if (!build_may_search(n->build))
		return STR_NONE;
	struct str key = fold_label(&n->build->scratch, words);
	struct str near = map_nearest(documents_of(n, at), key);
	if (!near.p && at->body != NONE)
		near = map_nearest(&meetings_of(n, at->body)->map, key);
	for (size_t i = 0; i < INDEX_BODIES && !near.p; i++)
		near = map_nearest(&n->indexes[i].map, key);
	return near.p ? near : map_nearest(&n->addresses, key);
}

struct str names_spell(const struct names *n, const struct seeker *at, struct target t)
{
	const struct build *b = n->build;
	const struct site *s = b->site;
	const struct version *v = t.kind == TARGET_PLAIN ? b->plain_versions : b->record_versions;
	switch (t.kind) {
	case TARGET_DOCUMENT:
		return at->meeting->front.documents.items[t.index].label;
	case TARGET_BODY:
		return s->bodies[t.index].folder;
	case TARGET_PERSON:
		return s->people[t.index].id;
	case TARGET_TOPIC:
		return s->topics[t.index].id;
	default:
		return join(&n->build->scratch, v[t.index].folder, v[t.index].name);
	}
}
