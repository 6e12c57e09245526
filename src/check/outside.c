#include "check/outside.h"

#include <stdlib.h>

enum { GOOD_DAYS = 30, BAD_DAYS = 1, TEXT_MOST = 4 * 1024 * 1024 };

struct text { /* that may hold an address besides the words of records and pages */
	struct str path, bytes;
};

struct link {
	struct web_question question;
	const struct outside_link *shown;
	struct date asked; /* absent: nothing is remembered */
	struct loc loc;    /* where it is first written; without a path: not in the words of records and pages */
	bool quiet;        /* that line is for no log */
};

struct judge {
	const struct outside *outside;
	const struct checked *all;
	struct link *links; /* sorted by address */
	size_t count;
	struct map numbers;
	struct buf texts; /* of struct text */
	struct arena *arena;
	struct diags *ds;
};

static const struct {
	struct str word;
	const char *message;
} failures[WEB_FAILURES] = {
	[WEB_NO_HOST] = { STR_INIT("no-host"), N_("no server has the name in this link") },
	[WEB_NO_TRUST] = { STR_INIT("no-trust"), N_("the server of this link cannot prove by TLS who it is") },
	[WEB_NO_ANSWER] = { STR_INIT("no-answer"), N_("the server of this link cannot be reached") },
	[WEB_LATE] = { STR_INIT("late"), N_("the server of this link did not answer in time") },
	[WEB_REDIRECTS] = { STR_INIT("redirects"), N_("this link is redirected again and again") },
	[WEB_ELSEWHERE] = { STR_INIT("elsewhere"), N_("this link is redirected to what giji does not ask") },
};

static bool is_good(int answer)
{
	return answer >= 200 && answer < 300;
}

static bool is_broken(int answer)
{
	return answer == 404 || answer == 410 || answer == WEB_NO_HOST || answer == WEB_NO_TRUST;
}

/* --- what is remembered --- */

static int answer_of(struct str word)
{
	long status;
	if (str_number(word, 999, &status) && status >= 200)
		return (int)status;
	for (int i = 0; i < WEB_FAILURES; i++)
		if (word.n && str_eq(word, failures[i].word))
			return i;
	return WEB_UNASKED;
}

static bool is_fresh(struct date asked, struct date today, int answer)
{
	for (int days = is_good(answer) ? GOOD_DAYS : BAD_DAYS; days > 0; days--, asked = date_next(asked))
		if (date_compare(asked, today) == 0)
			return true;
	return false;
}

/* A line that says nothing to us is one more link to ask. */
static void recall(struct judge *j)
{
	for (struct str rest = j->outside->known; rest.p;) {
		struct str line = str_cut(&rest, STR("\n")), date = str_cut(&line, STR(" "));
		int answer = answer_of(str_cut(&line, STR(" ")));
		struct str address = str_cut(&line, STR(" "));
		struct date_claim claim;
		size_t i;
		if (answer == WEB_UNASKED || !date_read(date, &claim) || !map_get(&j->numbers, address, &i) ||
			!is_fresh(claim.date, j->all->site->now, answer))
			continue;
		j->links[i].asked = claim.date;
		j->links[i].question.answer = answer;
		j->links[i].question.moved = web_address(j->arena, line);
	}
}

static void remember(const struct judge *j)
{
	for (size_t i = 0; i < j->count; i++) {
		const struct web_question *q = &j->links[i].question;
		if (q->answer == WEB_UNASKED)
			continue;
		buf_put(j->outside->learnt, date_iso(j->arena, j->links[i].asked));
		if (q->answer < WEB_FAILURES)
			buf_format(j->outside->learnt, " %.*s", STR_ARG(failures[q->answer].word));
		else
			buf_format(j->outside->learnt, " %d", q->answer);
		buf_format(j->outside->learnt, " %.*s%s%.*s\n", STR_ARG(q->address), q->moved.n ? " " : "",
			STR_ARG(q->moved));
	}
}

/* A machine without a network finds no name at all, and that says nothing about the links. */
static void forget_if_alone(struct web_question *questions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (questions[i].answer != WEB_NO_HOST && questions[i].answer != WEB_UNASKED)
			return;
	for (size_t i = 0; i < count && count > 1; i++)
		questions[i].answer = WEB_UNASKED;
}

static bool ask(struct judge *j)
{
	struct web_question *questions = ARENA_ARRAY(j->arena, struct web_question, j->count);
	size_t *from = ARENA_ARRAY(j->arena, size_t, j->count), count = 0;
	for (size_t i = 0; i < j->count; i++)
		if (j->links[i].question.answer == WEB_UNASKED) {
			from[count] = i;
			questions[count++] = j->links[i].question;
		}
	bool all = count == 0 || web_ask(&j->outside->manners, questions, count, j->arena);
	forget_if_alone(questions, count);
	for (size_t i = 0; i < count; i++) {
		j->links[from[i]].question = questions[i];
		j->links[from[i]].asked = j->all->site->now;
	}
	return all;
}

/* --- where they are written --- */

static void place(struct judge *j, struct str link, struct loc loc, bool quiet)
{
	struct str address = web_address(j->arena, link);
	size_t i;
	if (!address.p || !map_get(&j->numbers, address, &i) || j->links[i].loc.path.p)
		return;
	j->links[i].loc = loc;
	j->links[i].quiet = quiet;
}

/* A link in a closed part has no target. */
static void place_all(
	struct judge *j, const struct md_doc *doc, struct str path, const struct md_target *targets, bool quiet)
{
	for (size_t i = 0; targets && i < doc->link_count; i++) {
		const struct md_link *l = &doc->links[i];
		struct loc loc = loc_at(path, l->line, l->column);
		loc.width = (uint32_t)str_points(l->target);
		if (l->kind == MD_LINK_URL && targets[i].href.p)
			place(j, targets[i].href, loc, quiet);
	}
}

static void place_record(struct judge *j, const struct meeting *m)
{
	bool quiet = check_is_partly_closed(m);
	for (size_t i = 0; i < m->front.documents.count; i++) {
		const struct document *d = &m->front.documents.items[i];
		if (str_empty(d->closed))
			place(j, d->url, d->loc, quiet);
	}
	place_all(j, &m->doc, m->path, m->targets, quiet);
}

static void place_content(struct judge *j)
{
	const struct site *s = j->all->site;
	for (size_t i = 0; i < s->plain_count; i++)
		place_all(j, &s->plains[i].doc, s->plains[i].path, s->plains[i].targets, false);
	for (size_t i = 0; i < s->body_count; i++)
		for (size_t e = 0; e < s->edition_count; e++) {
			const struct body *b = s->bodies[i].in_edition[e];
			place_all(j, &b->doc, b->path, b->targets, false);
		}
	for (size_t i = 0; i < s->meeting_count; i++)
		place_record(j, s->meetings[i]);
}

static void read_text(struct judge *j, struct str path)
{
	struct buf bytes = { 0 };
	if (fs_read(j->all->files, path, TEXT_MOST, &bytes) == FS_OK ||
		fs_read(j->all->installed, path, TEXT_MOST, &bytes) == FS_OK)
		*VEC_ADD(&j->texts, struct text) = (struct text){ path, arena_str(j->arena, buf_str(&bytes)) };
	buf_release(&bytes);
}

/* In settings, registers and templates an address stands as it is. */
static struct loc find_text(const struct judge *j, struct str address)
{
	for (size_t i = 0; i < VEC_COUNT(&j->texts, struct text); i++) {
		struct text *t = &VEC_AT(&j->texts, struct text)[i];
		size_t at = str_find(t->bytes, address, 0);
		if (at == SIZE_MAX)
			continue;
		struct loc loc = loc_of_byte(t->path, t->bytes, at);
		loc.width = (uint32_t)str_points(address);
		return loc;
	}
	return (struct loc){ 0 };
}

static struct loc place_of(struct judge *j, const struct link *l)
{
	struct loc loc = l->loc.path.p ? l->loc : find_text(j, l->question.address);
	const struct template *t = theme_template(j->all->theme, theme_template_of(l->shown->page));
	return loc.path.p ? loc : loc_file(t ? t->path : l->shown->page->source.path);
}

/* --- findings --- */

static void tell(struct judge *j, const struct link *l)
{
	struct diags *ds = j->ds;
	const struct web_question *q = &l->question;
	struct loc loc = place_of(j, l);
	const struct page *page = l->shown->page;
	enum diag_code code = is_broken(q->answer) ? EXTERNAL_BROKEN : EXTERNAL_UNKNOWN;
	struct str help = diag_text(ds, "%s",
		code == EXTERNAL_BROKEN ? _("correct the address, or take the link away")
					: _("giji cannot judge it: open it in a browser"));
	if (!loc.line)
		help = diag_text(ds, _("see the page %.*s, line %u of its HTML"), STR_ARG(page->url), l->shown->line);
	if (is_good(q->answer) && q->moved.n)
		diag_add(ds, EXTERNAL_MOVED, loc, diag_text(ds, _("write %.*s"), STR_ARG(q->moved)),
			_("the server says that this has moved for good: 「%.*s」"), STR_ARG(q->address));
	else if (is_good(q->answer))
		return;
	else if (q->answer < WEB_FAILURES)
		diag_add(ds, code, loc, help, "%s: 「%.*s」", _(failures[q->answer].message), STR_ARG(q->address));
	else if (code == EXTERNAL_BROKEN)
		diag_add(ds, code, loc, help, _("the server says that this is not there (%d): 「%.*s」"), q->answer,
			STR_ARG(q->address));
	else
		diag_add(ds, code, loc, help, _("the server answers %d: 「%.*s」"), q->answer, STR_ARG(q->address));
	if (l->quiet)
		diag_hush(ds, loc.path, loc.line, loc.line, false);
}

static void tell_all(struct judge *j)
{
	size_t unasked = 0;
	for (size_t i = 0; i < j->count; i++)
		if (j->links[i].question.answer == WEB_UNASKED)
			unasked++;
		else
			tell(j, &j->links[i]);
	if (unasked)
		diag_add(j->ds, EXTERNAL_UNKNOWN, loc_file(STR("site.yml")),
			diag_text(j->ds, "%s",
				j->outside->online
					? _("the servers want no more requests, or this machine has no network")
					: _("only what .giji-links remembers is told in CI, or with --network=never; "
					    "--network=always asks")),
			_("links to other sites that were not asked: %zu"), unasked);
}

static int compare_links(const void *x, const void *y)
{
	const struct link *a = x, *b = y;
	return str_cmp(a->question.address, b->question.address);
}

bool outside_check(const struct outside *o, const struct checked *all, const struct outside_link *links, size_t count,
	struct arena *a, struct diags *ds)
{
	struct judge j = { .outside = o, .all = all, .count = count, .arena = a, .ds = ds };
	j.links = ARENA_ARRAY(a, struct link, count);
	for (size_t i = 0; i < count; i++)
		j.links[i] = (struct link){ .question = { .address = links[i].address }, .shown = &links[i] };
	if (count)
		qsort(j.links, count, sizeof *j.links, compare_links);
	for (size_t i = 0; i < count; i++)
		map_put(&j.numbers, j.links[i].question.address, i);
	recall(&j);
	bool done = !o->online || ask(&j);
	remember(&j);
	place_content(&j);
	read_text(&j, STR("site.yml"));
	read_text(&j, STR("content/people.yml"));
	read_text(&j, STR("content/topics.yml"));
	for (size_t i = 0; i < all->theme->template_count; i++)
		read_text(&j, all->theme->templates[i].path);
	tell_all(&j);
	map_release(&j.numbers);
	buf_release(&j.texts);
	return done;
}
