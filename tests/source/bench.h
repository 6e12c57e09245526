/* bench: a small site in memory, its arena and findings, for the tests of this room. */
#ifndef GIJI_TESTS_SOURCE_BENCH_H
#define GIJI_TESTS_SOURCE_BENCH_H

#include "source/content.h"
#include "source/front.h"
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct bench {
	struct fs fs;
	struct arena arena;
	struct diags diags;
	struct diag_levels levels;
};

static inline struct bench *bench_open(void)
{
	struct bench *b = mem_alloc(sizeof *b);
	text_init();
	fs_memory_open(&b->fs);
	arena_init(&b->arena);
	diag_levels_init(&b->levels);
	diags_init(&b->diags, &b->levels);
	return b;
}

static inline void bench_close(struct bench *b)
{
	fs_close(&b->fs);
	arena_release(&b->arena);
	diags_release(&b->diags);
	free(b);
}

/* For tests that begin with nothing: state is a bench. */
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

static inline void bench_put(struct bench *b, const char *path, const char *words)
{
	assert_int_equal(fs_write(&b->fs, str_c(path), str_c(words)), FS_OK);
}

static inline struct reading bench_reading(struct bench *b, const char *path)
{
	return (struct reading){ .path = str_c(path), .arena = &b->arena, .diags = &b->diags };
}

static inline const struct yaml_node *bench_yaml(struct bench *b, const char *words)
{
	return yaml_read(str_c(words), STR("test.yml"), 1, &b->arena, &b->diags);
}

static inline void bench_print(const struct bench *b)
{
	for (size_t i = 0; i < diag_count(&b->diags); i++) {
		const struct finding *f = diag_at(&b->diags, i);
		print_message("%.*s:%u:%u+%u [%.*s] %.*s | %.*s\n", STR_ARG(f->loc.path), f->loc.line, f->loc.column,
			f->loc.width, STR_ARG(diag_code_name(f->code)), STR_ARG(f->message), STR_ARG(f->help));
	}
}

static inline void bench_clear(struct bench *b)
{
	diags_release(&b->diags);
	diags_init(&b->diags, &b->levels);
}

#define assert_sound(b) \
	do { \
		if (diag_count(&(b)->diags)) \
			bench_print(b); \
		assert_int_equal(diag_count(&(b)->diags), 0); \
	} while (0)

#define assert_text(given, words) \
	do { \
		struct str given_ = (given); \
		if (!str_eq(given_, str_c(words))) \
			print_message("「%.*s」, wanted 「%s」\n", STR_ARG(given_), words); \
		assert_true(str_eq(given_, str_c(words))); \
	} while (0)

/* Is there this finding, at this place, with these words in its message or help? */
static inline bool bench_found(
	const struct bench *b, enum diag_code code, size_t line, size_t column, size_t width, const char *words)
{
	for (size_t i = 0; i < diag_count(&b->diags); i++) {
		const struct finding *f = diag_at(&b->diags, i);
		bool says = str_find(f->message, str_c(words), 0) != SIZE_MAX ||
			str_find(f->help, str_c(words), 0) != SIZE_MAX;
		if (f->code == code && f->loc.line == line && f->loc.column == column && f->loc.width == width && says)
			return true;
	}
	bench_print(b);
	return false;
}

#define assert_found(b, code, line, column, width, words) assert_true(bench_found(b, code, line, column, width, words))

/* The same, and nothing else; the findings are then forgotten. */
#define assert_only(b, code, line, column, width, words) \
	do { \
		assert_found(b, code, line, column, width, words); \
		if (diag_count(&(b)->diags) != 1) \
			bench_print(b); \
		assert_int_equal(diag_count(&(b)->diags), 1); \
		bench_clear(b); \
	} while (0)

#define assert_date(dated, year_, month_, day_) \
	assert_true((dated).date.year == (year_) && (dated).date.month == (month_) && (dated).date.day == (day_))

#endif
