#include "minutes/reader.h"

#include <string.h>

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

static bool is_empty_text(const struct md_run *run)
{
	return run->kind == MD_TEXT && run->text.n == 0;
}

static bool is_white(const struct md_run *run)
{
	return is_break(run) || (run->kind == MD_TEXT && str_empty(str_trim(run->text)));
}

struct line lines_of(const struct md_doc *doc, uint32_t block)
{
	const struct md_block *b = &doc->blocks[block];
	return (struct line){ .block = block, .next = b->first_run, .stop = b->end_run };
}

bool line_step(const struct md_doc *doc, struct line *line)
{
	if (line->next >= line->stop)
		return false;
	line->bound = line->links > 0;
	line->indented = false;
	uint32_t i = line->first = line->next;
	for (; i < line->stop && !is_break(&doc->runs[i]); i++) {
		uint8_t kind = doc->runs[i].kind;
		if (kind == MD_LINK || kind == MD_IMAGE)
			line->links++;
		else if ((kind == MD_LINK_END || kind == MD_IMAGE_END) && line->links > 0)
			line->links--;
	}
	line->end = i;
	line->next = i < line->stop ? i + 1 : i;
	return true;
}

bool line_first(const struct md_doc *doc, uint32_t block, struct line *line)
{
	*line = lines_of(doc, block);
	return line_step(doc, line);
}

/* The first run of a line that has words, behind what only makes them bold; NULL without, or inside a link. */
static struct md_run *first_words(const struct md_doc *doc, const struct line *line)
{
	uint32_t i = line->first;
	while (i < line->end &&
		(is_opening(&doc->runs[i]) || is_closing(&doc->runs[i]) || is_empty_text(&doc->runs[i])))
		i++;
	return i < line->end && !line->bound && doc->runs[i].kind == MD_TEXT ? &doc->runs[i] : NULL;
}

uint32_t line_point(const struct md_doc *doc, const struct line *line)
{
	size_t length;
	const struct md_run *run = first_words(doc, line);
	if (!run || run->literal)
		return 0;
	struct str words = str_trim_start(run->text);
	return str_point(str_empty(words) ? run->text : words, 0, &length);
}

static void take_spaces(const struct md_doc *doc, const struct line *line)
{
	struct md_run *run = first_words(doc, line);
	if (run && !run->literal)
		run->text = str_trim_start(run->text);
}

void line_indent(struct reader *r, struct line *line)
{
	const struct md_run *run = first_words(r->doc, line);
	line->indented = run && str_starts(run->text, STR("　"));
	if (line->indented)
		take_spaces(r->doc, line);
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
		else if (!is_closing(run) && !is_empty_text(run))
			break;
	}
	return open;
}

bool runs_trim(const struct md_doc *doc, uint32_t *first, uint32_t *end)
{
	while (*first < *end) {
		const struct md_run *run = &doc->runs[*first];
		uint32_t behind = is_opening(run) ? behind_empty(doc, *first, *end) : *first;
		if (is_white(run) || is_closing(run))
			++*first;
		else if (behind != *first)
			*first = behind;
		else
			break;
	}
	while (*end > *first && is_white(&doc->runs[*end - 1]))
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
		} else if (open == 0 && !is_white(run) && run->kind != MD_LINK && run->kind != MD_LINK_END) {
			return false;
		}
	}
	return images > 0;
}

void runs_keep(struct md_doc *doc, uint32_t first, uint32_t end, size_t length)
{
	for (uint32_t i = first; i < end; i++) {
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

static void head_put(struct head *head, const struct md_run *run)
{
	struct str text = head->n > 0 ? run->text : str_trim_start(run->text);
	size_t room = HEAD_MOST - head->n, n = text.n < room ? text.n : room, first;
	/* Not through the middle of a character. */
	while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	if (n == 0)
		return;
	memcpy(head->bytes + head->n, text.p, n);
	if (run->literal) {
		str_point(text, 0, &first);
		memset(head->bytes + head->n, '\1', first < n ? first : n);
	}
	head->n += n;
}

struct str line_head(const struct md_doc *doc, const struct line *line, struct head *head)
{
	uint32_t i = line->first;
	head->n = 0;
	for (; i < line->end && !line->bound && head->n < HEAD_MOST - 4; i++) {
		const struct md_run *run = &doc->runs[i];
		if (run->kind == MD_TEXT)
			head_put(head, run);
		else if (!is_opening(run) && !is_closing(run))
			break;
	}
	head->whole = i == line->end;
	return str_n(head->bytes, head->n);
}

void line_take(struct reader *r, struct line *line, size_t length)
{
	bool begun = false;
	for (uint32_t i = line->first; i < line->end && length > 0; i++) {
		struct md_run *run = &r->doc->runs[i];
		if (run->kind != MD_TEXT)
			continue;
		if (!begun)
			run->text = str_trim_start(run->text);
		begun |= run->text.n > 0;
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
	buf_clear(&r->words);
	md_plain_runs(r->doc, first, end, &r->words);
	return buf_str(&r->words);
}

struct str reader_syntax(struct reader *r, uint32_t first, uint32_t end)
{
	buf_clear(&r->words);
	for (uint32_t i = first; i < end; i++) {
		const struct md_run *run = &r->doc->runs[i];
		size_t length = 0;
		if (run->kind != MD_TEXT)
			continue;
		if (run->literal) {
			str_point(run->text, 0, &length);
			buf_byte(&r->words, '\1');
		}
		buf_put(&r->words, str_from(run->text, length));
	}
	return buf_str(&r->words);
}

static void find_lines(struct reader *r)
{
	struct str rest = r->doc->body;
	struct buf starts = { 0 };
	while (rest.p) {
		*VEC_ADD(&starts, uint32_t) = (uint32_t)(rest.p - r->doc->body.p);
		str_cut(&rest, STR("\n"));
	}
	r->line_count = VEC_COUNT(&starts, uint32_t);
	r->line_starts = buf_settle(&starts, r->scratch);
}

struct str source_line(struct reader *r, uint32_t line)
{
	if (!r->line_starts)
		find_lines(r);
	if (line < r->doc->first_line || line - r->doc->first_line >= r->line_count)
		return STR("");
	uint32_t index = line - r->doc->first_line, start = r->line_starts[index];
	size_t end = index + 1 < r->line_count ? r->line_starts[index + 1] - 1 : r->doc->body.n;
	return str_n(r->doc->body.p + start, end - start);
}

struct loc source_loc(struct reader *r, uint32_t line, struct str words)
{
	enum { REACH = 4096 }; /* bytes looked through: a line may be the whole file, and have ten thousand findings */
	struct str s = source_line(r, line);
	s.n = s.n < REACH ? s.n : REACH;
	size_t at = str_find(s, words, 0);
	if (at == SIZE_MAX)
		at = s.n - str_trim_start(s).n;
	struct loc loc = loc_at(r->m->path, line, str_points(str_n(s.p, at)) + 1);
	loc.width = (uint32_t)str_points(words);
	return loc;
}

bool text_has(struct str s, char ascii)
{
	char wide[4];
	str_encode((uint32_t)ascii + 0xfee0, wide);
	size_t at = str_find_byte(s, wide[2], 2);
	while (at != SIZE_MAX && (s.p[at - 2] != wide[0] || s.p[at - 1] != wide[1]))
		at = str_find_byte(s, wide[2], at + 1);
	return at != SIZE_MAX || str_find_byte(s, ascii, 0) != SIZE_MAX;
}

size_t spaces_at(struct str s, size_t at)
{
	struct str rest = str_from(s, at);
	return rest.n - str_trim_start(rest).n;
}
