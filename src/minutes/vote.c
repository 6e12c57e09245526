/* What votes and actions say beside their words: how many and who voted how, who is to do what, what is done. */
#include "minutes/reader.h"
#include "text/fold.h"

enum { KEY_BYTES_MOST = 60, DATE_WORDS_MOST = 6, NAME_POINTS_MOST = 30, COUNT_MOST = 1000000 };

static const struct {
	struct str name; /* folded */
	enum vote_key key;
} keys[] = {
	{ STR_INIT("議案"), VOTE_MATTER },
	{ STR_INIT("案件"), VOTE_MATTER },
	{ STR_INIT("件名"), VOTE_MATTER },
	{ STR_INIT("motion"), VOTE_MATTER },
	{ STR_INIT("item"), VOTE_MATTER },
	{ STR_INIT("方法"), VOTE_METHOD },
	{ STR_INIT("採決方法"), VOTE_METHOD },
	{ STR_INIT("表決方法"), VOTE_METHOD },
	{ STR_INIT("method"), VOTE_METHOD },
	{ STR_INIT("動議"), VOTE_MOVED },
	{ STR_INIT("提出"), VOTE_MOVED },
	{ STR_INIT("動議提出"), VOTE_MOVED },
	{ STR_INIT("movedby"), VOTE_MOVED },
	{ STR_INIT("mover"), VOTE_MOVED },
	{ STR_INIT("moved"), VOTE_MOVED },
	{ STR_INIT("賛同"), VOTE_SECONDED },
	{ STR_INIT("secondedby"), VOTE_SECONDED },
	{ STR_INIT("seconder"), VOTE_SECONDED },
	{ STR_INIT("seconded"), VOTE_SECONDED },
	{ STR_INIT("賛成"), VOTE_FOR },
	{ STR_INIT("○"), VOTE_FOR },
	{ STR_INIT("ayes"), VOTE_FOR },
	{ STR_INIT("aye"), VOTE_FOR },
	{ STR_INIT("yes"), VOTE_FOR },
	{ STR_INIT("for"), VOTE_FOR },
	{ STR_INIT("infavour"), VOTE_FOR },
	{ STR_INIT("infavor"), VOTE_FOR },
	{ STR_INIT("反対"), VOTE_AGAINST },
	{ STR_INIT("×"), VOTE_AGAINST },
	{ STR_INIT("noes"), VOTE_AGAINST },
	{ STR_INIT("nays"), VOTE_AGAINST },
	{ STR_INIT("nay"), VOTE_AGAINST },
	{ STR_INIT("no"), VOTE_AGAINST },
	{ STR_INIT("against"), VOTE_AGAINST },
	{ STR_INIT("棄権"), VOTE_ABSTAINED },
	{ STR_INIT("abstained"), VOTE_ABSTAINED },
	{ STR_INIT("abstain"), VOTE_ABSTAINED },
	{ STR_INIT("abstentions"), VOTE_ABSTAINED },
	{ STR_INIT("欠席"), VOTE_ABSENT },
	{ STR_INIT("absent"), VOTE_ABSENT },
	{ STR_INIT("除斥"), VOTE_RECUSED },
	{ STR_INIT("退席"), VOTE_RECUSED },
	{ STR_INIT("recused"), VOTE_RECUSED },
	{ STR_INIT("議長裁決"), VOTE_CASTING },
	{ STR_INIT("委員長裁決"), VOTE_CASTING },
	{ STR_INIT("castingvote"), VOTE_CASTING },
};

static bool is_side(enum vote_key key)
{
	return key >= VOTE_FOR;
}

static bool names_people(enum vote_key key)
{
	return key >= VOTE_MOVED;
}

static enum vote_key find_key(struct str folded)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_eq(folded, keys[i].name))
			return keys[i].key;
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

/* A key at the beginning of words: up to a colon, or, for a side, up to its count. *behind is where the value begins.
 * True also for a name of the author's own before a colon. */
static bool key_begins(struct reader *r, struct str s, enum vote_key *key, struct str *name, size_t *behind)
{
	size_t length;
	*key = VOTE_OTHER;
	for (size_t at = 0; at < s.n && at <= KEY_BYTES_MOST; at += length) {
		uint32_t point = narrow(str_point(s, at, &length));
		bool digit = point >= '0' && point <= '9';
		if (point != ':' && !digit)
			continue;
		*name = str_trim(str_n(s.p, at));
		*behind = digit ? at : at + length;
		*key = str_empty(*name) ? VOTE_OTHER : key_of(r, *name);
		return digit ? is_side(*key) : !str_empty(*name);
	}
	return false;
}

/* 賛成８、反対２: where the next side begins in words that stand behind a key; their end without one. */
static size_t value_end(struct reader *r, struct str s)
{
	size_t length, behind;
	enum vote_key key;
	struct str name;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = narrow(str_point(s, at, &length));
		if (point_is_one_of(point, STR("、,;/ 　")) &&
			key_begins(r, str_from(s, at + length), &key, &name, &behind) && is_side(key))
			return at;
	}
	return s.n;
}

/* --- whom a side names, and how many it is --- */

/* Digits and what they count (６, 6人, 10 votes); *behind is what follows. -1 without. */
static long count_begins(struct reader *r, struct str s, struct str *behind)
{
	static const struct str counters[] = { STR_INIT("人"), STR_INIT("名"), STR_INIT("票"), STR_INIT("votes"),
		STR_INIT("vote"), STR_INIT("members"), STR_INIT("member") };
	long count = -1;
	size_t length, at = 0;
	for (; at < s.n; at += length) {
		uint32_t point = narrow(str_point(s, at, &length));
		if (point < '0' || point > '9' || count > COUNT_MOST)
			break;
		count = (count < 0 ? 0 : 10 * count) + (long)(point - '0');
	}
	*behind = str_trim_start(str_from(s, at));
	for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
		if (str_starts(*behind, counters[i])) {
			*behind = str_trim_start(str_from(*behind, counters[i].n));
			break;
		}
	(void)r;
	bool ends = str_empty(*behind) || point_is_one_of(narrow(str_point(*behind, 0, &length)), STR("(:、,"));
	return ends && count <= COUNT_MOST ? count : -1;
}

/* Without what separates names or encloses all of them. */
static struct str bare(struct str s)
{
	size_t length;
	s = str_trim(s);
	if (point_is_one_of(narrow(str_point(s, 0, &length)), STR(":、,"))) /* behind a count */
		s = str_trim(str_from(s, length));
	if (narrow(str_point(s, 0, &length)) != '(')
		return s;
	size_t close = s.n - length;
	if (s.n >= 2 * length && narrow(str_point(s, close, &length)) == ')')
		s = str_trim(str_n(s.p + length, close - length));
	return s;
}

/* Takes a count away, at the beginning or in brackets at the end. */
static long count_take(struct reader *r, struct str *s)
{
	struct str rest, inside = STR_NONE;
	long count = count_begins(r, *s, &rest);
	size_t length;
	if (count >= 0) {
		*s = bare(rest);
		return count;
	}
	for (size_t at = 0; at < s->n; at += length)
		if (narrow(str_point(*s, at, &length)) == '(')
			inside = str_from(*s, at);
	count = inside.p ? count_begins(r, bare(inside), &rest) : -1;
	if (count < 0 || !str_empty(rest))
		return -1;
	*s = str_trim(str_n(s->p, (size_t)(inside.p - s->p)));
	return count;
}

/* 全員, 多数, unanimous: how many, in words. */
static bool is_vague(struct reader *r, struct str s)
{
	static const struct str words[] = { STR_INIT("全員"), STR_INIT("多数"), STR_INIT("少数"), STR_INIT("一致"),
		STR_INIT("異議"), STR_INIT("半数"), STR_INIT("大多数"), STR_INIT("unanim"), STR_INIT("majority"),
		STR_INIT("minority"), STR_INIT("everyone"), STR_INIT("allpresent") };
	size_t length;
	struct str folded = fold_label(r->scratch, s);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find(folded, words[i], 0) != SIZE_MAX)
			return true;
	for (size_t at = 0; at < folded.n; at += length) {
		uint32_t point = str_point(folded, at, &length);
		if (point >= '0' && point <= '9')
			return true;
	}
	return str_eq(folded, STR("all")) || str_points(s) > NAME_POINTS_MOST;
}

static bool is_nobody(struct reader *r, struct str s)
{
	static const struct str words[] = { STR_INIT("なし"), STR_INIT("無し"), STR_INIT("無"), STR_INIT("none"),
		STR_INIT("nil"), STR_INIT("-"), STR_INIT("―"), STR_INIT("ー") };
	struct str folded = fold_label(r->scratch, s);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(folded, words[i]))
			return true;
	return false;
}

/* Whose names are looked for, and what becomes of those that nobody declared. */
struct naming {
	uint32_t line;
	bool must; /* all of it must be names: those unknown are told */
};

static void add_named(struct reader *r, struct str label, struct voice voice)
{
	voice.label = arena_str(r->arena, label);
	*VEC_ADD(&r->named, struct voice) = voice;
}

static bool find_part(struct reader *r, const struct naming *n, struct str part)
{
	struct voice voice, inner;
	struct str role, name;
	if (speaker_named(r, n->line, part, &voice) == VOICE_UNKNOWN)
		return false;
	/* 江口委員（利害関係があるため）: what stands in brackets names nobody. */
	bool parted = marker_split_name(part, &role, &name) && speaker_named(r, n->line, name, &inner) == VOICE_UNKNOWN &&
		speaker_named(r, n->line, role, &inner) == VOICE_FOUND;
	add_named(r, parted ? role : part, voice);
	return true;
}

/* 岡　森, Ａ・Ｂ: marks that stand in names, too, so that each part must be somebody's. */
static bool find_parts(struct reader *r, const struct naming *n, struct str s)
{
	size_t length, from = 0, before = r->named.n;
	for (size_t at = 0; at <= s.n; at += length) {
		uint32_t point = narrow(str_point(s, at, &length));
		if (length == 0)
			length = 1;
		else if (!point_is_one_of(point, STR("・･&+/ 　と")))
			continue;
		struct str part = str_trim(str_n(s.p + from, at - from));
		from = at + length;
		if (str_empty(part))
			continue;
		if (part.n == s.n || !find_part(r, n, part)) {
			r->named.n = before;
			return false;
		}
	}
	return r->named.n > before;
}

static void find_names(struct reader *r, const struct naming *n, struct str s)
{
	size_t length, from = 0;
	for (size_t at = 0; at <= s.n; at += length) {
		uint32_t point = narrow(str_point(s, at, &length));
		bool and = str_starts(str_from(s, at), STR(" and ")) || str_starts(str_from(s, at), STR("及び"));
		if (length == 0)
			length = 1;
		else if (and)
			length = at + 5 < s.n && s.p[at] == ' ' ? 5 : sizeof "及び" - 1;
		else if (!point_is_one_of(point, STR("、,;\n")))
			continue;
		struct str part = str_trim(str_n(s.p + from, at - from));
		from = at + length;
		if (str_empty(part) || find_part(r, n, part) || find_parts(r, n, part) || !n->must || is_vague(r, part))
			continue;
		speaker_miss_voter(r, n->line, part);
		add_named(r, part, (struct voice){ .registered = NONE, .attendee = NONE, .person = NONE });
	}
}

/* --- a vote's lines --- */

static struct range named_since(struct reader *r, uint32_t first)
{
	return (struct range){ first, READER_COUNT(&r->named, struct voice) };
}

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
	struct str s = str_trim(words);
	uint32_t first = READER_COUNT(&r->named, struct voice);
	l.name = arena_str(r->arena, l.name);
	l.words = arena_str(r->arena, s);
	l.count = -1;
	if (names_people(l.key)) {
		s = arena_str(r->scratch, s); /* not reader_plain's, which goes */
		l.count = is_nobody(r, s) ? 0 : count_take(r, &s);
		/* 動議 is said of who moves and of what is moved. */
		struct naming naming = { l.line, l.key != VOTE_MOVED || !str_eq(l.name, STR("動議")) };
		if (l.count != 0)
			find_names(r, &naming, s);
	}
	l.named = named_since(r, first);
	if (r->m->front.anonymous && names_people(l.key))
		hide_names(r, &l);
	*VEC_ADD(&r->vote_lines, struct vote_line) = l;
}

/* One line of the source: one key and its value, or several. `outer` is the item in whose list it stands, or NULL. */
static void line_read(struct reader *r, const struct line *line, const struct vote_line *outer)
{
	struct vote_line l = { .first = line->first, .end = line->end, .line = line_number(r, line) };
	struct str s = arena_str(r->scratch, reader_plain(r, line->first, line->end));
	size_t at = 0, behind;
	for (bool first = true; first || at < s.n; first = false) {
		struct str rest = str_from(s, at);
		if (!key_begins(r, rest, &l.key, &l.name, &behind) || (outer && l.key == VOTE_OTHER)) {
			l.key = outer ? outer->key : VOTE_OTHER;
			l.name = outer ? outer->name : STR("");
			behind = 0;
		}
		l.from = (uint32_t)(at + behind + spaces_at(rest, behind));
		at = l.from + value_end(r, str_from(s, l.from));
		l.to = (uint32_t)at;
		line_put(r, l, str_n(s.p + l.from, l.to - l.from));
		size_t length;
		str_point(s, at, &length);
		at += length;
	}
}

/* Whether all of these runs' lines, or any, begin with a key. */
static bool lines_have_keys(struct reader *r, struct line line, bool all)
{
	enum vote_key key;
	struct str name;
	size_t behind;
	while (line_step(r->doc, &line)) {
		struct str s = reader_plain(r, line.first, line.end);
		if ((key_begins(r, s, &key, &name, &behind) && (key != VOTE_OTHER || all)) != all)
			return !all;
	}
	return all;
}

static struct line lines_between(uint32_t block, uint32_t first, uint32_t end)
{
	return (struct line){ .block = block, .next = first, .stop = end };
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

static void cell_put(struct reader *r, const struct cell *key, const struct cell *value)
{
	bool mark = str_eq(key->words, STR("○")) || str_eq(key->words, STR("×"));
	struct vote_line l = { .key = key->key, .name = mark ? STR("") : key->words, .tabled = true };
	l.first = value->first;
	l.end = value->end;
	l.line = value->line;
	l.to = (uint32_t)value->words.n;
	if (!str_empty(value->words))
		line_put(r, l, value->words);
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
				keyed = keyed || is_side(head[i].key);
			single = r->doc->blocks[b].end < r->doc->blocks[table].end &&
				r->doc->blocks[r->doc->blocks[b].end].end == r->doc->blocks[table].end;
			if (keyed && !single && columns == 2) /* | 賛成 | 6 | may be the head, too */
				cell_put(r, &head[0], &head[1]);
			continue;
		}
		count = row_cells(r, b, cells);
		if (keyed && single) {
			for (size_t i = 0; i < count && i < columns; i++)
				if (head[i].key != VOTE_OTHER)
					cell_put(r, &head[i], &cells[i]);
		} else if (count > 1 && cells[0].key != VOTE_OTHER) {
			for (size_t i = 1; i < count; i++)
				cell_put(r, &cells[0], &cells[i]);
		} else if (count > 1 && is_side(cells[1].key)) {
			cell_put(r, &cells[1], &cells[0]);
		}
	}
}

/* --- checks --- */

struct tally {
	long said, named; /* -1: no line of this key says how many */
	bool vague;
	uint32_t line;
	struct str name;
};

static void mismatch(struct reader *r, uint32_t line, struct str words, struct str message)
{
	diag_add(r->diags, VOTE_MISMATCH, source_loc(r, line, words), STR_NONE, "%.*s", STR_ARG(message));
}

/* Of a table beside a list the names are the list's again. */
static bool counts(const struct vote_line *l, bool tabled)
{
	return l->tabled == tabled && names_people(l->key);
}

static void count_lines(struct reader *r, struct range lines, bool tabled, struct tally tallies[VOTE_CASTING + 1])
{
	for (uint32_t i = lines.first; i < lines.end; i++) {
		const struct vote_line *l = &VEC_AT(&r->vote_lines, struct vote_line)[i];
		struct tally *t = &tallies[l->key];
		if (!counts(l, tabled))
			continue;
		uint32_t named = l->named.end - l->named.first;
		if (l->count >= 0)
			t->said = t->line ? t->said + l->count : l->count;
		t->named += named;
		t->vague = t->vague || (l->count < 0 && named == 0 && !str_empty(l->words));
		if (!t->line || l->count >= 0) {
			t->line = l->line;
			t->name = l->name;
		}
	}
}

static void check_voter(struct reader *r, struct map *seen, const struct vote_line *l, const struct voice *v)
{
	struct str who = v->registered != NONE ? arena_format(r->scratch, "\1%u", v->registered)
		: v->attendee != NONE          ? arena_format(r->scratch, "\2%u", v->attendee)
					       : fold_label(r->scratch, v->label);
	size_t line;
	const struct attendance *all = &r->m->front.attendees;
	bool votes = l->key != VOTE_ABSENT && l->key != VOTE_RECUSED;
	if (l->key == VOTE_CASTING)
		who = arena_format(r->scratch, "\3%.*s", STR_ARG(who)); /* may be the second of the one who presides */
	if (map_get(seen, who, &line))
		mismatch(r, l->line, v->label,
			arena_format(r->scratch, _("「%.*s」 stands on a side of this vote already (line %zu)"),
				STR_ARG(v->label), line));
	else
		map_add(seen, who, l->line);
	if (votes && v->attendee != NONE && all->attendees[v->attendee].absent)
		mismatch(r, l->line, v->label,
			arena_format(r->scratch, _("「%.*s」 votes here, and was absent (line %u)"), STR_ARG(v->label),
				all->attendees[v->attendee].loc.line));
}

static void check_voters(struct reader *r, struct range lines, bool tabled)
{
	struct map seen = { 0 };
	for (uint32_t i = lines.first; i < lines.end; i++) {
		const struct vote_line *l = &VEC_AT(&r->vote_lines, struct vote_line)[i];
		for (uint32_t n = l->named.first; n < l->named.end && is_side(l->key) && counts(l, tabled); n++)
			check_voter(r, &seen, l, &VEC_AT(&r->named, struct voice)[n]);
	}
	map_release(&seen);
}

/* Nobody votes who was not there. Of those who are only counted, the public is no party. */
static long count_present(const struct attendance *all)
{
	long present = 0;
	for (size_t i = 0; i < all->attendee_count; i++)
		present += !all->attendees[i].absent;
	for (size_t i = 0; i < all->group_count; i++)
		present += all->groups[i].is_public ? 0 : all->groups[i].count;
	return present;
}

static void check_vote(struct reader *r, struct range lines, bool tabled)
{
	struct tally tallies[VOTE_CASTING + 1];
	long votes = 0, present = count_present(&r->m->front.attendees);
	uint32_t line = 0;
	for (size_t i = 0; i <= VOTE_CASTING; i++)
		tallies[i] = (struct tally){ .said = -1, .name = STR("") };
	count_lines(r, lines, tabled, tallies);
	for (size_t i = VOTE_FOR; i <= VOTE_CASTING; i++) {
		const struct tally *t = &tallies[i];
		if (t->said >= 0 && t->named > 0 && t->said != t->named && !t->vague)
			mismatch(r, t->line, t->name,
				arena_format(r->scratch, _("「%.*s」 says %ld, and names %ld"), STR_ARG(t->name),
					t->said, t->named));
		if (i > VOTE_ABSTAINED)
			continue;
		votes += t->said > t->named ? t->said : t->named;
		line = t->line ? t->line : line;
	}
	if (r->m->front.attendees.given && present > 0 && votes > present)
		mismatch(r, line, STR("["),
			arena_format(r->scratch, _("%ld votes were cast, and %ld attended"), votes, present));
	check_voters(r, lines, tabled);
}

/* --- */

static bool piece_read(struct reader *r, struct md_piece piece)
{
	if (piece.first < piece.end) {
		struct line lines = lines_between(piece.block, piece.first, piece.end);
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
		if (same < kept && is_side(lines[i].key))
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
	check_vote(r, vote.lines, false);
	check_vote(r, vote.lines, true);
}

/* --- actions --- */

/* A date at either end of words, which are what is left then. */
static struct date date_take(struct str *s)
{
	struct date_claim claim;
	size_t length, spaces = 0, places[DATE_WORDS_MOST];
	if (date_read(*s, &claim)) {
		*s = STR("");
		return claim.date;
	}
	for (size_t at = 0; at < s->n && spaces < DATE_WORDS_MOST; at += length)
		if (point_is_one_of(str_point(*s, at, &length), STR(" 　、,")))
			places[spaces++] = at;
	for (size_t i = spaces; i-- > 0;) {
		str_point(*s, places[i], &length);
		struct str before = str_n(s->p, places[i]), behind = str_trim(str_from(*s, places[i] + length));
		if (date_read(str_trim(before), &claim)) {
			*s = behind;
			return claim.date;
		}
		if (date_read(behind, &claim)) {
			*s = str_trim(before);
			return claim.date;
		}
	}
	return (struct date){ 0 };
}

/* `done: 2026-05-01` or `done: kotsu/4`, the last line of an action's words, is taken away from them. */
static void take_done(struct reader *r, struct action *action, struct range *pieces)
{
	if (pieces->first == pieces->end)
		return;
	struct md_piece *piece = &VEC_AT(&r->pieces, struct md_piece)[pieces->end - 1];
	struct line line = lines_between(piece->block, piece->first, piece->end), last = line;
	uint32_t before = piece->first;
	while (line_step(r->doc, &line)) {
		before = last.end;
		last = line;
	}
	if (piece->first == piece->end || last.first == last.end)
		return;
	struct str s = str_trim(reader_plain(r, last.first, last.end)), rest = s;
	size_t colon = str_find_byte(s, ':', 0), wide = str_find(s, STR("："), 0);
	size_t at = colon < wide ? colon : wide;
	if (at == SIZE_MAX)
		return;
	struct str key = fold_label(r->scratch, str_n(s.p, at));
	if (!str_eq(key, STR("done")) && !str_eq(key, STR("完了")))
		return;
	rest = str_trim(str_from(s, at + (at == wide ? sizeof "：" - 1 : 1)));
	action->says_done = true;
	action->done_on = date_take(&rest);
	action->done_by = arena_str(r->arena, rest);
	if (last.first == piece->first)
		pieces->end--;
	else
		piece->end = before;
}

void action_read(struct reader *r, uint32_t callout)
{
	struct callout *c = &VEC_AT(&r->callouts, struct callout)[callout];
	struct action action = { .callout = callout, .closing = NONE, .closing_done = NONE, .done_by = STR("") };
	uint32_t first = READER_COUNT(&r->named, struct voice);
	c->detail = READER_COUNT(&r->actions, struct action);
	action.who = c->outcome;
	action.due = date_take(&action.who);
	if (!r->m->front.anonymous)
		find_names(r, &(struct naming){ c->line, false }, action.who);
	action.named = named_since(r, first);
	take_done(r, &action, &c->pieces);
	*VEC_ADD(&r->actions, struct action) = action;
}

void done_read(struct reader *r, uint32_t callout)
{
	struct callout *c = &VEC_AT(&r->callouts, struct callout)[callout];
	struct done done = { .callout = callout, .target = c->outcome, .meeting = NONE, .action = NONE };
	c->detail = READER_COUNT(&r->dones, struct done);
	if (str_empty(done.target)) {
		buf_clear(&r->words);
		for (uint32_t p = c->pieces.first; p < c->pieces.end; p++)
			md_plain(r->doc, VEC_AT(&r->pieces, struct md_piece)[p], &r->words);
		done.target = arena_str(r->arena, str_trim(buf_str(&r->words)));
	}
	*VEC_ADD(&r->dones, struct done) = done;
}
