#include "source/register_check.h"

#include "base/map.h"
#include "text/fold.h"

enum {
	LABEL_USES_MOST = 500, /* one label, in different bodies and years: keeps the comparison bounded */
	NEAR_MOST = 50         /* unknown ids for which a near one is searched for */
};

/* A person's label, chained to the one before that reads the same. */
struct label_use {
	const struct register_person *person;
	const struct person_label *label;
	size_t before; /* index + 1, 0 at the chain's end */
	size_t length; /* of the chain */
};

static bool overlap(const struct person_label *a, const struct person_label *b)
{
	if (!str_empty(a->body) && !str_empty(b->body) && !str_eq(a->body, b->body))
		return false;
	if (date_is(a->to.date) && date_is(b->from.date) && date_compare(a->to.date, b->from.date) < 0)
		return false;
	return !(date_is(b->to.date) && date_is(a->from.date) && date_compare(b->to.date, a->from.date) < 0);
}

/* The first earlier use by someone else that holds for the same body and time. */
static const struct label_use *rival(const struct label_use *uses, const struct label_use *use)
{
	for (size_t i = use->before; i; i = uses[i - 1].before)
		if (uses[i - 1].person != use->person && overlap(uses[i - 1].label, use->label))
			return &uses[i - 1];
	return NULL;
}

static bool use_check(const struct label_use *uses, const struct label_use *use, const struct reading *r)
{
	const struct label_use *other = rival(uses, use);
	if (!other)
		return true;
	return diag_add(r->diags, SPEAKER_AMBIGUOUS, use->label->loc,
		diag_text(r->diags, _("say for which body and when it holds: {label: %.*s, body: …, from: …, to: …}"),
			STR_ARG(use->label->label)),
		_("the label 「%.*s」 means both 「%.*s」 (line %u) and 「%.*s」 (line %u)"),
		STR_ARG(use->label->label), STR_ARG(other->person->id), other->label->loc.line,
		STR_ARG(use->person->id), use->label->loc.line);
}

static size_t count_labels(const struct registers *all)
{
	size_t count = 0;
	for (size_t i = 0; i < all->person_count; i++)
		count += all->people[i].labels.count;
	return count;
}

bool register_labels_check(const struct registers *all, const struct reading *r)
{
	struct label_use *uses = ARENA_ARRAY(r->arena, struct label_use, count_labels(all));
	struct map last = { 0 };
	size_t count = 0;
	bool ok = true;
	for (size_t i = 0; i < all->person_count; i++) {
		const struct register_person *p = &all->people[i];
		for (size_t j = 0; j < p->labels.count; j++) {
			struct label_use *use = &uses[count++];
			struct str key = fold_label(r->arena, p->labels.items[j].label);
			*use = (struct label_use){ .person = p, .label = &p->labels.items[j] };
			map_get(&last, key, &use->before);
			use->length = use->before ? uses[use->before - 1].length + 1 : 1;
			map_put(&last, key, count);
			if (use->length <= LABEL_USES_MOST)
				ok = use_check(uses, use, r) && ok;
			else if (use->length == LABEL_USES_MOST + 1)
				ok = diag_add(r->diags, LIMIT_EXCEEDED, use->label->loc, STR_NONE,
					_("the label 「%.*s」 is given more than %d times"), STR_ARG(use->label->label),
					LABEL_USES_MOST);
		}
	}
	map_release(&last);
	return ok;
}

struct topic_check {
	struct registers *all;
	const struct reading *r;
	struct map ids; /* id → index in all->topics */
	size_t unknown; /* ids found to be none */
};

static bool id_unknown(struct topic_check *c, struct str id, struct loc loc)
{
	struct str near = c->unknown++ < NEAR_MOST ? map_nearest(&c->ids, id) : STR_NONE;
	return diag_add(c->r->diags, VALUE_INVALID, loc, diag_did_you_mean(c->r->diags, near),
		_("no topic has the id 「%.*s」"), STR_ARG(id));
}

static bool also_check(struct topic_check *c, const struct register_topic *t)
{
	bool ok = true;
	for (size_t i = 0; i < t->also.count; i++) {
		const struct text_item *id = &t->also.items[i];
		if (!map_get(&c->ids, id->text, NULL))
			ok = id_unknown(c, id->text, id->loc);
		else if (str_eq(id->text, t->id))
			ok = diag_add(c->r->diags, VALUE_INVALID, id->loc, STR_NONE,
				_("the topic 「%.*s」 names itself"), STR_ARG(t->id));
	}
	return ok;
}

/* Walks upwards from topic i. `seen` holds the number of the walk that came by, so each topic is passed once. */
static bool circle_check(const struct topic_check *c, size_t i, size_t *seen)
{
	size_t walk = i + 1, at = i, up;
	while (!seen[at]) {
		seen[at] = walk;
		if (str_empty(c->all->topics[at].broader) || !map_get(&c->ids, c->all->topics[at].broader, &up))
			return true;
		at = up;
	}
	if (seen[at] != walk)
		return true;
	struct register_topic *t = &c->all->topics[at];
	t->broader = STR_NONE;
	return diag_add(c->r->diags, VALUE_INVALID, t->broader_loc,
		diag_text(c->r->diags, _("take one 「broader」 of the circle out")),
		_("the topic 「%.*s」 is above itself"), STR_ARG(t->id));
}

bool register_topics_check(struct registers *all, const struct reading *r)
{
	struct topic_check c = { .all = all, .r = r };
	size_t *seen = ARENA_ARRAY(r->arena, size_t, all->topic_count);
	bool ok = true;
	for (size_t i = 0; i < all->topic_count; i++)
		map_add(&c.ids, all->topics[i].id, i);
	for (size_t i = 0; i < all->topic_count; i++) {
		struct register_topic *t = &all->topics[i];
		ok = also_check(&c, t) && ok;
		if (!str_empty(t->broader) && !map_get(&c.ids, t->broader, NULL)) {
			ok = id_unknown(&c, t->broader, t->broader_loc);
			t->broader = STR_NONE;
		}
	}
	for (size_t i = 0; i < all->topic_count; i++)
		ok = circle_check(&c, i, seen) && ok;
	map_release(&c.ids);
	return ok;
}
