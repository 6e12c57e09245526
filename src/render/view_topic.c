/* Topics: what they are, how they stand to each other, and the index of them. */
#include "render/view_nouns.h"

static uint32_t topic_index(const struct engine *e, const struct view *v)
{
	return (uint32_t)((const struct topic *)v->object - e->site->topics);
}

static const struct appearances *appearances_of(const struct engine *e, const struct view *v)
{
	return &e->edition->topics[topic_index(e, v)];
}

static const struct register_topic *registered(const struct engine *e, const struct view *v)
{
	const struct topic *t = v->object;
	return t->registered == NONE ? NULL : &e->site->registers.topics[t->registered];
}

static void topic_url(struct engine *e, const struct view *v)
{
	engine_push(e->L, site_topic_url(e->site, e->edition, topic_index(e, v), &e->scratch));
}

static void topic_description(struct engine *e, const struct view *v)
{
	const struct register_topic *r = registered(e, v);
	view_push_words(e, r ? &r->description : NULL);
}

static void topic_params(struct engine *e, const struct view *v)
{
	const struct register_topic *r = registered(e, v);
	view_push_yaml(e, r ? r->params : NULL);
}

static void push_term(struct engine *e, const struct view_list *list, size_t i)
{
	engine_push(e->L, ((const struct text_item *)list->items)[i].text);
}

static void topic_terms(struct engine *e, const struct view *v)
{
	const struct register_topic *r = registered(e, v);
	view_push_list(e, (struct view_list){ r ? r->terms.count : 0, push_term, NULL, r ? r->terms.items : NULL, 0 });
}

static void push_topic_at(struct engine *e, const struct view_list *list, size_t i)
{
	view_push_topic(e, ((const uint32_t *)list->items)[i]);
}

void view_push_topics(struct engine *e, const uint32_t *topics, size_t count)
{
	view_push_list(e, (struct view_list){ count, push_topic_at, NULL, topics, 0 });
}

static void topic_broader(struct engine *e, const struct view *v)
{
	view_push_topic(e, ((const struct topic *)v->object)->broader);
}

static void topic_narrower(struct engine *e, const struct view *v)
{
	const struct topic *t = v->object;
	view_push_topics(e, t->narrower, t->narrower_count);
}

static void topic_also(struct engine *e, const struct view *v)
{
	const struct topic *t = v->object;
	view_push_topics(e, t->also, t->also_count);
}

static void topic_remark_count(struct engine *e, const struct view *v)
{
	view_push_count(e, appearances_of(e, v)->remarks.count);
}

static void topic_meeting_count(struct engine *e, const struct view *v)
{
	view_push_count(e, appearances_of(e, v)->meeting_count);
}

static void topic_first(struct engine *e, const struct view *v)
{
	view_push_date(e, appearances_of(e, v)->first);
}

static void topic_last(struct engine *e, const struct view *v)
{
	view_push_date(e, appearances_of(e, v)->last);
}

static void topic_years(struct engine *e, const struct view *v)
{
	view_push_years_of(e, &appearances_of(e, v)->remarks);
}

static void topic_speakers(struct engine *e, const struct view *v)
{
	view_push_speakers_of(e, &appearances_of(e, v)->remarks);
}

static void topic_remarks(struct engine *e, const struct view *v)
{
	const struct remarks *r = &appearances_of(e, v)->remarks, none = { NULL, 0 };
	view_push_remarks(e, e->page->year_count && !e->page->year ? &none : r, e->page->year);
}

static void topic_decisions(struct engine *e, const struct view *v)
{
	view_push_decided(e, &appearances_of(e, v)->decisions);
}

/* What is talked about. */
static const struct view_field topic_fields[] = {
	VIEW_STR(topic, id),
	VIEW_NAMED("name", VIEW_KIND_WORDS, topic, name),
	VIEW_NAMED("reading", VIEW_KIND_WORDS, topic, reading),
	VIEW_GET("url", topic_url),
	VIEW_GET("description", topic_description),
	VIEW_GET("terms", topic_terms),               /* words by which remarks are found */
	VIEW_GET("params", topic_params),
	VIEW_GET("broader", topic_broader),           /* topic, or nil */
	VIEW_GET("narrower", topic_narrower),
	VIEW_GET("also", topic_also),                 /* see also */
	VIEW_GET("remark_count", topic_remark_count),
	VIEW_GET("meeting_count", topic_meeting_count),
	VIEW_GET("first", topic_first),               /* dates of the first and last remark */
	VIEW_GET("last", topic_last),
	VIEW_GET("years", topic_years),               /* year, count; first to last, none left out */
	VIEW_GET("speakers", topic_speakers),         /* of, count */
	VIEW_GET("remarks", topic_remarks),           /* by meeting: words, speeches …; of a list that is split by year, those of the page's */
	VIEW_GET("decisions", topic_decisions),       /* callouts */
	VIEW_END
};
static const struct view_type topic_view = { "topic", topic_fields };

void view_push_topic(struct engine *e, uint32_t topic)
{
	if (topic == NONE)
		lua_pushnil(e->L);
	else
		view_push(e, &topic_view, NULL, &e->site->topics[topic]);
}

void view_push_topic_refs(struct engine *e, const struct meeting *m, struct range refs)
{
	struct buf topics = { 0 };
	for (uint32_t i = refs.first; i < refs.end; i++) {
		uint32_t topic = m->topic_refs[i].topic;
		size_t n = VEC_COUNT(&topics, uint32_t), k = 0;
		while (k < n && VEC_AT(&topics, uint32_t)[k] != topic)
			k++;
		if (k == n && topic != NONE)
			*VEC_ADD(&topics, uint32_t) = topic;
	}
	size_t count = VEC_COUNT(&topics, uint32_t);
	view_push_topics(e, buf_settle(&topics, &e->scratch), count);
}

void view_get_index_of_topics(struct engine *e, const struct view *v)
{
	(void)v;
	view_push_topics(e, e->edition->topics_order, e->edition->topics_order_count);
}
