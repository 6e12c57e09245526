/*
 * front: front matter of records, bodies and plain pages, in typed form. Keys and
 * their meaning: format.md, "A meeting's front matter" and "A site".
 */
#ifndef GIJI_SOURCE_FRONT_H
#define GIJI_SOURCE_FRONT_H

#include "source/settings.h"

enum record_kind { RECORD_NONE, RECORD_SUMMARY, RECORD_VERBATIM, RECORD_EDITED /* "record" */, RECORD_ACTION };
enum record_status {
	STATUS_NONE, /* not given: kept back as a draft, with a finding */
	STATUS_SCHEDULED,
	STATUS_POSTPONED,
	STATUS_CANCELLED,
	STATUS_DRAFT,
	STATUS_PROVISIONAL,
	STATUS_CONFIRMED
};

/* The words for them in front matter; of what is not given, for what it amounts to. */
extern const char *const record_kind_words[], *const record_status_words[];

/* What a body may ask of its records. */
enum { FACT_DATE, FACT_TIME, FACT_PLACE, FACT_ATTENDEES, FACT_AGENDA, FACT_SPEAKERS, FACT_COUNT };
extern const char *const record_facts[];

enum anonymity { ANONYMOUS_NOT, ANONYMOUS_ROLES, ANONYMOUS_LETTERS };

struct attendee {
	struct str label;      /* as printed */
	struct str person;     /* id in people.yml, or "" */
	struct str short_name; /* `short`: what stands before a colon in the text */
	struct words organization;
	struct str proxy_for, arrived, left;
	bool online, absent;
	bool is_organization; /* listed under `organizations` */
	size_t group;         /* index into attendees.groups */
	struct loc loc;
};

struct attendance_group {
	struct words name; /* `group`, may be empty */
	long count;        /* `count`: people not named; 0 when not given */
	bool is_public;    /* `public: true` */
	size_t first, end; /* its attendees; those under `absent` come last */
	struct loc loc;
};

struct attendance {
	struct attendance_group *groups;
	size_t group_count;
	struct attendee *attendees;
	size_t attendee_count;
	struct loc loc;
	bool given;
};

struct agenda_part {
	struct str title;
	uint8_t level; /* 1 at the top */
	struct loc loc;
};

struct agenda {
	struct agenda_part *parts; /* preorder */
	size_t count;
};

struct document {
	struct str label, title;
	struct str file;   /* as written, from the record's folder; or "" */
	struct str url;    /* or "" */
	struct str closed; /* the reason, or "" */
	struct loc loc, file_loc;
	struct str source_path; /* "content/ict/files/5-1.pdf": set when `file` is given and stays inside content/ */
};

struct documents {
	struct document *items;
	size_t count;
};

struct closed_meeting {
	struct str reason, basis;
};

struct translation {
	struct str by;
	bool machine;
	struct dated of;
};

enum correction_kind {
	CORRECTION_NONE, /* not given: an error */
	CORRECTION_ERROR,
	CORRECTION_ADDITION,
	CORRECTION_WITHDRAWN,
	CORRECTION_PERSONAL_DATA
};

struct correction {
	struct dated date;
	struct str at; /* an anchor (s4-5), a fact (date), or documents/ and a label */
	struct str before, after, reason;
	int kind;       /* enum correction_kind */
	struct loc loc; /* of what `at` names */
};

/* As it is written; "error" when it is not given. */
const char *correction_word(const struct correction *c);

/* The words it is about must not be kept or repeated anywhere. */
bool correction_withdraws(const struct correction *c);

/* Whether it came after another one of its record: by their days; of one day, as they stand. */
bool correction_is_later(const struct correction *c, const struct correction *than);

struct corrections {
	struct correction *items;
	size_t count;
};

/* One meeting's record. */
struct record_front {
	struct str title;
	int kind;    /* enum record_kind */
	int status;  /* enum record_status */
	long number; /* 0 when not given */
	struct loc number_loc;
	struct str session;
	struct dated date, end_date;
	struct time_span time;
	bool time_given;
	bool said[FACT_COUNT]; /* with a value, or with one that was found to be wrong */
	struct str place;
	struct attendance attendees;
	struct agenda agenda;
	struct documents documents;
	struct str summary;
	struct dated confirmed_on;
	struct str confirmed_by;
	struct text_item confirmed_at, record_of; /* records, as written */
	struct translation translation;
	struct str record; /* a file that holds the minutes, as written */
	struct loc record_loc;
	struct str
		record_path; /* "content/ict/files/h16-3.pdf": set when `record` is given and stays inside content/ */
	struct str video, audio;
	struct dated publish_on, expire_on, updated;
	struct closed_meeting closed;
	bool closed_given;
	int anonymous; /* enum anonymity */
	struct corrections corrections;
	struct texts aliases, topics, not_speakers;
	struct str layout, description;
	const struct yaml_node *params;
	struct loc loc; /* of the front matter */
};

enum numbering { NUMBERING_CONTINUOUS = 1, NUMBERING_YEAR, NUMBERING_SESSION };
enum body_kind { BODY_MEETINGS, BODY_PAGES }; /* `kind: pages` */

/* Of a body's index.md; also of a plain page, which has a part of it. */
struct body_front {
	struct words title, reading, organization, description;
	int kind; /* enum body_kind: `pages` must stand in the index of a folder of pages, and may in any page */
	struct texts standing_speakers, required, languages, not_speakers, aliases;
	bool required_given;
	int numbering, speaker_pages;
	struct dated established, dissolved, publish_on, expire_on, updated;
	bool draft;
	struct str layout;
	const struct yaml_node *params;
	struct loc loc;
};

/* `node` is the file's front matter map, or NULL. `folder` is the file's folder below the site's root
 * ("content/ict"), against which documents are resolved. False after findings that make the file unusable
 * (a record without title or date, a body or page without title, any with a publish_on or expire_on that cannot be read
 * or a misspelled key that withholds something): it is then left out and the build has failed. */
bool record_front_read(
	const struct yaml_node *node, struct str folder, struct record_front *f, const struct reading *r);
bool body_front_read(const struct yaml_node *node, struct body_front *f, const struct reading *r);
bool page_front_read(const struct yaml_node *node, struct body_front *f, const struct reading *r);

/* The home page's: as a page's, but the site has a title already. */
bool home_front_read(const struct yaml_node *node, struct body_front *f, const struct reading *r);

/* The larger values of a record's front matter (record_parts.c). */
field_reader title_read;      /* struct str: given once, or per language, of which the file's own (5.en.md) is taken */
field_reader attendance_read; /* struct attendance */
field_reader agenda_read;     /* struct agenda */
field_reader document_read, correction_read; /* an item of their lists */

/* The path from the site's root of a file that a record names, into a struct str. A finding and false where it leads
 * out of content/, or is itself a source that giji does not publish as it is. */
field_reader document_path;

/* A reason why something is closed, into a struct str: without words, or just `true`, it is none. */
field_reader closed_reason;
bool closed_given(const struct yaml_node *node); /* `closed: false` and no key are the same */

#endif
