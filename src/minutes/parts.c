#include "minutes/parts.h"

#include "minutes/read.h"
#include "sys/hash.h"
#include "text/fold.h"
#include "text/words.h"

struct walker {
	struct buf list; /* of struct part */
	uint32_t item, speech;
};

static uint32_t add_part(struct walker *w, enum part_kind kind, uint32_t index, uint32_t flow)
{
	uint32_t number = (uint32_t)VEC_COUNT(&w->list, struct part);
	*VEC_ADD(&w->list, struct part) =
		(struct part){ .kind = kind, .index = index, .item = w->item, .speech = w->speech, .flow = flow };
	return number;
}

static uint32_t line_of(const struct meeting *m, const struct part *p)
{
	switch (p->kind) {
	case PART_ITEM:
		return m->items[p->index].line;
	case PART_SPEECH:
		return m->speeches[p->index].line;
	case PART_TEXT:
		return m->statements[p->index].line;
	default:
		return m->callouts[p->index].line;
	}
}

static void walk_flow(struct walker *w, const struct meeting *m, uint32_t first, uint32_t end)
{
	static const enum part_kind callouts[] = { PART_DECISION, PART_VOTE, PART_ACTION };
	uint32_t speech_end = first;
	for (uint32_t f = first; f < end; f++) {
		uint32_t index = m->flow[f].index;
		if (f >= speech_end)
			w->speech = NONE;
		if (m->flow[f].kind == FLOW_SPEECH) {
			speech_end = m->speeches[index].flow_end;
			w->speech = NONE;
			w->speech = add_part(w, PART_SPEECH, index, f);
		} else if (m->flow[f].kind == FLOW_STATEMENT) {
			add_part(w, PART_TEXT, index, f);
		} else if (m->flow[f].kind == FLOW_CALLOUT && m->callouts[index].kind <= CALLOUT_ACTION) {
			add_part(w, callouts[m->callouts[index].kind], index, f);
		}
	}
	w->speech = NONE;
}

struct parts meeting_parts(const struct meeting *m, struct arena *a)
{
	struct walker w = { .item = NONE, .speech = NONE };
	uint32_t *of_item = ARENA_ARRAY(a, uint32_t, m->item_count + 1);
	of_item[0] = NONE;
	for (uint32_t i = 0; i < m->item_count && !m->withheld; i++) {
		w.item = m->items[i].parent == NONE ? NONE : of_item[m->items[i].parent];
		if (i > 0)
			of_item[i] = add_part(&w, PART_ITEM, i, m->items[i].flow);
		w.item = of_item[i];
		walk_flow(&w, m, m->items[i].flow, m->items[i].flow_end);
	}
	struct parts parts = { .count = VEC_COUNT(&w.list, struct part) };
	parts.items = buf_settle(&w.list, a);
	for (size_t i = 0; i < parts.count; i++)
		parts.items[i].line = line_of(m, &parts.items[i]);
	return parts;
}

static struct str *anchor_of(const struct meeting *m, const struct part *p)
{
	switch (p->kind) {
	case PART_ITEM:
		return &m->items[p->index].anchor;
	case PART_SPEECH:
		return &m->speeches[p->index].anchor;
	case PART_TEXT:
		return &m->statements[p->index].anchor;
	default:
		return &m->callouts[p->index].anchor;
	}
}

struct str part_anchor(const struct meeting *m, const struct part *p)
{
	return *anchor_of(m, p);
}

void part_rename(struct meeting *m, const struct part *p, struct str anchor)
{
	*anchor_of(m, p) = anchor;
}

/* A decision without words of its own has those of the paragraph before, whose address they are. */
static bool repeats(const struct meeting *m, const struct callout *c)
{
	if (c->pieces.first == c->pieces.end)
		return false;
	struct md_piece piece = m->pieces[c->pieces.first];
	return (piece.first < piece.end ? m->doc.runs[piece.first].line : m->doc.blocks[piece.block].line) < c->line;
}

struct str part_words(const struct meeting *m, const struct part *p, struct arena *a)
{
	struct buf words = { 0 };
	if (p->kind == PART_ITEM) {
		buf_put(&words, m->items[p->index].title);
	} else if (p->kind == PART_SPEECH) {
		buf_put(&words, m->speeches[p->index].label);
	} else if (p->kind == PART_TEXT) {
		meeting_words(m, m->statements[p->index].pieces, &words);
	} else {
		const struct callout *c = &m->callouts[p->index];
		buf_put(&words, c->outcome);
		buf_byte(&words, '\n');
		if (!repeats(m, c))
			meeting_words(m, c->pieces, &words);
	}
	struct str squeezed = text_squeeze(a, buf_str(&words));
	buf_release(&words);
	return squeezed;
}

/* The next character that is no white space; 0 at the end. */
static uint32_t next_point(struct str s, size_t *at)
{
	size_t length;
	for (uint32_t point; (point = str_point(s, *at, &length)) != 0;) {
		*at += length;
		if (!point_is_space(point))
			return point;
	}
	return 0;
}

bool words_same(struct str a, struct str b)
{
	size_t i = 0, k = 0;
	if (str_eq(a, b))
		return true;
	for (;;) {
		uint32_t left = next_point(a, &i), right = next_point(b, &k);
		if (left != right)
			return false;
		if (left == 0)
			return true;
	}
}

static struct str without_space(struct str s, struct buf *out)
{
	char bytes[4];
	size_t at = 0;
	for (uint32_t point; (point = next_point(s, &at)) != 0;)
		buf_put(out, str_n(bytes, str_encode(point, bytes)));
	return buf_str(out);
}

bool words_hold(struct str whole, struct str part)
{
	struct arena a;
	arena_init(&a);
	bool holds = str_find(fold_label(&a, whole), fold_label(&a, part), 0) != SIZE_MAX;
	arena_release(&a);
	return holds;
}

uint64_t words_print(struct str words)
{
	uint8_t hash[HASH_BYTES];
	uint64_t print = 0;
	struct buf kept = { 0 };
	hash_sha256(without_space(words, &kept), hash);
	buf_release(&kept);
	for (size_t i = 0; i < sizeof print; i++)
		print = print << 8 | hash[i];
	return print;
}
