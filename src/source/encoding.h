/* encoding: a file's bytes → UTF-8 text with LF line ends, or findings that say what it is instead. */
#ifndef GIJI_SOURCE_ENCODING_H
#define GIJI_SOURCE_ENCODING_H

#include "base/diag.h"

/* The text is a slice of `bytes` where nothing had to change, else in the arena. */
bool encoding_read(struct str bytes, struct str path, struct arena *a, struct str *text, struct diags *ds);

#endif
