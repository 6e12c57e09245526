/*
 * context: where in an HTML page a template stands.
 *
 * Follows the literal text of a template as an HTML tokenizer would, and so knows, for each
 * {{ }}, which escaper its place needs. It holds templates to HTML that is also
 * well-formed XML: balanced lower-case tags, quoted attributes, each once, <br/>, numeric entities.
 */
#ifndef GIJI_RENDER_CONTEXT_H
#define GIJI_RENDER_CONTEXT_H

#include "base/str.h"

enum { CONTEXT_DEPTH = 48, CONTEXT_ATTRIBUTES = 24 };

enum context_state {
	CONTEXT_TEXT,      /* between tags */
	CONTEXT_TAG,       /* inside a start tag, between attributes */
	CONTEXT_TAG_NAME,  /* in the name of a start or end tag */
	CONTEXT_ATTRIBUTE, /* in an attribute's name, or behind it before the value */
	CONTEXT_VALUE      /* in a double-quoted value */
};

enum context_place { /* what an expression may be printed as */
	PLACE_TEXT,
	PLACE_PLAIN, /* <title>, <textarea>: text only */
	PLACE_ATTRIBUTE,
	PLACE_URL,       /* the beginning of a URL */
	PLACE_URL_NAME,  /* behind a beginning that could still become a scheme: a colon is escaped */
	PLACE_URL_PART,  /* behind a literal scheme or slash */
	PLACE_URL_QUERY, /* behind a literal ? or # */
	PLACE_JSON,      /* <script type="application/json"> */
	PLACE_NONE       /* nothing may be printed here */
};

enum value_kind { VALUE_TEXT, VALUE_URL, VALUE_REFUSED };

/* How far the literal text of a URL has come. */
enum url_progress { URL_EMPTY, URL_NAME, URL_PATH, URL_QUERY, URL_UNKNOWN /* differs from branch to branch */ };

struct context {
	enum context_state state;
	struct str open[CONTEXT_DEPTH]; /* names of open elements */
	size_t depth;
	struct str tag;                            /* the element whose tag this is */
	bool closing;                              /* an end tag */
	struct str attributes[CONTEXT_ATTRIBUTES]; /* of the tag, the last is the current one */
	size_t attribute_count;
	enum value_kind value;
	enum url_progress url;
	bool spaced; /* white space stands before what comes next in a tag */
	bool json;   /* in or on a <script type="application/json"> */
};

struct context_fault {
	size_t at;       /* byte in the literal */
	const char *why; /* translated; one %.*s takes `name` when that is not empty */
	struct str name;
};

/* Follows literal text from the state in *c. False at the first fault. */
bool context_follow(struct context *c, struct str literal, struct context_fault *fault);

/* What an expression here is printed as; for PLACE_NONE *why says what is wrong. Marks a URL as begun. */
enum context_place context_expression(struct context *c, const char **why);

/* True between elements, where whole elements may stand. */
bool context_between(const struct context *c);

/* Prepares for a statement tag, which may interrupt text, a tag or a value, but no name. */
void context_statement(struct context *c);

enum context_meeting {
	CONTEXT_BRANCHES, /* only one of the two has run */
	CONTEXT_REPEATED  /* `other` begins a loop of which `end` is the end */
};

/* Joins another way to this point into *end: false unless both are the same place with the same open elements. */
bool context_join(struct context *end, const struct context *other, enum context_meeting meeting);

#endif
