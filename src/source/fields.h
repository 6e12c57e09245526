/*
 * fields: a YAML map → a struct, by a table of the keys that may stand there.
 *
 * One table an object is at once the schema (unknown keys are findings with "did you
 * mean"), the reader and the list of keys that the manual documents.
 *
 *     static const struct field_spec license_fields[] = {
 *             FIELD(license, name, FIELD_WORDS, FIELD_REQUIRED),
 *             FIELD(license, url, FIELD_URL, 0),
 *             FIELD_END,
 *     };
 *     fields_read(node, license_fields, &license, &reading);
 */
#ifndef GIJI_SOURCE_FIELDS_H
#define GIJI_SOURCE_FIELDS_H

#include "source/words.h"
#include "text/calendar.h"

struct reading { /* what every reader of a file is handed */
	struct str path;
	struct arena *arena;
	struct diags *diags;
	struct str folder; /* the file's, below the site's root, for what names other files; "" for registers */
};

enum field_kind {
	FIELD_TEXT,   /* struct str; numbers and booleans are taken as written */
	FIELD_WORDS,  /* struct words */
	FIELD_URL,    /* struct str: http, https, mailto, tel or relative */
	FIELD_NUMBER, /* long, 0 to 999999 */
	FIELD_BOOL,   /* bool */
	FIELD_DATE,   /* struct dated */
	FIELD_TEXTS,  /* struct texts: a list of texts, or one text alone */
	FIELD_CHOICE, /* int: index + 1 into spec->choices, 0 when not given */
	FIELD_NODE,   /* const struct yaml_node *: anything, read by the caller or kept (params) */
	FIELD_CUSTOM  /* spec->read(node, member, reading) */
};

enum {
	FIELD_REQUIRED = 1,
	FIELD_SEES_NOTHING = 2 /* spec->read is called for a key without a value, too */
};

struct text_item {
	struct str text;
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

struct field_spec {
	struct str key;
	enum field_kind kind;
	unsigned flags;
	size_t offset;
	const char *const *choices; /* NULL-ended */
	bool (*read)(const struct yaml_node *node, void *member, const struct reading *r);
};

/* FIELD names the key after the member, FIELD_AS by itself; FIELD_ONE_OF takes the choices, FIELD_BY a reader. */
#define FIELD(type, member, kind, flags) \
	{ \
		STR_INIT(#member), kind, flags, offsetof(struct type, member), NULL, NULL \
	}
#define FIELD_AS(key, type, member, kind, flags) \
	{ \
		STR_INIT(key), kind, flags, offsetof(struct type, member), NULL, NULL \
	}
#define FIELD_ONE_OF(type, member, list) \
	{ \
		STR_INIT(#member), FIELD_CHOICE, 0, offsetof(struct type, member), list, NULL \
	}
#define FIELD_BY(type, member, reader, flags) \
	{ \
		STR_INIT(#member), FIELD_CUSTOM, flags, offsetof(struct type, member), NULL, reader \
	}
#define FIELD_END \
	{ \
		{ NULL, 0 }, FIELD_TEXT, 0, 0, NULL, NULL \
	}

/* Reads a map into a zeroed struct (or one that holds defaults). Every fault is a finding at its place and the
 * member stays as it was (a list keeps its sound items); false if there was any. A NULL or YAML_NULL node reads as an empty map; a key without a value
 * as one that is not there. */
bool fields_read(const struct yaml_node *map, const struct field_spec *specs, void *object, const struct reading *r);

/* Single values, for FIELD_CUSTOM readers: false after a finding. */
bool field_text(const struct yaml_node *node, struct str *out, const struct reading *r);
bool field_words(const struct yaml_node *node, struct words *out, const struct reading *r);
bool field_texts(const struct yaml_node *node, struct texts *out, const struct reading *r);
bool field_date(const struct yaml_node *node, struct dated *out, const struct reading *r);
bool field_url(const struct yaml_node *node, struct str *out, const struct reading *r);
bool field_bool(const struct yaml_node *node, bool *out, const struct reading *r);
bool field_choice(const struct yaml_node *node, const char *const *choices, int *out, const struct reading *r);

/* For spec->read: a language code into a struct str; a list of them into a struct texts. */
bool field_language(const struct yaml_node *node, void *member, const struct reading *r);
bool field_languages(const struct yaml_node *node, void *member, const struct reading *r);

/* For spec->read: a bool of whose two values `true` is the careful one, which is therefore taken for
 * any value that cannot be read: `draft: yes` must not publish. */
bool field_careful(const struct yaml_node *node, void *member, const struct reading *r);
/* For spec->read: a name of letters, digits, - and _, into a struct str (a template, a theme). */
bool field_name(const struct yaml_node *node, void *member, const struct reading *r);

/* A map of one key that is none of the table's, nor like one, with a scalar as its value: `- Chair: Lee`, where a text
 * with a colon in it was meant. */
bool field_is_slip(const struct yaml_node *map, const struct field_spec *specs);

/* Addresses that redirect here, into a struct texts: paths below the site's own. */
bool field_aliases(const struct yaml_node *node, void *member, const struct reading *r);

/* The finding that `what` ("a text", marked with N_) was expected instead of the node. A map of one
 * key is asked about its colon, which made a key of what was meant as text. Returns false. */
bool field_expected(const struct yaml_node *node, const char *what, const struct reading *r);

static inline bool field_is_scalar(const struct yaml_node *node)
{
	return node->kind != YAML_NULL && node->kind != YAML_LIST && node->kind != YAML_MAP;
}

/* Where the value of a key stands; the map itself, or the file, without it. */
struct loc field_loc(const struct yaml_node *map, struct str key, const struct reading *r);

/* A finding date-mismatch when both dates are there and the value of `key` comes before `earlier`. */
void field_dates_ordered(
	const struct yaml_node *map, struct str key, struct date earlier, struct date later, const struct reading *r);

#endif
