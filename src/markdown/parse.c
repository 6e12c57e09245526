/* md_parse: shields, limits, cmark, the walk, and what was lost. */
#include "markdown/parse.h"

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

static bool build(struct walk *w)
{
	cmark_node *root = parse_tree(w->sh);
	/* Room for all text in one piece: entities grow at most from `&nGt;` to six bytes. */
	size_t room = w->sh->text.n + w->sh->text.n / 5;
	w->room = arena_alloc(w->arena, room);
	w->room_end = w->room + room;
	w->covered = mem_alloc(shield_line_count(w->sh) + 1);
	tree_walk(w, root);
	if (w->too_deep)
		diag_add(w->ds, LIMIT_EXCEEDED, loc_at(w->doc->path, shield_file_line(w->sh, w->line), 1), STR_NONE,
			_("emphasis and links are nested more than %d deep"), MD_LIMIT_NESTING);
	else
		lost_find(w);
	settle(w);
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
