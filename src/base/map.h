/*
 * map: text → a number, usually an index into an array.
 *
 * Keys are kept in the order in which they came, so walking a map gives the
 * same order on every machine. Keys are slices: they must outlive the map.
 *
 *     struct map people = { 0 };
 *     map_put(&people, STR("oka"), 0);
 *     size_t i;
 *     if (map_get(&people, id, &i)) …
 *     map_release(&people);
 */
#ifndef GIJI_BASE_MAP_H
#define GIJI_BASE_MAP_H

#include "base/buf.h"

struct map_entry {
	struct str key;
	uint64_t hash;
	size_t value;
};

struct map {
	struct map_entry *entries; /* in the order of insertion */
	size_t count, room;
	uint32_t *slots; /* hash table of entry number + 1 */
	size_t slot_count;
};

/* The hash of a key, 64 bits, the same on every machine. */
uint64_t map_hash(struct str key);

void map_release(struct map *m);
bool map_get(const struct map *m, struct str key, size_t *value); /* value may be NULL */

/* Adds the key, or returns false and changes nothing when it is there. */
bool map_add(struct map *m, struct str key, size_t value);
void map_put(struct map *m, struct str key, size_t value); /* adds or replaces */

/* The value of the key, which is added with this one when it is not there. */
size_t map_intern(struct map *m, struct str key, size_t value);

/* The key that is spelled most like `key` (str_near), for "did you mean";
 * STR_NONE without one. */
struct str map_nearest(const struct map *m, struct str key);

#endif
