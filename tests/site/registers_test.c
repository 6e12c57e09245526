#include "scene.h"

#define ATTENDEES "attendees: [岡会長, 森委員]\n"

static const struct register_page *part_at(const struct scene *s, const char *output)
{
	const struct page *p = find_page(s, output);
	assert_non_null(p);
	assert_non_null(p->part);
	return p->part;
}

static void decide(struct scene *s, const char *path, const char *date, size_t times)
{
	struct buf words = { 0 };
	for (size_t i = 0; i < times; i++)
		buf_put(&words, STR("> [!decision] 了承\n> 可。\n\n"));
	buf_byte(&words, '\0');
	put_record(s, path, date, ATTENDEES, words.p);
	buf_release(&words);
}

static void a_register_has_a_page_for_each_body_and_year(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_body(&scene, "a/b", "");
	decide(&scene, "content/a/1.md", "2023-03-31", 1);
	decide(&scene, "content/a/2.md", "2023-04-01", 2);
	decide(&scene, "content/a/b/1.md", "2023-05-01", 4);
	build(&scene);
	expect_clean(&scene);
	const struct register_page *all = part_at(&scene, "decisions/index.html");
	assert_int_equal(all->listed.count, 7);
	assert_int_equal(all->bodies.count, 2);
	assert_int_equal(all->years.count, 2);
	assert_int_equal(all->years.items[0].year, 2023);
	assert_int_equal(all->years.items[0].count, 6);
	expect_str(all->bodies.items[1].url, "/kaigi/decisions/a/b/");
	assert_int_equal(part_at(&scene, "decisions/2023/index.html")->bodies.count, 2);
	assert_int_equal(part_at(&scene, "decisions/2022/index.html")->bodies.count, 1);
	assert_int_equal(part_at(&scene, "decisions/a/index.html")->listed.count, 3);
	assert_int_equal(part_at(&scene, "decisions/2023/a/index.html")->listed.count, 2);
	assert_int_equal(part_at(&scene, "decisions/2023/a/b/index.html")->listed.count, 4);
	assert_null(find_page(&scene, "decisions/2022/a/b/index.html"));
	/* The others hold nothing, and have a page that says so. */
	assert_int_equal(part_at(&scene, "actions/index.html")->total, 0);
	assert_int_equal(part_at(&scene, "documents/index.html")->bodies.count, 0);
	expect_str(find_page(&scene, "decisions/2022/index.html")->updated, "2023-03-31");
	strike(&scene);
}

static void with_one_body_or_year_there_is_nothing_to_choose(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	decide(&scene, "content/a/1.md", "2023-04-01", 1);
	build(&scene);
	const struct register_page *all = part_at(&scene, "decisions/index.html");
	assert_int_equal(all->bodies.count + all->years.count, 0);
	assert_null(find_page(&scene, "decisions/2023/index.html"));
	assert_null(find_page(&scene, "decisions/a/index.html"));
	strike(&scene);
}

static void a_body_named_like_a_year_takes_no_year_s_address(void **state)
{
	SCENE;
	put_body(&scene, "2023", "");
	put_body(&scene, "2023/2022", "");
	put_body(&scene, "a", "");
	put_body(&scene, "a/2023", "");
	decide(&scene, "content/2023/1.md", "2023-04-01", 1);
	decide(&scene, "content/2023/2022/1.md", "2022-04-01", 1);
	decide(&scene, "content/a/1.md", "2022-04-01", 1);
	decide(&scene, "content/a/2023/1.md", "2023-04-01", 1);
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(part_at(&scene, "decisions/2023/index.html")->body, NONE);
	assert_int_equal(part_at(&scene, "decisions/a/2023/index.html")->listed.count, 1);
	assert_int_equal(part_at(&scene, "decisions/2023/2023/index.html")->listed.count, 1);
	assert_int_equal(part_at(&scene, "decisions/index.html")->bodies.count, 2);
	strike(&scene);
}

/* The actions of a page by their dates, in order. */
static const char *dates_of(struct scene *s, const char *output)
{
	struct buf out = { 0 };
	const struct register_page *r = part_at(s, output);
	for (size_t i = 0; i < r->listed.count; i++) {
		const struct meeting *m = s->site->meetings[r->listed.items[i].meeting];
		const struct action *a = &m->actions[m->callouts[r->listed.items[i].index].detail];
		buf_format(&out, "%s%d.%d", a->done ? " done " : " ", a->due.month, a->due.day);
	}
	const char *dates = arena_c(&s->arena, buf_str(&out));
	buf_release(&out);
	return dates;
}

static void actions_stand_by_due_date_and_those_done_behind(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2023-04-01", ATTENDEES,
		"> [!action]\n> 一\n\n> [!action] 2023-07-01 岡会長\n> 二\n\n> [!action] 2023-06-01\n> 三\n\n> "
		"[!action] 2023-05-01\n> 四\n> done: "
		"2023-05-02\n");
	put_record(
		&scene, "content/a/2.md", "2023-05-10", ATTENDEES, "> [!done] 1#a3\n\n> [!action] 2023-06-15\n> 五\n");
	build(&scene);
	expect_clean(&scene);
	assert_string_equal(dates_of(&scene, "actions/index.html"), " 6.15 7.1 0.0 done 6.1 done 5.1");
	const struct action *third = &scene.site->meetings[find_meeting(&scene, "content/a/1.md")]->actions[2];
	assert_int_equal(third->closing, find_meeting(&scene, "content/a/2.md"));
	assert_int_equal(
		scene.site->meetings[third->closing]->dones[0].action, scene.site->meetings[0]->actions[2].callout);
	strike(&scene);
}

static void an_action_is_done_in_all_its_languages(void **state)
{
	SCENE;
	put(&scene, "site.yml", "title: 会議\nbase_url: https://example.jp/\nlanguage: ja\nlanguages: [ja, en]\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2023-04-01", ATTENDEES, "> [!action]\n> 直す。\n");
	put_record(&scene, "content/a/1.en.md", "2023-04-01", "attendees: [Oka, Mori]\n", "> [!action]\n> Mend it.\n");
	put_record(&scene, "content/a/2.md", "2023-05-01", ATTENDEES, "> [!done] 直す\n");
	put_record(&scene, "content/a/2.en.md", "2023-05-01", "attendees: [Oka, Mori]\n", "> [!done] Mend\n");
	build(&scene);
	expect_clean(&scene);
	const struct site *s = scene.site;
	assert_int_equal(s->meetings[find_meeting(&scene, "content/a/1.md")]->actions[0].closing,
		find_meeting(&scene, "content/a/2.md"));
	assert_int_equal(s->meetings[find_meeting(&scene, "content/a/1.en.md")]->actions[0].closing,
		find_meeting(&scene, "content/a/2.en.md"));
	strike(&scene);
}

static void the_same_words_twice_mean_the_one_that_is_open(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2023-04-01", ATTENDEES, "> [!action]\n> 日程を決める。\n");
	put_record(&scene, "content/a/2.md", "2023-05-01", ATTENDEES,
		"> [!done] 日程を決める。\n\n> [!action]\n> 日程を決める。\n");
	put_record(&scene, "content/a/3.md", "2023-06-01", ATTENDEES,
		"> [!done] 日程を決める\n\n> [!action]\n> 案を作る。\n\n> [!action]\n> 案を配る。\n");
	put_record(&scene, "content/a/4.md", "2023-07-01", ATTENDEES, "> [!done] 案を\n");
	build(&scene);
	assert_int_equal(scene.site->meetings[0]->actions[0].closing, 1);
	assert_int_equal(scene.site->meetings[1]->actions[0].closing, 2);
	expect_finding(&scene, ACTION_UNKNOWN, "content/a/4.md", 8, "3#a1 or 3#a2");
	strike(&scene);
}

static void documents_stand_by_body_and_know_their_size(void **state)
{
	SCENE;
	put_body(&scene, "b", "");
	put_body(&scene, "a", "");
	put(&scene, "content/a/files/1.pdf", "12345");
	put_record(&scene, "content/b/1.md", "2023-06-01",
		"documents: [{label: 資料１, url: 'https://example.jp/1'}]\n", "");
	put_record(&scene, "content/a/1.md", "2023-04-01",
		"documents: [{label: 資料１, file: files/1.pdf}, {label: 資料２, closed: 個人情報}]\n",
		"資料１と資料２を見た。");
	put_record(&scene, "content/a/2.md", "2023-05-01",
		"closed: {reason: 人事}\ndocuments: [{label: 資料９, file: files/1.pdf}]\n", "");
	build(&scene);
	const struct register_page *r = part_at(&scene, "documents/index.html");
	assert_int_equal(r->listed.count, 3);
	assert_int_equal(r->listed.items[0].meeting, find_meeting(&scene, "content/a/1.md"));
	assert_int_equal(r->listed.items[2].meeting, find_meeting(&scene, "content/b/1.md"));
	strike(&scene);
}

static void a_document_that_the_record_never_names_is_found(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2023-04-01",
		"agenda: [資料１について]\nsummary: 資料２を見ました。\ndocuments:\n- label: 資料１\n- label: "
		"資料２\n- label: 資料３\n- label: 資料４\n"
		"- label: 資料５\n- label: 資料６\n- {label: 資料７, url: 'https://example.jp/7'}\n- {title: 次第}\n",
		"> [!decision] "
		"資料３のとおり\n\n[[資料４]]と**資料**５、参考資料６を見た。[これ](https://example.jp/7)も。");
	put_record(
		&scene, "content/a/2.md", "2025-04-01", "status: scheduled\ndocuments:\n- label: 資料１\n", "知らせ");
	scene.options.now = (struct date){ 2024, 6, 1 };
	build(&scene);
	expect_finding(&scene, DOCUMENT_UNUSED, "content/a/1.md", 13, "資料６");
	strike(&scene);
}

/* Their own day counts, not the meeting's; with more than a page holds they stand on those of the years. */
static void corrections_stand_latest_first_under_the_year_they_were_made(void **state)
{
	SCENE;
	struct buf words = { 0 };
	put_body(&scene, "a", "");
	put_body(&scene, "b", "");
	buf_put(&words, STR("corrections:\n"));
	for (int i = 0; i < 501; i++)
		buf_format(&words, "- {date: %s, at: n1}\n", i == 1 ? "2024-05-02" : "2023-02-02");
	buf_byte(&words, '\0');
	put_record(&scene, "content/a/1.md", "2021-01-01", words.p, "話。");
	put_record(&scene, "content/b/1.md", "2021-01-02", "corrections: [{date: 2023-03-02, at: title}]\n", "話。");
	put_record(&scene, "content/b/2.md", "2021-01-03",
		"closed: 個人情報\ncorrections: [{date: 2023-03-02, at: title}]\n", "話。");
	build(&scene);
	expect_clean(&scene);
	const struct register_page *all = part_at(&scene, "corrections/index.html");
	assert_int_equal(all->listed.count, 502);
	assert_int_equal(all->listed.items[0].index, 1);
	assert_int_equal(all->listed.items[1].meeting, find_meeting(&scene, "content/b/1.md"));
	assert_int_equal(all->listed.items[2].index, 500);
	assert_int_equal(all->years.count, 2);
	assert_int_equal(part_at(&scene, "corrections/2022/index.html")->listed.count, 501);
	assert_int_equal(part_at(&scene, "corrections/2024/index.html")->listed.count, 1);
	assert_int_equal(part_at(&scene, "corrections/b/index.html")->listed.count, 1);
	buf_release(&words);
	strike(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_register_has_a_page_for_each_body_and_year),
		cmocka_unit_test(with_one_body_or_year_there_is_nothing_to_choose),
		cmocka_unit_test(a_body_named_like_a_year_takes_no_year_s_address),
		cmocka_unit_test(actions_stand_by_due_date_and_those_done_behind),
		cmocka_unit_test(an_action_is_done_in_all_its_languages),
		cmocka_unit_test(the_same_words_twice_mean_the_one_that_is_open),
		cmocka_unit_test(documents_stand_by_body_and_know_their_size),
		cmocka_unit_test(a_document_that_the_record_never_names_is_found),
		cmocka_unit_test(corrections_stand_latest_first_under_the_year_they_were_made),
	};
	return RUN_SCENES(tests);
}
