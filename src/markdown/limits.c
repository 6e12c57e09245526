/*
 * Limits before parsing: what makes cmark slow or its output huge is refused with the
 * place. They look at lines alone and trust no structure, since that is cmark's to find:
 * a limit that a false fence could switch off would be none.
 */
#include "markdown/parse.h"

enum {
	BODY_MOST = 4 * 1024 * 1024,
	CONTAINERS_MOST = 2000000,         /* how often a line stands in a quote or list item */
	REFERENCES_MOST = 64 * 1024 * 1024 /* bytes that link definitions can grow to, copied for every link */
};

struct limits {
	const struct shield *sh;
	struct str path;
	struct diags *ds;
	size_t paragraph, paragraph_line; /* bytes so far, and where it began */
	size_t brackets, cells;
	size_t columns;             /* of the table we are in, or 0 */
	size_t cells_above;         /* of the line before */
	size_t nesting, containers; /* of the last line with words, and of all lines together */
	bool defines;               /* a line of this paragraph may define a link */
	size_t longest_definition;
};

/* A row without what stands before its first cell and behind its last. */
static struct str row_of(struct str line)
{
	struct str row = str_trim(str_from(line, shield_prefix(line, NULL)));
	row = row.n && row.p[0] == '|' ? str_from(row, 1) : row;
	bool closed = row.n && row.p[row.n - 1] == '|' && !(row.n > 1 && row.p[row.n - 2] == '\\');
	return closed ? str_but(row, 1) : row;
}

/* Byte of the next `|` that parts two cells, or SIZE_MAX. */
static size_t next_pipe(struct str row, size_t at)
{
	while ((at = str_find_byte(row, '|', at)) != SIZE_MAX && at > 0 && row.p[at - 1] == '\\')
		at++;
	return at;
}

size_t table_cells(struct str line)
{
	struct str row = row_of(line);
	size_t cells = 1;
	for (size_t at = 0; (at = next_pipe(row, at)) != SIZE_MAX; at++)
		cells++;
	return cells;
}

struct str table_behind(struct str line, size_t columns)
{
	struct str row = row_of(line);
	size_t at = 0;
	while (columns > 0 && (at = next_pipe(row, at)) != SIZE_MAX) {
		at++;
		columns--;
	}
	if (columns > 0)
		return STR_NONE;
	while (at < row.n && (row.p[at] == ' ' || row.p[at] == '|' || row.p[at] == '\t'))
		at++;
	return str_from(row, at);
}

bool table_is_delimiter(struct str line)
{
	bool dash = false;
	for (size_t i = 0; i < line.n; i++) {
		dash = dash || line.p[i] == '-';
		if (line.p[i] != '-' && line.p[i] != '|' && line.p[i] != ':' && line.p[i] != ' ' && line.p[i] != '\t' &&
			line.p[i] != '>')
			return false;
	}
	return dash;
}

static bool refuse(struct limits *l, size_t line, struct str help, const char *what, size_t most)
{
	struct loc loc = loc_at(l->path, shield_file_line(l->sh, line), 1);
	return diag_add(l->ds, LIMIT_EXCEEDED, loc, help, _(what), most);
}

static bool row_fits(struct limits *l, struct str line, size_t number)
{
	bool has_pipe = str_find_byte(line, '|', 0) != SIZE_MAX;
	size_t cells = has_pipe ? table_cells(line) : 1;
	if (l->columns == 0 && l->paragraph > line.n + 1 && table_is_delimiter(line) && cells == l->cells_above &&
		(has_pipe || str_find_byte(line, ':', 0) != SIZE_MAX)) {
		l->columns = cells;
		l->cells += cells;
		if (cells > MD_LIMIT_COLUMNS)
			return refuse(l, number, diag_text(l->ds, _("split it into narrower tables")),
				N_("a table has more than %zu columns"), MD_LIMIT_COLUMNS);
	}
	l->cells_above = cells;
	l->cells += l->columns;
	if (l->columns && l->cells > MD_LIMIT_CELLS)
		return refuse(l, number, diag_text(l->ds, _("move tables into files of their own and link them")),
			N_("the tables have more than %zu cells"), MD_LIMIT_CELLS);
	if (l->columns && has_pipe)
		l->paragraph = 0; /* each row is read by itself */
	return true;
}

static bool ends_paragraph(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != ' ' && line.p[i] != '\t' && line.p[i] != '>')
			return false;
	return true;
}

static bool may_define(struct str words)
{
	return words.n > 1 && words.p[0] == '[' && words.p[1] != '^' && str_find(words, STR("]:"), 0) != SIZE_MAX;
}

static bool line_fits(struct limits *l, struct str line, size_t number)
{
	size_t nesting, prefix = shield_prefix(line, &nesting);
	if (nesting > MD_LIMIT_NESTING)
		return refuse(
			l, number, STR_NONE, N_("quotes and lists are nested more than %zu deep"), MD_LIMIT_NESTING);
	bool blank = ends_paragraph(line);
	l->nesting = blank ? l->nesting : nesting;
	l->containers += l->nesting;
	if (l->containers > CONTAINERS_MOST)
		return refuse(l, number, diag_text(l->ds, _("split the file")),
			N_("the file has more than %zu nested lines"), CONTAINERS_MOST);
	if (blank) {
		l->paragraph = l->columns = 0;
		return true;
	}
	if (l->paragraph == 0) {
		l->paragraph_line = number;
		l->defines = false;
	}
	l->defines = l->defines || may_define(str_from(line, prefix));
	l->paragraph += line.n + 1;
	for (size_t at = 0; (at = str_find_byte(line, '[', at)) != SIZE_MAX; at++)
		l->brackets++;
	if (l->brackets > MD_LIMIT_BRACKETS)
		return refuse(l, number, diag_text(l->ds, _("split the file")), N_("the file has more than %zu 「[」"),
			MD_LIMIT_BRACKETS);
	if (l->defines && l->paragraph > l->longest_definition)
		l->longest_definition = l->paragraph;
	if (!row_fits(l, line, number))
		return false;
	if (l->paragraph > MD_LIMIT_PARAGRAPH)
		return refuse(l, l->paragraph_line, diag_text(l->ds, _("put blank lines between paragraphs")),
			N_("a paragraph has more than %zu bytes"), MD_LIMIT_PARAGRAPH);
	return true;
}

bool limits_keep(const struct shield *sh, struct str path, struct diags *ds)
{
	struct limits l = { .sh = sh, .path = path, .ds = ds };
	if (sh->body.n > BODY_MOST)
		return refuse(
			&l, 1, diag_text(ds, _("split the file")), N_("the file has more than %zu bytes"), BODY_MOST);
	size_t count = shield_line_count(sh);
	for (size_t i = 1; i <= count; i++)
		if (!line_fits(&l, shield_text_line(sh, i), i))
			return false;
	if (l.longest_definition * l.brackets > REFERENCES_MOST)
		return refuse(&l, 1, diag_text(ds, _("split the file, or shorten what stands behind 「]:」")),
			N_("links and long definitions would make more than %zu bytes"), REFERENCES_MOST);
	return true;
}
