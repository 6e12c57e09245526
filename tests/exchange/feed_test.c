/* exchange/feed and exchange/ical: what subscribers are told, in forms that their programs accept. */
#include "../site/scene.h"

#include "exchange/feed.h"
#include "exchange/ical.h"
#include "xml/xml.h"

struct stage {
	struct scene scene;
	struct fs installed;
	struct theme *theme;
	struct buf out;
};

static void open_stage(struct stage *s)
{
	build(&s->scene);
	expect_clean(&s->scene);
	assert_int_equal(fs_disk_open(&s->installed, ".", false), FS_OK);
	struct theme_files files = { &s->scene.fs, &s->installed };
	s->theme = theme_open(&files, s->scene.site, &s->scene.arena, &s->scene.diags);
	assert_non_null(s->theme);
	s->out = (struct buf){ 0 };
}

static void close_stage(struct stage *s)
{
	buf_release(&s->out);
	theme_release(s->theme);
	fs_close(&s->installed);
	strike(&s->scene);
}

typedef void write_about(const struct site *, const struct theme *, const struct page *, struct arena *, struct buf *);

static struct str make(struct stage *s, write_about *write, const char *page)
{
	buf_clear(&s->out);
	write(s->scene.site, s->theme, find_page(&s->scene, page), &s->scene.arena, &s->out);
	return buf_str(&s->out);
}

static size_t count_of(struct str text, const char *words)
{
	size_t n = 0;
	for (size_t at = 0; (at = str_find(text, str_c(words), at)) != SIZE_MAX; at += strlen(words))
		n++;
	return n;
}

/* --- Atom --- */

/* RFC 4287: what a feed and an entry must have, once each. */
struct seen {
	int depth;
	size_t entries;
	size_t id[2], title[2], updated[2], author, alternate[2];
};

static void see_open(void *self, struct str name, const struct xml_attribute *attributes, size_t count, size_t line)
{
	struct seen *s = self;
	(void)line;
	int in = s->depth - 1;
	if (in >= 0 && in < 2) {
		s->id[in] += str_eq(name, STR("id"));
		s->title[in] += str_eq(name, STR("title"));
		s->updated[in] += str_eq(name, STR("updated"));
		s->author += in == 0 && str_eq(name, STR("author"));
		for (size_t i = 0; i < count; i++)
			s->alternate[in] +=
				str_eq(attributes[i].name, STR("rel")) && str_eq(attributes[i].value, STR("alternate"));
	}
	s->entries += str_eq(name, STR("entry"));
	s->depth++;
}

static void see_close(void *self, struct str name, size_t line)
{
	(void)name, (void)line;
	((struct seen *)self)->depth--;
}

static void assert_feed(struct stage *s, struct str feed, size_t entries)
{
	struct seen seen = { 0 };
	struct xml_handler handler = { &seen, see_open, see_close, NULL };
	assert_true(xml_read(feed, STR("feed.xml"), &handler, &s->scene.diags));
	assert_int_equal(seen.entries, entries);
	assert_int_equal(seen.id[0], 1);
	assert_int_equal(seen.title[0], 1);
	assert_int_equal(seen.updated[0], 1);
	assert_int_equal(seen.author, 1);
	assert_int_equal(seen.alternate[0], 1);
	assert_int_equal(seen.id[1], entries);
	assert_int_equal(seen.title[1], entries);
	assert_int_equal(seen.updated[1], entries);
	assert_int_equal(seen.alternate[1], entries);
}

static void a_feed_has_what_atom_asks_for_even_without_entries(void **state)
{
	struct stage s;
	(void)state;
	set(&s.scene);
	put_body(&s.scene, "a", "");
	open_stage(&s);
	assert_feed(&s, make(&s, feed_write, "index.html"), 0);
	assert_feed(&s, make(&s, feed_write, "a/index.html"), 0);
	close_stage(&s);
}

static void a_long_feed_holds_the_newest(void **state)
{
	struct stage s;
	(void)state;
	set(&s.scene);
	put_body(&s.scene, "a", "");
	put(&s.scene, "content/people.yml", "oka: {name: 岡, labels: [岡]}\n");
	for (int i = 0; i < 60; i++)
		put_record(&s.scene, arena_c(&s.scene.arena, arena_format(&s.scene.arena, "content/a/%d.md", i)),
			arena_c(&s.scene.arena, arena_format(&s.scene.arena, "2023-%02d-%02d", i / 28 + 1, i % 28 + 1)),
			"", "【岡】話す。");
	open_stage(&s);
	struct str feed = make(&s, feed_write, "a/index.html");
	assert_feed(&s, feed, FEED_MOST);
	assert_int_equal(count_of(feed, "<id>https://example.jp/kaigi/a/59/</id>"), 1);
	assert_int_equal(count_of(feed, "<id>https://example.jp/kaigi/a/9/</id>"), 0);
	feed = make(&s, feed_write, "speakers/oka/index.html");
	assert_feed(&s, feed, FEED_MOST_OF_ONE);
	assert_int_equal(count_of(feed, "https://example.jp/kaigi/a/59/#s1-1"), 1);
	close_stage(&s);
}

static void words_that_xml_does_not_allow_are_escaped(void **state)
{
	struct stage s;
	(void)state;
	set(&s.scene);
	put_body(&s.scene, "a", "");
	put_record(&s.scene, "content/a/1.md", "2024-01-01", "summary: \"<script> & \\\"Oka\\\"\"\n", "話。");
	open_stage(&s);
	struct str feed = make(&s, feed_write, "index.html");
	assert_feed(&s, feed, 1);
	assert_int_equal(count_of(feed, "&lt;script&gt; &amp; \"Oka\""), 1);
	close_stage(&s);
}

/* --- iCalendar --- */

/* RFC 5545, 3.1: lines of 75 octets at most, ended by CR LF, cut between characters. Unfolds them. */
static struct str unfold(struct stage *s, struct str file)
{
	struct buf whole = { 0 };
	assert_true(str_ends(file, STR("END:VCALENDAR\r\n")));
	for (struct str rest = file; rest.n;) {
		struct str line = str_cut(&rest, STR("\r\n"));
		size_t length;
		assert_true(line.n <= 75 && line.n > 0);
		assert_int_equal(str_find_byte(line, '\n', 0), SIZE_MAX);
		for (size_t at = 0; at < line.n; at += length)
			assert_false(str_point(line, at, &length) == 0xfffd && length == 1);
		bool goes_on = line.p[0] == ' ';
		buf_format(&whole, "%s%.*s", whole.n && !goes_on ? "\n" : "", STR_ARG(str_from(line, goes_on)));
	}
	struct str text = arena_str(&s->scene.arena, buf_str(&whole));
	buf_release(&whole);
	return text;
}

static void expect_line(struct str calendar, const char *line)
{
	if (str_find(calendar, str_c(line), 0) == SIZE_MAX)
		fail_msg("no %s in\n%.*s", line, STR_ARG(calendar));
}

static void events_are_in_utc_folded_and_escaped(void **state)
{
	struct stage s;
	(void)state;
	set(&s.scene);
	put_body(&s.scene, "a", "");
	put_record(&s.scene, "content/a/1.md", "2024-01-10",
		"time: 08:30-10:00\nplace: \"庁舎; ２階, 会議室 \\\\ 東\"\nagenda: "
		"[とても長い議題の名前が一つの行に収まらずに折り返されるときの例について, 二つ目]\n",
		"話。");
	put_record(&s.scene, "content/a/2.md", "2024-02-28", "end_date: 2024-02-29\n", "話。");
	put_record(&s.scene, "content/a/3.md", "2024-03-10", "time: 23:00-24:00\n", "話。");
	put_record(&s.scene, "content/a/4.md", "2024-07-01", "status: postponed\nupdated: 2024-05-01\n", "");
	open_stage(&s);
	struct str all = unfold(&s, make(&s, ical_write, "a/index.html"));
	assert_int_equal(count_of(all, "BEGIN:VEVENT"), 4);
	expect_line(all,
		"\nUID:a/"
		"1@example.jp\nDTSTAMP:20240109T150000Z\nDTSTART:20240109T233000Z\nDTEND:20240110T010000Z\nSTATUS:"
		"CONFIRMED\n");
	expect_line(all, "\nLOCATION:庁舎\\; ２階\\, 会議室 \\\\ 東\n");
	expect_line(all,
		"\nDESCRIPTION:とても長い議題の名前が一つの行に収まらずに折り返されるときの例について\\n二つ目\\nhttps:"
		"//example.jp/kaigi/a/1/\n");
	expect_line(all, "\nDTSTART;VALUE=DATE:20240228\nDTEND;VALUE=DATE:20240301\n");
	expect_line(all, "\nDTSTART:20240310T140000Z\nDTEND:20240310T150000Z\n");
	expect_line(all,
		"\nDTSTAMP:20240430T150000Z\nDTSTART;VALUE=DATE:20240701\nDTEND;VALUE=DATE:20240702\nSTATUS:"
		"TENTATIVE\nSUMMARY:会議【延期】\n");
	close_stage(&s);
}

static void summer_time_moves_an_event_in_utc(void **state)
{
	struct stage s;
	(void)state;
	set(&s.scene);
	put(&s.scene, "site.yml",
		"title: Council\nbase_url: https://example.org:8080/\nlanguage: en\ntimezone: Europe/London\n");
	put_body(&s.scene, "a", "");
	put_record(&s.scene, "content/a/1.md", "2024-01-10", "time: 10:00\n", "Words.");
	put_record(&s.scene, "content/a/2.md", "2024-05-10", "time: 10:00\n", "Words.");
	open_stage(&s);
	struct str all = unfold(&s, make(&s, ical_write, "index.html"));
	expect_line(all, "UID:a/1@example.org\nDTSTAMP:20240110T000000Z\nDTSTART:20240110T100000Z\nSTATUS");
	expect_line(all, "UID:a/2@example.org\nDTSTAMP:20240509T230000Z\nDTSTART:20240510T090000Z\nSTATUS");
	close_stage(&s);
}

/* The record that was there first stands for the meeting, so that its event is not a new one. */
static void records_of_one_meeting_are_one_event(void **state)
{
	struct stage s;
	(void)state;
	set(&s.scene);
	put_body(&s.scene, "a", "");
	put_record(&s.scene, "content/a/2.md", "2024-01-10", "number: 2\n", "話。");
	put_record(&s.scene, "content/a/2-gijiroku.md", "2024-01-10", "record_of: \"2\"\n", "話。");
	put_record(&s.scene, "content/a/2-kettei.md", "2024-01-10", "record_of: 2-gijiroku\n", "話。");
	open_stage(&s);
	struct str all = unfold(&s, make(&s, ical_write, "a/index.html"));
	assert_int_equal(count_of(all, "BEGIN:VEVENT"), 1);
	expect_line(all, "UID:a/2@example.jp\n");
	close_stage(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_feed_has_what_atom_asks_for_even_without_entries),
		cmocka_unit_test(a_long_feed_holds_the_newest),
		cmocka_unit_test(words_that_xml_does_not_allow_are_escaped),
		cmocka_unit_test(events_are_in_utc_folded_and_escaped),
		cmocka_unit_test(summer_time_moves_an_event_in_utc),
		cmocka_unit_test(records_of_one_meeting_are_one_event),
	};
	xml_init();
	return RUN_SCENES(tests);
}
