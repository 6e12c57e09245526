/*
 * names: what the words of a [[link]] may mean, where it stands.
 *
 * In this order: a document of the record, a meeting of the body, a page or body, a person, a topic.
 * The first of these that knows the words decides; two of one sort are ambiguous. Words match folded.
 */
#ifndef GIJI_SITE_NAMES_H
#define GIJI_SITE_NAMES_H

#include "site/build.h"

enum target_kind {
	TARGET_DOCUMENT, /* of the meeting */
	TARGET_RECORD,   /* any of its versions; index is the first of record_versions */
	TARGET_PLAIN,    /* as TARGET_RECORD: the first of plain_versions */
	TARGET_BODY,
	TARGET_PERSON,
	TARGET_TOPIC
};

struct target {
	enum target_kind kind;
	uint32_t index;
};

struct seeker { /* where a link stands */
	const struct meeting *meeting; /* or NULL */
	uint32_t index;                /* of the meeting, or NONE */
	uint32_t body;                 /* or NONE */
	struct str folder;             /* below content/ */
	struct str path, language;
	uint32_t edition;
	bool is_draft;                 /* not published: its links name files and mean nothing yet */
};

/* Where a record's own words stand. */
struct seeker seeker_of_record(const struct build *b, uint32_t record);

struct names *names_open(struct build *b);
void names_close(struct names *n);

enum name_result { NAME_FOUND, NAME_UNKNOWN, NAME_AMBIGUOUS };

/* When it is ambiguous, `other` is the second of those that the words may mean. */
enum name_result names_find(
	struct names *n, const struct seeker *at, struct str words, struct target *target, struct target *other);

/* Words near these that mean something here, for "did you mean"; or STR_NONE. */
struct str names_nearest(struct names *n, const struct seeker *at, struct str words);

/* A record, page or body by its address ("ict/5"), from the root. */
bool names_address(const struct names *n, struct str address, struct target *target);

/* How a finding names a target: its address. */
struct str names_spell(const struct names *n, const struct seeker *at, struct target t);

/* ties.c */
void build_ties(struct build *b, struct names *names);

#endif
