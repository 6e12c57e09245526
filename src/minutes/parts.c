#include "minutes/parts.h"

#include "minutes/read.h"
#include "sys/hash.h"
#include "text/fold.h"
#include "text/words.h"

struct walker {
	const struct meeting *m;
	struct buf list; /* of struct part */
	uint32_t item, speech;
};

static uint32_t add_part(struct walker *w, struct part p, struct str *anchor)
{
	uint32_t number = (uint32_t)VEC_COUNT(&w->list, struct part);
	p.item = w->item;
	p.speech = w->speech;
	p.anchor = anchor;
	*VEC_ADD(&w->list, struct part) = p;
	return number;
}

static void add_callout(struct walker *w, uint32_t flow, uint32_t index)
{
	static const enum part_kind kinds[] = { PART_DECISION, PART_VOTE, PART_ACTION };
	struct callout *c = &w->m->callouts[index];
	if (c->kind <= CALLOUT_ACTION)
		add_part(w, (struct part){ .kind = kinds[c->kind], .index = index, .flow = flow, .line = c->line },
			&c->anchor);
}

static void add_speech(struct walker *w, uint32_t flow, uint32_t index)
{
	struct speech *s = &w->m->speeches[index];
	w->speech = NONE;
	w->speech = add_part(
		w, (struct part){ .kind = PART_SPEECH, .index = index, .flow = flow, .line = s->line }, &s->anchor);
}

static void add_statement(struct walker *w, uint32_t flow, uint32_t index)
{
	struct statement *s = &w->m->statements[index];
	struct part p = { .kind = PART_TEXT, .index = index, .flow = flow, .line = s->line, .said = s->kind == SAID };
	add_part(w, p, &s->anchor);
}

static void walk_flow(struct walker *w, uint32_t first, uint32_t end)
{
	const struct flow *flow = w->m->flow;
	uint32_t speech_end = first;
	for (uint32_t f = first; f < end; f++) {
		if (f >= speech_end)
			w->speech = NONE;
		if (flow[f].kind == FLOW_SPEECH) {
			add_speech(w, f, flow[f].index);
			speech_end = w->m->speeches[flow[f].index].flow_end;
		} else if (flow[f].kind == FLOW_STATEMENT) {
			add_statement(w, f, flow[f].index);
		} else {
			add_callout(w, f, flow[f].index);
		}
	}
	w->speech = NONE;
}

struct parts meeting_parts(const struct meeting *m, struct arena *a)
{
	struct walker w = { .m = m, .item = NONE, .speech = NONE };
	uint32_t *of_item = ARENA_ARRAY(a, uint32_t, m->item_count + 1);
	of_item[0] = NONE;
	for (uint32_t i = 0; i < m->item_count && !m->withheld; i++) {
		struct item *item = &m->items[i];
		w.item = item->parent == NONE ? NONE : of_item[item->parent];
		struct part p = { .kind = PART_ITEM, .index = i, .flow = item->flow, .line = item->line };
		if (i > 0)
			of_item[i] = add_part(&w, p, &item->anchor);
		w.item = of_item[i];
		walk_flow(&w, item->flow, item->flow_end);
	}
	struct parts parts = { .count = VEC_COUNT(&w.list, struct part) };
	parts.items = buf_settle(&w.list, a);
	return parts;
}

struct parts meeting_parts_words(const struct meeting *m, struct arena *a)
{
	struct parts parts = meeting_parts(m, a);
	for (size_t i = 0; i < parts.count; i++)
		parts.items[i].words = part_words(m, &parts.items[i], a);
	return parts;
}

struct parts ledger_parts(const struct ledger *l, struct arena *a)
{
	struct parts parts = { .items = ARENA_ARRAY(a, struct part, l->count + 1) };
	uint32_t item = NONE, speech = NONE;
	for (uint32_t i = 0; i < l->count; i++) {
		struct ledger_line *line = &l->lines[i];
		if (!ledger_line_is_live(line))
			continue;
		struct part p = { .kind = anchor_kind(line->anchor), .index = i, .item = item, .speech = NONE };
		p.line = line->line;
		p.anchor = &line->anchor;
		p.print = line->print;
		if (line->state == LEDGER_CONFIRMED)
			p.words = line->words;
		p.said = p.kind == PART_TEXT && line->anchor.p[0] == 's';
		if (p.said) {
			p.speech = speech;
		} else if (p.kind == PART_SPEECH) {
			speech = (uint32_t)parts.count;
		} else if (p.kind == PART_ITEM) {
			p.item = speech = NONE;
			item = (uint32_t)parts.count;
		}
		parts.items[parts.count++] = p;
	}
	return parts;
}

bool anchor_holder(struct str *anchor)
{
	size_t n = anchor->n;
	while (n > 0 && anchor->p[n - 1] != '-')
		n--;
	if (n > 0)
		anchor->n = n - 1;
	return n > 0;
}

bool anchor_within(struct str anchor, struct str holder)
{
	return str_starts(anchor, holder) && (anchor.n == holder.n || anchor.p[holder.n] == '-');
}

enum part_kind anchor_kind(struct str anchor)
{
	struct str holder = anchor;
	bool held = anchor_holder(&holder);
	return anchor.p[0] == 'n' || (anchor.p[0] == 's' && held) ? PART_TEXT : (enum part_kind)anchor.p[0];
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
		if (!c->repeats) /* else the paragraph before has them, whose address they are */
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

uint64_t part_print(const struct part *p)
{
	return p->words.p ? words_print(p->words) : p->print;
}
