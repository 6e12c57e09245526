/*
 * redirects: old addresses, in the forms in which servers take them.
 *
 *     _redirects                 hosts of static sites: /old/ /new/ 301
 *     giji-redirects.nginx.map   nginx: "/old/" "/new/"; for `map $uri $moved { include …; }`
 */
#ifndef GIJI_EXCHANGE_REDIRECTS_H
#define GIJI_EXCHANGE_REDIRECTS_H

#include "site/site.h"

enum redirect_form { REDIRECTS_HOST, REDIRECTS_NGINX, REDIRECT_FORMS };

bool redirects_are(const struct site *s); /* without any, there are no files */
struct str redirects_path(enum redirect_form form);
void redirects_write(const struct site *s, enum redirect_form form, struct buf *out); /* appends the file */

/* Whether a redirect is a page, too: a server would hand out a page at /old.pdf as what it is not. */
bool redirects_has_page(const struct page *redirect);

#endif
