#include "source/record_parts.h"

#include "source/places.h"
#include "sys/file.h"

enum { AGENDA_DEPTH_MOST = 6 };

/* "content/ict/5.en.md" → "en"; "" without a suffix. */
static struct str path_language(struct str path)
{
	struct str name = str_but(fs_path_name(path), 3);
	size_t dot = name.n;
	while (dot > 0 && name.p[dot - 1] != '.')
		dot--;
	return dot > 1 ? str_from(name, dot) : STR_NONE;
}

bool title_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct words words;
	if (!field_words(node, &words, r))
		return false;
	*(struct str *)member = words_in(&words, path_language(r->path));
	return true;
}

struct agenda_entry {
	struct str title;
	const struct yaml_node *items;
};

const struct field_spec agenda_fields[] = {
	FIELD_BY(agenda_entry, title, title_read, FIELD_REQUIRED),
	FIELD(agenda_entry, items, FIELD_NODE, 0),
	FIELD_END,
};

static bool agenda_level(const struct yaml_node *node, uint8_t level, struct buf *parts, const struct reading *r);

static bool agenda_part(const struct yaml_node *node, uint8_t level, struct buf *parts, const struct reading *r)
{
	struct agenda_entry entry = { 0 };
	struct loc loc = node->loc;
	bool ok;
	if (node->kind != YAML_MAP) {
		ok = field_text(node, &entry.title, r);
	} else if (field_is_slip(node, agenda_fields)) {
		return field_expected(node, N_("the title of an agenda part"), r);
	} else {
		ok = fields_read(node, agenda_fields, &entry, r);
		loc = field_loc(node, STR("title"), r);
	}
	if (str_empty(str_trim(entry.title)))
		return ok &&
			diag_add(r->diags, VALUE_INVALID, loc, STR_NONE, _("the title of an agenda part is empty"));
	*VEC_ADD(parts, struct agenda_part) = (struct agenda_part){ entry.title, level, loc };
	return (!entry.items || agenda_level(entry.items, (uint8_t)(level + 1), parts, r)) && ok;
}

static bool agenda_level(const struct yaml_node *node, uint8_t level, struct buf *parts, const struct reading *r)
{
	bool ok = true;
	const struct yaml_node *items = node->kind == YAML_LIST ? node->items : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	if (level > AGENDA_DEPTH_MOST)
		return diag_add(r->diags, LIMIT_EXCEEDED, node->loc, STR_NONE,
			_("the agenda is nested more than %d deep"), AGENDA_DEPTH_MOST);
	for (size_t i = 0; i < count; i++)
		ok = agenda_part(&items[i], level, parts, r) && ok;
	return ok;
}

bool agenda_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct agenda *agenda = member;
	struct buf parts = { 0 };
	bool ok = agenda_level(node, 1, &parts, r);
	agenda->count = VEC_COUNT(&parts, struct agenda_part);
	agenda->parts = buf_settle(&parts, r->arena);
	return ok;
}

bool closed_reason(const struct yaml_node *node, struct str *out, const struct reading *r)
{
	if (node->kind != YAML_NULL && !field_is_scalar(node))
		return field_expected(node, N_("a reason"), r);
	*out = node->text;
	if (node->kind == YAML_STRING && !str_empty(str_trim(node->text)))
		return true;
	return diag_add(r->diags, CLOSED_REASON, node->loc,
		diag_text(r->diags, _("write the reason in words, for example 個人情報を含むため")),
		_("what is closed must say why it is closed"));
}

static bool closed_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (node->kind == YAML_BOOL && !node->boolean)
		return true;
	return closed_reason(node, member, r);
}

const struct field_spec document_fields[] = {
	FIELD_BY(document, label, title_read, 0),
	FIELD_BY(document, title, title_read, 0),
	FIELD(document, file, FIELD_TEXT, 0),
	FIELD(document, url, FIELD_URL, 0),
	FIELD_BY(document, closed, closed_read, FIELD_SEES_NOTHING),
	FIELD_END,
};

/* Markdown, registers and ledgers are sources, of which a draft's words could leak; in files/ they are documents. */
static bool is_source(struct str path)
{
	return str_find(path, STR("/files/"), 0) == SIZE_MAX &&
		(str_ends(path, STR(".md")) || str_ends(path, STR(".MD")) || str_ends(path, STR(".ledger")) ||
			str_eq(path, STR("content/people.yml")) || str_eq(path, STR("content/topics.yml")));
}

bool document_path(const struct yaml_node *node, struct str *out, const struct reading *r)
{
	struct str file = node->text;
	if (str_find(file, STR("://"), 0) != SIZE_MAX)
		return diag_add(r->diags, VALUE_INVALID, node->loc, diag_text(r->diags, _("write it under 「url」")),
			_("「%.*s」 is an address, not a file"), STR_ARG(file));
	if (str_find_byte(file, '\\', 0) != SIZE_MAX)
		return diag_add(r->diags, VALUE_INVALID, node->loc, diag_text(r->diags, _("write / between folders")),
			_("「%.*s」 is not a path"), STR_ARG(file));
	struct str path = fs_path_join(r->arena, r->folder, file);
	if (!str_starts(path, STR("content/")))
		return diag_add(r->diags, LINK_OUTSIDE, node->loc,
			diag_text(r->diags, _("put the file beside the record, for example as files/%.*s"),
				STR_ARG(fs_path_name(file))),
			_("「%.*s」 leads out of content/"), STR_ARG(file));
	if (is_source(path))
		return diag_add(r->diags, VALUE_INVALID, node->loc, diag_text(r->diags, _("move a copy into files/")),
			_("「%.*s」 is a source of this site, not a document"), STR_ARG(file));
	*out = path;
	return true;
}

static bool document_check(const struct yaml_node *map, struct document *d, const struct reading *r)
{
	const struct yaml_node *file = yaml_get(map, STR("file"));
	bool ok = true;
	if (str_empty(d->label) && str_empty(d->title))
		return diag_add(r->diags, VALUE_INVALID, d->loc,
			diag_text(r->diags, _("write 「label: …」, for example 資料１")),
			_("a document has neither label nor title"));
	if (str_empty(d->label)) {
		d->label = d->title;
		d->title = STR_NONE;
	}
	if (!str_empty(d->file))
		ok = document_path(file, &d->source_path, r);
	if (!str_empty(d->file) && !str_empty(d->url))
		ok = diag_add(r->diags, VALUE_INVALID, field_loc(map, STR("url"), r),
			diag_text(r->diags, _("leave one of them out")),
			_("the document 「%.*s」 has both a file and a url"), STR_ARG(d->label));
	return ok;
}

static bool document_read(const struct yaml_node *node, struct document *d, const struct reading *r)
{
	d->loc = node->loc;
	if (node->kind != YAML_MAP)
		return field_text(node, &d->label, r) && document_check(NULL, d, r);
	if (field_is_slip(node, document_fields))
		return field_expected(node, N_("a document (「label: …」)"), r);
	bool ok = fields_read(node, document_fields, d, r);
	d->loc = field_loc(node, yaml_get(node, STR("label")) ? STR("label") : STR("title"), r);
	return document_check(node, d, r) && ok;
}

bool documents_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct documents *all = member;
	const struct yaml_node *items = node->kind == YAML_LIST ? node->items : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	bool ok = true;
	all->items = ARENA_ARRAY(r->arena, struct document, count);
	for (size_t i = 0; i < count; i++) {
		all->items[all->count] = (struct document){ 0 };
		ok = document_read(&items[i], &all->items[all->count], r) && ok;
		all->count += !str_empty(all->items[all->count].label);
	}
	return ok;
}
