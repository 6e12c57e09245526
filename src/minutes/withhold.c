/* What closed parts cover is taken out of the document itself, so that no later room can print it by mistake. */
#include "minutes/reader.h"

#include <string.h>

void withhold_runs(struct reader *r, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		struct md_run *run = &r->doc->runs[i];
		if (run->kind == MD_LINK || run->kind == MD_IMAGE) {
			r->m->link_withheld[run->link] = true;
			r->doc->links[run->link].target = STR("");
			r->doc->links[run->link].title = STR("");
		}
		if (run->kind == MD_FOOTNOTE_REF || run->kind == MD_CODE_SPAN)
			run->kind = MD_TEXT;
		run->text = STR("");
	}
}

void withhold_block(struct reader *r, uint32_t block)
{
	for (uint32_t b = block; b < r->doc->blocks[block].end; b++) {
		struct md_block *at = &r->doc->blocks[b];
		withhold_runs(r, at->first_run, at->end_run);
		if (at->kind != MD_FOOTNOTE)
			at->text = at->info = STR("");
	}
}

void withhold_lines(struct reader *r, uint32_t first, uint32_t last)
{
	*VEC_ADD(&r->closed_lines, struct lines) = (struct lines){ first, last + 1 };
}

bool source_is_quoted(struct reader *r, uint32_t line)
{
	struct str s = str_trim_start(source_line(r, line));
	return str_empty(s) || s.p[0] == '>';
}

bool line_is_withheld(const struct reader *r, uint32_t line)
{
	const struct lines *list = VEC_AT(&r->closed_lines, struct lines);
	size_t low = 0, high = VEC_COUNT(&r->closed_lines, struct lines);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (line >= list[middle].end)
			low = middle + 1;
		else if (line < list[middle].first)
			high = middle;
		else
			return true;
	}
	return false;
}

struct notes {
	uint32_t *blocks;  /* by the parser's number: the definition, or NONE */
	uint32_t *numbers; /* by the parser's number: what it is published as, or 0 */
	size_t count;
	struct buf published; /* of struct footnote */
};

static void find_definitions(struct reader *r, struct notes *n)
{
	const struct md_doc *doc = r->doc;
	for (uint32_t b = 0; b < doc->block_count; b++)
		if (doc->blocks[b].kind == MD_FOOTNOTE && doc->blocks[b].number >= n->count)
			n->count = doc->blocks[b].number + (size_t)1;
	n->blocks = ARENA_ARRAY(r->arena, uint32_t, n->count);
	n->numbers = ARENA_ARRAY(r->arena, uint32_t, n->count);
	memset(n->blocks, 0xff, n->count * sizeof *n->blocks);
	for (uint32_t b = 0; b < doc->block_count; b++)
		if (doc->blocks[b].kind == MD_FOOTNOTE && !line_is_withheld(r, doc->blocks[b].line))
			n->blocks[doc->blocks[b].number] = b;
}

/* Numbers the footnotes that runs cite; a mark whose footnote is withheld goes with it. */
static void cite(struct reader *r, struct notes *n, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		struct md_run *run = &r->doc->runs[i];
		if (run->kind != MD_FOOTNOTE_REF)
			continue;
		uint32_t number = run->link;
		if (number >= n->count || n->blocks[number] == NONE) {
			run->kind = MD_TEXT;
			run->text = STR("");
			continue;
		}
		run->first = n->numbers[number] == 0;
		if (run->first) {
			struct footnote *f = VEC_ADD(&n->published, struct footnote);
			f->block = n->blocks[number];
			f->number = n->numbers[number] = READER_COUNT(&n->published, struct footnote);
		}
		run->link = n->numbers[number];
	}
}

/* Definitions that nobody cites any more: only a closed part did. */
static void drop_uncited(struct reader *r, const struct notes *n)
{
	for (uint32_t b = 0; b < r->doc->block_count; b++) {
		struct md_block *block = &r->doc->blocks[b];
		if (block->kind != MD_FOOTNOTE)
			continue;
		if (n->numbers[block->number] == 0 || n->blocks[block->number] != b)
			withhold_block(r, b);
		else
			block->number = n->numbers[block->number];
	}
}

void footnotes_settle(struct reader *r)
{
	struct notes n = { 0 };
	const struct md_doc *doc = r->doc;
	find_definitions(r, &n);
	if (n.count == 0)
		return;
	/* Runs stand in the order of their blocks, so what is no definition's is cited in order of reading. */
	uint32_t at = 0;
	for (uint32_t b = 0; b < doc->block_count; b++) {
		if (doc->blocks[b].kind != MD_FOOTNOTE)
			continue;
		uint32_t own = UINT32_MAX, own_end = 0;
		for (uint32_t c = b + 1; c < doc->blocks[b].end; c++) {
			if (doc->blocks[c].first_run == doc->blocks[c].end_run)
				continue;
			own = doc->blocks[c].first_run < own ? doc->blocks[c].first_run : own;
			own_end = doc->blocks[c].end_run;
		}
		if (own_end == 0)
			continue;
		cite(r, &n, at, own);
		at = own_end;
	}
	cite(r, &n, at, (uint32_t)doc->run_count);
	for (size_t i = 0; i < VEC_COUNT(&n.published, struct footnote); i++) {
		struct footnote f = VEC_AT(&n.published, struct footnote)[i];
		for (uint32_t c = f.block; c < doc->blocks[f.block].end; c++)
			cite(r, &n, doc->blocks[c].first_run, doc->blocks[c].end_run);
	}
	drop_uncited(r, &n);
	r->m->footnote_count = VEC_COUNT(&n.published, struct footnote);
	r->m->footnotes = buf_settle(&n.published, r->arena);
}
