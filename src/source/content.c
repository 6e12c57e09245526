#include "source/content.h"

#include "source/encoding.h"
#include "text/fold.h"

static bool unreadable(enum fs_result result, struct str path, struct diags *ds)
{
	struct loc loc = loc_file(path);
	switch (result) {
	case FS_TOO_LARGE:
		return diag_add(ds, LIMIT_EXCEEDED, loc, diag_text(ds, _("split it into several files")),
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
		return unreadable(result, path, ds);
	}
	struct str kept = arena_str(a, buf_str(&bytes));
	buf_release(&bytes);
	return encoding_read(kept, path, a, text, ds);
}

/* The line that begins at byte `at`, and the byte behind its end. */
static struct str line_at(struct str text, size_t at, size_t *next)
{
	struct str rest = str_from(text, at);
	size_t end = str_find_byte(rest, '\n', 0);
	*next = text.n - rest.n + (end == SIZE_MAX ? rest.n : end + 1);
	return str_n(rest.p, end == SIZE_MAX ? rest.n : end);
}

static bool is_fence(struct str line)
{
	return str_eq(str_trim_end(line), STR("---"));
}

static bool is_dash(uint32_t point)
{
	return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212 || point == 0x2500 ||
		point == 0x2501 || point == 0x30fc || point == 0xfe63 || point == 0xff0d || point == 0xff70;
}

/* A line of nothing but dashes that was meant as `---`: full-width ones, or too many, or too few. */
static bool is_fence_slip(struct str line)
{
	size_t length, count = 0;
	line = str_trim(line);
	for (size_t at = 0; at < line.n; at += length, count++)
		if (!is_dash(str_point(line, at, &length)))
			return false;
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

struct cutter {
	struct str text, path;
	struct arena *arena;
	struct diags *diags;
};

static bool fence_finding(const struct cutter *c, size_t line, struct str words, const char *message)
{
	struct loc loc = loc_at(c->path, line, 1);
	loc.width = (uint32_t)str_points(str_trim_end(words));
	return diag_add(c->diags, YAML_ERROR, loc,
		diag_text(c->diags,
			_("front matter stands at the very start of a file, between two lines of three hyphens: ---")),
		"%s", message);
}

/* A file that does not open with `---` and yet seems to have front matter. */
static bool cut_without_fence(const struct cutter *c)
{
	size_t next, after, line_number = 1;
	struct str line = line_at(c->text, 0, &next), second = line_at(c->text, next, &after);
	if (is_fence_slip(line) && is_key_line(second, c->arena))
		return fence_finding(c, 1, line, _("this line is not made of three hyphens"));
	if (str_starts(fold(c->arena, str_n(line.p, line.n < 16 ? line.n : 16)), STR("title:")))
		return fence_finding(c, 1, line, _("the front matter is not opened by ---"));
	while (str_empty(str_trim(line)) && next < c->text.n) {
		line = line_at(c->text, next, &next);
		line_number++;
	}
	second = line_at(c->text, next, &after);
	if (is_fence(str_trim_start(line)) && is_key_line(second, c->arena))
		return fence_finding(c, line_number, line, _("something stands before the opening ---, if only space"));
	return true;
}

/* The front matter is not closed: says where the closing line is most likely missing or misspelt. */
static bool unclosed(const struct cutter *c)
{
	size_t at, number = 2;
	struct str line = line_at(c->text, 0, &at);
	for (; at < c->text.n; number++) {
		line = line_at(c->text, at, &at);
		if (is_fence_slip(line))
			return fence_finding(c, number, line, _("this line is not made of three hyphens"));
	}
	return fence_finding(c, 1, STR("---"), _("the front matter that begins here is not closed"));
}

/* A line that cannot stand in front matter, but begins a record's text: the closing --- before it was forgotten,
 * and a later rule closed it. */
static bool is_text_line(struct str line)
{
	return str_starts(line, STR("【")) || str_starts(line, STR("**")) || str_starts(line, STR("○")) ||
		str_starts(line, STR("> ")) || str_starts(line, STR("　"));
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
	return diag_add(c->diags, VALUE_INVALID, node->loc, diag_text(c->diags, _("write a key and a value: title: …")),
		_("front matter is made of lines of 「key: value」"));
}

static bool cut(const struct cutter *c, struct content_text *t)
{
	size_t start, next;
	line_at(c->text, 0, &start);
	bool has_key = is_key_line(line_at(c->text, start, &next), c->arena);
	for (size_t at = start, number = 2; at < c->text.n; at = next, number++) {
		struct str line = line_at(c->text, at, &next);
		if (is_fence(line)) {
			t->front_line = 1;
			t->body = str_from(c->text, next);
			t->body_line = number + 1;
			return read_front(c, str_n(str_from(c->text, start).p, at - start), t);
		}
		if (has_key && is_text_line(line))
			return fence_finding(c, number, line, _("the front matter is not closed before this line"));
	}
	return !has_key || unclosed(c); /* a rule at the head of a body is no front matter */
}

bool content_cut(struct str whole, struct str path, struct arena *a, struct content_text *text, struct diags *ds)
{
	size_t unused;
	*text = (struct content_text){ .whole = whole, .body = whole, .body_line = 1 };
	struct cutter c = { whole, path, a, ds };
	if (is_fence(line_at(c.text, 0, &unused)))
		return cut(&c, text);
	return cut_without_fence(&c);
}

bool content_open(struct fs *site, struct str path, struct arena *a, struct content_text *text, struct diags *ds)
{
	struct str whole;
	*text = (struct content_text){ .body_line = 1 };
	return content_read(site, path, a, &whole, ds) && content_cut(whole, path, a, text, ds);
}
