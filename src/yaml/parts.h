/* What the files of src/yaml share. Private to the room. */
#ifndef GIJI_YAML_PARTS_H
#define GIJI_YAML_PARTS_H

#include "yaml/yaml.h"

/* Sets kind and value from node->text by the core schema (YAML 1.2.2, 10.3.2), unless it is quoted. */
void scalar_resolve(struct yaml_node *node, struct arena *a);

/* A slip of the hand that is YAML's trouble, or no YAML at all. */
struct slip {
	const char *help; /* translated, static */
	size_t at;        /* byte offset in the line */
};

/* The slip that a line shows which could not be read. */
bool slip_in_line(struct str line, struct slip *slip);

/* The slip at the start of a line that YAML takes for plain text. Far fewer
 * things count: the line is in order as far as YAML goes. */
bool slip_at_start(struct str line, struct slip *slip);

/* libyaml's words for what is wrong, in ours. */
struct fault {
	const char *problem; /* libyaml's */
	const char *message;
	const char *help;    /* or NULL */
	bool where_it_began; /* the place is where the thing began that went wrong */
};

const struct fault *fault_for(const char *problem);

#endif
