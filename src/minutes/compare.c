#include "minutes/compare.h"

#include "base/map.h"
#include "minutes/align.h"
#include "minutes/read.h"
#include "text/words.h"

/* One version, as alignment sees it. */
struct version {
	const struct meeting *meeting;
	struct parts parts;
	struct align_part *aligned;
};

static struct version open_version(const struct meeting *m, struct arena *a)
{
	struct version v = { .meeting = m, .parts = meeting_parts(m, a) };
	v.aligned = ARENA_ARRAY(a, struct align_part, v.parts.count);
	for (size_t i = 0; i < v.parts.count; i++) {
		const struct part *p = &v.parts.items[i];
		struct str words = part_words(m, p, a);
		v.aligned[i] = (struct align_part){ (char)p->kind, p->item, p->speech, words_print(words), words };
	}
	return v;
}

/* Marks what is out of order: all that does not belong to a longest run of parts in the order of before. */
static bool *find_moved(const uint32_t *from, size_t count, struct arena *a)
{
	bool *moved = ARENA_ARRAY(a, bool, count);
	align_rising(from, count, moved, a);
	for (size_t i = 0; i < count; i++)
		moved[i] = from[i] != ALIGN_NONE && !moved[i];
	return moved;
}

static struct str speaker_of(const struct version *v, const struct part *p)
{
	return p->speech == NONE ? STR("") : v->aligned[p->speech].words;
}

/* The comparison, being made. */
struct comparer {
	struct version before, after;
	const uint32_t *from; /* one per part of after */
	const bool *moved;
	struct buf changes; /* of struct change */
};

/* A statement moves with its speech, and that with nothing. */
static bool moved_by_itself(const struct comparer *c, size_t i)
{
	const struct part *p = &c->after.parts.items[i];
	if (!c->moved[i])
		return false;
	return p->speech == NONE || !c->moved[p->speech] ||
		c->from[p->speech] != c->before.parts.items[c->from[i]].speech;
}

static struct change change_of(const struct version *v, size_t i)
{
	const struct part *p = &v->parts.items[i];
	struct str none = STR("");
	struct str label = p->kind == PART_SPEECH ? v->aligned[i].words : speaker_of(v, p);
	if (p->kind != PART_SPEECH && p->kind != PART_TEXT)
		label = none; /* a decision that stands in a speech is not said by its speaker */
	return (struct change){ p->kind, none, none, label, p->line, none, none, none, none, false, false };
}

static void compare_part(struct comparer *c, size_t i)
{
	const struct part *p = &c->after.parts.items[i];
	struct change change = change_of(&c->after, i);
	uint32_t from = c->from[i];
	change.anchor = part_anchor(c->after.meeting, p);
	change.is = c->after.aligned[i].words;
	if (from != ALIGN_NONE) {
		const struct part *before = &c->before.parts.items[from];
		change.old_anchor = part_anchor(c->before.meeting, before);
		change.was = c->before.aligned[from].words;
		change.moved = moved_by_itself(c, i);
		change.reworded = !words_same(change.was, change.is);
		struct str was = speaker_of(&c->before, before), is = speaker_of(&c->after, p);
		bool relabelled = p->speech != NONE && c->from[p->speech] == before->speech; /* said with the speech */
		if (p->kind == PART_TEXT && !relabelled && !words_same(was, is)) {
			change.said_by = was;
			change.now_by = is;
		}
	}
	if (from == ALIGN_NONE || change.moved || change.reworded || change.said_by.n || change.now_by.n)
		*VEC_ADD(&c->changes, struct change) = change;
}

/* What was removed follows what it followed. */
static void add_removed(struct comparer *c, const bool *kept, size_t *at, size_t end)
{
	for (; *at < end; ++*at) {
		if (kept[*at])
			continue;
		struct change change = change_of(&c->before, *at);
		change.old_anchor = part_anchor(c->before.meeting, &c->before.parts.items[*at]);
		change.was = c->before.aligned[*at].words;
		*VEC_ADD(&c->changes, struct change) = change;
	}
}

struct comparison meeting_compare(const struct meeting *before, const struct meeting *after, struct arena *a)
{
	struct comparer c = { .before = open_version(before, a), .after = open_version(after, a) };
	size_t count = c.after.parts.count, old = c.before.parts.count, at = 0;
	uint32_t *from = ARENA_ARRAY(a, uint32_t, count);
	align((struct align_side){ c.before.aligned, old }, (struct align_side){ c.after.aligned, count }, from);
	c.from = from;
	c.moved = find_moved(from, count, a);
	bool *kept = ARENA_ARRAY(a, bool, old);
	for (size_t i = 0; i < count; i++)
		if (from[i] != ALIGN_NONE)
			kept[from[i]] = true;
	for (size_t i = 0; i < count; i++) {
		if (from[i] != ALIGN_NONE && !c.moved[i])
			add_removed(&c, kept, &at, from[i]);
		compare_part(&c, i);
	}
	add_removed(&c, kept, &at, old);
	struct comparison done = { .count = VEC_COUNT(&c.changes, struct change) };
	done.changes = buf_settle(&c.changes, a);
	return done;
}

/* --- a ledger --- */

static bool is_standing(const struct ledger_line *line)
{
	return line->state == LEDGER_PROVISIONAL || line->state == LEDGER_CONFIRMED;
}

static void add_gone(struct buf *changes, const struct ledger *l, const bool *kept, size_t *at, size_t end)
{
	struct str none = STR("");
	for (; *at < end; ++*at) {
		const struct ledger_line *line = &l->lines[*at];
		if (!kept[*at] && is_standing(line))
			*VEC_ADD(changes, struct change) = (struct change){ line->anchor.p[0] == 's' &&
						str_find_byte(line->anchor, '-', 0) == SIZE_MAX
					? PART_SPEECH
					: PART_TEXT,
				line->anchor, none, none, line->line, line->words, none, none, none, false, false };
	}
}

struct comparison ledger_compare(const struct meeting *m, const struct ledger *l, struct arena *a)
{
	struct version now = open_version(m, a);
	struct map lines = { 0 };
	struct buf changes = { 0 };
	size_t count = now.parts.count, at = 0, line;
	uint32_t *from = ARENA_ARRAY(a, uint32_t, count);
	bool *kept = ARENA_ARRAY(a, bool, l->count);
	for (size_t i = 0; i < l->count; i++)
		if (is_standing(&l->lines[i]))
			map_add(&lines, l->lines[i].anchor, i);
	for (size_t i = 0; i < count; i++) {
		bool known = map_get(&lines, part_anchor(m, &now.parts.items[i]), &line);
		from[i] = known ? (uint32_t)line : ALIGN_NONE;
		if (known)
			kept[line] = true;
	}
	const bool *moved = find_moved(from, count, a);
	for (size_t i = 0; i < count; i++) {
		struct change change = change_of(&now, i);
		const struct part *p = &now.parts.items[i];
		change.anchor = part_anchor(m, p);
		change.is = now.aligned[i].words;
		if (from[i] != ALIGN_NONE) {
			const struct ledger_line *was = &l->lines[from[i]];
			bool confirmed = was->state == LEDGER_CONFIRMED;
			if (!moved[i])
				add_gone(&changes, l, kept, &at, from[i]);
			change.old_anchor = was->anchor;
			change.was = confirmed ? was->words : STR("");
			change.moved = moved[i] && (p->speech == NONE || !moved[p->speech]);
			change.reworded =
				confirmed ? !words_same(was->words, change.is) : was->print != words_print(change.is);
		}
		if (from[i] == ALIGN_NONE || change.moved || change.reworded)
			*VEC_ADD(&changes, struct change) = change;
	}
	add_gone(&changes, l, kept, &at, l->count);
	map_release(&lines);
	struct comparison done = { .count = VEC_COUNT(&changes, struct change) };
	done.changes = buf_settle(&changes, a);
	return done;
}

/* --- words without an address --- */

static void add_rest(struct buf *rest, size_t number, const char *name, struct str first, const struct meeting *m,
	struct range pieces, struct arena *a)
{
	struct buf words = { 0 };
	buf_put(&words, first);
	buf_byte(&words, ' ');
	meeting_words(m, pieces, &words);
	*VEC_ADD(rest, struct fact_change) = (struct fact_change){ arena_format(a, "[%s %zu]", name, number),
		text_squeeze(a, buf_str(&words)), STR("") };
	buf_release(&words);
}

/* As changes without a later version. */
static struct buf gather_rest(const struct meeting *m, struct arena *a)
{
	static const char *const names[] = { [CALLOUT_DONE] = "!done",
		[CALLOUT_CLOSED] = "!closed",
		[CALLOUT_NOTE] = "!note",
		[CALLOUT_TIP] = "!tip",
		[CALLOUT_IMPORTANT] = "!important",
		[CALLOUT_WARNING] = "!warning",
		[CALLOUT_CAUTION] = "!caution" };
	size_t seen[sizeof names / sizeof *names] = { 0 };
	struct buf rest = { 0 };
	for (size_t i = 0; i < m->callout_count; i++) {
		const struct callout *c = &m->callouts[i];
		if (names[c->kind])
			add_rest(&rest, ++seen[c->kind], names[c->kind], c->outcome, m, c->pieces, a);
	}
	for (size_t i = 0; i < m->item_count; i++)
		if (m->items[i].closed.n)
			add_rest(&rest, i, "!closed item", m->items[i].closed, m, (struct range){ 0, 0 }, a);
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
	struct str words = arena_str(a, buf_str(&out));
	buf_release(&out);
	return words;
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
