#include "sys/pool.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORKERS_MOST = 64 };

struct pool {
	pool_job *job;
	void *shared;
	size_t count;
	atomic_size_t next; /* the first item that nobody has drawn */
};

struct worker {
	struct pool *pool;
	size_t number;
	pthread_t thread;
};

static void *work(void *argument)
{
	const struct worker *worker = argument;
	struct pool *pool = worker->pool;
	for (;;) {
		size_t item = atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
		if (item >= pool->count)
			return NULL;
		pool->job(pool->shared, item, worker->number);
	}
}

void pool_run(size_t workers, size_t count, pool_job *job, void *shared)
{
	if (workers > count)
		workers = count;
	if (workers < 1)
		workers = 1;
	struct pool pool = { .job = job, .shared = shared, .count = count };
	struct worker *all = mem_resize(NULL, workers, sizeof *all);
	/* The calling thread only waits, so that its heap stays whole: what ten thousand files leave in a heap are splinters
	 * in which each later allocation has to search, and a preview allocates for as long as it runs. */
	size_t started = 0;
	for (; workers > 1 && started < workers; started++) {
		all[started] = (struct worker){ .pool = &pool, .number = started };
		if (pthread_create(&all[started].thread, NULL, work, &all[started]) != 0)
			break;
	}
	if (started == 0) {
		all[0] = (struct worker){ .pool = &pool };
		work(&all[0]);
	}
	for (size_t i = 0; i < started; i++)
		pthread_join(all[i].thread, NULL);
	free(all);
}

size_t pool_workers_default(void)
{
	cpu_set_t allowed;
	long count = pthread_getaffinity_np(pthread_self(), sizeof allowed, &allowed) == 0
		? CPU_COUNT(&allowed)
		: sysconf(_SC_NPROCESSORS_ONLN);
	if (count < 1)
		return 1;
	return count > WORKERS_MOST ? WORKERS_MOST : (size_t)count;
}
