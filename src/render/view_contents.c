/*
 * The table of contents: the headings of the record, and between them, where the agenda has them,
 * those of its parts that the record does not return to.
 */
#include "render/view_nouns.h"

struct entry {
	struct str number, title;
	struct str anchor; /* "" for a part without a heading */
	uint8_t level;     /* 1 at the top */
	size_t end;        /* of the entries below it, which follow it */
};

struct contents {
	const struct meeting *m;
	struct buf entries;
	size_t part; /* the next part of the agenda that has not been passed */
	bool *found; /* one per part: a heading stands for it */
};

static void push_entry(struct engine *e, const struct view_list *list, size_t i);

static void entry_items(struct engine *e, const struct view *v)
{
	const struct entry *entries = v->owner, *entry = v->object;
	size_t first = (size_t)(entry - entries) + 1;
	uint32_t *below = ARENA_ARRAY(&e->scratch, uint32_t, entry->end - first);
	for (size_t i = first; i < entry->end; i++)
		below[i - first] = (uint32_t)i;
	view_push_list(e, (struct view_list){ entry->end - first, push_entry, entries, below, 0 });
}

static void entry_prefix(struct engine *e, const struct view *v)
{
	view_push_prefix(e, ((const struct entry *)v->object)->number);
}

/* A line of the contents. */
static const struct view_field entry_fields[] = {
	VIEW_STR(entry, number),
	VIEW_GET("prefix", entry_prefix), /* the number as it stands before the title */
	VIEW_STR(entry, title),
	VIEW_STR(entry, anchor),        /* nil for a part of the agenda that the record does not return to */
	VIEW_GET("items", entry_items), /* all below it, whatever their depth */
	VIEW_END
};
static const struct view_type entry_view = { "contents", entry_fields };

static void push_entry(struct engine *e, const struct view_list *list, size_t i)
{
	const struct entry *entries = list->owner;
	view_push(e, &entry_view, entries, &entries[((const uint32_t *)list->items)[i]]);
}

/* The parts before `end` that no heading stands for. */
static void pass_parts(struct contents *c, size_t end)
{
	const struct agenda *agenda = &c->m->front.agenda;
	for (; c->part < end; c->part++)
		if (!c->found[c->part])
			*VEC_ADD(&c->entries, struct entry) =
				(struct entry){ .title = agenda->parts[c->part].title, .level = agenda->parts[c->part].level };
}

static void collect(struct contents *c)
{
	const struct meeting *m = c->m;
	for (size_t i = 0; i < m->item_count; i++)
		if (m->items[i].agenda != NONE)
			c->found[m->items[i].agenda] = true;
	for (size_t i = 1; i < m->item_count; i++) {
		const struct item *item = &m->items[i];
		if (item->agenda != NONE)
			pass_parts(c, item->agenda);
		*VEC_ADD(&c->entries, struct entry) =
			(struct entry){ item->number, item->title, item->anchor, item->level, 0 };
	}
	pass_parts(c, m->front.agenda.count);
}

/* Only the top level is told apart; what lies below an entry is one list. Returns how many are at the top. */
static size_t nest(struct entry *entries, size_t count, uint32_t *top)
{
	size_t tops = 0;
	for (size_t i = 0; i < count; i++) {
		entries[i].end = i + 1;
		if (entries[i].level <= 1 || tops == 0)
			top[tops++] = (uint32_t)i;
		else
			entries[top[tops - 1]].end = i + 1;
	}
	return tops;
}

void view_get_contents(struct engine *e, const struct view *v)
{
	struct contents c = { .m = v->object };
	c.found = ARENA_ARRAY(&e->scratch, bool, c.m->front.agenda.count);
	collect(&c);
	size_t count = VEC_COUNT(&c.entries, struct entry);
	struct entry *entries = buf_settle(&c.entries, &e->scratch);
	uint32_t *top = ARENA_ARRAY(&e->scratch, uint32_t, count);
	size_t tops = nest(entries, count, top);
	view_push_list(e, (struct view_list){ tops, push_entry, entries, top, 0 });
}
