#include "source/register.h"

#include "bench.h"

static struct registers all;

static bool read(struct bench *b, const char *people, const char *topics)
{
	if (people)
		bench_put(b, "content/people.yml", people);
	if (topics)
		bench_put(b, "content/topics.yml", topics);
	return registers_read(&b->fs, &b->arena, &all, &b->diags);
}

static void a_site_may_have_neither(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, NULL, NULL));
	assert_sound(b);
	assert_false(all.has_people || all.has_topics);
	assert_true(read(b, "", "# none yet\n"));
	assert_sound(b);
	assert_true(all.has_people && all.has_topics && all.person_count == 0 && all.topic_count == 0);
}

static void every_key_of_a_person_is_read(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		"oka:\n  name: {ja: 岡, en: Oka}\n  reading: おか\n  kind: person\n"
		"  labels: [岡座長, {label: 会長, body: ict, from: 2013-04-01, to: 平成27年3月31日}]\n"
		"  roles:\n    - {body: ict, role: 座長, organization: 県, from: 2013-04-01, to: 2015-03-31}\n    - "
		"委員\n"
		"  organization: 大学\n  description: 説明\n  url: https://example.org/oka\n"
		"  same_as: [https://example.org/1, https://example.org/2]\n  page: false\n  params: {x: 1}\n"
		"jimukyoku: {name: 事務局, kind: organization, labels: 事務局}\n",
		NULL));
	assert_sound(b);
	assert_int_equal(all.person_count, 2);
	const struct register_person *p = &all.people[0];
	assert_text(p->id, "oka");
	assert_text(words_in(&p->name, STR("en")), "Oka");
	assert_text(p->reading.any, "おか");
	assert_true(p->kind == REGISTERED_PERSON && p->labels.count == 2 && p->roles.count == 2);
	assert_text(p->labels.items[0].label, "岡座長");
	assert_true(p->labels.items[0].loc.line == 5 && p->labels.items[0].loc.column == 12);
	assert_text(p->labels.items[1].body, "ict");
	assert_date(p->labels.items[1].from, 2013, 4, 1);
	assert_date(p->labels.items[1].to, 2015, 3, 31);
	assert_int_equal(p->labels.items[1].loc.column, 25);
	assert_text(p->roles.items[0].role.any, "座長");
	assert_text(p->roles.items[0].organization.any, "県");
	assert_text(p->roles.items[0].body, "ict");
	assert_date(p->roles.items[0].to, 2015, 3, 31);
	assert_text(p->roles.items[1].role.any, "委員");
	assert_text(p->organization.any, "大学");
	assert_text(p->description.any, "説明");
	assert_text(p->url, "https://example.org/oka");
	assert_true(p->same_as.count == 2 && !p->page && p->params);
	assert_true(all.people[1].kind == REGISTERED_ORGANIZATION && all.people[1].labels.count == 1);
	assert_true(all.people[1].page);
}

static void every_key_of_a_topic_is_read(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, NULL,
		"digital: {name: デジタル}\ncommon-id:\n  name: 共通ＩＤ\n  reading: きょうつう\n  description: 説明\n"
		"  terms: [共通ＩＤ, 共通番号]\n  broader: digital\n  also: [digital]\n  params: {x: 1}\n共通: {name: "
		"共通}\n"));
	assert_sound(b);
	assert_int_equal(all.topic_count, 3);
	const struct register_topic *t = &all.topics[1];
	assert_text(t->id, "common-id");
	assert_text(t->name.any, "共通ＩＤ");
	assert_text(t->reading.any, "きょうつう");
	assert_text(t->description.any, "説明");
	assert_text(t->terms.items[1].text, "共通番号");
	assert_text(t->broader, "digital");
	assert_text(t->also.items[0].text, "digital");
	assert_non_null(t->params);
}

static void faults_of_an_entry_have_their_place(void **state)
{
	struct bench *b = *state;
	assert_false(read(b,
		"oka: {reading: おか}\nkomi: 小宮山\n\"A B\": {name: x}\nseki: {name: 関, lables: [関次長], kind: "
		"persons}\n"
		"endo: {name: 遠藤, same_as: ['javascript:x'], labels: ['']}\n",
		NULL));
	assert_int_equal(diag_count(&b->diags), 7);
	assert_found(b, VALUE_INVALID, 1, 6, diag_at(&b->diags, 0)->loc.width, "「name」 is missing");
	assert_found(b, VALUE_INVALID, 2, 7, 3, "write komi: {name: 小宮山}");
	assert_found(b, VALUE_INVALID, 3, 1, 5, "for example 「a-b」");
	assert_found(b, KEY_UNKNOWN, 4, 17, 6, "did you mean 「labels」?");
	assert_found(b, VALUE_INVALID, 4, 38, 7, "did you mean 「person」?");
	assert_found(b, LINK_SCHEME, 5, 28, 14, "javascript:");
	assert_found(b, VALUE_INVALID, 5, 54, 2, "is empty");
	assert_int_equal(all.person_count, 2);
}

static void a_page_is_given_only_where_that_is_clear(void **state)
{
	struct bench *b = *state;
	read(b,
		"a: {name: 甲, page: \"false\"}\nb: {name: 乙, page: ｆａｌｓｅ}\nc: {name: 丙, page: no}\n"
		"d: {name: 丁, page: }\ne: {name: 戊, page: \"TRUE\"}\nf: {name: 己, page: true}\n",
		NULL);
	assert_int_equal(all.person_count, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(all.people[i].page, i > 3);
	assert_found(b, VALUE_INVALID, 3, 20, 2, "write true or false");
	assert_int_equal(b->diags.errors, 2);
}

static void a_misspelled_page_cannot_be_waved_through(void **state)
{
	struct bench *b = *state;
	const char *why;
	assert_true(diag_levels_set(&b->levels, STR("all=off"), &why));
	assert_false(read(b, "a: {name: 甲, pages: false}\n", NULL));
	assert_only(b, CLOSED_LEAK, 1, 14, 5, "did you mean 「page」?");
}

static void a_term_too_long_to_be_found_is_said(void **state)
{
	struct bench *b = *state;
	struct buf topics = { 0 };
	buf_put(&topics, STR("a: {name: 甲, terms: [短, "));
	for (size_t i = 0; i < 101; i++)
		buf_put(&topics, STR("長"));
	buf_put(&topics, STR("]}\n"));
	read(b, NULL, arena_c(&b->arena, buf_str(&topics)));
	buf_release(&topics);
	assert_int_equal(all.topics[0].terms.count, 1);
	assert_only(b, VALUE_INVALID, 1, 25, 101, "300 bytes");
}

static void a_register_must_be_a_map(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "- oka\n", "a: b: c\n"));
	assert_int_equal(b->diags.errors, 2);
	assert_true(all.has_people && all.has_topics);
}

static void ids_that_differ_only_by_case_collide(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "oka: {name: 岡}\nOka: {name: 岡}\n", NULL));
	assert_only(b, ADDRESS_COLLISION, 2, 1, 3, "one in line 1");
	assert_int_equal(all.person_count, 1);
}

static void one_label_for_two_people_at_once_is_ambiguous(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, "a: {name: 吉田, labels: [吉田委員]}\nb: {name: 吉田, labels: [吉田 委員]}\n", NULL));
	assert_only(b, SPEAKER_AMBIGUOUS, 2, 24, 5, "both 「a」 (line 1) and 「b」 (line 2)");
	assert_false(read(b,
		"a: {name: 岡, labels: [{label: 会長, body: x, from: 2013-04-01, to: 2015-03-31}]}\n"
		"b: {name: 関, labels: [{label: 会長, body: x, from: 2015-03-31}]}\n",
		NULL));
	assert_only(b, SPEAKER_AMBIGUOUS, 2, 31, 2, "(line 1)");
	assert_false(read(b, "a: {name: 岡, labels: [会長]}\nb: {name: 関, labels: [{label: 会長, body: x}]}\n", NULL));
	assert_only(b, SPEAKER_AMBIGUOUS, 2, 31, 2, "say for which body");
}

static void one_label_for_two_people_in_turn_or_in_two_bodies_is_fine(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		"a: {name: 岡, labels: [会長代理, 会長代理, {label: 会長, body: x, to: 2015-03-31}]}\n"
		"b: {name: 関, labels: [{label: 会長, body: x, from: 2015-04-01}]}\n"
		"c: {name: 桜, labels: [{label: 会長, body: y}]}\n",
		NULL));
	assert_sound(b);
}

static void a_time_that_ends_before_it_begins_is_named(void **state)
{
	struct bench *b = *state;
	read(b, "a: {name: 岡, labels: [{label: 会長, from: 2015-04-01, to: 2013-04-01}]}\n", NULL);
	assert_only(b, DATE_MISMATCH, 1, 57, 10, "earlier than 2015-04-01");
}

static void topics_are_tied_to_topics_without_a_circle(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, NULL, "digital: {name: a, broader: digitol}\nb: {name: b, also: [b, digita]}\n"));
	assert_int_equal(diag_count(&b->diags), 2);
	assert_found(b, VALUE_INVALID, 1, 29, 7, "no topic has the id 「digitol」");
	assert_found(b, VALUE_INVALID, 2, 24, 6, "did you mean 「digital」?");
	bench_clear(b);
	assert_false(read(b, NULL,
		"lead: {name: l, broader: a}\na: {name: a, broader: b}\nb: {name: b, broader: c}\nc: {name: c, "
		"broader: a}\n"));
	assert_only(b, VALUE_INVALID, 2, 23, 1, "「a」 is above itself");
	assert_true(str_empty(all.topics[1].broader));
	assert_text(all.topics[0].broader, "a");
	assert_false(read(b, NULL, "a: {name: a, broader: a}\n"));
	bench_clear(b);
	assert_true(read(b, NULL, "a: {name: a, broader: c}\nb: {name: b, broader: c}\nc: {name: c, also: [a, b]}\n"));
	assert_sound(b);
}

static void the_same_label_many_times_ends_in_bounded_time(void **state)
{
	struct bench *b = *state;
	struct buf people = { 0 };
	for (int i = 0; i < 2000; i++)
		buf_format(&people, "p%d: {name: a, labels: [{label: 会長, body: b%d}]}\n", i, i);
	assert_int_equal(fs_write(&b->fs, STR("content/people.yml"), buf_str(&people)), FS_OK);
	buf_release(&people);
	assert_false(read(b, NULL, NULL));
	assert_only(b, LIMIT_EXCEEDED, 501, 34, 2, "more than 500 times");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(a_site_may_have_neither),
		BENCH_TEST(every_key_of_a_person_is_read),
		BENCH_TEST(every_key_of_a_topic_is_read),
		BENCH_TEST(faults_of_an_entry_have_their_place),
		BENCH_TEST(a_page_is_given_only_where_that_is_clear),
		BENCH_TEST(a_misspelled_page_cannot_be_waved_through),
		BENCH_TEST(a_term_too_long_to_be_found_is_said),
		BENCH_TEST(a_register_must_be_a_map),
		BENCH_TEST(ids_that_differ_only_by_case_collide),
		BENCH_TEST(one_label_for_two_people_at_once_is_ambiguous),
		BENCH_TEST(one_label_for_two_people_in_turn_or_in_two_bodies_is_fine),
		BENCH_TEST(a_time_that_ends_before_it_begins_is_named),
		BENCH_TEST(topics_are_tied_to_topics_without_a_circle),
		BENCH_TEST(the_same_label_many_times_ends_in_bounded_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
