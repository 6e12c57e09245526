/*
 * Nothing is lost silently. After the walk every line that became something is marked;
 * what remains is a link definition, a footnote that nobody cites, or a way to
 * lose text that nobody thought of.
 */
#include "base/map.h"
#include "markdown/parse.h"

#include <string.h>

static struct str words_of(const struct shield *sh, size_t line)
{
	struct str s = shield_text_line(sh, line);
	return str_trim(str_from(s, shield_prefix(s, NULL)));
}

static bool is_lost(const struct walk *w, size_t line)
{
	return !w->covered[line - 1] && !str_empty(words_of(w->sh, line));
}

/* `[label]:` at the start of words: the bytes up to and with the colon, or 0. */
static size_t definition_head(struct str words)
{
	if (words.n < 4 || words.p[0] != '[')
		return 0;
	for (size_t i = 1; i + 1 < words.n; i++) {
		if (words.p[i] == '\\')
			i++;
		else if (words.p[i] == '[')
			return 0;
		else if (words.p[i] == ']')
			return words.p[i + 1] == ':' ? i + 2 : 0;
	}
	return 0;
}

/* How many lines a definition's label and address take, or 0. */
static size_t read_definition(const struct shield *sh, size_t line, struct str *label, struct str *address)
{
	struct str words = words_of(sh, line);
	size_t head = definition_head(words), lines = 1;
	if (head == 0 || words.p[1] == '^')
		return 0;
	*label = str_n(words.p + 1, head - 3);
	words = str_trim(str_from(words, head));
	if (str_empty(words)) {
		words = words_of(sh, line + 1);
		lines++;
	}
	bool angle = str_starts(words, STR("<"));
	size_t end = angle;
	while (end < words.n && (angle ? words.p[end] != '>' : words.p[end] != ' ' && words.p[end] != '\t'))
		end++;
	*address = str_n(words.p, end + (angle && end < words.n));
	return lines;
}

size_t lost_definition_lines(const struct shield *sh, size_t line)
{
	struct str label, address;
	return read_definition(sh, line, &label, &address);
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* `….pdf`, `….md#s3`: the form in which a Japanese file name is still an address. */
static bool ends_in_extension(struct str s)
{
	s = str_cut(&s, STR("#"));
	size_t n = s.n;
	while (n > 0 && is_alnum(s.p[n - 1]))
		n--;
	return n > 1 && s.n - n >= 1 && s.n - n <= 5 && s.p[n - 1] == '.' && (s.p[n] | 32) >= 'a';
}

/* 3.5億円 holds a dot and is words; files/5-1.pdf and https://… are addresses. */
static bool looks_like_address(struct str s)
{
	bool ascii = true, sign = false;
	for (size_t i = 0; i < s.n; i++) {
		ascii = ascii && (unsigned char)s.p[i] < 0x80;
		sign = sign || s.p[i] == '/' || s.p[i] == '.' || s.p[i] == '#';
	}
	return str_empty(s) || strchr("</#", s.p[0]) || (ascii && sign) || ends_in_extension(s) ||
		str_starts(s, STR("mailto:")) || str_starts(s, STR("tel:")) || str_find(s, STR("://"), 0) != SIZE_MAX;
}

static bool is_used(const struct map *targets, struct str address)
{
	struct buf plain = { 0 };
	if (str_starts(address, STR("<")))
		address = str_but(str_from(address, 1), 1);
	shield_restore(address, &plain);
	address = buf_str(&plain);
	/* An escape or entity in the address: only cmark knows what it reads as. */
	bool decoded = str_find_byte(address, '\\', 0) != SIZE_MAX || str_find_byte(address, '&', 0) != SIZE_MAX;
	bool used = decoded ? targets->count > 0 : map_get(targets, address, NULL);
	buf_release(&plain);
	return used;
}

/* [closed]: and [非公開]: would hide nothing, and what stands behind them in the quote would be published. */
static bool is_almost_closed(struct str label)
{
	struct buf name = { 0 };
	for (size_t at = 0, length; at < label.n; at += length) {
		uint32_t point = point_narrow(str_point(label, at, &length));
		char bytes[4];
		if (point > 0x20 && point != '!' && point != 0x3000)
			buf_put(&name,
				str_n(bytes, str_encode(point >= 'A' && point <= 'Z' ? point | 0x20 : point, bytes)));
	}
	bool almost = str_starts(buf_str(&name), STR("closed")) || str_starts(buf_str(&name), STR("非公開"));
	buf_release(&name);
	return almost;
}

static void report_definition(
	const struct walk *w, const struct map *targets, size_t line, struct str label, struct str address)
{
	struct buf plain = { 0 };
	shield_restore(label, &plain);
	struct str name = buf_str(&plain);
	struct loc loc = words_loc(w, line, STR("["));
	if (is_almost_closed(name))
		diag_add(w->ds, CLOSED_LEAK, loc, diag_text(w->ds, _("write 「> [!closed] reason」")),
			_("this is almost [!closed], what it is meant to hide would be published"));
	else if (!looks_like_address(address))
		diag_add(w->ds, TEXT_LOST, loc,
			diag_text(w->ds, _("write \\[%.*s]: to keep the line as text"), STR_ARG(name)),
			_("「[%.*s]:」 defines a link, so this line would appear nowhere"), STR_ARG(name));
	else if (!is_used(targets, address))
		diag_add(w->ds, UNUSED_DEFINITION, loc, STR_NONE, _("no link uses the definition 「%.*s」"),
			STR_ARG(name));
	buf_release(&plain);
}

/* Returns how many lines the finding is about. */
static size_t report_line(const struct walk *w, const struct map *targets, size_t line)
{
	struct str words = words_of(w->sh, line), label, address;
	size_t lines = read_definition(w->sh, line, &label, &address), head = definition_head(words);
	if (lines) {
		report_definition(w, targets, line, label, address);
		return lines;
	}
	if (head) {
		struct str mark = str_n(words.p, head - 1);
		diag_add(w->ds, TEXT_LOST, words_loc(w, line, STR("[")),
			diag_text(w->ds, _("cite it as %.*s, once it is defined once"), STR_ARG(mark)),
			_("no text cites the footnote %.*s, or it is defined twice"), STR_ARG(mark));
		return 1;
	}
	diag_add(w->ds, TEXT_LOST, words_loc(w, line, STR_NONE), STR_NONE, _("this line would appear nowhere"));
	return 1;
}

void lost_find(const struct walk *w)
{
	struct map targets = { 0 };
	const struct md_link *links = VEC_AT(&w->links, struct md_link);
	size_t count = shield_line_count(w->sh);
	for (size_t line = 1; line <= count;) {
		if (!is_lost(w, line)) {
			line++;
			continue;
		}
		for (size_t i = targets.count ? SIZE_MAX : 0; i < VEC_COUNT(&w->links, struct md_link); i++)
			map_add(&targets, links[i].target, i);
		line += report_line(w, &targets, line);
		/* What follows belongs to it, blank lines between too, up to what became something or defines something. */
		while (line <= count && !w->covered[line - 1] && !definition_head(words_of(w->sh, line)))
			line++;
	}
	map_release(&targets);
}
