#include "yaml/parts.h"

#include <string.h>

/* Signs that an input method for Japanese or Chinese, or a word processor, puts where YAML wants ASCII. Without the
 * long dashes, with which running text may well begin. */
static const char dashes[] = "－−‐‑–ー", spaces[] = "\u3000\u00a0", quotes[] = "“”„＂＇‘’", brackets[] = "［］｛｝",
		  separators[] = "\xc2\x85\u2028\u2029";

/* True when the character that begins at `at` is one of them. */
static bool is_one_of(struct str line, size_t at, const char *characters)
{
	size_t length;
	str_point(line, at, &length);
	return length > 0 && str_find(str_c(characters), str_n(line.p + at, length), 0) != SIZE_MAX;
}

static char byte_at(struct str line, size_t at)
{
	return at < line.n ? line.p[at] : '\0';
}

static bool found(struct slip *slip, size_t at, const char *help)
{
	*slip = (struct slip){ help, at };
	return true;
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

/* A hyphen that looks like a list's, without its space: neither `---` nor a number nor an arrow. */
static bool is_tight_dash(struct str line, size_t at)
{
	return byte_at(line, at) == '-' && at + 1 < line.n && !strchr(" -.>0123456789", line.p[at + 1]);
}

bool slip_at_start(struct str line, struct slip *slip)
{
	size_t at = skip_spaces(line, 0);
	if (byte_at(line, at) == '\t')
		return found(slip, at, _("lines are indented with spaces, not with a tab"));
	if (is_one_of(line, at, spaces))
		return found(
			slip, at, _("this is a full-width or no-break space: lines are indented with ASCII spaces"));
	at = skip_dashes(line, at);
	if (is_one_of(line, at, dashes))
		return found(slip, at,
			_("this dash is not the ASCII one: a list item begins with 「- 」, hyphen and space"));
	if (is_tight_dash(line, at))
		return found(slip, at, _("a space belongs after the hyphen: 「- 」"));
	if (is_one_of(line, at, "＃"))
		return found(slip, at, _("this is a full-width sign: a comment begins with the ASCII 「#」"));
	return false;
}

static bool is_quote(struct str line, size_t at)
{
	return byte_at(line, at) == '"' || byte_at(line, at) == '\'';
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

/* Behind the quote or bracket that closes what begins at `at`; the line's end when none does. */
static size_t skip_enclosed(struct str line, size_t at)
{
	if (is_quote(line, at))
		return skip_quoted(line, at);
	size_t close = str_find_byte(line, line.p[at] == '[' ? ']' : '}', at);
	return close == SIZE_MAX ? line.n : close + 1;
}

static bool slip_in_value(struct str line, size_t at, struct slip *slip)
{
	if (is_one_of(line, at, brackets))
		return found(slip, at,
			_("these brackets are full-width: lists are written with the ASCII 「[ ]」, maps with 「{ "
			  "}」"));
	if (is_one_of(line, at, quotes))
		return found(slip, at, _("these quotes are not the ASCII ones: use 「\"」 or 「'」"));
	if (is_one_of(line, at, "\"'[{")) {
		size_t behind = skip_spaces(line, skip_enclosed(line, at));
		if (behind < line.n && line.p[behind] != '#')
			return found(slip, at,
				_("text that begins with this sign must stand between quotes, all of it; inside "
				  "double ones write \\\""));
		return false;
	}
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
	if (is_quote(line, at))
		at = skip_quoted(line, at);
	while (at < line.n && !is_one_of(line, at, ":："))
		at++;
	return at;
}

static bool slip_at_colon(struct str line, size_t colon, struct slip *slip)
{
	if (line.p[colon] != ':')
		return found(slip, colon, _("this colon is full-width: write 「: 」, an ASCII colon and a space"));
	if (is_one_of(line, colon + 1, spaces))
		return found(slip, colon + 1, _("the space after the colon is full-width: write an ASCII space"));
	char next = byte_at(line, colon + 1);
	if (next == '\0' || next == ' ' || next == '\t')
		return slip_in_value(line, skip_spaces(line, colon + 1), slip);
	/* An address or a time is no key and value. */
	if (next == '/' || (colon > 0 && line.p[colon - 1] >= '0' && line.p[colon - 1] <= '9'))
		return false;
	return found(slip, colon, _("a space belongs after the colon: 「key: value」"));
}

bool slip_in_line(struct str line, struct slip *slip)
{
	size_t length;
	for (size_t at = 0; at < line.n; at += length) {
		str_point(line, at, &length);
		if (length > 1 && is_one_of(line, at, separators))
			return found(slip, at,
				_("an invisible line separator stands here, which YAML takes for a new line: delete "
				  "it"));
	}
	size_t at = skip_dashes(line, skip_spaces(line, 0));
	if (at >= line.n || line.p[at] == '#')
		return false;
	if (slip_at_start(line, slip))
		return true;
	/* `- [a] b` and `- “a: b”` have no key before their value. */
	bool enclosed = is_one_of(line, at, "[{") || is_one_of(line, at, brackets) || is_one_of(line, at, quotes);
	size_t colon = find_colon(line, at);
	return enclosed || colon == line.n ? slip_in_value(line, at, slip) : slip_at_colon(line, colon, slip);
}

/* libyaml's words for what is wrong, in ours. */

static const char quotes_help[] =
	N_("begin the keys of one map in the same column, and put text with signs in it between quotes");

/* The last one stands for all that has no words of ours. */
static const struct fault faults[] = {
	{ "mapping values are not allowed in this context", N_("a colon stands where no key can be"), quotes_help,
		false },
	{ "could not find expected ':'", N_("this line is not of the form 「key: value」"), NULL, true },
	{ "did not find expected key", N_("this does not fit what stands before it"), quotes_help, false },
	{ "did not find expected '-' indicator", N_("a list ends here without being indented less"),
		N_("begin each item of a list with 「- 」 in the same column"), false },
	{ "did not find expected <document start>", N_("this does not fit what stands before it"), quotes_help, false },
	{ "did not find expected ',' or ']'", N_("a list in 「[ ]」 is not closed, or lacks a comma"), NULL, true },
	{ "did not find expected ',' or '}'", N_("a map in 「{ }」 is not closed, or lacks a comma"), NULL, true },
	{ "found unexpected end of stream", N_("a quote is opened and never closed"), NULL, true },
	{ "found unexpected document indicator", N_("a quote is opened and never closed"), NULL, true },
	{ "found unknown escape character", N_("no such escape exists between double quotes"),
		N_("write \\\\ for a backslash, or use single quotes"), false },
	{ "did not find expected node content", N_("a value is missing before this character"), quotes_help, false },
	{ "block sequence entries are not allowed in this context", N_("a list cannot begin in the line of its key"),
		N_("begin the list in the next line"), false },
	{ "control characters are not allowed", N_("a control character stands here"), N_("delete it"), false },
	{ "did not find expected alphabetic or numeric character",
		N_("「*」 and 「&」 at the start of a value are no text in YAML"), N_("put the text between quotes"),
		true },
	{ "found undefined tag handle", N_("anchors and tags are not used here"), N_("put the text between quotes"),
		true },
	{ NULL, N_("this cannot be read as YAML"), N_("put text that begins with a sign between quotes"), false },
};

const struct fault *fault_for(const char *problem)
{
	const struct fault *fault = faults;
	while (fault->problem && (!problem || strcmp(fault->problem, problem) != 0))
		fault++;
	return fault;
}
