#include "text/calendar.h"
#include "text/fold.h"
#include "text/reader.h"

enum { TIME_BYTES_MOST = 160, HALF_DAY = 720 /* minutes */ };
enum half { HALF_NONE, HALF_AM, HALF_PM };

/* A time as written, before the half of the day is settled. */
struct written {
	int hour, minute;
	enum half half;
	bool japanese; /* 午前, 午後: 12 is doubtful there */
	bool bare;     /* a number only, like the 2 in "2-4 pm" */
};

static enum half read_half(struct reader *r)
{
	static const struct str words[] = { STR_INIT("a.m."), STR_INIT("am"), STR_INIT("p.m."), STR_INIT("pm") };
	int number = reader_take_any(r, words, sizeof words / sizeof *words);
	return number == 0 ? HALF_NONE : number <= 2 ? HALF_AM : HALF_PM;
}

static bool read_minute(struct reader *r, struct written *w)
{
	size_t digits;
	return reader_number(r, 2, &w->minute, &digits) && digits == 2;
}

/* 時, 時30分, 時半 */
static bool read_japanese_minute(struct reader *r, struct written *w)
{
	size_t digits;
	if (reader_take(r, STR("半")))
		w->minute = 30;
	else if (reader_number(r, 2, &w->minute, &digits))
		return reader_take(r, STR("分"));
	return true;
}

static bool read_clock(struct reader *r, struct written *w)
{
	size_t digits;
	if (!reader_number(r, 2, &w->hour, &digits))
		return false;
	if (reader_take(r, STR("時")))
		return read_japanese_minute(r, w);
	if (reader_take(r, STR(":")))
		return read_minute(r, w);
	w->bare = true;
	return true;
}

static bool read_written(struct reader *r, struct written *w)
{
	*w = (struct written){ 0 };
	if (reader_take(r, STR("正午")) || reader_take(r, STR("noon"))) {
		w->hour = 12;
		w->half = HALF_PM;
		return true;
	}
	w->half = reader_take(r, STR("午前")) ? HALF_AM : reader_take(r, STR("午後")) ? HALF_PM : HALF_NONE;
	w->japanese = w->half != HALF_NONE;
	if (!w->japanese)
		w->half = read_half(r); /* AM 10:00 */
	if (!read_clock(r, w))
		return false;
	if (w->half == HALF_NONE)
		w->half = read_half(r);
	return true;
}

/* The time on the 24-hour clock. 午後12時 and 午前12時 are refused: one reads them as noon, another as midnight. */
static bool settle(struct written w, struct clock_time *t)
{
	int hour = w.hour;
	if (w.minute > 59 || hour > 24 || (hour == 24 && w.minute > 0) || (w.half && hour > 12))
		return false;
	if (w.bare && !w.half)
		return false;
	if (w.japanese && hour == 12 && (w.half == HALF_AM || w.minute == 0))
		return false;
	if (w.half && !w.japanese && hour == 0)
		return false;
	if (w.half)
		hour = hour % 12 + (w.half == HALF_PM ? 12 : 0);
	*t = (struct clock_time){ (int8_t)hour, (int8_t)w.minute };
	return true;
}

static bool read_until(struct reader *r)
{
	static const struct str words[] = { STR_INIT("~"), STR_INIT("〜"), STR_INIT("∼"), STR_INIT("から"),
		STR_INIT("to"), STR_INIT("until"), STR_INIT("till") };
	return reader_dash(r) || reader_take_any(r, words, sizeof words / sizeof *words) > 0;
}

static int minutes_of(struct written w)
{
	return w.hour * 60 + w.minute;
}

/* 午後２時から４時まで: the half said first holds for both, where the second is later then. */
static void share_first_half(const struct written *from, struct written *to)
{
	bool later = minutes_of(*to) > minutes_of(*from) || from->hour == 12;
	if (to->hour > 12)
		return;
	to->bare = false; /* 10 am to 12 */
	if (!later || to->hour == 12)
		return;
	to->half = from->half;
	to->japanese = from->japanese;
}

/* 2-4 pm, 10:00 to 2:00 pm; 10時から午後２時: 午後 speaks of what follows it alone, so 1時から午後３時 is doubtful. */
static bool share_second_half(struct written *from, const struct written *to)
{
	int earlier = minutes_of(*from) % HALF_DAY, later = minutes_of(*to) % HALF_DAY;
	if (from->hour > 12)
		return true;
	if (to->japanese)
		return to->half != HALF_PM || earlier >= later || from->hour == 12;
	from->half = to->half;
	if (earlier >= later)
		from->half = to->half == HALF_PM ? HALF_AM : HALF_PM;
	return true;
}

static bool settle_span(struct written from, struct written to, struct time_span *span)
{
	bool once = from.half && !to.half;
	if (once)
		share_first_half(&from, &to);
	if (to.half && !from.half && !share_second_half(&from, &to))
		return false;
	if (!settle(from, &span->from) || !settle(to, &span->to))
		return false;
	if (to.half == HALF_AM && span->to.hour == 0 && span->to.minute == 0 && span->from.hour > 0)
		span->to.hour = 24; /* till midnight */
	/* 午後２時から１時まで: the half was said once and cannot hold for both */
	int length = (span->to.hour - span->from.hour) * 60 + span->to.minute - span->from.minute;
	return length >= 0 || !once;
}

static bool read_span(struct reader *r, struct time_span *span)
{
	struct written from, to;
	reader_take(r, STR("from"));
	span->to = (struct clock_time){ -1, 0 };
	if (!read_written(r, &from))
		return false;
	if (reader_at_end(r))
		return settle(from, &span->from);
	if (!read_until(r))
		return false;
	if (reader_at_end(r))
		return settle(from, &span->from);
	if (!read_written(r, &to))
		return false;
	reader_take(r, STR("まで"));
	return reader_at_end(r) && settle_span(from, to, span);
}

bool time_read(struct str s, struct time_span *span)
{
	if (s.n > TIME_BYTES_MOST)
		return false;
	struct arena scratch;
	struct time_span read;
	arena_init(&scratch);
	struct reader r = { fold(&scratch, s), 0 };
	bool good = read_span(&r, &read);
	arena_release(&scratch);
	if (good)
		*span = read;
	return good;
}
