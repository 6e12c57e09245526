/* Where each correction belongs on its record's page, and the register of them all. */
#include "site/build.h"
#include "text/fold.h"

#include <stdlib.h>

/* The words that `at` may be besides an anchor and documents/…, and where the page shows these facts. */
static const struct fact {
	struct str name, id;
} facts[] = {
	{ STR_INIT("title"), STR_INIT("fact-title") },
	{ STR_INIT("number"), STR_INIT("fact-title") },
	{ STR_INIT("date"), STR_INIT("fact-when") },
	{ STR_INIT("end_date"), STR_INIT("fact-when") },
	{ STR_INIT("time"), STR_INIT("fact-when") },
	{ STR_INIT("place"), STR_INIT("fact-place") },
	{ STR_INIT("attendees"), STR_INIT("fact-attendees") },
	{ STR_INIT("agenda"), STR_INIT("fact-agenda") },
	{ STR_INIT("documents"), STR_INIT("fact-documents") },
};

/* What a record's corrections may name. */
struct spots {
	struct build *build;
	struct map found; /* anchor, fact or documents/folded label → spot in list */
	struct buf list;  /* of struct spot */
};

static void add_spot(struct spots *s, struct str name, enum spot_kind kind, size_t index, struct str id)
{
	if (name.n > 0 && map_add(&s->found, name, VEC_COUNT(&s->list, struct spot)))
		*VEC_ADD(&s->list, struct spot) = (struct spot){ kind, (uint32_t)index, id };
}

static struct str document_name(struct arena *a, struct str label)
{
	return arena_format(a, "documents/%.*s", STR_ARG(fold_label(a, label)));
}

static void gather(struct spots *s, const struct meeting *m)
{
	struct arena *scratch = &s->build->scratch, *a = &s->build->site->arena;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		add_spot(s, facts[i].name, SPOT_FACT, NONE, facts[i].id);
	for (size_t i = 0; i < m->front.documents.count; i++)
		add_spot(s, document_name(scratch, m->front.documents.items[i].label), SPOT_DOCUMENT, i,
			arena_format(a, "doc%zu", i + 1));
	for (size_t i = 0; i < m->item_count; i++)
		add_spot(s, m->items[i].anchor, SPOT_ITEM, i, m->items[i].anchor);
	for (size_t i = 0; i < m->speech_count; i++)
		add_spot(s, m->speeches[i].anchor, SPOT_SPEECH, i, m->speeches[i].anchor);
	for (size_t i = 0; i < m->statement_count; i++)
		add_spot(s, m->statements[i].anchor, SPOT_STATEMENT, i, m->statements[i].anchor);
	for (size_t i = 0; i < m->callout_count; i++)
		add_spot(s, m->callouts[i].anchor, SPOT_CALLOUT, i, m->callouts[i].anchor);
	for (size_t i = 0; i < m->tombstone_count; i++)
		add_spot(s, m->tombstones[i].anchor, SPOT_TOMBSTONE, i, m->tombstones[i].anchor);
	for (size_t i = 1; i <= m->front.corrections.count; i++) {
		struct str id = arena_format(a, "c%zu", i);
		add_spot(s, id, SPOT_NONE, NONE, id);
	}
}

/* What is corrected must be there; without a ledger nobody knows what was taken out. */
static struct spot find_spot(struct spots *s, const struct meeting *m, const struct correction *c)
{
	struct diags *ds = s->build->diags;
	struct str prefix = STR("documents/"), name = c->at;
	bool document = str_starts(name, prefix);
	if (document)
		name = document_name(&s->build->scratch, str_from(name, prefix.n));
	size_t at;
	if (map_get(&s->found, name, &at))
		return VEC_AT(&s->list, struct spot)[at];
	struct str near = map_nearest(&s->found, name), help = diag_did_you_mean(ds, near);
	if (correction_withdraws(c) && !m->stamped.found)
		return (struct spot){ SPOT_NONE, NONE, STR("") };
	if (str_empty(help))
		help = document
			? str_c(_("「documents/」 is followed by a label as the record's list of documents has it"))
			: str_c(_("the address bar of the record's page shows its anchors"));
	diag_add(ds, ANCHOR_BROKEN, c->loc, help, _("the record has no 「%.*s」 to correct"), STR_ARG(c->at));
	return (struct spot){ SPOT_NONE, NONE, STR("") };
}

static void check_date(struct build *b, const struct meeting *m, const struct correction *c)
{
	struct date day = c->date.date;
	if (date_compare(day, m->front.date.date) < 0)
		diag_add(b->diags, DATE_MISMATCH, c->date.loc, STR_NONE,
			_("the correction is dated before the meeting, %.*s"),
			STR_ARG(date_iso(&b->scratch, m->front.date.date)));
	else if (date_compare(day, b->site->now) > 0)
		diag_add(b->diags, DATE_MISMATCH, c->date.loc,
			diag_text(b->diags, _("write the day on which the correction was made")),
			_("the correction is dated in the future"));
}

static void settle_spots(struct build *b, struct meeting *m)
{
	struct spots s = { .build = b };
	const struct corrections *all = &m->front.corrections;
	gather(&s, m);
	m->spots = ARENA_ARRAY(&b->site->arena, struct spot, all->count);
	for (size_t i = 0; i < all->count; i++) {
		check_date(b, m, &all->items[i]);
		m->spots[i] = find_spot(&s, m, &all->items[i]);
	}
	map_release(&s.found);
	buf_release(&s.list);
}

/* --- the register --- */

static int latest_first(const void *left, const void *right, void *site)
{
	const struct corrected *a = left, *b = right;
	struct meeting *const *meetings = ((const struct site *)site)->meetings;
	int order = date_compare(meetings[b->meeting]->front.corrections.items[b->correction].date.date,
		meetings[a->meeting]->front.corrections.items[a->correction].date.date);
	if (order == 0)
		order = (b->meeting > a->meeting) - (b->meeting < a->meeting);
	return order ? order : (b->correction > a->correction) - (b->correction < a->correction);
}

static void settle_register(struct site *s, struct edition *e)
{
	struct buf all = { 0 };
	for (size_t i = 0; i < e->meeting_count; i++) {
		const struct meeting *m = s->meetings[e->meetings[i]];
		for (uint32_t c = 0; c < m->front.corrections.count; c++) {
			struct date day = m->front.corrections.items[c].date.date;
			int year = date_fiscal_year(day, (int)s->settings.year_starts);
			*VEC_ADD(&all, struct corrected) = (struct corrected){ e->meetings[i], c, year };
		}
	}
	e->correction_count = VEC_COUNT(&all, struct corrected);
	e->corrections = buf_settle(&all, &s->arena);
	if (e->correction_count)
		qsort_r(e->corrections, e->correction_count, sizeof *e->corrections, latest_first, s);
}

void build_corrections(struct build *b)
{
	struct site *s = b->site;
	for (size_t i = 0; i < s->meeting_count; i++) {
		struct meeting *m = s->meetings[i];
		if (m->front.corrections.count > 0)
			settle_spots(b, m);
	}
	for (size_t i = 0; i < s->edition_count; i++)
		settle_register(s, &s->editions[i]);
}
