#include "minutes/lexicon.h"

#include <stdlib.h>

void lexicon_add(struct lexicon *l, struct meaning m, struct arena *a)
{
	if (!m.label.p)
		m.label = fold_label(a, m.given);
	if (!str_empty(m.label))
		*VEC_ADD(&l->fresh, struct meaning) = m;
}

static int compare_meanings(const void *left, const void *right)
{
	const struct meaning *a = left, *b = right;
	int order = str_cmp(a->label, b->label);
	if (order == 0)
		order = (a->subject > b->subject) - (a->subject < b->subject);
	return order != 0 ? order : (a->detail > b->detail) - (a->detail < b->detail);
}

void lexicon_sort(struct lexicon *l, struct arena *a)
{
	l->count = (uint32_t)VEC_COUNT(&l->fresh, struct meaning);
	l->list = buf_settle(&l->fresh, a);
	if (l->count > 0)
		qsort(l->list, l->count, sizeof *l->list, compare_meanings);
}

struct range lexicon_find(const struct lexicon *l, struct str label)
{
	struct range r = { 0, l->count };
	while (r.first < r.end) {
		uint32_t middle = r.first + (r.end - r.first) / 2;
		if (str_cmp(l->list[middle].label, label) < 0)
			r.first = middle + 1;
		else
			r.end = middle;
	}
	while (r.end < l->count && str_eq(l->list[r.end].label, label))
		r.end++;
	return r;
}

bool lexicon_has(const struct lexicon *l, struct str folded)
{
	struct range r = lexicon_find(l, folded);
	return r.first < r.end;
}

static void add_topics(struct lexicon *l, const struct registers *r, struct arena *a)
{
	enum { ID, NAME, TERM };
	for (uint32_t i = 0; i < r->topic_count; i++) {
		const struct register_topic *t = &r->topics[i];
		const struct yaml_node *names = t->name.by_language;
		lexicon_add(l, (struct meaning){ .given = t->id, .subject = ID, .detail = i }, a);
		lexicon_add(l, (struct meaning){ .given = t->name.any, .subject = NAME, .detail = i }, a);
		for (size_t k = 0; names && k < names->count; k++)
			lexicon_add(
				l, (struct meaning){ .given = names->items[k].text, .subject = NAME, .detail = i }, a);
		for (size_t k = 0; k < t->terms.count; k++)
			lexicon_add(l,
				(struct meaning){ .given = t->terms.items[k].text, .subject = TERM, .detail = i }, a);
	}
	lexicon_sort(l, a);
}

struct labels *labels_open(const struct registers *r, struct arena *a)
{
	struct labels *l = ARENA_NEW(a, struct labels);
	l->registers = r;
	for (uint32_t i = 0; i < r->person_count; i++) {
		const struct register_person *p = &r->people[i];
		lexicon_add(&l->ids, (struct meaning){ .label = p->id, .subject = i }, a);
		for (uint32_t k = 0; k < p->labels.count; k++) {
			const struct person_label *label = &p->labels.items[k];
			struct meaning m = { .given = label->label, .loc = &label->loc, .subject = i, .detail = k };
			lexicon_add(&l->lexicon, m, a);
		}
	}
	lexicon_sort(&l->lexicon, a);
	lexicon_sort(&l->ids, a);
	add_topics(&l->topics, r, a);
	return l;
}

struct str lexicon_nearest(const struct lexicon *l, struct str word)
{
	struct str near = STR_NONE;
	for (uint32_t i = 0; i < l->count; i++)
		str_nearer(word, l->list[i].label, &near);
	return near;
}

uint32_t labels_topic(const struct labels *l, struct str folded, struct str *near)
{
	struct range r = lexicon_find(&l->topics, folded);
	*near = r.first < r.end ? STR_NONE : lexicon_nearest(&l->topics, folded);
	return r.first < r.end ? l->topics.list[r.first].detail : NONE;
}
