#include "markdown/markdown.h"

static void put_runs(const struct md_doc *doc, uint32_t first, uint32_t end, struct buf *out, struct buf *places)
{
	for (uint32_t i = first; i < end; i++) {
		const struct md_run *run = &doc->runs[i];
		size_t start = out->n;
		if (run->kind == MD_TEXT || run->kind == MD_CODE_SPAN || run->kind == MD_SOFT)
			buf_put(out, run->text);
		else if (run->kind == MD_HARD)
			buf_byte(out, '\n');
		if (places)
			*VEC_ADD(places, struct md_place) = (struct md_place){ i, (uint32_t)start, (uint32_t)out->n };
	}
}

void md_plain_runs(const struct md_doc *doc, uint32_t first, uint32_t end, struct buf *out)
{
	put_runs(doc, first, end, out, NULL);
}

static bool is_first_cell(const struct md_doc *doc, uint32_t i)
{
	return doc->blocks[i].parent == i - 1;
}

/* What parts a block's words from those before it. */
static void put_separator(const struct md_doc *doc, uint32_t i, size_t start, struct buf *out)
{
	if (doc->blocks[i].kind == MD_CELL && !is_first_cell(doc, i))
		buf_byte(out, '\t');
	else if (out->n > start && out->p[out->n - 1] != '\n')
		buf_byte(out, '\n');
}

static void put_code(const struct md_code *code, struct buf *out)
{
	buf_put(out, str_ends(code->text, STR("\n")) ? str_but(code->text, 1) : code->text);
}

void md_plain_places(const struct md_doc *doc, struct md_piece piece, struct buf *out, struct buf *places)
{
	if (piece.first < piece.end) {
		put_runs(doc, piece.first, piece.end, out, places);
		return;
	}
	size_t start = out->n;
	for (uint32_t i = piece.block; i < doc->blocks[piece.block].end; i++) {
		const struct md_block *b = &doc->blocks[i];
		if (b->kind == MD_PARAGRAPH || b->kind == MD_HEADING || b->kind == MD_CELL || b->kind == MD_CODE)
			put_separator(doc, i, start, out);
		if (b->kind == MD_CODE)
			put_code(&doc->codes[b->number], out);
		else if (b->kind == MD_PARAGRAPH || b->kind == MD_HEADING || b->kind == MD_CELL)
			put_runs(doc, b->first_run, b->end_run, out, places);
	}
}

void md_plain(const struct md_doc *doc, struct md_piece piece, struct buf *out)
{
	md_plain_places(doc, piece, out, NULL);
}
