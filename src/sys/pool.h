/*
 * pool: the same job for many items, on several threads.
 *
 * Workers draw item numbers from an atomic counter. There are no locks: a job
 * writes only to what belongs to its item or its worker, and reads `shared`,
 * which nobody changes while the pool runs. Results are in item order, so the
 * number of workers never shows in them.
 */
#ifndef GIJI_SYS_POOL_H
#define GIJI_SYS_POOL_H

#include <stddef.h>

/* `worker` is 0 to workers-1; two jobs never run with one worker number at once. */
typedef void pool_job(void *shared, size_t item, size_t worker);

/* Runs job for items 0 to count-1, and returns when all are done. With one worker,
 * or when no thread can be started, it all runs in the calling thread, which else only waits. */
void pool_run(size_t workers, size_t count, pool_job *job, void *shared);

size_t pool_workers_default(void); /* processors this process may use, at least 1, at most 64 */

#endif
