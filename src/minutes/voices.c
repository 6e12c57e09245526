#include "minutes/voices.h"

#include "base/map.h"
#include "text/fold.h"

#include <string.h>

/* Something that a folded label may mean; those with the same label form a list. */
struct meaning {
	uint32_t subject; /* of labels: the person; of voices: the attendee */
	uint32_t detail;  /* of labels: which of the person's labels */
	uint32_t next;    /* meaning, or NONE */
};

/* Folded label → meanings, in the order in which they were declared. */
struct lexicon {
	struct map map; /* to the first meaning */
	struct meaning *meanings;
	size_t count;
};

struct labels {
	const struct registers *registers;
	struct lexicon lexicon;
	struct map ids; /* of people */
};

struct voices {
	struct voices_setting setting;
	struct arena *arena;
	struct lexicon attendees, shorts;
	struct map standing, excluded;
	uint32_t *registered; /* one per attendee: person, NONE, or AMBIGUOUS */
};

#define AMBIGUOUS (NONE - 1)

/* A finished map's memory, moved to the arena. */
static void keep_map(struct map *m, struct arena *a)
{
	struct map kept = *m;
	kept.entries = ARENA_ARRAY(a, struct map_entry, m->count);
	kept.slots = ARENA_ARRAY(a, uint32_t, m->slot_count);
	if (m->count > 0) {
		memcpy(kept.entries, m->entries, m->count * sizeof *kept.entries);
		memcpy(kept.slots, m->slots, m->slot_count * sizeof *kept.slots);
	}
	map_release(m);
	*m = kept;
}

static void lexicon_add(struct lexicon *l, struct str folded, uint32_t subject, uint32_t detail)
{
	if (str_empty(folded))
		return;
	uint32_t added = (uint32_t)l->count++;
	l->meanings[added] = (struct meaning){ subject, detail, NONE };
	size_t at;
	if (map_add(&l->map, folded, added) || !map_get(&l->map, folded, &at))
		return;
	while (l->meanings[at].next != NONE)
		at = l->meanings[at].next;
	l->meanings[at].next = added;
}

static uint32_t lexicon_find(const struct lexicon *l, struct str folded)
{
	size_t at;
	return map_get(&l->map, folded, &at) ? (uint32_t)at : NONE;
}

struct labels *labels_open(const struct registers *r, struct arena *a)
{
	struct labels *l = ARENA_NEW(a, struct labels);
	l->registers = r;
	size_t count = 0;
	for (size_t i = 0; i < r->person_count; i++)
		count += r->people[i].labels.count;
	l->lexicon.meanings = ARENA_ARRAY(a, struct meaning, count);
	for (size_t i = 0; i < r->person_count; i++) {
		const struct register_person *p = &r->people[i];
		map_add(&l->ids, p->id, i);
		for (size_t k = 0; k < p->labels.count; k++)
			lexicon_add(&l->lexicon, fold_label(a, p->labels.items[k].label), (uint32_t)i, (uint32_t)k);
	}
	keep_map(&l->lexicon.map, a);
	keep_map(&l->ids, a);
	return l;
}

/* Whether a label of people.yml is valid in this record's body, at its date. */
static bool is_valid(const struct person_label *l, const struct voices_setting *s)
{
	struct date d = s->front->date.date;
	return (str_empty(l->body) || str_eq(l->body, s->folder)) &&
		(!date_is(l->from.date) || date_compare(l->from.date, d) <= 0) &&
		(!date_is(l->to.date) || date_compare(d, l->to.date) <= 0);
}

/* The next person at or behind a meaning whose label is valid here, other than `not`. */
static uint32_t valid_person(const struct voices_setting *s, uint32_t meaning, uint32_t not )
{
	const struct labels *l = s->labels;
	for (; meaning != NONE; meaning = l->lexicon.meanings[meaning].next) {
		const struct meaning *m = &l->lexicon.meanings[meaning];
		if (m->subject != not &&is_valid(&l->registers->people[m->subject].labels.items[m->detail], s))
			return m->subject;
	}
	return NONE;
}

static const struct register_person *person_at(const struct voices_setting *s, uint32_t person)
{
	return &s->labels->registers->people[person];
}

static void report_two_people(
	const struct voices_setting *s, const struct attendee *at, uint32_t one, uint32_t other, struct diags *ds)
{
	diag_add(ds, SPEAKER_AMBIGUOUS, at->loc,
		diag_text(ds, _("say which one: {label: %.*s, person: %.*s}"), STR_ARG(at->label),
			STR_ARG(person_at(s, one)->id)),
		_("「%.*s」 may be %.*s or %.*s of people.yml"), STR_ARG(at->label), STR_ARG(person_at(s, one)->id),
		STR_ARG(person_at(s, other)->id));
}

/* Who an attendee is in the register. */
static uint32_t identify(const struct voices_setting *s, const struct attendee *at, struct str folded, struct diags *ds)
{
	size_t person;
	if (!str_empty(at->person)) {
		if (map_get(&s->labels->ids, at->person, &person))
			return (uint32_t)person;
		diag_add(ds, VALUE_INVALID, at->loc, diag_did_you_mean(ds, map_nearest(&s->labels->ids, at->person)),
			_("people.yml has no person 「%.*s」"), STR_ARG(at->person));
		return NONE;
	}
	uint32_t first = lexicon_find(&s->labels->lexicon, folded);
	uint32_t one = valid_person(s, first, NONE);
	uint32_t other = one == NONE ? NONE : valid_person(s, first, one);
	if (other == NONE)
		return one;
	report_two_people(s, at, one, other, ds);
	return AMBIGUOUS;
}

/* Two attendees of one label who are two people of the register. */
static void check_namesake(const struct voices *v, uint32_t attendee, struct str folded, struct diags *ds)
{
	size_t first;
	uint32_t mine = v->registered[attendee];
	if (mine >= AMBIGUOUS || !map_get(&v->attendees.map, folded, &first))
		return;
	const struct attendee *list = v->setting.front->attendees.attendees;
	uint32_t other = v->attendees.meanings[first].subject;
	if (v->registered[other] >= AMBIGUOUS || v->registered[other] == mine)
		return;
	diag_add(ds, SPEAKER_AMBIGUOUS, list[attendee].loc, diag_text(ds, _("give each a label of their own")),
		_("「%.*s」 is the label of %.*s here and of %.*s in line %u"), STR_ARG(list[attendee].label),
		STR_ARG(person_at(&v->setting, mine)->id), STR_ARG(person_at(&v->setting, v->registered[other])->id),
		list[other].loc.line);
}

static void add_attendees(struct voices *v, struct diags *ds)
{
	const struct attendance *all = &v->setting.front->attendees;
	v->attendees.meanings = ARENA_ARRAY(v->arena, struct meaning, all->attendee_count);
	v->shorts.meanings = ARENA_ARRAY(v->arena, struct meaning, all->attendee_count);
	v->registered = ARENA_ARRAY(v->arena, uint32_t, all->attendee_count);
	for (uint32_t i = 0; i < all->attendee_count; i++) {
		struct str folded = fold_label(v->arena, all->attendees[i].label);
		v->registered[i] = identify(&v->setting, &all->attendees[i], folded, ds);
		check_namesake(v, i, folded, ds);
		lexicon_add(&v->attendees, folded, i, 0);
		lexicon_add(&v->shorts, fold_label(v->arena, all->attendees[i].short_name), i, 0);
	}
	keep_map(&v->attendees.map, v->arena);
	keep_map(&v->shorts.map, v->arena);
}

static void add_texts(struct map *m, const struct texts *t, struct arena *a)
{
	for (size_t i = 0; i < t->count; i++)
		map_add(m, fold_label(a, t->items[i].text), i);
}

struct voices *voices_open(const struct voices_setting *s, struct arena *a, struct diags *ds)
{
	struct voices *v = ARENA_NEW(a, struct voices);
	v->setting = *s;
	v->arena = a;
	add_attendees(v, ds);
	add_texts(&v->standing, &s->body->standing_speakers, a);
	add_texts(&v->excluded, &s->front->not_speakers, a);
	add_texts(&v->excluded, &s->body->not_speakers, a);
	keep_map(&v->standing, a);
	keep_map(&v->excluded, a);
	return v;
}

static struct voice voice_of(struct str label, uint32_t registered, uint32_t attendee)
{
	return (struct voice){ .label = label, .registered = registered, .attendee = attendee, .person = NONE };
}

struct voice voices_attendee(const struct voices *v, size_t attendee)
{
	uint32_t registered = v->registered[attendee];
	return voice_of(v->setting.front->attendees.attendees[attendee].label,
		registered == AMBIGUOUS ? NONE : registered, (uint32_t)attendee);
}

/* What the attendees' labels or shorts make of a label. */
static enum voice_result find_attendee(const struct voices *v, const struct lexicon *l, struct str label,
	struct str folded, struct voice *voice, struct voice *other)
{
	uint32_t meaning = lexicon_find(l, folded);
	if (meaning == NONE)
		return VOICE_UNKNOWN;
	uint32_t first = l->meanings[meaning].subject;
	*voice = voice_of(label, v->registered[first], first);
	if (voice->registered == AMBIGUOUS) {
		uint32_t list = lexicon_find(&v->setting.labels->lexicon, folded);
		voice->registered = valid_person(&v->setting, list, NONE);
		*other = voice_of(label, valid_person(&v->setting, list, voice->registered), first);
		return VOICE_AMBIGUOUS;
	}
	/* Whoever is listed twice is one person only where the register says so. */
	while ((meaning = l->meanings[meaning].next) != NONE) {
		uint32_t next = l->meanings[meaning].subject;
		if (v->registered[next] != NONE && v->registered[next] == voice->registered)
			continue;
		*other = voice_of(label, v->registered[next] == AMBIGUOUS ? NONE : v->registered[next], next);
		return VOICE_AMBIGUOUS;
	}
	return VOICE_FOUND;
}

static enum voice_result find_registered(
	const struct voices *v, struct str label, struct str folded, struct voice *voice, struct voice *other)
{
	uint32_t meaning = lexicon_find(&v->setting.labels->lexicon, folded);
	uint32_t one = valid_person(&v->setting, meaning, NONE);
	if (one == NONE)
		return VOICE_UNKNOWN;
	*voice = voice_of(label, one, NONE);
	uint32_t two = valid_person(&v->setting, meaning, one);
	if (two == NONE)
		return VOICE_FOUND;
	*other = voice_of(label, two, NONE);
	return VOICE_AMBIGUOUS;
}

enum voice_result voices_find(const struct voices *v, struct str label, struct voice *voice, struct voice *other)
{
	struct str folded = fold_label(v->arena, label);
	enum voice_result result = find_attendee(v, &v->attendees, label, folded, voice, other);
	if (result == VOICE_UNKNOWN)
		result = find_registered(v, label, folded, voice, other);
	if (result == VOICE_UNKNOWN)
		result = find_attendee(v, &v->shorts, label, folded, voice, other);
	if (result == VOICE_UNKNOWN && map_get(&v->standing, folded, NULL)) {
		*voice = voice_of(label, NONE, NONE);
		result = VOICE_FOUND;
	}
	return result;
}

struct nearest {           /* the best so far */
	struct str wanted; /* folded */
	size_t distance;
	struct str label;
	struct loc loc;
};

static void try_near(struct nearest *n, struct str folded, struct str label, struct loc loc)
{
	/* Bytes tell at once that most labels are too long or too short. */
	size_t apart = folded.n > n->wanted.n ? folded.n - n->wanted.n : n->wanted.n - folded.n;
	if (n->distance == 0 || apart > 4 * (n->distance - 1) || !str_near(n->wanted, folded))
		return;
	size_t distance = str_distance(n->wanted, folded, n->distance - 1);
	if (distance >= n->distance)
		return;
	n->distance = distance;
	n->label = label;
	n->loc = loc;
}

static void try_lexicon(struct nearest *n, const struct voices *v, const struct lexicon *l, bool is_short)
{
	const struct attendee *list = v->setting.front->attendees.attendees;
	for (size_t i = 0; i < l->map.count; i++) {
		const struct attendee *at = &list[l->meanings[l->map.entries[i].value].subject];
		try_near(n, l->map.entries[i].key, is_short ? at->short_name : at->label, at->loc);
	}
}

struct str voices_nearest(const struct voices *v, struct str label, struct loc *declared)
{
	struct nearest n = { .wanted = fold_label(v->arena, label) };
	n.distance = str_points(n.wanted) / 2 + 2; /* more than str_near allows */
	try_lexicon(&n, v, &v->attendees, false);
	try_lexicon(&n, v, &v->shorts, true);
	const struct lexicon *l = &v->setting.labels->lexicon;
	for (size_t i = 0; i < l->map.count; i++) {
		const struct meaning *m = &l->meanings[l->map.entries[i].value];
		uint32_t person = valid_person(&v->setting, (uint32_t)l->map.entries[i].value, NONE);
		if (person != NONE) {
			const struct person_label *p = &person_at(&v->setting, m->subject)->labels.items[m->detail];
			try_near(&n, l->map.entries[i].key, p->label, loc_file(p->loc.path));
		}
	}
	const struct texts *standing = &v->setting.body->standing_speakers;
	for (size_t i = 0; i < v->standing.count; i++) {
		const struct text_item *t = &standing->items[v->standing.entries[i].value];
		try_near(&n, v->standing.entries[i].key, t->text, loc_file(t->loc.path));
	}
	*declared = n.loc;
	return n.label;
}

bool voices_excluded(const struct voices *v, struct str label)
{
	return map_get(&v->excluded, fold_label(v->arena, label), NULL);
}
