#include "source/places.h"
#include "source/record_parts.h"

/* A group as the file gives it; its lists are read after its keys. */
struct group_entry {
	struct words group;
	const struct yaml_node *people, *organizations, *absent;
	long count;
	bool is_public;
};

const struct field_spec group_fields[] = {
	FIELD(group_entry, group, FIELD_WORDS, 0),
	FIELD(group_entry, people, FIELD_NODE, 0),
	FIELD(group_entry, organizations, FIELD_NODE, 0),
	FIELD(group_entry, absent, FIELD_NODE, 0),
	FIELD(group_entry, count, FIELD_NUMBER, 0),
	{ STR_INIT("public"), FIELD_CUSTOM, FIELD_SEES_NOTHING, offsetof(struct group_entry, is_public), NULL,
		field_careful },
	FIELD_END,
};

const struct field_spec attendee_fields[] = {
	FIELD(attendee, label, FIELD_TEXT, FIELD_REQUIRED),
	FIELD(attendee, person, FIELD_TEXT, 0),
	FIELD_AS("short", attendee, short_name, FIELD_TEXT, 0),
	FIELD(attendee, organization, FIELD_WORDS, 0),
	FIELD(attendee, proxy_for, FIELD_TEXT, 0),
	FIELD(attendee, online, FIELD_BOOL, 0),
	FIELD(attendee, arrived, FIELD_TEXT, 0),
	FIELD(attendee, left, FIELD_TEXT, 0),
	FIELD(attendee, absent, FIELD_BOOL, 0),
	FIELD_END,
};

struct roll {
	struct buf groups;    /* of struct attendance_group */
	struct buf attendees; /* of struct attendee */
	bool open;            /* the last group holds attendees that stand in none */
	const struct reading *r;
};

enum presence { PRESENT, ABSENT, ORGANIZATION };

static bool attendee_read(struct roll *roll, const struct yaml_node *node, enum presence presence)
{
	struct attendee a = { .loc = node->loc, .is_organization = presence == ORGANIZATION };
	bool ok;
	if (node->kind == YAML_MAP && yaml_get(node, STR("label"))) {
		ok = fields_read(node, attendee_fields, &a, roll->r);
		a.loc = field_loc(node, STR("label"), roll->r);
	} else {
		ok = field_text(node, &a.label, roll->r);
	}
	if (ok && str_empty(str_trim(a.label)))
		ok = diag_add(roll->r->diags, VALUE_INVALID, a.loc, STR_NONE, _("the label of an attendee is empty"));
	if (str_empty(str_trim(a.label)))
		return false;
	a.absent = a.absent || presence == ABSENT;
	a.group = VEC_COUNT(&roll->groups, struct attendance_group) - 1;
	*VEC_ADD(&roll->attendees, struct attendee) = a;
	return ok;
}

static bool list_read(struct roll *roll, const struct yaml_node *list, enum presence presence)
{
	bool ok = true;
	if (!list)
		return true;
	const struct yaml_node *items = list->kind == YAML_LIST ? list->items : list;
	size_t count = list->kind == YAML_LIST ? list->count : 1;
	for (size_t i = 0; i < count; i++)
		ok = attendee_read(roll, &items[i], presence) && ok;
	return ok;
}

static struct attendance_group *group_begin(struct roll *roll, struct loc loc)
{
	struct attendance_group *g = VEC_ADD(&roll->groups, struct attendance_group);
	g->loc = loc;
	g->first = g->end = VEC_COUNT(&roll->attendees, struct attendee);
	return g;
}

static void group_end(struct roll *roll)
{
	size_t count = VEC_COUNT(&roll->groups, struct attendance_group);
	VEC_AT(&roll->groups, struct attendance_group)[count - 1].end = VEC_COUNT(&roll->attendees, struct attendee);
}

static bool group_read(struct roll *roll, const struct yaml_node *node)
{
	struct group_entry entry = { 0 };
	bool ok = fields_read(node, group_fields, &entry, roll->r);
	struct attendance_group *g = group_begin(roll, node->loc);
	if (words_are(&entry.group))
		g->loc = entry.group.loc;
	g->name = entry.group;
	g->count = entry.count;
	g->is_public = entry.is_public;
	ok = list_read(roll, entry.people, PRESENT) && ok;
	ok = list_read(roll, entry.organizations, ORGANIZATION) && ok;
	ok = list_read(roll, entry.absent, ABSENT) && ok;
	group_end(roll);
	roll->open = false;
	return ok;
}

/* An attendee who stands in no group: those who follow one another share one without a name. */
static bool alone_read(struct roll *roll, const struct yaml_node *node)
{
	if (!roll->open)
		group_begin(roll, node->loc);
	roll->open = true;
	bool ok = attendee_read(roll, node, PRESENT);
	group_end(roll);
	return ok;
}

static bool has_key_of(const struct yaml_node *map, const struct field_spec *specs)
{
	for (; specs->key.p; specs++)
		if (yaml_get(map, specs->key))
			return true;
	return false;
}

/* `- 構成員: [岡座長]`, the natural way to write a group, but a key of the author's own. */
static bool is_group_slip(const struct yaml_node *node)
{
	return node->count == 1 && node->items[0].kind == YAML_LIST && !has_key_of(node, group_fields);
}

static bool entry_read(struct roll *roll, const struct yaml_node *node)
{
	if (node->kind != YAML_MAP || yaml_get(node, STR("label")))
		return alone_read(roll, node);
	if (is_group_slip(node))
		return diag_add(roll->r->diags, KEY_UNKNOWN, node->keys[0].loc,
			diag_text(roll->r->diags, _("write {group: %.*s, people: […]}"), STR_ARG(node->keys[0].text)),
			_("the key 「%.*s」 is not known here"), STR_ARG(node->keys[0].text));
	bool is_attendee = has_key_of(node, attendee_fields) && !has_key_of(node, group_fields);
	if (is_attendee) /* says that the label is missing */
		return fields_read(node, attendee_fields, &(struct attendee){ 0 }, roll->r);
	if (field_is_slip(node, group_fields) && field_is_slip(node, attendee_fields))
		return field_expected(node, N_("an attendee or a group"), roll->r);
	return group_read(roll, node);
}

bool attendance_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct attendance *all = member;
	struct roll roll = { .r = r };
	bool ok = true;
	const struct yaml_node *items = node->kind == YAML_LIST ? node->items : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	for (size_t i = 0; i < count; i++)
		ok = entry_read(&roll, &items[i]) && ok;
	all->given = true;
	all->loc = node->loc;
	all->group_count = VEC_COUNT(&roll.groups, struct attendance_group);
	all->attendee_count = VEC_COUNT(&roll.attendees, struct attendee);
	all->groups = buf_settle(&roll.groups, r->arena);
	all->attendees = buf_settle(&roll.attendees, r->arena);
	return ok;
}
