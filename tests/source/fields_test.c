#include "bench.h"

#include <string.h>

struct sample {
	struct str text, url, name, language;
	struct words words;
	long number;
	bool flag, careful;
	struct dated date;
	struct texts texts, aliases, languages;
	int choice;
	const struct yaml_node *params;
};

static const char *const choices[] = { "red", "dark-blue", NULL };

static const struct field_spec specs[] = {
	FIELD(sample, text, field_text, 0),
	FIELD(sample, url, field_url, 0),
	FIELD(sample, name, field_name, 0),
	FIELD(sample, language, field_language, 0),
	FIELD(sample, words, field_words, 0),
	FIELD(sample, number, field_number, 0),
	FIELD(sample, flag, field_bool, 0),
	FIELD(sample, careful, field_careful, FIELD_SEES_NOTHING),
	FIELD(sample, date, field_date, 0),
	FIELD_LIST(sample, texts, text_item, field_filled),
	FIELD_LIST(sample, aliases, text_item, field_alias),
	FIELD_LIST(sample, languages, text_item, field_language),
	FIELD_ONE_OF(sample, choice, choices),
	FIELD(sample, params, field_node, 0),
	FIELD_END,
};

static const struct field_spec strict[] = {
	FIELD(sample, text, field_text, FIELD_REQUIRED),
	FIELD(sample, number, field_number, 0),
	FIELD_END,
};

static struct sample sample;

static bool read_with(struct bench *b, const struct field_spec *s, const char *words)
{
	struct reading r = bench_reading(b, "test.yml");
	sample = (struct sample){ 0 };
	fields_read(bench_yaml(b, words), s, &sample, &r);
	return b->diags.errors == 0;
}

static bool read(struct bench *b, const char *words)
{
	return read_with(b, specs, words);
}

static void every_kind_of_value_is_read(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		"text: 岡\nurl: https://example.org/a\nname: wide-page\nlanguage: zh-Hant\nwords: 議事\nnumber: "
		"5\nflag: true\n"
		"date: 2013-12-13\ntexts: [a, b]\naliases: [/old/5/, old.html]\nlanguages: [ja, en]\nchoice: "
		"dark-blue\nparams: {x: 1}\n"));
	assert_sound(b);
	assert_text(sample.text, "岡");
	assert_text(sample.url, "https://example.org/a");
	assert_text(sample.name, "wide-page");
	assert_text(sample.language, "zh-Hant");
	assert_text(sample.words.any, "議事");
	assert_true(sample.number == 5 && sample.flag && sample.choice == 2 && !sample.careful);
	assert_date(sample.date, 2013, 12, 13);
	assert_true(sample.date.loc.line == 8 && sample.date.loc.column == 7);
	assert_int_equal(sample.texts.count, 2);
	assert_text(sample.texts.items[1].text, "b");
	assert_true(sample.texts.items[1].loc.line == 9 && sample.texts.items[1].loc.column == 12);
	assert_text(sample.aliases.items[1].text, "old.html");
	assert_int_equal(sample.languages.count, 2);
	assert_text(yaml_get(sample.params, STR("x"))->text, "1");
}

static void numbers_and_booleans_are_text_as_written(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "text: 0123\ntexts: [4.0, true]\n"));
	assert_text(sample.text, "0123");
	assert_text(sample.texts.items[0].text, "4.0");
	assert_text(sample.texts.items[1].text, "true");
}

static void full_width_slips_are_read(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "number: １２\nflag: ｔｒｕｅ\ndate: ２０１３年１２月１３日\nchoice: ＲＥＤ\n"));
	assert_sound(b);
	assert_true(sample.number == 12 && sample.flag && sample.choice == 1);
	assert_date(sample.date, 2013, 12, 13);
}

static void a_single_text_is_a_list_of_one(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "texts: 事務局\n"));
	assert_int_equal(sample.texts.count, 1);
}

static void a_key_without_value_is_not_given(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "text:\nnumber: ~\ntexts:\nwords: null\naliases:\nlanguage:\n"));
	assert_sound(b);
	assert_int_equal(sample.texts.count, 0);
}

static void an_unknown_key_is_found_with_a_way_out(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "number: 1\n  \ntexs: 3\n"));
	assert_only(b, KEY_UNKNOWN, 3, 1, 4, "did you mean 「text」?");
	assert_false(read(b, "Ｎｕｍｂｅｒ: 3\n"));
	assert_only(b, KEY_UNKNOWN, 1, 1, 6, "did you mean 「number」?");
	assert_false(read(b, "base_url: 3\n"));
	assert_only(b, KEY_UNKNOWN, 1, 1, 8, "it is a key of site.yml");
	assert_false(read(b, "favourite: 3\n"));
	assert_only(b, KEY_UNKNOWN, 1, 1, 9, "keys of your own go under 「params」");
	assert_false(read_with(b, strict, "text: a\nfavourite: 3\n"));
	assert_only(b, KEY_UNKNOWN, 2, 1, 9, "known here: text, number");
}

static void what_is_required_must_be_there_and_not_empty(void **state)
{
	struct bench *b = *state;
	assert_false(read_with(b, strict, "number: 3\n"));
	assert_only(b, VALUE_INVALID, 1, 1, (diag_at(&b->diags, 0)->loc.width), "「text」 is missing");
	assert_false(read_with(b, strict, "number: 3\ntext:\n"));
	assert_only(b, VALUE_INVALID, 2, 1, 4, "「text」 is empty");
	assert_false(read_with(b, strict, "text: \"　\"\n"));
	assert_only(b, VALUE_INVALID, 1, 7, 3, "「text」 is empty");
	struct reading r = bench_reading(b, "test.yml");
	fields_read(NULL, strict, &sample, &r);
	assert_only(b, VALUE_INVALID, 0, 0, 0, "「text」 is missing");
}

static void the_wrong_kind_of_value_is_named_at_its_place(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "text: [a]\n"));
	assert_found(b, VALUE_INVALID, 1, 7, diag_at(&b->diags, 0)->loc.width, "a text was expected here, not a list");
	bench_clear(b);
	assert_false(read(b, "texts:\n  - Chair: Lee\n"));
	assert_found(b, VALUE_INVALID, 2, 5, diag_at(&b->diags, 0)->loc.width, "in quotes: \"Chair: Lee\"");
	bench_clear(b);
	assert_false(read(b, "texts: [a, \"\"]\n"));
	assert_only(b, VALUE_INVALID, 1, 12, 2, "empty");
	assert_false(read(b, "[text, number]\n"));
	assert_found(b, VALUE_INVALID, 1, 1, diag_at(&b->diags, 0)->loc.width, "a map of keys");
}

static void a_wrong_value_does_not_stop_the_others(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "number: many\nflag: yes\nchoice: rde\ntext: 岡\n"));
	assert_int_equal(diag_count(&b->diags), 3);
	assert_found(b, VALUE_INVALID, 1, 9, 4, "write digits only");
	assert_found(b, VALUE_INVALID, 2, 7, 3, "write true or false");
	assert_found(b, VALUE_INVALID, 3, 9, 3, "did you mean 「red」?");
	assert_text(sample.text, "岡");
	bench_clear(b);
	assert_false(read(b, "choice: purple\n"));
	assert_only(b, VALUE_INVALID, 1, 9, 6, "write one of: red, dark-blue");
	assert_false(read(b, "number: 1000000\n"));
	assert_false(read(b, "number: -1\n"));
}

static void a_careful_yes_is_the_answer_to_what_cannot_be_read(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "careful: false\n"));
	assert_false(sample.careful);
	assert_false(read(b, "careful: yes\n"));
	assert_true(sample.careful);
	assert_false(read(b, "careful:\n"));
	assert_true(sample.careful);
}

static void dates_are_read_and_checked(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "date: 平成25年12月13日（金）\n"));
	assert_sound(b);
	assert_false(read(b, "date: 2013-02-30\n"));
	assert_only(b, DATE_INVALID, 1, 7, 10, "13 December 2013");
	assert_true(read(b, "date: 2013年12月13日（木）\n"));
	assert_only(b, DATE_MISMATCH, 1, 7, 14, "is a Friday");
	assert_date(sample.date, 2013, 12, 13);
	assert_true(read(b, "date: 平成40年1月5日\n"));
	assert_only(b, DATE_MISMATCH, 1, 7, 9, "2028-01-05");
	assert_false(read(b, "date: [2013-12-13]\n"));
	assert_found(b, VALUE_INVALID, 1, 7, diag_at(&b->diags, 0)->loc.width, "a date was expected");
}

static void addresses_keep_to_harmless_schemes(void **state)
{
	struct bench *b = *state;
	static const char *const good[] = { "url: mailto:a@example.org", "url: tel:+81-3", "url: files/5-1.pdf",
		"url: /a?b=c:d#e", "url: HTTPS://example.org", "url: https://example.go.jp/会議" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(read(b, good[i]));
	assert_sound(b);
	assert_false(read(b, "url: \"javascript:alert(1)\""));
	assert_only(b, LINK_SCHEME, 1, 6, 21, "「javascript:」 is not allowed");
	assert_false(read(b, "url: \"java\\tscript:alert(1)\""));
	bench_clear(b);
	assert_false(read(b, "url: ｈｔｔｐｓ：／／example.org/"));
	assert_only(b, VALUE_INVALID, 1, 6, 20, "half-width");
	assert_false(read(b, "url: https://"));
	assert_only(b, VALUE_INVALID, 1, 6, 8, "names no host");
	assert_false(read(b, "url: C:\\minutes\\5.pdf"));
	assert_found(b, VALUE_INVALID, 1, 6, 16, "with / between");
}

static void old_addresses_stay_within_the_site(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "aliases: [/good/, ../out, \"https://example.org/\", a?b, /, 'a\\b']\n"));
	assert_int_equal(diag_count(&b->diags), 5);
	assert_found(b, VALUE_INVALID, 1, 19, 6, "cannot be an old address");
	assert_int_equal(sample.aliases.count, 1);
}

static void names_and_languages_have_their_form(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "name: ../base\nlanguage: 日本語\nlanguages: [ja, j, japanese, en_GB]\n"));
	assert_int_equal(diag_count(&b->diags), 5);
	assert_found(b, VALUE_INVALID, 1, 7, 7, "for example 「base」");
	assert_found(b, VALUE_INVALID, 2, 11, 3, "such as ja or en");
	assert_found(b, VALUE_INVALID, 3, 17, 1, "is not a language code");
}

static void words_may_be_given_per_language(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "words: {ja: 岡, en: Oka}\n"));
	assert_text(words_in(&sample.words, STR("ja")), "岡");
	assert_text(words_in(&sample.words, STR("en-GB")), "Oka");
	assert_text(words_in(&sample.words, STR("fr")), "岡");
	assert_text(words_in(&(struct words){ 0 }, STR("ja")), "");
	assert_true(read(b, "words: 岡\n"));
	assert_text(words_in(&sample.words, STR("en")), "岡");
	assert_sound(b);
	assert_false(read(b, "words: {ja: 岡, 英語: Oka}\n"));
	assert_only(b, VALUE_INVALID, 1, 16, 2, "「英語」 is not a language code");
	assert_false(read(b, "words: {ja: [岡]}\n"));
	assert_false(read(b, "words: {}\n"));
	assert_false(words_are(&sample.words));
}

static void every_table_of_keys_has_a_place(void **state)
{
	struct bench *b = *state;
	static const char *const keys[] = { "base_url", "site.yml", "proxy_for", "an attendee", "broader",
		"a topic in topics.yml", NULL };
	for (size_t i = 0; keys[i]; i += 2) {
		assert_false(read(b, arena_c(&b->arena, arena_format(&b->arena, "%s: 1\n", keys[i]))));
		assert_only(b, KEY_UNKNOWN, 1, 1, strlen(keys[i]), keys[i + 1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(every_kind_of_value_is_read),
		BENCH_TEST(numbers_and_booleans_are_text_as_written),
		BENCH_TEST(full_width_slips_are_read),
		BENCH_TEST(a_single_text_is_a_list_of_one),
		BENCH_TEST(a_key_without_value_is_not_given),
		BENCH_TEST(an_unknown_key_is_found_with_a_way_out),
		BENCH_TEST(what_is_required_must_be_there_and_not_empty),
		BENCH_TEST(the_wrong_kind_of_value_is_named_at_its_place),
		BENCH_TEST(a_wrong_value_does_not_stop_the_others),
		BENCH_TEST(a_careful_yes_is_the_answer_to_what_cannot_be_read),
		BENCH_TEST(dates_are_read_and_checked),
		BENCH_TEST(addresses_keep_to_harmless_schemes),
		BENCH_TEST(old_addresses_stay_within_the_site),
		BENCH_TEST(names_and_languages_have_their_form),
		BENCH_TEST(words_may_be_given_per_language),
		BENCH_TEST(every_table_of_keys_has_a_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
