#include "cli/root.h"

#include "sys/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The nearest folder at or above the working directory with a site.yml, else the working directory. */
static char *find_site(void)
{
	struct buf here = { 0 }, settings = { 0 };
	char *found = NULL;
	process_working_folder(&here);
	for (struct str at = buf_str(&here); at.n && !found; at = fs_path_folder(at)) {
		buf_clear(&settings);
		buf_format(&settings, "%.*s/site.yml", STR_ARG(at));
		buf_byte(&settings, '\0');
		if (fs_is_there(settings.p))
			found = strndup(at.p, at.n);
	}
	buf_release(&settings);
	buf_release(&here);
	return found ? found : strdup(".");
}

/* Templates and themes: GIJI_SHARE from the environment; beside the installed program; for a program not yet
 * installed, two folders above it; where it was told at compile time. */
bool root_open_installed(struct fs *fs)
{
	static const char *const places[] = { "/../share/giji", "/../.." };
	const char *given = getenv("GIJI_SHARE");
	struct buf path = { 0 };
	if (given && *given)
		buf_put(&path, str_c(given));
	else if (!process_find_beside(places, "themes/default", &path))
		buf_put(&path, STR(GIJI_SHARE));
	buf_byte(&path, '\0');
	bool found = fs_disk_open(fs, path.p, false) == FS_OK;
	buf_release(&path);
	if (!found)
		fputs(_("giji: its templates and themes are not where they were installed; set GIJI_SHARE\n"), stderr);
	return found;
}

bool root_open(struct root *r, const struct options *o)
{
	r->path = o->directory ? strdup(o->directory) : find_site();
	if (!r->path || fs_disk_open(&r->site, r->path, false) != FS_OK) {
		fprintf(stderr, _("giji: cannot open the folder %s\n"), r->path ? r->path : ".");
		free(r->path);
		return false;
	}
	if (root_open_installed(&r->installed))
		return true;
	fs_close(&r->site);
	free(r->path);
	return false;
}

void root_close(struct root *r)
{
	fs_close(&r->site);
	fs_close(&r->installed);
	free(r->path);
}
