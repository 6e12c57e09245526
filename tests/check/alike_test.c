/* alike: what may be the same thing twice. */
#include "../site/scene.h"
#include "check/check.h"

/* The findings of a site whose topics are these, "topic: word, word" a line each; as "word = word" lines. */
static const char *variants(struct scene *s, const char *topics)
{
	set(s);
	put(s, "content/topics.yml", topics);
	build(s);
	struct checked all = { .site = s->site };
	check_alike(&all, &s->arena, &s->diags);
	struct buf out = { 0 };
	for (size_t i = 0; i < diag_count(&s->diags); i++)
		if (diag_at(&s->diags, i)->code == SPELLING_VARIANT)
			buf_format(&out, "%.*s\n", STR_ARG(diag_at(&s->diags, i)->message));
	const char *said = arena_c(&s->arena, buf_str(&out));
	buf_release(&out);
	return said;
}

static bool are_alike(const char *x, const char *y)
{
	struct scene scene;
	struct buf topics = { 0 };
	buf_format(&topics, "a: {name: 甲乙丙, terms: [\"%s\"]}\nb: {name: 子丑寅, terms: [\"%s\"]}\n", x, y);
	buf_byte(&topics, '\0');
	bool alike = variants(&scene, topics.p)[0] != '\0';
	strike(&scene);
	buf_release(&topics);
	return alike;
}

static void long_vowels_okurigana_and_old_forms_are_spelling(void **state)
{
	static const char *const pairs[][2] = { { "サーバー", "サーバ" },
		{ "コンピューターシステム", "コンピュータシステム" }, { "ユーザーテスト", "ユーザテスト" },
		{ "取り組み", "取組" }, { "取り組み", "取組み" }, { "打ち合わせ", "打合せ" }, { "申し込み", "申込み" },
		{ "引っ越し", "引越し" }, { "高﨑線", "高崎線" }, { "e-mail", "email" }, { "霞ヶ関", "霞ケ関" },
		{ "データ・ベース", "データベース" } };
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (!are_alike(pairs[i][0], pairs[i][1]))
			fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
}

static void other_words_are_not(void **state)
{
	static const char *const pairs[][2] = { { "ビル", "ビール" }, { "会議の資料", "会議資料" }, { "行う", "行く" },
		{ "高まり", "高さ" }, { "カー", "カ" }, { "子どもの家", "子どもが家" }, { "サーバー", "サーブ" },
		{ "資料", "史料" }, { "取り組みの会", "取り組みと会" }, { "地図", "図地" } };
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (are_alike(pairs[i][0], pairs[i][1]))
			fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
}

static void spellings_that_one_topic_gathers_are_meant(void **state)
{
	struct scene scene;
	(void)state;
	assert_string_equal(variants(&scene, "server: {name: サーバー, terms: [サーバー, サーバ]}\n"), "");
	strike(&scene);
}

static void two_hashtags_that_nobody_registered_are_told_where_they_stand(void **state)
{
	SCENE;
	put_body(&scene, "koen", "");
	put_record(&scene, "content/koen/1.md", "2024-01-01", "", "本文。 #サーバー");
	put_record(&scene, "content/koen/2.md", "2024-02-01", "", "本文。\n\n本文。 #サーバ");
	build(&scene);
	struct checked all = { .site = scene.site };
	check_alike(&all, &scene.arena, &scene.diags);
	const struct finding *f = find_finding(&scene, SPELLING_VARIANT);
	assert_non_null(f);
	assert_true(f->loc.line > 0);
	assert_true(str_starts(f->loc.path, STR("content/koen/")));
	strike(&scene);
}

static void two_whose_readings_differ_are_two(void **state)
{
	SCENE;
	put(&scene, "content/people.yml",
		"a: {name: 沼田, reading: ぬまた}\nb: {name: 沼田, reading: ぬただ}\nc: {name: 斎藤, reading: "
		"さいとう}\n"
		"d: {name: 齋藤, reading: さいとお}\ne: {name: 高橋}\nf: {name: 髙橋}\n");
	build(&scene);
	struct checked all = { .site = scene.site };
	check_alike(&all, &scene.arena, &scene.diags);
	expect_finding(&scene, PERSON_TWIN, "content/people.yml", 6, "髙橋");
	strike(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_vowels_okurigana_and_old_forms_are_spelling),
		cmocka_unit_test(other_words_are_not),
		cmocka_unit_test(spellings_that_one_topic_gathers_are_meant),
		cmocka_unit_test(two_hashtags_that_nobody_registered_are_told_where_they_stand),
		cmocka_unit_test(two_whose_readings_differ_are_two),
	};
	return RUN_SCENES(tests);
}
