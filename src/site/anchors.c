#include "site/anchors.h"

static void add(struct buf *out, struct str anchor)
{
	if (anchor.n == 0)
		return;
	if (out->n)
		buf_byte(out, ' ');
	buf_put(out, anchor);
}

void anchors_of_meeting(const struct meeting *m, struct buf *out)
{
	for (size_t i = 0; i < m->item_count; i++)
		add(out, m->items[i].anchor);
	for (size_t i = 0; i < m->speech_count; i++)
		add(out, m->speeches[i].anchor);
	for (size_t i = 0; i < m->statement_count; i++)
		add(out, m->statements[i].anchor);
	for (size_t i = 0; i < m->callout_count; i++)
		add(out, m->callouts[i].anchor);
	for (size_t i = 0; i < m->tombstone_count; i++)
		add(out, m->tombstones[i].anchor);
	for (size_t i = 1; i <= m->front.corrections.count; i++)
		buf_format(out, "%sc%zu", out->n ? " " : "", i);
}

static void add_headings(const struct md_doc *doc, struct buf *out)
{
	struct arena a;
	size_t count;
	arena_init(&a);
	const struct md_heading *headings = md_headings(doc, &a, &count);
	for (size_t i = 0; i < count; i++)
		add(out, headings[i].id);
	arena_release(&a);
}

void anchors_of_page(const struct site *s, const struct page *p, struct buf *out)
{
	if (p->kind == PAGE_MEETING)
		anchors_of_meeting(s->meetings[p->subject], out);
	else if (p->kind == PAGE_BODY)
		add_headings(&site_body(s, p->edition, p->subject)->doc, out);
	else if ((p->kind == PAGE_PLAIN || p->kind == PAGE_HOME) && p->subject != NONE)
		add_headings(&s->plains[p->subject].doc, out);
}
