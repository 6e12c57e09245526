/* sys/watch: what changes below a folder is told, by inotify and by comparing. */
#include "sys/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct str names[] = { STR_INIT("content"), STR_INIT("site.yml") };

struct place {
	struct fs fs;
	char folder[64];
	struct watch *watch;
	struct watch_changes changes;
};

static void put(struct place *p, const char *path, const char *text)
{
	assert_int_equal(fs_write(&p->fs, str_c(path), str_c(text)), FS_OK);
}

static void open_place(struct place *p, bool poll)
{
	*p = (struct place){ 0 };
	strcpy(p->folder, "/tmp/giji-watch-test-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	assert_int_equal(fs_disk_open(&p->fs, p->folder, false), FS_OK);
	put(p, "site.yml", "a");
	put(p, "content/a/1.md", "a");
	p->watch = watch_open(&p->fs, p->folder, names, 2, poll);
	assert_int_equal(watch_polls(p->watch), poll);
}

static void close_place(struct place *p)
{
	watch_close(p->watch);
	watch_changes_clear(&p->changes);
	fs_remove_tree(&p->fs, STR("content"));
	fs_remove_tree(&p->fs, STR("public"));
	fs_remove(&p->fs, STR("site.yml"));
	fs_close(&p->fs);
	assert_int_equal(rmdir(p->folder), 0);
}

/* That these were told, since the last time. */
static void expect(struct place *p, const char *path)
{
	for (int tries = 0; tries < 30 && !map_get(&p->changes.paths, str_c(path), NULL); tries++)
		watch_wait(p->watch, 1000, &p->changes);
	assert_true(map_get(&p->changes.paths, str_c(path), NULL));
}

static void clear(struct place *p)
{
	while (watch_wait(p->watch, 20, &p->changes))
		;
	watch_changes_clear(&p->changes);
}

static void changes_are_told(bool poll)
{
	struct place p;
	open_place(&p, poll);
	assert_false(watch_wait(p.watch, 1, &p.changes));
	put(&p, "content/a/1.md", "longer");
	put(&p, "site.yml", "longer");
	expect(&p, "content/a/1.md");
	expect(&p, "site.yml");
	clear(&p);
	put(&p, "content/b/c/2.md", "a"); /* in new folders */
	expect(&p, poll ? "content/b/c/2.md" : "content/b");
	clear(&p);
	put(&p, "content/b/c/2.md", "longer");
	expect(&p, "content/b/c/2.md");
	clear(&p);
	assert_int_equal(fs_rename(&p.fs, STR("content/b"), STR("content/d")), FS_OK);
	expect(&p, "content/b");
	expect(&p, "content/d");
	clear(&p);
	put(&p, "content/d/c/2.md", "and longer"); /* by its new name */
	expect(&p, "content/d/c/2.md");
	assert_false(map_get(&p.changes.paths, STR("content/b/c/2.md"), NULL));
	clear(&p);
	fs_remove_tree(&p.fs, STR("content"));
	expect(&p, "content");
	put(&p, "content/a/1.md", "again");
	clear(&p);
	put(&p, "content/a/1.md", "and again");
	expect(&p, "content/a/1.md");
	clear(&p);
	put(&p, "public/index.html", "what is built is no source");
	assert_false(watch_wait(p.watch, 20, &p.changes));
	close_place(&p);
}

static void inotify_tells_of_files_folders_and_renames(void **state)
{
	(void)state;
	changes_are_told(false);
}

static void comparing_tells_the_same(void **state)
{
	(void)state;
	changes_are_told(true);
}

static void a_queue_that_runs_over_says_that_all_may_have_changed(void **state)
{
	enum { EVENTS_MOST = 100000 };
	struct place p;
	(void)state;
	FILE *limit = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
	long most = 0;
	if (!limit || fscanf(limit, "%ld", &most) != 1 || most > EVENTS_MOST)
		skip();
	fclose(limit);
	open_place(&p, false);
	for (long i = 0; i < most; i++)
		fs_rename(&p.fs, i % 2 ? STR("content/a/2.md") : STR("content/a/1.md"),
			i % 2 ? STR("content/a/1.md") : STR("content/a/2.md"));
	watch_wait(p.watch, 1000, &p.changes);
	assert_true(p.changes.all);
	clear(&p);
	put(&p, "content/a/1.md", "afterwards");
	expect(&p, "content/a/1.md");
	close_place(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inotify_tells_of_files_folders_and_renames),
		cmocka_unit_test(comparing_tells_the_same),
		cmocka_unit_test(a_queue_that_runs_over_says_that_all_may_have_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
