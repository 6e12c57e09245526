/* The form for people: the line is quoted, and the place marked. */
#include "report/writer.h"
#include "text/words.h"

#include <stdio.h>

enum { QUOTE_CELLS = 100 };

/* The byte at which the n-th character (from 1) begins. */
static size_t byte_of(struct str s, uint32_t n)
{
	size_t at = 0, length;
	for (uint32_t i = 1; i < n && at < s.n; i++, at += length)
		str_point(s, at, &length);
	return at;
}

/* Not one to hand to a terminal: control characters, and those that turn the direction of writing. */
static bool is_loud(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x202a && point <= 0x202e) ||
		(point >= 0x2066 && point <= 0x2069) || point == 0x2028 || point == 0x2029;
}

/* A loud character or a tab becomes one space, a byte that is not UTF-8 becomes U+FFFD. */
void report_quiet(struct buf *out, struct str s)
{
	char bytes[4];
	for (size_t at = 0, length; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		buf_put(out, is_loud(point) ? STR(" ") : str_n(bytes, str_encode(point, bytes)));
	}
}

/* The same, and how many cells it takes. */
static size_t put_cells(struct buf *out, struct str s)
{
	size_t start = out->n;
	report_quiet(out, s);
	return text_cells(str_from(buf_str(out), start));
}

static void put_times(struct buf *out, char c, size_t times)
{
	while (times-- > 0)
		buf_byte(out, c);
}

/* The byte where about `most` cells of s end: also not many more characters, for some take no cell at all. */
static size_t take_cells(struct str s, size_t most)
{
	size_t at = 0, cells = 0, length;
	for (size_t n = 0; at < s.n && cells < most && n < 2 * most; n++, at += length) {
		str_point(s, at, &length);
		cells += text_cells(str_n(s.p + at, length));
	}
	return at;
}

/* Lines of minutes are long paragraphs: of one that does not fit, the part around the place is quoted. */
static struct str window(struct str line, size_t *start)
{
	size_t first = take_cells(line, QUOTE_CELLS * 2 / 3) >= *start ? 0 : *start;
	for (size_t n = 0; n < QUOTE_CELLS / 4 && first > 0; n++) {
		first--;
		while (first > 0 && ((unsigned char)line.p[first] & 0xc0) == 0x80)
			first--;
	}
	struct str rest = str_from(line, first);
	*start -= first;
	return str_n(rest.p, take_cells(rest, QUOTE_CELLS));
}

static void put_quote(struct buf *out, const struct finding *f, struct str line)
{
	size_t start = byte_of(line, f->loc.column ? f->loc.column : 1);
	struct str part = window(line, &start), rest = str_from(part, start);
	struct str marked = str_n(rest.p, byte_of(rest, (f->loc.width ? f->loc.width : 1) + 1));
	char number[16];
	int margin = snprintf(number, sizeof number, "%u", f->loc.line);
	buf_format(out, "%*s |\n%s | ", margin, "", number);
	size_t before = put_cells(out, str_n(part.p, start));
	size_t cells = put_cells(out, marked);
	report_quiet(out, str_from(rest, marked.n));
	buf_format(out, "\n%*s | ", margin, "");
	put_times(out, ' ', before);
	put_times(out, '^', cells ? cells : 1);
	buf_byte(out, '\n');
}

static void human_finding(struct writer *w, const struct finding *f)
{
	static const char *const colors[] = { "", "\033[36m", "\033[33m", "\033[31m", "\033[31m" };
	const char *color = w->options->color ? colors[f->level] : "", *plain = w->options->color ? "\033[0m" : "";
	struct buf *out = w->out;
	buf_format(out, "%s%s[%.*s]%s: ", color, _(diag_level_word(f->level)), STR_ARG(diag_code_name(f->code)), plain);
	report_quiet(out, f->message);
	buf_byte(out, '\n');
	if (f->loc.path.n) {
		buf_put(out, STR("  --> "));
		report_quiet(out, f->loc.path);
		if (f->loc.line)
			buf_format(out, ":%u:%u", f->loc.line, f->loc.column ? f->loc.column : 1);
		buf_byte(out, '\n');
	}
	struct str line = f->unquoted ? STR_NONE : quoted_line(&w->quoted, f->loc);
	if (line.p)
		put_quote(out, f, line);
	if (f->help.n) {
		buf_format(out, "   = %s: ", _("help"));
		report_quiet(out, f->help);
		buf_byte(out, '\n');
	}
}

static void human_end(struct writer *w)
{
	if (w->ds->flooded)
		buf_format(w->out, _("There are more findings; only the first %zu are shown.\n"), diag_count(w->ds));
}

const struct form human_form = { STR_INIT("human"), STR_INIT(".txt"), false, NULL, human_finding, human_end };
