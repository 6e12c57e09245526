#include "scene.h"

#include <time.h>

/* Where the link of a document that is written so leads. */
static struct md_target target_in(const struct md_doc *doc, const struct md_target *targets, const char *written)
{
	for (size_t i = 0; i < doc->link_count; i++)
		if (doc->links[i].kind != MD_LINK_MENTION && str_eq(doc->links[i].target, str_c(written)))
			return targets[i];
	fail_msg("no link is written %s", written);
	return (struct md_target){ 0 };
}

static struct md_target target_of(const struct scene *s, const char *path, const char *written)
{
	uint32_t m = find_meeting(s, path);
	assert_int_not_equal(m, NONE);
	return target_in(&s->site->meetings[m]->doc, s->site->meetings[m]->targets, written);
}

/* Where the mention of a document, or behind them of an attendee, leads. */
static struct md_target mention_of(const struct scene *s, size_t number)
{
	const struct meeting *m = s->site->meetings[0];
	for (size_t i = 0; i < m->doc.link_count; i++)
		if (m->doc.links[i].kind == MD_LINK_MENTION && m->doc.links[i].number == number)
			return m->targets[i];
	fail_msg("%zu is not mentioned", number);
	return (struct md_target){ 0 };
}

#define expect_link(path, n, url) \
	do { \
		assert_non_null(target_of(&scene, (path), (n)).href.p); \
		expect_str(target_of(&scene, (path), (n)).href, (url)); \
	} while (0)
#define expect_no_link(path, n) assert_null(target_of(&scene, (path), (n)).href.p)

/* A body with four meetings, people, topics, a page and a document; `words` stand in content/a/5.md from line 8 on. */
static void build_with(struct scene *s, const char *words)
{
	put(s, "content/people.yml",
		"oka: {name: 岡, labels: [岡座長]}\nyoshida-a: {name: 吉田}\nyoshida-b: {name: 吉田}\n"
		"seki: {name: 関, page: false}\n");
	put(s, "content/topics.yml", "common-id: {name: 共通ＩＤ・番号, terms: [共通番号]}\n");
	put_body(s, "a", "");
	put_body(s, "a/sub", "");
	put(s, "content/about.md", "---\ntitle: この会議\n---\n## 見出し\n");
	put(s, "content/guide/index.md", "---\ntitle: 手引\nkind: pages\n---\n");
	put(s, "content/guide/how.md", "---\ntitle: 書き方\n---\n");
	put(s, "content/a/files/x.pdf", "x");
	put_record(s, "content/a/3.md", "2023-01-01", "number: 3\nstatus: draft\n", "話");
	put_record(s, "content/a/4.md", "2024-01-01", "number: 4\nattendees: [{people: [岡座長]}]\n",
		"## 一\n\n【岡座長】甲。\n\n乙。\n\n> [!decision] 了承\n> 可。\n");
	put_record(s, "content/a/sub/1.md", "2024-01-01", "number: 1\n", "話");
	put_record(s, "content/a/5.md", "2024-02-01",
		"number: 5\ndocuments: [{label: 資料５－１, file: files/x.pdf}]\n", words);
	build(s);
}

static void words_in_brackets_are_looked_up(void **state)
{
	SCENE;
	build_with(&scene,
		"[[資料5-1]] [[第４回]] [[4]] [[令和５年度第４回]] [[about]] [[この会議]] [[oka]] [[岡座長]] "
		"[[共通番号]] [[common-id|語]] [[sub/1]] [[a/sub/1#n1]] [[書き方]] [[a]] [[第4回#s1-2]] [[#n1]]\n");
	expect_clean(&scene);
	const char *p = "content/a/5.md";
	static const char *const urls[][2] = { { "資料5-1", "/kaigi/a/files/x.pdf" }, { "第４回", "/kaigi/a/4/" },
		{ "4", "/kaigi/a/4/" }, { "令和５年度第４回", "/kaigi/a/4/" }, { "about", "/kaigi/about/" },
		{ "この会議", "/kaigi/about/" }, { "oka", "/kaigi/speakers/oka/" },
		{ "岡座長", "/kaigi/speakers/oka/" }, { "共通番号", "/kaigi/topics/common-id/" },
		{ "common-id", "/kaigi/topics/common-id/" }, { "sub/1", "/kaigi/a/sub/1/" },
		{ "a/sub/1#n1", "/kaigi/a/sub/1/#n1" }, { "書き方", "/kaigi/guide/how/" }, { "a", "/kaigi/a/" },
		{ "第4回#s1-2", "/kaigi/a/4/#s1-2" }, { "#n1", "/kaigi/a/5/#n1" } };
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
		expect_link(p, urls[i][0], urls[i][1]);
	expect_str(target_of(&scene, p, "資料5-1").file, "content/a/files/x.pdf");
	strike(&scene);
}

static void what_is_not_published_gives_its_words_alone(void **state)
{
	SCENE;
	build_with(&scene, "[[第3回]] [[3]] [前回](3.md) [[seki]]\n");
	assert_int_equal(scene.diags.errors, 0);
	static const char *const written[] = { "第3回", "3", "3.md", "seki" };
	for (size_t i = 0; i < 4; i++)
		expect_no_link("content/a/5.md", written[i]);
	strike(&scene);
}

static void unknown_words_are_found_with_near_ones(void **state)
{
	SCENE;
	build_with(&scene, "一\n\n二 [[岡坐長]]\n");
	expect_finding(&scene, LINK_BROKEN, "content/a/5.md", 11, "岡座長");
	assert_int_equal(find_finding(&scene, LINK_BROKEN)->loc.column, 5);
	strike(&scene);
}

static void two_people_of_a_name_are_ambiguous(void **state)
{
	SCENE;
	build_with(&scene, "[[吉田]]\n");
	expect_finding(&scene, LINK_AMBIGUOUS, "content/a/5.md", 9, "[[yoshida-b]]");
	expect_no_link("content/a/5.md", "吉田");
	strike(&scene);
}

static void anchors_must_exist(void **state)
{
	SCENE;
	build_with(&scene, "[甲](4.md#s1) [乙](4.md#i1) [丙](4.md#d1) [頁](../about.md#見出し) [無](4.md#s9)\n");
	expect_finding(&scene, ANCHOR_BROKEN, "content/a/5.md", 9, "#s9");
	expect_link("content/a/5.md", "4.md#s1", "/kaigi/a/4/#s1");
	expect_link("content/a/5.md", "4.md#d1", "/kaigi/a/4/#d1");
	expect_link("content/a/5.md", "../about.md#見出し", "/kaigi/about/#%E8%A6%8B%E5%87%BA%E3%81%97");
	strike(&scene);
}

static void an_anchor_that_a_page_lacks_is_found(void **state)
{
	SCENE;
	build_with(&scene, "[頁](../about.md#ない)\n");
	expect_finding(&scene, ANCHOR_BROKEN, "content/a/5.md", 9, "content/about.md");
	strike(&scene);
}

static void corrections_name_a_place_that_is_there(void **state)
{
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01",
		"corrections:\n- {date: 2024-02-01, at: n1}\n- {date: 2024-02-01, at: n2}\n"
		"- {date: 2024-02-01, at: c2}\n- {date: 2024-02-01, at: date}\n"
		"- {date: 2024-02-01, at: n3, kind: withdrawn}\n",
		"話。");
	put_record(&scene, "content/a/2.md", "2024-01-02", "status: draft\ncorrections: {date: 2024-02-01, at: s9}\n",
		"話。");
	put_record(&scene, "content/a/3.md", "2024-01-03",
		"closed: 個人情報\ncorrections: {date: 2024-02-01, at: s9}\n", "話。");
	build(&scene);
	expect_finding(&scene, ANCHOR_BROKEN, "content/a/1.md", 7, "「n2」");
	assert_int_equal(find_finding(&scene, ANCHOR_BROKEN)->loc.column, 26);
	assert_int_equal(scene.diags.errors, 1);
	strike(&scene);
}

/* Each kind would take a minute and more if its names were gathered anew for every link. */
static void many_links_take_bounded_time(void **state)
{
	enum { LINKS = 5000 };
	static const char *const kinds[] = { "[[資料%zu]]", "[[無資料%zu]]", "[無](files/x%zu.pdf)",
		"[甲](../p.md#h4999) [乙](../q.md#h%zu)", "[丙](1.md#n%zu)" };
	SCENE;
	struct buf words = { 0 }, labels = { 0 };
	put_body(&scene, "a", "");
	buf_put(&labels, STR("documents:\n"));
	buf_put(&words, STR("---\ntitle: 頁\n---\n"));
	for (size_t i = 1; i <= LINKS; i++) {
		buf_format(&labels, "- {label: 資料%zu}\n", i);
		buf_format(&words, "# h%zu\n\n", i);
		struct str file = arena_format(&scene.arena, "content/a/files/%zu.pdf", i);
		put(&scene, arena_c(&scene.arena, file), "x");
	}
	put(&scene, "content/p.md", arena_c(&scene.arena, buf_str(&words)));
	put(&scene, "content/q.md", arena_c(&scene.arena, buf_str(&words)));
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		buf_release(&words);
		for (size_t i = 1; i <= LINKS; i++) {
			struct str number = arena_format(&scene.arena, "%zu", i), rest = str_c(kinds[k]);
			buf_put(&words, str_cut(&rest, STR("%zu")));
			buf_format(&words, "%.*s%.*s\n\n", STR_ARG(number), STR_ARG(rest));
		}
		struct str path = arena_format(&scene.arena, "content/a/%zu.md", k + 1);
		put_record(&scene, arena_c(&scene.arena, path), "2024-01-01",
			k == 0 ? arena_c(&scene.arena, buf_str(&labels)) : "", arena_c(&scene.arena, buf_str(&words)));
	}
	buf_release(&labels);
	buf_release(&words);
	clock_t before = clock();
	build(&scene);
	assert_true((clock() - before) / CLOCKS_PER_SEC < 20);
	expect_link("content/a/1.md", "資料5000", "/kaigi/a/1/#doc5000");
	expect_link("content/a/4.md", "../q.md#h5000", "/kaigi/q/#h5000");
	expect_link("content/a/5.md", "1.md#n5000", "/kaigi/a/1/#n5000");
	assert_int_equal(scene.diags.errors, 2 * LINKS);
	strike(&scene);
}

static void links_to_files_publish_them(void **state)
{
	SCENE;
	put(&scene, "content/a/files/表 1.csv", "x");
	put(&scene, "content/a/files/p.png", "x");
	build_with(&scene,
		"[表](<files/表 1.csv>) ![図](files/p.png) [外](https://example.com/?a=1#b) [資](files/x.pdf#page=2) "
		"[表](files/%E8%A1%A8%201.csv)\n");
	expect_clean(&scene);
	expect_link("content/a/5.md", "files/表 1.csv", "/kaigi/a/files/%E8%A1%A8%201.csv");
	expect_link("content/a/5.md", "files/p.png", "/kaigi/a/files/p.png");
	expect_link("content/a/5.md", "https://example.com/?a=1#b", "https://example.com/?a=1#b");
	expect_link("content/a/5.md", "files/x.pdf#page=2", "/kaigi/a/files/x.pdf#page=2");
	expect_link("content/a/5.md", "files/%E8%A1%A8%201.csv", "/kaigi/a/files/%E8%A1%A8%201.csv");
	assert_int_equal(scene.site->asset_count, 3);
	expect_str(scene.site->assets[0].output, "a/files/p.png");
	expect_str(scene.site->assets[1].from, "content/a/files/x.pdf");
	strike(&scene);
}

static void files_that_are_missing_or_outside_are_found(void **state)
{
	SCENE;
	build_with(&scene,
		"[無](files/y.pdf)\n\n[源](9.md)\n\n[外](../../../x.pdf)\n\n[設](../../site.yml)\n\n[夾](nothing/)\n");
	expect_finding(&scene, DOCUMENT_MISSING, "content/a/5.md", 9, "content/a/files/x.pdf");
	size_t outside = 0, broken = 0;
	for (size_t i = 0; i < diag_count(&scene.diags); i++) {
		outside += diag_at(&scene.diags, i)->code == LINK_OUTSIDE;
		broken += diag_at(&scene.diags, i)->code == LINK_BROKEN;
	}
	assert_int_equal(outside, 2);
	assert_int_equal(broken, 2);
	static const char *const written[] = { "files/y.pdf", "9.md", "../../../x.pdf", "../../site.yml", "nothing/" };
	for (size_t i = 0; i < 5; i++)
		expect_no_link("content/a/5.md", written[i]);
	strike(&scene);
}

static void addresses_of_the_site_are_checked(void **state)
{
	SCENE;
	build_with(&scene,
		"[甲](/speakers/oka/) [乙](/kaigi/a/4/#s1) [丙](/) [丁](../about/) [戊](/nobody/) "
		"[己](../speakers/oka/) [庚](/a/4.md) [辛](/a/files/x.pdf)\n");
	expect_finding(&scene, LINK_BROKEN, "content/a/5.md", 9, "/nobody/");
	expect_link("content/a/5.md", "/speakers/oka/", "/kaigi/speakers/oka/");
	expect_link("content/a/5.md", "/kaigi/a/4/#s1", "/kaigi/a/4/#s1");
	expect_link("content/a/5.md", "/", "/kaigi/");
	expect_link("content/a/5.md", "../about/", "/kaigi/about/");
	expect_link("content/a/5.md", "../speakers/oka/", "/kaigi/speakers/oka/");
	expect_link("content/a/5.md", "/a/4.md", "/kaigi/a/4/");
	expect_link("content/a/5.md", "/a/files/x.pdf", "/kaigi/a/files/x.pdf");
	strike(&scene);
}

static void closed_parts_publish_no_file_and_break_no_link(void **state)
{
	SCENE;
	put(&scene, "content/a/files/secret.pdf", "x");
	build_with(&scene, "> [!closed] 個人情報\n> [秘](files/secret.pdf) [[誰か]]\n\n## 次\n\n資料５－１の話。\n");
	assert_int_equal(scene.diags.errors, 0);
	expect_finding(&scene, DOCUMENT_UNUSED, "content/a/files/secret.pdf", 0, "not published");
	assert_int_equal(scene.site->asset_count, 1);
	strike(&scene);
}

static void mentions_lead_to_documents_and_people(void **state)
{
	SCENE;
	put(&scene, "content/people.yml", "oka: {name: 岡, labels: [岡座長]}\n");
	put_body(&scene, "a", "");
	put(&scene, "content/a/files/x.pdf", "x");
	put_record(&scene, "content/a/1.md", "2024-01-01",
		"attendees: [{people: [岡座長, 森委員長]}]\ndocuments:\n  - {label: 資料１, file: files/x.pdf}\n"
		"  - {label: 資料２, url: 'https://example.com/2'}\n  - {label: 資料３}\n  - {label: 資料４, closed: "
		"個人情報}\n",
		"資料１、資料２、資料３、資料４を岡座長と森委員長が見た。\n");
	build(&scene);
	expect_clean(&scene);
	expect_str(mention_of(&scene, 0).href, "/kaigi/a/files/x.pdf");
	expect_str(mention_of(&scene, 1).href, "https://example.com/2");
	expect_str(mention_of(&scene, 2).href, "/kaigi/a/1/#doc3");
	expect_str(mention_of(&scene, 3).href, "/kaigi/a/1/#doc4");
	expect_str(mention_of(&scene, 4).href, "/kaigi/speakers/oka/");
	assert_null(mention_of(&scene, 5).href.p);
	const struct meeting *m = scene.site->meetings[0];
	expect_str(site_document_url(scene.site, m, 0, &scene.arena), "/kaigi/a/files/x.pdf");
	expect_str(site_document_url(scene.site, m, 1, &scene.arena), "https://example.com/2");
	assert_null(site_document_url(scene.site, m, 2, &scene.arena).p);
	assert_null(site_document_url(scene.site, m, 3, &scene.arena).p);
	strike(&scene);
}

static void a_number_that_begins_again_means_the_same_year(void **state)
{
	SCENE;
	put_body(&scene, "a", "numbering: year\n");
	put_record(&scene, "content/a/r4-1.md", "2022-05-01", "number: 1\n", "話");
	put_record(&scene, "content/a/r5-1.md", "2023-05-01", "number: 1\n", "話");
	put_record(&scene, "content/a/r5-2.md", "2023-06-01", "number: 2\n", "[[第1回]] [[令和4年度第1回]]\n");
	put_record(&scene, "content/a/r6-3.md", "2024-05-01", "number: 3\n", "[[第1回]]\n");
	build(&scene);
	expect_link("content/a/r5-2.md", "第1回", "/kaigi/a/r5-1/");
	expect_link("content/a/r5-2.md", "令和4年度第1回", "/kaigi/a/r4-1/");
	expect_finding(&scene, LINK_AMBIGUOUS, "content/a/r6-3.md", 8, "[[a/r4-1]]");
	strike(&scene);
}

static void a_session_names_its_meeting(void **state)
{
	SCENE;
	put_body(&scene, "g", "numbering: session\n");
	put_record(&scene, "content/g/a.md", "2024-03-01", "session: 令和６年第１回定例会\nnumber: 2\n", "話");
	put_record(&scene, "content/g/b.md", "2024-03-02", "session: 令和６年第２回定例会\n",
		"[[令和6年第1回定例会]] [[令和6年第1回定例会第2号]]\n");
	build(&scene);
	expect_clean(&scene);
	expect_link("content/g/b.md", "令和6年第1回定例会", "/kaigi/g/a/");
	expect_link("content/g/b.md", "令和6年第1回定例会第2号", "/kaigi/g/a/");
	strike(&scene);
}

static void links_keep_to_the_language_and_say_when_they_cannot(void **state)
{
	SCENE;
	put(&scene, "site.yml", "title: 会議\nbase_url: https://example.jp/\nlanguage: ja\nlanguages: [ja, en]\n");
	put(&scene, "content/people.yml", "oka: {name: 岡, labels: [Oka]}\n");
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "number: 1\n", "話");
	put_record(&scene, "content/a/1.en.md", "2024-01-01", "number: 1\n", "Talk");
	put_record(&scene, "content/a/2.md", "2024-02-01", "number: 2\n", "[[1]] [英](1.en.md)");
	put_record(&scene, "content/a/3.en.md", "2024-03-01", "number: 3\n", "[[1]] [[2]] [[oka]] [[a]]");
	build(&scene);
	expect_clean(&scene);
	expect_link("content/a/2.md", "1", "/a/1/");
	assert_null(target_of(&scene, "content/a/2.md", "1").lang.p);
	expect_link("content/a/2.md", "1.en.md", "/en/a/1/");
	expect_str(target_of(&scene, "content/a/2.md", "1.en.md").lang, "en");
	expect_link("content/a/3.en.md", "1", "/en/a/1/");
	expect_link("content/a/3.en.md", "2", "/a/2/");
	expect_str(target_of(&scene, "content/a/3.en.md", "2").lang, "ja");
	expect_link("content/a/3.en.md", "oka", "/en/speakers/oka/");
	expect_link("content/a/3.en.md", "a", "/en/a/");
	strike(&scene);
}

static void pages_and_introductions_link_too(void **state)
{
	SCENE;
	put(&scene, "content/index.md", "---\ntitle: ようこそ\n---\n[[甲会]] [頁](guide/how.md#b) [無](x.md)\n");
	put(&scene, "content/guide/index.md", "---\ntitle: 手引\nkind: pages\n---\n[[how]] [上](#見)\n\n# 見\n");
	put(&scene, "content/guide/how.md", "---\ntitle: 書き方\n---\n## a\n\n### b\n");
	put(&scene, "content/a/index.md", "---\ntitle: 甲会\nrequired: [date]\n---\n[[第1回]]\n");
	put_record(&scene, "content/a/1.md", "2024-01-01", "number: 1\n", "話");
	build(&scene);
	const struct site *s = scene.site;
	const struct plain *home = &s->plains[s->editions[0].home];
	expect_str(target_in(&home->doc, home->targets, "甲会").href, "/kaigi/a/");
	expect_str(target_in(&home->doc, home->targets, "guide/how.md#b").href, "/kaigi/guide/how/#b");
	expect_finding(&scene, LINK_BROKEN, "content/index.md", 4, "x.md");
	expect_str(site_body(s, 0, 0)->targets[0].href, "/kaigi/a/1/");
	for (size_t i = 0; i < s->plain_count; i++) {
		if (!s->plains[i].is_index)
			continue;
		expect_str(s->plains[i].url, "/kaigi/guide/");
		expect_str(target_in(&s->plains[i].doc, s->plains[i].targets, "how").href, "/kaigi/guide/how/");
		expect_str(target_in(&s->plains[i].doc, s->plains[i].targets, "#見").href, "#%E8%A6%8B");
	}
	strike(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_in_brackets_are_looked_up),
		cmocka_unit_test(what_is_not_published_gives_its_words_alone),
		cmocka_unit_test(unknown_words_are_found_with_near_ones),
		cmocka_unit_test(two_people_of_a_name_are_ambiguous),
		cmocka_unit_test(anchors_must_exist),
		cmocka_unit_test(an_anchor_that_a_page_lacks_is_found),
		cmocka_unit_test(corrections_name_a_place_that_is_there),
		cmocka_unit_test(many_links_take_bounded_time),
		cmocka_unit_test(links_to_files_publish_them),
		cmocka_unit_test(files_that_are_missing_or_outside_are_found),
		cmocka_unit_test(addresses_of_the_site_are_checked),
		cmocka_unit_test(closed_parts_publish_no_file_and_break_no_link),
		cmocka_unit_test(mentions_lead_to_documents_and_people),
		cmocka_unit_test(a_number_that_begins_again_means_the_same_year),
		cmocka_unit_test(a_session_names_its_meeting),
		cmocka_unit_test(links_keep_to_the_language_and_say_when_they_cannot),
		cmocka_unit_test(pages_and_introductions_link_too),
	};
	return RUN_SCENES(tests);
}
