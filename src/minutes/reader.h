/*
 * reader: what the parts of this room share while one record is being read.
 *
 *     read.c ─ flow.c ─┬─ line.c      a line's beginning as flat text; taking it away
 *                      ├─ marker.c    is it shaped like a speaker's marker?
 *                      ├─ speaker.c   whose? and the findings about that; slip.c: is it nearly a marker?
 *                      │                alike.c: whom a label nobody declared may mean
 *                      ├─ heading.c   items, their numbers, the agenda
 *                      ├─ callout.c   quotes and what begins with [!name]; mark.c: is it one, or nearly?
 *                      │   ├─ vote.c    what a vote says, line by line; tally.c: whether it adds up
 *                      │   ├─ action.c  by when and who, and what is done
 *                      │   └─ named.c   whom words name
 *                      ├─ hashtag.c   #tags
 *                      └─ withhold.c  closed parts, and their footnotes
 *              ─ anonymous.c  of an anonymous record: who spoke is forgotten
 *              ─ subjects.c  when all is read: topics of each statement, and by mentions.c
 *                            the documents and attendees in its words
 *              ─ check.c     does the record agree with itself, its body and people.yml?
 *                dates.c     do weekdays and eras in its words fit?
 *
 * The document's runs are the reader's: markers, numbers and tags are taken out of
 * them in place, what is withheld is made empty.
 */
#ifndef GIJI_MINUTES_READER_H
#define GIJI_MINUTES_READER_H

#include "base/map.h"
#include "minutes/read.h"

enum {
	HEAD_MOST = 600,           /* bytes of a line among which a marker is looked for */
	JOINT_MOST = 16,           /* voices of one speech */
	LABEL_SPACES = 3,          /* in a label that nothing else ends */
	TOPIC_REFS_MOST = 1000000, /* of a record; a limit against files made to fill memory */
	NEAR_MOST = 2000           /* labels of a record that are compared with all declared ones */
};

/* Whom or what a hashtag stands on. */
enum holder { HOLDER_RECORD, HOLDER_ITEM, HOLDER_SPEECH, HOLDER_STATEMENT, HOLDER_CALLOUT };

struct tag {
	enum holder holder;
	uint32_t index; /* of the item, speech, … */
	uint32_t order;
	uint32_t topic; /* register_topic, or its count and more for those that a hashtag made */
	struct topic_ref ref;
};

/* A line of a paragraph: its runs without the break behind it; and where the next one begins. */
struct line {
	uint32_t block;
	uint32_t first, end;
	bool bound;          /* begins inside a link: nothing in it is syntax */
	bool indented;       /* began with a full-width space, which is gone */
	uint32_t next, stop; /* the runs behind it */
	uint32_t links;      /* how many are open there */
};

/* The beginning of a line as flat text, behind white space: plain and bold runs, up to anything else. A character
 * that was escaped is \1 in it, so that it is never syntax. */
struct head {
	char bytes[HEAD_MOST];
	size_t n;
	bool whole; /* nothing of the line is missing */
};

struct marker {
	struct str label; /* in the head */
	size_t length;    /* bytes of the head that are the marker */
	long seconds;     /* -1 without */
};

enum marker_form { MARKER_NONE, MARKER_BRACKET, MARKER_CIRCLE, MARKER_COLON, MARKER_BOLD };

/* A marker that was found to begin a speech. */
struct spoken {
	struct head head;
	struct marker marker;
	struct voice voices[JOINT_MOST];
	size_t voice_count;
	struct found found; /* VOICE_UNKNOWN: shaped like a marker, declared nowhere */
};

/* A callout that a line begins. */
struct mark {
	struct head head;
	struct str name; /* in the head */
	size_t length;   /* 0: it was only meant to be a closed part, and the name is its first character */
};

struct lines { /* of the file */
	uint32_t first, end;
};

struct reader {
	struct meeting *m;
	struct md_doc *doc; /* the meeting's */
	const struct record_context *context;
	const struct voices *voices;
	struct arena *arena;    /* the meeting's */
	struct arena *scratch;  /* goes when the meeting is read */
	struct diags *diags;

	/* The meeting's arrays while they grow, and what becomes its topic_refs. */
	struct buf items, flow, speeches, voice_list, statements, callouts, pieces, tags;
	struct buf votes, vote_lines, actions, dones, named;
	struct buf closed_lines; /* of struct lines: what closed parts cover in the source, in rising order */
	struct buf words;        /* bytes, for one step at a time */

	uint32_t item;           /* the item that is being read */
	uint32_t path[7];        /* by level of heading: the item open there, or NONE */
	uint32_t parts[7];       /* the sub-items it has so far; [0]: items at the top */
	uint32_t speech;         /* or NONE: what follows is narrative */
	uint32_t resume;         /* a speech that a list item opened, to go on behind a nested speech; or NONE */
	uint32_t last;           /* the statement that tables and quotations are added to, or NONE */
	struct range before;     /* pieces of the paragraph before: the words of a decision without any */
	bool sealed;             /* a closed part has just ended: only a heading, marker, callout or rule may follow */
	bool circled;            /* somebody's speech begins with ○ */
	enum marker_form form;   /* of the first marker of the record */
	bool leaked;             /* something else did, and that was said */
	uint8_t closed_level;    /* level of the heading that closed what follows; 0 when open */
	uint32_t closed_line;    /* of that heading */

	uint32_t said;           /* statements of the speech so far */
	uint32_t narrated;       /* numbers n so far */
	uint32_t counted[CALLOUT_CAUTION + 1];

	struct str folded_title;
	struct map repeated;     /* capitalised words with a colon that begin a paragraph → how often */
	struct map near;         /* folded label → whether a declared one is spelled like it */
	struct map forgotten;    /* undeclared labels like no other, which are said once */
	struct map topics;       /* folded new hashtag → as tag.topic */
	struct map agenda;       /* folded title → part */
	uint32_t *line_starts;   /* of the body; made when first needed */
	size_t line_count;
};

#define READER_COUNT(buf, type) ((uint32_t)VEC_COUNT(buf, type))

/* line.c */

/* The lines of a paragraph, or of the runs from `first` on: `while (line_step(doc, &line))`. */
struct line lines_of(const struct md_doc *doc, uint32_t block);
bool line_step(const struct md_doc *doc, struct line *line);
/* The first line; false without one. */
bool line_first(const struct md_doc *doc, uint32_t block, struct line *line);
/* Takes a full-width space at the line's beginning away. */
void line_indent(struct reader *r, struct line *line);
struct str line_head(const struct md_doc *doc, const struct line *line, struct head *head);
/* Its first character without what makes it bold; 0 when it is escaped, in a link or no text. */
uint32_t line_point(const struct md_doc *doc, const struct line *line);
/* Takes the first `length` bytes of its head away, and the white space around them; line->first moves behind
 * what is empty now. */
void line_take(struct reader *r, struct line *line, size_t length);
uint32_t line_number(const struct reader *r, const struct line *line);
/* Runs without what prints nothing at either end; false when nothing is left. */
bool runs_trim(const struct md_doc *doc, uint32_t *first, uint32_t *end);
bool runs_are_image(const struct md_doc *doc, uint32_t first, uint32_t end);
/* Leaves of the runs' plain text only its first `length` bytes, without white space at their end. */
void runs_keep(struct md_doc *doc, uint32_t first, uint32_t end, size_t length);
/* A line of the source, without its end. */
struct str source_line(struct reader *r, uint32_t line);
/* Where words stand in a line of the source. A record may have many findings: its lines' places are known. */
struct loc source_loc(struct reader *r, uint32_t line, struct str words);
/* The text among runs, until the next step; a character that was escaped is \1 in it, as in a head. */
struct str reader_syntax(struct reader *r, uint32_t first, uint32_t end);
/* Plain words of runs, until the next step. */
struct str reader_plain(struct reader *r, uint32_t first, uint32_t end);
/* Whether it stands in a text, in either width. Asked of all words: it looks for single bytes. */
bool text_has(struct str s, char ascii);
size_t spaces_at(struct str s, size_t at);

/* marker.c: the shapes; nothing here knows who is declared. */

/* False at once for nearly every line that begins no speech. */
bool marker_likely(const struct md_doc *doc, const struct line *line);
bool marker_bracket(const struct head *head, struct marker *m);
bool marker_colon(const struct head *head, struct marker *m);
/* The label may hold spaces: the marker whose label ends at the `spaces`-th of them. */
bool marker_circle(const struct head *head, size_t spaces, struct marker *m);
/* `○label` that can be nothing else, although nobody declared the label. */
bool marker_circle_is_clear(const struct head *head, const struct marker *m);
/* 【label without its other bracket, or [label] alone on the line or before words; *people as below. */
bool marker_is_unclosed(const struct head *head, struct str *label, bool *people);
/* The label that stands in a line like a speaker's between signs of no marker: 〔label〕, label; ※【label】, or before the
 * `spaces`-th space and a sentence, which may end in `more` of its paragraph. With *people it may be no office, which
 * such lines often name. Empty without. */
struct str marker_mistaken(const struct head *head, size_t spaces, struct str more, bool *people);
struct str marker_in_bold(const struct head *head, struct str bold, struct str more, bool *people);
/* What stands right behind the one circle at the beginning, or an empty text. */
struct str marker_behind_circle(const struct head *head);
bool marker_word_is_name(struct str label); /* one capitalised word, or initials */
bool marker_may_be_slip(struct str label);  /* short and without punctuation: worth comparing */
bool marker_may_be_person(struct str label); /* what a colon may stand behind when somebody speaks: words of a name */
/* The callout for what a word tells that nobody says: RESOLVED, 決定; NULL for other words. */
const char *marker_outcome(struct str word, struct arena *a);
bool marker_begins_upper(struct str s);      /* its first letter is none of a word in small letters */
bool marker_is_sentence(struct str s);       /* some sentence ends in it */
/* A line that begins with ・, a bullet as Word pastes it, or one ○. */
bool line_is_bulleted(const struct md_doc *doc, const struct line *line);
/* Cuts 議長（山田太郎君） into role and name. */
bool marker_split_name(struct str label, struct str *role, struct str *name);

/* speaker.c */

void speakers_prepare(struct reader *r); /* looks through the record for words that begin two paragraphs */
bool speaker_find(struct reader *r, const struct line *line, struct spoken *spoken);
void speech_begin(struct reader *r, struct line *line, const struct spoken *spoken);
void speech_resume(struct reader *r, uint32_t speech); /* the same label again, behind one nested in it */
void speech_end(struct reader *r);
/* Whom words in a vote or an action name. Who is ambiguous is said, and nobody then. */
struct found speaker_named(struct reader *r, uint32_t line, struct str label);
/* An office that several people may speak for, or one who may always speak: 事務局（田中） names one of them. */
bool voice_is_office(const struct reader *r, const struct voice *v);
void speaker_miss_voter(struct reader *r, uint32_t line, struct str label);
/* Whose the marker in `spoken` is; false when nobody declared its label. */
bool speaker_resolve(const struct reader *r, struct spoken *spoken);
/* A label that nobody declared. */
void speaker_miss(struct reader *r, enum diag_code code, uint32_t line, struct str label);

/* A label that is no declared one, but must be meant for one. */
bool speaker_is_near(struct reader *r, struct str label);
/* What to write for a word that tells what was decided. */
struct str outcome_help(const struct reader *r, const char *callout, struct str word);

/* slip.c: lines that only nearly begin a speech, and stand among the words of the speaker before. */

void speakers_check_slips(struct reader *r); /* when all is read; headings that are labels, too */
/* A line of the open speech that tells what was decided: RESOLVED that, **Decision:** */
bool slip_is_outcome(struct reader *r, const struct line *line);
void slip_check_outcome(struct reader *r, const struct line *line);

/* flow.c */

void flow_read(struct reader *r);
void flow_add(struct reader *r, enum flow_kind kind, uint32_t index);
/* Lines of a paragraph as they stand in the record. */
void flow_lines(struct reader *r, struct line lines, bool listed);
uint32_t statement_begin(struct reader *r, enum statement_kind kind, uint32_t line, bool listed);
void piece_add(struct reader *r, struct range *pieces, struct md_piece piece);
/* A table, code, an image or a quotation: part of the statement before it, or one. */
void flow_attach(struct reader *r, struct md_piece piece, uint32_t line);
/* Wholly in （…） or 〔…〕. */
bool runs_are_note(struct reader *r, uint32_t first, uint32_t end);
/* In a sealed place: says that a closed part leaks, once. */
void flow_leak(struct reader *r, uint32_t line);
/* Cuts a block's last paragraph before the first line, behind its own first one, that begins a speech; with `quoted`,
 * only where no `>` stands before it. False without such a line; else the lines that were cut off. */
bool tail_cut(struct reader *r, uint32_t block, bool quoted, struct line *tail);

/* heading.c */

void heading_read(struct reader *r, uint32_t block);
/* When all is read: a part of the agenda that stands alone on a line, and is nobody's heading. */
void headings_check_missed(struct reader *r);
void heading_check_underlined(struct reader *r, uint32_t rule);
void agenda_prepare(struct reader *r);

/* callout.c */

bool quote_has_callout(struct reader *r, uint32_t quote);
void quote_read(struct reader *r, uint32_t quote);

/* mark.c: [!name]. */

/* Whether a line begins a callout. */
bool mark_begins(struct reader *r, const struct line *line, struct mark *m);
/* What a name is, or is most like: an almost [!closed] must not publish what it hides. Says when it is no name. */
enum callout_kind mark_kind(struct reader *r, struct str name, uint32_t line);
/* Where a [!closed] begins in a text, escaped ones left out; SIZE_MAX without. *behind is where its reason begins. */
size_t closed_find(struct reader *r, struct str s, size_t *behind);
/* Whether there is [closed], （非公開）, !closed and the like in it: a mark that is almost right. A heading takes no other
 * [!name], so any is one. */
bool closed_nearly_in_title(struct reader *r, struct str s);
/* [closed], 【非公開】, [!closed without its other bracket and the like: meant to close what follows. */
bool closed_is_meant(struct reader *r, struct str s);
/* Some letter or digit, and no mere dash. */
bool closed_has_reason(struct str reason);
void closed_report_meant(struct reader *r, uint32_t line, struct str mark);
/* A [!closed] that stands where it closes nothing would publish what it was meant to hide. False when there was one. */
bool marks_check_strays(struct reader *r);

/* vote.c, action.c: details of the callout that was just read. */

void vote_read(struct reader *r, uint32_t callout);
void action_read(struct reader *r, uint32_t callout);
void done_read(struct reader *r, uint32_t callout);
static inline bool vote_is_side(enum vote_key key) { return key >= VOTE_FOR; }
static inline bool vote_names_people(enum vote_key key) { return key >= VOTE_MOVED; }

/* named.c */

/* Those whom words name, added to r->named; with `must`, names that nobody declared are told, and stand there too. */
struct range named_find(struct reader *r, uint32_t line, bool must, struct str words);
/* How many the words say there are, which is taken away from them; -1 when they do not. */
long named_count(struct reader *r, struct str *words);

/* tally.c: whether the lines of a vote, and those of a table beside them, add up. */

void vote_check(struct reader *r, const struct callout *c, struct range lines);

/* hashtag.c */

bool line_is_tags(struct reader *r, const struct line *line);
/* Takes the tags at the very end of runs away. */
void tags_take(struct reader *r, uint32_t first, uint32_t end, enum holder holder, uint32_t index);
void tags_of_record(struct reader *r);

/* withhold.c */

void withhold_runs(struct reader *r, uint32_t first, uint32_t end);
void withhold_block(struct reader *r, uint32_t block);
/* Lines of the source that are covered: footnotes defined there are withheld too. */
void withhold_lines(struct reader *r, uint32_t first, uint32_t last);
bool line_is_withheld(const struct reader *r, uint32_t line);
void footnotes_settle(struct reader *r);
/* Of what is not public, findings do not show the words; of a closed meeting nothing else stays in the model. */
void findings_hush(struct reader *r);
void closed_settle(struct reader *r);

/* anonymous.c */

void anonymous_settle(struct reader *r);

/* subjects.c: what each statement is about and mentions; the meeting's arrays are settled by then. */
void subjects_find(struct reader *r);

/* check.c: when all is read, the present are known too */
void record_check(struct reader *r);

/* dates.c */
void dates_check_words(struct reader *r, const struct folded *words, uint32_t line); /* that begin on this line of the file */
void dates_check_facts(struct reader *r); /* the front matter's, and headings */

/* mentions.c: labels of documents and attendees in the words. */

struct mentions;
struct mentions *mentions_open(struct reader *r);
/* In a statement's words; `spans` are the plain runs among them, outside of links. */
void mentions_note(struct mentions *ms, uint32_t statement, const struct folded *words, const struct buf *spans);
/* A link of a statement, which may name a document. */
void mentions_link(struct mentions *ms, uint32_t statement, uint32_t link);
/* Says which documents nothing in the record names; fills document_mentions, and adds links around what is named. */
void mentions_settle(struct mentions *ms);

#endif
