/*
 * theme: what decides how pages look: templates, labels and the theme's own files.
 *
 * Each is looked for in the site's folder first, then in the installed one:
 *     templates/NAME.html, themes/THEME/templates/NAME.html   (site)
 *     themes/THEME/templates/NAME.html, templates/NAME.html   (installed)
 *     themes/THEME/labels/LANGUAGE.yml   both files are read; the site's labels win, one by one
 *     themes/THEME/assets/…              published as assets/…; site.css stands behind style.css
 * Loaded once, then const.
 */
#ifndef GIJI_RENDER_THEME_H
#define GIJI_RENDER_THEME_H

#include "base/map.h"
#include "render/template.h"
#include "site/site.h"
#include "text/message.h"

struct theme_files {
	struct fs *site;      /* the site's root */
	struct fs *installed; /* share/giji: templates/, themes/ */
};

struct theme_label {
	struct message *message;
	struct str plain; /* the whole label when it has no holes */
};

struct theme_labels {
	struct str language;
	struct map keys; /* to an index into labels */
	struct theme_label *labels;
};

struct theme_asset {
	struct fs *fs;
	struct str from;   /* "themes/default/assets/style.css" */
	struct str output; /* "assets/style.css" */
	char version[17];  /* hex of its content's hash, for ?v= */
};

struct theme {
	struct template *templates; /* all that pages of this site use */
	size_t template_count;
	struct map template_names;
	struct theme_labels *languages; /* one per language of pages */
	size_t language_count;
	struct theme_asset *assets;
	size_t asset_count;
};

/* Loads what the site's pages need. NULL after findings. Release with theme_release. */
struct theme *theme_open(const struct theme_files *files, const struct site *site, struct arena *a, struct diags *ds);
void theme_release(struct theme *t);

const struct template *theme_template(const struct theme *t, struct str name); /* NULL without */
const struct theme_labels *theme_labels_in(const struct theme *t, struct str language); /* likewise */
const struct theme_label *theme_label(const struct theme_labels *labels, struct str key); /* likewise; labels may be NULL */

/* The template a page asks for: its layout, or its kind's own, which is called as the kind is. */
struct str theme_template_of(const struct page *page);
extern const char *const theme_page_kinds[];

#endif
