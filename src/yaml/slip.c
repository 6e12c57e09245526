#include "yaml/parts.h"

/* Signs that an input method for Japanese or Chinese, or a word processor, puts where YAML wants ASCII. */
static bool is_one_of(uint32_t point, const uint32_t points[])
{
	for (; *points; points++)
		if (*points == point)
			return true;
	return false;
}

/* Without the long dashes, with which running text may well begin. */
static const uint32_t dashes[] = { 0xff0d, 0x2212, 0x2010, 0x2011, 0x2013, 0x30fc, 0 };
static const uint32_t spaces[] = { 0x3000, 0xa0, 0 };
static const uint32_t quotes[] = { 0x201c, 0x201d, 0x201e, 0xff02, 0xff07, 0x2018, 0x2019, 0 };
static const uint32_t brackets[] = { 0xff3b, 0xff3d, 0xff5b, 0xff5d, 0 };
static const uint32_t separators[] = { 0x85, 0x2028, 0x2029, 0 };
enum { HASH_WIDE = 0xff03, COLON_WIDE = 0xff1a };

static bool found(struct slip *slip, size_t at, const char *help)
{
	*slip = (struct slip){ help, at };
	return true;
}

static uint32_t point_at(struct str line, size_t at)
{
	size_t length;
	return str_point(line, at, &length);
}

static size_t skip_spaces(struct str line, size_t at)
{
	while (at < line.n && line.p[at] == ' ')
		at++;
	return at;
}

/* Behind `- `, as often as it stands there. */
static size_t skip_dashes(struct str line, size_t at)
{
	while (at + 1 < line.n && line.p[at] == '-' && line.p[at + 1] == ' ')
		at = skip_spaces(line, at + 1);
	return at;
}

/* A hyphen that looks like a list's, without its space: neither `---` nor a number. */
static bool is_tight_dash(struct str line, size_t at)
{
	if (at + 1 >= line.n || line.p[at] != '-')
		return false;
	char next = line.p[at + 1];
	return next != ' ' && next != '-' && next != '.' && next != '>' && next != '\r' && (next < '0' || next > '9');
}

bool slip_at_start(struct str line, struct slip *slip)
{
	size_t at = skip_spaces(line, 0);
	uint32_t first = point_at(line, at);
	if (first == '\t')
		return found(slip, at, _("lines are indented with spaces, not with a tab"));
	if (is_one_of(first, spaces))
		return found(
			slip, at, _("this is a full-width or no-break space: lines are indented with ASCII spaces"));
	at = skip_dashes(line, at);
	first = point_at(line, at);
	if (is_one_of(first, dashes))
		return found(slip, at,
			_("this dash is not the ASCII one: a list item begins with 「- 」, hyphen and space"));
	if (is_tight_dash(line, at))
		return found(slip, at, _("a space belongs after the hyphen: 「- 」"));
	if (first == HASH_WIDE)
		return found(slip, at, _("this is a full-width sign: a comment begins with the ASCII 「#」"));
	return false;
}

/* Behind the quoted text that begins at `at`; the line's end when it is not closed. */
static size_t skip_quoted(struct str line, size_t at)
{
	char quote = line.p[at++];
	for (; at < line.n; at++) {
		if (line.p[at] == '\\' && quote == '"')
			at++;
		else if (line.p[at] == quote)
			return at + 1;
	}
	return line.n;
}

static bool is_quote(struct str line, size_t at)
{
	return at < line.n && (line.p[at] == '"' || line.p[at] == '\'');
}

/* True when nothing but a comment follows. */
static bool ends_at(struct str line, size_t at)
{
	at = skip_spaces(line, at);
	return at >= line.n || line.p[at] == '#' || line.p[at] == '\r';
}

static bool holds_wide_quote(struct str s)
{
	size_t length;
	for (size_t at = 0; at < s.n; at += length)
		if (is_one_of(str_point(s, at, &length), quotes))
			return true;
	return false;
}

static bool slip_in_quoted(struct str line, size_t at, struct slip *slip)
{
	size_t end = skip_quoted(line, at);
	if (end == line.n && line.p[end - 1] != line.p[at] && holds_wide_quote(str_from(line, at)))
		return found(slip, at,
			_("the text is closed by another kind of quote: use the ASCII quotes 「\"」 at both ends"));
	if (!ends_at(line, end))
		return found(slip, end,
			_("text follows the closing quote: put all of it between quotes; inside double ones write "
			  "\\\""));
	return false;
}

static bool slip_in_value(struct str line, size_t at, struct slip *slip)
{
	uint32_t first = point_at(line, at);
	if (is_one_of(first, brackets))
		return found(slip, at,
			_("these brackets are full-width: lists are written with the ASCII 「[ ]」, maps with 「{ "
			  "}」"));
	if (is_one_of(first, quotes))
		return found(slip, at, _("these quotes are not the ASCII ones: use 「\"」 or 「'」"));
	if (is_quote(line, at))
		return slip_in_quoted(line, at, slip);
	if (first == '[' || first == '{') {
		size_t close = str_find_byte(line, first == '[' ? ']' : '}', at);
		if (close != SIZE_MAX && !ends_at(line, close + 1))
			return found(slip, at, _("text that begins with a bracket must stand between quotes"));
		return false;
	}
	if (first && first < 0x80 && str_find_byte(STR("@`%]},&*!?|>"), (char)first, 0) != SIZE_MAX)
		return found(slip, at, _("text that begins with this sign must stand between quotes"));
	size_t colon = str_find(line, STR(": "), at);
	if (colon == SIZE_MAX && line.n > at && line.p[line.n - 1] == ':')
		colon = line.n - 1;
	if (colon != SIZE_MAX)
		return found(slip, colon, _("text that holds a colon and a space must stand between quotes"));
	return false;
}

/* The colon that ends the key, in whichever width; or the line's end. */
static size_t find_colon(struct str line, size_t at)
{
	size_t length;
	if (is_quote(line, at))
		at = skip_quoted(line, at);
	for (; at < line.n; at += length) {
		uint32_t point = str_point(line, at, &length);
		if (point == ':' || point == COLON_WIDE)
			return at;
	}
	return line.n;
}

static bool slip_at_colon(struct str line, size_t colon, struct slip *slip)
{
	if (line.p[colon] != ':')
		return found(slip, colon, _("this colon is full-width: write 「: 」, an ASCII colon and a space"));
	uint32_t next = point_at(line, colon + 1);
	if (is_one_of(next, spaces))
		return found(slip, colon + 1, _("the space after the colon is full-width: write an ASCII space"));
	if (next == 0 || next == ' ' || next == '\t' || next == '\r')
		return slip_in_value(line, skip_spaces(line, colon + 1), slip);
	/* An address or a time is no key and value. */
	if (next == '/' || (colon > 0 && line.p[colon - 1] >= '0' && line.p[colon - 1] <= '9'))
		return false;
	return found(slip, colon, _("a space belongs after the colon: 「key: value」"));
}

bool slip_in_line(struct str line, struct slip *slip)
{
	size_t length;
	for (size_t at = 0; at < line.n; at += length)
		if (is_one_of(str_point(line, at, &length), separators))
			return found(slip, at,
				_("an invisible line separator stands here, which YAML takes for a new line: delete "
				  "it"));
	size_t at = skip_dashes(line, skip_spaces(line, 0));
	if (at >= line.n || line.p[at] == '#')
		return false;
	if (slip_at_start(line, slip))
		return true;
	/* `- "a"b` and `- “a: b”` have no key before their value. */
	uint32_t first = point_at(line, at);
	bool bracket = first == '[' || first == '{' || is_one_of(first, brackets);
	size_t colon = find_colon(line, at);
	if (bracket || is_one_of(first, quotes) || colon == line.n)
		return slip_in_value(line, at, slip);
	return slip_at_colon(line, colon, slip);
}
