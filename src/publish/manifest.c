#include "publish/manifest.h"

#include <stddef.h>

/* What is said of a file, all of it text. */
static const struct member {
	const char *name;
	size_t at;
} members[] = {
	{ "sha256", offsetof(struct manifest_file, sha256) },
	{ "source", offsetof(struct manifest_file, facts.source) },
	{ "by", offsetof(struct manifest_file, facts.by) },
	{ "to", offsetof(struct manifest_file, facts.to) },
	{ "anchors", offsetof(struct manifest_file, facts.anchors) },
	{ "aliases", offsetof(struct manifest_file, facts.aliases) },
};

enum { MEMBERS = sizeof members / sizeof *members };

static void put_member(struct buf *out, const char *name, struct str value)
{
	buf_format(out, "\"%s\": ", name);
	buf_json(out, value);
}

void manifest_begin(struct buf *out, struct str now, struct str base_url, bool drafts)
{
	buf_put(out, STR("{\"giji\": 1, "));
	put_member(out, "now", now);
	buf_put(out, STR(", "));
	put_member(out, "base_url", base_url);
	buf_format(out, ", \"drafts\": %s, \"files\": {", drafts ? "true" : "false");
}

void manifest_add(struct buf *out, bool first, const struct manifest_file *file)
{
	buf_put(out, first ? STR("\n") : STR(",\n"));
	buf_json(out, file->path);
	buf_put(out, STR(": {"));
	for (size_t i = 0; i < MEMBERS; i++) {
		const void *value = (const char *)file + members[i].at;
		if (str_empty(*(const struct str *)value))
			continue;
		buf_put(out, i ? STR(", ") : STR(""));
		put_member(out, members[i].name, *(const struct str *)value);
	}
	buf_byte(out, '}');
}

void manifest_end(struct buf *out)
{
	buf_put(out, STR("\n}}\n"));
}

/* Takes `words` off the front of *rest. */
static bool take(struct str *rest, struct str words)
{
	if (!str_starts(*rest, words))
		return false;
	*rest = str_from(*rest, words.n);
	return true;
}

/* One escape of those that buf_json writes, behind the backslash. */
static bool take_escape(struct str *rest, struct buf *out)
{
	if (take(rest, STR("n"))) {
		buf_byte(out, '\n');
		return true;
	}
	if (take(rest, STR("u")) && rest->n >= 4) {
		uint64_t point;
		char bytes[4];
		if (!str_hex(str_n(rest->p, 4), &point))
			return false;
		buf_put(out, str_n(bytes, str_encode((uint32_t)point, bytes)));
		*rest = str_from(*rest, 4);
		return true;
	}
	if (rest->n == 0)
		return false;
	buf_byte(out, rest->p[0]);
	*rest = str_from(*rest, 1);
	return true;
}

/* A JSON string, quotes included. */
static bool take_string(struct str *rest, struct arena *a, struct str *value)
{
	size_t end = 1;
	if (!take(rest, STR("\"")))
		return false;
	for (end = 0; end < rest->n && rest->p[end] != '"' && rest->p[end] != '\\'; end++)
		;
	if (end < rest->n && rest->p[end] == '"') {
		*value = arena_str(a, str_n(rest->p, end));
		*rest = str_from(*rest, end + 1);
		return true;
	}
	struct buf out = { 0 };
	bool good = true;
	while (good && rest->n && rest->p[0] != '"') {
		if (take(rest, STR("\\"))) {
			good = take_escape(rest, &out);
		} else {
			buf_byte(&out, rest->p[0]);
			*rest = str_from(*rest, 1);
		}
	}
	*value = buf_keep(&out, a);
	return good && take(rest, STR("\""));
}

static bool take_file(struct str line, struct arena *a, struct manifest_file *f)
{
	if (!take_string(&line, a, &f->path) || !take(&line, STR(": {")))
		return false;
	do {
		struct str name, value;
		if (!take_string(&line, a, &name) || !take(&line, STR(": ")) || !take_string(&line, a, &value))
			return false;
		for (size_t i = 0; i < MEMBERS; i++) {
			void *member = (char *)f + members[i].at;
			if (str_eq(name, str_c(members[i].name)))
				*(struct str *)member = value;
		}
	} while (take(&line, STR(", ")));
	take(&line, STR("}"));
	take(&line, STR(","));
	return line.n == 0 && f->sha256.n == HASH_HEX;
}

bool manifest_read(struct str bytes, struct arena *a, struct manifest *m)
{
	struct buf files = { 0 };
	struct str rest = bytes, line = str_cut(&rest, STR("\n"));
	*m = (struct manifest){ .drafts = str_find(line, STR("\"drafts\": true"), 0) != SIZE_MAX };
	bool good = str_starts(line, STR("{\"giji\": 1,")), ended = false;
	while (good && !ended && rest.p) {
		line = str_cut(&rest, STR("\n"));
		ended = str_eq(line, STR("}}"));
		good = ended || take_file(line, a, VEC_ADD(&files, struct manifest_file));
	}
	m->count = VEC_COUNT(&files, struct manifest_file);
	m->files = buf_settle(&files, a);
	return good && ended;
}
