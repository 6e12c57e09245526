#include "source/fields.h"

#include "source/names.h"
#include "source/places.h"
#include "text/fold.h"

enum { NUMBER_MOST = 999999 };

static const char *const kind_names[] = {
	[YAML_NULL] = N_("nothing"),
	[YAML_BOOL] = N_("true or false"),
	[YAML_INTEGER] = N_("a number"),
	[YAML_FLOAT] = N_("a number"),
	[YAML_STRING] = N_("a text"),
	[YAML_LIST] = N_("a list"),
	[YAML_MAP] = N_("a map of keys"),
};

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

bool field_text(const struct yaml_node *node, struct str *out, const struct reading *r)
{
	if (!field_is_scalar(node))
		return field_expected(node, N_("a text"), r);
	*out = node->text;
	return true;
}

bool field_texts(const struct yaml_node *node, struct texts *out, const struct reading *r)
{
	bool ok = true;
	const struct yaml_node *items = node->kind == YAML_LIST ? node->items : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	struct texts texts = { ARENA_ARRAY(r->arena, struct text_item, count), 0 };
	for (size_t i = 0; i < count; i++) {
		struct text_item *item = &texts.items[texts.count];
		item->loc = items[i].loc;
		if (!field_text(&items[i], &item->text, r))
			ok = false;
		else if (str_empty(str_trim(item->text)))
			ok = diag_add(r->diags, VALUE_INVALID, item->loc, STR_NONE, _("an item of the list is empty"));
		else
			texts.count++;
	}
	*out = texts;
	return ok;
}

bool field_words(const struct yaml_node *node, struct words *out, const struct reading *r)
{
	if (field_is_scalar(node)) {
		*out = (struct words){ .any = node->text, .loc = node->loc };
		return true;
	}
	if (node->kind != YAML_MAP || node->count == 0)
		return field_expected(node, N_("a text, or a text for each language,"), r);
	bool ok = true;
	for (size_t i = 0; i < node->count; i++) {
		struct str text;
		if (!name_is_language(node->keys[i].text))
			ok = diag_add(r->diags, VALUE_INVALID, node->keys[i].loc, colon_help(node, r),
				_("a text for each language was expected here, and 「%.*s」 is not a language code"),
				STR_ARG(node->keys[i].text));
		else
			ok = field_text(&node->items[i], &text, r) && ok;
	}
	if (ok)
		*out = (struct words){ .any = node->items[0].text, .by_language = node, .loc = node->loc };
	return ok;
}

static bool weekday_fits(const struct yaml_node *node, const struct date_claim *claim, const struct reading *r)
{
	static const char *const days[] = { NULL, N_("a Monday"), N_("a Tuesday"), N_("a Wednesday"), N_("a Thursday"),
		N_("a Friday"), N_("a Saturday"), N_("a Sunday") };
	int day = date_weekday(claim->date);
	if (!claim->weekday || claim->weekday == day)
		return true;
	return diag_add(r->diags, DATE_MISMATCH, node->loc,
		diag_text(r->diags, _("check the day, or leave the weekday out")), _("「%.*s」 is %s"),
		STR_ARG(node->text), _(days[day]));
}

bool field_date(const struct yaml_node *node, struct dated *out, const struct reading *r)
{
	struct date_claim claim = { 0 };
	if (!field_is_scalar(node))
		return field_expected(node, N_("a date"), r);
	if (!date_read(node->text, &claim))
		return diag_add(r->diags, DATE_INVALID, node->loc,
			diag_text(r->diags,
				_("write 2013-12-13; 2013/12/13, 平成25年12月13日（金） and 13 December 2013 are read "
				  "too")),
			_("「%.*s」 cannot be read as a date"), STR_ARG(node->text));
	weekday_fits(node, &claim, r);
	if (claim.era_wrong)
		diag_add(r->diags, DATE_MISMATCH, node->loc,
			diag_text(r->diags,
				_("it was read as %.*s; write the year as it is counted from that day's era"),
				STR_ARG(date_iso(r->arena, claim.date))),
			_("「%.*s」: the era did not hold on that day"), STR_ARG(node->text));
	*out = (struct dated){ claim.date, node->loc };
	return true;
}

void field_dates_ordered(
	const struct yaml_node *map, struct str key, struct date earlier, struct date later, const struct reading *r)
{
	if (date_is(earlier) && date_is(later) && date_compare(later, earlier) < 0)
		diag_add(r->diags, DATE_MISMATCH, field_loc(map, key, r), STR_NONE, _("「%.*s」 is earlier than %.*s"),
			STR_ARG(key), STR_ARG(date_iso(r->arena, earlier)));
}

static bool field_number(const struct yaml_node *node, long *out, const struct reading *r)
{
	if (!field_is_scalar(node))
		return field_expected(node, N_("a number"), r);
	if (str_number(fold_label(r->arena, node->text), NUMBER_MOST, out))
		return true;
	return diag_add(r->diags, VALUE_INVALID, node->loc, diag_text(r->diags, _("write digits only, for example 5")),
		_("「%.*s」 is not a number from 0 to 999999"), STR_ARG(node->text));
}

bool field_bool(const struct yaml_node *node, bool *out, const struct reading *r)
{
	struct str word = field_is_scalar(node) ? fold_label(r->arena, node->text) : STR_NONE;
	bool yes = str_eq(word, STR("true"));
	if (!yes && !str_eq(word, STR("false")))
		return diag_add(r->diags, VALUE_INVALID, node->loc, diag_text(r->diags, _("write true or false")),
			_("true or false was expected here"));
	*out = yes;
	return true;
}

static struct str choices_help(const char *const *choices, struct str word, const struct reading *r)
{
	struct buf list = { 0 };
	for (const char *const *c = choices; *c; c++) {
		if (str_near(word, str_c(*c))) {
			buf_release(&list);
			return diag_did_you_mean(r->diags, str_c(*c));
		}
		buf_format(&list, "%s%s", list.n ? ", " : "", *c);
	}
	struct str help = diag_text(r->diags, _("write one of: %.*s"), STR_ARG(buf_str(&list)));
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

static bool read_value(const struct yaml_node *node, const struct field_spec *s, void *member, const struct reading *r)
{
	switch (s->kind) {
	case FIELD_TEXT:
		return field_text(node, member, r);
	case FIELD_WORDS:
		return field_words(node, member, r);
	case FIELD_URL:
		return field_url(node, member, r);
	case FIELD_NUMBER:
		return field_number(node, member, r);
	case FIELD_BOOL:
		return field_bool(node, member, r);
	case FIELD_DATE:
		return field_date(node, member, r);
	case FIELD_TEXTS:
		return field_texts(node, member, r);
	case FIELD_CHOICE:
		return field_choice(node, s->choices, member, r);
	case FIELD_NODE:
		*(const struct yaml_node **)member = node;
		return true;
	case FIELD_CUSTOM:
		return s->read(node, member, r);
	}
	return false;
}

static const struct field_spec *spec_named(const struct field_spec *specs, struct str key)
{
	for (; specs->key.p; specs++)
		if (str_eq(specs->key, key))
			return specs;
	return NULL;
}

bool field_is_slip(const struct yaml_node *map, const struct field_spec *specs)
{
	if (map->kind != YAML_MAP || map->count != 1 || !field_is_scalar(&map->items[0]))
		return false;
	struct str key = map->keys[0].text;
	for (const struct field_spec *s = specs; s->key.p; s++)
		if (str_eq(s->key, key) || str_near(key, s->key))
			return false;
	return !place_of_key(key, NULL);
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

static struct str unknown_help(struct str key, const struct field_spec *specs, const struct reading *r)
{
	if (r->diags->flooded) /* nobody reads it any more, and the comparisons take time */
		return STR_NONE;
	struct str word = fold_label(r->arena, key);
	if (spec_named(specs, word))
		return diag_did_you_mean(r->diags, word);
	const struct field_place *place = place_of_key(word, specs);
	for (const struct field_spec *s = specs; s->key.p && !place; s++)
		if (str_near(word, s->key))
			return diag_did_you_mean(r->diags, s->key);
	if (place)
		return diag_text(r->diags, _("it is a key of %s"), _(place->name));
	if (spec_named(specs, STR("params")))
		return diag_text(r->diags, _("keys of your own go under 「params」"));
	return known_keys(specs, r);
}

static bool read_required(const struct yaml_node *map, const struct field_spec *s, const struct reading *r)
{
	const struct yaml_node *node = yaml_get(map, s->key);
	if (node && (!field_is_scalar(node) || !str_empty(str_trim(node->text))) && node->kind != YAML_NULL)
		return true;
	return diag_add(r->diags, VALUE_INVALID, field_loc(map, s->key, r),
		diag_text(r->diags, _("write 「%.*s: …」 here"), STR_ARG(s->key)),
		node ? _("「%.*s」 is empty") : _("「%.*s」 is missing"), STR_ARG(s->key));
}

bool fields_read(const struct yaml_node *map, const struct field_spec *specs, void *object, const struct reading *r)
{
	bool ok = true;
	if (map && map->kind == YAML_NULL)
		map = NULL;
	if (map && map->kind != YAML_MAP)
		return field_expected(map, N_("a map of keys (「key: value」)"), r);
	for (size_t i = 0; map && i < map->count; i++) {
		const struct field_spec *s = spec_named(specs, map->keys[i].text);
		const struct yaml_node *value = &map->items[i];
		if (!s)
			ok = diag_add(r->diags, KEY_UNKNOWN, map->keys[i].loc,
				unknown_help(map->keys[i].text, specs, r), _("the key 「%.*s」 is not known here"),
				STR_ARG(map->keys[i].text));
		else if (value->kind != YAML_NULL || (s->flags & FIELD_SEES_NOTHING))
			ok = read_value(value, s, (char *)object + s->offset, r) && ok;
	}
	for (const struct field_spec *s = specs; s->key.p; s++)
		if (s->flags & FIELD_REQUIRED)
			ok = read_required(map, s, r) && ok;
	return ok;
}
