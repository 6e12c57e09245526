/*
 * model: one meeting, as its record tells it. This is the page to read first.
 *
 * Open structs, no functions. References are indexes into the meeting's arrays
 * (NONE for none), not pointers; strings are slices into the file's arena. What only the
 * whole site can know (which person a label means, where a link leads) is filled
 * in by src/site; until then it is NONE.
 *
 *     meeting ─┬─ items[]       a tree in preorder; items[0] is the record before its first heading
 *              ├─ flow[]        what stands in the record, in order ─┐
 *              ├─ speeches[]    each a range of flow                 │ kind and index
 *              ├─ statements[]  said, narrative or note  ◀───────────┤
 *              └─ callouts[]    decisions, votes, …      ◀───────────┘
 *                   └─ detail    votes[], actions[] or dones[], by kind
 *
 * An item owns the flow from items[i].flow to items[i].flow_end; its sub-items follow it
 * in items[]. A FLOW_SPEECH entry is followed by the entries of that speech.
 */
#ifndef GIJI_MINUTES_MODEL_H
#define GIJI_MINUTES_MODEL_H

#include "markdown/html.h"
#include "source/front.h"

#define NONE UINT32_MAX

struct range { uint32_t first, end; };

enum flow_kind { FLOW_SPEECH, FLOW_STATEMENT, FLOW_CALLOUT };

struct flow {
	enum flow_kind kind;
	uint32_t index; /* of the speech, statement or callout */
};

struct item {
	struct str anchor;     /* i2-1; items[0]: "" */
	struct str number;     /* as printed, （１）, or "" */
	struct str title;      /* plain words without the number */
	uint32_t heading;      /* block in doc; NONE for items[0] */
	uint32_t title_run;    /* first run of the title behind the number; its block's end_run ends it */
	uint32_t parent;       /* item, or NONE at the top */
	uint8_t level;         /* 1 at the top, 2 below it …; items[0]: 0 */
	uint32_t flow, flow_end;
	uint32_t agenda;       /* part of front.agenda with the same title, or NONE */
	struct range topics;   /* in topic_refs: tagged under the heading */
	struct str closed;     /* the reason, when `[!closed]` stands in the heading; else "" */
	uint32_t line;
};

/* Who a label means. */
struct voice {
	struct str label;      /* the part of the printed label that this voice is */
	uint32_t registered;   /* index into registers.people, or NONE */
	uint32_t attendee;     /* index into front.attendees, or NONE */
	uint32_t person;       /* index into site.people, set by src/site; NONE without a page or identity */
};

struct speech {
	struct str anchor;     /* s4 */
	struct str label;      /* as printed, without brackets and marks: 岡座長; 議長（山田太郎君）; anonymous: a role */
	struct range voices;   /* in voices[]; more than one for a joint speech; none when undeclared */
	uint32_t item;
	uint32_t flow, flow_end; /* its entries, behind its own FLOW_SPEECH entry */
	struct range topics;   /* tagged on the whole speech */
	long seconds;          /* [00:12:34] in the video or audio, -1 without */
	uint32_t line;
};

enum statement_kind { SAID, NARRATIVE, NOTE };

struct statement {
	struct str anchor;     /* s4-5 when said, n2 else */
	enum statement_kind kind;
	uint32_t item, speech; /* speech NONE unless said; a note inside a speech has it too */
	struct range pieces;   /* in pieces[] */
	struct range topics;   /* in topic_refs: all that apply: tagged on it, its speech, its item, the record, and by terms */
	uint32_t line;
	uint32_t characters;   /* of its plain words, for shares and lengths */
	bool listed;           /* was a list item */
};

enum callout_kind {
	CALLOUT_DECISION, CALLOUT_VOTE, CALLOUT_ACTION, CALLOUT_DONE, CALLOUT_CLOSED,
	CALLOUT_NOTE, CALLOUT_TIP, CALLOUT_IMPORTANT, CALLOUT_WARNING, CALLOUT_CAUTION
};

struct callout {
	enum callout_kind kind;
	struct str anchor;     /* d1, v1, a1; others "" */
	struct str outcome;    /* plain words behind [!name]: 了承; a closed part's reason */
	struct range pieces;   /* its words; a decision without any has the pieces of the paragraph before; none when closed */
	uint32_t item, speech; /* speech NONE outside */
	bool repeats;          /* its words are those of the paragraph before */
	struct range topics;   /* as a statement's */
	uint32_t detail;       /* into votes, actions or dones, by kind */
	uint32_t line;
};

enum vote_key {
	VOTE_OTHER, VOTE_MATTER, VOTE_METHOD, VOTE_MOVED, VOTE_SECONDED, /* the rest are sides, one to a person */
	VOTE_FOR, VOTE_AGAINST, VOTE_ABSTAINED, VOTE_ABSENT, VOTE_RECUSED, VOTE_CASTING
};

/* A line of a vote, 賛成：岡委員、森委員; of an item with a list in it each one below is a line of the same name. */
struct vote_line {
	enum vote_key key;
	struct str name;       /* as written: 賛成, Ayes; "" for words without one, and for ○ and × */
	struct str words;      /* as written behind it: 6人, 全員, the names; "" where an anonymous record withholds them */
	long count;            /* as written; -1 without */
	struct range named;    /* in named[] */
	bool tabled;           /* a table says it, which is printed as written */
	uint32_t first, end;   /* runs of its source line; words are bytes from … to of their plain text */
	uint32_t from, to;
	uint32_t line;
};

struct vote {
	uint32_t callout;
	struct range lines;    /* in vote_lines */
	struct range rest;     /* pieces of its words that are no lines */
};

/* Something to do: `> [!action] 2014-03-31 事務局`. */
struct action {
	uint32_t callout;
	struct date due;
	struct str who;        /* as written, or "" */
	struct range named;    /* in named[]: those of `who` who are declared */
	bool says_done;        /* itself: `done: date or record` */
	bool done;             /* set by src/site: it does, or a later record */
	struct date done_on;   /* by its own words */
	struct str done_by;    /* likewise: a record, as written, or "" */
	uint32_t closing;      /* set by src/site: the meeting whose record says it is done, or NONE */
	uint32_t closing_done; /* the place in its dones, or NONE */
};

struct done { /* > [!done] */
	uint32_t callout;
	struct str target;     /* an action's anchor or words */
	uint32_t meeting, action; /* set by src/site: which it closes, by the callout; or NONE */
};

/* A topic that something belongs to. */
struct topic_ref {
	uint32_t registered;   /* index into registers.topics, or NONE for a new hashtag */
	struct str word;       /* the hashtag as written, or the term found */
	uint32_t topic;        /* index into site.topics, set by src/site */
};

/* Where the page shows what a correction corrects. */
enum spot_kind { SPOT_NONE, SPOT_FACT, SPOT_DOCUMENT, SPOT_ITEM, SPOT_SPEECH, SPOT_STATEMENT, SPOT_CALLOUT, SPOT_TOMBSTONE };

struct spot {
	enum spot_kind kind;
	uint32_t index;        /* of the document, item …; of a fact NONE */
	struct str id;         /* of the element: s4-5, doc2, fact-when; "" for what is not on the page */
};

/* Text that was taken out once it had an address, at that address. */
struct tombstone {
	struct str anchor;
	struct date since;     /* absent: it is not stamped yet, and no correction tells */
	uint32_t correction;   /* that says why: index into front.corrections, or NONE */
	uint32_t item, speech; /* where it stood; speech NONE outside of one */
	uint32_t flow;         /* before this entry, or the end, of what it stood in */
	bool forgotten;        /* nobody keeps its words */
};

/* What stands beside a record. */
struct stamped {
	bool found;            /* a ledger: anchors are as it has them */
	bool confirmed;        /* it has words, of which each change needs its correction */
	bool stale;            /* something is newer than it */
	struct date changed;   /* when it was last stamped with other words than at first; absent: never */
};

struct footnote {
	uint32_t block;        /* MD_FOOTNOTE in doc */
	uint32_t number;
};

struct meeting {
	struct str path;       /* content/ict/5.md */
	struct str folder;     /* "ict" */
	struct str name;       /* "5" */
	struct str language;   /* never empty */
	struct record_front front;
	struct md_doc doc;
	enum record_kind kind; /* front.kind, RECORD_EDITED when not given */
	bool withheld;         /* front.closed: nothing of the body was read, and front holds only what may be shown */
	struct texts closed_files; /* paths of documents that it names and withholds; `front` does not know them */
	struct range topics;   /* in topic_refs: front.topics */

	struct item *items;             size_t item_count;
	struct flow *flow;              size_t flow_count;
	struct speech *speeches;        size_t speech_count;
	struct voice *voices;           size_t voice_count;   /* of an anonymous record roles, not people */
	struct statement *statements;   size_t statement_count;
	struct callout *callouts;       size_t callout_count;
	struct vote *votes;             size_t vote_count;
	struct vote_line *vote_lines;   size_t vote_line_count;
	struct action *actions;         size_t action_count;
	struct done *dones;             size_t done_count;
	struct voice *named;            size_t named_count; /* in votes and actions */
	struct md_piece *pieces;        size_t piece_count;
	struct topic_ref *topic_refs;   size_t topic_ref_count;
	struct footnote *footnotes;     size_t footnote_count; /* published ones, by number */
	struct tombstone *tombstones;   size_t tombstone_count; /* in order of flow; anchors of the page like any other */
	struct stamped stamped;
	struct str *kept_names; /* of a translation: its parts' anchors before it was named after its original; else NULL */

	/* One per attendee: who it is (label, registered, attendee; person set by src/site). */
	struct voice *present;
	/* One per document: the statements that mention it, as flow order; in mentions[]. */
	struct range *document_mentions;
	uint32_t *mentions;             size_t mention_count; /* statement indexes */
	/* One per correction, set by src/site for what is published, else NULL. */
	struct spot *spots;
	/* One per link of doc, set by src/site. */
	struct md_target *targets;
};

#endif
