#include "text/order.h"

#include "base/buf.h"
#include "text/icu.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ulocdata.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

struct head {
	UChar text[8]; /* あ, or a pair of letters such as LJ */
	int32_t length;
	UScriptCode script;
	struct str name;
};

struct order {
	UCollator *keys;    /* sorts */
	UCollator *letters; /* compares letters only: accents, width, case, kana size and voice ignored */
	struct arena arena;
	struct head *heads; /* in the language's order, Latin ones last where the language has its own script */
	size_t count;
	struct str other;
};

/* Languages without rules of their own may still be ones that the root order serves, as it does
 * English and Basque; ICU tells so by knowing the locale for other purposes. */
static bool is_known(const char *locale, const UCollator *collator)
{
	UErrorCode status = U_ZERO_ERROR;
	char language[ULOC_LANG_CAPACITY];
	const char *valid = ucol_getLocaleByType(collator, ULOC_VALID_LOCALE, &status);
	if (U_SUCCESS(status) && valid && *valid && strcmp(valid, "root") != 0)
		return true;
	uloc_getLanguage(locale, language, sizeof language, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < uloc_countAvailable(); i++)
		if (strcmp(uloc_getAvailable(i), language) == 0)
			return true;
	return false;
}

static UScriptCode script_of(const UChar *text, int32_t length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t i = 0;
	if (length == 0)
		return USCRIPT_COMMON;
	UScriptCode script = uscript_getScript((UChar32)icu_next(text, &i, length), &status);
	return script == USCRIPT_KATAKANA ? USCRIPT_HIRAGANA : script;
}

static void add_head(struct order *o, struct buf *heads, const UChar *text, int32_t length)
{
	struct head head = { .length = length, .script = script_of(text, length) };
	if (length <= 0 || length > (int32_t)(sizeof head.text / sizeof *head.text))
		return;
	u_memcpy(head.text, text, length);
	head.name = icu_to_utf8(&o->arena, text, length);
	*VEC_ADD(heads, struct head) = head;
}

static void add_range(struct order *o, struct buf *heads, UChar32 from, UChar32 to)
{
	for (UChar32 c = from; c <= to; c++) {
		UChar text[2];
		uint32_t n = 0, point = (uint32_t)c;
		U16_APPEND_UNSAFE(text, n, point);
		add_head(o, heads, text, (int32_t)n);
	}
}

static int compare_heads(const void *a, const void *b, void *letters)
{
	const struct head *x = a, *y = b;
	if ((x->script == USCRIPT_LATIN) != (y->script == USCRIPT_LATIN))
		return x->script == USCRIPT_LATIN ? 1 : -1;
	return (int)ucol_strcoll(letters, x->text, x->length, y->text, y->length);
}

/* The letters that the language's own indexes use (CLDR), and A to Z where it has none of these. */
static void load_heads(struct order *o, const char *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	struct buf heads = { 0 };
	bool has_latin = false;
	ULocaleData *data = ulocdata_open(locale, &status);
	USet *set = ulocdata_getExemplarSet(data, NULL, 0, ULOCDATA_ES_INDEX, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < uset_getItemCount(set); i++) {
		UChar32 from, to;
		UChar text[8];
		int32_t length = uset_getItem(set, i, &from, &to, text, 8, &status);
		if (length == 0)
			add_range(o, &heads, from, to);
		else
			add_head(o, &heads, text, length);
	}
	uset_close(set);
	ulocdata_close(data);
	for (size_t i = 0; i < VEC_COUNT(&heads, struct head); i++)
		has_latin = has_latin || VEC_AT(&heads, struct head)[i].script == USCRIPT_LATIN;
	if (!has_latin)
		add_range(o, &heads, 'A', 'Z');
	o->count = VEC_COUNT(&heads, struct head);
	o->heads = buf_settle(&heads, &o->arena);
	qsort_r(o->heads, o->count, sizeof *o->heads, compare_heads, o->letters);
}

struct order *order_open(struct str language)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	if (str_empty(language) || !icu_locale(language, locale))
		return NULL;
	struct order *o = mem_alloc(sizeof *o);
	o->keys = ucol_open(locale, &status);
	o->letters = ucol_open(locale, &status);
	if (U_FAILURE(status) || !is_known(locale, o->keys)) {
		order_close(o);
		return NULL;
	}
	ucol_setAttribute(o->keys, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
	ucol_setStrength(o->letters, UCOL_PRIMARY);
	o->other = icu_language_is(language, STR("ja")) ? STR("他") : STR("#");
	load_heads(o, locale);
	return o;
}

void order_close(struct order *o)
{
	if (!o)
		return;
	ucol_close(o->keys);
	ucol_close(o->letters);
	arena_release(&o->arena);
	free(o);
}

struct str order_key(struct order *o, struct arena *a, struct str s)
{
	struct arena scratch;
	int32_t length;
	arena_init(&scratch);
	UChar *text = icu_from_utf8(&scratch, s, &length);
	int32_t room = length * 4 + 32;
	uint8_t *key = ARENA_ARRAY(&scratch, uint8_t, (size_t)room);
	int32_t n = ucol_getSortKey(o->keys, text, length, key, room);
	if (n > room) {
		key = ARENA_ARRAY(&scratch, uint8_t, (size_t)n);
		n = ucol_getSortKey(o->keys, text, length, key, n);
	}
	struct str made = arena_str(a, str_n((const char *)key, (size_t)n - 1)); /* without ICU's closing NUL */
	arena_release(&scratch);
	return made;
}

/* The last head of the same script that does not sort behind the text. */
static size_t find_head(const struct order *o, const UChar *text, int32_t length)
{
	UScriptCode script = script_of(text, length);
	size_t found = o->count;
	for (size_t i = 0; i < o->count; i++) {
		const struct head *h = &o->heads[i];
		if (h->script == script && ucol_strcoll(o->letters, h->text, h->length, text, length) != UCOL_GREATER)
			found = i;
	}
	return found;
}

enum { HEADING_BYTES = 32 }; /* the start of the text is enough to compare with a head */

struct str order_heading(struct order *o, struct arena *a, struct str s)
{
	struct arena scratch;
	int32_t length;
	arena_init(&scratch);
	s = str_trim_start(s);
	UChar *text = icu_from_utf8(&scratch, str_n(s.p, s.n < HEADING_BYTES ? s.n : HEADING_BYTES), &length);
	size_t found = find_head(o, text, length);
	arena_release(&scratch);
	return found < o->count ? arena_str(a, o->heads[found].name) : o->other;
}

size_t order_heading_rank(const struct order *o, struct str heading)
{
	size_t i = 0;
	while (i < o->count && !str_eq(o->heads[i].name, heading))
		i++;
	return i;
}
