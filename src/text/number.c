#include "text/number.h"

#include "text/icu.h"
#include "text/message.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unicode/unumberformatter.h>

enum { NUMBER_BYTES = 330 /* the largest double has 309 digits */ };

/* What ICU says of these two is known, and asking for each number takes a while. */
static bool is_written_as_english(struct str language)
{
	return icu_language_is(language, STR("en")) || icu_language_is(language, STR("ja"));
}

/* Puts a comma before every third of the leading digits, counted from their end. */
static void put_grouped(struct buf *out, const char *number)
{
	size_t digits;
	for (; *number && !isdigit((unsigned char)*number); number++)
		buf_byte(out, *number);
	for (digits = strspn(number, "0123456789"); digits > 0; digits--) {
		buf_byte(out, *number++);
		if (digits > 1 && digits % 3 == 1)
			buf_byte(out, ',');
	}
	buf_put(out, str_c(number));
}

/* printf's decimal point is a point: the program never sets LC_NUMERIC. */
static void write_plain(char text[NUMBER_BYTES], double number)
{
	if (number > -1e15 && number < 1e15 && (double)(long)number == number) { /* nearly always, and much quicker */
		snprintf(text, NUMBER_BYTES, "%ld", (long)number);
		return;
	}
	size_t n = (size_t)snprintf(text, NUMBER_BYTES, "%.3f", number);
	if (!strchr(text, '.'))
		return; /* inf, nan */
	while (text[n - 1] == '0')
		n--;
	n -= text[n - 1] == '.';
	text[n] = '\0';
	if (strcmp(text, "-0") == 0)
		strcpy(text, "0");
}

void number_put_plain(struct buf *out, double number)
{
	char text[NUMBER_BYTES];
	write_plain(text, number);
	buf_put(out, str_c(text));
}

/* Appends what ICU's own formatter writes; false when it does not know the language. (Spanish and Polish write 1000,
 * but 10.000: of ICU's two formatters only this one heeds it.) */
static bool put_by_icu(struct buf *out, const char *number, struct str language)
{
	struct arena scratch;
	char locale[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	UChar text[NUMBER_BYTES * 2];
	if (!icu_locale(language, locale))
		return false;
	UNumberFormatter *formatter = unumf_openForSkeletonAndLocale(u".###", -1, locale, &status);
	UFormattedNumber *result = unumf_openResult(&status);
	unumf_formatDecimal(formatter, number, -1, result, &status);
	int32_t n = unumf_resultToString(result, text, NUMBER_BYTES * 2, &status);
	unumf_closeResult(result);
	unumf_close(formatter);
	if (U_FAILURE(status))
		return false;
	arena_init(&scratch);
	buf_put(out, icu_to_utf8(&scratch, text, n));
	arena_release(&scratch);
	return true;
}

static void put_written(struct buf *out, const char *number, struct str language)
{
	if (is_written_as_english(language) || !put_by_icu(out, number, language))
		put_grouped(out, number);
}

void number_put(struct buf *out, double number, struct str language)
{
	char text[NUMBER_BYTES];
	write_plain(text, number);
	put_written(out, text, language);
}

void number_print(struct buf *out, long number, struct str language)
{
	char text[NUMBER_BYTES];
	snprintf(text, sizeof text, "%ld", number);
	put_written(out, text, language);
}
