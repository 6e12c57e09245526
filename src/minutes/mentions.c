/* Labels of documents and attendees in the words: links to them, and documents that nobody declared. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 3 };

struct insertion { /* a link around bytes of a run's text */
	uint32_t run, start, end;
	uint32_t number; /* document, or their count and more: attendee */
};

struct cited {
	uint32_t document, statement;
};

struct mentions {
	struct reader *r;
	struct terms *terms; /* of value: document, their count and more: attendee, both counts: stem */
	uint32_t documents, attendees;
	struct map declared;   /* comparable labels of documents */
	struct map stems;      /* 資料５－ of 資料５－１ */
	struct map files;      /* their files and addresses, as written */
	struct map undeclared; /* said already */
	struct buf hits;       /* of struct term_hit */
	struct buf insertions; /* of struct insertion */
	struct buf cited;      /* of struct cited */
	bool *named;           /* one per document: something names it */
};

static struct str comparable(struct arena *a, struct str label)
{
	return fold_label(a, terms_fold(a, label).words);
}

/* Two words, or three characters of a script without spaces. */
static bool is_long_enough(struct str label)
{
	size_t length, words = 0, points = 0;
	bool inside = false, joined = false;
	for (size_t at = 0; at < label.n; at += length, points++) {
		uint32_t point = str_point(label, at, &length);
		bool space = point_is_space(point);
		words += !space && !inside;
		inside = !space;
		joined = joined || point_is_han(point) || point_is_kana(point);
	}
	return joined ? points >= 3 : words >= 2;
}

/* s without the number at its end; "" without a number there, or with fewer than two letters before it. */
static struct str stem_of(struct str s)
{
	size_t length, end = 0, letters = 0;
	bool digits = false;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		if (point_is_digit(point) && !digits)
			end = at;
		digits = point_is_digit(point);
		letters += point_is_letter(point);
	}
	return digits && letters >= 2 ? str_n(s.p, end) : STR("");
}

static void add_document(struct mentions *ms, uint32_t i, struct buf *list)
{
	struct arena *a = ms->r->scratch;
	struct str label = str_trim(ms->r->m->front.documents.items[i].label), stem = stem_of(label);
	const struct document *d = &ms->r->m->front.documents.items[i];
	map_add(&ms->declared, comparable(a, label), i);
	if (!str_empty(d->file) || !str_empty(d->url))
		map_add(&ms->files, str_empty(d->file) ? d->url : d->file, i);
	if (is_long_enough(label))
		*VEC_ADD(list, struct term) = (struct term){ label, i };
	if (!str_empty(stem) && map_add(&ms->stems, comparable(a, stem), i))
		*VEC_ADD(list, struct term) = (struct term){ stem, ms->documents + ms->attendees };
}

struct mentions *mentions_open(struct reader *r)
{
	const struct record_front *front = &r->m->front;
	struct mentions *ms = ARENA_NEW(r->scratch, struct mentions);
	struct buf list = { 0 }; /* of struct term */
	ms->r = r;
	ms->documents = (uint32_t)front->documents.count;
	ms->attendees = (uint32_t)front->attendees.attendee_count;
	ms->named = ARENA_ARRAY(r->scratch, bool, ms->documents);
	for (uint32_t i = 0; i < ms->documents; i++)
		add_document(ms, i, &list);
	for (uint32_t i = 0; i < ms->attendees && !front->anonymous; i++)
		if (is_long_enough(front->attendees.attendees[i].label))
			*VEC_ADD(&list, struct term) =
				(struct term){ front->attendees.attendees[i].label, ms->documents + i };
	ms->terms = terms_open(VEC_AT(&list, struct term), VEC_COUNT(&list, struct term), r->scratch);
	buf_release(&list);
	return ms;
}

/* 資料５－１ stands in 参考資料５－１, 岡座長 in 吉岡座長: what makes it another label is no mention. */
static bool is_part_of_other(struct str words, size_t start, size_t end)
{
	size_t length, next;
	if (start > 0 && point_is_han(str_point(words, start, &length)) &&
		point_is_han(str_point_before(words, start, &length)))
		return true;
	uint32_t after = str_point(words, end, &next);
	return point_is_digit(str_point_before(words, end, &length)) &&
		(point_is_digit(after) ||
			(point_is_dash(after) && point_is_digit(str_point(words, end + next, &length))));
}

/* A stem was found: the number behind it makes a label, which should be declared. */
static void check_stem(struct mentions *ms, struct str words, const struct term_hit *hit, const struct md_place *span)
{
	size_t at = hit->end, length, digits = 0;
	if (at < span->end && words.p[at] == ' ')
		at++;
	for (; at < span->end && point_is_digit(str_point(words, at, &length)); at += length)
		digits++;
	uint32_t after = str_point(words, at, &length);
	bool counts = point_is_one_of(after, STR("部枚点件種冊年つ")); /* 資料３部 */
	if (digits == 0 || digits > DIGITS_MOST || (counts && length > 0) || point_is_latin(after) ||
		is_part_of_other(words, hit->start, at))
		return;
	struct reader *r = ms->r;
	struct str label = str_n(words.p + hit->start, at - hit->start), folded = comparable(r->scratch, label);
	if (map_get(&ms->declared, folded, NULL) || !map_add(&ms->undeclared, folded, 0))
		return;
	diag_add(r->diags, DOCUMENT_UNDECLARED, source_loc(r, r->doc->runs[span->run].line, label),
		diag_text(r->diags, _("add it to documents")), _("「%.*s」 is cited but not declared"), STR_ARG(label));
}

static void cite(struct mentions *ms, uint32_t document, uint32_t statement)
{
	ms->named[document] = true;
	if (statement != NONE)
		*VEC_ADD(&ms->cited, struct cited) = (struct cited){ document, statement };
}

void mentions_note(struct mentions *ms, uint32_t statement, const struct folded *folded, const struct buf *spans)
{
	struct str words = folded->text;
	const struct buf *hits = &ms->hits;
	size_t at = 0, count = VEC_COUNT(spans, struct md_place);
	uint32_t behind = 0;
	buf_clear(&ms->hits);
	terms_find(ms->terms, folded, &ms->hits);
	for (size_t i = 0; i < VEC_COUNT(hits, struct term_hit); i++) {
		const struct term_hit *hit = &VEC_AT(hits, struct term_hit)[i];
		const struct md_place *span = VEC_AT(spans, struct md_place);
		while (at < count && span[at].end <= hit->start)
			at++;
		bool plain = at < count && span[at].start <= hit->start && span[at].end >= hit->end;
		if (hit->start < behind) /* a second value at the same place */
			continue;
		if (hit->value == ms->documents + ms->attendees) {
			if (plain)
				check_stem(ms, words, hit, &span[at]);
			continue;
		}
		if (is_part_of_other(words, hit->start, hit->end))
			continue;
		if (hit->value < ms->documents)
			cite(ms, hit->value, plain ? statement : NONE);
		if (!plain) /* inside a link, which may lead to another; in code; half in bold */
			continue;
		behind = hit->end;
		*VEC_ADD(&ms->insertions, struct insertion) = (struct insertion){ span[at].run,
			hit->start - span[at].start, behind - span[at].start, hit->value };
	}
}

/* Headings, the agenda, outcomes and the summary name documents, too. */
static void look_in(struct mentions *ms, struct str words)
{
	struct folded folded = terms_fold(ms->r->scratch, words);
	mentions_note(ms, NONE, &folded, &(struct buf){ 0 });
}

void mentions_link(struct mentions *ms, uint32_t statement, uint32_t link)
{
	const struct md_link *l = &ms->r->doc->links[link];
	struct str rest = l->target;
	size_t document;
	bool found = l->kind == MD_LINK_WIKI
		? map_get(&ms->declared, comparable(ms->r->scratch, rest), &document)
		: map_get(&ms->files, rest, &document) || map_get(&ms->files, str_cut(&rest, STR("#")), &document);
	if (found)
		cite(ms, (uint32_t)document, statement);
}

/* Of a meeting that was held: in a notice, documents are only announced. One without a label cannot be named. */
static void check_unused(struct mentions *ms)
{
	const struct meeting *m = ms->r->m;
	bool held = m->front.status == STATUS_CONFIRMED || m->front.status == STATUS_PROVISIONAL;
	if (!held || m->flow_count == 0 || !str_empty(m->front.record) || ms->documents == 0)
		return;
	for (size_t i = 0; i < m->item_count; i++)
		look_in(ms, m->items[i].title);
	for (size_t i = 0; i < m->front.agenda.count; i++)
		look_in(ms, m->front.agenda.parts[i].title);
	for (size_t i = 0; i < m->callout_count; i++)
		look_in(ms, m->callouts[i].outcome);
	look_in(ms, m->front.summary);
	for (uint32_t i = 0; i < ms->documents; i++) {
		const struct document *d = &m->front.documents.items[i];
		/* What is closed is shown in no finding either. */
		if (ms->named[i] || !is_long_enough(str_trim(d->label)) || !str_empty(d->closed))
			continue;
		diag_add(ms->r->diags, DOCUMENT_UNUSED, d->loc,
			diag_text(ms->r->diags, _("name it where it was used, or use 「-W document-unused=off」")),
			_("「%.*s」 is declared, and the record never names it"), STR_ARG(d->label));
	}
}

static int compare_insertions(const void *left, const void *right)
{
	const struct insertion *a = left, *b = right;
	if (a->run != b->run)
		return a->run < b->run ? -1 : 1;
	return a->start < b->start ? -1 : a->start > b->start;
}

static void add_link(struct md_doc *doc, const struct insertion *in)
{
	struct md_run *run = &doc->runs[in->run];
	if (run->link == MD_NONE)
		run->link = (uint32_t)doc->link_count;
	else
		doc->links[doc->link_count - 1].more = true;
	doc->links[doc->link_count++] = (struct md_link){ .kind = MD_LINK_MENTION,
		.line = run->line,
		.number = in->number,
		.target = str_n(run->text.p + in->start, in->end - in->start) };
}

static void add_links(struct mentions *ms)
{
	struct md_doc *doc = ms->r->doc;
	size_t count = VEC_COUNT(&ms->insertions, struct insertion);
	if (count == 0)
		return;
	struct md_link *links = ARENA_ARRAY(ms->r->arena, struct md_link, doc->link_count + count);
	for (size_t i = 0; i < doc->link_count; i++)
		links[i] = doc->links[i];
	doc->links = links;
	qsort(ms->insertions.p, count, sizeof(struct insertion), compare_insertions);
	for (size_t i = 0; i < count; i++)
		add_link(doc, &VEC_AT(&ms->insertions, struct insertion)[i]);
}

static int compare_cited(const void *left, const void *right)
{
	const struct cited *a = left, *b = right;
	if (a->document != b->document)
		return a->document < b->document ? -1 : 1;
	return a->statement < b->statement ? -1 : a->statement > b->statement;
}

static void list_statements(struct mentions *ms)
{
	struct meeting *m = ms->r->m;
	size_t count = VEC_COUNT(&ms->cited, struct cited);
	struct cited *c = VEC_AT(&ms->cited, struct cited);
	m->document_mentions = ARENA_ARRAY(ms->r->arena, struct range, ms->documents);
	m->mentions = ARENA_ARRAY(ms->r->arena, uint32_t, count);
	if (count > 0)
		qsort(c, count, sizeof *c, compare_cited);
	size_t i = 0;
	for (uint32_t d = 0; d < ms->documents; d++) {
		m->document_mentions[d].first = (uint32_t)m->mention_count;
		for (; i < count && c[i].document == d; i++)
			if (i == 0 || compare_cited(&c[i - 1], &c[i]) != 0)
				m->mentions[m->mention_count++] = c[i].statement;
		m->document_mentions[d].end = (uint32_t)m->mention_count;
	}
}

void mentions_settle(struct mentions *ms)
{
	check_unused(ms);
	add_links(ms);
	list_statements(ms);
	buf_release(&ms->hits);
	buf_release(&ms->insertions);
	buf_release(&ms->cited);
	map_release(&ms->declared);
	map_release(&ms->files);
	map_release(&ms->stems);
	map_release(&ms->undeclared);
}
