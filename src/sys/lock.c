#include "sys/lock.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct lock {
	pthread_mutex_t mutex;
	pthread_cond_t woken;
};

struct lock *lock_open(void)
{
	struct lock *l = mem_alloc(sizeof *l);
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	if (pthread_mutex_init(&l->mutex, NULL) != 0 || pthread_cond_init(&l->woken, &attributes) != 0)
		abort();
	pthread_condattr_destroy(&attributes);
	return l;
}

void lock_close(struct lock *l)
{
	pthread_cond_destroy(&l->woken);
	pthread_mutex_destroy(&l->mutex);
	free(l);
}

void lock_take(struct lock *l)
{
	pthread_mutex_lock(&l->mutex);
}

void lock_give(struct lock *l)
{
	pthread_mutex_unlock(&l->mutex);
}

void lock_wake(struct lock *l)
{
	pthread_cond_broadcast(&l->woken);
}

bool lock_wait(struct lock *l, long milliseconds)
{
	struct timespec end;
	if (milliseconds < 0)
		return pthread_cond_wait(&l->woken, &l->mutex) == 0;
	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += milliseconds / 1000;
	end.tv_nsec += milliseconds % 1000 * 1000000;
	if (end.tv_nsec >= 1000000000) {
		end.tv_sec++;
		end.tv_nsec -= 1000000000;
	}
	return pthread_cond_timedwait(&l->woken, &l->mutex, &end) == 0;
}
