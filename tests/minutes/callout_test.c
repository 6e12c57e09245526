#include "record.h"

#include "markdown/html.h"

static void a_decision_has_its_outcome_and_words(void **state)
{
	becomes(state, "【岡座長】諮る。\n\n> [!decision] 了承\n> 原案のとおり。\n>\n> - 附帯\n\nまた話す。\n",
		"s1 岡座長\n  s1-1 諮る。\n  d1 了承: 原案のとおり。 附帯\n  s1-2 また話す。\n");
}

static void a_decision_without_words_has_those_before_it(void **state)
{
	struct record *r = *state;
	becomes(state, "## 一\n開くこととした。\n\n> ［！決定］ 決定\n\n## 二\n> [!DECISION]+ 可\n",
		"i1 一\n  n1 開くこととした。\n  d1 決定: 開くこととした。\ni2 二\n  d2 可\n");
	assert_int_equal(r->meeting->callouts[0].pieces.first, r->meeting->statements[0].pieces.first);
}

static void one_quote_may_hold_several_callouts_and_words_before_them(void **state)
{
	becomes(state,
		"> 前\n> [!vote] 可決\n> 賛成4\n> [!action] 2026-09-30 事務局\n> 直す\n> [!完了] #a1\n> > [!tip] 中\n",
		"n1 前\nv1 可決: 賛成4\na1 2026-09-30 事務局: 直す\ndone #a1\ncallout tip 中\n");
}

static void an_unknown_name_is_found_and_nothing_is_lost(void **state)
{
	struct record *r = *state;
	becomes(state, "> [!desicion] 了承\n> 言葉\n\n> [!xyz]\n> 他\n\n> \\[!note] 文\n",
		"d1 了承: 言葉\ncallout note: 他\nn1 [!note] 文\nerror[callout-unknown] 1:3\nerror[callout-unknown] "
		"4:3\n");
	assert_string_equal(message(r, 0), "no callout is called 「desicion」 | did you mean 「decision」?");
}

/* Nothing of what is withheld may be anywhere in the meeting. */
static void a_closed_part_keeps_only_its_reason(void **state)
{
	struct record *r = *state;
	r->topics = "hi: {name: 秘, terms: [秘密]}\n";
	becomes(state,
		"【岡座長】話す。[^2]\n\n> [!closed] 第７条第２号\n> 秘密は[秘密](秘密.pdf)です。[^1] #秘密\n>\n"
		"> - 秘密\n>\n> | 秘密 |\n> |---|\n> | `秘密` |\n>\n> ```\n> 秘密\n> ```\n> > "
		"秘密\n\n【森委員】次\n\n[^1]: 秘密\n\n[^2]: 公開\n",
		"s1 岡座長\n  s1-1 話す。\n  closed 第７条第２号\ns2 森委員\n  s2-1 次\n");
	const struct meeting *m = r->meeting;
	assert_false(is_told(r, "秘密"));
	assert_int_equal(m->doc.link_count, 1);
	assert_true(m->doc.links[0].withheld);
	assert_int_equal(m->footnote_count, 1);
	assert_int_equal(m->doc.blocks[m->footnotes[0].block].line, r->text.body_line + 20);
	assert_int_equal(m->doc.blocks[m->footnotes[0].block].number, 1);
}

static void a_footnote_defined_inside_is_withheld_with_its_marks(void **state)
{
	struct record *r = *state;
	becomes(state,
		"外の文[^1]と[^2]\n\n> [!closed] 理由\n> 秘密\n>\n> [^1]: 秘密\n\n---\n\n[^2]: 公開[^3]\n\n[^3]: 孫\n",
		"n1 外の文と\nclosed 理由\n");
	const struct meeting *m = r->meeting;
	assert_false(is_told(r, "秘密"));
	assert_int_equal(m->footnote_count, 2);
	size_t marks = 0;
	for (size_t i = 0; i < m->doc.run_count; i++) {
		if (m->doc.runs[i].kind != MD_FOOTNOTE_REF)
			continue;
		assert_int_equal(m->doc.runs[i].link, ++marks);
		assert_true(m->doc.runs[i].first);
	}
	assert_int_equal(marks, 2);
}

static void closing_the_last_item_keeps_footnotes_of_the_others(void **state)
{
	struct record *r = *state;
	becomes(state,
		"## 一\n文[^1]\n\n[^1]: 公開\n【岡座長】話[^2]\n\n[^2]: 公開\n\n## 二 [!closed] "
		"理由\n秘密[^3]\n\n[^3]: 秘密\n【森委員】秘密\n",
		"i1 一\n  n1 文\n  s1 岡座長\n    s1-1 話\ni2 二\n  closed 理由\n");
	assert_int_equal(r->meeting->footnote_count, 2);
	assert_false(is_told(r, "秘密"));
}

static void a_closed_part_needs_a_reason(void **state)
{
	becomes(state, "> [!closed]\n> 秘密\n\n## 項 [!非公開]\n",
		"closed\ni1 項\nerror[closed-reason] 1:3\nerror[closed-reason] 4:6\n");
}

static void what_follows_a_closed_part_without_an_end_is_a_leak(void **state)
{
	struct record *r = *state;
	becomes(state, "> [!closed] 理由\n> 秘密\n\n秘密の続き\n\n- 秘密\n\n> 秘密\n\n【岡座長】公開\n",
		"closed 理由\ns1 岡座長\n  s1-1 公開\nerror[closed-leak] 4:1\n");
	assert_false(is_told(r, "秘密"));
}

static void a_closed_part_ends_at_heading_marker_callout_or_rule(void **state)
{
	becomes(state,
		"> [!closed] 一\n\n> [!note]\n> 注\n\n文\n\n> [!closed] 二\n\n---\n\n文\n\n> [!closed] 三\n\n- "
		"岡座長：話\n\n> [!closed] 四\n## 項\n文\n",
		"closed 一\ncallout note: 注\nn1 文\nclosed 二\nn2 文\nclosed 三\ns1 岡座長\n  s1-1 話\nclosed 四\ni1 "
		"項\n  n3 文\n");
}

static void a_line_that_lost_its_mark_is_a_leak_and_not_published(void **state)
{
	struct record *r = *state;
	becomes(state, "> [!closed] 理由\n> 秘密\n秘密か\n\n【岡座長】次\n",
		"closed 理由\ns1 岡座長\n  s1-1 次\nerror[closed-leak] 3:1\n");
	assert_false(is_told(r, "秘密"));
}

static void a_marker_right_under_a_closed_part_speaks(void **state)
{
	becomes(state, "> [!closed] 理由\n> 秘密\n【岡座長】次\n続き\n", "closed 理由\ns1 岡座長\n  s1-1 次続き\n");
}

static void a_closed_part_inside_a_list_item_or_quote_is_closed_too(void **state)
{
	struct record *r = *state;
	becomes(state, "- 公開\n\n  > [!closed] 理由\n  > 秘密\n\n---\n\n> 引用\n> > [!closed] 理由\n> > 秘密\n",
		"n1 公開\nclosed 理由\nn2 引用\nclosed 理由\n");
	assert_false(is_told(r, "秘密"));
}

static void a_closed_mark_that_closes_nothing_is_a_leak(void **state)
{
	becomes(state, "文 [!closed] 理由\n\n> - [!非公開] 理由\n",
		"n1 \nn2 \nerror[closed-leak] 1:3\nerror[closed-leak] 3:5\n");
}

static void a_mark_of_an_unknown_name_among_words_may_hide_something(void **state)
{
	static const char *const marks[] = { "[!close]", "[!clsoed]", "[!非公表]", "[!秘公開]", "[!hikoukai]", "［！ｃｌｏｓｅ］",
		"[!info]", "[ !closed ]", "(!closed)", "【！非公開】", "[!closed](https://a.example/)", "[!close](https://a.example/)", "[!closed" };
	static const char *const places[] = { "文 %s 秘密\n", "%s 秘密\n", "- 文 %s 秘密\n", "| a |\n|---|\n| 文 %s 秘密 |\n",
		"> 文 %s 秘密\n", "> [!decision] 文 %s 秘密\n", "文[^1]\n\n[^1]: 文 %s 秘密\n", "文 %s <b>秘密</b>\n" };
	struct record *r = *state;
	for (size_t i = 0; i < sizeof marks / sizeof *marks * (sizeof places / sizeof *places); i++) {
		char body[200];
		snprintf(body, sizeof body, places[i / (sizeof marks / sizeof *marks)], marks[i % (sizeof marks / sizeof *marks)]);
		diags_release(&r->diags);
		diags_init(&r->diags, &r->levels);
		record_read(r, body);
		bool told = false;
		for (size_t k = 0; k < diag_count(&r->diags); k++)
			told = told || diag_at(&r->diags, k)->code == CLOSED_LEAK;
		if (!told || is_told(r, "秘密"))
			fail_msg("%s", body);
	}
}

static void what_closes_is_no_speaker(void **state)
{
	struct record *r = *state;
	r->people = NULL;
	r->attendees = "[]";
	becomes(state, "【岡座長】はい。\n\n【非公開】秘密\n", "s1 岡座長\n  s1-1 はい。\ns2 非公開\nerror[closed-leak] 3:2\n");
	diags_release(&r->diags);
	diags_init(&r->diags, &r->levels);
	r->front = "not_speakers: [非公開]\n";
	becomes(state, "【岡座長】はい。\n\n【非公開】の件\n", "s1 岡座長\n  s1-1 はい。\n  s1-2 【非公開】の件\n");
}

static void a_callout_among_words_is_told(void **state)
{
	becomes(state, "[!decision] 了承\n\n- 文 [!desicion] 了承\n", "n1 [!decision] 了承\nn2 文 [!desicion] 了承\n"
		"error[callout-unknown] 1:1\nerror[callout-unknown] 3:5\n");
}

static void what_only_looks_like_a_mark_is_text(void **state)
{
	becomes(state, "`[!close]` と \\[!close] と [!] と [! と [!初めに](https://a.example/)\n\n    [!close]\n\n```\n[!close]\n```\n",
		"n1 [!close] と [!close] と [!] と [! と !初めに [code] [code]\n");
	becomes(state, "![!close](a.png) [![close](b.png)](https://a.example/)\n", "n1 !close close\n");
}

static void callouts_inside_a_closed_part_are_closed_and_those_beside_it_are_not(void **state)
{
	becomes(state, "> [!closed] 理由\n> 文\n>\n> > [!vote] 秘密\n> > - 賛成: 森委員\n>\n> > > [!decision] 秘密\n>\n> - > [!action] 秘密\n",
		"closed 理由\n");
	becomes(state, "> [!closed] 理由\n> 文\n> [!decision] 了承\n", "closed 理由\nd1 了承\n");
	becomes(state, "> > [!closed] 理由\n> > 文\n>\n> > [!decision] 了承\n", "closed 理由\nd1 了承\n");
}

static void what_stands_around_a_mark_that_closes_nothing_goes_from_the_model(void **state)
{
	static const char *const bodies[] = { "> - 文\n>   > [!closed] 理由\n>   > 秘密\n",
		"> - 文\n>   - > [!closed] 理由\n>     > 秘密\n", "> 1. 文\n>    > [!決定] 了承\n>    > [非公開] 秘密\n",
		"> [!decision] 秘密 [!closed] 理由\n> 秘密\n", "| a |\n|---|\n| [!closed] 秘密 |\n" };
	struct record *r = *state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		diags_release(&r->diags);
		diags_init(&r->diags, &r->levels);
		record_read(r, bodies[i]);
		bool told = false;
		for (size_t k = 0; k < diag_count(&r->diags); k++)
			told = told || diag_at(&r->diags, k)->code == CLOSED_LEAK;
		assert_true(told);
		assert_false(is_told(r, "秘密"));
	}
}

static void a_closed_mark_that_became_a_link_definition_is_a_leak_that_nothing_lowers(void **state)
{
	static const char *const marks[] = { "[closed]: 第７条", "[!closed]: 第７条", "[非公開]: 第７条", "[！ＣＬＯＳＥＤ]: x",
		"[closed]:" };
	struct record *r = *state;
	const char *why;
	assert_true(diag_levels_set(&r->levels, STR("all=off"), &why));
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		char body[200];
		diags_release(&r->diags);
		diags_init(&r->diags, &r->levels);
		snprintf(body, sizeof body, "> %s\n> 秘密\n", marks[i]);
		record_read(r, body);
		assert_int_equal(diag_count(&r->diags), 1);
		assert_int_equal(diag_at(&r->diags, 0)->code, CLOSED_LEAK);
	}
}

static void findings_in_a_closed_part_do_not_tell_its_words(void **state)
{
	struct record *r = *state;
	record_read(r, "> [!closed] 理由\n> <u>秘密</u>\n> [秘密]: 秘密\n\n## 項 [!closed] 理由\n<i>秘密</i>[^1]\n\n[^1]: <s>秘密</s>\n");
	assert_true(diag_count(&r->diags) > 2);
	for (size_t i = 0; i < diag_count(&r->diags); i++) {
		assert_true(diag_at(&r->diags, i)->unquoted);
		assert_null(strstr(message(r, i), "秘密"));
		assert_null(strstr(message(r, i), "<"));
	}
}

static void an_almost_closed_part_hides_its_words_all_the_same(void **state)
{
	struct record *r = *state;
	becomes(state, "> [!clsoed] 理由\n> 秘密\n", "closed 理由\nerror[callout-unknown] 1:3\n");
	assert_false(is_told(r, "秘密"));
}

static void a_mistyped_closed_mark_hides_its_line_and_the_rest_of_the_quote(void **state)
{
	static const char *const marks[] = { "[closed] 秘密", "!closed 秘密", "[!closed 秘密", "[!非公開 秘密",
		"[非公開]", "［非公開］秘密", "【非公開】秘密", "（ ！ 非公開）秘密", "〔ｃｌｏｓｅｄ〕",
		"**[Closed]** 秘密", "[!closed: 秘密]", "　【　非公開　】" };
	struct record *r = *state;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		char body[200];
		diags_release(&r->diags);
		diags_init(&r->diags, &r->levels);
		snprintf(body, sizeof body, "【岡座長】話\n\n> 引用\n> %s\n> 秘密\n>\n> - 秘密\n\n---\n\n文\n",
			marks[i]);
		record_read(r, body);
		const char *outline = record_outline(r);
		assert_ptr_equal(
			strstr(outline, "s1 岡座長\n  s1-1 話\n  n1 引用\n  closed\nn2 文\nerror[closed-leak] 4:"),
			outline);
		assert_int_equal(diag_count(&r->diags), 1);
		assert_false(is_told(r, "秘密"));
	}
}

static void words_about_what_is_closed_are_quoted(void **state)
{
	becomes(state, "> 非公開とする。closed\n> 　非公開の件\n\n> \\[closed] a\n\n> \\【非公開】文\n\n> （公開）\n",
		"n1 非公開とする。closed 　非公開の件\nn2 [closed] a\nn3 【非公開】文\nn4 （公開）\n");
}

static void an_unclosed_mark_on_a_heading_is_a_leak(void **state)
{
	becomes(state, "## 人事 [!closed 第７条\n", "i1 人事 [!closed 第７条\nerror[closed-leak] 1:1\n");
}

static void a_closed_item_keeps_its_title_and_reason(void **state)
{
	struct record *r = *state;
	becomes(state,
		"## （１）開会\n文\n## （２）人事 **について** [!closed] 第７条（第２号）\n秘密[^1]\n### "
		"秘密\n【秘密】\n> [!decision] 秘密\n## （３）閉会\n文\n\n[^1]: 秘密\n",
		"i1 （１） 開会\n  n1 文\ni2 （２） 人事 について\n  closed 第７条（第２号）\ni3 （３） 閉会\n  n2 "
		"文\n");
	assert_false(is_told(r, "秘密"));
	struct buf title = { 0 };
	struct md_html html = { .doc = &r->meeting->doc };
	const struct item *item = &r->meeting->items[2];
	md_html_runs(&html, item->title_run, r->meeting->doc.blocks[item->heading].end_run, &title);
	assert_true(str_eq(str_trim(buf_str(&title)), STR("人事 <strong>について</strong>")));
	buf_release(&title);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(a_decision_has_its_outcome_and_words),
		RECORD_TEST(a_decision_without_words_has_those_before_it),
		RECORD_TEST(one_quote_may_hold_several_callouts_and_words_before_them),
		RECORD_TEST(an_unknown_name_is_found_and_nothing_is_lost),
		RECORD_TEST(a_closed_part_keeps_only_its_reason),
		RECORD_TEST(a_footnote_defined_inside_is_withheld_with_its_marks),
		RECORD_TEST(closing_the_last_item_keeps_footnotes_of_the_others),
		RECORD_TEST(a_closed_part_needs_a_reason),
		RECORD_TEST(a_mark_of_an_unknown_name_among_words_may_hide_something),
		RECORD_TEST(what_closes_is_no_speaker),
		RECORD_TEST(a_callout_among_words_is_told),
		RECORD_TEST(what_only_looks_like_a_mark_is_text),
		RECORD_TEST(what_follows_a_closed_part_without_an_end_is_a_leak),
		RECORD_TEST(a_closed_part_ends_at_heading_marker_callout_or_rule),
		RECORD_TEST(a_line_that_lost_its_mark_is_a_leak_and_not_published),
		RECORD_TEST(a_marker_right_under_a_closed_part_speaks),
		RECORD_TEST(a_closed_part_inside_a_list_item_or_quote_is_closed_too),
		RECORD_TEST(a_closed_mark_that_closes_nothing_is_a_leak),
		RECORD_TEST(callouts_inside_a_closed_part_are_closed_and_those_beside_it_are_not),
		RECORD_TEST(what_stands_around_a_mark_that_closes_nothing_goes_from_the_model),
		RECORD_TEST(a_closed_mark_that_became_a_link_definition_is_a_leak_that_nothing_lowers),
		RECORD_TEST(findings_in_a_closed_part_do_not_tell_its_words),
		RECORD_TEST(an_almost_closed_part_hides_its_words_all_the_same),
		RECORD_TEST(a_mistyped_closed_mark_hides_its_line_and_the_rest_of_the_quote),
		RECORD_TEST(words_about_what_is_closed_are_quoted),
		RECORD_TEST(an_unclosed_mark_on_a_heading_is_a_leak),
		RECORD_TEST(a_closed_item_keeps_its_title_and_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
