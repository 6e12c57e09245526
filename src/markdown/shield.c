#include "markdown/shield.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

struct shielding {
	struct shield *sh;
	struct str path;
	struct diags *ds;
	size_t at;     /* next byte of the body */
	uint32_t line; /* of the file, on which it stands */
};

static void put(struct shielding *s, size_t bytes)
{
	buf_put(&s->sh->text, str_n(s->sh->body.p + s->at, bytes));
	s->at += bytes;
}

static void mark(struct shielding *s, enum shield_mark m)
{
	const char bytes[] = { SHIELD_LEAD[0], SHIELD_LEAD[1], (char)m };
	buf_put(&s->sh->text, str_n(bytes, sizeof bytes));
}

static struct str rest(const struct shielding *s)
{
	return str_from(s->sh->body, s->at);
}

static struct str line_from(struct str text, size_t start)
{
	struct str s = str_from(text, start);
	size_t end = str_find_byte(s, '\n', 0);
	return end == SIZE_MAX ? s : str_n(s.p, end);
}

static bool is_alnum(char c)
{
	return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

static bool is_ascii_punctuation(char c)
{
	return c > ' ' && c < 0x7f && !is_alnum(c);
}

/* `＃＃ 見出し`, `##　見出し`: written as cmark reads it, with what was typed behind it. */
static void begin_heading(struct shielding *s)
{
	struct str line = rest(s), wide_hash = STR("＃"), wide_space = STR("　");
	size_t indent = 0, hashes = 0;
	while (indent < 3 && indent < line.n && line.p[indent] == ' ')
		indent++;
	bool wide = false;
	line = str_from(line, indent);
	size_t at = 0;
	for (; hashes <= 6 && at < line.n; hashes++) {
		bool is_wide = str_starts(str_from(line, at), wide_hash);
		if (!is_wide && line.p[at] != '#')
			break;
		wide = wide || is_wide;
		at += is_wide ? wide_hash.n : 1;
	}
	bool wide_gap = str_starts(str_from(line, at), wide_space);
	bool gap = at < line.n && (line.p[at] == ' ' || line.p[at] == '\t');
	if (hashes == 0 || hashes > 6 || !(wide_gap || (wide && gap)))
		return;
	put(s, indent);
	buf_put(&s->sh->text, str_n(&"###### "[6 - hashes], hashes + 1));
	mark(s, SHIELD_TYPED);
	put(s, at + (wide_gap ? wide_space.n : 1));
	mark(s, SHIELD_TYPED_END);
}

static struct str set_origin(struct shielding *s, size_t start)
{
	struct shield_line *l =
		&VEC_AT(&s->sh->lines, struct shield_line)[VEC_COUNT(&s->sh->lines, struct shield_line) - 1];
	struct str line = line_from(s->sh->body, start);
	l->origin = (uint32_t)start;
	l->end = (uint32_t)(start + line.n);
	l->line = s->line;
	return line;
}

static void begin_line(struct shielding *s)
{
	VEC_ADD(&s->sh->lines, struct shield_line)->start = (uint32_t)s->sh->text.n;
	struct str line = set_origin(s, s->at);
	/* A line of nothing but full-width spaces looks blank, and is. */
	if (str_starts(line, STR("　")) && str_empty(str_trim(line)))
		s->at += line.n;
	begin_heading(s);
}

static void newline(struct shielding *s)
{
	put(s, 1);
	s->line++;
	if (s->at < s->sh->body.n)
		begin_line(s);
}

static struct loc here_loc(const struct shielding *s)
{
	struct str body = s->sh->body;
	size_t start = s->at;
	while (start > 0 && body.p[start - 1] != '\n')
		start--;
	return loc_at(s->path, s->line, str_points(str_n(body.p + start, s->at - start)) + 1);
}

static void cut_comment(struct shielding *s, size_t behind)
{
	size_t line_start = s->at;
	struct str inside = str_n(s->sh->body.p, behind);
	for (size_t i = s->at; (i = str_find_byte(inside, '\n', i)) != SIZE_MAX; i++) {
		s->line++;
		line_start = i + 1;
	}
	bool leads = str_empty(shield_text_line(s->sh, shield_line_count(s->sh)));
	if (leads && line_start > s->at)
		set_origin(s, line_start);
	s->at = behind;
	if (leads) /* a heading may stand behind it */
		begin_heading(s);
}

/* What is not meant to be published would be: the line is not shown in the finding. */
static void report_comment(struct shielding *s, struct str help, const char *what)
{
	diag_add(s->ds, CLOSED_LEAK, here_loc(s), help, "%s", what);
	diag_hush(s->ds, s->path, s->line, s->line, false);
}

static void comment(struct shielding *s)
{
	/* From +2, for `<!-->` is a whole comment to every HTML parser. */
	size_t end = str_find(s->sh->body, STR("-->"), s->at + 2);
	if (end == SIZE_MAX) {
		diag_add(s->ds, TEXT_LOST, here_loc(s), diag_text(s->ds, _("close it with 「-->」")),
			_("a comment has no end, so all that follows it would be lost"));
		s->at = s->sh->body.n;
		return;
	}
	if (str_find(str_n(s->sh->body.p, end), STR("<!--"), s->at + 1) != SIZE_MAX)
		report_comment(s, diag_text(s->ds, _("close the first with 「-->」 before the second begins")),
			_("a comment begins within a comment, which ends with the first 「-->」"));
	cut_comment(s, end + 3);
}

static const struct str dashes = STR_INIT("-－‐‑–—―ー−");

/* Behind the characters of a set that stand at `at`. */
static size_t behind_all(struct str s, size_t at, struct str set)
{
	for (size_t length; at < s.n && point_is_one_of(str_point(s, at, &length), set);)
		at += length;
	return at;
}

static size_t behind_spaces(struct str s, size_t at)
{
	return behind_all(s, at, STR(" 　"));
}

/* `<!-`, `< !--`, `<--!`, `＜！－－`, of which no parser makes a comment. */
static bool is_almost_comment(struct str s)
{
	size_t length;
	str_point(s, 0, &length);
	size_t at = behind_spaces(s, length), bang = behind_all(s, at, STR("!！")), dash;
	if (bang > at) {
		at = behind_spaces(s, bang);
		return behind_all(s, at, dashes) > at;
	}
	dash = behind_all(s, at, dashes);
	bang = behind_spaces(s, dash);
	return dash > at + 1 && behind_all(s, bang, STR("!！")) > bang;
}

/* Behind the first `-->` at or behind `at`, of whatever dashes; SIZE_MAX without. */
static size_t behind_close(struct str s, size_t at)
{
	for (size_t length; at < s.n;) {
		size_t dash = behind_all(s, at, dashes), close = behind_spaces(s, dash);
		if (dash > at && point_is_one_of(str_point(s, close, &length), STR(">＞")))
			return close + length;
		str_point(s, at, &length);
		at = dash > at ? dash : at + length;
	}
	return SIZE_MAX;
}

/* `<-- words -->` in one paragraph; `a <-- b` and `a <--> b` are arrows. */
static bool lacks_bang(struct str s)
{
	size_t length, first = str_point(s, 0, &length) ? length : 0, dash = behind_all(s, first, dashes);
	if (dash <= first + 1)
		return false;
	/* Not farther than the next one: a file may be full of them. */
	size_t next = str_find_byte(s, '<', first), blank;
	struct str within = str_n(s.p, next < s.n ? next : s.n);
	blank = str_find(within, STR("\n\n"), 0);
	within.n = blank < within.n ? blank : within.n;
	return !point_is_one_of(str_point(s, behind_spaces(s, dash), &length), STR(">＞")) &&
		behind_close(within, dash) != SIZE_MAX;
}

static void almost_comment(struct shielding *s)
{
	struct str body = s->sh->body;
	size_t end = behind_close(body, s->at + 4);
	report_comment(s, diag_text(s->ds, _("write 「<!-- … -->」, or \\ before it if it is plain text")),
		_("this is almost a comment, what it is meant to hide would be published"));
	cut_comment(s, end < body.n ? end : body.n);
}

/* Is all that is written of this line what may stand before its words? */
static bool at_line_start(const struct shielding *s)
{
	struct str line = shield_text_line(s->sh, shield_line_count(s->sh));
	return shield_prefix(line, NULL) == line.n;
}

/* `[label]:` at the end of a line: its address may stand on the next, as `<address>`. */
static bool is_behind_label(const struct shielding *s)
{
	size_t line = shield_line_count(s->sh);
	return line > 1 && str_ends(shield_text_line(s->sh, line - 1), STR("]:"));
}

/* What is HTML, an address or text is for cmark to find; yet an HTML block would take lines of Markdown
 * with it, and declarations that do not end are slow to look for. */
static void angle(struct shielding *s)
{
	struct str here = rest(s);
	if (str_starts(here, STR("<!--"))) {
		comment(s);
		return;
	}
	if (is_almost_comment(here) || lacks_bang(here)) {
		almost_comment(s);
		return;
	}
	if (at_line_start(s) && !is_behind_label(s))
		mark(s, SHIELD_LETTER);
	put(s, 1);
	if (here.n > 1 && (here.p[1] == '!' || here.p[1] == '?'))
		mark(s, SHIELD_LETTER);
}

/* What XML (https://www.w3.org/TR/xml/#charsets) or HTML forbids, and our marks; cmark knows 0 and surrogates. */
static bool is_forbidden(unsigned long point)
{
	return (point > 0 && point < 0x20 && point != '\t' && point != '\n' && point != '\r') ||
		(point >= 0x7f && point < 0xa0) || (point >= 0xfdd0 && point < 0xfdf0) || (point & 0xfffe) == 0xfffe;
}

/* `&#1;` stays as typed, and so does what becomes an entity only because a comment is cut out of it. */
static void ampersand(struct shielding *s)
{
	enum { NAME_MOST = 10 };
	put(s, 1);
	struct str name = rest(s);
	size_t n = 0;
	while (n < name.n && n < NAME_MOST && (is_alnum(name.p[n]) || name.p[n] == '#'))
		n++;
	bool number = n > 1 && n < name.n && name.p[0] == '#' && name.p[n] == ';';
	bool hex = number && (name.p[1] | 32) == 'x';
	if (str_starts(str_from(name, n), STR("<!--")) ||
		(number && is_forbidden(strtoul(name.p + 1 + hex, NULL, hex ? 16 : 10))))
		mark(s, SHIELD_LETTER);
}

/* `\Name:`, `\Name;`, `\**Name:**`, `\Mayor Lee Words`, `\Lee - words`, `\森委員　`. */
static bool is_label(struct str line)
{
	size_t length;
	struct str words = str_from(line, str_starts(line, STR("**")) ? 2 : 0), next = words;
	uint32_t first = str_point(words, 0, &length);
	str_cut(&next, STR(" "));
	uint32_t second = str_point(str_trim_start(next), 0, &length);
	return point_is_letter(first) &&
		(first > 0x7f || str_find_byte(words, ';', 0) != SIZE_MAX || str_find_byte(words, ':', 0) != SIZE_MAX ||
			str_find(words, STR("："), 0) != SIZE_MAX ||
			(point_is_upper(first) &&
				(point_is_upper(second) || second == '-' || second == 0x2013 || second == 0x2014)));
}

static bool is_escaped_by_giji(const struct shielding *s, struct str behind)
{
	static const struct str own[] = { STR_INIT("【"), STR_INIT("○"), STR_INIT("◯"), STR_INIT("〇"), STR_INIT("◎"),
		STR_INIT("◆"), STR_INIT("●"), STR_INIT("・"), STR_INIT("（"), STR_INIT("〔"), STR_INIT("＃"),
		STR_INIT("［"), STR_INIT("＜"), STR_INIT("《"), STR_INIT("〈"), STR_INIT("「"), STR_INIT("『"),
		STR_INIT("■"), STR_INIT("※"), STR_INIT("•"), STR_INIT("▪"), STR_INIT("‣") };
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (str_starts(behind, own[i]))
			return true;
	return at_line_start(s) && is_label(behind);
}

static void backslash(struct shielding *s)
{
	enum { LABEL_MOST = 128 };
	struct str behind = str_from(rest(s), 1);
	behind = line_from(str_n(behind.p, behind.n < LABEL_MOST ? behind.n : LABEL_MOST), 0);
	bool escapes = behind.n && is_ascii_punctuation(behind.p[0]);
	if (is_escaped_by_giji(s, behind)) {
		mark(s, SHIELD_ESCAPE);
		s->at++;
		if (str_starts(behind, STR("＜")))
			put(s, 1); /* it begins no comment */
		return;
	}
	if (escapes && strchr("#[](~:>-+*.!@", behind.p[0]))
		mark(s, SHIELD_LITERAL);
	put(s, 1);
	if (escapes && behind.p[0] == '&')
		ampersand(s); /* in titles cmark decodes entities even here */
	else if (escapes)
		put(s, 1);
}

/* CommonMark wants white space or punctuation outside `**「A」**`; in Japanese and Chinese there is none, and the
 * stars would stand. A mark that counts as a letter is put between them and the punctuation. Nothing is changed
 * between letters of alphabets, nor is a single star, often a footnote sign (注*「…」). */
static void stars(struct shielding *s)
{
	struct str body = s->sh->body;
	size_t run = 1, length;
	while (s->at + run < body.n && body.p[s->at + run] == '*')
		run++;
	uint32_t left = str_point_before(body, s->at, &length), right = str_point(body, s->at + run, &length);
	bool helped = run > 1 && left && right && !point_is_space(left) && !point_is_space(right) &&
		(point_joins(left) || point_joins(right));
	if (helped && point_is_one_of(left, STR(")]}\"'.,:;!?%」』】）〕〉》］｝｠〗〙〛”’｣・、。，．：；！？…‥％―—")))
		mark(s, SHIELD_LETTER);
	put(s, run);
	if (helped && point_is_one_of(right, STR("([{\"'「『【（〔〈《［｛｟〖〘〚“‘｢・")))
		mark(s, SHIELD_LETTER);
}

static void shield_byte(struct shielding *s)
{
	switch (s->sh->body.p[s->at]) {
	case '\n':
		newline(s);
		break;
	case '\\':
		backslash(s);
		break;
	case '<':
		angle(s);
		break;
	case '*':
		stars(s);
		break;
	case '\xef': /* ！ to ～ */
		if (str_starts(rest(s), STR("＜")) && (is_almost_comment(rest(s)) || lacks_bang(rest(s))))
			almost_comment(s);
		else
			put(s, 1);
		break;
	default:
		ampersand(s);
	}
}

void shield_open(struct shield *sh, struct str body, struct str path, size_t first_line, struct diags *ds)
{
	/* Which bytes need a look; all others are copied in one piece. */
	static const bool special[256] = { ['\n'] = 1, ['\\'] = 1, ['<'] = 1, ['*'] = 1, ['&'] = 1, [0xef] = 1 };
	*sh = (struct shield){ .body = body };
	struct shielding s = { .sh = sh, .path = path, .ds = ds, .line = (uint32_t)first_line };
	buf_reserve(&sh->text, body.n + body.n / 16 + 64);
	if (body.n)
		begin_line(&s);
	while (s.at < body.n) {
		size_t plain = s.at;
		while (plain < body.n && !special[(unsigned char)body.p[plain]])
			plain++;
		put(&s, plain - s.at);
		if (s.at < body.n)
			shield_byte(&s);
	}
}

void shield_close(struct shield *sh)
{
	buf_release(&sh->text);
	buf_release(&sh->lines);
}

size_t shield_line_count(const struct shield *sh)
{
	return VEC_COUNT(&sh->lines, struct shield_line);
}

struct str shield_text_line(const struct shield *sh, size_t line)
{
	size_t count = shield_line_count(sh);
	if (line == 0 || line > count)
		return STR_NONE;
	const struct shield_line *lines = VEC_AT(&sh->lines, struct shield_line);
	size_t start = lines[line - 1].start, end = line < count ? lines[line].start : sh->text.n;
	struct str s = str_n(sh->text.p + start, end - start);
	return str_ends(s, STR("\n")) ? str_but(s, 1) : s;
}

struct str shield_source_line(const struct shield *sh, size_t line)
{
	if (line == 0 || line > shield_line_count(sh))
		return STR_NONE;
	const struct shield_line *l = &VEC_AT(&sh->lines, struct shield_line)[line - 1];
	return str_n(sh->body.p + l->origin, l->end - l->origin);
}

uint32_t shield_file_line(const struct shield *sh, size_t line)
{
	size_t count = shield_line_count(sh);
	if (count == 0)
		return 0;
	return VEC_AT(&sh->lines, struct shield_line)[line == 0 ? 0 : line > count ? count - 1 : line - 1].line;
}

/* Bytes of a list marker and its one space at `at`, or 0. */
static size_t list_marker(struct str line, size_t at)
{
	size_t end = at;
	while (end < line.n && end - at < 9 && line.p[end] >= '0' && line.p[end] <= '9')
		end++;
	if (end == line.n || !strchr(end == at ? "-+*" : ".)", line.p[end]) || line.p[end] == '\0')
		return 0;
	end++;
	if (end == line.n)
		return end - at;
	return line.p[end] == ' ' || line.p[end] == '\t' ? end + 1 - at : 0;
}

size_t shield_prefix(struct str line, size_t *nesting)
{
	size_t at = 0, spaces = 0, opened = 0, depth = 0;
	while (at < line.n) {
		if (line.p[at] == ' ' || line.p[at] == '\t') {
			spaces += line.p[at] == '\t' ? 4 : 1;
			at++;
			continue;
		}
		size_t marker = line.p[at] == '>' ? 1 + (size_t)str_starts(str_from(line, at + 1), STR(" "))
						  : list_marker(line, at);
		if (marker == 0)
			break;
		at += marker;
		opened++;
		/* White space in front is what belongs to lists around: two columns each at least. */
		depth = opened + spaces / 2;
	}
	if (nesting)
		*nesting = depth;
	return at;
}

static enum shield_mark mark_at(struct str s, size_t at)
{
	unsigned char last = at + 2 < s.n ? (unsigned char)s.p[at + 2] : 0;
	return last >= SHIELD_LETTER && last <= SHIELD_TYPED_END ? (enum shield_mark)last : SHIELD_NONE;
}

/* Takes back the signs that begin_heading() wrote, or what was typed for them. */
static void settle_heading(struct str *rest, struct str *text)
{
	struct str typed = str_n(rest->p, str_find(*rest, STR(SHIELD_LEAD), 0));
	size_t hashes = str_points(typed) - 1;
	struct str signs = str_n(&"###### "[6 - hashes], hashes + 1);
	if (str_ends(*text, signs))
		*text = str_but(*text, signs.n);
	else /* it is a heading: cmark has taken the signs away */
		*rest = str_from(*rest, typed.n);
}

enum shield_mark shield_next(struct str *rest, struct str *text)
{
	enum shield_mark m = SHIELD_NONE;
	size_t at = 0;
	/* U+FDF0 and above begin with the same bytes, and are letters. */
	while ((at = str_find(*rest, STR(SHIELD_LEAD), at)) != SIZE_MAX && !(m = mark_at(*rest, at)))
		at += 2;
	*text = m ? str_n(rest->p, at) : *rest;
	*rest = m ? str_from(*rest, at + 3) : STR_NONE;
	if (m == SHIELD_TYPED)
		settle_heading(rest, text);
	return m;
}

void shield_restore(struct str s, struct buf *out)
{
	for (struct str text; s.n;) {
		enum shield_mark m = shield_next(&s, &text);
		buf_put(out, text);
		if (m == SHIELD_ESCAPE)
			buf_byte(out, '\\');
	}
}
