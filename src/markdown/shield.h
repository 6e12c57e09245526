/*
 * shield: the text that cmark gets, made from the text that the author wrote.
 *
 * What giji reads differently from CommonMark is settled here, before cmark, by
 * private marks: noncharacters that `source` refuses in files, so that each one found
 * afterwards is ours. shield_restore() and the walk in parse.c take them out again.
 * The shielded text has its own lines (a comment over several lines leaves one), each of
 * which knows where it came from.
 */
#ifndef GIJI_MARKDOWN_SHIELD_H
#define GIJI_MARKDOWN_SHIELD_H

#include "base/diag.h"

/* All marks are U+FDD0 … U+FDEF: the two bytes SHIELD_LEAD and one of these. */
#define SHIELD_LEAD "\xef\xb7"
enum shield_mark {
	SHIELD_LETTER = 0x90,     /* zero width, counts as a letter beside a run of stars */
	SHIELD_ESCAPE = 0x91,     /* stands for a backslash that only giji reads */
	SHIELD_LITERAL = 0x92,    /* zero width, before a backslash escape of CommonMark */
	SHIELD_ANGLE = 0x93,      /* stands for `<`; digits after it: an HTML tag, the number of a place */
	SHIELD_ENTITY = 0x94,     /* stands for the `&` of a character that XML forbids; digits as above */
	SHIELD_HASH = 0x95,       /* zero width, after `## `: a `#` was typed so */
	SHIELD_WIDE_HASH = 0x96,  /* … or as `＃` */
	SHIELD_SPACE = 0x97,      /* … and the white space after it was a space, */
	SHIELD_WIDE_SPACE = 0x98, /* U+3000 */
	SHIELD_TAB = 0x99,        /* or a tab */
	SHIELD_DIGIT = 0xa0       /* to 0xaf: hexadecimal digits of the number of a place */
};
enum { SHIELD_MARK_BYTES = 3 };

struct shield_line {
	uint32_t start;  /* its first byte in the shielded text */
	uint32_t origin; /* … and in the body */
	uint32_t line;   /* in the file */
};

struct shield_place {
	uint32_t line, column;
};

struct shield {
	struct str body;
	struct buf text;
	struct buf lines;  /* of struct shield_line */
	struct buf places; /* of struct shield_place: of raw tags and forbidden entities */
	char *sanitized;   /* the body's copy where it held what no file may hold */
};

/* Fills sh; the body must outlive it. Finding: text-lost for a comment without an end. */
void shield_open(struct shield *sh, struct str body, struct str path, size_t first_line, struct diags *ds);
void shield_close(struct shield *sh);

size_t shield_line_count(const struct shield *sh);
struct str shield_text_line(const struct shield *sh, size_t line); /* from 1, without its newline */
uint32_t shield_file_line(const struct shield *sh, size_t line);

/* What stands before a line's own words: white space, `>` and list markers. Its bytes;
 * *nesting, where not NULL, is how many containers it can open. */
size_t shield_prefix(struct str line, size_t *nesting);

/* The mark at p, or 0. `n` bytes may be read. */
int shield_mark_at(const char *p, size_t n);

/* Reads digits behind a mark at *p and moves *p behind them; SIZE_MAX without digits. */
size_t shield_number(const char **p, const char *end);

/* `##` and the space behind it were typed otherwise: when *out ends in them, puts back what was typed. *p
 * stands on the first mark and is moved behind the last. Returns bytes to take off the end
 * of what is written already (`written`), and fills `typed`. */
size_t shield_heading(const char **p, const char *end, struct str written, char typed[32], size_t *typed_bytes);

/* Appends s as it was typed: code, addresses, titles. */
void shield_restore(struct str s, struct buf *out);

/* A star run's need of SHIELD_LETTER (emphasis.c): before it, behind it. */
struct shield_stars {
	bool before, behind;
};
struct shield_stars shield_stars(struct str body, size_t at, size_t length);

#endif
