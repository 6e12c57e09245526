#include "source/front.h"
#include "source/names.h"
#include "sys/file.h"
#include "text/fold.h"

enum { AGENDA_DEPTH_MOST = 6 };

bool title_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct words words;
	if (!field_words(node, &words, r))
		return false;
	struct str stem = str_but(fs_path_name(r->path), sizeof ".md" - 1);
	*(struct str *)member = words_in(&words, name_suffix(stem));
	return true;
}

/* Attendance. */

/* A group as the file gives it; its lists are read after its keys. */
struct group_entry {
	struct attendance_group group;
	const struct yaml_node *people, *organizations, *absent;
};

const struct field_spec group_fields[] = {
	FIELD_AS("group", group_entry, group.name, field_words, 0),
	FIELD(group_entry, people, field_node, 0),
	FIELD(group_entry, organizations, field_node, 0),
	FIELD(group_entry, absent, field_node, 0),
	FIELD_AS("count", group_entry, group.count, field_number, 0),
	FIELD_AS("public", group_entry, group.is_public, field_careful, FIELD_SEES_NOTHING | FIELD_WITHHOLDS),
	FIELD_END,
};

const struct field_spec attendee_fields[] = {
	FIELD(attendee, label, field_text, FIELD_REQUIRED),
	FIELD(attendee, person, field_text, 0),
	FIELD_AS("short", attendee, short_name, field_text, 0),
	FIELD(attendee, organization, field_words, 0),
	FIELD(attendee, proxy_for, field_text, 0),
	FIELD(attendee, online, field_bool, 0),
	FIELD(attendee, arrived, field_text, 0),
	FIELD(attendee, left, field_text, 0),
	FIELD(attendee, absent, field_bool, 0),
	FIELD_END,
};

struct roll {
	struct buf groups;    /* of struct attendance_group */
	struct buf attendees; /* of struct attendee */
	bool open;            /* the last group holds attendees that stand in none */
	const struct reading *r;
};

static void group_add(struct roll *roll, struct attendance_group group)
{
	group.first = group.end = VEC_COUNT(&roll->attendees, struct attendee);
	*VEC_ADD(&roll->groups, struct attendance_group) = group;
}

enum presence { PRESENT, ABSENT, ORGANIZATION };

/* Adds to the last group. */
static void attendee_read(struct roll *roll, const struct yaml_node *node, enum presence presence)
{
	struct attendee a = { .loc = node->loc, .is_organization = presence == ORGANIZATION };
	if (node->kind == YAML_MAP) {
		fields_read(node, attendee_fields, &a, roll->r);
		a.loc = field_loc(node, STR("label"), roll->r);
	} else {
		field_filled(node, &a.label, roll->r);
	}
	if (field_blank(a.label))
		return;
	a.absent = a.absent || presence == ABSENT;
	a.group = VEC_COUNT(&roll->groups, struct attendance_group) - 1;
	*VEC_ADD(&roll->attendees, struct attendee) = a;
	VEC_AT(&roll->groups, struct attendance_group)[a.group].end = VEC_COUNT(&roll->attendees, struct attendee);
}

static void attendees_read(struct roll *roll, const struct yaml_node *list, enum presence presence)
{
	size_t count = 0;
	const struct yaml_node *items = list ? field_items(list, &count, roll->r) : NULL;
	for (size_t i = 0; i < count; i++)
		attendee_read(roll, &items[i], presence);
}

static bool is_group(const struct yaml_node *node)
{
	if (node->kind != YAML_MAP || yaml_get(node, STR("label")))
		return false;
	for (const struct field_spec *s = group_fields; s->key.p; s++)
		if (yaml_get(node, s->key))
			return true;
	return false;
}

static void entry_read(struct roll *roll, const struct yaml_node *node)
{
	if (is_group(node)) {
		struct group_entry entry = { .group.loc = node->loc };
		fields_read(node, group_fields, &entry, roll->r);
		if (words_are(&entry.group.name))
			entry.group.loc = entry.group.name.loc;
		group_add(roll, entry.group);
		roll->open = false;
		attendees_read(roll, entry.people, PRESENT);
		attendees_read(roll, entry.organizations, ORGANIZATION);
		attendees_read(roll, entry.absent, ABSENT);
	} else if (node->kind == YAML_MAP && node->count == 1 && node->items[0].kind == YAML_LIST) {
		/* `- 構成員: [岡座長]`, the natural way to write a group, but a key of the author's own. */
		diag_add(roll->r->diags, KEY_UNKNOWN, node->keys[0].loc,
			diag_text(roll->r->diags, _("write {group: %.*s, people: […]}"), STR_ARG(node->keys[0].text)),
			_("the key 「%.*s」 is not known here"), STR_ARG(node->keys[0].text));
	} else {
		/* Those who follow one another and stand in no group share one without a name. */
		if (!roll->open)
			group_add(roll, (struct attendance_group){ .loc = node->loc });
		roll->open = true;
		attendee_read(roll, node, PRESENT);
	}
}

bool attendance_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct attendance *all = member;
	struct roll roll = { .r = r };
	size_t count;
	const struct yaml_node *items = field_items(node, &count, r);
	for (size_t i = 0; i < count; i++)
		entry_read(&roll, &items[i]);
	*all = (struct attendance){ .given = true, .loc = node->loc };
	all->group_count = VEC_COUNT(&roll.groups, struct attendance_group);
	all->attendee_count = VEC_COUNT(&roll.attendees, struct attendee);
	all->groups = buf_settle(&roll.groups, r->arena);
	all->attendees = buf_settle(&roll.attendees, r->arena);
	return true;
}

/* The agenda. */

struct agenda_entry {
	struct str title;
	const struct yaml_node *items;
};

const struct field_spec agenda_fields[] = {
	FIELD(agenda_entry, title, title_read, FIELD_REQUIRED),
	FIELD(agenda_entry, items, field_node, 0),
	FIELD_END,
};

static void agenda_level(const struct yaml_node *node, uint8_t level, struct buf *parts, const struct reading *r)
{
	size_t count;
	const struct yaml_node *items = field_items(node, &count, NULL); /* a title may hold commas */
	if (level > AGENDA_DEPTH_MOST) {
		diag_add(r->diags, LIMIT_EXCEEDED, node->loc, STR_NONE, _("the agenda is nested more than %d deep"),
			AGENDA_DEPTH_MOST);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct agenda_entry entry = { 0 };
		bool map = items[i].kind == YAML_MAP;
		if (map)
			fields_read(&items[i], agenda_fields, &entry, r);
		else
			field_filled(&items[i], &entry.title, r);
		if (field_blank(entry.title))
			continue;
		struct loc loc = map ? field_loc(&items[i], STR("title"), r) : items[i].loc;
		*VEC_ADD(parts, struct agenda_part) = (struct agenda_part){ entry.title, level, loc };
		if (entry.items)
			agenda_level(entry.items, (uint8_t)(level + 1), parts, r);
	}
}

bool agenda_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct agenda *agenda = member;
	struct buf parts = { 0 };
	agenda_level(node, 1, &parts, r);
	agenda->count = VEC_COUNT(&parts, struct agenda_part);
	agenda->parts = buf_settle(&parts, r->arena);
	return true;
}

/* Documents. */

bool closed_given(const struct yaml_node *node)
{
	return node && !(node->kind == YAML_BOOL && !node->boolean);
}

bool closed_reason(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (node->kind == YAML_LIST || node->kind == YAML_MAP)
		return field_expected(node, N_("a reason"), r);
	*(struct str *)member = node->text;
	if (node->kind == YAML_STRING && !field_blank(node->text))
		return true;
	return diag_add(r->diags, CLOSED_REASON, node->loc,
		str_c(_("write the reason in words, for example: personal data")),
		_("what is closed must say why it is closed"));
}

static bool closed_reader(const struct yaml_node *node, void *member, const struct reading *r)
{
	return !closed_given(node) || closed_reason(node, member, r);
}

const struct field_spec document_fields[] = {
	FIELD(document, label, title_read, 0),
	FIELD(document, title, title_read, 0),
	FIELD(document, file, field_text, 0),
	FIELD(document, url, field_url, 0),
	FIELD(document, closed, closed_reader, FIELD_SEES_NOTHING | FIELD_WITHHOLDS),
	FIELD_END,
};

/* Markdown, registers and ledgers are sources, of which a draft's words could leak; in files/ they are documents. */
static bool is_source(struct str path)
{
	return str_find(path, STR("/files/"), 0) == SIZE_MAX &&
		(str_ends(path, STR(".md")) || str_ends(path, STR(".MD")) || str_ends(path, STR(".ledger")) ||
			str_is_one_of(path, "content/people.yml|content/topics.yml"));
}

bool document_path(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct str file = node->text, path = fs_path_join(r->arena, r->folder, file);
	if (str_find(file, STR("://"), 0) != SIZE_MAX || str_find_byte(file, '\\', 0) != SIZE_MAX)
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			str_c(_("write / between folders, and an address under 「url」")),
			_("「%.*s」 is not the path of a file"), STR_ARG(file));
	if (!str_starts(path, STR("content/")))
		return diag_add(r->diags, LINK_OUTSIDE, node->loc,
			diag_text(r->diags, _("put the file beside the record, for example as files/%.*s"),
				STR_ARG(fs_path_name(file))),
			_("「%.*s」 leads out of content/"), STR_ARG(file));
	if (is_source(path))
		return diag_add(r->diags, VALUE_INVALID, node->loc, str_c(_("move a copy into files/")),
			_("「%.*s」 is a source of this site, not a document"), STR_ARG(file));
	*(struct str *)member = path;
	return true;
}

bool document_read(const struct yaml_node *node, void *item, const struct reading *r)
{
	struct document *d = item;
	if (node->kind != YAML_MAP)
		return field_filled(node, &d->label, r);
	fields_read(node, document_fields, d, r);
	d->loc = field_loc(node, yaml_get(node, STR("label")) ? STR("label") : STR("title"), r);
	if (str_empty(d->label)) {
		d->label = d->title;
		d->title = STR_NONE;
	}
	if (str_empty(d->label))
		return diag_add(r->diags, VALUE_INVALID, d->loc, str_c(_("write 「label: …」, for example Paper 1")),
			_("a document has neither label nor title"));
	d->file_loc = field_loc(node, STR("file"), r);
	if (!str_empty(d->file))
		document_path(yaml_get(node, STR("file")), &d->source_path, r);
	if (!str_empty(d->file) && !str_empty(d->url))
		diag_add(r->diags, VALUE_INVALID, field_loc(node, STR("url"), r), str_c(_("leave one of them out")),
			_("the document 「%.*s」 has both a file and a url"), STR_ARG(d->label));
	return true;
}

/* Corrections. */

static const struct str facts[] = { STR_INIT("title"), STR_INIT("number"), STR_INIT("date"), STR_INIT("end_date"),
	STR_INIT("time"), STR_INIT("place"), STR_INIT("attendees"), STR_INIT("agenda"), STR_INIT("documents") };

/* The fact of this name, or else one that is spelled nearly so; STR_NONE without. */
static struct str find_fact(struct str s)
{
	struct str near = STR_NONE;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		if (str_eq(facts[i], s))
			return facts[i];
		str_nearer(s, facts[i], &near);
	}
	return near;
}

/* What is corrected. A document's label stays as it was written. */
static bool at_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct str at;
	if (!field_text(node, &at, r))
		return false;
	struct str folded = fold_label(r->arena, at), fact = find_fact(folded);
	if (anchor_is(folded) || str_eq(fact, folded))
		at = folded;
	else if (!str_starts(at, STR("documents/")) || at.n == sizeof "documents/" - 1)
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			fact.p ? diag_did_you_mean(r->diags, fact)
			       : str_c(_("write an anchor of the page such as s4-5, or date, time, place, attendees, "
					 "agenda, "
					 "documents/Paper 1")),
			_("「%.*s」 is nothing that can be corrected"), STR_ARG(at));
	*(struct str *)member = at;
	return true;
}

static const char *const correction_kinds[] = { "error", "addition", "withdrawn", "personal-data", NULL };

const struct field_spec correction_fields[] = {
	FIELD(correction, date, field_date, FIELD_REQUIRED),
	FIELD(correction, at, at_read, FIELD_REQUIRED),
	FIELD(correction, before, field_text, 0),
	FIELD(correction, after, field_text, 0),
	FIELD(correction, reason, field_text, 0),
	FIELD_ONE_OF(correction, kind, correction_kinds),
	FIELD_END,
};

const char *correction_word(const struct correction *c)
{
	return correction_kinds[c->kind == CORRECTION_NONE ? 0 : c->kind - 1];
}

bool correction_withdraws(const struct correction *c)
{
	return c->kind == CORRECTION_WITHDRAWN || c->kind == CORRECTION_PERSONAL_DATA;
}

bool correction_is_later(const struct correction *c, const struct correction *than)
{
	int order = date_compare(c->date.date, than->date.date);
	return order ? order > 0 : c > than;
}

bool correction_read(const struct yaml_node *node, void *item, const struct reading *r)
{
	struct correction *c = item;
	fields_read(node, correction_fields, c, r);
	c->loc = field_loc(node, STR("at"), r);
	/* What was withdrawn must not be told again by the entry that withdraws it. */
	if (correction_withdraws(c) && !str_empty(c->before)) {
		c->before = STR_NONE;
		diag_add(r->diags, VALUE_INVALID, field_loc(node, STR("before"), r),
			str_c(_("take 「before」 out: the page would show it")),
			_("a correction of this kind cannot repeat the words that were taken out"));
	}
	return date_is(c->date.date) && !str_empty(c->at);
}
