/*
 * CommonMark's own examples: where none of giji's conventions applies, our HTML has the content of
 * cmark's, the same elements around the same words.
 *
 * The examples are not part of giji. They are read from GIJI_COMMONMARK_SPEC, or from the npm package
 * commonmark-spec, which tests/browser/package.json installs; without them this test is skipped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markdown/html.h"
#include "markdown/scheme.h"
#include "text/fold.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef GIJI_ROOT
#define GIJI_ROOT "."
#endif

enum { OPTIONS = CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8 };

static cmark_node *parse(struct str text)
{
	cmark_parser *parser = cmark_parser_new(OPTIONS);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, text.p, text.n);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

/* An underlined heading, or one inside a quote or list, where giji writes none. */
static bool is_heading_of_ours(cmark_node *node, struct str text)
{
	struct str line = text, rest = text;
	for (int i = 0; i < cmark_node_get_start_line(node); i++)
		line = str_cut(&rest, STR("\n"));
	return str_trim_start(line).p[0] != '#' || cmark_node_get_type(cmark_node_parent(node)) != CMARK_NODE_DOCUMENT;
}

static bool node_has_convention(cmark_node *node, struct str text)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
	case CMARK_NODE_FOOTNOTE_DEFINITION:
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		return true;
	case CMARK_NODE_HEADING:
		return is_heading_of_ours(node, text);
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		return !scheme_is_allowed(str_c(cmark_node_get_url(node)));
	default:
		return false;
	}
}

static bool has_convention(cmark_node *root, struct str text)
{
	cmark_iter *iter = cmark_iter_new(root);
	bool found = str_find(text, STR("[["), 0) != SIZE_MAX || str_find(text, STR("<!--"), 0) != SIZE_MAX;
	while (!found && cmark_iter_next(iter) != CMARK_EVENT_DONE)
		found = node_has_convention(cmark_iter_get_node(iter), text);
	cmark_iter_free(iter);
	return found;
}

static void put_text(struct buf *out, struct str html, bool verbatim)
{
	static const struct {
		struct str entity;
		char c;
	} entities[] = { { STR_INIT("&amp;"), '&' }, { STR_INIT("&lt;"), '<' }, { STR_INIT("&gt;"), '>' },
		{ STR_INIT("&quot;"), '"' } };
	while (html.n) {
		char c = html.p[0];
		size_t length = 1;
		for (size_t i = 0; i < 4; i++) {
			if (str_starts(html, entities[i].entity)) {
				c = entities[i].c;
				length = entities[i].entity.n;
			}
		}
		bool space = !verbatim && (c == ' ' || c == '\n');
		if (!space || (out->n && out->p[out->n - 1] != ' ' && out->p[out->n - 1] != '>'))
			buf_byte(out, space ? ' ' : c);
		html = str_from(html, length);
	}
}

static void trim(struct buf *out)
{
	while (out->n && (out->p[out->n - 1] == ' ' || out->p[out->n - 1] == '\n'))
		out->n--;
}

/* Element names and words; attributes, the level of headings and white space that means nothing are dropped. */
static void normalise(struct str html, struct buf *out)
{
	bool verbatim = false;
	while (html.n) {
		size_t tag = str_find_byte(html, '<', 0);
		put_text(out, str_n(html.p, tag == SIZE_MAX ? html.n : tag), verbatim);
		if (tag == SIZE_MAX)
			break;
		html = str_from(html, tag + 1);
		size_t end = 0, name = html.p[0] == '/';
		for (bool quoted = false; end < html.n && (quoted || html.p[end] != '>'); end++)
			quoted ^= html.p[end] == '"';
		while (name < end && html.p[name] != ' ' && html.p[name] != '/')
			name++;
		struct str tag_name = str_n(html.p, name);
		bool is_inline = str_eq(tag_name, STR("em")) || str_eq(tag_name, STR("strong")) ||
			str_eq(tag_name, STR("a")) || str_eq(tag_name, STR("code")) || str_eq(tag_name, STR("/em")) ||
			str_eq(tag_name, STR("/strong")) || str_eq(tag_name, STR("/a")) ||
			str_eq(tag_name, STR("/code")) || str_eq(tag_name, STR("img"));
		if (!is_inline)
			trim(out);
		if (tag_name.n > 1 && tag_name.p[tag_name.n - 2] == 'h' && tag_name.p[tag_name.n - 1] != 'r')
			tag_name.n--;
		buf_byte(out, '<');
		buf_put(out, tag_name);
		buf_byte(out, is_inline ? '|' : '>');
		verbatim = str_eq(tag_name, STR("pre")) || (verbatim && !str_eq(tag_name, STR("/pre")));
		html = str_from(html, end + 1);
	}
	trim(out);
}

static bool our_html(struct str text, struct buf *out)
{
	struct diag_levels levels;
	struct diags ds;
	struct arena a;
	struct md_doc doc;
	bool refused = false;
	diag_levels_init(&levels);
	diags_init(&ds, &levels);
	arena_init(&a);
	assert_true(md_parse(text, STR("spec.md"), 1, &a, &doc, &ds));
	for (size_t i = 0; i < diag_count(&ds); i++)
		refused = refused || diag_at(&ds, i)->code == ENCODING;
	struct md_target *targets = ARENA_ARRAY(&a, struct md_target, doc.link_count);
	for (size_t i = 0; i < doc.link_count; i++)
		targets[i].href = doc.links[i].target.p ? doc.links[i].target : STR("");
	struct md_html h = { .doc = &doc, .targets = targets };
	md_html_page(&h, 0, (uint32_t)doc.block_count, out);
	arena_release(&a);
	diags_release(&ds);
	return !refused;
}

static size_t compared, different;

static void compare_example(struct str text, int number)
{
	cmark_node *root = parse(text);
	struct buf ours = { 0 }, a = { 0 }, b = { 0 };
	if (!has_convention(root, text) && our_html(text, &ours)) {
		char *theirs = cmark_render_html(root, OPTIONS, NULL);
		normalise(buf_str(&ours), &a);
		normalise(str_c(theirs), &b);
		compared++;
		if (!str_eq(buf_str(&a), buf_str(&b))) {
			different++;
			printf("example %d\n%.*s\nours:   %.*s\ncmark:  %.*s\n", number, STR_ARG(text),
				STR_ARG(buf_str(&a)), STR_ARG(buf_str(&b)));
		}
		free(theirs);
	}
	buf_release(&ours);
	buf_release(&a);
	buf_release(&b);
	cmark_node_free(root);
}

static bool read_spec(struct buf *spec)
{
	const char *named = getenv("GIJI_COMMONMARK_SPEC");
	FILE *f = fopen(named ? named : GIJI_ROOT "/tests/browser/node_modules/commonmark-spec/spec.txt", "r");
	if (!f)
		return false;
	buf_reserve(spec, 1 << 20);
	spec->n = fread(spec->p, 1, spec->size, f);
	fclose(f);
	return true;
}

/* In spec.txt a tab is written →. */
static void with_tabs(struct str s, struct buf *out)
{
	while (s.p) {
		buf_put(out, str_cut(&s, STR("→")));
		if (s.p)
			buf_byte(out, '\t');
	}
}

static void content_equals_cmark_where_no_convention_applies(void **state)
{
	(void)state;
	struct buf spec = { 0 }, example = { 0 };
	struct str fence = STR("\n```````````````````````````````` example\n"), end = STR("\n.\n");
	if (!read_spec(&spec)) {
		print_message("skipped: no CommonMark examples (set GIJI_COMMONMARK_SPEC, or npm install in "
			      "tests/browser)\n");
		skip();
	}
	int number = 0;
	for (size_t at = 0; (at = str_find(buf_str(&spec), fence, at)) != SIZE_MAX;) {
		at += fence.n - 1; /* an empty example ends at once */
		size_t stop = str_find(buf_str(&spec), end, at);
		assert_true(stop != SIZE_MAX);
		buf_clear(&example);
		with_tabs(str_n(spec.p + at + 1, stop - at), &example);
		compare_example(buf_str(&example), ++number);
		at = stop;
	}
	printf("%d examples, %zu compared, %zu differ\n", number, compared, different);
	assert_true(number > 600);
	assert_true(compared > 500);
	assert_int_equal(different, 0);
	buf_release(&spec);
	buf_release(&example);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(content_equals_cmark_where_no_convention_applies) };
	text_init();
	md_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
