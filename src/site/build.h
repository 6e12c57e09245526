/*
 * build: what the parts of this room share while a site is put together.
 *
 *     load.c ─┬─ (reads all files, in parallel; kept.c: those that changed)
 *             ├─ bodies.c     bodies and plain pages in each edition; what the clock decides
 *             ├─ ledgers.c    anchors that last, and those of translations
 *             ├─ places.c     meetings in order, their neighbours; versions of records and pages
 *             ├─ people.c     who spoke, and what about
 *             ├─ editions.c   who and what appears where, in each language
 *             ├─ corrections.c where corrections belong, and their register
 *             ├─ numbers.c    numbers of a body's meetings, checked against their dates
 *             ├─ registers.c  the pages of decisions, actions, documents and corrections
 *             ├─ pages.c      which pages exist; no address is claimed twice
 *             ├─ assets.c     which files are published
 *             ├─ names.c      what [[words]] may mean
 *             └─ links.c      where links lead
 *                 ├─ actions.c  which actions are done
 *                 └─ ties.c     which records are one meeting's
 *
 * The struct lives as long as site_load() runs; its maps and scratch go with it.
 */
#ifndef GIJI_SITE_BUILD_H
#define GIJI_SITE_BUILD_H

#include "base/map.h"
#include "site/site.h"

struct text_file { /* a body's index.md, a plain page, the home page's words; each in one language */
	const struct content_file *file;
	bool usable;
	struct body_front front;
	struct md_doc doc;
};

struct record { /* a record's file, published or not */
	const struct content_file *file;
	struct str language;      /* never empty */
	uint32_t body;
	uint64_t key;             /* of what it is read against */
	struct meeting *meeting;  /* NULL when its front matter was unusable */
};

/* A record or plain page, as one of several in different languages. Those of one folder and name are a list. */
struct version {
	struct str folder, name, language;
	struct str prefix;    /* of its address: "en/", or "" for the original */
	uint32_t shown;       /* in site.meetings or site.plains; NONE when it is not published */
	uint32_t first, next; /* of the list: versions; NONE behind the last */
};

struct file_state { /* of one of tree.files */
	uint32_t became; /* by its kind: a record, a body, a plain page; or NONE */
	bool named;     /* somebody declares or links it */
	bool closed;    /* a record withholds it */
	bool published;
	struct loc source; /* who published it first */
};

struct build {
	struct site *site;
	struct fs *fs;
	struct diags *diags;
	const struct site_options *options;
	struct kept *kept;
	struct diag_levels levels; /* in use once a file could not be read */
	size_t workers;
	struct arena scratch;
	struct arena *scratches; /* one per worker, reset for each file */

	struct content_tree tree;
	struct text_file *texts; size_t text_count;
	struct record *records;  size_t record_count; /* in order of path */
	struct version *record_versions; /* one per record */
	struct version *plain_versions;  /* one per site.plains */
	uint32_t *meeting_records;       /* one per site.meetings */

	struct map folders;          /* a body's folder → body */
	struct map paths;            /* of every file but registers (NFC) → index in tree.files */
	struct file_state *files;    /* one per tree.files */
	struct map outputs;          /* folded output → claim */
	struct buf claims;           /* of struct claim: outputs, by whom */
	struct buf held;             /* of struct held */
	size_t near_searches;        /* what was looked for in vain, with a near one to suggest */
};

/* A search for near names compares with every name: false when enough were made, or nobody reads the findings. */
bool build_may_search(struct build *b);

/* load.c: one of b->records */
void build_read_record(struct build *b, size_t item, size_t worker, struct diags *ds);

/* bodies.c */
struct showing {
	bool draft;
	struct date publish_on, expire_on; /* expire_on is the first day on which it is gone */
	struct str path;
};
bool build_shows(struct build *b, const struct showing *s);
void build_bodies(struct build *b);
void build_plains(struct build *b);
uint32_t build_body_of(const struct build *b, struct str folder); /* the body a folder is in, or NONE */

/* places.c */
void build_places(struct build *b);
/* A version of which none is shown yet. Only the language of its file's name moves its address. */
struct version build_version_at(const struct build *b, const struct content_file *at, struct str language);
void build_tie_versions(struct build *b, struct version *list, size_t count);
/* What readers of a language are shown of a list: the version in it, else the original, else the first; or NONE. */
uint32_t build_version(const struct version *list, uint32_t first, struct str language);
/* What is shown of all other versions than list[at], in the arena. */
uint32_t *build_other_versions(const struct version *list, uint32_t at, struct arena *a, size_t *count);

/* numbers.c: when the editions stand, do numbers and dates of each body's meetings increase together? */
void build_numbers(struct build *b);

/* ledgers.c */
/* From any worker; what lasts goes to the arena. */
void build_follow_ledger(struct build *b, struct record *r, size_t worker, struct arena *a, struct diags *ds);
void build_ledgers(struct build *b);   /* translations are named after their originals; ledgers without a record */
void build_unstamped(struct build *b); /* the places stand by then */

/* people.c, editions.c */
void build_people(struct build *b);
void build_topics(struct build *b);
void build_editions(struct build *b);
/* A meeting was read anew: lists of remarks follow it. False, and nothing changed, where other lists, or pages, would. */
bool build_regather(struct site *s, uint32_t index, const struct meeting *was, const struct meeting *is);
/* What an announcement says was said by nobody, and decided nothing. */
bool build_was_held(const struct meeting *m);

/* corrections.c */
void build_corrections(struct build *b);

/* registers.c */
struct pages;
/* Adds the pages of one of the kinds from PAGE_DECISIONS to PAGE_CORRECTIONS. */
void build_register(struct build *b, const struct edition *e, enum page_kind kind, struct pages *pages);
void build_registers_settle(struct build *b); /* once it is known which actions are done */

/* pages.c */
void build_pages(struct build *b);
struct page *build_page(struct pages *p, enum page_kind kind, struct str path); /* a new one, of the edition at hand */
bool build_has_page(struct build *b, struct str output);
void build_addresses(struct build *b); /* the assets stand by then */

/* assets.c */
void build_declared_files(struct build *b);
void build_assets(struct build *b);
/* Publishes a file of content/ and returns its address in the arena; STR_NONE when it stays inside.
 * With `publish` false the file only counts as named. */
struct str build_publish_file(struct build *b, struct str path, struct loc source, bool publish, struct arena *a);
void build_open_files(struct build *b);
size_t build_find_file(struct build *b, struct str path); /* in tree.files, or SIZE_MAX */
void build_miss_file(struct build *b, enum diag_code code, struct str path, struct loc loc); /* suggests another */

/* actions.c */
struct names;
void build_actions(struct build *b, struct names *names); /* meetings come in order of date */

/* links.c */
void build_links(struct build *b);

#endif
