/* What is settled when all runs of a paragraph, heading or cell are there: wiki links,
 * strikethrough, and whether a soft break is a space. */
#include "markdown/parse.h"
#include "text/words.h"

#include <string.h>

enum { WIKI_MOST = 1024 };

/* One leaf's runs, put back with wiki links and strikethrough in them. */
struct rewrite {
	struct walk *w;
	const struct md_run *runs; /* as they were */
	size_t count;
	size_t inside;                     /* links and images open: a link holds no other */
	size_t open[MD_LIMIT_NESTING + 3]; /* by depth: one more than the `~~` run that waits for its end, or 0 */
};

static struct md_run *run_at(const struct walk *w, size_t i)
{
	return &VEC_AT(&w->runs, struct md_run)[i];
}

static size_t run_count(const struct walk *w)
{
	return VEC_COUNT(&w->runs, struct md_run);
}

/* Where its address is written; else its words; else the next bracket. */
uint32_t inline_link(struct walk *w, struct md_link link, struct str words)
{
	size_t column = words_locate(w, link.target, "([<");
	if (column == 0)
		column = words_locate(w, words, NULL);
	if (column == 0)
		column = words_locate(w, STR("["), NULL);
	link.line = shield_file_line(w->sh, w->line);
	link.column = column ? (uint32_t)column : 1;
	*VEC_ADD(&w->links, struct md_link) = link;
	return (uint32_t)VEC_COUNT(&w->links, struct md_link) - 1;
}

static void put_run(struct walk *w, struct md_run run)
{
	*VEC_ADD(&w->runs, struct md_run) = run;
}

static void put_text(struct walk *w, struct md_run like, size_t from, size_t to)
{
	like.literal = like.literal && from == 0;
	like.text = str_n(like.text.p + from, to - from);
	if (from < to)
		put_run(w, like);
}

/* `[[target]]` or `[[target|words]]` at the start of text; its bytes, or 0. */
static size_t wiki_length(struct str text, struct str *target, struct str *words)
{
	if (!str_starts(text, STR("[[")))
		return 0;
	struct str inside = str_from(text, 2);
	size_t end = str_find(str_n(inside.p, inside.n < WIKI_MOST ? inside.n : WIKI_MOST), STR("]]"), 0);
	if (end == SIZE_MAX || str_find_byte(str_n(inside.p, end), '[', 0) != SIZE_MAX)
		return 0;
	*words = str_n(inside.p, end);
	*target = str_trim(str_cut(words, STR("|")));
	*words = words->p ? str_trim(*words) : *target;
	return str_empty(*target) || str_empty(*words) ? 0 : end + 4;
}

static void put_wiki(struct walk *w, struct md_run like, struct str target, struct str words)
{
	while (w->line < shield_line_count(w->sh) && shield_file_line(w->sh, w->line) < like.line)
		w->line++;
	uint32_t link = inline_link(
		w, (struct md_link){ .kind = MD_LINK_WIKI, .bare = words.p == target.p, .target = target }, words);
	struct md_run run = { .kind = MD_LINK, .line = like.line, .link = link, .depth = like.depth };
	put_run(w, run);
	run.depth++;
	put_run(w,
		(struct md_run){
			.kind = MD_TEXT, .line = like.line, .link = MD_NONE, .depth = run.depth, .text = words });
	run.kind = MD_LINK_END;
	put_run(w, run);
}

/* What stands at byte `at` of run i, or behind it: white space, a break or the end of the leaf? */
static bool is_space_before(const struct rewrite *r, size_t i, size_t at)
{
	struct str text = at > 0 ? str_n(r->runs[i].text.p, at) : i > 0 ? r->runs[i - 1].text : STR_NONE;
	if (at == 0 && (i == 0 || r->runs[i - 1].kind == MD_SOFT || r->runs[i - 1].kind == MD_HARD))
		return true;
	return str_trim_end(text).n < text.n;
}

static bool is_space_behind(const struct rewrite *r, size_t i, size_t at)
{
	bool ends = at == r->runs[i].text.n, last = i + 1 == r->count;
	struct str text = !ends ? str_from(r->runs[i].text, at) : last ? STR_NONE : r->runs[i + 1].text;
	if (ends && (last || r->runs[i + 1].kind == MD_SOFT || r->runs[i + 1].kind == MD_HARD))
		return true;
	return str_trim_start(text).n < text.n;
}

/* Strikethrough is made here and not by cmark's extension, which changes a global table while it
 * parses: with two threads, whether `~~` is read would depend on luck. */
static void put_tildes(struct rewrite *r, size_t i, size_t at)
{
	struct walk *w = r->w;
	struct md_run run = r->runs[i];
	size_t *open = &r->open[run.depth];
	run.literal = false;
	run.text = str_n(run.text.p + at, 2);
	if (*open && !is_space_before(r, i, at)) {
		run_at(w, *open - 1)->kind = MD_STRIKE;
		run_at(w, *open - 1)->text = run.text = STR_NONE;
		run.kind = MD_STRIKE_END;
		for (size_t k = *open; k < run_count(w); k++)
			run_at(w, k)->depth++;
		run.depth++;
		*open = 0;
	} else if (!is_space_behind(r, i, at + 2)) {
		*open = run_count(w) + 1;
	}
	put_run(w, run);
}

static void rewrite_text(struct rewrite *r, size_t i)
{
	struct md_run run = r->runs[i];
	struct str target, words;
	size_t from = 0;
	for (size_t at = run.literal; at < run.text.n;) {
		size_t tildes = 0, wiki = 0;
		while (at + tildes < run.text.n && run.text.p[at + tildes] == '~')
			tildes++;
		if (r->inside == 0 && run.text.p[at] == '[')
			wiki = wiki_length(str_from(run.text, at), &target, &words);
		if (tildes == 2 || wiki)
			put_text(r->w, run, from, at);
		if (wiki)
			put_wiki(r->w, run, target, words);
		else if (tildes == 2)
			put_tildes(r, i, at);
		at += wiki + tildes + (wiki + tildes == 0);
		if (wiki || tildes == 2)
			from = at;
	}
	put_text(r->w, run, from, run.text.n);
}

static void rewrite_signs(struct walk *w)
{
	struct buf copy = { 0 };
	size_t first = w->leaf_run * sizeof(struct md_run), line = w->line;
	buf_put(&copy, str_n(w->runs.p + first, w->runs.n - first));
	w->runs.n = first;
	/* From the leaf's end back to its first words; put_wiki() goes forward from there. */
	while (w->line > 1 && copy.n && shield_file_line(w->sh, w->line) > VEC_AT(&copy, struct md_run)->line)
		w->line--;
	struct rewrite r = { .w = w, .runs = VEC_AT(&copy, struct md_run), .count = VEC_COUNT(&copy, struct md_run) };
	for (size_t i = 0; i < r.count; i++) {
		uint8_t kind = r.runs[i].kind;
		r.inside += kind == MD_LINK || kind == MD_IMAGE;
		r.inside -= kind == MD_LINK_END || kind == MD_IMAGE_END;
		r.open[r.runs[i].depth + 1] = 0; /* another element may begin here */
		if (kind == MD_TEXT)
			rewrite_text(&r, i);
		else
			put_run(w, r.runs[i]);
	}
	buf_release(&copy);
	w->line = line;
}

/* The character beside a break, 0 where there is none on that line. */
static uint32_t point_beside(const struct walk *w, size_t i, size_t step)
{
	for (i += step; i >= w->leaf_run && i < run_count(w); i += step) {
		const struct md_run *run = run_at(w, i);
		size_t length;
		if (run->kind == MD_SOFT || run->kind == MD_HARD)
			return 0;
		if ((run->kind == MD_TEXT || run->kind == MD_CODE_SPAN) && run->text.n > 0)
			return step == 1 ? str_point(run->text, 0, &length)
					 : str_point_before(run->text, run->text.n, &length);
	}
	return 0;
}

static void join_lines(struct walk *w)
{
	for (size_t i = w->leaf_run; i < run_count(w); i++) {
		if (run_at(w, i)->kind != MD_SOFT)
			continue;
		uint32_t before = point_beside(w, i, SIZE_MAX), behind = point_beside(w, i, 1);
		bool joins = before && behind && point_joins(before) && point_joins(behind);
		run_at(w, i)->text = joins ? STR("") : STR(" ");
	}
}

void inline_finish(struct walk *w)
{
	if (w->has_signs)
		rewrite_signs(w);
	if (w->has_break)
		join_lines(w);
	w->has_break = w->has_signs = false;
}
