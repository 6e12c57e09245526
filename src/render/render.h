/*
 * render: a page request → bytes, through Lua templates.
 *
 *     struct theme *theme = theme_open(&files, site, arena, diags);     // once
 *     struct renderer *r = renderer_open(theme, site);                  // one a worker
 *     if (renderer_page(r, &site->pages[i], &out, diags)) …             // out: the whole page
 *     renderer_close(r);
 */
#ifndef GIJI_RENDER_RENDER_H
#define GIJI_RENDER_RENDER_H

#include "site/site.h"

struct theme;
struct renderer;

struct renderer *renderer_open(const struct theme *theme, const struct site *site);
void renderer_close(struct renderer *r);

/* Appends the page to `out`. A template that fails gives a template-error finding with the template's file, line
 * and column, the chain of templates and the page, and false; `out` then holds rubbish. */
bool renderer_page(struct renderer *r, const struct page *page, struct buf *out, struct diags *ds);

/* True once a template reached a cap (memory, steps): rendering more pages would only repeat it. */
bool renderer_exhausted(const struct renderer *r);

#endif
