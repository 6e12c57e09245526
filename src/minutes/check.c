/* When all is read: does the record say what its body requires, and agree with itself and with people.yml? */
#include "minutes/reader.h"
#include "text/fold.h"

/* --- facts --- */

static void check_facts(struct reader *r)
{
	const struct record_front *f = &r->m->front;
	const struct body_front *body = r->context->body;
	const bool given[FACT_COUNT] = {
		[FACT_ATTENDEES] = f->attendees.given,
		[FACT_AGENDA] = f->closed_given,
		/* Withheld, said in a file, or decisions only. */
		[FACT_SPEAKERS] = r->m->speech_count > 0 || r->m->withheld || !str_empty(f->record) ||
			(r->m->kind == RECORD_ACTION && r->m->callout_count > 0),
	};
	struct buf missing = { 0 };
	if (f->status != STATUS_CONFIRMED && f->status != STATUS_PROVISIONAL)
		return;
	for (size_t i = 0; i < FACT_COUNT; i++) {
		struct str fact = str_c(record_facts[i]);
		bool required = !body->required_given;
		for (size_t k = 0; k < body->required.count; k++)
			required = required || str_eq(body->required.items[k].text, fact);
		if (required && !given[i] && !f->said[i])
			buf_format(&missing, "%s%.*s", missing.n ? ", " : "", STR_ARG(fact));
	}
	if (missing.n)
		diag_add(r->diags, FACT_MISSING, f->loc,
			diag_text(r->diags,
				str_ends(buf_str(&missing), STR("speakers"))
					? _("begin a speech with 【name】 or **name:**; `required` in the body's "
					    "index.md says "
					    "which facts its records must have")
					: _("`required` in the body's index.md says which facts its records must "
					    "have")),
			_("the record does not say its %.*s"), STR_ARG(buf_str(&missing)));
	buf_release(&missing);
}

static void check_status(struct reader *r)
{
	const struct record_front *f = &r->m->front;
	bool ahead = f->status == STATUS_SCHEDULED || f->status == STATUS_POSTPONED || f->status == STATUS_CANCELLED;
	if (ahead && r->m->speech_count > 0)
		diag_add(r->diags, VALUE_INVALID, f->loc,
			diag_text(r->diags, _("set `status` to provisional or confirmed")),
			_("the meeting has not been held by its status, but the record holds speeches"));
}

/* --- attendance --- */

static const struct register_person *registered(const struct reader *r, size_t attendee)
{
	uint32_t person = r->m->present[attendee].registered;
	return person == NONE ? NULL : &r->context->registers->people[person];
}

/* Under one key nobody stands twice, nor among both the present and the absent. */
static void list_once(struct reader *r, struct map *listed, struct str key, size_t attendee)
{
	const struct attendee *all = r->m->front.attendees.attendees, *at = &all[attendee];
	size_t other = map_intern(listed, key, attendee);
	if (other == attendee)
		return;
	const char *both = at->absent == all[other].absent
		? _("「%.*s」 is listed twice: as 「%.*s」 in line %u, too")
		: _("「%.*s」 is listed as present and as absent, as 「%.*s」 in line %u");
	diag_add(r->diags, ATTENDANCE_CONFLICT, at->loc,
		diag_text(r->diags,
			_("leave one of them out; who came late or left early is present, with "
			  "「arrived」 or 「left」")),
		both, STR_ARG(at->label), STR_ARG(all[other].label), all[other].loc.line);
}

/* 14:20 in minutes; -1 for what is no time of day (議題２から), which may stand there too. */
static int read_minutes(struct str words)
{
	struct time_span span;
	return time_read(words, &span) ? time_minutes(span.from) : -1;
}

static void check_presence(struct reader *r, const struct attendee *at)
{
	const struct record_front *f = &r->m->front;
	int from = time_minutes(f->time.from), to = time_minutes(f->time.to);
	const int times[] = { read_minutes(at->arrived), read_minutes(at->left) };
	if (at->absent && (at->arrived.n || at->left.n))
		diag_add(r->diags, ATTENDANCE_CONFLICT, at->loc, STR_NONE, _("「%.*s」 is absent, and arrived or left"),
			STR_ARG(at->label));
	if (date_is(f->end_date.date))
		return;
	for (int i = 0; i < 2; i++) {
		struct str words = i ? at->left : at->arrived;
		if (times[i] >= 0 && ((from >= 0 && times[i] < from) || (to >= 0 && times[i] > to)))
			diag_add(r->diags, DATE_MISMATCH, at->loc, STR_NONE,
				_("「%.*s」: %.*s is not within the time of the meeting"), STR_ARG(at->label),
				STR_ARG(words));
	}
	if (times[0] >= 0 && times[1] >= 0 && times[1] < times[0])
		diag_add(r->diags, DATE_MISMATCH, at->loc, STR_NONE, _("「%.*s」 left at %.*s and arrived at %.*s"),
			STR_ARG(at->label), STR_ARG(at->left), STR_ARG(at->arrived));
}

static void check_attendance(struct reader *r)
{
	const struct attendance *all = &r->m->front.attendees;
	struct map listed = { 0 }, present = { 0 };
	size_t other;
	for (size_t i = 0; i < all->attendee_count; i++) {
		const struct attendee *at = &all->attendees[i];
		const struct register_person *p = registered(r, i);
		struct str folded = fold_label(r->scratch, at->label);
		/* An office may sit in two groups, and strangers of one name in two; residents have no names at all. */
		if (p && p->kind != REGISTERED_ORGANIZATION && !at->is_organization)
			list_once(r, &listed, p->id, i);
		else if (!p && !all->groups[at->group].is_public)
			list_once(r, &listed, arena_format(r->scratch, "%zu/%.*s", at->group, STR_ARG(folded)), i);
		if (!at->absent)
			map_add(&present, folded, i);
		check_presence(r, at);
	}
	for (size_t i = 0; i < all->attendee_count; i++) {
		const struct attendee *at = &all->attendees[i];
		if (!str_empty(at->proxy_for) && !at->absent &&
			map_get(&present, fold_label(r->scratch, at->proxy_for), &other) && other != i)
			diag_add(r->diags, ATTENDANCE_CONFLICT, at->loc, STR_NONE,
				_("「%.*s」 is there in place of 「%.*s」, who is listed as present in line %u"),
				STR_ARG(at->label), STR_ARG(at->proxy_for), all->attendees[other].loc.line);
	}
	map_release(&listed);
	map_release(&present);
}

/* Somebody else speaks for them. */
static bool has_proxy(const struct reader *r, struct str label)
{
	const struct attendance *all = &r->m->front.attendees;
	struct str folded = fold_label(r->scratch, label);
	for (size_t i = 0; i < all->attendee_count; i++)
		if (!str_empty(all->attendees[i].proxy_for) &&
			str_eq(fold_label(r->scratch, all->attendees[i].proxy_for), folded))
			return true;
	return false;
}

/* --- roles --- */

/* 2013-04-01 to 2015-03-31; an open end is … */
static struct str span_text(struct reader *r, struct date from, struct date to)
{
	struct str first = date_is(from) ? date_iso(r->scratch, from) : STR("…");
	struct str last = date_is(to) ? date_iso(r->scratch, to) : STR("…");
	return arena_format(r->scratch, "%.*s – %.*s", STR_ARG(first), STR_ARG(last));
}

static void check_body(struct reader *r)
{
	const struct body_front *body = r->context->body;
	const struct dated *date = &r->m->front.date;
	if (!dates_hold(body->established.date, body->dissolved.date, date->date))
		diag_add(r->diags, DATE_MISMATCH, date->loc,
			diag_text(r->diags,
				_("correct the date, or 「established」 and 「dissolved」 in the body's index.md")),
			_("the meeting is not within the time of its body, %.*s"),
			STR_ARG(span_text(r, body->established.date, body->dissolved.date)));
}

static void report_role(struct reader *r, struct loc loc, struct str label, struct str words,
	const struct register_person *p, struct date from, struct date to)
{
	diag_add(r->diags, ROLE_DATES, loc,
		diag_text(r->diags, _("correct the label here, or 「from」 and 「to」 in people.yml")),
		_("「%.*s」 on %.*s: people.yml dates 「%.*s」 of %.*s %.*s"), STR_ARG(label),
		STR_ARG(date_iso(r->scratch, r->m->front.date.date)), STR_ARG(words), STR_ARG(p->id),
		STR_ARG(span_text(r, from, to)));
}

/* 岡座長 is of 岡's role 座長, Chair Lee of Lee's role Chair: what is left of the label is part of the name. */
static bool label_names_role(struct reader *r, struct str label, struct str name, struct str role)
{
	struct str rest;
	if (role.n == 0 || role.n > label.n)
		return false;
	if (str_ends(label, role))
		rest = str_but(label, role.n);
	else if (str_starts(label, role))
		rest = str_from(label, role.n);
	else
		return false;
	return rest.n == 0 || str_find(fold_label(r->scratch, name), rest, 0) != SIZE_MAX;
}

/* Whether a label is of roles of theirs in this body, of which none was theirs on that day. */
static void check_roles(struct reader *r, const struct register_person *p, struct str printed, struct loc loc)
{
	struct date day = r->m->front.date.date;
	struct str label = fold_label(r->scratch, printed), language = r->m->language;
	const struct person_role *outdated = NULL;
	for (size_t i = 0; i < p->roles.count; i++) {
		const struct person_role *role = &p->roles.items[i];
		struct str words = fold_label(r->scratch, words_in(&role->role, language));
		if ((role->body.n && !str_eq(role->body, r->m->folder)) ||
			!label_names_role(r, label, words_in(&p->name, language), words))
			continue;
		if (dates_hold(role->from.date, role->to.date, day))
			return;
		outdated = role;
	}
	if (outdated)
		report_role(r, loc, printed, words_in(&outdated->role, language), p, outdated->from.date,
			outdated->to.date);
}

/* A label in its place: who it means, or else meant at another time. */
static void check_label(struct reader *r, struct str label, uint32_t person, struct loc loc)
{
	uint32_t owner;
	const struct register_person *people = r->context->registers->people;
	const struct person_label *outdated = voices_outdated(r->voices, label, false, &owner);
	if (outdated && (person == NONE || person == owner))
		report_role(r, loc, label, label, &people[owner], outdated->from.date, outdated->to.date);
	else if (person != NONE)
		check_roles(r, &people[person], label, loc);
}

/* --- */

/* As whom somebody of the register is listed, as present rather than as absent; or NONE. */
static uint32_t find_present(const struct reader *r, uint32_t person)
{
	const struct attendance *all = &r->m->front.attendees;
	uint32_t found = NONE;
	for (uint32_t i = 0; person != NONE && i < all->attendee_count; i++)
		if (r->m->present[i].registered == person && (found == NONE || all->attendees[found].absent))
			found = i;
	return found;
}

/* Each attendee once, at the first speech: an absent one, and one who is no attendee. */
static void check_speakers(struct reader *r)
{
	const struct meeting *m = r->m;
	struct map seen = { 0 };
	for (size_t i = 0; i < m->speech_count; i++) {
		const struct speech *s = &m->speeches[i];
		for (uint32_t k = s->voices.first; k < s->voices.end; k++) {
			const struct voice *v = &m->voices[k];
			if (!map_add(&seen, v->label, 0))
				continue;
			uint32_t attendee = v->attendee != NONE ? v->attendee : find_present(r, v->registered);
			if (v->attendee == NONE)
				check_label(r, v->label, v->registered, source_loc(r, s->line, v->label));
			const struct attendee *at = attendee != NONE ? &m->front.attendees.attendees[attendee] : NULL;
			if (at && at->absent && !has_proxy(r, at->label))
				diag_add(r->diags, ATTENDANCE_CONFLICT, source_loc(r, s->line, v->label),
					diag_text(r->diags,
						_("list them as present, or write that their words were "
						  "read out")),
					_("「%.*s」 speaks, and is listed as absent in line %u"), STR_ARG(v->label),
					at->loc.line);
		}
	}
	map_release(&seen);
}

void record_check(struct reader *r)
{
	const struct attendance *all = &r->m->front.attendees;
	check_facts(r);
	check_status(r);
	check_body(r);
	check_attendance(r);
	for (size_t i = 0; i < all->attendee_count; i++)
		check_label(r, all->attendees[i].label, r->m->present[i].registered, all->attendees[i].loc);
	if (!r->m->front.anonymous) /* nothing tells any more who they were */
		check_speakers(r);
	dates_check_facts(r);
}
