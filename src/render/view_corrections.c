/* Corrections, by themselves and by what they correct. */
#include "render/view_nouns.h"

#include "text/slug.h"

static size_t number_of(const struct engine *e, const struct view *v)
{
	return (size_t)((const struct correction *)v->object - view_meeting(e, v)->front.corrections.items);
}

/* A struct spot. */
static const void *spot_of(const struct engine *e, const struct view *v)
{
	return &view_meeting(e, v)->spots[number_of(e, v)];
}

/* Where nobody's words may be told apart, a correction must not repeat them. */
static const void *unless_anonymous(const struct engine *e, const struct view *v)
{
	static const struct correction nothing;
	return view_meeting(e, v)->front.anonymous ? &nothing : v->object;
}

static void correction_kind(struct engine *e, const struct view *v)
{
	lua_pushstring(e->L, correction_word(v->object));
}

static void correction_number(struct engine *e, const struct view *v)
{
	lua_pushinteger(e->L, (lua_Integer)number_of(e, v) + 1);
}

static void correction_url(struct engine *e, const struct view *v)
{
	const struct place *p = v->owner;
	engine_push(e->L, arena_format(&e->scratch, "%.*s#c%zu", STR_ARG(p->url), number_of(e, v) + 1));
}

static void correction_place_url(struct engine *e, const struct view *v)
{
	const struct place *p = v->owner;
	struct str id = *(const struct str *)v->object;
	view_push_str(e, id.n ? arena_format(&e->scratch, "%.*s#%.*s", STR_ARG(p->url), STR_ARG(id)) : STR_NONE);
}

/* ict/5-c1, which no other entry of the register has. */
static struct str entry_of(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	return arena_format(&e->scratch, "%.*s/%.*s-c%zu", STR_ARG(m->folder), STR_ARG(m->name), number_of(e, v) + 1);
}

static void correction_entry(struct engine *e, const struct view *v)
{
	engine_push(e->L, entry_of(e, v));
}

/* The register lists the version that its edition shows: of several, the one in its language. */
static void correction_register(struct engine *e, const struct view *v)
{
	const struct place *p = v->owner;
	const struct edition *edition = e->edition;
	if (p->version_count > 0 && !str_eq(view_meeting(e, v)->language, edition->language)) {
		lua_pushnil(e->L);
		return;
	}
	struct str url = site_url(e->site, edition->prefix, STR("corrections/"), &e->scratch);
	const struct corrected *all = edition->corrections;
	size_t count = edition->correction_count;
	int year =
		date_fiscal_year(((const struct correction *)v->object)->date.date, (int)e->site->settings.year_starts);
	/* As view_register.c splits it. */
	if (count > REMARKS_A_PAGE && all[0].fiscal_year != all[count - 1].fiscal_year)
		url = site_year_url(url, year, &e->scratch);
	struct buf whole = { 0 };
	buf_format(&whole, "%.*s#", STR_ARG(url));
	slug_encode(&whole, entry_of(e, v));
	engine_push(e->L, buf_keep(&whole, &e->scratch));
}

/* What sort of thing is corrected: a key of labels. A fact's is its own name. */
static void correction_what(struct engine *e, const struct view *v)
{
	static const char *const names[] = { "gone", "fact", "document", "item", "speech", "speech", "decision",
		"gone" };
	const struct meeting *m = view_meeting(e, v);
	const struct spot *spot = spot_of(e, v);
	const struct correction *c = v->object;
	if (spot->kind == SPOT_FACT)
		engine_push(e->L, c->at);
	else if (spot->kind == SPOT_NONE && spot->id.n)
		lua_pushliteral(e->L, "correction");
	else if (spot->kind == SPOT_STATEMENT && m->statements[spot->index].kind != SAID)
		lua_pushliteral(e->L, "paragraph");
	else if (spot->kind == SPOT_CALLOUT && m->callouts[spot->index].kind != CALLOUT_DECISION)
		lua_pushstring(e->L, m->callouts[spot->index].kind == CALLOUT_VOTE ? "vote" : "action");
	else
		lua_pushstring(e->L, names[spot->kind]);
}

/* The speaker's label, the item's title, the document's label; nil where there is none, and who spoke is not told. */
static void correction_name(struct engine *e, const struct view *v)
{
	const struct meeting *m = view_meeting(e, v);
	const struct spot *spot = spot_of(e, v);
	struct str name = STR_NONE;
	uint32_t speech = NONE;
	if (spot->kind == SPOT_DOCUMENT)
		name = m->front.documents.items[spot->index].label;
	else if (spot->kind == SPOT_ITEM)
		name = m->items[spot->index].title;
	else if (spot->kind == SPOT_SPEECH)
		speech = spot->index;
	else if (spot->kind == SPOT_STATEMENT)
		speech = m->statements[spot->index].speech;
	if (speech != NONE && !m->front.anonymous)
		name = m->speeches[speech].label;
	view_push_str(e, name);
}

#define WORDS .base = unless_anonymous
#define SPOT .base = spot_of

/* A change of a published record. */
static const struct view_field correction_view_fields[] = {
	VIEW_GET("kind", correction_kind),
	VIEW(DATE, "date", correction, date.date),
	VIEW_GET("number", correction_number), /* its place in the record's list: 1, and its anchor is c1 */
	VIEW_GET("url", correction_url),       /* of its entry there */
	VIEW(STR, "at", correction, at),       /* as written: an anchor, or date, place … */
	VIEW(STR, "place", spot, id, SPOT),    /* the id of what is corrected; nil when it is gone */
	VIEW(CALL, "place_url", spot, id, SPOT, .get = correction_place_url),
	VIEW_GET("what",
		correction_what), /* speech paragraph item decision vote action document gone, or a fact's name */
	VIEW_GET("name", correction_name), /* of who spoke, the item or the document */
	VIEW(STR, "before", correction, before, WORDS),
	VIEW(STR, "after", correction, after, WORDS),
	VIEW(STR, "reason", correction, reason, WORDS),
	VIEW_GET("entry", correction_entry),           /* its id in the register */
	VIEW_GET("register_url", correction_register), /* of that; nil when this version is not in it */
	VIEW_GET("meeting", view_get_meeting),
	VIEW_END,
};
const struct view_type view_correction = VIEW_TYPE("correction", correction_view_fields, correction);

void view_push_correction(struct engine *e, const void *place, uint32_t i)
{
	view_push(
		e, &view_correction, place, i == NONE ? NULL : &view_meeting_at(e, place)->front.corrections.items[i]);
}

/* A table: the list of the corrections of s4-5 is at "s4-5". */
void view_get_corrected(struct engine *e, const struct view *v)
{
	const struct meeting *m = v->object;
	size_t count = m->front.corrections.count;
	bool *done = ARENA_ARRAY(&e->scratch, bool, count);
	lua_newtable(e->L);
	for (size_t i = 0; i < count; i++) {
		struct buf here = { 0 };
		for (size_t k = i; !done[i] && k < count; k++) {
			if (!str_eq(m->spots[k].id, m->spots[i].id))
				continue;
			*VEC_ADD(&here, uint32_t) = (uint32_t)k;
			done[k] = k > i;
		}
		if (here.n == 0)
			continue;
		engine_push(e->L, m->spots[i].id);
		view_push_indexes(e, view_push_correction, v->owner, &here);
		lua_rawset(e->L, -3);
	}
}
