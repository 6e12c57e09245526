#include "cli/argument.h"

#include "source/content.h"
#include "sys/process.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool argument_take(const char *path, size_t most, struct buf *out)
{
	enum { CHUNK = 65536 };
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	for (size_t n = 1; file && n > 0 && out->n <= most; out->n += n) {
		buf_reserve(out, CHUNK);
		n = fread(out->p + out->n, 1, CHUNK, file);
	}
	bool read = file && !ferror(file);
	int error = errno;
	if (file && file != stdin)
		fclose(file);
	errno = error;
	return read;
}

bool argument_read(const char *path, struct buf *out)
{
	bool read = argument_take(path, CONTENT_FILE_MOST, out);
	if (!read)
		fprintf(stderr, _("giji: %s cannot be read: %s\n"), path, strerror(errno));
	else if (out->n > CONTENT_FILE_MOST)
		fprintf(stderr, _("giji: %s is larger than a record may be\n"), path);
	return read && out->n <= CONTENT_FILE_MOST;
}

bool argument_write(const char *path, struct str bytes)
{
	FILE *stream = process_stream_at(path), *file = stream ? stream : fopen(path, "wb");
	bool good = file && fwrite(bytes.p ? bytes.p : "", 1, bytes.n, file) == bytes.n;
	return file && (stream ? fflush(file) : fclose(file)) == 0 && good;
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

struct str argument_place(const char *argument, const char *site, struct arena *a)
{
	struct str path = argument_in_site(argument, site, a), content = STR("content/");
	bool inside = str_eq(path, STR("content")) || str_starts(path, content);
	if (!inside)
		path = str_c(argument);
	while (str_starts(path, STR("/")) || str_starts(path, STR("./")))
		path = str_from(path, path.p[0] == '/' ? 1 : 2);
	while (str_ends(path, STR("/")))
		path = str_but(path, 1);
	if (str_ends(path, STR(".md")))
		path = str_but(path, sizeof ".md" - 1);
	inside = inside || str_eq(path, STR("content"));
	return inside || str_starts(path, content) ? path : arena_format(a, "content/%.*s", STR_ARG(path));
}
