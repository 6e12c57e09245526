/*
 * places: every table of keys, with the name of the place in which they stand. From it
 * come the hint where a misplaced key belongs, and the manual's test that it names every key.
 */
#ifndef GIJI_SOURCE_PLACES_H
#define GIJI_SOURCE_PLACES_H

#include "source/fields.h"

struct field_place {
	const char *name; /* "site.yml", "an attendee"; to be translated */
	const struct field_spec *fields;
};

extern const struct field_place field_places[]; /* ends with a NULL name */

/* The first place that knows the key, other than the table `except`; NULL without one. */
const struct field_place *place_of_key(struct str key, const struct field_spec *except);

/* settings.c */
extern const struct field_spec settings_fields[], license_fields[];
extern const char *const speaker_pages_choices[]; /* of site.yml and bodies */
/* record_front.c and what stands in a record's front matter */
extern const struct field_spec record_fields[], closed_fields[], translation_fields[];
extern const struct field_spec group_fields[], attendee_fields[];
extern const struct field_spec agenda_fields[], document_fields[], correction_fields[];
/* body_front.c */
extern const struct field_spec body_fields[], page_fields[];
/* register.c */
extern const struct field_spec person_fields[], person_label_fields[], person_role_fields[], topic_fields[];

#endif
