/* What the ledger of a record has to say. */
#include "minutes/entries.h"
#include "minutes/stamped.h"

struct stamp {
	const struct meeting *m;
	const struct ledger *old;
	struct stamping *s;
	struct parts parts;
	struct map present; /* anchors of the record → part */
	struct entries entries;
	struct buf lines; /* of struct ledger_line */
	struct arena scratch;
};

static void add_line(struct stamp *t, const struct ledger_line *line)
{
	*VEC_ADD(&t->lines, struct ledger_line) = *line;
}

static bool must_forget(const struct stamp *t, struct str anchor)
{
	bool asked = !str_empty(t->s->forget) && anchor_within(anchor, t->s->forget);
	return asked || entries_withdraw(&t->entries, anchor);
}

static void add_tombstone(struct stamp *t, const struct ledger_line *old)
{
	struct ledger_line line = {
		.anchor = old->anchor, .date = old->date, .state = old->state, .words = old->words
	};
	if (ledger_line_is_live(old)) {
		uint32_t at = entries_at(&t->entries, old->anchor)->tombstone;
		bool dated = at != NONE && date_is(t->m->tombstones[at].since);
		line.date = dated ? t->m->tombstones[at].since : t->s->today;
		line.state = LEDGER_REMOVED;
		t->s->removed++;
	}
	if (old->state == LEDGER_PROVISIONAL)
		line.words = STR("");
	if (line.state == LEDGER_REMOVED && must_forget(t, old->anchor)) {
		line.state = LEDGER_FORGOTTEN;
		t->s->forgotten++;
	}
	if (line.state == LEDGER_FORGOTTEN)
		line.words = STR("");
	add_line(t, &line);
}

static void add_part(struct stamp *t, const struct part *p, const struct ledger_line *old)
{
	struct ledger_line line = { .anchor = *p->anchor, .date = t->s->today };
	struct str words = part_words(t->m, p, t->s->arena);
	bool confirmed = t->m->front.status == STATUS_CONFIRMED || (old && old->state == LEDGER_CONFIRMED);
	if (confirmed) {
		bool same = old && old->state == LEDGER_CONFIRMED && words_same(old->words, words);
		line.state = LEDGER_CONFIRMED;
		line.words = same ? old->words : words;
		line.corrections = entries_at(&t->entries, line.anchor)->count;
		if (same)
			line.date = old->date;
		t->s->changed += old && (!same || old->corrections != line.corrections);
	} else {
		line.state = LEDGER_PROVISIONAL;
		line.print = words_print(words);
		bool same = old && old->print == line.print;
		if (same)
			line.date = old->date;
		t->s->changed += old && !same;
	}
	t->s->added += !old;
	add_line(t, &line);
}

/* Tombstones that follow a line of the old ledger. */
static void add_tombstones(struct stamp *t, size_t from)
{
	for (; from < t->old->count && !map_get(&t->present, t->old->lines[from].anchor, NULL); from++)
		add_tombstone(t, &t->old->lines[from]);
}

static void add_lines(struct stamp *t)
{
	struct map lines = { 0 };
	for (size_t i = 0; i < t->parts.count; i++)
		map_add(&t->present, *t->parts.items[i].anchor, i);
	for (size_t i = 0; i < t->old->count; i++)
		map_add(&lines, t->old->lines[i].anchor, i);
	add_tombstones(t, 0);
	for (size_t i = 0; i < t->parts.count; i++) {
		size_t at;
		bool known = map_get(&lines, *t->parts.items[i].anchor, &at);
		add_part(t, &t->parts.items[i], known ? &t->old->lines[at] : NULL);
		if (known)
			add_tombstones(t, at + 1);
	}
	map_release(&lines);
}

static void compare(struct stamping *s, const struct ledger *old)
{
	s->differs = s->due = old->count != s->next.count;
	for (size_t i = 0; i < s->next.count && !s->due; i++) {
		const struct ledger_line *a = &old->lines[i], *b = &s->next.lines[i];
		s->due = !str_eq(a->anchor, b->anchor) || a->state != b->state || a->corrections != b->corrections ||
			(a->state != LEDGER_PROVISIONAL &&
				(date_compare(a->date, b->date) != 0 || !str_eq(a->words, b->words)));
		s->differs |= s->due || a->print != b->print;
	}
}

void meeting_stamp(const struct meeting *m, const struct ledger *old, struct stamping *s)
{
	struct stamp t = { .m = m, .old = old, .s = s };
	arena_init(&t.scratch);
	t.parts = meeting_parts(m, &t.scratch);
	entries_open(&t.entries, m);
	s->added = s->changed = s->removed = s->forgotten = 0;
	add_lines(&t);
	s->next = (struct ledger){ .path = old->path, .found = true, .sound = true };
	s->next.count = VEC_COUNT(&t.lines, struct ledger_line);
	s->next.lines = buf_settle(&t.lines, s->arena);
	compare(s, old);
	map_release(&t.present);
	entries_release(&t.entries);
	arena_release(&t.scratch);
}
