#include "sys/pool.h"

#include "sys/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { ITEMS = 10000, WORKERS_MOST = 64 };

struct board {
	size_t done[ITEMS];      /* by item */
	size_t by[WORKERS_MOST]; /* by worker */
	atomic_bool busy[WORKERS_MOST];
	atomic_size_t clashes, running, most_running;
};

static void note(void *shared, size_t item, size_t worker)
{
	struct board *board = shared;
	if (atomic_exchange(&board->busy[worker], true))
		board->clashes++;
	board->done[item]++;
	board->by[worker]++;
	atomic_store(&board->busy[worker], false);
}

static void check_pool_run(size_t workers, size_t count)
{
	static struct board board;
	memset(&board, 0, sizeof board);
	pool_run(workers, count, note, &board);
	size_t total = 0;
	for (size_t i = 0; i < ITEMS; i++)
		assert_int_equal(board.done[i], i < count);
	for (size_t i = 0; i < WORKERS_MOST; i++)
		total += board.by[i];
	for (size_t i = workers ? workers : 1; i < WORKERS_MOST; i++)
		assert_int_equal(board.by[i], 0);
	assert_int_equal(total, count);
	assert_int_equal(board.clashes, 0);
}

static void every_item_is_done_once(void **state)
{
	(void)state;
	static const size_t workers[] = { 0, 1, 2, 8, WORKERS_MOST };
	static const size_t counts[] = { 0, 1, 3, ITEMS };
	for (size_t i = 0; i < sizeof workers / sizeof *workers; i++)
		for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
			check_pool_run(workers[i], counts[j]);
}

static void meet(void *shared, size_t item, size_t worker)
{
	struct board *board = shared;
	(void)item, (void)worker;
	size_t now = ++board->running;
	if (now > board->most_running)
		board->most_running = now;
	/* Waits for a second worker, but not for ever. */
	double start = clock_monotonic();
	while (board->most_running < 2 && clock_monotonic() - start < 10)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	board->running--;
}

static void workers_run_at_the_same_time(void **state)
{
	(void)state;
	static struct board board;
	pool_run(2, 2, meet, &board);
	assert_int_equal(board.most_running, 2);
}

static void note_thread(void *shared, size_t item, size_t worker)
{
	static _Thread_local int here;
	(void)item, (void)worker;
	*(const int **)shared = &here;
}

static void one_worker_is_the_calling_thread(void **state)
{
	(void)state;
	const int *inside = NULL, *outside = NULL;
	pool_run(1, 1, note_thread, &inside);
	note_thread(&outside, 0, 0);
	assert_ptr_equal(inside, outside);
}

static void the_default_is_a_number_of_workers(void **state)
{
	(void)state;
	assert_in_range(pool_workers_default(), 1, WORKERS_MOST);
}

static void clocks_go_forward(void **state)
{
	(void)state;
	double before = clock_monotonic();
	nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
	assert_true(clock_monotonic() - before >= 0.002);
	assert_true(clock_now() > 1700000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_item_is_done_once),
		cmocka_unit_test(workers_run_at_the_same_time),
		cmocka_unit_test(one_worker_is_the_calling_thread),
		cmocka_unit_test(the_default_is_a_number_of_workers),
		cmocka_unit_test(clocks_go_forward),
	};
	return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
