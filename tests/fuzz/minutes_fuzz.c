/* A record of any bytes is read, its outline and its pages' pieces are written: nothing crashes, and every range of the
 * model lies where model.h says. */
#include "markdown/html.h"
#include "../minutes/outline.h"
#include "minutes/read.h"
#include "text/fold.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct str path = STR_INIT("content/kaigi/1.md");

static void demand(bool promise)
{
	if (!promise)
		abort();
}

static void within(struct range r, size_t count)
{
	demand(r.first <= r.end && r.end <= count);
}

static void check(const struct meeting *m)
{
	uint32_t flow = 0;
	demand(m->item_count >= 1 && m->items[0].flow == 0);
	for (size_t i = 0; i < m->item_count; i++) {
		demand(m->items[i].flow == flow && m->items[i].flow_end >= flow);
		flow = m->items[i].flow_end;
		within(m->items[i].topics, m->topic_ref_count);
		demand(m->items[i].title_run <= m->doc.run_count);
	}
	demand(flow == m->flow_count);
	for (size_t i = 0; i < m->speech_count; i++) {
		within((struct range){ m->speeches[i].flow, m->speeches[i].flow_end }, m->flow_count);
		within(m->speeches[i].voices, m->voice_count);
	}
	for (size_t i = 0; i < m->statement_count; i++) {
		within(m->statements[i].pieces, m->piece_count);
		within(m->statements[i].topics, m->topic_ref_count);
		demand(m->statements[i].pieces.first < m->statements[i].pieces.end);
		demand((m->statements[i].kind == SAID) == (m->statements[i].anchor.p[0] == 's'));
	}
	for (size_t i = 0; i < m->callout_count; i++) {
		within(m->callouts[i].pieces, m->piece_count);
		demand(m->callouts[i].kind != CALLOUT_CLOSED ||
			m->callouts[i].pieces.first == m->callouts[i].pieces.end);
	}
	for (size_t i = 0; i < m->piece_count; i++) {
		within((struct range){ m->pieces[i].first, m->pieces[i].end }, m->doc.run_count);
		demand(m->pieces[i].block < m->doc.block_count);
	}
}

static void print(const struct meeting *m, const struct registers *r)
{
	struct buf out = { 0 };
	struct md_html html = { .doc = &m->doc, .record_url = STR("/") };
	meeting_outline(m, r, &out);
	for (size_t i = 0; i < m->piece_count; i++)
		md_html_piece(&html, m->pieces[i], &out);
	for (size_t i = 0; i < m->footnote_count; i++)
		md_html_footnote(&html, m->footnotes[i].block, STR("back"), &out);
	buf_release(&out);
}

static void read_record(struct fs *fs, struct arena *a, struct diags *ds)
{
	struct registers registers = { 0 };
	struct settings settings = { .language = STR("ja") };
	struct body_front body = { 0 };
	struct content_text text;
	struct content_file file = { .kind = CONTENT_RECORD, .path = path, .folder = STR("kaigi"), .name = STR("1") };
	struct term terms[] = { { STR("予算"), 0 }, { STR("ID"), 1 } };
	demand(registers_read(fs, a, &registers, ds));
	struct record_context context = { &settings, &registers, labels_open(&registers, a), terms_open(terms, 2, a),
		&body, { 2026, 5, 1 } };
	if (!content_open(fs, path, a, &text, ds))
		return;
	const struct meeting *m = meeting_read(&text, &file, &context, a, ds);
	demand(m || ds->errors > 0);
	if (!m)
		return;
	check(m);
	print(m, &registers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str front = STR_INIT("---\ntitle: 会議\ndate: 2026-04-01\nstatus: confirmed\n"
						 "attendees: [岡座長, 森委員, {label: Waldemar Horn, short: WH}]\n"
						 "documents: [{label: 資料５－１}]\nagenda: [予算について]\n---\n");
	struct fs fs;
	struct arena arena;
	struct diags diags;
	struct diag_levels levels;
	struct buf bytes = { 0 };
	text_init();
	md_init();
	diag_levels_init(&levels);
	diags_init(&diags, &levels);
	arena_init(&arena);
	fs_memory_open(&fs);
	/* Most inputs are bodies; those that bring front matter of their own are taken whole. */
	if (size < 4 || data[0] != '-')
		buf_put(&bytes, front);
	buf_put(&bytes, str_n((const char *)data, size));
	demand(fs_write(&fs, path, buf_str(&bytes)) == FS_OK);
	demand(fs_write(&fs, STR("content/people.yml"), STR("oka: {name: 岡, labels: [岡座長]}\n")) == FS_OK);
	demand(fs_write(&fs, STR("content/topics.yml"), STR("a: {name: 予算}\nb: {name: ID}\n")) == FS_OK);
	read_record(&fs, &arena, &diags);
	buf_release(&bytes);
	fs_close(&fs);
	arena_release(&arena);
	diags_release(&diags);
	return 0;
}
