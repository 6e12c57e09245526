#include "minutes/parts.h"

#include "minutes/read.h"
#include "sys/hash.h"
#include "text/words.h"

static void add_part(struct buf *list, enum part_kind kind, uint32_t index, uint32_t item, uint32_t speech)
{
	*VEC_ADD(list, struct part) = (struct part){ .kind = kind, .index = index, .item = item, .speech = speech };
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

struct parts meeting_parts(const struct meeting *m, struct arena *a)
{
	static const enum part_kind callouts[] = { PART_DECISION, PART_VOTE, PART_ACTION };
	struct buf list = { 0 };
	uint32_t item = NONE;
	for (uint32_t i = 0; i < m->item_count && !m->withheld; i++) {
		uint32_t speech = NONE, speech_end = 0;
		if (i > 0) {
			item = (uint32_t)VEC_COUNT(&list, struct part);
			uint32_t above = m->items[i].parent;
			add_part(&list, PART_ITEM, i, above == NONE ? NONE : above, NONE);
		}
		for (uint32_t f = m->items[i].flow; f < m->items[i].flow_end; f++) {
			uint32_t index = m->flow[f].index;
			if (f >= speech_end)
				speech = NONE;
			if (m->flow[f].kind == FLOW_SPEECH) {
				speech = (uint32_t)VEC_COUNT(&list, struct part);
				speech_end = m->speeches[index].flow_end;
				add_part(&list, PART_SPEECH, index, item, NONE);
			} else if (m->flow[f].kind == FLOW_STATEMENT) {
				add_part(&list, PART_TEXT, index, item, speech);
			} else if (m->flow[f].kind == FLOW_CALLOUT && m->callouts[index].kind <= CALLOUT_ACTION) {
				add_part(&list, callouts[m->callouts[index].kind], index, item, speech);
			}
		}
	}
	struct parts parts = { .count = VEC_COUNT(&list, struct part) };
	parts.items = buf_settle(&list, a);
	uint32_t *of_item = ARENA_ARRAY(a, uint32_t, m->item_count + 1);
	for (uint32_t i = 0; i < parts.count; i++) {
		struct part *p = &parts.items[i];
		p->line = line_of(m, p);
		if (p->kind != PART_ITEM)
			continue;
		of_item[p->index] = i;
		if (p->item != NONE)
			p->item = of_item[p->item];
	}
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
	struct buf a = { 0 }, b = { 0 };
	bool holds = str_find(without_space(whole, &a), without_space(part, &b), 0) != SIZE_MAX;
	buf_release(&a);
	buf_release(&b);
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
