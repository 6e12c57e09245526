#include "source/register.h"

#include "base/map.h"
#include "source/content.h"
#include "source/names.h"
#include "text/fold.h"

enum {
	LABEL_USES_MOST = 500, /* one label, in different bodies and years: keeps the comparison bounded */
	TERM_BYTES_MOST = 300, /* of a term, folded; a longer one would never be found in a text */
	NEAR_MOST = 50         /* unknown ids for which a near one is searched for */
};

static const char *const person_kinds[] = { "person", "organization", NULL };

const struct field_spec person_label_fields[] = {
	FIELD(person_label, label, field_text, FIELD_REQUIRED),
	FIELD(person_label, body, field_text, 0),
	FIELD(person_label, from, field_date, 0),
	FIELD(person_label, to, field_date, 0),
	FIELD_END,
};

static bool label_read(const struct yaml_node *node, void *item, const struct reading *r)
{
	struct person_label *label = item;
	if (field_is_scalar(node) && !node->quoted && str_find(node->text, STR("、"), 0) != SIZE_MAX)
		return diag_add(r->diags, VALUE_INVALID, node->loc, str_c(_("write [A, B], with narrow signs")),
			_("「%.*s」 is one label, but looks like several"), STR_ARG(node->text));
	if (node->kind != YAML_MAP)
		return field_filled(node, &label->label, r);
	label->loc = field_loc(node, STR("label"), r);
	fields_read(node, person_label_fields, label, r);
	field_dates_ordered(node, STR("to"), label->from.date, label->to.date, r);
	return !field_blank(label->label);
}

const struct field_spec person_role_fields[] = {
	FIELD(person_role, role, field_words, FIELD_REQUIRED),
	FIELD(person_role, organization, field_words, 0),
	FIELD(person_role, body, field_text, 0),
	FIELD(person_role, from, field_date, 0),
	FIELD(person_role, to, field_date, 0),
	FIELD_END,
};

static bool role_read(const struct yaml_node *node, void *item, const struct reading *r)
{
	struct person_role *role = item;
	if (field_is_scalar(node))
		return field_words(node, &role->role, r);
	fields_read(node, person_role_fields, role, r);
	field_dates_ordered(node, STR("to"), role->from.date, role->to.date, r);
	return words_are(&role->role);
}

const struct field_spec person_fields[] = {
	FIELD(register_person, name, field_words, FIELD_REQUIRED),
	FIELD(register_person, reading, field_words, 0),
	FIELD_ONE_OF(register_person, kind, person_kinds),
	FIELD_LIST(register_person, labels, person_label, label_read),
	FIELD_LIST(register_person, roles, person_role, role_read),
	FIELD(register_person, organization, field_words, 0),
	FIELD(register_person, description, field_words, 0),
	FIELD(register_person, url, field_url, 0),
	FIELD_LIST(register_person, same_as, text_item, field_url),
	FIELD(register_person, page, field_clear, FIELD_SEES_NOTHING | FIELD_WITHHOLDS),
	FIELD(register_person, params, field_node, 0),
	FIELD_END,
};

static bool term_read(const struct yaml_node *node, void *item, const struct reading *r)
{
	if (field_is_scalar(node) && fold(r->arena, str_trim(node->text)).n > TERM_BYTES_MOST)
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			str_c(_("write the word or phrase that texts repeat, about a hundred characters at most")),
			_("a term is longer than %d bytes and would never be found"), TERM_BYTES_MOST);
	return field_filled(node, item, r);
}

const struct field_spec topic_fields[] = {
	FIELD(register_topic, name, field_words, FIELD_REQUIRED),
	FIELD(register_topic, reading, field_words, 0),
	FIELD(register_topic, description, field_words, 0),
	FIELD_LIST(register_topic, terms, text_item, term_read),
	FIELD(register_topic, broader, field_text, 0),
	FIELD_LIST(register_topic, also, text_item, field_filled),
	FIELD(register_topic, params, field_node, 0),
	FIELD_END,
};

/* The register's map: NULL when there is none, or it is empty or wrong. */
static const struct yaml_node *register_open(struct fs *site, bool *exists, const struct reading *r)
{
	struct fs_entry entry;
	struct str text;
	*exists = fs_stat(site, r->path, &entry) != FS_ABSENT;
	if (!*exists || !content_read(site, r->path, r->arena, &text, r->diags))
		return NULL;
	const struct yaml_node *map = yaml_read(text, r->path, 1, r->arena, r->diags);
	if (!map || map->kind == YAML_MAP)
		return map;
	if (map->kind != YAML_NULL)
		diag_add(r->diags, VALUE_INVALID, map->loc,
			str_c(_("write an id, a colon and what belongs to it: oka: {name: Oka}")),
			_("a register is a map from ids to entries"));
	return NULL;
}

/* The id is an address and never changes, so it must be fit for one, and for one only. */
static bool entry_check(
	const struct yaml_node *key, const struct yaml_node *entry, struct map *ids, const struct reading *r)
{
	size_t line = 0;
	struct str folded = name_fold(r->arena, key->text);
	if (!name_check(key->text, key->loc, r->arena, r->diags))
		return false;
	if (map_get(ids, folded, &line))
		return diag_add(r->diags, ADDRESS_COLLISION, key->loc, STR_NONE,
			_("the id 「%.*s」 differs from one in line %zu by capital letters or width only"),
			STR_ARG(key->text), line);
	map_add(ids, folded, key->loc.line);
	if (!field_is_scalar(entry))
		return true;
	return diag_add(r->diags, VALUE_INVALID, entry->loc,
		diag_text(r->diags, _("write %.*s: {name: %.*s}"), STR_ARG(key->text), STR_ARG(entry->text)),
		_("an entry is a map of keys, not a text"));
}

static void people_read(const struct yaml_node *map, struct registers *all, const struct reading *r)
{
	struct map ids = { 0 };
	all->people = ARENA_ARRAY(r->arena, struct register_person, map->count);
	for (size_t i = 0; i < map->count; i++) {
		const struct yaml_node *key = &map->keys[i], *entry = &map->items[i];
		if (!entry_check(key, entry, &ids, r))
			continue;
		struct register_person *p = &all->people[all->person_count];
		*p = (struct register_person){ .id = key->text, .loc = key->loc, .page = true };
		fields_read(entry, person_fields, p, r);
		all->person_count += words_are(&p->name);
	}
	map_release(&ids);
}

static void topics_read(const struct yaml_node *map, struct registers *all, const struct reading *r)
{
	struct map ids = { 0 };
	all->topics = ARENA_ARRAY(r->arena, struct register_topic, map->count);
	for (size_t i = 0; i < map->count; i++) {
		const struct yaml_node *key = &map->keys[i], *entry = &map->items[i];
		if (!entry_check(key, entry, &ids, r))
			continue;
		struct register_topic *t = &all->topics[all->topic_count];
		*t = (struct register_topic){ .id = key->text, .loc = key->loc };
		fields_read(entry, topic_fields, t, r);
		t->broader_loc = field_loc(entry, STR("broader"), r);
		all->topic_count += words_are(&t->name);
	}
	map_release(&ids);
}

/* A person's label, chained to the one before that reads the same. */
struct label_use {
	const struct register_person *person;
	const struct person_label *label;
	const struct label_use *before;
	size_t length; /* of the chain */
};

static bool ends_before(const struct person_label *a, const struct person_label *b)
{
	return date_is(a->to.date) && date_is(b->from.date) && date_compare(a->to.date, b->from.date) < 0;
}

static bool overlap(const struct person_label *a, const struct person_label *b)
{
	bool one_body = str_empty(a->body) || str_empty(b->body) || str_eq(a->body, b->body);
	return one_body && !ends_before(a, b) && !ends_before(b, a);
}

static void use_check(const struct label_use *use, const struct reading *r)
{
	struct str label = use->label->label;
	if (use->length > LABEL_USES_MOST) {
		if (use->length == LABEL_USES_MOST + 1)
			diag_add(r->diags, LIMIT_EXCEEDED, use->label->loc, STR_NONE,
				_("the label 「%.*s」 is given more than %d times"), STR_ARG(label), LABEL_USES_MOST);
		return;
	}
	const struct label_use *other = use->before;
	while (other && (other->person == use->person || !overlap(other->label, use->label)))
		other = other->before;
	if (other)
		diag_add(r->diags, SPEAKER_AMBIGUOUS, use->label->loc,
			diag_text(r->diags,
				_("say for which body and when it holds: {label: %.*s, body: …, from: …, to: …}"),
				STR_ARG(label)),
			_("the label 「%.*s」 means both 「%.*s」 (line %u) and 「%.*s」 (line %u)"), STR_ARG(label),
			STR_ARG(other->person->id), other->label->loc.line, STR_ARG(use->person->id),
			use->label->loc.line);
}

/* No label may mean two people at once. */
static void labels_check(const struct registers *all, const struct reading *r)
{
	size_t count = 0;
	for (size_t i = 0; i < all->person_count; i++)
		count += all->people[i].labels.count;
	struct label_use *uses = ARENA_ARRAY(r->arena, struct label_use, count), *use = uses;
	struct map last = { 0 }; /* folded label → index of its last use */
	for (size_t i = 0; i < all->person_count; i++) {
		const struct register_person *p = &all->people[i];
		for (size_t j = 0; j < p->labels.count; j++, use++) {
			struct str key = fold_label(r->arena, p->labels.items[j].label);
			size_t before;
			*use = (struct label_use){ .person = p, .label = &p->labels.items[j], .length = 1 };
			if (map_get(&last, key, &before)) {
				use->before = &uses[before];
				use->length += use->before->length;
			}
			map_put(&last, key, (size_t)(use - uses));
			use_check(use, r);
		}
	}
	map_release(&last);
}

struct topic_check {
	struct registers *all;
	const struct reading *r;
	struct map ids; /* id → index in all->topics */
	size_t unknown; /* ids found to be none */
};

static bool id_check(struct topic_check *c, struct str id, struct loc loc)
{
	if (map_get(&c->ids, id, NULL))
		return true;
	struct str near = c->unknown++ < NEAR_MOST ? map_nearest(&c->ids, id) : STR_NONE;
	return diag_add(c->r->diags, VALUE_INVALID, loc, diag_did_you_mean(c->r->diags, near),
		_("no topic has the id 「%.*s」"), STR_ARG(id));
}

/* Walks upwards from topic i. `seen` holds the number of the walk that came by, so each topic is passed once. */
static void circle_check(const struct topic_check *c, size_t i, size_t *seen)
{
	size_t walk = i + 1, at = i;
	while (!seen[at]) {
		seen[at] = walk;
		if (!map_get(&c->ids, c->all->topics[at].broader, &at))
			return;
	}
	if (seen[at] != walk)
		return;
	struct register_topic *t = &c->all->topics[at];
	t->broader = STR_NONE;
	diag_add(c->r->diags, VALUE_INVALID, t->broader_loc, str_c(_("take one 「broader」 of the circle out")),
		_("the topic 「%.*s」 is above itself"), STR_ARG(t->id));
}

/* Takes a `broader` out that leads nowhere or round in a circle. */
static void topics_check(struct registers *all, const struct reading *r)
{
	struct topic_check c = { .all = all, .r = r };
	size_t *seen = ARENA_ARRAY(r->arena, size_t, all->topic_count);
	for (size_t i = 0; i < all->topic_count; i++)
		map_add(&c.ids, all->topics[i].id, i);
	for (size_t i = 0; i < all->topic_count; i++) {
		struct register_topic *t = &all->topics[i];
		for (size_t j = 0; j < t->also.count; j++)
			id_check(&c, t->also.items[j].text, t->also.items[j].loc);
		if (!str_empty(t->broader) && !id_check(&c, t->broader, t->broader_loc))
			t->broader = STR_NONE;
	}
	for (size_t i = 0; i < all->topic_count; i++)
		circle_check(&c, i, seen);
	map_release(&c.ids);
}

bool registers_read(struct fs *site, struct arena *a, struct registers *all, struct diags *ds)
{
	struct reading people = { .path = STR("content/people.yml"), .arena = a, .diags = ds };
	struct reading topics = { .path = STR("content/topics.yml"), .arena = a, .diags = ds };
	size_t errors = ds->errors;
	*all = (struct registers){ 0 };
	const struct yaml_node *map = register_open(site, &all->has_people, &people);
	if (map)
		people_read(map, all, &people);
	labels_check(all, &people);
	map = register_open(site, &all->has_topics, &topics);
	if (map)
		topics_read(map, all, &topics);
	topics_check(all, &topics);
	return ds->errors == errors;
}
