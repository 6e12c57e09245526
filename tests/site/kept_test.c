/* kept: a load after another reads what changed, and makes what a first load would. */
#include "scene.h"

/* One load after another: what is kept, and what changed since. */
struct series {
	struct kept *kept;
	struct map changed;
};

static void first(struct scene *s, struct series *k)
{
	*k = (struct series){ .kept = kept_open() };
	s->options.kept = k->kept;
	build(s);
	expect_clean(s);
}

/* Loads again; the site may be NULL. */
static void again(struct scene *s, struct series *k)
{
	struct kept *next = kept_after(k->kept, &k->changed, false);
	map_release(&k->changed);
	site_release(s->site);
	kept_release(k->kept);
	diags_release(&s->diags);
	diags_init(&s->diags, &s->levels);
	k->kept = s->options.kept = next;
	s->site = site_load(&s->fs, &s->options, &s->diags);
}

static void end(struct scene *s, struct series *k)
{
	site_release(s->site);
	s->site = NULL;
	kept_release(k->kept);
	map_release(&k->changed);
	strike(s);
}

static void changed(struct series *k, const char *path)
{
	map_put(&k->changed, str_c(path), 0);
}

static void two_records(struct scene *s)
{
	put_body(s, "a", "");
	put_record(s, "content/a/1.md", "2024-01-01", "attendees: [{people: [岡委員]}]\n", "【岡委員】一つ目。");
	put_record(s, "content/a/2.md", "2024-02-01", "attendees: [{people: [岡委員]}]\n", "【岡委員】二つ目。");
}

static void expect_title(struct scene *s, const char *path, const char *title)
{
	uint32_t m = find_meeting(s, path);
	assert_int_not_equal(m, NONE);
	assert_string_equal(arena_c(&s->arena, s->site->meetings[m]->front.title), title);
}

static const char other[] = "---\ntitle: 別の題\ndate: 2024-01-01\nstatus: confirmed\n---\n\n話\n";

static void only_what_changed_is_read(void **state)
{
	struct series k;
	SCENE;
	two_records(&scene);
	first(&scene, &k);
	put(&scene, "content/a/1.md", other);
	put(&scene, "content/a/2.md", other);
	changed(&k, "content/a/1.md");
	again(&scene, &k);
	expect_title(&scene, "content/a/1.md", "別の題");
	expect_title(&scene, "content/a/2.md", "会議");
	again(&scene, &k);
	expect_title(&scene, "content/a/1.md", "別の題");
	changed(&k, "content/a"); /* a folder stands for all below it */
	again(&scene, &k);
	expect_title(&scene, "content/a/2.md", "別の題");
	end(&scene, &k);
}

static void a_record_is_another_with_its_ledger(void **state)
{
	struct series k;
	SCENE;
	two_records(&scene);
	first(&scene, &k);
	put(&scene, "content/a/1.ledger", "# giji ledger 1\ns7\t2024-02-01\tconfirmed\t岡委員\ns7-3\t2024-02-01\tconfirmed\t一つ目。\n");
	changed(&k, "content/a/1.ledger");
	again(&scene, &k);
	expect_clean(&scene);
	const struct meeting *m = scene.site->meetings[find_meeting(&scene, "content/a/1.md")];
	assert_string_equal(arena_c(&scene.arena, m->statements[0].anchor), "s7-3");
	put(&scene, "content/a/1.ledger", "# giji ledger 1\ns8\t2024-02-01\tconfirmed\t岡委員\ns8-1\t2024-02-01\tconfirmed\t一つ目。\n");
	changed(&k, "content/a/1.ledger");
	again(&scene, &k);
	m = scene.site->meetings[find_meeting(&scene, "content/a/1.md")];
	assert_string_equal(arena_c(&scene.arena, m->statements[0].anchor), "s8-1");
	fs_remove(&scene.fs, STR("content/a/1.ledger"));
	changed(&k, "content/a/1.ledger");
	again(&scene, &k);
	m = scene.site->meetings[find_meeting(&scene, "content/a/1.md")];
	assert_string_equal(arena_c(&scene.arena, m->statements[0].anchor), "s1-1");
	end(&scene, &k);
}

static void files_come_and_go(void **state)
{
	struct series k;
	SCENE;
	two_records(&scene);
	first(&scene, &k);
	put_record(&scene, "content/a/3.md", "2024-03-01", "", "話");
	fs_remove(&scene.fs, STR("content/a/1.md"));
	changed(&k, "content/a/3.md");
	changed(&k, "content/a/1.md");
	again(&scene, &k);
	expect_clean(&scene);
	assert_int_equal(scene.site->meeting_count, 2);
	assert_int_equal(find_meeting(&scene, "content/a/1.md"), NONE);
	fs_remove_tree(&scene.fs, STR("content/a"));
	changed(&k, "content/a");
	again(&scene, &k);
	assert_int_equal(scene.site->meeting_count, 0);
	end(&scene, &k);
}

static void records_are_read_again_when_their_body_or_a_register_says_something_else(void **state)
{
	struct series k;
	SCENE;
	put_body(&scene, "a", "");
	put_record(&scene, "content/a/1.md", "2024-01-01", "attendees: [{people: [岡委員]}]\n", "【岡委員】一つ目。");
	put_record(&scene, "content/a/2.md", "2024-02-01", "attendees: [{people: [岡委員]}]\n", "【事務局】二つ目。");
	scene.options.kept = NULL;
	put_body(&scene, "a", "standing_speakers: [事務局]\n");
	first(&scene, &k);
	put_body(&scene, "a", "");
	put(&scene, "content/people.yml", "oka: {name: 岡, labels: [岡委員]}\n");
	changed(&k, "content/a/index.md");
	changed(&k, "content/people.yml");
	again(&scene, &k);
	expect_finding(&scene, SPEAKER_UNDECLARED, "content/a/2.md", 8, "事務局");
	assert_int_not_equal(find_person(&scene, "oka"), NONE);
	put_body(&scene, "a", "standing_speakers: [事務局]\n");
	changed(&k, "content/a/index.md");
	again(&scene, &k);
	assert_null(find_finding(&scene, SPEAKER_UNDECLARED));
	end(&scene, &k);
}

static void what_changed_while_the_settings_were_broken_is_not_forgotten(void **state)
{
	struct series k;
	SCENE;
	two_records(&scene);
	first(&scene, &k);
	put(&scene, "site.yml", "title: [\n");
	put(&scene, "content/a/1.md", other);
	changed(&k, "site.yml");
	changed(&k, "content/a/1.md");
	again(&scene, &k);
	assert_null(scene.site);
	put(&scene, "site.yml", "title: 会議\nbase_url: https://example.jp/kaigi/\nlanguage: ja\n");
	changed(&k, "site.yml");
	again(&scene, &k);
	assert_non_null(scene.site);
	expect_clean(&scene);
	expect_title(&scene, "content/a/1.md", "別の題");
	end(&scene, &k);
}

static void the_last_good_site_is_made_once_more_without_the_disk(void **state)
{
	struct series k;
	struct diags ds;
	SCENE;
	two_records(&scene);
	first(&scene, &k);
	put(&scene, "content/a/1.md", "---\ntitle: x\ndate: 2024-13-99\n---\n");
	changed(&k, "content/a/1.md");
	struct kept *next = kept_after(k.kept, &k.changed, false);
	scene.options.kept = next;
	struct site *bad = site_load(&scene.fs, &scene.options, &scene.diags);
	assert_true(scene.diags.errors > 0);
	fs_remove_tree(&scene.fs, STR("content"));
	fs_remove(&scene.fs, STR("site.yml"));
	diags_init(&ds, &scene.levels);
	scene.options.kept = k.kept;
	struct site *good = site_load(&scene.fs, &scene.options, &ds);
	assert_int_equal(ds.errors, 0);
	assert_int_equal(good->meeting_count, 2);
	site_release(bad);
	site_release(good);
	kept_release(next);
	diags_release(&ds);
	end(&scene, &k);
}

/* Changes one record and says whether the site took it in as it was. */
static bool refreshed(struct scene *s, struct series *k, const char *words)
{
	put_record(s, "content/a/1.md", "2024-01-01", "attendees: [{people: [岡委員]}]\n", words);
	changed(k, "content/a/1.md");
	bool done = site_refresh(s->site, &s->fs, &s->options, &k->changed, &s->diags);
	map_release(&k->changed);
	return done;
}

static void words_alone_leave_the_site_as_it_is(void **state)
{
	struct series k;
	SCENE;
	two_records(&scene);
	first(&scene, &k);
	const struct page *pages = scene.site->pages;
	assert_true(refreshed(&scene, &k, "【岡委員】別の言葉。"));
	assert_true(scene.site->pages == pages);
	struct buf words = { 0 };
	const struct meeting *m = scene.site->meetings[find_meeting(&scene, "content/a/1.md")];
	meeting_words(m, m->statements[0].pieces, &words);
	assert_true(str_eq(buf_str(&words), STR("別の言葉。")));
	assert_int_not_equal(m->voices[0].person, NONE);
	buf_release(&words);
	assert_true(refreshed(&scene, &k, "【岡委員】別の言葉。")); /* the same bytes */
	assert_true(refreshed(&scene, &k, "【岡委員】別の言葉。\n\n二つ目の段落。\n\n【岡委員】三つ目。"));
	uint32_t oka = find_person(&scene, "a-岡委員");
	const struct remarks *said = &scene.site->editions[0].people[oka].remarks;
	assert_int_equal(said->count, 4);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(said->items[i].statement, i);
	assert_int_equal(said->items[3].meeting, 1);
	assert_true(refreshed(&scene, &k, "【岡委員】別の言葉。"));
	assert_int_equal(said->count, 2);
	assert_false(refreshed(&scene, &k, "別の言葉。")); /* nobody speaks any more */
	assert_false(refreshed(&scene, &k, "【岡委員】別の言葉。 #話題"));
	assert_false(refreshed(&scene, &k, "【森委員】別の言葉。")); /* nobody declared it: a finding */
	assert_false(refreshed(&scene, &k, "【岡委員】[[第2回]]の言葉。"));
	assert_false(refreshed(&scene, &k, "> [!action]\n> 直す。\n> 完了：2024-02-01\n"));
	again(&scene, &k);
	assert_false(refreshed(&scene, &k, "> [!action]\n> 直す。\n> 完了：2024-02-02\n"));
	again(&scene, &k);
	end(&scene, &k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_changed_is_read),
		cmocka_unit_test(a_record_is_another_with_its_ledger),
		cmocka_unit_test(files_come_and_go),
		cmocka_unit_test(records_are_read_again_when_their_body_or_a_register_says_something_else),
		cmocka_unit_test(what_changed_while_the_settings_were_broken_is_not_forgotten),
		cmocka_unit_test(the_last_good_site_is_made_once_more_without_the_disk),
		cmocka_unit_test(words_alone_leave_the_site_as_it_is),
	};
	return RUN_SCENES(tests);
}
