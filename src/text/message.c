/*
 * plural and select are chosen here, not by ICU's umsg: that takes its
 * arguments by number and through C varargs, whose count and types would have
 * to be known when this is compiled. ICU still says which plural category a
 * number has (uplrules_open takes under 1 µs once its rules are cached).
 *
 * A pattern is kept as it was written. One reader goes through it: when it is
 * compiled, to check all of it and note its holes; and for every sentence,
 * which can then find nothing wrong any more.
 */
#include "text/message.h"

#include "base/diag.h"
#include "text/icu.h"
#include "text/number.h"
#include "text/words.h"

#include <ctype.h>
#include <unicode/upluralrules.h>

enum { HOLES_MOST = 16, DEPTH_MOST = 8 };

struct hole {
	struct str name;
	bool takes_number;
};

struct message {
	struct str pattern, language;
	char locale[ULOC_FULLNAME_CAPACITY];
	struct hole holes[HOLES_MOST];
	size_t hole_count;
};

struct reader {
	struct message *noting;        /* while it is compiled */
	const struct message *message; /* the same, or the one that is written */
	const struct message_arg *args;
	size_t arg_count;
	struct buf *out; /* NULL: what is read is not written */
	struct str rest; /* of the pattern */
	size_t depth;
	const char *why;
};

static bool refuse(struct reader *r, const char *why)
{
	r->why = why;
	return false;
}

static void skip(struct reader *r, size_t bytes)
{
	r->rest = str_from(r->rest, bytes);
}

static bool begins(const struct reader *r, char c)
{
	return r->rest.n > 0 && r->rest.p[0] == c;
}

static void put(struct reader *r, struct str s)
{
	if (r->out)
		buf_put(r->out, s);
}

static void skip_space(struct reader *r)
{
	size_t length;
	while (point_is_space(str_point(r->rest, 0, &length)))
		skip(r, length);
}

static bool take(struct reader *r, char c)
{
	skip_space(r);
	bool takes = begins(r, c);
	skip(r, takes);
	return takes;
}

/* A name, a keyword or a selector: all up to white space or a sign of ASCII other than _ and -. */
static struct str take_word(struct reader *r)
{
	size_t length, n = 0;
	skip_space(r);
	struct str s = r->rest;
	for (; n < s.n; n += length) {
		uint32_t point = str_point(s, n, &length);
		if (point < 0x80 ? !isalnum((int)point) && point != '_' && point != '-' : point_is_space(point))
			break;
	}
	skip(r, n);
	return str_n(s.p, n);
}

/*
 * Apostrophes, by ICU's default mode: '' is one; ' before { or } (and # in a
 * plural) quotes up to the next single one; any other is itself. Stands behind
 * the first.
 */
static void read_quoted(struct reader *r, bool in_plural)
{
	if (!begins(r, '{') && !begins(r, '}') && !(in_plural && begins(r, '#'))) {
		skip(r, begins(r, '\''));
		put(r, STR("'"));
		return;
	}
	while (!str_empty(r->rest)) {
		struct str quoted = str_n(r->rest.p, 1);
		skip(r, 1);
		if (quoted.p[0] == '\'' && !begins(r, '\''))
			return;
		skip(r, quoted.p[0] == '\'');
		put(r, quoted);
	}
}

static bool note_hole(struct reader *r, struct str name, struct hole **hole)
{
	struct message *m = r->noting;
	size_t i = 0;
	while (i < m->hole_count && !str_eq(m->holes[i].name, name))
		i++;
	if (i == HOLES_MOST)
		return refuse(r, _("a message takes 16 arguments at most"));
	if (i == m->hole_count)
		m->holes[m->hole_count++].name = name;
	*hole = &m->holes[i];
	return true;
}

static const struct message_arg *find_arg(const struct message_arg *args, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(args[i].name, name))
			return &args[i];
	return NULL;
}

static bool read_body(struct reader *r, const double *number);

static bool is_plural_category(struct str key)
{
	return str_is_one_of(key, "zero|one|two|few|many|other");
}

/* one, few … appended to `word`; other when ICU cannot tell. */
static void put_category(struct buf *word, const char *locale, double number)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar keyword[16];
	UPluralRules *rules = uplrules_open(locale, &status);
	int32_t n = uplrules_select(rules, number, keyword, 16, &status);
	uplrules_close(rules);
	if (U_FAILURE(status) || n > 16)
		buf_put(word, STR("other"));
	for (int32_t i = 0; U_SUCCESS(status) && i < n && i < 16; i++)
		buf_byte(word, (char)keyword[i]); /* ASCII all */
}

/* A plural or select, as its cases are read. */
struct choice {
	bool plural, has_other;
	const struct message_arg *arg; /* NULL while nothing is written */
	struct buf word;               /* of the case that fits: fetched when one asks for it */
	int rank;                      /* how well the best case so far fits */
	struct str best;               /* its words and what follows */
};

enum { FITS_NOT, FITS_OTHER, FITS_WORD, FITS_NUMBER };

static int fit(const struct reader *r, struct choice *c, struct str key, const long *exact)
{
	if (!c->arg)
		return FITS_NOT;
	if (exact)
		return (double)*exact == c->arg->number ? FITS_NUMBER : FITS_NOT;
	if (str_eq(key, STR("other")))
		return FITS_OTHER;
	if (c->word.n == 0 && c->plural)
		put_category(&c->word, r->message->locale, c->arg->number);
	else if (c->word.n == 0 && c->arg->is_number)
		number_put_plain(&c->word, c->arg->number);
	else if (c->word.n == 0)
		buf_put(&c->word, c->arg->text);
	return str_eq(key, buf_str(&c->word)) ? FITS_WORD : FITS_NOT;
}

/* Reads a case over. */
static bool read_case(struct reader *r, struct choice *c)
{
	static const double any = 0;
	long number;
	bool exact = c->plural && take(r, '=');
	struct str key = take_word(r);
	if (str_empty(key))
		return refuse(r, _("a case of 「plural」 or 「select」 has no name"));
	if (exact && !str_number(key, 1000000000, &number))
		return refuse(r, _("「=」 in 「plural」 must be followed by a number"));
	if (c->plural && !exact && !is_plural_category(key))
		return refuse(r, _("the cases of 「plural」 are =0, =1 …, zero, one, two, few, many, other"));
	if (!take(r, '{'))
		return refuse(r, _("a case of 「plural」 or 「select」 must be followed by its words in braces"));
	int rank = fit(r, c, key, exact ? &number : NULL);
	if (rank > c->rank) {
		c->rank = rank;
		c->best = r->rest;
	}
	c->has_other = c->has_other || (!exact && str_eq(key, STR("other")));
	struct buf *out = r->out;
	r->out = NULL;
	bool good = read_body(r, c->plural ? &any : NULL);
	r->out = out;
	return good;
}

/* , one {…} other {…} } */
static bool read_cases(struct reader *r, const struct message_arg *arg, bool plural)
{
	struct choice c = { .plural = plural, .arg = r->out ? arg : NULL };
	bool good = take(r, ',') || refuse(r, _("「plural」 and 「select」 need a comma and cases behind it"));
	while (good && !take(r, '}'))
		good = read_case(r, &c);
	buf_release(&c.word);
	if (good && !c.has_other)
		return refuse(r, _("「plural」 and 「select」 need a case 「other」"));
	if (good && c.arg) {
		struct str behind = r->rest;
		r->rest = c.best;
		good = read_body(r, plural ? &arg->number : NULL);
		r->rest = behind;
	}
	return good;
}

static void put_arg(struct reader *r, const struct message_arg *arg)
{
	if (r->out && arg->is_number)
		number_put_plain(r->out, arg->number);
	else if (r->out)
		buf_put(r->out, arg->text);
}

/* What follows an opening brace. */
static bool read_hole(struct reader *r)
{
	struct str name = take_word(r);
	struct hole ignored, *hole = &ignored;
	const struct message_arg *arg = find_arg(r->args, r->arg_count, name);
	if (str_empty(name))
		return refuse(r, _("a brace in a message must be followed by a name; quote braces meant as such: '{'"));
	if (r->noting && !note_hole(r, name, &hole))
		return false;
	if (take(r, '}')) {
		put_arg(r, arg);
		return true;
	}
	if (!take(r, ','))
		return refuse(r, _("a brace in a message is not closed"));
	struct str kind = take_word(r);
	if (str_eq(kind, STR("select")))
		return read_cases(r, arg, false);
	hole->takes_number = true;
	if (str_eq(kind, STR("plural")))
		return read_cases(r, arg, true);
	if (!str_eq(kind, STR("number")))
		return refuse(r, _("a hole in a message may be plain, number, plural or select"));
	if (r->out)
		number_put(r->out, arg->number, r->message->language);
	return take(r, '}') || refuse(r, _("「number」 in a message takes no style"));
}

static void put_hash(struct reader *r, const double *number)
{
	if (!number)
		put(r, STR("#"));
	else if (r->out)
		number_put(r->out, *number, r->message->language);
}

/* Bytes before the next sign that may mean something. */
static size_t plain_length(struct str s)
{
	size_t n = 0;
	while (n < s.n && s.p[n] != '{' && s.p[n] != '}' && s.p[n] != '\'' && s.p[n] != '#')
		n++;
	return n;
}

/* Reads up to the closing brace and over it; the outermost body ends with the pattern. `number`: what # means here. */
static bool read_body(struct reader *r, const double *number)
{
	bool inner = r->depth > 0;
	if (r->depth == DEPTH_MOST)
		return refuse(r, _("the braces of a message are nested too deep"));
	for (r->depth++;;) {
		struct str text = str_n(r->rest.p, plain_length(r->rest));
		put(r, text);
		skip(r, text.n);
		if (str_empty(r->rest))
			break;
		char sign = r->rest.p[0];
		skip(r, 1);
		if (sign == '}') {
			r->depth--;
			return inner || refuse(r, _("a closing brace in a message has no opening one"));
		}
		if (sign == '\'')
			read_quoted(r, number);
		else if (sign == '#')
			put_hash(r, number);
		else if (sign == '{' && !read_hole(r))
			return false;
	}
	r->depth--;
	return !inner || refuse(r, _("a brace in a message is not closed"));
}

struct message *message_compile(struct arena *a, struct str pattern, struct str language, const char **why)
{
	struct message *m = ARENA_NEW(a, struct message);
	struct reader r = { .noting = m, .message = m };
	r.rest = m->pattern = arena_str(a, pattern);
	m->language = arena_str(a, language);
	if (!icu_locale(language, m->locale))
		m->locale[0] = '\0';
	bool good = read_body(&r, NULL);
	*why = r.why;
	return good ? m : NULL;
}

size_t message_arg_count(const struct message *m)
{
	return m->hole_count;
}

struct str message_arg_name(const struct message *m, size_t i)
{
	return m->holes[i].name;
}

bool message_format(
	const struct message *m, const struct message_arg *args, size_t count, struct buf *out, struct str *missing)
{
	for (size_t i = 0; i < m->hole_count; i++) {
		const struct message_arg *arg = find_arg(args, count, m->holes[i].name);
		*missing = m->holes[i].name;
		if (!arg || (m->holes[i].takes_number && !arg->is_number))
			return false;
	}
	struct reader r = { .message = m, .rest = m->pattern, .args = args, .arg_count = count, .out = out };
	return read_body(&r, NULL);
}
