/* What stands in a record: items, speeches, statements, callouts, footnotes. */
#include "render/view_nouns.h"

#include "text/words.h"

#include <string.h>

enum { EXCERPT = 80 /* characters */, EXCERPT_SOURCE = 4 * EXCERPT };

static struct md_html html_of(const struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	return (struct md_html){ .doc = &m->doc, .targets = m->targets, .record_url = view_place(v)->url,
		                     .home = e->page->kind == PAGE_MEETING };
}

void view_push_range(struct engine *e, const struct view *v, struct range pieces)
{
	struct html_value html = { .kind = HTML_PIECES, .with = html_of(e, v), .pieces = view_meeting(e, v)->pieces,
		                       .first = pieces.first, .end = pieces.end };
	if (pieces.first < pieces.end)
		html_push(e, &html);
	else
		lua_pushnil(e->L);
}

static void push_words(struct engine *e, const struct view *v, struct range pieces)
{
	struct buf words = { 0 };
	meeting_words(view_meeting(e, v), pieces, &words);
	struct str text = arena_str(&e->scratch, str_trim(buf_str(&words)));
	buf_release(&words);
	view_push_str(e, text);
}

static void push_excerpt(struct engine *e, const struct view *v, struct range pieces)
{
	struct buf words = { 0 };
	bool more, cut;
	meeting_words(view_meeting(e, v), pieces, &words);
	struct str text = text_squeeze(&e->scratch, text_excerpt(str_trim(buf_str(&words)), EXCERPT_SOURCE, &more));
	buf_release(&words);
	text = text_excerpt(text, EXCERPT, &cut);
	view_push_str(e, cut || more ? arena_format(&e->scratch, "%.*s…", STR_ARG(text)) : text);
}

static void part_meeting(struct engine *e, const struct view *v)
{
	view_push_meeting(e, view_meeting_index(e, v));
}

void view_push_anchored(struct engine *e, const struct view *v, struct str anchor)
{
	engine_push(e->L, arena_format(&e->scratch, "%.*s#%.*s", STR_ARG(view_place(v)->url), STR_ARG(anchor)));
}

static void push_part(struct engine *e, const struct view_list *list, size_t i)
{
	const struct view_parts *parts = list->items;
	parts->push(e, parts->place, parts->indexes[i]);
}

void view_push_parts(struct engine *e, struct view_parts parts)
{
	struct view_parts *kept = ARENA_NEW(&e->scratch, struct view_parts);
	*kept = parts;
	view_push_list(e, (struct view_list){ parts.count, push_part, parts.place, kept, 0 });
}

/* --- what stands in an item or a speech, in order --- */

static void push_flow(struct engine *e, const struct place *p, uint32_t i)
{
	const struct flow *f = &e->site->meetings[p - e->site->places]->flow[i];
	if (f->kind == FLOW_SPEECH)
		view_push_speech(e, p, f->index);
	else if (f->kind == FLOW_STATEMENT)
		view_push_statement(e, p, f->index);
	else
		view_push_callout(e, p, f->index);
}

static void push_flow_between(struct engine *e, const struct view *v, uint32_t first, uint32_t end)
{
	const struct meeting *m = view_meeting(e, v);
	struct buf parts = { 0 };
	for (uint32_t i = first; i < end;) {
		*VEC_ADD(&parts, uint32_t) = i;
		/* what belongs to a speech is the speech's to show */
		uint32_t behind = m->flow[i].kind == FLOW_SPEECH ? m->speeches[m->flow[i].index].flow_end : 0;
		i = behind > i ? behind : i + 1;
	}
	size_t count = VEC_COUNT(&parts, uint32_t);
	view_push_parts(e, (struct view_parts){ v->owner, push_flow, buf_settle(&parts, &e->scratch), count });
}

/* --- items --- */

static void item_url(struct engine *e, const struct view *v)
{
	view_push_anchored(e, v, ((const struct item *)v->object)->anchor);
}

static void item_html(struct engine *e, const struct view *v)
{
	const struct item *item = v->object;
	if (item->heading == NONE) {
		lua_pushnil(e->L);
		return;
	}
	struct html_value html = { .kind = HTML_RUNS, .with = html_of(e, v), .first = item->title_run,
		                       .end = view_meeting(e, v)->doc.blocks[item->heading].end_run };
	html_push(e, &html);
}

void view_push_prefix(struct engine *e, struct str number)
{
	static const struct str closing[] = { STR_INIT("）"), STR_INIT("］"), STR_INIT("】"), STR_INIT("〕"), STR_INIT("．"),
		                                  STR_INIT("、"), STR_INIT("。"), STR_INIT("：") };
	bool full = number.n == 0;
	for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
		full = full || str_ends(number, closing[i]);
	view_push_str(e, full ? number : arena_format(&e->scratch, "%.*s ", STR_ARG(number)));
}

static void item_prefix(struct engine *e, const struct view *v)
{
	view_push_prefix(e, ((const struct item *)v->object)->number);
}

static void item_level(struct engine *e, const struct view *v)
{
	lua_pushinteger(e->L, ((const struct item *)v->object)->level);
}

static void item_parts(struct engine *e, const struct view *v)
{
	const struct item *item = v->object;
	push_flow_between(e, v, item->flow, item->flow_end);
}

static void item_parent(struct engine *e, const struct view *v)
{
	view_push_item(e, v->owner, ((const struct item *)v->object)->parent);
}

static void item_topics(struct engine *e, const struct view *v)
{
	view_push_topic_refs(e, view_meeting(e, v), ((const struct item *)v->object)->topics);
}

/* An item of the record; the first is what stands before any heading, and has no title. */
static const struct view_field item_fields[] = {
	VIEW_STR(item, anchor),
	VIEW_STR(item, number),            /* as printed */
	VIEW_GET("prefix", item_prefix),   /* the same as it stands before the title */
	VIEW_STR(item, title),             /* plain words, without the number */
	VIEW_GET("html", item_html),       /* the same with its markup; nil without a heading */
	VIEW_STR(item, closed),            /* why it is not public, or nil */
	VIEW_GET("level", item_level),     /* 1 at the top, 2 below it; 0 before the first heading */
	VIEW_GET("url", item_url),
	VIEW_GET("parent", item_parent),
	VIEW_GET("parts", item_parts),     /* in order; .kind is speech, narrative, note, said or callout */
	VIEW_GET("topics", item_topics),   /* tagged under its heading */
	VIEW_GET("meeting", part_meeting),
	VIEW_END
};
static const struct view_type item_view = { "item", item_fields };

void view_push_item(struct engine *e, const struct place *p, uint32_t item)
{
	if (item == NONE)
		lua_pushnil(e->L);
	else
		view_push(e, &item_view, p, &e->site->meetings[p - e->site->places]->items[item]);
}

void view_get_items(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	struct buf items = { 0 };
	for (uint32_t i = 0; i < m->item_count; i++)
		if (i > 0 || m->items[i].flow < m->items[i].flow_end)
			*VEC_ADD(&items, uint32_t) = i;
	size_t count = VEC_COUNT(&items, uint32_t);
	view_push_parts(e, (struct view_parts){ v->owner, view_push_item, buf_settle(&items, &e->scratch), count });
}

/* --- speeches --- */

static void speech_kind(struct engine *e, const struct view *v)
{
	(void)v;
	lua_pushliteral(e->L, "speech");
}

static void speech_url(struct engine *e, const struct view *v)
{
	view_push_anchored(e, v, ((const struct speech *)v->object)->anchor);
}

static void speech_item(struct engine *e, const struct view *v)
{
	view_push_item(e, v->owner, ((const struct speech *)v->object)->item);
}

static void speech_parts(struct engine *e, const struct view *v)
{
	const struct speech *s = v->object;
	push_flow_between(e, v, s->flow, s->flow_end);
}

static void speech_seconds(struct engine *e, const struct view *v)
{
	long seconds = ((const struct speech *)v->object)->seconds;
	if (seconds >= 0)
		lua_pushinteger(e->L, seconds);
	else
		lua_pushnil(e->L);
}

static void speech_time(struct engine *e, const struct view *v)
{
	long s = ((const struct speech *)v->object)->seconds;
	if (s >= 0)
		engine_push(e->L, arena_format(&e->scratch, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60));
	else
		lua_pushnil(e->L);
}

static void speech_topics(struct engine *e, const struct view *v)
{
	view_push_topic_refs(e, view_meeting(e, v), ((const struct speech *)v->object)->topics);
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
	struct buf topics = { 0 };
	for (uint32_t i = s->flow; i < s->flow_end; i++) {
		if (m->flow[i].kind != FLOW_STATEMENT)
			continue;
		struct range refs = m->statements[m->flow[i].index].topics;
		for (uint32_t k = refs.first; k < refs.end; k++) {
			uint32_t topic = m->topic_refs[k].topic;
			if (topic != NONE && !refs_hold(m, m->items[s->item].topics, topic) && !refs_hold(m, m->topics, topic))
				*VEC_ADD(&topics, uint32_t) = topic;
		}
	}
	size_t count = VEC_COUNT(&topics, uint32_t);
	view_push_tally(e, buf_settle(&topics, &e->scratch), count, view_push_topic);
}

/* A part of the printed label: words that name somebody with a page, or not. */
struct name_part {
	struct str words;
	struct str url;
};

static const struct view_field name_fields[] = { VIEW_STR(name_part, words), VIEW_STR(name_part, url), VIEW_END };
static const struct view_type name_view = { "part of a label", name_fields };

static void push_name(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &name_view, NULL, (const struct name_part *)list->items + i);
}

static void add_name(struct buf *names, struct str words, struct str url)
{
	if (words.n)
		*VEC_ADD(names, struct name_part) = (struct name_part){ words, url };
}

/* One speaker: the whole label leads to the page. A joint speech: each one's part of the label does. */
static void speech_names(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	const struct speech *s = v->object;
	struct range voices = s->voices;
	struct buf names = { 0 };
	struct str rest = s->label;
	if (voices.end - voices.first == 1) {
		add_name(&names, rest, view_person_url(e, m->voices[voices.first].person));
		rest = STR_NONE;
	}
	for (uint32_t i = voices.first; rest.n && i < voices.end; i++) {
		struct str label = m->voices[i].label;
		size_t at = str_find(rest, label, 0);
		if (at == SIZE_MAX || label.n == 0)
			continue;
		add_name(&names, str_n(rest.p, at), STR_NONE);
		add_name(&names, label, view_person_url(e, m->voices[i].person));
		rest = str_from(rest, at + label.n);
	}
	add_name(&names, rest, STR_NONE);
	size_t count = VEC_COUNT(&names, struct name_part);
	view_push_list(e, (struct view_list){ count, push_name, NULL, buf_settle(&names, &e->scratch), 0 });
}

static void push_voice_person(struct engine *e, const struct place *p, uint32_t voice)
{
	view_push_person(e, e->site->meetings[p - e->site->places]->voices[voice].person);
}

static void speech_people(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	const struct speech *s = v->object;
	struct buf voices = { 0 };
	for (uint32_t i = s->voices.first; i < s->voices.end; i++)
		if (m->voices[i].person != NONE)
			*VEC_ADD(&voices, uint32_t) = i;
	size_t count = VEC_COUNT(&voices, uint32_t);
	view_push_parts(e, (struct view_parts){ v->owner, push_voice_person, buf_settle(&voices, &e->scratch), count });
}

/* A speech: what one speaker (or several, jointly) said until the next. */
static const struct view_field speech_fields[] = {
	VIEW_GET("kind", speech_kind),         /* "speech" */
	VIEW_STR(speech, anchor),
	VIEW_STR(speech, label),               /* as printed */
	VIEW_GET("names", speech_names),       /* the label in parts: words, url */
	VIEW_GET("people", speech_people),
	VIEW_GET("parts", speech_parts),       /* in order; .kind is said, note, callout or speech */
	VIEW_GET("url", speech_url),
	VIEW_GET("seconds", speech_seconds),   /* in the video or audio, or nil */
	VIEW_GET("time", speech_time),         /* the same as "0:12:34" */
	VIEW_GET("topics", speech_topics),     /* tagged on the whole speech */
	VIEW_GET("subjects", speech_subjects), /* of, count: topics of its statements, but for those of the item and record */
	VIEW_GET("item", speech_item),
	VIEW_GET("meeting", part_meeting),
	VIEW_END
};
static const struct view_type speech_view = { "speech", speech_fields };

void view_push_speech(struct engine *e, const struct place *p, uint32_t speech)
{
	if (speech == NONE)
		lua_pushnil(e->L);
	else
		view_push(e, &speech_view, p, &e->site->meetings[p - e->site->places]->speeches[speech]);
}

/* --- statements --- */

static void statement_kind(struct engine *e, const struct view *v)
{
	static const char *const names[] = { [SAID] = "said", [NARRATIVE] = "narrative", [NOTE] = "note" };
	lua_pushstring(e->L, names[((const struct statement *)v->object)->kind]);
}

static void statement_url(struct engine *e, const struct view *v)
{
	view_push_anchored(e, v, ((const struct statement *)v->object)->anchor);
}

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
		view_push_range(e, v, s->pieces);
		return;
	}
	struct md_piece *pieces = ARENA_ARRAY(&e->scratch, struct md_piece, count);
	memcpy(pieces, m->pieces + s->pieces.first, count * sizeof *pieces);
	const struct md_block *paragraph = &m->doc.blocks[++pieces[0].block];
	pieces[0].first = paragraph->first_run;
	pieces[0].end = paragraph->end_run;
	struct html_value html = { .kind = HTML_PIECES, .with = html_of(e, v), .pieces = pieces, .first = 0, .end = count };
	html_push(e, &html);
}

static void statement_text(struct engine *e, const struct view *v)
{
	push_words(e, v, ((const struct statement *)v->object)->pieces);
}

static void statement_excerpt(struct engine *e, const struct view *v)
{
	push_excerpt(e, v, ((const struct statement *)v->object)->pieces);
}

static void statement_topics(struct engine *e, const struct view *v)
{
	view_push_topic_refs(e, view_meeting(e, v), ((const struct statement *)v->object)->topics);
}

static void statement_speech(struct engine *e, const struct view *v)
{
	view_push_speech(e, v->owner, ((const struct statement *)v->object)->speech);
}

static void statement_item(struct engine *e, const struct view *v)
{
	view_push_item(e, v->owner, ((const struct statement *)v->object)->item);
}

/* What has an address: something said, a narrative paragraph, a note by the secretariat. */
static const struct view_field statement_fields[] = {
	VIEW_GET("kind", statement_kind),       /* said narrative note */
	VIEW_STR(statement, anchor),
	VIEW_GET("html", statement_html),
	VIEW_GET("text", statement_text),       /* plain words, or nil */
	VIEW_GET("excerpt", statement_excerpt), /* the first 80 characters of them */
	VIEW_GET("url", statement_url),
	VIEW_NAMED("characters", VIEW_KIND_U32, statement, characters),
	VIEW_GET("topics", statement_topics),   /* all that apply */
	VIEW_GET("speech", statement_speech),   /* nil when nobody said it */
	VIEW_GET("item", statement_item),
	VIEW_GET("meeting", part_meeting),
	VIEW_END
};
static const struct view_type statement_view = { "statement", statement_fields };

void view_push_statement(struct engine *e, const struct place *p, uint32_t statement)
{
	view_push(e, &statement_view, p, &e->site->meetings[p - e->site->places]->statements[statement]);
}
