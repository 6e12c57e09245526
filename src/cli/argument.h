/*
 * argument: a file that stands on the command line, wherever it lies.
 */
#ifndef GIJI_CLI_ARGUMENT_H
#define GIJI_CLI_ARGUMENT_H

#include "base/buf.h"

/* Appends its bytes, `most` and a few more at most; "-" is standard input, pipes are fine. False with the reason in errno. */
bool argument_take(const char *path, size_t most, struct buf *out);

/* The same for a record. False after a line on stderr. */
bool argument_read(const char *path, struct buf *out);

/* Makes it hold these bytes; to our own output they are added. False with the reason in errno. */
bool argument_write(const char *path, struct str bytes);

/* Its path below the site's folder ("content/ict/5.md"), in the arena; STR_NONE when it lies elsewhere. */
struct str argument_in_site(const char *path, const char *site, struct arena *a);

/* The place in the site of a record or a body's folder, however it is named: content/ict/5.md from anywhere, ict/5.md
 * and ict/5 are all "content/ict/5"; content/ is "content". */
struct str argument_place(const char *argument, const char *site, struct arena *a);

#endif
