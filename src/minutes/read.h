/*
 * read: a record's file → a meeting.
 *
 *     struct record_context context = { … };
 *     struct meeting *m = meeting_read(&text, &file, &context, arena, diags);
 *
 * Reads one file and knows no other: safe in parallel. The context is shared and const.
 */
#ifndef GIJI_MINUTES_READ_H
#define GIJI_MINUTES_READ_H

#include "minutes/model.h"
#include "minutes/terms.h"
#include "minutes/voices.h"
#include "source/content.h"
#include "source/register.h"

/* What a record is read against. */
struct record_context {
	const struct settings *settings;
	const struct registers *registers;
	const struct labels *labels;          /* people.yml's labels, folded, for look-up */
	const struct terms *terms;            /* topics.yml's terms, compiled */
	const struct body_front *body;        /* of the record's folder; a zeroed one without index.md */
	struct date now;
};

/* NULL after findings that leave no meeting (unusable front matter, limits). Drafts are
 * read whole, for `-D` and so that their mistakes are found. The meeting lives in the arena, and so must what text->front
 * points to; of text->body only doc.body remains. */
struct meeting *meeting_read(const struct content_text *text, const struct content_file *file,
                             const struct record_context *context, struct arena *a, struct diags *ds);

/* Nothing is closed in words that are no record's: a mark that is to close something is a leak, and a finding. False then,
 * and what stands with it is taken out of the document. */
bool page_check_closed(struct md_doc *doc, struct diags *ds);

/* The names of callouts, by kind. */
extern const char *const callout_words[];

/* The pieces of a statement or callout as plain words, one line each. */
void meeting_words(const struct meeting *m, struct range pieces, struct buf *out);

#endif
