#include "base/catalogue.h"

#include <string.h>

enum { COUNT = 2, ORIGINALS, TRANSLATIONS, /* fields of the header */ HEADER = 28, PAIR = 8 /* bytes */ };

static const uint32_t magic = 0x950412de;

/* Set once, as the process begins. */
static struct str catalogue;

static uint32_t number_at(struct str bytes, size_t at)
{
	uint32_t number;
	memcpy(&number, bytes.p + at, sizeof number);
	return number;
}

static uint32_t header(struct str bytes, size_t field)
{
	return number_at(bytes, field * sizeof(uint32_t));
}

/* The text to which entry `i` of a table leads; NULL where it is not wholly within the file. */
static const char *text_at(struct str bytes, size_t table, size_t i)
{
	size_t pair = header(bytes, table) + i * PAIR;
	size_t length = number_at(bytes, pair), at = number_at(bytes, pair + sizeof(uint32_t));
	return at + length < bytes.n && bytes.p[at + length] == '\0' ? bytes.p + at : NULL;
}

static bool is_whole(struct str bytes)
{
	if (bytes.n < HEADER || header(bytes, 0) != magic)
		return false;
	size_t count = header(bytes, COUNT);
	for (size_t table = ORIGINALS; table <= TRANSLATIONS; table++) {
		if (header(bytes, table) + count * PAIR > bytes.n)
			return false;
		for (size_t i = 0; i < count; i++)
			if (!text_at(bytes, table, i))
				return false;
	}
	return true;
}

bool catalogue_use(struct str bytes)
{
	bool whole = is_whole(bytes);
	catalogue = whole ? bytes : STR_NONE;
	return whole;
}

/* Originals are sorted by their bytes; the first, "", has the catalogue's own facts. */
const char *catalogue_say(const char *english)
{
	size_t first = 0, end = catalogue.p && *english ? header(catalogue, COUNT) : 0;
	while (first < end) {
		size_t middle = (first + end) / 2;
		int order = strcmp(english, text_at(catalogue, ORIGINALS, middle));
		if (order == 0)
			return text_at(catalogue, TRANSLATIONS, middle);
		if (order < 0)
			end = middle;
		else
			first = middle + 1;
	}
	return english;
}
