/* Text on its way from cmark into runs: one copy in the arena, the marks taken out. */
#include "markdown/parse.h"

#include <string.h>

enum { ROOM = 16 * 1024, REACH = 16 * 1024 };

/* The text run that the next bytes may join, or NULL. */
static struct md_run *open_text(const struct walk *w)
{
	size_t count = VEC_COUNT(&w->runs, struct md_run);
	if (count == w->leaf_run)
		return NULL;
	struct md_run *run = &VEC_AT(&w->runs, struct md_run)[count - 1];
	bool open = run->kind == MD_TEXT && run->text.p + run->text.n == w->room;
	return open && run->line == shield_file_line(w->sh, w->line) ? run : NULL;
}

/* A copy in the arena, behind the one before where there is room. */
static const char *put(struct walk *w, struct str s)
{
	if ((size_t)(w->room_end - w->room) < s.n) {
		size_t size = s.n < ROOM ? ROOM : s.n;
		w->room = arena_alloc(w->arena, size);
		w->room_end = w->room + size;
	}
	char *p = w->room;
	if (s.n)
		memcpy(p, s.p, s.n);
	w->room += s.n;
	return p;
}

struct md_run *words_run(struct walk *w, enum md_run_kind kind)
{
	struct md_run *run = VEC_ADD(&w->runs, struct md_run);
	run->kind = (uint8_t)kind;
	run->literal = w->literal;
	run->line = shield_file_line(w->sh, w->line);
	run->link = MD_NONE;
	run->depth = w->depth;
	w->literal = false;
	return run;
}

static void append(struct walk *w, struct str s)
{
	if (s.n == 0)
		return;
	struct md_run *run = w->literal ? NULL : open_text(w);
	const char *p = put(w, s);
	if (!run || p != run->text.p + run->text.n) {
		run = words_run(w, MD_TEXT);
		run->text = str_n(p, 0);
	}
	run->text.n += s.n;
	w->has_signs = w->has_signs || memchr(s.p, '[', s.n) || memchr(s.p, '~', s.n);
}

void words_text(struct walk *w, struct str literal)
{
	for (struct str text; literal.n;) {
		enum shield_mark m = shield_next(&literal, &text);
		append(w, text);
		w->literal = w->literal || m == SHIELD_ESCAPE || m == SHIELD_LITERAL;
	}
}

struct str words_restored(struct walk *w, struct str s)
{
	struct str out = s;
	struct buf restored = { 0 };
	if (str_find(s, STR(SHIELD_LEAD), 0) != SIZE_MAX) {
		shield_restore(s, &restored);
		out = buf_str(&restored);
	}
	out.p = put(w, out);
	buf_release(&restored);
	return out;
}

struct loc words_loc(const struct walk *w, size_t line, struct str words)
{
	struct str s = shield_source_line(w->sh, line);
	size_t at = words.n ? str_find(s, words, 0) : SIZE_MAX;
	if (at == SIZE_MAX)
		at = s.n - str_trim_start(s).n;
	return loc_at(w->doc->path, shield_file_line(w->sh, line), str_points(str_n(s.p, at)) + 1);
}

/* Not further than REACH: a line may be the whole file, and have a thousand links. */
static size_t find_behind(struct str line, struct str words, const char *signs, size_t at)
{
	if (at < line.n && line.n - at > REACH)
		line.n = at + REACH;
	while ((at = str_find(line, words, at)) != SIZE_MAX && signs && (at == 0 || !strchr(signs, line.p[at - 1])))
		at++;
	return at;
}

size_t words_locate(struct walk *w, struct str words, const char *signs)
{
	struct str line = shield_source_line(w->sh, w->line);
	size_t at = SIZE_MAX;
	if (words.n == 0)
		return 0;
	if (w->cursor.line == w->line)
		at = find_behind(line, words, signs, w->cursor.byte + 1);
	if (at == SIZE_MAX) {
		w->cursor.line = w->line;
		w->cursor.byte = 0;
		w->cursor.column = 1;
		at = find_behind(line, words, signs, 0);
	}
	if (at == SIZE_MAX)
		return 0;
	w->cursor.column += str_points(str_n(line.p + w->cursor.byte, at - w->cursor.byte));
	w->cursor.byte = at;
	return w->cursor.column;
}
