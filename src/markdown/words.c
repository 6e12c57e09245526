/* Text on its way from cmark into runs: one copy in the arena, the marks taken out. */
#include "markdown/parse.h"

#include <string.h>

enum { ROOM = 16 * 1024 };

static struct md_run *last_run(const struct walk *w)
{
	return w->runs.n > w->leaf_run * sizeof(struct md_run)
		? &VEC_AT(&w->runs, struct md_run)[VEC_COUNT(&w->runs, struct md_run) - 1]
		: NULL;
}

/* The text run that the next bytes may join, or NULL. */
static struct md_run *open_text(const struct walk *w)
{
	struct md_run *run = last_run(w);
	bool open = run && run->kind == MD_TEXT && run->text.p + run->text.n == w->room;
	return open && run->line == words_file_line(w) ? run : NULL;
}

struct str words_source_line(const struct walk *w, size_t line)
{
	if (line == 0 || line > shield_line_count(w->sh))
		return STR_NONE;
	struct str s = str_from(w->sh->body, VEC_AT(&w->sh->lines, struct shield_line)[line - 1].origin);
	size_t end = str_find_byte(s, '\n', 0);
	return end == SIZE_MAX ? s : str_n(s.p, end);
}

struct loc words_loc(const struct walk *w, size_t line, struct str words)
{
	struct str s = words_source_line(w, line);
	size_t at = words.n ? str_find(s, words, 0) : SIZE_MAX;
	if (at == SIZE_MAX)
		at = s.n - str_trim_start(s).n;
	return loc_at(w->doc->path, shield_file_line(w->sh, line), str_points(str_n(s.p, at)) + 1);
}

static char *put(struct walk *w, struct str s)
{
	char *p = w->room;
	if (s.n)
		memcpy(p, s.p, s.n);
	w->room += s.n;
	return p;
}

/* Room for `bytes` more in one piece with the text run that is open. */
static void reserve(struct walk *w, size_t bytes)
{
	if ((size_t)(w->room_end - w->room) >= bytes)
		return;
	struct md_run *run = open_text(w);
	size_t size = bytes + (run ? run->text.n : 0);
	size = size < ROOM ? ROOM : size * 2;
	w->room = arena_alloc(w->arena, size);
	w->room_end = w->room + size;
	if (run)
		run->text.p = put(w, run->text);
}

uint32_t words_file_line(const struct walk *w)
{
	return shield_file_line(w->sh, w->line);
}

struct md_run *words_run(struct walk *w, enum md_run_kind kind)
{
	struct md_run *run = VEC_ADD(&w->runs, struct md_run);
	run->kind = (uint8_t)kind;
	run->literal = w->literal;
	run->line = words_file_line(w);
	run->link = MD_NONE;
	run->depth = w->depth;
	w->literal = false;
	if (w->line > 0 && w->line <= shield_line_count(w->sh))
		w->covered[w->line - 1] = 1;
	return run;
}

static void append(struct walk *w, struct str s)
{
	if (s.n == 0)
		return;
	reserve(w, s.n);
	struct md_run *run = w->literal ? NULL : open_text(w);
	if (!run) {
		run = words_run(w, MD_TEXT);
		run->text = str_n(w->room, 0);
	}
	put(w, s);
	run->text.n += s.n;
	w->has_brackets = w->has_brackets || memchr(s.p, '[', s.n);
	w->has_tildes = w->has_tildes || memchr(s.p, '~', s.n);
}

static struct loc place_loc(const struct walk *w, size_t number)
{
	struct loc loc = loc_at(w->doc->path, words_file_line(w), 1);
	if (number < VEC_COUNT(&w->sh->places, struct shield_place)) {
		const struct shield_place *place = &VEC_AT(&w->sh->places, struct shield_place)[number];
		loc.line = place->line;
		loc.column = place->column;
	}
	return loc;
}

static void raw_tag(struct walk *w, size_t number)
{
	append(w, STR("<"));
	if (number != SIZE_MAX)
		diag_add(w->ds, HTML_RAW, place_loc(w, number), diag_text(w->ds, _("write \\< if it is meant so")),
			_("HTML is shown as typed, not passed through"));
}

/* U+FFFD for `&#1;`, the rest of which stands behind the mark. */
static void forbidden(struct walk *w, size_t number, const char **p, const char *end)
{
	const char *semicolon = memchr(*p, ';', (size_t)(end - *p));
	*p = semicolon ? semicolon + 1 : *p;
	append(w, STR("\xef\xbf\xbd"));
	diag_add(w->ds, ENCODING, place_loc(w, number), STR_NONE,
		_("this stands for a character that no page may hold"));
}

static void heading_mark(struct walk *w, const char **p, const char *end)
{
	char typed[32];
	size_t bytes;
	struct md_run *run = open_text(w);
	size_t off = shield_heading(p, end, run ? run->text : STR_NONE, typed, &bytes);
	if (run) {
		run->text.n -= off;
		w->room -= off;
	}
	append(w, str_n(typed, bytes));
}

static void text_mark(struct walk *w, const char **p, const char *end)
{
	int m = shield_mark_at(*p, (size_t)(end - *p));
	if (m >= SHIELD_HASH && m <= SHIELD_TAB) {
		heading_mark(w, p, end);
		return;
	}
	*p += SHIELD_MARK_BYTES;
	size_t number = shield_number(p, end);
	if (m == SHIELD_ESCAPE || m == SHIELD_LITERAL)
		w->literal = true;
	else if (m == SHIELD_ANGLE)
		raw_tag(w, number);
	else if (m == SHIELD_ENTITY)
		forbidden(w, number, p, end);
}

void words_text(struct walk *w, struct str literal)
{
	const char *p = literal.p, *end = literal.p + literal.n;
	while (p < end) {
		const char *next = memmem(p, (size_t)(end - p), SHIELD_LEAD, 2);
		size_t plain = next ? (size_t)(next - p) : (size_t)(end - p);
		append(w, str_n(p, plain));
		p += plain;
		if (p < end && shield_mark_at(p, (size_t)(end - p))) {
			text_mark(w, &p, end);
		} else if (p < end) {
			append(w, str_n(p, 2)); /* the first bytes of U+FDF0 and above */
			p += 2;
		}
	}
}

/* In a title cmark decodes even `\&#1;`, behind a backslash: looked at again, once it is decoded. */
static void drop_forbidden(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
			p[i] = ' ';
		else if (c == 0xef && n - i > 2 && (unsigned char)p[i + 1] == 0xbf && (unsigned char)p[i + 2] >= 0xbe)
			p[i + 2] = (char)0xbd;
	}
}

struct str words_restored(struct walk *w, struct str s)
{
	if (s.n == 0)
		return STR_NONE;
	struct str out = s;
	struct buf restored = { 0 };
	if (str_find(s, STR(SHIELD_LEAD), 0) != SIZE_MAX) {
		shield_restore(s, &restored);
		out = buf_str(&restored);
	}
	reserve(w, out.n);
	char *copy = put(w, out);
	drop_forbidden(copy, out.n);
	buf_release(&restored);
	return str_n(copy, out.n);
}
