#include "bench.h"

#include <stdlib.h>

static struct record_front f;

static bool read_as(struct bench *b, const char *path, const char *words)
{
	struct reading r = bench_reading(b, path);
	const struct yaml_node *node = yaml_read(str_c(words), r.path, 1, &b->arena, &b->diags);
	return node && record_front_read(node, STR("content/ict"), &f, &r);
}

static bool read(struct bench *b, const char *words)
{
	return read_as(b, "content/ict/5.md", words);
}

/* Three lines; what is tested begins in line 4. */
#define LEAST "title: a\ndate: 2013-12-13\nstatus: confirmed\n"

static void every_key_is_read(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		"title: 第５回\nkind: summary\nstatus: provisional\nnumber: ５\nsession: 令和６年第２回\ndate: "
		"平成25年12月13日（金）\n"
		"end_date: 2013-12-14\ntime: １４：００～１５：３０\nplace: 省議室\nattendees: [岡]\nagenda: "
		"[一]\ndocuments: [資料１]\n"
		"summary: やさしい言葉\nconfirmed_on: 2014-01-10\nconfirmed_by: 座長\nconfirmed_at: 6\nrecord_of: "
		"5-kiroku\n"
		"translation: {by: 訳者, machine: true, of: 2014-01-01}\nrecord: files/h16-3.pdf\nvideo: "
		"https://example.org/v\n"
		"audio: https://example.org/a\npublish_on: 2014-01-01\nexpire_on: 2024-01-01\nupdated: 2014-02-01\n"
		"closed: {reason: 個人情報, basis: 第７条第２号}\nanonymous: letters\ncorrections: [{date: 2014-02-01, "
		"at: date}]\n"
		"aliases: /old/5.html\ntopics: [共通ＩＤ]\nnot_speakers: [質疑応答]\nlayout: wide\ndescription: "
		"説明\nparams: {x: 1}\n"));
	assert_sound(b);
	assert_text(f.title, "第５回");
	assert_true(f.kind == RECORD_SUMMARY && f.status == STATUS_PROVISIONAL && f.number == 5);
	assert_text(f.session, "令和６年第２回");
	assert_date(f.date, 2013, 12, 13);
	assert_date(f.end_date, 2013, 12, 14);
	assert_true(f.time_given && f.time.from.hour == 14 && f.time.to.hour == 15 && f.time.to.minute == 30);
	assert_text(f.place, "省議室");
	assert_true(f.attendees.attendee_count == 1 && f.agenda.count == 1 && f.documents.count == 1);
	assert_text(f.summary, "やさしい言葉");
	assert_date(f.confirmed_on, 2014, 1, 10);
	assert_text(f.confirmed_by, "座長");
	assert_text(f.confirmed_at.text, "6");
	assert_text(f.record_of.text, "5-kiroku");
	assert_text(f.translation.by, "訳者");
	assert_true(f.translation.machine);
	assert_date(f.translation.of, 2014, 1, 1);
	assert_text(f.record, "files/h16-3.pdf");
	assert_text(f.record_path, "content/ict/files/h16-3.pdf");
	assert_text(f.video, "https://example.org/v");
	assert_text(f.audio, "https://example.org/a");
	assert_date(f.publish_on, 2014, 1, 1);
	assert_date(f.expire_on, 2024, 1, 1);
	assert_date(f.updated, 2014, 2, 1);
	assert_true(f.closed_given && f.anonymous == 2 && f.corrections.count == 1);
	assert_text(f.closed.reason, "個人情報");
	assert_text(f.closed.basis, "第７条第２号");
	assert_text(f.aliases.items[0].text, "/old/5.html");
	assert_text(f.topics.items[0].text, "共通ＩＤ");
	assert_text(f.not_speakers.items[0].text, "質疑応答");
	assert_text(f.layout, "wide");
	assert_text(f.description, "説明");
	assert_non_null(f.params);
}

static void the_least_record_has_nothing_else(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, LEAST));
	assert_sound(b);
	assert_true(f.kind == RECORD_NONE && !f.time_given && !f.closed_given && !f.anonymous && !f.attendees.given);
	assert_true(f.number == 0 && !date_is(f.end_date.date));
}

static void every_kind_and_status_has_its_word(void **state)
{
	struct bench *b = *state;
	static const char *const kinds[] = { "summary", "verbatim", "record", "action" };
	static const char *const words[] = { "scheduled", "postponed", "cancelled", "draft", "provisional",
		"confirmed" };
	for (int i = 0; i < 6; i++) {
		struct str s = arena_format(
			&b->arena, "title: a\ndate: 2013-12-13\nkind: %s\nstatus: %s\n", kinds[i % 4], words[i]);
		assert_true(read(b, arena_c(&b->arena, s)));
		assert_true(f.status == STATUS_SCHEDULED + i && f.kind == RECORD_SUMMARY + i % 4);
	}
	assert_sound(b);
	assert_true(read(b, "title: a\ndate: 2013-12-13\nstatus: canceled\n"));
	assert_only(b, VALUE_INVALID, 3, 9, 8, "did you mean 「cancelled」?");
	assert_int_equal(f.status, STATUS_NONE);
}

static void a_record_without_title_or_date_is_unusable(void **state)
{
	struct bench *b = *state;
	struct reading r = bench_reading(b, "content/ict/5.md");
	assert_false(record_front_read(NULL, STR("content/ict"), &f, &r));
	assert_int_equal(diag_count(&b->diags), 3);
	assert_found(b, VALUE_INVALID, 0, 0, 0, "「title」 is missing");
	assert_found(b, VALUE_INVALID, 0, 0, 0, "「date」 is missing");
	assert_found(b, STATUS_MISSING, 0, 0, 0, "kept back as a draft");
	assert_false(read(b, "title: a\nstatus: confirmed\ndate: 13日\n"));
	assert_false(read(b, "date: 2013-12-13\nstatus: confirmed\n"));
}

static void a_record_without_status_is_a_draft_with_a_finding(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "title: a\ndate: 2013-12-13\n"));
	assert_int_equal(f.status, STATUS_NONE);
	assert_int_equal(b->diags.errors, 0);
	assert_int_equal(b->diags.warnings, 1);
	bench_clear(b);
	assert_true(read(b, "title: a\ndate: 2013-12-13\nstatus:\n"));
	assert_only(b, STATUS_MISSING, 3, 1, 6, "status: confirmed");
}

static void draft_is_no_key_of_a_record_and_yet_keeps_it_back(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, LEAST "draft: true\n"));
	assert_int_equal(f.status, STATUS_DRAFT);
	assert_only(b, KEY_UNKNOWN, 4, 1, 5, "it is a key of a body's index.md");
}

static void a_misspelled_key_that_withholds_cannot_be_waved_through(void **state)
{
	struct bench *b = *state;
	static const char *const given[][2] = { { "closd: {reason: 個人情報}", "closed" },
		{ "Closed: {reason: 個人情報}", "closed" }, { "anonymus: true", "anonymous" },
		{ "publish-on: 2030-01-01", "publish_on" }, { "ｐｕｂｌｉｓｈ＿ｏｎ: 2030-01-01", "publish_on" },
		{ "expires_on: 2020-01-01", "expire_on" }, { "darft: true", "draft" },
		{ "attendees: [{group: 傍聴, pubic: true, people: [甲]}]", "public" },
		{ "attendees: [{label: 甲, public: true}]", "a group of attendees" },
		{ "documents: [{label: 資料１, file: x.pdf, close: 個人情報}]", "closed" } };
	const char *why;
	assert_true(diag_levels_set(&b->levels, STR("all=off"), &why));
	for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
		struct str text = arena_format(&b->arena, LEAST "%s\n", given[i][0]);
		assert_false(read(b, arena_c(&b->arena, text)));
		const struct finding *said = diag_at(&b->diags, 0);
		assert_int_equal(said->code, CLOSED_LEAK);
		assert_int_equal(said->level, DIAG_ERROR);
		assert_true(str_find(said->help, str_c(given[i][1]), 0) != SIZE_MAX);
		bench_clear(b);
	}
	assert_true(read(b, LEAST "colour: red\nparams: {closd: true}\n"));
	assert_sound(b);
}

static void a_title_may_be_given_per_language(void **state)
{
	struct bench *b = *state;
	assert_true(
		read_as(b, "content/ict/5.en.md", "title: {ja: 会議, en: Meeting}\ndate: 2013-12-13\nstatus: draft\n"));
	assert_text(f.title, "Meeting");
	assert_true(read(b, "title: {ja: 会議, en: Meeting}\ndate: 2013-12-13\nstatus: draft\n"));
	assert_text(f.title, "会議");
}

static void times_are_read_and_checked(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, LEAST "time: 午後２時から４時まで\n"));
	assert_true(f.time.from.hour == 14 && f.time.to.hour == 16);
	assert_true(read(b, LEAST "time: 14:00\n"));
	assert_true(f.time_given && f.time.to.hour < 0);
	assert_sound(b);
	assert_true(read(b, LEAST "time: 25:00\n"));
	assert_only(b, DATE_INVALID, 4, 7, 5, "write 14:00-15:30");
	assert_false(f.time_given);
	assert_true(read(b, LEAST "time: 15:30-14:00\n"));
	assert_only(b, DATE_MISMATCH, 4, 7, 11, "ends before it starts");
	assert_true(read(b, LEAST "end_date: 2013-12-14\ntime: 22:00-01:00\n"));
	assert_sound(b);
}

static void dates_out_of_order_are_named(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		LEAST
		"end_date: 2013-12-12\nconfirmed_on: 2013-12-01\npublish_on: 2014-02-01\nexpire_on: 2014-01-01\n"));
	assert_int_equal(diag_count(&b->diags), 3);
	assert_found(b, DATE_MISMATCH, 4, 11, 10, "「end_date」 is earlier than 2013-12-13");
	assert_found(b, DATE_MISMATCH, 5, 15, 10, "「confirmed_on」");
	assert_found(b, DATE_MISMATCH, 7, 12, 10, "「expire_on」 is earlier than 2014-02-01");
}

static void a_record_whose_day_of_publishing_is_unreadable_is_not_used(void **state)
{
	struct bench *b = *state;
	assert_false(read(b, LEAST "publish_on: 来週\n"));
	assert_only(b, DATE_INVALID, 4, 13, 2, "cannot be read as a date");
	assert_true(read(b, LEAST "publish_on:\n"));
}

static void what_is_closed_needs_a_reason_and_stays_closed_without(void **state)
{
	struct bench *b = *state;
	static const char *const bad[] = { "closed: {basis: 第７条}\n", "closed: true\n", "closed:\n",
		"closed: {reason: true}\n", "closed: {reason: }\n", "closed: '　'\n" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char words[128];
		snprintf(words, sizeof words, LEAST "%s", bad[i]);
		assert_true(read(b, words));
		assert_true(f.closed_given);
		assert_true(diag_count(&b->diags) == 1 && diag_at(&b->diags, 0)->code == CLOSED_REASON);
		assert_int_equal(diag_at(&b->diags, 0)->loc.line, 4);
		bench_clear(b);
	}
	assert_true(read(b, LEAST "closed: 個人情報を含むため\n"));
	assert_text(f.closed.reason, "個人情報を含むため");
	assert_true(read(b, LEAST "closed: false\n"));
	assert_false(f.closed_given);
	assert_sound(b);
	assert_true(read(b, LEAST "closed: {reason: a, bases: b}\n"));
	assert_true(f.closed_given);
	assert_only(b, KEY_UNKNOWN, 4, 21, 5, "did you mean 「basis」?");
}

static void anonymity_is_the_answer_to_a_slip(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, LEAST "anonymous: true\n"));
	assert_int_equal(f.anonymous, 1);
	assert_true(read(b, LEAST "anonymous: false\n"));
	assert_int_equal(f.anonymous, 0);
	assert_sound(b);
	assert_true(read(b, LEAST "anonymous: yes\n"));
	assert_int_equal(f.anonymous, 1);
	assert_only(b, VALUE_INVALID, 4, 12, 3, "write one of: true, letters, false");
	assert_true(read(b, LEAST "anonymous:\n"));
	assert_int_equal(f.anonymous, 1);
}

static void the_agenda_nests(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		LEAST "agenda:\n  - title: 実証\n    items:\n      - 進捗\n      - {title: 予算, items: [補正, "
		      "当初]}\n  - 進め方\n"));
	assert_sound(b);
	static const char *const titles[] = { "実証", "進捗", "予算", "補正", "当初", "進め方" };
	static const int levels[] = { 1, 2, 2, 3, 3, 1 };
	assert_int_equal(f.agenda.count, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_text(f.agenda.parts[i].title, titles[i]);
		assert_int_equal(f.agenda.parts[i].level, levels[i]);
	}
	assert_true(f.agenda.parts[0].loc.line == 5 && f.agenda.parts[0].loc.column == 12);
	assert_int_equal(f.agenda.parts[2].loc.line, 8);
}

static void faults_of_the_agenda_have_their_place(void **state)
{
	struct bench *b = *state;
	read(b, LEAST "agenda:\n  - Item 1: Budget\n  - 二\n");
	assert_found(b, KEY_UNKNOWN, 5, 5, 6, "in quotes: \"Item 1: Budget\"");
	assert_int_equal(f.agenda.count, 1);
	bench_clear(b);
	read(b, LEAST "agenda:\n  - {items: [a]}\n  - {titel: a}\n  - ''\n  - [a]\n");
	assert_int_equal(diag_count(&b->diags), 4);
	assert_found(b, KEY_UNKNOWN, 6, 6, 5, "did you mean 「title」?");
	assert_found(b, VALUE_INVALID, 7, 5, 2, "empty");
	bench_clear(b);
	read(b,
		LEAST "agenda: {title: 1, items: {title: 2, items: {title: 3, items: {title: 4, items: {title: 5, "
		      "items: {title: 6, items: "
		      "[7]}}}}}}\n");
	assert_int_equal(diag_count(&b->diags), 1);
	assert_int_equal(diag_at(&b->diags, 0)->code, LIMIT_EXCEEDED);
	assert_int_equal(f.agenda.count, 6);
}

static void documents_are_files_addresses_reasons_or_nothing(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		LEAST "documents:\n  - {label: 資料５－１, title: 進捗, file: files/5-1.pdf}\n  - {label: a, url: "
		      "'https://example.org/'}\n"
		      "  - {label: b, closed: 個人情報, file: files/b.pdf}\n  - 資料２\n  - {title: 次第, file: "
		      "../files/./x.md}\n"));
	assert_sound(b);
	const struct document *d = f.documents.items;
	assert_int_equal(f.documents.count, 5);
	assert_text(d[0].label, "資料５－１");
	assert_text(d[0].title, "進捗");
	assert_text(d[0].file, "files/5-1.pdf");
	assert_text(d[0].source_path, "content/ict/files/5-1.pdf");
	assert_true(d[0].loc.line == 5 && d[0].loc.column == 13);
	assert_text(d[1].url, "https://example.org/");
	assert_text(d[2].closed, "個人情報");
	assert_text(d[3].label, "資料２");
	assert_text(d[4].label, "次第");
	assert_text(d[4].title, "");
	assert_text(d[4].source_path, "content/files/x.md");
}

static void a_document_stays_in_the_house(void **state)
{
	struct bench *b = *state;
	assert_int_equal(diag_levels_set(&b->levels, STR("all=off"), &(const char *){ NULL }), true);
	read(b,
		LEAST "documents:\n  - {label: a, file: ../../site.yml}\n  - {label: b, file: /etc/passwd}\nrecord: "
		      "../../../x\n");
	assert_int_equal(b->diags.errors, 3);
	assert_found(b, LINK_OUTSIDE, 5, 22, 14, "files/site.yml");
	assert_found(b, LINK_OUTSIDE, 6, 22, 11, "leads out of content/");
	assert_found(b, LINK_OUTSIDE, 7, 9, 10, "leads out");
	assert_true(str_empty(f.documents.items[0].source_path) && str_empty(f.record_path));
}

static void faults_of_documents_have_their_place(void **state)
{
	struct bench *b = *state;
	read(b,
		LEAST
		"documents:\n  - {label: a, file: files/a.pdf, url: 'https://example.org/'}\n  - {file: files/b.pdf}\n"
		"  - {label: c, file: 4.md}\n  - {label: d, file: 'https://example.org/d.pdf'}\n  - {label: e, file: "
		"files\\e.pdf}\n"
		"  - {label: f, closed: }\n  - {lable: g}\n  - 資料１: 進捗\n  - {label: h, file: ../people.yml}\n");
	assert_found(b, VALUE_INVALID, 5, 40, 22, "both a file and a url");
	assert_found(b, VALUE_INVALID, 6, 5, diag_at(&b->diags, 1)->loc.width, "neither label nor title");
	assert_found(b, VALUE_INVALID, 7, 22, 4, "is a source of this site");
	assert_found(b, VALUE_INVALID, 8, 22, 27, "under 「url」");
	assert_found(b, VALUE_INVALID, 9, 22, 11, "write / between folders");
	assert_found(b, KEY_UNKNOWN, 11, 6, 5, "did you mean 「label」?");
	assert_found(b, VALUE_INVALID, 13, 22, 13, "is a source of this site");
	bool closed = false, colon = false;
	for (size_t i = 0; i < diag_count(&b->diags); i++) {
		closed = closed ||
			(diag_at(&b->diags, i)->code == CLOSED_REASON && diag_at(&b->diags, i)->loc.line == 10);
		colon = colon || str_find(diag_at(&b->diags, i)->help, STR("\"資料１: 進捗\""), 0) != SIZE_MAX;
	}
	assert_true(closed && colon);
}

static void corrections_are_read(void **state)
{
	struct bench *b = *state;
	assert_true(read(b,
		LEAST "corrections:\n  - {date: 2014-02-01, at: s4-5, before: 期待, after: 歓迎, reason: 誤記}\n"
		      "  - {date: 2014-02-02, at: documents/資料５－１, kind: addition}\n"
		      "  - {date: 2014-02-02, at: Ｓ５, kind: withdrawn}\n  - {date: 2014-02-02, at: place, kind: "
		      "personal-data}\n"));
	assert_sound(b);
	const struct correction *c = f.corrections.items;
	assert_int_equal(f.corrections.count, 4);
	assert_date(c[0].date, 2014, 2, 1);
	assert_text(c[0].at, "s4-5");
	assert_text(c[0].before, "期待");
	assert_text(c[0].after, "歓迎");
	assert_text(c[0].reason, "誤記");
	assert_int_equal(c[0].kind, 0);
	assert_text(c[1].at, "documents/資料５－１");
	assert_text(c[2].at, "s5");
	assert_true(c[1].kind == 2 && c[2].kind == 3 && c[3].kind == 4);
	assert_int_equal(c[3].loc.line, 8);
}

static void faults_of_corrections_have_their_place(void **state)
{
	struct bench *b = *state;
	read(b,
		LEAST "corrections:\n  - {date: 2014-02-01, at: s5, kind: withdrawn, before: 秘密}\n  - {date: "
		      "2014-02-01, at: x9}\n"
		      "  - {at: s1}\n  - {date: 2014-02-01, at: s1, reasons: a}\n");
	assert_int_equal(diag_count(&b->diags), 4);
	assert_found(b, VALUE_INVALID, 5, 57, 2, "cannot repeat the words");
	assert_found(b, VALUE_INVALID, 6, 28, 2, "is nothing that can be corrected");
	assert_found(b, KEY_UNKNOWN, 8, 32, 7, "did you mean 「reason」?");
	assert_true(f.corrections.count == 2 && str_empty(f.corrections.items[0].before));
}

static void keys_of_other_places_are_sent_home(void **state)
{
	struct bench *b = *state;
	read(b, LEAST "attendee: [岡]\nbase_url: x\nproxy_for: y\nmayor: z\n");
	assert_int_equal(diag_count(&b->diags), 4);
	assert_found(b, KEY_UNKNOWN, 4, 1, 8, "did you mean 「attendees」?");
	assert_found(b, KEY_UNKNOWN, 5, 1, 8, "it is a key of site.yml");
	assert_found(b, KEY_UNKNOWN, 6, 1, 9, "it is a key of an attendee");
	assert_found(b, KEY_UNKNOWN, 7, 1, 5, "under 「params」");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(every_key_is_read),
		BENCH_TEST(the_least_record_has_nothing_else),
		BENCH_TEST(every_kind_and_status_has_its_word),
		BENCH_TEST(a_record_without_title_or_date_is_unusable),
		BENCH_TEST(a_record_without_status_is_a_draft_with_a_finding),
		BENCH_TEST(draft_is_no_key_of_a_record_and_yet_keeps_it_back),
		BENCH_TEST(a_misspelled_key_that_withholds_cannot_be_waved_through),
		BENCH_TEST(a_title_may_be_given_per_language),
		BENCH_TEST(times_are_read_and_checked),
		BENCH_TEST(dates_out_of_order_are_named),
		BENCH_TEST(a_record_whose_day_of_publishing_is_unreadable_is_not_used),
		BENCH_TEST(what_is_closed_needs_a_reason_and_stays_closed_without),
		BENCH_TEST(anonymity_is_the_answer_to_a_slip),
		BENCH_TEST(the_agenda_nests),
		BENCH_TEST(faults_of_the_agenda_have_their_place),
		BENCH_TEST(documents_are_files_addresses_reasons_or_nothing),
		BENCH_TEST(a_document_stays_in_the_house),
		BENCH_TEST(faults_of_documents_have_their_place),
		BENCH_TEST(corrections_are_read),
		BENCH_TEST(faults_of_corrections_have_their_place),
		BENCH_TEST(keys_of_other_places_are_sent_home),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
