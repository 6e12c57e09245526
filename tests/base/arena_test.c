#include "base/arena.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static bool is_zero(const char *p, size_t n)
{
	while (n > 0 && p[n - 1] == 0)
		n--;
	return n == 0;
}

static void memory_is_zeroed_and_aligned_between_texts_of_any_length(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	for (size_t i = 1; i < 3000; i++) {
		char *p = arena_alloc(&a, i % 37);
		assert_int_equal((uintptr_t)p % 16, 0);
		assert_true(is_zero(p, i % 37));
		memset(p, 0xff, i % 37);
		arena_str(&a, str_n("岡座長と原副座長", i % 23));
	}
	arena_release(&a);
}

static void allocations_do_not_overlap(void **state)
{
	struct arena a;
	struct str texts[500];
	unsigned char *blocks[500];
	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < 500; i++) {
		blocks[i] = arena_alloc(&a, 40);
		memset(blocks[i], (int)(i % 251), 40);
		texts[i] = arena_format(&a, "text %zu", i);
	}
	for (size_t i = 0; i < 500; i++) {
		char text[20];
		snprintf(text, sizeof text, "text %zu", i);
		assert_true(str_eq(texts[i], str_c(text)));
		for (size_t k = 0; k < 40; k++)
			assert_int_equal(blocks[i][k], i % 251);
	}
	arena_release(&a);
}

static void one_allocation_may_be_larger_than_a_chunk(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	size_t large = (3 << 20) + 1;
	char *p = arena_alloc(&a, large);
	assert_true(is_zero(p, large));
	p[large - 1] = 1;
	assert_true(is_zero(arena_alloc(&a, 100), 100));
	arena_release(&a);
}

static void a_reset_arena_gives_zeroed_memory_again(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	arena_reset(&a); /* of an arena that was never used */
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 300; i++) {
			char *p = arena_alloc(&a, 100);
			assert_true(is_zero(p, 100));
			memset(p, 0xee, 100);
		}
		arena_reset(&a);
	}
	arena_release(&a);
	arena_release(&a); /* twice does no harm */
	assert_non_null(arena_alloc(&a, 0));
	arena_release(&a);
}

static void absent_text_stays_absent_and_empty_text_empty(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	assert_null(arena_str(&a, STR_NONE).p);
	struct str empty = arena_str(&a, STR(""));
	assert_non_null(empty.p);
	assert_int_equal(empty.n, 0);
	assert_string_equal(arena_c(&a, STR_NONE), "");
	assert_string_equal(arena_c(&a, STR("議事")), "議事");
	assert_non_null(arena_array(&a, 0, 8));
	arena_release(&a);
}

static void formatted_text_may_be_of_any_length(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	struct str s = arena_format(&a, "%0*d", 10000, 7);
	assert_int_equal(s.n, 10000);
	assert_int_equal(s.p[9999], '7');
	assert_int_equal(arena_format(&a, "%s", "").n, 0);
	arena_release(&a);
}

/* The signal that ends a process which asks for count × size bytes. */
static int signal_of_array(size_t count, size_t size)
{
	pid_t child = fork();
	if (child == 0) {
		struct arena a;
		close(STDERR_FILENO);
		signal(SIGABRT, SIG_DFL);
		arena_init(&a);
		arena_array(&a, count, size);
		_exit(0);
	}
	int status;
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void sizes_that_overflow_abort_instead_of_wrapping(void **state)
{
	(void)state;
	assert_int_equal(signal_of_array(SIZE_MAX / 2 + 2, 2), SIGABRT);
	assert_int_equal(signal_of_array(SIZE_MAX - 3, 1), SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned_between_texts_of_any_length),
		cmocka_unit_test(allocations_do_not_overlap),
		cmocka_unit_test(one_allocation_may_be_larger_than_a_chunk),
		cmocka_unit_test(a_reset_arena_gives_zeroed_memory_again),
		cmocka_unit_test(absent_text_stays_absent_and_empty_text_empty),
		cmocka_unit_test(formatted_text_may_be_of_any_length),
		cmocka_unit_test(sizes_that_overflow_abort_instead_of_wrapping),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
