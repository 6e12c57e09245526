#include "minutes/reader.h"

#include <string.h>

static const struct str wide_space = STR_INIT("\xe3\x80\x80");

static bool is_break(const struct md_run *run)
{
	return run->kind == MD_SOFT || run->kind == MD_HARD;
}

static bool is_opening(const struct md_run *run)
{
	return run->kind == MD_STRONG || run->kind == MD_EMPH;
}

static bool is_closing(const struct md_run *run)
{
	return run->kind == MD_STRONG_END || run->kind == MD_EMPH_END;
}

bool line_peek(const struct md_doc *doc, uint32_t block, uint32_t *at, uint32_t end, uint32_t *links, struct line *line)
{
	if (*at >= end)
		return false;
	*line = (struct line){ .block = block, .first = *at, .bound = *links > 0 };
	uint32_t i = *at;
	for (; i < end && !is_break(&doc->runs[i]); i++) {
		uint8_t kind = doc->runs[i].kind;
		if (kind == MD_LINK || kind == MD_IMAGE)
			++*links;
		else if ((kind == MD_LINK_END || kind == MD_IMAGE_END) && *links > 0)
			--*links;
	}
	line->end = i;
	*at = i < end ? i + 1 : end;
	return true;
}

/* The first run of a line that has words, behind what only makes them bold; line->end without. */
static uint32_t first_words(const struct md_doc *doc, const struct line *line)
{
	uint32_t i = line->first;
	while (i < line->end &&
		(is_opening(&doc->runs[i]) || is_closing(&doc->runs[i]) ||
			(doc->runs[i].kind == MD_TEXT && doc->runs[i].text.n == 0)))
		i++;
	return i;
}

/* The run behind the end of what `open` makes bold when nothing stands in it, else `open` itself. */
static uint32_t behind_empty(const struct md_doc *doc, uint32_t open, uint32_t end)
{
	uint32_t depth = 0;
	for (uint32_t i = open; i < end; i++) {
		const struct md_run *run = &doc->runs[i];
		if (is_opening(run))
			depth++;
		else if (is_closing(run) && --depth == 0)
			return i + 1;
		else if (!is_closing(run) && (run->kind != MD_TEXT || run->text.n > 0))
			break;
	}
	return open;
}

static bool is_blank(const struct md_run *run)
{
	return is_break(run) || (run->kind == MD_TEXT && str_empty(str_trim(run->text)));
}

/* Bytes of a character by the upper half of its first one. */
static const uint8_t lengths[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4 };

void marks_prepare(struct reader *r)
{
	struct str s = r->doc->body;
	for (size_t at = 0; at + 2 < s.n; at += lengths[(uint8_t)s.p[at] >> 4]) {
		if (s.p[at] != '\xef' || s.p[at + 1] != '\xbc')
			continue;
		r->has_wide_bang = r->has_wide_bang || s.p[at + 2] == '\x81';
		r->has_wide_hash = r->has_wide_hash || s.p[at + 2] == '\x83';
	}
}

bool text_holds(struct str s, char narrow, struct str wide)
{
	for (size_t at = 0; at < s.n; at += lengths[(uint8_t)s.p[at] >> 4])
		if (s.p[at] == narrow || (s.p[at] == wide.p[0] && str_starts(str_from(s, at), wide)))
			return true;
	return false;
}

bool runs_trim(const struct md_doc *doc, uint32_t *first, uint32_t *end)
{
	while (*first < *end) {
		const struct md_run *run = &doc->runs[*first];
		uint32_t behind = is_opening(run) ? behind_empty(doc, *first, *end) : *first;
		if (is_blank(run) || is_closing(run))
			++*first;
		else if (behind != *first)
			*first = behind;
		else
			break;
	}
	while (*end > *first && is_blank(&doc->runs[*end - 1]))
		--*end;
	return *first < *end;
}

bool runs_are_image(const struct md_doc *doc, uint32_t first, uint32_t end)
{
	uint32_t open = 0, images = 0;
	for (uint32_t i = first; i < end; i++) {
		const struct md_run *run = &doc->runs[i];
		if (run->kind == MD_IMAGE) {
			open++;
			images++;
		} else if (run->kind == MD_IMAGE_END) {
			open--;
		} else if (open == 0 && !is_blank(run) && run->kind != MD_LINK && run->kind != MD_LINK_END) {
			return false;
		}
	}
	return images > 0;
}

static void take_spaces(struct md_doc *doc, struct line *line)
{
	uint32_t i = first_words(doc, line);
	if (i < line->end && doc->runs[i].kind == MD_TEXT && !doc->runs[i].literal)
		doc->runs[i].text = str_trim_start(doc->runs[i].text);
}

bool line_next(struct reader *r, uint32_t block, uint32_t *at, uint32_t end, uint32_t *links, struct line *line)
{
	if (!line_peek(r->doc, block, at, end, links, line))
		return false;
	uint32_t i = first_words(r->doc, line);
	if (!line->bound && i < line->end && r->doc->runs[i].kind == MD_TEXT &&
		str_starts(r->doc->runs[i].text, wide_space)) {
		line->indented = true;
		take_spaces(r->doc, line);
	}
	return true;
}

static void head_put(struct head *head, const struct md_run *run)
{
	size_t room = HEAD_MOST - head->n, n = run->text.n < room ? run->text.n : room, first;
	/* Not through the middle of a character. */
	while (n < run->text.n && n > 0 && ((unsigned char)run->text.p[n] & 0xc0) == 0x80)
		n--;
	if (n == 0)
		return;
	memcpy(head->bytes + head->n, run->text.p, n);
	if (run->literal) {
		str_point(run->text, 0, &first);
		memset(head->bytes + head->n, '\1', first < n ? first : n);
	}
	head->n += n;
}

void line_head(const struct md_doc *doc, const struct line *line, struct head *head)
{
	head->n = 0;
	head->whole = false;
	if (line->bound)
		return;
	uint32_t i = line->first;
	for (; i < line->end && head->n < HEAD_MOST - 4; i++) {
		const struct md_run *run = &doc->runs[i];
		if (run->kind == MD_TEXT)
			head_put(head, run);
		else if (!is_opening(run) && !is_closing(run))
			return;
	}
	head->whole = i == line->end;
}

void line_take(struct reader *r, struct line *line, size_t length)
{
	for (uint32_t i = line->first; i < line->end && length > 0; i++) {
		struct md_run *run = &r->doc->runs[i];
		if (run->kind != MD_TEXT)
			continue;
		size_t n = run->text.n < length ? run->text.n : length;
		run->text = str_from(run->text, n);
		if (n > 0)
			run->literal = false;
		length -= n;
	}
	take_spaces(r->doc, line);
	uint32_t end = line->end;
	runs_trim(r->doc, &line->first, &end);
}

uint32_t line_number(const struct reader *r, const struct line *line)
{
	if (line->first < line->end && r->doc->runs[line->first].line > 0)
		return r->doc->runs[line->first].line;
	return r->doc->blocks[line->block].line;
}

struct str reader_plain(struct reader *r, uint32_t first, uint32_t end)
{
	buf_clear(&r->scratch);
	md_plain_runs(r->doc, first, end, &r->scratch);
	return buf_str(&r->scratch);
}

static void find_lines(struct reader *r)
{
	struct str body = r->doc->body;
	struct buf starts = { 0 };
	for (size_t at = 0; at <= body.n;) {
		*VEC_ADD(&starts, uint32_t) = (uint32_t)at;
		size_t end = str_find_byte(body, '\n', at);
		if (end == SIZE_MAX)
			break;
		at = end + 1;
	}
	r->line_count = VEC_COUNT(&starts, uint32_t);
	r->line_starts = buf_settle(&starts, r->arena);
}

struct str source_line(struct reader *r, uint32_t line)
{
	if (!r->line_starts)
		find_lines(r);
	if (line < r->doc->first_line || line - r->doc->first_line >= r->line_count)
		return STR("");
	struct str rest = str_from(r->doc->body, r->line_starts[line - r->doc->first_line]);
	size_t end = str_find_byte(rest, '\n', 0);
	return end == SIZE_MAX ? rest : str_n(rest.p, end);
}

uint32_t source_column(struct reader *r, uint32_t line, struct str words)
{
	struct str s = source_line(r, line);
	size_t at = str_find(s, words, 0);
	if (at == SIZE_MAX)
		at = s.n - str_trim_start(s).n;
	return (uint32_t)str_points(str_n(s.p, at)) + 1;
}
