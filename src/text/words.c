#include "text/words.h"

#include "base/buf.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

static UScriptCode script_of(uint32_t point)
{
	UErrorCode status = U_ZERO_ERROR;
	return uscript_getScript((UChar32)point, &status);
}

/* The Han block and the kana, most of any Japanese text, answered without ICU. */
static bool is_common(uint32_t point)
{
	return (point >= 0x4e00 && point <= 0x9fff) || (point >= 0x3041 && point <= 0x3096) ||
		(point >= 0x30a1 && point <= 0x30fa);
}

static bool is_ascii_letter(uint32_t point)
{
	return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
}

bool point_is_letter(uint32_t point)
{
	if (point < 0x80)
		return is_ascii_letter(point);
	return is_common(point) || (U_MASK(u_charType((UChar32)point)) & (U_GC_L_MASK | U_GC_M_MASK));
}

bool point_is_digit(uint32_t point)
{
	return point < 0x80 ? point >= '0' && point <= '9' : u_isdigit((UChar32)point);
}

bool point_is_space(uint32_t point)
{
	if (point < 0x80)
		return point == ' ' || (point >= '\t' && point <= '\r');
	return !is_common(point) && u_isUWhiteSpace((UChar32)point);
}

bool point_is_han(uint32_t point)
{
	return point >= 0x2e80 && script_of(point) == USCRIPT_HAN;
}

bool point_is_kana(uint32_t point)
{
	if (point < 0x3041)
		return false;
	UScriptCode script = script_of(point);
	return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || point == 0x30fc || point == 0xff70;
}

/* Letters of no one script belong to the neighbourhood in which they stand: µ and 𝐀 to Latin, 〆 and ー to kana. */
static bool is_spaced_script(uint32_t point)
{
	UScriptCode script = script_of(point);
	if (script == USCRIPT_COMMON)
		return point < 0x3000 || point > 0xffff;
	if (script == USCRIPT_INHERITED)
		return point < 0x3000;
	/* Hangul has spaces, but particles stick to the word */
	return script != USCRIPT_HANGUL && !uscript_breaksBetweenLetters(script);
}

bool point_is_latin(uint32_t point)
{
	if (point < 0x80)
		return is_ascii_letter(point);
	return !is_common(point) && point_is_letter(point) && is_spaced_script(point);
}

bool point_is_upper(uint32_t point)
{
	return point < 0x80 ? point >= 'A' && point <= 'Z' : u_isUUppercase((UChar32)point);
}

bool point_is_apostrophe(uint32_t point)
{
	return point == '\'' || point == 0x2018 || point == 0x2019 || point == 0x02bc;
}

static int width_of(uint32_t point)
{
	return u_getIntPropertyValue((UChar32)point, UCHAR_EAST_ASIAN_WIDTH);
}

/* The rule of CSS Text for segment breaks: East Asian Width F, W or H and not Hangul; no emoji either. */
bool point_joins(uint32_t point)
{
	if (point < 0x1100)
		return false;
	if (is_common(point))
		return true;
	int width = width_of(point);
	return (width == U_EA_FULLWIDTH || width == U_EA_WIDE || width == U_EA_HALFWIDTH) &&
		script_of(point) != USCRIPT_HANGUL && !u_hasBinaryProperty((UChar32)point, UCHAR_EMOJI_PRESENTATION);
}

static size_t cells_of(uint32_t point)
{
	if (point < 0x7f)
		return point >= ' ';
	if (is_common(point))
		return 2;
	uint32_t type = U_MASK(u_charType((UChar32)point));
	if (type & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK))
		return point == 0xad;
	if (point >= 0x1160 && point <= 0x11ff) /* vowels and finals of Hangul stand in the cells of their initial */
		return 0;
	int width = width_of(point);
	return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

size_t text_cells(struct str s)
{
	size_t cells = 0, length;
	for (size_t at = 0; at < s.n; at += length)
		cells += cells_of(str_point(s, at, &length));
	return cells;
}

enum { JOINER = 0x200d, SEQUENCE_MOST = 32 }; /* code points of one character; more is mischief */

/* True for what belongs to the character before it: accents, voiced marks, selectors, parts of an emoji. */
static bool attaches(uint32_t point, uint32_t before, size_t in_sequence)
{
	if (point < 0x300 || is_common(point))
		return false;
	switch (u_getIntPropertyValue((UChar32)point, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
	case U_GCB_EXTEND:
	case U_GCB_SPACING_MARK:
	case U_GCB_ZWJ:
		return true;
	case U_GCB_REGIONAL_INDICATOR: /* two make a flag */
		return before >= 0x1f1e6 && before <= 0x1f1ff && in_sequence == 1;
	default:
		return before == JOINER;
	}
}

struct str text_excerpt(struct str s, size_t most, bool *cut)
{
	size_t characters = 0, sequence = 0, length, at = 0;
	uint32_t before = 0;
	for (; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		if (sequence == 0 || sequence >= SEQUENCE_MOST || !attaches(point, before, sequence)) {
			if (characters++ == most)
				break;
			sequence = 0;
		}
		sequence++;
		before = point;
	}
	*cut = at < s.n;
	return str_n(s.p, at);
}

struct str text_runs(struct arena *a, struct str s, bool (*is_kept)(uint32_t point), char gap)
{
	struct buf out = { 0 };
	bool skipped = false;
	size_t length;
	for (size_t at = 0; at < s.n; at += length) {
		if (!is_kept(str_point(s, at, &length))) {
			skipped = out.n > 0;
			continue;
		}
		if (skipped)
			buf_byte(&out, gap);
		skipped = false;
		buf_put(&out, str_n(s.p + at, length));
	}
	return out.n ? buf_keep(&out, a) : STR("");
}

static bool is_no_space(uint32_t point)
{
	return !point_is_space(point);
}

struct str text_squeeze(struct arena *a, struct str s)
{
	return text_runs(a, s, is_no_space, ' ');
}
