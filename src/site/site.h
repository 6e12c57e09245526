/*
 * site: what is true across all meetings, and which pages exist.
 *
 * Built once from the files of a site, then const: rendering reads it from many
 * threads. All that a page, an index and an export must agree on is decided here.
 *
 *     struct site *s = site_load(&fs, &options, diags);
 *     for (size_t i = 0; i < s->page_count; i++) render(s, &s->pages[i]);
 *     site_release(s);
 *
 * An edition is the site in one language: the first language's stands at the root, each
 * further one below /<language>/. Who and what exist is the same in all; which version of a
 * meeting is shown, and so which words are listed, differs.
 */
#ifndef GIJI_SITE_SITE_H
#define GIJI_SITE_SITE_H

#include "minutes/read.h"
#include "site/kept.h"
#include "source/settings.h"

struct remark { /* a statement, as lists of them know it */
	uint32_t meeting;
	uint32_t statement;
};

struct decided { /* a decision, likewise */
	uint32_t meeting;
	uint32_t callout;
};

struct corrected { /* a correction, as the register knows it */
	uint32_t meeting;
	uint32_t correction;
	int fiscal_year;         /* of its own day */
};

struct ballot { /* on which side somebody stood in a vote */
	uint32_t meeting;
	uint32_t line; /* of its vote_lines */
	uint32_t callout;
};

struct remarks { struct remark *items; size_t count; };
struct decideds { struct decided *items; size_t count; };
struct ballots { struct ballot *items; size_t count; };

struct body {
	struct str folder;       /* "ict"; also its address */
	struct body_front front; /* of the edition's language or the first */
	struct str title, reading;
	struct str language;     /* of its records where the file name names none */
	uint32_t parent;         /* body, or NONE */
	bool is_pages;           /* a folder of plain pages */
	bool hidden;             /* draft, embargoed or expired: neither it nor anything in it is published */
	struct md_doc doc;       /* its introduction */
	struct md_target *targets;
	uint32_t *meetings;      /* published ones in order of date, then number, then path; versions in one language each */
	size_t meeting_count;
	struct str path;         /* content/ict/index.md, or "" */
	struct str text_language; /* of title and introduction, where the edition has none of its own */
	struct body **in_edition; /* one per edition: this body in its words, with the versions of meetings that it shows */
};

struct plain { /* a plain page, or the home page's words */
	struct str path, folder, name, language;
	struct body_front front;
	struct md_doc doc;
	struct md_target *targets;
	uint32_t body;           /* the page folder it stands in, or NONE */
	struct str title;        /* in its language; the site's for a home page without one */
	struct str url;          /* of its page; the home page's words: of the home page */
	uint32_t *versions;      /* the same page in other languages, plains */
	size_t version_count;
	bool is_index;           /* of its folder: /guide/ rather than /guide/index/ */
	bool hidden;             /* as a body's */
};

enum person_kind { PERSON_HUMAN, PERSON_ORGANIZATION };

struct person {
	struct str id;           /* "oka"; or "<body>-<label>" for one known to a body only */
	struct words name, reading;
	struct str besides;      /* where another has the same name: a label or the body's title that tells them apart */
	enum person_kind kind;
	uint32_t registered;     /* in registers.people, or NONE */
	uint32_t body;           /* of one known to a body only, else NONE */
	bool has_page;           /* else named, never linked: page: false, public groups, bare roles, speaker_pages: off everywhere */
	struct loc loc;
};

struct topic {
	struct str id;
	struct words name, reading;
	uint32_t registered;     /* in registers.topics, or NONE for a hashtag's own topic */
	uint32_t broader;        /* topic, or NONE */
	uint32_t *narrower, *also;
	size_t narrower_count, also_count;
};

/* One person, or one topic, as an edition shows them. */
struct appearances {
	struct remarks remarks;    /* in order of meeting date, then place in the record */
	struct decideds decisions; /* a topic's */
	struct ballots ballots;    /* a person's, likewise in order */
	uint32_t *meetings;        /* that hold any of them, or that the person attended; in order */
	size_t meeting_count;
	struct date first, last;   /* of meetings with a remark */
	struct str url;            /* of its page; STR_NONE without one */
	struct str heading;        /* あ か さ … A B … in the index */
};

struct edition {
	struct str language;
	struct str prefix;         /* "" or "en/" */
	uint32_t *meetings;        /* the version to show of each published meeting, newest first; language may differ */
	size_t meeting_count;
	struct appearances *people;  /* one per site.people */
	struct appearances *topics;  /* one per site.topics */
	uint32_t *people_order;      /* those with a page, by reading */
	size_t people_order_count;
	uint32_t *topics_order;
	size_t topics_order_count;
	struct decideds decisions;   /* newest meeting first */
	bool has_actions, has_documents;
	struct corrected *corrections; /* the latest first; none of a meeting that was not public */
	size_t correction_count;
	uint32_t home;               /* plain: the home page's words, or NONE */
	uint32_t *plains;            /* the version to show of each other page, in order of path */
	size_t plain_count;
};

/* A meeting's place among the others. */
struct place {
	uint32_t body;
	uint32_t previous, next;   /* in the same body and language, or NONE */
	uint32_t *versions;        /* the same record in other languages */
	size_t version_count;
	uint32_t *related;         /* the same meeting's other records, each in the version for this one's readers */
	size_t related_count;
	uint32_t confirmed_at;     /* the meeting at which the record was confirmed, or NONE */
	int fiscal_year;
	struct str url;            /* "/kaigi/ict/5/" */
	struct str provenance;     /* "updated": ISO date of its last change, from content only */
};

struct listed { /* of a register: a decision, vote or action by its callout; a document or correction by its number */
	uint32_t meeting, index;
};
struct listeds { struct listed *items; size_t count; };

/* A page of a register that holds a part of it: how much, and its address. */
struct choice {
	uint32_t body; /* or NONE: of all */
	int year;      /* or 0 */
	size_t count;
	struct str url;
};
struct choices { struct choice *items; size_t count; };

/* What a page of a register shows: all of it, or a body's, a year's, or both. */
struct register_page {
	uint32_t body;           /* or NONE */
	struct listeds listed;   /* decisions: newest meeting first; actions: open by due date, then done, last first;
	                            documents: by body, then newest meeting first; corrections: the latest first */
	size_t total;            /* of the whole register */
	struct str all;          /* its address */
	struct str all_years;    /* that of all years of the body, or "" */
	struct choices bodies;   /* of the page's year; none where a body is chosen */
	struct choices years;    /* of the page's body, newest first; none with only one */
};

enum page_kind {
	PAGE_HOME, PAGE_BODY, PAGE_MEETING, PAGE_SPEAKERS, PAGE_SPEAKER, PAGE_TOPICS, PAGE_TOPIC,
	PAGE_DECISIONS, PAGE_ACTIONS, PAGE_DOCUMENTS, PAGE_CORRECTIONS, PAGE_PLAIN, PAGE_REDIRECT, PAGE_NOT_FOUND
};

/* A request that render answers. */
struct page {
	enum page_kind kind;
	struct str url;        /* with base path, percent-encoded: "/kaigi/speakers/oka/2013/" */
	struct str output;     /* "speakers/oka/2013/index.html", below the output folder */
	struct str language;   /* of its words: lang of <html>, labels */
	uint32_t edition;
	uint32_t subject;      /* meeting, body, person, topic or plain, by kind (home: plain); NONE. A folder of pages
	                          has no PAGE_BODY: its index is a plain */
	int year;              /* fiscal year of a split list's part, 0 for all or its first page */
	int *years;            /* the years of a split list, newest first; NULL when it is not split */
	size_t year_count;
	struct register_page *part; /* of a register; else NULL */
	struct str layout;     /* front matter's, or "" for the kind's own */
	struct str updated;    /* ISO date, from content only, or "" */
	struct str target;     /* of a redirect: the url it leads to; else "" */
	struct loc source;     /* whose fault a collision is */
};

/* A file of content/ that is published as it is. */
struct asset {
	struct str from;       /* "content/ict/files/5-1.pdf" */
	struct str output;     /* "ict/files/5-1.pdf" */
	struct loc source;     /* the first declaration or link */
	uint64_t size;         /* bytes */
};

/* A file of content/ that is not published, for now or any more. */
struct held {
	struct str path; /* of a folder: of its index */
	enum held_why { HELD_DRAFT, HELD_EARLY, HELD_EXPIRED } why;
};

struct site {
	struct settings settings;
	struct registers registers;
	struct labels *labels;
	struct terms *terms;
	struct date now;
	bool drafts;               /* -D: every page is marked */
	uint32_t marked_meeting;   /* of which some speeches are marked for a member (giji review --person) … */
	const bool *marked;        /* … one per voice of it; or NULL */
	struct str next_due;       /* ISO date of the next record to appear or expire, or "" */
	struct str next_due_path;

	struct body *bodies;           size_t body_count;
	struct meeting **meetings;     size_t meeting_count;  /* published ones only */
	struct place *places;          /* one per meeting */
	struct meeting **undated;      size_t undated_count;  /* drafts that wait for their date, and so for a place */
	struct plain *plains;          size_t plain_count;
	struct person *people;         size_t person_count;
	struct topic *topics;          size_t topic_count;
	struct edition *editions;      size_t edition_count;
	struct page *pages;            size_t page_count;     /* in order of output */
	struct asset *assets;          size_t asset_count;    /* in order of output */
	struct held *held;             size_t held_count;

	struct str *anchored;          size_t anchored_count; /* paths of sources into which links with anchors lead */

	struct arena arena;
	struct kept *own_kept;         /* settings and registers, where nobody keeps them */
	struct arena *file_arenas;     size_t file_arena_count; /* one per worker: what the files became */
};

enum { REMARKS_A_PAGE = 500 }; /* a longer list is split by year */

struct site_options {
	struct str base_url;   /* -u, or "" */
	struct date now;       /* absent: from the clock, in the site's zone */
	int64_t now_seconds;   /* for that */
	bool drafts;
	size_t workers;
	const struct diag_levels *levels;
	struct kept *kept;     /* what is read already, and receives what is read now (site/kept.h); or NULL. With it, an
	                          interrupt (Ctrl-C) leaves a site that is not whole */
	/* Called once all is read, before anything that an earlier site shares is changed; or NULL. */
	void (*before_settling)(void *shared);
	void *shared;
};

/* Reads and builds all. NULL when settings are unusable; otherwise a site, which may be
 * rendered only when `ds` holds no errors. */
struct site *site_load(struct fs *fs, const struct site_options *options, struct diags *ds);
void site_release(struct site *s);

/* The quick way after small edits: where all that changed is what was said in published records, by whom it was said
 * before, without findings before and after, the site takes it in and stays as it is otherwise. False: load it anew. `options` are those it was loaded
 * with, `found` the findings of then. */
bool site_refresh(struct site *s, struct fs *fs, const struct site_options *options, const struct map *changed,
	const struct diags *found);

/* The day on which an action was done, as itself says or of the meeting that says it; absent where none does. */
struct date site_done_on(const struct site *s, const struct action *a);

/* An address (with base path, percent-encoded), in the arena. */
struct str site_url(const struct site *s, struct str prefix, struct str path, struct arena *a);

/* The day on which a meeting's record, or the notice of it, last changed, as ISO date; never "": a meeting ahead whose
 * dates are all to come was announced, as far as the content tells, on the last day that a meeting before it knows. */
struct str site_updated(const struct site *s, uint32_t meeting, struct arena *a);

/* Of several records of a meeting one stands for it where meetings are counted, or are events: the one that was there
 * before others named it, so that it stays the same; of several such the first. */
bool site_stands_for_meeting(const struct site *s, uint32_t meeting);

/* The name of what a page is about, in its words; STR_NONE for home, lists and what is none of these. */
struct str site_page_title(const struct site *s, const struct page *p);

/* Whether search engines may list a page. */
bool site_is_indexed(const struct site *s, const struct page *p);

/* Whether there is a feed.xml, a calendar.ics beside a page. */
bool site_has_feed(const struct page *p);
bool site_has_calendar(const struct site *s, const struct page *p);

/* What stands beside a page, below the output folder: "ict/index.html" → "ict/feed.xml", in the arena. */
struct str site_beside(const struct page *p, const char *name, struct arena *a);

/* Where a document leads: its file or its url; STR_NONE when it is closed, names neither, or its file is not published. */
struct str site_document_url(const struct site *s, const struct meeting *m, size_t document, struct arena *a);

/* base_url without its path, then an address that begins with that: with host, in the arena. */
struct str site_absolute(const struct site *s, struct str url, struct arena *a);

/* The file of a document, when it is published; else NULL. */
const struct asset *site_document_asset(const struct site *s, const struct meeting *m, size_t document, struct arena *a);

/* The page of one year of a list that is split, whose own page is at `url`. */
struct str site_year_url(struct str url, int year, struct arena *a);

/* A body in an edition's words. */
const struct body *site_body(const struct site *s, uint32_t edition, uint32_t body);

/* The body whose folder this is, or NULL. */
const struct body *site_body_of(const struct site *s, struct str folder);

/* The edition in a language, or the first. */
uint32_t site_edition(const struct site *s, struct str language);

/* How much of a record's words a speaker page may show. */
enum speaker_pages site_speaker_pages(const struct site *s, const struct meeting *m);

#endif
