/*
 * The author's manual is a test: in content/guide/, each block marked `giji` is read as the body of a
 * record, and the block marked `becomes` behind it must be its outline, or the findings it gives.
 * What the examples take for granted is said in the manual's own introduction.
 */
#include "markdown/markdown.h"
#include "minutes/read.h"
#include "outline.h"
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define RECORD "content/kaigi/1.md"

/* What the examples of a page take for granted, as its introduction says. */
struct ground {
	const char *ending; /* of the page's name */
	const char *language, *clerk, *people, *topics, *attendees;
};

static const struct ground grounds[] = {
	{ ".en.md", "en", "Clerk",
		"lee: {name: Susan Lee, labels: [Mayor Lee]}\n"
		"hart: {name: Olivia Hart, labels: [Councillor Hart]}\n"
		"hartley: {name: John Hartley, labels: [Councillor Hartley]}\n"
		"clerk: {name: The Clerk, kind: organization, labels: [Clerk]}\n",
		"budget: {name: Budget}\nsecurity: {name: Information security}\n",
		"attendees: [Mayor Lee, Councillor Hart, Councillor Hartley]\n" },
	{ ".md", "ja", "事務局",
		"oka: {name: 岡, labels: [岡会長]}\n"
		"mori: {name: 森, labels: [森委員]}\n"
		"morimoto: {name: 森本, labels: [森本委員]}\n"
		"jimukyoku: {name: 事務局, kind: organization, labels: [事務局]}\n",
		"budget: {name: 予算}\nsecurity: {name: 情報セキュリティ}\n",
		"attendees: [岡会長, 森委員, 森本委員]\n" },
};
static const char facts[] = "---\ntitle: 例\ndate: 2026-04-01\nstatus: confirmed\n";

struct example {
	struct str path;
	size_t line; /* of the example's first line in its page */
	struct str source, becomes;
};

/* The next fenced block whose info string is `name`, at or after *at. */
static bool next_block(struct str page, struct str name, size_t *at, struct str *inside)
{
	struct buf fence = { 0 };
	buf_format(&fence, "\n```%.*s\n", STR_ARG(name));
	size_t start = str_find(page, buf_str(&fence), *at);
	if (start != SIZE_MAX) {
		start += fence.n;
		size_t end = str_find(page, STR("\n```\n"), start - 1);
		assert_true(end != SIZE_MAX);
		*inside = str_n(page.p + start, end + 1 > start ? end + 1 - start : 0);
		*at = end + 1;
	}
	buf_release(&fence);
	return start != SIZE_MAX;
}

static size_t line_of(struct str page, const char *p)
{
	size_t line = 1;
	for (const char *q = page.p; q < p; q++)
		line += *q == '\n';
	return line;
}

static void put_record(struct buf *out, const struct ground *g, struct str source)
{
	struct str front = STR_NONE, body = source;
	if (str_starts(source, STR("---\n"))) {
		size_t end = str_find(source, STR("\n---\n"), 3);
		front = str_n(source.p + 4, end + 1 - 4);
		body = str_from(source, end + 5);
	}
	buf_put(out, str_c(facts));
	buf_put(out, front);
	if (str_find(front, STR("attendees:"), 0) == SIZE_MAX)
		buf_put(out, str_c(g->attendees));
	buf_put(out, STR("---\n"));
	buf_put(out, body);
}

static void put_findings(struct diags *ds, size_t body_line, struct buf *out)
{
	diags_sort(ds);
	for (size_t i = 0; i < diag_count(ds); i++) {
		const struct finding *f = diag_at(ds, i);
		buf_format(out, "%s[%.*s] %zu:%u\n", diag_level_word(f->level), STR_ARG(diag_code_name(f->code)),
			f->loc.line - body_line + 1, f->loc.column);
	}
}

/* What the example becomes: its findings, or else its outline. */
static void run(const struct ground *g, struct str source, struct buf *out)
{
	struct arena a;
	struct fs fs;
	struct diag_levels levels;
	struct diags ds;
	struct registers registers = { 0 };
	struct settings settings = { .language = str_c(g->language), .timezone = STR("Asia/Tokyo"), .year_starts = 4 };
	struct text_item standing = { .text = str_c(g->clerk) };
	struct body_front body = { .standing_speakers = { &standing, 1 }, .required_given = true };
	struct buf record = { 0 };
	arena_init(&a);
	diag_levels_init(&levels);
	diags_init(&ds, &levels);
	fs_memory_open(&fs);
	put_record(&record, g, source);
	fs_write(&fs, STR("content/people.yml"), str_c(g->people));
	fs_write(&fs, STR("content/topics.yml"), str_c(g->topics));
	fs_write(&fs, STR(RECORD), buf_str(&record));
	assert_true(registers_read(&fs, &a, &registers, &ds));
	struct record_context context = {
		.settings = &settings,
		.registers = &registers,
		.labels = labels_open(&registers, &a),
		.body = &body,
		.now = { 2026, 5, 1 },
	};
	struct content_text text;
	struct content_file file = { .kind = CONTENT_RECORD,
		.path = STR(RECORD),
		.folder = STR("kaigi"),
		.name = STR("1"),
		.language = STR("") };
	if (!content_open(&fs, STR(RECORD), &a, &text, &ds))
		fail_msg("%.*s: %.*s", STR_ARG(buf_str(&record)), STR_ARG(diag_at(&ds, 0)->message));
	struct meeting *m = meeting_read(&text, &file, &context, &a, &ds);
	if (diag_count(&ds))
		put_findings(&ds, text.body_line, out);
	else if (m)
		meeting_outline(m, &registers, out);
	buf_release(&record);
	diags_release(&ds);
	fs_close(&fs);
	arena_release(&a);
}

static size_t run_page(struct fs *fs, struct str path, size_t *wrong)
{
	struct buf page = { 0 };
	size_t count = 0, at = 0;
	struct str source, becomes;
	const struct ground *g = grounds;
	while (!str_ends(path, str_c(g->ending)))
		g++;
	assert_int_equal(fs_read(fs, path, SIZE_MAX, &page), FS_OK);
	while (next_block(buf_str(&page), STR("giji"), &at, &source)) {
		struct buf got = { 0 };
		assert_true(next_block(buf_str(&page), STR("becomes"), &at, &becomes));
		run(g, source, &got);
		count++;
		if (!str_eq(buf_str(&got), becomes)) {
			(*wrong)++;
			print_error("%.*s:%zu: the example becomes\n%.*sbut the manual says\n%.*s\n", STR_ARG(path),
				line_of(buf_str(&page), source.p), STR_ARG(buf_str(&got)), STR_ARG(becomes));
		}
		buf_release(&got);
	}
	buf_release(&page);
	return count;
}

static void every_example_of_the_manual_becomes_what_it_says(void **state)
{
	(void)state;
	struct fs fs;
	struct arena a;
	struct fs_entry *entries;
	size_t pages, written_out = 0, wrong = 0;
	arena_init(&a);
	assert_int_equal(fs_disk_open(&fs, "content/guide", false), FS_OK);
	assert_int_equal(fs_list(&fs, STR(""), &a, &entries, &pages), FS_OK);
	for (size_t i = 0; i < pages; i++)
		if (str_ends(entries[i].name, STR(".md")))
			written_out += run_page(&fs, entries[i].name, &wrong) >= 40;
	assert_int_equal(written_out, 2); /* format.md and format.en.md */
	assert_int_equal(wrong, 0);
	fs_close(&fs);
	arena_release(&a);
}

int main(void)
{
	text_init();
	md_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_example_of_the_manual_becomes_what_it_says) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
