/*
 * remembered: pages as they were good last, for when they fail. The newest few, by path; any thread may ask.
 */
#ifndef GIJI_SERVE_REMEMBERED_H
#define GIJI_SERVE_REMEMBERED_H

#include "base/buf.h"

struct remembered;

struct remembered *remembered_open(void);
void remembered_close(struct remembered *r);
void remembered_put(struct remembered *r, struct str path, struct str bytes);
bool remembered_get(struct remembered *r, struct str path, struct buf *out); /* appends */

#endif
