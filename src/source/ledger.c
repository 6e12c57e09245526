#include "source/ledger.h"

#include "base/map.h"
#include "source/encoding.h"
#include "source/names.h"

static const struct str header = STR_INIT("# giji ledger 1");
static const struct str states[] = { STR_INIT("provisional"), STR_INIT("confirmed"), STR_INIT("removed"),
	STR_INIT("forgotten") };

/* Of bytes; each line of a record may be a few words, and its address and date longer than they are. */
enum { LEDGER_MOST = 64 * 1024 * 1024, CORRECTIONS_MOST = 99999 };

struct str ledger_path(struct str record, struct arena *a)
{
	return arena_format(a, "%.*s.ledger", STR_ARG(str_but(record, sizeof ".md" - 1)));
}

struct parser {
	struct ledger *ledger;
	struct map anchors;
	struct buf lines; /* of struct ledger_line */
	struct diags *diags;
	uint32_t number;
	bool conflict;  /* its marks were told */
	struct str day; /* the last date, which most lines have */
	struct date date;
};

static bool broken(struct parser *p, struct str help, const char *message, struct str words)
{
	struct loc loc = loc_at(p->ledger->path, p->number, 1);
	p->ledger->sound = false;
	loc.width = (uint32_t)str_points(words);
	return diag_add(p->diags, LEDGER_BROKEN, loc, help, message, STR_ARG(words));
}

static bool is_conflict(struct str line)
{
	return str_starts(line, STR("<<<<<<<")) || str_starts(line, STR("=======")) ||
		str_starts(line, STR(">>>>>>>")) || str_starts(line, STR("|||||||"));
}

/* 2014-02-01 and nothing else. */
static bool read_date(struct parser *p, struct str s, struct date *date)
{
	struct date_claim claim;
	bool same = p->day.n > 0 && str_eq(s, p->day);
	if (!same && (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !date_read(s, &claim)))
		return false;
	if (!same) {
		p->day = s;
		p->date = claim.date;
	}
	*date = p->date;
	return true;
}

static bool read_state(struct str s, struct ledger_line *line)
{
	struct str name = str_cut(&s, STR("+"));
	long corrections = 0;
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		if (!str_eq(name, states[i]))
			continue;
		line->state = (enum ledger_state)i;
		if (s.p && (i != LEDGER_CONFIRMED || !str_number(s, CORRECTIONS_MOST, &corrections)))
			return false;
		line->corrections = (uint32_t)corrections;
		return true;
	}
	return false;
}

static bool read_line(struct parser *p, struct str text)
{
	const char *restore = _("restore the line from version control, or delete it and stamp the record again");
	struct ledger_line line = { .line = p->number };
	struct str rest = text;
	line.anchor = str_cut(&rest, STR("\t"));
	if (is_conflict(text) && !p->conflict) {
		p->conflict = true;
		return broken(p,
			str_c(_("keep the lines of both sides, without these marks, and stamp the record again")),
			_("the ledger holds a merge conflict: %.*s"), text);
	}
	if (is_conflict(text))
		return false;
	if (!rest.p || !anchor_is(line.anchor))
		return broken(p, str_c(restore), _("this is no line of a ledger: %.*s"), text);
	struct str date = str_cut(&rest, STR("\t")), state = rest.p ? str_cut(&rest, STR("\t")) : STR("");
	line.words = rest.p ? rest : STR("");
	if (!read_date(p, date, &line.date))
		return broken(p, str_c(restore), _("「%.*s」 is no date like 2026-04-01"), date);
	if (!read_state(state, &line))
		return broken(p, str_c(restore), _("「%.*s」 is no state of an address"), state);
	if (line.state == LEDGER_PROVISIONAL && (line.words.n != 16 || !str_hex(line.words, &line.print)))
		return broken(p, str_c(restore), _("「%.*s」 is no fingerprint of words"), line.words);
	if (!map_add(&p->anchors, line.anchor, 0))
		return broken(p,
			str_c(_("keep the line of the remark that was published first, delete the other, and stamp the "
				"record again: the other remark takes a new address")),
			_("the ledger has 「%.*s」 twice"), line.anchor);
	*VEC_ADD(&p->lines, struct ledger_line) = line;
	return true;
}

static bool read_lines(struct parser *p, struct str text)
{
	struct str line = str_cut(&text, STR("\n"));
	p->number = 1;
	if (is_conflict(line) || !str_starts(line, STR("# giji ledger "))) {
		broken(p, str_c(_("restore the file from version control")), _("a ledger begins with 「%.*s」"),
			header);
	} else if (!str_eq(str_trim_end(line), header)) {
		broken(p, str_c(_("use the giji that wrote it, or a newer one")),
			_("this giji cannot read the ledger: %.*s"), line);
		return false;
	}
	while (text.p) {
		line = str_cut(&text, STR("\n"));
		p->number++;
		if (line.n > 0)
			read_line(p, line);
	}
	return p->ledger->sound;
}

bool ledger_read(struct fs *site, struct str path, struct arena *a, struct ledger *l, struct diags *ds)
{
	struct buf bytes = { 0 };
	struct str text;
	*l = (struct ledger){ .path = arena_str(a, path), .sound = true };
	enum fs_result result = fs_read(site, path, LEDGER_MOST, &bytes);
	l->found = result != FS_ABSENT;
	l->sound = result == FS_OK || result == FS_ABSENT;
	if (result == FS_OK) {
		struct parser p = { .ledger = l, .diags = ds };
		l->sound = encoding_read(buf_keep(&bytes, a), l->path, a, &text, ds);
		if (l->sound)
			read_lines(&p, text);
		l->count = VEC_COUNT(&p.lines, struct ledger_line);
		l->lines = buf_settle(&p.lines, a);
		map_release(&p.anchors);
	} else if (!l->sound) {
		content_unreadable(result, l->path, ds);
	}
	buf_release(&bytes);
	return l->sound;
}

void ledger_write(const struct ledger *l, struct buf *out)
{
	buf_format(out, "%.*s\n", STR_ARG(header));
	for (size_t i = 0; i < l->count; i++) {
		const struct ledger_line *line = &l->lines[i];
		buf_format(out, "%.*s\t%04d-%02d-%02d\t%.*s", STR_ARG(line->anchor), line->date.year, line->date.month,
			line->date.day, STR_ARG(states[line->state]));
		if (line->corrections > 0)
			buf_format(out, "+%u", line->corrections);
		if (line->state == LEDGER_PROVISIONAL)
			buf_format(out, "\t%016llx", (unsigned long long)line->print);
		else if (line->words.n > 0)
			buf_format(out, "\t%.*s", STR_ARG(line->words));
		buf_byte(out, '\n');
	}
}
