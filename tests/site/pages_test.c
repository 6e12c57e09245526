#include "scene.h"

static void put_document_record(struct scene *s, const char *documents)
{
	struct str more = arena_format(&s->arena, "documents:\n%s", documents);
	put_body(s, "a", "");
	put_record(s, "content/a/1.md", "2024-01-01", arena_c(&s->arena, more), "資料１の話");
}

static void only_declared_files_are_published(void **state)
{
	SCENE;
	put(&scene, "content/a/files/1.pdf", "x");
	put(&scene, "content/a/files/2.pdf", "x");
	put(&scene, "content/a/files/3.pdf", "x");
	put_document_record(&scene,
		"  - {label: 資料１, file: files/1.pdf}\n  - {title: 名簿, file: files/2.pdf, closed: 個人情報}\n");
	build(&scene);
	assert_int_equal(scene.site->asset_count, 1);
	expect_str(scene.site->assets[0].output, "a/files/1.pdf");
	expect_str(scene.site->assets[0].source.path, "content/a/1.md");
	assert_int_equal(scene.site->assets[0].source.line, 6);
	expect_finding(&scene, DOCUMENT_UNUSED, "content/a/files/3.pdf", 0, "documents");
	strike(&scene);
}

static void a_declared_file_must_exist(void **state)
{
	SCENE;
	put(&scene, "content/a/files/1.pdf", "x");
	put_document_record(&scene, "  - {label: 資料１, file: files/l.pdf}\n");
	build(&scene);
	expect_finding(&scene, DOCUMENT_MISSING, "content/a/1.md", 6, "content/a/files/1.pdf");
	strike(&scene);
}

static void what_a_draft_names_is_neither_published_nor_unused(void **state)
{
	SCENE;
	put(&scene, "content/a/files/1.pdf", "x");
	put(&scene, "content/a/files/2.pdf", "x");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01",
		"status: draft\ndocuments: [{label: 資料１, file: files/1.pdf}, {label: 資料２, file: "
		"files/none.pdf}]\n",
		"[二](files/2.pdf)");
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(scene.site->asset_count, 0);
	strike(&scene);
}

static void a_closed_document_is_not_published_by_another_link(void **state)
{
	SCENE;
	put(&scene, "content/a/files/1.pdf", "x");
	put(&scene, "content/b/files/2.pdf", "x");
	put_body(&scene, "b", "draft: true\n");
	put_document_record(&scene, "  - {label: 資料１, file: files/1.pdf, closed: 個人情報}\n");
	put_record(&scene, "content/a/2.md", "2024-02-01", "", "[一](files/1.pdf) [二](../b/files/2.pdf)");
	build(&scene);
	assert_int_equal(diag_count(&scene.diags), 1);
	expect_finding(&scene, DOCUMENT_CLOSED, "content/a/2.md", 7, "withholds");
	assert_true(diag_at(&scene.diags, 0)->unquoted);
	assert_int_equal(scene.site->asset_count, 0);
	assert_null(scene.site->meetings[1]->targets[0].href.p);
	assert_null(scene.site->meetings[1]->targets[1].href.p);
	strike(&scene);
}

static void a_closed_meeting_publishes_no_documents(void **state)
{
	SCENE;
	put(&scene, "content/a/files/1.pdf", "x");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01",
		"closed: {reason: 個人情報}\ndocuments: [{label: 資料１, file: files/1.pdf}]\n", "話");
	build(&scene);
	assert_int_equal(scene.site->asset_count, 0);
	assert_int_equal(scene.site->meetings[0]->front.documents.count, 0);
	strike(&scene);
}

static void a_record_kept_as_a_file_publishes_it(void **state)
{
	SCENE;
	put(&scene, "content/a/files/h16.pdf", "x");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "record: files/h16.pdf\n", "");
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(scene.site->asset_count, 1);
	strike(&scene);
}

static void an_alias_must_not_take_a_page_s_address(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "aliases: [/old/1.html, /a/2/]\n", "話");
	put_record(&scene, "content/a/2.md", "2024-02-01", "", "話");
	build(&scene);
	expect_finding(&scene, ADDRESS_COLLISION, "content/a/1.md", 5, "content/a/2.md");
	strike(&scene);
}

static void two_aliases_must_differ_by_more_than_case(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "aliases: [/Old/]\n", "話");
	put_record(&scene, "content/a/2.md", "2024-02-01", "aliases: [/old/]\n", "話");
	build(&scene);
	expect_finding(&scene, ADDRESS_COLLISION, "content/a/2.md", 5, "content/a/1.md:5");
	strike(&scene);
}

static void a_file_must_not_stand_where_a_folder_must(void **state)
{
	SCENE;
	put(&scene, "content/a/1", "x");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "", "[一](1)");
	build(&scene);
	assert_non_null(find_finding(&scene, ADDRESS_COLLISION));
	strike(&scene);
}

static void giji_s_own_files_are_kept_free(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put(&scene, "content/robots.txt", "x");
	put(&scene, "content/index.md", "---\ntitle: ようこそ\n---\n[r](robots.txt)\n");
	build(&scene);
	expect_finding(&scene, ADDRESS_COLLISION, "content/index.md", 4, "robots.txt");
	strike(&scene);
}

/* Meetings in three fiscal years in which 岡座長 says 201 things each, and as much is decided. */
static void put_long(struct scene *s)
{
	struct buf words = { 0 };
	for (int i = 0; i < 201; i++)
		buf_format(&words, "【岡座長】話%d。 #x\n\n> [!decision] 了承\n> 可。\n\n", i);
	buf_byte(&words, '\0');
	put(s, "content/people.yml", "oka: {name: 岡, labels: [岡座長]}\n");
	put_body(s, "a", "");
	put_record(s, "content/a/1.md", "2022-03-31", "", words.p);
	put_record(s, "content/a/2.md", "2022-04-01", "", words.p);
	put_record(s, "content/a/3.md", "2024-05-01", "", words.p);
	buf_release(&words);
}

static void long_lists_are_split_by_year(void **state)
{
	SCENE;
	put_long(&scene);
	build(&scene);
	expect_clean(&scene);
	assert_true(scene.site->editions[0].people[0].remarks.count > REMARKS_A_PAGE);
	static const char *const lists[] = { "speakers/oka/", "topics/x/" };
	static const int years[] = { 2024, 2022, 2021 };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		char path[64];
		snprintf(path, sizeof path, "%sindex.html", lists[i]);
		const struct page *whole = find_page(&scene, path);
		assert_int_equal(whole->year, 0);
		assert_int_equal(whole->year_count, 3);
		assert_memory_equal(whole->years, years, sizeof years);
		for (size_t k = 0; k < 3; k++) {
			snprintf(path, sizeof path, "%s%d/index.html", lists[i], years[k]);
			const struct page *part = find_page(&scene, path);
			assert_int_equal(part->year, years[k]);
			assert_int_equal(part->subject, whole->subject);
			expect_str(part->url, arena_c(&scene.arena, site_year_url(whole->url, years[k], &scene.arena)));
		}
	}
	strike(&scene);
}

static void short_lists_are_whole(void **state)
{
	SCENE;
	put_long(&scene);
	fs_remove(&scene.fs, STR("content/a/3.md"));
	build(&scene);
	assert_null(find_page(&scene, "speakers/oka/2022/index.html"));
	assert_int_equal(find_page(&scene, "speakers/oka/index.html")->year_count, 0);
	strike(&scene);
}

static void pages_stand_in_order_and_name_their_source(void **state)
{
	SCENE;
	put_long(&scene);
	put(&scene, "content/guide/index.md",
		"---\ntitle: 手引\nkind: pages\nlayout: wide\nupdated: 2024-02-02\n---\n");
	build(&scene);
	const struct site *s = scene.site;
	for (size_t i = 1; i < s->page_count; i++)
		assert_true(str_cmp(s->pages[i - 1].output, s->pages[i].output) < 0);
	expect_str(find_page(&scene, "a/1/index.html")->source.path, "content/a/1.md");
	expect_str(find_page(&scene, "speakers/oka/index.html")->source.path, "content/people.yml");
	const struct page *guide = find_page(&scene, "guide/index.html");
	assert_int_equal(guide->kind, PAGE_PLAIN);
	expect_str(guide->layout, "wide");
	expect_str(guide->updated, "2024-02-02");
	strike(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_declared_files_are_published),
		cmocka_unit_test(a_declared_file_must_exist),
		cmocka_unit_test(what_a_draft_names_is_neither_published_nor_unused),
		cmocka_unit_test(a_closed_document_is_not_published_by_another_link),
		cmocka_unit_test(a_closed_meeting_publishes_no_documents),
		cmocka_unit_test(a_record_kept_as_a_file_publishes_it),
		cmocka_unit_test(an_alias_must_not_take_a_page_s_address),
		cmocka_unit_test(two_aliases_must_differ_by_more_than_case),
		cmocka_unit_test(a_file_must_not_stand_where_a_folder_must),
		cmocka_unit_test(giji_s_own_files_are_kept_free),
		cmocka_unit_test(long_lists_are_split_by_year),
		cmocka_unit_test(short_lists_are_whole),
		cmocka_unit_test(pages_stand_in_order_and_name_their_source),
	};
	return RUN_SCENES(tests);
}
