/*
 * view_nouns: what the files view_*.c share: one function per noun that pushes it, and lists of them.
 *
 *     view_page.c    page, its breadcrumbs, navigation and other languages
 *     view_site.c    site, plain pages
 *     view_body.c    bodies, meetings by year
 *     view_meeting.c a meeting's facts
 *     view_present.c who attended, documents, corrections
 *     view_record.c  items, speeches, statements, callouts
 *     view_contents.c  the table of contents: agenda and headings
 *     view_people.c  people and their roles
 *     view_topic.c   topics
 *     view_remarks.c lists of remarks and decisions by meeting
 *     view_tally.c   who and what how often
 *
 * In a view of anything that belongs to a meeting, `owner` is the meeting's place: it tells which meeting.
 * An index of NONE is pushed as nil.
 */
#ifndef GIJI_RENDER_VIEW_NOUNS_H
#define GIJI_RENDER_VIEW_NOUNS_H

#include "render/html.h"
#include "render/view.h"
#include "render/views.h"

static inline uint32_t view_meeting_index(const struct engine *e, const struct view *v)
{
	return (uint32_t)((const struct place *)v->owner - e->site->places);
}

static inline const struct meeting *view_meeting(const struct engine *e, const struct view *v)
{
	return e->site->meetings[view_meeting_index(e, v)];
}

static inline const struct place *view_place(const struct view *v)
{
	return v->owner;
}

/* A text, or nil when it is empty. */
static inline void view_push_str(struct engine *e, struct str s)
{
	if (s.n)
		engine_push(e->L, s);
	else
		lua_pushnil(e->L);
}

static inline void view_push_count(struct engine *e, size_t n)
{
	lua_pushinteger(e->L, (lua_Integer)n);
}

void view_push_date(struct engine *e, struct date d);                            /* "2013-12-13", or nil */
void view_push_words(struct engine *e, const struct words *w);                   /* in the page's language */
void view_push_lang(struct engine *e, struct str language);                      /* nil when it is the page's own */
void view_push_anchored(struct engine *e, const struct view *v, struct str anchor); /* the meeting's address#anchor */

/* view_body.c */
void view_push_body(struct engine *e, uint32_t body);
void view_push_bodies_in(struct engine *e, uint32_t parent); /* NONE: those at the top */
void view_push_year(struct engine *e, int year);             /* nil for 0 */

/* view_meeting.c */
void view_push_meeting(struct engine *e, uint32_t meeting);
void view_push_meetings(struct engine *e, const uint32_t *meetings, size_t count);
/* The same, last first. */
void view_push_meetings_back(struct engine *e, const uint32_t *meetings, size_t count);

/* view_present.c */
void view_get_attendance(struct engine *e, const struct view *v);
void view_get_documents(struct engine *e, const struct view *v);
void view_get_corrections(struct engine *e, const struct view *v);
void view_get_corrected(struct engine *e, const struct view *v);

/* view_record.c: anything that stands in the record of the meeting at this place */
void view_push_item(struct engine *e, const struct place *p, uint32_t item);
void view_push_speech(struct engine *e, const struct place *p, uint32_t speech);
void view_push_statement(struct engine *e, const struct place *p, uint32_t statement);
void view_push_callout(struct engine *e, const struct place *p, uint32_t callout);
void view_push_range(struct engine *e, const struct view *v, struct range pieces); /* as html; nil when empty */
void view_get_items(struct engine *e, const struct view *v);
void view_get_footnotes(struct engine *e, const struct view *v);

/* A list over indexes in the scratch arena, each pushed with the meeting's place by `push`. */
typedef void view_push_part(struct engine *e, const struct place *p, uint32_t index);
struct view_parts {
	const struct place *place;
	view_push_part *push;
	const uint32_t *indexes;
	size_t count;
};
void view_push_parts(struct engine *e, struct view_parts parts);

/* An item's printed number and, unless it ends in a bracket or mark of full width, the space behind it; or nil. */
void view_push_prefix(struct engine *e, struct str number);

/* view_contents.c */
void view_get_contents(struct engine *e, const struct view *v);

/* view_people.c */
void view_push_person(struct engine *e, uint32_t person);
void view_get_index_of_people(struct engine *e, const struct view *v);
struct str view_person_url(struct engine *e, uint32_t person); /* STR_NONE without a page */

/* view_topic.c */
void view_push_topic(struct engine *e, uint32_t topic);
void view_push_topics(struct engine *e, const uint32_t *topics, size_t count);
void view_push_topic_refs(struct engine *e, const struct meeting *m, struct range refs); /* each once */
void view_get_index_of_topics(struct engine *e, const struct view *v);

/* view_site.c */
void view_push_plain(struct engine *e, uint32_t plain);

/* view_remarks.c */
/* Remarks by meeting: all, or those of one fiscal year. */
void view_push_remarks(struct engine *e, const struct remarks *r, int year);
void view_push_years_of(struct engine *e, const struct remarks *r); /* how many in each fiscal year */
/* Decisions by meeting, newest first: of one fiscal year, or the first `most`. */
void view_push_decisions(struct engine *e, const struct decideds *d, int year, size_t most);
void view_push_decided(struct engine *e, const struct decideds *d);

/* view_tally.c */
/* How often each index stands in the array, which is sorted by this; most often first. */
void view_push_tally(struct engine *e, uint32_t *indexes, size_t count, void (*push)(struct engine *e, uint32_t index));
void view_get_shares(struct engine *e, const struct view *v);
void view_push_topics_of(struct engine *e, const struct remarks *r);   /* what remarks are about */
void view_push_speakers_of(struct engine *e, const struct remarks *r); /* who made them */
void view_get_subjects(struct engine *e, const struct view *v);        /* what a meeting is about */

#endif
