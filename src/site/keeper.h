/* keeper: the inside of kept, for load.c and refresh.c. */
#ifndef GIJI_SITE_KEEPER_H
#define GIJI_SITE_KEEPER_H

#include "site/build.h"
#include "site/kept.h"
#include "sys/hash.h"

/* What every file is read against. */
struct kept_context {
	size_t references;
	uint64_t stamp;
	uint8_t hash[HASH_BYTES]; /* of the three files */
	struct arena arena;
	struct diags diags;
	bool usable;   /* site.yml */
	bool complete; /* the registers */
	struct settings settings;
	struct registers registers;
	struct labels *labels;
	struct terms *terms;
};

struct kept_tree {
	size_t references;
	uint64_t context; /* stamp of that with whose languages it was walked */
	struct arena arena;
	struct diags diags;
	struct content_tree tree;
	struct map paths; /* of its files → index */
};

struct kept_file {
	size_t references;
	uint64_t stamp;                                   /* unlike that of every other reading */
	uint64_t key;                                     /* of what it was read against */
	uint8_t hash[HASH_BYTES], front_hash[HASH_BYTES]; /* of all its bytes; of what stands before its body */
	struct arena arena;
	struct diags diags;
	struct content_file file;
	struct text_file text;   /* of an index or page */
	struct meeting *meeting; /* of a record; NULL when it was unusable */
};

struct kept {
	bool keeps_files; /* else only context and tree, for one load */
	uint64_t stamps;  /* given so far */
	struct kept_context *context, *old_context;
	struct kept_tree *tree, *old_tree;
	struct kept_file **files;      /* one per file of the tree; NULL: not read yet */
	struct kept_file **old;        /* likewise: to be taken again when the bytes are the same */
	struct kept_file **added;      /* likewise: read in the phase that runs */
	struct kept_file **superseded; /* by site_refresh(): the site points into them */
	size_t superseded_count;
	/* Until the tree is known: what was kept before, by path, and which of it changed. */
	struct map before, changed;
	struct kept_file **before_files;
	bool all_changed;
	struct arena arena;
};

/* For one load, which keeps no files. */
struct kept *kept_open_once(void);

/* The context; a new one is to be filled. */
struct kept_context *keeper_context(struct kept *k, struct fs *fs, const struct diag_levels *levels, bool *is_new);

/* Makes sure of the tree. The context is filled by then. */
void keeper_tree(struct kept *k, struct fs *fs, const struct diag_levels *levels);

/* Whether a file of the tree is this folder, or below it. */
bool keeper_holds(const struct kept_tree *t, struct str folder);

/* While a phase runs, for different files at once: the file as it was read against the same key, if it is not said to
 * have changed; the same, once its bytes were looked at; or a new one to be filled, NULL where files are not kept. */
struct kept_file *keeper_find(const struct kept *k, size_t file, uint64_t key);
struct kept_file *keeper_same(struct kept *k, size_t file, uint64_t key, const uint8_t hash[HASH_BYTES]);
struct kept_file *keeper_add(struct kept *k, size_t file, uint64_t key);

/* After the phase: what was read anew takes its place. */
void keeper_settle(struct kept *k, size_t file);

/* For site_refresh(). */
bool keeper_same_front(const struct kept_file *a, const struct kept_file *b); /* not of one that has findings */
void keeper_drop(struct kept_file *f);
void keeper_supersede(struct kept *k, size_t file, struct kept_file *by);

#endif
