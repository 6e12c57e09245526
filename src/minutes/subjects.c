/*
 * What each statement is about: its words are laid flat and folded once, and both the
 * topics' terms and the labels of documents and attendees are looked for in them.
 */
#include "minutes/reader.h"

#include <stdlib.h>

struct subjects {
	struct reader *r;
	struct mentions *mentions;
	struct arena arena; /* for the words of one statement */
	struct folded folded;
	struct buf words, places, spans, hits; /* bytes; of struct md_place; struct term_hit */
	struct buf links;                      /* of uint32_t: those among the words */
	struct buf refs;                       /* of struct topic_ref */
	uint32_t *seen;                        /* by topic: for whom it was last added */
	uint32_t subject;                      /* counts whom refs are added for */
	const struct tag *tags;
	size_t tag_count;
	bool full;
};

/* Code points of the words that were laid flat, which are UTF-8 already. */
static uint32_t count_points(struct str s)
{
	uint32_t count = 0;
	for (size_t i = 0; i < s.n; i++)
		count += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return count;
}

/* Topics */

static void ref_add(struct subjects *s, uint32_t topic, struct topic_ref ref)
{
	if (s->seen[topic] == s->subject || s->full)
		return;
	if (VEC_COUNT(&s->refs, struct topic_ref) == TOPIC_REFS_MOST) {
		diag_add(s->r->diags, LIMIT_EXCEEDED, loc_file(s->r->m->path), STR_NONE,
			_("the record's statements have more than %d topics together"), TOPIC_REFS_MOST);
		s->full = true;
		return;
	}
	s->seen[topic] = s->subject;
	*VEC_ADD(&s->refs, struct topic_ref) = ref;
}

static int compare_holder(const struct tag *a, enum holder holder, uint32_t index)
{
	if (a->holder != holder)
		return a->holder < holder ? -1 : 1;
	return a->index < index ? -1 : a->index > index;
}

static int compare_tags(const void *left, const void *right)
{
	const struct tag *a = left, *b = right;
	int order = compare_holder(a, b->holder, b->index);
	return order ? order : a->order < b->order ? -1 : a->order > b->order;
}

static void add_tags(struct subjects *s, enum holder holder, uint32_t index)
{
	size_t low = 0, high = s->tag_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_holder(&s->tags[middle], holder, index) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < s->tag_count && compare_holder(&s->tags[low], holder, index) == 0; low++)
		ref_add(s, s->tags[low].topic, s->tags[low].ref);
}

static uint32_t refs_begin(struct subjects *s)
{
	s->subject++;
	return READER_COUNT(&s->refs, struct topic_ref);
}

static struct range refs_end(const struct subjects *s, uint32_t first)
{
	return (struct range){ first, READER_COUNT(&s->refs, struct topic_ref) };
}

static struct range own_tags(struct subjects *s, enum holder holder, uint32_t index)
{
	uint32_t first = refs_begin(s);
	add_tags(s, holder, index);
	return refs_end(s, first);
}

enum { ITEM_DEPTH_MOST = 6 };

/* What is tagged on a statement or callout and around it, from the record inwards. */
static void add_all_tags(struct subjects *s, enum holder holder, uint32_t index, uint32_t speech, uint32_t item)
{
	uint32_t above[ITEM_DEPTH_MOST + 1], depth = 0;
	if (s->tag_count == 0)
		return;
	for (; item != NONE && depth <= ITEM_DEPTH_MOST; item = s->r->m->items[item].parent)
		above[depth++] = item;
	add_tags(s, HOLDER_RECORD, 0);
	while (depth > 0)
		add_tags(s, HOLDER_ITEM, above[--depth]);
	if (speech != NONE)
		add_tags(s, HOLDER_SPEECH, s->r->m->speeches[speech].line);
	add_tags(s, holder, index);
}

/* Looks through the words that were laid flat. */
static void search_words(struct subjects *s, uint32_t statement, bool mentions)
{
	struct str words = s->folded.text;
	for (size_t i = 0; i < VEC_COUNT(&s->links, uint32_t); i++)
		mentions_link(s->mentions, statement, VEC_AT(&s->links, uint32_t)[i]);
	buf_clear(&s->hits);
	terms_find(s->r->context->terms, &s->folded, &s->hits);
	for (size_t i = 0; i < VEC_COUNT(&s->hits, struct term_hit); i++) {
		struct term_hit hit = VEC_AT(&s->hits, struct term_hit)[i];
		if (s->seen[hit.value] == s->subject)
			continue;
		/* The register's spelling of the term would need another look-up: the text's own is at hand. */
		struct str found = arena_str(s->r->arena, str_n(words.p + hit.start, hit.end - hit.start));
		ref_add(s, hit.value, (struct topic_ref){ .registered = hit.value, .word = found, .topic = NONE });
	}
	if (mentions)
		mentions_note(s->mentions, statement, &s->folded, &s->spans);
}

/* The plain text among the places, outside of links; and the links. */
static void part_places(struct subjects *s)
{
	uint32_t links = 0;
	for (size_t i = 0; i < VEC_COUNT(&s->places, struct md_place); i++) {
		struct md_place place = VEC_AT(&s->places, struct md_place)[i];
		const struct md_run *run = &s->r->doc->runs[place.run];
		if (run->kind == MD_LINK)
			*VEC_ADD(&s->links, uint32_t) = run->link;
		if (run->kind == MD_LINK || run->kind == MD_IMAGE)
			links++;
		else if ((run->kind == MD_LINK_END || run->kind == MD_IMAGE_END) && links > 0)
			links--;
		else if (run->kind == MD_TEXT && links == 0 && run->text.n > 0)
			*VEC_ADD(&s->spans, struct md_place) = place;
	}
}

static void lay_words(struct subjects *s, struct str begin, struct range pieces)
{
	struct buf *bufs[] = { &s->words, &s->places, &s->spans, &s->links };
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
		buf_clear(bufs[i]);
	buf_put(&s->words, begin);
	for (uint32_t p = pieces.first; p < pieces.end; p++) {
		if (s->words.n > 0)
			buf_byte(&s->words, '\n');
		md_plain_places(s->r->doc, s->r->m->pieces[p], &s->words, &s->places);
	}
	part_places(s);
	arena_reset(&s->arena);
	s->folded = terms_fold(&s->arena, buf_str(&s->words));
}

static void read_statement(struct subjects *s, uint32_t index)
{
	struct statement *st = &s->r->m->statements[index];
	uint32_t first = refs_begin(s);
	lay_words(s, STR(""), st->pieces);
	st->characters = count_points(buf_str(&s->words));
	add_all_tags(s, HOLDER_STATEMENT, index, st->speech, st->item);
	search_words(s, index, true);
	dates_check_words(s->r, &s->folded, st->line);
	st->topics = refs_end(s, first);
}

/* The words of a decision may be those of the statement before it, which has had its mentions. */
static void read_callout(struct subjects *s, uint32_t index, bool shared)
{
	struct callout *c = &s->r->m->callouts[index];
	uint32_t first = refs_begin(s);
	if (c->kind != CALLOUT_CLOSED) {
		lay_words(s, c->outcome, c->pieces);
		add_all_tags(s, HOLDER_CALLOUT, index, c->speech, c->item);
		search_words(s, NONE, !shared);
		if (shared)
			s->folded = terms_fold(&s->arena, c->outcome);
		dates_check_words(s->r, &s->folded, c->line);
	}
	c->topics = refs_end(s, first);
}

static void read_flow(struct subjects *s)
{
	struct meeting *m = s->r->m;
	uint32_t behind = 0; /* the last piece read */
	for (size_t i = 0; i < m->flow_count; i++) {
		uint32_t index = m->flow[i].index;
		if (m->flow[i].kind == FLOW_STATEMENT) {
			read_statement(s, index);
			behind = m->statements[index].pieces.end;
		} else if (m->flow[i].kind == FLOW_CALLOUT) {
			struct range pieces = m->callouts[index].pieces;
			read_callout(s, index, pieces.end <= behind);
			behind = pieces.end > behind ? pieces.end : behind;
		}
	}
}

void subjects_find(struct reader *r)
{
	struct meeting *m = r->m;
	struct subjects s = { .r = r, .mentions = mentions_open(r) };
	arena_init(&s.arena);
	s.seen = ARENA_ARRAY(r->scratch, uint32_t, r->context->registers->topic_count + r->topics.count + 1);
	s.tag_count = VEC_COUNT(&r->tags, struct tag);
	s.tags = VEC_AT(&r->tags, struct tag);
	if (s.tag_count > 0)
		qsort(r->tags.p, s.tag_count, sizeof(struct tag), compare_tags);
	m->topics = own_tags(&s, HOLDER_RECORD, 0);
	for (uint32_t i = 0; i < m->item_count; i++)
		m->items[i].topics = own_tags(&s, HOLDER_ITEM, i);
	for (uint32_t i = 0; i < m->speech_count; i++)
		m->speeches[i].topics = own_tags(&s, HOLDER_SPEECH, m->speeches[i].line);
	read_flow(&s);
	m->topic_ref_count = VEC_COUNT(&s.refs, struct topic_ref);
	m->topic_refs = buf_settle(&s.refs, r->arena);
	mentions_settle(s.mentions);
	buf_release(&s.words);
	buf_release(&s.places);
	buf_release(&s.spans);
	buf_release(&s.hits);
	buf_release(&s.links);
	arena_release(&s.arena);
}
