/*
 * lexicon: what words mean, as they are folded, and which words those of people.yml, of topics.yml and of a record are.
 *
 *     lexicon_add(&l, (struct meaning){ .given = STR("岡座長"), .subject = 3 }, arena);
 *     lexicon_sort(&l, arena);
 *     struct range r = lexicon_find(&l, folded);       // l.list[r.first] …
 *
 * A zeroed one is empty; its list lives in the arena.
 */
#ifndef GIJI_MINUTES_LEXICON_H
#define GIJI_MINUTES_LEXICON_H

#include "minutes/voices.h"
#include "text/fold.h"

/* Something that a folded label may mean. */
struct meaning {
	struct str label; /* folded; made of `given` when it is added without */
	struct str given;
	const struct loc *loc;
	uint32_t subject; /* the person, the attendee, the text */
	uint32_t detail;  /* which of the person's labels */
};

/* Meanings by label; those of one label as they were declared. */
struct lexicon {
	struct meaning *list;
	uint32_t count;
	struct buf fresh; /* of struct meaning: added since, and not sorted yet */
};

void lexicon_add(struct lexicon *l, struct meaning m, struct arena *a); /* nothing when its label is empty */
void lexicon_sort(struct lexicon *l, struct arena *a);                  /* once, when all are added */
struct range lexicon_find(const struct lexicon *l, struct str folded);
bool lexicon_has(const struct lexicon *l, struct str folded);
struct str lexicon_nearest(const struct lexicon *l, struct str folded); /* "did you mean" */

struct labels {
	const struct registers *registers;
	struct lexicon lexicon;
	struct lexicon ids;    /* of people */
	struct lexicon topics; /* their words: subject is how strong it is, detail the topic */
};

/* How those who are declared are called; made when it is first asked for. */
struct kin {
	bool made;
	bool titled[2];       /* anybody by a title: in Chinese characters, in Latin letters */
	struct lexicon names; /* without titles */
};

struct voices {
	struct voices_setting setting;
	struct arena *arena;
	struct lexicon attendees, shorts, standing, excluded;
	uint32_t *registered; /* one per attendee: person, NONE, or AMBIGUOUS */
	struct kin *kin;
};

#define AMBIGUOUS (NONE - 1)

/* Whether a label of people.yml is valid in this record's body, at its date. */
bool label_is_valid(const struct voices_setting *s, const struct meaning *m);

#endif
