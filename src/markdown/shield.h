/*
 * shield: the text that cmark gets, made from the text that the author wrote.
 *
 * What giji reads differently from CommonMark is settled here, before cmark, by
 * private marks: noncharacters that `source` refuses in files, so that each one found
 * afterwards is ours. shield_next() takes them out again.
 * The shielded text has its own lines (a comment over several lines leaves one), each of
 * which knows where it came from.
 */
#ifndef GIJI_MARKDOWN_SHIELD_H
#define GIJI_MARKDOWN_SHIELD_H

#include "base/diag.h"

/* All marks are three bytes: SHIELD_LEAD and one of these. */
#define SHIELD_LEAD "\xef\xb7"
enum shield_mark {
	SHIELD_NONE,
	SHIELD_LETTER = 0x90,   /* zero width: a letter beside stars; no HTML block and no entity begins with it */
	SHIELD_ESCAPE = 0x91,   /* stands for a backslash that only giji reads */
	SHIELD_LITERAL = 0x92,  /* zero width, before a backslash escape of CommonMark */
	SHIELD_TYPED = 0x93,    /* behind the `## ` of a heading: from here to … */
	SHIELD_TYPED_END = 0x94 /* … stands what was typed for it */
};

struct shield_line {
	uint32_t start;       /* its first byte in the shielded text */
	uint32_t origin, end; /* … and in the body, up to the newline */
	uint32_t line;        /* in the file */
};

struct shield {
	struct str body;
	struct buf text;
	struct buf lines; /* of struct shield_line */
};

/* Fills sh; the body must outlive it. Finding: text-lost for a comment without an end. */
void shield_open(struct shield *sh, struct str body, struct str path, size_t first_line, struct diags *ds);
void shield_close(struct shield *sh);

/* Shielded lines count from 1; without their newlines. */
size_t shield_line_count(const struct shield *sh);
struct str shield_text_line(const struct shield *sh, size_t line);
struct str shield_source_line(const struct shield *sh, size_t line); /* as it was typed, from where it begins */
uint32_t shield_file_line(const struct shield *sh, size_t line);

/* What stands before a line's own words: white space, `>` and list markers. Its bytes;
 * *nesting, where not NULL, is how many containers it can open. */
size_t shield_prefix(struct str line, size_t *nesting);

/* Cuts text and the mark behind it off *rest. The signs of a heading are in `text` as they were typed, or
 * gone where cmark made a heading of them. SHIELD_NONE: there was no further mark. */
enum shield_mark shield_next(struct str *rest, struct str *text);

/* Appends s as it was typed: code, addresses, titles. */
void shield_restore(struct str s, struct buf *out);

#endif
