/*
 * buf: the only thing that grows. Pages, staged files and arrays are built in one.
 *
 *     struct buf out = { 0 };
 *     buf_put(&out, STR("<p>"));
 *     buf_format(&out, "%zu", count);
 *     use(buf_str(&out));
 *     buf_release(&out);
 *
 * A zeroed struct is an empty buf. Growing may move the bytes: hold offsets,
 * not pointers, while it grows.
 */
#ifndef GIJI_BASE_BUF_H
#define GIJI_BASE_BUF_H

#include "base/arena.h"

struct buf {
	char *p;
	size_t n, size; /* bytes used, bytes there */
};

void buf_release(struct buf *b);
void buf_reserve(struct buf *b, size_t more); /* room for `more` bytes after n */
void buf_put(struct buf *b, struct str s);
void buf_byte(struct buf *b, char c);
void buf_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline void buf_clear(struct buf *b) { b->n = 0; }
static inline struct str buf_str(const struct buf *b) { return (struct str){ b->p, b->n }; }

/* Text as HTML or XML character data, and as a double-quoted attribute value:
 * & < > and, in attributes, " are written as entities. */
void buf_text(struct buf *b, struct str s);
void buf_attribute(struct buf *b, struct str s);

/* Text as a JSON string (RFC 8259), quotes and all, also safe inside a <script>:
 * quotes, backslash, control characters, < > & and U+2028/2029 are escaped. */
void buf_json(struct buf *b, struct str s);

/* Appends one zeroed element of `type` to a buf used as an array; the buf must
 * hold nothing else. Elements are counted by VEC_COUNT. */
#define VEC_ADD(b, type) ((type *)buf_extend((b), sizeof(type)))
#define VEC_AT(b, type) ((type *)(void *)(b)->p)
#define VEC_COUNT(b, type) ((b)->n / sizeof(type))
void *buf_extend(struct buf *b, size_t size);

/* The array's elements, or the text, copied into an arena; the buf is released. */
void *buf_settle(struct buf *b, struct arena *a);
struct str buf_keep(struct buf *b, struct arena *a);

#endif
