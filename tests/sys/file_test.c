/* sys/file: the same promises on disk, on disk without openat2, and in memory. */
#include "sys/fs.h"
#include "sys/hash.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

enum place { DISK, DISK_WALKED, MEMORY, PLACES };

struct tree {
	struct fs fs;
	char folder[64]; /* where it lies on disk, or "" */
	struct arena arena;
};

static void tree_open(struct tree *t, enum place place)
{
	*t = (struct tree){ 0 };
	arena_init(&t->arena);
	if (place == MEMORY) {
		fs_memory_open(&t->fs);
		return;
	}
	strcpy(t->folder, "/tmp/giji-file-test-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	assert_int_equal(fs_disk_open(&t->fs, t->folder, false), FS_OK);
	if (place == DISK_WALKED)
		fs_disk_walk(&t->fs);
}

static void tree_close(struct tree *t)
{
	struct fs_entry *entries;
	size_t count;
	assert_int_equal(fs_list(&t->fs, STR(""), &t->arena, &entries, &count), FS_OK);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(fs_remove_tree(&t->fs, entries[i].name), FS_OK);
	fs_close(&t->fs);
	if (t->folder[0])
		assert_int_equal(rmdir(t->folder), 0);
	arena_release(&t->arena);
}

static const char *on_disk(struct tree *t, const char *name)
{
	return arena_format(&t->arena, "%s/%s", t->folder, name).p;
}

static void link_to(struct tree *t, const char *target, const char *name)
{
	assert_int_equal(symlink(target, on_disk(t, name)), 0);
}

static void assert_holds(struct tree *t, const char *path, const char *text)
{
	struct buf out = { 0 };
	assert_int_equal(fs_read(&t->fs, str_c(path), 1 << 20, &out), FS_OK);
	assert_true(str_eq(buf_str(&out), str_c(text)));
	buf_release(&out);
}

static enum fs_result write_c(struct tree *t, const char *path, const char *text)
{
	return fs_write(&t->fs, str_c(path), str_c(text));
}

static enum fs_result read_c(struct tree *t, const char *path)
{
	struct buf out = { 0 };
	enum fs_result result = fs_read(&t->fs, str_c(path), 1 << 20, &out);
	buf_release(&out);
	return result;
}

/* The names of a folder, each with / or ? for its kind: "a b/ c?". */
static const char *names(struct tree *t, const char *folder)
{
	struct fs_entry *entries;
	size_t count;
	struct buf out = { 0 };
	assert_int_equal(fs_list(&t->fs, str_c(folder), &t->arena, &entries, &count), FS_OK);
	for (size_t i = 0; i < count; i++)
		buf_format(&out, "%s%.*s%s", i ? " " : "", STR_ARG(entries[i].name),
			entries[i].kind == FS_FOLDER          ? "/"
				: entries[i].kind == FS_OTHER ? "?"
							      : "");
	const char *found = arena_c(&t->arena, buf_str(&out));
	buf_release(&out);
	return found;
}

static void each_place(void (*test)(struct tree *))
{
	for (enum place place = 0; place < PLACES; place++) {
		struct tree t;
		tree_open(&t, place);
		test(&t);
		tree_close(&t);
	}
}

static void each_disk(void (*test)(struct tree *))
{
	for (enum place place = DISK; place <= DISK_WALKED; place++) {
		struct tree t;
		tree_open(&t, place);
		test(&t);
		tree_close(&t);
	}
}

static void write_and_read(struct tree *t)
{
	assert_int_equal(write_c(t, "a/b/議事録.md", "一つ目の長い文"), FS_OK);
	assert_int_equal(write_c(t, "a/b/議事録.md", "二"), FS_OK);
	assert_holds(t, "a/b/議事録.md", "二");
	assert_int_equal(write_c(t, "empty", ""), FS_OK);
	assert_holds(t, "empty", "");
	struct buf out = { 0 };
	buf_put(&out, STR("before "));
	assert_int_equal(fs_read(&t->fs, STR("a/b/議事録.md"), 3, &out), FS_OK);
	assert_true(str_eq(buf_str(&out), STR("before 二")));
	buf_release(&out);
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	each_place(write_and_read);
}

static void limit(struct tree *t)
{
	struct buf out = { 0 };
	assert_int_equal(write_c(t, "f", "12345"), FS_OK);
	buf_put(&out, STR("x"));
	assert_int_equal(fs_read(&t->fs, STR("f"), 4, &out), FS_TOO_LARGE);
	assert_int_equal(out.n, 1);
	assert_int_equal(fs_read(&t->fs, STR("f"), 5, &out), FS_OK);
	buf_release(&out);
}

static void a_file_over_the_limit_is_refused_and_leaves_the_buf_alone(void **state)
{
	(void)state;
	each_place(limit);
}

static void same(struct tree *t)
{
	size_t n = 100000;
	char *bytes = arena_alloc(&t->arena, n);
	memset(bytes, 'a', n);
	assert_int_equal(fs_write(&t->fs, STR("f"), str_n(bytes, n)), FS_OK);
	assert_true(fs_same(&t->fs, STR("f"), str_n(bytes, n)));
	assert_false(fs_same(&t->fs, STR("f"), str_n(bytes, n - 1)));
	bytes[n - 1] = 'b';
	assert_false(fs_same(&t->fs, STR("f"), str_n(bytes, n)));
	assert_false(fs_same(&t->fs, STR("none"), STR("")));
	assert_int_equal(write_c(t, "empty", ""), FS_OK);
	assert_true(fs_same(&t->fs, STR("empty"), STR("")));
	assert_false(fs_same(&t->fs, STR("empty"), STR("x")));
}

static void files_are_compared_to_the_last_byte(void **state)
{
	(void)state;
	each_place(same);
}

static void unclean_paths(struct tree *t)
{
	static const char *const bad[] = { "", "/etc/passwd", "../x", "a/../../x", "a/..", "./a", "a//b", "a/", "." };
	assert_int_equal(write_c(t, "a/b", "1"), FS_OK);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct fs_entry entry;
		assert_int_equal(read_c(t, bad[i]), FS_OUTSIDE);
		assert_int_equal(write_c(t, bad[i], "x"), FS_OUTSIDE);
		assert_int_equal(fs_remove(&t->fs, str_c(bad[i])), FS_OUTSIDE);
		assert_int_equal(fs_remove_tree(&t->fs, str_c(bad[i])), FS_OUTSIDE);
		assert_int_equal(fs_rename(&t->fs, STR("a/b"), str_c(bad[i])), FS_OUTSIDE);
		if (bad[i][0])
			assert_int_equal(fs_stat(&t->fs, str_c(bad[i]), &entry), FS_OUTSIDE);
	}
	assert_int_equal(fs_write(&t->fs, str_n("a\0b", 3), STR("x")), FS_OUTSIDE);
	assert_holds(t, "a/b", "1");
}

static void paths_that_lead_out_are_refused(void **state)
{
	(void)state;
	each_place(unclean_paths);
}

static void kinds(struct tree *t)
{
	struct fs_entry entry;
	assert_int_equal(write_c(t, "a/f", "123"), FS_OK);
	assert_int_equal(fs_stat(&t->fs, STR("a/f"), &entry), FS_OK);
	assert_int_equal(entry.kind, FS_FILE);
	assert_int_equal(entry.size, 3);
	assert_int_equal(fs_stat(&t->fs, STR("a"), &entry), FS_OK);
	assert_int_equal(entry.kind, FS_FOLDER);
	assert_int_equal(fs_stat(&t->fs, STR(""), &entry), FS_OK);
	assert_int_equal(entry.kind, FS_FOLDER);
	assert_int_equal(fs_stat(&t->fs, STR("b"), &entry), FS_ABSENT);
	assert_int_equal(fs_stat(&t->fs, STR("a/b/c"), &entry), FS_ABSENT);
	assert_int_equal(read_c(t, "none"), FS_ABSENT);
	assert_int_equal(read_c(t, "a"), FS_NOT_FILE);
	assert_int_equal(read_c(t, "a/f/g"), FS_NOT_FILE);
	assert_int_equal(write_c(t, "a", "x"), FS_NOT_FILE);
	assert_int_equal(write_c(t, "a/f/g", "x"), FS_NOT_FILE);
	struct fs_entry *entries;
	size_t count;
	assert_int_equal(fs_list(&t->fs, STR("none"), &t->arena, &entries, &count), FS_ABSENT);
	assert_int_equal(fs_list(&t->fs, STR("a/f"), &t->arena, &entries, &count), FS_NOT_FILE);
	assert_int_equal(count, 0);
}

static void files_and_folders_are_told_apart(void **state)
{
	(void)state;
	each_place(kinds);
}

static void too_long(struct tree *t)
{
	char name[NAME_MAX + 2];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	struct buf path = { 0 };
	for (size_t i = 0; i < PATH_MAX / 2; i++)
		buf_put(&path, i ? STR("/d") : STR("d"));
	assert_int_equal(read_c(t, name), FS_ABSENT);
	assert_int_equal(write_c(t, name, "x"), FS_FAILED);
	assert_string_equal(fs_reason(), "File name too long");
	struct buf out = { 0 };
	assert_int_equal(fs_read(&t->fs, str_n(path.p, path.n - 2), 9, &out), FS_ABSENT);
	buf_put(&path, STR("/d"));
	assert_int_equal(fs_read(&t->fs, buf_str(&path), 9, &out), FS_ABSENT);
	assert_int_equal(fs_write(&t->fs, buf_str(&path), STR("x")), FS_FAILED);
	buf_release(&path);
	buf_release(&out);
}

static void names_too_long_for_the_machine_are_absent_but_cannot_be_written(void **state)
{
	(void)state;
	each_place(too_long);
}

static void listing(struct tree *t)
{
	assert_string_equal(names(t, ""), "");
	assert_int_equal(write_c(t, "b/ん", ""), FS_OK);
	assert_int_equal(write_c(t, "b/あ", ""), FS_OK);
	assert_int_equal(write_c(t, "b/z/deep", ""), FS_OK);
	assert_int_equal(write_c(t, "b-c", ""), FS_OK);
	assert_int_equal(write_c(t, "B", ""), FS_OK);
	assert_string_equal(names(t, ""), "B b/ b-c");
	assert_string_equal(names(t, "b"), "z/ あ ん");
}

static void a_folder_is_listed_in_byte_order(void **state)
{
	(void)state;
	each_place(listing);
}

static void renaming(struct tree *t)
{
	assert_int_equal(write_c(t, "stage/1", "new"), FS_OK);
	assert_int_equal(write_c(t, "page", "old"), FS_OK);
	assert_int_equal(fs_rename(&t->fs, STR("stage/1"), STR("page")), FS_OK);
	assert_holds(t, "page", "new");
	assert_int_equal(read_c(t, "stage/1"), FS_ABSENT);
	assert_int_equal(fs_rename(&t->fs, STR("page"), STR("a/b/page")), FS_OK);
	assert_holds(t, "a/b/page", "new");
	assert_int_equal(fs_rename(&t->fs, STR("none"), STR("x")), FS_ABSENT);
	assert_int_equal(fs_rename(&t->fs, STR("a/b/page"), STR("stage")), FS_NOT_FILE);
	assert_int_equal(fs_rename(&t->fs, STR("a"), STR("a/b/c")), FS_FAILED);
	assert_int_equal(write_c(t, "a-z", "beside"), FS_OK);
	assert_int_equal(fs_rename(&t->fs, STR("a"), STR("moved")), FS_OK);
	assert_holds(t, "moved/b/page", "new");
	assert_holds(t, "a-z", "beside");
	assert_string_equal(names(t, ""), "a-z moved/ stage/");
	assert_int_equal(fs_rename(&t->fs, STR("moved"), STR("stage")), FS_OK);
	assert_holds(t, "stage/b/page", "new");
	assert_int_equal(write_c(t, "full/f", ""), FS_OK);
	assert_int_equal(fs_rename(&t->fs, STR("stage"), STR("full")), FS_EXISTS);
	assert_int_equal(fs_rename(&t->fs, STR("a-z"), STR("a-z")), FS_OK);
	assert_holds(t, "a-z", "beside");
}

static void renaming_replaces_files_and_moves_folders(void **state)
{
	(void)state;
	each_place(renaming);
}

static void removing(struct tree *t)
{
	assert_int_equal(write_c(t, "a/b/f", "1"), FS_OK);
	assert_int_equal(write_c(t, "a/b/g/h", "1"), FS_OK);
	assert_int_equal(write_c(t, "a-b", "1"), FS_OK);
	assert_int_equal(fs_remove(&t->fs, STR("a")), FS_NOT_FILE);
	assert_int_equal(fs_remove(&t->fs, STR("none")), FS_ABSENT);
	assert_int_equal(fs_remove_folder(&t->fs, STR("a")), FS_EXISTS);
	assert_int_equal(fs_remove_folder(&t->fs, STR("a/b/f")), FS_NOT_FILE);
	assert_int_equal(fs_remove_folder(&t->fs, STR("none")), FS_ABSENT);
	assert_int_equal(fs_remove(&t->fs, STR("a/b/g/h")), FS_OK);
	assert_int_equal(fs_remove_folder(&t->fs, STR("a/b/g")), FS_OK);
	assert_int_equal(fs_remove_tree(&t->fs, STR("a")), FS_OK);
	assert_int_equal(fs_remove_tree(&t->fs, STR("a")), FS_OK);
	assert_string_equal(names(t, ""), "a-b");
}

static void only_what_was_named_is_removed(void **state)
{
	(void)state;
	each_place(removing);
}

static void copying_hashes_what_it_copies(void **state)
{
	(void)state;
	struct tree from, to;
	tree_open(&from, MEMORY);
	tree_open(&to, DISK);
	size_t n = 100001; /* several pieces and a rest */
	char *bytes = arena_alloc(&from.arena, n);
	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(i * 7);
	uint8_t copied[32], expected[32];
	assert_int_equal(fs_write(&from.fs, STR("f.pdf"), str_n(bytes, n)), FS_OK);
	assert_int_equal(fs_copy(&from.fs, STR("f.pdf"), &to.fs, STR("files/f.pdf"), copied), FS_OK);
	hash_sha256(str_n(bytes, n), expected);
	assert_memory_equal(copied, expected, 32);
	assert_true(fs_same(&to.fs, STR("files/f.pdf"), str_n(bytes, n)));
	assert_int_equal(fs_copy(&from.fs, STR("none"), &to.fs, STR("x"), NULL), FS_ABSENT);
	assert_string_equal(names(&to, ""), "files/");
	assert_int_equal(fs_copy(&to.fs, STR("files/f.pdf"), &to.fs, STR("files/f.pdf"), NULL), FS_EXISTS);
	assert_true(fs_same(&to.fs, STR("files/f.pdf"), str_n(bytes, n)));
	tree_close(&to);
	tree_close(&from);
}

static void links(struct tree *t)
{
	assert_int_equal(write_c(t, "a/b/f", "inside"), FS_OK);
	assert_int_equal(write_c(t, "c/g", "beside"), FS_OK);
	link_to(t, "../c", "a/inside");
	link_to(t, "b/../b/./f", "a/file");
	link_to(t, "../../x", "a/out");
	link_to(t, "/etc", "a/absolute");
	link_to(t, "nowhere", "a/dangling");
	link_to(t, "loop", "a/loop");
	link_to(t, "..", "a/b/up");
	assert_holds(t, "a/inside/g", "beside");
	assert_holds(t, "a/file", "inside");
	assert_holds(t, "a/b/up/b/f", "inside");
	assert_int_equal(read_c(t, "a/out"), FS_OUTSIDE);
	assert_int_equal(read_c(t, "a/absolute/passwd"), FS_OUTSIDE);
	assert_int_equal(write_c(t, "a/out", "x"), FS_OUTSIDE);
	assert_int_equal(write_c(t, "a/absolute/new/x", "x"), FS_OUTSIDE);
	assert_int_equal(read_c(t, "a/dangling"), FS_ABSENT);
	assert_int_equal(read_c(t, "a/loop"), FS_FAILED);
	assert_string_equal(fs_reason(), "Too many levels of symbolic links");
	assert_string_equal(names(t, "a"), "absolute? b/ dangling? file inside/ loop? out?");
	assert_string_equal(names(t, "a/b"), "f up?");
	assert_int_equal(write_c(t, "a/inside/new", "through"), FS_OK);
	assert_holds(t, "c/new", "through");
}

static void links_are_followed_inside_the_root_only(void **state)
{
	(void)state;
	each_disk(links);
}

static void link_ring(struct tree *t)
{
	assert_int_equal(write_c(t, "a/f", ""), FS_OK);
	assert_int_equal(write_c(t, "b/f", ""), FS_OK);
	link_to(t, "../b", "a/x");
	link_to(t, "../a", "b/y");
	assert_string_equal(names(t, "a"), "f x/");
	assert_string_equal(names(t, "a/x"), "f y?");
}

static void folders_linked_in_a_ring_come_to_an_end(void **state)
{
	(void)state;
	each_disk(link_ring);
}

static void removed_links(struct tree *t)
{
	assert_int_equal(write_c(t, "kept/f", "1"), FS_OK);
	assert_int_equal(write_c(t, "gone/f", "1"), FS_OK);
	link_to(t, "../kept", "gone/link");
	assert_int_equal(fs_remove_tree(&t->fs, STR("gone")), FS_OK);
	assert_string_equal(names(t, ""), "kept/");
	assert_holds(t, "kept/f", "1");
}

static void removing_a_tree_spares_what_its_links_lead_to(void **state)
{
	(void)state;
	each_disk(removed_links);
}

static void special_files(struct tree *t)
{
	assert_int_equal(mkfifo(on_disk(t, "pipe"), 0600), 0);
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	strcpy(address.sun_path, on_disk(t, "socket"));
	int s = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(s, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(read_c(t, "pipe"), FS_NOT_FILE);
	assert_int_equal(write_c(t, "pipe", "x"), FS_NOT_FILE);
	assert_int_equal(read_c(t, "socket"), FS_NOT_FILE);
	int reader = open(on_disk(t, "pipe"), O_RDONLY | O_NONBLOCK);
	assert_int_equal(write_c(t, "pipe", "x"), FS_NOT_FILE);
	assert_string_equal(names(t, ""), "pipe? socket?");
	close(reader);
	close(s);
}

static void pipes_and_sockets_are_refused_without_waiting(void **state)
{
	(void)state;
	each_disk(special_files);
}

/* As a full disk, the limit on a file's size makes write(2) fail in the middle. */
static void a_write_that_the_machine_cuts_short_is_reported(void **state)
{
	(void)state;
	struct tree t;
	struct rlimit before, small;
	tree_open(&t, DISK);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){ 1000, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	char bytes[2000] = { 0 };
	enum fs_result result = fs_write(&t.fs, STR("f"), str_n(bytes, sizeof bytes));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(result, FS_FAILED);
	assert_string_equal(fs_reason(), "File too large");
	tree_close(&t);
}

static void the_nth_change_fails_and_no_other(void **state)
{
	(void)state;
	struct tree t;
	struct fs failing;
	uint8_t hash[32];
	tree_open(&t, MEMORY);
	assert_int_equal(write_c(&t, "source", "0123456789"), FS_OK);
	for (size_t nth = 1; nth <= 7; nth++) {
		fs_failing_open(&failing, &t.fs, nth);
		assert_int_equal(fs_write(&failing, STR("x/a"), STR("")), nth == 1 ? FS_FAILED : FS_OK);
		assert_int_equal(fs_write(&failing, STR("b"), STR("1234")), nth == 2 ? FS_FAILED : FS_OK);
		assert_true(fs_same(&t.fs, STR("b"), nth == 2 ? STR("12") : STR("1234")));
		assert_int_equal(fs_copy(&t.fs, STR("source"), &failing, STR("c"), hash), nth == 3 ? FS_FAILED : FS_OK);
		assert_int_equal(fs_rename(&failing, STR("b"), STR("x/b")), nth == 4 ? FS_FAILED : FS_OK);
		assert_int_equal(fs_remove(&failing, STR("x/a")), nth == 5 ? FS_FAILED : FS_OK);
		assert_int_equal(fs_remove(&failing, STR("c")), nth == 6 ? FS_FAILED : FS_OK);
		assert_true(fs_same(&failing, STR("source"), STR("0123456789")));
		if (nth <= 6)
			assert_string_equal(fs_reason(), "No space left on device");
		fs_close(&failing);
		assert_int_equal(fs_remove_tree(&t.fs, STR("x")), FS_OK);
		fs_remove(&t.fs, STR("b"));
	}
	tree_close(&t);
}

static void a_root_is_made_only_on_wish(void **state)
{
	(void)state;
	struct tree t;
	struct fs fs;
	tree_open(&t, DISK);
	assert_int_equal(fs_disk_open(&fs, on_disk(&t, "x/y/"), false), FS_ABSENT);
	assert_int_equal(fs_disk_open(&fs, on_disk(&t, "x/y/"), true), FS_OK);
	assert_int_equal(fs_write(&fs, STR("f"), STR("1")), FS_OK);
	fs_close(&fs);
	assert_holds(&t, "x/y/f", "1");
	assert_int_equal(fs_disk_open(&fs, on_disk(&t, "x/y/f"), true), FS_NOT_FILE);
	assert_int_equal(fs_disk_open(&fs, on_disk(&t, "x/y/f/z"), true), FS_NOT_FILE);
	assert_int_equal(fs_disk_open(&fs, "", true), FS_ABSENT);
	tree_close(&t);
}

enum { THREADS = 4, FILES = 50 };

static void *write_many(void *argument)
{
	struct fs *fs = argument;
	char path[64];
	static _Atomic int next;
	int self = next++;
	for (int i = 0; i < FILES; i++) {
		snprintf(path, sizeof path, "shared/%d/%d/f", i, self);
		assert_int_equal(fs_write(fs, str_c(path), str_c(path)), FS_OK);
		assert_true(fs_same(fs, str_c(path), str_c(path)));
	}
	return NULL;
}

static void threads(struct tree *t)
{
	pthread_t all[THREADS];
	for (size_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&all[i], NULL, write_many, &t->fs), 0);
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(all[i], NULL);
	struct fs_entry *entries;
	size_t count;
	assert_int_equal(fs_list(&t->fs, STR("shared/49"), &t->arena, &entries, &count), FS_OK);
	assert_int_equal(count, THREADS);
}

static void several_threads_write_into_one_tree(void **state)
{
	(void)state;
	each_place(threads);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(a_file_over_the_limit_is_refused_and_leaves_the_buf_alone),
		cmocka_unit_test(files_are_compared_to_the_last_byte),
		cmocka_unit_test(paths_that_lead_out_are_refused),
		cmocka_unit_test(files_and_folders_are_told_apart),
		cmocka_unit_test(names_too_long_for_the_machine_are_absent_but_cannot_be_written),
		cmocka_unit_test(a_folder_is_listed_in_byte_order),
		cmocka_unit_test(renaming_replaces_files_and_moves_folders),
		cmocka_unit_test(only_what_was_named_is_removed),
		cmocka_unit_test(copying_hashes_what_it_copies),
		cmocka_unit_test(links_are_followed_inside_the_root_only),
		cmocka_unit_test(folders_linked_in_a_ring_come_to_an_end),
		cmocka_unit_test(removing_a_tree_spares_what_its_links_lead_to),
		cmocka_unit_test(pipes_and_sockets_are_refused_without_waiting),
		cmocka_unit_test(a_write_that_the_machine_cuts_short_is_reported),
		cmocka_unit_test(the_nth_change_fails_and_no_other),
		cmocka_unit_test(a_root_is_made_only_on_wish),
		cmocka_unit_test(several_threads_write_into_one_tree),
	};
	/* Without SIGXFSZ a write over the size limit fails with EFBIG. */
	signal(SIGXFSZ, SIG_IGN);
	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
