#include "minutes/entries.h"

static struct told *told_of(struct entries *e, struct str anchor)
{
	size_t count = VEC_COUNT(&e->list, struct told), at = map_intern(&e->anchors, anchor, count);
	if (at == count)
		*VEC_ADD(&e->list, struct told) = (struct told){ 0, NONE, NONE, NONE, false, { NONE, NONE, false } };
	return &VEC_AT(&e->list, struct told)[at];
}

static void keep_later(const struct entries *e, uint32_t *latest, uint32_t entry)
{
	if (*latest == NONE || correction_is_later(&e->all[entry], &e->all[*latest]))
		*latest = entry;
}

static void add_entry(struct entries *e, uint32_t entry)
{
	struct str at = e->all[entry].at;
	bool withdraws = correction_withdraws(&e->all[entry]), anchor = anchor_is(at);
	struct told *t = told_of(e, at);
	t->count++;
	keep_later(e, &t->latest, entry);
	if (withdraws)
		keep_later(e, &t->withdrawn, entry);
	do {
		struct told_within *within = &told_of(e, at)->within;
		keep_later(e, &within->latest, entry);
		if (withdraws)
			keep_later(e, &within->withdrawn, entry);
	} while (anchor && anchor_holder(&at));
}

void entries_open(struct entries *e, const struct meeting *m)
{
	*e = (struct entries){ .all = m->front.corrections.items };
	for (uint32_t i = 0; i < m->front.corrections.count; i++)
		add_entry(e, i);
	for (uint32_t i = 0; i < m->tombstone_count; i++) {
		struct str at = m->tombstones[i].anchor;
		struct told *t = told_of(e, at);
		t->tombstone = i;
		t->forgotten = m->tombstones[i].forgotten;
		if (t->forgotten)
			do
				told_of(e, at)->within.forgotten = true;
			while (anchor_holder(&at));
	}
}

void entries_release(struct entries *e)
{
	map_release(&e->anchors);
	buf_release(&e->list);
}

const struct told *entries_at(const struct entries *e, struct str anchor)
{
	static const struct told nothing = { 0, NONE, NONE, NONE, false, { NONE, NONE, false } };
	size_t at;
	return map_get(&e->anchors, anchor, &at) ? &VEC_AT(&e->list, struct told)[at] : &nothing;
}

uint32_t entries_about(const struct entries *e, struct str anchor)
{
	struct str at = anchor;
	do
		if (entries_at(e, at)->latest != NONE)
			return entries_at(e, at)->latest;
	while (anchor_holder(&at));
	return entries_at(e, anchor)->within.latest;
}

bool entries_withdraw(const struct entries *e, struct str anchor)
{
	struct str at = anchor;
	do
		if (entries_at(e, at)->withdrawn != NONE)
			return true;
	while (anchor_holder(&at));
	uint32_t entry = entries_about(e, anchor); /* of a speech that was emptied, its label */
	return entry != NONE && correction_withdraws(&e->all[entry]);
}
