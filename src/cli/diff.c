/* `giji diff OLD NEW`, what changed between two versions of a record. */
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/root.h"
#include "minutes/alone.h"
#include "minutes/compare.h"
#include "minutes/stamped.h"
#include "report/report.h"
#include "sys/process.h"
#include "text/changes.h"
#include "text/words.h"

#include <stdio.h>
#include <string.h>

struct version {
	const char *path; /* as given; of a ledger as it lies in the site */
	struct meeting *meeting;
	const struct yaml_node *front;
};

struct differ {
	const struct options *options;
	struct arena arena;
	struct version old, new;
	struct ledger ledger; /* of the record that lies in the site, if it has one */
	struct comparison comparison;
	struct fact_change *facts, *rest;
	size_t fact_count, rest_count;
	struct buf out;
	bool color;
};

/* --- for people --- */

enum paint { PLAIN, BOLD, RED, GREEN };

static void paint(struct differ *d, enum paint p)
{
	static const char *const codes[] = { "\033[m", "\033[1m", "\033[31m", "\033[32m" };
	if (d->color)
		buf_put(&d->out, str_c(codes[p]));
}

/* What stays the same is shown as far as it helps to find the place. */
static void put_kept(struct differ *d, struct str words, bool first, bool last)
{
	enum { AROUND = 24 };
	bool cut;
	size_t points = str_points(words), from = 0, length;
	if (points <= (first || last ? AROUND + 2 : 2 * AROUND + 2)) {
		report_quiet(&d->out, words);
		return;
	}
	if (!first)
		report_quiet(&d->out, text_excerpt(words, AROUND, &cut));
	buf_put(&d->out, STR("…"));
	for (size_t skip = points - AROUND; !last && skip-- > 0; from += length)
		str_point(words, from, &length);
	if (!last)
		report_quiet(&d->out, str_from(words, from));
}

static void put_changes(struct differ *d, struct str was, struct str is)
{
	size_t count;
	struct run *runs = text_changes(&d->arena, was, is, &count);
	for (size_t i = 0; i < count; i++) {
		if (runs[i].kind == RUN_KEPT) {
			put_kept(d, runs[i].words, i == 0, i + 1 == count);
			continue;
		}
		bool removed = runs[i].kind == RUN_REMOVED;
		paint(d, removed ? RED : GREEN);
		buf_put(&d->out, removed ? STR("[-") : STR("{+"));
		report_quiet(&d->out, runs[i].words);
		buf_put(&d->out, removed ? STR("-]") : STR("+}"));
		paint(d, PLAIN);
	}
	buf_byte(&d->out, '\n');
}

static void put_facts(struct differ *d, const struct fact_change *facts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		paint(d, BOLD);
		report_quiet(&d->out, facts[i].key);
		buf_byte(&d->out, ':');
		paint(d, PLAIN);
		buf_byte(&d->out, ' ');
		put_changes(d, facts[i].was, facts[i].is);
	}
	if (count)
		buf_byte(&d->out, '\n');
}

/* s4-5 → s5-5 岡座長, line 96: changed, moved */
static void put_heading(struct differ *d, const struct change *c)
{
	struct str was = c->old_anchor, is = c->anchor;
	paint(d, BOLD);
	buf_put(&d->out, was.n ? was : is);
	if (was.n && is.n && !str_eq(was, is))
		buf_format(&d->out, " → %.*s", STR_ARG(is));
	if (c->label.n)
		buf_byte(&d->out, ' ');
	report_quiet(&d->out, c->label);
	paint(d, PLAIN);
	buf_format(&d->out, is.n ? _(", line %u: ") : _(", line %u of the old version: "), c->line);
	const struct {
		bool is;
		const char *word;
	} words[] = { { !was.n, _("added") }, { !is.n, _("removed") }, { c->reworded, _("changed") },
		{ c->moved, _("moved") }, { c->said_by.n || c->now_by.n, _("another speaker") } };
	const char *gap = "";
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].is) {
			buf_format(&d->out, "%s%s", gap, words[i].word);
			gap = ", ";
		}
	buf_byte(&d->out, '\n');
}

static void put_indented(struct differ *d, struct str was, struct str is)
{
	buf_put(&d->out, STR("    "));
	put_changes(d, was, is);
}

static void put_change(struct differ *d, const struct change *c)
{
	put_heading(d, c);
	if (c->said_by.n || c->now_by.n)
		put_indented(d, c->said_by, c->now_by);
	bool one_sided = !c->old_anchor.n || !c->anchor.n; /* of a speech, its heading says all */
	if (c->reworded || (one_sided && c->kind != PART_SPEECH))
		put_indented(d, c->was, c->is);
}

struct totals {
	size_t changed, added, removed, moved;
};

static struct totals count_changes(const struct differ *d)
{
	struct totals t = { .changed = d->rest_count };
	for (size_t i = 0; i < d->comparison.count; i++) {
		const struct change *c = &d->comparison.changes[i];
		t.added += !c->old_anchor.n;
		t.removed += !c->anchor.n;
		t.moved += c->moved;
		t.changed += c->reworded || c->said_by.n || c->now_by.n;
	}
	return t;
}

static bool is_same(const struct differ *d)
{
	return d->comparison.count == 0 && d->fact_count == 0 && d->rest_count == 0;
}

static void put_notes(struct differ *d)
{
	bool closed = false;
	const struct meeting *both[] = { d->old.meeting, d->new.meeting };
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < both[i]->callout_count; k++)
			closed = closed || both[i]->callouts[k].kind == CALLOUT_CLOSED;
	if (both[0]->withheld || both[1]->withheld)
		buf_format(&d->out, _("Of a record that is not public as a whole, only the facts were compared.\n"));
	else if (closed)
		buf_format(&d->out, _("What stands in closed parts was not compared.\n"));
	if (d->options->argument_count == 1)
		buf_format(&d->out,
			_("A ledger holds no facts: date, place, attendees and the like were not compared.\n"));
}

static void print_human(struct differ *d)
{
	struct totals t = count_changes(d);
	if (!is_same(d)) {
		buf_format(&d->out, "--- %s\n+++ %s\n\n", d->old.path, d->new.path);
		put_facts(d, d->facts, d->fact_count);
		for (size_t i = 0; i < d->comparison.count; i++)
			put_change(d, &d->comparison.changes[i]);
		if (d->comparison.count)
			buf_byte(&d->out, '\n');
		put_facts(d, d->rest, d->rest_count);
	}
	if (d->options->quiet)
		return;
	put_notes(d);
	if (is_same(d))
		buf_format(&d->out, _("Both versions say the same.\n"));
	else
		buf_format(&d->out, _("changed: %zu, added: %zu, removed: %zu, moved: %zu; facts: %zu\n"), t.changed,
			t.added, t.removed, t.moved, d->fact_count);
}

/* --- for programs --- */

static void put_member(struct buf *out, const char *name, struct str value)
{
	buf_format(out, ", \"%s\": ", name);
	buf_json(out, value);
}

static void put_runs(struct differ *d, struct str was, struct str is)
{
	static const char *const kinds[] = { "kept", "removed", "added" };
	size_t count;
	struct run *runs = text_changes(&d->arena, was, is, &count);
	put_member(&d->out, "before", was);
	put_member(&d->out, "after", is);
	buf_put(&d->out, STR(", \"parts\": ["));
	for (size_t i = 0; i < count; i++) {
		buf_format(&d->out, "%s{\"%s\": ", i ? ", " : "", kinds[runs[i].kind]);
		buf_json(&d->out, runs[i].words);
		buf_byte(&d->out, '}');
	}
	buf_put(&d->out, STR("]}"));
}

static void put_json_change(struct differ *d, const struct change *c)
{
	const char *kind = !c->old_anchor.n ? "added" : !c->anchor.n ? "removed" : c->reworded ? "changed" : "moved";
	if (c->said_by.n + c->now_by.n && !c->reworded && !c->moved)
		kind = "speaker";
	buf_format(&d->out, "{\"change\": \"%s\", \"moved\": %s, \"line\": %u", kind, c->moved ? "true" : "false",
		c->line);
	put_member(&d->out, "old_anchor", c->old_anchor);
	put_member(&d->out, "anchor", c->anchor);
	put_member(&d->out, "speaker", c->label);
	if (c->said_by.n || c->now_by.n)
		put_member(&d->out, "old_speaker", c->said_by);
	put_runs(d, c->was, c->is);
}

static void put_json_facts(struct differ *d, const char *name, const struct fact_change *facts, size_t count)
{
	buf_format(&d->out, ", \"%s\": [", name);
	for (size_t i = 0; i < count; i++) {
		buf_format(&d->out, "%s{\"key\": ", i ? ",\n  " : "\n  ");
		buf_json(&d->out, facts[i].key);
		put_runs(d, facts[i].was, facts[i].is);
	}
	buf_byte(&d->out, ']');
}

static void print_json(struct differ *d)
{
	buf_format(&d->out, "{\"same\": %s", is_same(d) ? "true" : "false");
	put_member(&d->out, "old", str_c(d->old.path));
	put_member(&d->out, "new", str_c(d->new.path));
	put_json_facts(d, "facts", d->facts, d->fact_count);
	buf_put(&d->out, STR(", \"changes\": ["));
	for (size_t i = 0; i < d->comparison.count; i++) {
		buf_put(&d->out, i ? STR(",\n  ") : STR("\n  "));
		put_json_change(d, &d->comparison.changes[i]);
	}
	buf_byte(&d->out, ']');
	put_json_facts(d, "other", d->rest, d->rest_count);
	buf_put(&d->out, STR("}\n"));
}

/* --- the command --- */

static bool read_version(struct differ *d, struct alone *site, struct version *v)
{
	struct buf bytes = { 0 };
	struct diags ds;
	if (!argument_read(v->path, &bytes)) {
		buf_release(&bytes);
		return false;
	}
	diags_init(&ds, &d->options->levels);
	v->meeting = alone_read(site, arena_str(&d->arena, buf_str(&bytes)), str_c(v->path), &v->front, &ds);
	if (!v->meeting) {
		struct report_options how = { .format = REPORT_HUMAN, .color = d->options->color };
		struct buf words = { 0 };
		report_write(&ds, &how, &words);
		fwrite(words.p ? words.p : "", 1, words.n, stderr);
		buf_release(&words);
	}
	diags_release(&ds);
	buf_release(&bytes);
	return v->meeting != NULL;
}

/* By the ledger, both versions have the addresses of the page. What it finds wrong is for `giji build` to say. */
static void name_version(struct differ *d, struct version *v, const struct ledger *l)
{
	struct diags unsaid;
	if (!l->found || !l->sound)
		return;
	diags_init(&unsaid, &d->options->levels);
	meeting_follow(v->meeting, l, &d->arena, &unsaid);
	meeting_name(v->meeting, NULL, &d->arena, &unsaid);
	diags_release(&unsaid);
}

/* In an earlier version there may still be what was taken out since: by its place, where its words are not kept. */
static struct ledger earlier_ledger(struct differ *d)
{
	struct ledger l = d->ledger;
	l.lines = ARENA_ARRAY(&d->arena, struct ledger_line, l.count + 1);
	for (size_t i = 0; i < l.count; i++) {
		l.lines[i] = d->ledger.lines[i];
		if (l.lines[i].state == LEDGER_REMOVED || l.lines[i].state == LEDGER_FORGOTTEN)
			l.lines[i].state = l.lines[i].words.n ? LEDGER_CONFIRMED : LEDGER_PROVISIONAL;
	}
	return l;
}

static bool compare(struct differ *d, struct alone *site)
{
	bool with_ledger = d->options->argument_count == 1;
	if ((!with_ledger && !read_version(d, site, &d->old)) || !read_version(d, site, &d->new))
		return false;
	name_version(d, &d->new, &d->ledger);
	if (with_ledger) {
		d->old.meeting = d->new.meeting;
		d->comparison = ledger_compare(d->new.meeting, &d->ledger, &d->arena);
	} else {
		struct ledger earlier = earlier_ledger(d);
		name_version(d, &d->old, &earlier);
		d->comparison = meeting_compare(d->old.meeting, d->new.meeting, &d->arena);
		d->facts = front_compare(d->old.front, d->new.front, &d->arena, &d->fact_count);
		d->rest = rest_compare(d->old.meeting, d->new.meeting, &d->arena, &d->rest_count);
	}
	if (d->options->format == REPORT_JSON)
		print_json(d);
	else
		print_human(d);
	return true;
}

/* Which of both lies in the site, the later one first: content/ict/5.md; or STR_NONE. */
static struct str find_place(struct differ *d, const char *site)
{
	const char *both[] = { d->new.path, d->old.path };
	for (size_t i = 0; i < 2; i++) {
		struct str path = both[i] ? argument_in_site(both[i], site, &d->arena) : STR_NONE;
		if (path.p && str_starts(path, STR("content/")))
			return path;
	}
	return STR_NONE;
}

static bool read_ledger(struct differ *d, struct fs *site, struct str place)
{
	struct diags unsaid;
	diags_init(&unsaid, &d->options->levels);
	if (place.p)
		ledger_read(site, ledger_path(place, &d->arena), &d->arena, &d->ledger, &unsaid);
	diags_release(&unsaid);
	if (d->options->argument_count == 2)
		return true;
	d->old.path = d->ledger.found ? arena_c(&d->arena, d->ledger.path) : "";
	if (d->ledger.found && d->ledger.sound)
		return true;
	fprintf(stderr,
		d->ledger.found ? _("giji: the ledger of %s is damaged; giji check says where\n")
				: _("giji: %s has no ledger to compare it with; giji stamp makes one\n"),
		d->new.path);
	return false;
}

static int diff(struct differ *d, struct root *root)
{
	struct alone site;
	struct fs_entry entry;
	struct str place = find_place(d, root->path);
	bool in_site = fs_stat(&root->site, STR("site.yml"), &entry) == FS_OK;
	if (!read_ledger(d, &root->site, place))
		return EXIT_USAGE;
	struct str folder = place.p ? fs_path_folder(str_from(place, sizeof "content/" - 1)) : STR("");
	alone_open(&site, in_site ? &root->site : NULL, folder, d->options->language);
	bool done = compare(d, &site);
	fwrite(d->out.p ? d->out.p : "", 1, d->out.n, stdout);
	int status = !done ? EXIT_USAGE : is_same(d) ? EXIT_CLEAN : EXIT_FINDINGS;
	alone_release(&site);
	buf_release(&d->out);
	return status;
}

int diff_run(const struct options *o)
{
	struct root root;
	struct differ d = { .options = o, .color = o->color && (o->color_asked || process_output_is_terminal()) };
	bool twice = o->argument_count == 2 && strcmp(o->arguments[0], "-") == 0 && strcmp(o->arguments[1], "-") == 0;
	if (o->argument_count < 1 || o->argument_count > 2 || twice) {
		fputs(_("giji: diff takes two versions of a record, giji diff OLD NEW, of which one may be -; or one "
			"record "
			"that was stamped\n"),
			stderr);
		return EXIT_USAGE;
	}
	if (!root_open(&root, o))
		return EXIT_USAGE;
	arena_init(&d.arena);
	d.new.path = o->arguments[o->argument_count - 1];
	d.old.path = o->argument_count == 2 ? o->arguments[0] : NULL;
	int status = diff(&d, &root);
	arena_release(&d.arena);
	root_close(&root);
	return status;
}
