/* Blocks as HTML. They stand in preorder, so that no recursion is needed: a block is closed when
 * the index reaches its end. */
#include "markdown/write.h"

struct block_html {
	const struct md_html *h;
	struct buf *out;
};

static const struct md_block *block_at(const struct block_html *w, uint32_t i)
{
	return &w->h->doc->blocks[i];
}

/* In a tight list the items' own paragraphs are bare words. */
static bool is_bare(const struct block_html *w, const struct md_block *b)
{
	if (b->parent == MD_NONE)
		return false;
	const struct md_block *item = block_at(w, b->parent);
	return item->kind == MD_ITEM && item->parent != MD_NONE && block_at(w, item->parent)->tight;
}

static void open_paragraph(struct block_html *w, uint32_t i)
{
	const struct md_block *b = block_at(w, i);
	bool bare = is_bare(w, b);
	if (!bare)
		buf_put(w->out, STR("<p>"));
	else if (i != b->parent + 1)
		buf_byte(w->out, '\n'); /* it follows a list or code */
	md_html_runs(w->h, b->first_run, b->end_run, w->out);
	buf_put(w->out, bare ? STR("") : STR("</p>"));
}

static struct str first_word(struct str info)
{
	size_t n = 0;
	while (n < info.n && info.p[n] != ' ' && info.p[n] != '\t')
		n++;
	return str_n(info.p, n);
}

/* Can be reached by the keyboard, for it may be wider than the page. */
static void put_code(struct block_html *w, const struct md_block *b)
{
	struct str language = first_word(b->info);
	buf_put(w->out, STR("<pre tabindex=\"0\"><code"));
	if (language.n) {
		buf_put(w->out, STR(" class=\"language-"));
		buf_attribute(w->out, language);
		buf_byte(w->out, '"');
	}
	buf_byte(w->out, '>');
	buf_text(w->out, b->text);
	buf_put(w->out, STR("</code></pre>"));
}

static void open_list(struct block_html *w, const struct md_block *b)
{
	if (!b->ordered)
		buf_put(w->out, STR("<ul>"));
	else if (b->number == 1)
		buf_put(w->out, STR("<ol>"));
	else
		buf_format(w->out, "<ol start=\"%u\">", b->number);
}

/* The first row is the header. */
static void open_row(struct block_html *w, uint32_t i)
{
	const struct md_block *b = block_at(w, i);
	if (b->header)
		buf_put(w->out, STR("<thead>"));
	else if (b->parent != MD_NONE && i == block_at(w, b->parent + 1)->end)
		buf_put(w->out, STR("<tbody>"));
	buf_put(w->out, STR("<tr>"));
}

static void put_cell(struct block_html *w, const struct md_block *b)
{
	static const struct str classes[] = { [MD_ALIGN_NONE] = STR_INIT(""),
		[MD_ALIGN_LEFT] = STR_INIT(" class=\"left\""),
		[MD_ALIGN_CENTER] = STR_INIT(" class=\"center\""),
		[MD_ALIGN_RIGHT] = STR_INIT(" class=\"right\"") };
	buf_put(w->out, b->header ? STR("<th scope=\"col\"") : STR("<td"));
	buf_put(w->out, classes[b->align]);
	buf_byte(w->out, '>');
	md_html_runs(w->h, b->first_run, b->end_run, w->out);
	buf_put(w->out, b->header ? STR("</th>") : STR("</td>"));
}

static void open_block(struct block_html *w, uint32_t i)
{
	const struct md_block *b = block_at(w, i);
	switch (b->kind) {
	case MD_PARAGRAPH:
		open_paragraph(w, i);
		break;
	case MD_HEADING: /* one inside a quote or list: it must not break the page's outline */
		buf_put(w->out, STR("<p><strong>"));
		md_html_runs(w->h, b->first_run, b->end_run, w->out);
		buf_put(w->out, STR("</strong></p>"));
		break;
	case MD_LIST:
		open_list(w, b);
		break;
	case MD_ITEM:
		buf_put(w->out, STR("<li>"));
		break;
	case MD_QUOTE:
		buf_put(w->out, STR("<blockquote>"));
		break;
	case MD_RULE:
		buf_put(w->out, STR("<hr/>"));
		break;
	case MD_CODE:
		put_code(w, b);
		break;
	case MD_TABLE:
		buf_put(w->out, STR("<table>"));
		break;
	case MD_ROW:
		open_row(w, i);
		break;
	case MD_CELL:
		put_cell(w, b);
		break;
	case MD_FOOTNOTE: /* left out: md_html_footnote() writes it */
		break;
	}
}

static void close_block(struct block_html *w, uint32_t i)
{
	const struct md_block *b = block_at(w, i);
	bool has_body = b->kind == MD_TABLE && i + 1 < b->end && block_at(w, i + 1)->end < b->end;
	if (b->kind == MD_LIST)
		buf_put(w->out, b->ordered ? STR("</ol>") : STR("</ul>"));
	else if (b->kind == MD_ITEM)
		buf_put(w->out, STR("</li>"));
	else if (b->kind == MD_QUOTE)
		buf_put(w->out, STR("</blockquote>"));
	else if (b->kind == MD_TABLE)
		buf_put(w->out, has_body ? STR("</tbody></table>") : STR("</table>"));
	else if (b->kind == MD_ROW)
		buf_put(w->out, b->header ? STR("</tr></thead>") : STR("</tr>"));
	if (b->parent == MD_NONE)
		buf_byte(w->out, '\n');
}

bool write_skips(const struct md_block *b)
{
	return b->kind == MD_FOOTNOTE;
}

void write_block(const struct md_html *h, uint32_t block, struct buf *out)
{
	struct block_html w = { .h = h, .out = out };
	uint32_t i = block, end = h->doc->blocks[block].end;
	if (write_skips(&h->doc->blocks[block]))
		return;
	do {
		open_block(&w, i++);
		/* Close what ends here, from the innermost outwards. */
		for (uint32_t k = i - 1; k != MD_NONE && k >= block && block_at(&w, k)->end == i;) {
			close_block(&w, k);
			k = block_at(&w, k)->parent;
		}
	} while (i < end);
}

void write_blocks(const struct md_html *h, uint32_t first, uint32_t end, struct buf *out)
{
	for (uint32_t i = first; i < end; i = h->doc->blocks[i].end)
		write_block(h, i, out);
}
