#include "base/map.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

void map_release(struct map *m)
{
	free(m->entries);
	free(m->slots);
	*m = (struct map){ 0 };
}

/* The slot that holds the key, or the empty one where it belongs. */
static uint32_t *find_slot(const struct map *m, struct str key, uint64_t hash)
{
	for (size_t i = (size_t)hash & (m->slot_count - 1);; i = (i + 1) & (m->slot_count - 1)) {
		uint32_t *slot = &m->slots[i];
		if (*slot == 0)
			return slot;
		const struct map_entry *e = &m->entries[*slot - 1];
		if (e->hash == hash && str_eq(e->key, key))
			return slot;
	}
}

uint64_t map_hash(struct str key)
{
	return XXH3_64bits(key.n ? key.p : "", key.n);
}

bool map_get(const struct map *m, struct str key, size_t *value)
{
	if (m->count == 0)
		return false;
	uint32_t slot = *find_slot(m, key, map_hash(key));
	if (slot == 0)
		return false;
	if (value)
		*value = m->entries[slot - 1].value;
	return true;
}

static void grow_slots(struct map *m)
{
	m->slot_count = m->slot_count ? m->slot_count * 2 : 16;
	free(m->slots);
	m->slots = mem_alloc(m->slot_count * sizeof *m->slots);
	for (size_t i = 0; i < m->count; i++)
		*find_slot(m, m->entries[i].key, m->entries[i].hash) = (uint32_t)i + 1;
}

/* The entry of the key, added if need be; *added tells which. */
static struct map_entry *entry_of(struct map *m, struct str key, bool *added)
{
	if (m->count * 2 >= m->slot_count)
		grow_slots(m);
	uint64_t hash = map_hash(key);
	uint32_t *slot = find_slot(m, key, hash);
	*added = *slot == 0;
	if (*added) {
		if (m->count == m->room) {
			m->room = m->room ? m->room * 2 : 8;
			m->entries = mem_resize(m->entries, m->room, sizeof *m->entries);
		}
		m->entries[m->count++] = (struct map_entry){ .key = key, .hash = hash };
		*slot = (uint32_t)m->count;
	}
	return &m->entries[*slot - 1];
}

bool map_add(struct map *m, struct str key, size_t value)
{
	size_t before = m->count;
	map_intern(m, key, value);
	return m->count > before;
}

void map_put(struct map *m, struct str key, size_t value)
{
	bool added;
	entry_of(m, key, &added)->value = value;
}

size_t map_intern(struct map *m, struct str key, size_t value)
{
	bool added;
	struct map_entry *e = entry_of(m, key, &added);
	if (added)
		e->value = value;
	return e->value;
}

struct str map_nearest(const struct map *m, struct str key)
{
	struct str near = STR_NONE;
	for (size_t i = 0; i < m->count; i++)
		str_nearer(key, m->entries[i].key, &near);
	return near;
}
