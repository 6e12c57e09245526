#include "source/content.h"

#include "source/encoding.h"
#include "text/fold.h"

bool content_unreadable(enum fs_result result, struct str path, struct diags *ds)
{
	struct loc loc = loc_file(path);
	switch (result) {
	case FS_TOO_LARGE:
		return diag_add(ds, LIMIT_EXCEEDED, loc, str_c(_("split it into several files")),
			_("the file is larger than %d MB"), CONTENT_FILE_MOST / (1024 * 1024));
	case FS_OUTSIDE:
		return diag_add(ds, LINK_OUTSIDE, loc, STR_NONE, _("the path leads out of the site"));
	case FS_ABSENT:
		return diag_add(ds, DOCUMENT_MISSING, loc, STR_NONE, _("the file does not exist"));
	case FS_NOT_FILE:
		return diag_add(ds, VALUE_INVALID, loc, STR_NONE, _("a file was expected here, not a folder"));
	default:
		return diag_add(ds, MACHINE, loc, STR_NONE, _("the file cannot be read: %s"), fs_reason());
	}
}

bool content_read(struct fs *site, struct str path, struct arena *a, struct str *text, struct diags *ds)
{
	struct buf bytes = { 0 };
	enum fs_result result = fs_read(site, path, CONTENT_FILE_MOST, &bytes);
	if (result != FS_OK) {
		buf_release(&bytes);
		return content_unreadable(result, path, ds);
	}
	return encoding_read(buf_keep(&bytes, a), path, a, text, ds);
}

struct cutter {
	struct str text, path;
	struct arena *arena;
	struct diags *diags;
};

static bool is_fence(struct str line)
{
	return str_eq(str_trim_end(line), STR("---"));
}

/* A line of nothing but dashes that was meant as `---`: full-width ones, or too many, or too few. */
static bool is_fence_slip(struct str line)
{
	size_t length, count = 0;
	line = str_trim(line);
	for (size_t at = 0; at < line.n; at += length, count++) {
		str_point(line, at, &length);
		if (str_find(STR("-‐‑‒–—―−─━ー﹣－ｰ"), str_n(line.p + at, length), 0) == SIZE_MAX)
			return false;
	}
	return count > 1 && !str_eq(line, STR("---"));
}

/* `key: value`, also with a full-width colon or letters. */
static bool is_key_line(struct str line, struct arena *a)
{
	struct str folded = fold(a, str_n(line.p, line.n < 64 ? line.n : 64));
	size_t n = 0;
	while (n < folded.n && ((folded.p[n] >= 'a' && folded.p[n] <= 'z') || folded.p[n] == '_'))
		n++;
	return n > 0 && n < folded.n && folded.p[n] == ':' &&
		(n + 1 == folded.n || folded.p[n + 1] == ' ' || str_find_byte(line, ':', 0) == SIZE_MAX);
}

static bool fence_finding(const struct cutter *c, size_t line, struct str words, const char *message)
{
	struct loc loc = loc_at(c->path, line, 1);
	loc.width = (uint32_t)str_points(str_trim_end(words));
	return diag_add(c->diags, YAML_ERROR, loc,
		str_c(_("front matter stands at the very start of a file, between two lines of three hyphens: ---")),
		"%s", message);
}

/* A file that does not open with `---` and yet seems to have front matter. */
static bool cut_without_fence(const struct cutter *c)
{
	size_t number = 1;
	struct str rest = c->text, line = str_cut(&rest, STR("\n"));
	for (; field_blank(line) && rest.p; number++)
		line = str_cut(&rest, STR("\n"));
	bool fence = is_fence(str_trim_start(line)) || is_fence_slip(line);
	struct str title = fold(c->arena, str_n(line.p, line.n < 16 ? line.n : 16));
	if ((fence && is_key_line(str_cut(&rest, STR("\n")), c->arena)) || str_starts(title, STR("title:")))
		return fence_finding(c, number, line, _("the front matter is not opened by ---"));
	return true;
}

static bool read_front(const struct cutter *c, struct str front, struct content_text *t)
{
	const struct yaml_node *node = yaml_read(front, c->path, 2, c->arena, c->diags);
	if (!node)
		return false;
	if (node->kind == YAML_NULL)
		return true;
	t->front = node;
	if (node->kind == YAML_MAP)
		return true;
	t->front = NULL;
	return diag_add(c->diags, VALUE_INVALID, node->loc, str_c(_("write a key and a value: title: …")),
		_("front matter is made of lines of 「key: value」"));
}

static bool cut(const struct cutter *c, struct content_text *t)
{
	struct str rest = c->text, slip = STR("---");
	size_t slip_line = 1;
	str_cut(&rest, STR("\n"));
	struct str front = rest, next = rest;
	bool has_key = is_key_line(str_cut(&next, STR("\n")), c->arena);
	for (size_t number = 2; rest.p; number++) {
		struct str line = str_cut(&rest, STR("\n"));
		if (is_fence(line)) {
			t->body = rest.p ? rest : STR("");
			t->body_line = number + 1;
			return read_front(c, str_n(front.p, (size_t)(line.p - front.p)), t);
		}
		if (slip_line == 1 && is_fence_slip(line)) {
			slip = line;
			slip_line = number;
		}
	}
	/* Without a key, it is a rule at the head of a body. */
	return (!has_key && !field_blank(front)) ||
		fence_finding(c, slip_line, slip,
			slip_line > 1 ? _("this line is not made of three hyphens")
				      : _("the front matter that begins here is not closed"));
}

bool content_cut(struct str whole, struct str path, struct arena *a, struct content_text *text, struct diags *ds)
{
	struct cutter c = { whole, path, a, ds };
	*text = (struct content_text){ .whole = whole, .body = whole, .body_line = 1 };
	return is_fence(str_cut(&whole, STR("\n"))) ? cut(&c, text) : cut_without_fence(&c);
}

bool content_open(struct fs *site, struct str path, struct arena *a, struct content_text *text, struct diags *ds)
{
	struct str whole;
	*text = (struct content_text){ .body_line = 1 };
	return content_read(site, path, a, &whole, ds) && content_cut(whole, path, a, text, ds);
}
