/* A record, its ledger, and the record edited. */
#include "record.h"

#include "minutes/parts.h"
#include "minutes/stamped.h"

/* Reads a record, follows the ledger `old`, and returns what its anchors and tombstones are, "s1 s1-1 | s2": with
 * `next`, what the ledger has to say then. */
static const char *read_stamped(void **state, const char *body, const char *old, struct buf *next)
{
	struct record *r = *state;
	struct ledger ledger;
	diags_release(&r->diags);
	diags_init(&r->diags, &r->levels);
	fs_remove(&r->fs, STR("content/kaigi/1.ledger"));
	if (old)
		fs_write(&r->fs, STR("content/kaigi/1.ledger"), str_c(old));
	struct meeting *m = record_read(r, body);
	assert_non_null(m);
	ledger_read(&r->fs, STR("content/kaigi/1.ledger"), &r->arena, &ledger, &r->diags);
	meeting_follow(m, &ledger, &r->arena, &r->diags);
	meeting_name(m, NULL, &r->arena, &r->diags);
	struct parts parts = meeting_parts(m, &r->arena);
	buf_clear(&r->out);
	for (size_t i = 0; i < parts.count; i++)
		buf_format(&r->out, "%s%.*s", i ? " " : "", STR_ARG(*parts.items[i].anchor));
	for (size_t i = 0; i < m->tombstone_count; i++)
		buf_format(&r->out, "%s%.*s", i ? " " : " | ", STR_ARG(m->tombstones[i].anchor));
	buf_byte(&r->out, '\0');
	if (next) {
		struct stamping s = { .today = { 2026, 5, 1 }, .forget = STR(""), .arena = &r->arena };
		meeting_stamp(m, &ledger, &s);
		buf_clear(next);
		ledger_write(&s.next, next);
		buf_byte(next, '\0');
	}
	return r->out.p;
}

static size_t count_code(const struct record *r, enum diag_code code)
{
	size_t count = 0;
	for (size_t i = 0; i < diag_count(&r->diags); i++)
		count += diag_at(&r->diags, i)->code == code;
	return count;
}

/* Stamps the first, reads the second. */
static const char *edited(void **state, const char *before, const char *after)
{
	struct buf ledger = { 0 };
	read_stamped(state, before, NULL, &ledger);
	const char *anchors = read_stamped(state, after, ledger.p, NULL);
	buf_release(&ledger);
	return anchors;
}

#define A "広場の整備は、来年度に着手する予定である。"
#define B "図書館の開館時間は、利用者の声を聞いて決める。"
#define C "子ども会議の提案から、できるものを始める。"

static void new_text_takes_new_numbers(void **state)
{
	assert_string_equal(edited(state, "## 議題\n\n【岡座長】" A "\n\n【森委員】" B "\n",
				    "## 別の議題\n\n始める。\n\n## 議題\n\n【森委員】" C "\n\n【岡座長】" C "\n\n" A "\n\n【森委員】" B "\n"),
		"i2 n1 i1 s3 s3-1 s1 s1-2 s1-1 s2 s2-1");
}

static void a_number_is_never_used_again(void **state)
{
	struct buf ledger = { 0 };
	read_stamped(state, "【岡座長】" A "\n\n" B "\n\n【森委員】" C "\n", NULL, &ledger);
	struct record *r = *state;
	r->front = "corrections: [{date: 2026-04-02, at: s1-2}, {date: 2026-04-02, at: s2}]\n";
	assert_string_equal(read_stamped(state, "【岡座長】" A "\n", ledger.p, &ledger), "s1 s1-1 | s1-2 s2 s2-1");
	assert_int_equal(diag_count(&r->diags), 0);
	assert_non_null(strstr(ledger.p, "s1-2\t2026-04-02\tremoved\t" B "\ns2\t2026-04-02\tremoved\t森委員\ns2-1\t2026-04-02\tremoved"));
	assert_string_equal(read_stamped(state, "【岡座長】" A "\n\n" B "\n\n【森委員】" C "\n", ledger.p, NULL),
		"s1 s1-1 s1-3 s3 s3-1 | s1-2 s2 s2-1");
	buf_release(&ledger);
}

static void whitespace_and_markup_are_no_change(void **state)
{
	struct record *r = *state;
	assert_string_equal(edited(state, "【岡座長】" A "\n\n【森委員】図書館の 時間。\n",
				    "【岡座長】広場の整備は、\n**来年度に**着手する予定である。\n\n【森委員】　図書館の時間。\n"),
		"s1 s1-1 s2 s2-1");
	assert_int_equal(count_code(r, STATEMENT_CHANGED), 0);
}

static void an_entry_tells_of_one_change_only(void **state)
{
	struct record *r = *state;
	struct buf ledger = { 0 };
	read_stamped(state, "【岡座長】賛成。\n", NULL, &ledger);
	r->front = "corrections: [{date: 2026-04-02, at: s1-1, before: 賛成, after: 反対}]\n";
	assert_string_equal(read_stamped(state, "【岡座長】反対。\n", ledger.p, &ledger), "s1 s1-1");
	assert_int_equal(diag_count(&r->diags), 0);
	assert_non_null(strstr(ledger.p, "s1-1\t2026-05-01\tconfirmed+1\t反対。"));
	read_stamped(state, "【岡座長】反対。\n\n【森委員】はい。\n", ledger.p, NULL);
	assert_int_equal(count_code(r, STATEMENT_CHANGED), 0);
	read_stamped(state, "【岡座長】\n\n反対？\n", ledger.p, NULL);
	assert_int_equal(count_code(r, STATEMENT_CHANGED), 1);
	/* And one that was taken away is missed. */
	r->front = "";
	read_stamped(state, "【岡座長】反対。\n", ledger.p, NULL);
	assert_int_equal(count_code(r, STATEMENT_CHANGED), 1);
	buf_release(&ledger);
}

static void one_entry_tells_of_a_whole_speech(void **state)
{
	struct record *r = *state;
	struct buf ledger = { 0 };
	read_stamped(state, "【岡座長】" A "\n\n【森委員】" B "\n\n" C "\n", NULL, &ledger);
	read_stamped(state, "【岡座長】" A "\n", ledger.p, NULL);
	assert_int_equal(count_code(r, STATEMENT_REMOVED), 1);
	r->front = "corrections: [{date: 2026-04-02, at: s2, kind: withdrawn}]\n";
	read_stamped(state, "【岡座長】" A "\n", ledger.p, &ledger);
	assert_int_equal(diag_count(&r->diags), 0);
	assert_null(strstr(ledger.p, "図書館"));
	/* What was said in it tells of the speech, but not of what else was said in it. */
	r->front = "corrections: [{date: 2026-04-02, at: s2-1, kind: withdrawn}]\n";
	read_stamped(state, "【岡座長】" A "\n\n【森委員】" B "\n\n" C "\n", NULL, &ledger);
	r->front = "corrections: [{date: 2026-04-02, at: s2-1, kind: withdrawn}, {date: 2026-04-03, at: s2-1, kind: withdrawn}]\n";
	read_stamped(state, "【岡座長】" A "\n", ledger.p, NULL);
	assert_int_equal(count_code(r, STATEMENT_REMOVED), 1);
	buf_release(&ledger);
}

static void an_entry_about_what_is_gone_tells_of_nothing_else(void **state)
{
	struct record *r = *state;
	struct buf ledger = { 0 };
	r->front = "";
	read_stamped(state, "【岡座長】" A "\n\n【森委員】" B "\n\n" C "\n", NULL, &ledger);
	/* Who said it was wrong: the speech is gone, one of its statements is another's now. */
	r->front = "corrections: [{date: 2026-04-02, at: s2, kind: error}]\n";
	assert_string_equal(read_stamped(state, "【岡座長】" A "\n\n" C "\n", ledger.p, &ledger), "s1 s1-1 s2-2 | s2 s2-1");
	assert_int_equal(diag_count(&r->diags), 0);
	read_stamped(state, "【岡座長】" A "\n\n子ども会議の提案から、できるものをやめる。\n", ledger.p, NULL);
	assert_int_equal(count_code(r, STATEMENT_CHANGED), 1);
	/* Nor does that a sub-item went tell of the item. */
	r->front = "";
	read_stamped(state, "## 一\n\n### 甲\n\n" A "\n\n### 乙\n\n" B "\n", NULL, &ledger);
	r->front = "corrections: [{date: 2026-04-02, at: i1-1, kind: error}]\n";
	read_stamped(state, "## 一\n\n" A "\n\n### 乙\n\n" B "\n", ledger.p, &ledger);
	assert_int_equal(diag_count(&r->diags), 0);
	read_stamped(state, A "\n\n### 乙\n\n" B "\n", ledger.p, NULL);
	assert_int_equal(count_code(r, STATEMENT_REMOVED), 1);
	r->front = "";
	buf_release(&ledger);
}

static void corrections_count_by_their_days_however_they_stand(void **state)
{
	struct record *r = *state;
	struct buf ledger = { 0 };
	static const char newest_first[] = "corrections:\n- {date: 2026-04-20, at: s1-1, before: 再来年度, after: 三年後}\n"
		"- {date: 2026-04-10, at: s1-1, before: 来年度, after: 再来年度}\n";
	r->front = "";
	read_stamped(state, "【岡座長】広場の整備は来年度。\n", NULL, &ledger);
	r->front = "corrections: [{date: 2026-04-10, at: s1-1, before: 来年度, after: 再来年度}]\n";
	read_stamped(state, "【岡座長】広場の整備は再来年度。\n", ledger.p, &ledger);
	r->front = newest_first;
	read_stamped(state, "【岡座長】広場の整備は三年後。\n", ledger.p, &ledger);
	assert_int_equal(diag_count(&r->diags), 0);
	/* What was withdrawn last is told by no older entry, although that stands below. */
	static char withdrawn[300];
	snprintf(withdrawn, sizeof withdrawn, "corrections:\n- {date: 2026-04-30, at: s1-1, kind: withdrawn}\n%s",
		strchr(newest_first, '\n') + 1);
	r->front = withdrawn;
	read_stamped(state, "【岡座長】\n\n以上。\n", ledger.p, NULL);
	assert_int_equal(count_code(r, WITHDRAWN_LEAK), 2);
	r->front = "";
	buf_release(&ledger);
}

static void confirmation_freezes_the_words(void **state)
{
	struct record *r = *state;
	struct buf ledger = { 0 };
	r->front = "";
	read_stamped(state, "【岡座長】" A "\n", NULL, &ledger);
	r->meeting->front.status = STATUS_PROVISIONAL;
	struct stamping s = { .today = { 2026, 4, 20 }, .forget = STR(""), .arena = &r->arena };
	meeting_stamp(r->meeting, &(struct ledger){ .sound = true }, &s);
	buf_clear(&ledger);
	ledger_write(&s.next, &ledger);
	buf_byte(&ledger, '\0');
	assert_null(strstr(ledger.p, "広場"));
	/* Other words are no error, and the day on which they changed is known. */
	r->front = "status: provisional\n";
	read_stamped(state, "【岡座長】" A "\n", ledger.p, &ledger);
	assert_false(date_is(r->meeting->stamped.changed));
	assert_non_null(strstr(ledger.p, "s1-1\t2026-04-20\t"));
	read_stamped(state, "【岡座長】" B "\n", ledger.p, &ledger);
	assert_int_equal(diag_count(&r->diags), 0);
	assert_non_null(strstr(ledger.p, "s1-1\t2026-05-01\tprovisional"));
	read_stamped(state, "【岡座長】" B "\n", ledger.p, &ledger);
	assert_int_equal(r->meeting->stamped.changed.day, 1);
	r->front = "";
	/* Now confirmed, with other words: nothing was frozen before. */
	assert_string_equal(read_stamped(state, "【岡座長】" B "\n", ledger.p, &ledger), "s1 s1-1");
	assert_int_equal(diag_count(&r->diags), 0);
	assert_true(r->meeting->stamped.stale);
	assert_non_null(strstr(ledger.p, "s1-1\t2026-05-01\tconfirmed\t" B));
	buf_release(&ledger);
}

static void tombstones_stand_where_the_words_stood(void **state)
{
	struct record *r = *state;
	edited(state, "## 議題\n\n【岡座長】" A "\n\n" B "\n\n（拍手）\n\n【森委員】" C "\n\n> [!decision] 了承\n", "## 議題\n\n【岡座長】" A "\n");
	const struct meeting *m = r->meeting;
	assert_int_equal(m->tombstone_count, 5);
	static const char *const anchors[] = { "s1-2", "n1", "s2", "s2-1", "d1" };
	for (size_t i = 0; i < 5; i++)
		assert_true(str_eq(m->tombstones[i].anchor, str_c(anchors[i])) && m->tombstones[i].item == 1);
	assert_int_equal(m->tombstones[0].speech, 0);
	assert_int_equal(m->tombstones[2].speech, NONE);
	assert_int_equal(m->tombstones[2].flow, m->speeches[0].flow_end);
}

static void a_translation_is_named_after_a_record_that_was_edited(void **state)
{
	struct record *r = *state;
	edited(state, "【岡座長】" A "\n\n【森委員】" B "\n", "【森委員】" C "\n\n【岡座長】" A "\n\n【森委員】" B "\n");
	struct meeting *original = r->meeting;
	assert_string_equal(read_stamped(state, "**Mayor Lee:** C.\n\n**WH:** A.\n\n**Mayor Lee:** B.\n\nMore.\n", NULL, NULL),
		"s1 s1-1 s2 s2-1 s3 s3-1 s3-2");
	meeting_keep_names(r->meeting, &r->arena);
	for (int again = 0; again < 2; again++) {
		meeting_name(r->meeting, original, &r->arena, &r->diags);
		struct parts parts = meeting_parts(r->meeting, &r->arena);
		static const char *const anchors[] = { "s3", "s3-1", "s1", "s1-1", "s2", "s2-1", "s2-2" };
		for (size_t i = 0; i < parts.count; i++)
			assert_true(str_eq(*parts.items[i].anchor, str_c(anchors[i])));
	}
	assert_int_equal(count_code(r, TRANSLATION_DIFFERS), 2); /* once each time */
}

static void a_damaged_ledger_reports_nothing_else(void **state)
{
	struct record *r = *state;
	struct buf ledger = { 0 };
	read_stamped(state, "【岡座長】" A "\n", NULL, &ledger);
	*strstr(ledger.p, "s1-1") = 'x';
	read_stamped(state, "【岡座長】" B "\n", ledger.p, NULL);
	assert_int_equal(diag_count(&r->diags), 1);
	assert_int_equal(diag_at(&r->diags, 0)->code, LEDGER_BROKEN);
	buf_release(&ledger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(new_text_takes_new_numbers),
		RECORD_TEST(a_number_is_never_used_again),
		RECORD_TEST(whitespace_and_markup_are_no_change),
		RECORD_TEST(an_entry_tells_of_one_change_only),
		RECORD_TEST(one_entry_tells_of_a_whole_speech),
		RECORD_TEST(an_entry_about_what_is_gone_tells_of_nothing_else),
		RECORD_TEST(corrections_count_by_their_days_however_they_stand),
		RECORD_TEST(confirmation_freezes_the_words),
		RECORD_TEST(tombstones_stand_where_the_words_stood),
		RECORD_TEST(a_translation_is_named_after_a_record_that_was_edited),
		RECORD_TEST(a_damaged_ledger_reports_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
