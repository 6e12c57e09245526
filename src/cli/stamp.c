/* `giji stamp`: the anchors of published records to their ledgers. */
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/work.h"
#include "minutes/parts.h"
#include "minutes/stamped.h"
#include "sys/process.h"

#include <stdio.h>

struct stamper {
	struct work work;
	struct options options;
	bool *chosen; /* one per meeting of the site */
	size_t stamped, unchanged;
};

static bool is_stampable(const struct meeting *m)
{
	return !m->withheld && (m->front.status == STATUS_PROVISIONAL || m->front.status == STATUS_CONFIRMED);
}

/* One record, or all below a folder. */
static bool is_named(const struct meeting *m, struct str place)
{
	struct str stem = str_but(m->path, sizeof ".md" - 1);
	return str_starts(stem, place) && (stem.n == place.n || stem.p[place.n] == '/');
}

static bool choose_named(struct stamper *s, const char *argument)
{
	const struct site *site = s->work.site;
	struct str place = argument_place(argument, s->work.root.path, &s->work.arena);
	bool found = false;
	for (size_t i = 0; i < site->meeting_count; i++)
		if (is_stampable(site->meetings[i]) && is_named(site->meetings[i], place))
			found = s->chosen[i] = true;
	if (!found)
		fprintf(stderr,
			_("giji: no published record is called %s; a draft, a meeting to come and a closed one are not "
			  "stamped\n"),
			argument);
	return found;
}

static bool choose(struct stamper *s)
{
	const struct options *o = &s->options;
	bool good = true;
	s->chosen = ARENA_ARRAY(&s->work.arena, bool, s->work.site->meeting_count);
	for (size_t i = 0; i < o->argument_count; i++)
		good &= choose_named(s, o->arguments[i]);
	for (size_t i = 0; i < s->work.site->meeting_count && o->argument_count == 0; i++)
		s->chosen[i] = is_stampable(s->work.site->meetings[i]);
	return good;
}

/* Only what was taken out can be forgotten. */
static bool may_forget(struct stamper *s, const struct meeting *m, const struct ledger *old)
{
	struct str anchor = str_c(s->options.forget);
	struct parts parts = meeting_parts(m, &s->work.arena);
	for (size_t i = 0; i < parts.count; i++)
		if (str_eq(*parts.items[i].anchor, anchor))
			return diag_add(&s->work.diags, STATEMENT_CHANGED, loc_at(m->path, parts.items[i].line, 1),
				diag_text(&s->work.diags,
					_("take it out of the record, add to 「corrections」: - {date: …, at: %.*s, "
					  "kind: withdrawn, "
					  "reason: …} (or kind: personal-data), then run this again"),
					STR_ARG(anchor)),
				_("%.*s still stands in the record, and cannot be forgotten"), STR_ARG(anchor));
	for (size_t i = 0; i < old->count; i++)
		if (anchor_within(old->lines[i].anchor, anchor))
			return true;
	return diag_add(&s->work.diags, ANCHOR_BROKEN, loc_file(old->path), STR_NONE,
		_("the ledger has no 「%.*s」 to forget"), STR_ARG(anchor));
}

static bool write_ledger(struct stamper *s, const struct ledger *next)
{
	struct buf out = { 0 };
	ledger_write(next, &out);
	enum fs_result result = fs_replace(&s->work.root.site, next->path, buf_str(&out));
	buf_release(&out);
	return result == FS_OK ||
		diag_add(&s->work.diags, MACHINE, loc_file(next->path), STR_NONE, _("the ledger cannot be written: %s"),
			fs_why(result));
}

static void tell(const struct stamper *s, const struct meeting *m, const struct stamping *stamping)
{
	const struct options *o = &s->options;
	if (o->format != REPORT_HUMAN || (o->quiet && !o->check))
		return;
	struct str path = o->check ? m->path : stamping->next.path;
	printf(_("%.*s: new %zu, changed %zu, removed %zu, forgotten %zu\n"), STR_ARG(path), stamping->added,
		stamping->changed, stamping->removed, stamping->forgotten);
}

static bool stamp_record(struct stamper *s, const struct meeting *m)
{
	const struct options *o = &s->options;
	struct arena a;
	struct ledger old;
	arena_init(&a);
	struct stamping stamping = { .today = s->work.site->now, .forget = str_c(o->forget), .arena = &a };
	bool good = ledger_read(&s->work.root.site, ledger_path(m->path, &a), &a, &old, &s->work.diags) &&
		(!o->forget || may_forget(s, m, &old));
	if (good) {
		meeting_stamp(m, &old, &stamping);
		bool writes = o->check ? stamping.due : stamping.differs;
		good = !writes || o->check || write_ledger(s, &stamping.next);
		if (writes && good)
			tell(s, m, &stamping);
		s->stamped += writes && good;
		s->unchanged += !writes;
	}
	arena_release(&a);
	return good;
}

static bool stamp_all(struct stamper *s)
{
	bool good = true;
	for (size_t i = 0; i < s->work.site->meeting_count && good && !process_interrupted(); i++)
		if (s->chosen[i])
			good = stamp_record(s, s->work.site->meetings[i]);
	return good && !process_interrupted();
}

static void summarize(const struct stamper *s, bool loaded)
{
	const struct options *o = &s->options;
	if (o->quiet || o->format != REPORT_HUMAN)
		return;
	if (!loaded)
		printf(_("Nothing was stamped; errors: %zu\n"), s->work.diags.errors);
	else if (o->check)
		printf(_("records to be stamped: %zu; up to date: %zu\n"), s->stamped, s->unchanged);
	else
		printf(_("records stamped: %zu; unchanged: %zu\n"), s->stamped, s->unchanged);
}

int stamp_run(const struct options *o)
{
	struct stamper s = { .options = *o };
	if (o->forget && (o->argument_count != 1 || o->check)) {
		fputs(_("giji: --forget takes one record: giji stamp --forget s5-1 content/council/1.md\n"), stderr);
		return EXIT_USAGE;
	}
	/* What is to be stamped is no news here; what was added without a word must not be stamped. */
	s.options.levels.of[UNSTAMPED] = DIAG_OFF;
	s.options.levels.of[STATEMENT_ADDED] = DIAG_ERROR;
	if (!work_begin(&s.work, &s.options))
		return EXIT_USAGE;
	bool loaded = work_site(&s.work, false) && work_sound(&s.work) && !process_interrupted();
	bool named = loaded && choose(&s), done = named && stamp_all(&s);
	if (!done || o->format != REPORT_HUMAN || o->report_count > 0)
		work_report(&s.work, false);
	if (!loaded || done)
		summarize(&s, loaded);
	int status = loaded && !named ? EXIT_USAGE : work_status(&s.work, done);
	if (status == EXIT_CLEAN && o->check && s.stamped > 0)
		status = EXIT_FINDINGS;
	work_end(&s.work);
	return status;
}
