/* md_parse: shields, limits, cmark, the walk, and what was lost. */
#include "markdown/tree.h"

#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>
#include <string.h>

/* cmark allocates from an arena of its own, given back whole: it takes no context, hence
 * the thread-local pointer, which is set during one md_parse() only. */
static _Thread_local struct arena *scratch;

enum { HEADER = 16 }; /* keeps the size before each piece, for realloc */

static void *scratch_alloc(size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
		abort();
	char *p = arena_alloc(scratch, HEADER + bytes);
	memcpy(p, &bytes, sizeof bytes);
	return p + HEADER;
}

static void *scratch_resize(void *old, size_t size)
{
	size_t had = 0;
	if (old)
		memcpy(&had, (char *)old - HEADER, sizeof had);
	if (old && had >= size)
		return old;
	void *p = scratch_alloc(1, size);
	if (old)
		memcpy(p, old, had);
	return p;
}

static void scratch_free(void *p)
{
	(void)p;
}

void md_init(void)
{
	cmark_gfm_core_extensions_ensure_registered();
}

/* Footnotes stand last; only now are the labels of their marks known. */
static void label_footnotes(struct walk *w)
{
	if (w->footnotes == 0)
		return;
	struct buf labels = { 0 };
	for (size_t i = 0; i < VEC_COUNT(&w->blocks, struct md_block); i++)
		if (VEC_AT(&w->blocks, struct md_block)[i].kind == MD_FOOTNOTE)
			*VEC_ADD(&labels, struct str) = VEC_AT(&w->blocks, struct md_block)[i].text;
	char *cited = mem_alloc(w->footnotes);
	for (size_t i = 0; i < VEC_COUNT(&w->runs, struct md_run); i++) {
		struct md_run *run = &VEC_AT(&w->runs, struct md_run)[i];
		if (run->kind != MD_FOOTNOTE_REF || run->link == 0 || run->link > w->footnotes)
			continue;
		run->text = VEC_AT(&labels, struct str)[run->link - 1];
		run->first = !cited[run->link - 1];
		cited[run->link - 1] = 1;
	}
	free(cited);
	buf_release(&labels);
}

static cmark_node *parse_tree(const struct shield *sh)
{
	static cmark_mem memory = { scratch_alloc, scratch_resize, scratch_free };
	int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8;
	cmark_parser *parser = cmark_parser_new_with_mem(options, &memory);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, sh->text.p, sh->text.n);
	return cmark_parser_finish(parser);
}

static void settle(struct walk *w)
{
	struct md_doc *doc = w->doc;
	doc->block_count = VEC_COUNT(&w->blocks, struct md_block);
	doc->run_count = VEC_COUNT(&w->runs, struct md_run);
	doc->link_count = VEC_COUNT(&w->links, struct md_link);
	doc->blocks = buf_settle(&w->blocks, w->arena);
	doc->runs = buf_settle(&w->runs, w->arena);
	doc->links = buf_settle(&w->links, w->arena);
}

static bool build(struct walk *w)
{
	struct arena memory;
	arena_init(&memory);
	scratch = &memory;
	w->room = arena_alloc(w->arena, w->sh->text.n);
	w->room_end = w->room + w->sh->text.n;
	w->covered = arena_alloc(&memory, shield_line_count(w->sh));
	tree_walk(w, parse_tree(w->sh));
	if (w->too_deep)
		diag_add(w->ds, LIMIT_EXCEEDED, loc_at(w->doc->path, words_file_line(w), 1), STR_NONE,
			_("emphasis and links are nested more than %d deep"), MD_LIMIT_NESTING);
	else
		lost_find(w);
	label_footnotes(w);
	settle(w);
	scratch = NULL;
	arena_release(&memory);
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
		doc->block_count = doc->run_count = doc->link_count = 0;
	return parsed;
}

uint32_t md_column(const struct md_doc *doc, uint32_t line, struct str words)
{
	struct str rest = doc->body, text = STR_NONE;
	for (uint32_t i = doc->first_line; i <= line; i++)
		text = rest.p ? str_cut(&rest, STR("\n")) : STR_NONE;
	size_t at = words.n ? str_find(text, words, 0) : SIZE_MAX;
	if (at == SIZE_MAX)
		at = text.n - str_trim_start(text).n;
	return (uint32_t)str_points(str_n(text.p, at)) + 1;
}
