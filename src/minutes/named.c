/* Whom words in a vote or an action name, and how many they say there are. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

enum { NAME_POINTS_MOST = 30, COUNT_MOST = 1000000 };

/* five, Five: 5, and *at is behind it; -1 without. */
static long count_in_letters(struct reader *r, struct str s, size_t *at)
{
	static const char *const names[] = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
		"nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
		"eighteen", "nineteen", "twenty" };
	size_t end = 0, length;
	while (end < s.n && point_is_latin(str_point(s, end, &length)))
		end += length;
	struct str word = fold(r->scratch, str_n(s.p, end));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(word, str_c(names[i]))) {
			*at = end;
			return (long)i;
		}
	return -1;
}

/* Digits or a word for a number and what they count (６, 6人, 10 votes, five); *behind is what follows. -1 without. */
static long count_begins(struct reader *r, struct str s, struct str *behind)
{
	static const struct str counters[] = { STR_INIT("人"), STR_INIT("名"), STR_INIT("票"), STR_INIT("votes"),
		STR_INIT("vote"), STR_INIT("members"), STR_INIT("member") };
	long count = -1;
	size_t length, at = 0;
	for (; at < s.n; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		if (point < '0' || point > '9' || count > COUNT_MOST)
			break;
		count = (count < 0 ? 0 : 10 * count) + (long)(point - '0');
	}
	if (count < 0)
		count = count_in_letters(r, s, &at);
	*behind = str_trim_start(str_from(s, at));
	for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
		if (str_starts(*behind, counters[i])) {
			*behind = str_trim_start(str_from(*behind, counters[i].n));
			break;
		}
	bool ends = str_empty(*behind) || point_is_one_of(point_narrow(str_point(*behind, 0, &length)), STR("(:、,"));
	return ends && count <= COUNT_MOST ? count : -1;
}

/* Without what separates names or encloses all of them. */
static struct str bare(struct str s)
{
	size_t length;
	s = str_trim(s);
	if (point_is_one_of(point_narrow(str_point(s, 0, &length)), STR(":、,"))) /* behind a count */
		s = str_trim(str_from(s, length));
	if (point_narrow(str_point(s, 0, &length)) != '(')
		return s;
	size_t close = s.n - length;
	if (s.n >= 2 * length && point_narrow(str_point(s, close, &length)) == ')')
		s = str_trim(str_n(s.p + length, close - length));
	return s;
}

/* (2): Mayor Lee */
static long count_in_brackets(struct reader *r, struct str *s)
{
	size_t length, open = 0, at = 0;
	struct str rest;
	if (point_narrow(str_point(*s, 0, &open)) != '(')
		return -1;
	for (at = open; at < s->n && point_narrow(str_point(*s, at, &length)) != ')'; at += length)
		;
	long count = at < s->n ? count_begins(r, str_trim(str_n(s->p + open, at - open)), &rest) : -1;
	if (count < 0 || !str_empty(rest))
		return -1;
	*s = bare(str_from(*s, at + length));
	return count;
}

/* Takes a count away, at the beginning or in brackets at the end. */
static long count_take(struct reader *r, struct str *s)
{
	struct str rest, inside = STR_NONE;
	long count = count_begins(r, *s, &rest);
	size_t length;
	if (count >= 0) {
		*s = bare(rest);
		return count;
	}
	if ((count = count_in_brackets(r, s)) >= 0)
		return count;
	for (size_t at = 0; at < s->n; at += length)
		if (point_narrow(str_point(*s, at, &length)) == '(')
			inside = str_from(*s, at);
	count = inside.p ? count_begins(r, bare(inside), &rest) : -1;
	if (count < 0 || !str_empty(rest))
		return -1;
	*s = str_trim(str_n(s->p, (size_t)(inside.p - s->p)));
	return count;
}

/* 全員, 多数, unanimous: how many, in words. */
static bool is_vague(struct reader *r, struct str s)
{
	static const struct str words[] = { STR_INIT("全員"), STR_INIT("多数"), STR_INIT("少数"), STR_INIT("一致"),
		STR_INIT("異議"), STR_INIT("半数"), STR_INIT("大多数"), STR_INIT("unanim"), STR_INIT("majority"),
		STR_INIT("minority"), STR_INIT("everyone"), STR_INIT("allpresent"), STR_INIT("allmembers"),
		STR_INIT("therest"), STR_INIT("theremain") };
	size_t length;
	struct str folded = fold_label(r->scratch, s);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find(folded, words[i], 0) != SIZE_MAX)
			return true;
	for (size_t at = 0; at < folded.n; at += length) {
		uint32_t point = str_point(folded, at, &length);
		if (point >= '0' && point <= '9')
			return true;
	}
	return str_eq(folded, STR("all")) || str_points(s) > NAME_POINTS_MOST;
}

static bool is_nobody(struct reader *r, struct str s)
{
	return str_is_one_of(fold_label(r->scratch, s), "なし|無し|無|none|noone|nobody|nil|n/a|-|–|—|−|―|ー");
}

/* Whose names are looked for, and what becomes of those that nobody declared. */
struct naming {
	uint32_t line;
	bool must; /* all of it must be names: those unknown are told, of others only what is mistyped */
};

/* Cllr Smth for Cllr Smith: a letter too few or too many. 総務課 is not 税務課, Ward A not Ward B, and officers are several. */
static bool is_mistyped(struct reader *r, struct str part)
{
	struct alike alike;
	size_t length;
	if (!point_is_latin(str_point(part, 0, &length)) || !voices_nearest(r->voices, part, &alike))
		return false;
	struct str a = fold_label(r->scratch, part), b = fold_label(r->scratch, alike.labels[0]);
	return a.n != b.n && str_distance(a, b, 1) == 1 && !str_ends(a, STR("s"));
}

static void add_named(struct reader *r, struct str label, struct voice voice)
{
	voice.label = arena_str(r->arena, label);
	*VEC_ADD(&r->named, struct voice) = voice;
}

static bool find_part(struct reader *r, const struct naming *n, struct str part)
{
	struct str role, name;
	struct found f = speaker_named(r, n->line, part);
	if (f.result == VOICE_UNKNOWN)
		return false;
	/* 江口委員（利害関係があるため）: what stands in brackets names nobody. */
	bool parted = voices_find(r->voices, part).result == VOICE_UNKNOWN && marker_split_name(part, &role, &name) &&
		speaker_named(r, n->line, name).result == VOICE_UNKNOWN &&
		speaker_named(r, n->line, role).result == VOICE_FOUND;
	add_named(r, parted ? role : part, f.voice);
	return true;
}

/* 岡　森, Ａ・Ｂ: marks that stand in names, too, so that each part must be somebody's. */
static bool find_parts(struct reader *r, const struct naming *n, struct str s)
{
	size_t length, from = 0, before = r->named.n;
	for (size_t at = 0; at <= s.n; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		if (length == 0)
			length = 1;
		else if (!point_is_one_of(point, STR("・･&+/ 　と")))
			continue;
		struct str part = str_trim(str_n(s.p + from, at - from));
		from = at + length;
		if (str_empty(part))
			continue;
		if (part.n == s.n || !find_part(r, n, part)) {
			r->named.n = before;
			return false;
		}
	}
	return r->named.n > before;
}

static void find_all(struct reader *r, const struct naming *n, struct str s)
{
	size_t length, from = 0;
	for (size_t at = 0; at <= s.n; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		bool and = str_starts(str_from(s, at), STR(" and ")) || str_starts(str_from(s, at), STR("及び"));
		if (length == 0)
			length = 1;
		else if (and)
			length = at + 5 < s.n && s.p[at] == ' ' ? 5 : sizeof "及び" - 1;
		else if (!point_is_one_of(point, STR("、,;\n")))
			continue;
		struct str part = str_trim(str_n(s.p + from, at - from));
		from = at + length;
		if (str_empty(part) || find_part(r, n, part) || find_parts(r, n, part) ||
			(n->must ? is_vague(r, part) : !is_mistyped(r, part)))
			continue;
		speaker_miss_voter(r, n->line, part);
		if (!n->must)
			continue;
		add_named(r, part, (struct voice){ .registered = NONE, .attendee = NONE, .person = NONE });
	}
}

struct range named_find(struct reader *r, uint32_t line, bool must, struct str words)
{
	uint32_t first = READER_COUNT(&r->named, struct voice);
	find_all(r, &(struct naming){ line, must }, words);
	return (struct range){ first, READER_COUNT(&r->named, struct voice) };
}

long named_count(struct reader *r, struct str *words)
{
	return is_nobody(r, *words) ? 0 : count_take(r, words);
}
