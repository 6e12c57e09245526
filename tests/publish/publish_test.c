/* publish: what stands in the output folder after a build, a failed one, a killed one. */
#include "publish/manifest.h"
#include "publish/publish.h"

#include "sys/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct file {
	const char *path, *text;
};

/* What a build hands over; ends with a path of NULL. A text that begins with @ names a file of `documents`. */
static const struct file first_site[] = { { "style.css", "@a.css" }, { "ict/files/1.pdf", "@1.pdf" },
	{ "ict/1/index.html", "one" }, { "ict/2/index.html", "two" }, { "old/deep/index.html", "old" },
	{ "index.html", "home 2" }, { 0 } };
static const struct file second_site[] = { { "style.css", "@a.css" }, { "ict/files/1.pdf", "@2.pdf" },
	{ "ict/1/index.html", "one" }, { "ict/2/index.html", "two, corrected" }, { "ict/3/index.html", "three" },
	{ "index.html", "home 3" }, { 0 } };

static struct diag_levels levels;
static struct fs documents;

static int set_up(void **state)
{
	(void)state;
	diag_levels_init(&levels);
	fs_memory_open(&documents);
	fs_write(&documents, STR("a.css"), STR("p{}"));
	fs_write(&documents, STR("1.pdf"), STR("%PDF 1"));
	fs_write(&documents, STR("2.pdf"), STR("%PDF 2"));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	fs_close(&documents);
	return 0;
}

static struct publication *open_folder(struct fs *out, const struct publish_options *options, struct diags *ds)
{
	struct publish_options o = *options;
	o.slots = 16;
	o.now = STR("2026-01-15");
	o.base_url = STR("https://kaigi.example/");
	return publication_open(out, &o, ds);
}

static bool hand_over(struct publication *p, const struct file *files, struct diags *ds)
{
	struct publish_facts facts = { .source = STR("content/a \"b\"\\.md"), .anchors = STR("i1 s1") };
	bool good = true;
	for (size_t i = 0; good && files[i].path; i++) {
		struct str text = str_c(files[i].text), path = str_c(files[i].path);
		if (str_starts(text, STR("@")))
			good = publication_copy(p, i, path, &documents, str_from(text, 1), facts, ds);
		else
			good = publication_page(p, i, path, text, facts, ds);
	}
	return good;
}

/* One whole build; the code of the first finding, or DIAG_CODE_COUNT when it went well. */
static enum diag_code build_with(struct fs *out, const struct publish_options *options, const struct file *files,
	struct publish_summary *summary)
{
	struct diags ds;
	diags_init(&ds, &levels);
	struct publication *p = open_folder(out, options, &ds);
	bool good = p != NULL;
	if (p && hand_over(p, files, &ds))
		good = publication_finish(p, summary, &ds);
	else if (p)
		publication_abandon(p);
	assert_true(good || diag_count(&ds) > 0);
	enum diag_code code = diag_count(&ds) ? diag_at(&ds, 0)->code : DIAG_CODE_COUNT;
	diags_release(&ds);
	return code;
}

static enum diag_code build(struct fs *out, const struct file *files)
{
	struct publish_options options = { 0 };
	struct publish_summary summary;
	return build_with(out, &options, files, &summary);
}

static const char *text_of(const char *text)
{
	return strcmp(text, "@a.css") == 0    ? "p{}"
		: strcmp(text, "@1.pdf") == 0 ? "%PDF 1"
		: strcmp(text, "@2.pdf") == 0 ? "%PDF 2"
					      : text;
}

static bool holds(struct fs *out, const char *path, const char *text)
{
	return fs_same(out, str_c(path), str_c(text));
}

static bool is_there(struct fs *out, const char *path)
{
	struct fs_entry entry;
	return fs_stat(out, str_c(path), &entry) == FS_OK;
}

/* `empty` receives how many folders hold nothing. */
static size_t count_files(struct fs *out, struct str folder, struct arena *a, size_t *empty)
{
	struct fs_entry *entries;
	size_t count, files = 0;
	assert_int_equal(fs_list(out, folder, a, &entries, &count), FS_OK);
	for (size_t i = 0; i < count; i++) {
		struct str path = folder.n ? arena_format(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(entries[i].name))
					   : entries[i].name;
		size_t below = entries[i].kind == FS_FOLDER ? count_files(out, path, a, empty) : 1;
		*empty += below == 0;
		files += below;
	}
	return files;
}

/* The folder holds these files, and a manifest, and `others` more, and no folder that is empty. */
static bool is_exactly(struct fs *out, const struct file *files, size_t others)
{
	struct arena a;
	size_t n = 0, empty = 0;
	bool same = true;
	arena_init(&a);
	for (; files[n].path; n++)
		same = same && holds(out, files[n].path, text_of(files[n].text));
	same = same && count_files(out, STR(""), &a, &empty) == n + 1 + others;
	arena_release(&a);
	return same && empty == 0 && is_there(out, PUBLISH_MANIFEST) && !is_there(out, ".giji-stage");
}

static void a_site_is_put_in_place_and_followed_by_the_next(void **state)
{
	struct fs out;
	(void)state;
	fs_memory_open(&out);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	assert_true(is_exactly(&out, first_site, 0));
	struct publish_options options = { 0 };
	struct publish_summary summary;
	assert_int_equal(build_with(&out, &options, second_site, &summary), DIAG_CODE_COUNT);
	assert_true(is_exactly(&out, second_site, 0));
	assert_int_equal(summary.written, 4);
	assert_int_equal(summary.unchanged, 2);
	assert_int_equal(summary.removed, 1);
	assert_false(is_there(&out, "old"));
	fs_close(&out);
}

/* Counts the changes that reach the folder outside .giji-stage/: with a disk that fails at any change, all that is
 * asked for succeeds only when nothing but staging is tried. */
static void the_same_site_again_changes_nothing(void **state)
{
	struct fs out, failing;
	(void)state;
	static const struct file pages[] = { { "a/index.html", "a" }, { "index.html", "home" }, { 0 } };
	fs_memory_open(&out);
	assert_int_equal(build(&out, pages), DIAG_CODE_COUNT);
	fs_failing_open(&failing, &out, 2); /* the first is the clearing of leftovers */
	assert_int_equal(build(&failing, pages), DIAG_CODE_COUNT);
	fs_close(&failing);
	struct publish_options options = { 0 };
	struct publish_summary summary;
	assert_int_equal(build_with(&out, &options, pages, &summary), DIAG_CODE_COUNT);
	assert_int_equal(summary.written + summary.removed, 0);
	assert_int_equal(summary.unchanged, 2);
	fs_close(&out);
}

static void a_copied_file_that_is_the_same_is_left_alone(void **state)
{
	struct fs out;
	(void)state;
	struct publish_options options = { 0 };
	struct publish_summary summary;
	fs_memory_open(&out);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	assert_int_equal(build_with(&out, &options, first_site, &summary), DIAG_CODE_COUNT);
	assert_int_equal(summary.written, 0);
	assert_int_equal(fs_write(&out, STR("style.css"), STR("p{color:red}")), FS_OK);
	assert_int_equal(build_with(&out, &options, first_site, &summary), DIAG_CODE_COUNT);
	assert_int_equal(summary.written, 1);
	assert_true(holds(&out, "style.css", "p{}"));
	fs_close(&out);
}

static void what_stood_there_before_a_change_is_mended(void **state)
{
	struct fs out;
	(void)state;
	fs_memory_open(&out);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	assert_int_equal(fs_write(&out, STR("index.html"), STR("edited by hand")), FS_OK);
	assert_int_equal(fs_remove(&out, STR("ict/1/index.html")), FS_OK);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	assert_true(is_exactly(&out, first_site, 0));
	fs_close(&out);
}

static bool has_one_of(struct fs *out, const char *path, const struct file *a, const struct file *b)
{
	if (!is_there(out, path))
		return true;
	for (size_t i = 0; a[i].path; i++)
		if (strcmp(a[i].path, path) == 0 && holds(out, path, text_of(a[i].text)))
			return true;
	for (size_t i = 0; b[i].path; i++)
		if (strcmp(b[i].path, path) == 0 && holds(out, path, text_of(b[i].text)))
			return true;
	return false;
}

/* Each file that a reader can ask for is wholly of one build or of the other. */
static void assert_no_torn_file(struct fs *out, const struct file *a, const struct file *b)
{
	for (size_t i = 0; a[i].path; i++)
		assert_true(has_one_of(out, a[i].path, a, b));
	for (size_t i = 0; b[i].path; i++)
		assert_true(has_one_of(out, b[i].path, a, b));
}

enum { CHANGES = 40 }; /* more than any of these builds makes */

/* From first_site to second_site on a disk that fails at its n-th change; then, on a disk that does not, to `after`. */
static void try_each_failure(const struct file *after)
{
	size_t broken_off = 0, refused = 0;
	for (size_t n = 1; n < CHANGES; n++) {
		struct fs out, failing;
		fs_memory_open(&out);
		assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
		fs_write(&out, STR("google123.html"), STR("not ours"));
		fs_failing_open(&failing, &out, n);
		enum diag_code code = build(&failing, second_site);
		fs_close(&failing);
		assert_true(code == DIAG_CODE_COUNT || code == MACHINE);
		assert_no_torn_file(&out, first_site, second_site);
		broken_off += code == MACHINE && is_there(&out, "ict/3/index.html");
		refused += code == MACHINE;
		/* a folder that cannot be removed is no failure, and the only thing that may stay */
		if (code == DIAG_CODE_COUNT)
			fs_remove_folder(&out, STR("old/deep")), fs_remove_folder(&out, STR("old"));
		assert_int_equal(build(&out, after), DIAG_CODE_COUNT);
		assert_true(is_exactly(&out, after, 1));
		assert_true(holds(&out, "google123.html", "not ours"));
		fs_close(&out);
	}
	assert_true(broken_off > 0);
	assert_true(refused > 12 && refused < CHANGES - 10);
}

static void a_disk_that_fails_at_any_change_leaves_what_the_next_build_mends(void **state)
{
	(void)state;
	try_each_failure(second_site);
}

static void after_a_failure_the_author_may_go_back_to_the_old_words(void **state)
{
	(void)state;
	try_each_failure(first_site);
}

/* The first build of all: what it left must not look like somebody else's folder. */
static void a_first_build_that_failed_needs_no_force_afterwards(void **state)
{
	struct publish_options options = { 0 };
	struct publish_summary summary;
	(void)state;
	for (size_t n = 1; n < CHANGES; n++) {
		struct fs out, failing;
		fs_memory_open(&out);
		fs_failing_open(&failing, &out, n);
		build_with(&failing, &options, first_site, &summary);
		fs_close(&failing);
		assert_int_equal(build(&out, second_site), DIAG_CODE_COUNT);
		assert_true(is_exactly(&out, second_site, 0));
		fs_close(&out);
	}
}

static void a_build_that_fails_while_staging_leaves_all_as_it_was(void **state)
{
	struct publish_options options = { 0 };
	struct publish_summary summary;
	(void)state;
	for (size_t n = 2; n < 8; n++) { /* 1 clears, then 2 copies, 3 pages and 2 manifests are staged */
		struct fs out, failing;
		fs_memory_open(&out);
		assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
		fs_failing_open(&failing, &out, n);
		assert_int_equal(build_with(&failing, &options, second_site, &summary), MACHINE);
		fs_close(&failing);
		assert_true(is_exactly(&out, first_site, 0));
		fs_close(&out);
	}
}

static void an_abandoned_build_leaves_all_as_it_was(void **state)
{
	struct fs out;
	struct diags ds;
	struct publish_options options = { 0 };
	(void)state;
	diags_init(&ds, &levels);
	fs_memory_open(&out);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	struct publication *p = open_folder(&out, &options, &ds);
	assert_true(hand_over(p, second_site, &ds));
	publication_abandon(p);
	assert_true(is_exactly(&out, first_site, 0));
	fs_close(&out);
	diags_release(&ds);
}

static void files_of_others_are_never_touched(void **state)
{
	struct fs out;
	(void)state;
	fs_memory_open(&out);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	fs_write(&out, STR("old/deep/photo.jpg"), STR("mine"));
	fs_write(&out, STR(".htaccess"), STR("mine too"));
	assert_int_equal(build(&out, second_site), DIAG_CODE_COUNT);
	assert_true(holds(&out, "old/deep/photo.jpg", "mine"));
	assert_true(holds(&out, ".htaccess", "mine too"));
	assert_false(is_there(&out, "old/deep/index.html"));
	assert_true(is_exactly(&out, second_site, 2));
	fs_close(&out);
}

static void a_stale_file_that_somebody_changed_stays(void **state)
{
	struct fs out;
	(void)state;
	fs_memory_open(&out);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	fs_write(&out, STR("old/deep/index.html"), STR("edited"));
	assert_int_equal(build(&out, second_site), DIAG_CODE_COUNT);
	assert_true(holds(&out, "old/deep/index.html", "edited"));
	fs_close(&out);
}

static void a_folder_of_others_is_refused_unless_forced(void **state)
{
	struct fs out;
	struct publish_summary summary;
	struct publish_options forced = { .force = true };
	(void)state;
	fs_memory_open(&out);
	fs_write(&out, STR("thesis.doc"), STR("years of work"));
	assert_int_equal(build(&out, first_site), OUTPUT_REFUSED);
	assert_false(is_there(&out, "index.html"));
	assert_false(is_there(&out, ".giji-stage"));
	assert_int_equal(build_with(&out, &forced, first_site, &summary), DIAG_CODE_COUNT);
	assert_true(holds(&out, "thesis.doc", "years of work"));
	assert_int_equal(build(&out, second_site), DIAG_CODE_COUNT); /* ours from now on */
	fs_close(&out);
}

static void a_manifest_that_giji_did_not_write_is_refused(void **state)
{
	static const char *const foreign[] = { "", "{}", "{\"giji\": 1, \"files\": {",
		"{\"giji\": 2, \"files\": {\n}}\n",
		"{\"giji\": 1, \"files\": {\n\"a\": {\"sha256\": \"short\"}\n}}\n" };
	(void)state;
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		struct fs out;
		fs_memory_open(&out);
		fs_write(&out, STR(PUBLISH_MANIFEST), str_c(foreign[i]));
		assert_int_equal(build(&out, first_site), OUTPUT_REFUSED);
		fs_close(&out);
	}
}

static void a_manifest_cannot_send_giji_out_of_the_folder(void **state)
{
	struct fs out;
	(void)state;
	fs_memory_open(&out);
	fs_write(&out, STR("keep"), STR(""));
	fs_write(&out, STR(PUBLISH_MANIFEST),
		STR("{\"giji\": 1, \"files\": {\n\"../keep\": {\"sha256\": "
		    "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"},\n"
		    "\"/keep\": {\"sha256\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}\n"
		    "}}\n"));
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	assert_true(holds(&out, "keep", ""));
	fs_close(&out);
}

static void drafts_never_go_into_a_published_folder(void **state)
{
	struct fs out;
	struct publish_summary summary;
	struct publish_options drafts = { .drafts = true };
	(void)state;
	fs_memory_open(&out);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	assert_int_equal(build_with(&out, &drafts, second_site, &summary), OUTPUT_REFUSED);
	assert_true(is_exactly(&out, first_site, 0));
	fs_close(&out);
	fs_memory_open(&out);
	assert_int_equal(build_with(&out, &drafts, first_site, &summary), DIAG_CODE_COUNT);
	assert_int_equal(build_with(&out, &drafts, second_site, &summary), DIAG_CODE_COUNT);
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	assert_int_equal(build_with(&out, &drafts, second_site, &summary), OUTPUT_REFUSED);
	fs_close(&out);
}

static void what_a_killed_build_left_is_cleared(void **state)
{
	struct fs out;
	(void)state;
	fs_memory_open(&out);
	fs_write(&out, STR(".giji-stage/ict/9/index.html"), STR("half a pa"));
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT); /* nor does it count as somebody's folder */
	assert_true(is_exactly(&out, first_site, 0));
	fs_write(&out, STR(".giji-stage/index.html"), STR("half a pa"));
	assert_int_equal(build(&out, first_site), DIAG_CODE_COUNT);
	assert_true(is_exactly(&out, first_site, 0));
	fs_close(&out);
}

static void a_file_may_become_a_folder_and_a_folder_a_file(void **state)
{
	static const struct file as_file[] = { { "a/1", "file" }, { "index.html", "home" }, { 0 } };
	static const struct file as_folder[] = { { "a/1/2/index.html", "page" }, { "index.html", "home" }, { 0 } };
	struct fs out;
	(void)state;
	fs_memory_open(&out);
	assert_int_equal(build(&out, as_file), DIAG_CODE_COUNT);
	assert_int_equal(build(&out, as_folder), DIAG_CODE_COUNT);
	assert_true(is_exactly(&out, as_folder, 0));
	assert_int_equal(build(&out, as_file), DIAG_CODE_COUNT);
	assert_true(is_exactly(&out, as_file, 0));
	fs_close(&out);
}

static void a_folder_of_others_where_a_page_should_stand_is_a_failure_not_a_loss(void **state)
{
	struct fs out;
	(void)state;
	fs_memory_open(&out);
	assert_int_equal(build(&out, second_site), DIAG_CODE_COUNT);
	fs_write(&out, STR("old/deep/index.html/photo.jpg"), STR("mine"));
	assert_int_equal(build(&out, first_site), MACHINE);
	assert_true(holds(&out, "old/deep/index.html/photo.jpg", "mine"));
	fs_close(&out);
}

struct many {
	struct publication *publication;
	struct diags findings[64];
	char paths[64][48];
};

static void hand_over_one(void *shared, size_t item, size_t worker)
{
	struct many *many = shared;
	char *path = many->paths[item], text[32];
	struct publish_facts none = { 0 };
	(void)worker;
	snprintf(path, sizeof many->paths[item], "p/%zu/index.html", item % 8 * 10 + item / 8);
	snprintf(text, sizeof text, "page %zu", item);
	diags_init(&many->findings[item], &levels);
	publication_page(many->publication, item, str_c(path), str_c(text), none, &many->findings[item]);
}

static void pages_come_from_many_threads_and_the_manifest_does_not_show_it(void **state)
{
	struct buf manifests[2] = { { 0 } };
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct fs out;
		struct many many;
		struct diags ds;
		struct publish_summary summary;
		struct publish_options options = {
			.slots = 64, .now = STR("2026-01-15"), .base_url = STR("https://a/")
		};
		fs_memory_open(&out);
		diags_init(&ds, &levels);
		many.publication = publication_open(&out, &options, &ds);
		pool_run(i ? 4 : 1, 64, hand_over_one, &many);
		for (size_t k = 0; k < 64; k++)
			diags_merge(&ds, &many.findings[k]);
		assert_true(publication_finish(many.publication, &summary, &ds));
		assert_int_equal(summary.written, 64);
		assert_int_equal(diag_count(&ds), 0);
		assert_int_equal(fs_read(&out, STR(PUBLISH_MANIFEST), SIZE_MAX, &manifests[i]), FS_OK);
		diags_release(&ds);
		fs_close(&out);
	}
	assert_true(str_eq(buf_str(&manifests[0]), buf_str(&manifests[1])));
	buf_release(&manifests[0]);
	buf_release(&manifests[1]);
}

static void a_manifest_is_read_as_it_was_written(void **state)
{
	struct manifest_file files[] = {
		{ STR_INIT("a \"quoted\" \\ name\n.pdf"), STR_NONE,
			{ .source = STR_INIT("content/a&b<c>.md"), .anchors = STR_INIT("i1 s1-2") } },
		{ STR_INIT("会議/第５回\xe2\x80\xa8/index.html"), STR_NONE,
			{ STR_INIT("\x01\x1f"), STR_INIT("content/5.md"), STR_INIT("/new/"), STR_NONE, STR_INIT("/a.pdf /b%20c.pdf") } },
		{ STR_INIT("\",\n}}"), STR_NONE, { .anchors = STR_INIT("d1") } },
	};
	struct buf out = { 0 };
	struct arena a;
	struct manifest m;
	(void)state;
	arena_init(&a);
	manifest_begin(&out, STR("2026-01-15"), STR("https://a/\"drafts\": true"), false);
	for (size_t i = 0; i < 3; i++) {
		files[i].sha256 = STR("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
		manifest_add(&out, i == 0, &files[i]);
	}
	manifest_end(&out);
	assert_true(manifest_read(buf_str(&out), &a, &m));
	assert_false(m.drafts);
	assert_int_equal(m.count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_true(str_eq(m.files[i].path, files[i].path));
		assert_true(str_eq(m.files[i].sha256, files[i].sha256));
		assert_true(str_eq(m.files[i].facts.source, files[i].facts.source));
		assert_true(str_eq(m.files[i].facts.by, files[i].facts.by));
		assert_true(str_eq(m.files[i].facts.to, files[i].facts.to));
		assert_true(str_eq(m.files[i].facts.anchors, files[i].facts.anchors));
		assert_true(str_eq(m.files[i].facts.aliases, files[i].facts.aliases));
	}
	for (size_t n = 0; n + 1 < out.n; n++) /* cut short anywhere it is not ours */
		assert_false(manifest_read(str_n(out.p, n), &a, &m));
	buf_release(&out);
	arena_release(&a);
}

static void an_empty_manifest_is_a_manifest(void **state)
{
	struct buf out = { 0 };
	struct arena a;
	struct manifest m;
	(void)state;
	arena_init(&a);
	manifest_begin(&out, STR("2026-01-15"), STR("https://a/"), true);
	manifest_end(&out);
	assert_true(manifest_read(buf_str(&out), &a, &m));
	assert_true(m.drafts);
	assert_int_equal(m.count, 0);
	buf_release(&out);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_site_is_put_in_place_and_followed_by_the_next),
		cmocka_unit_test(the_same_site_again_changes_nothing),
		cmocka_unit_test(a_copied_file_that_is_the_same_is_left_alone),
		cmocka_unit_test(what_stood_there_before_a_change_is_mended),
		cmocka_unit_test(a_disk_that_fails_at_any_change_leaves_what_the_next_build_mends),
		cmocka_unit_test(after_a_failure_the_author_may_go_back_to_the_old_words),
		cmocka_unit_test(a_first_build_that_failed_needs_no_force_afterwards),
		cmocka_unit_test(a_build_that_fails_while_staging_leaves_all_as_it_was),
		cmocka_unit_test(an_abandoned_build_leaves_all_as_it_was),
		cmocka_unit_test(files_of_others_are_never_touched),
		cmocka_unit_test(a_stale_file_that_somebody_changed_stays),
		cmocka_unit_test(a_folder_of_others_is_refused_unless_forced),
		cmocka_unit_test(a_manifest_that_giji_did_not_write_is_refused),
		cmocka_unit_test(a_manifest_cannot_send_giji_out_of_the_folder),
		cmocka_unit_test(drafts_never_go_into_a_published_folder),
		cmocka_unit_test(what_a_killed_build_left_is_cleared),
		cmocka_unit_test(a_file_may_become_a_folder_and_a_folder_a_file),
		cmocka_unit_test(a_folder_of_others_where_a_page_should_stand_is_a_failure_not_a_loss),
		cmocka_unit_test(pages_come_from_many_threads_and_the_manifest_does_not_show_it),
		cmocka_unit_test(a_manifest_is_read_as_it_was_written),
		cmocka_unit_test(an_empty_manifest_is_a_manifest),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
