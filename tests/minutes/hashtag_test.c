#include "record.h"

static const char topics[] =
	"budget: {name: 予算, terms: [予算案]}\n"
	"security: {name: {ja: 情報セキュリティ, en: Information security}, terms: [サイバー攻撃, ID]}\n";

static void tags_stand_on_item_speech_statement_and_record(void **state)
{
	struct record *r = *state;
	r->topics = topics;
	r->front = "topics: [security]\n";
	becomes(state,
		"## 一\n#budget\n\n地の文\n\n### 二\n【岡座長】話\n\n## 三\n【岡座長】\n\n- 甲 ＃予算案\n- "
		"乙\n\n【森委員】丙\n\n#予算\n\n- 丁\n",
		"i1 一\n  n1 地の文 {security, budget}\n  i1-1 二\n    s1 岡座長\n      s1-1 話 {security, budget}\n"
		"i2 三\n  s2 岡座長\n    s2-1 甲 {security, budget}\n    s2-2 乙 {security}\n"
		"  s3 森委員\n    s3-1 丙 {security, budget}\n    s3-2 丁 {security, budget}\n");
}

static void terms_in_the_words_are_topics_after_the_tagged_ones_and_once(void **state)
{
	struct record *r = *state;
	r->topics = topics;
	becomes(state,
		"サイバー攻撃と**予算**案とｉｄ、idea #budget\n\n[サイバー攻撃](https://example.org/)\n\n> [!決定] "
		"予算案を可決 #security\n",
		"n1 サイバー攻撃と予算案とｉｄ、idea {budget, security}\nn2 サイバー攻撃 {security}\n"
		"d1 予算案を可決: サイバー攻撃 {security, budget}\n");
}

static void tags_are_not_printed_and_only_those_at_the_end_count(void **state)
{
	struct record *r = *state;
	r->topics = topics;
	becomes(state,
		"#budget が #103 と a#budget に #予算　#budget\n\n会議室は #103\n\n場所は #general?\n\n- 甲 #予算\n  - "
		"乙 #security\n",
		"n1 #budget が #103 と a#budget に {budget}\nn2 会議室は #103\nn3 場所は #general?\nn4 甲 乙 {budget, "
		"security}\n");
}

static void an_unknown_tag_is_found_where_topics_exist_and_is_a_topic_where_not(void **state)
{
	struct record *r = *state;
	r->topics = topics;
	becomes(state, "文 #bugdet\n", "n1 文\nwarning[topic-unknown] 1:4\n");
	assert_string_equal(message(r, 0), "topics.yml has no topic 「bugdet」 | did you mean 「budget」?");
}

static void without_topics_each_hashtag_is_one(void **state)
{
	struct record *r = *state;
	becomes(state, "文 #共通ＩＤ #共通id\n", "n1 文 {共通ＩＤ}\n");
	assert_int_equal(r->meeting->topic_refs[0].registered, NONE);
}

static void an_escaped_tag_and_one_in_code_or_a_link_are_text(void **state)
{
	becomes(state, "文 \\#予算\n\n`#予算`\n\n[#予算](https://example.org/)\n\n**強い**#予算\n",
		"n1 文 #予算\nn2 #予算\nn3 #予算\nn4 強い#予算\n");
}

static void tags_end_a_long_paragraph_too(void **state)
{
	struct record *r = *state;
	struct buf body = { 0 };
	for (int i = 0; i < 1000; i++)
		buf_put(&body, STR("長い段落"));
	buf_put(&body, STR("です。 #予算\n"));
	buf_byte(&body, '\0');
	record_read(r, body.p);
	assert_int_equal(r->meeting->topic_ref_count, 1);
	assert_int_equal(r->meeting->statements[0].characters, 4003);
	buf_release(&body);
}

static void callouts_are_tagged_by_a_line_of_tags_or_at_their_end(void **state)
{
	becomes(state, "> [!decision] 可 #一\n> 言葉 #二\n> #三\n", "d1 可: 言葉 {一, 二, 三}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(tags_stand_on_item_speech_statement_and_record),
		RECORD_TEST(terms_in_the_words_are_topics_after_the_tagged_ones_and_once),
		RECORD_TEST(tags_are_not_printed_and_only_those_at_the_end_count),
		RECORD_TEST(an_unknown_tag_is_found_where_topics_exist_and_is_a_topic_where_not),
		RECORD_TEST(without_topics_each_hashtag_is_one),
		RECORD_TEST(an_escaped_tag_and_one_in_code_or_a_link_are_text),
		RECORD_TEST(tags_end_a_long_paragraph_too),
		RECORD_TEST(callouts_are_tagged_by_a_line_of_tags_or_at_their_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
