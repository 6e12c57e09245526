/* Lines that only nearly begin a speech, and stand among the words of the speaker before. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

#include <string.h>

enum {
	MORE_RUNS = 40,  /* of a paragraph behind a line, for a sentence to end in */
	LABEL_MOST = 120 /* bytes of what may be a label of people.yml */
};

enum slip { SLIP_BRACKET, SLIP_CIRCLE, SLIP_MARK, SLIP_TITLE, SLIP_CODE, SLIP_WITHIN, SLIP_JOINT };

/* A label as the record itself marks its speakers, or, where nobody speaks in it, as its script is mostly marked. */
static struct str marked(const struct reader *r, struct str label)
{
	static const char *const forms[] = { [MARKER_BRACKET] = "【%.*s】",
		[MARKER_CIRCLE] = "○%.*s　…",
		[MARKER_COLON] = "%.*s:",
		[MARKER_BOLD] = "**%.*s:**" };
	size_t length;
	bool latin = point_is_latin(str_point(label, 0, &length));
	enum marker_form form = r->form != MARKER_NONE ? r->form : latin ? MARKER_BOLD : MARKER_BRACKET;
	return arena_format(r->scratch, forms[form], STR_ARG(label));
}

/* Words that people write between two who speak together, and a label may hold. */
static const struct str joints[] = { STR_INIT(" and "), STR_INIT("及び"), STR_INIT("と"), STR_INIT("/"), STR_INIT("／"),
	STR_INIT("&"), STR_INIT("+"), STR_INIT("、"), STR_INIT("・") };
enum { JOINT_WORDS = 3, JOINT_COUNT = sizeof joints / sizeof *joints };

/* What stands before the next of them, which is taken away too; *joint is where it stands in joints. */
static struct str joint_cut(struct str *rest, size_t *joint)
{
	struct str whole = *rest, first = str_cut(rest, joints[*joint]);
	for (size_t i = 0; i < JOINT_COUNT && !rest->p; i++) {
		*rest = whole;
		*joint = i;
		first = str_cut(rest, joints[i]);
	}
	return str_trim(first);
}

/* Mayor Lee & Councillor Hart */
static struct str joined(const struct reader *r, struct str label)
{
	size_t joint = 0;
	struct str first = joint_cut(&label, &joint);
	return arena_format(r->scratch, "%.*s & %.*s", STR_ARG(first), STR_ARG(str_trim(label)));
}

static void report_slip(struct reader *r, uint32_t line, struct str label, enum slip slip)
{
	static const char *const helps[] = {
		[SLIP_BRACKET] = N_("write 「%.*s」, or \\ before the bracket if nobody speaks here"),
		[SLIP_CIRCLE] =
			N_("write 「○%.*s　…」, with a space behind the label, or \\ before ○ if nobody speaks here"),
		[SLIP_MARK] = N_("write 「%.*s」, or \\ before it if nobody speaks here"),
		[SLIP_TITLE] = N_("write 「%.*s」 without # if they speak here, or a longer title"),
		[SLIP_CODE] = N_("begin the line with 「%.*s」: four spaces before it make code of it"),
		[SLIP_WITHIN] = N_("begin a line with 「%.*s」"),
		[SLIP_JOINT] = N_("write / or & between those who speak together, 「%.*s」, or \\ before it if nobody "
				  "speaks here"),
	};
	struct loc loc = source_loc(r, line, label);
	struct str mark = slip == SLIP_CIRCLE ? label : marked(r, slip == SLIP_JOINT ? joined(r, label) : label);
	diag_add(r->diags, SPEAKER_UNDECLARED, loc, diag_text(r->diags, _(helps[slip]), STR_ARG(mark)),
		_("「%.*s」 stands here like a speaker, but begins no speech"), STR_ARG(label));
}

static bool is_person(const struct reader *r, const struct spoken *spoken)
{
	return spoken->voice_count > 0 && !voice_is_office(r, &spoken->voices[0]);
}

/* Whether the words under its heading are said by nobody. */
static bool is_narrative(const struct reader *r, uint32_t item)
{
	const struct statement *all = VEC_AT(&r->statements, struct statement);
	size_t i = 0, count = VEC_COUNT(&r->statements, struct statement);
	while (i < count && all[i].item != item)
		i++;
	return i < count && all[i].kind == NARRATIVE;
}

/* A heading that is no part of the agenda and says nothing but who speaks. */
static void check_title(struct reader *r, uint32_t index)
{
	const struct item *item = &VEC_AT(&r->items, struct item)[index];
	struct spoken spoken = { .marker.label = item->title };
	size_t length;
	if (item->agenda != NONE || item->number.n > 0 || !marker_may_be_slip(item->title) ||
		voices_excluded(r->voices, item->title) || !speaker_resolve(r, &spoken) || !is_person(r, &spoken))
		return;
	/* Reports of a round are often headed by names in English, which have no title there. */
	bool latin = point_is_latin(str_point(item->title, 0, &length));
	bool meant = label_called(item->title, r->scratch).titled || r->agenda.count > 0;
	if (!latin || (meant && r->form != MARKER_NONE && is_narrative(r, index)))
		report_slip(r, item->line, item->title, SLIP_TITLE);
}

/* Whether words follow the first line of a paragraph, and no other label: names below each other are a list. */
static bool stands_over_words(struct reader *r, struct line line)
{
	const struct md_doc *doc = r->doc;
	uint32_t next = doc->blocks[line.block].end;
	struct spoken spoken;
	if (line.first != doc->blocks[line.block].first_run)
		return false;
	if (!line_step(doc, &line) &&
		(next >= doc->block_count || doc->blocks[next].kind != MD_PARAGRAPH || !line_first(doc, next, &line)))
		return false;
	spoken.marker.label = str_trim(line_head(doc, &line, &spoken.head));
	return !str_empty(spoken.marker.label) &&
		(!marker_may_be_slip(spoken.marker.label) || !speaker_resolve(r, &spoken));
}

/* A label between other signs than 【】, before a semicolon, in bold, alone, or before a space and a sentence. */
static void check_mark(struct reader *r, const struct line *line)
{
	struct spoken spoken;
	bool people;
	struct str s, *label = &spoken.marker.label;
	uint32_t number = line_number(r, line), i = line->first;
	size_t length;
	if (line_point(r->doc, line) == 0)
		return;
	s = str_trim(line_head(r->doc, line, &spoken.head));
	size_t stars = 0; /* **Councillor Hart: without others behind it */
	while (stars < spoken.head.n && spoken.head.bytes[stars] == '*')
		stars++;
	spoken.head.n -= stars;
	memmove(spoken.head.bytes, spoken.head.bytes + stars, spoken.head.n);
	s = str_trim(str_n(spoken.head.bytes, spoken.head.n));
	/* What stands behind a marker of its own begins no line. */
	struct str source = str_trim_start(source_line(r, number));
	while (str_starts(source, STR("*")))
		source = str_from(source, 1);
	str_point(s, 0, &length);
	if (!str_starts(source, str_n(s.p, length)))
		return;
	while (i < line->end && r->doc->runs[i].kind == MD_TEXT && r->doc->runs[i].text.n == 0)
		i++;
	bool bold = i + 2 < line->end && r->doc->runs[i].kind == MD_STRONG && r->doc->runs[i + 2].kind == MD_STRONG_END;
	uint32_t stop = line->stop - line->end > MORE_RUNS ? line->end + MORE_RUNS : line->stop;
	struct str more = reader_plain(r, line->end, stop);
	for (size_t spaces = 0; spaces <= (bold ? 0 : LABEL_SPACES); spaces++) {
		*label = bold ? marker_in_bold(&spoken.head, str_trim(r->doc->runs[i + 1].text), more, &people)
			      : marker_mistaken(&spoken.head, spaces, more, &people);
		if (stars > 0 && marker_colon(&spoken.head, &spoken.marker))
			people = false;
		if (str_empty(*label) || voices_excluded(r->voices, *label) || !speaker_resolve(r, &spoken) ||
			(people && !is_person(r, &spoken)) ||
			(!bold && label->n == s.n && !stands_over_words(r, *line)))
			continue;
		report_slip(r, number, *label, SLIP_MARK);
		return;
	}
}

/* A label of people.yml that is nobody's on this date, or, where it is `said`, in this body. */
static bool is_elsewhere(const struct reader *r, struct str label, bool said)
{
	uint32_t owner;
	return r->context->registers->has_people && label.n < LABEL_MOST &&
		voices_outdated(r->voices, label, said, &owner) != NULL;
}

/* Labels of people of whom one is mistyped or nobody's, or with a word between them that joins none; or a role before a
 * mistyped label in brackets. True when that was told. */
static bool check_parts(struct reader *r, const struct line *line, struct str label, bool said)
{
	struct spoken spoken;
	struct str *part = &spoken.marker.label, rest = label, wrong = STR_NONE, role;
	size_t joint = 0, known = 0, words = 0;
	bool bold = r->doc->runs[line->first].kind == MD_STRONG;
	if (marker_split_name(label, &role, &rest) && (bold || label_called(role, r->scratch).titled) &&
		speaker_is_near(r, rest)) {
		speaker_miss(r, SPEAKER_UNDECLARED, line_number(r, line), rest);
		return true;
	}
	for (rest = label; rest.p;) {
		*part = joint_cut(&rest, &joint);
		if (part->n == label.n)
			return false;
		words += rest.p && joint < JOINT_WORDS;
		if (speaker_resolve(r, &spoken) && is_person(r, &spoken))
			known++;
		else if (speaker_is_near(r, *part) ||
			(said && marker_may_be_person(*part) && voices_kin(r->voices, *part)))
			wrong = *part;
		else
			return false;
	}
	if (known == 0 || (words > 0 && !said) || (known == 1 && !wrong.p))
		return false;
	if (wrong.p)
		speaker_miss(r, SPEAKER_UNDECLARED, line_number(r, line), wrong);
	else
		report_slip(r, line_number(r, line), label, SLIP_JOINT);
	return true;
}

/* 森委員と佐藤課長：出席 */
static bool is_pair(struct str label)
{
	size_t joint = 0;
	joint_cut(&label, &joint);
	return label.p && joint < JOINT_WORDS;
}

/* `Mr Baker: …`, `・佐藤委員：…`, `佐藤委員　…。`: nobody declared them, but others who are called so. Prose with a colon is no
 * speech, so this begins none; left alone, it stands among the words of another. */
static void check_kin(struct reader *r, const struct line *line)
{
	struct spoken spoken;
	struct str *label = &spoken.marker.label, s, point = STR("・");
	bool people = true, told = false;
	if (line_point(r->doc, line) == 0)
		return;
	s = str_trim(line_head(r->doc, line, &spoken.head));
	bool colon = marker_colon(&spoken.head, &spoken.marker);
	if (!colon)
		*label = marker_mistaken(&spoken.head, 0, STR_NONE, &people);
	if (str_starts(*label, point))
		*label = str_trim(str_from(*label, point.n));
	if (str_empty(*label) || !people || voices_excluded(r->voices, *label) || speaker_resolve(r, &spoken))
		return;
	struct str behind = str_from(s, (size_t)(label->p + label->n - s.p));
	bool said = marker_is_sentence(behind), bold = r->doc->runs[line->first].kind == MD_STRONG;
	bool meant = bold || (said && marker_begins_upper(behind));
	if (colon && label->n < LABEL_MOST && check_parts(r, line, *label, meant))
		return;
	if (marker_may_be_person(*label) && voices_kin(r->voices, *label)) {
		struct called called = label_called(*label, r->scratch);
		bool bare = str_empty(called.name);
		told = colon ? (meant && said) || !(bare || is_pair(*label)) : called.titled && !bare && said;
	}
	if (told || (colon && is_elsewhere(r, *label, said || bold)))
		speaker_miss(r, SPEAKER_UNDECLARED, line_number(r, line), *label);
}

/* A marker behind four spaces. */
static void check_code(struct reader *r, const struct md_block *b)
{
	struct str rest = r->doc->codes[b->number].text, first = str_trim_start(source_line(r, b->line));
	if (str_starts(first, STR("```")) || str_starts(first, STR("~~~")))
		return;
	for (uint32_t line = b->line; rest.p; line++) {
		struct spoken spoken = { .head.whole = true };
		struct str s = str_trim_start(str_cut(&rest, STR("\n"))), *label = &spoken.marker.label;
		while (str_starts(s, STR("*")))
			s = str_from(s, 1);
		spoken.head.n = s.n < HEAD_MOST ? s.n : HEAD_MOST;
		memcpy(spoken.head.bytes, s.p, spoken.head.n);
		if (!marker_bracket(&spoken.head, &spoken.marker) && !marker_colon(&spoken.head, &spoken.marker))
			continue;
		while (str_ends(*label, STR("*")))
			label->n--;
		if (!voices_excluded(r->voices, *label) && speaker_resolve(r, &spoken))
			report_slip(r, line, *label, SLIP_CODE);
	}
}

static void check_slip(struct reader *r, const struct line *line)
{
	struct spoken spoken;
	struct str *label = &spoken.marker.label;
	uint32_t point = point_narrow(line_point(r->doc, line));
	if (point != '[' && (point < 0x80 || !marker_likely(r->doc, line)))
		return;
	line_head(r->doc, line, &spoken.head);
	bool people = false, circle = !marker_is_unclosed(&spoken.head, label, &people);
	if (circle)
		*label = r->circled ? voices_begin(r->voices, marker_behind_circle(&spoken.head)) : STR_NONE;
	if (!str_empty(*label) && !voices_excluded(r->voices, *label) && speaker_resolve(r, &spoken) &&
		(!people || is_person(r, &spoken)))
		report_slip(r, line_number(r, line), *label, circle ? SLIP_CIRCLE : SLIP_BRACKET);
}

static bool ends_sentence(struct str s)
{
	size_t last = s.n == 0 || (s.p[s.n - 1] & 0x80) == 0 ? 1 : STR("。").n;
	return s.n >= last && marker_is_sentence(str_from(s, s.n - last));
}

/* `Good morning. **Councillor Hart:** I object.` */
static void check_within(struct reader *r, const struct line *line)
{
	const struct md_run *runs = r->doc->runs;
	struct str before = STR("");
	for (uint32_t i = line->first; i + 2 < line->end; i++) {
		struct spoken spoken = { .marker.label = str_trim(runs[i + 1].text) };
		struct str *label = &spoken.marker.label, behind = i + 3 < line->end ? runs[i + 3].text : STR("");
		if (runs[i].kind == MD_TEXT && runs[i].text.n > 0)
			before = runs[i].text;
		if (runs[i].kind != MD_STRONG || runs[i + 2].kind != MD_STRONG_END || !ends_sentence(str_trim(before)))
			continue;
		size_t colon = str_ends(*label, STR(":")) ? 1 : str_ends(*label, STR("：")) ? STR("：").n : 0;
		if (colon == 0 && !str_starts(behind, STR(":")) && !str_starts(behind, STR("：")))
			continue;
		*label = str_trim(str_but(*label, colon));
		if (!voices_excluded(r->voices, *label) && speaker_resolve(r, &spoken) && is_person(r, &spoken))
			report_slip(r, line_number(r, line), *label, SLIP_WITHIN);
	}
}

void speakers_check_slips(struct reader *r)
{
	const struct md_doc *doc = r->doc;
	for (uint32_t i = 1; i < READER_COUNT(&r->items, struct item); i++)
		check_title(r, i);
	for (uint32_t b = 0; b < doc->block_count && !r->diags->flooded; b++) {
		uint32_t parent = doc->blocks[b].parent;
		if (doc->blocks[b].kind == MD_CODE)
			check_code(r, &doc->blocks[b]);
		if (doc->blocks[b].kind != MD_PARAGRAPH || (parent != NONE && doc->blocks[parent].kind == MD_QUOTE))
			continue;
		struct line line = lines_of(doc, b);
		while (line_step(doc, &line)) {
			check_slip(r, &line);
			check_kin(r, &line);
			check_within(r, &line);
			if (parent == NONE)
				check_mark(r, &line);
		}
	}
}

/* The word in capitals, or in bold before a colon, that a line begins with. */
static struct str outcome_word(struct reader *r, const struct line *line, struct head *head)
{
	const struct md_run *runs = r->doc->runs;
	size_t at = 0, length;
	uint32_t i = line->first;
	bool bold = runs[i].kind == MD_STRONG;
	i += bold;
	if (i >= line->end || runs[i].kind != MD_TEXT || runs[i].text.n < 2 || line_point(r->doc, line) == 0)
		return STR_NONE;
	bool capitals = point_is_upper((uint8_t)runs[i].text.p[0]) && point_is_upper((uint8_t)runs[i].text.p[1]);
	if (!capitals && !bold)
		return STR_NONE;
	struct str s = str_trim_start(line_head(r->doc, line, head));
	while (point_is_letter(str_point(s, at, &length)))
		at += length;
	bool colon = point_narrow(str_point(s, at + spaces_at(s, at), &length)) == ':';
	/* DECISION MAKING is a title of something. */
	return colon || (capitals && !str_starts(s, STR("DECISION"))) ? str_n(s.p, at) : STR_NONE;
}

bool slip_is_outcome(struct reader *r, const struct line *line)
{
	struct head head;
	struct str word = outcome_word(r, line, &head);
	return word.n > 0 && marker_outcome(word, r->scratch) != NULL;
}

void slip_check_outcome(struct reader *r, const struct line *line)
{
	struct head head;
	struct str word = r->speech != NONE ? outcome_word(r, line, &head) : STR_NONE;
	const char *callout = word.n > 0 ? marker_outcome(word, r->scratch) : NULL;
	if (!callout || voices_excluded(r->voices, word))
		return;
	uint32_t number = line_number(r, line);
	diag_add(r->diags, SPEAKER_UNDECLARED, source_loc(r, number, word), outcome_help(r, callout, word),
		_("「%.*s」 stands here among the words of the speaker before"), STR_ARG(word));
}
