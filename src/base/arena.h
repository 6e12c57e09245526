/*
 * arena: memory with one lifetime, given back all at once.
 *
 * Name the lifetime, then the arena: one per source file (its model), one for
 * the site, one scratch per worker that is reset after each page. Nothing is
 * freed singly. Out of memory is one line on stderr and abort().
 *
 *     struct arena a;
 *     arena_init(&a);
 *     struct speech *s = ARENA_NEW(&a, struct speech);   // zeroed
 *     arena_release(&a);
 */
#ifndef GIJI_BASE_ARENA_H
#define GIJI_BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

struct arena {
	struct arena_chunk *chunk; /* the newest; older ones hang behind it */
	char *next, *end;          /* what is left of it */
};

void arena_init(struct arena *a);
void arena_release(struct arena *a);
void arena_reset(struct arena *a); /* forgets all, keeps one chunk for reuse */

/* `size` bytes, zeroed, aligned for any type; never NULL. */
void *arena_alloc(struct arena *a, size_t size);
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))
void *arena_array(struct arena *a, size_t count, size_t size);

/* Gives back what lies from p on of the newest allocation, which was larger than it had to be. */
void arena_give_back(struct arena *a, char *p);

/* A copy of s in the arena. */
struct str arena_str(struct arena *a, struct str s);
char *arena_c(struct arena *a, struct str s); /* the same, ending in NUL */
struct str arena_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str arena_words(struct arena *a, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* malloc and realloc that abort instead of failing, for what is no arena's. */
void *mem_alloc(size_t size); /* zeroed */
void *mem_resize(void *old, size_t count, size_t size);

#endif
