#include "bench.h"

static struct record_front f;

/* The attendees of a record in its shortest form; they begin in line 4. */
static const struct attendance *read(struct bench *b, const char *attendees)
{
	struct reading r = bench_reading(b, "content/ict/5.md");
	struct str words =
		arena_format(&b->arena, "title: a\ndate: 2013-12-13\nstatus: confirmed\nattendees: %s", attendees);
	const struct yaml_node *node = yaml_read(words, r.path, 1, &b->arena, &b->diags);
	assert_non_null(node);
	record_front_read(node, STR("content/ict"), &f, &r);
	return &f.attendees;
}

static void groups_hold_people_organizations_and_the_absent_last(void **state)
{
	struct bench *b = *state;
	const struct attendance *a = read(b,
		"\n  - group: {ja: 構成員, en: Members}\n    absent: [石原構成員]\n    people: [岡座長, "
		"小宮山座長代理]\n"
		"  - group: オブザーバ\n    organizations: 厚生労働省\n    public: true\n  - {group: 傍聴者, count: "
		"７}\n");
	assert_sound(b);
	assert_true(a->given && a->group_count == 3 && a->attendee_count == 4);
	assert_text(words_in(&a->groups[0].name, STR("en")), "Members");
	assert_true(a->groups[0].first == 0 && a->groups[0].end == 3 && !a->groups[0].is_public);
	assert_text(a->attendees[0].label, "岡座長");
	assert_true(
		a->attendees[0].loc.line == 7 && a->attendees[0].loc.column == 14 && a->attendees[0].loc.width == 3);
	assert_text(a->attendees[2].label, "石原構成員");
	assert_true(a->attendees[2].absent && !a->attendees[1].absent);
	assert_true(a->attendees[3].is_organization && a->attendees[3].group == 1 && a->groups[1].is_public);
	assert_true(a->groups[2].count == 7 && a->groups[2].first == a->groups[2].end);
	assert_int_equal(a->groups[0].loc.line, 5);
}

static void an_attendee_may_be_a_map_of_every_key(void **state)
{
	struct bench *b = *state;
	const struct attendance *a = read(b,
		"\n  - group: 委員\n    people:\n      - {label: Waldemar Horwat, short: WH, person: horwat, "
		"organization: 社, "
		"proxy_for: 岡委員, online: true, arrived: 14:30, left: 15:00, absent: true}\n      - 関委員\n");
	assert_sound(b);
	const struct attendee *p = &a->attendees[0];
	assert_text(p->label, "Waldemar Horwat");
	assert_text(p->short_name, "WH");
	assert_text(p->person, "horwat");
	assert_text(p->organization.any, "社");
	assert_text(p->proxy_for, "岡委員");
	assert_text(p->arrived, "14:30");
	assert_text(p->left, "15:00");
	assert_true(p->online && p->absent && !p->is_organization);
	assert_true(p->loc.line == 7 && p->loc.column == 17 && p->loc.width == 15);
	assert_text(a->attendees[1].label, "関委員");
}

static void labels_without_groups_share_one_without_a_name(void **state)
{
	struct bench *b = *state;
	const struct attendance *a =
		read(b, "[岡座長, {label: 関委員, short: 関}, {group: 事務局, people: [桜]}, 12番議員]\n");
	assert_sound(b);
	assert_true(a->group_count == 3 && a->attendee_count == 4);
	assert_false(words_are(&a->groups[0].name));
	assert_true(a->groups[0].first == 0 && a->groups[0].end == 2);
	assert_true(a->attendees[3].group == 2 && a->groups[2].first == 3 && a->groups[2].end == 4);
	assert_text(a->attendees[3].label, "12番議員");
	assert_int_equal(read(b, "{group: 委員, people: 岡}\n")->attendee_count, 1);
	assert_int_equal(read(b, "岡\n")->attendee_count, 1);
	assert_sound(b);
}

static void a_label_stays_exactly_as_it_was_written(void **state)
{
	struct bench *b = *state;
	const struct attendance *a = read(b, "[\" 吉田　一 委員\", ＡＢ委員]\n");
	assert_text(a->attendees[0].label, " 吉田　一 委員");
	assert_text(a->attendees[1].label, "ＡＢ委員");
}

static void none_may_be_listed_and_none_be_said(void **state)
{
	struct bench *b = *state;
	assert_true(read(b, "\n  - {group: Attendees, people: []}\n")->given);
	assert_true(f.attendees.group_count == 1 && f.attendees.attendee_count == 0);
	assert_false(read(b, "\n")->given);
	assert_sound(b);
}

static void slips_of_the_pen_are_explained(void **state)
{
	struct bench *b = *state;
	read(b, "\n  - 構成員: [岡座長]\n");
	assert_only(b, KEY_UNKNOWN, 5, 5, 3, "write {group: 構成員, people: […]}");
	read(b, "\n  - Chair: Lee\n");
	assert_only(b, KEY_UNKNOWN, 5, 5, 5, "in quotes: \"Chair: Lee\"");
	read(b, "\n  - group: 委員\n    poeple: [岡]\n");
	assert_only(b, KEY_UNKNOWN, 6, 5, 6, "did you mean 「people」?");
	read(b, "\n  - {lable: 岡, person: oka}\n");
	assert_int_equal(diag_count(&b->diags), 2);
	assert_found(b, KEY_UNKNOWN, 5, 6, 5, "did you mean 「label」?");
	bench_clear(b);
	read(b, "\n  - {group: 委員, people: [岡, '', [関], {label: 桜, shrot: 桜}]}\n");
	assert_int_equal(diag_count(&b->diags), 3);
	assert_found(b, VALUE_INVALID, 5, 29, 2, "empty");
	assert_found(b, KEY_UNKNOWN, 5, 49, 5, "did you mean 「short」?");
	assert_int_equal(f.attendees.attendee_count, 2);
	bench_clear(b);
	read(b, "\n  - {group: 傍聴者, count: 七名, public: yes}\n");
	assert_int_equal(diag_count(&b->diags), 2);
	assert_found(b, VALUE_INVALID, 5, 25, 2, "write digits only");
	assert_true(f.attendees.groups[0].is_public);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(groups_hold_people_organizations_and_the_absent_last),
		BENCH_TEST(an_attendee_may_be_a_map_of_every_key),
		BENCH_TEST(labels_without_groups_share_one_without_a_name),
		BENCH_TEST(a_label_stays_exactly_as_it_was_written),
		BENCH_TEST(none_may_be_listed_and_none_be_said),
		BENCH_TEST(slips_of_the_pen_are_explained),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
