/* Whose marker a line begins with, and what is wrong with it. */
#include "minutes/reader.h"
#include "text/fold.h"

enum { CIRCLE_SPACES = 3, BRACKET_POINTS = 30 };

static const struct str honorifics[] = { STR_INIT("君"), STR_INIT("氏"), STR_INIT("さん"), STR_INIT("様"),
	STR_INIT("議員"), STR_INIT("委員") };
enum { HONORIFIC_COUNT = sizeof honorifics / sizeof *honorifics };

/* Two parts of one label that say the same person, or do not contradict each other. */
static bool same_person(const struct voice *a, const struct voice *b)
{
	return (a->registered != NONE && a->registered == b->registered) ||
		(a->attendee != NONE && a->attendee == b->attendee);
}

/* An office that several people speak for: 事務局（田中） names one of them. */
static bool is_office(const struct reader *r, const struct voice *v)
{
	if (v->registered != NONE)
		return r->context->registers->people[v->registered].kind == 2;
	return v->attendee == NONE || r->m->front.attendees.attendees[v->attendee].is_organization;
}

/* A name in brackets, with or without one honorific, as the name was declared with or without one. */
static enum voice_result find_name(const struct reader *r, struct str name, struct voice *voice, struct voice *other)
{
	enum voice_result result = voices_find(r->voices, name, voice, other);
	struct str bare = name;
	for (size_t i = 0; i < HONORIFIC_COUNT && bare.n == name.n; i++)
		if (str_ends(name, honorifics[i]) && name.n > honorifics[i].n)
			bare = str_trim_end(str_but(name, honorifics[i].n));
	if (result == VOICE_UNKNOWN && bare.n < name.n)
		result = voices_find(r->voices, bare, voice, other);
	for (size_t i = 0; i < HONORIFIC_COUNT && result == VOICE_UNKNOWN; i++)
		result = voices_find(r->voices,
			arena_format(r->arena, "%.*s%.*s", STR_ARG(bare), STR_ARG(honorifics[i])), voice, other);
	return result;
}

static enum voice_result find_parted(
	const struct reader *r, struct str role, struct str name, struct voice *voice, struct voice *other)
{
	struct voice office, office_other;
	enum voice_result by_role = voices_find(r->voices, role, &office, &office_other);
	enum voice_result by_name = find_name(r, name, voice, other);
	if (by_name == VOICE_AMBIGUOUS && by_role == VOICE_FOUND &&
		(same_person(voice, &office) || same_person(other, &office)))
		by_name = VOICE_UNKNOWN; /* the role tells which */
	if (by_name == VOICE_UNKNOWN) {
		*voice = office;
		*other = office_other;
		return by_role;
	}
	if (by_name == VOICE_FOUND && by_role == VOICE_FOUND && !is_office(r, &office) &&
		!same_person(voice, &office)) {
		*other = office;
		return VOICE_AMBIGUOUS;
	}
	return by_name;
}

/* One label, as a whole or as role and name. */
static enum voice_result find_one(const struct reader *r, struct str label, struct voice *voice, struct voice *other)
{
	struct str role, name;
	enum voice_result result = voices_find(r->voices, label, voice, other);
	if (result == VOICE_UNKNOWN && marker_split_name(label, &role, &name))
		result = find_parted(r, role, name, voice, other);
	voice->label = label;
	return result;
}

static enum voice_result find_joint(const struct reader *r, struct str label, struct spoken *spoken)
{
	size_t from = 0, length, count = 0;
	for (size_t at = 0; at <= label.n; at += length) {
		uint32_t point = str_point(label, at, &length);
		if (length == 0)
			length = 1;
		else if (!point_joins_labels(point))
			continue;
		struct str part = str_trim(str_n(label.p + from, at - from));
		if (count == JOINT_MOST || str_empty(part) || part.n == label.n)
			return VOICE_UNKNOWN;
		enum voice_result result = find_one(r, part, &spoken->voices[count++], &spoken->other);
		if (result == VOICE_AMBIGUOUS)
			spoken->voices[0] = spoken->voices[count - 1];
		if (result != VOICE_FOUND)
			return result;
		from = at + length;
	}
	spoken->voice_count = count;
	return VOICE_FOUND;
}

static bool resolve(const struct reader *r, const struct marker *m, struct spoken *spoken)
{
	spoken->label = m->label;
	spoken->length = m->length;
	spoken->seconds = m->seconds;
	spoken->voice_count = 1;
	spoken->result = find_one(r, m->label, &spoken->voices[0], &spoken->other);
	if (spoken->result == VOICE_UNKNOWN)
		spoken->result = find_joint(r, m->label, spoken);
	if (spoken->result != VOICE_FOUND)
		spoken->voice_count = 0;
	return spoken->result != VOICE_UNKNOWN;
}

static bool find_bracket(const struct reader *r, const struct head *head, struct spoken *spoken)
{
	struct marker m;
	if (!marker_bracket(head, &m) || voices_excluded(r->voices, m.label))
		return false;
	if (resolve(r, &m, spoken))
		return true;
	if (str_points(m.label) > BRACKET_POINTS)
		return false;
	if (!r->context->registers->has_people) {
		spoken->voices[0] = (struct voice){ m.label, NONE, NONE, NONE };
		spoken->voice_count = 1;
		spoken->result = VOICE_FOUND;
	}
	return true;
}

static bool find_circle(const struct reader *r, const struct head *head, struct spoken *spoken)
{
	struct marker m, first;
	struct spoken trial;
	bool found = false;
	if (!marker_circle(head, 0, &first) || voices_excluded(r->voices, first.label))
		return false;
	/* ○山田　太郎委員　本日は: the longest label that is declared. */
	for (size_t spaces = 0; spaces <= CIRCLE_SPACES && marker_circle(head, spaces, &m); spaces++) {
		if (!resolve(r, &m, &trial))
			continue;
		*spoken = trial;
		found = true;
	}
	if (found)
		return true;
	if (!marker_circle_is_clear(head, &first))
		return false;
	resolve(r, &first, spoken);
	return true;
}

/* Spelled so much like a declared label that it must be one. Asked once a label. */
static bool is_slip(struct reader *r, struct str label)
{
	if (!marker_may_be_slip(label))
		return false;
	struct loc declared;
	size_t slip;
	struct str folded = fold_label(r->arena, label);
	if (map_get(&r->near, folded, &slip))
		return slip;
	if (r->near.count == NEAR_MOST)
		return false;
	slip = voices_nearest(r->voices, label, &declared).n > 0;
	map_add(&r->near, folded, slip);
	return slip;
}

static bool find_colon(struct reader *r, const struct head *head, struct spoken *spoken)
{
	struct marker m;
	size_t times;
	if (!marker_colon(head, &m) || voices_excluded(r->voices, m.label))
		return false;
	if (resolve(r, &m, spoken))
		return true;
	return is_slip(r, m.label) || (map_get(&r->repeated, m.label, &times) && times > 1);
}

bool speaker_find(struct reader *r, const struct line *line, struct spoken *spoken, struct head *head)
{
	if (!marker_likely(r->doc, line))
		return false;
	line_head(r->doc, line, head);
	return find_bracket(r, head, spoken) || find_circle(r, head, spoken) || find_colon(r, head, spoken);
}

void speakers_prepare(struct reader *r)
{
	const struct md_doc *doc = r->doc;
	for (uint32_t b = 0; b < doc->block_count; b = doc->blocks[b].end) {
		const struct md_block *block = &doc->blocks[b];
		uint32_t at = block->first_run, links = 0;
		struct line line;
		struct head head;
		struct marker m;
		if (block->kind != MD_PARAGRAPH || !line_peek(doc, b, &at, block->end_run, &links, &line) ||
			!marker_likely(doc, &line))
			continue;
		line_head(doc, &line, &head);
		if (!marker_colon(&head, &m) || !marker_word_is_name(m.label))
			continue;
		size_t times = 0;
		if (map_get(&r->repeated, m.label, &times))
			map_put(&r->repeated, m.label, times + 1);
		else
			map_add(&r->repeated, arena_str(r->arena, m.label), 1);
	}
}

static struct loc label_loc(struct reader *r, const struct line *line, struct str label)
{
	uint32_t number = line_number(r, line);
	struct loc loc = loc_at(r->m->path, number, source_column(r, number, label));
	loc.width = (uint32_t)str_points(label);
	return loc;
}

static void report_unknown(struct reader *r, const struct line *line, struct str label)
{
	struct loc declared = { 0 };
	if (r->diags->flooded)
		return;
	struct str near = voices_nearest(r->voices, label, &declared), help;
	/* A slip is shown wherever it stands; a person who was forgotten, once. */
	if (str_empty(near) && !map_add(&r->reported, fold_label(r->arena, label), 0))
		return;
	if (str_empty(near))
		help = diag_text(
			r->diags, _("add them to attendees, or to not_speakers if nobody of that name speaks"));
	else if (declared.line > 0)
		help = diag_text(
			r->diags, _("did you mean 「%.*s」 (attendees, line %u)?"), STR_ARG(near), declared.line);
	else
		help = diag_did_you_mean(r->diags, near);
	diag_add(r->diags, SPEAKER_UNDECLARED, label_loc(r, line, label), help,
		r->m->front.attendees.given ? _("「%.*s」 is not among the attendees")
					    : _("「%.*s」 speaks, but the record lists no attendees"),
		STR_ARG(label));
}

/* How a finding names a candidate. */
static struct str voice_name(const struct reader *r, const struct voice *v)
{
	if (v->registered != NONE)
		return r->context->registers->people[v->registered].id;
	if (v->attendee == NONE)
		return v->label;
	const struct attendee *at = &r->m->front.attendees.attendees[v->attendee];
	return arena_format(r->arena, "%.*s (%u)", STR_ARG(at->label), at->loc.line);
}

static void report_problem(struct reader *r, const struct line *line, const struct spoken *spoken)
{
	if (spoken->result == VOICE_UNKNOWN)
		report_unknown(r, line, spoken->label);
	if (spoken->result == VOICE_AMBIGUOUS)
		diag_add(r->diags, SPEAKER_AMBIGUOUS, label_loc(r, line, spoken->label),
			diag_text(r->diags, _("give each person a label of their own, or say `person:` in attendees")),
			_("「%.*s」 may be %.*s or %.*s"), STR_ARG(spoken->label),
			STR_ARG(voice_name(r, &spoken->voices[0])), STR_ARG(voice_name(r, &spoken->other)));
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
	struct speech s = { .label = arena_str(r->arena, spoken->label), .seconds = spoken->seconds };
	report_problem(r, line, spoken);
	s.line = line_number(r, line);
	s.column = source_column(r, s.line, spoken->label);
	s.voices.first = READER_COUNT(&r->voice_list, struct voice);
	for (size_t i = 0; i < spoken->voice_count; i++) {
		struct voice *v = VEC_ADD(&r->voice_list, struct voice);
		*v = spoken->voices[i];
		v->label = arena_str(r->arena, v->label);
	}
	s.voices.end = READER_COUNT(&r->voice_list, struct voice);
	speech_add(r, s);
	r->sealed = r->leaked = r->under_heading = false;
	line_take(r, line, spoken->length);
}

void speech_resume(struct reader *r, uint32_t speech)
{
	struct speech s = *reader_speech(r, speech);
	s.topics = (struct range){ 0, 0 };
	r->resume = speech_add(r, s);
}

void speech_end(struct reader *r)
{
	if (r->speech != NONE)
		reader_speech(r, r->speech)->flow_end = READER_COUNT(&r->flow, struct flow);
	r->speech = NONE;
	r->last = NONE;
}
