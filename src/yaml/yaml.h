/*
 * yaml: YAML bytes → a tree whose every node knows its place.
 *
 * YAML 1.2 core schema: null, true, false, integers, floats and strings; dates
 * stay strings. Refused with a finding: anchors, aliases, tags, merge keys,
 * duplicate keys, more than one document, depth over 16, over 200,000 nodes.
 * Everything lives in the arena.
 */
#ifndef GIJI_YAML_YAML_H
#define GIJI_YAML_YAML_H

#include "base/diag.h"

enum yaml_kind { YAML_NULL, YAML_BOOL, YAML_INTEGER, YAML_FLOAT, YAML_STRING, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	bool boolean;
	bool quoted;     /* a string that was quoted or a block, never re-read as anything else */
	long integer;
	double number;   /* for integers too */
	struct str text; /* every scalar as written, so that `4.0` or `0123` can be taken as text */
	struct loc loc;
	size_t count;    /* of a list or map */
	const struct yaml_node *items; /* list items, or map values */
	const struct yaml_node *keys;  /* map keys (strings), beside items; else NULL */
};

/* Reads one document. `bytes` starts at line `first_line` of the file `path` (front
 * matter does not start at line 1). NULL after a finding. An empty document is
 * a YAML_NULL node. Slips such as `title：` or a tab earn a hint that says so. */
const struct yaml_node *yaml_read(struct str bytes, struct str path, size_t first_line, struct arena *a, struct diags *ds);

/* The value of a key in a map; NULL without it, or when `map` is NULL or no map. */
const struct yaml_node *yaml_get(const struct yaml_node *map, struct str key);
const struct yaml_node *yaml_key(const struct yaml_node *map, struct str key); /* the key's own node */

#endif
