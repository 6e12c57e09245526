/*
 * register: people.yml and topics.yml, in typed form.
 */
#ifndef GIJI_SOURCE_REGISTER_H
#define GIJI_SOURCE_REGISTER_H

#include "source/fields.h"
#include "sys/file.h"

struct person_label { /* a label as printed, where and when it means this person */
	struct str label;
	struct str body;       /* folder of a body, or "" for all */
	struct dated from, to; /* absent: without limit */
	struct loc loc;
};

struct person_role {
	struct words role;
	struct words organization;
	struct str body; /* or "" */
	struct dated from, to;
	struct loc loc;
};

struct person_labels {
	struct person_label *items;
	size_t count;
};
struct person_roles {
	struct person_role *items;
	size_t count;
};

enum registered_kind { REGISTERED_UNSAID, REGISTERED_PERSON, REGISTERED_ORGANIZATION };

struct register_person {
	struct str id;
	struct words name;
	struct words reading;
	int kind; /* enum registered_kind */
	struct person_labels labels;
	struct person_roles roles;
	struct words organization, description;
	struct str url;
	struct texts same_as;
	bool page; /* false: no page of their own */
	const struct yaml_node *params;
	struct loc loc;
};

struct register_topic {
	struct str id;
	struct words name, reading, description;
	struct texts terms;
	struct str broader; /* id or ""; never leads round in a circle */
	struct loc broader_loc;
	struct texts also;
	const struct yaml_node *params;
	struct loc loc;
};

struct registers {
	bool has_people, has_topics;    /* the file exists */
	struct register_person *people; /* in the order of the file */
	size_t person_count;
	struct register_topic *topics;
	size_t topic_count;
};

/* Reads both files where they exist. Checks what one register can know: ids fit for an
 * address, `broader` and `also` exist and make no circle, a label valid for one body and time is
 * not given to two people. */
bool registers_read(struct fs *site, struct arena *a, struct registers *r, struct diags *ds);

#endif
