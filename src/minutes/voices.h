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

/* A label of people.yml that this one is in the record's body, where it is nobody's on its date; with `elsewhere` also one
 * of other bodies only; else NULL. */
const struct person_label *voices_outdated(const struct voices *v, struct str label, bool elsewhere, uint32_t *person);

/* Who an attendee is, for meeting.present. */
struct voice voices_attendee(const struct voices *v, size_t attendee);

/* Declared labels of different people that another label may be meant for as well as each other. */
enum { ALIKE_MOST = 4 };
struct alike { /* alike.c */
	struct str labels[ALIKE_MOST];
	uint32_t owners[ALIKE_MOST];
	size_t count;   /* more than ALIKE_MOST: some are missing */
	struct loc loc; /* of the first; line 0: in people.yml or index.md */
};

/* Those spelled most like a label; false without any. Laxer than "did you mean" asks elsewhere: a marker overlooked puts
 * words into another's mouth. */
bool voices_nearest(const struct voices *v, struct str label, struct alike *alike);

/* Whether a label that nobody declared names a person as those who are declared are named: 佐藤委員 beside 森谷委員, Mr Baker
 * or Cllr Quist beside Councillor Quist. */
bool voices_kin(const struct voices *v, struct str label);

/* Whom an undeclared label may mean: those of its name, of whom a given name in it tells which, or the nearest. */
void voices_alike(const struct voices *v, struct str label, struct alike *alike);

/* A label, folded, without what people are called by: 佐藤 of 佐藤委員, nothing of 議長, jquist of Cllr J Quist. */
struct called {
	struct str whole, name; /* the last word of it: quist */
	bool titled;
};
struct called label_called(struct str label, struct arena *a);

/* Words for an office that name nobody: 会長, Chair. All of them, separated by |. */
bool label_is_office(struct str label, struct arena *a);
struct str label_offices(void);

/* True when the words are in not_speakers of the record or its body. */
bool voices_excluded(const struct voices *v, struct str label);

#endif
