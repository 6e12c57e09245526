/*
 * voices: what a label means in a record, at its date.
 *
 * Resolution order (format.md, "Who spoke"): the meeting's own attendees, people.yml labels valid for
 * that body and date, a unique `short`, standing speakers. A label is never cut and guessed at. Matching
 * folds width, case and white space.
 */
#ifndef GIJI_MINUTES_VOICES_H
#define GIJI_MINUTES_VOICES_H

#include "minutes/model.h"
#include "source/register.h"

struct labels; /* people.yml's labels and topics.yml's words, folded: shared by all records */
struct labels *labels_open(const struct registers *r, struct arena *a);

/* The topic of which a folded text is the id, or else the name, or else a term; NONE, and what is spelled like it in *near. */
uint32_t labels_topic(const struct labels *l, struct str folded, struct str *near);

enum voice_result { VOICE_FOUND, VOICE_UNKNOWN, VOICE_AMBIGUOUS };

struct found {
	enum voice_result result;
	struct voice voice, other; /* when ambiguous, two candidates */
};

struct voices; /* what one record declares, on top of the labels */

struct voices_setting {
	const struct labels *labels;
	const struct body_front *body;
	const struct record_front *front;
	struct str folder; /* of the record, for labels valid in one body */
};

/* Also checks the attendance itself: an unknown `person`, two people of the register for one label. Who
 * speaks without standing in a register is found by src/site, once for all meetings of a body. */
struct voices *voices_open(const struct voices_setting *s, struct arena *a, struct diags *ds);

/* A whole label: `岡座長`, `WH`. */
struct found voices_find(const struct voices *v, struct str label);

/* The longest beginning of a text that is a declared label, as written in it; empty without one. */
struct str voices_begin(const struct voices *v, struct str text);

/* A label of people.yml that this one is in the record's body, where it is nobody's on its date; else NULL. */
const struct person_label *voices_outdated(const struct voices *v, struct str label, uint32_t *person);

/* Who an attendee is, for meeting.present. */
struct voice voices_attendee(const struct voices *v, size_t attendee);

/* The declared label that is spelled most like this one, and where it was declared (line 0: in people.yml or index.md).
 * Laxer than "did you mean" asks elsewhere: a marker overlooked puts words into another's mouth. */
struct str voices_nearest(const struct voices *v, struct str label, struct loc *declared);

/* Whether a label that nobody declared names a person as those who are declared are named: 佐藤委員 beside 森谷委員, Mr Baker
 * or Cllr Quist beside Councillor Quist. *namesake is the declared label of that name, or STR_NONE. */
bool voices_kin(const struct voices *v, struct str label, struct str *namesake, struct loc *declared);

/* The name in a label, folded, without what it is called by: 佐藤 of 佐藤委員, quist of Cllr Quist, nothing of 議長; *titled
 * when there was such a word. */
struct str label_name(struct str label, struct arena *a, bool *titled);

/* Words for an office that name nobody: 会長, Chair. All of them, separated by |. */
bool label_is_office(struct str label, struct arena *a);
struct str label_offices(void);

/* True when the words are in not_speakers of the record or its body. */
bool voices_excluded(const struct voices *v, struct str label);

#endif
