#include "text/reader.h"

#include "text/words.h"

void reader_skip(struct reader *r)
{
	size_t length;
	while (point_is_space(str_point(r->s, r->at, &length)))
		r->at += length;
}

bool reader_at_end(struct reader *r)
{
	reader_skip(r);
	return r->at >= r->s.n;
}

bool reader_take(struct reader *r, struct str word)
{
	reader_skip(r);
	if (!str_starts(str_from(r->s, r->at), word))
		return false;
	r->at += word.n;
	return true;
}

int reader_take_any(struct reader *r, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (reader_take(r, words[i]))
			return (int)i + 1;
	return 0;
}

bool reader_number(struct reader *r, size_t most, int *value, size_t *digits)
{
	size_t n = 0;
	int number = 0;
	reader_skip(r);
	for (; r->at + n < r->s.n && r->s.p[r->at + n] >= '0' && r->s.p[r->at + n] <= '9'; n++) {
		if (n == most)
			return false;
		number = number * 10 + (r->s.p[r->at + n] - '0');
	}
	if (n == 0)
		return false;
	r->at += n;
	*value = number;
	*digits = n;
	return true;
}

bool reader_dash(struct reader *r)
{
	static const struct str dashes[] = { STR_INIT("-"), STR_INIT("‐"), STR_INIT("‒"), STR_INIT("–"), STR_INIT("—"),
		STR_INIT("―"), STR_INIT("−"), STR_INIT("ー") };
	return reader_take_any(r, dashes, sizeof dashes / sizeof *dashes) > 0;
}
