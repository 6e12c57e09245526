/* What templates see of the model: real sites in memory, rendered by templates of a line or two. */
#include "../site/scene.h"
#include "markdown/markdown.h"
#include "render/render.h"
#include "render/theme.h"

static struct scene s;
static struct fs installed;
static struct theme *theme;
static struct renderer *renderer;
static struct buf page;

static const char *const kinds[] = { "home", "body", "meeting", "speakers", "speaker", "topics", "topic", "decisions", "actions", "documents", "corrections",
	"page", "not-found" };

static void give(const char *path, const char *text)
{
	assert_int_equal(fs_write(&installed, str_c(path), str_c(text)), FS_OK);
}

/* A site with a register of two people and two topics, and a template of one kind. */
static void open_site(const char *kind, const char *template)
{
	set(&s);
	fs_memory_open(&installed);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char path[64];
		snprintf(path, sizeof path, "templates/%s.html", kinds[i]);
		give(path, strcmp(kinds[i], kind) == 0 ? template : "");
	}
	give("themes/default/labels/ja.yml", "a: b\n");
	give("themes/default/labels/en.yml", "a: b\n");
	put_body(&s, "kaigi", "");
	put(&s, "content/people.yml",
		"oka: {name: 岡, reading: おか, labels: [岡座長]}\nkiyohara: {name: 清原, reading: きよはら, labels: "
		"[清原委員]}\n");
	put(&s, "content/topics.yml", "id: {name: 共通ＩＤ, terms: [共通ＩＤ]}\ntax: {name: 税, terms: [税]}\n");
}

static const struct page *page_at(const char *output)
{
	for (size_t i = 0; i < s.site->page_count; i++)
		if (str_eq(s.site->pages[i].output, str_c(output)))
			return &s.site->pages[i];
	fail_msg("there is no page %s", output);
	return NULL;
}

/* Builds the site and renders the page at `output`, which must give exactly `expected`. */
static void expect(const char *output, const char *expected)
{
	build(&s);
	struct theme_files files = { &s.fs, &installed };
	theme = theme_open(&files, s.site, &s.arena, &s.diags);
	bool good = theme != NULL;
	if (good) {
		renderer = renderer_open(theme, s.site);
		good = renderer_page(renderer, page_at(output), &page, &s.diags);
	}
	for (size_t i = 0; !good && i < diag_count(&s.diags); i++)
		print_message("%.*s: %.*s\n", STR_ARG(diag_at(&s.diags, i)->loc.path),
			STR_ARG(diag_at(&s.diags, i)->message));
	assert_true(good);
	if (!str_eq(buf_str(&page), str_c(expected)))
		fail_msg("「%.*s」 is not 「%s」", (int)page.n, page.p, expected);
}

static int close_site(void **state)
{
	(void)state;
	renderer_close(renderer);
	theme_release(theme);
	buf_release(&page);
	fs_close(&installed);
	strike(&s);
	return 0;
}

static const char two_speakers[] =
	"## 議題\n\n【岡座長】\n\n- あいうえお\n- かき\n\n【清原委員】\n\n- さしす\n\n【岡座長】\n\n- たち";

static void shares_count_each_speaker_once_and_the_longest_first(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for x in each(page.meeting.shares) %}{{ x.label }} {{ x.characters }} {{ x.statements }} {{ "
		"x.percent }}%;{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "", two_speakers);
	expect("kaigi/1/index.html", "岡座長 9 3 75%;清原委員 3 1 25%;");
}

static void a_meeting_without_speeches_has_no_shares(void **state)
{
	(void)state;
	open_site("meeting", "{{ #page.meeting.shares }}{{ #page.meeting.decisions }}{{ #page.meeting.items }}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "", "");
	expect("kaigi/1/index.html", "000");
}

static void parts_of_an_item_hold_speeches_and_speeches_hold_their_statements(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for i in each(page.meeting.items) %}{{ i.level }}{{ i.prefix? }}{{ i.title? }}["
		"{% for p in each(i.parts) %}{{ p.kind }}"
		"{% if p.kind == \"speech\" %}({% for q in each(p.parts) %}{{ q.kind }} {{ q.anchor? }},{% end %}){% "
		"end %};{% end %}]{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "",
		"開会\n\n## 1. 議題\n\n説明があった。\n\n【岡座長】\n\n- あ\n- い\n\n（拍手）\n\n> [!decision] 了承\n> "
		"進める。\n");
	expect("kaigi/1/index.html",
		"0[narrative;]11. 議題[narrative;speech(said s1-1,said s1-2,note n3,callout d1,);]");
}

static void a_side_of_a_vote_is_as_many_as_its_lines_say_together(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for v in each(page.meeting.decisions) %}{% for s in each(v.sides) %}{{ s.name }} {{ s.count }},"
		"{% end %};{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "",
		"> [!vote] 可決\n> - 賛成：\n>   - 6人\n>   - 4人\n> - 反対：2人\n> - 棄権：なし\n\n一。\n\n"
		"> [!vote] 可決\n> - 賛成：全員\n\n二。\n\n"
		"> [!vote] 可決\n> - 賛成：\n>   - 緑の会の全員\n>   - 水の会の全員\n> - 反対：0人\n");
	expect("kaigi/1/index.html", "賛成 10,反対 2,棄権 0,;賛成 全員,;反対 0,;");
}

static void a_decision_without_words_repeats_the_paragraph_before(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for d in each(page.meeting.decisions) %}{{ d.outcome }} {{ tostring(d.repeats) }} {{ d.text }};{% "
		"end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "",
		"案のとおりとした。\n\n> [!decision] 了承\n\nまた、次のとおりとした。\n\n> [!decision] 修正\n> "
		"直す。\n");
	expect("kaigi/1/index.html", "了承 true 案のとおりとした。;修正 false 直す。;");
}

static void an_action_says_who_and_by_when(void **state)
{
	(void)state;
	open_site("meeting", "{% for a in each(page.meeting.actions) %}{{ a.due? }}|{{ a.outcome? }};{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "",
		"> [!action] 2024-03-31 事務局\n> 調べる。\n\n> [!action] 事務局\n> 書く。\n\n> [!action] "
		"2024-03-31\n> 送る。\n");
	expect("kaigi/1/index.html", "2024-03-31|事務局;|事務局;2024-03-31|;");
}

static void contents_name_agenda_parts_that_have_no_heading_where_they_belong(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for c in each(page.meeting.contents) %}{{ c.anchor or \"-\" }} {{ c.title }}"
		"{% for d in each(c.items) %}({{ d.anchor or \"-\" }} {{ d.title }}){% end %};{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05",
		"agenda:\n  - {title: 甲, items: [甲の一]}\n  - 乙\n  - 丙\n  - 丁\n",
		"## 開会\n\n## 甲\n\n### 細目\n\n## 丙\n");
	expect("kaigi/1/index.html", "i1 開会;i2 甲(i2-1 細目)(- 甲の一);- 乙;i3 丙;- 丁;");
}

static void the_absent_are_told_apart_wherever_they_stand(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for g in each(page.meeting.attendance) %}{{ g.name }}:{% for p in each(g.people) %}"
		"{% if p.absent %}absent {% end %}{{ p.label }}{{ p.url? }},{% end %}{{ g.count? }};{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05",
		"attendees:\n  - {group: 委員, people: [岡座長, {label: 山田委員, absent: true}], absent: "
		"[清原委員]}\n  - {group: 傍聴者, count: 7}\n",
		"");
	expect("kaigi/1/index.html",
		"委員:岡座長/kaigi/speakers/oka/,absent 山田委員,absent 清原委員/kaigi/speakers/kiyohara/,;傍聴者:7;");
}

static void each_name_of_a_joint_speech_leads_to_its_own_page(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for p in each(page.meeting.items[1].parts) %}{% for n in each(p.names) %}{{ n.words }}({{ n.url? "
		"}}){% end %}{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "", "【岡座長、清原委員】\n\n- 賛成する。\n");
	expect("kaigi/1/index.html", "岡座長(/kaigi/speakers/oka/)、()清原委員(/kaigi/speakers/kiyohara/)");
}

static const char remarks[] =
	"{% for g in each(grouped(page.person.remarks, \"meeting\")) %}{% local m = g[1].meeting %}"
	"{{ m.date }} {{ m.words }} {{ #g }}[{% for p in each(grouped(g, \"speech\", \"item\")) %}"
	"{{ p[1].speech and p[1].speech.label or \"-\" }}:{% for q in each(p) %}{{ q.anchor }},{% end %}{% end %}];{% "
	"end %}";

static void remarks_of_a_person_stand_by_meeting_and_speech(void **state)
{
	(void)state;
	open_site("speaker", remarks);
	put_record(&s, "content/kaigi/2.md", "2024-02-05", "kind: verbatim\n", "【岡座長】\n\n本日は。\n");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "kind: summary\n", two_speakers);
	expect("speakers/oka/index.html",
		"2024-01-05 full 3[岡座長:s1-1,s1-2,岡座長:s3-1,];2024-02-05 excerpt 1[岡座長:s1-1,];");
}

static void words_in_another_language_are_never_copied(void **state)
{
	(void)state;
	open_site("speaker", remarks);
	put(&s, "site.yml", "title: 会議\nbase_url: https://example.jp/kaigi/\nlanguage: ja\nlanguages: [ja, en]\n");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "kind: summary\n", two_speakers);
	expect("en/speakers/oka/index.html", "2024-01-05 none 3[岡座長:s1-1,s1-2,岡座長:s3-1,];");
}

static void a_topic_knows_who_spoke_on_it_and_how_often_in_each_year(void **state)
{
	(void)state;
	open_site("topic",
		"{% for x in each(page.topic.speakers) %}{{ x.of.name }}{{ x.count }} {% end %}"
		"{% for y in each(page.topic.years) %}{{ y.of }}:{{ y.count }} {% end %}{{ page.topic.first }} {{ "
		"page.topic.last }}");
	put_record(&s, "content/kaigi/1.md", "2021-05-05", "",
		"【清原委員】\n\n- 共通ＩＤと税。共通ＩＤ。\n\n【岡座長】\n\n- 税。\n");
	put_record(&s, "content/kaigi/2.md", "2024-03-31", "",
		"【岡座長】\n\n- 共通ＩＤ。\n\n【清原委員】\n\n- 共通ＩＤ。\n");
	expect("topics/id/index.html", "清原2 岡1 2021:1 2022:0 2023:2 2021-05-05 2024-03-31");
}

static void a_speech_does_not_repeat_the_topics_of_its_item(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for i in each(page.meeting.items) %}{% for t in each(i.topics) %}{{ t.id }} {% end %}|"
		"{% for p in each(i.parts) %}{% for t in each(p.subjects) %}{{ t.of.id }}{{ t.count }} {% end %}{% end "
		"%}{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "",
		"## 議題\n\n#tax\n\n【岡座長】\n\n- 税と共通ＩＤ。\n- 共通ＩＤ。\n");
	expect("kaigi/1/index.html", "tax |id2 ");
}

static void meetings_of_a_body_stand_by_fiscal_year_newest_first(void **state)
{
	(void)state;
	open_site("body",
		"{% for y in each(grouped(page.body.meetings, \"fiscal_year\")) %}{{ y[1].fiscal_year }}({{ #y }})"
		"{% for m in each(y) %} {{ m.date }}{% end %};{% end %}");
	put_record(&s, "content/kaigi/1.md", "2023-03-31", "", "");
	put_record(&s, "content/kaigi/2.md", "2023-04-01", "", "");
	put_record(&s, "content/kaigi/3.md", "2024-03-31", "", "");
	expect("kaigi/index.html", "2023(2) 2024-03-31 2023-04-01;2022(1) 2023-03-31;");
}

static void what_is_announced_is_upcoming_and_soonest_first(void **state)
{
	(void)state;
	open_site("home",
		"{% for m in each(site.upcoming) %}{{ m.name }} {% end %}|{% for m in each(site.latest) %}{{ m.name }} "
		"{% end %}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "", "");
	put_record(&s, "content/kaigi/2.md", "2024-03-05", "status: scheduled\n", "");
	put_record(&s, "content/kaigi/3.md", "2024-07-05", "status: scheduled\n", "");
	put_record(&s, "content/kaigi/4.md", "2024-06-01", "status: scheduled\n", "");
	expect("index.html", "4 3 |2 1 ");
}

static void breadcrumbs_lead_from_home_through_every_body(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for c in each(page.breadcrumbs) %}{{ c.title or c.key }} {{ c.url }} {{ tostring(c.current) }};{% "
		"end %}");
	put_body(&s, "kaigi/bukai", "");
	put_record(&s, "content/kaigi/bukai/1.md", "2024-01-05", "", "");
	expect("kaigi/bukai/1/index.html",
		"home /kaigi/ false;kaigi会 /kaigi/kaigi/ false;kaigi/bukai会 /kaigi/kaigi/bukai/ false;"
		"会議 /kaigi/kaigi/bukai/1/ true;");
}

static void a_list_of_many_remarks_is_shown_year_by_year(void **state)
{
	(void)state;
	open_site("speaker",
		"{{ page.year? }} {{ #page.person.remarks }} {{ page.person.remark_count }} {% for y in "
		"each(page.years) %}{{ y.url }} {% end %}");
	struct buf words = { 0 };
	buf_put(&words, STR("【岡座長】\n\n"));
	for (int i = 0; i < 300; i++)
		buf_put(&words, STR("- はい\n"));
	buf_byte(&words, '\0');
	put_record(&s, "content/kaigi/1.md", "2022-05-05", "", words.p);
	put_record(&s, "content/kaigi/2.md", "2023-05-05", "", words.p);
	buf_release(&words);
	expect("speakers/oka/index.html", " 0 600 /kaigi/speakers/oka/2023/ /kaigi/speakers/oka/2022/ ");
	buf_clear(&page);
	assert_true(renderer_page(renderer, page_at("speakers/oka/2022/index.html"), &page, &s.diags));
	assert_true(str_starts(buf_str(&page), STR("2022 300 600 /kaigi/speakers/oka/2023/")));
}

static void a_document_tells_its_kind_by_its_name(void **state)
{
	(void)state;
	open_site("meeting", "{% for d in each(page.meeting.documents) %}{{ d.type? }} {{ d.url? }};{% end %}");
	put(&s, "content/kaigi/files/a.pdf", "x");
	put(&s, "content/kaigi/files/b.xhtml", "x");
	put(&s, "content/kaigi/files/c.markdown", "x");
	put_record(&s, "content/kaigi/1.md", "2024-01-05",
		"documents:\n  - {label: 甲, file: files/a.pdf}\n  - {label: 乙, file: files/b.xhtml}\n  - {label: 丙, "
		"file: files/c.markdown}\n  - {label: 丁}\n",
		"");
	expect("kaigi/1/index.html",
		"pdf /kaigi/kaigi/files/a.pdf;xhtml /kaigi/kaigi/files/b.xhtml; /kaigi/kaigi/files/c.markdown; ;");
}

static void of_a_closed_meeting_only_date_attendees_and_reason_are_shown(void **state)
{
	(void)state;
	open_site("meeting",
		"{% local m = page.meeting %}{{ m.date }}{{ m.place? }}{{ m.begins? }}{{ m.summary? }}{{ "
		"m.description? }}"
		"{{ m.video? }}{{ m.params.a? }}{{ m.updated and \"\" }}{{ m.record_url? }}{{ #m.contents }}{{ "
		"#m.documents }}{{ "
		"#m.topics }}"
		"{{ #m.corrections }}{{ #m.items }} {{ m.attendance[1].people[1].label }} {{ "
		"m.closed_reason }} {{ m.closed_basis }}");
	put(&s, "content/kaigi/files/a.pdf", "x");
	put_record(&s, "content/kaigi/1.md", "2024-01-05",
		"time: 14:00-15:00\nplace: 密室\nsummary: 要約\ndescription: 説明\nvideo: https://v.jp/\nrecord: "
		"files/a.pdf\nparams: {a: 秘密}\n"
		"agenda: [議題]\ndocuments: [{label: 資料}]\ntopics: [tax]\n"
		"corrections: [{date: 2024-02-02, at: place, kind: addition, after: 場所}]\n"
		"closed: {reason: 個人情報, basis: 第７条}\nattendees: [{group: 委員, people: [岡座長]}]\n",
		"## 議題\n\n秘密。\n");
	expect("kaigi/1/index.html", "2024-01-0500000 岡座長 個人情報 第７条");
}

static void grouped_splits_a_list_where_any_of_the_fields_changes(void **state)
{
	(void)state;
	open_site("meeting",
		"{% for g in each(grouped(page.meeting.items, \"level\", \"closed\")) %}{{ #g }}{{ g[1].title }};{% "
		"end %}"
		"{{ #grouped(page.meeting.documents, \"title\") }}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "", "## 甲\n\n### 乙\n\n### 丙\n\n## 丁\n");
	expect("kaigi/1/index.html", "1甲;2乙;1丁;0");
}

static void params_are_tables_that_may_lack_anything(void **state)
{
	(void)state;
	open_site("meeting",
		"{% local p = page.meeting.params %}{{ p.a }}{{ p.none? }}{{ #p.list }}"
		"{% for x in each(p.list) %}{{ x }}{% end %}{{ p.map.x }}{{ page.meeting.body.params.none? }}"
		"{{ site.params.none? }}{{ site.speakers[1].params.none? }}");
	put_record(&s, "content/kaigi/1.md", "2024-01-05", "params: {a: 1, list: [x, y], map: {x: z}}\n",
		"【岡座長】 はい。\n");
	expect("kaigi/1/index.html", "12xyz");
}

#define TEST(name) cmocka_unit_test_teardown(name, close_site)

int main(void)
{
	text_init();
	md_init();
	const struct CMUnitTest tests[] = {
		TEST(shares_count_each_speaker_once_and_the_longest_first),
		TEST(a_meeting_without_speeches_has_no_shares),
		TEST(parts_of_an_item_hold_speeches_and_speeches_hold_their_statements),
		TEST(a_side_of_a_vote_is_as_many_as_its_lines_say_together),
		TEST(a_decision_without_words_repeats_the_paragraph_before),
		TEST(an_action_says_who_and_by_when),
		TEST(contents_name_agenda_parts_that_have_no_heading_where_they_belong),
		TEST(the_absent_are_told_apart_wherever_they_stand),
		TEST(each_name_of_a_joint_speech_leads_to_its_own_page),
		TEST(remarks_of_a_person_stand_by_meeting_and_speech),
		TEST(words_in_another_language_are_never_copied),
		TEST(a_topic_knows_who_spoke_on_it_and_how_often_in_each_year),
		TEST(a_speech_does_not_repeat_the_topics_of_its_item),
		TEST(meetings_of_a_body_stand_by_fiscal_year_newest_first),
		TEST(what_is_announced_is_upcoming_and_soonest_first),
		TEST(breadcrumbs_lead_from_home_through_every_body),
		TEST(a_list_of_many_remarks_is_shown_year_by_year),
		TEST(a_document_tells_its_kind_by_its_name),
		TEST(of_a_closed_meeting_only_date_attendees_and_reason_are_shown),
		TEST(grouped_splits_a_list_where_any_of_the_fields_changes),
		TEST(params_are_tables_that_may_lack_anything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
