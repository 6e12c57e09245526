/* What the tests of this room share: Markdown in, HTML, plain words and findings out. */
#ifndef GIJI_TESTS_MARKDOWN_CASE_H
#define GIJI_TESTS_MARKDOWN_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markdown/html.h"
#include "text/fold.h"

#include <string.h>

struct md_case {
	struct arena arena;
	struct diag_levels levels;
	struct diags ds;
	struct md_doc doc;
	struct md_html html;
	bool parsed;
};

static inline void case_open(struct md_case *c, const char *text)
{
	diag_levels_init(&c->levels);
	diags_init(&c->ds, &c->levels);
	arena_init(&c->arena);
	c->parsed = md_parse(str_c(text), STR("a.md"), 1, &c->arena, &c->doc, &c->ds);
	struct md_target *targets = ARENA_ARRAY(&c->arena, struct md_target, c->doc.link_count);
	for (size_t i = 0; i < c->doc.link_count; i++)
		targets[i].href = c->doc.links[i].target;
	c->html = (struct md_html){ .doc = &c->doc, .targets = targets, .record_url = STR("/r/"), .home = true };
}

static inline void case_close(struct md_case *c)
{
	arena_release(&c->arena);
	diags_release(&c->ds);
}

/* Ends buf in NUL, without the newline behind the last block. */
static inline const char *case_text(struct buf *b)
{
	while (b->n && b->p[b->n - 1] == '\n')
		b->n--;
	buf_byte(b, '\0');
	b->n--;
	return b->p;
}

static inline void assert_html(const char *text, const char *expected)
{
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, text);
	assert_true(c.parsed);
	md_html_page(&c.html, 0, (uint32_t)c.doc.block_count, &out);
	assert_string_equal(case_text(&out), expected);
	buf_release(&out);
	case_close(&c);
}

static inline void assert_plain(const char *text, const char *expected)
{
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, text);
	for (uint32_t i = 0; i < c.doc.block_count; i = c.doc.blocks[i].end) {
		if (out.n)
			buf_put(&out, STR(" / "));
		md_plain(&c.doc, (struct md_piece){ i, 0, 0 }, &out);
	}
	assert_string_equal(case_text(&out), expected);
	buf_release(&out);
	case_close(&c);
}

/* Findings as "code:line:column", parted by spaces. */
static inline void assert_findings(const char *text, const char *expected)
{
	struct md_case c;
	struct buf out = { 0 };
	case_open(&c, text);
	for (size_t i = 0; i < diag_count(&c.ds); i++) {
		const struct finding *f = diag_at(&c.ds, i);
		struct str code = diag_code_name(f->code);
		buf_format(&out, "%s%.*s:%u:%u", i ? " " : "", STR_ARG(code), f->loc.line, f->loc.column);
	}
	assert_string_equal(case_text(&out), expected);
	buf_release(&out);
	case_close(&c);
}

static inline int case_run(const struct CMUnitTest *tests, size_t count, const char *name)
{
	text_init();
	md_init();
	return _cmocka_run_group_tests(name, tests, count, NULL, NULL);
}
#define CASE_RUN(tests) case_run(tests, sizeof(tests) / sizeof *(tests), #tests)

#endif
