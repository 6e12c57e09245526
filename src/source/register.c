#include "source/register.h"

#include "base/map.h"
#include "source/content.h"
#include "source/names.h"
#include "source/places.h"
#include "source/register_check.h"

static const char *const person_kinds[] = { "person", "organization", NULL };

const struct field_spec person_label_fields[] = {
	FIELD(person_label, label, FIELD_TEXT, FIELD_REQUIRED),
	FIELD(person_label, body, FIELD_TEXT, 0),
	FIELD(person_label, from, FIELD_DATE, 0),
	FIELD(person_label, to, FIELD_DATE, 0),
	FIELD_END,
};

static bool label_read(const struct yaml_node *node, struct person_label *label, const struct reading *r)
{
	label->loc = node->loc;
	if (node->kind != YAML_MAP)
		return field_text(node, &label->label, r);
	label->loc = field_loc(node, STR("label"), r);
	bool ok = fields_read(node, person_label_fields, label, r);
	field_dates_ordered(node, STR("to"), label->from.date, label->to.date, r);
	return ok;
}

static bool labels_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct person_labels *labels = member;
	const struct yaml_node *items = node->kind == YAML_LIST ? node->items : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	bool ok = true;
	labels->items = ARENA_ARRAY(r->arena, struct person_label, count);
	for (size_t i = 0; i < count; i++) {
		struct person_label *label = &labels->items[labels->count];
		*label = (struct person_label){ 0 };
		ok = label_read(&items[i], label, r) && ok;
		if (!str_empty(str_trim(label->label)))
			labels->count++;
		else if (field_is_scalar(&items[i]))
			ok = diag_add(r->diags, VALUE_INVALID, items[i].loc, STR_NONE, _("a label is empty"));
	}
	return ok;
}

const struct field_spec person_role_fields[] = {
	FIELD(person_role, role, FIELD_WORDS, FIELD_REQUIRED),
	FIELD(person_role, organization, FIELD_WORDS, 0),
	FIELD(person_role, body, FIELD_TEXT, 0),
	FIELD(person_role, from, FIELD_DATE, 0),
	FIELD(person_role, to, FIELD_DATE, 0),
	FIELD_END,
};

static bool role_read(const struct yaml_node *node, struct person_role *role, const struct reading *r)
{
	role->loc = node->loc;
	if (field_is_scalar(node))
		return field_words(node, &role->role, r);
	bool ok = fields_read(node, person_role_fields, role, r);
	field_dates_ordered(node, STR("to"), role->from.date, role->to.date, r);
	return ok;
}

static bool roles_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct person_roles *roles = member;
	const struct yaml_node *items = node->kind == YAML_LIST ? node->items : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	bool ok = true;
	roles->items = ARENA_ARRAY(r->arena, struct person_role, count);
	for (size_t i = 0; i < count; i++) {
		struct person_role *role = &roles->items[roles->count];
		*role = (struct person_role){ 0 };
		ok = role_read(&items[i], role, r) && ok;
		roles->count += words_are(&role->role);
	}
	return ok;
}

static bool same_as_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct texts *urls = member;
	bool ok = field_texts(node, urls, r);
	for (size_t i = 0; i < urls->count; i++) {
		struct yaml_node url = { .kind = YAML_STRING, .text = urls->items[i].text, .loc = urls->items[i].loc };
		struct str unused;
		ok = field_url(&url, &unused, r) && ok;
	}
	return ok;
}

const struct field_spec person_fields[] = {
	FIELD(register_person, name, FIELD_WORDS, FIELD_REQUIRED),
	FIELD(register_person, reading, FIELD_WORDS, 0),
	FIELD_ONE_OF(register_person, kind, person_kinds),
	FIELD_BY(register_person, labels, labels_read, 0),
	FIELD_BY(register_person, roles, roles_read, 0),
	FIELD(register_person, organization, FIELD_WORDS, 0),
	FIELD(register_person, description, FIELD_WORDS, 0),
	FIELD(register_person, url, FIELD_URL, 0),
	FIELD_BY(register_person, same_as, same_as_read, 0),
	FIELD(register_person, page, FIELD_BOOL, 0),
	FIELD(register_person, params, FIELD_NODE, 0),
	FIELD_END,
};

const struct field_spec topic_fields[] = {
	FIELD(register_topic, name, FIELD_WORDS, FIELD_REQUIRED),
	FIELD(register_topic, reading, FIELD_WORDS, 0),
	FIELD(register_topic, description, FIELD_WORDS, 0),
	FIELD(register_topic, terms, FIELD_TEXTS, 0),
	FIELD(register_topic, broader, FIELD_TEXT, 0),
	FIELD(register_topic, also, FIELD_TEXTS, 0),
	FIELD(register_topic, params, FIELD_NODE, 0),
	FIELD_END,
};

/* One register, opened: its map, where it exists and can be read. */
struct opened {
	bool exists;
	const struct yaml_node *map; /* NULL when it is empty or wrong */
};

static bool register_open(struct fs *site, struct opened *o, const struct reading *r)
{
	struct fs_entry entry;
	struct str text;
	o->exists = fs_stat(site, r->path, &entry) != FS_ABSENT;
	o->map = NULL;
	if (!o->exists)
		return true;
	if (!content_read(site, r->path, r->arena, &text, r->diags))
		return false;
	const struct yaml_node *map = yaml_read(text, r->path, 1, r->arena, r->diags);
	if (!map || map->kind == YAML_NULL)
		return map != NULL;
	if (map->kind != YAML_MAP)
		return diag_add(r->diags, VALUE_INVALID, map->loc,
			diag_text(r->diags, _("write an id, a colon and what belongs to it: oka: {name: 岡}")),
			_("a register is a map from ids to entries"));
	o->map = map;
	return true;
}

/* The id is an address and never changes, so it must be fit for one, and for one only. */
static bool id_check(const struct yaml_node *key, struct map *ids, const struct reading *r)
{
	if (!name_check(key->text, key->loc, r->arena, r->diags))
		return false;
	if (map_add(ids, name_fold(r->arena, key->text), key->loc.line))
		return true;
	size_t line = 0;
	map_get(ids, name_fold(r->arena, key->text), &line);
	return diag_add(r->diags, ADDRESS_COLLISION, key->loc, STR_NONE,
		_("the id 「%.*s」 differs from one in line %zu by capital letters only"), STR_ARG(key->text), line);
}

/* `oka: 岡` for `oka: {name: 岡}`. */
static bool entry_is_map(const struct yaml_node *node, struct str id, const struct reading *r)
{
	if (!field_is_scalar(node))
		return true;
	return diag_add(r->diags, VALUE_INVALID, node->loc,
		diag_text(r->diags, _("write %.*s: {name: %.*s}"), STR_ARG(id), STR_ARG(node->text)),
		_("an entry is a map of keys, not a text"));
}

static bool people_read(const struct yaml_node *map, struct registers *all, const struct reading *r)
{
	bool ok = true;
	struct map ids = { 0 };
	all->people = ARENA_ARRAY(r->arena, struct register_person, map->count);
	for (size_t i = 0; i < map->count; i++) {
		struct register_person *p = &all->people[all->person_count];
		const struct yaml_node *entry = &map->items[i];
		*p = (struct register_person){ .id = map->keys[i].text, .loc = map->keys[i].loc, .page = true };
		bool usable = id_check(&map->keys[i], &ids, r) && entry_is_map(entry, p->id, r);
		ok = usable && fields_read(entry, person_fields, p, r) && ok;
		const struct yaml_node *page = yaml_get(entry, STR("page"));
		p->page_given = page && page->kind == YAML_BOOL;
		all->person_count += usable && words_are(&p->name);
	}
	map_release(&ids);
	return ok;
}

static bool topics_read(const struct yaml_node *map, struct registers *all, const struct reading *r)
{
	bool ok = true;
	struct map ids = { 0 };
	all->topics = ARENA_ARRAY(r->arena, struct register_topic, map->count);
	for (size_t i = 0; i < map->count; i++) {
		struct register_topic *t = &all->topics[all->topic_count];
		const struct yaml_node *entry = &map->items[i];
		*t = (struct register_topic){ .id = map->keys[i].text, .loc = map->keys[i].loc };
		bool usable = id_check(&map->keys[i], &ids, r) && entry_is_map(entry, t->id, r);
		ok = usable && fields_read(entry, topic_fields, t, r) && ok;
		t->broader_loc = field_loc(entry, STR("broader"), r);
		all->topic_count += usable && words_are(&t->name);
	}
	map_release(&ids);
	return ok;
}

bool registers_read(struct fs *site, struct arena *a, struct registers *all, struct diags *ds)
{
	struct reading people = { .path = STR("content/people.yml"), .arena = a, .diags = ds };
	struct reading topics = { .path = STR("content/topics.yml"), .arena = a, .diags = ds };
	struct opened o;
	*all = (struct registers){ 0 };
	bool ok = register_open(site, &o, &people);
	all->has_people = o.exists;
	if (o.map) {
		ok = people_read(o.map, all, &people) && ok;
		ok = register_labels_check(all, &people) && ok;
	}
	ok = register_open(site, &o, &topics) && ok;
	all->has_topics = o.exists;
	if (o.map) {
		ok = topics_read(o.map, all, &topics) && ok;
		ok = register_topics_check(all, &topics) && ok;
	}
	return ok;
}
