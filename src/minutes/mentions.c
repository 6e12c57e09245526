/* Labels of documents and attendees in the words: links to them, and documents that nobody declared. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 3 };

static const struct str dashes[] = { STR_INIT("-"), STR_INIT("‐"), STR_INIT("–"), STR_INIT("−") };
enum { DASH_COUNT = sizeof dashes / sizeof *dashes };

struct insertion { /* a link around bytes of a run's text */
	uint32_t run, start, end;
	uint32_t number; /* document, or their count and more: attendee */
};

struct cited {
	uint32_t document, statement;
};

struct mentions {
	struct reader *r;
	struct terms *terms;
	uint32_t documents, attendees;
	struct buf list;       /* of struct term, while it is made */
	struct map declared;   /* comparable labels of documents */
	struct map stems;      /* 資料５－ of 資料５－１; the value of its terms is documents + attendees */
	struct map undeclared; /* said already */
	struct buf insertions; /* of struct insertion */
	struct buf cited;      /* of struct cited */
};

static bool is_dash(uint32_t point)
{
	return point == '-' || point == 0xff0d || (point >= 0x2010 && point <= 0x2013) || point == 0x2212;
}

/* A label with each dash written like this. */
static struct str with_dashes(struct arena *a, struct str s, struct str dash)
{
	struct buf out = { 0 };
	size_t length;
	for (size_t at = 0; at < s.n; at += length)
		buf_put(&out, is_dash(str_point(s, at, &length)) ? dash : str_n(s.p + at, length));
	struct str made = arena_str(a, buf_str(&out));
	buf_release(&out);
	return made;
}

static struct str comparable(struct arena *a, struct str label)
{
	return fold_label(a, with_dashes(a, label, dashes[0]));
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

static void term_add(struct mentions *ms, struct str words, uint32_t value)
{
	struct arena *a = ms->r->arena;
	size_t length;
	bool dashed = false;
	for (size_t at = 0; at < words.n; at += length)
		dashed = dashed || is_dash(str_point(words, at, &length));
	for (size_t i = 0; i < (dashed ? DASH_COUNT : 1); i++) {
		struct str variant = dashed ? with_dashes(a, words, dashes[i]) : words;
		*VEC_ADD(&ms->list, struct term) = (struct term){ variant, value };
	}
}

/* Bytes of s without the number at its end. */
static size_t stem_length(struct str s)
{
	size_t length, end = 0;
	bool digits = false;
	for (size_t at = 0; at < s.n; at += length) {
		bool digit = point_is_digit(str_point(s, at, &length));
		if (digit && !digits)
			end = at;
		digits = digit;
	}
	return digits ? end : 0;
}

static bool has_letters(struct str s)
{
	size_t length, letters = 0;
	for (size_t at = 0; at < s.n; at += length)
		letters += point_is_letter(str_point(s, at, &length));
	return letters >= 2;
}

static void add_document(struct mentions *ms, uint32_t i)
{
	struct arena *a = ms->r->arena;
	struct str label = str_trim(ms->r->m->front.documents.items[i].label);
	struct str stem = str_n(label.p, stem_length(label));
	map_add(&ms->declared, comparable(a, label), i);
	if (is_long_enough(label))
		term_add(ms, label, i);
	if (has_letters(stem) && map_add(&ms->stems, comparable(a, stem), i))
		term_add(ms, stem, ms->documents + ms->attendees);
}

struct mentions *mentions_open(struct reader *r)
{
	const struct record_front *front = &r->m->front;
	struct mentions *ms = ARENA_NEW(r->arena, struct mentions);
	ms->r = r;
	ms->documents = (uint32_t)front->documents.count;
	ms->attendees = (uint32_t)front->attendees.attendee_count;
	for (uint32_t i = 0; i < ms->documents; i++)
		add_document(ms, i);
	for (uint32_t i = 0; i < ms->attendees; i++)
		if (is_long_enough(front->attendees.attendees[i].label))
			term_add(ms, front->attendees.attendees[i].label, ms->documents + i);
	ms->terms = terms_open(VEC_AT(&ms->list, struct term), VEC_COUNT(&ms->list, struct term), r->arena);
	return ms;
}

const struct terms *mentions_terms(const struct mentions *ms)
{
	return ms->terms;
}

/* 資料５－１ stands in 参考資料５－１, 岡座長 in 吉岡座長: what makes it another label is no mention. */
static bool is_part_of_other(struct str words, size_t start, size_t end)
{
	size_t length, next, before = start;
	while (before > 0 && ((unsigned char)words.p[--before] & 0xc0) == 0x80)
		;
	if (start > 0 && point_is_han(str_point(words, start, &length)) &&
		point_is_han(str_point(words, before, &length)))
		return true;
	size_t last = end;
	while (last > start && ((unsigned char)words.p[--last] & 0xc0) == 0x80)
		;
	uint32_t after = str_point(words, end, &next);
	if (next == 0 || !point_is_digit(str_point(words, last, &length)))
		return false;
	return point_is_digit(after) || (is_dash(after) && point_is_digit(str_point(words, end + next, &length)));
}

/* 資料３部 counts documents. */
static bool is_counter(uint32_t point)
{
	switch (point) {
	case 0x90e8: /* 部 */
	case 0x679a: /* 枚 */
	case 0x70b9: /* 点 */
	case 0x4ef6: /* 件 */
	case 0x7a2e: /* 種 */
	case 0x518a: /* 冊 */
	case 0x5e74: /* 年 */
	case 0x3064: /* つ */
		return true;
	default:
		return false;
	}
}

/* A stem was found: the number behind it makes a label, which should be declared. */
static void check_stem(struct mentions *ms, struct str words, const struct term_hit *hit, const struct span *span)
{
	size_t at = hit->end, length, digits = 0;
	bool spaced = false;
	while (at < span->end && words.p[at] == ' ' && !spaced) {
		spaced = true;
		at++;
	}
	for (; at < span->end && point_is_digit(str_point(words, at, &length)); at += length)
		digits++;
	uint32_t after = str_point(words, at, &length);
	if (digits == 0 || digits > DIGITS_MOST || is_counter(after) || point_is_latin(after) ||
		is_part_of_other(words, hit->start, at))
		return;
	struct reader *r = ms->r;
	struct str label = str_n(words.p + hit->start, at - hit->start), folded = comparable(r->arena, label);
	if (map_get(&ms->declared, folded, NULL) || !map_add(&ms->undeclared, folded, 0))
		return;
	uint32_t line = r->doc->runs[span->run].line;
	struct loc loc = loc_at(r->m->path, line, source_column(r, line, label));
	loc.width = (uint32_t)str_points(label);
	diag_add(r->diags, DOCUMENT_UNDECLARED, loc, diag_text(r->diags, _("add it to documents")),
		_("「%.*s」 is cited but not declared"), STR_ARG(label));
}

static void note_mention(struct mentions *ms, uint32_t statement, const struct term_hit *hit, const struct span *span)
{
	*VEC_ADD(&ms->insertions, struct insertion) =
		(struct insertion){ span->run, hit->start - span->start, hit->end - span->start, hit->value };
	if (hit->value < ms->documents && statement != NONE)
		*VEC_ADD(&ms->cited, struct cited) = (struct cited){ hit->value, statement };
}

void mentions_note(
	struct mentions *ms, uint32_t statement, struct str words, const struct buf *hits, const struct buf *spans)
{
	const struct span *span = VEC_AT(spans, struct span);
	size_t at = 0, span_count = VEC_COUNT(spans, struct span);
	uint32_t behind = 0;
	for (size_t i = 0; i < VEC_COUNT(hits, struct term_hit); i++) {
		const struct term_hit *hit = &VEC_AT(hits, struct term_hit)[i];
		while (at < span_count && span[at].end <= hit->start)
			at++;
		/* Inside a link, or half in bold; or a second value at the same place. */
		if (at == span_count || span[at].start > hit->start || span[at].end < hit->end || hit->start < behind)
			continue;
		if (hit->value == ms->documents + ms->attendees)
			check_stem(ms, words, hit, &span[at]);
		else if (!is_part_of_other(words, hit->start, hit->end)) {
			note_mention(ms, statement, hit, &span[at]);
			behind = hit->end;
		}
	}
}

static int compare_insertions(const void *left, const void *right)
{
	const struct insertion *a = left, *b = right;
	if (a->run != b->run)
		return a->run < b->run ? -1 : 1;
	return a->start < b->start ? -1 : a->start > b->start;
}

static uint32_t add_link(struct meeting *m, const struct insertion *in)
{
	uint32_t index = (uint32_t)m->doc.link_count++;
	m->doc.links[index] =
		(struct md_link){ .kind = MD_LINK_MENTION, .line = m->doc.runs[in->run].line, .number = in->number };
	return index;
}

/* Copies a run, with the links that go into it. */
static struct md_run *split_run(struct meeting *m, const struct md_run *run, const struct insertion **in,
	const struct insertion *end, struct md_run *out)
{
	uint32_t index = (uint32_t)(run - m->doc.runs), at = 0;
	for (; *in < end && (*in)->run == index; ++*in) {
		uint32_t link = add_link(m, *in);
		if ((*in)->start > at) {
			*out = *run;
			out->literal = run->literal && at == 0;
			out++->text = str_n(run->text.p + at, (*in)->start - at);
		}
		*out++ = (struct md_run){ .kind = MD_LINK, .line = run->line, .link = link };
		*out++ = (struct md_run){ .kind = MD_TEXT,
			.line = run->line,
			.text = str_n(run->text.p + (*in)->start, (*in)->end - (*in)->start) };
		*out++ = (struct md_run){ .kind = MD_LINK_END, .line = run->line, .link = link };
		at = (*in)->end;
	}
	if (at == 0 || at < run->text.n) {
		*out = *run;
		out->literal = run->literal && at == 0;
		out++->text = at == 0 ? run->text : str_from(run->text, at);
	}
	return out;
}

/* Everything that counts runs counts them anew. */
static void renumber(struct meeting *m, const uint32_t *place)
{
	for (size_t b = 0; b < m->doc.block_count; b++) {
		m->doc.blocks[b].first_run = place[m->doc.blocks[b].first_run];
		m->doc.blocks[b].end_run = place[m->doc.blocks[b].end_run];
	}
	for (size_t p = 0; p < m->piece_count; p++) {
		m->pieces[p].first = place[m->pieces[p].first];
		m->pieces[p].end = place[m->pieces[p].end];
	}
	for (size_t i = 0; i < m->item_count; i++)
		m->items[i].title_run = place[m->items[i].title_run];
}

static void link_runs(struct mentions *ms)
{
	struct meeting *m = ms->r->m;
	struct md_doc *doc = &m->doc;
	size_t count = VEC_COUNT(&ms->insertions, struct insertion);
	if (count == 0)
		return;
	const struct insertion *in = VEC_AT(&ms->insertions, struct insertion), *end = in + count;
	qsort(ms->insertions.p, count, sizeof *in, compare_insertions);
	struct md_link *links = ARENA_ARRAY(ms->r->arena, struct md_link, doc->link_count + count);
	bool *withheld = ARENA_ARRAY(ms->r->arena, bool, doc->link_count + count);
	if (doc->link_count > 0) {
		memcpy(links, doc->links, doc->link_count * sizeof *links);
		memcpy(withheld, m->link_withheld, doc->link_count * sizeof *withheld);
	}
	doc->links = links;
	m->link_withheld = withheld;
	struct md_run *runs = ARENA_ARRAY(ms->r->arena, struct md_run, doc->run_count + 4 * count), *out = runs;
	uint32_t *place = mem_alloc((doc->run_count + 1) * sizeof *place);
	for (size_t i = 0; i < doc->run_count; i++) {
		place[i] = (uint32_t)(out - runs);
		out = split_run(m, &doc->runs[i], &in, end, out);
	}
	place[doc->run_count] = (uint32_t)(out - runs);
	renumber(m, place);
	free(place);
	doc->runs = runs;
	doc->run_count = (size_t)(out - runs);
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
	link_runs(ms);
	list_statements(ms);
	buf_release(&ms->list);
	buf_release(&ms->insertions);
	buf_release(&ms->cited);
	map_release(&ms->declared);
	map_release(&ms->stems);
	map_release(&ms->undeclared);
}
