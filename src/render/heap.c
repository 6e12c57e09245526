#include "render/heap.h"

#include <stdlib.h>
#include <string.h>

struct heap_free {
	struct heap_free *next;
};

struct heap_chunk {
	struct heap_chunk *next;
	max_align_t blocks[];
};

static size_t class_of(size_t size)
{
	return (size + HEAP_STEP - 1) / HEAP_STEP;
}

static void *take_fresh(struct heap *h, size_t size)
{
	if ((size_t)(h->end - h->next) < size) {
		struct heap_chunk *chunk = malloc(HEAP_CHUNK);
		if (!chunk)
			return NULL;
		chunk->next = h->chunks;
		h->chunks = chunk;
		h->next = (char *)chunk->blocks;
		h->end = (char *)chunk + HEAP_CHUNK;
	}
	void *block = h->next;
	h->next += size;
	return block;
}

static void *take(struct heap *h, size_t size)
{
	if (size > HEAP_SMALL)
		return malloc(size);
	size_t class = class_of(size);
	struct heap_free *block = h->free[class];
	if (!block)
		return take_fresh(h, class * HEAP_STEP);
	h->free[class] = block->next;
	return block;
}

static void give_back(struct heap *h, void *old, size_t size)
{
	if (size > HEAP_SMALL) {
		free(old);
	} else if (size > 0) {
		struct heap_free *block = old;
		block->next = h->free[class_of(size)];
		h->free[class_of(size)] = block;
	}
}

void *heap_resize(struct heap *h, void *old, size_t old_size, size_t size)
{
	if (old_size > HEAP_SMALL && size > HEAP_SMALL)
		return realloc(old, size);
	void *block = size ? take(h, size) : NULL;
	if (size && !block)
		return NULL;
	if (old_size && size)
		memcpy(block, old, old_size < size ? old_size : size);
	give_back(h, old, old_size);
	return block;
}

void heap_release(struct heap *h)
{
	for (struct heap_chunk *chunk = h->chunks; chunk;) {
		struct heap_chunk *next = chunk->next;
		free(chunk);
		chunk = next;
	}
	*h = (struct heap){ 0 };
}
