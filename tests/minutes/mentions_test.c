#include "record.h"

#include "markdown/html.h"

/* All pieces as HTML, mentions as links to #<number>. */
static const char *linked(struct record *r)
{
	const struct meeting *m = r->meeting;
	struct md_target *targets = ARENA_ARRAY(&r->arena, struct md_target, m->doc.link_count);
	for (size_t i = 0; i < m->doc.link_count; i++)
		targets[i].href = m->doc.links[i].kind == MD_LINK_MENTION
			? arena_format(&r->arena, "#%zu", m->doc.links[i].number)
			: m->doc.links[i].target;
	struct md_html html = { .doc = &m->doc, .targets = targets };
	struct buf lines = { 0 };
	for (size_t i = 0; i < m->piece_count; i++)
		md_html_piece(&html, m->pieces[i], &lines);
	buf_clear(&r->out);
	for (size_t i = 0; i < lines.n; i++)
		if (lines.p[i] != '\n')
			buf_byte(&r->out, lines.p[i]);
	buf_byte(&r->out, '\0');
	buf_release(&lines);
	return r->out.p;
}

static void documents(struct record *r)
{
	r->front = "documents:\n  - label: 資料５－１\n  - label: 資料５－２\n  - label: 参考資料５－１\n  - label: "
		   "資料Ａ\n";
}

static void labels_of_documents_are_linked_where_they_stand(void **state)
{
	struct record *r = *state;
	documents(r);
	const struct meeting *m =
		record_read(r, "事務局より資料５－１、**資料5-2**及び参考資料５‐１。\n\n- 資料５−１と資料５－１\n");
	assert_string_equal(linked(r),
		"<p>事務局より<a href=\"#0\">資料５－１</a>、<strong><a href=\"#1\">資料5-2</a></strong>及び"
		"<a href=\"#2\">参考資料５‐１</a>。</p><ul><li><a href=\"#0\">資料５−１</a>と<a "
		"href=\"#0\">資料５－１</a></li></ul>");
	assert_int_equal(m->document_mentions[0].end - m->document_mentions[0].first, 2);
	assert_int_equal(m->mentions[m->document_mentions[0].first + 1], 1);
	assert_int_equal(m->document_mentions[3].end - m->document_mentions[3].first, 0);
	assert_int_equal(diag_count(&r->diags), 1);
	assert_int_equal(diag_at(&r->diags, 0)->code, DOCUMENT_UNUSED);
}

static void a_label_is_not_linked_in_another_or_before_a_digit_or_in_a_link(void **state)
{
	struct record *r = *state;
	documents(r);
	record_read(r, "別添資料５－１と資料５－１２３４と資料５－１－２と[資料５－１](a.pdf)と`資料５－１`\n");
	assert_string_equal(linked(r),
		"<p>別添資料５－１と資料５－１２３４と資料５－１－２と<a href=\"a.pdf\">資料５－１</a>と"
		"<code>資料５－１</code></p>");
	assert_int_equal(r->meeting->mention_count, 0);
}

static void a_link_to_a_document_is_a_mention_of_it(void **state)
{
	struct record *r = *state;
	r->front = "documents:\n  - {label: 資料５－１}\n  - {label: 図, file: files/a.pdf}\n  - {label: 資料５－２, url: "
		   "'https://a.example/b#c'}\n";
	const struct meeting *m = record_read(
		r, "- [[資料5-1]]\n- [この図](files/a.pdf#page=2)\n- [[資料５－１|それ]]と[あれ](https://a.example/b#c)\n");
	assert_int_equal(diag_count(&r->diags), 0);
	assert_int_equal(m->document_mentions[0].end - m->document_mentions[0].first, 2);
	assert_int_equal(m->mentions[m->document_mentions[1].first], 1);
	assert_int_equal(m->mentions[m->document_mentions[2].first], 2);
}

static void attendees_are_linked_by_labels_that_are_long_enough(void **state)
{
	struct record *r = *state;
	r->attendees = "[岡座長, 森氏, Mayor Lee, Rémy]";
	record_read(r, "【岡座長】岡座長と森氏、Mayor Leeと Mayor Leeds と Rémy、吉岡座長\n");
	assert_string_equal(linked(r),
		"<p><a href=\"#0\">岡座長</a>と森氏、<a href=\"#2\">Mayor Lee</a>と Mayor Leeds と Rémy、吉岡座長</p>");
	assert_int_equal(r->meeting->doc.links[0].number, 0);
}

static void attendees_come_behind_documents(void **state)
{
	struct record *r = *state;
	documents(r);
	record_read(r, "岡座長\n");
	assert_int_equal(r->meeting->doc.links[0].number, 4);
}

static void a_cited_document_that_nobody_declared_is_found_once(void **state)
{
	struct record *r = *state;
	documents(r);
	record_read(
		r, "資料５－９と資料5-9。\n\n前回の資料４－１、資料５－３枚、参考資料５－２、資料Ｂ、別添資料５－８\n");
	assert_string_equal(record_outline(r),
		"n1 資料５－９と資料5-9。\nn2 前回の資料４－１、資料５－３枚、参考資料５－２、資料Ｂ、別添資料５－８\n"
		"warning[document-unused] 0:12\nwarning[document-unused] 0:12\nwarning[document-unused] 0:12\n"
		"warning[document-unused] 0:12\nwarning[document-undeclared] 1:1\nwarning[document-undeclared] 3:17\n");
}

static void pieces_titles_and_blocks_still_fit_after_links_were_put_in(void **state)
{
	struct record *r = *state;
	r->topics = "x: {name: x}\n";
	const struct meeting *m = record_read(r,
		"【岡座長】森委員へ\n【森委員】岡座長へ\n\n## （１）岡座長の件\n| 岡座長 |\n|---|\n| 森委員 |\n\n> "
		"[!decision] 可\n> 岡座長 #x\n");
	assert_string_equal(record_outline(r),
		"s1 岡座長\n  s1-1 森委員へ\ns2 森委員\n  s2-1 岡座長へ\ni1 （１） 岡座長の件\n  n1 [table]\n  d1 可: "
		"岡座長 {x}\n");
	struct buf title = { 0 };
	md_plain_runs(&m->doc, m->items[1].title_run, m->doc.blocks[m->items[1].heading].end_run, &title);
	assert_true(str_eq(buf_str(&title), STR("岡座長の件")));
	buf_release(&title);
	assert_int_equal(m->doc.link_count, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(labels_of_documents_are_linked_where_they_stand),
		RECORD_TEST(a_label_is_not_linked_in_another_or_before_a_digit_or_in_a_link),
		RECORD_TEST(a_link_to_a_document_is_a_mention_of_it),
		RECORD_TEST(attendees_are_linked_by_labels_that_are_long_enough),
		RECORD_TEST(attendees_come_behind_documents),
		RECORD_TEST(a_cited_document_that_nobody_declared_is_found_once),
		RECORD_TEST(pieces_titles_and_blocks_still_fit_after_links_were_put_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
