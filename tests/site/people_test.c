#include "scene.h"

#define ATTEND "attendees: [{people: [岡座長, 清原 構成員]}]\n"

static uint32_t remarks_of(const struct scene *s, const char *id)
{
	uint32_t person = find_person(s, id);
	assert_int_not_equal(person, NONE);
	return (uint32_t)s->site->editions[0].people[person].remarks.count;
}

static void an_attendee_who_speaks_is_a_person_of_the_body(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", ATTEND, "【岡座長】一。\n\n【清原構成員】二。\n\n三。\n");
	put_record(&scene, "content/a/2.md", "2024-02-01", "attendees: [{people: [清原構成員, 村上構成員]}]\n",
		"【清原構成員】四。\n");
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(scene.site->person_count, 2);
	assert_int_equal(remarks_of(&scene, "a-岡座長"), 1);
	uint32_t kiyohara = find_person(&scene, "a-清原-構成員");
	const struct appearances *a = &scene.site->editions[0].people[kiyohara];
	assert_int_equal(a->remarks.count, 3);
	assert_int_equal(a->meeting_count, 2);
	assert_int_equal(a->remarks.items[2].meeting, 1);
	assert_int_equal(a->first.month, 1);
	assert_int_equal(a->last.month, 2);
	expect_str(scene.site->editions[0].people[find_person(&scene, "a-岡座長")].url,
		"/kaigi/speakers/a-%E5%B2%A1%E5%BA%A7%E9%95%B7/");
	expect_str(find_page(&scene, "speakers/a-岡座長/index.html")->updated, "2024-01-01");
	strike(&scene);
}

static void another_body_knows_other_people_by_the_same_label(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_body(&scene, "b", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", ATTEND, "【岡座長】一。\n");
	put_record(&scene, "content/b/1.md", "2024-01-01", ATTEND, "【岡座長】一。\n");
	build(&scene);
	assert_int_equal(scene.site->person_count, 2);
	assert_int_equal(remarks_of(&scene, "b-岡座長"), 1);
	strike(&scene);
}

static void whoever_is_registered_has_a_page_even_silent(void **state)
{
	SCENE;
	put(&scene, "content/people.yml",
		"oka: {name: 岡, labels: [岡座長]}\nmori: {name: 森, labels: [森委員]}\n"
		"seki: {name: 関, labels: [関委員], page: false}\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "attendees: [{people: [岡座長, 関委員]}]\n",
		"【岡座長】一。\n\n【関委員】二。\n");
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(remarks_of(&scene, "oka"), 1);
	assert_non_null(find_page(&scene, "speakers/mori/index.html"));
	assert_null(find_page(&scene, "speakers/seki/index.html"));
	assert_int_equal(remarks_of(&scene, "seki"), 1);
	assert_null(scene.site->editions[0].people[find_person(&scene, "seki")].url.p);
	assert_int_equal(scene.site->meetings[0]->voices[0].person, find_person(&scene, "oka"));
	assert_int_equal(scene.site->meetings[0]->present[0].person, find_person(&scene, "oka"));
	strike(&scene);
}

static void who_speaks_unregistered_is_found_once(void **state)
{
	SCENE;
	put(&scene, "content/people.yml", "oka: {name: 岡, labels: [岡座長]}\n");
	put_body(&scene, "a", "");
	const char *attend = "attendees:\n  - people:\n      - 岡座長\n      - 森委員\n      - 石委員\n";
	put_record(&scene, "content/a/1.md", "2024-01-01", attend, "【森委員】一。\n");
	put_record(&scene, "content/a/2.md", "2024-02-01", attend, "【森委員】一。\n");
	build(&scene);
	expect_finding(&scene, SPEAKER_UNREGISTERED, "content/a/1.md", 8, "森委員");
	assert_int_equal(remarks_of(&scene, "a-森委員"), 2);
	assert_int_equal(find_person(&scene, "a-石委員"), NONE);
	strike(&scene);
}

static void a_bare_role_is_nobody(void **state)
{
	SCENE;
	put_body(&scene, "a", "standing_speakers: [事務局]\n");
	put_record(&scene, "content/a/1.md", "2024-01-01", "attendees: [{people: [会長, Chair, 副会長森]}]\n",
		"【会長】一。\n\n【Chair】二。\n\n【事務局】三。\n\n【副会長森】四。\n");
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(scene.site->person_count, 1);
	assert_int_equal(scene.site->meetings[0]->voices[0].person, NONE);
	assert_int_equal(remarks_of(&scene, "a-副会長森"), 1);
	strike(&scene);
}

static void members_of_the_public_are_tied_to_nothing(void **state)
{
	SCENE;
	put(&scene, "content/people.yml", "oka: {name: 岡, labels: [岡さん]}\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01",
		"attendees: [{group: 住民, public: true, people: [岡さん, 森さん]}]\n",
		"【岡さん】一。\n\n【森さん】二。\n");
	build(&scene);
	expect_clean(&scene);
	assert_int_equal(scene.site->person_count, 1);
	assert_int_equal(remarks_of(&scene, "oka"), 0);
	assert_int_equal(scene.site->editions[0].people[0].meeting_count, 0);
	strike(&scene);
}

static void two_labels_with_one_address_collide(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "attendees:\n  - people:\n      - A.Mori\n      - A-Mori\n",
		"【A.Mori】一。\n\n【A-Mori】二。\n");
	build(&scene);
	expect_finding(&scene, ADDRESS_COLLISION, "content/a/1.md", 8, "A.Mori");
	assert_non_null(
		strstr(arena_c(&scene.arena, find_finding(&scene, ADDRESS_COLLISION)->message), "content/a/1.md:7"));
	strike(&scene);
}

static void a_registered_id_and_a_label_may_collide(void **state)
{
	SCENE;
	put(&scene, "content/people.yml", "a-mori: {name: 森}\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "attendees: [{people: [Mori]}]\n", "【Mori】一。\n");
	build(&scene);
	assert_non_null(find_finding(&scene, ADDRESS_COLLISION));
	strike(&scene);
}

static void words_that_may_not_be_collected_are_not(void **state)
{
	SCENE;
	put_body(&scene, "a", "speaker_pages: off\n");
	put_body(&scene, "b", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", ATTEND, "【岡座長】一。\n");
	put_record(&scene, "content/b/1.md", "2024-01-01", ATTEND, "【岡座長】一。\n");
	build(&scene);
	assert_int_equal(remarks_of(&scene, "a-岡座長"), 0);
	assert_null(find_page(&scene, "speakers/a-岡座長/index.html"));
	assert_int_equal(remarks_of(&scene, "b-岡座長"), 1);
	assert_non_null(find_page(&scene, "speakers/b-岡座長/index.html"));
	assert_int_equal(scene.site->editions[0].people_order_count, 1);
	strike(&scene);
}

static void a_joint_speech_stands_on_the_page_of_each_once(void **state)
{
	SCENE;
	put(&scene, "content/people.yml",
		"oka: {name: 岡, labels: [岡座長, 岡委員]}\nmori: {name: 森, labels: [森委員]}\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "attendees: [{people: [岡座長, 岡委員, 森委員]}]\n",
		"【岡座長、岡委員、森委員】一。\n");
	build(&scene);
	assert_int_equal(remarks_of(&scene, "oka"), 1);
	assert_int_equal(remarks_of(&scene, "mori"), 1);
	strike(&scene);
}

static void people_sort_by_reading_under_their_heading(void **state)
{
	SCENE;
	put(&scene, "content/people.yml",
		"seki: {name: 関, reading: せき}\noka: {name: 岡, reading: おか}\n"
		"ab: {name: Anna Berg}\nendo: {name: 遠藤, reading: えんどう}\n"
		"oka2: {name: 岡, reading: おか}\n");
	build(&scene);
	const struct edition *e = &scene.site->editions[0];
	static const char *const ids[] = { "endo", "oka", "oka2", "seki", "ab" };
	static const char *const headings[] = { "あ", "あ", "あ", "さ", "A" };
	assert_int_equal(e->people_order_count, 5);
	for (size_t i = 0; i < 5; i++) {
		expect_str(scene.site->people[e->people_order[i]].id, ids[i]);
		expect_str(e->people[e->people_order[i]].heading, headings[i]);
	}
	strike(&scene);
}

static void a_reading_for_a_language_sorts_its_index(void **state)
{
	SCENE;
	put(&scene, "site.yml", "title: 会議\nbase_url: https://example.jp/\nlanguage: ja\nlanguages: [ja, en]\n");
	put(&scene, "content/people.yml",
		"oka: {name: {ja: 岡 春子, en: Haruko Oka}, reading: {ja: おか はるこ, en: 'Oka, Haruko'}}\n"
		"mori: {name: {ja: 森 一, en: Hajime Mori}, reading: もり はじめ}\n"
		"seki: {name: {ja: 関 明, en: Akira Seki}, reading: {ja: せき あきら, en: 'Seki, Akira'}}\n"
		"wada: {name: {ja: 和田 友, en: Tomo Wada}, reading: {ja: わだ とも}}\n");
	build(&scene);
	static const char *const ids[2][4] = { { "oka", "seki", "mori", "wada" }, { "mori", "oka", "seki", "wada" } };
	static const char *const headings[2][4] = { { "あ", "さ", "ま", "わ" }, { "H", "O", "S", "T" } };
	for (size_t i = 0; i < 8; i++) {
		const struct edition *e = &scene.site->editions[i / 4];
		expect_str(scene.site->people[e->people_order[i % 4]].id, ids[i / 4][i % 4]);
		expect_str(e->people[e->people_order[i % 4]].heading, headings[i / 4][i % 4]);
	}
	strike(&scene);
}

static void a_closed_meeting_ties_its_attendees_only(void **state)
{
	SCENE;
	put(&scene, "content/people.yml", "oka: {name: 岡, labels: [岡座長]}\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01",
		"closed: {reason: 個人情報}\nattendees: [{people: [岡座長]}]\n", "【岡座長】一。\n");
	build(&scene);
	assert_int_equal(remarks_of(&scene, "oka"), 0);
	assert_int_equal(scene.site->editions[0].people[0].meeting_count, 1);
	strike(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_attendee_who_speaks_is_a_person_of_the_body),
		cmocka_unit_test(another_body_knows_other_people_by_the_same_label),
		cmocka_unit_test(whoever_is_registered_has_a_page_even_silent),
		cmocka_unit_test(who_speaks_unregistered_is_found_once),
		cmocka_unit_test(a_bare_role_is_nobody),
		cmocka_unit_test(members_of_the_public_are_tied_to_nothing),
		cmocka_unit_test(two_labels_with_one_address_collide),
		cmocka_unit_test(a_registered_id_and_a_label_may_collide),
		cmocka_unit_test(words_that_may_not_be_collected_are_not),
		cmocka_unit_test(a_joint_speech_stands_on_the_page_of_each_once),
		cmocka_unit_test(people_sort_by_reading_under_their_heading),
		cmocka_unit_test(a_reading_for_a_language_sorts_its_index),
		cmocka_unit_test(a_closed_meeting_ties_its_attendees_only),
	};
	return RUN_SCENES(tests);
}
