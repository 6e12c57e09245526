#include "markdown/html.h"
#include "markdown/scheme.h"
#include "markdown/write.h"

/* Runs nest MD_LIMIT_NESTING deep, strikethrough once more at each depth, and a mention. */
enum { OPEN_MOST = MD_LIMIT_NESTING * 2 + 8 };

struct inline_html {
	const struct md_html *h;
	struct buf *out;
	uint32_t open[OPEN_MOST]; /* the runs that opened what is open */
	size_t depth, beyond;     /* beyond: opened when `open` was full, and not written */
};

static const struct md_target *target_of(const struct md_html *h, uint32_t link)
{
	if (!h->targets || link >= h->doc->link_count)
		return NULL;
	const struct md_target *t = &h->targets[link];
	return t->href.p && scheme_is_allowed(t->href) ? t : NULL;
}

static void put_attribute(struct buf *out, struct str name, struct str value)
{
	buf_byte(out, ' ');
	buf_put(out, name);
	buf_put(out, STR("=\""));
	buf_attribute(out, value);
	buf_byte(out, '"');
}

static void open_link(struct inline_html *w, uint32_t link)
{
	const struct md_target *t = target_of(w->h, link);
	if (!t)
		return;
	buf_put(w->out, STR("<a"));
	put_attribute(w->out, STR("href"), t->href);
	if (t->lang.n)
		put_attribute(w->out, STR("hreflang"), t->lang);
	if (w->h->doc->links[link].title.n)
		put_attribute(w->out, STR("title"), w->h->doc->links[link].title);
	buf_byte(w->out, '>');
}

/* The tag of an element that has no attributes. */
static struct str tag_of(uint8_t kind)
{
	return kind == MD_EMPH ? STR("em") : kind == MD_STRONG ? STR("strong") : STR("del");
}

static void open_element(struct inline_html *w, uint32_t run)
{
	const struct md_run *r = &w->h->doc->runs[run];
	if (w->depth == OPEN_MOST) {
		w->beyond++;
		return;
	}
	w->open[w->depth++] = run;
	if (r->kind == MD_LINK) {
		open_link(w, r->link);
		return;
	}
	buf_byte(w->out, '<');
	buf_put(w->out, tag_of(r->kind));
	buf_byte(w->out, '>');
}

static void close_element(struct inline_html *w)
{
	if (w->beyond > 0) {
		w->beyond--;
		return;
	}
	if (w->depth == 0)
		return;
	const struct md_run *r = &w->h->doc->runs[w->open[--w->depth]];
	if (r->kind == MD_LINK && !target_of(w->h, r->link))
		return;
	buf_put(w->out, STR("</"));
	buf_put(w->out, r->kind == MD_LINK ? STR("a") : tag_of(r->kind));
	buf_byte(w->out, '>');
}

static uint32_t image_end(const struct md_doc *doc, uint32_t image, uint32_t end)
{
	size_t depth = 0;
	for (uint32_t i = image; i < end; i++) {
		depth += doc->runs[i].kind == MD_IMAGE;
		depth -= doc->runs[i].kind == MD_IMAGE_END && depth > 0;
		if (depth == 0)
			return i;
	}
	return end;
}

/* Returns the run behind the image. */
static uint32_t put_image(struct inline_html *w, uint32_t image, uint32_t end)
{
	const struct md_doc *doc = w->h->doc;
	uint32_t behind = image_end(doc, image, end), link = doc->runs[image].link;
	const struct md_target *t = target_of(w->h, link);
	struct buf words = { 0 };
	md_plain_runs(doc, image + 1, behind, &words);
	if (t) {
		buf_put(w->out, STR("<img"));
		put_attribute(w->out, STR("src"), t->href);
		put_attribute(w->out, STR("alt"), buf_str(&words));
		if (doc->links[link].title.n)
			put_attribute(w->out, STR("title"), doc->links[link].title);
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

static void put_run(struct inline_html *w, const struct md_run *run, uint32_t index)
{
	switch ((enum md_run_kind)run->kind) {
	case MD_TEXT:
	case MD_SOFT:
		buf_text(w->out, run->text);
		break;
	case MD_HARD:
		buf_put(w->out, STR("<br/>"));
		break;
	case MD_CODE_SPAN:
		buf_put(w->out, STR("<code>"));
		buf_text(w->out, run->text);
		buf_put(w->out, STR("</code>"));
		break;
	case MD_FOOTNOTE_REF:
		put_footnote_ref(w, run);
		break;
	case MD_EMPH:
	case MD_STRONG:
	case MD_STRIKE:
	case MD_LINK:
		open_element(w, index);
		break;
	case MD_EMPH_END:
	case MD_STRONG_END:
	case MD_STRIKE_END:
	case MD_LINK_END:
		close_element(w);
		break;
	case MD_IMAGE: /* put_image() wrote it */
	case MD_IMAGE_END:
		break;
	}
}

static bool opens(uint8_t kind)
{
	return kind == MD_EMPH || kind == MD_STRONG || kind == MD_STRIKE || kind == MD_LINK;
}

static bool closes(uint8_t kind)
{
	return kind == MD_EMPH_END || kind == MD_STRONG_END || kind == MD_STRIKE_END || kind == MD_LINK_END;
}

/* A block's runs begin behind a run of an earlier line that is no break. */
static bool begins_block(const struct md_doc *doc, uint32_t i)
{
	const struct md_run *before = &doc->runs[i - 1];
	return before->kind != MD_SOFT && before->kind != MD_HARD && before->line < doc->runs[i].line;
}

/* Opens what was opened before `first` and is not closed yet; returns the first run to write. */
static uint32_t open_earlier(struct inline_html *w, uint32_t first, uint32_t end)
{
	const struct md_doc *doc = w->h->doc;
	uint32_t outer[OPEN_MOST];
	size_t count = 0, closed = 0;
	if (doc->runs[first].depth > 0) {
		for (uint32_t i = first; i-- > 0 && count < OPEN_MOST && !begins_block(doc, i + 1);) {
			closed += closes(doc->runs[i].kind);
			if (opens(doc->runs[i].kind) && closed > 0)
				closed--;
			else if (opens(doc->runs[i].kind))
				outer[count++] = i;
		}
	}
	/* What closes at once would be empty: outer[0] is the innermost. */
	size_t from = 0;
	while (from < count && first < end && closes(doc->runs[first].kind)) {
		first++;
		from++;
	}
	while (count > from)
		open_element(w, outer[--count]);
	return first;
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
			run.text = str_from(run.text, skip);
			skip = 0;
		}
		put_run(&w, &run, i++);
	}
	w.beyond = 0;
	while (w.depth > 0)
		close_element(&w);
}

void md_html_runs(const struct md_html *h, uint32_t first, uint32_t end, struct buf *out)
{
	write_runs(h, first, end, 0, out);
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
	if (ordered)
		buf_format(out, "<ol start=\"%u\">", b->number);
	else if (item)
		buf_put(out, STR("<ul>"));
	write_block(h, piece.block, out);
	if (item)
		buf_put(out, ordered ? STR("</ol>") : STR("</ul>"));
}

void md_html_footnote(const struct md_html *h, uint32_t block, struct str back, struct buf *out)
{
	const struct md_block *note = &h->doc->blocks[block];
	struct str end = STR("</p>");
	size_t start = out->n;
	write_blocks(h, block + 1, note->end, out);
	/* The way back stands in the last paragraph, where there is one. */
	bool inside = str_ends(str_from(buf_str(out), start), end);
	if (inside)
		out->n -= end.n;
	else
		buf_put(out, STR("<p>"));
	buf_put(out, STR(" <a class=\"fnback\" href=\""));
	buf_attribute(out, h->record_url);
	buf_format(out, "#fnref%u\">", note->number);
	buf_text(out, back);
	buf_put(out, STR("</a></p>"));
}
