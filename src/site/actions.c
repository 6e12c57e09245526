/* Which record says that an action is done: `> [!done]` of a later one, or `done:` of the action itself. */
#include "site/names.h"

#include "text/fold.h"

/* An action of a record that was passed already. */
struct known {
	struct str words;         /* plain, folded */
	uint32_t meeting, action; /* of its actions */
	uint32_t before;          /* the one known before it in the same body and language, or NONE */
};

struct closer {
	struct build *build;
	struct names *names;
	struct map last;  /* "body/language" → the newest known */
	struct buf known; /* of struct known */
};

/* Tells once that words mean nothing here: versions in other languages say the same. */
static void report(struct closer *c, uint32_t meeting, uint32_t line, struct str help, struct str message)
{
	struct build *b = c->build;
	struct meeting *m = b->site->meetings[meeting];
	uint32_t record = b->meeting_records[meeting];
	if (b->record_versions[record].first != record && !str_empty(b->record_versions[record].prefix))
		return;
	diag_add(b->diags, ACTION_UNKNOWN, loc_at(m->path, line, 1), help, "%.*s", STR_ARG(message));
}

/* Of a body and language, in which words are looked for. */
static struct str chain_key(struct build *b, uint32_t meeting)
{
	return arena_format(
		&b->scratch, "%u/%.*s", b->site->places[meeting].body, STR_ARG(b->site->meetings[meeting]->language));
}

static void know(struct closer *c, uint32_t meeting, uint32_t action)
{
	struct build *b = c->build;
	const struct meeting *m = b->site->meetings[meeting];
	struct buf words = { 0 };
	struct str key = chain_key(b, meeting);
	size_t before;
	meeting_words(m, m->callouts[m->actions[action].callout].pieces, &words);
	struct known k = { fold_label(&b->scratch, buf_str(&words)), meeting, action, NONE };
	buf_release(&words);
	if (map_get(&c->last, key, &before))
		k.before = (uint32_t)before;
	map_put(&c->last, key, VEC_COUNT(&c->known, struct known));
	*VEC_ADD(&c->known, struct known) = k;
}

/* The same record as shown in another language, if its words are in that one. */
static uint32_t version_in(const struct site *s, uint32_t meeting, struct str language)
{
	const struct place *p = &s->places[meeting];
	for (size_t i = 0; i < p->version_count; i++)
		if (str_eq(s->meetings[p->versions[i]]->language, language))
			return p->versions[i];
	return meeting;
}

static struct action *action_at(struct meeting *m, struct str anchor)
{
	for (size_t i = 0; i < m->action_count; i++)
		if (str_eq(m->callouts[m->actions[i].callout].anchor, anchor))
			return &m->actions[i];
	return NULL;
}

static void close_version(struct site *s, uint32_t meeting, struct str anchor, uint32_t closing, uint32_t done)
{
	struct action *a = action_at(s->meetings[meeting], anchor);
	bool own = str_eq(s->meetings[closing]->language, s->meetings[meeting]->language);
	if (!a || (a->closing != NONE && !own))
		return;
	a->done = true;
	if (a->closing == NONE || !str_eq(s->meetings[a->closing]->language, s->meetings[meeting]->language)) {
		a->closing = closing;
		a->closing_done = done;
	}
}

/* In all languages of the action's record. */
static void close_action(struct site *s, uint32_t meeting, struct str anchor, uint32_t closing, uint32_t done)
{
	const struct place *p = &s->places[meeting];
	close_version(s, meeting, anchor, closing, done);
	for (size_t i = 0; i < p->version_count; i++)
		close_version(s, p->versions[i], anchor, closing, done);
}

/* A record by name, address or number; NONE, with the target unknown, or not published yet. */
static enum name_result find_record(struct closer *c, const struct seeker *at, struct str words, uint32_t *meeting)
{
	struct target target, other;
	enum name_result result = names_find(c->names, at, words, &target, &other);
	*meeting = NONE;
	if (result != NAME_FOUND)
		return result;
	if (target.kind != TARGET_RECORD)
		return NAME_UNKNOWN;
	*meeting = build_version(c->build->record_versions, target.index, at->language);
	return NAME_FOUND;
}

/* kotsu/1#a1, 1#a1, #a1. False when the words are none of these. */
static bool by_anchor(struct closer *c, const struct seeker *at, struct done *d, uint32_t line)
{
	struct site *s = c->build->site;
	struct diags *ds = c->build->diags;
	struct str anchor = d->target;
	struct str record = str_trim(str_cut(&anchor, STR("#")));
	uint32_t meeting = at->index;
	if (!anchor.p || anchor.n < 2 || anchor.p[0] != 'a' || anchor.p[1] < '0' || anchor.p[1] > '9')
		return false;
	enum name_result result = str_empty(record) ? NAME_FOUND : find_record(c, at, record, &meeting);
	if (result == NAME_FOUND && meeting == NONE)
		return true; /* not published yet */
	struct action *a = result == NAME_FOUND ? action_at(s->meetings[meeting], anchor) : NULL;
	if (a && date_compare(s->meetings[meeting]->front.date.date, at->meeting->front.date.date) <= 0) {
		d->meeting = meeting;
		d->action = a->callout;
	} else {
		struct str near = result == NAME_FOUND ? STR_NONE : names_nearest(c->names, at, record);
		report(c, at->index, line, diag_did_you_mean(ds, near),
			a ? arena_format(&c->build->scratch, _("the action 「%.*s」 is of a later meeting"),
				    STR_ARG(d->target))
			  : arena_format(&c->build->scratch, _("there is no action 「%.*s」"), STR_ARG(d->target)));
	}
	return true;
}

/* What is found by words: how many that are open, how many that are done already, and two of them. */
struct hits {
	const struct known *one, *other;
	size_t open, done;
};

static void hit(struct closer *c, struct hits *h, const struct known *k)
{
	bool done = c->build->site->meetings[k->meeting]->actions[k->action].done;
	/* One that is done counts only where there is no other. */
	if (done && h->open > 0)
		return;
	if (!done && h->open == 0)
		h->done = 0;
	h->other = h->one;
	h->one = k;
	++*(done ? &h->done : &h->open);
}

static const struct known *known_at(const struct closer *c, uint32_t i)
{
	return &VEC_AT(&c->known, struct known)[i];
}

static struct str spell(struct closer *c, const struct known *k)
{
	const struct meeting *m = c->build->site->meetings[k->meeting];
	struct str anchor = m->callouts[m->actions[k->action].callout].anchor;
	return arena_format(&c->build->scratch, "%.*s#%.*s", STR_ARG(m->name), STR_ARG(anchor));
}

/* The action whose words begin most like these. */
static struct str nearest(struct closer *c, uint32_t last, struct str folded)
{
	enum { POINTS = 40 };
	size_t points = str_points(folded), least;
	points = points < POINTS ? points : POINTS;
	least = points / 2;
	const struct known *near = NULL;
	for (uint32_t i = build_may_search(c->build) ? last : NONE; i != NONE; i = known_at(c, i)->before) {
		struct str words = str_first(known_at(c, i)->words, points);
		size_t distance = str_distance(words, str_first(folded, points), least);
		if (distance < least) {
			least = distance;
			near = known_at(c, i);
		}
	}
	return near ? spell(c, near) : STR_NONE;
}

/* Of the same body and language; exactly these words, or else the only one that begins with them. */
static void by_words(struct closer *c, const struct seeker *at, struct done *d, uint32_t line)
{
	struct build *b = c->build;
	struct diags *ds = b->diags;
	struct str folded = fold_label(&b->scratch, d->target);
	struct hits h = { 0 };
	size_t newest;
	uint32_t last = map_get(&c->last, chain_key(b, at->index), &newest) ? (uint32_t)newest : NONE;
	for (int exact = 1; exact >= 0 && !h.one; exact--)
		for (uint32_t i = last; i != NONE; i = known_at(c, i)->before) {
			struct str words = known_at(c, i)->words;
			if (exact ? str_eq(words, folded) : str_starts(words, folded))
				hit(c, &h, known_at(c, i));
		}
	if (h.open + h.done == 1) {
		d->meeting = h.one->meeting;
		d->action = b->site->meetings[d->meeting]->actions[h.one->action].callout;
	} else if (h.one) {
		report(c, at->index, line,
			diag_text(ds, _("write which one: %.*s or %.*s"), STR_ARG(spell(c, h.one)),
				STR_ARG(spell(c, h.other))),
			arena_format(&b->scratch, _("「%.*s」 fits more than one action"), STR_ARG(d->target)));
	} else {
		struct str near = nearest(c, last, folded);
		report(c, at->index, line,
			near.p ? diag_did_you_mean(ds, near)
			       : diag_text(ds, _("copy the beginning of the action's words, or write its place: 1#a1")),
			arena_format(&b->scratch, _("no earlier record has an action 「%.*s」"), STR_ARG(d->target)));
	}
}

static void follow_done(struct closer *c, const struct seeker *at, uint32_t index)
{
	struct site *s = c->build->site;
	struct meeting *m = s->meetings[at->index];
	struct done *d = &m->dones[index];
	uint32_t line = m->callouts[d->callout].line;
	if (str_empty(d->target))
		report(c, at->index, line, diag_text(c->build->diags, _("write what is done behind it")),
			str_c(_("[!done] does not say what is done")));
	else if (!by_anchor(c, at, d, line))
		by_words(c, at, d, line);
	if (d->meeting == NONE)
		return;
	close_action(s, d->meeting, s->meetings[d->meeting]->callouts[d->action].anchor, at->index, index);
	d->meeting = version_in(s, d->meeting, m->language);
}

static void follow_action(struct closer *c, const struct seeker *at, struct action *a)
{
	struct site *s = c->build->site;
	const struct callout *callout = &at->meeting->callouts[a->callout];
	uint32_t meeting;
	if (str_empty(a->done_by))
		return;
	if (find_record(c, at, a->done_by, &meeting) != NAME_FOUND)
		report(c, at->index, callout->line,
			diag_did_you_mean(c->build->diags, names_nearest(c->names, at, a->done_by)),
			arena_format(
				&c->build->scratch, _("「%.*s」 is neither a date nor a record"), STR_ARG(a->done_by)));
	else if (meeting != NONE)
		close_action(s, at->index, callout->anchor, meeting, NONE);
}

/* Meetings may have been part of another site before: a preview keeps those whose files did not change. */
static void forget(struct meeting *m)
{
	for (size_t i = 0; i < m->action_count; i++) {
		m->actions[i].done = m->actions[i].says_done;
		m->actions[i].closing = m->actions[i].closing_done = NONE;
	}
	for (size_t i = 0; i < m->done_count; i++)
		m->dones[i].meeting = m->dones[i].action = NONE;
}

struct date site_done_on(const struct site *s, const struct action *a)
{
	return date_is(a->done_on) || a->closing == NONE ? a->done_on : s->meetings[a->closing]->front.date.date;
}

void build_actions(struct build *b, struct names *names)
{
	struct closer c = { .build = b, .names = names };
	for (uint32_t i = 0; i < b->site->meeting_count; i++)
		forget(b->site->meetings[i]);
	for (uint32_t i = 0; i < b->site->meeting_count; i++) {
		struct meeting *m = b->site->meetings[i];
		struct seeker at = seeker_of_record(b, b->meeting_records[i]);
		for (uint32_t k = 0; k < m->done_count; k++)
			follow_done(&c, &at, k);
		for (uint32_t k = 0; k < m->action_count; k++) {
			follow_action(&c, &at, &m->actions[k]);
			know(&c, i, k);
		}
	}
	map_release(&c.last);
	buf_release(&c.known);
}
