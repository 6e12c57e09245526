#include "markdown_case.h"

static void words_read_as_a_link_definition_are_an_error(void **state)
{
	(void)state;
	assert_findings("[岡座長]: 本日は", "text-lost:1:1");
	assert_findings("[`&\u00a0]:\u3000<", "unused-definition:1:1");
	assert_findings("a\n\n[岡座長]: 3.5億円です\n[吉田]: 令和6/7年度", "text-lost:3:1 text-lost:4:1");
	assert_findings("- [岡座長]: 本日は", "text-lost:1:3");
	assert_findings("> [WH]: hello", "text-lost:1:3");
	assert_findings("[岡座長]: 本日は\n\n[岡座長]", "text-lost:1:1");
	assert_findings("[岡座長]:\n本日は", "text-lost:1:1");
	assert_findings("\\[岡座長]: 本日は\n\n文\n[岡座長]: 本日は", "");
	assert_findings("```\n[岡座長]: 本日は\n```\n\n    [a]: b", "");
}

static void an_unused_definition_of_an_address_is_a_warning(void **state)
{
	(void)state;
	assert_findings("[a]: https://a.example/\n[b]: /b\n[c]: files/c.pdf\n[d]: #d\n[e]: <f g>\n[f]: 資料/五.pdf",
		"unused-definition:1:1 unused-definition:2:1 unused-definition:3:1 unused-definition:4:1 "
		"unused-definition:5:1 unused-definition:6:1");
	assert_findings("[a] [x][b]\n\n[a]: https://a.example/ \"t\"\n[b]:\n  /b\\_c\n", "");
	assert_findings("[a]: /a\n[a] 文", "");
}

static void footnotes_that_nobody_cites_are_an_error(void **state)
{
	(void)state;
	assert_findings("文\n\n[^a]: 注\n    続き\n\n    段落\n\n終", "text-lost:3:1");
	assert_findings("文[^a]\n\n[^a]: 注\n\n[^a]: 二度", "text-lost:5:1");
	assert_findings("> 文\n>\n> [^a]: 注", "text-lost:3:3");
	assert_findings("文[^a]\n\n[^a]:\n    注", "");
	assert_html("文[^a]", "<p>文[^a]</p>");
}

static void cells_beyond_the_header_are_an_error(void **state)
{
	(void)state;
	assert_findings("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "text-lost:3:1");
	assert_findings("> a | b\n> --|--\n> 1 | 2 | 3", "text-lost:3:1");
	assert_findings("| a | b |\n|---|---|\n| 1 | 2 |  |\n| 1 \\| 2 | 3 |\n| 1 |\n1|2", "");
}

static void words_behind_a_fence_are_an_error(void **state)
{
	(void)state;
	assert_findings("```js 本日は\n```", "text-lost:1:7");
	assert_findings("```js\n```\n\n```js {1,2} x\n```\n\n~~~ js title=\"a b\"\n~~~", "");
}

static void nothing_else_is_lost(void **state)
{
	(void)state;
	assert_findings(
		"# a\n\n-\n- a\n\n1.\n\n>\n\n> # b\n> - c\n>   > d\n\n***\n\n## e ##\n\n\tf\n\n```\n\n[x]: y\n\n```\n\n"
		"g\\\nh  \ni\n`j\nk`\n[l](m\n\"n\")\n\n~~~\no\n~~~\n",
		"");
}

static void a_fence_that_does_not_end_is_an_error(void **state)
{
	(void)state;
	assert_findings("a\n\n```\nb\n\nc\n", "text-lost:3:1");
	assert_findings("a\n\n````js\nb\n```\n\nc\n\n", "text-lost:3:1");
	assert_findings("a\n\n~~~\nb\n```\n", "text-lost:3:1");
	assert_findings("> a\n>\n> ```\n> b", "text-lost:3:3");
	assert_findings("- ```\n  a\n```\n\nb\n", "text-lost:3:1"); /* this one opens another */
	assert_findings("```\na\n`````\n\n> ~~~\n> b\n> ~~~\n\n- ```\n  c\n  ```  \n\n> ```\n> d\n\ne\n\n```\n\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_read_as_a_link_definition_are_an_error),
		cmocka_unit_test(an_unused_definition_of_an_address_is_a_warning),
		cmocka_unit_test(footnotes_that_nobody_cites_are_an_error),
		cmocka_unit_test(cells_beyond_the_header_are_an_error),
		cmocka_unit_test(words_behind_a_fence_are_an_error),
		cmocka_unit_test(nothing_else_is_lost),
		cmocka_unit_test(a_fence_that_does_not_end_is_an_error),
	};
	return CASE_RUN(tests);
}
