#include "text/taker.h"

#include "text/words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

bool taker_at_end(struct taker *r)
{
	size_t length;
	while (point_is_space(str_point(r->s, r->at, &length)))
		r->at += length;
	return r->at >= r->s.n;
}

bool taker_word(struct taker *r, struct str word)
{
	if (taker_at_end(r) || !str_starts(str_from(r->s, r->at), word))
		return false;
	r->at += word.n;
	return true;
}

int taker_any(struct taker *r, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (taker_word(r, words[i]))
			return (int)i + 1;
	return 0;
}

int taker_kanji(uint32_t point)
{
	static const struct str all = STR_INIT("〇一二三四五六七八九十");
	char bytes[4];
	size_t n = str_encode(point, bytes), at = n == 3 ? str_find(all, str_n(bytes, n), 0) : SIZE_MAX;
	return at == SIZE_MAX || at % 3 ? -1 : (int)(at / 3);
}

/* 二十五 and 二〇一三: how many digits the number has, taking none when that is more than `most`. */
static size_t take_kanji(struct taker *r, size_t most, int *value)
{
	size_t at = r->at, n = 0, length;
	bool tens = false;
	for (int digit; (digit = taker_kanji(str_point(r->s, at, &length))) >= 0 && n <= most; at += length) {
		if (digit < 10) {
			*value = tens ? *value + digit : *value * 10 + digit;
			n += !tens;
			continue;
		}
		if (tens || *value > 9)
			return 0;
		*value = *value ? *value * 10 : 10;
		n = 2;
		tens = true;
	}
	if (n > most)
		return 0;
	r->at = at;
	return n;
}

size_t taker_number(struct taker *r, size_t most, int *value)
{
	size_t n = 0;
	*value = 0;
	for (size_t at = taker_at_end(r) ? r->s.n : r->at; at < r->s.n && point_is_digit((unsigned char)r->s.p[at]);
		at++) {
		if (n++ == most)
			return 0;
		*value = *value * 10 + (r->s.p[at] - '0');
	}
	r->at += n;
	return n ? n : take_kanji(r, most, value);
}

bool taker_dash(struct taker *r)
{
	static const struct str dashes[] = { STR_INIT("-"), STR_INIT("‐"), STR_INIT("‒"), STR_INIT("–"), STR_INIT("—"),
		STR_INIT("―"), STR_INIT("−"), STR_INIT("ー") };
	return taker_any(r, dashes, COUNT(dashes)) > 0;
}
