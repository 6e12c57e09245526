/*
 * views: what templates know: `page`, the page that is being written, and `site`, all of it.
 *
 * Names are those of minutes/model.h and site/site.h. The field tables in view_*.c are the whole
 * list, one table a noun; each begins with what it shows. Fields are read when a template asks
 * for them, and what is built for one (a list of groups, say) lives until the page is done.
 */
#ifndef GIJI_RENDER_VIEWS_H
#define GIJI_RENDER_VIEWS_H

#include "render/engine.h"

/* Each pushes one value that serves every page of this engine: it reads e->page when a field is asked for. */
void views_push_page(struct engine *e);
void views_push_site(struct engine *e);

#endif
