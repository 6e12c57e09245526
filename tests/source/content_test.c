#include "bench.h"

static struct content_text text;

static bool open_words(struct bench *b, const char *words)
{
	bench_put(b, "content/a/5.md", words);
	return content_open(&b->fs, STR("content/a/5.md"), &b->arena, &text, &b->diags);
}

static void front_matter_is_cut_from_the_body(void **state)
{
	struct bench *b = *state;
	assert_true(open_words(b, "---\ntitle: 第５回\ndate: 2013-12-13\n---\n\n## 冒頭\n"));
	assert_sound(b);
	assert_text(yaml_get(text.front, STR("title"))->text, "第５回");
	assert_int_equal(yaml_get(text.front, STR("date"))->loc.line, 3);
	assert_text(yaml_get(text.front, STR("date"))->loc.path, "content/a/5.md");
	assert_text(text.body, "\n## 冒頭\n");
	assert_int_equal(text.body_line, 5);
}

static void a_mark_and_windows_line_ends_make_no_difference(void **state)
{
	struct bench *b = *state;
	assert_true(open_words(b, "\xef\xbb\xbf---\r\ntitle: a\r\n--- \r\n本文\r\n"));
	assert_sound(b);
	assert_text(yaml_get(text.front, STR("title"))->text, "a");
	assert_text(text.body, "本文\n");
	assert_int_equal(text.body_line, 4);
}

static void a_file_may_lack_either_part(void **state)
{
	struct bench *b = *state;
	static const char *const bare[] = { "", "\xef\xbb\xbf", "\n\n", "# 見出し", "本文\n---\n本文", "----\n本文",
		"---\n\n本文", "－－\n本文", "\n---\n本文\n" };
	for (size_t i = 0; i < sizeof bare / sizeof *bare; i++) {
		assert_true(open_words(b, bare[i]));
		assert_true(text.front == NULL && text.body_line == 1);
		assert_true(str_eq(text.body, text.whole));
	}
	assert_true(open_words(b, "---\ntitle: a\n---"));
	assert_true(text.front != NULL && text.body.n == 0);
	assert_true(open_words(b, "---\n---\n本文"));
	assert_null(text.front);
	assert_text(text.body, "本文");
	assert_sound(b);
}

static void an_unclosed_front_matter_is_named(void **state)
{
	struct bench *b = *state;
	assert_false(open_words(b, "---\ntitle: a\n\n## 冒頭\n"));
	assert_only(b, YAML_ERROR, 1, 1, 3, "is not closed");
	assert_false(open_words(b, "---\ntitle: a\n－－－\n本文\n"));
	assert_only(b, YAML_ERROR, 3, 1, 3, "not made of three hyphens");
	assert_false(open_words(b, "---\ntitle: a\n----\n本文\n"));
	assert_only(b, YAML_ERROR, 3, 1, 4, "not made of three hyphens");
	assert_false(open_words(b, "---\ntitle: a\n\n【岡座長】本日は\n\n---\n\n以上\n"));
	assert_found(b, YAML_ERROR, 4, 1, 0, "not of the form");
}

static void an_opening_that_is_none_is_named(void **state)
{
	struct bench *b = *state;
	static const struct {
		const char *words;
		size_t line, width;
	} cases[] = {
		{ "－－－\ntitle: a\n---\n", 1, 3 },
		{ "———\ntitle：a\n", 1, 3 },
		{ "title: a\n---\n", 1, 8 },
		{ "\n  \n---\ntitle: a\n---\n", 3, 3 },
		{ " ---\ntitle: a\n---\n", 1, 4 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_false(open_words(b, cases[i].words));
		assert_only(b, YAML_ERROR, cases[i].line, 1, cases[i].width, "not opened by ---");
	}
}

static void front_matter_must_be_a_map(void **state)
{
	struct bench *b = *state;
	assert_false(open_words(b, "---\n- a\n---\n本文\n"));
	assert_int_equal(diag_at(&b->diags, 0)->code, VALUE_INVALID);
	assert_int_equal(diag_at(&b->diags, 0)->loc.line, 2);
	assert_false(open_words(b, "---\n- a\n　b\n---\n本文\n")); /* a line of text in what is no map */
	assert_text(text.body, "本文\n");
}

static void a_fault_in_the_front_matter_has_its_line(void **state)
{
	struct bench *b = *state;
	assert_false(open_words(b, "---\ntitle: a\ntitle: b\n---\n"));
	assert_true(diag_count(&b->diags) == 1 && diag_at(&b->diags, 0)->loc.line == 3);
}

static void a_file_that_cannot_be_read_says_why(void **state)
{
	struct bench *b = *state;
	struct buf large = { 0 };
	struct str words;
	buf_reserve(&large, CONTENT_FILE_MOST + 1);
	for (int i = 0; i <= CONTENT_FILE_MOST; i++)
		buf_byte(&large, 'a');
	assert_int_equal(fs_write(&b->fs, STR("content/large.md"), buf_str(&large)), FS_OK);
	buf_release(&large);
	assert_false(content_read(&b->fs, STR("content/large.md"), &b->arena, &words, &b->diags));
	assert_only(b, LIMIT_EXCEEDED, 0, 0, 0, "4 MB");
	assert_false(content_read(&b->fs, STR("content/no.md"), &b->arena, &words, &b->diags));
	assert_only(b, DOCUMENT_MISSING, 0, 0, 0, "does not exist");
	assert_false(content_read(&b->fs, STR("../no.md"), &b->arena, &words, &b->diags));
	assert_only(b, LINK_OUTSIDE, 0, 0, 0, "out of the site");
	assert_false(content_read(&b->fs, STR("content"), &b->arena, &words, &b->diags));
	assert_only(b, VALUE_INVALID, 0, 0, 0, "not a folder");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(front_matter_is_cut_from_the_body),
		BENCH_TEST(a_mark_and_windows_line_ends_make_no_difference),
		BENCH_TEST(a_file_may_lack_either_part),
		BENCH_TEST(an_unclosed_front_matter_is_named),
		BENCH_TEST(an_opening_that_is_none_is_named),
		BENCH_TEST(front_matter_must_be_a_map),
		BENCH_TEST(a_fault_in_the_front_matter_has_its_line),
		BENCH_TEST(a_file_that_cannot_be_read_says_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
