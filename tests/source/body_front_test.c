#include "bench.h"

static struct body_front body;
static struct body_front page;

static bool read_body(struct bench *b, const char *words)
{
	struct reading r = bench_reading(b, "test.yml");
	return body_front_read(bench_yaml(b, words), &body, &r);
}

static bool read_page(struct bench *b, const char *words)
{
	struct reading r = bench_reading(b, "test.yml");
	return page_front_read(bench_yaml(b, words), &page, &r);
}

static void every_key_of_a_body_is_read(void **state)
{
	struct bench *b = *state;
	assert_true(read_body(b,
		"title: {ja: 会議, en: Meeting}\nreading: かいぎ\norganization: 総務省\ndescription: 説明\nkind: "
		"pages\n"
		"standing_speakers: [事務局]\nnumbering: year\nrequired: [date, speakers]\nspeaker_pages: "
		"excerpt\nlanguages: [ja]\n"
		"not_speakers: [質疑応答, Time]\nestablished: 2012-04-01\ndissolved: 2016-03-31\ndraft: "
		"true\npublish_on: 2012-05-01\n"
		"expire_on: 2030-01-01\nupdated: 2016-04-01\naliases: /old/\nlayout: wide\nparams: {x: 1}\n"));
	assert_sound(b);
	assert_text(words_in(&body.title, STR("en")), "Meeting");
	assert_text(body.reading.any, "かいぎ");
	assert_text(body.organization.any, "総務省");
	assert_text(body.description.any, "説明");
	assert_int_equal(body.kind, BODY_PAGES);
	assert_text(body.standing_speakers.items[0].text, "事務局");
	assert_true(body.numbering == NUMBERING_YEAR && body.speaker_pages == SPEAKER_PAGES_EXCERPT && body.draft);
	assert_true(body.required_given && body.required.count == 2);
	assert_text(body.required.items[1].text, "speakers");
	assert_true(body.languages.count == 1 && body.not_speakers.count == 2);
	assert_date(body.established, 2012, 4, 1);
	assert_date(body.dissolved, 2016, 3, 31);
	assert_date(body.publish_on, 2012, 5, 1);
	assert_date(body.expire_on, 2030, 1, 1);
	assert_date(body.updated, 2016, 4, 1);
	assert_text(body.aliases.items[0].text, "/old/");
	assert_text(body.layout, "wide");
	assert_non_null(body.params);
	assert_int_equal(body.loc.line, 1);
}

static void a_body_needs_only_a_title(void **state)
{
	struct bench *b = *state;
	assert_true(read_body(b, "title: 会議\n"));
	assert_sound(b);
	assert_true(!body.required_given && !body.draft && body.kind == BODY_MEETINGS && body.numbering == 0);
	assert_true(read_body(b, "title: 会議\nrequired: []\n"));
	assert_true(body.required_given && body.required.count == 0);
	assert_false(read_body(b, "reading: かいぎ\n"));
	assert_only(b, VALUE_INVALID, 1, 1, diag_at(&b->diags, 0)->loc.width, "「title」 is missing");
}

static void faults_of_a_body_have_their_place(void **state)
{
	struct bench *b = *state;
	assert_true(read_body(b,
		"title: 会議\nrequired: [date, plaice]\nnumbering: yearly\ndraft: yes\nkind: page\nlanguages: "
		"[日本語]\n"
		"established: 2016-04-01\ndissolved: 2012-04-01\ndate: 2013-12-13\n"));
	assert_int_equal(diag_count(&b->diags), 7);
	assert_found(b, VALUE_INVALID, 2, 18, 6, "did you mean 「place」?");
	assert_found(b, VALUE_INVALID, 3, 12, 6, "did you mean 「year」?");
	assert_found(b, VALUE_INVALID, 4, 8, 3, "true or false");
	assert_found(b, VALUE_INVALID, 5, 7, 4, "did you mean 「pages」?");
	assert_found(b, VALUE_INVALID, 6, 13, 3, "is not a language code");
	assert_found(b, DATE_MISMATCH, 8, 12, 10, "「dissolved」 is earlier");
	assert_found(b, KEY_UNKNOWN, 9, 1, 4, "it is a key of a record's front matter");
	assert_true(body.draft);
}

static void every_key_of_a_page_is_read(void **state)
{
	struct bench *b = *state;
	assert_true(read_page(b,
		"title: 手引き\ndescription: 説明\nlayout: wide\ndraft: true\npublish_on: 2014-01-01\nexpire_on: "
		"2015-01-01\n"
		"aliases: [/a/, /b/]\nupdated: 2014-02-01\nparams: {x: 1}\nkind: pages\n"));
	assert_sound(b);
	assert_text(page.title.any, "手引き");
	assert_text(page.description.any, "説明");
	assert_text(page.layout, "wide");
	assert_true(page.draft && page.aliases.count == 2 && page.params);
	assert_date(page.publish_on, 2014, 1, 1);
	assert_date(page.expire_on, 2015, 1, 1);
	assert_date(page.updated, 2014, 2, 1);
}

static void a_page_needs_a_title_and_the_home_page_none(void **state)
{
	struct bench *b = *state;
	struct reading r = bench_reading(b, "content/index.md");
	assert_true(home_front_read(NULL, &page, &r));
	assert_true(home_front_read(bench_yaml(b, "description: 説明\n"), &page, &r));
	assert_sound(b);
	assert_false(page_front_read(NULL, &page, &r));
	assert_only(b, VALUE_INVALID, 0, 0, 0, "「title」 is missing");
	assert_true(read_page(b, "title: a\nstatus: draft\n"));
	assert_only(b, KEY_UNKNOWN, 2, 1, 6, "it is a key of a record's front matter");
	assert_false(read_page(b, "title: a\nexpire_on: いつか\n"));
	assert_only(b, DATE_INVALID, 2, 12, 3, "cannot be read as a date");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(every_key_of_a_body_is_read),
		BENCH_TEST(a_body_needs_only_a_title),
		BENCH_TEST(faults_of_a_body_have_their_place),
		BENCH_TEST(every_key_of_a_page_is_read),
		BENCH_TEST(a_page_needs_a_title_and_the_home_page_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
