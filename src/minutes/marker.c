/* The shapes in which minutes name a speaker: 【label】, ○label, label:, **label:**. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

enum {
	COLON_WITHIN = 200,   /* bytes from the line's beginning */
	BRACKET_WITHIN = 400, /* bytes of a declared label in 【】 */
	CIRCLE_POINTS = 20,   /* characters of an undeclared label behind ○ */
	SLIP_POINTS = 30,
	SLIP_SPACES = 3
};

static const struct str open_bracket = STR_INIT("【"), close_bracket = STR_INIT("】");

static bool begins_latin(struct str s)
{
	size_t length;
	return point_is_latin(str_point(s, 0, &length));
}

static bool is_circle(uint32_t point)
{
	return point_is_one_of(point, STR("○◯〇◎◆●"));
}

bool marker_likely(const struct md_doc *doc, const struct line *line)
{
	uint32_t i = line->first, point = line_point(doc, line);
	if (point == 0)
		return false;
	for (; doc->runs[i].kind != MD_TEXT || doc->runs[i].text.n == 0; i++)
		if (doc->runs[i].kind == MD_STRONG)
			return true;
	struct str text = doc->runs[i].text;
	if (point == 0x3010 || (point > 0x7f && is_circle(point)))
		return true;
	if (text.n <= COLON_WITHIN && i + 1 < line->end)
		return true;
	return text_has(str_n(text.p, text.n < COLON_WITHIN ? text.n : COLON_WITHIN), ':');
}

/* Bytes of a colon at `at`, or 0. `::` and `://` are none. */
static size_t colon_at(struct str s, size_t at)
{
	size_t length, behind;
	if (point_narrow(str_point(s, at, &length)) != ':')
		return 0;
	uint32_t next = str_point(s, at + length, &behind);
	return length == 1 && (next == ':' || next == '/') ? 0 : length;
}

/* A number of up to three digits of any width at *at, or -1. */
static long digits_at(struct str s, size_t *at)
{
	long value = 0;
	size_t length;
	for (size_t count = 0; count <= 3; *at += length, count++) {
		uint32_t point = point_narrow(str_point(s, *at, &length));
		if (point < '0' || point > '9')
			return count > 0 ? value : -1;
		value = value * 10 + (long)(point - '0');
	}
	return -1;
}

/* [00:12:34] or [12:34] at *at: seconds, and *at behind it. -1 and *at as it was without one. */
static long time_within(struct str s, size_t *at, struct str brackets)
{
	size_t i = *at, length;
	long seconds = 0, parts = 0;
	uint32_t point = point_narrow(str_point(s, i, &length));
	if (point != (uint8_t)brackets.p[0])
		return -1;
	do {
		i += length;
		long number = digits_at(s, &i);
		if (number < 0 || ++parts > 3 || (parts > 1 && number > 59))
			return -1;
		seconds = seconds * 60 + number;
		point = point_narrow(str_point(s, i, &length));
	} while (point == ':');
	if (point != (uint8_t)brackets.p[1] || parts < 2)
		return -1;
	*at = i + length;
	return seconds;
}

static long time_at(struct str s, size_t *at)
{
	return time_within(s, at, STR("[]"));
}

/* What may follow a label in any form: spaces, a time, a colon. Returns where the words begin. */
static size_t behind_label(struct str s, size_t at, long *seconds)
{
	size_t i = at + spaces_at(s, at);
	*seconds = time_at(s, &i);
	if (*seconds >= 0)
		at = i;
	i = at + spaces_at(s, at);
	size_t colon = colon_at(s, i);
	return colon > 0 ? i + colon : at;
}

static struct str head_str(const struct head *head)
{
	return str_n(head->bytes, head->n);
}

bool marker_bracket(const struct head *head, struct marker *m)
{
	struct str s = head_str(head);
	if (!str_starts(s, open_bracket))
		return false;
	size_t close = str_find(s, close_bracket, open_bracket.n);
	if (close == SIZE_MAX || close > BRACKET_WITHIN)
		return false;
	m->label = str_trim(str_n(s.p + open_bracket.n, close - open_bracket.n));
	m->length = behind_label(s, close + close_bracket.n, &m->seconds);
	return !str_empty(m->label);
}

/* The end of the label of `label:`, `label [00:12:34]:`, or, when bold, `**label** [00:12:34]:`; SIZE_MAX without a colon. */
static size_t colon_label_end(struct str s)
{
	size_t length;
	for (size_t i = 0; i < s.n && i < COLON_WITHIN; i += length) {
		size_t at = i;
		uint32_t point = point_narrow(str_point(s, i, &length));
		if (point == ':' || (point == '[' && time_at(s, &at) >= 0))
			return i;
	}
	return SIZE_MAX;
}

bool marker_colon(const struct head *head, struct marker *m)
{
	struct str s = head_str(head);
	size_t end = colon_label_end(s), at = end, length;
	if (end == SIZE_MAX || end == 0 || point_narrow(str_point(s, 0, &length)) == '(')
		return false; /* (Lee: …) is a note */
	m->label = str_trim(str_n(s.p, end));
	m->seconds = time_at(s, &at);
	at += m->seconds >= 0 ? spaces_at(s, at) : 0;
	size_t colon = colon_at(s, at);
	m->length = at + colon;
	return colon > 0 && !str_empty(m->label);
}

/* Bytes of one circle at the beginning; ○○市 begins with a blank for a name, not with a mark. */
static size_t circle_at(struct str s)
{
	size_t length, next;
	return is_circle(str_point(s, 0, &length)) && !is_circle(str_point(s, length, &next)) ? length : 0;
}

bool marker_circle(const struct head *head, size_t spaces, struct marker *m)
{
	struct str s = head_str(head);
	size_t length, begin = circle_at(s);
	if (begin == 0)
		return false;
	begin += spaces_at(s, begin);
	size_t at = begin, depth = 0;
	for (; at < s.n && at < BRACKET_WITHIN; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		depth += point == '(';
		depth -= depth > 0 && point == ')';
		size_t gap = depth == 0 ? spaces_at(s, at) : 0, behind = at;
		if ((gap > 0 && spaces-- == 0) || (depth == 0 && (colon_at(s, at) > 0 || time_at(s, &behind) >= 0)))
			break;
		if (gap > 0)
			length = gap;
	}
	if (at == s.n && (spaces > 0 || !head->whole))
		return false;
	m->label = str_trim(str_n(s.p + begin, at - begin));
	m->length = behind_label(s, at, &m->seconds);
	return !str_empty(m->label);
}

struct str marker_behind_circle(const struct head *head)
{
	struct str s = head_str(head);
	return str_from(s, circle_at(s) > 0 ? circle_at(s) : s.n);
}

/* はい。 rather than 【佐藤課長】は */
static bool is_answer(struct str s)
{
	static const struct str answers[] = { STR_INIT("はい"), STR_INIT("いいえ"), STR_INIT("いえ") };
	size_t length;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (str_starts(s, answers[i]))
			return s.n == answers[i].n ||
				point_is_one_of(str_point(s, answers[i].n, &length), STR("。、，．"));
	return false;
}

/* A speech rather than more of a sentence, behind a label and what may stand there: a colon, a dash, a space. */
static bool begins_words(struct str s, bool latin)
{
	size_t length, spaces = spaces_at(s, 0), at = spaces;
	if (point_is_one_of(str_point(s, at, &length), STR("-–—―－")))
		at += length;
	uint32_t point = str_point(s, at + spaces_at(s, at), &length);
	if (colon_at(s, spaces) > 0 || is_answer(str_from(s, spaces)))
		return true;
	bool apart = at > spaces || spaces > 0, joins = point >= 0x3041 && point <= 0x309f; /* hiragana: から */
	return point_is_letter(point) &&
		(latin ? apart && (point_is_upper(point) || !point_is_latin(point)) : apart || !joins);
}

bool marker_is_unclosed(const struct head *head, struct str *label, bool *people)
{
	struct str s = str_trim(head_str(head));
	size_t at, length, open = 0;
	bool square = point_narrow(str_point(s, 0, &open)) == '[';
	if (!square && (!str_starts(s, open_bracket) || str_find(s, close_bracket, 0) != SIZE_MAX))
		return false;
	for (at = open; at < s.n && !point_is_one_of(point_narrow(str_point(s, at, &length)), STR("]〕》:"));
		at += length)
		if (!square && spaces_at(s, at) > 0)
			break;
	*label = str_trim(str_n(s.p + open, at - open));
	*people = false;
	if (str_empty(*label) || !square || at == s.n)
		return !square && !str_empty(*label);
	bool closes = point_narrow(str_point(s, at, &length)) != ':', alone = head->whole && at + length == s.n;
	*people = !alone;
	return alone || (closes && begins_words(str_from(s, at + length), begins_latin(*label)));
}

/* How many of its characters are one of a set. */
static size_t count_of(struct str s, struct str set)
{
	size_t length, count = 0;
	for (size_t i = 0; i < s.n; i += length)
		count += point_is_one_of(str_point(s, i, &length), set);
	return count;
}

static const struct str punctuation = STR_INIT(".,;!?\"、。，．！？「」\1" /* escaped */);

bool marker_circle_is_clear(const struct head *head, const struct marker *m)
{
	struct str s = head_str(head), role, name;
	size_t length, letters = 0;
	/* The label stands at the mark, and a space, a colon or the closing bracket of a name ends it. */
	bool named = marker_split_name(m->label, &role, &name);
	if (m->label.p != s.p + circle_at(s) || str_points(m->label) > CIRCLE_POINTS)
		return false;
	if (!named && (m->label.p + m->label.n == s.p + s.n || count_of(m->label, STR("(（")) > 0))
		return false;
	for (size_t i = 0; i < m->label.n; i += length)
		letters += point_is_letter(str_point(m->label, i, &length));
	return letters > 0 && count_of(m->label, punctuation) == 0;
}

bool marker_word_is_name(struct str label)
{
	size_t length;
	if (!point_is_upper(str_point(label, 0, &length)))
		return false;
	for (size_t i = 0; i < label.n; i += length) {
		uint32_t point = str_point(label, i, &length);
		if (!point_is_latin(point) && !point_is_one_of(point, STR(".-'’")))
			return false;
	}
	return str_points(label) <= SLIP_POINTS;
}

bool marker_may_be_slip(struct str label)
{
	size_t length, spaces = 0, points = str_points(label);
	for (size_t i = 0; i < label.n; i += length)
		spaces += point_is_space(str_point(label, i, &length));
	return spaces <= SLIP_SPACES && points > 1 && points <= SLIP_POINTS &&
		count_of(label, punctuation) == count_of(label, STR("."));
}

bool marker_may_be_person(struct str label)
{
	/* 出席委員：, 会議録署名議員： and the like stand before names. */
	static const char *const others[] = { "出席", "欠席", "署名", "担当", "関係", "各", "全", "両", "他", "傍聴",
		"任", "選出", "公募", "学識", "の", "は", "が", "を" };
	enum { NAME_POINTS = 10, NAME_SPACES = 3 };
	size_t length, spaces = 0;
	bool latin = begins_latin(label), begins = true;
	struct str role, party;
	if (marker_split_name(label, &role, &party)) /* Cllr Brown (Ref) */
		label = role;
	for (size_t i = 0; i < label.n; i += length) {
		uint32_t point = str_point(label, i, &length);
		bool space = point_is_space(point), sign = point_is_one_of(point, STR(".-'’・"));
		spaces += space;
		if ((!space && !sign && !point_is_letter(point)) ||
			(latin && begins && !space && !point_is_upper(point) &&
				!str_starts(str_from(label, i), STR("hon"))))
			return false;
		begins = space;
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_find(label, str_c(others[i]), 0) != SIZE_MAX)
			return false;
	return spaces <= NAME_SPACES && (latin || str_points(label) <= NAME_POINTS);
}

bool line_is_bulleted(const struct md_doc *doc, const struct line *line)
{
	struct head head;
	uint32_t point = line_point(doc, line);
	if (point < 0x80 || !point_is_one_of(point, STR("・･•▪‣○◯〇")))
		return false;
	return !is_circle(point) || circle_at(line_head(doc, line, &head)) > 0;
}

bool marker_split_name(struct str label, struct str *role, struct str *name)
{
	size_t length, open = SIZE_MAX, inside = 0;
	for (size_t at = 0; at < label.n; at += length) {
		uint32_t point = point_narrow(str_point(label, at, &length));
		if (point == '(' && open == SIZE_MAX) {
			open = at;
			inside = at + length;
		} else if (point == ')' && open != SIZE_MAX) {
			*role = str_trim(str_n(label.p, open));
			*name = str_trim(str_n(label.p + inside, at - inside));
			return at + length == label.n && !str_empty(*role) && !str_empty(*name);
		}
	}
	return false;
}

/* （label）, with anything but punctuation behind it; 「label」 only alone or with a space, for words are quoted so. */
static struct str in_other_brackets(struct str s)
{
	static const struct {
		struct str open, close;
		bool quotes;
	} pairs[] = {
		{ STR_INIT("〔"), STR_INIT("〕"), false },
		{ STR_INIT("（"), STR_INIT("）"), false },
		{ STR_INIT("＜"), STR_INIT("＞"), false },
		{ STR_INIT("《"), STR_INIT("》"), false },
		{ STR_INIT("〈"), STR_INIT("〉"), false },
		{ STR_INIT("「"), STR_INIT("」"), true },
		{ STR_INIT("『"), STR_INIT("』"), true },
	};
	size_t k = 0, count = sizeof pairs / sizeof *pairs, length;
	while (k < count && !str_starts(s, pairs[k].open))
		k++;
	size_t close = k < count ? str_find(s, pairs[k].close, 0) : SIZE_MAX;
	if (close == SIZE_MAX)
		return STR_NONE;
	size_t behind = close + pairs[k].close.n;
	bool ends = behind == s.n || spaces_at(s, behind) > 0;
	if (!ends &&
		(pairs[k].quotes || count_of(str_n(s.p + behind, 3), STR("。、，．）」")) > 0 ||
			!point_is_letter(str_point(s, behind, &length))))
		return STR_NONE;
	return str_n(s.p + pairs[k].open.n, close - pairs[k].open.n);
}

/* ※【label】, １　【label】 */
static struct str behind_sign(struct str s)
{
	enum { SIGN_BYTES = 24 };
	size_t at = 0, length;
	while (at < s.n && at < SIGN_BYTES && !str_starts(str_from(s, at), open_bracket)) {
		if (point_is_letter(str_point(s, at, &length)))
			return STR_NONE;
		at += length;
	}
	size_t close = str_find(s, close_bracket, at);
	if (at == 0 || close == SIZE_MAX || !str_starts(str_from(s, at), open_bracket))
		return STR_NONE;
	return str_n(s.p + at + open_bracket.n, close - at - open_bracket.n);
}

const char *marker_outcome(struct str word, struct arena *a)
{
	struct str folded = fold_label(a, word);
	if (str_is_one_of(folded, "moved|採決"))
		return "vote";
	return str_is_one_of(folded,
		       "resolved|agreed|noted|carried|approved|adopted|decided|decision|決定|決議|了承|承認|可決|否決")
		? "decision"
		: NULL;
}

bool marker_begins_upper(struct str s)
{
	size_t at = 0, length;
	while (at < s.n && !point_is_letter(str_point(s, at, &length)))
		at += length;
	uint32_t point = str_point(s, at, &length);
	return !point_is_latin(point) || point_is_upper(point);
}

bool marker_is_sentence(struct str s)
{
	static const struct str ends[] = { STR_INIT(". "), STR_INIT("? "), STR_INIT("! "), STR_INIT("。") };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_find(s, ends[i], 0) != SIZE_MAX || str_ends(s, str_n(ends[i].p, i < 3 ? 1 : ends[i].n)))
			return true;
	return false;
}

/* Councillor Hart—I object. Of two dashes the words between them are said about somebody. */
static bool is_dash_between(struct str s, size_t at, struct str more)
{
	static const struct str dashes = STR_INIT("—―");
	size_t length, first;
	struct str behind;
	if (!point_is_one_of(str_point(s, at, &length), dashes))
		return false;
	behind = str_from(s, at + length);
	uint32_t point = str_point(behind, 0, &first);
	return begins_latin(s) && point_is_letter(point) && (point_is_upper(point) || !point_is_latin(point)) &&
		count_of(behind, dashes) == 0 && (marker_is_sentence(behind) || marker_is_sentence(more));
}

struct str marker_mistaken(const struct head *head, size_t spaces, struct str more, bool *people)
{
	size_t nth = spaces;
	struct str s = str_trim(head_str(head)), label = spaces > 0 ? STR_NONE : behind_sign(s);
	*people = false;
	if (str_empty(label) && spaces == 0)
		label = in_other_brackets(s);
	for (size_t at = 0, length; spaces == 0 && str_empty(label) && at < s.n && at < COLON_WITHIN; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		size_t behind = at;
		bool time = time_within(s, &behind, STR("()")) >= 0 && colon_at(s, behind) > 0;
		*people = is_dash_between(s, at, more);
		if (point == ';' || time || *people)
			label = str_n(s.p, at);
	}
	if (!str_empty(label))
		return str_points(label) <= SLIP_POINTS ? str_trim(label) : STR_NONE;
	/* 森委員　出席 stands in lists; a sentence is said. */
	*people = true;
	bool square = str_starts(s, STR("■")) || str_starts(s, STR("□"));
	if (square || str_starts(s, STR("・")))
		s = str_from(s, STR("・").n);
	bool latin = begins_latin(s);
	size_t at = 0, length, gap = 0;
	for (size_t most = SLIP_POINTS; at<s.n; at += gap> 0 ? gap : length, gap = 0) {
		str_point(s, at, &length);
		gap = spaces_at(s, at);
		if (gap > 0 && spaces-- == 0)
			break;
		if (most-- == 0)
			return STR_NONE;
	}
	label = str_n(s.p, at);
	struct str behind = str_from(s, at);
	if (at == s.n) {
		bool alone = spaces == 0 && (square || (s.p == head->bytes && !latin));
		return alone && head->whole && marker_may_be_slip(s) ? s : STR_NONE;
	}
	/* Councillor Quist People ask …: of a name of one word that would be said only of a dash. */
	bool dash = !begins_latin(str_trim_start(behind)),
	     words = !latin || (begins_words(behind, true) && (nth > 0 || dash));
	return square || (words && (marker_is_sentence(behind) || (latin && marker_is_sentence(more)))) ? label
													: STR_NONE;
}

struct str marker_in_bold(const struct head *head, struct str bold, struct str more, bool *people)
{
	struct str s = str_trim(head_str(head)), behind = str_from(s, bold.n), label = bold;
	*people = true;
	/* **Mayor Lee** asked: a space stands there in any prose. */
	bool latin = begins_latin(bold), alone = s.n == bold.n;
	bool gap = spaces_at(s, bold.n) > 0 &&
		(!latin || (begins_words(behind, true) && (marker_is_sentence(behind) || marker_is_sentence(more))));
	/* **Councillor Hart;** **佐藤課長．** */
	static const struct str signs[] = { STR_INIT(";"), STR_INIT("；"), STR_INIT("."), STR_INIT("．"),
		STR_INIT("。") };
	for (size_t i = 0; i < sizeof signs / sizeof *signs && label.n == bold.n; i++)
		if (str_ends(bold, signs[i]))
			label = str_but(bold, signs[i].n);
	gap = gap || (label.n < bold.n && begins_words(behind, latin));
	return str_starts(s, bold) && (alone || gap) && str_points(label) <= SLIP_POINTS ? label : STR_NONE;
}
