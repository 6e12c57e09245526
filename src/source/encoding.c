#include "source/encoding.h"

enum {
	STRAY_MOST = 10,    /* findings for control characters in one file */
	GUESS_BYTES = 65536 /* looked at to tell encodings apart */
};

struct guess {
	const char *name;  /* as people know it; NULL: UTF-8 with damage, or unknown */
	const char *iconv; /* as iconv knows it: CP932 is Shift_JIS with ①, ㈱ and 髙 */
};

static const struct guess utf16 = { "UTF-16", "UTF-16" }, utf32 = { "UTF-32", "UTF-32" },
			  iso2022 = { "ISO-2022-JP", "ISO-2022-JP" }, sjis = { "Shift_JIS", "CP932" },
			  euc = { "EUC-JP", "EUC-JP" }, latin = { "Windows-1252", "CP1252" }, unknown = { NULL, NULL };

static bool between(unsigned char c, unsigned char least, unsigned char most)
{
	return c >= least && c <= most;
}

/* How a run of bytes reads in a two-byte encoding. */
struct tally {
	size_t pairs, kana; /* two-byte characters; half-width katakana */
	size_t usual;       /* pairs from the rows of kana and punctuation */
	size_t faults;
};

static struct tally tally_sjis(struct str s)
{
	struct tally t = { 0 };
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		if (c < 0x80)
			continue;
		if (between(c, 0xa1, 0xdf)) {
			t.kana++;
		} else if (!between(c, 0x81, 0xfc) || c == 0xa0) {
			t.faults++;
		} else if (i + 1 < s.n) { /* at the end, the other half was cut off */
			bool fits = between(next, 0x40, 0x7e) || between(next, 0x80, 0xfc);
			t.pairs += fits;
			t.usual += fits && between(c, 0x81, 0x83);
			t.faults += !fits;
			i += fits;
		}
	}
	return t;
}

static struct tally tally_euc(struct str s)
{
	struct tally t = { 0 };
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		if (c < 0x80)
			continue;
		if (!between(c, 0xa1, 0xfe) && c != 0x8e && c != 0x8f) {
			t.faults++;
		} else if (i + 1 < s.n) {
			bool fits = between(next, 0xa1, 0xfe);
			t.pairs += fits;
			t.usual += fits && (between(c, 0xa1, 0xa1) || between(c, 0xa4, 0xa5));
			t.faults += !fits;
			i += fits;
		}
	}
	return t;
}

/* UTF-16 without a mark: its line ends and Latin letters have a NUL at every second place. */
static bool nuls_alternate(struct str s)
{
	size_t nuls[2] = { 0, 0 };
	for (size_t i = 0; i < s.n; i++)
		nuls[i % 2] += s.p[i] == 0;
	return nuls[0] + nuls[1] > 1 && (nuls[0] == 0 || nuls[1] == 0);
}

static struct guess guess_encoding(struct str bytes, size_t at)
{
	struct str head = str_n(bytes.p, bytes.n < GUESS_BYTES ? bytes.n : GUESS_BYTES);
	struct str rest = str_from(bytes, at);
	rest.n = rest.n < GUESS_BYTES ? rest.n : GUESS_BYTES;
	if (nuls_alternate(head))
		return utf16;
	struct tally s = tally_sjis(rest), e = tally_euc(rest);
	/* EUC-JP read as Shift_JIS turns into half-width katakana. */
	if (e.faults == 0 && e.usual && (s.faults || s.kana > s.pairs))
		return euc;
	if (s.faults == 0 && s.usual * 8 >= s.pairs && s.usual + s.kana > 0)
		return sjis;
	if (e.faults == 0 && e.pairs > 1)
		return euc;
	if (s.faults == 0 && s.pairs > 1)
		return sjis;
	return latin;
}

static bool not_utf8(struct guess guess, struct loc loc, struct diags *ds)
{
	struct str name = loc.path;
	return diag_add(ds, ENCODING, loc,
		diag_text(ds, _("save it as UTF-8 in your editor, or run: iconv -f %s -t UTF-8 '%.*s' > new.md"),
			guess.iconv, STR_ARG(name)),
		_("the file is not UTF-8; it looks like %s"), guess.name);
}

struct scan {
	struct str bytes, path;
	size_t at, line, line_start;
	size_t multibyte; /* characters of more than one byte so far */
	size_t strays;
	bool has_return;
	struct diags *ds;
};

static struct loc here(const struct scan *s)
{
	size_t column = str_points(str_n(s->bytes.p + s->line_start, s->at - s->line_start)) + 1;
	struct loc loc = loc_at(s->path, s->line, column);
	loc.width = 1;
	return loc;
}

static bool bad_byte(const struct scan *s)
{
	struct guess guess = s->multibyte > 2 ? unknown : guess_encoding(s->bytes, s->at);
	if (guess.name)
		return not_utf8(guess, here(s), s->ds);
	return diag_add(s->ds, ENCODING, here(s),
		diag_text(s->ds,
			_("the text before it is UTF-8: retype the damaged character and save the file as UTF-8")),
		_("the byte 0x%02X is not UTF-8"), (unsigned char)s->bytes.p[s->at]);
}

static void stray_character(struct scan *s, uint32_t point)
{
	if (s->strays++ < STRAY_MOST)
		diag_add(s->ds, ENCODING, here(s),
			diag_text(s->ds,
				_("delete it; such characters come along when text is copied out of a PDF or Word "
				  "file")),
			_("the control character U+%04X cannot stand in a text"), (unsigned)point);
}

static bool is_stray(uint32_t point)
{
	return (point < 0x20 && point != '\t') || (point >= 0x7f && point < 0xa0) ||
		(point >= 0xfdd0 && point <= 0xfdef) || point == 0xfffe || point == 0xffff;
}

static void next_line(struct scan *s)
{
	s->line++;
	s->line_start = s->at + 1;
}

/* One character; false where the bytes are no UTF-8 and reading must end. */
static bool scan_character(struct scan *s)
{
	size_t length;
	uint32_t point = str_point(s->bytes, s->at, &length);
	struct str rest = str_from(s->bytes, s->at);
	if (point == 0xfffd && length == 1)
		return bad_byte(s);
	if (str_starts(rest, STR("\x1b$")) || str_starts(rest, STR("\x1b(")))
		return not_utf8(iso2022, here(s), s->ds);
	if (point == 0 && s->strays == 0 && nuls_alternate(s->bytes))
		return not_utf8(utf16, here(s), s->ds);
	s->multibyte += length > 1;
	s->has_return = s->has_return || point == '\r';
	if (point == '\n' || (point == '\r' && !str_starts(rest, STR("\r\n"))))
		next_line(s);
	else if (is_stray(point) && point != '\r')
		stray_character(s, point);
	s->at += length;
	return true;
}

static struct str with_line_feeds(struct str s, struct arena *a)
{
	char *p = arena_alloc(a, s.n), *out = p;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\r')
			*out++ = s.p[i];
		else if (i + 1 == s.n || s.p[i + 1] != '\n')
			*out++ = '\n';
	}
	return str_n(p, (size_t)(out - p));
}

static const struct guess *marked(struct str bytes)
{
	if (str_starts(bytes, STR("\xff\xfe\0\0")) || str_starts(bytes, STR("\0\0\xfe\xff")))
		return &utf32;
	if (str_starts(bytes, STR("\xff\xfe")) || str_starts(bytes, STR("\xfe\xff")))
		return &utf16;
	return NULL;
}

bool encoding_read(struct str bytes, struct str path, struct arena *a, struct str *text, struct diags *ds)
{
	const struct guess *mark = marked(bytes);
	if (mark)
		return not_utf8(*mark, loc_at(path, 1, 1), ds);
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_from(bytes, 3);
	struct scan s = { .bytes = bytes, .path = path, .line = 1, .ds = ds };
	while (s.at < bytes.n) {
		unsigned char c = (unsigned char)bytes.p[s.at];
		if (c >= 0x20 && c < 0x7f)
			s.at++;
		else if (!scan_character(&s))
			return false;
	}
	if (s.strays > STRAY_MOST)
		diag_add(ds, ENCODING, loc_file(path), STR_NONE, _("%zu more control characters stand in the file"),
			s.strays - STRAY_MOST);
	*text = s.has_return ? with_line_feeds(bytes, a) : bytes;
	return s.strays == 0;
}
