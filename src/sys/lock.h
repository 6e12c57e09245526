/*
 * lock: for the few places where threads wait for each other: a mutex and what may be waited for under it.
 *
 *     lock_take(l);
 *     while (!ready)
 *             lock_wait(l, -1);
 *     lock_give(l);
 */
#ifndef GIJI_SYS_LOCK_H
#define GIJI_SYS_LOCK_H

#include <stdbool.h>

struct lock;

struct lock *lock_open(void);
void lock_close(struct lock *l);
void lock_take(struct lock *l);
void lock_give(struct lock *l);
void lock_wake(struct lock *l);                    /* all who wait look again */
bool lock_wait(struct lock *l, long milliseconds); /* until woken; false when this long nobody woke it; -1: no limit */

#endif
