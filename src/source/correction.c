#include "source/places.h"
#include "source/record_parts.h"
#include "text/fold.h"

enum { CORRECTION_WITHDRAWN = 3, CORRECTION_PERSONAL_DATA };

static const char *const correction_kinds[] = { "error", "addition", "withdrawn", "personal-data", NULL };

/* A letter of an anchor and one or two numbers: s4, s4-5. */
static bool is_anchor(struct str s)
{
	long number;
	if (s.n < 2 || str_find_byte(STR("isndvac"), s.p[0], 0) == SIZE_MAX)
		return false;
	struct str rest = str_from(s, 1), first = str_cut(&rest, STR("-"));
	return str_number(first, 999999, &number) && (!rest.p || str_number(rest, 999999, &number));
}

static bool is_fact(struct str s)
{
	static const struct str facts[] = { STR_INIT("title"), STR_INIT("number"), STR_INIT("date"),
		STR_INIT("end_date"), STR_INIT("time"), STR_INIT("place"), STR_INIT("attendees"), STR_INIT("agenda"),
		STR_INIT("documents") };
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		if (str_eq(facts[i], s))
			return true;
	return str_starts(s, STR("documents/")) && s.n > sizeof "documents/" - 1;
}

/* What is corrected. A document's label stays as it was written. */
static bool at_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct str at;
	if (!field_text(node, &at, r))
		return false;
	struct str folded = fold_label(r->arena, at);
	if (is_anchor(folded) || (is_fact(folded) && !str_starts(folded, STR("documents/"))))
		at = folded;
	else if (!is_fact(at))
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			diag_text(r->diags,
				_("write an anchor of the page such as s4-5, or date, time, place, attendees, agenda, "
				  "documents/資料１")),
			_("「%.*s」 is nothing that can be corrected"), STR_ARG(at));
	*(struct str *)member = at;
	return true;
}

const struct field_spec correction_fields[] = {
	FIELD(correction, date, FIELD_DATE, FIELD_REQUIRED),
	FIELD_BY(correction, at, at_read, FIELD_REQUIRED),
	FIELD(correction, before, FIELD_TEXT, 0),
	FIELD(correction, after, FIELD_TEXT, 0),
	FIELD(correction, reason, FIELD_TEXT, 0),
	FIELD_ONE_OF(correction, kind, correction_kinds),
	FIELD_END,
};

/* What was withdrawn must not be told again by the entry that withdraws it. */
static bool before_check(const struct yaml_node *map, struct correction *c, const struct reading *r)
{
	bool withheld = c->kind == CORRECTION_WITHDRAWN || c->kind == CORRECTION_PERSONAL_DATA;
	if (!withheld || str_empty(c->before))
		return true;
	c->before = STR_NONE;
	return diag_add(r->diags, VALUE_INVALID, field_loc(map, STR("before"), r),
		diag_text(r->diags, _("take 「before」 out: the page would show it")),
		_("a correction of this kind cannot repeat the words that were taken out"));
}

bool corrections_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct corrections *all = member;
	const struct yaml_node *items = node->kind == YAML_LIST ? node->items : node;
	size_t count = node->kind == YAML_LIST ? node->count : 1;
	bool ok = true;
	all->items = ARENA_ARRAY(r->arena, struct correction, count);
	for (size_t i = 0; i < count; i++) {
		struct correction *c = &all->items[all->count];
		*c = (struct correction){ .loc = items[i].loc };
		ok = fields_read(&items[i], correction_fields, c, r) && ok;
		ok = before_check(&items[i], c, r) && ok;
		all->count += date_is(c->date.date) && !str_empty(c->at);
	}
	return ok;
}
