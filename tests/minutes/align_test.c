#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "minutes/align.h"
#include "minutes/parts.h"
#include "text/fold.h"

#include <stdlib.h>

/* A version of a record, a part a line: "i title", "s label", " words" of the speech, "- words" of nobody's. With
 * `?` before the letter only the print of its words is known. */
static struct part *parts_of(const char *text, struct arena *a, size_t *count)
{
	struct buf list = { 0 };
	uint32_t item = NONE, speech = NONE;
	struct str rest = str_c(text);
	while (rest.n > 0) {
		struct str line = str_cut(&rest, STR("\n"));
		bool known = line.p[0] != '?';
		line = str_from(line, known ? 0 : 1);
		struct str words = str_from(line, line.p[0] == ' ' ? 1 : 2);
		uint32_t number = (uint32_t)VEC_COUNT(&list, struct part);
		char kind = line.p[0] == 'i' || line.p[0] == 's' ? line.p[0] : 't';
		if (line.p[0] != ' ')
			speech = NONE;
		*VEC_ADD(&list, struct part) = (struct part){ .kind = kind,
			.item = kind == 'i' ? NONE : item,
			.speech = speech,
			.said = speech != NONE && kind == 't',
			.print = words_print(words),
			.words = known ? words : STR_NONE };
		if (kind == 'i')
			item = number;
		if (kind == 's')
			speech = number;
	}
	*count = VEC_COUNT(&list, struct part);
	return buf_settle(&list, a);
}

/* "0 - 1": which part of `before` each part of `after` was. */
static void expect(const char *before, const char *after, const char *expected)
{
	struct arena a;
	arena_init(&a);
	struct parts sides[2];
	sides[0].items = parts_of(before, &a, &sides[0].count);
	sides[1].items = parts_of(after, &a, &sides[1].count);
	uint32_t *from = ARENA_ARRAY(&a, uint32_t, sides[1].count + 1);
	align(sides[0], sides[1], from);
	struct buf out = { 0 };
	for (size_t i = 0; i < sides[1].count; i++)
		buf_format(&out, from[i] == NONE ? "%s-" : "%s%u", i ? " " : "", from[i]);
	buf_byte(&out, '\0');
	assert_string_equal(out.p, expected);
	buf_release(&out);
	arena_release(&a);
}

#define LONG_A "駅前広場の整備は本年度に設計を終え、来年度に着手する予定である。"
#define LONG_B "図書館の開館時間については、利用者の声を聞いてから決めたい。"
#define LONG_C "子ども会議の提案のうち、実現できるものから始めてはどうか。"

static void nothing_has_no_counterpart(void **state)
{
	(void)state;
	expect("", "", "");
	expect("", "s 岡\n はい。\n", "- -");
	expect("s 岡\n はい。\n", "", "");
}

static void the_same_record_is_the_same(void **state)
{
	(void)state;
	const char *record = "i 議題\ns 岡\n はい。\n はい。\ns 森\n はい。\n- （拍手）\n";
	expect(record, record, "0 1 2 3 4 5 6");
}

static void what_is_put_in_moves_nothing(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\ns 森\n " LONG_B "\n",
		"s 林\n " LONG_C "\ns 岡\n " LONG_A "\ns 森\n はい。\n " LONG_B "\n", "- - 0 1 2 - 3");
}

static void a_corrected_word_keeps_its_place(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\n " LONG_B "\n",
		"s 岡\n 駅前広場の整備は本年度に設計を終え、再来年度に着手する予定である。\n " LONG_B "\n", "0 1 2");
	expect("s Lee\n The library closes at six.\n", "s Lee\n The library closes at seven.\n", "0 1");
}

static void other_words_in_its_place_are_not_it(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\n " LONG_B "\n", "s 岡\n " LONG_A "\n " LONG_C "\n", "0 1 -");
	expect("s Lee\n The library closes at six, and nobody who works can use it.\n",
		"s Lee\n Parking in the market square shall be free on every second Sunday.\n", "- -");
}

static void a_speech_of_which_nothing_is_left_is_gone(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\n", "s 岡\n " LONG_C "\n", "- -");
}

static void moved_speeches_keep_their_names(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\n はい。\ns 森\n はい。\n " LONG_B "\ns 林\n " LONG_C "\n",
		"s 林\n " LONG_C "\ns 森\n はい。\n " LONG_B "\ns 岡\n " LONG_A "\n はい。\n", "6 7 3 4 5 0 1 2");
}

static void a_moved_speech_may_be_corrected_too(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\ns 森\n " LONG_B "\n 図書館は八時まで開けます。\ns 林\n " LONG_C "\n",
		"s 森\n " LONG_B "\n 図書館は九時まで開けます。\ns 岡\n " LONG_A "\ns 林\n " LONG_C "\n",
		"2 3 4 0 1 5 6");
}

static void of_equal_remarks_the_order_tells(void **state)
{
	(void)state;
	expect("s 岡\n はい。\ns 森\n はい。\ns 岡\n はい。\n " LONG_A "\n",
		"s 岡\n はい。\ns 林\n はい。\ns 森\n はい。\ns 岡\n はい。\n " LONG_A "\n", "0 1 - - 2 3 4 5 6");
}

static void another_speaker_with_the_same_short_words_is_not_it(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\ns 森\n 異議なし。\ns 岡\n " LONG_B "\n",
		"s 岡\n " LONG_A "\ns 岡\n " LONG_B "\ns 林\n 異議なし。\n", "0 1 4 5 - -");
}

static void a_corrected_speaker_keeps_the_speech(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\ns 森\n はい。\n " LONG_B "\ns 岡\n " LONG_C "\n",
		"s 岡\n " LONG_A "\ns 林\n はい。\n " LONG_B "\ns 岡\n " LONG_C "\n", "0 1 2 3 4 5 6");
}

static void a_split_speech_leaves_its_name_to_the_first_half(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\n " LONG_B "\n " LONG_C "\n", "s 岡\n " LONG_A "\ns 岡\n " LONG_B "\n " LONG_C "\n",
		"0 1 - 2 3");
	expect("s 岡\n " LONG_A "\n " LONG_B "\n " LONG_C "\n", "s 岡\n " LONG_A "\ns 森\n " LONG_B "\n " LONG_C "\n",
		"0 1 - 2 3");
}

static void joined_speeches_keep_every_statement(void **state)
{
	(void)state;
	expect("s 岡\n " LONG_A "\ns 森\n " LONG_B "\ns 岡\n " LONG_C "\n",
		"s 岡\n " LONG_A "\n " LONG_B "\n " LONG_C "\n", "0 1 3 5");
}

static void items_are_known_by_title_or_by_what_stands_in_them(void **state)
{
	(void)state;
	expect("i 駅前広場\ns 岡\n " LONG_A "\ni 図書館\ns 岡\n " LONG_B "\n",
		"i 図書館\ns 岡\n " LONG_B "\ni 道路\ni 駅の広場の計画\ns 岡\n " LONG_A "\n", "3 4 5 - 0 1 2");
}

static void without_words_the_place_tells(void **state)
{
	(void)state;
	expect("?s 岡\n? " LONG_A "\n? " LONG_B "\n?s 森\n? " LONG_C "\n",
		"s 林\n はい。\ns 岡\n " LONG_A "\n まったく別の言葉です。\ns 森\n " LONG_C "\n", "- - 0 1 2 3 4");
}

/* 5,000 speeches of one word, and one put in among them; and 5,000 that were all rewritten. */
static void records_without_any_difference_are_bounded(void **state)
{
	(void)state;
	struct buf before = { 0 }, after = { 0 }, other = { 0 };
	for (int i = 0; i < 5000; i++) {
		buf_put(&before, STR("s 岡\n はい。\n"));
		buf_put(&after,
			i == 2500 ? STR("s 森\n いいえ、それは違います。\ns 岡\n はい。\n") : STR("s 岡\n はい。\n"));
		buf_format(&other, "s 岡\n 第%d項は削ります。\n", i);
	}
	buf_byte(&before, '\0');
	buf_byte(&after, '\0');
	buf_byte(&other, '\0');
	struct arena a;
	arena_init(&a);
	struct parts sides[3];
	sides[0].items = parts_of(before.p, &a, &sides[0].count);
	sides[1].items = parts_of(after.p, &a, &sides[1].count);
	sides[2].items = parts_of(other.p, &a, &sides[2].count);
	uint32_t *from = ARENA_ARRAY(&a, uint32_t, sides[1].count);
	align(sides[0], sides[1], from);
	for (uint32_t i = 0; i < sides[1].count; i++)
		assert_int_equal(from[i], i < 5000 ? i : i < 5002 ? NONE : i - 2);
	align(sides[0], sides[2], from);
	for (uint32_t i = 0; i < sides[2].count; i++)
		assert_int_equal(from[i], NONE);
	arena_release(&a);
	buf_release(&before);
	buf_release(&after);
	buf_release(&other);
}

/* A sitting of nothing but はい。, by two in turn: what is put in and taken out costs no other its name. */
static void of_thousands_of_equal_remarks_only_what_changed_is_new(void **state)
{
	(void)state;
	struct arena a;
	struct buf before = { 0 }, after = { 0 };
	struct parts old, new;
	size_t fresh = 0;
	arena_init(&a);
	buf_put(&after, STR("s 林\n 少し待ってください。\n"));
	for (int i = 0; i < 5000; i++) {
		const char *speech = i % 2 ? "s 岡" : "s 森";
		buf_format(&before, "%s\n はい。\n", speech);
		if (i != 2500)
			buf_format(&after, "%s\n %s。\n", speech, i == 4000 ? "いいえ" : "はい");
	}
	buf_byte(&before, '\0');
	buf_byte(&after, '\0');
	old.items = parts_of(before.p, &a, &old.count);
	new.items = parts_of(after.p, &a, &new.count);
	uint32_t *from = ARENA_ARRAY(&a, uint32_t, new.count);
	align(old, new, from);
	for (uint32_t i = 0; i < new.count; i++)
		fresh += from[i] == NONE;
	assert_int_equal(fresh, 4); /* a speech, and one of other words, each with its statement */
	arena_release(&a);
	buf_release(&before);
	buf_release(&after);
}

static int setup(void **state)
{
	(void)state;
	text_init();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_has_no_counterpart),
		cmocka_unit_test(the_same_record_is_the_same),
		cmocka_unit_test(what_is_put_in_moves_nothing),
		cmocka_unit_test(a_corrected_word_keeps_its_place),
		cmocka_unit_test(other_words_in_its_place_are_not_it),
		cmocka_unit_test(a_speech_of_which_nothing_is_left_is_gone),
		cmocka_unit_test(moved_speeches_keep_their_names),
		cmocka_unit_test(a_moved_speech_may_be_corrected_too),
		cmocka_unit_test(of_equal_remarks_the_order_tells),
		cmocka_unit_test(another_speaker_with_the_same_short_words_is_not_it),
		cmocka_unit_test(a_corrected_speaker_keeps_the_speech),
		cmocka_unit_test(a_split_speech_leaves_its_name_to_the_first_half),
		cmocka_unit_test(joined_speeches_keep_every_statement),
		cmocka_unit_test(items_are_known_by_title_or_by_what_stands_in_them),
		cmocka_unit_test(without_words_the_place_tells),
		cmocka_unit_test(of_thousands_of_equal_remarks_only_what_changed_is_new),
		cmocka_unit_test(records_without_any_difference_are_bounded),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
