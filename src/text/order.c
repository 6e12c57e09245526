#include "text/order.h"

#include "base/buf.h"
#include "text/icu.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ulocdata.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>

struct head {
	struct str name; /* あ, or a pair of letters such as LJ */
	struct str key;  /* by the letters' collator */
	UScriptCode script;
};

struct order {
	UCollator *keys;    /* sorts */
	UCollator *letters; /* compares letters only: accents, width, case, kana size and voice ignored */
	struct arena arena;
	struct head *heads; /* in the language's order, Latin ones last where the language has its own script */
	size_t count;
	struct str other;
};

/* ICU sorts a language that it does not know by its root order without a word; a language that the root order
 * serves, as it does English and Basque, it knows for other purposes. */
static bool is_known(const char *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	char language[ULOC_LANG_CAPACITY];
	uloc_getLanguage(locale, language, sizeof language, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < uloc_countAvailable(); i++)
		if (strcmp(uloc_getAvailable(i), language) == 0)
			return true;
	return false;
}

static struct str key_of(const UCollator *collator, struct arena *a, struct str s)
{
	struct arena scratch;
	int32_t length;
	arena_init(&scratch);
	UChar *text = icu_from_utf8(&scratch, s, &length);
	int32_t n = ucol_getSortKey(collator, text, length, NULL, 0);
	char *key = arena_alloc(&scratch, (size_t)n);
	ucol_getSortKey(collator, text, length, (uint8_t *)key, n);
	struct str made = arena_str(a, str_n(key, (size_t)n - 1)); /* without ICU's closing NUL */
	arena_release(&scratch);
	return made;
}

static UScriptCode script_of(struct str s)
{
	UErrorCode status = U_ZERO_ERROR;
	size_t length;
	UScriptCode script = uscript_getScript((UChar32)str_point(s, 0, &length), &status);
	return script == USCRIPT_KATAKANA ? USCRIPT_HIRAGANA : script;
}

static void add_head(struct order *o, struct buf *heads, struct str name)
{
	name = arena_str(&o->arena, name);
	*VEC_ADD(heads, struct head) = (struct head){ name, key_of(o->letters, &o->arena, name), script_of(name) };
}

static void add_range(struct order *o, struct buf *heads, UChar32 from, UChar32 to)
{
	char name[4];
	for (UChar32 c = from; c <= to; c++)
		add_head(o, heads, str_n(name, str_encode((uint32_t)c, name)));
}

static int compare_heads(const void *a, const void *b)
{
	const struct head *x = a, *y = b;
	if ((x->script == USCRIPT_LATIN) != (y->script == USCRIPT_LATIN))
		return x->script == USCRIPT_LATIN ? 1 : -1;
	return str_cmp(x->key, y->key);
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
		else if (U_SUCCESS(status))
			add_head(o, &heads, icu_to_utf8(&o->arena, text, length));
	}
	uset_close(set);
	ulocdata_close(data);
	for (size_t i = 0; i < VEC_COUNT(&heads, struct head); i++)
		has_latin = has_latin || VEC_AT(&heads, struct head)[i].script == USCRIPT_LATIN;
	if (!has_latin)
		add_range(o, &heads, 'A', 'Z');
	o->count = VEC_COUNT(&heads, struct head);
	o->heads = buf_settle(&heads, &o->arena);
	qsort(o->heads, o->count, sizeof *o->heads, compare_heads);
}

struct order *order_open(struct str language)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	if (str_empty(language) || !icu_locale(language, locale) || !is_known(locale))
		return NULL;
	struct order *o = mem_alloc(sizeof *o);
	o->keys = ucol_open(locale, &status);
	o->letters = ucol_open(locale, &status);
	if (U_FAILURE(status)) {
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
	return key_of(o->keys, a, s);
}

enum { HEADING_BYTES = 32 }; /* the start of the text is enough to compare with a head */

/* The last head of the same script that does not sort behind the text. */
struct str order_heading(struct order *o, struct arena *a, struct str s)
{
	struct arena scratch;
	struct str heading = o->other;
	arena_init(&scratch);
	s = str_trim_start(s);
	s.n = s.n < HEADING_BYTES ? s.n : HEADING_BYTES;
	struct str key = key_of(o->letters, &scratch, s);
	UScriptCode script = script_of(s);
	for (size_t i = 0; i < o->count; i++)
		if (o->heads[i].script == script && str_cmp(o->heads[i].key, key) <= 0)
			heading = o->heads[i].name;
	arena_release(&scratch);
	return arena_str(a, heading);
}

size_t order_heading_rank(const struct order *o, struct str heading)
{
	size_t i = 0;
	while (i < o->count && !str_eq(o->heads[i].name, heading))
		i++;
	return i;
}
