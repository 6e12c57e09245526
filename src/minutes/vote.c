/* What a vote says, line by line: on what, how, who and how many on which side. */
#include "minutes/reader.h"
#include "minutes/terms.h"
#include "text/fold.h"
#include "text/words.h"

enum { KEY_BYTES_MOST = 60 };

/* Folded. */
static const char *const names[] = {
	[VOTE_MATTER] = "議案|案件|件名|motion|item",
	[VOTE_METHOD] = "方法|採決方法|表決方法|method",
	[VOTE_MOVED] = "動議|提出|動議提出|movedby|mover|moved",
	[VOTE_SECONDED] = "賛同|secondedby|seconder|seconded",
	[VOTE_FOR] = "賛成|○|◯|〇|ayes|aye|yes|for|infavour|infavor|votesfor|supporting",
	[VOTE_AGAINST] = "反対|×|noes|nays|nay|no|against|votesagainst|opposed|opposing",
	[VOTE_ABSTAINED] = "棄権|abstained|abstain|abstaining|abstentions|abstention",
	[VOTE_ABSENT] = "欠席|absent",
	[VOTE_RECUSED] = "除斥|退席|recused",
	[VOTE_CASTING] = "議長裁決|委員長裁決|castingvote",
};

static enum vote_key find_key(struct str folded)
{
	for (int key = VOTE_MATTER; key <= VOTE_CASTING; key++)
		if (str_is_one_of(folded, names[key]))
			return (enum vote_key)key;
	return VOTE_OTHER;
}

/* 賛成, 賛成者, 賛成の委員, 反対票: VOTE_OTHER for what is no key. */
static enum vote_key key_of(struct reader *r, struct str name)
{
	static const struct str endings[] = { STR_INIT("人数"), STR_INIT("票数"), STR_INIT("者数"), STR_INIT("議員"),
		STR_INIT("委員"), STR_INIT("者"), STR_INIT("票"), STR_INIT("数") };
	if (name.n > KEY_BYTES_MOST)
		return VOTE_OTHER;
	struct str folded = fold_label(r->scratch, name);
	enum vote_key key = find_key(folded);
	for (size_t i = 0; i < sizeof endings / sizeof *endings && key == VOTE_OTHER; i++)
		if (str_ends(folded, endings[i])) {
			struct str stem = str_but(folded, endings[i].n);
			key = find_key(str_ends(stem, STR("の")) ? str_but(stem, sizeof "の" - 1) : stem);
		}
	return key;
}

/* A key at the beginning of words, and where its value begins. */
struct key {
	enum vote_key key;
	struct str name;
	size_t behind;
};

/* Up to a colon, or, for a side, up to its count, before which a bracket or dash may stand: For (2), For - 2. True also for
 * a name of the author's own before a colon. */
static bool key_begins(struct reader *r, struct str s, struct key *k)
{
	size_t length, end = 0, open = SIZE_MAX;
	k->key = VOTE_OTHER;
	for (size_t at = 0; at < s.n && at <= KEY_BYTES_MOST; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		bool digit = point >= '0' && point <= '9', sign = point == '(' || point_is_dash(point);
		if (point != ':' && !digit) {
			end = sign || point_is_space(point) ? end : at + length;
			open = point == '(' ? at : open;
			continue;
		}
		k->name = str_trim(str_n(s.p, digit ? end : at));
		k->behind = !digit ? at + length : open < at ? open : at;
		k->key = str_empty(k->name) ? VOTE_OTHER : key_of(r, k->name);
		return digit ? vote_is_side(k->key) : !str_empty(k->name);
	}
	return false;
}

/* 賛成８、反対２: where the next side begins in words that stand behind a key; their end without one. */
static size_t value_end(struct reader *r, struct str s)
{
	size_t length;
	struct key k;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = point_narrow(str_point(s, at, &length));
		if (point_is_one_of(point, STR("、,;/ 　")) && key_begins(r, str_from(s, at + length), &k) &&
			vote_is_side(k.key))
			return at;
	}
	return s.n;
}

/* --- a vote's lines --- */

/* An anonymous record says how many, not who: neither here nor in the words. */
static void hide_names(struct reader *r, struct vote_line *l)
{
	uint32_t named = l->named.end - l->named.first;
	l->tabled = false;
	if (named == 0)
		return; /* words, in which names are looked for as in all others */
	if (l->count < 0)
		l->count = named;
	l->words = STR("");
	r->named.n -= named * sizeof(struct voice);
	l->named.end = l->named.first;
	withhold_runs(r, l->first, l->end);
}

static void line_put(struct reader *r, struct vote_line l, struct str words)
{
	struct str s = arena_str(r->scratch, str_trim(words)); /* not reader_plain's, which goes */
	l.name = arena_str(r->arena, l.name);
	l.words = arena_str(r->arena, s);
	l.count = -1;
	if (vote_names_people(l.key)) {
		l.count = named_count(r, &s);
		/* 動議 is said of who moves and of what is moved. */
		bool must = l.key != VOTE_MOVED || !str_eq(l.name, STR("動議"));
		l.named = named_find(r, l.line, must, l.count == 0 ? STR("") : s);
	}
	if (r->m->front.anonymous && vote_names_people(l.key))
		hide_names(r, &l);
	*VEC_ADD(&r->vote_lines, struct vote_line) = l;
}

/* One line of the source: one key and its value, or several. `outer` is the item in whose list it stands, or NULL. */
static void line_read(struct reader *r, const struct line *line, const struct vote_line *outer)
{
	struct vote_line l = { .first = line->first, .end = line->end, .line = line_number(r, line) };
	struct str s = arena_str(r->scratch, reader_plain(r, line->first, line->end));
	size_t at = 0, length;
	for (bool first = true; first || at < s.n; first = false) {
		struct str rest = str_from(s, at);
		struct key k;
		if (!key_begins(r, rest, &k) || (outer && k.key == VOTE_OTHER))
			k = outer ? (struct key){ outer->key, outer->name, 0 } : (struct key){ VOTE_OTHER, STR(""), 0 };
		l.key = k.key;
		l.name = k.name;
		l.from = (uint32_t)(at + k.behind + spaces_at(rest, k.behind));
		at = l.from + value_end(r, str_from(s, l.from));
		l.to = (uint32_t)at;
		line_put(r, l, str_n(s.p + l.from, l.to - l.from));
		str_point(s, at, &length);
		at += length;
	}
}

/* Whether all of these runs' lines, or any, begin with a key. */
static bool lines_have_keys(struct reader *r, struct line line, bool all)
{
	struct key k;
	while (line_step(r->doc, &line)) {
		bool begins = key_begins(r, reader_plain(r, line.first, line.end), &k);
		if ((begins && (all || k.key != VOTE_OTHER)) != all)
			return !all;
	}
	return all;
}

static void lines_read(struct reader *r, struct line line, const struct vote_line *outer)
{
	while (line_step(r->doc, &line))
		line_read(r, &line, outer);
}

/* A list is read when an item of it begins with a key. Only paragraphs stand in it; anything else is left as it is. */
static bool list_has_keys(struct reader *r, uint32_t list)
{
	bool has = false;
	for (uint32_t b = list + 1; b < r->doc->blocks[list].end; b++) {
		enum md_kind kind = r->doc->blocks[b].kind;
		if (kind != MD_PARAGRAPH && kind != MD_LIST && kind != MD_ITEM)
			return false;
		has = has || (kind == MD_PARAGRAPH && lines_have_keys(r, lines_of(r->doc, b), false));
	}
	return has;
}

static void list_read(struct reader *r, uint32_t list)
{
	struct vote_line outer = { 0 };
	for (uint32_t b = list + 1; b < r->doc->blocks[list].end; b++) {
		const struct md_block *block = &r->doc->blocks[b];
		if (block->kind != MD_PARAGRAPH)
			continue;
		bool nested = r->doc->blocks[block->parent].parent != list;
		uint32_t before = READER_COUNT(&r->vote_lines, struct vote_line);
		lines_read(r, lines_of(r->doc, b), nested ? &outer : NULL);
		if (!nested && before < READER_COUNT(&r->vote_lines, struct vote_line))
			outer = VEC_AT(&r->vote_lines, struct vote_line)[before];
	}
}

/* --- tables, which are printed as they are --- */

struct cell {
	uint32_t first, end, line;
	struct str words;
	enum vote_key key;
};

static size_t row_cells(struct reader *r, uint32_t row, struct cell cells[MD_LIMIT_COLUMNS])
{
	size_t count = 0;
	for (uint32_t b = row + 1; b < r->doc->blocks[row].end && count < MD_LIMIT_COLUMNS; b++) {
		const struct md_block *block = &r->doc->blocks[b];
		struct cell c = { block->first_run, block->end_run, block->line, STR_NONE, VOTE_OTHER };
		c.words = arena_str(r->scratch, str_trim(reader_plain(r, c.first, c.end)));
		c.key = key_of(r, c.words);
		cells[count++] = c;
	}
	return count;
}

/* ○ or ×, in whatever form. */
static bool is_mark(const struct cell *c)
{
	return vote_is_side(c->key) && str_points(c->words) == 1;
}

static void cell_put(struct reader *r, const struct cell *key, const struct cell *value)
{
	struct vote_line l = { .key = key->key, .name = is_mark(key) ? STR("") : key->words, .tabled = true };
	l.first = value->first;
	l.end = value->end;
	l.line = value->line;
	l.to = (uint32_t)value->words.n;
	if (!str_empty(value->words))
		line_put(r, l, value->words);
}

/* | 岡委員 | | ○ | below | 氏名 | 賛成 | 反対 |: the head says what a ring means. */
static bool ring_put(struct reader *r, const struct cell *head, const struct cell *cells, size_t count)
{
	size_t i = 1;
	while (i < count && !(vote_is_side(head[i].key) && is_mark(&cells[i]) && cells[i].key == VOTE_FOR))
		i++;
	if (i < count)
		cell_put(r, &head[i], &cells[0]);
	return i < count;
}

/* | ○ | × | below | 岡委員 | 森委員 |; several such rows are several votes, which nobody counts as one. */
static bool row_of_sides(struct reader *r, const struct cell *head, const struct cell *cells, size_t count, bool single)
{
	size_t sides = 0;
	for (size_t i = 0; i < count; i++)
		sides += vote_is_side(cells[i].key);
	for (size_t i = 0; i < count && sides > 1 && single; i++)
		if (vote_is_side(cells[i].key))
			cell_put(r, &cells[i], &head[i]);
	return sides > 1;
}

/* | 賛成 | 6 |, | 岡委員 | 賛成 |, or one row of values below a row of keys. */
static void table_read(struct reader *r, uint32_t table)
{
	struct cell head[MD_LIMIT_COLUMNS], cells[MD_LIMIT_COLUMNS];
	size_t columns = 0, row = 0, count;
	bool keyed = false, single = false;
	for (uint32_t b = table + 1; b < r->doc->blocks[table].end; b = r->doc->blocks[b].end, row++) {
		if (row == 0) {
			columns = row_cells(r, b, head);
			for (size_t i = 0; i < columns; i++)
				keyed = keyed || vote_is_side(head[i].key);
			single = r->doc->blocks[b].end < r->doc->blocks[table].end &&
				r->doc->blocks[r->doc->blocks[b].end].end == r->doc->blocks[table].end;
			if (keyed && !single && columns == 2) /* | 賛成 | 6 | may be the head, too */
				cell_put(r, &head[0], &head[1]);
			continue;
		}
		count = row_cells(r, b, cells);
		count = count < columns ? count : columns;
		if (ring_put(r, head, cells, count) || row_of_sides(r, head, cells, count, single))
			continue;
		if (keyed && single) {
			for (size_t i = 0; i < count; i++)
				if (head[i].key != VOTE_OTHER)
					cell_put(r, &head[i], &cells[i]);
		} else if (count > 1 && cells[0].key != VOTE_OTHER) {
			for (size_t i = 1; i < count; i++)
				cell_put(r, &cells[0], &cells[i]);
		} else if (count > 1 && vote_is_side(cells[1].key)) {
			cell_put(r, &cells[1], &cells[0]);
		}
	}
}

static bool piece_read(struct reader *r, struct md_piece piece)
{
	if (piece.first < piece.end) {
		struct line lines = { .block = piece.block, .next = piece.first, .stop = piece.end };
		if (!lines_have_keys(r, lines, true) || !lines_have_keys(r, lines, false))
			return false;
		lines_read(r, lines, NULL);
		return true;
	}
	enum md_kind kind = r->doc->blocks[piece.block].kind;
	if (kind == MD_TABLE)
		table_read(r, piece.block);
	if (kind != MD_LIST || !list_has_keys(r, piece.block))
		return kind == MD_TABLE && r->m->front.anonymous;
	list_read(r, piece.block);
	return true;
}

/* The order in which an anonymous record's table named people is forgotten, too: one line for each side. */
static void merge_sides(struct reader *r, uint32_t first)
{
	struct vote_line *lines = VEC_AT(&r->vote_lines, struct vote_line);
	uint32_t count = READER_COUNT(&r->vote_lines, struct vote_line), kept = first;
	for (uint32_t i = first; i < count; i++) {
		uint32_t same = first;
		while (same < kept && (lines[same].key != lines[i].key || lines[same].count < 0 || lines[i].count < 0))
			same++;
		if (same < kept && vote_is_side(lines[i].key))
			lines[same].count += lines[i].count;
		else
			lines[kept++] = lines[i];
	}
	r->vote_lines.n = kept * sizeof *lines;
}

void vote_read(struct reader *r, uint32_t callout)
{
	struct callout *c = &VEC_AT(&r->callouts, struct callout)[callout];
	struct vote vote = { .callout = callout };
	c->detail = READER_COUNT(&r->votes, struct vote);
	vote.lines.first = READER_COUNT(&r->vote_lines, struct vote_line);
	for (uint32_t p = c->pieces.first; p < c->pieces.end; p++) {
		struct md_piece piece = VEC_AT(&r->pieces, struct md_piece)[p];
		if (!piece_read(r, piece))
			piece_add(r, &vote.rest, piece);
	}
	if (r->m->front.anonymous)
		merge_sides(r, vote.lines.first);
	vote.lines.end = READER_COUNT(&r->vote_lines, struct vote_line);
	*VEC_ADD(&r->votes, struct vote) = vote;
	vote_check(r, c, vote.lines);
}
