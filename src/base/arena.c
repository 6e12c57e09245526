#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

struct arena_chunk {
	struct arena_chunk *older;
	size_t size; /* bytes after this header */
	_Alignas(ALIGN) char bytes[];
};

static void out_of_memory(void)
{
	fputs("giji: out of memory\n", stderr);
	abort();
}

void *mem_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);
	if (!p)
		out_of_memory();
	return p;
}

void *mem_resize(void *old, size_t count, size_t size)
{
	void *p = reallocarray(old, count ? count : 1, size);
	if (!p)
		out_of_memory();
	return p;
}

void arena_init(struct arena *a)
{
	*a = (struct arena){ 0 };
}

static void release_behind(struct arena_chunk *chunk)
{
	while (chunk) {
		struct arena_chunk *older = chunk->older;
		free(chunk);
		chunk = older;
	}
}

void arena_release(struct arena *a)
{
	release_behind(a->chunk);
	arena_init(a);
}

void arena_reset(struct arena *a)
{
	if (!a->chunk)
		return;
	release_behind(a->chunk->older);
	a->chunk->older = NULL;
	a->next = a->chunk->bytes;
	a->end = a->next + a->chunk->size;
}

static void grow(struct arena *a, size_t size)
{
	size_t next = a->chunk ? a->chunk->size * 2 : FIRST_CHUNK;
	if (next > LARGEST_CHUNK)
		next = LARGEST_CHUNK;
	if (next < size)
		next = size;
	struct arena_chunk *chunk = malloc(sizeof *chunk + next);
	if (!chunk)
		out_of_memory();
	chunk->older = a->chunk;
	chunk->size = next;
	a->chunk = chunk;
	a->next = chunk->bytes;
	a->end = chunk->bytes + next;
}

void *arena_alloc(struct arena *a, size_t size)
{
	if (size > SIZE_MAX / 2)
		out_of_memory();
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if ((size_t)(a->end - a->next) < size || !a->next)
		grow(a, size);
	void *p = a->next;
	a->next += size;
	return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		out_of_memory();
	return arena_alloc(a, bytes);
}

void arena_give_back(struct arena *a, char *p)
{
	size_t kept = (size_t)(p - a->chunk->bytes);
	a->next = a->chunk->bytes + ((kept + ALIGN - 1) & ~(size_t)(ALIGN - 1));
}

/* Text needs no alignment: packing it saves a tenth of a large site's memory. */
static char *alloc_bytes(struct arena *a, size_t size)
{
	if ((size_t)(a->end - a->next) < size || !a->next)
		grow(a, size);
	char *p = a->end - size;
	a->end = p;
	return p;
}

struct str arena_str(struct arena *a, struct str s)
{
	if (s.n == 0)
		return s.p ? STR("") : STR_NONE;
	char *p = alloc_bytes(a, s.n);
	memcpy(p, s.p, s.n);
	return str_n(p, s.n);
}

char *arena_c(struct arena *a, struct str s)
{
	char *p = alloc_bytes(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

struct str arena_words(struct arena *a, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	size_t room = (size_t)(a->end - a->next); /* nearly always enough, and then nothing is formatted twice */
	char *spare = a->next;
	int n = vsnprintf(spare, room, format, args);
	char *p = alloc_bytes(a, (size_t)n + 1);
	if ((size_t)n < room)
		memmove(p, spare, (size_t)n + 1);
	else
		vsnprintf(p, (size_t)n + 1, format, again);
	va_end(again);
	return str_n(p, (size_t)n);
}

struct str arena_format(struct arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str words = arena_words(a, format, args);
	va_end(args);
	return words;
}
