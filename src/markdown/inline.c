/* What is settled when all runs of a paragraph, heading or cell are there: wiki links,
 * strikethrough, and whether a soft break is a space. */
#include "markdown/parse.h"
#include "text/words.h"

#include <string.h>

enum { WIKI_MOST = 1024 };

static struct md_run *run_at(const struct walk *w, size_t i)
{
	return &VEC_AT(&w->runs, struct md_run)[i];
}

static size_t run_count(const struct walk *w)
{
	return VEC_COUNT(&w->runs, struct md_run);
}

/* Byte of `sought` at or behind `from`, where `sign` stands in front of it, be there white space between. */
static size_t find_behind(struct str line, struct str sign, struct str sought, size_t from)
{
	for (size_t at = from; (at = str_find(line, sign, at)) != SIZE_MAX; at++) {
		struct str rest = str_trim_start(str_from(line, at + sign.n));
		if (str_starts(rest, sought))
			return line.n - rest.n;
	}
	return SIZE_MAX;
}

/* Byte of a link on its line: of its address, else of its words, else of the first bracket. */
static size_t find_link(const struct md_link *link, struct str words, struct str line, size_t from)
{
	struct str signs[] = { link->kind == MD_LINK_WIKI ? STR("[[") : STR("("), STR("<"), STR(""), STR("[") };
	struct str sought[] = { link->target, link->target, words, STR("") };
	size_t at = SIZE_MAX;
	for (size_t i = 0; i < 4 && at == SIZE_MAX; i++)
		if (sought[i].n || signs[i].n == 1)
			at = find_behind(line, signs[i], sought[i], from);
	return at;
}

uint32_t inline_link(struct walk *w, struct md_link link, struct str words)
{
	struct str line = words_source_line(w, w->line);
	size_t at = SIZE_MAX, index = VEC_COUNT(&w->links, struct md_link);
	if (w->cursor.line == w->line) /* behind the last link of the line first */
		at = find_link(&link, words, line, w->cursor.byte + 1);
	if (at == SIZE_MAX) {
		w->cursor.line = w->line;
		w->cursor.byte = 0;
		w->cursor.column = 1;
		at = find_link(&link, words, line, 0);
	}
	if (at != SIZE_MAX) {
		w->cursor.column += str_points(str_n(line.p + w->cursor.byte, at - w->cursor.byte));
		w->cursor.byte = at;
	}
	link.line = words_file_line(w);
	link.column = at == SIZE_MAX ? 1 : (uint32_t)w->cursor.column;
	*VEC_ADD(&w->links, struct md_link) = link;
	return (uint32_t)index;
}

static void set_line(struct walk *w, uint32_t file_line)
{
	while (w->line > 1 && words_file_line(w) > file_line)
		w->line--;
	while (w->line < shield_line_count(w->sh) && words_file_line(w) < file_line)
		w->line++;
}

static void put_text(struct walk *w, struct md_run like, size_t from, size_t to)
{
	if (from >= to)
		return;
	struct md_run *run = VEC_ADD(&w->runs, struct md_run);
	*run = like;
	run->literal = like.literal && from == 0;
	run->text = str_n(like.text.p + from, to - from);
}

/* `[[target]]` or `[[target|words]]` at `at`; its bytes, or 0. */
static size_t wiki_length(struct str text, size_t at, struct str *target, struct str *words)
{
	struct str inside = str_from(text, at + 2);
	size_t end = str_find(str_n(inside.p, inside.n < WIKI_MOST ? inside.n : WIKI_MOST), STR("]]"), 0);
	if (end == SIZE_MAX)
		return 0;
	*words = str_n(inside.p, end);
	*target = str_trim(str_cut(words, STR("|")));
	*words = words->p ? str_trim(*words) : *target;
	if (str_empty(*target) || str_empty(*words) || str_find_byte(str_n(inside.p, end), '[', 0) != SIZE_MAX)
		return 0;
	return end + 4;
}

static void put_wiki(struct walk *w, struct md_run like, struct str target, struct str words)
{
	set_line(w, like.line);
	uint32_t index = inline_link(w, (struct md_link){ .kind = MD_LINK_WIKI, .target = target }, words);
	w->depth = like.depth;
	words_run(w, MD_LINK)->link = index;
	like.depth++;
	like.literal = false;
	like.text = words;
	put_text(w, like, 0, words.n);
	w->depth = like.depth;
	words_run(w, MD_LINK_END)->link = index;
}

static void split_wiki(struct walk *w, struct md_run run)
{
	size_t from = 0, at = 0;
	struct str target, words;
	while ((at = str_find(run.text, STR("[["), at)) != SIZE_MAX) {
		size_t length = at == 0 && run.literal ? 0 : wiki_length(run.text, at, &target, &words);
		if (length == 0) {
			at++;
			continue;
		}
		put_text(w, run, from, at);
		put_wiki(w, run, target, words);
		from = at += length;
	}
	put_text(w, run, from, run.text.n);
}

/* Takes the leaf's runs out, so that they can be put back changed. */
static struct md_run *take_runs(struct walk *w, struct buf *copy)
{
	size_t first = w->leaf_run * sizeof(struct md_run);
	buf_put(copy, str_n(w->runs.p + first, w->runs.n - first));
	w->runs.n = first;
	return VEC_AT(copy, struct md_run);
}

static void find_wiki_links(struct walk *w)
{
	struct buf copy = { 0 };
	struct md_run *runs = take_runs(w, &copy);
	size_t inside = 0; /* links and images open: a link holds no other */
	for (size_t i = 0; i < VEC_COUNT(&copy, struct md_run); i++) {
		inside += runs[i].kind == MD_LINK || runs[i].kind == MD_IMAGE;
		inside -= runs[i].kind == MD_LINK_END || runs[i].kind == MD_IMAGE_END;
		if (runs[i].kind == MD_TEXT && inside == 0)
			split_wiki(w, runs[i]);
		else
			*VEC_ADD(&w->runs, struct md_run) = runs[i];
	}
	buf_release(&copy);
}

/* Strikethrough is made here and not by cmark's extension, which changes a global table while it
 * parses: with two threads, whether `~~` is read would depend on luck.
 *
 * Every `~~` that is exactly two tildes becomes a run of its own first. */
static bool split_tildes(struct walk *w)
{
	struct buf copy = { 0 };
	struct md_run *runs = take_runs(w, &copy);
	bool found = false;
	for (size_t i = 0; i < VEC_COUNT(&copy, struct md_run); i++) {
		struct str text = runs[i].text;
		size_t from = 0, at = 0;
		while (runs[i].kind == MD_TEXT && (at = str_find(text, STR("~~"), at)) != SIZE_MAX) {
			size_t run = 2;
			while (at + run < text.n && text.p[at + run] == '~')
				run++;
			if (run == 2 && !(at == 0 && runs[i].literal)) {
				put_text(w, runs[i], from, at);
				put_text(w, runs[i], at, at + 2);
				from = at + 2;
				found = true;
			}
			at += run;
		}
		if (runs[i].kind == MD_TEXT)
			put_text(w, runs[i], from, text.n);
		else
			*VEC_ADD(&w->runs, struct md_run) = runs[i];
	}
	buf_release(&copy);
	return found;
}

static bool is_tilde_pair(const struct md_run *run)
{
	return run->kind == MD_TEXT && str_eq(run->text, STR("~~")) && !run->literal;
}

static bool space_at(const struct walk *w, size_t i, bool end)
{
	if (i < w->leaf_run || i >= run_count(w))
		return true;
	const struct md_run *run = run_at(w, i);
	size_t length;
	if (run->kind == MD_SOFT || run->kind == MD_HARD)
		return true;
	if (run->kind != MD_TEXT)
		return false;
	size_t at = end ? run->text.n - 1 : 0;
	while (at > 0 && end && (run->text.p[at] & 0xc0) == 0x80)
		at--;
	return point_is_space(str_point(run->text, at, &length));
}

static void set_strike(struct walk *w, size_t open, size_t close)
{
	run_at(w, open)->kind = MD_STRIKE;
	run_at(w, close)->kind = MD_STRIKE_END;
	run_at(w, open)->text = run_at(w, close)->text = STR_NONE;
	for (size_t i = open + 1; i <= close; i++)
		run_at(w, i)->depth++;
}

static void find_strikes(struct walk *w)
{
	size_t open[MD_LIMIT_NESTING + 2]; /* by depth: a `~~` that waits for its end, or 0 */
	memset(open, 0, sizeof open);
	for (size_t i = w->leaf_run; i < run_count(w); i++) {
		const struct md_run *run = run_at(w, i);
		size_t depth = run->depth;
		if (depth > MD_LIMIT_NESTING)
			continue;
		if (!is_tilde_pair(run)) {
			open[depth + 1] = 0; /* another element may begin here */
			continue;
		}
		if (open[depth] && !space_at(w, i - 1, true)) {
			size_t opener = open[depth] - 1;
			open[depth] = 0;
			set_strike(w, opener, i);
		} else if (!space_at(w, i + 1, false)) {
			open[depth] = i + 1;
		}
	}
}

static uint32_t point_beside(const struct walk *w, size_t i, bool before)
{
	while (before ? i > w->leaf_run : i + 1 < run_count(w)) {
		i = before ? i - 1 : i + 1;
		const struct md_run *run = run_at(w, i);
		size_t length, at = 0;
		if (run->kind == MD_SOFT || run->kind == MD_HARD)
			return 0;
		if ((run->kind != MD_TEXT && run->kind != MD_CODE_SPAN) || run->text.n == 0)
			continue;
		for (at = before ? run->text.n - 1 : 0; at > 0 && (run->text.p[at] & 0xc0) == 0x80;)
			at--;
		return str_point(run->text, at, &length);
	}
	return 0;
}

static void join_lines(struct walk *w)
{
	for (size_t i = w->leaf_run; i < run_count(w); i++) {
		if (run_at(w, i)->kind != MD_SOFT)
			continue;
		uint32_t before = point_beside(w, i, true), behind = point_beside(w, i, false);
		bool joins = before && behind && point_joins(before) && point_joins(behind);
		run_at(w, i)->text = joins ? STR("") : STR(" ");
	}
}

void inline_finish(struct walk *w)
{
	size_t line = w->line;
	if (w->has_brackets)
		find_wiki_links(w);
	if (w->has_tildes && split_tildes(w))
		find_strikes(w);
	if (w->has_break)
		join_lines(w);
	w->has_break = w->has_brackets = w->has_tildes = false;
	w->line = line;
}
