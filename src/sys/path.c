#include "sys/file.h"

#include <ctype.h>
#include <string.h>

bool fs_path_clean(struct str path)
{
	if (path.n == 0 || memchr(path.p, '\0', path.n))
		return false;
	for (struct str rest = path; rest.p;)
		if (str_is_one_of(str_cut(&rest, STR("/")), "|.|.."))
			return false;
	return true;
}

bool fs_path_prints(struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if (iscntrl((unsigned char)path.p[i]))
			return false;
	return true;
}

struct str fs_path_folder(struct str path)
{
	return str_n(path.p, path.n - fs_path_name(path).n - (fs_path_name(path).n < path.n));
}

struct str fs_path_name(struct str path)
{
	const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
	return slash ? str_from(path, (size_t)(slash + 1 - path.p)) : path;
}

struct str fs_path_join(struct arena *a, struct str folder, struct str reference)
{
	if (str_starts(reference, STR("/")) || (reference.n && memchr(reference.p, '\0', reference.n)))
		return STR_NONE;
	char *joined = arena_alloc(a, folder.n + reference.n + 2);
	size_t n = folder.n;
	if (n)
		memcpy(joined, folder.p, n);
	for (struct str rest = reference; rest.p;) {
		struct str part = str_cut(&rest, STR("/"));
		if (str_empty(part) || str_eq(part, STR(".")))
			continue;
		if (str_eq(part, STR(".."))) {
			if (n == 0)
				return STR_NONE;
			n = fs_path_folder(str_n(joined, n)).n;
			continue;
		}
		if (n)
			joined[n++] = '/';
		memcpy(joined + n, part.p, part.n);
		n += part.n;
	}
	return str_n(joined, n);
}
