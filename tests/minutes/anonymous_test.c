#include "record.h"

static const char *const register_of_roles =
	"oka:\n  name: {ja: 岡 一郎, en: Oka}\n  labels: [岡座長]\n"
	"  roles: [{body: kaigi, role: 座長, from: 2025-04-01}, {role: 教授}]\n"
	"mori: {name: 森, labels: [森委員], roles: [{body: kaigi, role: 前委員, to: 2026-03-31}]}\n"
	"sawa: {name: 沢田, labels: [沢田さん]}\n"
	"jimukyoku: {name: 事務局, kind: organization, labels: [事務局]}\n";

static void read_anonymous(struct record *r, const char *way, const char *body)
{
	static char front[200];
	snprintf(front, sizeof front, "anonymous: %s\n%s", way, r->front);
	r->front = front;
	r->people = register_of_roles;
	record_read(r, body);
}

/* Oka sits there twice, as nobody should. */
static void set_members(struct record *r)
{
	r->levels.of[ATTENDANCE_CONFLICT] = DIAG_OFF;
	r->attendees = "[{group: 構成員, people: [岡座長, 森委員, 沼田委員, {label: 沢田さん, short: 沢}]}, {label: 議長, "
		       "person: oka}, 原田部長, {group: 説明, organizations: [総務省]}]";
}

static void markers_print_the_role_the_group_or_only_that_somebody_speaks(void **state)
{
	struct record *r = *state;
	set_members(r);
	read_anonymous(r, "true",
		"【岡座長】一\n【森委員】二\n【沼田委員】三\n【原田部長】四\n【議長】五\n【総務省】六\n【説明員】七\n沢：八\n");
	assert_string_equal(record_outline(r),
		"s1 座長\n  s1-1 一\ns2 構成員\n  s2-1 二\ns3 構成員\n  s3-1 三\ns4 発言者\n  s4-1 四\ns5 座長\n  s5-1 五\n"
		"s6 総務省\n  s6-1 六\ns7 説明員\n  s7-1 七\ns8 構成員\n  s8-1 八\n");
}

static void the_role_before_a_bracketed_name_is_printed_and_the_name_is_not(void **state)
{
	struct record *r = *state;
	set_members(r);
	read_anonymous(r, "true",
		"○議長（岡座長）　一\n○総務課長（沼田委員）　二\n【事務局（田中）】三\n【説明員（田中）】四\n【総務省（田中課長）】五\n"
		"【沼田委員（総務課長）】六\n【沼田課長（沼田委員）】七\n");
	assert_string_equal(record_outline(r),
		"s1 議長\n  s1-1 一\ns2 総務課長\n  s2-1 二\ns3 事務局\n  s3-1 三\ns4 説明員\n  s4-1 四\ns5 総務省\n  s5-1 五\n"
		"s6 構成員\n  s6-1 六\ns7 構成員\n  s7-1 七\n");
}

static void letters_tell_apart_who_would_print_alike_in_the_order_in_which_they_speak(void **state)
{
	struct record *r = *state;
	set_members(r);
	read_anonymous(r, "letters",
		"【沼田委員】一\n【岡座長】二\n【沢田さん】三\n沢：四\n【沼田委員】五\n【事務局】六\n【沢田さん・沼田委員】七\n【森委員】八\n");
	assert_string_equal(record_outline(r),
		"s1 構成員Ａ\n  s1-1 一\ns2 座長\n  s2-1 二\ns3 構成員Ｂ\n  s3-1 三\ns4 構成員Ｂ\n  s4-1 四\ns5 構成員Ａ\n  s5-1 "
		"五\ns6 事務局\n  s6-1 六\ns7 構成員Ｂ、構成員Ａ\n  s7-1 七\ns8 構成員Ｃ\n  s8-1 八\n");
}

static void after_the_last_letter_come_two(void **state)
{
	struct record *r = *state;
	struct buf people = { 0 }, body = { 0 };
	buf_put(&people, STR("[{group: Member, people: ["));
	for (int i = 0; i < 28; i++) {
		buf_format(&people, "Qx%c%c, ", 'a' + i / 26, 'a' + i % 26);
		buf_format(&body, "Qx%c%c: Yes.\n\n", 'a' + i / 26, 'a' + i % 26);
	}
	buf_put(&people, STR("]}]"));
	buf_byte(&people, '\0');
	buf_byte(&body, '\0');
	r->attendees = people.p;
	read_anonymous(r, "letters", body.p);
	assert_true(str_eq(r->meeting->speeches[0].label, STR("Member A")));
	assert_true(str_eq(r->meeting->speeches[25].label, STR("Member Z")));
	assert_true(str_eq(r->meeting->speeches[26].label, STR("Member AA")));
	assert_true(str_eq(r->meeting->speeches[27].label, STR("Member AB")));
	buf_release(&people);
	buf_release(&body);
}

static void nothing_in_the_model_tells_who_spoke(void **state)
{
	struct record *r = *state;
	set_members(r);
	read_anonymous(r, "true", "【岡座長】[00:01:02] 一\n- 【森委員】二\n  - 三\n    - 【沼田委員】四\n  - 五\n");
	const struct meeting *m = r->meeting;
	assert_int_equal(diag_count(&r->diags), 0);
	for (size_t i = 0; i < m->voice_count; i++) {
		assert_int_equal(m->voices[i].registered, NONE);
		assert_int_equal(m->voices[i].attendee, NONE);
	}
	for (size_t i = 0; i < m->speech_count; i++) {
		assert_true(str_eq(m->speeches[i].label, i == 0 ? STR("座長") : STR("構成員")));
		assert_int_equal(m->speeches[i].seconds, -1);
	}
	assert_int_equal(m->present[0].registered, 0);
}

static void whoever_is_not_known_is_an_error_that_nothing_lowers(void **state)
{
	struct record *r = *state;
	const char *why;
	set_members(r);
	assert_true(diag_levels_set(&r->levels, STR("all=off"), &why));
	read_anonymous(r, "true", "【黒木課長】一\n【部長】二\n【総務課長（黒木）】三\n");
	assert_string_equal(record_outline(r),
		"s1 \n  s1-1 一\ns2 \n  s2-1 二\ns3 \n  s3-1 三\nerror[anonymous-role] 1:2\nerror[anonymous-role] "
		"2:2\nerror[anonymous-role] 3:2\n");
}

static void without_a_register_a_label_that_declares_itself_has_no_role(void **state)
{
	struct record *r = *state;
	r->attendees = "[]";
	r->front = "anonymous: true\n";
	r->people = NULL;
	record_read(r, "【黒木課長】一\n【部長】二\n【部長（黒木）】三\n【黒木（部長）】四\n");
	assert_string_equal(record_outline(r),
		"s1 \n  s1-1 一\ns2 部長\n  s2-1 二\ns3 部長\n  s3-1 三\ns4 部長\n  s4-1 四\nerror[anonymous-role] 1:2\n");
}

static void an_attendee_named_in_the_words_is_an_error_wherever_it_stands(void **state)
{
	static const char *const words[] = { "沼田委員の意見", "沼田さんの意見", "岡さんの意見", "岡一郎の意見", "岡　一郎の意見",
		"座長の岡委員", "**沼**田氏", "| 沼田 |\n|---|\n| 1 |", "> [!decision] 沼田委員が担当", "    沼田",
		"注[^1]\n\n[^1]: 沼田委員", "## 沼田委員の報告", "[資料](https://example.jp/沼田)", "![沼田委員](a.png)",
		"> [!vote] 沼田委員の動議を可決\n> - 賛成：3", "> [!vote] 可決\n> 沼田のほかは賛成", "（沼田委員退席）", "Mr Oka said", "ﾇﾏﾀとＳＡＷＡ、沢田氏" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct record *r;
		record_setup((void **)&r);
		set_members(r);
		read_anonymous(r, "true", words[i]);
		bool told = false;
		for (size_t k = 0; k < diag_count(&r->diags); k++)
			told = told || (diag_at(&r->diags, k)->code == ANONYMOUS_NAME && diag_at(&r->diags, k)->level == DIAG_ERROR);
		if (!told)
			fail_msg("not found: %s", words[i]);
		record_teardown((void **)&r);
	}
	(void)state;
}

static void words_that_only_look_like_a_name_can_be_excepted(void **state)
{
	struct record *r = *state;
	set_members(r);
	r->front = "not_speakers: [沼田市]\ndocuments: [{label: 沼田委員提出資料}]\n";
	read_anonymous(r, "true", "岡山県と静岡県、沼田市の施策、沼田委員提出資料のとおり。\n\noka, will\n");
	assert_string_equal(record_outline(r), "n1 岡山県と静岡県、沼田市の施策、沼田委員提出資料のとおり。\nn2 oka, will\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(markers_print_the_role_the_group_or_only_that_somebody_speaks),
		RECORD_TEST(the_role_before_a_bracketed_name_is_printed_and_the_name_is_not),
		RECORD_TEST(letters_tell_apart_who_would_print_alike_in_the_order_in_which_they_speak),
		RECORD_TEST(after_the_last_letter_come_two),
		RECORD_TEST(nothing_in_the_model_tells_who_spoke),
		RECORD_TEST(whoever_is_not_known_is_an_error_that_nothing_lowers),
		RECORD_TEST(without_a_register_a_label_that_declares_itself_has_no_role),
		RECORD_TEST(an_attendee_named_in_the_words_is_an_error_wherever_it_stands),
		RECORD_TEST(words_that_only_look_like_a_name_can_be_excepted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
