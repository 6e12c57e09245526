/*
 * markdown: Markdown bytes → a flat list of blocks with places, plain words and
 * inline runs.
 *
 * CommonMark with GFM tables, strikethrough (two tildes) and footnotes, and the
 * differences that format.md asks for, all made before or after cmark, never in it:
 * comments cut out, no underlined headings, no raw HTML (shown as typed, finding
 * html-raw), emphasis beside CJK punctuation, soft breaks between CJK characters without
 * a space, `[[wiki links]]`, full-width `＃` headings, `\` before what only giji
 * would read as syntax.
 *
 * Blocks stand in document order (preorder): the children of blocks[i] are in
 * i+1 … blocks[i].end-1. Runs of one paragraph, heading or table cell are
 * contiguous. Everything lives in the arena; the body's bytes may go.
 *
 * A document is bounded before it is parsed (see MD_LIMIT_…), so that no input takes
 * more than a second or two; what exceeds a limit is the finding limit-exceeded.
 */
#ifndef GIJI_MARKDOWN_MARKDOWN_H
#define GIJI_MARKDOWN_MARKDOWN_H

#include "base/diag.h"

enum {
	MD_LIMIT_COLUMNS = 64, /* of a table */
	MD_LIMIT_NESTING = 64,
	MD_LIMIT_WORK = 2000000 /* of a file: about a million lines, 200,000 table cells, or 20,000 `[` (see limits.c) */
};

#define MD_NONE UINT32_MAX

enum md_kind {
	MD_PARAGRAPH,
	MD_HEADING,
	MD_LIST,
	MD_ITEM,
	MD_QUOTE,
	MD_RULE, /* --- */
	MD_CODE,
	MD_TABLE,
	MD_ROW,
	MD_CELL,
	MD_FOOTNOTE /* a definition: where it stands in the source */
};

enum md_align { MD_ALIGN_NONE, MD_ALIGN_LEFT, MD_ALIGN_CENTER, MD_ALIGN_RIGHT };

/* A site holds millions of these: what only some kinds have stands in a table of its own. */
struct md_block {
	uint8_t kind;     /* enum md_kind */
	uint8_t level;    /* of a heading, 1 to 6 */
	uint8_t align;    /* of a cell */
	bool ordered : 1; /* a list */
	bool tight : 1;   /* a list whose items' paragraphs are not wrapped in <p> */
	bool header : 1;  /* a row, a cell */
	uint32_t parent;  /* MD_NONE at the top */
	uint32_t end;     /* one behind the last descendant */
	uint32_t line, end_line; /* in the file, from 1 */
	uint32_t first_run, end_run; /* of a paragraph, heading or cell */
	uint32_t number;  /* a list's first; an item's own; a footnote's in order of first citation; code: index into codes */
};

struct md_code {
	struct str text;
	struct str info; /* the words behind the fence */
};

enum md_run_kind {
	MD_TEXT,
	MD_SOFT,  /* a soft break; text is "" between CJK characters, else " " */
	MD_HARD,
	MD_CODE_SPAN,
	MD_EMPH, MD_EMPH_END,
	MD_STRONG, MD_STRONG_END,
	MD_STRIKE, MD_STRIKE_END,
	MD_LINK, MD_LINK_END,     /* `link` tells where to; wiki links too */
	MD_IMAGE, MD_IMAGE_END,   /* between them: the alternative text */
	MD_FOOTNOTE_REF           /* link is the number */
};

struct md_run {
	uint8_t kind;
	bool literal;   /* its first character was escaped: it is text, not syntax */
	bool first;     /* MD_FOOTNOTE_REF: the first to cite its note */
	uint8_t depth;  /* inline elements open before it, for md_html_runs() */
	uint32_t line;
	uint32_t link;  /* MD_LINK, MD_IMAGE: index into links; MD_FOOTNOTE_REF: number; MD_TEXT: its first mention, or MD_NONE */
	struct str text; /* MD_TEXT, MD_CODE_SPAN, MD_SOFT */
};

enum md_link_kind {
	MD_LINK_URL,      /* [words](target), <target>, ![alt](target) */
	MD_LINK_WIKI,     /* [[target]] or [[target|words]] */
	MD_LINK_MENTION   /* words that name a document or an attendee, a slice of a run's text; added by minutes */
};

struct md_link {
	enum md_link_kind kind;
	bool image;
	bool bare; /* [[target]] without words of its own */
	bool more; /* of mentions: the next one is in the same run */
	bool withheld; /* it stands in a closed part, and must neither be looked up nor publish a file; set by minutes */
	uint32_t line, column;
	struct str target; /* as written, entities and escapes decoded; a mention's words */
	struct str title;
	size_t number;     /* for mentions: which document or attendee */
};

struct md_doc {
	struct str path;
	struct md_block *blocks;
	size_t block_count;
	struct md_code *codes;
	size_t code_count;
	struct md_run *runs;
	size_t run_count;
	struct md_link *links;
	size_t link_count;
	struct str body;      /* the bytes parsed; unset by the caller when they go */
	uint32_t first_line;  /* the file's line on which body begins */
};

void md_init(void); /* once, before the first thread: registers cmark's extensions */

/* Parses the body of a file. False when a limit was exceeded and there is no
 * document; other findings leave a document. `body` is as `source` leaves files: valid UTF-8 with LF line
 * ends, without control characters and noncharacters, 4 MiB at most. */
bool md_parse(struct str body, struct str path, size_t first_line, struct arena *a, struct md_doc *doc,
              struct diags *ds);

/* `[!name]` at the beginning of s, in either width; *length is behind it and Obsidian's mark for a callout that can be
 * folded. */
bool md_callout_begins(struct str s, struct str *name, size_t *length);

/* A part of a document that is printed as one: a block with all in it, or, when
 * first < end, only these runs of it, as a paragraph. */
struct md_piece {
	uint32_t block;
	uint32_t first, end;
};

/* Appends a piece's words as plain text: runs as they read, blocks and hard breaks
 * separated by a newline, table cells by a tab; no markup, link addresses or footnote marks. */
void md_plain(const struct md_doc *doc, struct md_piece piece, struct buf *out);

/* Where the words of a run stand in such a text; of what has none, behind which it is. */
struct md_place {
	uint32_t run;
	uint32_t start, end;
};

/* The same, and appends the place of each run to *places (of struct md_place). */
void md_plain_places(const struct md_doc *doc, struct md_piece piece, struct buf *out, struct buf *places);

/* The same for runs alone. */
void md_plain_runs(const struct md_doc *doc, uint32_t first, uint32_t end, struct buf *out);

#endif
