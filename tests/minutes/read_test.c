#include "record.h"

#include "text/words.h"

#define SITES "../shared/sites/"

static void facts_that_a_body_requires_are_missed(void **state)
{
	struct record *r = *state;
	r->required = (struct text_item){ .text = STR("place") };
	r->body.required = (struct texts){ &r->required, 1 };
	record_read(r, "");
	assert_int_equal(diag_count(&r->diags), 1);
	assert_int_equal(diag_at(&r->diags, 0)->code, FACT_MISSING);
}

static void a_meeting_that_was_not_held_has_no_speeches(void **state)
{
	static const char *const statuses[] = { "scheduled", "postponed", "cancelled", "provisional" };
	struct record *r = *state;
	r->settings.language = STR("ja");
	r->body.required_given = true;
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		struct buf bytes = { 0 };
		diags_release(&r->diags);
		diags_init(&r->diags, &r->levels);
		buf_format(&bytes,
			"---\ntitle: 会\ndate: 2026-05-20\nstatus: %s\nattendees: [岡座長]\n---\n【岡座長】話す\n",
			statuses[i]);
		fs_write(&r->fs, STR("content/kaigi/1.md"), buf_str(&bytes));
		buf_release(&bytes);
		assert_non_null(record_open(r, STR("content/kaigi/1.md"), STR("kaigi"), STR("1")));
		bool told = false;
		for (size_t k = 0; k < diag_count(&r->diags); k++)
			told = told || diag_at(&r->diags, k)->code == VALUE_INVALID;
		assert_int_equal(told, i < 3);
	}
}

static void nothing_of_a_closed_meeting_is_read(void **state)
{
	struct record *r = *state;
	r->front = "closed: {reason: 人事}\nsummary: 秘密\ndescription: 秘密\nplace: 秘密\ntime: 14:00\nagenda: [秘密]\n"
		   "documents: [{label: 秘密, file: a.pdf}]\nrecord: b.pdf\nvideo: https://example.jp/himitsu\n"
		   "corrections: [{date: 2026-05-01, at: date, before: 秘密, after: 秘密, reason: 秘密}]\n"
		   "topics: [秘密]\nparams: {a: 秘密}\n";
	const struct meeting *m = record_read(r, "## 秘密\n【岡座長】秘密\n");
	const struct record_front *f = &m->front;
	assert_int_equal(f->summary.n + f->description.n + f->place.n + f->record.n + f->record_path.n + f->video.n, 0);
	assert_int_equal(f->agenda.count + f->documents.count + f->corrections.count + f->topics.count, 0);
	assert_false(f->time_given);
	assert_null(f->params);
	assert_int_equal(m->closed_files.count, 2);
	assert_true(str_eq(m->closed_files.items[0].text, STR("content/kaigi/a.pdf")));
	assert_true(m->withheld);
	assert_int_equal(m->item_count, 1);
	assert_int_equal(m->statement_count + m->speech_count + m->flow_count + m->doc.run_count + m->doc.body.n, 0);
	assert_int_equal(m->present[0].attendee, 0);
	assert_int_equal(m->present[0].registered, 0);
}

static void the_language_is_the_files_or_the_sites(void **state)
{
	struct record *r = *state;
	assert_true(str_eq(record_read(r, "文\n")->language, STR("ja")));
}

/* How many letters and digits. */
static size_t letters(struct str s)
{
	size_t length, count = 0;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		count += point_is_letter(point) || point_is_digit(point);
	}
	return count;
}

static size_t letters_of(const struct md_doc *doc)
{
	size_t count = 0;
	for (size_t i = 0; i < doc->run_count; i++)
		count += letters(doc->runs[i].kind == MD_FOOTNOTE_REF ? STR("") : doc->runs[i].text);
	for (size_t i = 0; i < doc->code_count; i++)
		count += letters(doc->codes[i].text);
	return count;
}

static size_t letters_in_model(const struct meeting *m)
{
	size_t count = 0;
	struct buf words = { 0 };
	for (size_t i = 0; i < m->item_count; i++)
		count += letters(m->items[i].number) + letters(m->items[i].title);
	for (size_t i = 0; i < m->speech_count; i++)
		count += letters(m->speeches[i].label);
	for (size_t i = 0; i < m->callout_count; i++)
		count += letters(m->callouts[i].outcome);
	meeting_words(m, (struct range){ 0, (uint32_t)m->piece_count }, &words);
	count += letters(buf_str(&words));
	buf_release(&words);
	return count;
}

/* The letters of [!decision] and the like, which only say what the rest is. */
static size_t letters_of_names(const struct meeting *m)
{
	static const size_t names[] = { 8, 4, 6, 4, 6, 4, 3, 9, 7, 7 };
	size_t count = 0;
	for (size_t i = 0; i < m->callout_count; i++)
		count += names[m->callouts[i].kind];
	return count;
}

static void no_word_is_lost(struct record *r)
{
	struct md_doc doc = { 0 };
	const struct meeting *m = r->meeting;
	assert_true(md_parse(r->text.body, m->path, r->text.body_line, &r->arena, &doc, &r->diags));
	assert_int_equal(letters_of(&doc), letters_in_model(m) + letters_of_names(m));
}

static bool open_site(struct record *r, const char *path)
{
	fs_close(&r->fs);
	if (fs_disk_open(&r->fs, path, false) == FS_OK)
		return true;
	fs_memory_open(&r->fs);
	print_message("%s is absent: skipped\n", path);
	return false;
}

static void has_topic_only_on(const struct record *r, struct str id, const char *anchors)
{
	const struct meeting *m = r->meeting;
	struct buf found = { 0 };
	for (size_t i = 0; i < m->statement_count; i++)
		for (uint32_t t = m->statements[i].topics.first; t < m->statements[i].topics.end; t++)
			if (str_eq(r->registers.topics[m->topic_refs[t].registered].id, id))
				buf_format(&found, "%.*s ", STR_ARG(m->statements[i].anchor));
	buf_byte(&found, '\0');
	assert_string_equal(found.p, anchors);
	buf_release(&found);
}

static void a_real_japanese_meeting_is_read(void **state)
{
	struct record *r = *state;
	if (!open_site(r, SITES "ict"))
		return;
	struct text_item standing = { .text = STR("事務局") };
	r->settings.language = STR("ja");
	r->body.standing_speakers = (struct texts){ &standing, 1 };
	const struct meeting *m = record_open(r, STR("content/ict-machizukuri/5.md"), STR("ict-machizukuri"), STR("5"));
	size_t said = 0;
	for (size_t i = 0; i < m->statement_count; i++)
		said += m->statements[i].kind == SAID;
	assert_int_equal(m->speech_count, 11);
	assert_int_equal(said, 32);
	assert_true(str_eq(m->speeches[10].anchor, STR("s11")));
	has_topic_only_on(r, STR("common-id"), "s4-5 s5-5 s6-3 s8-1 ");
	assert_int_equal(m->callout_count, 1);
	assert_true(str_eq(m->callouts[0].anchor, STR("d1")) && str_eq(m->callouts[0].outcome, STR("了承")));
	assert_int_equal(m->document_mentions[0].end - m->document_mentions[0].first, 1);
	assert_int_equal(m->document_mentions[3].end - m->document_mentions[3].first, 2);
	assert_int_equal(m->items[2].agenda, 0);
	assert_int_equal(diag_count(&r->diags), 0);
	no_word_is_lost(r);
}

static void no_word_of_real_english_meetings_is_lost(void **state)
{
	struct record *r = *state;
	struct fs_entry *entries;
	size_t count, speeches = 0;
	if (!open_site(r, SITES "rust-council"))
		return;
	r->settings.language = STR("en");
	assert_int_equal(fs_list(&r->fs, STR("content/leadership-council"), &r->arena, &entries, &count), FS_OK);
	for (size_t i = 0; i < count; i++) {
		struct str path = arena_format(&r->arena, "content/leadership-council/%.*s", STR_ARG(entries[i].name));
		if (str_eq(entries[i].name, STR("index.md")))
			continue;
		assert_non_null(record_open(r, path, STR("leadership-council"), str_but(entries[i].name, 3)));
		no_word_is_lost(r);
		speeches += r->meeting->speech_count;
	}
	assert_true(speeches > 2000);
}

static void nothing_hostile_takes_long(void **state)
{
	static const char *const parts[] = { "a: x\n", "【a】\n", "・\n", "> [!closed] x\n", "- a\n", "# 1. #a\n",
		"○a　b　c　d\n", "a/b/c/d/e: f\n", "#a #b #c\n\n", "資料５－９", "> a\nb\n\n", "- > a\n", "(((((",
		"［！", "**a**: ", "a b c:", "[^1]\n" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct record *r;
		struct buf body = { 0 };
		record_setup((void **)&r);
		while (body.n < 100000)
			buf_put(&body, str_c(parts[i]));
		buf_byte(&body, '\0');
		record_read(r, body.p);
		buf_release(&body);
		record_teardown((void **)&r);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(facts_that_a_body_requires_are_missed),
		RECORD_TEST(a_meeting_that_was_not_held_has_no_speeches),
		RECORD_TEST(nothing_of_a_closed_meeting_is_read),
		RECORD_TEST(the_language_is_the_files_or_the_sites),
		RECORD_TEST(a_real_japanese_meeting_is_read),
		RECORD_TEST(no_word_of_real_english_meetings_is_lost),
		RECORD_TEST(nothing_hostile_takes_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
