#include "text/number.h"

#include "text/icu.h"
#include "text/message.h"

#include <string.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

static const struct number_style english = { ",", "-", ".", '0', 3, 3, 1 };

/* Leaves the symbol as it is where ICU's does not fit. */
static void load_symbol(char symbol[8], UNumberFormat *format, UNumberFormatSymbol which)
{
	struct arena scratch;
	UErrorCode status = U_ZERO_ERROR;
	UChar text[8];
	int32_t n = unum_getSymbol(format, which, text, 8, &status);
	if (U_FAILURE(status) || n > 8)
		return;
	arena_init(&scratch);
	struct str s = icu_to_utf8(&scratch, text, n);
	if (s.n < 8) {
		memcpy(symbol, s.p, s.n);
		symbol[s.n] = '\0';
	}
	arena_release(&scratch);
}

static void load_digits(struct number_style *style, UNumberFormat *format)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[8];
	int32_t i = 0, n = unum_getSymbol(format, UNUM_ZERO_DIGIT_SYMBOL, text, 8, &status);
	if (U_SUCCESS(status) && n > 0)
		style->zero = icu_next(text, &i, n);
}

/* Spanish and Polish write 1000, but 10.000 (CLDR's minimumGroupingDigits); of ICU's two formatters
 * only this one heeds it. */
static bool groups_thousand(const char *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar text[32];
	UNumberFormatter *formatter = unumf_openForSkeletonAndLocale(u"", 0, locale, &status);
	UFormattedNumber *result = unumf_openResult(&status);
	unumf_formatInt(formatter, 1000, result, &status);
	int32_t units = unumf_resultToString(result, text, 32, &status);
	bool groups = U_FAILURE(status) || u_countChar32(text, units) > 4;
	unumf_closeResult(result);
	unumf_close(formatter);
	return groups;
}

void number_style_load(struct number_style *style, struct str language)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	*style = english;
	/* Most calls: what ICU says of these two is known, and asking takes 3 µs. */
	if (str_eq(language, STR("en")) || str_eq(language, STR("ja")) || !icu_locale(language, locale))
		return;
	UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
	if (U_SUCCESS(status)) {
		load_symbol(style->group, format, UNUM_GROUPING_SEPARATOR_SYMBOL);
		load_symbol(style->minus, format, UNUM_MINUS_SIGN_SYMBOL);
		load_symbol(style->point, format, UNUM_DECIMAL_SEPARATOR_SYMBOL);
		load_digits(style, format);
		style->last = unum_getAttribute(format, UNUM_GROUPING_USED)
			? unum_getAttribute(format, UNUM_GROUPING_SIZE)
			: 0;
		style->others = unum_getAttribute(format, UNUM_SECONDARY_GROUPING_SIZE);
		style->least = groups_thousand(locale) ? 1 : 2;
		if (style->others <= 0)
			style->others = style->last;
	}
	unum_close(format);
}

static void put_digit(const struct number_style *style, struct buf *out, char digit)
{
	char bytes[4];
	buf_put(out, str_n(bytes, str_encode(style->zero + (uint32_t)(digit - '0'), bytes)));
}

/* Whether a sign of grouping stands before the last `rest` of `n` digits. */
static bool is_group_start(const struct number_style *style, int n, int rest)
{
	if (style->last <= 0 || rest < style->last || rest == n || n < style->last + style->least)
		return false;
	return (rest - style->last) % style->others == 0;
}

static void put_whole(const struct number_style *style, struct buf *out, uint64_t whole)
{
	char digits[20];
	int n = 0;
	do
		digits[n++] = (char)('0' + whole % 10);
	while ((whole /= 10) > 0);
	for (int rest = n; rest > 0; rest--) {
		if (is_group_start(style, n, rest))
			buf_put(out, str_c(style->group));
		put_digit(style, out, digits[rest - 1]);
	}
}

static void put_decimals(const struct number_style *style, struct buf *out, int thousandths)
{
	if (thousandths == 0)
		return;
	buf_put(out, str_c(style->point));
	for (int unit = 100; thousandths > 0; thousandths %= unit, unit /= 10)
		put_digit(style, out, (char)('0' + thousandths / unit));
}

void number_put(const struct number_style *style, struct buf *out, double number)
{
	double size = number < 0 ? -number : number;
	if (!(size < 1e15)) {
		buf_format(out, "%.0f", number);
		return;
	}
	/* in whole thousandths, for printf's decimal point depends on the messages' language */
	uint64_t thousandths = (uint64_t)(size * 1000 + 0.5);
	if (number < 0 && thousandths > 0)
		buf_put(out, str_c(style->minus));
	put_whole(style, out, thousandths / 1000);
	put_decimals(style, out, (int)(thousandths % 1000));
}

void number_put_plain(struct buf *out, double number)
{
	struct number_style plain = english;
	plain.last = 0;
	number_put(&plain, out, number);
}

void number_print(struct buf *out, long number, struct str language)
{
	struct number_style style;
	number_style_load(&style, language);
	if (number < 0)
		buf_put(out, str_c(style.minus));
	put_whole(&style, out, number < 0 ? -(uint64_t)number : (uint64_t)number);
}
