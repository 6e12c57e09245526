/* A record in memory, read against a small site: what it becomes, as outline and findings, for the tests of this room. */
#ifndef GIJI_TESTS_MINUTES_RECORD_H
#define GIJI_TESTS_MINUTES_RECORD_H

#include "minutes/read.h"
#include "outline.h"
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What a test may set before it reads. */
struct record {
	const char *people, *topics; /* files, or NULL */
	const char *front;           /* more lines of front matter */
	const char *attendees;       /* the list, as YAML */
	struct fs fs;
	struct arena arena;
	struct diags diags;
	struct diag_levels levels;
	struct settings settings;
	struct registers registers;
	struct body_front body;
	struct text_item standing, required;
	struct content_text text;
	struct meeting *meeting;
	struct buf out;
};

static inline int record_setup(void **state)
{
	struct record *r = mem_alloc(sizeof *r);
	text_init();
	md_init();
	arena_init(&r->arena);
	diag_levels_init(&r->levels);
	diags_init(&r->diags, &r->levels);
	fs_memory_open(&r->fs);
	r->people = "oka: {name: 岡, labels: [岡座長]}\n"
		    "mori: {name: 森, labels: [森委員, 森一郎]}\n"
		    "jimukyoku: {name: 事務局, kind: organization, labels: [事務局]}\n";
	r->attendees = "[岡座長, 森委員, {label: Waldemar Horn, short: WH}, Mayor Lee, Rémy]";
	r->front = "";
	*state = r;
	return 0;
}

static inline int record_teardown(void **state)
{
	struct record *r = *state;
	buf_release(&r->out);
	diags_release(&r->diags);
	fs_close(&r->fs);
	arena_release(&r->arena);
	free(r);
	return 0;
}

#define RECORD_TEST(test) cmocka_unit_test_setup_teardown(test, record_setup, record_teardown)

static inline struct terms *record_terms(struct record *r)
{
	struct buf list = { 0 };
	for (uint32_t i = 0; i < r->registers.topic_count; i++)
		for (size_t k = 0; k < r->registers.topics[i].terms.count; k++)
			*VEC_ADD(&list, struct term) = (struct term){ r->registers.topics[i].terms.items[k].text, i };
	struct terms *terms = terms_open(VEC_AT(&list, struct term), VEC_COUNT(&list, struct term), &r->arena);
	buf_release(&list);
	return terms;
}

/* Reads one file of r->fs. */
static inline struct meeting *record_open(struct record *r, struct str path, struct str folder, struct str name)
{
	assert_true(registers_read(&r->fs, &r->arena, &r->registers, &r->diags));
	struct record_context context = { &r->settings, &r->registers, labels_open(&r->registers, &r->arena),
		record_terms(r), &r->body, { 2026, 5, 1 } };
	struct content_file file = { .kind = CONTENT_RECORD, .path = path, .folder = folder, .name = name };
	if (!content_open(&r->fs, path, &r->arena, &r->text, &r->diags))
		return NULL;
	r->meeting = meeting_read(&r->text, &file, &context, &r->arena, &r->diags);
	return r->meeting;
}

static inline struct meeting *record_read(struct record *r, const char *body)
{
	struct buf bytes = { 0 };
	r->settings.language = STR("ja");
	r->standing.text = STR("説明員");
	if (r->body.standing_speakers.count == 0)
		r->body.standing_speakers = (struct texts){ &r->standing, 1 };
	r->body.required_given = true;
	buf_format(&bytes, "---\ntitle: 第１回会議\ndate: 2026-04-01\n%sattendees: %s\n%s---\n%s",
		strstr(r->front, "status:") ? "" : "status: confirmed\n", r->attendees, r->front, body);
	fs_write(&r->fs, STR("content/kaigi/1.md"), buf_str(&bytes));
	buf_release(&bytes);
	if (r->people)
		fs_write(&r->fs, STR("content/people.yml"), str_c(r->people));
	if (r->topics)
		fs_write(&r->fs, STR("content/topics.yml"), str_c(r->topics));
	return record_open(r, STR("content/kaigi/1.md"), STR("kaigi"), STR("1"));
}

/* The outline, and a line for each finding, with the line counted in the body. */
static inline const char *record_outline(struct record *r)
{
	buf_clear(&r->out);
	if (r->meeting)
		meeting_outline(r->meeting, &r->registers, &r->out);
	diags_sort(&r->diags);
	for (size_t i = 0; i < diag_count(&r->diags); i++) {
		const struct finding *f = diag_at(&r->diags, i);
		long line = f->loc.line >= r->text.body_line ? (long)(f->loc.line - r->text.body_line + 1) : 0;
		buf_format(&r->out, "%s[%.*s] %ld:%u\n", diag_level_word(f->level), STR_ARG(diag_code_name(f->code)), line,
			f->loc.column);
	}
	buf_byte(&r->out, '\0');
	return r->out.p;
}

static inline void becomes(void **state, const char *body, const char *expected)
{
	struct record *r = *state;
	record_read(r, body);
	assert_string_equal(record_outline(r), expected);
}

static inline const char *message(const struct record *r, size_t i)
{
	static char line[1000];
	const struct finding *f = diag_at(&r->diags, i);
	snprintf(line, sizeof line, "%.*s | %.*s", STR_ARG(f->message), STR_ARG(f->help));
	return line;
}

/* Whether words are anywhere in the model that came of a record, or in a finding about it. */
static inline bool is_told(const struct record *r, const char *words)
{
	const struct meeting *m = r->meeting;
	struct str s = str_c(words);
	struct buf all = { 0 };
	for (size_t i = 0; i < m->doc.run_count; i++)
		buf_put(&all, m->doc.runs[i].text);
	for (size_t i = 0; i < m->doc.code_count; i++)
		buf_format(&all, "%.*s%.*s", STR_ARG(m->doc.codes[i].text), STR_ARG(m->doc.codes[i].info));
	for (size_t i = 0; i < m->doc.link_count; i++)
		buf_format(&all, "%.*s%.*s", STR_ARG(m->doc.links[i].target), STR_ARG(m->doc.links[i].title));
	for (size_t i = 0; i < m->topic_ref_count; i++)
		buf_put(&all, m->topic_refs[i].word);
	for (size_t i = 0; i < m->item_count; i++)
		buf_format(&all, "%.*s%.*s", STR_ARG(m->items[i].title), STR_ARG(m->items[i].closed));
	for (size_t i = 0; i < m->speech_count; i++)
		buf_put(&all, m->speeches[i].label);
	for (size_t i = 0; i < m->callout_count; i++)
		buf_put(&all, m->callouts[i].outcome);
	for (size_t i = 0; i < m->vote_line_count; i++)
		buf_format(&all, "%.*s%.*s", STR_ARG(m->vote_lines[i].name), STR_ARG(m->vote_lines[i].words));
	for (size_t i = 0; i < m->named_count; i++)
		buf_put(&all, m->named[i].label);
	for (size_t i = 0; i < m->action_count; i++)
		buf_put(&all, m->actions[i].who);
	for (size_t i = 0; i < m->done_count; i++)
		buf_put(&all, m->dones[i].target);
	for (size_t i = 0; i < diag_count(&r->diags); i++)
		buf_format(&all, "%.*s%.*s", STR_ARG(diag_at(&r->diags, i)->message), STR_ARG(diag_at(&r->diags, i)->help));
	bool told = str_find(buf_str(&all), s, 0) != SIZE_MAX;
	buf_release(&all);
	return told;
}

#endif
