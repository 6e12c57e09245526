/* What closed parts cover is taken out of the document itself, so that no later room can print it by mistake. */
#include "minutes/reader.h"

#include <string.h>

void withhold_runs(struct reader *r, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		struct md_run *run = &r->doc->runs[i];
		if (run->kind == MD_LINK || run->kind == MD_IMAGE) {
			struct md_link *link = &r->doc->links[run->link];
			link->target = link->title = STR("");
			link->withheld = true;
		}
		if (run->kind == MD_FOOTNOTE_REF || run->kind == MD_CODE_SPAN)
			*run = (struct md_run){
				.kind = MD_TEXT, .line = run->line, .link = MD_NONE, .depth = run->depth
			};
		run->text = STR("");
	}
}

void withhold_block(struct reader *r, uint32_t block)
{
	for (uint32_t b = block; b < r->doc->blocks[block].end; b++) {
		struct md_block *at = &r->doc->blocks[b];
		withhold_runs(r, at->first_run, at->end_run);
		if (at->kind == MD_CODE)
			r->doc->codes[at->number] = (struct md_code){ 0 };
	}
}

void withhold_lines(struct reader *r, uint32_t first, uint32_t last)
{
	*VEC_ADD(&r->closed_lines, struct lines) = (struct lines){ first, last + 1 };
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

/* Footnotes by the parser's number. */
struct notes {
	uint32_t *blocks;  /* the definition, or NONE */
	uint32_t *numbers; /* what it is published as, or 0 */
	size_t count;
	struct buf published; /* of struct footnote */
};

static bool find_notes(struct reader *r, struct notes *n)
{
	const struct md_block *blocks = r->doc->blocks;
	for (uint32_t b = 0; b < r->doc->block_count; b++)
		if (blocks[b].kind == MD_FOOTNOTE && blocks[b].number >= n->count)
			n->count = blocks[b].number + (size_t)1;
	n->blocks = ARENA_ARRAY(r->scratch, uint32_t, n->count);
	n->numbers = ARENA_ARRAY(r->scratch, uint32_t, n->count);
	memset(n->blocks, 0xff, n->count * sizeof *n->blocks);
	for (uint32_t b = 0; b < r->doc->block_count; b++)
		if (blocks[b].kind == MD_FOOTNOTE && !line_is_withheld(r, blocks[b].line))
			n->blocks[blocks[b].number] = b;
	return n->count > 0;
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
			withhold_runs(r, i, i + 1);
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
		if (n->numbers[block->number] == 0 || n->blocks[block->number] != b) {
			withhold_block(r, b);
			withhold_lines(
				r, block->line - 1, block->end_line); /* nobody asks for lines in order any more */
		} else
			block->number = n->numbers[block->number];
	}
}

/* In order of reading: first what is cited outside of definitions, then what they cite themselves. */
void footnotes_settle(struct reader *r)
{
	struct notes n = { 0 };
	const struct md_block *blocks = r->doc->blocks;
	if (!find_notes(r, &n))
		return;
	bool *inside = ARENA_ARRAY(r->scratch, bool, r->doc->run_count);
	for (uint32_t b = 0; b < r->doc->block_count; b++)
		for (uint32_t c = b; blocks[b].kind == MD_FOOTNOTE && c < blocks[b].end; c++)
			memset(inside + blocks[c].first_run, true, blocks[c].end_run - blocks[c].first_run);
	for (uint32_t i = 0; i < r->doc->run_count; i++)
		if (!inside[i])
			cite(r, &n, i, i + 1);
	for (size_t i = 0; i < VEC_COUNT(&n.published, struct footnote); i++) {
		uint32_t b = VEC_AT(&n.published, struct footnote)[i].block;
		for (uint32_t c = b; c < blocks[b].end; c++)
			cite(r, &n, blocks[c].first_run, blocks[c].end_run);
	}
	drop_uncited(r, &n);
	r->m->footnote_count = VEC_COUNT(&n.published, struct footnote);
	r->m->footnotes = buf_settle(&n.published, r->arena);
}

/* What a closed meeting withholds goes; so do the files of single closed documents, which the site must know all the same:
 * nothing else may publish them. */
void closed_settle(struct reader *r)
{
	struct record_front *f = &r->m->front;
	struct texts *closed = &r->m->closed_files;
	closed->items = ARENA_ARRAY(r->arena, struct text_item, f->documents.count + 1);
	for (size_t i = 0; i < f->documents.count; i++) {
		struct document *d = &f->documents.items[i];
		if (!r->m->withheld && str_empty(d->closed))
			continue;
		if (!str_empty(d->source_path))
			closed->items[closed->count++] = (struct text_item){ d->source_path, d->loc };
		d->file = d->url = d->source_path = STR("");
	}
	if (!r->m->withheld)
		return;
	if (!str_empty(f->record_path))
		closed->items[closed->count++] = (struct text_item){ f->record_path, f->loc };
	struct record_front open = {
		.title = f->title,
		.kind = f->kind,
		.status = f->status,
		.number = f->number,
		.session = f->session,
		.date = f->date,
		.end_date = f->end_date,
		.time = { { -1, 0 }, { -1, 0 } },
		.attendees = f->attendees,
		.confirmed_on = f->confirmed_on,
		.confirmed_by = f->confirmed_by,
		.confirmed_at = f->confirmed_at,
		.record_of = f->record_of,
		.publish_on = f->publish_on,
		.expire_on = f->expire_on,
		.updated = f->updated,
		.closed = f->closed,
		.closed_given = true,
		.aliases = f->aliases,
		.layout = f->layout,
		.loc = f->loc,
	};
	*f = open;
}

void findings_hush(struct reader *r)
{
	struct str path = r->m->path;
	/* The line that closes something is public. */
	for (uint32_t i = 0; i < READER_COUNT(&r->closed_lines, struct lines); i++) {
		struct lines lines = VEC_AT(&r->closed_lines, struct lines)[i];
		diag_hush(r->diags, path, lines.first + 1, lines.end - 1, true);
	}
}
