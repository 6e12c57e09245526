/* bench: a site of one page in memory, with a small view of its own, for the tests of this room. */
#ifndef GIJI_TESTS_RENDER_BENCH_H
#define GIJI_TESTS_RENDER_BENCH_H

#include "markdown/markdown.h"
#include "render/html.h"
#include "render/view.h"
#include "sys/file.h"
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* What `page` shows here, in place of the model. */
struct sample {
	struct str title, nothing, link, nasty;
	bool fine;
	size_t count, rows;
	const struct yaml_node *params;
	struct md_doc doc;
};

struct bench {
	struct fs own, installed;
	struct arena arena;
	struct diags diags;
	struct diag_levels levels;
	struct site site;
	struct page pages[2];
	struct edition edition;
	struct theme *theme;
	struct renderer *renderer;
	struct buf out;
};

static struct sample sample; /* the one page's */

static void push_row(struct engine *e, const void *owner, uint32_t i)
{
	(void)owner;
	lua_pushinteger(e->L, (lua_Integer)i + 1);
}

static void get_rows(struct engine *e, const struct view *v)
{
	const struct sample *s = v->object;
	view_push_list(e, (struct view_list){ .noun = push_row, .count = s->rows });
}

static void get_words(struct engine *e, const struct view *v)
{
	const struct sample *s = v->object;
	html_push(
		e, &(struct html_value){ .kind = HTML_PAGE, .with.doc = &s->doc, .end = (uint32_t)s->doc.block_count });
}

static void get_url(struct engine *e, const struct view *v)
{
	(void)v;
	engine_push(e->L, e->page->url);
}

static void get_self(struct engine *e, const struct view *v)
{
	view_push(e, v->type, v->owner, v->object);
}

static const struct view_field sample_fields[] = {
	VIEW(STR, "title", sample, title),
	VIEW(STR, "nothing", sample, nothing),
	VIEW(STR, "link", sample, link),
	VIEW(STR, "nasty", sample, nasty),
	VIEW(BOOL, "fine", sample, fine),
	VIEW(COUNT, "count", sample, count),
	VIEW(PARAMS, "params", sample, params),
	VIEW_GET("rows", get_rows),
	VIEW_GET("words", get_words),
	VIEW_GET("url", get_url),
	VIEW_GET("self", get_self),
	VIEW_END,
};
static const struct view_type view_sample = VIEW_TYPE("page", sample_fields, sample);

void views_push_page(struct engine *e)
{
	view_push(e, &view_sample, NULL, &sample);
}

void views_push_site(struct engine *e)
{
	view_push(e, &view_sample, NULL, &sample);
}

static inline void bench_file(struct fs *fs, const char *path, const char *words)
{
	assert_int_equal(fs_write(fs, str_c(path), str_c(words)), FS_OK);
}

static inline struct bench *bench_open(void)
{
	struct bench *b = mem_alloc(sizeof *b);
	text_init();
	md_init();
	fs_memory_open(&b->own);
	fs_memory_open(&b->installed);
	arena_init(&b->arena);
	diag_levels_init(&b->levels);
	diags_init(&b->diags, &b->levels);
	bench_file(&b->installed, "themes/default/labels/en.yml",
		"hello: Hello\nnamed: '{name} speaks'\nremarks: '{count, plural, one {# remark} other {# remarks}}'\n"
		"deep: {inside: Within}\n");
	bench_file(&b->installed, "themes/default/assets/style.css", "p {}\n");
	b->edition = (struct edition){ .language = STR("en"), .prefix = STR("") };
	b->site = (struct site){ .pages = b->pages, .page_count = 1, .editions = &b->edition, .edition_count = 1 };
	b->site.settings = (struct settings){
		.theme = STR("default"), .base_path = STR("/kaigi/"), .language = STR("en"), .year_starts = 4
	};
	b->pages[0] = b->pages[1] = (struct page){
		.kind = PAGE_HOME, .url = STR("/kaigi/"), .output = STR("index.html"), .language = STR("en")
	};
	b->pages[1].url = STR("/kaigi/two/");
	sample = (struct sample){ .title = STR("Tea & \"talk\" <1>"),
		.link = STR("/kaigi/a b/?x=1&y=2"),
		.fine = true,
		.count = 3,
		.rows = 3 };
	sample.nasty = STR("\"'><script>alert(1)</script>&amp;");
	sample.params = yaml_read(STR("color: red\nlist: [a, b]\nmap: {x: 1}\nfloat: 1.5\nyes: true\n"),
		STR("site.yml"), 1, &b->arena, &b->diags);
	md_parse(STR("A **bold** word.\n"), STR("content/x.md"), 1, &b->arena, &sample.doc, &b->diags);
	return b;
}

/* Ends rendering, so that changed templates are read. */
static inline void bench_stop(struct bench *b)
{
	if (b->renderer)
		renderer_close(b->renderer);
	if (b->theme)
		theme_release(b->theme);
	b->renderer = NULL;
	b->theme = NULL;
}

static inline void bench_close(struct bench *b)
{
	bench_stop(b);
	buf_release(&b->out);
	fs_close(&b->own);
	fs_close(&b->installed);
	arena_release(&b->arena);
	diags_release(&b->diags);
	free(b);
}

static inline int bench_setup(void **state)
{
	*state = bench_open();
	return 0;
}

static inline int bench_teardown(void **state)
{
	bench_close(*state);
	return 0;
}

#define BENCH_TEST(test) cmocka_unit_test_setup_teardown(test, bench_setup, bench_teardown)

static inline void bench_put(struct bench *b, const char *name, const char *source)
{
	char path[100];
	snprintf(path, sizeof path, "templates/%s.html", name);
	bench_file(&b->own, path, source);
}

static inline bool bench_theme(struct bench *b)
{
	struct theme_files files = { &b->own, &b->installed };
	bench_stop(b);
	b->theme = theme_open(&files, &b->site, &b->arena, &b->diags);
	return b->theme;
}

static inline bool bench_render(struct bench *b, size_t page)
{
	buf_clear(&b->out);
	if (!b->theme && !bench_theme(b))
		return false;
	if (!b->renderer)
		b->renderer = renderer_open(b->theme, &b->site);
	return renderer_page(b->renderer, &b->pages[page], &b->out, &b->diags);
}

/* The page's template is called home; it is read anew. */
static inline bool bench_run(struct bench *b, const char *source)
{
	bench_put(b, "home", source);
	bench_stop(b);
	return bench_render(b, 0);
}

static inline void bench_print(const struct bench *b)
{
	for (size_t i = 0; i < diag_count(&b->diags); i++) {
		const struct finding *f = diag_at(&b->diags, i);
		print_message("%.*s:%u:%u [%.*s] %.*s | %.*s\n", STR_ARG(f->loc.path), f->loc.line, f->loc.column,
			STR_ARG(diag_code_name(f->code)), STR_ARG(f->message), STR_ARG(f->help));
	}
}

static inline void bench_clear(struct bench *b)
{
	diags_release(&b->diags);
	diags_init(&b->diags, &b->levels);
}

/* Exactly one finding, in this template at this place, with these words in its message or help; it is then forgotten. */
static inline bool bench_only(struct bench *b, const char *name, size_t line, size_t column, const char *words)
{
	char path[100];
	snprintf(path, sizeof path, "templates/%s.html", name);
	bool found = false;
	if (diag_count(&b->diags) == 1) {
		const struct finding *f = diag_at(&b->diags, 0);
		bool says = str_find(f->message, str_c(words), 0) != SIZE_MAX ||
			str_find(f->help, str_c(words), 0) != SIZE_MAX;
		found = says && f->loc.line == line && f->loc.column == column && str_eq(f->loc.path, str_c(path));
	}
	if (!found)
		print_message("wanted %s:%zu:%zu 「%s」, found:\n", path, line, column, words);
	if (!found)
		bench_print(b);
	bench_clear(b);
	return found;
}

static inline bool bench_same(struct bench *b, const char *wanted)
{
	bool same = str_eq(buf_str(&b->out), str_c(wanted));
	if (!same)
		print_message("printed 「%.*s」,\n wanted 「%s」\n", STR_ARG(buf_str(&b->out)), wanted);
	return same;
}

/* The template prints this. */
#define assert_prints(b, source, wanted) \
	do { \
		if (!bench_run(b, source)) \
			bench_print(b); \
		assert_int_equal(diag_count(&(b)->diags), 0); \
		assert_true(bench_same(b, wanted)); \
	} while (0)

/* It is refused when the theme is opened, with one finding at this place. */
#define assert_refused(b, source, line, column, words) \
	do { \
		bench_put(b, "home", source); \
		assert_false(bench_theme(b)); \
		assert_true(bench_only(b, "home", line, column, words)); \
	} while (0)

/* It is accepted, and fails when a page is rendered. */
#define assert_fails(b, source, line, column, words) \
	do { \
		bench_put(b, "home", source); \
		if (!bench_theme(b)) \
			bench_print(b); \
		assert_non_null((b)->theme); \
		assert_false(bench_render(b, 0)); \
		assert_true(bench_only(b, "home", line, column, words)); \
	} while (0)

#endif
