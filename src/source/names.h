/* names: what may stand in an address, and when two such names are the same. */
#ifndef GIJI_SOURCE_NAMES_H
#define GIJI_SOURCE_NAMES_H

#include "base/diag.h"

bool name_is_language(struct str s); /* shaped like a BCP 47 tag: ja, en, zh-Hant */

/* A letter and numbers, as addresses within a record are: s4, s4-5, i1-2-1. */
bool anchor_is(struct str s);

/* What stands behind the last dot of a file's name without its ending: "5.en" → "en"; STR_NONE without one. */
struct str name_suffix(struct str stem);

/* A finding at `loc` and false when the name cannot stand in an address; the help offers one that can. */
bool name_check(struct str name, struct loc loc, struct arena *a, struct diags *ds);

/* Names equal in this form read alike, and collide on some file systems and servers: neither case nor width counts. */
struct str name_fold(struct arena *a, struct str name);

#endif
