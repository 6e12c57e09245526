/* names: what may stand in an address, and when two such names are the same. */
#ifndef GIJI_SOURCE_NAMES_H
#define GIJI_SOURCE_NAMES_H

#include "base/diag.h"

bool name_is_language(struct str s); /* shaped like a BCP 47 tag: ja, en, zh-Hant */

/* True for the names of giji's own pages: speakers topics decisions actions documents corrections search data. */
bool name_is_reserved(struct str name);

/* A finding at `loc` and false when the name cannot stand in an address; the help offers one that can. */
bool name_check(struct str name, struct loc loc, struct arena *a, struct diags *ds);

/* NFC and lower case, width kept: names equal in this form collide on some file systems and servers. */
struct str name_fold(struct arena *a, struct str name);

#endif
