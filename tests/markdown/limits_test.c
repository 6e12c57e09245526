#include "markdown_case.h"

#include <time.h>

static void repeat(struct buf *out, const char *what, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_put(out, str_c(what));
}

/* Parses what `out` holds, within 2 s (ten times that under sanitizers); releases it. */
static void assert_verdict(struct buf *out, bool accepted, uint32_t line)
{
	struct md_case c;
	struct timespec from, to;
	buf_byte(out, '\0');
	clock_gettime(CLOCK_MONOTONIC, &from);
	case_open(&c, out->p);
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_true(to.tv_sec - from.tv_sec < 20);
	assert_int_equal(c.parsed, accepted);
	if (!accepted) {
		const struct finding *f = diag_at(&c.ds, diag_count(&c.ds) - 1);
		assert_int_equal(f->code, LIMIT_EXCEEDED);
		assert_int_equal(f->loc.line, line);
		assert_int_equal(c.doc.block_count, 0);
	}
	case_close(&c);
	buf_release(out);
}

/* Pasted minutes have no blank lines: a whole record is one paragraph of many lines. */
static void a_record_without_blank_lines_is_read(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, "○議長　ただいまの説明に対する質疑に入ります。\n", 20000);
	assert_verdict(&b, true, 0);
}

static void four_mebibytes_of_text_on_one_line_are_read(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, "公園についてお答えします。", 100000);
	assert_verdict(&b, true, 0);
	repeat(&b, "a<!-- b -->", 380000);
	assert_verdict(&b, true, 0);
	for (size_t i = 0; i < 19000; i++) { /* what stands there cannot be found as it reads */
		repeat(&b, "[x&amp;y](u&amp;v", 1);
		repeat(&b, "x", 200);
		repeat(&b, ") ", 1);
	}
	assert_verdict(&b, true, 0);
}

static void signs_and_lines_end_at_a_million(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, "*_", 490000);
	assert_verdict(&b, true, 0);
	repeat(&b, "*_", 510000);
	assert_verdict(&b, false, 1);
	repeat(&b, "a\n", 1000001);
	assert_verdict(&b, false, 1000001);
}

static void tables_have_at_most_64_columns(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, "|a", 64);
	repeat(&b, "\n", 1);
	repeat(&b, "|-", 64);
	assert_verdict(&b, true, 0);
	repeat(&b, "x\n\n", 1);
	repeat(&b, "|a", 1000);
	repeat(&b, "\n", 1);
	repeat(&b, "|-", 1000);
	repeat(&b, "\n|b", 13000);
	assert_verdict(&b, false, 4);
}

static void tables_may_be_long_but_have_at_most_200000_cells(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, "|a|b|\n|-|-|\n", 1);
	repeat(&b, "|賛成|反対|\n", 10000);
	assert_verdict(&b, true, 0);
	repeat(&b, "|a|b|c|\n|-|-|-|\n", 1);
	repeat(&b, "|b\n", 1000000);
	assert_verdict(&b, false, 62501);
}

static void nesting_ends_at_64(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, ">", 64);
	repeat(&b, "a", 1);
	assert_verdict(&b, true, 0);
	repeat(&b, "> ", 65);
	repeat(&b, "a", 1);
	assert_verdict(&b, false, 1);
	repeat(&b, "- ", 65);
	repeat(&b, "a", 1);
	assert_verdict(&b, false, 1);
	for (size_t i = 0; i < 66; i++) {
		repeat(&b, "  ", i);
		repeat(&b, "- a\n", 1);
	}
	assert_verdict(&b, false, 65);
	repeat(&b, "*a **b ", 50);
	repeat(&b, "c** d*", 50);
	assert_verdict(&b, false, 1);
}

static void brackets_end_at_20000(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, "![[]()", 9900);
	assert_verdict(&b, true, 0);
	repeat(&b, "![[]()", 20000);
	assert_verdict(&b, false, 1);
	for (size_t i = 0; i < 63; i++) {
		repeat(&b, "![[]()", 10900);
		repeat(&b, "\n\n", 1);
	}
	assert_verdict(&b, false, 1);
	repeat(&b, "[^1]", 10000);
	repeat(&b, "\n\n[^1]: a\n", 1);
	assert_verdict(&b, true, 0);
}

static void blank_lines_in_deep_lists_are_bounded(void **state)
{
	(void)state;
	struct buf b = { 0 };
	for (size_t i = 0; i < 64; i++) {
		repeat(&b, "  ", i);
		repeat(&b, "- a\n", 1);
	}
	repeat(&b, "\n", 3000000);
	assert_verdict(&b, false, 7784);
}

static void a_long_address_is_not_copied_for_twenty_thousand_links(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, "[a]: ", 1);
	repeat(&b, "x", 60000);
	repeat(&b, "\n\n", 1);
	repeat(&b, "[a]", 19000);
	assert_verdict(&b, false, 1);
	repeat(&b, "[a]:\n/a\n(", 1);
	repeat(&b, "x\n", 30000);
	repeat(&b, ")\n\n", 1);
	repeat(&b, "[a]", 19000);
	assert_verdict(&b, false, 1);
	repeat(&b, "[a]: /a\n", 1);
	repeat(&b, "x\n", 30000);
	repeat(&b, "[^1]: a (b)\n", 5000);
	repeat(&b, "[a]", 10000);
	assert_verdict(&b, true, 0);
}

static void hostile_paragraphs_are_read_in_time(void **state)
{
	(void)state;
	static const char *const units[] = { "*a ", "**a ", "a**b_c", "*「a", "_a ", "`a``b", "<a ", "<a:", "<",
		"](<a ", "<b>", "<!", "<!A ", "<?", "<![CDATA[", "<a b=\"", "<a b='c\" d=\"", "</a ", "&#1;", "&", "\\",
		"\\a", "|", "|-|\n", "a\n=\n", "~~a ", "*a ~~b ", "`a\n`b", "\\あ:\n", "<!---->", "a  \n", "＃＃\n",
		"- a\n", "1. a\n" };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct buf b = { 0 };
		struct md_case c;
		for (size_t k = 0; k < 4; k++) {
			repeat(&b, units[i], 20000 / strlen(units[i]));
			repeat(&b, "\n\n", 1);
		}
		buf_byte(&b, '\0');
		struct timespec from, to;
		clock_gettime(CLOCK_MONOTONIC, &from);
		case_open(&c, b.p);
		struct buf out = { 0 };
		md_html_page(&c.html, 0, (uint32_t)c.doc.block_count, &out);
		clock_gettime(CLOCK_MONOTONIC, &to);
		assert_true(to.tv_sec - from.tv_sec < 5);
		buf_release(&out);
		case_close(&c);
		buf_release(&b);
	}
}

/* Each `<` might begin a comment. */
static void a_line_full_of_angles_and_arrows_is_refused_at_once(void **state)
{
	(void)state;
	struct buf b = { 0 };
	repeat(&b, "a < b <-- c ", 200000);
	assert_verdict(&b, false, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_without_blank_lines_is_read),
		cmocka_unit_test(four_mebibytes_of_text_on_one_line_are_read),
		cmocka_unit_test(a_line_full_of_angles_and_arrows_is_refused_at_once),
		cmocka_unit_test(signs_and_lines_end_at_a_million),
		cmocka_unit_test(tables_have_at_most_64_columns),
		cmocka_unit_test(tables_may_be_long_but_have_at_most_200000_cells),
		cmocka_unit_test(nesting_ends_at_64),
		cmocka_unit_test(brackets_end_at_20000),
		cmocka_unit_test(blank_lines_in_deep_lists_are_bounded),
		cmocka_unit_test(a_long_address_is_not_copied_for_twenty_thousand_links),
		cmocka_unit_test(hostile_paragraphs_are_read_in_time),
	};
	return CASE_RUN(tests);
}
