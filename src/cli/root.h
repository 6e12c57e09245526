/* root: where a site begins, and where giji's own templates and themes lie. */
#ifndef GIJI_CLI_ROOT_H
#define GIJI_CLI_ROOT_H

#include "cli/options.h"
#include "sys/file.h"

struct root {
	struct fs site, installed;
	char *path; /* of the site's folder; free() */
};

/* Opens both. The site is -C's folder, or the working directory or the nearest folder above it that
 * has a site.yml. False after a line on stderr. */
bool root_open(struct root *r, const struct options *o);

/* What was installed alone, for commands that need no site. False after a line on stderr. */
bool root_open_installed(struct fs *installed);
void root_close(struct root *r);

#endif
