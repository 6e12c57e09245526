/* md_parse: shields, limits, cmark, the walk, and what was lost. */
#include "markdown/parse.h"
#include "text/words.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>

void md_init(void)
{
	cmark_gfm_core_extensions_ensure_registered();
}

static cmark_node *parse_tree(const struct shield *sh)
{
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, sh->text.p, sh->text.n);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

static void settle(struct walk *w)
{
	struct md_doc *doc = w->doc;
	doc->block_count = VEC_COUNT(&w->blocks, struct md_block);
	doc->code_count = VEC_COUNT(&w->codes, struct md_code);
	doc->run_count = VEC_COUNT(&w->runs, struct md_run);
	doc->link_count = VEC_COUNT(&w->links, struct md_link);
	doc->blocks = buf_settle(&w->blocks, w->arena);
	doc->codes = buf_settle(&w->codes, w->arena);
	doc->runs = buf_settle(&w->runs, w->arena);
	doc->links = buf_settle(&w->links, w->arena);
}

static void mark_first_citations(struct walk *w)
{
	bool *cited = w->footnotes ? mem_alloc(w->footnotes + (size_t)1) : NULL;
	for (size_t i = 0; cited && i < w->doc->run_count; i++) {
		struct md_run *run = &w->doc->runs[i];
		if (run->kind != MD_FOOTNOTE_REF)
			continue;
		run->first = !cited[run->link];
		cited[run->link] = true;
	}
	free(cited);
}

/* A heading of nothing, which no contents could name. */
static void check_heading(const struct walk *w, const struct md_block *b)
{
	struct buf words = { 0 };
	md_plain_runs(w->doc, b->first_run, b->end_run, &words);
	if (str_empty(str_trim(buf_str(&words))))
		diag_add(w->ds, HEADING_BROKEN, loc_at(w->doc->path, b->line, 1),
			diag_text(w->ds, _("write the heading's words behind it, or take the line out")),
			_("this heading has no words"));
	buf_release(&words);
}

/* `##2. Other business`, in either width: Markdown wants a space there, and a topic has one mark. */
static void check_signs(const struct walk *w, const struct md_block *b)
{
	for (uint32_t i = b->first_run; i < b->end_run; i++) {
		const struct md_run *run = &w->doc->runs[i];
		bool begins = i == b->first_run || run[-1].kind == MD_SOFT || run[-1].kind == MD_HARD;
		size_t signs = 0;
		struct str s = run->text;
		while (str_starts(s, STR("#")) || str_starts(s, STR("＃"))) {
			s = str_from(s, s.p[0] == '#' ? 1 : STR("＃").n);
			signs++;
		}
		if (run->kind == MD_TEXT && begins && !run->literal && signs > 1)
			diag_add(w->ds, HEADING_BROKEN, loc_at(w->doc->path, run->line, 1),
				diag_text(w->ds, _("write 「%.*s %.*s」, or \\ before it if it is plain text"),
					signs > 6 ? 6 : (int)signs, "######", STR_ARG(str_trim(s))),
				_("a heading needs a space behind its signs, without it they are text"));
	}
}

/* Where words stand in a line of the file; *from is a place at the beginning of a line, which goes forward. */
static struct loc find_words(const struct walk *w, uint32_t line, struct str words, struct loc *from, size_t *byte)
{
	struct str rest = str_from(w->doc->body, line < from->line ? 0 : *byte);
	from->line = line < from->line ? w->doc->first_line : from->line;
	for (; from->line < line; from->line++)
		str_cut(&rest, STR("\n"));
	*byte = w->doc->body.n - rest.n;
	struct str s = str_cut(&rest, STR("\n"));
	size_t at = str_find(s, words, 0);
	return loc_at(w->doc->path, line, at == SIZE_MAX ? 1 : str_points(str_n(s.p, at)) + 1);
}

/* `[^1]` in text is what cmark leaves of a footnote that is defined nowhere. */
static void check_footnotes(const struct walk *w, const struct md_run *run, struct loc *from, size_t *byte)
{
	enum { NAME_MOST = 30 };
	struct str s = run->literal ? str_from(run->text, 1) : run->text;
	for (size_t at = 0; !w->ds->flooded && (at = str_find(s, STR("[^"), at)) != SIZE_MAX; at += 2) {
		size_t end = at + 2, length;
		while (end < s.n && end - at < NAME_MOST &&
			(point_is_letter(str_point(s, end, &length)) || point_is_digit(str_point(s, end, &length))))
			end += length;
		struct str mark = str_n(s.p + at, end + 1 - at);
		if (end == at + 2 || end == s.n || s.p[end] != ']')
			continue;
		struct loc loc = find_words(w, run->line, mark, from, byte);
		loc.width = (uint32_t)str_points(mark);
		diag_add(w->ds, LINK_BROKEN, loc,
			diag_text(w->ds,
				_("add a paragraph of its own, 「%.*s: …」, or write \\ before it if it is plain text"),
				STR_ARG(mark)),
			_("no footnote is defined as %.*s"), STR_ARG(mark));
	}
}

static void check_blocks(const struct walk *w)
{
	struct loc from = { .line = w->doc->first_line };
	size_t byte = 0;
	for (size_t i = 0; i < w->doc->block_count; i++) {
		const struct md_block *b = &w->doc->blocks[i];
		if (b->kind == MD_HEADING)
			check_heading(w, b);
		else if (b->kind == MD_PARAGRAPH)
			check_signs(w, b);
		for (uint32_t k = b->first_run; k < b->end_run; k++)
			if (w->doc->runs[k].kind == MD_TEXT)
				check_footnotes(w, &w->doc->runs[k], &from, &byte);
	}
}

static bool build(struct walk *w)
{
	cmark_node *root = parse_tree(w->sh);
	/* Room for all text in one piece: entities grow at most from `&nGt;` to six bytes. */
	size_t room = w->sh->text.n + w->sh->text.n / 5;
	w->room = arena_alloc(w->arena, room);
	const char *room_end = w->room_end = w->room + room;
	w->covered = mem_alloc(shield_line_count(w->sh) + 1);
	tree_walk(w, root);
	if (w->room_end == room_end)
		arena_give_back(w->arena, w->room);
	if (w->too_deep)
		diag_add(w->ds, LIMIT_EXCEEDED, loc_at(w->doc->path, shield_file_line(w->sh, w->line), 1), STR_NONE,
			_("emphasis and links are nested more than %d deep"), MD_LIMIT_NESTING);
	else
		lost_find(w);
	settle(w);
	check_blocks(w);
	mark_first_citations(w);
	free(w->covered);
	cmark_node_free(root);
	return !w->too_deep;
}

bool md_parse(
	struct str body, struct str path, size_t first_line, struct arena *a, struct md_doc *doc, struct diags *ds)
{
	struct shield sh;
	*doc = (struct md_doc){ .path = path, .body = body, .first_line = (uint32_t)first_line };
	shield_open(&sh, body, path, first_line, ds);
	struct walk w = { .doc = doc, .sh = &sh, .arena = a, .ds = ds, .parent = MD_NONE };
	bool parsed = limits_keep(&sh, path, ds) && build(&w);
	shield_close(&sh);
	if (!parsed)
		doc->block_count = doc->code_count = doc->run_count = doc->link_count = 0;
	return parsed;
}
