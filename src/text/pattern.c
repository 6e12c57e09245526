#include "text/pattern.h"

#include "base/diag.h"
#include "text/words.h"

struct parser {
	struct arena *arena;
	struct str s;
	size_t at, depth;
	struct names *names;
	const char *why;
};

static bool refuse(struct parser *p, const char *why)
{
	p->why = why;
	return false;
}

static char next(const struct parser *p)
{
	return p->at < p->s.n ? p->s.p[p->at] : '\0';
}

static void skip_space(struct parser *p)
{
	size_t length;
	while (point_is_space(str_point(p->s, p->at, &length)))
		p->at += length;
}

static bool take(struct parser *p, char c)
{
	skip_space(p);
	if (p->at >= p->s.n || p->s.p[p->at] != c)
		return false;
	p->at++;
	return true;
}

/* A name, a keyword or a selector: all up to white space or a sign of ASCII other than _ and -. */
static struct str take_word(struct parser *p)
{
	size_t length, start;
	skip_space(p);
	for (start = p->at; p->at < p->s.n; p->at += length) {
		uint32_t point = str_point(p->s, p->at, &length);
		bool sign = point < 0x80 && !point_is_letter(point) && !point_is_digit(point) && point != '_' &&
			point != '-';
		if (sign || point_is_space(point))
			break;
	}
	return str_n(p->s.p + start, p->at - start);
}

/*
 * Apostrophes, by ICU's default mode: '' is one; ' before { or } (and # in a
 * plural) quotes up to the next single one; any other is itself.
 */
static void take_quoted(struct parser *p, struct buf *text, bool in_plural)
{
	p->at++;
	if (next(p) == '\'') {
		buf_byte(text, p->s.p[p->at++]);
		return;
	}
	if (next(p) != '{' && next(p) != '}' && !(in_plural && next(p) == '#')) {
		buf_byte(text, '\'');
		return;
	}
	while (p->at < p->s.n) {
		char c = p->s.p[p->at++];
		if (c == '\'' && next(p) != '\'')
			return;
		p->at += c == '\'';
		buf_byte(text, c);
	}
}

static bool name_index(struct parser *p, struct str name, size_t *index)
{
	struct names *names = p->names;
	for (*index = 0; *index < names->count; ++*index)
		if (str_eq(names->name[*index], name))
			return true;
	if (names->count == PATTERN_ARGS_MOST)
		return refuse(p, _("a message takes 16 arguments at most"));
	names->name[names->count++] = arena_str(p->arena, name);
	return true;
}

static bool read_body(struct parser *p, bool in_plural, struct pattern *body);

static bool is_plural_category(struct str key)
{
	static const struct str categories[] = { STR_INIT("zero"), STR_INIT("one"), STR_INIT("two"), STR_INIT("few"),
		STR_INIT("many"), STR_INIT("other") };
	for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
		if (str_eq(categories[i], key))
			return true;
	return false;
}

static bool read_key(struct parser *p, bool plural, struct branch *branch)
{
	long number;
	branch->exact = plural && take(p, '=');
	branch->key = arena_str(p->arena, take_word(p));
	if (str_empty(branch->key))
		return refuse(p, _("a case of 「plural」 or 「select」 has no name"));
	if (branch->exact && !str_number(branch->key, 1000000000, &number))
		return refuse(p, _("「=」 in 「plural」 must be followed by a number"));
	if (branch->exact)
		branch->number = (double)number;
	if (plural && next(p) == ':')
		return refuse(p, _("「offset」 in 「plural」 is not supported"));
	if (plural && !branch->exact && !is_plural_category(branch->key))
		return refuse(p, _("the cases of 「plural」 are =0, =1 …, zero, one, two, few, many, other"));
	return true;
}

static bool read_branch(struct parser *p, bool plural, struct branch *branch)
{
	if (!read_key(p, plural, branch))
		return false;
	if (!take(p, '{'))
		return refuse(p, _("a case of 「plural」 or 「select」 must be followed by its words in braces"));
	return read_body(p, plural, &branch->body);
}

/* one {…} other {…} } */
static bool read_branches(struct parser *p, struct part *part)
{
	struct buf list = { 0 };
	bool good = true, other = false;
	if (!take(p, ','))
		return refuse(p, _("「plural」 and 「select」 need a comma and cases behind it"));
	while (good && !take(p, '}')) {
		struct branch branch = { 0 };
		good = read_branch(p, part->kind == PART_PLURAL, &branch);
		other = other || (!branch.exact && str_eq(branch.key, STR("other")));
		*VEC_ADD(&list, struct branch) = branch;
	}
	part->branch_count = VEC_COUNT(&list, struct branch);
	part->branches = buf_settle(&list, p->arena);
	if (good && !other)
		return refuse(p, _("「plural」 and 「select」 need a case 「other」"));
	return good;
}

static bool read_kind(struct parser *p, struct part *part)
{
	struct str kind = take_word(p);
	if (str_eq(kind, STR("plural")) || str_eq(kind, STR("select"))) {
		part->kind = str_eq(kind, STR("plural")) ? PART_PLURAL : PART_SELECT;
		return read_branches(p, part);
	}
	if (!str_eq(kind, STR("number")))
		return refuse(p, _("a hole in a message may be plain, number, plural or select"));
	part->kind = PART_NUMBER;
	return take(p, '}') || refuse(p, _("「number」 in a message takes no style"));
}

/* What follows an opening brace. */
static bool read_hole(struct parser *p, struct part *part)
{
	struct str name = take_word(p);
	part->kind = PART_ARG;
	if (str_empty(name))
		return refuse(p, _("a brace in a message must be followed by a name; quote braces meant as such: '{'"));
	if (!name_index(p, name, &part->arg))
		return false;
	if (take(p, '}'))
		return true;
	if (!take(p, ','))
		return refuse(p, _("a brace in a message is not closed"));
	return read_kind(p, part);
}

static void flush_text(struct parser *p, struct buf *text, struct buf *list)
{
	if (text->n > 0)
		*VEC_ADD(list, struct part) =
			(struct part){ .kind = PART_TEXT, .text = arena_str(p->arena, buf_str(text)) };
	buf_clear(text);
}

/* Reads one sign: text, a hole, or the closing brace, which sets *closed. */
static bool read_sign(struct parser *p, bool in_plural, struct buf *text, struct buf *list, bool *closed)
{
	char c = next(p);
	if (c == '\'') {
		take_quoted(p, text, in_plural);
		return true;
	}
	p->at++;
	if (c == '}') {
		*closed = true;
		return p->depth > 1 || refuse(p, _("a closing brace in a message has no opening one"));
	}
	if (c != '{' && !(c == '#' && in_plural)) {
		buf_byte(text, c);
		return true;
	}
	struct part part = { .kind = PART_HASH };
	flush_text(p, text, list);
	bool good = c == '#' || read_hole(p, &part);
	*VEC_ADD(list, struct part) = part;
	return good;
}

/* Reads up to the closing brace and over it; the outermost body ends with the pattern. */
static bool read_body(struct parser *p, bool in_plural, struct pattern *body)
{
	struct buf text = { 0 }, list = { 0 };
	bool good = true, closed = false;
	if (p->depth == PATTERN_DEPTH_MOST)
		return refuse(p, _("the braces of a message are nested too deep"));
	p->depth++;
	while (good && !closed && p->at < p->s.n)
		good = read_sign(p, in_plural, &text, &list, &closed);
	flush_text(p, &text, &list);
	buf_release(&text);
	p->depth--;
	body->count = VEC_COUNT(&list, struct part);
	body->parts = buf_settle(&list, p->arena);
	if (good && !closed && p->depth > 0)
		return refuse(p, _("a brace in a message is not closed"));
	return good;
}

bool pattern_read(struct arena *a, struct str source, struct pattern *pattern, struct names *names, const char **why)
{
	struct parser p = { .arena = a, .s = source, .names = names };
	bool good = read_body(&p, false, pattern);
	if (!good)
		*why = p.why;
	return good;
}
