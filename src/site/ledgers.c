/* Ledgers: which record each belongs to, what translations are named after, and which records have none. */
#include "minutes/parts.h"
#include "minutes/stamped.h"
#include "site/build.h"

void build_follow_ledger(struct build *b, struct record *r, size_t worker, struct arena *a, struct diags *ds)
{
	struct arena *scratch = &b->scratches[worker];
	struct ledger ledger;
	ledger_read(b->fs, ledger_path(r->file->path, scratch), scratch, &ledger, ds);
	meeting_follow(r->meeting, &ledger, a, ds);
	if (str_empty(r->file->language))
		meeting_name(r->meeting, NULL, a, ds);
	else
		meeting_keep_names(r->meeting, a);
}

static struct str record_key(struct build *b, const struct record *r)
{
	return arena_format(&b->scratch, "%.*s/%.*s", STR_ARG(r->file->folder), STR_ARG(r->file->name));
}

/* The addresses of a record whose file is gone would die without a word. */
static void check_orphan(struct build *b, const struct content_file *file)
{
	struct str end = STR(".ledger");
	if (file->kind != CONTENT_REGISTER || !str_ends(file->path, end))
		return;
	struct str stem = str_but(file->path, end.n);
	static const char *const endings[] = { "md", "MD" };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (build_find_file(b, arena_format(&b->scratch, "%.*s.%s", STR_ARG(stem), endings[i])) != SIZE_MAX)
			return;
	diag_add(b->diags, ANCHOR_LOST, loc_file(file->path),
		diag_text(b->diags,
			_("put the record back; was it renamed, rename its ledger too and name the old address in the "
			  "record's 「aliases」; was it withdrawn, keep its facts and write 「closed」")),
		_("the record of this ledger is gone, and with it its published addresses"));
}

void build_ledgers(struct build *b)
{
	struct map originals = { 0 };
	for (size_t i = 0; i < b->record_count; i++)
		if (str_empty(b->records[i].file->language))
			map_add(&originals, record_key(b, &b->records[i]), i);
	for (size_t i = 0; i < b->record_count; i++) {
		struct record *r = &b->records[i];
		size_t at;
		bool found = map_get(&originals, record_key(b, r), &at);
		if (r->meeting && !str_empty(r->file->language))
			meeting_name(r->meeting, found ? b->records[at].meeting : NULL, &b->site->arena, b->diags);
	}
	map_release(&originals);
	for (size_t i = 0; i < b->tree.count; i++)
		check_orphan(b, &b->tree.files[i]);
}

static bool lacks_ledger(struct build *b, const struct meeting *m)
{
	return m->front.status == STATUS_CONFIRMED && !m->withheld && !m->stamped.found &&
		(m->speech_count > 0 || meeting_parts(m, &b->scratch).count > 0);
}

/* A site that was never stamped hears of it once. */
void build_unstamped(struct build *b)
{
	const struct site *s = b->site;
	const struct meeting *first = NULL;
	struct str help = diag_text(b->diags, _("run giji stamp, and commit the .ledger file with the record"));
	size_t without = 0, with = 0;
	for (size_t i = 0; i < s->meeting_count; i++) {
		const struct meeting *m = s->meetings[i];
		bool lacks = lacks_ledger(b, m);
		with += m->stamped.found;
		without += lacks;
		if (lacks && !first)
			first = m;
	}
	for (size_t i = 0; i < s->meeting_count; i++) {
		const struct meeting *m = s->meetings[i];
		if (m->stamped.stale && (m->stamped.confirmed || m->front.status == STATUS_CONFIRMED))
			diag_add(b->diags, UNSTAMPED, m->front.loc, help, _("the record is newer than its ledger"));
		else if (with > 0 && lacks_ledger(b, m))
			diag_add(b->diags, UNSTAMPED, m->front.loc, help,
				_("the record is confirmed, and its addresses are not stamped"));
	}
	if (with == 0 && without == 1)
		diag_add(b->diags, UNSTAMPED, first->front.loc, help,
			_("the record is confirmed, and its addresses are not stamped"));
	else if (with == 0 && first)
		diag_add(b->diags, UNSTAMPED, first->front.loc, help,
			_("confirmed records whose addresses are not stamped: %zu, of which this is the first"),
			without);
}
