/* Records of one meeting, and the meeting at which a record was confirmed. */
#include "site/names.h"

struct tying {
	struct build *b;
	struct names *names;
	uint32_t *group; /* one per record, of the first of its versions: an earlier one of its group, or itself */
	uint32_t *next;  /* the next in its group, by number, or NONE */
};

/* The first version of the record that front matter names, or NONE after a finding. */
static uint32_t find_record(struct tying *t, const struct seeker *at, const struct text_item *words)
{
	struct diags *ds = t->b->diags;
	struct target target, other;
	if (words->text.n == 0)
		return NONE;
	enum name_result result = names_find(t->names, at, words->text, &target, &other);
	if (result == NAME_FOUND && target.kind == TARGET_RECORD)
		return target.index;
	if (result == NAME_AMBIGUOUS)
		diag_add(ds, LINK_AMBIGUOUS, words->loc,
			diag_text(ds, _("write which one: %.*s or %.*s"), STR_ARG(names_spell(t->names, at, target)),
				STR_ARG(names_spell(t->names, at, other))),
			_("「%.*s」 means more than one thing here"), STR_ARG(words->text));
	else
		diag_add(ds, LINK_BROKEN, words->loc, diag_did_you_mean(ds, names_nearest(t->names, at, words->text)),
			_("no record is called 「%.*s」"), STR_ARG(words->text));
	return NONE;
}

static uint32_t head_of(const struct tying *t, uint32_t first)
{
	while (t->group[first] != first)
		first = t->group[first];
	return first;
}

/* A version that is shown, or NONE. */
static uint32_t shown_of(const struct tying *t, uint32_t first, struct str language)
{
	return build_version(t->b->record_versions, first, language);
}

/* Two records are one meeting's. */
static void tie_record(struct tying *t, const struct seeker *at, uint32_t record)
{
	struct build *b = t->b;
	const struct text_item *words = &at->meeting->front.record_of;
	uint32_t first = b->record_versions[record].first, other = find_record(t, at, words);
	if (other == NONE)
		return;
	if (other == first) {
		diag_add(b->diags, VALUE_INVALID, words->loc, str_c(_("name the other record of this meeting")),
			_("「%.*s」 is this record itself"), STR_ARG(words->text));
		return;
	}
	uint32_t shown = shown_of(t, other, at->language);
	if (at->index != NONE && shown == NONE)
		diag_add(b->diags, RECORD_WAITING, words->loc, STR_NONE,
			_("「%.*s」 is not published, so this record does not lead to it"), STR_ARG(words->text));
	const struct meeting *m = shown == NONE ? b->records[other].meeting : b->site->meetings[shown];
	if (m && date_compare(m->front.date.date, at->meeting->front.date.date) != 0)
		diag_add(b->diags, RECORD_MISMATCH, words->loc,
			str_c(_("records of one meeting have one date; correct it, or the name")),
			_("「%.*s」 is the record of a meeting on another day, %.*s"), STR_ARG(words->text),
			STR_ARG(date_iso(&b->scratch, m->front.date.date)));
	uint32_t a = head_of(t, first), z = head_of(t, other);
	if (a > z)
		t->group[a] = z;
	else
		t->group[z] = a;
}

static void confirm_record(struct tying *t, const struct seeker *at)
{
	const struct text_item *words = &at->meeting->front.confirmed_at;
	uint32_t first = find_record(t, at, words);
	uint32_t shown = first == NONE ? NONE : shown_of(t, first, at->language);
	if (at->index == NONE || shown == NONE)
		return;
	if (date_compare(t->b->site->meetings[shown]->front.date.date, at->meeting->front.date.date) < 0)
		diag_add(t->b->diags, DATE_MISMATCH, words->loc,
			str_c(_("a record is confirmed at a later meeting; correct the name")),
			_("「%.*s」 was held before this meeting"), STR_ARG(words->text));
	t->b->site->places[at->index].confirmed_at = shown;
}

static void chain_groups(struct tying *t)
{
	struct build *b = t->b;
	uint32_t *last = ARENA_ARRAY(&b->scratch, uint32_t, b->record_count);
	for (uint32_t i = 0; i < b->record_count; i++) {
		uint32_t head = head_of(t, i);
		t->next[i] = NONE;
		if (head != i)
			t->next[last[head]] = i;
		last[head] = i;
	}
}

/* The other records of a meeting, each in the version for its readers. */
static void settle_related(struct tying *t, uint32_t meeting)
{
	struct build *b = t->b;
	struct place *p = &b->site->places[meeting];
	uint32_t own = b->record_versions[b->meeting_records[meeting]].first;
	struct buf related = { 0 };
	for (uint32_t i = head_of(t, own); i != NONE; i = t->next[i]) {
		uint32_t shown = shown_of(t, i, b->site->meetings[meeting]->language);
		if (i != own && shown != NONE)
			*VEC_ADD(&related, uint32_t) = shown;
	}
	p->related_count = VEC_COUNT(&related, uint32_t);
	p->related = buf_settle(&related, &b->site->arena);
}

static bool is_related(const struct site *s, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < s->places[a].related_count; i++)
		if (s->places[a].related[i] == b)
			return true;
	return a == b;
}

/* Another record of the same meeting is neither the previous nor the next one; of several of that the same kind is. */
static uint32_t neighbour(const struct site *s, const uint32_t *step, uint32_t meeting)
{
	uint32_t found = step[meeting];
	while (found != NONE && is_related(s, meeting, found))
		found = step[found];
	for (uint32_t i = found; i != NONE && is_related(s, found, i); i = step[i])
		if (s->meetings[i]->kind == s->meetings[meeting]->kind)
			return i;
	return found;
}

static void settle_neighbours(struct tying *t)
{
	struct site *s = t->b->site;
	uint32_t *previous = ARENA_ARRAY(&t->b->scratch, uint32_t, s->meeting_count);
	uint32_t *next = ARENA_ARRAY(&t->b->scratch, uint32_t, s->meeting_count);
	for (uint32_t i = 0; i < s->meeting_count; i++) {
		previous[i] = s->places[i].previous;
		next[i] = s->places[i].next;
	}
	for (uint32_t i = 0; i < s->meeting_count; i++) {
		s->places[i].previous = neighbour(s, previous, i);
		s->places[i].next = neighbour(s, next, i);
	}
}

void build_ties(struct build *b, struct names *names)
{
	struct tying t = { b, names, ARENA_ARRAY(&b->scratch, uint32_t, b->record_count),
		ARENA_ARRAY(&b->scratch, uint32_t, b->record_count) };
	bool tied = false;
	for (uint32_t i = 0; i < b->record_count; i++)
		t.group[i] = i;
	for (uint32_t i = 0; i < b->record_count; i++) {
		const struct record *r = &b->records[i];
		if (!r->meeting || !(r->meeting->front.record_of.text.n || r->meeting->front.confirmed_at.text.n))
			continue;
		struct seeker at = seeker_of_record(b, i);
		tie_record(&t, &at, i);
		confirm_record(&t, &at);
		tied = tied || r->meeting->front.record_of.text.n;
	}
	if (!tied)
		return;
	chain_groups(&t);
	for (uint32_t i = 0; i < b->site->meeting_count; i++)
		settle_related(&t, i);
	settle_neighbours(&t);
}
