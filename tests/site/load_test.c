#include "scene.h"

static void an_empty_site_has_its_own_pages(void **state)
{
	SCENE;
	build(&scene);
	expect_clean(&scene);
	static const char *const outputs[] = { "404.html", "actions/index.html", "corrections/index.html",
		"decisions/index.html", "documents/index.html", "index.html", "speakers/index.html", "topics/index.html" };
	assert_int_equal(scene.site->page_count, 8);
	for (size_t i = 0; i < 8; i++)
		expect_str(scene.site->pages[i].output, outputs[i]);
	expect_str(find_page(&scene, "speakers/index.html")->url, "/kaigi/speakers/");
	expect_str(find_page(&scene, "index.html")->url, "/kaigi/");
	expect_str(find_page(&scene, "404.html")->url, "/kaigi/404.html");
	strike(&scene);
}

static void a_site_without_settings_is_none(void **state)
{
	SCENE;
	put(&scene, "site.yml", "title: 会議\n");
	assert_null(site_load(&scene.fs, &scene.options, &scene.diags));
	assert_true(scene.diags.errors > 0);
	strike(&scene);
}

static void drafts_stay_inside_unless_asked_for(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "", "話");
	put_record(&scene, "content/a/2.md", "2024-02-01", "status: draft\n", "話");
	put(&scene, "content/about.md", "---\ntitle: 頁\ndraft: true\n---\n");
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(scene.site->meeting_count, 1);
	assert_null(find_page(&scene, "a/2/index.html"));
	assert_null(find_page(&scene, "about/index.html"));
	site_release(scene.site);
	scene.options.drafts = true;
	build(&scene);
	assert_int_equal(scene.site->meeting_count, 2);
	assert_true(scene.site->drafts);
	assert_non_null(find_page(&scene, "a/2/index.html"));
	assert_non_null(find_page(&scene, "about/index.html"));
	strike(&scene);
}

static void a_draft_body_hides_all_below_it(void **state)
{
	SCENE;
	put_body(&scene, "a", "draft: true\n");
	put_body(&scene, "a/b", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "", "話");
	put_record(&scene, "content/a/b/1.md", "2024-01-01", "publish_on: 2024-07-01\n", "話");
	build(&scene);
	assert_int_equal(scene.site->meeting_count, 0);
	assert_int_equal(scene.site->page_count, 8);
	expect_str(scene.site->next_due, "");
	strike(&scene);
}

static void a_draft_folder_of_pages_hides_them(void **state)
{
	SCENE;
	put(&scene, "content/guide/index.md", "---\ntitle: 手引\nkind: pages\ndraft: true\n---\n");
	put(&scene, "content/guide/a.md", "---\ntitle: 甲\n---\n");
	build(&scene);
	assert_int_equal(scene.site->page_count, 8);
	strike(&scene);
}

static void publish_on_and_expire_on_are_days(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "publish_on: 2024-06-01\n", "話");
	put_record(&scene, "content/a/2.md", "2024-01-01", "publish_on: 2024-06-20\n", "話");
	put_record(&scene, "content/a/3.md", "2024-01-01", "expire_on: 2024-06-01\n", "話");
	put_record(&scene, "content/a/4.md", "2024-01-01", "expire_on: 2024-06-10\n", "話");
	build(&scene);
	assert_non_null(find_page(&scene, "a/1/index.html"));
	assert_null(find_page(&scene, "a/2/index.html"));
	assert_null(find_page(&scene, "a/3/index.html"));
	assert_non_null(find_page(&scene, "a/4/index.html"));
	expect_str(scene.site->next_due, "2024-06-10");
	expect_str(scene.site->next_due_path, "content/a/4.md");
	site_release(scene.site);
	scene.options.drafts = true;
	build(&scene);
	assert_non_null(find_page(&scene, "a/2/index.html"));
	assert_null(find_page(&scene, "a/3/index.html"));
	strike(&scene);
}

static void what_is_announced_is_published_and_what_claims_to_be_past_is_found(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-07-01", "status: scheduled\n", "");
	put_record(&scene, "content/a/2.md", "2024-07-02", "status: cancelled\n", "");
	put_record(&scene, "content/a/3.md", "2024-07-03", "", "話");
	build(&scene);
	assert_int_equal(scene.site->meeting_count, 3);
	expect_finding(&scene, DATE_AHEAD, "content/a/3.md", 3, "scheduled");
	strike(&scene);
}

static void a_folder_without_index_is_a_body_named_by_it(void **state)
{
	SCENE;
	put_record(&scene, "content/a/1.md", "2024-01-01", "", "話");
	build(&scene);
	assert_int_equal(scene.site->body_count, 1);
	expect_str(scene.site->bodies[0].title, "a");
	assert_non_null(find_page(&scene, "a/index.html"));
	assert_non_null(find_finding(&scene, FACT_MISSING));
	strike(&scene);
}

static void a_record_that_cannot_be_read_is_left_out(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put(&scene, "content/a/1.md", "---\ntitle: 会議\nstatus: confirmed\n---\n話\n");
	put_record(&scene, "content/a/2.md", "2024-01-01", "", "話");
	build(&scene);
	assert_int_equal(scene.site->meeting_count, 1);
	assert_int_equal(scene.diags.errors, 1);
	strike(&scene);
}

static void bodies_stand_in_one_another(void **state)
{
	SCENE;
	put_body(&scene, "a", "speaker_pages: off\n");
	put_body(&scene, "a/x/b", "");
	put_body(&scene, "a-b", "");
	put_record(&scene, "content/a/x/b/1.md", "2024-01-01", "", "話");
	put_record(&scene, "content/a-b/1.md", "2024-01-01", "kind: verbatim\n", "話");
	build(&scene);
	expect_clean(&scene);
	expect_str(scene.site->bodies[0].folder, "a");
	expect_str(scene.site->bodies[1].folder, "a-b");
	expect_str(scene.site->bodies[2].folder, "a/x/b");
	assert_int_equal(scene.site->bodies[0].parent, NONE);
	assert_int_equal(scene.site->bodies[1].parent, NONE);
	assert_int_equal(scene.site->bodies[2].parent, 0);
	assert_int_equal(scene.site->bodies[2].meeting_count, 1);
	assert_int_equal(
		site_speaker_pages(scene.site, scene.site->meetings[find_meeting(&scene, "content/a/x/b/1.md")]),
		SPEAKER_PAGES_OFF);
	assert_int_equal(site_speaker_pages(scene.site, scene.site->meetings[find_meeting(&scene, "content/a-b/1.md")]),
		SPEAKER_PAGES_EXCERPT);
	strike(&scene);
}

static void meetings_stand_in_order_of_date_number_and_path(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/10.md", "2024-03-31", "number: 2\n", "話");
	put_record(&scene, "content/a/9.md", "2024-03-31", "number: 1\n", "話");
	put_record(&scene, "content/a/z.md", "2023-01-01", "", "話");
	put_record(&scene, "content/a/b.md", "2024-04-01", "", "話");
	build(&scene);
	static const char *const paths[] = { "content/a/z.md", "content/a/9.md", "content/a/10.md", "content/a/b.md" };
	static const int years[] = { 2022, 2023, 2023, 2024 };
	const struct site *s = scene.site;
	for (uint32_t i = 0; i < 4; i++) {
		expect_str(s->meetings[i]->path, paths[i]);
		assert_int_equal(s->places[i].fiscal_year, years[i]);
		assert_int_equal(s->places[i].previous, i == 0 ? NONE : i - 1);
		assert_int_equal(s->places[i].next, i == 3 ? NONE : i + 1);
		assert_int_equal(s->bodies[0].meetings[i], i);
		assert_int_equal(s->editions[0].meetings[i], 3 - i);
	}
	strike(&scene);
}

static void the_last_change_comes_from_content_and_is_past(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01",
		"confirmed_on: 2024-02-01\ncorrections:\n"
		"  - {date: 2024-03-01, at: place, before: 甲, after: 乙, reason: 誤記}\n"
		"  - {date: 2024-09-01, at: place, before: 乙, after: 丙, reason: 誤記}\n",
		"話");
	put_record(&scene, "content/a/2.md", "2024-01-01", "updated: 2024-05-05\n", "話");
	put_record(&scene, "content/a/3.md", "2024-12-01", "status: scheduled\n", "");
	build(&scene);
	expect_str(scene.site->places[find_meeting(&scene, "content/a/1.md")].provenance, "2024-03-01");
	expect_str(scene.site->places[find_meeting(&scene, "content/a/2.md")].provenance, "2024-05-05");
	expect_str(scene.site->places[find_meeting(&scene, "content/a/3.md")].provenance, "");
	expect_str(find_page(&scene, "a/index.html")->updated, "2024-05-05");
	expect_str(find_page(&scene, "index.html")->updated, "2024-05-05");
	expect_str(find_page(&scene, "decisions/index.html")->updated, "");
	expect_str(find_page(&scene, "corrections/index.html")->updated, "2024-03-01");
	strike(&scene);
}

/* Many threads read and one: pool_run() must not show. */
static void the_number_of_workers_never_shows(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	for (int i = 0; i < 40; i++) {
		char path[64], date[16];
		snprintf(path, sizeof path, "content/a/%d.md", i);
		snprintf(date, sizeof date, "2024-01-%02d", i % 28 + 1);
		put_record(&scene, path, date, "attendees: [{people: [甲委員, 乙委員]}]\n",
			i % 7 ? "【甲委員】話 [[9]]\n\n【乙委員】話 #x" : "【甲委員】話 [[ない]]\n");
	}
	build(&scene);
	struct buf one = { 0 }, many = { 0 };
	for (size_t round = 0; round < 2; round++) {
		struct buf *out = round ? &many : &one;
		for (size_t i = 0; i < scene.site->page_count; i++)
			buf_format(
				out, "%.*s %u\n", STR_ARG(scene.site->pages[i].output), scene.site->pages[i].subject);
		for (size_t i = 0; i < diag_count(&scene.diags); i++)
			buf_format(out, "%.*s %.*s\n", STR_ARG(diag_at(&scene.diags, i)->loc.path),
				STR_ARG(diag_at(&scene.diags, i)->message));
		if (round == 1)
			break;
		site_release(scene.site);
		diags_release(&scene.diags);
		diags_init(&scene.diags, &scene.levels);
		scene.options.workers = 8;
		build(&scene);
	}
	assert_true(one.n > 1000);
	assert_true(str_eq(buf_str(&one), buf_str(&many)));
	buf_release(&one);
	buf_release(&many);
	strike(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_site_has_its_own_pages),
		cmocka_unit_test(a_site_without_settings_is_none),
		cmocka_unit_test(drafts_stay_inside_unless_asked_for),
		cmocka_unit_test(a_draft_body_hides_all_below_it),
		cmocka_unit_test(a_draft_folder_of_pages_hides_them),
		cmocka_unit_test(publish_on_and_expire_on_are_days),
		cmocka_unit_test(what_is_announced_is_published_and_what_claims_to_be_past_is_found),
		cmocka_unit_test(a_folder_without_index_is_a_body_named_by_it),
		cmocka_unit_test(a_record_that_cannot_be_read_is_left_out),
		cmocka_unit_test(bodies_stand_in_one_another),
		cmocka_unit_test(meetings_stand_in_order_of_date_number_and_path),
		cmocka_unit_test(the_last_change_comes_from_content_and_is_past),
		cmocka_unit_test(the_number_of_workers_never_shows),
	};
	return RUN_SCENES(tests);
}
