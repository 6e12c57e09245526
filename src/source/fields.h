/*
 * fields: a YAML map → a struct, by a table of the keys that may stand there.
 *
 * One table an object is at once the schema (unknown keys are findings with "did you
 * mean"), the reader and the list of keys that the manual documents.
 *
 *     static const struct field_spec license_fields[] = {
 *             FIELD(license, name, field_words, FIELD_REQUIRED),
 *             FIELD(license, url, field_url, 0),
 *             FIELD_END,
 *     };
 *     fields_read(node, license_fields, &license, &reading);
 */
#ifndef GIJI_SOURCE_FIELDS_H
#define GIJI_SOURCE_FIELDS_H

#include "text/calendar.h"
#include "yaml/yaml.h"

struct words { /* a text that may be given once or per language, `岡` or `{ja: 岡, en: Oka}` */
	struct str any;                      /* given as one text, or the first language's */
	const struct yaml_node *by_language; /* the map, or NULL */
	struct loc loc;
};

/* In the language, else as given for any, else the first given; STR_NONE if never given. */
struct str words_in(const struct words *w, struct str language);
static inline bool words_are(const struct words *w)
{
	return w->any.n > 0;
}

struct text_item {
	struct str text; /* first: an item's reader is handed a text_item as its struct str */
	struct loc loc;
};

struct texts {
	struct text_item *items;
	size_t count;
};

struct dated { /* a date as given, with its place */
	struct date date;
	struct loc loc;
};

struct reading { /* what every reader of a file is handed */
	struct str path;
	struct arena *arena;
	struct diags *diags;
	struct str folder; /* the file's, below the site's root, for what names other files; "" for registers */
	bool *unsafe;      /* set where a key that may have been meant to withhold something is not known; may be NULL */
};

/* Reads a value into its member. False after a finding: the member is then as it was, or, an item of a list, left out. */
typedef bool field_reader(const struct yaml_node *node, void *member, const struct reading *r);

enum {
	FIELD_REQUIRED = 1,
	FIELD_SEES_NOTHING = 2, /* the reader is called for a key without a value, too */
	FIELD_WITHHOLDS = 4     /* misspelled, it would publish what must not be */
};

struct field_spec {
	struct str key;
	field_reader *read; /* NULL for a choice */
	size_t offset;
	unsigned flags;
	const char *const *choices;  /* ends with NULL */
	size_t item_size, item_loc;  /* of a list: the size of an item, and where in it its place stands */
};

/* FIELD names the key after the member, FIELD_AS by itself. FIELD_ONE_OF is an int: index + 1 into the choices, 0 when not
 * given. FIELD_LIST is a struct of `items` and `count`, given as a list or as one item alone. */
#define FIELD_AS(key, type, member, reader, flags) \
	{ \
		STR_INIT(key), reader, offsetof(struct type, member), flags, NULL, 0, 0 \
	}
#define FIELD(type, member, reader, flags) FIELD_AS(#member, type, member, reader, flags)
#define FIELD_ONE_OF(type, member, choices) \
	{ \
		STR_INIT(#member), NULL, offsetof(struct type, member), 0, choices, 0, 0 \
	}
#define FIELD_LIST(type, member, item, reader) \
	{ \
		STR_INIT(#member), reader, offsetof(struct type, member), 0, NULL, sizeof(struct item), \
			offsetof(struct item, loc) \
	}
#define FIELD_END \
	{ \
		{ NULL, 0 }, NULL, 0, 0, NULL, 0, 0 \
	}

/* Reads a map into a zeroed struct (or one that holds defaults). Every fault is a finding at its place and the
 * member stays as it was (a list keeps its sound items). A NULL or YAML_NULL node reads as an empty map; a key
 * without a value as one that is not there. */
void fields_read(const struct yaml_node *map, const struct field_spec *specs, void *object, const struct reading *r);

field_reader field_text;     /* struct str; numbers and booleans are taken as written */
field_reader field_placed;   /* struct text_item: the same, with its place */
field_reader field_filled;   /* struct str, not blank */
field_reader field_words;    /* struct words */
field_reader field_url;      /* struct str: http, https, mailto, tel or relative */
field_reader field_alias;    /* struct str: an old address that redirects here, a path below the site's own, decoded */
field_reader field_language; /* struct str: a language code */
field_reader field_name;     /* struct str of letters, digits, - and _ (a template, a theme) */
field_reader field_number;   /* long, 0 to 999999 */
field_reader field_bool;     /* bool */
field_reader field_date;     /* struct dated */
field_reader field_node;     /* const struct yaml_node *: anything, read by the caller or kept (params) */

/* A bool of whose two values `true` is the careful one, which is therefore taken for any value that cannot be
 * read: `draft: yes` must not publish. For FIELD_SEES_NOTHING. */
field_reader field_careful;

/* The other way round: `page: no` must not give a page. For FIELD_SEES_NOTHING, with a default of true. */
field_reader field_clear;

/* One of the words, as index + 1, and as itself. */
bool field_choice(const struct yaml_node *node, const char *const *choices, int *out, const struct reading *r);
bool field_word(const struct yaml_node *node, const char *const *choices, struct str *out, const struct reading *r);

/* The finding that `what` ("a text", marked with N_) was expected instead of the node. Returns false. */
bool field_expected(const struct yaml_node *node, const char *what, const struct reading *r);

/* The items of a list; what is no list is the one item of its own, with a finding where commas make it look like several,
 * unless r is NULL. */
const struct yaml_node *field_items(const struct yaml_node *node, size_t *count, const struct reading *r);

static inline bool field_is_scalar(const struct yaml_node *node)
{
	return node->kind != YAML_NULL && node->kind != YAML_LIST && node->kind != YAML_MAP;
}

static inline bool field_blank(struct str s)
{
	return str_empty(str_trim(s));
}

/* Whether a key is there with a value, however wrong, or an unknown one that must be it: what is wrong was said. */
bool field_said(const struct yaml_node *map, struct str key, const struct field_spec *specs);

/* The finding that a key which must have a value has none. */
void field_missing(const struct yaml_node *map, struct str key, const struct reading *r);

/* Where the value of a key stands; the map itself, or the file, without it. */
struct loc field_loc(const struct yaml_node *map, struct str key, const struct reading *r);

/* A finding date-mismatch when both dates are there and the value of `key` comes before `earlier`. */
void field_dates_ordered(
	const struct yaml_node *map, struct str key, struct date earlier, struct date later, const struct reading *r);

/* Every table of keys, with the place in which they stand: the hint where a misplaced key belongs comes from it. */
struct field_place {
	const char *name; /* "site.yml", "an attendee"; to be translated */
	const struct field_spec *fields;
};

extern const struct field_place field_places[]; /* ends with a NULL name */

/* settings.c */
extern const struct field_spec settings_fields[], license_fields[];
/* front.c */
extern const struct field_spec record_fields[], closed_fields[], translation_fields[], body_fields[], page_fields[];
/* record_parts.c */
extern const struct field_spec group_fields[], attendee_fields[], agenda_fields[], document_fields[];
extern const struct field_spec correction_fields[];
/* register.c */
extern const struct field_spec person_fields[], person_label_fields[], person_role_fields[], topic_fields[];

#endif
