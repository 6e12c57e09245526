/*
 * build: what the parts of this room share while a site is put together.
 *
 *     load.c ─┬─ files.c      reads all files, in parallel
 *             ├─ bodies.c     bodies and plain pages in each edition
 *             ├─ places.c     meetings in order, their neighbours and versions
 *             ├─ people.c     who spoke
 *             ├─ topics.c     what about
 *             ├─ editions.c   who and what appears where, in each language
 *             ├─ pages.c      which pages exist
 *             ├─ names.c      what [[words]] may mean
 *             ├─ links.c      where links lead (anchors.c: whether there is such a place)
 *             ├─ assets.c     which files are published
 *             └─ addresses.c  no address is claimed twice
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
	struct body_front body; /* of CONTENT_BODY */
	struct page_front page; /* of the others */
	struct md_doc doc;
};

struct record { /* a record's file, published or not */
	struct content_file file; /* its language is never empty */
	struct str prefix;        /* of its address: "" or "en/" */
	uint32_t body;
	struct meeting *meeting;  /* NULL when its front matter was unusable */
	uint32_t index;           /* in site.meetings; NONE when it is not published */
	uint32_t group;           /* records that are versions of one another have the same */
};

struct group { /* the versions of one record, in order of path */
	uint32_t *records;
	size_t count;
};

struct build {
	struct site *site;
	struct fs *fs;
	const struct site_options *options;
	struct diags *diags;
	size_t workers;
	struct arena scratch;
	struct arena *scratches; /* one per worker, reset for each file */

	struct content_tree tree;
	struct text_file *texts; size_t text_count;
	struct record *records;  size_t record_count; /* in order of path */
	struct group *groups;    size_t group_count;
	uint32_t *meeting_records; /* one per site.meetings */

	struct map folders;   /* a body's folder → body */
	struct map documents; /* path of any other file (NFC) → index in tree.files */
	struct map outputs;   /* folded output → page */
	bool *file_named;     /* one per tree.files: somebody declares or links it */
	struct buf assets;    /* of struct asset */
	struct map published; /* output of an asset → its index in assets */
	struct map closed;    /* paths of documents that are closed somewhere */
};

/* files.c */
void build_read_texts(struct build *b);
void build_read_records(struct build *b); /* the bodies stand by then */

/* due.c: what the clock decides */
struct showing {
	bool draft;
	struct date publish_on, expire_on; /* expire_on is the first day on which it is gone */
	struct str path;
};
bool build_shows(struct build *b, const struct showing *s);

/* bodies.c */
void build_bodies(struct build *b);
void build_plains(struct build *b);
uint32_t build_body_of(const struct build *b, struct str folder); /* the body a folder is in, or NONE */

/* places.c */
void build_places(struct build *b);
/* The version of a record to show readers of a language: in it, else the original, else the first; NONE: none is published. */
uint32_t build_version(const struct build *b, const struct group *g, struct str language);

/* people.c, topics.c, editions.c */
void build_people(struct build *b);
void build_topics(struct build *b);
void build_editions(struct build *b);
void build_indexes(struct build *b); /* orders of people and topics */

/* pages.c, addresses.c */
void build_pages(struct build *b);
void build_addresses(struct build *b); /* the assets stand by then */
bool build_has_page(const struct build *b, struct str output);
struct str build_fold_output(struct arena *a, struct str output); /* outputs equal in this form collide somewhere */

/* anchors.c */
struct str build_decode(struct arena *a, struct str s); /* %E3%81%82 as the bytes it stands for */
bool build_has_anchor(const struct meeting *m, struct str anchor);

/* links.c, assets.c */
void build_links(struct build *b);
void build_assets_open(struct build *b);
void build_declared_files(struct build *b);
void build_assets(struct build *b);
/* Publishes a file of content/ and returns its address in the arena; STR_NONE when it stays inside.
 * With `publish` false the file only counts as named. */
struct str build_publish_file(struct build *b, struct str path, struct loc source, bool publish, struct arena *a);
bool build_file_is_there(const struct build *b, struct str path);
struct str build_nearest_file(const struct build *b, struct str path);

/* The latest of ISO dates, "" first. */
static inline struct str later(struct str a, struct str b)
{
	return str_cmp(a, b) < 0 ? b : a;
}

#endif
