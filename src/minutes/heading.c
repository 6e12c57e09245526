/* Agenda items: their numbers, their places in the tree, the agenda part they are. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

static bool is_kanji_digit(uint32_t point)
{
	switch (point) {
	case 0x4e00: /* 一 */
	case 0x4e8c:
	case 0x4e09:
	case 0x56db:
	case 0x4e94:
	case 0x516d:
	case 0x4e03:
	case 0x516b:
	case 0x4e5d:
	case 0x5341: /* 十 */
		return true;
	default:
		return false;
	}
}

/* Up to four digits at `at`; returns where they end, or `at` without any. */
static size_t behind_digits(struct str s, size_t at, bool kanji)
{
	size_t length, count = 0, from = at;
	for (;; at += length, count++) {
		uint32_t point = str_point(s, at, &length);
		if (length == 0 || !(point_is_digit(point) || (kanji && is_kanji_digit(point))))
			return count <= 4 ? at : from;
	}
}

static size_t behind_space(struct str s, size_t at)
{
	struct str rest = str_from(s, at);
	return at + (rest.n - str_trim_start(rest).n);
}

/* Words before a number: 議題１, 日程第１, Item 1. */
static size_t behind_word(struct str s)
{
	static const struct str words[] = { STR_INIT("議題"), STR_INIT("日程"), STR_INIT("Item "), STR_INIT("item "),
		STR_INIT("ITEM ") };
	size_t at = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words && at == 0; i++)
		if (str_starts(s, words[i]))
			at = words[i].n;
	return str_starts(str_from(s, at), STR("第")) ? at + STR("第").n : at;
}

/* The end of the number that s begins with, 0 without one. */
static size_t number_end(struct str s)
{
	size_t length, behind = behind_word(s);
	uint32_t point = str_point(s, behind, &length);
	if (behind == 0 && point >= 0x2460 && point <= 0x249b) /* ①, ⑴, ⒈ */
		return length;
	bool bracket = point == '(' || point == 0xff08;
	size_t from = behind + (bracket ? length : 0), end = behind_digits(s, from, bracket || behind > 0);
	if (end == from)
		return 0;
	point = str_point(s, end, &length);
	bool closes = point == ')' || point == 0xff09;
	if (bracket)
		return closes ? end + length : 0;
	/* １５時 and 1.5倍 begin with digits and are no numbers of items; 第１回 is no item's either. */
	if (behind > 0)
		return length == 0 || behind_space(s, end) > end                                       ? end
			: closes || point == '.' || point == 0xff0e || point == ':' || point == 0xff1a ? end + length
												       : 0;
	if (point == 0x3000)
		return end;
	if (!closes && point != '.' && point != 0xff0e)
		return 0;
	size_t next = end + length;
	return point == '.' && behind_digits(s, next, false) > next ? 0 : next;
}

/* The number at the beginning of words, and where the title begins behind it. */
static struct str leading_number(struct str s, size_t *title)
{
	size_t end = number_end(s);
	*title = behind_space(s, end);
	if (end > 0 && *title == s.n)
		end = *title = 0; /* nothing else: it is the title */
	return str_n(s.p, end);
}

/* A title as it is compared: without number, width, case and space. */
static struct str comparable(struct reader *r, struct str title)
{
	size_t from;
	leading_number(str_trim(title), &from);
	return fold_label(r->arena, str_from(str_trim(title), from));
}

void agenda_prepare(struct reader *r)
{
	const struct agenda *agenda = &r->m->front.agenda;
	for (size_t i = 0; i < agenda->count; i++)
		map_add(&r->agenda, comparable(r, agenda->parts[i].title), i);
	r->folded_title = fold_label(r->arena, r->m->front.title);
}

/* Which part of the agenda an item is; a numbered one, or one spelled almost like a part, that is none is a finding. */
static uint32_t find_part(struct reader *r, const struct item *item)
{
	size_t part;
	struct str folded = comparable(r, item->title);
	if (r->agenda.count == 0)
		return NONE;
	if (map_get(&r->agenda, folded, &part))
		return (uint32_t)part;
	struct str near = map_nearest(&r->agenda, folded), help = STR_NONE;
	if (near.p && map_get(&r->agenda, near, &part))
		help = diag_did_you_mean(r->diags, r->m->front.agenda.parts[part].title);
	if (near.p || (item->level == 1 && item->number.n > 0))
		diag_add(r->diags, AGENDA_MISMATCH, loc_at(r->m->path, item->line, 1), help,
			_("the agenda has no part 「%.*s」"), STR_ARG(item->title));
	return NONE;
}

/* Where [!closed] begins in a heading; SIZE_MAX without. *reason is where its reason begins. */
static size_t find_closed(struct str s, size_t *reason)
{
	enum callout_kind kind;
	struct str name;
	size_t length, point_length;
	for (size_t at = 0; at < s.n; at += point_length) {
		str_point(s, at, &point_length);
		if (callout_begins(str_from(s, at), &name, &length) && callout_named(name, &kind) &&
			kind == CALLOUT_CLOSED) {
			*reason = at + length;
			return at;
		}
	}
	return SIZE_MAX;
}

/* Keeps the first `length` bytes of a line's plain runs. */
static void keep_only(struct md_doc *doc, const struct line *line, size_t length)
{
	for (uint32_t i = line->first; i < line->end; i++) {
		struct md_run *run = &doc->runs[i];
		if (run->kind != MD_TEXT)
			continue;
		if (run->text.n > length)
			run->text.n = length;
		length -= run->text.n;
		if (length == 0)
			run->text = str_trim_end(run->text);
	}
}

/* `[!closed] reason` behind a title: the reason is kept, the title stays without it. */
static struct str take_closed(
	struct reader *r, struct line *line, const struct head *head, uint32_t number, bool *closed)
{
	size_t from;
	struct str s = str_n(head->bytes, head->n);
	size_t at = find_closed(s, &from);
	*closed = at != SIZE_MAX;
	if (!*closed)
		return STR("");
	/* What the head does not reach is part of the reason all the same. */
	struct str plain = reader_plain(r, line->first, line->end);
	size_t in_plain = str_find(plain, str_n(s.p + at, from - at), 0);
	struct str reason = in_plain == SIZE_MAX ? str_from(s, from) : str_from(plain, in_plain + (from - at));
	reason = arena_str(r->arena, str_trim(reason));
	if (str_empty(reason))
		diag_add(r->diags, CLOSED_REASON, loc_at(r->m->path, number, source_column(r, number, STR("["))),
			diag_text(r->diags, _("write it behind: [!closed] 第７条第２号")),
			_("a closed item needs its reason"));
	keep_only(r->doc, line, at);
	return reason;
}

static uint32_t parent_of(const struct reader *r, uint8_t level)
{
	for (uint8_t above = level; above-- > 1;)
		if (r->path[above] != NONE)
			return r->path[above];
	return NONE;
}

static void item_add(struct reader *r, struct item item, uint8_t level)
{
	uint32_t index = READER_COUNT(&r->items, struct item);
	item.parent = parent_of(r, level);
	uint32_t *parts = VEC_AT(&r->item_parts, uint32_t);
	uint32_t part = ++parts[item.parent == NONE ? 0 : item.parent];
	if (item.parent == NONE) {
		item.level = 1;
		item.anchor = arena_format(r->arena, "i%u", part);
	} else {
		const struct item *parent = reader_item(r, item.parent);
		item.level = (uint8_t)(parent->level + 1);
		item.anchor = arena_format(r->arena, "%.*s-%u", STR_ARG(parent->anchor), part);
	}
	item.flow = READER_COUNT(&r->flow, struct flow);
	item.agenda = find_part(r, &item);
	*VEC_ADD(&r->items, struct item) = item;
	*VEC_ADD(&r->item_parts, uint32_t) = 0;
	for (uint8_t below = level; below < sizeof r->path / sizeof *r->path; below++)
		r->path[below] = NONE;
	r->path[level] = index;
	r->item = index;
}

void heading_read(struct reader *r, uint32_t block)
{
	const struct md_block *b = &r->doc->blocks[block];
	struct line line = { .block = block, .first = b->first_run, .end = b->end_run };
	struct head head;
	speech_end(r);
	r->before = (struct range){ 0, 0 };
	r->sealed = r->leaked = false;
	r->under_heading = true;
	if (r->closed_level > 0)
		withhold_lines(r, r->closed_line, b->line - 1);
	r->closed_level = 0;
	struct str whole = reader_plain(r, line.first, line.end);
	if (b->level == 1 && str_eq(fold_label(r->arena, whole), r->folded_title))
		return;
	struct item item = { .heading = block, .line = b->line };
	bool closed;
	size_t title;
	line_head(r->doc, &line, &head);
	item.closed = take_closed(r, &line, &head, b->line, &closed);
	if (closed) {
		r->closed_level = b->level;
		r->closed_line = b->line;
	}
	line_head(r->doc, &line, &head);
	item.number = arena_str(r->arena, leading_number(str_n(head.bytes, head.n), &title));
	if (title > 0)
		line_take(r, &line, title);
	item.title_run = line.first;
	item.title = arena_str(r->arena, str_trim(reader_plain(r, line.first, line.end)));
	item_add(r, item, b->level);
}
