#include "record.h"

static void a_bracket_begins_a_speech_alone_or_with_text_behind_it(void **state)
{
	becomes(state, "【岡座長】\n\n- 一つ\n- 二つ\n\n【森委員】続けて\n　次の段落\n【岡座長】　以上\n",
		"s1 岡座長\n  s1-1 一つ\n  s1-2 二つ\n"
		"s2 森委員\n  s2-1 続けて\n  s2-2 次の段落\n"
		"s3 岡座長\n  s3-1 以上\n");
}

static void a_full_width_space_before_a_marker_is_ignored(void **state)
{
	becomes(state, "　【岡座長】始める\n　【森委員】はい\n", "s1 岡座長\n  s1-1 始める\ns2 森委員\n  s2-1 はい\n");
}

static void bold_labels_speak_with_the_colon_inside_outside_or_among_bold_words(void **state)
{
	becomes(state,
		"**Mayor Lee:** one\n\n**Mayor Lee**: two\n\n**岡座長：**三\n\n**岡座長：四**である\n\n**Link:** no\n",
		"s1 Mayor Lee\n  s1-1 one\ns2 Mayor Lee\n  s2-1 two\ns3 岡座長\n  s3-1 三\ns4 岡座長\n  s4-1 四である\n"
		"  s4-2 Link: no\n");
}

static void a_colon_speaks_only_behind_a_declared_label(void **state)
{
	becomes(state, "WH: yes\n備考：違う\nwaldemar horn： too\nsee WH: no\nWH://x no\n",
		"s1 WH\n  s1-1 yes 備考：違う\ns2 waldemar horn\n  s2-1 too see WH: no WH://x no\n");
}

static void a_list_item_that_begins_with_a_marker_ends_with_itself(void **state)
{
	becomes(state, "- WH: one\n  - nested\n- nobody\n* 【岡座長】二\n",
		"s1 WH\n  s1-1 one\n  s1-2 nested\nn1 nobody\ns2 岡座長\n  s2-1 二\n");
}

static void a_nested_reply_is_not_put_into_the_mouth_of_the_item_around_it(void **state)
{
	becomes(state, "- WH: one\n  - Mayor Lee: reply\n    - more\n  - still WH\n",
		"s1 WH\n  s1-1 one\ns2 Mayor Lee\n  s2-1 reply\n  s2-2 more\ns3 WH\n  s3-1 still WH\n");
}

static void a_marker_pasted_right_under_a_list_begins_a_speech(void **state)
{
	becomes(state, "【岡座長】\n- 一\n  - 細かく\n【森委員】\n- 二\n",
		"s1 岡座長\n  s1-1 一 細かく\ns2 森委員\n  s2-1 二\n");
}

static void a_marker_pasted_under_a_quote_table_or_footnote_begins_a_speech(void **state)
{
	becomes(state,
		"【岡座長】見よ[^1]\n\n> 引用\n【森委員】次\n\n| a |\n|---|\n| b |\n【岡座長】表の後\n\n[^1]: "
		"注\n【森委員】注の後\n",
		"s1 岡座長\n  s1-1 見よ 引用\ns2 森委員\n  s2-1 次 [table]\ns3 岡座長\n  s3-1 表の後\ns4 森委員\n  "
		"s4-1 注の後\n");
}

static void circles_speak_before_a_declared_label_and_a_space(void **state)
{
	becomes(state, "○岡座長　一\n◯森委員 二\n〇岡座長\n三\n◎森委員：四\n◆ 岡座長　五\n●森　委員　六\n",
		"s1 岡座長\n  s1-1 一\ns2 森委員\n  s2-1 二\ns3 岡座長\n  s3-1 三\ns4 森委員\n  s4-1 四\n"
		"s5 岡座長\n  s5-1 五\ns6 森　委員\n  s6-1 六\n");
}

static void an_unlabelled_circle_or_dot_is_a_statement(void **state)
{
	becomes(state, "【岡座長】次のとおり\n・名称を改めた\nこと\n○ 期間を延ばした。\n〇〇市の件。\n",
		"s1 岡座長\n  s1-1 次のとおり\n  s1-2 ・名称を改めたこと\n  s1-3 ○ 期間を延ばした。〇〇市の件。\n");
}

static void a_time_code_is_the_place_in_the_video(void **state)
{
	struct record *r = *state;
	becomes(state, "【岡座長】[01:02:03] 一\n\nWH [12:34]: two\n\n【森委員】［００：０１：００］三\n",
		"s1 岡座長\n  s1-1 一\ns2 WH\n  s2-1 two\ns3 森委員\n  s3-1 三\n");
	assert_int_equal(r->meeting->speeches[0].seconds, 3723);
	assert_int_equal(r->meeting->speeches[1].seconds, 754);
	assert_int_equal(r->meeting->speeches[2].seconds, 60);
}

static void the_name_in_brackets_decides(void **state)
{
	struct record *r = *state;
	r->attendees = "[岡座長, 森委員, 会長]";
	becomes(state,
		"○議長（森一郎君）　一\n【事務局（田中）】二\n\n【副会長（森 一郎 さん）】三\n【会長（森一郎）】四\n",
		"s1 議長（森一郎君）\n  s1-1 一\ns2 事務局（田中）\n  s2-1 二\ns3 副会長（森 一郎 さん）\n  s3-1 三\n"
		"s4 会長（森一郎）\n  s4-1 四\nerror[speaker-ambiguous] 5:2\n");
	const struct meeting *m = r->meeting;
	assert_int_equal(m->voices[m->speeches[0].voices.first].registered, 1);
	assert_int_equal(m->voices[m->speeches[1].voices.first].registered, 2);
	assert_int_equal(m->speeches[3].voices.first, m->speeches[3].voices.end);
}

static void a_joint_speech_stands_with_each_of_its_voices(void **state)
{
	struct record *r = *state;
	becomes(state, "【岡座長、森委員】一\n\nWH/Rémy+Mayor Lee: two\n\n岡座長・誰か：三\n",
		"s1 岡座長、森委員\n  s1-1 一\ns2 WH/Rémy+Mayor Lee\n  s2-1 two\n  s2-2 岡座長・誰か：三\n");
	const struct meeting *m = r->meeting;
	assert_int_equal(m->speeches[0].voices.end - m->speeches[0].voices.first, 2);
	assert_int_equal(m->speeches[1].voices.end - m->speeches[1].voices.first, 3);
	assert_true(str_eq(m->voices[m->speeches[1].voices.first + 1].label, STR("Rémy")));
}

static void an_undeclared_label_is_found_and_asked_about(void **state)
{
	struct record *r = *state;
	becomes(state, "【森委員】はい\n【森井委員】いいえ\n",
		"s1 森委員\n  s1-1 はい\ns2 森井委員\n  s2-1 いいえ\n"
		"error[speaker-undeclared] 2:2\n");
	assert_string_equal(message(r, 0),
		"「森井委員」 is not among the attendees | did you mean 「森委員」 (attendees, line 5)?");
	assert_int_equal(diag_at(&r->diags, 0)->loc.width, 4);
	assert_int_equal(r->meeting->speeches[1].voices.first, r->meeting->speeches[1].voices.end);
}

static void near_misses_and_repeated_names_are_found_and_other_colons_are_prose(void **state)
{
	becomes(state, "Remy: near\n\nAnders: twice\n\nlower: twice\n\nlower: twice\n\nAnders: again\n\nOnce: only\n",
		"s1 Remy\n  s1-1 near\ns2 Anders\n  s2-1 twice\n  s2-2 lower: twice\n  s2-3 lower: twice\n"
		"s3 Anders\n  s3-1 again\n  s3-2 Once: only\n"
		"error[speaker-undeclared] 1:1\nerror[speaker-undeclared] 3:1\n");
}

static void repeated_words_of_lists_are_no_speakers(void **state)
{
	becomes(state, "- **Link:** a\n- **Link:** b\n- Link: c\n", "n1 Link: a\nn2 Link: b\nn3 Link: c\n");
}

static void an_undeclared_circle_is_found_where_a_space_or_name_follows(void **state)
{
	becomes(state,
		"○誰か委員　話す\n○議長（誰か君）\n○予算（案）について\n○これは長い文であって誰の発言でもありません。"
		"\n",
		"s1 誰か委員\n  s1-1 話す\ns2 議長（誰か君）\n  s2-1 ○予算（案）について\n"
		"  s2-2 ○これは長い文であって誰の発言でもありません。\n"
		"error[speaker-undeclared] 1:2\nerror[speaker-undeclared] 2:2\n");
}

static void without_people_a_bracket_declares_itself(void **state)
{
	struct record *r = *state;
	r->people = NULL;
	r->attendees = "[]";
	becomes(state, "【山田】はい\n\n田中：違う\n", "s1 山田\n  s1-1 はい\n  s1-2 田中：違う\n");
	assert_int_equal(r->meeting->voice_count, 1);
	assert_int_equal(r->meeting->voices[0].registered, NONE);
}

static void without_people_a_bracket_spelled_like_an_attendee_is_asked_about(void **state)
{
	struct record *r = *state;
	r->people = NULL;
	becomes(state, "【岡会長】はい\n【客人】いいえ\n",
		"s1 岡会長\n  s1-1 はい\ns2 客人\n  s2-1 いいえ\nerror[speaker-undeclared] 1:2\n");
	assert_string_equal(
		message(r, 0), "「岡会長」 is not among the attendees | did you mean 「岡座長」 (attendees, line 5)?");
	assert_int_equal(r->meeting->voice_count, 1);
}

static void a_circle_without_a_space_behind_the_label_is_found(void **state)
{
	struct record *r = *state;
	becomes(state, "○岡座長　一\n\n- 二\n○森一郎500万円です。\n\n\\○森委員に感謝\n○予算の件\n",
		"s1 岡座長\n  s1-1 一\n  s1-2 二 ○森一郎500万円です。\n  s1-3 ○森委員に感謝\n  s1-4 ○予算の件\n"
		"error[speaker-undeclared] 4:2\n");
	assert_string_equal(message(r, 0),
		"「森一郎」 stands here like a speaker, but begins no speech | "
		"write 「○森一郎　…」, with a space behind the label, or \\ before ○ if nobody speaks here");
}

static void circles_are_bullets_where_nobody_speaks_behind_one(void **state)
{
	becomes(state, "【岡座長】一\n○事務局から説明する。\n", "s1 岡座長\n  s1-1 一\n  s1-2 ○事務局から説明する。\n");
}

static void a_label_whose_bracket_is_not_closed_or_not_the_right_one_is_found(void **state)
{
	struct record *r = *state;
	becomes(state, "【岡座長】一\n\n【事務局\n\n【森委員　二\n\n［事務局］\n\n[事務局]\n\n【事務局］三\n",
		"s1 岡座長\n  s1-1 一\n  s1-2 【事務局\n  s1-3 【森委員　二\n  s1-4 ［事務局］\n  s1-5 [事務局]\n"
		"  s1-6 【事務局］三\nerror[speaker-undeclared] 3:2\nerror[speaker-undeclared] 5:2\n"
		"error[speaker-undeclared] 7:2\nerror[speaker-undeclared] 9:2\nerror[speaker-undeclared] 11:2\n");
	assert_string_equal(message(r, 0),
		"「事務局」 stands here like a speaker, but begins no speech | "
		"write 「【事務局】」, or \\ before the bracket if nobody speaks here");
}

static void other_brackets_are_words(void **state)
{
	becomes(state,
		"【岡座長】一\n\n【予算\n\n【事務局案\n\n［資料］\n\n[事務局] から\n\n> ［事務局］\n\n\\［事務局］\n",
		"s1 岡座長\n  s1-1 一\n  s1-2 【予算\n  s1-3 【事務局案\n  s1-4 ［資料］\n"
		"  s1-5 [事務局] から ［事務局］\n  s1-6 ［事務局］\n");
}

static void a_slip_inside_a_closed_part_is_not_told(void **state)
{
	becomes(state, "## 項 [!closed] 理由\n【事務局\n", "i1 項\n  closed 理由\n");
}

static void two_attendees_of_one_label_are_told_with_their_lines(void **state)
{
	struct record *r = *state;
	r->attendees = "[{label: 田中委員, person: oka},\n {label: 田中委員, person: nobody}, 田中委員]";
	r->people = NULL;
	record_read(r, "【田中委員】はい\n");
	diags_sort(&r->diags);
	assert_string_equal(message(r, diag_count(&r->diags) - 1),
		"「田中委員」 may be 田中委員 (line 5) or 田中委員 (line 6) | "
		"give them different labels or `short`, the words alone do not tell who spoke");
}

static void a_long_bracket_is_no_label(void **state)
{
	becomes(state, "【これはとても長い見出しのような文であり、誰かの名前ではありえないもの】本文\n",
		"n1 【これはとても長い見出しのような文であり、誰かの名前ではありえないもの】本文\n");
}

static void not_speakers_only_look_like_some(void **state)
{
	struct record *r = *state;
	r->front = "not_speakers: [質疑応答, Time]\n";
	becomes(state, "【質疑応答】\n\nTime: 1\n\nTime: 2\n\n【岡座長】はい\n",
		"n1 【質疑応答】\nn2 Time: 1\nn3 Time: 2\ns1 岡座長\n  s1-1 はい\n");
}

static void what_is_escaped_is_text(void **state)
{
	becomes(state, "【岡座長】一\n\\【森委員】二\n\\#予算\n\n\\WH: three\n",
		"s1 岡座長\n  s1-1 一【森委員】二 #予算\n  s1-2 WH: three\n");
}

static void a_marker_inside_a_link_or_code_is_none(void **state)
{
	becomes(state, "[【森委員】](https://example.org/)だ\n\n`【森委員】`\n", "n1 【森委員】だ\nn2 【森委員】\n");
}

static void a_parenthesis_with_a_colon_is_a_note(void **state)
{
	becomes(state, "WH: one\n\n(WH: aside)\n", "s1 WH\n  s1-1 one\n  n1 (WH: aside)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(a_bracket_begins_a_speech_alone_or_with_text_behind_it),
		RECORD_TEST(a_full_width_space_before_a_marker_is_ignored),
		RECORD_TEST(bold_labels_speak_with_the_colon_inside_outside_or_among_bold_words),
		RECORD_TEST(a_colon_speaks_only_behind_a_declared_label),
		RECORD_TEST(a_list_item_that_begins_with_a_marker_ends_with_itself),
		RECORD_TEST(a_nested_reply_is_not_put_into_the_mouth_of_the_item_around_it),
		RECORD_TEST(a_marker_pasted_right_under_a_list_begins_a_speech),
		RECORD_TEST(a_marker_pasted_under_a_quote_table_or_footnote_begins_a_speech),
		RECORD_TEST(circles_speak_before_a_declared_label_and_a_space),
		RECORD_TEST(an_unlabelled_circle_or_dot_is_a_statement),
		RECORD_TEST(a_time_code_is_the_place_in_the_video),
		RECORD_TEST(the_name_in_brackets_decides),
		RECORD_TEST(a_joint_speech_stands_with_each_of_its_voices),
		RECORD_TEST(an_undeclared_label_is_found_and_asked_about),
		RECORD_TEST(near_misses_and_repeated_names_are_found_and_other_colons_are_prose),
		RECORD_TEST(repeated_words_of_lists_are_no_speakers),
		RECORD_TEST(an_undeclared_circle_is_found_where_a_space_or_name_follows),
		RECORD_TEST(without_people_a_bracket_declares_itself),
		RECORD_TEST(without_people_a_bracket_spelled_like_an_attendee_is_asked_about),
		RECORD_TEST(a_circle_without_a_space_behind_the_label_is_found),
		RECORD_TEST(circles_are_bullets_where_nobody_speaks_behind_one),
		RECORD_TEST(a_label_whose_bracket_is_not_closed_or_not_the_right_one_is_found),
		RECORD_TEST(other_brackets_are_words),
		RECORD_TEST(a_slip_inside_a_closed_part_is_not_told),
		RECORD_TEST(two_attendees_of_one_label_are_told_with_their_lines),
		RECORD_TEST(a_long_bracket_is_no_label),
		RECORD_TEST(not_speakers_only_look_like_some),
		RECORD_TEST(what_is_escaped_is_text),
		RECORD_TEST(a_marker_inside_a_link_or_code_is_none),
		RECORD_TEST(a_parenthesis_with_a_colon_is_a_note),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
