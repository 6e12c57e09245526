/*
 * Any bytes as Markdown: parsed, walked, written as plain words and as HTML. What must hold whatever they
 * are: runs and blocks nest, HTML is balanced, and no private mark or control character gets out.
 */
#include "markdown/html.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_bytes(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		must(c >= ' ' || c == '\n' || c == '\t' || c == '\r');
		bool mark = c == 0xef && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xb7 &&
			(unsigned char)s.p[i + 2] >= 0x90 && (unsigned char)s.p[i + 2] < 0xb0;
		must(!mark);
	}
}

static struct str tag_name(struct str tag)
{
	size_t n = 0;
	while (n < tag.n && tag.p[n] != ' ' && tag.p[n] != '/' && tag.p[n] != '>')
		n++;
	return str_n(tag.p, n);
}

static void check_html(struct str html)
{
	struct buf open = { 0 };
	check_bytes(html);
	for (size_t at = 0; (at = str_find_byte(html, '<', at)) != SIZE_MAX;) {
		size_t end = str_find_byte(html, '>', at);
		must(end != SIZE_MAX);
		struct str tag = str_n(html.p + at + 1, end - at - 1);
		must(tag.n > 0);
		if (tag.p[0] == '/') {
			must(open.n > 0);
			open.n -= sizeof(struct str);
			must(str_eq(*(struct str *)(void *)(open.p + open.n), tag_name(str_from(tag, 1))));
		} else if (tag.p[tag.n - 1] != '/') {
			*VEC_ADD(&open, struct str) = tag_name(tag);
		}
		at = end + 1;
	}
	must(open.n == 0);
	buf_release(&open);
}

static void check_blocks(const struct md_doc *doc)
{
	for (uint32_t i = 0; i < doc->block_count; i++) {
		const struct md_block *b = &doc->blocks[i];
		must(b->end > i && b->end <= doc->block_count);
		must(b->parent == MD_NONE || (b->parent < i && b->end <= doc->blocks[b->parent].end));
		must(b->first_run <= b->end_run && b->end_run <= doc->run_count);
		must(b->line >= doc->first_line && b->end_line >= b->line);
		must(b->kind != MD_CODE || b->number < doc->code_count);
	}
	for (size_t i = 0; i < doc->code_count; i++)
		check_bytes(doc->codes[i].text);
	for (size_t i = 0; i < doc->run_count; i++) {
		const struct md_run *run = &doc->runs[i];
		must(run->line >= doc->first_line);
		must((run->kind != MD_LINK && run->kind != MD_IMAGE) || run->link < doc->link_count);
		check_bytes(run->text);
	}
}

static void write_all(const struct md_html *h, struct buf *out)
{
	const struct md_doc *doc = h->doc;
	md_html_page(h, 0, (uint32_t)doc->block_count, out);
	for (uint32_t i = 0; i < doc->block_count; i++) {
		const struct md_block *b = &doc->blocks[i];
		if (b->kind == MD_FOOTNOTE)
			md_html_footnote(h, i, STR("back"), out);
		else if (b->parent == MD_NONE)
			md_html_piece(h, (struct md_piece){ i, 0, 0 }, out);
		/* As minutes cuts it: each line by itself. */
		for (uint32_t k = b->first_run, first = k; k < b->end_run && b->kind == MD_PARAGRAPH; k++) {
			if (doc->runs[k].kind != MD_SOFT && k + 1 < b->end_run)
				continue;
			md_html_piece(h, (struct md_piece){ i, first, k + 1 }, out);
			first = k + 1;
		}
	}
}

/* As `source` reads files: what is no text of UTF-8 never comes to md_parse(). */
static bool read_text(struct str bytes, struct str *body)
{
	size_t length;
	for (size_t at = 0; at < bytes.n; at += length) {
		uint32_t point = str_point(bytes, at, &length);
		if ((point == 0xfffd && length == 1) || (point < ' ' && point != '\n' && point != '\t') ||
			(point >= 0x7f && point < 0xa0) || (point >= 0xfdd0 && point < 0xfdf0) ||
			(point & 0xfffe) == 0xfffe)
			return false;
	}
	*body = bytes;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	if (!ready) {
		text_init();
		md_init();
		ready = true;
	}
	struct diag_levels levels;
	struct diags ds;
	struct arena a;
	struct md_doc doc;
	struct str body;
	diag_levels_init(&levels);
	diags_init(&ds, &levels);
	arena_init(&a);
	if (read_text(str_n((const char *)data, size), &body) && md_parse(body, STR("fuzz.md"), 3, &a, &doc, &ds)) {
		struct buf out = { 0 };
		struct md_target *targets = ARENA_ARRAY(&a, struct md_target, doc.link_count);
		for (size_t i = 0; i < doc.link_count; i += 2)
			targets[i].href = doc.links[i].target;
		struct md_html h = { .doc = &doc, .targets = targets, .record_url = STR("/x/"), .home = true };
		check_blocks(&doc);
		write_all(&h, &out);
		check_html(buf_str(&out));
		buf_clear(&out);
		for (uint32_t i = 0; i < doc.block_count; i = doc.blocks[i].end)
			md_plain(&doc, (struct md_piece){ i, 0, 0 }, &out);
		check_bytes(buf_str(&out));
		buf_release(&out);
	}
	arena_release(&a);
	diags_release(&ds);
	return 0;
}
