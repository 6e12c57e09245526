/* A small site in memory, built for one test. */
#ifndef GIJI_TESTS_SITE_SCENE_H
#define GIJI_TESTS_SITE_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "site/site.h"
#include "text/fold.h"

struct scene {
	struct fs fs;
	struct arena arena;
	struct diag_levels levels;
	struct diags diags;
	struct site_options options;
	struct site *site;
};

static inline void put(struct scene *s, const char *path, const char *text)
{
	assert_int_equal(fs_write(&s->fs, str_c(path), str_c(text)), FS_OK);
}

/* A site of 2024-06-01 whose records need no more than a date. */
static inline void set(struct scene *s)
{
	*s = (struct scene){ 0 };
	fs_memory_open(&s->fs);
	arena_init(&s->arena);
	diag_levels_init(&s->levels);
	s->levels.of[UNSTAMPED] = s->levels.of[TRANSLATION_DIFFERS] = DIAG_OFF; /* no test is about that */
	diags_init(&s->diags, &s->levels);
	s->options = (struct site_options){ .base_url = STR(""), .now = { 2024, 6, 1 }, .workers = 2, .levels = &s->levels };
	put(s, "site.yml", "title: 会議\nbase_url: https://example.jp/kaigi/\nlanguage: ja\n");
	put(s, "content/index.md", "---\ntitle: ようこそ\n---\n");
}

static inline void put_body(struct scene *s, const char *folder, const char *more)
{
	struct str path = arena_format(&s->arena, "content/%s/index.md", folder);
	struct str text = arena_format(&s->arena, "---\ntitle: %s会\nrequired: [date]\n%s---\n", folder, more);
	assert_int_equal(fs_write(&s->fs, path, text), FS_OK);
}

/* A confirmed record; `more` is further front matter, `words` the body. */
static inline void put_record(struct scene *s, const char *path, const char *date, const char *more, const char *words)
{
	const char *status = strstr(more, "status:") ? "" : "status: confirmed\n";
	struct str text = arena_format(&s->arena, "---\ntitle: 会議\ndate: %s\n%s%s---\n\n%s\n", date, status, more, words);
	assert_int_equal(fs_write(&s->fs, str_c(path), text), FS_OK);
}

static inline void build(struct scene *s)
{
	s->site = site_load(&s->fs, &s->options, &s->diags);
	assert_non_null(s->site);
}

static inline void strike(struct scene *s)
{
	site_release(s->site);
	diags_release(&s->diags);
	arena_release(&s->arena);
	fs_close(&s->fs);
}

static inline const struct finding *find_finding(const struct scene *s, enum diag_code code)
{
	for (size_t i = 0; i < diag_count(&s->diags); i++)
		if (diag_at(&s->diags, i)->code == code)
			return diag_at(&s->diags, i);
	return NULL;
}

/* Exactly one finding of the code, at this place, whose words and help hold `words`. */
static inline void expect_finding(const struct scene *s, enum diag_code code, const char *path, uint32_t line, const char *words)
{
	size_t count = 0;
	for (size_t i = 0; i < diag_count(&s->diags); i++)
		count += diag_at(&s->diags, i)->code == code;
	assert_int_equal(count, 1);
	const struct finding *f = find_finding(s, code);
	assert_true(str_eq(f->loc.path, str_c(path)));
	assert_int_equal(f->loc.line, line);
	assert_true(str_find(f->message, str_c(words), 0) != SIZE_MAX || str_find(f->help, str_c(words), 0) != SIZE_MAX);
}

static inline void expect_clean(const struct scene *s)
{
	for (size_t i = 0; i < diag_count(&s->diags); i++) {
		const struct finding *f = diag_at(&s->diags, i);
		print_message("%.*s:%u: %.*s\n", STR_ARG(f->loc.path), f->loc.line, STR_ARG(f->message));
	}
	assert_int_equal(diag_count(&s->diags), 0);
}

static inline const struct page *find_page(const struct scene *s, const char *output)
{
	for (size_t i = 0; i < s->site->page_count; i++)
		if (str_eq(s->site->pages[i].output, str_c(output)))
			return &s->site->pages[i];
	return NULL;
}

static inline uint32_t find_meeting(const struct scene *s, const char *path)
{
	for (uint32_t i = 0; i < s->site->meeting_count; i++)
		if (str_eq(s->site->meetings[i]->path, str_c(path)))
			return i;
	return NONE;
}

static inline uint32_t find_person(const struct scene *s, const char *id)
{
	for (uint32_t i = 0; i < s->site->person_count; i++)
		if (str_eq(s->site->people[i].id, str_c(id)))
			return i;
	return NONE;
}

static inline uint32_t find_topic(const struct scene *s, const char *id)
{
	for (uint32_t i = 0; i < s->site->topic_count; i++)
		if (str_eq(s->site->topics[i].id, str_c(id)))
			return i;
	return NONE;
}

#define expect_str(s, text) assert_string_equal(arena_c(&scene.arena, (s)), (text))

#define SCENE           \
	struct scene scene; \
	(void)state;        \
	set(&scene)

static inline int run_scenes(const struct CMUnitTest *tests, size_t count)
{
	text_init();
	md_init();
	return _cmocka_run_group_tests("site", tests, count, NULL, NULL);
}
#define RUN_SCENES(tests) run_scenes(tests, sizeof(tests) / sizeof *(tests))

#endif
