#include "cli/argument.h"

#include "source/content.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool argument_read(const char *path, struct buf *out)
{
	enum { CHUNK = 65536 };
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	bool read = file != NULL;
	while (read && out->n <= CONTENT_FILE_MOST) {
		buf_reserve(out, CHUNK);
		size_t n = fread(out->p + out->n, 1, CHUNK, file);
		out->n += n;
		if (n == 0)
			break;
	}
	read = read && !ferror(file);
	if (!read)
		fprintf(stderr, _("giji: %s cannot be read: %s\n"), path, strerror(errno));
	else if (out->n > CONTENT_FILE_MOST)
		fprintf(stderr, _("giji: %s is larger than a record may be\n"), path);
	if (file && file != stdin)
		fclose(file);
	return read && out->n <= CONTENT_FILE_MOST;
}

struct str argument_in_site(const char *path, const char *site, struct arena *a)
{
	char *whole = realpath(path, NULL), *root = realpath(site, NULL);
	struct str found = STR_NONE,
		   folder = root ? arena_format(a, "%s/", strcmp(root, "/") == 0 ? "" : root) : STR_NONE;
	if (whole && root && str_starts(str_c(whole), folder))
		found = arena_str(a, str_from(str_c(whole), folder.n));
	free(whole);
	free(root);
	return found;
}
