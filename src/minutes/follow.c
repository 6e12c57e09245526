/* A record takes the names that its ledger has. */
#include "minutes/align.h"
#include "minutes/entries.h"
#include "minutes/stamped.h"
#include "text/changes.h"

#include <stdlib.h>
#include <string.h>

struct follow {
	struct meeting *m;
	const struct ledger *ledger;
	struct parts parts;
	uint32_t *part_of; /* one per line: its part, or NONE */
	uint32_t *line_of; /* one per part: its line, or NONE */
	struct map lines;  /* anchor → line */
	struct entries entries;
	struct arena *arena, *scratch;
	struct diags *diags;
};

/* Whether an entry came since the ledger was stamped. Those of a tombstone tell of what is gone, and of nothing else. */
static bool is_newer(const struct follow *f, struct str at)
{
	size_t i;
	const struct ledger_line *line = map_get(&f->lines, at, &i) ? &f->ledger->lines[i] : NULL;
	return line && ledger_line_is_live(line) && entries_at(&f->entries, at)->count > line->corrections;
}

/* The correction that tells of a change since the ledger was stamped, or NONE. */
static uint32_t explanation(const struct follow *f, struct str anchor)
{
	struct str at = anchor;
	do
		if (is_newer(f, at))
			return entries_at(&f->entries, at)->latest;
	while (anchor_holder(&at));
	return NONE;
}

static bool is_removal_explained(const struct follow *f, struct str anchor)
{
	const struct corrections *all = &f->m->front.corrections;
	uint32_t entry = explanation(f, anchor);
	if (entry != NONE)
		return all->items[entry].kind != CORRECTION_ADDITION;
	for (size_t i = 0; i < all->count && entries_at(&f->entries, anchor)->within.latest != NONE; i++)
		if (anchor_within(all->items[i].at, anchor) && all->items[i].kind != CORRECTION_ADDITION &&
			is_newer(f, all->items[i].at))
			return true;
	return false;
}

/* --- which part is which line --- */

/* The words a line will have once its newest correction is made, so that they are found even when little is left. */
static struct str expected_words(const struct follow *f, const struct ledger_line *line)
{
	uint32_t entry = is_newer(f, line->anchor) ? entries_at(&f->entries, line->anchor)->latest : NONE;
	if (entry == NONE)
		return line->words;
	const struct correction *c = &f->m->front.corrections.items[entry];
	size_t at = str_empty(c->before) ? SIZE_MAX : str_find(line->words, c->before, 0);
	if (at == SIZE_MAX)
		return line->words;
	return arena_format(f->scratch, "%.*s%.*s%.*s", STR_ARG(str_n(line->words.p, at)), STR_ARG(c->after),
		STR_ARG(str_from(line->words, at + c->before.n)));
}

static void tie(struct follow *f, uint32_t part, uint32_t line)
{
	f->line_of[part] = line;
	f->part_of[line] = part;
}

static bool is_unchanged(const struct part *line, const struct part *part)
{
	return line->kind == part->kind && line->said == part->said &&
		(line->words.p ? words_same(line->words, part->words) : line->print == words_print(part->words));
}

/* Most often nothing changed: then no more than that is found out. */
static void tie_all(struct follow *f)
{
	struct parts lines = ledger_parts(f->ledger, f->scratch);
	uint32_t *from = ARENA_ARRAY(f->scratch, uint32_t, f->parts.count + 1);
	bool unchanged = lines.count == f->parts.count;
	for (uint32_t i = 0; i < lines.count && unchanged; i++) {
		unchanged = is_unchanged(&lines.items[i], &f->parts.items[i]);
		from[i] = i;
	}
	for (size_t i = 0; i < lines.count && !unchanged; i++)
		if (lines.items[i].words.p)
			lines.items[i].words = expected_words(f, &f->ledger->lines[lines.items[i].index]);
	if (!unchanged)
		align(lines, f->parts, from);
	for (uint32_t i = 0; i < f->parts.count; i++)
		if (from[i] != NONE)
			tie(f, i, lines.items[from[i]].index);
}

/* --- what changed --- */

static struct str entry_for(struct diags *ds, struct str anchor, struct str before, struct str after)
{
	enum { SHORT = 200 };
	bool told = before.n > 0 && before.n <= SHORT && after.n <= SHORT;
	for (size_t i = 0; told && i < before.n + after.n; i++) /* as it stands, YAML would read it otherwise */
		told = !strchr("\"\\", i < before.n ? before.p[i] : after.p[i - before.n]);
	if (told)
		return diag_text(ds,
			_("put the old words back, or add to 「corrections」: - {date: …, at: %.*s, before: \"%.*s\", "
			  "after: \"%.*s\", reason: …}"),
			STR_ARG(anchor), STR_ARG(before), STR_ARG(after));
	return diag_text(ds, _("put the old words back, or add to 「corrections」: - {date: …, at: %.*s, reason: …}"),
		STR_ARG(anchor));
}

static void report_changed(const struct follow *f, uint32_t part, const struct ledger_line *line)
{
	enum { QUOTED_MOST = 300 };
	struct str now = f->parts.items[part].words, old = line->words;
	struct loc loc = loc_at(f->m->path, f->parts.items[part].line, 1);
	if (f->m->front.anonymous) { /* what it was before may have been a name */
		diag_add(f->diags, STATEMENT_CHANGED, loc, entry_for(f->diags, line->anchor, STR(""), STR("")),
			_("the words of %.*s changed since they were confirmed, and no correction names it"),
			STR_ARG(line->anchor));
		return;
	}
	struct str before = old, after = now;
	text_narrow(f->scratch, &before, &after);
	diag_add(f->diags, STATEMENT_CHANGED, loc, entry_for(f->diags, line->anchor, before, after),
		_("the words of %.*s changed since they were confirmed, and no correction names it: stamped %.*s "
		  "「%.*s」, "
		  "now 「%.*s」"),
		STR_ARG(line->anchor), STR_ARG(date_iso(f->scratch, line->date)),
		STR_ARG(text_around(f->scratch, old, before, QUOTED_MOST)),
		STR_ARG(text_around(f->scratch, now, after, QUOTED_MOST)));
}

static void check_kept(struct follow *f, uint32_t part, const struct ledger_line *line)
{
	struct meeting *m = f->m;
	if (line->state == LEDGER_PROVISIONAL) {
		m->stamped.stale |= m->front.status == STATUS_CONFIRMED;
		return;
	}
	uint32_t named = entries_at(&f->entries, line->anchor)->count, entry = explanation(f, line->anchor);
	bool same = words_same(line->words, f->parts.items[part].words);
	if (named < line->corrections)
		diag_add(f->diags, STATEMENT_CHANGED, m->front.loc,
			diag_text(f->diags, _("put the entry of 「corrections」 back")),
			_("%.*s was corrected more often than 「corrections」 tells"), STR_ARG(line->anchor));
	else if (!same && entry == NONE)
		report_changed(f, part, line);
	m->stamped.stale |= !same || named > line->corrections;
	const struct correction *c = entry == NONE ? NULL : &m->front.corrections.items[entry];
	bool holds_others = f->parts.items[part].kind == PART_ITEM || f->parts.items[part].kind == PART_SPEECH;
	if (c && !holds_others && str_eq(c->at, line->anchor) && !words_hold(line->words, c->before))
		diag_add(f->diags, CORRECTION_MISMATCH, c->loc,
			diag_text(f->diags, _("「before」 is a part of the words as they were stamped")),
			_("%.*s never held the words 「%.*s」"), STR_ARG(c->at), STR_ARG(c->before));
}

static void check_removed(struct follow *f, const struct ledger_line *line)
{
	f->m->stamped.stale = true;
	if (line->state != LEDGER_CONFIRMED || is_removal_explained(f, line->anchor))
		return;
	struct str holder = line->anchor;
	size_t above;
	/* That its speech is gone is said once. */
	while (anchor_holder(&holder))
		if (map_get(&f->lines, holder, &above) && f->ledger->lines[above].state == LEDGER_CONFIRMED &&
			f->part_of[above] == NONE && !is_removal_explained(f, holder))
			return;
	diag_add(f->diags, STATEMENT_REMOVED, loc_at(f->ledger->path, line->line, 1),
		diag_text(f->diags,
			_("put the words back, or add to 「corrections」 of %.*s: - {date: …, at: %.*s, kind: "
			  "withdrawn, "
			  "reason: …}"),
			STR_ARG(fs_path_name(f->m->path)), STR_ARG(line->anchor)),
		_("%.*s was confirmed and is gone, and no correction says so"), STR_ARG(line->anchor));
	diag_hush(f->diags, f->ledger->path, line->line, line->line, false);
}

/* --- tombstones --- */

/* Where something stands, or stood. */
struct where {
	uint32_t item, speech, flow;
};

static struct where behind(const struct meeting *m, const struct part *p)
{
	switch (p->kind) {
	case PART_ITEM:
		return (struct where){ p->index, NONE, m->items[p->index].flow };
	case PART_SPEECH:
		return (struct where){ m->speeches[p->index].item, p->index, m->speeches[p->index].flow };
	case PART_TEXT:
		return (struct where){ m->statements[p->index].item, m->statements[p->index].speech, p->flow + 1 };
	default:
		return (struct where){ m->callouts[p->index].item, m->callouts[p->index].speech, p->flow + 1 };
	}
}

static void leave_speech(const struct meeting *m, struct where *w)
{
	if (w->speech != NONE)
		w->flow = m->speeches[w->speech].flow_end;
	w->speech = NONE;
}

/* The entry that tells why: one that is newer than the ledger, or of the day on which the words went. */
static uint32_t reason_of(const struct follow *f, const struct ledger_line *line)
{
	const struct corrections *all = &f->m->front.corrections;
	uint32_t entry = ledger_line_is_live(line) ? explanation(f, line->anchor) : NONE;
	for (uint32_t i = (uint32_t)all->count; !ledger_line_is_live(line) && entry == NONE && i-- > 0;)
		if (anchor_within(line->anchor, all->items[i].at) &&
			date_compare(all->items[i].date.date, line->date) == 0)
			entry = i;
	return entry != NONE ? entry : entries_about(&f->entries, line->anchor);
}

static void add_tombstone(struct follow *f, struct buf *list, const struct ledger_line *line, struct where w)
{
	const struct meeting *m = f->m;
	struct tombstone t = { .anchor = arena_str(f->arena, line->anchor),
		.correction = reason_of(f, line),
		.item = w.item,
		.speech = w.speech,
		.flow = w.flow,
		.forgotten = line->state == LEDGER_FORGOTTEN };
	if (!ledger_line_is_live(line))
		t.since = line->date;
	else if (t.correction != NONE)
		t.since = m->front.corrections.items[t.correction].date.date;
	*VEC_ADD(list, struct tombstone) = t;
}

static int by_flow(const void *left, const void *right)
{
	const struct tombstone *const *a = left, *const *b = right;
	if ((*a)->flow != (*b)->flow)
		return (*a)->flow < (*b)->flow ? -1 : 1;
	if ((*a)->speech != (*b)->speech)
		return (*a)->speech < (*b)->speech ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

static void settle_tombstones(struct follow *f, struct buf *list)
{
	struct meeting *m = f->m;
	m->tombstone_count = VEC_COUNT(list, struct tombstone);
	m->tombstones = ARENA_ARRAY(f->arena, struct tombstone, m->tombstone_count);
	const struct tombstone **order = ARENA_ARRAY(f->scratch, const struct tombstone *, m->tombstone_count);
	for (size_t i = 0; i < m->tombstone_count; i++)
		order[i] = &VEC_AT(list, struct tombstone)[i];
	if (m->tombstone_count > 1)
		qsort(order, m->tombstone_count, sizeof *order, by_flow);
	for (size_t i = 0; i < m->tombstone_count; i++)
		m->tombstones[i] = *order[i];
	buf_release(list);
}

/* Each stands behind what it stood behind in the ledger: in the speech when it was said there, or when more of that
 * speech follows. */
static void raise_tombstones(struct follow *f)
{
	const struct meeting *m = f->m;
	const struct ledger *l = f->ledger;
	uint32_t *next = ARENA_ARRAY(f->scratch, uint32_t, l->count + 1); /* the part of the next line that has one */
	struct where w = { 0, NONE, 0 };
	struct buf list = { 0 };
	next[l->count] = NONE;
	for (size_t i = l->count; i-- > 0;)
		next[i] = f->part_of[i] != NONE ? f->part_of[i] : next[i + 1];
	for (size_t i = 0; i < l->count; i++) {
		const struct ledger_line *line = &l->lines[i];
		if (f->part_of[i] != NONE) {
			w = behind(m, &f->parts.items[f->part_of[i]]);
			continue;
		}
		char kind = (char)anchor_kind(line->anchor);
		if (kind == 's')
			leave_speech(m, &w);
		else if (kind == 'i')
			w = (struct where){ w.item, NONE, m->items[w.item].flow_end };
		else if (line->anchor.p[0] != 's' && w.speech != NONE &&
			(next[i] == NONE || behind(m, &f->parts.items[next[i]]).speech != w.speech))
			leave_speech(m, &w);
		if (ledger_line_is_live(line))
			check_removed(f, line);
		else
			f->m->stamped.stale |= !str_empty(line->words) && entries_withdraw(&f->entries, line->anchor);
		add_tombstone(f, &list, line, w);
	}
	settle_tombstones(f, &list);
}

/* --- the whole --- */

static void follow(struct follow *f)
{
	struct meeting *m = f->m;
	const struct ledger *l = f->ledger;
	f->parts = meeting_parts_words(m, f->scratch);
	f->line_of = ARENA_ARRAY(f->scratch, uint32_t, f->parts.count + 1);
	f->part_of = ARENA_ARRAY(f->scratch, uint32_t, l->count + 1);
	for (size_t i = 0; i < f->parts.count; i++)
		f->line_of[i] = NONE;
	for (uint32_t i = 0; i < l->count; i++) {
		map_add(&f->lines, l->lines[i].anchor, i);
		f->part_of[i] = NONE;
		m->stamped.confirmed |= l->lines[i].state == LEDGER_CONFIRMED;
	}
	tie_all(f);
	for (uint32_t i = 0; i < f->parts.count; i++) {
		const struct ledger_line *line = f->line_of[i] == NONE ? NULL : &l->lines[f->line_of[i]];
		if (line)
			check_kept(f, i, line);
		else
			m->stamped.stale = true;
		*f->parts.items[i].anchor = line ? arena_str(f->arena, line->anchor) : STR("");
	}
	raise_tombstones(f);
}

/* The day of the newest line, unless all are of one day: that on which the record was first stamped. */
static struct date last_change(const struct ledger *l)
{
	struct date first = { 0 }, last = { 0 };
	for (size_t i = 0; i < l->count; i++) {
		struct date d = l->lines[i].date;
		first = i == 0 || date_compare(d, first) < 0 ? d : first;
		last = i == 0 || date_compare(d, last) > 0 ? d : last;
	}
	return date_compare(first, last) < 0 ? last : (struct date){ 0 };
}

void meeting_follow(struct meeting *m, const struct ledger *l, struct arena *a, struct diags *ds)
{
	struct arena scratch;
	struct diags unheard;
	m->stamped.found = l->found;
	if (!l->found || m->withheld)
		return;
	m->stamped.changed = last_change(l);
	arena_init(&scratch);
	diags_init(&unheard, ds->levels);
	/* Of a draft nothing is published, and of a damaged ledger nothing is sure: the names alone are taken. */
	bool heard = l->sound && (m->front.status == STATUS_PROVISIONAL || m->front.status == STATUS_CONFIRMED);
	struct follow f = { .m = m, .ledger = l, .arena = a, .scratch = &scratch, .diags = heard ? ds : &unheard };
	size_t errors = f.diags->errors;
	entries_open(&f.entries, m);
	follow(&f);
	m->stamped.stale &= l->sound && f.diags->errors == errors; /* else it cannot be stamped */
	m->stamped.confirmed &= l->sound;
	map_release(&f.lines);
	entries_release(&f.entries);
	diags_release(&unheard);
	arena_release(&scratch);
}
