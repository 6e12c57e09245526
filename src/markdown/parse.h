/* parse: what the files of this room share about one parse; no contract to others. */
#ifndef GIJI_MARKDOWN_PARSE_H
#define GIJI_MARKDOWN_PARSE_H

#include "markdown/markdown.h"
#include "markdown/shield.h"

/* limits.c: false after a finding limit-exceeded, and then cmark must not see the text. */
bool limits_keep(const struct shield *sh, struct str path, struct diags *ds);

/* What one parse builds. Lines count in the shielded text, but for those of blocks, runs and links. */
struct walk {
	struct md_doc *doc;
	const struct shield *sh;
	struct arena *arena;
	struct diags *ds;
	struct buf blocks, codes, runs, links; /* of struct md_block, md_code, md_run, md_link */
	char *room, *room_end;          /* where run texts go, in the arena */
	char *covered;                  /* by line - 1: it became something */
	uint32_t parent;                /* the block that is open, or MD_NONE */
	uint32_t leaf_run;              /* the first run of the leaf that is open */
	size_t line;                    /* where the leaf's next words stand */
	size_t last_line;               /* of the leaf */
	size_t shift;                   /* how many lines cmark's own places of inlines are behind */
	size_t hidden;                  /* … and will be at the leaf's end */
	bool in_cell;                   /* all is on one line */
	size_t columns;                 /* cells so far of the row that is open */
	uint32_t footnotes;
	uint8_t depth;             /* inline elements open */
	bool literal;              /* what comes next was escaped */
	bool has_break, has_signs; /* in this leaf: soft breaks, `[` or `~` */
	bool too_deep;
	struct {
		size_t line, byte, column;
	} cursor; /* what words_locate() found last */
};

/* tree.c */
struct cmark_node;
void tree_walk(struct walk *w, struct cmark_node *root);

/* words.c: appends to the arena and to the runs. */
void words_text(struct walk *w, struct str literal);             /* text of cmark, marks and all */
struct str words_restored(struct walk *w, struct str s);         /* the same as it was typed, for code and addresses */
struct md_run *words_run(struct walk *w, enum md_run_kind kind); /* a new run on the present line */
struct loc words_loc(const struct walk *w, size_t line, struct str words); /* of these, else of the line's first sign */

/* The column of `words` on the present line, behind one of the bytes in `signs` where not NULL; 0 if there are none.
 * Of several the next is found, from left to right. */
size_t words_locate(struct walk *w, struct str words, const char *signs);

/* inline.c */
uint32_t inline_link(struct walk *w, struct md_link link, struct str words); /* adds a link; finds its place */
void inline_finish(struct walk *w); /* wiki links, strikethrough and soft breaks, once a leaf's runs are there */

/* lost.c: findings for what would appear nowhere. */
void lost_find(const struct walk *w);
size_t lost_definition_lines(const struct shield *sh, size_t line); /* lines of the link definition at `line`, or 0 */

#endif
