#include "record.h"

static void headings_are_items_by_nesting_and_their_numbers_are_cut_off(void **state)
{
	becomes(state,
		"# 第 1 回会議\n\n## （１）予算\n\n#### 深い\n\n### 歳出\n\n## ① 質疑\n## 日程第３　報告\n## Item 4: "
		"More\n## 1.5倍\n"
		"## １．開会\n## 2) two\n## (3) three\n## 第１回の報告\n## １　開式\n## （一）細目\n## （２）\n",
		"i1 （１） 予算\n  i1-1 深い\n  i1-2 歳出\ni2 ① 質疑\ni3 日程第３ 報告\ni4 Item 4: More\ni5 1.5倍\n"
		"i6 １． 開会\ni7 2) two\ni8 (3) three\ni9 第１回の報告\ni10 １ 開式\ni11 （一） 細目\ni12 （２）\n");
}

static void a_year_is_no_number_of_an_item(void **state)
{
	becomes(state, "## １ 開会\n## ２０２５ 年度予算\n## ２０２６　予算\n", "i1 １ 開会\ni2 ２０２５ 年度予算\ni3 ２０２６　予算\n");
	const struct record *r = *state;
	assert_true(str_eq(r->meeting->items[1].number, STR("１")));
	assert_true(str_empty(r->meeting->items[2].number));
	assert_true(str_empty(r->meeting->items[3].number));
}

static void a_heading_ends_a_speech_and_knows_its_agenda_part(void **state)
{
	struct record *r = *state;
	r->front = "agenda:\n  - {title: 予算について, items: [歳入]}\n  - その他\n";
	becomes(state, "## （１）予算について\n【岡座長】一\n### 歳 入\n二\n## 冒頭\n## （２）その地\n",
		"i1 （１） 予算について\n  s1 岡座長\n    s1-1 一\n  i1-1 歳 入\n    n1 二\ni2 冒頭\ni3 （２） その地\n"
		"warning[agenda-mismatch] 6:1\n");
	assert_int_equal(r->meeting->items[1].agenda, 0);
	assert_int_equal(r->meeting->items[2].agenda, 1);
	assert_int_equal(r->meeting->items[3].agenda, NONE);
	assert_int_equal(r->meeting->items[2].parent, 1);
}

static void a_number_is_not_printed_with_the_title(void **state)
{
	struct record *r = *state;
	record_read(r, "## **（１）予算**の件\n");
	const struct item *item = &r->meeting->items[1];
	struct buf title = { 0 };
	md_plain_runs(&r->meeting->doc, item->title_run, r->meeting->doc.blocks[item->heading].end_run, &title);
	assert_true(str_eq(buf_str(&title), STR("予算の件")));
	assert_true(str_eq(item->title, STR("予算の件")));
	buf_release(&title);
}

static void notes_stand_between_the_words_of_a_speech(void **state)
{
	becomes(state,
		"【岡座長】始める\n（拍手）\n終わる\n\n〔12番登壇〕\n\n- （笑い声）\n- "
		"言葉（注）\n\n【森委員】（挙手）\n\n（二行に\nわたる注）\n",
		"s1 岡座長\n  s1-1 始める\n  n1 （拍手）\n  s1-2 終わる\n  n2 〔12番登壇〕\n  n3 （笑い声）\n  s1-3 "
		"言葉（注）\n"
		"s2 森委員\n  n4 （挙手）\n  n5 （二行にわたる注）\n");
}

static void a_rule_ends_a_speech(void **state)
{
	becomes(state, "【岡座長】休む。\n---\n再開した。\n\n***\n\n続く。\n",
		"s1 岡座長\n  s1-1 休む。\nn1 再開した。\nn2 続く。\n");
}

static void quotes_tables_code_and_images_belong_to_the_statement_before(void **state)
{
	becomes(state,
		"【岡座長】一\n\n> 引用\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    code\n\n![図](a.png)\n\n> "
		"（注記）\n\n> 前のない引用\n",
		"s1 岡座長\n  s1-1 一 引用 [table] [code] 図\n  n1 （注記）\n  s1-2 前のない引用\n");
}

static void outside_speeches_a_quote_is_a_note_and_a_table_stands_for_itself(void **state)
{
	becomes(state, "| a |\n|---|\n| 1 |\n\n> 注\n\n## 項\n\n```\ncode\n```\n",
		"n1 [table]\nn2 注\ni1 項\n  n3 [code]\n");
	struct record *r = *state;
	assert_int_equal(r->meeting->statements[0].kind, NARRATIVE);
	assert_int_equal(r->meeting->statements[1].kind, NOTE);
}

static void flow_ranges_fit_together(void **state)
{
	struct record *r = *state;
	const struct meeting *m = record_read(r, "前文\n## 一\n【岡座長】a\n\nb\n\n【森委員】c\n\n---\n\n地\n## 二\n");
	assert_int_equal(m->flow_count, 7);
	assert_int_equal(m->items[0].flow_end, 1);
	assert_int_equal(m->items[1].flow, 1);
	assert_int_equal(m->items[1].flow_end, 7);
	assert_int_equal(m->items[2].flow, 7);
	assert_int_equal(m->speeches[0].flow, 2);
	assert_int_equal(m->speeches[0].flow_end, 4);
	assert_int_equal(m->speeches[1].flow_end, 6);
	assert_int_equal(m->flow[4].kind, FLOW_SPEECH);
	assert_int_equal(m->statements[m->flow[6].index].speech, NONE);
	assert_int_equal(m->statements[0].characters, 2);
	assert_int_equal(m->speeches[1].line, r->text.body_line + 6);
}

static void a_whole_list_item_is_one_piece_with_what_is_nested_in_it(void **state)
{
	struct record *r = *state;
	const struct meeting *m = record_read(r, "【岡座長】\n1. 一\n   - 細\n\n   第二段\n2. 二\n");
	assert_int_equal(m->statement_count, 2);
	assert_true(m->statements[0].listed);
	assert_int_equal(m->doc.blocks[m->pieces[0].block].kind, MD_ITEM);
	struct buf words = { 0 };
	meeting_words(m, m->statements[0].pieces, &words);
	assert_true(str_eq(buf_str(&words), STR("一\n細\n第二段")));
	buf_release(&words);
}

static void hard_breaks_are_lines_too(void **state)
{
	becomes(state, "【岡座長】一  \n【森委員】二\\\n【岡座長】三\n",
		"s1 岡座長\n  s1-1 一\ns2 森委員\n  s2-1 二\ns3 岡座長\n  s3-1 三\n");
}

static void an_empty_record_has_one_item(void **state)
{
	struct record *r = *state;
	const struct meeting *m = record_read(r, "");
	assert_int_equal(m->item_count, 1);
	assert_int_equal(m->flow_count, 0);
	assert_int_equal(m->items[0].flow_end, 0);
}

static void nothing_of_a_closed_part_in_a_list_item_is_spoken(void **state)
{
	static const char *const bodies[] = { "- 文\n  > [!closed] 理由\n  > 【森委員】秘密\n",
		"- 文\n  - > [!closed] 理由\n    > 秘密\n    > 【森委員】秘密\n",
		"- 文\n\n  > [!closed] 理由\n  > - 秘密\n  >   【森委員】秘密\n",
		"- 文\n  > [!closed] 理由\n  > 秘密\n<!-- 注 -->  > 【森委員】秘密\n" };
	struct record *r = *state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		const struct meeting *m = record_read(r, bodies[i]);
		assert_non_null(strstr(record_outline(r), "closed 理由\n"));
		assert_int_equal(m->speech_count, 0);
		for (size_t k = 0; k < m->doc.run_count; k++)
			assert_int_equal(str_find(m->doc.runs[k].text, STR("秘密"), 0), SIZE_MAX);
	}
}

static void a_marker_pasted_under_a_closed_part_in_a_list_item_speaks_on_behind_the_list(void **state)
{
	becomes(state, "- 文\n  > [!closed] 理由\n  > 秘密\n【森委員】次\n\n続き\n",
		"n1 文\nclosed 理由\ns1 森委員\n  s1-1 次\n  s1-2 続き\n");
}

static void a_quotation_in_a_list_item_or_footnote_is_no_speech(void **state)
{
	becomes(state,
		"- 岡座長：次のとおり[^1]\n  > 意見\n  > 森委員：反対だ\n- 文\n  > 意見\n  > 森委員：反対だ\n\n"
		"[^1]: 注\n    > 意見\n    > 森委員：反対だ\n",
		"s1 岡座長\n  s1-1 次のとおり 意見森委員：反対だ\nn1 文 意見森委員：反対だ\n");
}

static void a_pasted_marker_may_stand_behind_a_full_width_space(void **state)
{
	becomes(state,
		"- 一[^1]\n　【森委員】二\n　三\n\n> 引用\n　【岡座長】四\n\n| a |\n|---|\n| b |\n　【森委員】五\n\n"
		"[^1]: 注\n　【岡座長】六\n",
		"n1 一\ns1 森委員\n  s1-1 二\n  s1-2 三 引用\ns2 岡座長\n  s2-1 四 [table]\ns3 森委員\n  s3-1 五\n"
		"s4 岡座長\n  s4-1 六\n");
}

static void behind_a_nested_reply_the_last_speaker_of_the_item_goes_on(void **state)
{
	becomes(state, "- WH: a\n  Mayor Lee: b\n  - Rémy: c\n  - d\n\n  ---\n\n  e\n",
		"s1 WH\n  s1-1 a\ns2 Mayor Lee\n  s2-1 b\ns3 Rémy\n  s3-1 c\ns4 Mayor Lee\n  s4-1 d\nn1 e\n");
}

static void a_speech_keeps_its_topics_behind_a_nested_reply(void **state)
{
	becomes(state, "- WH: a\n  #whole\n  - Rémy: b\n    #reply\n  - #late\n  - c\n",
		"s1 WH\n  s1-1 a {whole, late}\ns2 Rémy\n  s2-1 b {reply}\ns3 WH\n  s3-1 c {whole, late}\n");
	struct record *r = *state;
	assert_int_equal(r->meeting->speeches[2].topics.end - r->meeting->speeches[2].topics.first, 2);
}

static void a_withheld_record_has_no_topics(void **state)
{
	struct record *r = *state;
	r->front = "closed: 理由\ntopics: [人事]\n";
	const struct meeting *m = record_read(r, "文\n");
	assert_true(m->withheld);
	assert_int_equal(m->topic_ref_count, 0);
}

static void words_pasted_under_a_footnote_of_a_closed_part_are_a_leak(void **state)
{
	becomes(state, "> [!closed] 理由\n> 秘密[^1]\n> [^1]: 注\n> 注の続き\n次の文\n",
		"closed 理由\nerror[closed-leak] 5:1\n");
}

static void a_marker_pasted_under_a_footnote_of_a_closed_part_speaks(void **state)
{
	becomes(state, "> [!closed] 理由\n> 秘密[^1]\n> [^1]: 注\n> 【森委員】秘密\n【森委員】次\n",
		"closed 理由\ns1 森委員\n  s1-1 次\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(headings_are_items_by_nesting_and_their_numbers_are_cut_off),
		RECORD_TEST(a_heading_ends_a_speech_and_knows_its_agenda_part),
		RECORD_TEST(a_year_is_no_number_of_an_item),
		RECORD_TEST(a_number_is_not_printed_with_the_title),
		RECORD_TEST(notes_stand_between_the_words_of_a_speech),
		RECORD_TEST(a_rule_ends_a_speech),
		RECORD_TEST(quotes_tables_code_and_images_belong_to_the_statement_before),
		RECORD_TEST(outside_speeches_a_quote_is_a_note_and_a_table_stands_for_itself),
		RECORD_TEST(flow_ranges_fit_together),
		RECORD_TEST(a_whole_list_item_is_one_piece_with_what_is_nested_in_it),
		RECORD_TEST(hard_breaks_are_lines_too),
		RECORD_TEST(an_empty_record_has_one_item),
		RECORD_TEST(nothing_of_a_closed_part_in_a_list_item_is_spoken),
		RECORD_TEST(a_marker_pasted_under_a_closed_part_in_a_list_item_speaks_on_behind_the_list),
		RECORD_TEST(a_quotation_in_a_list_item_or_footnote_is_no_speech),
		RECORD_TEST(a_pasted_marker_may_stand_behind_a_full_width_space),
		RECORD_TEST(behind_a_nested_reply_the_last_speaker_of_the_item_goes_on),
		RECORD_TEST(a_speech_keeps_its_topics_behind_a_nested_reply),
		RECORD_TEST(a_withheld_record_has_no_topics),
		RECORD_TEST(words_pasted_under_a_footnote_of_a_closed_part_are_a_leak),
		RECORD_TEST(a_marker_pasted_under_a_footnote_of_a_closed_part_speaks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
