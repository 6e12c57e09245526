/* parse: what the files of this room share about one parse; no contract to others. */
#ifndef GIJI_MARKDOWN_PARSE_H
#define GIJI_MARKDOWN_PARSE_H

#include "markdown/markdown.h"
#include "markdown/shield.h"

/* limits.c: false after a finding limit-exceeded, and then cmark must not see the text. */
bool limits_keep(const struct shield *sh, struct str path, struct diags *ds);

/* Cells of a table row, counted as cmark does: by `|` without a backslash. */
size_t table_cells(struct str line);
struct str table_behind(struct str line, size_t columns); /* words of the cells behind the last column */
bool table_is_delimiter(struct str line);

/* What one parse builds. Lines named `shielded` count in the shielded text. */
struct walk {
	struct md_doc *doc;
	const struct shield *sh;
	struct arena *arena;
	struct diags *ds;
	struct buf blocks, runs, links; /* of struct md_block, md_run, md_link */
	char *room, *room_end;          /* where run texts go, in the arena */
	char *covered;                  /* by shielded line - 1: its words were used */
	uint32_t parent;                /* the block that is open, or MD_NONE */
	uint32_t leaf_run;              /* the first run of the leaf that is open */
	size_t line;                    /* shielded: where the leaf's next words stand */
	size_t hidden;                  /* of its lines: ends that cmark does not show as breaks */
	uint32_t footnotes;
	uint8_t depth;                            /* inline elements open */
	bool literal;                             /* what comes next was escaped */
	bool has_break, has_brackets, has_tildes; /* in this leaf */
	bool too_deep;
	struct {
		size_t line, byte, column;
	} cursor; /* where the last link was found, for the next one on its line */
};

/* words.c: appends to the arena and to the runs. */
void words_text(struct walk *w, struct str literal);             /* text of cmark, marks and all */
struct str words_restored(struct walk *w, struct str s);         /* the same as it was typed, for code and addresses */
struct md_run *words_run(struct walk *w, enum md_run_kind kind); /* a new run on the present line */
uint32_t words_file_line(const struct walk *w);
struct str words_source_line(const struct walk *w, size_t line); /* shielded → as it was typed */
struct loc words_loc(
	const struct walk *w, size_t line, struct str words); /* of `words`, else of the line's first sign */

/* inline.c: wiki links, strikethrough and soft breaks of a leaf, once its runs are there. */
void inline_finish(struct walk *w);
uint32_t inline_link(struct walk *w, struct md_link link, struct str words); /* adds a link; finds its column */

/* lost.c: findings for what would appear nowhere. */
void lost_find(const struct walk *w);
size_t lost_definition_lines(const struct shield *sh, size_t line); /* lines of the link definition at `line`, or 0 */

#endif
