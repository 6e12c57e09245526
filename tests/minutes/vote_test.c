#include "record.h"

/* Each line of the votes: name=count[names]words. */
static const char *lines_of(struct record *r)
{
	const struct meeting *m = r->meeting;
	buf_clear(&r->out);
	for (size_t i = 0; i < m->vote_line_count; i++) {
		const struct vote_line *l = &m->vote_lines[i];
		buf_format(&r->out, "%d %.*s=%ld", (int)l->key, STR_ARG(l->name), l->count);
		for (uint32_t n = l->named.first; n < l->named.end; n++)
			buf_format(&r->out, "%s%.*s:%d", n == l->named.first ? "[" : ",", STR_ARG(m->named[n].label),
				m->named[n].registered == NONE ? -1 : (int)m->named[n].registered);
		buf_format(&r->out, "%s%.*s\n", l->named.first < l->named.end ? "] " : " ", STR_ARG(l->words));
	}
	buf_byte(&r->out, '\0');
	return r->out.p;
}

static void votes(void **state, const char *body, const char *expected)
{
	struct record *r = *state;
	assert_non_null(record_read(r, body));
	assert_string_equal(lines_of(r), expected);
	for (size_t i = 0; i < diag_count(&r->diags); i++)
		print_message("%s\n", message(r, i));
	assert_int_equal(diag_count(&r->diags), 0);
}

static void a_list_names_sides_by_names_counts_and_words(void **state)
{
	votes(state,
		"> [!vote] 可決\n> - 議案：[議案第１号](https://a.example/)\n> - 方法：起立\n> - 賛成者：岡座長、森委員\n> - 反対: 0\n"
		"> - 棄権　なし\n> - **欠席**：Mayor Lee\n",
		"1 議案=-1 議案第１号\n2 方法=-1 起立\n5 賛成者=-1[岡座長:0,森委員:1] 岡座長、森委員\n6 反対=0 0\n"
		"0 =-1 棄権　なし\n8 欠席=-1[Mayor Lee:-1] Mayor Lee\n");
}

static void lines_may_be_in_another_language_and_several_on_one(void **state)
{
	votes(state, "> [!vote] Carried\n> Moved by: WH\n> Ayes: 1; Noes: 1\n> For 1 vote\n> 賛成１、反対１\n",
		"3 Moved by=-1[WH:-1] WH\n5 Ayes=1 1\n6 Noes=1 1\n5 For=1 1 vote\n5 賛成=1 １\n6 反対=1 １\n");
}

static void a_count_may_stand_beside_its_names(void **state)
{
	votes(state, "> [!vote] 可決\n> 賛成：2人（岡座長・森委員）\n> 反対：Mayor Lee and Rémy（2名）\n> 棄権：WH（利害関係者のため）\n",
		"5 賛成=2[岡座長:0,森委員:1] 2人（岡座長・森委員）\n6 反対=2[Mayor Lee:-1,Rémy:-1] Mayor Lee and Rémy（2名）\n7 棄権=-1[WH:-1] WH（利害関係者のため）\n");
}

static void a_list_in_an_item_goes_on_about_it(void **state)
{
	votes(state, "> [!vote] 可決\n> - 賛成：2\n>   - 岡座長\n>   - 森委員\n> - 反対：\n>   - Rémy\n",
		"5 賛成=2 2\n5 賛成=-1[岡座長:0] 岡座長\n5 賛成=-1[森委員:1] 森委員\n6 反対=-1 \n6 反対=-1[Rémy:-1] Rémy\n");
}

static void tables_are_read_in_three_forms(void **state)
{
	struct record *r = *state;
	votes(state,
		"> [!vote] 可決\n> | 区分 | 数 | 氏名 |\n> |---|---|---|\n> | 賛成 | 2 | 岡座長、森委員 |\n> | 反対 | 0 | |\n\n"
		"> [!vote] 否決\n> | 氏名 | 賛否 |\n> |---|---|\n> | 岡座長 | ○ |\n> | 森委員 | 反対 |\n\n"
		"> [!vote] 可決\n> | 賛成 | 反対 |\n> |---|---|\n> | 3 | 1 |\n",
		"5 賛成=2 2\n5 賛成=-1[岡座長:0,森委員:1] 岡座長、森委員\n6 反対=0 0\n5 =-1[岡座長:0] 岡座長\n"
		"6 反対=-1[森委員:1] 森委員\n5 賛成=3 3\n6 反対=1 1\n");
	assert_true(r->meeting->vote_lines[0].tabled);
	assert_int_equal(r->meeting->votes[0].rest.end - r->meeting->votes[0].rest.first, 1);
}

static void a_table_may_have_names_on_one_edge_and_sides_on_the_other(void **state)
{
	votes(state,
		"> [!vote] 可決\n> | 氏名 | 反対 | 賛成 |\n> |---|---|---|\n> | 岡座長 | ○ | |\n> | 森委員 | × | 〇 |\n\n"
		"> [!vote] 可決\n> | | 岡座長 | 森委員 |\n> |---|---|---|\n> | 議案１ | ○ | 反対 |\n\n"
		"> [!vote] 可決\n> | | 岡座長 | 森委員 |\n> |---|---|---|\n> | 議案１ | ○ | × |\n> | 議案２ | × | × |\n",
		"6 反対=-1[岡座長:0] 岡座長\n5 賛成=-1[森委員:1] 森委員\n5 =-1[岡座長:0] 岡座長\n6 反対=-1[森委員:1] 森委員\n");
}

static void words_that_are_no_lines_stay_words(void **state)
{
	struct record *r = *state;
	votes(state, "> [!vote] 可決\n> 起立多数で可決した。賛成は多かった。\n>\n> - 附帯決議あり\n", "");
	assert_int_equal(r->meeting->votes[0].rest.end - r->meeting->votes[0].rest.first, 2);
}

/* What the one finding says. */
static void finds(void **state, const char *body, enum diag_code code, const char *words)
{
	struct record *r = *state;
	record_read(r, body);
	for (size_t i = 0; i < diag_count(&r->diags); i++)
		print_message("%s\n", message(r, i));
	assert_int_equal(diag_count(&r->diags), 1);
	assert_int_equal(diag_at(&r->diags, 0)->code, code);
	assert_non_null(strstr(message(r, 0), words));
}

static void a_name_that_nobody_declared_is_found(void **state)
{
	finds(state, "> [!vote] 可決\n> 賛成：岡座長、盛委員\n", VOTER_UNDECLARED, "did you mean 「森委員」");
}

static void a_count_that_is_not_that_of_its_names_is_found(void **state)
{
	finds(state, "> [!vote] 可決\n> 賛成：3人（岡座長、森委員）\n", VOTE_MISMATCH, "「賛成」 says 3, and names 2");
}

static void somebody_on_two_sides_is_found(void **state)
{
	finds(state, "> [!vote] 可決\n> 賛成：岡座長\n> 反対：岡座長君\n> 議長裁決：岡座長\n", VOTE_MISMATCH, "already (line ");
}

static void one_who_was_absent_does_not_vote(void **state)
{
	struct record *r = *state;
	r->attendees = "[岡座長, WH, {label: 森委員, absent: true}]";
	finds(state, "> [!vote] 可決\n> 賛成：岡座長\n> 反対：森委員\n", VOTE_MISMATCH, "and was absent (line 5)");
}

static void more_votes_than_people_are_found(void **state)
{
	finds(state, "> [!vote] 可決\n> 賛成：4\n> 反対：2\n", VOTE_MISMATCH, "6 votes were cast, and 5 attended");
}

static void a_vote_of_thousands_is_read(void **state)
{
	struct record *r = *state;
	struct buf body = { 0 }, people = { 0 };
	buf_put(&body, STR("> [!vote] 可決\n> 賛成："));
	buf_byte(&people, '[');
	for (int i = 0; i < 5000; i++) {
		buf_format(&body, "%sN%da", i ? "、" : "", i);
		buf_format(&people, "%sN%da", i ? "," : "", i);
	}
	buf_put(&people, STR("]"));
	buf_byte(&people, '\0');
	buf_byte(&body, '\n');
	buf_byte(&body, '\0');
	r->attendees = people.p;
	record_read(r, body.p);
	assert_int_equal(diag_count(&r->diags), 0);
	assert_int_equal(r->meeting->named_count, 5000);
	buf_release(&body);
	buf_release(&people);
}

static void a_table_of_many_columns_is_read(void **state)
{
	struct record *r = *state;
	struct buf body = { 0 };
	buf_put(&body, STR("> [!vote] 可決\n> "));
	for (int row = 0; row < 3; row++) {
		for (int i = 0; i < 64; i++)
			buf_format(&body, "| %s ", row == 0 ? "賛成" : row == 1 ? "---" : "1");
		buf_put(&body, STR("|\n> "));
	}
	buf_byte(&body, '\0');
	record_read(r, body.p);
	assert_int_equal(r->meeting->vote_line_count, 64);
	buf_release(&body);
}

static void an_anonymous_record_says_how_many_and_not_who(void **state)
{
	struct record *r = *state;
	r->front = "anonymous: true\n";
	votes(state,
		"> [!vote] 可決\n> - 賛成：2人（岡座長、森委員）\n> - 反対：Mayor Lee\n>   - Rémy\n\n"
		"> [!vote] 可決\n> | 氏名 | 賛否 |\n> |---|---|\n> | 岡座長 | ○ |\n> | 森委員 | × |\n> | WH | ○ |\n",
		"5 賛成=2 \n6 反対=2 \n5 =2 \n6 =1 \n");
	const struct meeting *m = r->meeting;
	static const char *const names[] = { "岡", "森", "WH", "Rémy", "Lee" };
	for (size_t i = 0; i < m->doc.run_count; i++)
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			assert_int_equal(str_find(m->doc.runs[i].text, str_c(names[k]), 0), SIZE_MAX);
	assert_int_equal(m->named_count, 0);
}

static void an_action_has_a_date_and_who_in_any_order(void **state)
{
	struct record *r = *state;
	record_read(r, "> [!action] 令和８年３月31日（火） 事務局\n> 直す\n\n> [!action] 森委員、岡座長 2026-05-01\n\n> [!action] 総務課\n");
	const struct meeting *m = r->meeting;
	assert_int_equal(m->action_count, 3);
	assert_int_equal(m->actions[0].due.day, 31);
	assert_true(str_eq(m->actions[0].who, STR("事務局")));
	assert_int_equal(m->actions[1].due.month, 5);
	assert_int_equal(m->actions[1].named.end - m->actions[1].named.first, 2);
	assert_true(str_eq(m->actions[2].who, STR("総務課")));
	assert_int_equal(m->actions[2].named.end, m->actions[2].named.first);
	assert_int_equal(diag_count(&r->diags), 0);
}

static void an_action_may_say_itself_that_it_is_done(void **state)
{
	struct record *r = *state;
	becomes(state, "> [!action] 事務局\n> 一の件\n> done: 2026-05-01 kaigi/2\n\n> [!action]\n> 完了：第２回\n\n> [!action]\n> 二\n",
		"a1 事務局: 一の件\na2\na3: 二\n");
	const struct action *a = r->meeting->actions;
	assert_true(a[0].says_done && a[1].says_done && !a[2].says_done);
	assert_int_equal(a[0].done_on.month, 5);
	assert_true(str_eq(a[0].done_by, STR("kaigi/2")));
	assert_true(str_eq(a[1].done_by, STR("第２回")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(a_list_names_sides_by_names_counts_and_words),
		RECORD_TEST(lines_may_be_in_another_language_and_several_on_one),
		RECORD_TEST(a_count_may_stand_beside_its_names),
		RECORD_TEST(a_list_in_an_item_goes_on_about_it),
		RECORD_TEST(tables_are_read_in_three_forms),
		RECORD_TEST(a_table_may_have_names_on_one_edge_and_sides_on_the_other),
		RECORD_TEST(words_that_are_no_lines_stay_words),
		RECORD_TEST(a_name_that_nobody_declared_is_found),
		RECORD_TEST(a_count_that_is_not_that_of_its_names_is_found),
		RECORD_TEST(somebody_on_two_sides_is_found),
		RECORD_TEST(one_who_was_absent_does_not_vote),
		RECORD_TEST(more_votes_than_people_are_found),
		RECORD_TEST(a_vote_of_thousands_is_read),
		RECORD_TEST(a_table_of_many_columns_is_read),
		RECORD_TEST(an_anonymous_record_says_how_many_and_not_who),
		RECORD_TEST(an_action_has_a_date_and_who_in_any_order),
		RECORD_TEST(an_action_may_say_itself_that_it_is_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
