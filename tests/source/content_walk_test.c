#include "bench.h"

#include <unistd.h>

static struct content_tree tree;

static struct text_item codes[] = { { .text = STR_INIT("ja") }, { .text = STR_INIT("en") } };
static const struct texts languages = { codes, 2 };

static bool walk(struct bench *b)
{
	size_t errors = b->diags.errors;
	content_walk(&b->fs, &languages, &b->arena, &tree, &b->diags);
	return b->diags.errors == errors && !b->diags.fatal;
}

static const struct content_file *file(const char *path)
{
	for (size_t i = 0; i < tree.count; i++)
		if (str_eq(tree.files[i].path, str_c(path)))
			return &tree.files[i];
	return NULL;
}

static void expect(const char *path, enum content_kind kind, const char *folder, const char *name, const char *language)
{
	const struct content_file *f = file(path);
	if (!f)
		print_message("%s is not there\n", path);
	assert_non_null(f);
	assert_int_equal(f->kind, kind);
	assert_text(f->folder, folder);
	assert_text(f->name, name);
	assert_text(f->language, language);
}

static void each_file_has_its_kind(void **state)
{
	struct bench *b = *state;
	static const char *const paths[] = { "index.md", "index.en.md", "about.md", "people.yml", "topics.yml",
		"logo.svg", "ict/index.md", "ict/index.en.md", "ict/5.md", "ict/5.en.md", "ict/4.ja.md", "ict/5.ledger",
		"ict/files/5-1.pdf", "ict/files/note.md", "ict/files/old/people.yml", "ict/wg/index.md",
		"ict/wg/2.1.md", "files/map.pdf" };
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		char path[64];
		snprintf(path, sizeof path, "content/%s", paths[i]);
		bench_put(b, path, "---\ntitle: a\n---\n");
	}
	assert_true(walk(b));
	assert_sound(b);
	assert_int_equal(tree.count, sizeof paths / sizeof *paths);
	for (size_t i = 1; i < tree.count; i++)
		assert_true(str_cmp(tree.files[i - 1].path, tree.files[i].path) < 0);
	expect("content/index.md", CONTENT_HOME, "", "", "");
	expect("content/index.en.md", CONTENT_HOME, "", "", "en");
	expect("content/about.md", CONTENT_PAGE, "", "about", "");
	expect("content/people.yml", CONTENT_REGISTER, "", "people.yml", "");
	expect("content/logo.svg", CONTENT_DOCUMENT, "", "logo.svg", "");
	expect("content/ict/index.md", CONTENT_BODY, "ict", "index", "");
	expect("content/ict/index.en.md", CONTENT_BODY, "ict", "index", "en");
	expect("content/ict/5.md", CONTENT_RECORD, "ict", "5", "");
	expect("content/ict/5.en.md", CONTENT_RECORD, "ict", "5", "en");
	expect("content/ict/4.ja.md", CONTENT_RECORD, "ict", "4", "");
	expect("content/ict/5.ledger", CONTENT_REGISTER, "ict", "5.ledger", "");
	expect("content/ict/files/5-1.pdf", CONTENT_DOCUMENT, "ict/files", "5-1.pdf", "");
	expect("content/ict/files/note.md", CONTENT_DOCUMENT, "ict/files", "note.md", "");
	expect("content/ict/files/old/people.yml", CONTENT_DOCUMENT, "ict/files/old", "people.yml", "");
	expect("content/ict/wg/index.md", CONTENT_BODY, "ict/wg", "index", "");
	expect("content/ict/wg/2.1.md", CONTENT_RECORD, "ict/wg", "2.1", "");
}

static void a_folder_of_pages_says_so_and_its_subfolders_inherit(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/guide/index.md", "---\ntitle: 手引き\nkind: pages\n---\n");
	bench_put(b, "content/guide/start.md", "");
	bench_put(b, "content/guide/more/topics.md", "");
	bench_put(b, "content/guide/picture.png", "");
	bench_put(b, "content/ict/index.md", "---\ntitle: 会議\nkind: summary\n---\n");
	bench_put(b, "content/ict/1.md", "");
	assert_true(walk(b));
	assert_sound(b);
	expect("content/guide/index.md", CONTENT_PAGE, "guide", "index", "");
	expect("content/guide/start.md", CONTENT_PAGE, "guide", "start", "");
	expect("content/guide/more/topics.md", CONTENT_PAGE, "guide/more", "topics", "");
	expect("content/guide/picture.png", CONTENT_DOCUMENT, "guide", "picture.png", "");
	expect("content/ict/1.md", CONTENT_RECORD, "ict", "1", "");
}

static void dot_files_and_backups_are_ignored(void **state)
{
	struct bench *b = *state;
	static const char *const paths[] = { "ict/.5.md.swp", "ict/.#5.md", "ict/5.md~", "ict/#5.md#", "ict/5.md.bak",
		"ict/5.swp", "ict/5.md.orig", "ict/~$5.docx", ".git/config.md" };
	bench_put(b, "content/about.md", "");
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		char path[64];
		snprintf(path, sizeof path, "content/%s", paths[i]);
		bench_put(b, path, "x");
	}
	assert_true(walk(b));
	assert_sound(b);
	assert_int_equal(tree.count, 1);
}

static void reserved_names_are_refused_at_the_top_only(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/Topics/index.md", "");
	bench_put(b, "content/data/1.md", "");
	bench_put(b, "content/search.md", "");
	bench_put(b, "content/en.md", "");
	bench_put(b, "content/ict/index.md", "");
	bench_put(b, "content/ict/data.md", "");
	bench_put(b, "content/documents/a.pdf", "");
	assert_false(walk(b));
	assert_int_equal(b->diags.errors, 4);
	assert_int_equal(tree.count, 3);
	for (size_t i = 0; i < diag_count(&b->diags); i++)
		assert_int_equal(diag_at(&b->diags, i)->code, ADDRESS_COLLISION);
	assert_found(b, ADDRESS_COLLISION, 0, 0, 0, "/Topics/ is kept for giji's own pages");
	assert_non_null(file("content/ict/data.md"));
}

static void names_that_read_alike_collide(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/ict/index.md", "");
	bench_put(b, "content/ict/Ａ.md", "");
	bench_put(b, "content/ict/a.md", "");
	bench_put(b, "content/ict/が.md", "");
	bench_put(b, "content/ict/か\xe3\x82\x99.md", "");
	bench_put(b, "content/ict/wg.md", "");
	bench_put(b, "content/ict/wg/1.md", "");
	bench_put(b, "content/ict/7.md", "");
	bench_put(b, "content/ict/7.MD", "");
	bench_put(b, "content/ict/7.ja.md", "");
	assert_false(walk(b));
	assert_int_equal(b->diags.errors, 5);
	assert_found(b, ADDRESS_COLLISION, 0, 0, 0, "「content/ict/a.md」 and 「content/ict/Ａ.md」");
	assert_found(b, ADDRESS_COLLISION, 0, 0, 0, "claim the same address /ict/が/");
	assert_found(b, ADDRESS_COLLISION, 0, 0, 0, "「content/ict/wg」 and 「content/ict/wg.md」");
	assert_found(b, ADDRESS_COLLISION, 0, 0, 0, "「content/ict/7.MD」 and 「content/ict/7.ja.md」");
}

static void decomposed_names_are_composed(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/か\xe3\x82\x99/index.md", "");
	bench_put(b, "content/か\xe3\x82\x99/き\xe3\x82\x99.md", "");
	assert_true(walk(b));
	expect("content/か\xe3\x82\x99/き\xe3\x82\x99.md", CONTENT_RECORD, "が", "ぎ", "");
}

static void a_name_unfit_for_an_address_is_refused_with_a_better_one(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/ict/index.md", "");
	bench_put(b, "content/ict/第 ５ 回.md", "");
	bench_put(b, "content/ict/files/資料 1.pdf", "");
	bench_put(b, "content/a b/index.md", "");
	bench_put(b, "content/a b/1.md", "");
	assert_false(walk(b));
	assert_int_equal(diag_count(&b->diags), 2);
	assert_found(b, VALUE_INVALID, 0, 0, 0, "for example 「第-5-回」");
	assert_found(b, VALUE_INVALID, 0, 0, 0, "「a b」 cannot stand in an address");
	assert_int_equal(tree.count, 2);
}

static void a_language_that_the_site_does_not_have_is_named(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/about.md", "");
	bench_put(b, "content/about.fr.md", "");
	bench_put(b, "content/v1.final.md", "");
	assert_false(walk(b));
	assert_only(b, VALUE_INVALID, 0, 0, 0, "「fr」 in the file's name");
	expect("content/v1.final.md", CONTENT_PAGE, "", "v1.final", "");
}

static void records_without_a_body_are_read_with_a_finding(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/ict/1.md", "");
	bench_put(b, "content/images/a.png", "");
	assert_true(walk(b));
	assert_only(b, FACT_MISSING, 0, 0, 0, "add content/ict/index.md with a title");
	expect("content/ict/1.md", CONTENT_RECORD, "ict", "1", "");
}

static void a_register_with_the_wrong_ending_is_named(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/people.yaml", "");
	assert_false(walk(b));
	assert_only(b, VALUE_INVALID, 0, 0, 0, "end in .yml");
}

static void folders_end_at_a_depth(void **state)
{
	struct bench *b = *state;
	bench_put(b, "content/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/in.pdf", "");
	assert_true(walk(b));
	assert_int_equal(tree.count, 1);
	bench_put(b, "content/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/h/out.pdf", "");
	assert_false(walk(b));
	assert_only(b, LIMIT_EXCEEDED, 0, 0, 0, "more than 16 deep");
}

static void a_site_without_content_is_told_where_it_stands(void **state)
{
	struct bench *b = *state;
	assert_false(walk(b));
	assert_only(b, VALUE_INVALID, 0, 0, 0, "there is no folder 「content」");
	assert_int_equal(tree.count, 0);
}

static void links_that_lead_out_of_the_site_are_refused(void **state)
{
	struct bench *b = *state;
	char root[] = "/tmp/giji-walk-XXXXXX", path[64];
	assert_non_null(mkdtemp(root));
	fs_close(&b->fs);
	assert_int_equal(fs_disk_open(&b->fs, root, false), FS_OK);
	bench_put(b, "content/about.md", "");
	bench_put(b, "elsewhere/inside.md", "");
	snprintf(path, sizeof path, "%s/content/out.md", root);
	assert_int_equal(symlink("/etc/hostname", path), 0);
	snprintf(path, sizeof path, "%s/content/in.md", root);
	assert_int_equal(symlink("../elsewhere/inside.md", path), 0);
	assert_false(walk(b));
	assert_only(b, LINK_OUTSIDE, 0, 0, 0, "put the file itself here");
	assert_null(file("content/out.md"));
	assert_non_null(file("content/in.md"));
	assert_int_equal(fs_remove_tree(&b->fs, STR("content")), FS_OK);
	assert_int_equal(fs_remove_tree(&b->fs, STR("elsewhere")), FS_OK);
	assert_int_equal(rmdir(root), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(each_file_has_its_kind),
		BENCH_TEST(a_folder_of_pages_says_so_and_its_subfolders_inherit),
		BENCH_TEST(dot_files_and_backups_are_ignored),
		BENCH_TEST(reserved_names_are_refused_at_the_top_only),
		BENCH_TEST(names_that_read_alike_collide),
		BENCH_TEST(decomposed_names_are_composed),
		BENCH_TEST(a_name_unfit_for_an_address_is_refused_with_a_better_one),
		BENCH_TEST(a_language_that_the_site_does_not_have_is_named),
		BENCH_TEST(records_without_a_body_are_read_with_a_finding),
		BENCH_TEST(a_register_with_the_wrong_ending_is_named),
		BENCH_TEST(folders_end_at_a_depth),
		BENCH_TEST(a_site_without_content_is_told_where_it_stands),
		BENCH_TEST(links_that_lead_out_of_the_site_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
