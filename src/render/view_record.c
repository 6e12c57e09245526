/* What stands in a record: items, speeches, statements, footnotes. */
#include "render/view_nouns.h"

#include "text/words.h"

#include <string.h>

struct md_html view_html_of(const struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	return (struct md_html){ .doc = &m->doc,
		.targets = m->targets,
		.record_url = ((const struct place *)v->owner)->url,
		.home = e->page->kind == PAGE_MEETING };
}

void view_get_pieces(struct engine *e, const struct view *v)
{
	const struct range *r = v->object;
	struct html_value html = { .kind = HTML_PIECES,
		.with = view_html_of(e, v),
		.pieces = view_meeting(e, v)->pieces,
		.first = r->first,
		.end = r->end };
	if (r->first < r->end)
		html_push(e, &html);
	else
		lua_pushnil(e->L);
}

/* The printed number of a clause, when this is its first paragraph, and its list is in the piece as a whole. */
static uint32_t clause_number(const struct md_doc *doc, struct md_piece piece, uint32_t block)
{
	uint32_t item = doc->blocks[block].parent;
	bool clause = block > piece.block + 1 && item == block - 1 && doc->blocks[item].kind == MD_ITEM;
	return clause && doc->blocks[doc->blocks[item].parent].ordered ? doc->blocks[item].number : 0;
}

/* A piece's words without those that are struck out (on the page one sees that they are, in an excerpt nobody would),
 * with the numbers of its clauses. */
static void put_standing(const struct md_doc *doc, struct md_piece piece, struct buf *out)
{
	struct buf words = { 0 }, places = { 0 };
	size_t from = 0;
	uint32_t block = piece.block, number = 0;
	bool struck = false;
	md_plain_places(doc, piece, &words, &places);
	for (size_t i = 0; i < VEC_COUNT(&places, struct md_place); i++) {
		struct md_place place = VEC_AT(&places, struct md_place)[i];
		uint8_t kind = doc->runs[place.run].kind;
		while (doc->blocks[block].end_run <= place.run) /* blocks stand in the order of their runs */
			block++;
		if (doc->blocks[block].first_run == place.run)
			number = clause_number(doc, piece, block);
		struck = kind == MD_STRIKE || (struck && kind != MD_STRIKE_END);
		bool numbered = number > 0 && !struck && place.end > place.start;
		if (!struck && !numbered)
			continue;
		buf_put(out, str_n(words.p + from, place.start - from));
		if (numbered)
			buf_format(out, "%u. ", number);
		number = numbered ? 0 : number;
		from = struck ? place.end : place.start;
	}
	buf_put(out, str_from(buf_str(&words), from));
	buf_release(&words);
	buf_release(&places);
}

/* Its words on one line. */
void view_get_words(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	const struct range *r = v->object;
	struct buf words = { 0 };
	for (uint32_t i = r->first; i < r->end; i++) {
		if (i > r->first)
			buf_byte(&words, '\n');
		put_standing(&m->doc, m->pieces[i], &words);
	}
	struct str text = text_squeeze(&e->scratch, buf_str(&words));
	buf_release(&words);
	view_push_str(e, text);
}

/* The meeting's address and an anchor. */
void view_get_anchor_url(struct engine *e, const struct view *v)
{
	const struct place *p = v->owner;
	engine_push(
		e->L, arena_format(&e->scratch, "%.*s#%.*s", STR_ARG(p->url), STR_ARG(*(const struct str *)v->object)));
}

void view_get_meeting(struct engine *e, const struct view *v)
{
	view_push_meeting(e, NULL, (uint32_t)((const struct place *)v->owner - e->site->places));
}

/* --- what was taken out --- */

struct where { /* an item, or a speech in it */
	uint32_t item, speech;
};

/* Neighbours of one fate are told of together. */
static bool is_same_removal(const struct tombstone *a, const struct tombstone *b)
{
	return a->item == b->item && a->speech == b->speech && a->flow == b->flow && a->correction == b->correction &&
		date_compare(a->since, b->since) == 0;
}

static void push_tombstone_anchor(struct engine *e, const void *place, uint32_t i)
{
	engine_push(e->L, view_meeting_at(e, place)->tombstones[i].anchor);
}

static void removed_others(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	const struct tombstone *t = v->object;
	struct buf others = { 0 };
	for (size_t i = (size_t)(t - m->tombstones) + 1; i < m->tombstone_count; i++) {
		if (!is_same_removal(t, &m->tombstones[i]))
			break;
		*VEC_ADD(&others, uint32_t) = (uint32_t)i;
	}
	view_push_indexes(e, push_tombstone_anchor, v->owner, &others);
}

/* Where text was taken out of a published record: one or more of its parts. */
static const struct view_field removed_view_fields[] = {
	VIEW_SAYS("kind", "removed"),
	VIEW(STR, "anchor", tombstone, anchor),
	VIEW(CALL, "url", tombstone, anchor, .get = view_get_anchor_url),
	VIEW_GET("others", removed_others),    /* anchors of what was taken out with it */
	VIEW(DATE, "since", tombstone, since), /* nil when nobody has told yet */
	VIEW(REF, "correction", tombstone, correction, .noun = view_push_correction), /* that says why, or nil */
	VIEW_END,
};
static const struct view_type removed_view = VIEW_TYPE("removed", removed_view_fields, tombstone);

/* --- what stands in an item or a speech, in order --- */

/* Numbers behind the last entry of flow are tombstones. */
static void push_flow(struct engine *e, const void *place, uint32_t i)
{
	const struct meeting *m = view_meeting_at(e, place);
	if (i >= m->flow_count) {
		view_push(e, &removed_view, place, &m->tombstones[i - m->flow_count]);
		return;
	}
	const struct flow *f = &m->flow[i];
	if (f->kind == FLOW_SPEECH)
		view_push_speech(e, place, f->index);
	else if (f->kind == FLOW_STATEMENT)
		view_push_statement(e, place, f->index);
	else
		view_push_callout(e, place, f->index);
}

/* Those that stand in the item or speech, from *next on, up to an entry of flow. */
static void add_tombstones(const struct meeting *m, struct where in, uint32_t to, size_t *next, struct buf *parts)
{
	const struct tombstone *last = NULL;
	for (; *next < m->tombstone_count && m->tombstones[*next].flow <= to; ++*next) {
		const struct tombstone *t = &m->tombstones[*next];
		if (t->item != in.item || t->speech != in.speech)
			continue;
		if (!last || !is_same_removal(last, t))
			*VEC_ADD(parts, uint32_t) = (uint32_t)(m->flow_count + *next);
		last = t;
	}
}

static size_t first_tombstone(const struct meeting *m, uint32_t flow)
{
	size_t low = 0, high = m->tombstone_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (m->tombstones[middle].flow < flow)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void push_parts(struct engine *e, const struct view *v, struct where in, uint32_t first, uint32_t end)
{
	const struct meeting *m = view_meeting(e, v);
	struct buf parts = { 0 };
	size_t next = first_tombstone(m, first);
	for (uint32_t i = first; i < end;) {
		add_tombstones(m, in, i, &next, &parts);
		*VEC_ADD(&parts, uint32_t) = i;
		/* what belongs to a speech is the speech's to show */
		uint32_t behind = m->flow[i].kind == FLOW_SPEECH ? m->speeches[m->flow[i].index].flow_end : 0;
		i = behind > i ? behind : i + 1;
	}
	add_tombstones(m, in, end, &next, &parts);
	view_push_indexes(e, push_flow, v->owner, &parts);
}

/* --- items --- */

static void item_html(struct engine *e, const struct view *v)
{
	const struct item *item = v->object;
	if (item->heading == NONE) {
		lua_pushnil(e->L);
		return;
	}
	struct html_value html = { .kind = HTML_RUNS,
		.with = view_html_of(e, v),
		.first = item->title_run,
		.end = view_meeting(e, v)->doc.blocks[item->heading].end_run };
	html_push(e, &html);
}

void view_get_prefix(struct engine *e, const struct view *v)
{
	enum { WIDE = 3 }; /* bytes of each of these */
	struct str number = *(const struct str *)v->object;
	struct str last = str_from(number, number.n > WIDE ? number.n - WIDE : 0);
	bool closed = number.n == 0 || (last.n == WIDE && str_find(STR("）］】〕．、。："), last, 0) != SIZE_MAX);
	view_push_str(e, closed ? number : arena_format(&e->scratch, "%.*s ", STR_ARG(number)));
}

static void item_parts(struct engine *e, const struct view *v)
{
	const struct item *item = v->object;
	struct where in = { (uint32_t)(item - view_meeting(e, v)->items), NONE };
	push_parts(e, v, in, item->flow, item->flow_end);
}

/* An item of the record; the first is what stands before any heading, and has no title. */
static const struct view_field item_view_fields[] = {
	VIEW(STR, "anchor", item, anchor),
	VIEW(CALL, "url", item, anchor, .get = view_get_anchor_url),
	VIEW(STR, "number", item, number),                          /* as printed */
	VIEW(CALL, "prefix", item, number, .get = view_get_prefix), /* the same as it stands before the title */
	VIEW(STR, "title", item, title),                            /* plain words, without the number */
	VIEW_GET("html", item_html),       /* the same with its markup; nil without a heading */
	VIEW(STR, "closed", item, closed), /* why it is not public */
	VIEW(BYTE, "level", item, level),  /* 1 at the top, 2 below it; 0 before the first heading */
	VIEW(REF, "parent", item, parent, .noun = view_push_item),
	VIEW_GET("parts", item_parts), /* in order; .kind is speech, narrative, note, said, callout or removed */
	VIEW(CALL, "topics", item, topics, .get = view_get_topics), /* tagged under its heading */
	VIEW_GET("meeting", view_get_meeting),
	VIEW_END,
};
static const struct view_type item_view = VIEW_TYPE("item", item_view_fields, item);

void view_push_item(struct engine *e, const void *place, uint32_t item)
{
	view_push(e, &item_view, place, item == NONE ? NULL : &view_meeting_at(e, place)->items[item]);
}

/* What stands before the first heading is an item only when it is something. */
void view_get_items(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	struct buf items = { 0 };
	for (uint32_t i = 0; i < m->item_count; i++)
		if (i > 0 || m->items[i].flow < m->items[i].flow_end ||
			(m->tombstone_count > 0 && m->tombstones[0].item == 0))
			*VEC_ADD(&items, uint32_t) = i;
	view_push_indexes(e, view_push_item, v->owner, &items);
}

/* --- speeches --- */

static void speech_parts(struct engine *e, const struct view *v)
{
	const struct speech *s = v->object;
	struct where in = { s->item, (uint32_t)(s - view_meeting(e, v)->speeches) };
	push_parts(e, v, in, s->flow, s->flow_end);
}

static void speech_time(struct engine *e, const struct view *v)
{
	long s = *(const long *)v->object;
	view_push_str(
		e, s < 0 ? STR_NONE : arena_format(&e->scratch, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60));
}

static bool refs_hold(const struct meeting *m, struct range refs, uint32_t topic)
{
	for (uint32_t i = refs.first; i < refs.end; i++)
		if (m->topic_refs[i].topic == topic)
			return true;
	return false;
}

/* What the speech is about beyond what its item and the whole record are. */
static void speech_subjects(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	const struct speech *s = v->object;
	struct buf all = { 0 }, own = { 0 };
	for (uint32_t i = s->flow; i < s->flow_end; i++)
		if (m->flow[i].kind == FLOW_STATEMENT)
			view_add_topics(m, m->statements[m->flow[i].index].topics, &all);
	for (size_t i = 0; i < VEC_COUNT(&all, uint32_t); i++) {
		uint32_t topic = VEC_AT(&all, uint32_t)[i];
		if (!refs_hold(m, m->items[s->item].topics, topic) && !refs_hold(m, m->topics, topic))
			*VEC_ADD(&own, uint32_t) = topic;
	}
	buf_release(&all);
	view_push_tally(e, view_push_topic, &own);
}

/* A part of the printed label: words that name somebody, or not. */
struct name_part {
	struct str words;
	uint32_t person;
};

static const struct view_field name_view_fields[] = {
	VIEW(STR, "words", name_part, words),
	VIEW(REF, "person", name_part, person, .noun = view_push_person),
	VIEW(CALL, "url", name_part, person, .get = view_get_person_url),
	VIEW_END,
};
static const struct view_type name_view = VIEW_TYPE("part of a label", name_view_fields, name_part);

static void add_name(struct buf *names, struct str words, uint32_t person)
{
	if (words.n)
		*VEC_ADD(names, struct name_part) = (struct name_part){ words, person };
}

/* One who stands for all of a label: the whole of it leads to the page. Else each one's part of it does. */
void view_push_names(struct engine *e, struct str label, const struct voice *voices, struct range named)
{
	struct buf names = { 0 };
	struct str rest = label;
	if (named.end - named.first == 1 && str_eq(voices[named.first].label, label)) {
		add_name(&names, rest, voices[named.first].person);
		rest = STR_NONE;
	}
	for (uint32_t i = named.first; rest.n && i < named.end; i++) {
		struct str part = voices[i].label;
		size_t at = str_find(rest, part, 0);
		if (at == SIZE_MAX || part.n == 0)
			continue;
		add_name(&names, str_n(rest.p, at), NONE);
		add_name(&names, part, voices[i].person);
		rest = str_from(rest, at + part.n);
	}
	add_name(&names, rest, NONE);
	view_push_structs(e, &name_view, &names);
}

static void speech_names(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	const struct speech *s = v->object;
	view_push_names(e, s->label, m->voices, s->voices);
}

/* It is one of those that the member is asked to look at to whom this file goes. */
static void speech_marked(struct engine *e, const struct view *v)
{
	const struct site *site = e->site;
	const struct speech *s = v->object;
	bool here = site->marked && v->owner == &site->places[site->marked_meeting], marked = false;
	for (uint32_t i = s->voices.first; here && i < s->voices.end; i++)
		marked = marked || site->marked[i];
	lua_pushboolean(e->L, marked);
}

/* A speech: what one speaker (or several, jointly) said until the next. */
static const struct view_field speech_view_fields[] = {
	VIEW_SAYS("kind", "speech"),
	VIEW(STR, "anchor", speech, anchor),
	VIEW(CALL, "url", speech, anchor, .get = view_get_anchor_url),
	VIEW(STR, "label", speech, label),                       /* as printed */
	VIEW_GET("names", speech_names),                         /* the label in parts */
	VIEW(GIVEN, "seconds", speech, seconds),                 /* in the video or audio */
	VIEW(CALL, "time", speech, seconds, .get = speech_time), /* the same as "0:12:34" */
	VIEW_GET("parts", speech_parts), /* in order; .kind is said, note, callout, removed or speech */
	VIEW(CALL, "topics", speech, topics, .get = view_get_topics), /* tagged on the whole speech */
	VIEW_GET("subjects", speech_subjects),
	VIEW_GET("marked", speech_marked), /* in a file of `giji review --person` */
	VIEW(REF, "item", speech, item, .noun = view_push_item),
	VIEW_GET("meeting", view_get_meeting),
	VIEW_END,
};
static const struct view_type speech_view = VIEW_TYPE("speech", speech_view_fields, speech);

void view_push_speech(struct engine *e, const void *place, uint32_t speech)
{
	view_push(e, &speech_view, place, speech == NONE ? NULL : &view_meeting_at(e, place)->speeches[speech]);
}

/* --- statements --- */

static const char *const statement_kinds[] = { [SAID] = "said", [NARRATIVE] = "narrative", [NOTE] = "note" };

/* A bulleted item of one paragraph. */
static bool is_lone_item(const struct md_doc *doc, struct md_piece piece)
{
	const struct md_block *item = &doc->blocks[piece.block];
	return piece.first == piece.end && item->kind == MD_ITEM && !doc->blocks[item->parent].ordered &&
		item->end == piece.block + 2 && item[1].kind == MD_PARAGRAPH;
}

/* A lone item is printed as its paragraph: a list of one element tells nobody anything. */
static void statement_html(struct engine *e, const struct view *v)
{
	const struct statement *s = v->object;
	const struct meeting *m = view_meeting(e, v);
	uint32_t count = s->pieces.end - s->pieces.first;
	if (!s->listed || count == 0 || !is_lone_item(&m->doc, m->pieces[s->pieces.first])) {
		view_get_pieces(e, &(struct view){ .owner = v->owner, .object = &s->pieces });
		return;
	}
	struct md_piece *pieces = ARENA_ARRAY(&e->scratch, struct md_piece, count);
	memcpy(pieces, m->pieces + s->pieces.first, count * sizeof *pieces);
	const struct md_block *paragraph = &m->doc.blocks[++pieces[0].block];
	pieces[0].first = paragraph->first_run;
	pieces[0].end = paragraph->end_run;
	html_push(e,
		&(struct html_value){
			.kind = HTML_PIECES, .with = view_html_of(e, v), .pieces = pieces, .end = count });
}

/* What has an address: something said, a narrative paragraph, a note by the secretariat. */
static const struct view_field statement_view_fields[] = {
	VIEW(WORD, "kind", statement, kind, .words = statement_kinds),
	VIEW(STR, "anchor", statement, anchor),
	VIEW(CALL, "url", statement, anchor, .get = view_get_anchor_url),
	VIEW_GET("html", statement_html),
	VIEW(CALL, "text", statement, pieces, .get = view_get_words),
	VIEW(U32, "characters", statement, characters),
	VIEW(CALL, "topics", statement, topics, .get = view_get_topics),  /* all that apply */
	VIEW(REF, "speech", statement, speech, .noun = view_push_speech), /* nil when nobody said it */
	VIEW(REF, "item", statement, item, .noun = view_push_item),
	VIEW_GET("meeting", view_get_meeting),
	VIEW_END,
};
static const struct view_type statement_view = VIEW_TYPE("statement", statement_view_fields, statement);

void view_push_statement(struct engine *e, const void *place, uint32_t statement)
{
	view_push(e, &statement_view, place, &view_meeting_at(e, place)->statements[statement]);
}

/* --- footnotes --- */

static void footnote_html(struct engine *e, const struct view *v)
{
	const struct theme_label *back = theme_label(e->labels, STR("footnote.back"));
	struct html_value html = { .kind = HTML_FOOTNOTE,
		.with = view_html_of(e, v),
		.first = ((const struct footnote *)v->object)->block,
		.words = back && back->plain.n ? back->plain : STR("↩") };
	html_push(e, &html);
}

/* A footnote; its element needs the id "fn" and its number. */
static const struct view_field footnote_view_fields[] = {
	VIEW(U32, "number", footnote, number),
	VIEW_GET("html", footnote_html),
	VIEW_END,
};
const struct view_type view_footnote = VIEW_TYPE("footnote", footnote_view_fields, footnote);
