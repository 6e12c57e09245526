#include "source/encoding.h"

enum {
	STRAY_MOST = 10,    /* control characters after which a file is read no further */
	GUESS_BYTES = 65536 /* looked at to tell encodings apart */
};

struct guess {
	const char *name;
	const char *iconv; /* as iconv knows it: CP932 is Shift_JIS with ①, ㈱ and 髙 */
};

static const struct guess utf16 = { "UTF-16", "UTF-16" }, iso2022 = { "ISO-2022-JP", "ISO-2022-JP" },
			  sjis = { "Shift_JIS", "CP932" }, euc = { "EUC-JP", "EUC-JP" },
			  latin = { "Windows-1252", "CP1252" };

static bool between(char c, unsigned char least, unsigned char most)
{
	return (unsigned char)c >= least && (unsigned char)c <= most;
}

/* True where all that is not ASCII reads as the two bytes of EUC-JP. */
static bool is_euc(struct str s)
{
	for (size_t i = 0; i + 1 < s.n; i++) {
		if (between(s.p[i], 0, 0x7f))
			continue;
		if (!(between(s.p[i], 0xa1, 0xfe) || between(s.p[i], 0x8e, 0x8f)) || !between(s.p[i + 1], 0xa1, 0xfe))
			return false;
		i++;
	}
	return true;
}

/* The same of Shift_JIS, where a byte alone may be half-width katakana. Western text has no byte of the range
 * in which kana and the usual kanji begin. */
static bool is_sjis(struct str s)
{
	bool usual = false;
	for (size_t i = 0; i + 1 < s.n; i++) {
		if (between(s.p[i], 0, 0x7f) || between(s.p[i], 0xa1, 0xdf))
			continue;
		if (!between(s.p[i], 0x81, 0xfc) ||
			!(between(s.p[i + 1], 0x40, 0x7e) || between(s.p[i + 1], 0x80, 0xfc)))
			return false;
		usual = usual || between(s.p[i], 0x81, 0x9f);
		i++;
	}
	return usual;
}

static bool not_utf8(struct guess guess, struct loc loc, struct diags *ds)
{
	struct str name = loc.path;
	return diag_add(ds, ENCODING, loc,
		diag_text(ds, _("save it as UTF-8 in your editor, or run: iconv -f %s -t UTF-8 '%.*s' > new.md"),
			guess.iconv, STR_ARG(name)),
		_("the file is not UTF-8; it looks like %s"), guess.name);
}

/* A file of another program that was only named like a text. */
static bool is_binary(struct str bytes, struct str path, struct diags *ds)
{
	static const struct {
		struct str begins;
		const char *kind;
	} forms[] = {
		{ STR_INIT("PK\x03\x04"), N_("Word, Excel or ZIP") },
		{ STR_INIT("\xd0\xcf\x11\xe0"), N_("Word, Excel or ZIP") },
		{ STR_INIT("%PDF-"), "PDF" },
		{ STR_INIT("\x89PNG"), "PNG" },
		{ STR_INIT("\xff\xd8\xff"), "JPEG" },
		{ STR_INIT("{\\rtf"), "RTF" },
	};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (!str_starts(bytes, forms[i].begins))
			continue;
		diag_add(ds, ENCODING, loc_file(path),
			str_c(_("save its words as plain text in UTF-8, or put the file into files/ under its own "
				"name")),
			_("the file is no text; it looks like %s"), _(forms[i].kind));
		return true;
	}
	return false;
}

static bool is_stray(uint32_t point)
{
	return (point < 0x20 && point != '\t' && point != '\n') || (point >= 0x7f && point < 0xa0) ||
		(point >= 0xfdd0 && point <= 0xfdef) || point == 0xfffe || point == 0xffff;
}

/* `multibyte`: characters of more than one byte before this one. More than a few of them are UTF-8 with damage. */
static bool bad_byte(struct str text, size_t at, size_t multibyte, struct loc loc, struct diags *ds)
{
	struct str rest = str_n(text.p + at, text.n - at < GUESS_BYTES ? text.n - at : GUESS_BYTES);
	bool has_nul = str_find_byte(rest, '\0', 0) != SIZE_MAX;
	if (multibyte <= 2)
		return not_utf8(has_nul ? utf16 : is_euc(rest) ? euc : is_sjis(rest) ? sjis : latin, loc, ds);
	return diag_add(ds, ENCODING, loc,
		str_c(_("the text before it is UTF-8: retype the damaged character and save the file as UTF-8")),
		_("the byte 0x%02X is not UTF-8"), (unsigned char)text.p[at]);
}

/* False after findings. */
static bool scan(struct str text, struct str path, struct diags *ds)
{
	size_t length, multibyte = 0, strays = 0;
	for (size_t at = 0; at < text.n; at += length) {
		length = 1;
		if (between(text.p[at], 0x20, 0x7e))
			continue;
		uint32_t point = str_point(text, at, &length);
		multibyte += length > 1;
		bool damaged = point == 0xfffd && length == 1;
		if (!damaged && !is_stray(point))
			continue;
		struct str rest = str_from(text, at);
		struct loc loc = loc_of_byte(path, text, at);
		loc.width = 1;
		if (damaged)
			return bad_byte(text, at, multibyte, loc, ds);
		if (str_starts(rest, STR("\x1b$")) || str_starts(rest, STR("\x1b(")))
			return not_utf8(iso2022, loc, ds);
		if (point == 0 && strays == 0 && str_starts(str_from(rest, 2), STR("\0")))
			return not_utf8(utf16, loc, ds);
		if (point == 0 && str_find_byte(rest, '\0', 1) != SIZE_MAX)
			return diag_add(ds, ENCODING, loc,
				str_c(_("save it as UTF-8 in your editor, or put it into files/ if it is no text")),
				_("the file is no text: there are bytes of zero in it"));
		diag_add(ds, ENCODING, loc,
			str_c(_("delete it; such characters come along when text is copied out of a PDF or Word file")),
			_("the control character U+%04X cannot stand in a text"), (unsigned)point);
		if (++strays == STRAY_MOST)
			return false;
	}
	return strays == 0;
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

bool encoding_read(struct str bytes, struct str path, struct arena *a, struct str *text, struct diags *ds)
{
	if (is_binary(bytes, path, ds))
		return false;
	if (str_starts(bytes, STR("\xff\xfe")) || str_starts(bytes, STR("\xfe\xff")))
		return not_utf8(utf16, loc_at(path, 1, 1), ds);
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_from(bytes, 3);
	*text = str_find_byte(bytes, '\r', 0) == SIZE_MAX ? bytes : with_line_feeds(bytes, a);
	return scan(*text, path, ds);
}
