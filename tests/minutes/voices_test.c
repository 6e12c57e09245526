#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "minutes/voices.h"
#include "text/fold.h"

#include <string.h>

struct scene {
	struct arena arena;
	struct diags diags;
	struct diag_levels levels;
	struct registers registers;
	struct body_front body;
	struct record_front front;
	struct voices *voices;
};

enum { OKA, YOSHIDA_A, YOSHIDA_B, OLD_CHAIR, NEW_CHAIR, GUEST, PEOPLE };

static struct date day(int year, int month, int d)
{
	return (struct date){ (int16_t)year, (int8_t)month, (int8_t)d };
}

static void give_label(struct register_person *p, struct person_label label, struct arena *a)
{
	label.loc = loc_at(STR("content/people.yml"), 3, 1);
	p->labels.items = ARENA_NEW(a, struct person_label);
	p->labels.items[0] = label;
	p->labels.count = 1;
}

static struct text_item *texts_add(struct texts *t, struct str text, struct arena *a)
{
	struct text_item *items = ARENA_ARRAY(a, struct text_item, t->count + 1);
	if (t->count > 0)
		memcpy(items, t->items, t->count * sizeof *items);
	items[t->count] = (struct text_item){ text, loc_at(STR("content/kaigi/index.md"), 4, 1) };
	t->items = items;
	return &items[t->count++];
}

/* People who are known, a body with 事務局, and a meeting of 2020-05-01 at which nobody is yet listed. */
static void set(struct scene *s)
{
	*s = (struct scene){ 0 };
	arena_init(&s->arena);
	diag_levels_init(&s->levels);
	diags_init(&s->diags, &s->levels);
	struct arena *a = &s->arena;
	struct register_person *p = ARENA_ARRAY(a, struct register_person, PEOPLE);
	static const char *const ids[] = { "oka", "yoshida-a", "yoshida-b", "old", "new", "guest" };
	for (size_t i = 0; i < PEOPLE; i++)
		p[i].id = str_c(ids[i]);
	give_label(&p[OKA], (struct person_label){ .label = STR("岡座長") }, a);
	give_label(&p[YOSHIDA_A], (struct person_label){ .label = STR("吉田課長") }, a);
	give_label(&p[YOSHIDA_B], (struct person_label){ .label = STR("吉田課長"), .body = STR("kaigi") }, a);
	give_label(&p[OLD_CHAIR], (struct person_label){ .label = STR("会長"), .to.date = day(2020, 4, 30) }, a);
	give_label(&p[NEW_CHAIR], (struct person_label){ .label = STR("会長"), .from.date = day(2020, 5, 1) }, a);
	give_label(&p[GUEST], (struct person_label){ .label = STR("客員"), .body = STR("other") }, a);
	s->registers = (struct registers){ .has_people = true, .people = p, .person_count = PEOPLE };
	texts_add(&s->body.standing_speakers, STR("事務局"), a);
	texts_add(&s->body.not_speakers, STR("質疑応答"), a);
	s->front.date.date = day(2020, 5, 1);
}

static void attend(struct scene *s, struct attendee who)
{
	struct attendance *all = &s->front.attendees;
	struct attendee *list = ARENA_ARRAY(&s->arena, struct attendee, all->attendee_count + 1);
	if (all->attendee_count > 0)
		memcpy(list, all->attendees, all->attendee_count * sizeof *list);
	who.loc = loc_at(STR("content/kaigi/1.md"), 10 + all->attendee_count, 3);
	list[all->attendee_count++] = who;
	all->attendees = list;
}

static void open(struct scene *s)
{
	struct voices_setting setting = {
		.labels = labels_open(&s->registers, &s->arena),
		.body = &s->body,
		.front = &s->front,
		.folder = STR("kaigi"),
	};
	s->voices = voices_open(&setting, &s->arena, &s->diags);
}

static void strike(struct scene *s)
{
	diags_release(&s->diags);
	arena_release(&s->arena);
}

static struct voice found(struct scene *s, const char *label)
{
	struct found f = voices_find(s->voices, str_c(label));
	assert_int_equal(f.result, VOICE_FOUND);
	return f.voice;
}

static enum voice_result result(struct scene *s, const char *label)
{
	return voices_find(s->voices, str_c(label)).result;
}

static void a_registered_label_means_its_person_in_any_width(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	open(&s);
	assert_int_equal(found(&s, "岡座長").registered, OKA);
	assert_int_equal(found(&s, "岡　座長").registered, OKA);
	assert_int_equal(found(&s, "岡座長").attendee, NONE);
	assert_int_equal(result(&s, "岡"), VOICE_UNKNOWN);
	strike(&s);
}

static void a_label_is_valid_in_its_body_and_time_only(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	open(&s);
	assert_int_equal(found(&s, "会長").registered, NEW_CHAIR);
	assert_int_equal(result(&s, "客員"), VOICE_UNKNOWN);
	s.front.date.date = day(2020, 4, 30);
	open(&s);
	assert_int_equal(found(&s, "会長").registered, OLD_CHAIR);
	strike(&s);
}

static void two_people_with_one_label_are_ambiguous(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	open(&s);
	struct found f = voices_find(s.voices, STR("吉田課長"));
	assert_int_equal(f.result, VOICE_AMBIGUOUS);
	assert_int_equal(f.voice.registered, YOSHIDA_A);
	assert_int_equal(f.other.registered, YOSHIDA_B);
	assert_int_equal(diag_count(&s.diags), 0);
	attend(&s, (struct attendee){ .label = STR("吉田課長") });
	open(&s);
	f = voices_find(s.voices, STR("吉田課長"));
	assert_int_equal(f.result, VOICE_AMBIGUOUS);
	assert_int_equal(f.voice.registered, YOSHIDA_A);
	assert_int_equal(f.other.registered, YOSHIDA_B);
	assert_int_equal(diag_count(&s.diags), 1);
	assert_int_equal(diag_at(&s.diags, 0)->code, SPEAKER_AMBIGUOUS);
	assert_non_null(strstr(diag_at(&s.diags, 0)->message.p, "yoshida-b"));
	assert_int_equal(voices_attendee(s.voices, 0).registered, NONE);
	strike(&s);
}

static void an_attendee_says_who_it_is_before_the_register_does(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	attend(&s, (struct attendee){ .label = STR("吉田課長"), .person = STR("yoshida-b") });
	attend(&s, (struct attendee){ .label = STR("岡座長") });
	attend(&s, (struct attendee){ .label = STR("新人") });
	open(&s);
	assert_int_equal(diag_count(&s.diags), 0);
	assert_int_equal(found(&s, "吉田課長").registered, YOSHIDA_B);
	assert_int_equal(found(&s, "岡座長").attendee, 1);
	assert_int_equal(found(&s, "岡座長").registered, OKA);
	assert_int_equal(found(&s, "新人").registered, NONE);
	assert_int_equal(found(&s, "新人").attendee, 2);
	assert_int_equal(voices_attendee(s.voices, 1).registered, OKA);
	strike(&s);
}

static void a_person_that_the_register_lacks_is_a_finding_with_a_near_id(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	attend(&s, (struct attendee){ .label = STR("吉田"), .person = STR("yoshida-c") });
	open(&s);
	assert_int_equal(diag_count(&s.diags), 1);
	assert_int_equal(diag_at(&s.diags, 0)->code, VALUE_INVALID);
	assert_int_equal(diag_at(&s.diags, 0)->loc.line, 10);
	assert_non_null(strstr(diag_at(&s.diags, 0)->help.p, "yoshida-a"));
	strike(&s);
}

static void two_attendees_of_one_label_are_never_taken_for_one(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	attend(&s, (struct attendee){ .label = STR("吉田"), .person = STR("yoshida-a") });
	attend(&s, (struct attendee){ .label = STR("吉田"), .person = STR("yoshida-b") });
	attend(&s, (struct attendee){ .label = STR("森") });
	attend(&s, (struct attendee){ .label = STR("森") });
	attend(&s, (struct attendee){ .label = STR("岡座長") });
	attend(&s, (struct attendee){ .label = STR("岡座長") });
	open(&s);
	assert_int_equal(diag_count(&s.diags), 1);
	assert_int_equal(diag_at(&s.diags, 0)->loc.line, 11);
	assert_non_null(strstr(diag_at(&s.diags, 0)->message.p, "line 10"));
	assert_int_equal(result(&s, "吉田"), VOICE_AMBIGUOUS);
	assert_int_equal(result(&s, "森"), VOICE_AMBIGUOUS);
	assert_int_equal(found(&s, "岡座長").registered, OKA);
	strike(&s);
}

static void a_short_name_means_its_attendee_unless_two_have_it(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	attend(&s, (struct attendee){ .label = STR("Waldemar Hill"), .short_name = STR("WH") });
	attend(&s, (struct attendee){ .label = STR("Anna Berg"), .short_name = STR("AB") });
	attend(&s, (struct attendee){ .label = STR("Adam Brook"), .short_name = STR("AB") });
	attend(&s, (struct attendee){ .label = STR("岡"), .person = STR("oka"), .short_name = STR("会長") });
	open(&s);
	assert_int_equal(found(&s, "ＷＨ").attendee, 0);
	assert_int_equal(result(&s, "AB"), VOICE_AMBIGUOUS);
	assert_int_equal(found(&s, "会長").registered, NEW_CHAIR);
	strike(&s);
}

static void a_standing_speaker_need_not_be_listed(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	open(&s);
	struct voice v = found(&s, "事務局");
	assert_int_equal(v.registered, NONE);
	assert_int_equal(v.attendee, NONE);
	assert_int_equal(v.person, NONE);
	assert_string_equal(arena_c(&s.arena, v.label), "事務局");
	strike(&s);
}

static const char *nearest(struct scene *s, struct str label, struct alike *alike)
{
	assert_true(voices_nearest(s->voices, label, alike));
	assert_int_equal(alike->count, 1);
	return arena_c(&s->arena, alike->labels[0]);
}

static void the_nearest_label_is_named_with_its_place(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	attend(&s, (struct attendee){ .label = STR("清原構成員") });
	attend(&s, (struct attendee){ .label = STR("Rémy"), .short_name = STR("RM") });
	open(&s);
	struct alike alike;
	assert_string_equal(nearest(&s, STR("清源構成員"), &alike), "清原構成員");
	assert_int_equal(alike.loc.line, 10);
	assert_string_equal(nearest(&s, STR("Remy"), &alike), "Rémy");
	assert_string_equal(nearest(&s, STR("岡坐長"), &alike), "岡座長");
	assert_int_equal(alike.loc.line, 0);
	assert_string_equal(arena_c(&s.arena, alike.loc.path), "content/people.yml");
	assert_string_equal(nearest(&s, STR("事務所"), &alike), "事務局");
	assert_false(voices_nearest(s.voices, STR("客人"), &alike));
	assert_false(voices_nearest(s.voices, STR("まったく別の人"), &alike));
	strike(&s);
}

static void a_slip_of_a_name_is_near_and_prose_is_not(void **state)
{
	(void)state;
	static const char *const near[] = { "ehuss", "EHolk", "Mark R", "Mark R.", "remy", "eric  huss" };
	static const char *const far[] = { "edit", "note", "To Mark", "erick" };
	struct scene s;
	struct alike alike;
	set(&s);
	attend(&s, (struct attendee){ .label = STR("Eric Huss") });
	attend(&s, (struct attendee){ .label = STR("Eric Holk") });
	attend(&s, (struct attendee){ .label = STR("Mark") });
	attend(&s, (struct attendee){ .label = STR("Rémy") });
	attend(&s, (struct attendee){ .label = STR("Edith") });
	open(&s);
	for (size_t i = 0; i < sizeof near / sizeof *near; i++)
		assert_true(voices_nearest(s.voices, str_c(near[i]), &alike));
	for (size_t i = 0; i < sizeof far / sizeof *far; i++)
		assert_false(voices_nearest(s.voices, str_c(far[i]), &alike));
	strike(&s);
}

static void words_that_are_no_speakers_are_known(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	texts_add(&s.front.not_speakers, STR("Time"), &s.arena);
	open(&s);
	assert_true(voices_excluded(s.voices, STR("質疑応答")));
	assert_true(voices_excluded(s.voices, STR("ＴＩＭＥ")));
	assert_false(voices_excluded(s.voices, STR("岡座長")));
	strike(&s);
}

static void a_site_without_register_knows_its_attendees(void **state)
{
	(void)state;
	struct scene s;
	set(&s);
	s.registers = (struct registers){ 0 };
	open(&s);
	assert_int_equal(result(&s, "岡座長"), VOICE_UNKNOWN);
	attend(&s, (struct attendee){ .label = STR("岡座長") });
	open(&s);
	assert_int_equal(found(&s, "岡座長").attendee, 0);
	strike(&s);
}

int main(void)
{
	text_init();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_registered_label_means_its_person_in_any_width),
		cmocka_unit_test(a_label_is_valid_in_its_body_and_time_only),
		cmocka_unit_test(two_people_with_one_label_are_ambiguous),
		cmocka_unit_test(an_attendee_says_who_it_is_before_the_register_does),
		cmocka_unit_test(a_person_that_the_register_lacks_is_a_finding_with_a_near_id),
		cmocka_unit_test(two_attendees_of_one_label_are_never_taken_for_one),
		cmocka_unit_test(a_short_name_means_its_attendee_unless_two_have_it),
		cmocka_unit_test(a_standing_speaker_need_not_be_listed),
		cmocka_unit_test(the_nearest_label_is_named_with_its_place),
		cmocka_unit_test(a_slip_of_a_name_is_near_and_prose_is_not),
		cmocka_unit_test(words_that_are_no_speakers_are_known),
		cmocka_unit_test(a_site_without_register_knows_its_attendees),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
