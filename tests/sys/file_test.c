/* sys/file: the same promises with openat2 and without it. */
#include "sys/file.h"
#include "sys/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

struct tree {
	struct fs fs;
	char folder[64]; /* where it lies on disk */
	struct arena arena;
};

static void tree_open(struct tree *t)
{
	arena_init(&t->arena);
	strcpy(t->folder, "/tmp/giji-file-test-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	assert_int_equal(fs_disk_open(&t->fs, t->folder, false), FS_OK);
}

static void tree_close(struct tree *t)
{
	struct fs_entry *entries;
	size_t count;
	assert_int_equal(fs_list(&t->fs, STR(""), &t->arena, &entries, &count), FS_OK);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(fs_remove_tree(&t->fs, entries[i].name), FS_OK);
	fs_close(&t->fs);
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

static int set_up(void **state)
{
	static struct tree t;
	tree_open(&t);
	*state = &t;
	return 0;
}

static int tear_down(void **state)
{
	tree_close(*state);
	return 0;
}
#define TREE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static void what_is_written_is_read(void **state)
{
	struct tree *t = *state;
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

static void a_file_over_the_limit_is_refused_and_leaves_the_buf_alone(void **state)
{
	struct tree *t = *state;
	struct buf out = { 0 };
	assert_int_equal(write_c(t, "f", "12345"), FS_OK);
	buf_put(&out, STR("x"));
	assert_int_equal(fs_read(&t->fs, STR("f"), 4, &out), FS_TOO_LARGE);
	assert_int_equal(out.n, 1);
	assert_int_equal(fs_read(&t->fs, STR("f"), 5, &out), FS_OK);
	buf_release(&out);
}

static void files_are_compared_to_the_last_byte(void **state)
{
	struct tree *t = *state;
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

static void paths_that_lead_out_are_refused(void **state)
{
	struct tree *t = *state;
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

static void files_and_folders_are_told_apart(void **state)
{
	struct tree *t = *state;
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

static void names_too_long_for_the_machine_are_absent_but_cannot_be_written(void **state)
{
	struct tree *t = *state;
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

static void a_folder_is_listed_in_byte_order(void **state)
{
	struct tree *t = *state;
	assert_string_equal(names(t, ""), "");
	assert_int_equal(write_c(t, "b/ん", ""), FS_OK);
	assert_int_equal(write_c(t, "b/あ", ""), FS_OK);
	assert_int_equal(write_c(t, "b/z/deep", ""), FS_OK);
	assert_int_equal(write_c(t, "b-c", ""), FS_OK);
	assert_int_equal(write_c(t, "B", ""), FS_OK);
	assert_string_equal(names(t, ""), "B b/ b-c");
	assert_string_equal(names(t, "b"), "z/ あ ん");
}

static void renaming_replaces_files_and_moves_folders(void **state)
{
	struct tree *t = *state;
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

static void only_what_was_named_is_removed(void **state)
{
	struct tree *t = *state;
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

static void copying_hashes_what_it_copies(void **state)
{
	struct tree *from = *state, to;
	tree_open(&to);
	size_t n = 100001; /* several pieces and a rest */
	char *bytes = arena_alloc(&from->arena, n);
	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(i * 7);
	uint8_t copied[32], expected[32];
	assert_int_equal(fs_write(&from->fs, STR("f.pdf"), str_n(bytes, n)), FS_OK);
	assert_int_equal(fs_copy(&from->fs, STR("f.pdf"), &to.fs, STR("files/f.pdf"), copied), FS_OK);
	hash_sha256(str_n(bytes, n), expected);
	assert_memory_equal(copied, expected, 32);
	assert_true(fs_same(&to.fs, STR("files/f.pdf"), str_n(bytes, n)));
	assert_int_equal(fs_copy(&from->fs, STR("none"), &to.fs, STR("x"), NULL), FS_ABSENT);
	assert_string_equal(names(&to, ""), "files/");
	assert_int_equal(fs_copy(&to.fs, STR("files/f.pdf"), &to.fs, STR("files/f.pdf"), NULL), FS_EXISTS);
	assert_true(fs_same(&to.fs, STR("files/f.pdf"), str_n(bytes, n)));
	tree_close(&to);
}

static void links_are_followed_inside_the_root_only(void **state)
{
	struct tree *t = *state;
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

static void folders_linked_in_a_ring_come_to_an_end(void **state)
{
	struct tree *t = *state;
	assert_int_equal(write_c(t, "a/f", ""), FS_OK);
	assert_int_equal(write_c(t, "b/f", ""), FS_OK);
	link_to(t, "../b", "a/x");
	link_to(t, "../a", "b/y");
	assert_string_equal(names(t, "a"), "f x/");
	assert_string_equal(names(t, "a/x"), "f y?");
}

static void removing_a_tree_spares_what_its_links_lead_to(void **state)
{
	struct tree *t = *state;
	assert_int_equal(write_c(t, "kept/f", "1"), FS_OK);
	assert_int_equal(write_c(t, "gone/f", "1"), FS_OK);
	link_to(t, "../kept", "gone/link");
	assert_int_equal(fs_remove_tree(&t->fs, STR("gone")), FS_OK);
	assert_string_equal(names(t, ""), "kept/");
	assert_holds(t, "kept/f", "1");
}

static void pipes_and_sockets_are_refused_without_waiting(void **state)
{
	struct tree *t = *state;
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

/* As a full disk, the limit on a file's size makes write(2) fail in the middle. */
static void a_write_that_the_machine_cuts_short_is_reported(void **state)
{
	struct tree *t = *state;
	struct rlimit before, small;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){ 1000, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	char bytes[2000] = { 0 };
	enum fs_result result = fs_write(&t->fs, STR("f"), str_n(bytes, sizeof bytes));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(result, FS_FAILED);
	assert_string_equal(fs_reason(), "File too large");
}

static void the_nth_change_fails_and_no_other(void **state)
{
	struct tree *t = *state;
	struct fs failing;
	uint8_t hash[32];
	assert_int_equal(write_c(t, "source", "0123456789"), FS_OK);
	for (size_t nth = 1; nth <= 7; nth++) {
		fs_failing_open(&failing, &t->fs, nth);
		assert_int_equal(fs_write(&failing, STR("x/a"), STR("")), nth == 1 ? FS_FAILED : FS_OK);
		assert_int_equal(fs_write(&failing, STR("b"), STR("1234")), nth == 2 ? FS_FAILED : FS_OK);
		assert_true(fs_same(&t->fs, STR("b"), nth == 2 ? STR("12") : STR("1234")));
		assert_int_equal(
			fs_copy(&t->fs, STR("source"), &failing, STR("c"), hash), nth == 3 ? FS_FAILED : FS_OK);
		assert_int_equal(fs_rename(&failing, STR("b"), STR("x/b")), nth == 4 ? FS_FAILED : FS_OK);
		assert_int_equal(fs_remove(&failing, STR("x/a")), nth == 5 ? FS_FAILED : FS_OK);
		assert_int_equal(fs_remove(&failing, STR("c")), nth == 6 ? FS_FAILED : FS_OK);
		assert_true(fs_same(&failing, STR("source"), STR("0123456789")));
		if (nth <= 6)
			assert_string_equal(fs_reason(), "No space left on device");
		fs_close(&failing);
		assert_int_equal(fs_remove_tree(&t->fs, STR("x")), FS_OK);
		fs_remove(&t->fs, STR("b"));
	}
}

static void a_root_is_made_only_on_wish(void **state)
{
	struct tree *t = *state;
	struct fs fs;
	assert_int_equal(fs_disk_open(&fs, on_disk(t, "x/y/"), false), FS_ABSENT);
	assert_int_equal(fs_disk_open(&fs, on_disk(t, "x/y/"), true), FS_OK);
	assert_int_equal(fs_write(&fs, STR("f"), STR("1")), FS_OK);
	fs_close(&fs);
	assert_holds(t, "x/y/f", "1");
	assert_int_equal(fs_disk_open(&fs, on_disk(t, "x/y/f"), true), FS_NOT_FILE);
	assert_int_equal(fs_disk_open(&fs, on_disk(t, "x/y/f/z"), true), FS_NOT_FILE);
	assert_int_equal(fs_disk_open(&fs, "", true), FS_ABSENT);
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

static void several_threads_write_into_one_tree(void **state)
{
	struct tree *t = *state;
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

static void a_tree_in_memory_goes_when_it_is_closed(void **state)
{
	struct fs fs;
	struct tree *t = *state;
	fs_memory_open(&fs);
	assert_int_equal(fs_write(&fs, STR("a/f"), STR("1")), FS_OK);
	assert_true(fs_same(&fs, STR("a/f"), STR("1")));
	assert_int_equal(fs_copy(&fs, STR("a/f"), &t->fs, STR("f"), NULL), FS_OK);
	assert_holds(t, "f", "1");
	fs_close(&fs);
}

static void without_openat2_no_link_is_followed(void **state)
{
	struct tree *t = *state;
	assert_int_equal(write_c(t, "a/f", "inside"), FS_OK);
	link_to(t, "a", "folder");
	link_to(t, "a/f", "file");
	link_to(t, "/etc", "absolute");
	assert_int_equal(read_c(t, "file"), FS_OUTSIDE);
	assert_int_equal(write_c(t, "file", "x"), FS_OUTSIDE);
	assert_int_equal(read_c(t, "folder/f"), FS_NOT_FILE);
	assert_int_equal(read_c(t, "absolute/passwd"), FS_NOT_FILE);
	assert_int_equal(write_c(t, "folder/new", "x"), FS_NOT_FILE);
	assert_string_equal(names(t, ""), "a/ absolute? file? folder?");
	assert_string_equal(names(t, "a"), "f");
}

/* As the seccomp profiles of some containers do. */
static bool forbid_openat2(void)
{
	struct sock_filter rules[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof rules / sizeof *rules, rules };
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

int main(void)
{
	const struct CMUnitTest always[] = {
		TREE_TEST(what_is_written_is_read),
		TREE_TEST(a_file_over_the_limit_is_refused_and_leaves_the_buf_alone),
		TREE_TEST(files_are_compared_to_the_last_byte),
		TREE_TEST(paths_that_lead_out_are_refused),
		TREE_TEST(files_and_folders_are_told_apart),
		TREE_TEST(names_too_long_for_the_machine_are_absent_but_cannot_be_written),
		TREE_TEST(a_folder_is_listed_in_byte_order),
		TREE_TEST(renaming_replaces_files_and_moves_folders),
		TREE_TEST(only_what_was_named_is_removed),
		TREE_TEST(copying_hashes_what_it_copies),
		TREE_TEST(removing_a_tree_spares_what_its_links_lead_to),
		TREE_TEST(pipes_and_sockets_are_refused_without_waiting),
		TREE_TEST(a_write_that_the_machine_cuts_short_is_reported),
		TREE_TEST(the_nth_change_fails_and_no_other),
		TREE_TEST(a_root_is_made_only_on_wish),
		TREE_TEST(several_threads_write_into_one_tree),
		TREE_TEST(a_tree_in_memory_goes_when_it_is_closed),
	};
	const struct CMUnitTest links[] = {
		TREE_TEST(links_are_followed_inside_the_root_only),
		TREE_TEST(folders_linked_in_a_ring_come_to_an_end),
	};
	const struct CMUnitTest without[] = {
		TREE_TEST(without_openat2_no_link_is_followed),
	};
	/* Without SIGXFSZ a write over the size limit fails with EFBIG. */
	signal(SIGXFSZ, SIG_IGN);
	int failed = cmocka_run_group_tests_name("file", always, NULL, NULL) +
		cmocka_run_group_tests_name("links", links, NULL, NULL);
	if (!forbid_openat2()) {
		puts("seccomp is not to be had here: openat2 cannot be forbidden");
		return failed;
	}
	return failed + cmocka_run_group_tests_name("file without openat2", always, NULL, NULL) +
		cmocka_run_group_tests_name("links without openat2", without, NULL, NULL);
}
