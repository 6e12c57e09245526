/*
 * `giji list [WHAT [BODY]]`: what the site holds as a table, CSV (RFC 4180, UTF-8) or JSON.
 *
 * The names of columns are the same in all three, in every language: scripts rely on them. It lists what the first
 * language's pages would show; with -D drafts too, and `list drafts` only those.
 */
#include "cli/commands.h"
#include "cli/work.h"
#include "report/report.h"
#include "text/words.h"

#include <stdio.h>

enum { COLUMNS_MOST = 10, GAP = 2 };

struct listing {
	const struct site *site;
	struct str body; /* a folder, or "" for all */
	struct arena *arena;
	size_t columns;
	struct buf cells; /* of struct str, row by row; the first one holds the names of the columns */
};

struct kind {
	struct str name;
	const char *columns[COLUMNS_MOST]; /* ends with NULL */
	void (*fill)(struct listing *l);
	bool drafts;
};

/* --- what there is --- */

static void cell(struct listing *l, struct str words)
{
	*VEC_ADD(&l->cells, struct str) = text_squeeze(l->arena, words);
}

static void cell_number(struct listing *l, size_t number)
{
	cell(l, arena_format(l->arena, "%zu", number));
}

static void cell_date(struct listing *l, struct date d)
{
	cell(l, date_is(d) ? date_iso(l->arena, d) : STR(""));
}

static void cell_words(struct listing *l, const struct meeting *m, struct range pieces)
{
	struct buf words = { 0 };
	meeting_words(m, pieces, &words);
	cell(l, buf_str(&words));
	buf_release(&words);
}

static bool is_wanted(const struct listing *l, const struct meeting *m)
{
	return str_empty(l->body) || str_eq(l->body, m->folder);
}

/* Not published as things stand. */
static bool is_draft(const struct listing *l, uint32_t meeting)
{
	const struct record_front *f = &l->site->meetings[meeting]->front;
	bool folder = false;
	for (uint32_t b = l->site->places[meeting].body; b != NONE; b = l->site->bodies[b].parent)
		folder = folder || l->site->bodies[b].front.draft;
	return folder || f->status == STATUS_NONE || f->status == STATUS_DRAFT ||
		date_compare(f->publish_on.date, l->site->now) > 0;
}

static void put_meeting(struct listing *l, const struct meeting *m)
{
	cell_date(l, m->front.date.date);
	cell(l, m->folder);
	cell(l, m->front.number ? arena_format(l->arena, "%ld", m->front.number) : STR(""));
	cell(l, m->front.status ? str_c(record_status_words[m->front.status]) : STR(""));
	cell(l, m->front.title);
	cell(l, m->path);
}

static void fill_meetings(struct listing *l)
{
	const struct edition *e = &l->site->editions[0];
	for (size_t i = 0; i < e->meeting_count; i++)
		if (is_wanted(l, l->site->meetings[e->meetings[i]]))
			put_meeting(l, l->site->meetings[e->meetings[i]]);
}

/* In every language: a translation may be late. */
static void fill_drafts(struct listing *l)
{
	for (size_t i = 0; i < l->site->undated_count; i++)
		if (is_wanted(l, l->site->undated[i]))
			put_meeting(l, l->site->undated[i]);
	for (size_t i = l->site->meeting_count; i-- > 0;)
		if (is_wanted(l, l->site->meetings[i]) && is_draft(l, (uint32_t)i))
			put_meeting(l, l->site->meetings[i]);
}

static void fill_people(struct listing *l)
{
	const struct edition *e = &l->site->editions[0];
	for (size_t i = 0; i < e->people_order_count; i++) {
		const struct person *p = &l->site->people[e->people_order[i]];
		const struct appearances *a = &e->people[e->people_order[i]];
		cell(l, p->id);
		cell(l, words_in(&p->name, e->language));
		cell(l, words_in(&p->reading, e->language));
		cell_number(l, a->meeting_count);
		cell_number(l, a->remarks.count);
		cell_date(l, a->first);
		cell_date(l, a->last);
		cell(l, a->url);
	}
}

static void fill_topics(struct listing *l)
{
	const struct edition *e = &l->site->editions[0];
	for (size_t i = 0; i < e->topics_order_count; i++) {
		const struct topic *t = &l->site->topics[e->topics_order[i]];
		const struct appearances *a = &e->topics[e->topics_order[i]];
		cell(l, t->id);
		cell(l, words_in(&t->name, e->language));
		cell_number(l, a->meeting_count);
		cell_number(l, a->remarks.count);
		cell(l, a->url);
	}
}

static void fill_documents(struct listing *l)
{
	const struct edition *e = &l->site->editions[0];
	for (size_t i = 0; i < e->meeting_count; i++) {
		const struct meeting *m = l->site->meetings[e->meetings[i]];
		for (size_t k = 0; is_wanted(l, m) && k < m->front.documents.count; k++) {
			const struct document *d = &m->front.documents.items[k];
			cell_date(l, m->front.date.date);
			cell(l, m->folder);
			cell(l, d->label);
			cell(l, d->title);
			cell(l, str_empty(d->closed) ? d->source_path.n ? d->source_path : d->url : STR(""));
			cell(l, d->closed);
			cell(l, m->path);
		}
	}
}

static void put_callout(struct listing *l, const struct meeting *m, const struct callout *c)
{
	cell_date(l, m->front.date.date);
	cell(l, m->folder);
	if (c->kind == CALLOUT_ACTION) {
		const struct action *a = &m->actions[c->detail];
		cell_date(l, a->due);
		cell(l, a->who);
		cell(l, a->done ? STR("done") : STR("open"));
	} else {
		cell(l, c->kind == CALLOUT_VOTE ? STR("vote") : STR("decision"));
		cell(l, c->outcome);
	}
	cell(l, arena_format(l->arena, "%.*s#%.*s", STR_ARG(m->path), STR_ARG(c->anchor)));
	cell_words(l, m, c->pieces);
}

/* With the votes, as in the register. */
static void fill_decisions(struct listing *l)
{
	const struct decideds *d = &l->site->editions[0].decisions;
	for (size_t i = 0; i < d->count; i++) {
		const struct meeting *m = l->site->meetings[d->items[i].meeting];
		if (is_wanted(l, m))
			put_callout(l, m, &m->callouts[d->items[i].callout]);
	}
}

static void fill_actions(struct listing *l)
{
	const struct edition *e = &l->site->editions[0];
	for (size_t i = 0; i < e->meeting_count; i++) {
		const struct meeting *m = l->site->meetings[e->meetings[i]];
		for (size_t k = 0; is_wanted(l, m) && k < m->action_count; k++)
			put_callout(l, m, &m->callouts[m->actions[k].callout]);
	}
}

static const struct kind kinds[] = {
	{ STR_INIT("meetings"), { "date", "body", "number", "status", "title", "path" }, fill_meetings, false },
	{ STR_INIT("people"), { "id", "name", "reading", "meetings", "remarks", "first", "last", "url" }, fill_people,
		false },
	{ STR_INIT("topics"), { "id", "name", "meetings", "remarks", "url" }, fill_topics, false },
	{ STR_INIT("documents"), { "date", "body", "label", "title", "file", "closed", "path" }, fill_documents,
		false },
	{ STR_INIT("decisions"), { "date", "body", "kind", "outcome", "at", "words" }, fill_decisions, false },
	{ STR_INIT("actions"), { "date", "body", "due", "who", "state", "at", "words" }, fill_actions, false },
	{ STR_INIT("drafts"), { "date", "body", "number", "status", "title", "path" }, fill_drafts, true },
};

enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

/* --- how it is printed --- */

static struct str cell_at(const struct listing *l, size_t i)
{
	return VEC_AT(&l->cells, struct str)[i];
}

static size_t cell_count(const struct listing *l)
{
	return VEC_COUNT(&l->cells, struct str);
}

static bool is_last(const struct listing *l, size_t i)
{
	return i % l->columns == l->columns - 1;
}

static void print_table(const struct listing *l, struct buf *out)
{
	size_t width[COLUMNS_MOST] = { 0 };
	for (size_t i = 0; i < cell_count(l); i++) {
		size_t cells = text_cells(cell_at(l, i)), *most = &width[i % l->columns];
		*most = cells > *most ? cells : *most;
	}
	for (size_t i = 0; i < cell_count(l); i++) {
		report_quiet(out, cell_at(l, i));
		for (size_t cells = text_cells(cell_at(l, i)); !is_last(l, i) && cells < width[i % l->columns] + GAP;
			cells++)
			buf_byte(out, ' ');
		if (is_last(l, i))
			buf_byte(out, '\n');
	}
}

static void put_csv(struct buf *out, struct str s, bool last)
{
	bool quoted = false;
	for (size_t i = 0; i < s.n && !quoted; i++)
		quoted = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
	if (quoted)
		buf_byte(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(out, '"');
		buf_byte(out, s.p[i]);
	}
	buf_put(out, quoted ? STR("\"") : STR(""));
	buf_put(out, last ? STR("\r\n") : STR(","));
}

static void print_csv(const struct listing *l, struct buf *out)
{
	for (size_t i = 0; i < cell_count(l); i++)
		put_csv(out, cell_at(l, i), is_last(l, i));
}

/* It takes a file that does not begin so for one of an older encoding. */
static void print_excel(const struct listing *l, struct buf *out)
{
	buf_put(out, STR("\xef\xbb\xbf"));
	print_csv(l, out);
}

static void put_json(struct buf *out, struct str column, struct str s)
{
	if (!str_is_one_of(column, "number|meetings|remarks"))
		buf_json(out, s);
	else
		buf_put(out, s.n ? s : STR("null"));
}

static void print_json(const struct listing *l, struct buf *out)
{
	buf_byte(out, '[');
	for (size_t i = l->columns; i < cell_count(l); i++) {
		struct str column = cell_at(l, i % l->columns);
		const char *begin = i % l->columns ? ", " : i > l->columns ? ",\n {" : "\n {";
		buf_format(out, "%s\"%.*s\": ", begin, STR_ARG(column));
		put_json(out, column, cell_at(l, i));
		buf_put(out, is_last(l, i) ? STR("}") : STR(""));
	}
	buf_put(out, STR("\n]\n"));
}

/* --- */

static const struct kind *find_kind(struct str name)
{
	struct str near = STR_NONE;
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (str_eq(name, kinds[i].name))
			return &kinds[i];
		str_nearer(name, kinds[i].name, &near);
	}
	if (near.n)
		fprintf(stderr, _("giji: list knows no %.*s; did you mean %.*s?\n"), STR_ARG(name), STR_ARG(near));
	else
		fprintf(stderr, _("giji: list knows no %.*s; giji help list names what it does\n"), STR_ARG(name));
	return NULL;
}

static int list(struct work *w, const struct kind *k)
{
	static void (*const printers[])(const struct listing *, struct buf *) = {
		[LIST_TABLE] = print_table, [LIST_CSV] = print_csv, [LIST_EXCEL] = print_excel, [LIST_JSON] = print_json
	};
	struct listing l = { .site = w->site, .arena = &w->arena };
	struct buf out = { 0 };
	if (w->options->argument_count > 1 && *w->options->arguments[1]) {
		const struct body *b = work_body(w, w->options->arguments[1]);
		if (!b)
			return EXIT_USAGE;
		l.body = b->folder;
	}
	for (; l.columns < COLUMNS_MOST && k->columns[l.columns]; l.columns++)
		cell(&l, str_c(k->columns[l.columns]));
	k->fill(&l);
	printers[w->options->list](&l, &out);
	fwrite(out.p, 1, out.n, stdout);
	buf_release(&out);
	buf_release(&l.cells);
	if (w->diags.errors)
		fprintf(stderr,
			_("giji: the site has errors (%zu), so something may be missing; giji check tells them\n"),
			w->diags.errors);
	return EXIT_CLEAN;
}

int list_run(const struct options *o)
{
	struct work w;
	const struct kind *k = find_kind(o->argument_count ? str_c(o->arguments[0]) : STR("meetings"));
	if (!k)
		return EXIT_USAGE;
	if (!work_begin(&w, o))
		return EXIT_USAGE;
	bool read = work_site(&w, o->drafts || k->drafts);
	if (!read)
		work_report(&w, false);
	int status = read ? list(&w, k) : work_status(&w, false);
	work_end(&w);
	return status;
}
