/* Callouts of a record: decisions, votes, actions, closed parts, notes; and its footnotes. */
#include "render/view_nouns.h"

#include "text/words.h"

static void callout_kind(struct engine *e, const struct view *v)
{
	(void)v;
	lua_pushliteral(e->L, "callout");
}

static void callout_name(struct engine *e, const struct view *v)
{
	static const char *const names[] = {
		[CALLOUT_DECISION] = "decision", [CALLOUT_VOTE] = "vote",       [CALLOUT_ACTION] = "action",
		[CALLOUT_DONE] = "done",         [CALLOUT_CLOSED] = "closed",   [CALLOUT_NOTE] = "note",
		[CALLOUT_TIP] = "tip",           [CALLOUT_IMPORTANT] = "important", [CALLOUT_WARNING] = "warning",
		[CALLOUT_CAUTION] = "caution",
	};
	lua_pushstring(e->L, names[((const struct callout *)v->object)->kind]);
}

static void callout_url(struct engine *e, const struct view *v)
{
	view_push_anchored(e, v, ((const struct callout *)v->object)->anchor);
}

static void callout_html(struct engine *e, const struct view *v)
{
	view_push_range(e, v, ((const struct callout *)v->object)->pieces);
}

static void callout_text(struct engine *e, const struct view *v)
{
	const struct callout *c = v->object;
	struct buf words = { 0 };
	meeting_words(view_meeting(e, v), c->pieces, &words);
	struct str text = text_squeeze(&e->scratch, buf_str(&words));
	buf_release(&words);
	view_push_str(e, text);
}

/* A decision without words of its own has those of the paragraph before: they begin on an earlier line. */
static void callout_repeats(struct engine *e, const struct view *v)
{
	const struct callout *c = v->object;
	const struct meeting *m = view_meeting(e, v);
	bool repeats = false;
	if (c->pieces.first < c->pieces.end) {
		struct md_piece piece = m->pieces[c->pieces.first];
		bool runs = piece.first < piece.end;
		repeats = (runs ? m->doc.runs[piece.first].line : m->doc.blocks[piece.block].line) < c->line;
	}
	lua_pushboolean(e->L, repeats);
}

/* An action's outcome is "[date] [who]". */
static struct str split_action(const struct callout *c, struct date *due)
{
	struct str rest = c->outcome, first = str_cut(&rest, STR(" "));
	struct date_claim claim;
	*due = (struct date){ 0 };
	if (c->kind != CALLOUT_ACTION || !date_read(first, &claim))
		return c->outcome;
	*due = claim.date;
	return str_trim(rest);
}

static void callout_due(struct engine *e, const struct view *v)
{
	struct date due;
	split_action(v->object, &due);
	view_push_date(e, due);
}

static void callout_outcome(struct engine *e, const struct view *v)
{
	struct date due;
	view_push_str(e, split_action(v->object, &due));
}

static void callout_speech(struct engine *e, const struct view *v)
{
	view_push_speech(e, v->owner, ((const struct callout *)v->object)->speech);
}

static void callout_item(struct engine *e, const struct view *v)
{
	view_push_item(e, v->owner, ((const struct callout *)v->object)->item);
}

static void callout_topics(struct engine *e, const struct view *v)
{
	view_push_topic_refs(e, view_meeting(e, v), ((const struct callout *)v->object)->topics);
}

static void callout_meeting(struct engine *e, const struct view *v)
{
	view_push_meeting(e, view_meeting_index(e, v));
}

static const struct view_field callout_fields[] = {
	VIEW_GET("kind", callout_kind),       /* "callout" */
	VIEW_GET("name", callout_name),       /* decision vote action done closed note tip important warning caution */
	VIEW_STR(callout, anchor),            /* of a decision, vote or action */
	VIEW_GET("url", callout_url),
	VIEW_GET("outcome", callout_outcome), /* 了承; of an action: who does it; of a closed part: why */
	VIEW_GET("due", callout_due),         /* of an action */
	VIEW_GET("html", callout_html),       /* its words, or nil */
	VIEW_GET("text", callout_text),       /* the same as plain words on one line */
	VIEW_GET("repeats", callout_repeats), /* its words are those of the paragraph before it */
	VIEW_GET("topics", callout_topics),
	VIEW_GET("speech", callout_speech),   /* in which it stands, or nil */
	VIEW_GET("item", callout_item),
	VIEW_GET("meeting", callout_meeting),
	VIEW_END
};
static const struct view_type callout_view = { "callout", callout_fields };

void view_push_callout(struct engine *e, const struct place *p, uint32_t callout)
{
	view_push(e, &callout_view, p, &e->site->meetings[p - e->site->places]->callouts[callout]);
}

/* --- footnotes --- */

static struct str plain_label(const struct engine *e, struct str key, struct str otherwise)
{
	size_t i;
	bool found = e->labels && map_get(&e->labels->keys, key, &i);
	return found && e->labels->labels[i].plain.n ? e->labels->labels[i].plain : otherwise;
}

static void footnote_html(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	struct html_value html = { .kind = HTML_FOOTNOTE,
		                       .with = { .doc = &m->doc, .targets = m->targets, .record_url = view_place(v)->url, .home = true },
		                       .first = ((const struct footnote *)v->object)->block,
		                       .words = plain_label(e, STR("footnote.back"), STR("↩")) };
	html_push(e, &html);
}

/* A footnote; its element needs the id "fn" and its number. */
static const struct view_field footnote_fields[] = { VIEW_NAMED("number", VIEW_KIND_U32, footnote, number),
	                                                 VIEW_GET("html", footnote_html), VIEW_END };
static const struct view_type footnote_view = { "footnote", footnote_fields };

static void push_footnote(struct engine *e, const struct view_list *list, size_t i)
{
	view_push(e, &footnote_view, list->owner, (const struct footnote *)list->items + i);
}

void view_get_footnotes(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	view_push_list(e, (struct view_list){ m->footnote_count, push_footnote, v->owner, m->footnotes, 0 });
}
