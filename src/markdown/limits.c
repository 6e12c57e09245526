/*
 * Limits before parsing: what makes cmark slow or its output huge is refused with the
 * place. They look at lines alone and trust no structure, since that is cmark's to find:
 * a limit that a false fence could switch off would be none.
 */
#include "markdown/parse.h"

#include <string.h>

/* Work, in units that take about as long as each other: a table's cell, `[` or `<` that opens something, a
 * line's stay in one quote or list item, and kilobytes of link definitions, copied for every link. */
enum { CELL = 10, SIGN = 100, CONTAINER = 4, COPIED_KIB = 32 };

struct limits {
	const struct shield *sh;
	struct str path;
	struct diags *ds;
	size_t paragraph, paragraph_line; /* bytes so far, and where it began */
	size_t columns;                   /* of the table we may be in, or 0 */
	size_t nesting;                   /* of the last line with words */
	size_t brackets, work;
	bool defines; /* a line of this paragraph may define a link */
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

static bool may_define(struct str words)
{
	return words.n > 1 && words.p[0] == '[' && words.p[1] != '^' && str_find(words, STR("]:"), 0) != SIZE_MAX;
}

static void add_words(struct limits *l, struct str words, size_t number)
{
	if (l->paragraph == 0) {
		l->paragraph_line = number;
		l->defines = false;
	}
	l->paragraph += words.n + 1;
	l->defines = l->defines || may_define(words);
	if (l->defines && l->paragraph > l->longest_definition)
		l->longest_definition = l->paragraph;
	size_t brackets = count_byte(words, '['), columns = delimiter_columns(words);
	l->brackets += brackets;
	l->work += (brackets + count_byte(words, '<')) * SIGN;
	if (l->columns < columns)
		l->columns = columns;
	l->work += l->columns * CELL;
	if (l->columns && str_find_byte(words, '|', 0) != SIZE_MAX)
		l->paragraph = 0; /* each row is read by itself */
}

static bool line_fits(struct limits *l, struct str line, size_t number)
{
	size_t nesting, prefix = shield_prefix(line, &nesting);
	struct str words = str_from(line, prefix);
	if (nesting > MD_LIMIT_NESTING)
		return refuse(
			l, number, STR_NONE, N_("quotes and lists are nested more than %zu deep"), MD_LIMIT_NESTING);
	if (is_only(line, " \t>")) {
		l->paragraph = l->columns = 0;
	} else {
		l->nesting = nesting;
		add_words(l, words, number);
	}
	if (l->columns > MD_LIMIT_COLUMNS)
		return refuse(l, number, diag_text(l->ds, _("split it into narrower tables")),
			N_("a table has more than %zu columns"), MD_LIMIT_COLUMNS);
	l->work += l->nesting * CONTAINER;
	if (l->work > MD_LIMIT_WORK)
		return refuse(l, number, diag_text(l->ds, _("split the file, or move tables into files of their own")),
			N_("the file has too many links, table cells or nested lines (over %zu units of work)"),
			MD_LIMIT_WORK);
	if (l->paragraph > MD_LIMIT_PARAGRAPH)
		return refuse(l, l->paragraph_line, diag_text(l->ds, _("put blank lines between paragraphs")),
			N_("a paragraph has more than %zu bytes"), MD_LIMIT_PARAGRAPH);
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
