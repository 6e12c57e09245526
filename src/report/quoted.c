#include "report/quoted.h"

#include "sys/hash.h"

enum { FILE_MOST = 16 * 1024 * 1024 };

static void rewind_file(struct quoted *l)
{
	l->number = 0;
	l->line = STR_NONE;
	l->rest = buf_str(&l->bytes);
	if (str_starts(l->rest, STR("\xef\xbb\xbf")))
		l->rest = str_from(l->rest, 3);
}

static bool load(struct quoted *l, struct str path)
{
	if (l->path.p && str_eq(l->path, path))
		return l->bytes.n > 0;
	l->path = path;
	buf_clear(&l->bytes);
	for (size_t i = 0; i < 2; i++)
		if (l->files[i] && fs_path_clean(path) && fs_read(l->files[i], path, FILE_MOST, &l->bytes) == FS_OK)
			break;
	rewind_file(l);
	return l->bytes.n > 0;
}

struct str quoted_line(struct quoted *l, struct loc loc)
{
	if (!loc.line || !load(l, loc.path))
		return STR_NONE;
	if (loc.line < l->number)
		rewind_file(l);
	for (; l->number < loc.line; l->number++)
		l->line = l->rest.p ? str_cut(&l->rest, STR("\n")) : STR_NONE;
	return str_ends(l->line, STR("\r")) ? str_but(l->line, 1) : l->line;
}

void quoted_release(struct quoted *l)
{
	buf_release(&l->bytes);
}

struct str quoted_key(struct quoted *l, const struct finding *f, char hex[FINDING_KEY])
{
	struct buf words = { 0 };
	uint8_t hash[HASH_BYTES];
	char all[HASH_HEX];
	buf_format(&words, "%.*s\n%.*s\n", STR_ARG(diag_code_name(f->code)), STR_ARG(f->loc.path));
	if (!f->unquoted)
		buf_put(&words, str_trim(quoted_line(l, f->loc)));
	hash_sha256(buf_str(&words), hash);
	buf_release(&words);
	hash_hex(hash, all);
	for (size_t i = 0; i < FINDING_KEY; i++)
		hex[i] = all[i];
	return str_n(hex, FINDING_KEY);
}
