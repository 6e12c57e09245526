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

/* What a key or word that must be in English was meant to be, where an author wrote it in Japanese, or by another name. */
static const struct {
	const char *words;
	struct str meant;
} meanings[] = {
	{ "題|題名|表題|件名|タイトル|会議名|name", STR_INIT("title") },
	{ "種類|種別|区分", STR_INIT("kind") },
	{ "状態|公開状態|ステータス", STR_INIT("status") },
	{ "回|回数|番号", STR_INIT("number") },
	{ "日付|日時|開催日|開催日時|期日|年月日", STR_INIT("date") },
	{ "時間|時刻|開催時間", STR_INIT("time") },
	{ "場所|開催場所|会場|location|venue", STR_INIT("place") },
	{ "出席者|参加者|出席|出席委員|participants|present", STR_INIT("attendees") },
	{ "欠席|欠席者|欠席委員", STR_INIT("absent") },
	{ "議題|議事|議事次第|次第|式次第|日程", STR_INIT("agenda") },
	{ "資料|配付資料|配布資料|papers", STR_INIT("documents") },
	{ "概要|要約|要旨|議事要旨|議事概要", STR_INIT("summary") },
	{ "訂正|正誤", STR_INIT("corrections") },
	{ "動画|録画|映像", STR_INIT("video") },
	{ "音声|録音", STR_INIT("audio") },
	{ "非公開", STR_INIT("closed") },
	{ "匿名", STR_INIT("anonymous") },
	{ "公開日", STR_INIT("publish_on") },
	{ "確定日", STR_INIT("confirmed_on") },
	{ "名前|氏名", STR_INIT("name") },
	{ "読み|よみ|読み仮名|ふりがな", STR_INIT("reading") },
	{ "呼び名|表記|name", STR_INIT("label") },
	{ "呼び名|表記|label", STR_INIT("labels") },
	{ "role", STR_INIT("roles") },
	{ "name", STR_INIT("group") },
	{ "役職|肩書|肩書き", STR_INIT("role") },
	{ "所属|組織|団体", STR_INIT("organization") },
	{ "団体|組織", STR_INIT("organizations") },
	{ "人|氏名|委員", STR_INIT("people") },
	{ "人数", STR_INIT("count") },
	{ "ファイル", STR_INIT("file") },
	{ "理由", STR_INIT("reason") },
	{ "根拠|根拠条文", STR_INIT("basis") },
	{ "確定|確定版|承認|approved|final", STR_INIT("confirmed") },
	{ "速報|暫定|暫定版|仮", STR_INIT("provisional") },
	{ "下書き|草案|原案|案", STR_INIT("draft") },
	{ "予定|開催予定", STR_INIT("scheduled") },
	{ "延期", STR_INIT("postponed") },
	{ "中止|取りやめ", STR_INIT("cancelled") },
	{ "議事録|会議録|minutes", STR_INIT("record") },
	{ "逐語|逐語録|速記録|全文", STR_INIT("verbatim") },
	{ "決定|決定事項", STR_INIT("action") },
	{ "通し|継続|連番", STR_INIT("continuous") },
	{ "年度|年", STR_INIT("year") },
	{ "会期|定例会", STR_INIT("session") },
	{ "はい", STR_INIT("true") },
	{ "いいえ", STR_INIT("false") },
};

/* The key, or else the word, of those known here for which a folded word stands; STR_NONE without one. */
static struct str meant_by(struct str word, const struct field_spec *specs, const char *const *choices)
{
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (!str_is_one_of(word, meanings[i].words))
			continue;
		for (const struct field_spec *s = specs; s && s->key.p; s++)
			if (str_eq(s->key, meanings[i].meant))
				return s->key;
		for (const char *const *c = choices; c && *c; c++)
			if (str_eq(str_c(*c), meanings[i].meant))
				return meanings[i].meant;
	}
	return STR_NONE;
}

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
	const struct field_spec *meant = spec_named(specs, meant_by(word, specs, NULL));
	return meant && (meant->flags & FIELD_WITHHOLDS) ? meant->key : STR_NONE;
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

const struct yaml_node *field_items(const struct yaml_node *node, size_t *count, const struct reading *r)
{
	*count = node->kind == YAML_LIST ? node->count : 1;
	if (node->kind == YAML_LIST)
		return node->items;
	if (r && node->kind == YAML_STRING && !node->quoted && str_find(node->text, STR(", "), 0) != SIZE_MAX)
		diag_add(r->diags, VALUE_INVALID, node->loc,
			diag_text(r->diags, _("write [%.*s], or put it in quotes if it is one"), STR_ARG(node->text)),
			_("「%.*s」 is one text, but looks like several"), STR_ARG(node->text));
	return node;
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
	struct str near = meant_by(word, NULL, choices);
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
	const struct yaml_node *given = field_items(node, &count, r);
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

/* `{people: 会長, 森委員}`: what was meant to be in a list has become a key. */
static bool is_left_over(const struct yaml_node *map, struct str key)
{
	for (size_t i = 1; i < map->count; i++)
		if (str_eq(map->keys[i].text, key))
			return map->items[i].kind == YAML_NULL && map->keys[i].loc.line == map->keys[i - 1].loc.line;
	return false;
}

static struct str unknown_help(
	const struct yaml_node *map, struct str key, const struct field_spec *specs, const struct reading *r)
{
	if (r->diags->flooded) /* nobody reads it any more, and the comparisons take time */
		return STR_NONE;
	struct str word = fold_label(r->arena, key);
	struct str near = spec_named(specs, word) ? word : meant_by(word, specs, NULL);
	if (near.p)
		return diag_did_you_mean(r->diags, near);
	const struct field_place *place = place_of_key(word);
	if (place)
		return diag_text(r->diags, _("it is a key of %s"), _(place->name));
	for (const struct field_spec *s = specs; s->key.p; s++)
		str_nearer(key, s->key, &near);
	if (!near.p)
		near = withheld_by(word, specs);
	if (near.p)
		return diag_did_you_mean(r->diags, near);
	if (is_left_over(map, key))
		return str_c(_("put a list in brackets: [A, B]"));
	if (spec_named(specs, STR("params")))
		return str_c(_("keys of your own go under 「params」"));
	struct str help = colon_help(map, r);
	return help.p ? help : known_keys(specs, r);
}

bool field_said(const struct yaml_node *map, struct str key, const struct field_spec *specs)
{
	for (size_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++) {
		struct str given = map->keys[i].text;
		const struct yaml_node *value = &map->items[i];
		bool known = spec_named(specs, given),
		     filled = value->count > 0 || (field_is_scalar(value) && !field_blank(value->text));
		if (filled &&
			(known ? str_eq(given, key)
			       : str_near(given, key) || str_eq(meant_by(given, specs, NULL), key)))
			return true;
	}
	return false;
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
