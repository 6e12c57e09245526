#include "serve/remembered.h"

#include "sys/lock.h"

#include <stdlib.h>

enum { PAGES_MOST = 32 };

struct page {
	struct buf path, bytes;
};

struct remembered {
	struct lock *lock;
	struct page pages[PAGES_MOST];
	size_t next;
};

struct remembered *remembered_open(void)
{
	struct remembered *r = mem_alloc(sizeof *r);
	r->lock = lock_open();
	return r;
}

void remembered_close(struct remembered *r)
{
	for (size_t i = 0; i < PAGES_MOST; i++) {
		buf_release(&r->pages[i].path);
		buf_release(&r->pages[i].bytes);
	}
	lock_close(r->lock);
	free(r);
}

static struct page *find(struct remembered *r, struct str path)
{
	for (size_t i = 0; i < PAGES_MOST; i++)
		if (str_eq(buf_str(&r->pages[i].path), path))
			return &r->pages[i];
	return NULL;
}

void remembered_put(struct remembered *r, struct str path, struct str bytes)
{
	lock_take(r->lock);
	struct page *page = find(r, path);
	if (!page)
		page = &r->pages[r->next++ % PAGES_MOST];
	buf_clear(&page->path);
	buf_clear(&page->bytes);
	buf_put(&page->path, path);
	buf_put(&page->bytes, bytes);
	lock_give(r->lock);
}

bool remembered_get(struct remembered *r, struct str path, struct buf *out)
{
	lock_take(r->lock);
	const struct page *page = find(r, path);
	if (page)
		buf_put(out, buf_str(&page->bytes));
	lock_give(r->lock);
	return page != NULL;
}
