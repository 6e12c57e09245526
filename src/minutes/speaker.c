/* Whose marker a line begins with, and what is wrong with it. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

enum { BRACKET_POINTS = 30 };

static const struct str honorifics[] = { STR_INIT("君"), STR_INIT("氏"), STR_INIT("さん"), STR_INIT("様"),
	STR_INIT("議員"), STR_INIT("委員") };
enum { HONORIFIC_COUNT = sizeof honorifics / sizeof *honorifics };

/* Two parts of one label that say the same person, or do not contradict each other. */
static bool same_person(const struct voice *a, const struct voice *b)
{
	return (a->registered != NONE && a->registered == b->registered) ||
		(a->attendee != NONE && a->attendee == b->attendee);
}

bool voice_is_office(const struct reader *r, const struct voice *v)
{
	if (v->registered != NONE)
		return r->context->registers->people[v->registered].kind == REGISTERED_ORGANIZATION;
	return v->attendee == NONE || r->m->front.attendees.attendees[v->attendee].is_organization;
}

/* A name in brackets, with or without one honorific, as the name was declared with or without one. */
static struct found find_name(const struct reader *r, struct str name)
{
	struct found f = voices_find(r->voices, name);
	struct str bare = name;
	for (size_t i = 0; i < HONORIFIC_COUNT && bare.n == name.n; i++)
		if (str_ends(name, honorifics[i]) && name.n > honorifics[i].n)
			bare = str_trim_end(str_but(name, honorifics[i].n));
	if (f.result == VOICE_UNKNOWN && bare.n < name.n)
		f = voices_find(r->voices, bare);
	for (size_t i = 0; i < HONORIFIC_COUNT && f.result == VOICE_UNKNOWN; i++)
		f = voices_find(r->voices, arena_format(r->scratch, "%.*s%.*s", STR_ARG(bare), STR_ARG(honorifics[i])));
	return f;
}

static struct found find_parted(const struct reader *r, struct str role, struct str name)
{
	struct found by_role = voices_find(r->voices, role), by_name = find_name(r, name);
	bool same = same_person(&by_name.voice, &by_role.voice), known = by_role.result == VOICE_FOUND;
	if (by_name.result == VOICE_UNKNOWN)
		return by_role;
	if (by_name.result == VOICE_AMBIGUOUS && known && (same || same_person(&by_name.other, &by_role.voice)))
		return by_role; /* the role tells which */
	if (by_name.result == VOICE_FOUND && known && !same && !voice_is_office(r, &by_role.voice)) {
		by_name.other = by_role.voice;
		by_name.result = VOICE_AMBIGUOUS;
	}
	return by_name;
}

/* One label, as a whole or as role and name. */
static struct found find_one(const struct reader *r, struct str label)
{
	struct str role, name;
	struct found f = voices_find(r->voices, label);
	if (f.result == VOICE_UNKNOWN && marker_split_name(label, &role, &name))
		f = find_parted(r, role, name);
	f.voice.label = label;
	return f;
}

/* Labels with one of / + & , 、 ・ between them. */
static struct found find_joint(const struct reader *r, struct str label, struct spoken *spoken)
{
	struct found f = { .result = VOICE_UNKNOWN };
	size_t from = 0, length, count = 0;
	for (size_t at = 0; at <= label.n; at += length) {
		uint32_t point = point_narrow(str_point(label, at, &length));
		if (length == 0)
			length = 1;
		else if (!point_is_one_of(point, STR("/+&,、・･")))
			continue;
		struct str part = str_trim(str_n(label.p + from, at - from));
		if (count == JOINT_MOST || str_empty(part) || part.n == label.n)
			return (struct found){ .result = VOICE_UNKNOWN };
		f = find_one(r, part);
		if (f.result != VOICE_FOUND)
			return f;
		spoken->voices[count++] = f.voice;
		from = at + length;
	}
	spoken->voice_count = count;
	return f;
}

bool speaker_resolve(const struct reader *r, struct spoken *spoken)
{
	struct str label = spoken->marker.label;
	spoken->voice_count = 0;
	spoken->found = find_one(r, label);
	if (spoken->found.result == VOICE_UNKNOWN)
		spoken->found = find_joint(r, label, spoken);
	else if (spoken->found.result == VOICE_FOUND)
		spoken->voices[spoken->voice_count++] = spoken->found.voice;
	return spoken->found.result != VOICE_UNKNOWN;
}

static struct str last_word(struct str s)
{
	struct str word = STR_NONE;
	while (s.p)
		word = str_cut(&s, STR(" "));
	return word;
}

/* `Cllr Lee asked`, beside a declared `Cllr Lee`: the last word is none of its own. */
static bool is_clause(struct str label, struct str declared)
{
	size_t length;
	struct str word = last_word(label);
	uint32_t point = str_point(word, 0, &length);
	return word.n < label.n && point_is_latin(point) && !point_is_upper(point) &&
		!str_near(word, last_word(declared));
}

enum likeness { UNLIKE, SLIP, PLURAL };

/* Whether a label is spelled so much like a declared one that it must be that. Asked once a label. */
static enum likeness likeness_of(struct reader *r, struct str label)
{
	struct alike alike;
	size_t likeness = UNLIKE;
	if (!marker_may_be_slip(label) || map_get(&r->near, label, &likeness) || r->near.count == NEAR_MOST)
		return (enum likeness)likeness;
	if (voices_nearest(r->voices, label, &alike) && !is_clause(label, alike.labels[0])) {
		bool more = str_starts(label, alike.labels[0]) && label.n == alike.labels[0].n + 1;
		likeness = more && str_ends(label, STR("s")) ? PLURAL : SLIP;
	}
	map_add(&r->near, arena_str(r->scratch, label), likeness);
	return (enum likeness)likeness;
}

bool speaker_is_near(struct reader *r, struct str label)
{
	return likeness_of(r, label) == SLIP;
}

/* `Monitoring Officers: two of them` is prose. */
static bool is_slip(struct reader *r, struct str label, struct str behind)
{
	enum likeness likeness = likeness_of(r, label);
	return likeness == SLIP || (likeness == PLURAL && marker_begins_upper(behind));
}

/* 【非公開】 is nobody, unless it is declared. */
static bool is_meant_to_close(struct reader *r, const struct spoken *spoken)
{
	return closed_is_meant(r, str_trim_start(str_n(spoken->head.bytes, spoken->head.n)));
}

static bool find_bracket(struct reader *r, struct spoken *spoken)
{
	struct str *label = &spoken->marker.label;
	if (!marker_bracket(&spoken->head, &spoken->marker) || voices_excluded(r->voices, *label))
		return false;
	if (speaker_resolve(r, spoken))
		return true;
	if (str_points(*label) > BRACKET_POINTS)
		return false;
	/* Without a register it declares itself, unless it is spelled like one of those who were there, closes something or
	 * tells what was decided. */
	if (!r->context->registers->has_people && !is_meant_to_close(r, spoken) &&
		!marker_outcome(*label, r->scratch) &&
		!(r->m->front.attendees.given && likeness_of(r, *label) != UNLIKE)) {
		spoken->voices[0] = (struct voice){ *label, NONE, NONE, NONE };
		spoken->voice_count = 1;
		spoken->found.result = VOICE_FOUND;
	}
	return true;
}

static bool find_circle(const struct reader *r, struct spoken *spoken)
{
	struct marker first, best;
	bool found = false;
	if (!marker_circle(&spoken->head, 0, &first) || voices_excluded(r->voices, first.label))
		return false;
	/* ○山田　太郎委員　本日は: the longest label that is declared. */
	for (size_t spaces = 0; spaces <= LABEL_SPACES; spaces++) {
		if (!marker_circle(&spoken->head, spaces, &spoken->marker))
			break;
		if (speaker_resolve(r, spoken)) {
			best = spoken->marker;
			found = true;
		}
	}
	spoken->marker = found ? best : first;
	speaker_resolve(r, spoken);
	return found || marker_circle_is_clear(&spoken->head, &first);
}

static bool find_colon(struct reader *r, struct spoken *spoken)
{
	struct str *label = &spoken->marker.label;
	size_t times;
	if (!marker_colon(&spoken->head, &spoken->marker) || voices_excluded(r->voices, *label))
		return false;
	struct str behind = str_from(str_n(spoken->head.bytes, spoken->head.n), spoken->marker.length);
	return speaker_resolve(r, spoken) || is_slip(r, *label, behind) ||
		(map_get(&r->repeated, *label, &times) && times > 1);
}

bool speaker_find(struct reader *r, const struct line *line, struct spoken *spoken)
{
	if (!marker_likely(r->doc, line))
		return false;
	line_head(r->doc, line, &spoken->head);
	return find_bracket(r, spoken) || find_circle(r, spoken) || find_colon(r, spoken);
}

void speakers_prepare(struct reader *r)
{
	const struct md_doc *doc = r->doc;
	for (uint32_t b = 0; b < doc->block_count; b = doc->blocks[b].end) {
		struct line line;
		struct head head;
		struct marker m;
		size_t times = 0;
		if (doc->blocks[b].kind != MD_PARAGRAPH || !line_first(doc, b, &line) || !marker_likely(doc, &line))
			continue;
		line_head(doc, &line, &head);
		if (!marker_colon(&head, &m) || !marker_word_is_name(m.label) || slip_is_outcome(r, &line))
			continue; /* RESOLVED: nobody's, unless it stands in a speech */
		map_get(&r->repeated, m.label, &times);
		map_put(&r->repeated, times > 0 ? m.label : arena_str(r->scratch, m.label), times + 1);
	}
}

/* 「Cllr J. Smith」 「Cllr Jane Smith」 */
static struct str names_of(const struct reader *r, const struct alike *alike)
{
	struct str names = STR("");
	for (size_t i = 0; i < alike->count && i < ALIKE_MOST; i++)
		names = arena_format(
			r->scratch, "%.*s%s「%.*s」", STR_ARG(names), i > 0 ? " " : "", STR_ARG(alike->labels[i]));
	return alike->count > ALIKE_MOST ? arena_format(r->scratch, "%.*s …", STR_ARG(names)) : names;
}

struct str outcome_help(const struct reader *r, const char *callout, struct str word)
{
	return diag_text(r->diags,
		_("write 「> [!%s] %.*s」, --- above it if nobody says it, or \\ before it if they do"), callout,
		STR_ARG(word));
}

void speaker_miss(struct reader *r, enum diag_code code, uint32_t line, struct str label)
{
	struct alike alike;
	struct str folded = fold_label(r->scratch, label), help;
	/* A slip is shown wherever it stands; a person who was forgotten, once. */
	if (r->diags->flooded || map_get(&r->forgotten, folded, NULL))
		return;
	voices_alike(r->voices, label, &alike);
	uint32_t owner;
	const struct person_label *outdated = voices_outdated(r->voices, label, true, &owner);
	const char *callout = code == VOTER_UNDECLARED || alike.count > 0 ? NULL : marker_outcome(label, r->scratch);
	if (alike.count == 0 && !callout)
		map_add(&r->forgotten, folded, 0);
	if (outdated)
		help = diag_text(r->diags,
			str_empty(outdated->body) || str_eq(outdated->body, r->m->folder)
				? _("people.yml (line %u) gives this label another time: see its 「from」 and 「to」")
				: _("people.yml (line %u) gives this label to another body: see its 「body」"),
			outdated->loc.line);
	else if (callout)
		help = outcome_help(r, callout, label);
	else if (alike.count == 0)
		help = diag_text(r->diags,
			code == VOTER_UNDECLARED
				? _("add them to attendees or people.yml")
				: _("add them to attendees, or to not_speakers if nobody of that name speaks"));
	else if (alike.count > 1)
		help = diag_text(r->diags, _("did you mean one of these: %.*s?"), STR_ARG(names_of(r, &alike)));
	else if (alike.loc.line > 0)
		help = diag_text(r->diags, _("did you mean 「%.*s」 (attendees, line %u)?"), STR_ARG(alike.labels[0]),
			alike.loc.line);
	else
		help = diag_did_you_mean(r->diags, alike.labels[0]);
	diag_add(r->diags, code, source_loc(r, line, label), help,
		r->m->front.attendees.given        ? _("「%.*s」 is not among the attendees")
			: code == VOTER_UNDECLARED ? _("「%.*s」 is named in a vote, but the record lists no attendees")
						   : _("「%.*s」 speaks, but the record lists no attendees"),
		STR_ARG(label));
}

void speaker_miss_voter(struct reader *r, uint32_t line, struct str label)
{
	if (r->m->front.attendees.given || r->context->registers->has_people)
		speaker_miss(r, VOTER_UNDECLARED, line, label);
}

/* How a finding names a candidate. */
static struct str voice_name(const struct reader *r, const struct voice *v)
{
	if (v->registered != NONE)
		return r->context->registers->people[v->registered].id;
	if (v->attendee == NONE)
		return v->label;
	const struct attendee *at = &r->m->front.attendees.attendees[v->attendee];
	return arena_format(r->scratch, _("%.*s (line %u)"), STR_ARG(at->label), at->loc.line);
}

static void report_ambiguous(struct reader *r, uint32_t line, struct str label, const struct found *f)
{
	const struct voice *a = &f->voice, *b = &f->other;
	bool listed = a->attendee != NONE && b->attendee != NONE && a->attendee != b->attendee;
	diag_add(r->diags, SPEAKER_AMBIGUOUS, source_loc(r, line, label),
		diag_text(r->diags,
			listed ? _("give them different labels or `short`, the words alone do not tell who spoke")
			       : _("give each person a label of their own, or say `person:` in attendees")),
		_("「%.*s」 may be %.*s or %.*s"), STR_ARG(label), STR_ARG(voice_name(r, a)),
		STR_ARG(voice_name(r, b)));
}

struct found speaker_named(struct reader *r, uint32_t line, struct str label)
{
	struct found f = find_one(r, label);
	if (f.result == VOICE_UNKNOWN)
		f = find_name(r, label);
	if (f.result == VOICE_AMBIGUOUS) {
		report_ambiguous(r, line, label, &f);
		f.voice = (struct voice){ .registered = NONE, .attendee = NONE };
	}
	f.voice.person = NONE;
	return f;
}

static uint32_t speech_add(struct reader *r, struct speech s)
{
	uint32_t index = READER_COUNT(&r->speeches, struct speech);
	speech_end(r);
	s.anchor = arena_format(r->arena, "s%u", index + 1);
	s.item = r->item;
	flow_add(r, FLOW_SPEECH, index);
	s.flow = s.flow_end = READER_COUNT(&r->flow, struct flow);
	*VEC_ADD(&r->speeches, struct speech) = s;
	r->speech = index;
	r->said = 0;
	r->before = (struct range){ 0, 0 };
	return index;
}

void speech_begin(struct reader *r, struct line *line, const struct spoken *spoken)
{
	struct str label = spoken->marker.label;
	struct speech s = { .label = arena_str(r->arena, label), .seconds = spoken->marker.seconds };
	s.line = line_number(r, line);
	bool circle = marker_behind_circle(&spoken->head).n > 0;
	r->circled |= spoken->found.result == VOICE_FOUND && circle;
	if (r->form == MARKER_NONE)
		r->form = circle                                                           ? MARKER_CIRCLE
			: str_starts(str_n(spoken->head.bytes, spoken->head.n), STR("【")) ? MARKER_BRACKET
			: r->doc->runs[line->first].kind == MD_STRONG                      ? MARKER_BOLD
											   : MARKER_COLON;
	if (spoken->found.result == VOICE_UNKNOWN && is_meant_to_close(r, spoken)) {
		diag_hush(r->diags, r->m->path, s.line, s.line, true);
		closed_report_meant(r, s.line, label);
		withhold_runs(r, line->first, line->end);
	} else if (spoken->found.result == VOICE_UNKNOWN)
		speaker_miss(r, SPEAKER_UNDECLARED, s.line, label);
	else if (spoken->found.result == VOICE_AMBIGUOUS)
		report_ambiguous(r, s.line, label, &spoken->found);
	s.voices.first = READER_COUNT(&r->voice_list, struct voice);
	for (size_t i = 0; i < spoken->voice_count; i++) {
		struct voice *v = VEC_ADD(&r->voice_list, struct voice);
		*v = spoken->voices[i];
		v->label = spoken->voice_count == 1 ? s.label : arena_str(r->arena, v->label);
	}
	s.voices.end = READER_COUNT(&r->voice_list, struct voice);
	speech_add(r, s);
	r->sealed = r->leaked = false;
	line_take(r, line, spoken->marker.length);
}

void speech_resume(struct reader *r, uint32_t speech)
{
	struct speech s = VEC_AT(&r->speeches, struct speech)[speech];
	r->resume = speech_add(r, s);
}

void speech_end(struct reader *r)
{
	if (r->speech != NONE)
		VEC_AT(&r->speeches, struct speech)[r->speech].flow_end = READER_COUNT(&r->flow, struct flow);
	r->speech = NONE;
	r->last = NONE;
}
