/* record_parts: the larger values of a record's front matter, as readers for its table of keys. */
#ifndef GIJI_SOURCE_RECORD_PARTS_H
#define GIJI_SOURCE_RECORD_PARTS_H

#include "source/front.h"

/* A title into a struct str: given once, or per language, of which the file's own (5.en.md) is taken. */
bool title_read(const struct yaml_node *node, void *member, const struct reading *r);

bool attendance_read(const struct yaml_node *node, void *member, const struct reading *r);  /* struct attendance */
bool agenda_read(const struct yaml_node *node, void *member, const struct reading *r);      /* struct agenda */
bool documents_read(const struct yaml_node *node, void *member, const struct reading *r);   /* struct documents */
bool corrections_read(const struct yaml_node *node, void *member, const struct reading *r); /* struct corrections */

/* The path from the site's root of a file that a record names. A finding and false where it leads out of content/, or
 * is itself a source that giji does not publish as it is. */
bool document_path(const struct yaml_node *node, struct str *out, const struct reading *r);

/* A reason why something is closed: without words, or just `true`, it is none. */
bool closed_reason(const struct yaml_node *node, struct str *out, const struct reading *r);

/* True where a date for publishing was given and could not be read: such a file is unusable, for to publish by mistake is
 * worse than not to build. */
bool front_dates_lost(const struct yaml_node *node, const struct dated *publish_on, const struct dated *expire_on);

#endif
