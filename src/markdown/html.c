#include "markdown/html.h"
#include "markdown/scheme.h"
#include "markdown/write.h"

#include <assert.h>
#include <string.h>

/* Runs nest MD_LIMIT_NESTING deep, strikethrough once more at each depth. */
enum { OPEN_MOST = MD_LIMIT_NESTING * 2 + 8 };

struct inline_html {
	const struct md_html *h;
	struct buf *out;
	uint32_t open[OPEN_MOST]; /* the runs that opened what is open */
	size_t depth;
};

static const struct md_target *target_of(const struct md_html *h, uint32_t link)
{
	if (!h->targets || link >= h->doc->link_count)
		return NULL;
	const struct md_target *t = &h->targets[link];
	return t->href.p && scheme_is_allowed(t->href) ? t : NULL;
}

static void put_attribute(struct buf *out, const char *name, struct str value)
{
	buf_format(out, " %s=\"", name);
	buf_attribute(out, value);
	buf_byte(out, '"');
}

/* The tag of an element that has no attributes. */
static const char *tag_of(uint8_t kind)
{
	return kind == MD_EMPH ? "em" : kind == MD_STRONG ? "strong" : "del";
}

/* False where nothing is linked. */
static bool open_link(struct inline_html *w, uint32_t link)
{
	const struct md_target *t = target_of(w->h, link);
	struct str title = w->h->doc->links[link].title;
	if (!t)
		return false;
	buf_put(w->out, STR("<a"));
	put_attribute(w->out, "href", t->href);
	if (t->lang.n)
		put_attribute(w->out, "hreflang", t->lang);
	if (title.n)
		put_attribute(w->out, "title", title);
	buf_byte(w->out, '>');
	return true;
}

static void open_element(struct inline_html *w, uint32_t run)
{
	const struct md_run *r = &w->h->doc->runs[run];
	assert(w->depth < OPEN_MOST);
	w->open[w->depth++] = run;
	if (r->kind == MD_LINK)
		open_link(w, r->link);
	else
		buf_format(w->out, "<%s>", tag_of(r->kind));
}

static void close_element(struct inline_html *w)
{
	if (w->depth == 0)
		return;
	const struct md_run *r = &w->h->doc->runs[w->open[--w->depth]];
	if (r->kind != MD_LINK)
		buf_format(w->out, "</%s>", tag_of(r->kind));
	else if (target_of(w->h, r->link))
		buf_put(w->out, STR("</a>"));
}

/* Returns the run behind the image. */
static uint32_t put_image(struct inline_html *w, uint32_t image, uint32_t end)
{
	const struct md_doc *doc = w->h->doc;
	uint32_t behind = image + 1, link = doc->runs[image].link;
	while (behind < end && !(doc->runs[behind].kind == MD_IMAGE_END && doc->runs[behind].link == link))
		behind++;
	const struct md_target *t = target_of(w->h, link);
	struct buf words = { 0 };
	md_plain_runs(doc, image + 1, behind, &words);
	if (t) {
		buf_put(w->out, STR("<img"));
		put_attribute(w->out, "src", t->href);
		put_attribute(w->out, "alt", buf_str(&words));
		if (doc->links[link].title.n)
			put_attribute(w->out, "title", doc->links[link].title);
		buf_put(w->out, STR("/>"));
	} else {
		buf_text(w->out, buf_str(&words));
	}
	buf_release(&words);
	return behind < end ? behind + 1 : end;
}

static void put_footnote_ref(struct inline_html *w, const struct md_run *run)
{
	buf_put(w->out, STR("<sup class=\"fnref\"><a href=\""));
	buf_attribute(w->out, w->h->record_url);
	buf_format(w->out, "#fn%u\"", run->link);
	if (w->h->home && run->first)
		buf_format(w->out, " id=\"fnref%u\"", run->link);
	buf_format(w->out, ">%u</a></sup>", run->link);
}

static bool opens(uint8_t kind)
{
	return kind == MD_EMPH || kind == MD_STRONG || kind == MD_STRIKE || kind == MD_LINK || kind == MD_IMAGE;
}

static bool closes(uint8_t kind)
{
	return kind > 0 && opens((uint8_t)(kind - 1));
}

/* Words, with links around those that name something. Of a run that was cut, names that were cut are none. */
static void put_text(struct inline_html *w, const struct md_run *run)
{
	struct str rest = run->text;
	bool more = run->link != MD_NONE;
	for (uint32_t i = run->link; more; i++) {
		const struct md_link *l = &w->h->doc->links[i];
		const char *end = rest.p + rest.n;
		more = l->more;
		if (l->target.p < rest.p || l->target.p + l->target.n > end)
			continue;
		buf_text(w->out, str_n(rest.p, (size_t)(l->target.p - rest.p)));
		bool linked = open_link(w, i);
		buf_text(w->out, l->target);
		if (linked)
			buf_put(w->out, STR("</a>"));
		rest = str_from(l->target, l->target.n);
		rest.n = (size_t)(end - rest.p);
	}
	buf_text(w->out, rest);
}

/* Anything but an image. */
static void put_run(struct inline_html *w, const struct md_run *run, uint32_t index)
{
	if (run->kind == MD_TEXT) {
		put_text(w, run);
	} else if (run->kind == MD_SOFT) {
		buf_text(w->out, run->text);
	} else if (run->kind == MD_HARD) {
		buf_put(w->out, STR("<br/>"));
	} else if (run->kind == MD_CODE_SPAN) {
		buf_put(w->out, STR("<code>"));
		buf_text(w->out, run->text);
		buf_put(w->out, STR("</code>"));
	} else if (run->kind == MD_FOOTNOTE_REF) {
		put_footnote_ref(w, run);
	} else if (opens(run->kind)) {
		open_element(w, index);
	} else if (run->kind != MD_IMAGE_END) {
		close_element(w);
	}
}

/* Opens what was opened before `first` and is not closed yet; returns the first run to write. */
static uint32_t open_earlier(struct inline_html *w, uint32_t first, uint32_t end)
{
	const struct md_run *runs = w->h->doc->runs;
	uint32_t outer[OPEN_MOST]; /* from the innermost outwards */
	size_t count = 0, closed = 0, from = 0;
	for (uint32_t i = first; i-- > 0 && count < runs[first].depth;) {
		closed += closes(runs[i].kind);
		if (opens(runs[i].kind) && closed > 0)
			closed--;
		else if (opens(runs[i].kind))
			outer[count++] = i;
	}
	/* What closes at once would be empty. */
	for (; from < count && first < end && closes(runs[first].kind); from++)
		first++;
	while (count > from)
		if (runs[outer[--count]].kind != MD_IMAGE)
			open_element(w, outer[count]);
	return first;
}

/* What a run of text prints: a wiki link that says no more than an address prints what is found there. */
static struct str text_of(const struct md_html *h, uint32_t run)
{
	const struct md_run *before = run > 0 ? &h->doc->runs[run - 1] : NULL;
	const struct md_target *t = before && before->kind == MD_LINK ? target_of(h, before->link) : NULL;
	return t && t->words.n ? t->words : h->doc->runs[run].text;
}

void write_runs(const struct md_html *h, uint32_t first, uint32_t end, size_t skip, struct buf *out)
{
	struct inline_html w = { .h = h, .out = out };
	if (first >= end)
		return;
	for (uint32_t i = open_earlier(&w, first, end); i < end;) {
		struct md_run run = h->doc->runs[i];
		if (run.kind == MD_IMAGE) {
			i = put_image(&w, i, end);
			continue;
		}
		if (run.kind == MD_TEXT) {
			run.text = str_from(skip ? run.text : text_of(h, i), skip);
			skip = 0;
		}
		put_run(&w, &run, i++);
	}
	while (w.depth > 0)
		close_element(&w);
}

void md_html_runs(const struct md_html *h, uint32_t first, uint32_t end, struct buf *out)
{
	write_runs(h, first, end, 0, out);
}

/* In a tight list the items' own paragraphs are bare words. */
static bool is_bare(const struct md_doc *doc, const struct md_block *b)
{
	return b->parent != MD_NONE && doc->blocks[b->parent].kind == MD_ITEM &&
		doc->blocks[doc->blocks[b->parent].parent].tight;
}

/* Can be reached by the keyboard, for it may be wider than the page. */
static void put_code(const struct md_code *code, struct buf *out)
{
	struct str info = code->info, language = str_cut(&info, STR(" "));
	buf_put(out, STR("<pre tabindex=\"0\"><code"));
	if (language.n) {
		buf_put(out, STR(" class=\"language-"));
		buf_attribute(out, language);
		buf_byte(out, '"');
	}
	buf_byte(out, '>');
	buf_text(out, code->text);
	buf_put(out, STR("</code></pre>"));
}

static void open_list(bool ordered, uint32_t number, struct buf *out)
{
	if (!ordered)
		buf_put(out, STR("<ul>"));
	else if (number == 1)
		buf_put(out, STR("<ol>"));
	else
		buf_format(out, "<ol start=\"%u\">", number);
}

/* A corner without words heads nothing. */
static bool is_heading(const struct md_block *b)
{
	return b->header && b->first_run < b->end_run;
}

static void open_cell(const struct md_block *b, struct buf *out)
{
	static const char *const classes[] = { [MD_ALIGN_NONE] = "",
		[MD_ALIGN_LEFT] = " class=\"left\"",
		[MD_ALIGN_CENTER] = " class=\"center\"",
		[MD_ALIGN_RIGHT] = " class=\"right\"" };
	buf_format(out, "<%s%s>", is_heading(b) ? "th scope=\"col\"" : "td", classes[b->align]);
}

/* What blocks begin and end with, where nothing else decides. A heading inside a quote or list must not break
 * the page's outline. */
static const struct {
	struct str begin, end;
} tags[] = {
	[MD_PARAGRAPH] = { STR_INIT("<p>"), STR_INIT("</p>") },
	[MD_HEADING] = { STR_INIT("<p><strong>"), STR_INIT("</strong></p>") },
	[MD_ITEM] = { STR_INIT("<li>"), STR_INIT("</li>") },
	[MD_QUOTE] = { STR_INIT("<blockquote>"), STR_INIT("</blockquote>") },
	[MD_RULE] = { STR_INIT("<hr/>"), STR_INIT("") },
	[MD_TABLE] = { STR_INIT("<table tabindex=\"0\">"), STR_INIT("</table>") },
	[MD_FOOTNOTE] = { STR_INIT(""), STR_INIT("") },
};

static void open_block(const struct md_doc *doc, uint32_t i, struct buf *out)
{
	const struct md_block *b = &doc->blocks[i];
	bool bare = b->kind == MD_PARAGRAPH && is_bare(doc, b);
	if (bare && i != b->parent + 1)
		buf_byte(out, '\n'); /* it follows a list or code */
	else if (b->kind == MD_LIST)
		open_list(b->ordered, b->number, out);
	else if (b->kind == MD_CODE)
		put_code(&doc->codes[b->number], out);
	else if (b->kind == MD_CELL)
		open_cell(b, out);
	else if (b->kind == MD_ROW) /* the first is the header */
		buf_put(out,
			b->header                                     ? STR("<thead><tr>")
				: i == doc->blocks[b->parent + 1].end ? STR("<tbody><tr>")
								      : STR("<tr>"));
	else if (!bare)
		buf_put(out, tags[b->kind].begin);
}

static struct str end_of(const struct md_doc *doc, uint32_t i)
{
	const struct md_block *b = &doc->blocks[i];
	switch (b->kind) {
	case MD_LIST:
		return b->ordered ? STR("</ol>") : STR("</ul>");
	case MD_ROW:
		return b->header ? STR("</tr></thead>") : STR("</tr>");
	case MD_CELL:
		return is_heading(b) ? STR("</th>") : STR("</td>");
	case MD_TABLE: /* a header alone has no body */
		return doc->blocks[i + 1].end < b->end ? STR("</tbody></table>") : tags[MD_TABLE].end;
	case MD_CODE:
		return STR("");
	default:
		return b->kind == MD_PARAGRAPH && is_bare(doc, b) ? STR("") : tags[b->kind].end;
	}
}

/* Blocks stand in preorder, so that no recursion is needed: one is closed when the index reaches its end. */
void write_block(const struct md_html *h, uint32_t block, struct buf *out)
{
	const struct md_block *blocks = h->doc->blocks;
	if (blocks[block].kind == MD_FOOTNOTE)
		return;
	for (uint32_t i = block; i < blocks[block].end;) {
		open_block(h->doc, i, out);
		md_html_runs(h, blocks[i].first_run, blocks[i].end_run, out);
		i++;
		for (uint32_t k = i - 1; k != MD_NONE && k >= block && blocks[k].end == i; k = blocks[k].parent) {
			buf_put(out, end_of(h->doc, k));
			if (blocks[k].parent == MD_NONE)
				buf_byte(out, '\n');
		}
	}
}

void md_html_piece(const struct md_html *h, struct md_piece piece, struct buf *out)
{
	if (piece.first < piece.end) {
		buf_put(out, STR("<p>"));
		md_html_runs(h, piece.first, piece.end, out);
		buf_put(out, STR("</p>"));
		return;
	}
	const struct md_block *b = &h->doc->blocks[piece.block];
	bool item = b->kind == MD_ITEM, ordered = item && h->doc->blocks[b->parent].ordered;
	if (item)
		open_list(ordered, b->number, out);
	write_block(h, piece.block, out);
	if (item)
		buf_put(out, ordered ? STR("</ol>") : STR("</ul>"));
}

void md_html_footnote(const struct md_html *h, uint32_t block, struct str back, struct buf *out)
{
	const struct md_block *note = &h->doc->blocks[block];
	size_t start = out->n;
	for (uint32_t i = block + 1; i < note->end; i = h->doc->blocks[i].end)
		write_block(h, i, out);
	/* The way back stands in the last paragraph, where there is one. */
	if (str_ends(str_from(buf_str(out), start), STR("</p>")))
		out->n -= strlen("</p>");
	else
		buf_put(out, STR("<p>"));
	buf_put(out, STR(" <a class=\"fnback\" href=\""));
	buf_attribute(out, h->record_url);
	buf_format(out, "#fnref%u\">", note->number);
	buf_text(out, back);
	buf_put(out, STR("</a></p>"));
}
