/*
 * Nothing is lost silently. After the walk every line whose words were used is marked;
 * what remains is a link definition, a footnote that nobody cites, or a way to
 * lose text that nobody thought of.
 */
#include "base/map.h"
#include "markdown/parse.h"

#include <string.h>

struct lost {
	const struct walk *w;
	struct map *targets; /* addresses that a link leads to; NULL until needed */
};

static struct str words_of(const struct shield *sh, size_t line)
{
	struct str s = shield_text_line(sh, line);
	return str_from(s, shield_prefix(s, NULL));
}

static bool is_lost(const struct walk *w, size_t line)
{
	return line <= shield_line_count(w->sh) && !w->covered[line - 1] && !str_empty(str_trim(words_of(w->sh, line)));
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

/* Finds the destination; returns how many lines the definition's head and destination take. */
static size_t read_definition(const struct shield *sh, size_t line, struct str *label, struct str *destination)
{
	struct str words = words_of(sh, line);
	size_t head = definition_head(words), lines = 1;
	if (head == 0 || words.p[1] == '^')
		return 0;
	*label = str_n(words.p + 1, head - 3);
	words = str_trim(str_from(words, head));
	if (str_empty(words)) {
		words = str_trim(words_of(sh, line + 1));
		lines++;
	}
	size_t end = 0;
	bool angle = words.n && words.p[0] == '<';
	while (end < words.n && (angle ? words.p[end] != '>' : words.p[end] != ' ' && words.p[end] != '\t'))
		end++;
	*destination = str_n(words.p, angle && end < words.n ? end + 1 : end);
	return lines;
}

size_t lost_definition_lines(const struct shield *sh, size_t line)
{
	struct str label, destination;
	return read_definition(sh, line, &label, &destination);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* `….pdf`, `….md#s3`: the form in which a Japanese file name is still an address. */
static bool ends_in_extension(struct str s)
{
	size_t hash = str_find_byte(s, '#', 0);
	s.n = hash == SIZE_MAX ? s.n : hash;
	size_t n = s.n;
	while (n > 0 && is_alnum(s.p[n - 1]))
		n--;
	return n > 1 && s.n - n >= 1 && s.n - n <= 5 && s.p[n - 1] == '.' && (s.p[n] | 32) >= 'a';
}

static bool has_scheme(struct str s)
{
	size_t colon = str_find_byte(s, ':', 0);
	if (colon == SIZE_MAX || colon < 2)
		return false;
	for (size_t i = 0; i < colon; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '+' && s.p[i] != '.' && s.p[i] != '-')
			return false;
	return true;
}

/* 3.5億円 holds a dot and is words; files/5-1.pdf and https://… are addresses. */
static bool looks_like_address(struct str s)
{
	if (str_empty(s) || strchr("</#", s.p[0]) || str_starts(s, STR("./")) || str_starts(s, STR("../")) ||
		has_scheme(s))
		return true;
	if (is_ascii(s))
		return str_find_byte(s, '/', 0) != SIZE_MAX || str_find_byte(s, '.', 0) != SIZE_MAX ||
			str_find_byte(s, '#', 0) != SIZE_MAX;
	return ends_in_extension(s);
}

static void collect_targets(struct lost *l)
{
	const struct md_link *links = VEC_AT(&l->w->links, struct md_link);
	for (size_t i = 0; i < VEC_COUNT(&l->w->links, struct md_link); i++)
		map_add(l->targets, links[i].target, i);
}

static bool is_used(struct lost *l, struct str destination)
{
	struct buf plain = { 0 };
	if (destination.n > 1 && destination.p[0] == '<')
		destination = str_n(destination.p + 1, destination.n - 2);
	shield_restore(destination, &plain);
	if (l->targets->count == 0)
		collect_targets(l);
	/* An escape or entity in the address: only cmark knows what it reads as. */
	bool decoded = memchr(plain.p ? plain.p : "", '\\', plain.n) || memchr(plain.p ? plain.p : "", '&', plain.n);
	bool used = (decoded && l->targets->count) || map_get(l->targets, buf_str(&plain), NULL);
	buf_release(&plain);
	return used;
}

static void report_definition(struct lost *l, size_t line, struct str label, struct str destination)
{
	const struct walk *w = l->w;
	struct buf plain = { 0 };
	shield_restore(label, &plain);
	struct str name = buf_str(&plain);
	struct loc loc = words_loc(w, line, STR("["));
	if (!looks_like_address(destination))
		diag_add(w->ds, TEXT_LOST, loc,
			diag_text(w->ds, _("write \\[%.*s]: to keep the line as text"), STR_ARG(name)),
			_("「[%.*s]:」 defines a link, so this line would appear nowhere"), STR_ARG(name));
	else if (!is_used(l, destination))
		diag_add(w->ds, UNUSED_DEFINITION, loc, STR_NONE, _("no link uses the definition 「%.*s」"),
			STR_ARG(name));
	buf_release(&plain);
}

static void report_footnote(const struct walk *w, size_t line, struct str words)
{
	struct str label = str_n(words.p, definition_head(words) - 1);
	struct str help = diag_text(w->ds, _("cite it as %.*s, once it is defined once"), STR_ARG(label));
	diag_add(w->ds, TEXT_LOST, words_loc(w, line, STR("[")), help,
		_("no text cites the footnote %.*s, or it is defined twice"), STR_ARG(label));
}

/* The lines that belong to the finding at `line`: up to the next that is used or defines something. */
static size_t skip_rest(const struct walk *w, size_t line)
{
	do
		line++;
	while (is_lost(w, line) && !definition_head(words_of(w->sh, line)));
	return line;
}

/* A footnote's further paragraphs are indented. */
static size_t skip_footnote(const struct walk *w, size_t line)
{
	size_t count = shield_line_count(w->sh), next = skip_rest(w, line);
	for (;;) {
		size_t begin = next;
		while (begin <= count && str_empty(str_trim(words_of(w->sh, begin))))
			begin++;
		struct str s = shield_text_line(w->sh, begin);
		if (begin == next || !is_lost(w, begin) || !(str_starts(s, STR("    ")) || str_starts(s, STR("\t"))))
			return next;
		next = skip_rest(w, begin);
	}
}

static size_t report_line(struct lost *l, size_t line)
{
	struct str words = words_of(l->w->sh, line), label, destination;
	size_t lines = read_definition(l->w->sh, line, &label, &destination);
	if (lines) {
		report_definition(l, line, label, destination);
		return skip_rest(l->w, line + lines - 1);
	}
	if (definition_head(words)) {
		report_footnote(l->w, line, words);
		return skip_footnote(l->w, line);
	}
	diag_add(l->w->ds, TEXT_LOST, words_loc(l->w, line, STR_NONE), STR_NONE, _("this line would appear nowhere"));
	return skip_rest(l->w, line);
}

void lost_find(const struct walk *w)
{
	struct map targets = { 0 };
	struct lost l = { .w = w, .targets = &targets };
	size_t count = shield_line_count(w->sh);
	for (size_t line = 1; line <= count;)
		line = is_lost(w, line) ? report_line(&l, line) : line + 1;
	map_release(&targets);
}
