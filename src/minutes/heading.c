/* Agenda items: their numbers, their places in the tree, the agenda part they are. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

/* Up to four digits at `at`; returns where they end, or `at` without any. */
static size_t behind_digits(struct str s, size_t at, bool kanji)
{
	size_t length, count = 0, from = at;
	for (;; at += length, count++) {
		uint32_t point = str_point(s, at, &length);
		if (!point_is_digit(point) && !(kanji && point_is_one_of(point, STR("一二三四五六七八九十"))))
			return count <= 4 ? at : from;
	}
}

/* Words before a number: 議題１, 日程第１, Item 1. */
static size_t behind_word(struct str s)
{
	static const struct str words[] = { STR_INIT("議題"), STR_INIT("日程"), STR_INIT("Item "), STR_INIT("item "),
		STR_INIT("ITEM "), STR_INIT("Agenda item "), STR_INIT("Agenda Item "), STR_INIT("Minute ") };
	size_t at = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words && at == 0; i++)
		if (str_starts(s, words[i]))
			at = words[i].n;
	return str_starts(str_from(s, at), STR("第")) ? at + STR("第").n : at;
}

/* Behind a dash between spaces, which stands after a number: Item 3 – Budget. */
static size_t behind_dash(struct str s, size_t at)
{
	size_t length, dash = at + spaces_at(s, at);
	bool stands = dash > at && point_is_dash(str_point(s, dash, &length));
	return stands && spaces_at(s, dash + length) > 0 ? dash + length : at;
}

/* The end of the number that s begins with, 0 without one. */
static size_t number_end(struct str s)
{
	size_t length, behind = behind_word(s);
	uint32_t point = str_point(s, behind, &length);
	if (behind == 0 && point >= 0x2460 && point <= 0x249b) /* ①, ⑴, ⒈ */
		return length;
	bool bracket = point_narrow(point) == '(';
	size_t from = behind + (bracket ? length : 0), end = behind_digits(s, from, bracket || behind > 0);
	if (end == from)
		return 0;
	point = str_point(s, end, &length);
	bool closes = point_narrow(point) == ')', stops = closes || point_narrow(point) == '.';
	if (bracket)
		return closes ? end + length : 0;
	if (behind > 0 && (length == 0 || spaces_at(s, end) > 0))
		return behind_dash(s, end);
	if (behind > 0)
		return stops || point_narrow(point) == ':' ? end + length : 0; /* 第１回 is no item's */
	/* １５時 and 1.5倍 begin with digits and are no numbers of items. */
	if (point == 0x3000 || (point == ' ' && s.p[from] & 0x80)) /* １ 題, but not 3 proposals, nor ２０２５ 年度予算 */
		return str_points(str_n(s.p + from, end - from)) < 4 ? end : 0;
	bool fraction = point == '.' && behind_digits(s, end + length, false) > end + length;
	return stops && !fraction ? end + length : 0;
}

/* The number at the beginning of words, and where the title begins behind it. */
static struct str leading_number(struct str s, size_t *title)
{
	size_t end = number_end(s);
	*title = end + spaces_at(s, end);
	if (end > 0 && *title == s.n)
		end = *title = 0; /* nothing else: it is the title */
	return str_n(s.p, end);
}

/* A title as it is compared: without number, width, case and space. */
static struct str comparable(struct reader *r, struct str title)
{
	size_t from;
	leading_number(str_trim(title), &from);
	return fold_label(r->scratch, str_from(str_trim(title), from));
}

void agenda_prepare(struct reader *r)
{
	const struct agenda *agenda = &r->m->front.agenda;
	for (size_t i = 0; i < agenda->count; i++)
		map_add(&r->agenda, comparable(r, agenda->parts[i].title), i);
	r->folded_title = fold_label(r->scratch, r->m->front.title);
}

/* `1 題`, `45/26 Title`, `1.1 Title`, where the agenda has the rest for a title: where it begins, else 0. */
static size_t behind_plain_number(struct reader *r, struct str s)
{
	enum { NUMBER_BYTES = 16 };
	size_t end = 0, length, digits = 0;
	for (; end < s.n && end < NUMBER_BYTES && spaces_at(s, end) == 0; end += length)
		digits += point_is_digit(str_point(s, end, &length));
	size_t title = behind_dash(s, end);
	title += spaces_at(s, title);
	bool known = digits > 0 && title > end && !map_get(&r->agenda, comparable(r, s), NULL) &&
		map_get(&r->agenda, comparable(r, str_from(s, title)), NULL);
	return known ? title : 0;
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

/* `[!closed] reason` behind a title: the reason is kept, the title stays without it. False without one. */
static bool take_closed(struct reader *r, struct line *line, uint32_t number, struct str *reason)
{
	struct head head;
	size_t behind, at = closed_find(r, line_head(r->doc, line, &head), &behind);
	*reason = STR("");
	if (at == SIZE_MAX) {
		bool meant = closed_nearly_in_title(r, reader_syntax(r, line->first, line->end));
		if (meant)
			diag_add(r->diags, CLOSED_LEAK, source_loc(r, number, STR("##")),
				diag_text(r->diags,
					_("write 「[!closed] reason」 behind the title, or \\ before the bracket if it "
					  "is plain text")),
				_("this is almost [!closed], what it is meant to hide would be published"));
		return meant;
	}
	/* What the head does not reach is part of the reason all the same. */
	struct str plain = reader_plain(r, line->first, line->end);
	*reason = arena_str(r->arena, str_trim(str_from(plain, behind)));
	if (!closed_has_reason(*reason))
		diag_add(r->diags, CLOSED_REASON, source_loc(r, number, STR("[")),
			diag_text(r->diags, _("write it behind: [!closed] Schedule 12A, paragraph 3")),
			_("a closed item needs its reason"));
	runs_keep(r->doc, line->first, line->end, at);
	return true;
}

static void item_add(struct reader *r, struct item item, uint8_t level)
{
	uint8_t above = level;
	do
		above--;
	while (above > 0 && r->path[above] == NONE);
	uint32_t part = ++r->parts[above];
	item.parent = r->path[above];
	if (item.parent == NONE) {
		item.level = 1;
		item.anchor = arena_format(r->arena, "i%u", part);
	} else {
		const struct item *parent = &VEC_AT(&r->items, struct item)[item.parent];
		item.level = (uint8_t)(parent->level + 1);
		item.anchor = arena_format(r->arena, "%.*s-%u", STR_ARG(parent->anchor), part);
	}
	item.flow = READER_COUNT(&r->flow, struct flow);
	item.agenda = find_part(r, &item);
	r->item = READER_COUNT(&r->items, struct item);
	*VEC_ADD(&r->items, struct item) = item;
	for (uint8_t below = level; below < sizeof r->path / sizeof *r->path; below++)
		r->path[below] = NONE;
	r->path[level] = r->item;
	r->parts[level] = 0;
}

/* Alone above --- stands what is an item's title, a part of the agenda or numbered as one: `2. Other business`. */
void heading_check_underlined(struct reader *r, uint32_t rule)
{
	enum { TITLE_POINTS = 60 };
	const struct md_block *blocks = r->doc->blocks;
	size_t title;
	uint32_t line = blocks[rule].line - 1, words = rule - 1;
	if (rule == 0 || blocks[words].kind != MD_PARAGRAPH || blocks[words].line != line ||
		blocks[words].end_line != line ||
		(blocks[words].parent != NONE && (rule < 3 || blocks[rule - 3].kind != MD_LIST)))
		return;
	struct str s = str_trim(source_line(r, line));
	bool numbered = !str_empty(leading_number(s, &title)) && str_points(s) <= TITLE_POINTS &&
		str_find(s, STR("。"), 0) == SIZE_MAX && !str_ends(s, STR("."));
	if (!numbered && !map_get(&r->agenda, comparable(r, s), NULL))
		return;
	diag_add(r->diags, HEADING_UNDERLINED, source_loc(r, line, s),
		diag_text(
			r->diags, _("write 「## %.*s」, or an empty line before --- if it is no heading"), STR_ARG(s)),
		_("--- under text makes no heading, it ends a speech"));
}

/* Whether words are a part of the agenda that no heading is. */
static bool is_part_without_heading(struct reader *r, struct str words)
{
	size_t part;
	if (!map_get(&r->agenda, comparable(r, words), &part))
		return false;
	const struct item *items = VEC_AT(&r->items, struct item);
	for (size_t i = 0; i < VEC_COUNT(&r->items, struct item); i++)
		if (items[i].agenda == part)
			return false;
	return true;
}

/* Whether a block begins with one line that stands alone: nothing but a speech follows it. `next` is the first speech that
 * begins behind it. */
static bool line_alone(const struct md_doc *doc, uint32_t b, const struct speech *next, struct line *line)
{
	uint32_t p = b + (doc->blocks[b].kind == MD_LIST && doc->blocks[b].ordered ? 2 : 0),
		 behind = doc->blocks[b].end;
	if (p + 1 != behind || doc->blocks[p].kind != MD_PARAGRAPH || !line_first(doc, p, line))
		return false;
	uint32_t number = doc->blocks[p].line;
	bool underlined = behind < doc->block_count && doc->blocks[behind].kind == MD_RULE &&
		doc->blocks[behind].line == number + 1; /* told already */
	return !underlined && (doc->blocks[p].end_line == number || (next && next->line == number + 1));
}

void headings_check_missed(struct reader *r)
{
	const struct md_doc *doc = r->doc;
	const struct speech *speeches = VEC_AT(&r->speeches, struct speech);
	size_t count = VEC_COUNT(&r->speeches, struct speech), next = 0;
	bool spoken = false;
	for (uint32_t b = 0; b < doc->block_count && r->agenda.count > 0; b = doc->blocks[b].end) {
		struct line line;
		uint32_t number = doc->blocks[b].line;
		for (; next < count && speeches[next].line < number; next++)
			spoken = true;
		spoken = spoken && doc->blocks[b].kind != MD_HEADING && doc->blocks[b].kind != MD_RULE;
		if (line_is_withheld(r, number) || !line_alone(doc, b, next < count ? &speeches[next] : NULL, &line))
			continue;
		bool bold = line.end - line.first == 3 && doc->runs[line.first].kind == MD_STRONG;
		struct str words = str_trim(reader_syntax(r, line.first, line.end));
		if ((spoken || bold) && is_part_without_heading(r, words))
			diag_add(r->diags, HEADING_BROKEN, source_loc(r, number, words),
				diag_text(r->diags, _("write 「## %.*s」, or \\ before it if it is no heading"),
					STR_ARG(words)),
				_("this is a part of the agenda, but no heading: it belongs to what stands before it"));
	}
}

void heading_read(struct reader *r, uint32_t block)
{
	const struct md_block *b = &r->doc->blocks[block];
	struct line line = { .block = block, .first = b->first_run, .end = b->end_run };
	struct head head;
	size_t title;
	speech_end(r);
	r->before = (struct range){ 0, 0 };
	r->sealed = r->leaked = false;
	if (r->closed_level > 0)
		withhold_lines(r, r->closed_line, b->line - 1);
	r->closed_level = 0;
	line_indent(r, &line);
	struct str whole = reader_plain(r, line.first, line.end);
	if (b->level == 1 && str_eq(fold_label(r->scratch, whole), r->folded_title))
		return;
	struct item item = { .heading = block, .line = b->line };
	if (take_closed(r, &line, b->line, &item.closed)) {
		r->closed_level = b->level;
		r->closed_line = b->line;
	}
	struct str s = line_head(r->doc, &line, &head), number = leading_number(s, &title);
	if (title == 0 && (title = behind_plain_number(r, s)) > 0)
		number = str_trim(str_n(s.p, title));
	item.number = arena_str(r->arena, number);
	if (title > 0)
		line_take(r, &line, title);
	item.title_run = line.first;
	item.title = arena_str(r->arena, str_trim(reader_plain(r, line.first, line.end)));
	if (str_empty(item.title)) {
		if (item.closed.n > 0)
			diag_add(r->diags, HEADING_BROKEN, source_loc(r, b->line, STR("#")),
				diag_text(r->diags, _("write before [!closed] what the item is about")),
				_("this heading has no words"));
		item.title = STR("#"); /* in a preview, contents and links name it so */
	}
	item_add(r, item, b->level);
}
