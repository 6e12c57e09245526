/*
 * `giji new BODY [NAME]`: the file of a body's next meeting: the next number, the last meeting's attendees, place and
 * time, its agenda as a form to fill in. A draft, until its status says otherwise. It never overwrites.
 *
 * The name follows the body's habit: 6.md after 5.md, r8-3.md after r8-2.md, 2026-06-11.md where dates are names.
 */
#include "cli/commands.h"
#include "cli/work.h"
#include "text/era.h"
#include "text/slug.h"
#include "text/words.h"

#include <stdio.h>
#include <string.h>

struct next {
	struct work work;
	const struct body *body;
	const struct meeting *last; /* or NULL: whose number and name are followed */
	const struct meeting *form; /* or NULL: the last one that lists who attended, to be copied from */
	struct date date;           /* --date; may be absent */
	long number;                /* 0: the body does not number */
	struct str name;            /* of the file, without .md */
	struct buf out;
};

/* --- which meeting --- */

/* The latest record of the body, in the site's first language where it has it. */
static const struct meeting *find_last(const struct site *s, struct str folder, bool attended)
{
	const struct edition *e = &s->editions[0];
	for (size_t i = 0; i < e->meeting_count; i++) {
		const struct meeting *m = s->meetings[e->meetings[i]];
		if (str_eq(m->folder, folder) && str_empty(m->front.record_of.text) &&
			(!attended || m->front.attendees.attendee_count > 0))
			return m;
	}
	return NULL;
}

/* Whether a meeting's number counts: that of one without a date does where no year tells them apart. */
static bool counts(const struct next *n, const struct meeting *m)
{
	int starts = (int)n->work.site->settings.year_starts;
	enum numbering by = n->body->front.numbering;
	if (by == NUMBERING_YEAR && date_is(n->date))
		return date_is(m->front.date.date) &&
			date_fiscal_year(m->front.date.date, starts) == date_fiscal_year(n->date, starts);
	return m == n->last || by == NUMBERING_CONTINUOUS || !date_is(m->front.date.date);
}

/* The highest number so far and one, in the year of the new meeting where the body counts by year. */
static long next_number(const struct next *n)
{
	const struct site *s = n->work.site;
	long most = 0;
	bool numbered = !n->last;
	for (size_t i = 0; i < s->meeting_count + s->undated_count; i++) {
		const struct meeting *m = i < s->meeting_count ? s->meetings[i] : s->undated[i - s->meeting_count];
		if (!str_eq(m->folder, n->body->folder) || m->front.number == 0)
			continue;
		numbered = true;
		if (counts(n, m) && m->front.number > most)
			most = m->front.number;
	}
	return numbered ? most + 1 : 0;
}

/* --- its name and title --- */

/* Where the last run of digits, in either width, says this number; false without one. */
static bool find_number(struct str s, long number, size_t *at, size_t *end)
{
	bool found = false;
	for (size_t i = 0, length; i < s.n; i += length) {
		size_t first = i;
		long value = 0;
		uint32_t point;
		for (; point_is_digit(point = str_point(s, i, &length)) && value < 1000000; i += length)
			value = value * 10 + (long)(point >= 0xff10 ? point - 0xff10 : point - '0');
		if (i > first && value == number) {
			*at = first;
			*end = i;
			found = true;
		}
		if (i > first)
			length = 0;
		else if (length == 0)
			break;
	}
	return found;
}

/* The words with one number in the place of another, as wide and with as many zeros. */
static struct str renumbered(struct arena *a, struct str s, long from, long to)
{
	size_t at = 0, end = 0;
	if (!find_number(s, from, &at, &end))
		return STR_NONE;
	bool wide = (unsigned char)s.p[at] == 0xef;
	size_t digits = (end - at) / (wide ? 3 : 1);
	struct str number = arena_format(a, "%0*ld", s.p[at] == '0' ? (int)digits : 1, to);
	struct buf out = { 0 };
	char bytes[4];
	buf_put(&out, str_n(s.p, at));
	for (size_t i = 0; i < number.n; i++)
		buf_put(&out,
			wide ? str_n(bytes, str_encode((uint32_t)number.p[i] + 0xfee0, bytes))
			     : str_n(number.p + i, 1));
	buf_put(&out, str_from(s, end));
	return buf_keep(&out, a);
}

/* Behind the turn of the fiscal year r8-5 is followed by r9-1, 令和８年度第５回 by 令和９年度第１回. */
static struct str renumbered_year(struct next *n, struct str s)
{
	int starts = (int)n->work.site->settings.year_starts;
	int from = date_fiscal_year(n->last->front.date.date, starts), to = date_fiscal_year(n->date, starts);
	if (!date_is(n->date) || n->body->front.numbering != NUMBERING_YEAR || from == to)
		return s;
	const int counted[] = { from, from % 100, from - eras[ERA_COUNT - 1].first.year + 1 };
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
		struct str next = renumbered(&n->work.arena, s, counted[i], counted[i] + to - from);
		if (next.n)
			return next;
	}
	return s;
}

/* The name or title of the last meeting as that of the next; STR_NONE where no number stands in it. */
static struct str next_words(struct next *n, struct str words)
{
	struct str next = STR_NONE;
	if (n->last->front.number)
		next = renumbered(&n->work.arena, words, n->last->front.number, n->number);
	return next.n ? renumbered_year(n, next) : next;
}

static bool is_date_name(struct str name)
{
	struct date_claim claim;
	return name.n >= 10 && date_read(str_n(name.p, 10), &claim);
}

/* By the body's habit; STR_NONE after a line on stderr where that asks for a date. */
static struct str habitual_name(struct next *n)
{
	bool dated = n->last && is_date_name(n->last->name);
	struct str name = n->last && !dated ? next_words(n, n->last->name) : STR_NONE;
	if (name.n)
		return name;
	if (date_is(n->date))
		return date_iso(&n->work.arena, n->date);
	if (!n->last)
		return STR("1");
	fprintf(stderr,
		dated ? _("giji: the records of %.*s are named by date; say which: --date 2026-06-11\n")
		      : _("giji: no number stands in the names of the records of %.*s; say --date 2026-06-11, or a "
			  "name behind the body\n"),
		STR_ARG(n->body->folder));
	return STR_NONE;
}

/* The title of a meeting that is named by its day. */
static struct str redated(struct next *n)
{
	static const struct str languages[] = { STR_INIT("ja"), STR_INIT("en") };
	struct arena *a = &n->work.arena;
	struct str title = n->last->front.title;
	for (size_t i = 0; i < 2 && date_is(n->date); i++) {
		struct str day = date_print_short(a, n->last->front.date.date, languages[i]);
		size_t at = str_find(title, day, 0);
		if (at != SIZE_MAX)
			return arena_format(a, "%.*s%.*s%.*s", STR_ARG(str_n(title.p, at)),
				STR_ARG(date_print_short(a, n->date, languages[i])),
				STR_ARG(str_from(title, at + day.n)));
	}
	return STR_NONE;
}

static struct str next_title(struct next *n)
{
	struct str title = n->last ? next_words(n, n->last->front.title) : STR_NONE;
	if (n->last && !title.n)
		title = redated(n);
	return title.n ? title : n->body->title;
}

/* --- its text --- */

/* A value of YAML: plain where nothing in it could be syntax, else in single quotes. */
static void put_value(struct buf *out, struct str s)
{
	static const char special[] = ":#,[]{}&*!|>'\"%@`\\";
	bool plain = s.n > 0 && s.p[0] != '-' && s.p[0] != '?' && s.p[0] != '=' && s.p[0] != ' ' && s.p[s.n - 1] != ' ';
	bool digits = true;
	for (size_t i = 0; i < s.n; i++) {
		plain = plain && (unsigned char)s.p[i] >= ' ' && !strchr(special, s.p[i]);
		digits = digits && strchr("0123456789.+-eE_xo", s.p[i]);
	}
	if (plain && !digits && !str_is_one_of(s, "true|false|null|yes|no|~")) {
		buf_put(out, s);
		return;
	}
	buf_byte(out, '\'');
	for (size_t i = 0; i < s.n; i++)
		buf_put(out, s.p[i] == '\'' ? STR("''") : s.p[i] == '\n' ? STR(" ") : str_n(s.p + i, 1));
	buf_byte(out, '\'');
}

static void put_field(struct buf *out, const char *key, struct str value)
{
	buf_format(out, "%s: ", key);
	put_value(out, value);
	buf_byte(out, '\n');
}

/* Who sends a proxy is a member all the same, and the proxy is not one. */
static bool is_stand_in(const struct attendance *all, const struct attendee *at)
{
	for (size_t i = 0; !str_empty(at->proxy_for) && i < all->attendee_count; i++)
		if (str_eq(all->attendees[i].label, at->proxy_for))
			return true;
	return false;
}

/* What held for that one meeting is left out: absences, times, presence from afar. */
static void put_attendee(struct buf *out, const struct attendee *at)
{
	struct str label = str_empty(at->proxy_for) ? at->label : at->proxy_for;
	bool plain = str_empty(at->person) && str_empty(at->short_name) && !words_are(&at->organization);
	buf_put(out, STR("      - "));
	if (plain || !str_empty(at->proxy_for)) {
		put_value(out, label);
		buf_byte(out, '\n');
		return;
	}
	buf_put(out, STR("{label: "));
	put_value(out, label);
	const struct {
		const char *key;
		struct str value;
	} more[] = { { "person", at->person }, { "short", at->short_name }, { "organization", at->organization.any } };
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		if (str_empty(more[i].value))
			continue;
		buf_format(out, ", %s: ", more[i].key);
		put_value(out, more[i].value);
	}
	buf_put(out, STR("}\n"));
}

/* What begins a line of a group: the hyphen stands before the first. */
static const char *indent(const char **next)
{
	const char *this = *next;
	*next = "    ";
	return this;
}

static void put_group(struct buf *out, const struct attendance *all, const struct attendance_group *g)
{
	static const char *const keys[] = { "people", "organizations" };
	const char *next = "  - ";
	if (words_are(&g->name)) {
		buf_put(out, str_c(indent(&next)));
		put_field(out, "group", g->name.any);
	}
	if (g->is_public)
		buf_format(out, "%spublic: true\n", indent(&next));
	/* Other residents will come next time. */
	if (g->is_public || g->count)
		buf_format(out, "%scount:\n", indent(&next));
	for (int k = 0; k < 2; k++) {
		bool begun = false;
		for (size_t i = g->first; i < g->end; i++) {
			const struct attendee *at = &all->attendees[i];
			if (g->is_public || at->is_organization != (k == 1) || is_stand_in(all, at))
				continue;
			if (!begun)
				buf_format(out, "%s%s:\n", indent(&next), keys[k]);
			begun = true;
			put_attendee(out, at);
		}
	}
}

static void put_attendance(struct buf *out, const struct meeting *last)
{
	const struct attendance *all = &last->front.attendees;
	if (all->group_count == 0)
		return;
	buf_format(out, "attendees:  # %s\n", _("as at the last meeting; who was absent goes under absent:"));
	for (size_t i = 0; i < all->group_count; i++)
		put_group(out, all, &all->groups[i]);
}

static void put_time(struct buf *out, const struct time_span *t)
{
	buf_format(out, "time: %d:%02d", t->from.hour, t->from.minute);
	if (t->to.hour >= 0)
		buf_format(out, "-%d:%02d", t->to.hour, t->to.minute);
	buf_byte(out, '\n');
}

static void put_agenda(struct buf *out, const struct meeting *last)
{
	const struct agenda *agenda = &last->front.agenda;
	if (agenda->count == 0)
		return;
	buf_format(out, "agenda:  # %s\n", _("that of the last meeting: write the new one, here and in the headings"));
	for (size_t i = 0; i < agenda->count; i++)
		if (agenda->parts[i].level == 1) {
			buf_put(out, STR("  - "));
			put_value(out, agenda->parts[i].title);
			buf_byte(out, '\n');
		}
}

static void put_facts(struct next *n)
{
	const struct record_front *f = n->form ? &n->form->front : NULL;
	struct buf *out = &n->out;
	put_field(out, "title", next_title(n));
	if (f && f->kind)
		buf_format(out, "kind: %s\n", record_kind_words[f->kind]);
	if (f && !str_empty(f->session))
		put_field(out, "session", f->session);
	if (n->number)
		buf_format(out, "number: %ld\n", n->number);
	if (date_is(n->date))
		buf_format(out, "date: %.*s\n", STR_ARG(date_iso(&n->work.arena, n->date)));
	else
		buf_format(out, "date:  # %s\n", _("2026-06-11; without it no page shows the draft"));
	if (f && f->time_given)
		put_time(out, &f->time);
	if (f && !str_empty(f->place))
		put_field(out, "place", f->place);
	buf_format(out, "status: draft  # %s\n", _("scheduled before the meeting, then provisional or confirmed"));
	if (n->form) {
		put_attendance(out, n->form);
		put_agenda(out, n->form);
		return;
	}
	buf_put(out, STR("time:\nplace:\nattendees:\n  - group:\n    people: []\nagenda: []\n"));
}

/* The headings of the last record. */
static void put_headings(struct next *n)
{
	for (size_t i = 1; n->form && i < n->form->item_count; i++) {
		const struct item *item = &n->form->items[i];
		/* （１） and １． need no space behind them; 1. and 日程第１ do, each in its width. */
		bool closed = str_ends(item->number, STR("）")) || str_ends(item->number, STR("．"));
		bool wide = !str_empty(item->number) && item->number.p[item->number.n - 1] & 0x80;
		if (item->level == 1 && str_empty(item->closed))
			buf_format(&n->out, "\n## %.*s%s%.*s\n", STR_ARG(item->number),
				closed || str_empty(item->number) ? ""
					: wide                    ? "　"
								  : " ",
				STR_ARG(item->title));
	}
}

static int write_file(struct next *n)
{
	struct str path =
		arena_format(&n->work.arena, "content/%.*s/%.*s.md", STR_ARG(n->body->folder), STR_ARG(n->name));
	struct fs_entry entry;
	if (!slug_is_clean(n->name)) {
		fprintf(stderr, _("giji: %.*s is no name for a file\n"), STR_ARG(n->name));
		return EXIT_USAGE;
	}
	if (fs_stat(&n->work.root.site, path, &entry) != FS_ABSENT) {
		fprintf(stderr, _("giji: %.*s is there already; another name may stand behind the body\n"),
			STR_ARG(path));
		return EXIT_USAGE;
	}
	buf_put(&n->out, STR("---\n"));
	put_facts(n);
	buf_put(&n->out, STR("---\n"));
	put_headings(n);
	enum fs_result result = fs_write(&n->work.root.site, path, buf_str(&n->out));
	if (result != FS_OK) {
		fprintf(stderr, _("giji: %.*s cannot be written: %s\n"), STR_ARG(path), fs_why(result));
		return EXIT_MACHINE;
	}
	printf("%.*s\n", STR_ARG(path));
	if (!n->work.options->quiet && !date_is(n->date))
		fputs(_("Fill in its date first; giji build -D shows drafts.\n"), stderr);
	return EXIT_CLEAN;
}

static int write_next(struct next *n)
{
	const struct options *o = n->work.options;
	n->body = work_body(&n->work, o->arguments[0]);
	if (!n->body)
		return EXIT_USAGE;
	n->last = find_last(n->work.site, n->body->folder, false);
	n->form = find_last(n->work.site, n->body->folder, true);
	n->form = n->form ? n->form : n->last;
	n->number = next_number(n);
	if (o->argument_count > 1) {
		n->name = str_c(o->arguments[1]);
		n->name = str_ends(n->name, STR(".md")) ? str_but(n->name, 3) : n->name;
	} else {
		n->name = habitual_name(n);
	}
	return n->name.p ? write_file(n) : EXIT_USAGE;
}

int new_run(const struct options *o)
{
	struct next n = { .date = o->date };
	if (o->argument_count < 1 || o->argument_count > 2) {
		fputs(_("giji: new takes the folder of a body, and a name for the file if you wish: giji new "
			"kyogikai\n"),
			stderr);
		return EXIT_USAGE;
	}
	if (!work_begin(&n.work, o))
		return EXIT_USAGE;
	bool read = work_site(&n.work, true);
	if (!read)
		work_report(&n.work, false);
	int status = read ? write_next(&n) : work_status(&n.work, false);
	buf_release(&n.out);
	work_end(&n.work);
	return status;
}
