#include "markdown/shield.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

struct shielding {
	struct shield *sh;
	struct str body;
	struct str path;
	struct diags *ds;
	size_t at;              /* next byte of the body */
	size_t bol;             /* where its line began */
	size_t counted, column; /* up to which byte of it columns were counted, and how many */
	uint32_t line;          /* of the file, on which `at` stands */
};

/* The place of `at`. Called with rising `at`: a line with many tags is counted once. */
static struct loc place(struct shielding *s)
{
	if (s->counted < s->bol) {
		s->counted = s->bol;
		s->column = 1;
	}
	s->column += str_points(str_n(s->body.p + s->counted, s->at - s->counted));
	s->counted = s->at;
	return loc_at(s->path, s->line, s->column);
}

static void put(struct shielding *s, size_t bytes)
{
	buf_put(&s->sh->text, str_n(s->body.p + s->at, bytes));
	s->at += bytes;
}

static void mark(struct buf *out, enum shield_mark m)
{
	const char bytes[] = { SHIELD_LEAD[0], SHIELD_LEAD[1], (char)m };
	buf_put(out, str_n(bytes, sizeof bytes));
}

/* A mark that stands for the byte at `at`, and remembers the place. */
static void mark_place(struct shielding *s, enum shield_mark m)
{
	struct loc here = place(s);
	size_t number = VEC_COUNT(&s->sh->places, struct shield_place);
	*VEC_ADD(&s->sh->places, struct shield_place) = (struct shield_place){ here.line, here.column };
	mark(&s->sh->text, m);
	do
		mark(&s->sh->text, (enum shield_mark)(SHIELD_DIGIT + (number & 15)));
	while (number >>= 4);
	s->at++;
}

static struct str rest(const struct shielding *s)
{
	return str_from(s->body, s->at);
}

/* As much of the rest of the line as any of giji's own signs can take. */
static struct str rest_of_line(const struct shielding *s)
{
	enum { SIGNS_MOST = 256 };
	struct str line = rest(s);
	line.n = line.n < SIGNS_MOST ? line.n : SIGNS_MOST;
	size_t end = str_find_byte(line, '\n', 0);
	return end == SIZE_MAX ? line : str_n(line.p, end);
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_ascii_punctuation(char c)
{
	return c > ' ' && c < 0x7f && !is_letter(c) && !(c >= '0' && c <= '9');
}

/* `＃＃ 見出し`, `##　見出し`: written as cmark reads it, with marks that tell what was typed. */
static void begin_heading(struct shielding *s)
{
	struct str line = rest_of_line(s), wide_hash = STR("＃"), wide_space = STR("　");
	size_t at = 0, hashes = 0;
	while (at < 3 && at < line.n && line.p[at] == ' ')
		at++;
	size_t indent = at;
	bool wide = false;
	for (; at < line.n; hashes++) {
		bool is_wide = str_starts(str_from(line, at), wide_hash);
		if (!is_wide && line.p[at] != '#')
			break;
		wide = wide || is_wide;
		at += is_wide ? wide_hash.n : 1;
	}
	bool wide_gap = str_starts(str_from(line, at), wide_space);
	bool gap = wide_gap || (at < line.n && (line.p[at] == ' ' || line.p[at] == '\t'));
	if (hashes == 0 || hashes > 6 || !gap || !(wide || wide_gap))
		return;
	struct buf *out = &s->sh->text;
	put(s, indent);
	buf_put(out, str_n("######", hashes));
	buf_byte(out, ' ');
	for (size_t i = 0; i < hashes; i++) {
		bool is_wide = str_starts(rest(s), wide_hash);
		mark(out, is_wide ? SHIELD_WIDE_HASH : SHIELD_HASH);
		s->at += is_wide ? wide_hash.n : 1;
	}
	mark(out, wide_gap ? SHIELD_WIDE_SPACE : s->body.p[s->at] == '\t' ? SHIELD_TAB : SHIELD_SPACE);
	s->at += wide_gap ? wide_space.n : 1;
}

static void begin_line(struct shielding *s)
{
	struct shield_line *l = VEC_ADD(&s->sh->lines, struct shield_line);
	l->start = (uint32_t)s->sh->text.n;
	l->origin = (uint32_t)s->at;
	l->line = s->line;
	begin_heading(s);
}

static void newline(struct shielding *s)
{
	put(s, 1);
	s->bol = s->at;
	s->line++;
	if (s->at < s->body.n)
		begin_line(s);
}

static void comment(struct shielding *s)
{
	/* From +2, for `<!-->` is a whole comment to every HTML parser. */
	size_t end = str_find(s->body, STR("-->"), s->at + 2);
	if (end == SIZE_MAX) {
		diag_add(s->ds, TEXT_LOST, place(s), diag_text(s->ds, _("close it with 「-->」")),
			_("a comment has no end, so all that follows it would be lost"));
		s->at = s->body.n;
		return;
	}
	for (size_t i = s->at; i < end; i++) {
		if (s->body.p[i] == '\n') {
			s->line++;
			s->bol = i + 1;
		}
	}
	s->at = end + 3;
	/* A heading may stand behind a comment that began the line. */
	const struct shield_line *lines = VEC_AT(&s->sh->lines, struct shield_line);
	if (lines[VEC_COUNT(&s->sh->lines, struct shield_line) - 1].start == s->sh->text.n)
		begin_heading(s);
}

/* `<scheme:…>` or `<name@host>`: stays as it is. */
static bool is_autolink(struct str s)
{
	size_t at = 1;
	bool scheme = false, mail = false;
	for (; at < s.n && s.p[at] != '>'; at++) {
		unsigned char c = (unsigned char)s.p[at];
		if (c <= ' ' || c == '<' || c == 0x7f)
			return false;
		if (c == ':' && at >= 3 && at <= 33 && !scheme && !mail)
			scheme = true;
		else if (c == '@' && at > 1)
			mail = true;
		else if (!scheme && !mail && !is_letter((char)c) && !(c >= '0' && c <= '9') && !strchr("+.-", c) &&
			!strchr("!#$%&'*/=?^_`{|}~", c))
			return false;
	}
	return at < s.n && (scheme || mail);
}

/* `[words](<…>` or `[label]: <…>`. */
static bool is_destination(const struct shielding *s)
{
	const struct buf *out = &s->sh->text;
	size_t n = out->n;
	while (n > 0 && (out->p[n - 1] == ' ' || out->p[n - 1] == '\t' || out->p[n - 1] == '\n'))
		n--;
	return n > 1 && out->p[n - 2] == ']' && (out->p[n - 1] == '(' || out->p[n - 1] == ':');
}

/* Would HTML see a tag here? Only then it is worth a finding: `a <b and c` is plain text. */
static bool is_tag(struct str s)
{
	size_t at = 1;
	bool special = s.p[at] == '!' || s.p[at] == '?';
	at += special || s.p[at] == '/';
	if (at >= s.n || (!special && !is_letter(s.p[at])))
		return false;
	while (at < s.n && !special && (is_letter(s.p[at]) || s.p[at] == '-' || (s.p[at] >= '0' && s.p[at] <= '9')))
		at++;
	if (at < s.n && !special && !strchr(" \t\n/>", s.p[at]))
		return false;
	for (; at < s.n && s.p[at] != '<'; at++) {
		if (s.p[at] == '>')
			return true;
		if (s.p[at] == '\n' && at + 1 < s.n && s.p[at + 1] == '\n')
			return false;
	}
	return false;
}

static void angle(struct shielding *s)
{
	struct str here = rest(s);
	if (str_starts(here, STR("<!--"))) {
		comment(s);
	} else if (here.n < 2 || !(is_letter(here.p[1]) || strchr("/!?", here.p[1])) || is_autolink(here) ||
		is_destination(s)) {
		put(s, 1);
	} else if (is_tag(here)) {
		mark_place(s, SHIELD_ANGLE);
	} else {
		mark(&s->sh->text, SHIELD_ANGLE);
		s->at++;
	}
}

/* XML's Char (https://www.w3.org/TR/xml/#charsets), and without what HTML calls a parse error. */
static bool is_forbidden(uint32_t point)
{
	return (point < 0x20 && point != '\t' && point != '\n' && point != '\r') || (point >= 0x7f && point < 0xa0) ||
		(point >= 0xd800 && point < 0xe000) || (point >= 0xfdd0 && point < 0xfdf0) ||
		(point & 0xfffe) == 0xfffe || point > 0x10ffff;
}

static bool is_forbidden_entity(struct str s)
{
	bool hex = s.n > 2 && (s.p[2] | 32) == 'x';
	size_t at = hex ? 3 : 2, most = at + (hex ? 6 : 7), first = at;
	uint32_t point = 0;
	for (; at < s.n && at < most; at++) {
		char c = s.p[at];
		bool letter = hex && (c | 32) >= 'a' && (c | 32) <= 'f';
		if (!letter && !(c >= '0' && c <= '9'))
			break;
		point = point * (hex ? 16u : 10u) + (uint32_t)(letter ? (c | 32) - 'a' + 10 : c - '0');
	}
	return at > first && at < s.n && s.p[at] == ';' && is_forbidden(point);
}

static void ampersand(struct shielding *s)
{
	struct str here = rest(s);
	if (here.n > 2 && here.p[1] == '#' && is_forbidden_entity(here))
		mark_place(s, SHIELD_ENTITY);
	else
		put(s, 1);
}

/* Is all that is written of this line what may stand before its words? */
static bool at_line_start(const struct shielding *s)
{
	struct str line = shield_text_line(s->sh, shield_line_count(s->sh));
	size_t prefix = shield_prefix(line, NULL);
	return str_empty(str_trim(str_from(line, prefix)));
}

/* `Name:`, `**Name:**`, `WH [00:12:34]:` behind a backslash. */
static bool is_label(struct str line)
{
	enum { LABEL_MOST = 120 };
	size_t stars = str_starts(line, STR("**")) ? 2 : 0, length;
	uint32_t first = str_point(line, stars, &length);
	if (!point_is_letter(first) && !(stars && first > 0x80))
		return false;
	struct str head = str_n(line.p, line.n < LABEL_MOST ? line.n : LABEL_MOST);
	return (str_find_byte(head, ':', 0) != SIZE_MAX || str_find(head, STR("："), 0) != SIZE_MAX) &&
		(!stars || str_find(head, STR("**"), 2) != SIZE_MAX);
}

static bool is_escaped_by_giji(const struct shielding *s, struct str behind)
{
	static const struct str own[] = { STR_INIT("【"), STR_INIT("○"), STR_INIT("◯"), STR_INIT("〇"), STR_INIT("◎"),
		STR_INIT("◆"), STR_INIT("●"), STR_INIT("・"), STR_INIT("（"), STR_INIT("〔"), STR_INIT("＃"),
		STR_INIT("［") };
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (str_starts(behind, own[i]))
			return true;
	bool may_be_label = behind.n && (!is_ascii_punctuation(behind.p[0]) || str_starts(behind, STR("**")));
	return may_be_label && is_label(behind) && at_line_start(s);
}

static void backslash(struct shielding *s)
{
	struct str behind = str_from(rest_of_line(s), 1);
	if (is_escaped_by_giji(s, behind)) {
		mark(&s->sh->text, SHIELD_ESCAPE);
		s->at++;
		return;
	}
	if (behind.n == 0 || !is_ascii_punctuation(behind.p[0])) {
		put(s, 1);
		return;
	}
	if (strchr("#[](~:>-+*.!@", behind.p[0]))
		mark(&s->sh->text, SHIELD_LITERAL);
	put(s, 2);
}

static void stars(struct shielding *s)
{
	size_t run = 1;
	while (s->at + run < s->body.n && s->body.p[s->at + run] == '*')
		run++;
	struct shield_stars need = shield_stars(s->body, s->at, run);
	if (need.before)
		mark(&s->sh->text, SHIELD_LETTER);
	put(s, run);
	if (need.behind)
		mark(&s->sh->text, SHIELD_LETTER);
}

/* Noncharacters would be taken for marks, or are no XML; `source` refuses them, yet bytes
 * may come from elsewhere. U+FFFD has as many bytes, so places stay. */
static char *without_noncharacters(struct str body)
{
	if (str_find(body, STR(SHIELD_LEAD), 0) == SIZE_MAX && str_find(body, STR("\xef\xbf\xbe"), 0) == SIZE_MAX &&
		str_find(body, STR("\xef\xbf\xbf"), 0) == SIZE_MAX)
		return NULL;
	char *copy = mem_alloc(body.n);
	memcpy(copy, body.p, body.n);
	for (size_t i = 0; i + 2 < body.n; i++) {
		bool end_of_plane = !memcmp(copy + i, "\xef\xbf\xbe", 3) || !memcmp(copy + i, "\xef\xbf\xbf", 3);
		if (shield_mark_at(copy + i, 3) || end_of_plane)
			memcpy(copy + i, "\xef\xbf\xbd", 3);
	}
	return copy;
}

static void shield_byte(struct shielding *s)
{
	switch (s->body.p[s->at]) {
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
	case '&':
		ampersand(s);
		break;
	default: /* a control character, which `source` refuses */
		buf_byte(&s->sh->text, ' ');
		s->at++;
	}
}

void shield_open(struct shield *sh, struct str body, struct str path, size_t first_line, struct diags *ds)
{
	/* Which bytes need a look; all others are copied in one piece. */
	static const bool special[256] = {
		[0] = 1,
		[1] = 1,
		[2] = 1,
		[3] = 1,
		[4] = 1,
		[5] = 1,
		[6] = 1,
		[7] = 1,
		[8] = 1,
		[11] = 1,
		[12] = 1,
		[13] = 1,
		[14] = 1,
		[15] = 1,
		[16] = 1,
		[17] = 1,
		[18] = 1,
		[19] = 1,
		[20] = 1,
		[21] = 1,
		[22] = 1,
		[23] = 1,
		[24] = 1,
		[25] = 1,
		[26] = 1,
		[27] = 1,
		[28] = 1,
		[29] = 1,
		[30] = 1,
		[31] = 1,
		[127] = 1,
		['\n'] = 1,
		['\\'] = 1,
		['<'] = 1,
		['*'] = 1,
		['&'] = 1,
	};
	*sh = (struct shield){ .body = body, .sanitized = without_noncharacters(body) };
	if (sh->sanitized)
		body.p = sh->sanitized;
	struct shielding s = {
		.sh = sh, .body = body, .path = path, .ds = ds, .line = (uint32_t)first_line, .column = 1
	};
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
	buf_release(&sh->places);
	free(sh->sanitized);
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
	if (end > start && sh->text.p[end - 1] == '\n')
		end--;
	return str_n(sh->text.p + start, end - start);
}

uint32_t shield_file_line(const struct shield *sh, size_t line)
{
	size_t count = shield_line_count(sh);
	if (count == 0)
		return 0;
	return VEC_AT(&sh->lines, struct shield_line)[line == 0 ? 0 : line > count ? count - 1 : line - 1].line;
}
