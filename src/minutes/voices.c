#include "minutes/lexicon.h"
#include "text/words.h"

enum { BEGIN_POINTS = 20 }; /* characters of a label that is looked for at the beginning of words */

static const struct register_person *person_at(const struct voices_setting *s, uint32_t person)
{
	return &s->labels->registers->people[person];
}

bool label_is_valid(const struct voices_setting *s, const struct meaning *m)
{
	const struct person_label *l = &person_at(s, m->subject)->labels.items[m->detail];
	return (str_empty(l->body) || str_eq(l->body, s->folder)) &&
		dates_hold(l->from.date, l->to.date, s->front->date.date);
}

/* The first person other than `not` for whom a label of people.yml is valid here. */
static uint32_t valid_person(const struct voices_setting *s, struct str folded, uint32_t not )
{
	const struct lexicon *l = &s->labels->lexicon;
	struct range r = lexicon_find(l, folded);
	for (uint32_t i = r.first; i < r.end; i++)
		if (l->list[i].subject != not &&label_is_valid(s, &l->list[i]))
			return l->list[i].subject;
	return NONE;
}

/* Who an attendee is in the register. */
static uint32_t identify(const struct voices_setting *s, const struct attendee *at, struct str folded, struct diags *ds)
{
	if (!str_empty(at->person)) {
		const struct lexicon *ids = &s->labels->ids;
		struct range r = lexicon_find(ids, at->person);
		if (r.first < r.end)
			return ids->list[r.first].subject;
		diag_add(ds, VALUE_INVALID, at->loc, diag_did_you_mean(ds, lexicon_nearest(ids, at->person)),
			_("people.yml has no person 「%.*s」"), STR_ARG(at->person));
		return NONE;
	}
	uint32_t one = valid_person(s, folded, NONE);
	uint32_t other = one == NONE ? NONE : valid_person(s, folded, one);
	if (other == NONE)
		return one;
	struct str id = person_at(s, one)->id;
	diag_add(ds, SPEAKER_AMBIGUOUS, at->loc,
		diag_text(ds, _("say which one: {label: %.*s, person: %.*s}"), STR_ARG(at->label), STR_ARG(id)),
		_("「%.*s」 may be %.*s or %.*s of people.yml"), STR_ARG(at->label), STR_ARG(id),
		STR_ARG(person_at(s, other)->id));
	return AMBIGUOUS;
}

/* Attendees of one label who are different people of the register. */
static void check_namesakes(const struct voices *v, struct diags *ds)
{
	const struct attendee *all = v->setting.front->attendees.attendees;
	const struct meaning *first = v->attendees.list;
	for (uint32_t i = 1; i < v->attendees.count; i++) {
		const struct meaning *m = &v->attendees.list[i];
		if (!str_eq(m->label, first->label)) {
			first = m;
			continue;
		}
		uint32_t mine = v->registered[m->subject], other = v->registered[first->subject];
		if (mine >= AMBIGUOUS || other >= AMBIGUOUS || mine == other)
			continue;
		diag_add(ds, SPEAKER_AMBIGUOUS, all[m->subject].loc, diag_text(ds, _("give each a label of their own")),
			_("「%.*s」 is the label of %.*s here and of %.*s in line %u"), STR_ARG(all[m->subject].label),
			STR_ARG(person_at(&v->setting, mine)->id), STR_ARG(person_at(&v->setting, other)->id),
			all[first->subject].loc.line);
	}
}

/* [会長、森委員] and ［会長］: to YAML the Japanese comma and brackets are letters. */
static void check_comma(const struct voices *v, const struct attendee *at, struct diags *ds)
{
	struct str open = STR("［"), close = STR("］"), rest = at->label;
	struct buf list = { 0 };
	size_t length, count = 0;
	bool bracketed = str_starts(rest, open) && str_ends(rest, close);
	if (bracketed)
		rest = str_but(str_from(rest, open.n), close.n);
	for (size_t at_byte = 0, from = 0; at_byte <= rest.n; at_byte += length) {
		uint32_t point = str_point(rest, at_byte, &length);
		if (length > 0 && !point_is_one_of(point, STR("、，")))
			continue;
		buf_format(&list, "%s%.*s", count > 0 ? ", " : "",
			STR_ARG(str_trim(str_n(rest.p + from, at_byte - from))));
		count++;
		from = at_byte + length;
		if (length == 0)
			break;
	}
	struct str first = buf_str(&list);
	first = str_cut(&first, STR(","));
	bool known = !at->is_organization || valid_person(&v->setting, fold_label(v->arena, first), NONE) != NONE;
	if (bracketed || (count > 1 && known))
		diag_add(ds, VALUE_INVALID, at->loc,
			diag_text(ds, _("write it with narrow signs: [%.*s]"), STR_ARG(buf_str(&list))),
			_("「%.*s」 is one label, but looks like several"), STR_ARG(at->label));
	buf_release(&list);
}

static void add_attendees(struct voices *v, struct diags *ds)
{
	const struct attendance *all = &v->setting.front->attendees;
	v->registered = ARENA_ARRAY(v->arena, uint32_t, all->attendee_count);
	for (uint32_t i = 0; i < all->attendee_count; i++) {
		const struct attendee *at = &all->attendees[i];
		v->registered[i] = identify(&v->setting, at, fold_label(v->arena, at->label), ds);
		if (v->registered[i] == NONE)
			check_comma(v, at, ds);
		struct meaning m = { .given = at->label, .loc = &at->loc, .subject = i };
		lexicon_add(&v->attendees, m, v->arena);
		m.given = at->short_name;
		lexicon_add(&v->shorts, m, v->arena);
	}
	lexicon_sort(&v->attendees, v->arena);
	lexicon_sort(&v->shorts, v->arena);
	check_namesakes(v, ds);
}

static void add_texts(struct lexicon *l, const struct texts *t, struct arena *a)
{
	for (size_t i = 0; i < t->count; i++)
		lexicon_add(l, (struct meaning){ .given = t->items[i].text, .loc = &t->items[i].loc }, a);
}

struct voices *voices_open(const struct voices_setting *s, struct arena *a, struct diags *ds)
{
	struct voices *v = ARENA_NEW(a, struct voices);
	v->setting = *s;
	v->arena = a;
	v->kin = ARENA_NEW(a, struct kin);
	add_attendees(v, ds);
	add_texts(&v->standing, &s->body->standing_speakers, a);
	add_texts(&v->excluded, &s->front->not_speakers, a);
	add_texts(&v->excluded, &s->body->not_speakers, a);
	lexicon_sort(&v->standing, v->arena);
	lexicon_sort(&v->excluded, v->arena);
	return v;
}

static struct voice voice_of(struct str label, uint32_t registered, uint32_t attendee)
{
	if (registered == AMBIGUOUS)
		registered = NONE;
	return (struct voice){ .label = label, .registered = registered, .attendee = attendee, .person = NONE };
}

const struct person_label *voices_outdated(const struct voices *v, struct str label, bool elsewhere, uint32_t *person)
{
	const struct lexicon *l = &v->setting.labels->lexicon;
	const struct person_label *outdated = NULL;
	struct range r = lexicon_find(l, fold_label(v->arena, label));
	for (uint32_t i = r.first; i < r.end; i++) {
		const struct person_label *known =
			&person_at(&v->setting, l->list[i].subject)->labels.items[l->list[i].detail];
		if (label_is_valid(&v->setting, &l->list[i]))
			return NULL;
		bool here = str_empty(known->body) || str_eq(known->body, v->setting.folder);
		if (!here && (outdated || !elsewhere))
			continue;
		outdated = known;
		*person = l->list[i].subject;
	}
	return outdated;
}

struct voice voices_attendee(const struct voices *v, size_t attendee)
{
	return voice_of(
		v->setting.front->attendees.attendees[attendee].label, v->registered[attendee], (uint32_t)attendee);
}

static struct found find_registered(const struct voices *v, struct str label, struct str folded)
{
	struct found f = { .result = VOICE_UNKNOWN };
	uint32_t one = valid_person(&v->setting, folded, NONE);
	if (one == NONE)
		return f;
	f.voice = voice_of(label, one, NONE);
	f.other = voice_of(label, valid_person(&v->setting, folded, one), NONE);
	f.result = f.other.registered == NONE ? VOICE_FOUND : VOICE_AMBIGUOUS;
	return f;
}

/* What the attendees' labels or shorts make of a label. */
static struct found find_attendee(const struct voices *v, const struct lexicon *l, struct str label, struct str folded)
{
	struct range r = lexicon_find(l, folded);
	struct found f = { .result = VOICE_UNKNOWN };
	if (r.first == r.end)
		return f;
	uint32_t first = l->list[r.first].subject, registered = v->registered[first];
	if (registered == AMBIGUOUS)
		f = find_registered(v, label, folded);
	if (f.result == VOICE_AMBIGUOUS) {
		f.voice.attendee = f.other.attendee = first;
		return f;
	}
	f.voice = voice_of(label, registered, first);
	f.result = VOICE_FOUND;
	/* Whoever is listed twice is one person only where the register says so. */
	for (uint32_t i = r.first + 1; i < r.end && f.result == VOICE_FOUND; i++) {
		uint32_t next = l->list[i].subject;
		if (v->registered[next] != NONE && v->registered[next] == registered)
			continue;
		f.other = voice_of(label, v->registered[next], next);
		f.result = VOICE_AMBIGUOUS;
	}
	return f;
}

struct found voices_find(const struct voices *v, struct str label)
{
	struct str folded = fold_label(v->arena, label);
	struct found f = find_attendee(v, &v->attendees, label, folded);
	if (f.result == VOICE_UNKNOWN)
		f = find_registered(v, label, folded);
	if (f.result == VOICE_UNKNOWN)
		f = find_attendee(v, &v->shorts, label, folded);
	if (f.result == VOICE_UNKNOWN && lexicon_has(&v->standing, folded))
		f = (struct found){ .result = VOICE_FOUND, .voice = voice_of(label, NONE, NONE) };
	return f;
}

struct str voices_begin(const struct voices *v, struct str text)
{
	struct str found = STR_NONE;
	size_t length;
	str_point(text, 0, &length);
	for (size_t at = length, points = 1; length > 0 && points <= BEGIN_POINTS; at += length, points++) {
		struct str label = str_n(text.p, at);
		/* 岡山県 is none of 岡's. */
		if (points > 1 && voices_find(v, label).result != VOICE_UNKNOWN)
			found = label;
		str_point(text, at, &length);
	}
	return found;
}

bool voices_excluded(const struct voices *v, struct str label)
{
	return lexicon_has(&v->excluded, fold_label(v->arena, label));
}
