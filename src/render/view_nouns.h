/*
 * view_nouns: what the files view_*.c share: one function per noun that pushes it, and a few fields.
 *
 * Names are those of minutes/model.h and site/site.h. The field tables are the whole list of what templates know, one
 * table a noun; each begins with what it shows. Fields are read when a template asks for them, and what is built for
 * one (a list of groups, say) lives until the page is done.
 *
 *     view_page.c     page, its breadcrumbs, navigation and other languages
 *     view_site.c     site, plain pages, bodies
 *     view_meeting.c  a meeting's facts, who attended, contents
 *     view_corrections.c  corrections, of a meeting and of all
 *     view_register.c  documents; the registers of decisions, actions and documents
 *     view_record.c   items, speeches, statements, footnotes
 *     view_callout.c  decisions, votes, actions, notes
 *     view_people.c   people and topics
 *     view_remarks.c  lists of remarks and decisions; who, what and when how often
 *
 * The owner of anything that belongs to a meeting is the meeting's place: it tells which meeting.
 */
#ifndef GIJI_RENDER_VIEW_NOUNS_H
#define GIJI_RENDER_VIEW_NOUNS_H

#include "render/html.h"
#include "render/view.h"

view_noun view_push_body, view_push_meeting, view_push_person, view_push_topic, view_push_plain;
view_noun view_push_item, view_push_speech, view_push_statement, view_push_callout, view_push_vote_line; /* the owner is a place */

static inline const struct meeting *view_meeting_at(const struct engine *e, const struct place *p)
{
	return e->site->meetings[p - e->site->places];
}

/* The meeting that the view belongs to. */
static inline const struct meeting *view_meeting(const struct engine *e, const struct view *v)
{
	return view_meeting_at(e, v->owner);
}

view_base view_edition; /* for fields that are members of the edition */

/* The language of a body's title, when it is not the page's; else STR_NONE. */
struct str view_body_lang(const struct engine *e, const struct body *b);

/* view_record.c */
extern const struct view_type view_footnote;
view_get view_get_items;

/* An item's printed number and, unless it ends in a bracket or mark of full width, the space behind it; or nil. */
view_get view_get_prefix; /* of a struct str */

/* view_register.c */
extern const struct view_type view_document;
view_get view_get_register; /* of a page; nil when it is no register's */

/* view_corrections.c */
extern const struct view_type view_correction;
view_noun view_push_correction; /* owner: the place of its meeting */
view_get view_get_corrected;        /* of a meeting: its corrections by the id of their spot */

/* Of what stands in a record: its pieces and its words, its address by its anchor, its meeting. */
view_get view_get_pieces, view_get_words; /* of a struct range */
view_get view_get_anchor_url;             /* of a struct str */
view_get view_get_meeting;
struct md_html view_html_of(const struct engine *e, const struct view *v);

/* A label in parts; those that `named` of the voices are lead to pages. */
void view_push_names(struct engine *e, struct str label, const struct voice *voices, struct range named);

/* view_people.c */
view_get view_get_person_url; /* of a uint32_t, a person; nil without a page */
view_get view_get_topics;     /* of a struct range of the meeting's topic_refs: each once */

/* view_remarks.c */
view_get view_get_remarks;                          /* of a struct remarks: those that this page shows */
view_get view_get_decisions, view_get_latest_decisions; /* of a struct decideds */
view_get view_get_ballots;                         /* of a struct ballots: those that this page shows */
view_get view_get_years;                           /* of a struct remarks: how many in each fiscal year */
view_get view_get_topics_of, view_get_speakers_of; /* of a struct remarks: what they are about, who made them */
view_get view_get_shares;                          /* of a struct meeting: who spoke how much */

/* Adds the topics of `refs` to a buf of uint32_t, each once. */
void view_add_topics(const struct meeting *m, struct range refs, struct buf *topics);

/* How often each index stands in the buf, which is released; most often first. */
void view_push_tally(struct engine *e, view_noun *noun, struct buf *indexes);

#endif
