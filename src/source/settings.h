/* settings: site.yml, in typed form. */
#ifndef GIJI_SOURCE_SETTINGS_H
#define GIJI_SOURCE_SETTINGS_H

#include "source/fields.h"
#include "sys/file.h"

enum speaker_pages { SPEAKER_PAGES_DEFAULT, SPEAKER_PAGES_FULL, SPEAKER_PAGES_EXCERPT, SPEAKER_PAGES_OFF };

extern const char *const speaker_pages_choices[]; /* of site.yml and bodies, by enum speaker_pages */

struct license {
	struct words name;
	struct str url;
};

struct settings {
	struct words title, description, publisher;
	struct str base_url;    /* "https://example.go.jp/kaigi/", always ends in / */
	struct str base_path;   /* "/kaigi/", percent-encoded as given: every internal link begins with it */
	struct str language;    /* "ja" */
	struct texts languages; /* all, `language` first */
	struct str timezone;
	long year_starts;   /* 1 to 12 */
	struct str theme;   /* "default" */
	struct str contact; /* a URL, mail address or words */
	struct license license;
	struct texts outputs;
	bool search;
	int speaker_pages; /* enum speaker_pages */
	const struct yaml_node *params;
};

/* Reads site.yml at the site's root. `base_url`, when not empty, replaces the
 * file's (-u). False after findings; a site without site.yml gets one that says how to begin. */
bool settings_read(struct fs *site, struct str base_url, struct arena *a, struct settings *s, struct diags *ds);

#endif
