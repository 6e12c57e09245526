#include "source/fields.h"

#include "text/fold.h"

#include <string.h>

const struct field_place field_places[] = {
	{ N_("site.yml"), settings_fields },
	{ N_("a license"), license_fields },
	{ N_("a record's front matter"), record_fields },
	{ N_("a body's index.md"), body_fields },
	{ N_("a page's front matter"), page_fields },
	{ N_("a group of attendees"), group_fields },
	{ N_("an attendee"), attendee_fields },
	{ N_("an agenda part"), agenda_fields },
	{ N_("a document"), document_fields },
	{ N_("closed"), closed_fields },
	{ N_("a translation"), translation_fields },
	{ N_("a correction"), correction_fields },
	{ N_("a person in people.yml"), person_fields },
	{ N_("a person's label"), person_label_fields },
	{ N_("a person's role"), person_role_fields },
	{ N_("a topic in topics.yml"), topic_fields },
	{ NULL, NULL },
};

static const struct field_spec *spec_named(const struct field_spec *specs, struct str key)
{
	for (; specs->key.p; specs++)
		if (str_eq(specs->key, key))
			return specs;
	return NULL;
}

static const struct field_place *place_of_key(struct str key)
{
	for (const struct field_place *place = field_places; place->name; place++)
		if (spec_named(place->fields, key))
			return place;
	return NULL;
}

/* The key, of whatever table, that withholds something and for which this unknown one may stand; STR_NONE without one.
 * A record's exact `draft` is not meant: record_front_read keeps it back. */
static struct str withheld_by(struct str word, const struct field_spec *specs)
{
	if (specs == record_fields && str_eq(word, STR("draft")))
		return STR_NONE;
	for (const struct field_place *place = field_places; place->name; place++)
		for (const struct field_spec *s = place->fields; s->key.p; s++)
			if ((s->flags & FIELD_WITHHOLDS) && str_near(word, s->key))
				return s->key;
	return STR_NONE;
}

/* `- Chair: Lee` is a map to YAML, where its author meant a text. */
static struct str colon_help(const struct yaml_node *node, const struct reading *r)
{
	if (node->kind != YAML_MAP || node->count != 1 || !field_is_scalar(&node->items[0]))
		return STR_NONE;
	return diag_text(r->diags,
		_("a colon and a space make a key; if you mean a text, put it in quotes: \"%.*s: %.*s\""),
		STR_ARG(node->keys[0].text), STR_ARG(node->items[0].text));
}

bool field_expected(const struct yaml_node *node, const char *what, const struct reading *r)
{
	static const char *const kind_names[] = {
		[YAML_NULL] = N_("nothing"),
		[YAML_BOOL] = N_("true or false"),
		[YAML_INTEGER] = N_("a number"),
		[YAML_FLOAT] = N_("a number"),
		[YAML_STRING] = N_("a text"),
		[YAML_LIST] = N_("a list"),
		[YAML_MAP] = N_("a map of keys"),
	};
	return diag_add(r->diags, VALUE_INVALID, node->loc, colon_help(node, r), _("%s was expected here, not %s"),
		_(what), _(kind_names[node->kind]));
}

struct loc field_loc(const struct yaml_node *map, struct str key, const struct reading *r)
{
	const struct yaml_node *value = yaml_get(map, key);
	if (value && value->kind == YAML_NULL)
		value = yaml_key(map, key);
	return value ? value->loc : map ? map->loc : loc_file(r->path);
}

const struct yaml_node *field_items(const struct yaml_node *node, size_t *count)
{
	*count = node->kind == YAML_LIST ? node->count : 1;
	return node->kind == YAML_LIST ? node->items : node;
}

void field_dates_ordered(
	const struct yaml_node *map, struct str key, struct date earlier, struct date later, const struct reading *r)
{
	if (date_is(earlier) && date_is(later) && date_compare(later, earlier) < 0)
		diag_add(r->diags, DATE_MISMATCH, field_loc(map, key, r), STR_NONE, _("「%.*s」 is earlier than %.*s"),
			STR_ARG(key), STR_ARG(date_iso(r->arena, earlier)));
}

static struct str choices_help(const char *const *choices, struct str word, const struct reading *r)
{
	struct buf list = { 0 };
	struct str near = STR_NONE;
	for (const char *const *c = choices; *c; c++) {
		str_nearer(word, str_c(*c), &near);
		buf_format(&list, "%s%s", list.n ? ", " : "", *c);
	}
	struct str help = near.p ? diag_did_you_mean(r->diags, near)
				 : diag_text(r->diags, _("write one of: %.*s"), STR_ARG(buf_str(&list)));
	buf_release(&list);
	return help;
}

bool field_choice(const struct yaml_node *node, const char *const *choices, int *out, const struct reading *r)
{
	if (!field_is_scalar(node))
		return field_expected(node, N_("a word"), r);
	struct str word = fold_label(r->arena, node->text);
	for (int i = 0; choices[i]; i++) {
		if (str_eq(word, str_c(choices[i]))) {
			*out = i + 1;
			return true;
		}
	}
	return diag_add(r->diags, VALUE_INVALID, node->loc, choices_help(choices, word, r),
		_("「%.*s」 is not known here"), STR_ARG(node->text));
}

bool field_word(const struct yaml_node *node, const char *const *choices, struct str *out, const struct reading *r)
{
	int choice;
	if (!field_choice(node, choices, &choice, r))
		return false;
	*out = str_c(choices[choice - 1]);
	return true;
}

static void list_read(const struct yaml_node *node, const struct field_spec *s, void *member, const struct reading *r)
{
	size_t count;
	const struct yaml_node *given = field_items(node, &count);
	struct { /* the form of every list, struct texts and others */
		char *items;
		size_t count;
	} list = { arena_array(r->arena, count, s->item_size), 0 };
	for (size_t i = 0; i < count; i++) {
		char *item = list.items + list.count * s->item_size;
		memset(item, 0, s->item_size);
		memcpy(item + s->item_loc, &given[i].loc, sizeof given[i].loc);
		list.count += s->read(&given[i], item, r);
	}
	memcpy(member, &list, sizeof list);
}

static void value_read(const struct yaml_node *node, const struct field_spec *s, void *member, const struct reading *r)
{
	if (s->choices)
		field_choice(node, s->choices, member, r);
	else if (s->item_size)
		list_read(node, s, member, r);
	else
		s->read(node, member, r);
}

static struct str known_keys(const struct field_spec *specs, const struct reading *r)
{
	struct buf list = { 0 };
	for (; specs->key.p; specs++)
		buf_format(&list, "%s%.*s", list.n ? ", " : "", STR_ARG(specs->key));
	struct str help = diag_text(r->diags, _("known here: %.*s"), STR_ARG(buf_str(&list)));
	buf_release(&list);
	return help;
}

static struct str unknown_help(
	const struct yaml_node *map, struct str key, const struct field_spec *specs, const struct reading *r)
{
	if (r->diags->flooded) /* nobody reads it any more, and the comparisons take time */
		return STR_NONE;
	struct str word = fold_label(r->arena, key);
	if (spec_named(specs, word))
		return diag_did_you_mean(r->diags, word);
	const struct field_place *place = place_of_key(word);
	if (place)
		return diag_text(r->diags, _("it is a key of %s"), _(place->name));
	struct str near = STR_NONE;
	for (const struct field_spec *s = specs; s->key.p; s++)
		str_nearer(key, s->key, &near);
	if (!near.p)
		near = withheld_by(word, specs);
	if (near.p)
		return diag_did_you_mean(r->diags, near);
	if (spec_named(specs, STR("params")))
		return str_c(_("keys of your own go under 「params」"));
	struct str help = colon_help(map, r);
	return help.p ? help : known_keys(specs, r);
}

void field_missing(const struct yaml_node *map, struct str key, const struct reading *r)
{
	diag_add(r->diags, VALUE_INVALID, field_loc(map, key, r),
		diag_text(r->diags, _("write 「%.*s: …」 here"), STR_ARG(key)),
		yaml_get(map, key) ? _("「%.*s」 is empty") : _("「%.*s」 is missing"), STR_ARG(key));
}

static void required_check(const struct yaml_node *map, const struct field_spec *s, const struct reading *r)
{
	const struct yaml_node *node = yaml_get(map, s->key);
	if (!node || node->kind == YAML_NULL || (field_is_scalar(node) && field_blank(node->text)))
		field_missing(map, s->key, r);
}

static void unknown_add(const struct yaml_node *map, const struct yaml_node *key, const struct field_spec *specs,
	const struct reading *r)
{
	bool unsafe = withheld_by(fold_label(r->arena, key->text), specs).p;
	diag_add(r->diags, unsafe ? CLOSED_LEAK : KEY_UNKNOWN, key->loc, unknown_help(map, key->text, specs, r),
		unsafe ? _("the key 「%.*s」 is not known here, and what it may be meant to withhold would be "
			   "published")
		       : _("the key 「%.*s」 is not known here"),
		STR_ARG(key->text));
	if (unsafe && r->unsafe)
		*r->unsafe = true;
}

void fields_read(const struct yaml_node *map, const struct field_spec *specs, void *object, const struct reading *r)
{
	if (map && map->kind == YAML_NULL)
		map = NULL;
	if (map && map->kind != YAML_MAP) {
		field_expected(map, N_("a map of keys (「key: value」)"), r);
		return;
	}
	for (size_t i = 0; map && i < map->count; i++) {
		const struct yaml_node *key = &map->keys[i], *value = &map->items[i];
		const struct field_spec *s = spec_named(specs, key->text);
		if (!s)
			unknown_add(map, key, specs, r);
		else if (value->kind != YAML_NULL || (s->flags & FIELD_SEES_NOTHING))
			value_read(value, s, (char *)object + s->offset, r);
		if (!s && map->count == 1) /* most likely what is missing, misspelled */
			return;
	}
	for (const struct field_spec *s = specs; s->key.p; s++)
		if (s->flags & FIELD_REQUIRED)
			required_check(map, s, r);
}
