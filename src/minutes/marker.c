/* The shapes in which minutes name a speaker: 【label】, ○label, label:, **label:**. */
#include "minutes/reader.h"
#include "text/words.h"

enum {
	COLON_WITHIN = 200,   /* bytes from the line's beginning */
	BRACKET_WITHIN = 400, /* bytes of a declared label in 【】 */
	CIRCLE_POINTS = 20,   /* characters of an undeclared label behind ○ */
	SLIP_POINTS = 30,
	SLIP_SPACES = 3
};

static const struct str open_bracket = STR_INIT("【"), close_bracket = STR_INIT("】");

static bool point_is_circle(uint32_t point)
{
	switch (point) {
	case 0x25cb: /* ○ */
	case 0x25ef: /* ◯ */
	case 0x3007: /* 〇 */
	case 0x25ce: /* ◎ */
	case 0x25c6: /* ◆ */
	case 0x25cf: /* ● */
		return true;
	default:
		return false;
	}
}

static bool point_is_colon(uint32_t point)
{
	return point == ':' || point == 0xff1a;
}

static bool point_opens(uint32_t point)
{
	return point == '(' || point == 0xff08;
}

static bool point_closes(uint32_t point)
{
	return point == ')' || point == 0xff09;
}

bool point_joins_labels(uint32_t point)
{
	switch (point) {
	case '/':
	case 0xff0f: /* ／ */
	case '+':
	case 0xff0b: /* ＋ */
	case '&':
	case 0xff06: /* ＆ */
	case ',':
	case 0xff0c: /* ， */
	case 0x3001: /* 、 */
	case 0x30fb: /* ・ */
	case 0xff65: /* ･ */
		return true;
	default:
		return false;
	}
}

bool marker_likely(const struct md_doc *doc, const struct line *line)
{
	if (line->bound)
		return false;
	uint32_t i = line->first;
	bool bold = false;
	for (; i < line->end; i++) {
		const struct md_run *run = &doc->runs[i];
		if (run->kind == MD_STRONG)
			bold = true;
		else if (run->kind != MD_EMPH && (run->kind != MD_TEXT || run->text.n > 0))
			break;
	}
	if (i == line->end || doc->runs[i].kind != MD_TEXT || doc->runs[i].literal)
		return false;
	struct str text = doc->runs[i].text;
	size_t length;
	if (bold || str_starts(text, open_bracket) || point_is_circle(str_point(text, 0, &length)))
		return true;
	if (text.n > COLON_WITHIN)
		text.n = COLON_WITHIN;
	else if (i + 1 < line->end)
		return true;
	return text_holds(text, ':', STR("："));
}

static size_t spaces_at(struct str s, size_t at)
{
	struct str rest = str_from(s, at);
	return rest.n - str_trim_start(rest).n;
}

/* Bytes of a colon at `at`, or 0. `::` and `://` are none. */
static size_t colon_at(struct str s, size_t at)
{
	size_t length, behind;
	if (!point_is_colon(str_point(s, at, &length)) || length == 0)
		return 0;
	uint32_t next = str_point(s, at + length, &behind);
	return length == 1 && (next == ':' || next == '/') ? 0 : length;
}

/* A number of up to three digits of any width at *at, or -1. */
static long digits_at(struct str s, size_t *at)
{
	long value = 0;
	size_t length, count = 0;
	for (;; *at += length, count++) {
		uint32_t point = str_point(s, *at, &length);
		if (point >= 0xff10 && point <= 0xff19)
			point -= 0xff10 - '0';
		if (length == 0 || point < '0' || point > '9')
			return count > 0 && count <= 3 ? value : -1;
		if (count < 4)
			value = value * 10 + (long)(point - '0');
	}
}

/* [00:12:34] or [12:34] at *at: seconds, and *at behind it. -1 and *at as it was without one. */
static long time_at(struct str s, size_t *at)
{
	size_t i = *at, length;
	long seconds = 0, parts = 0;
	uint32_t point = str_point(s, i, &length);
	if (point != '[' && point != 0xff3b)
		return -1;
	i += length;
	for (;;) {
		long number = digits_at(s, &i);
		if (number < 0 || ++parts > 3 || (parts > 1 && number > 59))
			return -1;
		seconds = seconds * 60 + number;
		point = str_point(s, i, &length);
		i += length;
		if (point == ']' || point == 0xff3d)
			break;
		if (!point_is_colon(point))
			return -1;
	}
	if (parts < 2)
		return -1;
	*at = i;
	return seconds;
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
	m->form = MARKER_BRACKET;
	m->label = str_trim(str_n(s.p + open_bracket.n, close - open_bracket.n));
	m->length = behind_label(s, close + close_bracket.n, &m->seconds);
	return !str_empty(m->label);
}

/* The end of the label of `label:`, `label [00:12:34]:`, or, when bold, `**label** [00:12:34]:`; SIZE_MAX without a colon. */
static size_t colon_label_end(struct str s)
{
	size_t length;
	for (size_t i = 0; i < s.n && i < COLON_WITHIN; i += length) {
		uint32_t point = str_point(s, i, &length);
		size_t at = i;
		if (point_is_colon(point) || ((point == '[' || point == 0xff3b) && time_at(s, &at) >= 0))
			return i;
	}
	return SIZE_MAX;
}

bool marker_colon(const struct head *head, struct marker *m)
{
	struct str s = head_str(head);
	size_t end = colon_label_end(s), at = end, length;
	if (end == SIZE_MAX || end == 0 || point_opens(str_point(s, 0, &length)))
		return false; /* (Lee: …) is a note */
	m->form = MARKER_COLON;
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
	if (!point_is_circle(str_point(s, 0, &length)) || point_is_circle(str_point(s, length, &next)))
		return 0;
	return length;
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
		uint32_t point = str_point(s, at, &length);
		depth += point_opens(point);
		depth -= depth > 0 && point_closes(point);
		size_t gap = depth == 0 ? spaces_at(s, at) : 0;
		size_t behind = at;
		if ((gap > 0 && spaces-- == 0) || (depth == 0 && (colon_at(s, at) > 0 || time_at(s, &behind) >= 0)))
			break;
		if (gap > 0)
			length = gap;
	}
	if (at == s.n && (spaces > 0 || !head->whole))
		return false;
	m->form = MARKER_CIRCLE;
	m->label = str_trim(str_n(s.p + begin, at - begin));
	m->length = behind_label(s, at, &m->seconds);
	return !str_empty(m->label);
}

static bool point_is_punctuation(uint32_t point)
{
	switch (point) {
	case '.':
	case ',':
	case ';':
	case '!':
	case '?':
	case '"':
	case 0x3001: /* 、 */
	case 0x3002: /* 。 */
	case 0xff0c: /* ， */
	case 0xff0e: /* ． */
	case 0xff01: /* ！ */
	case 0xff1f: /* ？ */
	case 0x300c: /* 「 */
	case 0x300d: /* 」 */
	case 1:      /* escaped */
		return true;
	default:
		return false;
	}
}

static bool has_punctuation(struct str s)
{
	size_t length;
	for (size_t i = 0; i < s.n; i += length)
		if (point_is_punctuation(str_point(s, i, &length)))
			return true;
	return false;
}

static bool has_bracket(struct str s)
{
	return text_holds(s, '(', STR("（"));
}

static bool has_letter(struct str s)
{
	size_t length;
	for (size_t i = 0; i < s.n; i += length)
		if (point_is_letter(str_point(s, i, &length)))
			return true;
	return false;
}

bool marker_circle_is_clear(const struct head *head, const struct marker *m)
{
	struct str s = head_str(head), role, name;
	size_t begin = circle_at(s);
	/* The label stands at the mark, and a space, a colon or the closing bracket of a name ends it. */
	bool named = marker_split_name(m->label, &role, &name);
	if (m->label.p != s.p + begin || str_points(m->label) > CIRCLE_POINTS)
		return false;
	if (!named && (m->label.p + m->label.n == s.p + s.n || has_bracket(m->label)))
		return false;
	return has_letter(m->label) && !has_punctuation(m->label);
}

bool marker_word_is_name(struct str label)
{
	size_t length;
	if (!point_is_upper(str_point(label, 0, &length)))
		return false;
	for (size_t i = 0; i < label.n; i += length) {
		uint32_t point = str_point(label, i, &length);
		if (!point_is_latin(point) && point != '.' && point != '-' && point != '\'' && point != 0x2019)
			return false;
	}
	return str_points(label) <= SLIP_POINTS;
}

bool marker_may_be_slip(struct str label)
{
	size_t length, spaces = 0, points = 0;
	for (size_t i = 0; i < label.n; i += length, points++) {
		uint32_t point = str_point(label, i, &length);
		if (points == SLIP_POINTS || (point != '.' && point_is_punctuation(point)))
			return false;
		spaces += point_is_space(point);
	}
	return spaces <= SLIP_SPACES && points > 1;
}

bool line_is_bulleted(const struct head *head)
{
	size_t length;
	uint32_t point = str_point(head_str(head), 0, &length);
	if (point == 0x25cb || point == 0x25ef || point == 0x3007)
		return circle_at(head_str(head)) > 0;
	return point == 0x30fb || point == 0xff65;
}

bool marker_split_name(struct str label, struct str *role, struct str *name)
{
	size_t length, open = SIZE_MAX, open_length = 0, at = 0;
	for (; at < label.n; at += length) {
		uint32_t point = str_point(label, at, &length);
		if (point_opens(point) && open == SIZE_MAX) {
			open = at;
			open_length = length;
		} else if (point_closes(point) && open != SIZE_MAX) {
			break;
		}
	}
	if (at >= label.n || at + length != label.n || open == 0)
		return false;
	*role = str_trim(str_n(label.p, open));
	*name = str_trim(str_n(label.p + open + open_length, at - open - open_length));
	return !str_empty(*role) && !str_empty(*name);
}
