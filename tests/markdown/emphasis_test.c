#include "markdown_case.h"

static void emphasis_works_beside_cjk_punctuation(void **state)
{
	(void)state;
	assert_html("**「賛成」**とする", "<p><strong>「賛成」</strong>とする</p>");
	assert_html("とする**「A」**と**（B）**。", "<p>とする<strong>「A」</strong>と<strong>（B）</strong>。</p>");
	assert_html("本件は**重要。**である", "<p>本件は<strong>重要。</strong>である</p>");
	assert_html("本件は***「要」***だ", "<p>本件は<em><strong>「要」</strong></em>だ</p>");
	assert_html("「**「A」**」、**（B）**。", "<p>「<strong>「A」</strong>」、<strong>（B）</strong>。</p>");
	assert_html("| **「甲」**と |\n|---|",
		"<table tabindex=\"0\"><thead><tr><th scope=\"col\"><strong>「甲」</strong>と</th></tr></thead></table>");
}

static void ascii_punctuation_between_japanese_words_counts_too(void **state)
{
	(void)state;
	assert_html("**岡座長:**本日は", "<p><strong>岡座長:</strong>本日は</p>");
	assert_html("本件は**(1)**について", "<p>本件は<strong>(1)</strong>について</p>");
}

static void stars_that_are_footnote_signs_stay(void **state)
{
	(void)state;
	assert_html("注*、出典*", "<p>注*、出典*</p>");
	assert_html("注*「甲」と注*「乙」", "<p>注*「甲」と注*「乙」</p>");
	assert_html("（注）*と、（注）*は", "<p>（注）*と、（注）*は</p>");
}

static void english_follows_commonmark(void **state)
{
	(void)state;
	assert_html("a**\"foo\"**b", "<p>a**\"foo\"**b</p>");
	assert_html("**Mayor:**text", "<p>**Mayor:**text</p>");
}

static void code_keeps_its_stars(void **state)
{
	(void)state;
	assert_html("`と**「A」**と`", "<p><code>と**「A」**と</code></p>");
	assert_html("    と**「A」**と", "<pre tabindex=\"0\"><code>と**「A」**と\n</code></pre>");
	assert_html("[x](と**「A」**と)", "<p><a href=\"と**「A」**と\">x</a></p>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(emphasis_works_beside_cjk_punctuation),
		cmocka_unit_test(ascii_punctuation_between_japanese_words_counts_too),
		cmocka_unit_test(stars_that_are_footnote_signs_stay),
		cmocka_unit_test(english_follows_commonmark),
		cmocka_unit_test(code_keeps_its_stars),
	};
	return CASE_RUN(tests);
}
