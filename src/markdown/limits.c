/*
 * Limits before parsing: what makes cmark slow or its output huge is refused with the
 * place. They look at lines alone and trust no structure, since that is cmark's to find:
 * a limit that a false fence could switch off would be none.
 */
#include "markdown/parse.h"

#include <string.h>

/* Work, in units that take about as long as each other: a line and its stay in one quote or list item, a table's cell,
 * and kilobytes of link definitions, copied for every link. */
enum { LINE = 2, CONTAINER = 4, CELL = 10, COPIED_KIB = 32 };

/* … and a sign that may open something, or that cmark stops at. */
static const unsigned char sign_work[256] = { ['['] = 100,
	['<'] = 100,
	['*'] = 2,
	['_'] = 2,
	['`'] = 1,
	['!'] = 1,
	['"'] = 1,
	['&'] = 1,
	['\\'] = 1,
	[']'] = 1 };

struct limits {
	const struct shield *sh;
	struct str path;
	struct diags *ds;
	size_t columns; /* of the table we may be in, or 0 */
	size_t nesting; /* of the last line with words */
	size_t brackets, work;
	size_t definition; /* bytes so far of the link definition we may be in, or 0 */
	bool goes_on;      /* … into the next line, whatever that is */
	size_t longest_definition;
};

static bool refuse(struct limits *l, size_t line, struct str help, const char *what, size_t most)
{
	struct loc loc = loc_at(l->path, shield_file_line(l->sh, line), 1);
	return diag_add(l->ds, LIMIT_EXCEEDED, loc, help, _(what), most);
}

static size_t count_byte(struct str s, char c)
{
	size_t count = 0;
	for (size_t at = 0; (at = str_find_byte(s, c, at)) != SIZE_MAX; at++)
		count++;
	return count;
}

static bool is_only(struct str s, const char *signs)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\0' || !strchr(signs, s.p[i]))
			return false;
	return true;
}

/* The columns of the table whose delimiter row this may be, or 0. */
static size_t delimiter_columns(struct str words)
{
	words = str_trim(words);
	size_t pipes = count_byte(words, '|');
	if (!is_only(words, "-|: \t") || (pipes == 0 && count_byte(words, ':') == 0))
		return 0;
	return pipes + 1 - (pipes > 0 && words.p[0] == '|') - (pipes > 1 && str_ends(words, STR("|")));
}

static bool has_title_sign(struct str s)
{
	return str_find_byte(s, '"', 0) != SIZE_MAX || str_find_byte(s, '\'', 0) != SIZE_MAX ||
		str_find_byte(s, '(', 0) != SIZE_MAX;
}

/* A definition's address or title may stand on the next line, and a title may take any number of lines. */
static void add_definition(struct limits *l, struct str words)
{
	size_t label_end = str_starts(words, STR("[^")) ? SIZE_MAX : str_find(words, STR("]:"), 0);
	bool begins = label_end != SIZE_MAX, title = words.n && has_title_sign(str_n(words.p, 1));
	if (!l->goes_on && !title)
		l->definition = 0;
	if (!begins && l->definition == 0)
		return;
	struct str behind = begins ? str_from(words, label_end + 2) : words;
	l->goes_on = l->goes_on || str_empty(str_trim(behind)) || has_title_sign(behind);
	l->definition += words.n + 1;
	if (l->longest_definition < l->definition)
		l->longest_definition = l->definition;
}

static void add_words(struct limits *l, struct str words)
{
	add_definition(l, words);
	size_t columns = delimiter_columns(words);
	if (l->columns < columns)
		l->columns = columns;
	l->work += l->columns * CELL;
	for (size_t i = 0; i < words.n; i++)
		l->work += sign_work[(unsigned char)words.p[i]];
	l->brackets += count_byte(words, '[');
}

static bool line_fits(struct limits *l, struct str line, size_t number)
{
	size_t nesting, prefix = shield_prefix(line, &nesting);
	struct str words = str_from(line, prefix);
	if (nesting > MD_LIMIT_NESTING)
		return refuse(
			l, number, STR_NONE, N_("quotes and lists are nested more than %zu deep"), MD_LIMIT_NESTING);
	if (is_only(line, " \t>")) {
		l->columns = l->definition = 0;
		l->goes_on = false;
	} else {
		l->nesting = nesting;
		add_words(l, words);
	}
	if (l->columns > MD_LIMIT_COLUMNS)
		return refuse(l, number, diag_text(l->ds, _("split it into narrower tables")),
			N_("a table has more than %zu columns"), MD_LIMIT_COLUMNS);
	l->work += LINE + l->nesting * CONTAINER;
	if (l->work > MD_LIMIT_WORK)
		return refuse(l, number, diag_text(l->ds, _("split the file, or move tables into files of their own")),
			N_("the file has too many lines, links, table cells or signs (over %zu units of work)"),
			MD_LIMIT_WORK);
	return true;
}

bool limits_keep(const struct shield *sh, struct str path, struct diags *ds)
{
	struct limits l = { .sh = sh, .path = path, .ds = ds };
	size_t count = shield_line_count(sh);
	for (size_t i = 1; i <= count; i++)
		if (!line_fits(&l, shield_text_line(sh, i), i))
			return false;
	if (l.longest_definition / 1024 * l.brackets * COPIED_KIB > MD_LIMIT_WORK)
		return refuse(&l, 1, diag_text(ds, _("split the file, or shorten what stands behind 「]:」")),
			N_("links and long definitions would make more than %zu units of work"), MD_LIMIT_WORK);
	return true;
}
