/* slug: a part of an address from words. */
#ifndef GIJI_TEXT_SLUG_H
#define GIJI_TEXT_SLUG_H

#include "base/buf.h"

/* NFKC, lower case, letters and digits of any script kept, every run of
 * anything else one `-`, none at the ends; "" when nothing is left. */
struct str slug(struct arena *a, struct str s);

/* True for an id or a file name that may stand in an address as it is: not empty, NFC, letters
 * and digits of any script, `-`, `_` and inner `.` only. */
bool slug_is_clean(struct str s);

/* A to Z, a to z, 0 to 9, `-`, `.`, `_` and `~`, which no URL encodes (RFC 3986, 2.3). */
bool slug_is_unreserved(char c);

/* Appends a path as a URL writes it (RFC 3986): unreserved characters and `/`
 * stay, all other bytes are percent-encoded. */
void slug_encode(struct buf *out, struct str path);

/* The other way round: %E3%81%82 as the bytes it stands for, which need be no UTF-8. */
struct str slug_decode(struct arena *a, struct str s);

#endif
