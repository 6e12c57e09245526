/* New anchors for what has none yet: after the original for a translation, else the highest number ever used plus one. */
#include "minutes/entries.h"
#include "minutes/stamped.h"
#include "source/names.h"

#include <string.h>

/* A record's parts as a tree: what stands directly in each, in order. */
struct tree {
	const struct meeting *m;
	struct parts parts;
	uint32_t *first, *next; /* first[count]: what stands in no part */
	struct map anchors;     /* → part */
};

struct naming {
	struct meeting *m;
	struct tree own, original;
	struct map highest; /* what stands before a last number, s4- → the highest */
	struct arena *arena, *scratch;
	struct diags *diags;
	struct str *numbered;    /* of a translation that was never stamped: anchors by its own order; else NULL */
	uint32_t *mine, *theirs; /* of what one part holds, those to be paired */
	bool differs;            /* that was told */
	struct entries entries;
};

static void tree_open(struct tree *t, const struct meeting *m, struct arena *a)
{
	t->m = m;
	t->parts = meeting_parts(m, a);
	t->first = ARENA_ARRAY(a, uint32_t, t->parts.count + 1);
	t->next = ARENA_ARRAY(a, uint32_t, t->parts.count + 1);
	memset(t->first, 0xff, (t->parts.count + 1) * sizeof *t->first); /* NONE */
	for (uint32_t i = (uint32_t)t->parts.count; i-- > 0;) {
		const struct part *p = &t->parts.items[i];
		uint32_t in = p->speech != NONE ? p->speech : p->item;
		uint32_t *head = &t->first[in == NONE ? t->parts.count : in];
		t->next[i] = *head;
		*head = i;
		if (p->anchor->n > 0)
			map_put(&t->anchors, *p->anchor, i);
	}
}

static bool is_unnamed(const struct tree *t, uint32_t part)
{
	return str_empty(*t->parts.items[part].anchor);
}

static void name_part(struct naming *n, uint32_t part, struct str anchor)
{
	*n->own.parts.items[part].anchor = anchor;
	map_add(&n->own.anchors, anchor, part);
}

/* --- the highest numbers --- */

/* Where the number at an anchor's end begins. */
static size_t number_begin(struct str anchor)
{
	size_t at = anchor.n;
	while (at > 0 && anchor.p[at - 1] >= '0' && anchor.p[at - 1] <= '9')
		at--;
	return at;
}

/* s4-5 uses 5 of s4- and 4 of s. */
static void use_number(struct naming *n, struct str anchor)
{
	do {
		size_t at = number_begin(anchor), used;
		long number;
		struct str before = str_n(anchor.p, at);
		str_number(str_from(anchor, at), INT32_MAX, &number);
		if (!map_get(&n->highest, before, &used) || used < (size_t)number)
			map_put(&n->highest, before, (size_t)number);
	} while (anchor_holder(&anchor));
}

static void use_numbers(struct naming *n, const struct tree *t)
{
	for (size_t i = 0; i < t->parts.count; i++)
		if (!is_unnamed(t, (uint32_t)i))
			use_number(n, *t->parts.items[i].anchor);
	for (size_t i = 0; i < t->m->tombstone_count; i++)
		use_number(n, t->m->tombstones[i].anchor);
}

/* What stands before the number: s, i1-, s4-, n. */
static struct str stem_of(const struct naming *n, const struct part *p)
{
	const struct part *parts = n->own.parts.items;
	uint32_t holder = NONE;
	if (p->kind == PART_ITEM)
		holder = p->item;
	else if (p->kind == PART_TEXT && n->m->statements[p->index].kind == SAID)
		holder = p->speech;
	if (holder != NONE)
		return arena_format(n->arena, "%.*s-", STR_ARG(*parts[holder].anchor));
	return p->kind == PART_TEXT ? STR("n") : arena_format(n->arena, "%c", p->kind);
}

/* By its own order, where nothing here is called so. */
static struct str own_number(const struct naming *n, uint32_t part, struct str stem)
{
	struct str numbered = n->numbered[part], number = str_from(numbered, number_begin(numbered));
	struct str name = arena_format(n->arena, "%.*s%.*s", STR_ARG(stem), STR_ARG(number));
	return map_get(&n->own.anchors, name, NULL) ? STR_NONE : name;
}

static void name_rest(struct naming *n)
{
	use_numbers(n, &n->own);
	if (n->original.m)
		use_numbers(n, &n->original);
	for (uint32_t i = 0; i < n->own.parts.count; i++) {
		if (!is_unnamed(&n->own, i))
			continue;
		struct str stem = stem_of(n, &n->own.parts.items[i]);
		struct str own = n->numbered ? own_number(n, i, stem) : STR_NONE;
		size_t number = 0;
		if (own.p) {
			name_part(n, i, own);
			continue;
		}
		map_get(&n->highest, stem, &number);
		map_put(&n->highest, stem, ++number);
		name_part(n, i, arena_format(n->arena, "%.*s%zu", STR_ARG(stem), number));
	}
}

/* --- translations --- */

/* Statements and notes of one speech are counted apart. */
static int sort_of(const struct tree *t, uint32_t part)
{
	const struct part *p = &t->parts.items[part];
	return p->kind == PART_TEXT && t->m->statements[p->index].kind == SAID ? 'S' : (int)p->kind;
}

/* What has no name yet below a part, and in the original what nothing here has the name of. */
static size_t collect(const struct naming *n, bool own, uint32_t in, int sort, uint32_t *out)
{
	const struct tree *t = own ? &n->own : &n->original;
	size_t count = 0;
	for (uint32_t i = t->first[in]; i != NONE; i = t->next[i]) {
		bool free = own ? is_unnamed(t, i) : !map_get(&n->own.anchors, *t->parts.items[i].anchor, NULL);
		if (sort_of(t, i) == sort && free)
			out[count++] = i;
	}
	return count;
}

static void report_difference(struct naming *n, uint32_t part)
{
	if (!n->differs)
		diag_add(n->diags, TRANSLATION_DIFFERS, loc_at(n->m->path, n->own.parts.items[part].line, 1),
			diag_text(n->diags, _("divide both alike, then an address leads to the same words in either")),
			_("from here on this is divided otherwise than %.*s"), STR_ARG(n->original.m->path));
	n->differs = true;
}

static void pair_below(struct naming *n, uint32_t own, uint32_t original)
{
	static const int sorts[] = { PART_ITEM, PART_SPEECH, 'S', PART_TEXT, PART_DECISION, PART_VOTE, PART_ACTION };
	for (size_t k = 0; k < sizeof sorts / sizeof *sorts; k++) {
		size_t count = collect(n, true, own, sorts[k], n->mine);
		if (count == 0)
			continue;
		if (count != collect(n, false, original, sorts[k], n->theirs)) {
			report_difference(n, n->mine[0]);
			continue;
		}
		for (size_t i = 0; i < count; i++)
			name_part(n, n->mine[i], *n->original.parts.items[n->theirs[i]].anchor);
	}
}

/* Parts come behind what holds them, which has its name by then. */
static void name_after_original(struct naming *n)
{
	size_t count = n->own.parts.count;
	n->mine = ARENA_ARRAY(n->scratch, uint32_t, count + 1);
	n->theirs = ARENA_ARRAY(n->scratch, uint32_t, n->original.parts.count + 1);
	pair_below(n, (uint32_t)count, (uint32_t)n->original.parts.count);
	for (uint32_t i = 0; i < count; i++) {
		size_t other;
		if (n->own.first[i] != NONE && !is_unnamed(&n->own, i) &&
			map_get(&n->original.anchors, *n->own.parts.items[i].anchor, &other))
			pair_below(n, i, (uint32_t)other);
	}
}

/* --- what corrections have to say --- */

/* Whether what a part holds, besides itself, may stand as far behind it as another. */
static bool may_hold(const struct naming *n, uint32_t part, uint32_t other)
{
	const struct part *all = n->own.parts.items;
	bool holds = all[other].kind == PART_ITEM || all[other].kind == PART_SPEECH;
	return all[part].kind == PART_ITEM || (all[part].kind == PART_SPEECH && !holds);
}

/* Of a new speech or item: each part that it holds has an entry of its own. */
static bool is_told_below(const struct naming *n, uint32_t part)
{
	size_t told = 0;
	for (uint32_t i = part + 1; i < n->own.parts.count && may_hold(n, part, i); i++) {
		const struct part *p = &n->own.parts.items[i];
		if (p->speech != part && p->item != part)
			continue;
		if (entries_at(&n->entries, *p->anchor)->count == 0)
			return false;
		told++;
	}
	return told > 0;
}

/* What was put into a confirmed record is told by an entry, its own or that of what was put in around it. */
static void check_added(struct naming *n, const bool *fresh)
{
	for (uint32_t i = 0; i < n->own.parts.count; i++) {
		const struct part *p = &n->own.parts.items[i];
		struct str anchor = *p->anchor;
		uint32_t holder = p->speech != NONE ? p->speech : p->item;
		if (!fresh[i] || (holder != NONE && fresh[holder]) || entries_at(&n->entries, anchor)->count > 0 ||
			is_told_below(n, i))
			continue;
		diag_add(n->diags, STATEMENT_ADDED, loc_at(n->m->path, p->line, 1),
			diag_text(n->diags,
				_("add to 「corrections」: - {date: …, at: %.*s, kind: addition, reason: …}"),
				STR_ARG(anchor)),
			_("%.*s was added after the record was confirmed, and no correction says so"), STR_ARG(anchor));
	}
}

/* A part and all that it holds. */
static bool holds_words(const struct naming *n, uint32_t part, struct str words)
{
	const struct part *all = n->own.parts.items;
	bool holds = words_hold(part_words(n->m, &all[part], n->scratch), words);
	for (uint32_t i = part + 1; !holds && i < n->own.parts.count && may_hold(n, part, i); i++)
		if (all[i].speech == part || all[i].item == part)
			holds = words_hold(part_words(n->m, &all[i], n->scratch), words);
	return holds;
}

static bool is_later(const struct naming *n, uint32_t entry, const struct correction *than)
{
	return entry != NONE && correction_is_later(&n->entries.all[entry], than);
}

/* What a newer entry withdrew, or nobody is to keep, must not be read in an older entry: neither words of what was named,
 * nor, unless they still stand there, of what holds it or what it holds. */
static bool tells_withdrawn(const struct naming *n, const struct correction *c)
{
	const struct told *t = entries_at(&n->entries, c->at);
	struct str at = c->at;
	size_t part;
	if (str_empty(c->before) && str_empty(c->after))
		return false;
	if (t->forgotten || is_later(n, t->withdrawn, c))
		return true;
	bool concerned = t->within.forgotten || is_later(n, t->within.withdrawn, c);
	while (!concerned && anchor_is(c->at) && anchor_holder(&at)) {
		t = entries_at(&n->entries, at);
		concerned = t->forgotten || is_later(n, t->withdrawn, c);
	}
	return concerned &&
		(str_empty(c->after) || !map_get(&n->own.anchors, c->at, &part) ||
			!holds_words(n, (uint32_t)part, c->after));
}

static void report_withdrawn(struct naming *n, const struct correction *c)
{
	diag_add(n->diags, WITHDRAWN_LEAK, c->loc,
		diag_text(n->diags, _("take 「before」 and 「after」 out of this entry, and leave the entry")),
		_("this correction of %.*s still tells words that were withdrawn later"), STR_ARG(c->at));
	diag_hush(n->diags, c->loc.path, c->loc.line, c->loc.line, false);
}

/* Nor in a translation, of which each place is told once. */
static void check_original(struct naming *n)
{
	const struct meeting *m = n->original.m;
	struct entries entries;
	uint32_t told = 0;
	if (!m || !n->m->stamped.found)
		return;
	entries_open(&entries, m);
	for (size_t i = 0; i < m->tombstone_count; i++) {
		struct str anchor = m->tombstones[i].anchor;
		size_t part;
		if (!map_get(&n->own.anchors, anchor, &part) || !entries_withdraw(&entries, anchor) ||
			n->own.parts.items[part].line == told)
			continue;
		told = n->own.parts.items[part].line;
		diag_add(n->diags, WITHDRAWN_LEAK, loc_at(n->m->path, told, 1),
			diag_text(n->diags, _("take it out here too, with an entry of 「corrections」 as %.*s has it"),
				STR_ARG(m->path)),
			_("%.*s was withdrawn from the original, and still stands in this translation"),
			STR_ARG(anchor));
		diag_hush(n->diags, n->m->path, told, told, false);
	}
	entries_release(&entries);
}

/* Of several that name one part, the newest tells what stands there now. */
static bool fits(const struct naming *n, const struct correction *c)
{
	size_t part;
	if (str_empty(c->after))
		return true;
	if (!map_get(&n->own.anchors, c->at, &part))
		return entries_at(&n->entries, c->at)->tombstone == NONE;
	/* A vote's counts are not told as they stand. */
	return n->own.parts.items[part].kind == PART_VOTE || holds_words(n, (uint32_t)part, c->after);
}

static void check_corrections(struct naming *n)
{
	const struct corrections *all = &n->m->front.corrections;
	for (size_t i = 0; i < all->count; i++) {
		const struct correction *c = &all->items[i];
		if (tells_withdrawn(n, c))
			report_withdrawn(n, c);
		else if (entries_at(&n->entries, c->at)->latest == i && !fits(n, c))
			diag_add(n->diags, CORRECTION_MISMATCH, c->loc,
				diag_text(n->diags,
					_("「after」 is a part of the words as they stand in the record now")),
				_("%.*s does not hold the words 「%.*s」"), STR_ARG(c->at), STR_ARG(c->after));
	}
}

/* --- the whole --- */

static void name_all(struct naming *n)
{
	bool *fresh = ARENA_ARRAY(n->scratch, bool, n->own.parts.count + 1), any = false;
	for (uint32_t i = 0; i < n->own.parts.count; i++) {
		fresh[i] = is_unnamed(&n->own, i);
		any |= fresh[i];
	}
	if (any && n->original.m)
		name_after_original(n);
	if (any)
		name_rest(n);
	if (any && n->m->stamped.confirmed)
		check_added(n, fresh);
	check_corrections(n);
	check_original(n);
}

void meeting_keep_names(struct meeting *m, struct arena *a)
{
	struct arena scratch;
	arena_init(&scratch);
	struct parts parts = meeting_parts(m, &scratch);
	m->kept_names = ARENA_ARRAY(a, struct str, parts.count + 1);
	for (size_t i = 0; i < parts.count; i++)
		m->kept_names[i] = *parts.items[i].anchor;
	arena_release(&scratch);
}

/* Those that were kept; but a translation without a ledger is named after its original from the beginning. */
static void restore_names(struct naming *n)
{
	struct parts parts = meeting_parts(n->m, n->scratch);
	for (size_t i = 0; i < parts.count; i++)
		*parts.items[i].anchor = n->numbered ? STR("") : n->m->kept_names[i];
}

void meeting_name(struct meeting *m, const struct meeting *original, struct arena *a, struct diags *ds)
{
	struct arena scratch;
	struct diags unheard;
	if (m->withheld || (!original && !m->kept_names && !m->stamped.found && m->front.corrections.count == 0))
		return;
	arena_init(&scratch);
	diags_init(&unheard, ds->levels);
	bool heard = m->front.status == STATUS_PROVISIONAL || m->front.status == STATUS_CONFIRMED;
	struct naming n = { .m = m, .arena = a, .scratch = &scratch, .diags = heard ? ds : &unheard };
	if (original && !original->withheld)
		tree_open(&n.original, original, &scratch);
	if (n.original.m && !m->stamped.found)
		n.numbered = m->kept_names;
	if (m->kept_names)
		restore_names(&n);
	tree_open(&n.own, m, &scratch);
	entries_open(&n.entries, m);
	name_all(&n);
	map_release(&n.own.anchors);
	map_release(&n.original.anchors);
	map_release(&n.highest);
	entries_release(&n.entries);
	diags_release(&unheard);
	arena_release(&scratch);
}
