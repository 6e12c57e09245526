/* scheme: which addresses a link may lead to. */
#ifndef GIJI_MARKDOWN_SCHEME_H
#define GIJI_MARKDOWN_SCHEME_H

#include "base/str.h"

/* Relative, or http, https, mailto, tel. Read as a browser does, which drops white space and
 * control characters from an address before it looks for the scheme. */
bool scheme_is_allowed(struct str address);

#endif
