/* Decisions, votes, actions, closed parts and notes: what they say, who is named in them, what became of them. */
#include "render/view_nouns.h"

#include "base/map.h"

#include <string.h>

static const void *action_of(const struct engine *e, const struct view *v)
{
	const struct callout *c = v->object;
	return c->kind == CALLOUT_ACTION ? &view_meeting(e, v)->actions[c->detail] : NULL;
}

static void callout_outcome(struct engine *e, const struct view *v)
{
	const struct action *a = action_of(e, v);
	view_push_str(e, a ? a->who : ((const struct callout *)v->object)->outcome);
}

/* Who is to do an action. */
static void callout_names(struct engine *e, const struct view *v)
{
	const struct action *a = action_of(e, v);
	view_push_names(e, a ? a->who : STR(""), view_meeting(e, v)->named, a ? a->named : (struct range){ 0, 0 });
}

/* --- votes --- */

static const char *const vote_keys[] = { [VOTE_OTHER] = "other",
	[VOTE_MATTER] = "motion",
	[VOTE_METHOD] = "method",
	[VOTE_MOVED] = "moved",
	[VOTE_SECONDED] = "seconded",
	[VOTE_FOR] = "for",
	[VOTE_AGAINST] = "against",
	[VOTE_ABSTAINED] = "abstained",
	[VOTE_ABSENT] = "absent",
	[VOTE_RECUSED] = "recused",
	[VOTE_CASTING] = "casting" };

static void vote_line_named(struct engine *e, const struct view *v)
{
	const struct range *r = v->object;
	lua_pushinteger(e->L, r->end - r->first);
}

static void vote_line_names(struct engine *e, const struct view *v)
{
	const struct vote_line *l = v->object;
	view_push_names(e, l->words, view_meeting(e, v)->named, l->named);
}

/* Only bytes `from` to `to` of some runs' words. */
static size_t cut_runs(struct md_run *runs, size_t count, size_t from, size_t to)
{
	size_t at = 0, kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct md_run run = runs[i];
		size_t begin = at > from ? 0 : from - at, end = to > at ? to - at : 0;
		if (run.kind == MD_TEXT || run.kind == MD_CODE_SPAN || run.kind == MD_SOFT) {
			at += run.text.n;
			end = end < run.text.n ? end : run.text.n;
			run.text = begin < end ? str_n(run.text.p + begin, end - begin) : STR("");
		}
		runs[kept++] = run;
	}
	return kept;
}

/* The words behind its name with their markup. */
static void vote_line_html(struct engine *e, const struct view *v)
{
	const struct vote_line *l = v->object;
	const struct meeting *m = view_meeting(e, v);
	struct md_doc *doc = ARENA_NEW(&e->scratch, struct md_doc);
	size_t count = l->end - l->first;
	*doc = m->doc;
	doc->runs = ARENA_ARRAY(&e->scratch, struct md_run, count);
	memcpy(doc->runs, m->doc.runs + l->first, count * sizeof *doc->runs);
	struct html_value html = { .kind = HTML_RUNS, .with = view_html_of(e, v) };
	html.with.doc = doc;
	html.end = (uint32_t)cut_runs(doc->runs, count, l->from, l->to);
	if (l->words.n)
		html_push(e, &html);
	else
		lua_pushnil(e->L);
}

/* A line of a vote. */
static const struct view_field vote_line_view_fields[] = {
	VIEW(WORD, "key", vote_line, key, .words = vote_keys),
	VIEW(STR, "name", vote_line, name),                            /* as written */
	VIEW(STR, "words", vote_line, words),                          /* behind it, as written */
	VIEW_GET("html", vote_line_html),                              /* the same with its markup */
	VIEW(GIVEN, "count", vote_line, count),                        /* as written, or nil */
	VIEW(CALL, "named", vote_line, named, .get = vote_line_named), /* how many it names */
	VIEW_GET("names", vote_line_names), /* the words in parts, of which some name somebody */
	VIEW_END,
};
static const struct view_type vote_line_view = VIEW_TYPE("line of a vote", vote_line_view_fields, vote_line);

void view_push_vote_line(struct engine *e, const void *place, uint32_t line)
{
	view_push(e, &vote_line_view, place, &view_meeting_at(e, place)->vote_lines[line]);
}

struct side_count {
	enum vote_key key;
	struct str name, words;
	size_t lines, vague; /* vague ones have words alone: 全員 */
	long said[2],
		named[2]; /* how many, as lines say (or -1) and as they name; of a list, and of a table beside it */
};

/* -1 when it is not known. */
static long side_number(const struct side_count *s)
{
	long said = s->said[0] >= 0 ? s->said[0] : s->said[1];
	long named = s->named[0] > s->named[1] ? s->named[0] : s->named[1];
	return said >= 0 ? said : named > 0 ? named : -1;
}

static void side_words(struct engine *e, const struct view *v)
{
	const struct side_count *s = v->object;
	if (s->vague == 0)
		lua_pushinteger(e->L, side_number(s));
	else
		view_push_str(e, s->words);
}

/* How many are on a side of a vote, or how it says that in words. */
static const struct view_field side_view_fields[] = {
	VIEW(WORD, "key", side_count, key, .words = vote_keys),
	VIEW(STR, "name", side_count, name), /* as written */
	VIEW_GET("count", side_words),       /* a number, or words: 全員 */
	VIEW_END,
};
static const struct view_type side_view = VIEW_TYPE("side of a vote", side_view_fields, side_count);

static void side_add(struct side_count *s, const struct vote_line *l)
{
	long *said = &s->said[l->tabled], named = l->named.end - l->named.first;
	if (s->lines++ == 0)
		*s = (struct side_count){ .key = l->key, .name = l->name, .lines = 1, .said = { -1, -1 } };
	s->named[l->tabled] += named;
	if (l->count >= 0) {
		*said = *said < 0 ? l->count : *said + l->count;
	} else if (named == 0 && l->words.n) {
		s->vague++;
		s->words = l->words;
	}
}

/* Words tell how many only where they are all that is said. */
static bool side_is_known(const struct side_count *s)
{
	if (s->lines == 0)
		return false;
	return s->vague == 0 ? side_number(s) >= 0 : s->vague == 1 && side_number(s) < 0;
}

static struct range lines_of(const struct meeting *m, const struct callout *c)
{
	return c->kind == CALLOUT_VOTE ? m->votes[c->detail].lines : (struct range){ 0, 0 };
}

/* What a table says is printed as the table. */
static void callout_lines(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	struct range lines = lines_of(m, v->object);
	struct buf list = { 0 };
	for (uint32_t i = lines.first; i < lines.end; i++)
		if (!m->vote_lines[i].tabled)
			*VEC_ADD(&list, uint32_t) = i;
	view_push_indexes(e, view_push_vote_line, v->owner, &list);
}

/* The sides of a vote of which it is known how many they are, each once. */
static void callout_sides(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	struct range lines = lines_of(m, v->object);
	struct side_count sides[VOTE_CASTING + 1] = { 0 };
	struct buf list = { 0 };
	for (uint32_t i = lines.first; i < lines.end; i++)
		side_add(&sides[m->vote_lines[i].key], &m->vote_lines[i]);
	for (int key = VOTE_FOR; key <= VOTE_CASTING; key++)
		if (side_is_known(&sides[key]))
			*VEC_ADD(&list, struct side_count) = sides[key];
	view_push_structs(e, &side_view, &list);
}

/* What was voted on. */
static void callout_matters(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	struct range lines = lines_of(m, v->object);
	struct buf list = { 0 };
	for (uint32_t i = lines.first; i < lines.end; i++) {
		const struct vote_line *l = &m->vote_lines[i];
		bool moved = l->key == VOTE_MOVED && l->named.first == l->named.end;
		if ((l->key == VOTE_MATTER || moved) && l->words.n)
			*VEC_ADD(&list, uint32_t) = i;
	}
	view_push_indexes(e, view_push_vote_line, v->owner, &list);
}

/* A callout's own words; of a vote those that are no lines. */
static void callout_html(struct engine *e, const struct view *v)
{
	const struct callout *c = v->object;
	const struct meeting *m = view_meeting(e, v);
	const struct range *pieces = c->kind == CALLOUT_VOTE ? &m->votes[c->detail].rest : &c->pieces;
	view_get_pieces(e, &(struct view){ .owner = v->owner, .object = pieces });
}

/* Those who spoke in its item: the first speech of each label. */
static void callout_discussion(struct engine *e, const struct view *v)
{
	const struct callout *c = v->object;
	const struct meeting *m = view_meeting(e, v);
	const struct item *item = &m->items[c->item];
	struct map seen = { 0 };
	struct buf speeches = { 0 };
	for (uint32_t i = item->flow; i < item->flow_end; i++)
		if (m->flow[i].kind == FLOW_SPEECH && map_add(&seen, m->speeches[m->flow[i].index].label, 0))
			*VEC_ADD(&speeches, uint32_t) = m->flow[i].index;
	map_release(&seen);
	view_push_indexes(e, view_push_speech, v->owner, &speeches);
}

/* --- what is done --- */

static void callout_closes(struct engine *e, const struct view *v)
{
	const struct callout *c = v->object;
	const struct done *d = c->kind == CALLOUT_DONE ? &view_meeting(e, v)->dones[c->detail] : NULL;
	if (d && d->meeting != NONE)
		view_push_callout(e, &e->site->places[d->meeting], d->action);
	else
		lua_pushnil(e->L);
}

static void action_done_on(struct engine *e, const struct view *v)
{
	struct date on = site_done_on(e->site, v->object);
	view_push_str(e, date_is(on) ? date_iso(&e->scratch, on) : STR_NONE);
}

/* Where the record of the meeting that closes it says so: the item, which has an address. */
static void action_done_url(struct engine *e, const struct view *v)
{
	const struct action *a = v->object;
	if (a->closing == NONE) {
		lua_pushnil(e->L);
		return;
	}
	const struct meeting *m = e->site->meetings[a->closing];
	const struct callout *c = a->closing_done == NONE ? NULL : &m->callouts[m->dones[a->closing_done].callout];
	struct str anchor = c ? m->items[c->item].anchor : STR("");
	struct str url = e->site->places[a->closing].url;
	engine_push(e->L, anchor.n ? arena_format(&e->scratch, "%.*s#%.*s", STR_ARG(url), STR_ARG(anchor)) : url);
}

#define ACTION .base = action_of

/* A decision, vote, action, closed part or note. */
static const struct view_field callout_view_fields[] = {
	VIEW_SAYS("kind", "callout"),
	VIEW(WORD, "name", callout, kind, .words = callout_words),
	VIEW(STR, "anchor", callout, anchor), /* of a decision, vote or action */
	VIEW(CALL, "url", callout, anchor, .get = view_get_anchor_url),
	VIEW_GET("outcome", callout_outcome),        /* 了承; of an action: who does it; of a closed part: why */
	VIEW(DATE, "due", action, due, ACTION),      /* of an action */
	VIEW_GET("names", callout_names),            /* who is to do an action, in parts */
	VIEW(BOOL, "done", action, done, ACTION),    /* an action: it is done */
	VIEW_GET("done_on", action_done_on, ACTION), /* … since when */
	VIEW(REF, "done_at", action, closing, ACTION,
		.noun = view_push_meeting), /* … the meeting whose record says so */
	VIEW_GET("done_url", action_done_url, ACTION),
	VIEW_GET("closes", callout_closes),         /* the action that this says to be done */
	VIEW_GET("lines", callout_lines),           /* of a vote, but those of a table */
	VIEW_GET("motions", callout_matters),       /* of a vote: the lines that say on what */
	VIEW_GET("sides", callout_sides),           /* of a vote: how many on each */
	VIEW_GET("discussion", callout_discussion), /* speeches of its item, the first of each speaker */
	VIEW_GET("html", callout_html),             /* of a vote: what is not in its lines */
	VIEW(CALL, "text", callout, pieces, .get = view_get_words),
	VIEW(BOOL, "repeats", callout, repeats), /* its words are those of the paragraph before it */
	VIEW(CALL, "topics", callout, topics, .get = view_get_topics),
	VIEW(REF, "speech", callout, speech, .noun = view_push_speech), /* in which it stands */
	VIEW(REF, "item", callout, item, .noun = view_push_item),
	VIEW_GET("meeting", view_get_meeting),
	VIEW_END,
};
static const struct view_type callout_view = VIEW_TYPE("callout", callout_view_fields, callout);

void view_push_callout(struct engine *e, const void *place, uint32_t callout)
{
	view_push(e, &callout_view, place, &view_meeting_at(e, place)->callouts[callout]);
}
