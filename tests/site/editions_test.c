#include "scene.h"

#include <unistd.h>

static void set_languages(struct scene *s)
{
	put(s, "site.yml",
		"title: {ja: 会議, en: Meetings}\nbase_url: https://example.jp/\nlanguage: ja\nlanguages: [ja, en]\n");
	put(s, "content/people.yml",
		"oka: {name: {ja: 岡, en: Oka}, reading: おか, labels: [岡座長, Chair Oka]}\nmori: {name: 森, reading: "
		"もり}\n");
	put(s, "content/a/index.md", "---\ntitle: {ja: 甲会, en: Committee A}\nrequired: [date]\n---\n");
	put(s, "content/b/index.md", "---\ntitle: 乙会\nlanguages: [en]\nrequired: [date]\n---\n");
	put(s, "content/b/index.en.md", "---\ntitle: Committee B\n---\nHello.\n");
	put_record(s, "content/a/1.md", "2024-01-01", "", "【岡座長】一。\n\n【岡座長】二。\n");
	put_record(s, "content/a/1.en.md", "2024-01-01", "attendees: [{people: [Chair Oka]}]\n", "Chair Oka: One.\n");
	put_record(s, "content/a/2.md", "2024-02-01", "", "【岡座長】三。\n");
	put_record(s, "content/b/1.md", "2024-03-01", "attendees: [{people: [Chair Oka]}]\n", "Chair Oka: Four.\n");
	put(s, "content/about.md", "---\ntitle: 説明\n---\n");
	put(s, "content/about.en.md", "---\ntitle: About\n---\n");
	put(s, "content/terms.md", "---\ntitle: 利用条件\n---\n");
}

static void each_language_has_an_edition_of_all_lists(void **state)
{
	SCENE;
	set_languages(&scene);
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(scene.site->edition_count, 2);
	static const char *const lists[] = { "index.html", "speakers/index.html", "speakers/oka/index.html",
		"topics/index.html", "decisions/index.html", "a/index.html", "b/index.html" };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		char english[64];
		snprintf(english, sizeof english, "en/%s", lists[i]);
		expect_str(find_page(&scene, lists[i])->language, "ja");
		expect_str(find_page(&scene, english)->language, "en");
		assert_int_equal(find_page(&scene, english)->edition, 1);
	}
	strike(&scene);
}

static void an_edition_shows_each_record_in_its_language_or_the_original(void **state)
{
	SCENE;
	set_languages(&scene);
	build(&scene);
	const struct site *s = scene.site;
	uint32_t first = find_meeting(&scene, "content/a/1.md"), english = find_meeting(&scene, "content/a/1.en.md");
	uint32_t second = find_meeting(&scene, "content/a/2.md"), other = find_meeting(&scene, "content/b/1.md");
	const uint32_t ja[] = { other, second, first }, en[] = { other, second, english };
	assert_int_equal(s->meeting_count, 4);
	assert_int_equal(s->editions[0].meeting_count, 3);
	assert_int_equal(s->editions[1].meeting_count, 3);
	assert_memory_equal(s->editions[0].meetings, ja, sizeof ja);
	assert_memory_equal(s->editions[1].meetings, en, sizeof en);
	assert_int_equal(s->places[first].version_count, 1);
	assert_int_equal(s->places[first].versions[0], english);
	assert_int_equal(s->places[english].next, NONE);
	assert_int_equal(s->places[first].next, second);
	expect_str(s->places[english].url, "/en/a/1/");
	assert_int_equal(s->editions[0].people[0].remarks.count, 4);
	assert_int_equal(s->editions[1].people[0].remarks.count, 3);
	assert_int_equal(site_body(s, 0, 0)->meetings[0], first);
	assert_int_equal(site_body(s, 1, 0)->meetings[0], english);
	strike(&scene);
}

static void a_body_in_another_language_keeps_its_address(void **state)
{
	SCENE;
	set_languages(&scene);
	build(&scene);
	const struct site *s = scene.site;
	uint32_t other = find_meeting(&scene, "content/b/1.md");
	expect_str(s->meetings[other]->language, "en");
	expect_str(s->places[other].url, "/b/1/");
	const struct page *page = find_page(&scene, "b/1/index.html");
	expect_str(page->language, "en");
	assert_int_equal(page->edition, 1);
	assert_null(find_page(&scene, "en/b/1/index.html"));
	strike(&scene);
}

static void bodies_and_pages_speak_the_language_of_the_edition(void **state)
{
	SCENE;
	set_languages(&scene);
	build(&scene);
	const struct site *s = scene.site;
	expect_str(site_body(s, 0, 0)->title, "甲会");
	expect_str(site_body(s, 1, 0)->title, "Committee A");
	expect_str(site_body(s, 1, 0)->text_language, "ja");
	expect_str(site_body(s, 1, 1)->title, "Committee B");
	expect_str(site_body(s, 1, 1)->text_language, "en");
	assert_true(site_body(s, 1, 1)->doc.block_count == 1);
	expect_str(site_body(s, 1, 1)->language, "en");
	assert_non_null(find_page(&scene, "about/index.html"));
	assert_non_null(find_page(&scene, "en/about/index.html"));
	assert_null(find_page(&scene, "en/terms/index.html"));
	assert_int_equal(s->editions[1].plain_count, 2);
	expect_str(s->plains[s->editions[1].plains[0]].title, "About");
	expect_str(s->plains[s->editions[1].plains[1]].title, "利用条件");
	assert_int_equal(s->plains[s->editions[1].plains[0]].version_count, 1);
	expect_str(s->plains[s->editions[1].home].title, "ようこそ");
	strike(&scene);
}

static void names_sort_in_the_language_of_the_edition(void **state)
{
	SCENE;
	set_languages(&scene);
	build(&scene);
	expect_str(scene.site->editions[0].people[0].heading, "あ");
	expect_str(scene.site->editions[1].people[0].heading, "O");
	strike(&scene);
}

static void two_versions_in_one_language_are_refused(void **state)
{
	SCENE;
	set_languages(&scene);
	put_record(&scene, "content/b/1.en.md", "2024-03-01", "attendees: [{people: [Chair Oka]}]\n",
		"Chair Oka: Four.\n");
	build(&scene);
	expect_finding(&scene, ADDRESS_COLLISION, "content/b/1.md", 0, "content/b/1.en.md");
	strike(&scene);
}

static void a_draft_translation_does_not_stand_for_the_original(void **state)
{
	SCENE;
	set_languages(&scene);
	put_record(&scene, "content/a/1.en.md", "2024-01-01", "status: draft\nattendees: [{people: [Chair Oka]}]\n",
		"Chair Oka: One.\n");
	build(&scene);
	assert_int_equal(scene.site->editions[1].meetings[2], find_meeting(&scene, "content/a/1.md"));
	assert_null(find_page(&scene, "en/a/1/index.html"));
	strike(&scene);
}

static void what_keeps_an_original_inside_keeps_its_translations(void **state)
{
	static const char *const given[] = { "status: draft\n", "publish_on: 2030-01-01\n", "expire_on: 2024-05-01\n",
		"", "publish_on: いつか\n" };
	const char *why;
	for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
		SCENE;
		set_languages(&scene);
		/* What cannot be read is left out, even when nobody is told. */
		assert_true(diag_levels_set(&scene.levels, STR("all=off"), &why));
		put_record(&scene, "content/a/1.md", "2024-01-01", given[i], "【岡座長】一。\n");
		build(&scene);
		assert_int_equal(scene.diags.errors, 0);
		assert_int_equal(find_page(&scene, "en/a/1/index.html") != NULL, i == 3);
		assert_int_equal(find_meeting(&scene, "content/a/1.en.md") != NONE, i == 3);
		scene.options.drafts = i == 1;
		site_release(scene.site);
		build(&scene);
		assert_int_equal(find_page(&scene, "en/a/1/index.html") != NULL, i == 1 || i == 3);
		strike(&scene);
	}
}

static void versions_must_agree_on_what_is_withheld(void **state)
{
	static const char *const given[] = { "closed: {reason: 個人情報}\n", "anonymous: true\n" };
	const char *why;
	for (size_t i = 0; i < 4; i++) {
		SCENE;
		set_languages(&scene);
		assert_true(diag_levels_set(&scene.levels, STR("all=off"), &why));
		const char *path = i < 2 ? "content/a/1.md" : "content/a/1.en.md";
		const char *open = i < 2 ? "content/a/1.en.md" : "content/a/1.md";
		put_record(&scene, path, "2024-01-01", given[i % 2], "話。\n");
		build(&scene);
		expect_finding(&scene, CLOSED_LEAK, open, 2, path);
		assert_int_equal(find_meeting(&scene, open), NONE);
		strike(&scene);
	}
	SCENE;
	set_languages(&scene);
	put_record(&scene, "content/a/1.md", "2024-01-01", given[0], "話。\n");
	put_record(&scene, "content/a/1.en.md", "2024-01-01", given[0], "Words.\n");
	build(&scene);
	expect_clean(&scene);
	assert_non_null(find_page(&scene, "en/a/1/index.html"));
	strike(&scene);
}

static void a_page_kept_inside_keeps_its_translations(void **state)
{
	static const char *const given[] = { "draft: true\n", "publish_on: 2030-01-01\n", "expire_on: 2024-05-01\n",
		"publish_on: いつか\n" };
	const char *why;
	for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
		SCENE;
		set_languages(&scene);
		assert_true(diag_levels_set(&scene.levels, STR("all=off"), &why));
		struct str text = arena_format(&scene.arena, "---\ntitle: 説明\n%s---\n", given[i]);
		put(&scene, "content/about.md", arena_c(&scene.arena, text));
		build(&scene);
		assert_null(find_page(&scene, "about/index.html"));
		assert_null(find_page(&scene, "en/about/index.html"));
		assert_int_equal(scene.site->editions[1].plain_count, 1);
		strike(&scene);
	}
}

static void a_body_that_cannot_be_read_publishes_nothing(void **state)
{
	SCENE;
	const char *why;
	set_languages(&scene);
	assert_true(diag_levels_set(&scene.levels, STR("all=off"), &why));
	put(&scene, "content/a/index.md", "---\ntitle: 甲会\npublish_on: いつか\n---\n");
	build(&scene);
	assert_int_equal(scene.diags.errors, 0);
	assert_int_equal(find_meeting(&scene, "content/a/1.md"), NONE);
	assert_null(find_page(&scene, "a/index.html"));
	strike(&scene);
}

static void what_is_only_announced_decided_nothing(void **state)
{
	static const char *const statuses[] = { "scheduled", "postponed", "cancelled", "confirmed" };
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		SCENE;
		put(&scene, "content/topics.yml", "bus: {name: バス, terms: [バス]}\n");
		put_body(&scene, "a", "");
		struct str status = arena_format(&scene.arena, "status: %s\n", statuses[i]);
		put_record(&scene, "content/a/1.md", "2024-01-01", arena_c(&scene.arena, status),
			"話。\n\n> [!decision] 了承\n> バスの件。\n\n> [!vote] 可決\n> - 議案: バス\n");
		build(&scene);
		const struct edition *e = &scene.site->editions[0];
		assert_int_equal(e->decisions.count, i == 3 ? 2 : 0);
		assert_int_equal(e->topics[0].decisions.count > 0, i == 3);
		strike(&scene);
	}
}

static void topics_gather_remarks_and_decisions(void **state)
{
	SCENE;
	put(&scene, "content/topics.yml",
		"bus: {name: バス, terms: [路線バス, バス]}\n"
		"fare: {name: 運賃, terms: [運賃], broader: bus, also: [bus]}\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "",
		"## バス\n\n#fare\n\n路線バスの運賃。\n\nほか。 #fare\n\n> [!decision] 了承\n> "
		"運賃は案のとおり。\n\n## 別\n\nバスと路線バス。\n");
	build(&scene);
	expect_clean(&scene);
	const struct site *s = scene.site;
	const struct appearances *bus = &s->editions[0].topics[find_topic(&scene, "bus")];
	const struct appearances *fare = &s->editions[0].topics[find_topic(&scene, "fare")];
	assert_int_equal(bus->remarks.count, 2);
	assert_int_equal(fare->remarks.count, 2);
	assert_int_equal(fare->decisions.count, 1);
	assert_int_equal(fare->meeting_count, 1);
	assert_int_equal(s->topics[1].broader, 0);
	assert_int_equal(s->topics[0].narrower[0], 1);
	assert_int_equal(s->topics[1].also[0], 0);
	assert_int_equal(s->editions[0].decisions.count, 1);
	strike(&scene);
}

static void hashtags_make_topics_where_no_register_does(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/2.md", "2024-02-01", "", "話。 #共通ID\n");
	put_record(&scene, "content/a/1.md", "2024-01-01", "", "話。 #共通ＩＤ #防災\n");
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(scene.site->topic_count, 2);
	uint32_t id = find_topic(&scene, "共通id");
	expect_str(scene.site->topics[id].name.any, "共通ＩＤ");
	assert_int_equal(scene.site->editions[0].topics[id].remarks.count, 2);
	assert_non_null(find_page(&scene, "topics/共通id/index.html"));
	strike(&scene);
}

static void an_unknown_hashtag_makes_no_topic_beside_a_register(void **state)
{
	SCENE;
	put(&scene, "content/topics.yml", "bus: {name: バス}\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "", "話。 #防災\n");
	build(&scene);
	assert_int_equal(scene.site->topic_count, 1);
	assert_non_null(find_finding(&scene, TOPIC_UNKNOWN));
	strike(&scene);
}

/* The real record of a ministry's committee, where it stands beside the project. */
static void the_ict_record_has_its_people_and_topics(void **state)
{
	struct scene scene;
	(void)state;
	set(&scene);
	if (access("../shared/sites/ict/site.yml", R_OK) != 0) {
		print_message("../shared/sites/ict is not here\n");
		strike(&scene);
		skip();
	}
	fs_close(&scene.fs);
	assert_int_equal(fs_disk_open(&scene.fs, "../shared/sites/ict", false), FS_OK);
	build(&scene);
	const struct edition *e = &scene.site->editions[0];
	assert_int_equal(scene.diags.errors, 0);
	assert_int_equal(e->people_order_count, 18);
	assert_int_equal(e->topics_order_count, 12);
	expect_str(e->people[find_person(&scene, "oka")].heading, "あ");
	expect_str(e->people[find_person(&scene, "seki")].heading, "さ");
	expect_str(words_in(&scene.site->people[find_person(&scene, "yoshida-seisaku")].name, STR("ja")), "吉田");
	expect_str(words_in(&scene.site->people[find_person(&scene, "yoshida-sanjikan")].name, STR("ja")), "吉田");
	assert_non_null(find_page(&scene, "speakers/yoshida-sanjikan/index.html"));
	strike(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_language_has_an_edition_of_all_lists),
		cmocka_unit_test(an_edition_shows_each_record_in_its_language_or_the_original),
		cmocka_unit_test(a_body_in_another_language_keeps_its_address),
		cmocka_unit_test(bodies_and_pages_speak_the_language_of_the_edition),
		cmocka_unit_test(names_sort_in_the_language_of_the_edition),
		cmocka_unit_test(two_versions_in_one_language_are_refused),
		cmocka_unit_test(a_draft_translation_does_not_stand_for_the_original),
		cmocka_unit_test(what_keeps_an_original_inside_keeps_its_translations),
		cmocka_unit_test(versions_must_agree_on_what_is_withheld),
		cmocka_unit_test(a_page_kept_inside_keeps_its_translations),
		cmocka_unit_test(a_body_that_cannot_be_read_publishes_nothing),
		cmocka_unit_test(what_is_only_announced_decided_nothing),
		cmocka_unit_test(topics_gather_remarks_and_decisions),
		cmocka_unit_test(hashtags_make_topics_where_no_register_does),
		cmocka_unit_test(an_unknown_hashtag_makes_no_topic_beside_a_register),
		cmocka_unit_test(the_ict_record_has_its_people_and_topics),
	};
	return RUN_SCENES(tests);
}
