/*
 * heap: memory for one Lua state. Lua asks for many small objects of few sizes, and tells their size when it gives
 * them back: so each size keeps a list of free blocks, and what is larger is malloc's.
 */
#ifndef GIJI_RENDER_HEAP_H
#define GIJI_RENDER_HEAP_H

#include <stddef.h>

enum { HEAP_SMALL = 256, HEAP_STEP = 16, HEAP_CHUNK = 1 << 16 };

struct heap { /* zeroed, it is empty */
	struct heap_free *free[HEAP_SMALL / HEAP_STEP + 1];
	struct heap_chunk *chunks;
	char *next, *end; /* of the newest chunk, what is not handed out yet */
};

/* As realloc and free, but for the old block's size, which is 0 without one. NULL when memory is out. */
void *heap_resize(struct heap *h, void *old, size_t old_size, size_t size);

/* Gives back all small blocks at once. */
void heap_release(struct heap *h);

#endif
