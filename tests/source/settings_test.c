#include "source/settings.h"

#include "bench.h"

static struct settings s;

static bool read_given(struct bench *b, const char *words, const char *base_url)
{
	bench_put(b, "site.yml", words);
	return settings_read(&b->fs, str_c(base_url), &b->arena, &s, &b->diags);
}

static bool read(struct bench *b, const char *words)
{
	return read_given(b, words, NULL);
}

#define LEAST "title: 会議\nbase_url: https://example.go.jp/kaigi\nlanguage: ja\n"

static void the_least_site_has_japanese_defaults(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, LEAST));
	assert_sound(b);
	assert_text(s.title.any, "会議");
	assert_text(s.base_url, "https://example.go.jp/kaigi/");
	assert_text(s.base_path, "/kaigi/");
	assert_text(s.timezone, "Asia/Tokyo");
	assert_text(s.theme, "default");
	assert_true(s.year_starts == 4 && s.search && s.speaker_pages == SPEAKER_PAGES_DEFAULT && !s.params);
	assert_true(s.languages.count == 1 && s.outputs.count == 2);
	assert_text(s.languages.items[0].text, "ja");
	assert_text(s.outputs.items[0].text, "json");
	assert_text(s.outputs.items[1].text, "xml");
}

static void other_languages_begin_their_year_in_january_and_keep_utc(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "title: Council\nbase_url: http://example.org\nlanguage: en\n"));
	assert_sound(b);
	assert_text(s.timezone, "UTC");
	assert_text(s.base_url, "http://example.org/");
	assert_text(s.base_path, "/");
	assert_int_equal(s.year_starts, 1);
}

static void every_key_is_read(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		"\xef\xbb\xbftitle: {ja: 会議, en: Meetings}\r\nbase_url: "
		"https://example.go.jp/%E4%BC%9A/\r\nlanguage: ja\r\n"
		"description: 説明\r\ntimezone: Europe/Paris\r\nyear_starts: １０\r\ntheme: quiet\r\nlanguages: [en, "
		"ja, en]\r\n"
		"publisher: 総務課\r\ncontact: kaigi@example.go.jp\r\nlicense: {name: CC BY 4.0, url: "
		"'https://example.org/by'}\r\n"
		"outputs: [json, csv, txt]\r\nsearch: false\r\nspeaker_pages: off\r\nparams: {colour: blue}\r\n"));
	assert_sound(b);
	assert_text(words_in(&s.title, STR("en")), "Meetings");
	assert_text(s.base_path, "/%E4%BC%9A/");
	assert_text(s.description.any, "説明");
	assert_text(s.timezone, "Europe/Paris");
	assert_text(s.theme, "quiet");
	assert_true(s.year_starts == 10 && !s.search && s.speaker_pages == SPEAKER_PAGES_OFF);
	assert_int_equal(s.languages.count, 2);
	assert_text(s.languages.items[0].text, "ja");
	assert_text(s.languages.items[1].text, "en");
	assert_text(s.publisher.any, "総務課");
	assert_text(s.contact, "kaigi@example.go.jp");
	assert_text(s.license.name.any, "CC BY 4.0");
	assert_text(s.license.url, "https://example.org/by");
	assert_int_equal(s.outputs.count, 3);
	assert_text(s.outputs.items[2].text, "txt");
	assert_text(yaml_get(s.params, STR("colour"))->text, "blue");
}

static void the_license_may_be_its_name_and_outputs_may_be_none(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, LEAST "license: MIT\noutputs: []\n"));
	assert_text(s.license.name.any, "MIT");
	assert_int_equal(s.outputs.count, 0);
}

static void what_is_missing_is_named(void **state)
{
	struct bench *b = *state;
	assert_false(settings_read(&b->fs, STR_NONE, &b->arena, &s, &b->diags));
	assert_only(b, VALUE_INVALID, 0, 0, 0, "a site begins with a file site.yml");
	assert_false(read(b, ""));
	assert_int_equal(diag_count(&b->diags), 3);
	bench_clear(b);
	assert_false(read(b, "- title\n"));
	assert_found(b, VALUE_INVALID, 1, 1, diag_at(&b->diags, 0)->loc.width, "a map of keys");
	assert_int_equal(diag_count(&b->diags), 1);
}

static void an_unknown_key_has_a_way_out(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, LEAST "tilte: a\nattendees: [a]\ncolour: blue\n"));
	assert_int_equal(diag_count(&b->diags), 3);
	assert_found(b, KEY_UNKNOWN, 4, 1, 5, "did you mean 「title」?");
	assert_found(b, KEY_UNKNOWN, 5, 1, 9, "it is a key of a record's front matter");
	assert_found(b, KEY_UNKNOWN, 6, 1, 6, "under 「params」");
}

static void each_wrong_value_is_found(void **state)
{
	struct bench *b = *state;
	assert_false(read(b,
		LEAST "timezone: Tokyo\nyear_starts: 13\ntheme: ../x\noutputs: [pdf]\nspeaker_pages: ful\nlicense: "
		      "{url: a}\n"));
	assert_int_equal(diag_count(&b->diags), 6);
	assert_found(b, VALUE_INVALID, 4, 11, 5, "「Tokyo」 is not a time zone");
	assert_found(b, VALUE_INVALID, 5, 14, 2, "from 1 to 12");
	assert_found(b, VALUE_INVALID, 6, 8, 4, "cannot stand in an address");
	assert_found(b, VALUE_INVALID, 7, 11, 3, "write one of: json, xml, csv, txt");
	assert_found(b, VALUE_INVALID, 8, 16, 3, "did you mean 「full」?");
}

static void the_address_needs_a_scheme_and_no_query(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "title: a\nlanguage: ja\nbase_url: example.go.jp/kaigi\n"));
	assert_only(b, VALUE_INVALID, 3, 11, 19, "write it whole: https://example.go.jp/kaigi");
	assert_false(read(b, "title: a\nlanguage: ja\nbase_url: /kaigi/\n"));
	bench_clear(b);
	assert_false(read(b, "title: a\nlanguage: ja\nbase_url: 'https://example.org/?a'\n"));
	assert_only(b, VALUE_INVALID, 3, 11, 24, "cannot hold ? or #");
	assert_false(read(b, "title: a\nlanguage: ja\nbase_url: ftp://example.org/\n"));
	assert_only(b, LINK_SCHEME, 3, 11, 18, "ftp:");
}

static void the_command_line_replaces_the_address(void **state)
{
	struct bench *b = *state;
	assert_true(read_given(b, "title: a\nlanguage: ja\n", "http://localhost:8000"));
	assert_sound(b);
	assert_text(s.base_url, "http://localhost:8000/");
	assert_text(s.base_path, "/");
	assert_false(read_given(b, LEAST, "localhost/x"));
	assert_int_equal(b->diags.errors, 1);
	assert_text(diag_at(&b->diags, 0)->loc.path, "-u");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(the_least_site_has_japanese_defaults),
		BENCH_TEST(other_languages_begin_their_year_in_january_and_keep_utc),
		BENCH_TEST(every_key_is_read),
		BENCH_TEST(the_license_may_be_its_name_and_outputs_may_be_none),
		BENCH_TEST(what_is_missing_is_named),
		BENCH_TEST(an_unknown_key_has_a_way_out),
		BENCH_TEST(each_wrong_value_is_found),
		BENCH_TEST(the_address_needs_a_scheme_and_no_query),
		BENCH_TEST(the_command_line_replaces_the_address),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
