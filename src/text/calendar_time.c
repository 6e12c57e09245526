/* Written times of day. */
#include "text/calendar.h"
#include "text/fold.h"
#include "text/taker.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

enum half { HALF_NONE, HALF_AM, HALF_PM, HALF_GOZEN, HALF_GOGO };

/* A time as written, before the half of the day is settled. */
struct written {
	int hour, minute;
	enum half half;
	bool point; /* 6.30, which is a time beside am or pm only */
	bool bare;  /* a number only, like the 2 in "2-4 pm" */
};

static enum half read_half(struct taker *r)
{
	static const struct str words[] = { STR_INIT("am"), STR_INIT("pm"), STR_INIT("午前"), STR_INIT("午後"),
		STR_INIT("a.m."), STR_INIT("p.m.") };
	int number = taker_any(r, words, COUNT(words));
	return (enum half)(number > HALF_GOGO ? number - HALF_GOGO : number);
}

static bool read_clock(struct taker *r, struct written *w)
{
	if (!taker_number(r, 2, &w->hour))
		return false;
	if (taker_word(r, STR(":")))
		return taker_number(r, 2, &w->minute) == 2;
	size_t before = r->at;
	w->point = taker_word(r, STR(".")) && taker_number(r, 2, &w->minute) == 2;
	if (w->point)
		return true;
	r->at = before;
	w->minute = 0;
	w->bare = !taker_word(r, STR("時"));
	if (w->bare)
		return true;
	if (taker_word(r, STR("半")))
		w->minute = 30;
	else if (taker_number(r, 2, &w->minute))
		return taker_word(r, STR("分"));
	return true;
}

static bool read_written(struct taker *r, struct written *w)
{
	*w = (struct written){ 0 };
	if (taker_word(r, STR("正午")) || taker_word(r, STR("noon"))) {
		*w = (struct written){ .hour = 12, .half = HALF_PM };
		return true;
	}
	w->half = read_half(r);
	if (!read_clock(r, w))
		return false;
	if (w->half == HALF_NONE)
		w->half = w->hour == 12 && taker_word(r, STR("noon")) ? HALF_PM : read_half(r);
	return true;
}

/* The time on the 24-hour clock, in a half of the day or as written. 午後12時 and 午前12時 are refused: one reads them as
 * noon, another as midnight. */
static bool settle(struct written w, enum half half, struct clock_time *t)
{
	bool japanese = half == HALF_GOZEN || half == HALF_GOGO;
	if (w.minute > 59 || (w.point && !half) || w.hour > 24 || (w.hour == 24 && w.minute > 0))
		return false;
	if (half && (w.hour > 12 || (!japanese && w.hour == 0)))
		return false;
	if (japanese && w.hour == 12 && (half == HALF_GOZEN || w.minute == 0))
		return false;
	if (half)
		w.hour = w.hour % 12 + (half == HALF_PM || half == HALF_GOGO ? 12 : 0);
	*t = (struct clock_time){ (int8_t)w.hour, (int8_t)w.minute };
	return true;
}

static bool settle_both(
	struct written from, enum half from_half, struct written to, enum half to_half, struct time_span *span)
{
	return settle(from, from_half, &span->from) && settle(to, to_half, &span->to) &&
		span->from.hour * 60 + span->from.minute <= span->to.hour * 60 + span->to.minute;
}

/*
 * A half that is said once holds for both times where they rise then (2-4 pm,
 * 午後２時から４時まで), else the other one is as written (10:00 to 2:00 pm,
 * 午前10時～12時). 1時から午後３時 is doubtful: 午後 speaks of what follows it alone.
 */
static bool settle_span(struct written from, struct written to, struct time_span *span)
{
	enum half half = from.half ? from.half : to.half;
	if (!half && (from.bare || to.bare))
		return false;
	if (!from.half == !to.half)
		return settle(from, from.half, &span->from) && settle(to, to.half, &span->to);
	if (settle_both(from, half, to, half, span))
		return from.half || half < HALF_GOZEN;
	return settle_both(from, from.half, to, to.half, span);
}

static bool take_until(struct taker *r)
{
	static const struct str words[] = { STR_INIT("~"), STR_INIT("〜"), STR_INIT("∼"), STR_INIT("から"),
		STR_INIT("to"), STR_INIT("until"), STR_INIT("till") };
	return taker_dash(r) || taker_any(r, words, COUNT(words)) > 0;
}

static bool read_span(struct taker *r, struct time_span *span)
{
	struct written from, to;
	taker_word(r, STR("from"));
	if (!read_written(r, &from))
		return false;
	bool until = take_until(r);
	if (taker_at_end(r)) {
		span->to = (struct clock_time){ -1, 0 };
		return (from.half || !from.bare) && settle(from, from.half, &span->from);
	}
	if (!until || !read_written(r, &to))
		return false;
	taker_word(r, STR("まで"));
	return taker_at_end(r) && settle_span(from, to, span);
}

bool time_read(struct str s, struct time_span *span)
{
	struct arena scratch;
	struct time_span read;
	if (s.n > WRITTEN_MOST)
		return false;
	arena_init(&scratch);
	struct taker r = { fold(&scratch, s), 0 };
	bool good = read_span(&r, &read);
	arena_release(&scratch);
	if (good)
		*span = read;
	return good;
}
