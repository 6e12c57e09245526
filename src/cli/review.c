/* `giji review RECORD`: one file of a record to circulate before it is confirmed. */
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/lone_page.h"
#include "cli/work.h"
#include "text/fold.h"
#include "text/slug.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static uint32_t find_record(struct work *w)
{
	const char *given = w->options->arguments[0];
	struct str place = argument_place(given, w->root.path, &w->arena), near = STR_NONE;
	for (uint32_t i = 0; i < w->site->meeting_count; i++) {
		struct str other = str_but(w->site->meetings[i]->path, sizeof ".md" - 1);
		if (str_eq(other, place))
			return i;
		str_nearer(str_from(place, sizeof "content/" - 1), str_from(other, sizeof "content/" - 1), &near);
	}
	fprintf(stderr, _("giji: there is no record %s"), given);
	if (near.p)
		fprintf(stderr, _("; did you mean %.*s?\n"), STR_ARG(near));
	else
		fputs(_("; name its file, or its body and name: ict/5\n"), stderr);
	return NONE;
}

/* What is wrong with this record, with what every page needs, or with the machine: other records may wait. */
static bool is_ours(const struct finding *f, const struct meeting *m)
{
	return str_eq(f->loc.path, m->path) || !str_starts(f->loc.path, STR("content/")) || f->level == DIAG_FATAL;
}

static void forget_others(struct work *w, const struct meeting *m)
{
	struct diags all = w->diags;
	diags_init(&w->diags, &w->options->levels);
	for (size_t i = 0; i < diag_count(&all); i++) {
		const struct finding *f = diag_at(&all, i);
		if (is_ours(f, m))
			diag_add(&w->diags, f->code, f->loc, f->help, "%.*s", STR_ARG(f->message));
		if (f->unquoted)
			diag_hush(&w->diags, f->loc.path, f->loc.line, f->loc.line, false);
	}
	w->diags.flooded = all.flooded;
	if (all.flooded) /* an error that was not kept may be this record's */
		w->diags.errors = all.errors;
	diags_release(&all);
}

/* --- whose remarks are marked --- */

static bool is_voice(const struct work *w, const struct voice *v, struct str folded, struct str id)
{
	bool person = v->person != NONE && str_eq(w->site->people[v->person].id, id);
	return person || str_eq(fold_label(&w->site->arena, v->label), folded);
}

/* A member may have been there and said nothing: that is no mistake. */
static bool mark(struct work *w, uint32_t meeting, size_t *count)
{
	const struct meeting *m = w->site->meetings[meeting];
	struct str who = str_c(w->options->person), folded = fold_label(&w->arena, who), near = STR_NONE;
	bool *marked = ARENA_ARRAY(&w->arena, bool, m->voice_count + 1), known = false;
	if (m->front.anonymous) {
		fputs(_("giji: --person cannot be used with an anonymous record: its words are nobody's\n"), stderr);
		return false;
	}
	for (size_t i = 0; i < m->voice_count; i++)
		known = (marked[i] = is_voice(w, &m->voices[i], folded, who)) || known;
	for (size_t i = 0; i < m->front.attendees.attendee_count; i++) {
		known = known || is_voice(w, &m->present[i], folded, who);
		str_nearer(who, m->present[i].label, &near);
	}
	w->site->marked_meeting = meeting;
	w->site->marked = marked;
	for (size_t i = 0; i < m->speech_count; i++) {
		bool theirs = false;
		for (uint32_t k = m->speeches[i].voices.first; k < m->speeches[i].voices.end; k++)
			theirs = theirs || marked[k];
		*count += theirs;
	}
	if (known)
		return true;
	fprintf(stderr, _("giji: nobody in this record is called %s"), w->options->person);
	fprintf(stderr, near.p ? _("; did you mean %.*s?\n") : "\n", STR_ARG(near));
	return false;
}

/* --- the file --- */

static const struct page *page_of(struct site *s, uint32_t meeting)
{
	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].kind == PAGE_MEETING && s->pages[i].subject == meeting) {
			s->pages[i].layout = STR("review");
			return &s->pages[i];
		}
	return NULL;
}

static bool render(struct work *w, const struct page *page, struct buf *out)
{
	struct theme_files files = { &w->root.site, &w->root.installed };
	struct buf html = { 0 };
	w->theme = theme_open(&files, w->site, &w->arena, &w->diags);
	bool good = w->theme && !w->diags.fatal;
	struct renderer *r = good ? renderer_open(w->theme, w->site) : NULL;
	good = good && renderer_page(r, page, &html, &w->diags);
	if (good)
		lone_page(w->site, &w->root.site, page->url, buf_str(&html), out);
	if (r)
		renderer_close(r);
	buf_release(&html);
	return good;
}

/* content/ict/5.md for oka becomes 5-review-oka.html, here. */
static struct str output_of(struct work *w, const struct meeting *m)
{
	const struct options *o = w->options;
	struct str stem = str_but(fs_path_name(m->path), sizeof ".md" - 1);
	if (o->output)
		return str_c(o->output);
	struct str who = o->person ? slug(&w->arena, str_c(o->person)) : STR("");
	return arena_format(&w->arena, "%.*s-review%s%.*s.html", STR_ARG(stem), who.n ? "-" : "", STR_ARG(who));
}

static bool write_file(struct work *w, struct str path, struct str bytes)
{
	if (str_eq(path, STR("-")))
		return fwrite(bytes.p, 1, bytes.n, stdout) == bytes.n;
	bool good = argument_write(arena_c(&w->arena, path), bytes);
	if (!good)
		fprintf(stderr, _("giji: %.*s cannot be written: %s\n"), STR_ARG(path), strerror(errno));
	return good;
}

static int review(struct work *w, struct buf *out)
{
	const struct options *o = w->options;
	uint32_t meeting = NONE;
	size_t marked = 0;
	if (!work_site(w, true))
		return w->diags.fatal ? EXIT_MACHINE : EXIT_USAGE;
	meeting = find_record(w);
	if (meeting == NONE || (o->person && !mark(w, meeting, &marked)))
		return EXIT_USAGE;
	const struct meeting *m = w->site->meetings[meeting];
	const struct page *page = page_of(w->site, meeting);
	forget_others(w, m);
	if (!page || w->diags.errors || !render(w, page, out) || !work_sound(w))
		return w->diags.fatal ? EXIT_MACHINE : EXIT_FINDINGS;
	struct str path = output_of(w, m);
	if (!write_file(w, path, buf_str(out)))
		return EXIT_MACHINE;
	if (!o->quiet && o->format == REPORT_HUMAN && !str_eq(path, STR("-"))) {
		printf(_("%.*s: speeches: %zu"), STR_ARG(path), m->speech_count);
		if (o->person)
			printf(_(", marked for %s: %zu"), o->person, marked);
		putchar('\n');
	}
	return EXIT_CLEAN;
}

int review_run(const struct options *o)
{
	struct work w;
	struct buf out = { 0 };
	struct options own = *o;
	if (o->argument_count != 1) {
		fputs(_("giji: review takes one record: giji review content/ict/5.md\n"), stderr);
		return EXIT_USAGE;
	}
	/* All others' findings are forgotten: they must not crowd out this record's. */
	own.levels.most = DIAG_MOST_ACCEPTED;
	if (!work_begin(&w, &own))
		return EXIT_USAGE;
	int status = review(&w, &out);
	work_report(&w, false);
	work_end(&w);
	buf_release(&out);
	return status;
}
