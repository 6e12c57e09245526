#include "minutes/compare.h"

#include "base/map.h"
#include "minutes/align.h"
#include "minutes/read.h"
#include "minutes/stamped.h"
#include "text/words.h"

static struct str speaker_of(const struct parts *v, const struct part *p)
{
	return p->speech == NONE ? STR("") : v->items[p->speech].words;
}

/* The comparison, being made. */
struct comparer {
	struct parts before, after;
	uint32_t *from; /* one per part of after: its part of before, or NONE */
	bool *kept;     /* one per part of before */
	bool *moved;    /* one per part of after: out of order, not in a longest run of parts in the order of before */
	struct buf changes; /* of struct change */
};

/* A statement moves with its speech, and that with nothing. */
static bool moved_by_itself(const struct comparer *c, size_t i)
{
	const struct part *p = &c->after.items[i];
	if (!c->moved[i])
		return false;
	return p->speech == NONE || !c->moved[p->speech] || c->from[p->speech] != c->before.items[c->from[i]].speech;
}

static struct change change_of(const struct parts *v, const struct part *p)
{
	struct str none = STR(""), label = none; /* a decision that stands in a speech is not said by its speaker */
	if (p->kind == PART_SPEECH || p->kind == PART_TEXT)
		label = p->kind == PART_SPEECH ? p->words : speaker_of(v, p);
	return (struct change){ p->kind, none, none, label, p->line, none, none, none, none, false, false };
}

static void compare_part(struct comparer *c, size_t i)
{
	const struct part *p = &c->after.items[i];
	struct change change = change_of(&c->after, p);
	uint32_t from = c->from[i];
	change.anchor = *p->anchor;
	change.is = p->words;
	if (from != NONE) {
		const struct part *before = &c->before.items[from];
		change.old_anchor = *before->anchor;
		change.was = before->words;
		change.moved = moved_by_itself(c, i);
		change.reworded = part_print(before) != part_print(p);
		struct str was = speaker_of(&c->before, before), is = speaker_of(&c->after, p);
		bool relabelled = p->speech != NONE && c->from[p->speech] == before->speech; /* said with the speech */
		if (p->kind == PART_TEXT && before->words.p && !relabelled && !words_same(was, is)) {
			change.said_by = was;
			change.now_by = is;
		}
	}
	if (from == NONE || change.moved || change.reworded || change.said_by.n || change.now_by.n)
		*VEC_ADD(&c->changes, struct change) = change;
}

/* What was removed follows what it followed. */
static void add_removed(struct comparer *c, size_t *at, size_t end)
{
	for (; *at < end; ++*at) {
		const struct part *p = &c->before.items[*at];
		if (c->kept[*at])
			continue;
		struct change change = change_of(&c->before, p);
		change.old_anchor = *p->anchor;
		change.was = p->words;
		*VEC_ADD(&c->changes, struct change) = change;
	}
}

static struct comparison compare_all(struct comparer *c, struct arena *a)
{
	size_t count = c->after.count, at = 0;
	c->kept = ARENA_ARRAY(a, bool, c->before.count);
	c->moved = ARENA_ARRAY(a, bool, count);
	align_rising(c->from, count, c->moved, a);
	for (size_t i = 0; i < count; i++) {
		c->moved[i] = c->from[i] != NONE && !c->moved[i];
		if (c->from[i] != NONE)
			c->kept[c->from[i]] = true;
	}
	for (size_t i = 0; i < count; i++) {
		if (c->from[i] != NONE && !c->moved[i])
			add_removed(c, &at, c->from[i]);
		compare_part(c, i);
	}
	add_removed(c, &at, c->before.count);
	struct comparison done = { .count = VEC_COUNT(&c->changes, struct change) };
	done.changes = buf_settle(&c->changes, a);
	return done;
}

struct comparison meeting_compare(const struct meeting *before, const struct meeting *after, struct arena *a)
{
	struct comparer c = { .before = meeting_parts_words(before, a), .after = meeting_parts_words(after, a) };
	c.from = ARENA_ARRAY(a, uint32_t, c.after.count);
	align(c.before, c.after, c.from);
	return compare_all(&c, a);
}

struct comparison ledger_compare(const struct meeting *m, const struct ledger *l, struct arena *a)
{
	struct comparer c = { .before = ledger_parts(l, a), .after = meeting_parts_words(m, a) };
	struct map lines = { 0 };
	size_t line;
	c.from = ARENA_ARRAY(a, uint32_t, c.after.count);
	for (size_t i = 0; i < c.before.count; i++)
		map_add(&lines, *c.before.items[i].anchor, i);
	for (size_t i = 0; i < c.after.count; i++)
		c.from[i] = map_get(&lines, *c.after.items[i].anchor, &line) ? (uint32_t)line : NONE;
	map_release(&lines);
	return compare_all(&c, a);
}

/* --- words without an address --- */

static void add_rest(struct buf *rest, size_t number, const char *name, struct str first, const struct meeting *m,
	struct range pieces, struct arena *a)
{
	struct buf words = { 0 };
	buf_put(&words, first);
	buf_byte(&words, ' ');
	meeting_words(m, pieces, &words);
	*VEC_ADD(rest, struct fact_change) = (struct fact_change){ arena_format(a, "[!%s %zu]", name, number),
		text_squeeze(a, buf_str(&words)), STR("") };
	buf_release(&words);
}

/* As changes without a later version. */
static struct buf gather_rest(const struct meeting *m, struct arena *a)
{
	size_t seen[CALLOUT_CAUTION + 1] = { 0 };
	struct buf rest = { 0 };
	for (size_t i = 0; i < m->callout_count; i++) {
		const struct callout *c = &m->callouts[i];
		if (c->kind >= CALLOUT_DONE)
			add_rest(&rest, ++seen[c->kind], callout_words[c->kind], c->outcome, m, c->pieces, a);
	}
	for (size_t i = 0; i < m->item_count; i++)
		if (m->items[i].closed.n)
			add_rest(&rest, i, "closed item", m->items[i].closed, m, (struct range){ 0, 0 }, a);
	for (size_t i = 0; i < m->footnote_count; i++) {
		struct buf words = { 0 };
		md_plain(&m->doc, (struct md_piece){ .block = m->footnotes[i].block }, &words);
		*VEC_ADD(&rest, struct fact_change) =
			(struct fact_change){ arena_format(a, "[^%u]", m->footnotes[i].number),
				text_squeeze(a, buf_str(&words)), STR("") };
		buf_release(&words);
	}
	return rest;
}

static struct str find_rest(const struct buf *rest, struct str key)
{
	const struct fact_change *list = VEC_AT(rest, struct fact_change);
	for (size_t i = 0; i < VEC_COUNT(rest, struct fact_change); i++)
		if (str_eq(list[i].key, key))
			return list[i].was;
	return STR_NONE;
}

struct fact_change *rest_compare(
	const struct meeting *before, const struct meeting *after, struct arena *a, size_t *count)
{
	struct buf old = gather_rest(before, a), new = gather_rest(after, a), changes = { 0 };
	for (size_t i = 0; i < VEC_COUNT(&new, struct fact_change); i++) {
		struct fact_change c = VEC_AT(&new, struct fact_change)[i];
		c.is = c.was;
		c.was = find_rest(&old, c.key);
		if (!words_same(c.was, c.is))
			*VEC_ADD(&changes, struct fact_change) = c;
	}
	for (size_t i = 0; i < VEC_COUNT(&old, struct fact_change); i++)
		if (!find_rest(&new, VEC_AT(&old, struct fact_change)[i].key).p)
			*VEC_ADD(&changes, struct fact_change) = VEC_AT(&old, struct fact_change)[i];
	buf_release(&old);
	buf_release(&new);
	*count = VEC_COUNT(&changes, struct fact_change);
	return buf_settle(&changes, a);
}

/* --- front matter --- */

static void put_node(struct buf *out, const struct yaml_node *n)
{
	if (n->kind != YAML_LIST && n->kind != YAML_MAP) {
		buf_put(out, n->text);
		return;
	}
	for (size_t i = 0; i < n->count; i++) {
		const struct yaml_node *item = &n->items[i];
		bool deeper = item->kind == YAML_LIST || item->kind == YAML_MAP;
		if (i > 0)
			buf_put(out, STR(", "));
		if (n->kind == YAML_MAP)
			buf_format(out, "%.*s: ", STR_ARG(n->keys[i].text));
		if (deeper)
			buf_byte(out, item->kind == YAML_LIST ? '[' : '{');
		put_node(out, item);
		if (deeper)
			buf_byte(out, item->kind == YAML_LIST ? ']' : '}');
	}
}

static struct str words_of(const struct yaml_node *n, struct arena *a)
{
	struct buf out = { 0 };
	if (n && n->kind != YAML_NULL)
		put_node(&out, n);
	return buf_keep(&out, a);
}

static bool same_value(struct str was, struct str is)
{
	struct date_claim x, y;
	return words_same(was, is) || (date_read(was, &x) && date_read(is, &y) && date_compare(x.date, y.date) == 0);
}

static void compare_key(struct buf *changes, const struct yaml_node *key, const struct yaml_node *before,
	const struct yaml_node *after, struct arena *a)
{
	struct fact_change c = { key->text, words_of(before, a), words_of(after, a) };
	if (!same_value(c.was, c.is))
		*VEC_ADD(changes, struct fact_change) = c;
}

struct fact_change *front_compare(
	const struct yaml_node *before, const struct yaml_node *after, struct arena *a, size_t *count)
{
	struct buf changes = { 0 };
	for (size_t i = 0; after && i < after->count; i++)
		compare_key(&changes, &after->keys[i], yaml_get(before, after->keys[i].text), &after->items[i], a);
	for (size_t i = 0; before && i < before->count; i++)
		if (!yaml_get(after, before->keys[i].text))
			compare_key(&changes, &before->keys[i], &before->items[i], NULL, a);
	*count = VEC_COUNT(&changes, struct fact_change);
	return buf_settle(&changes, a);
}
