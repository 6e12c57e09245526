#include "site/build.h"
#include "text/fold.h"

/*
 * A body counts its meetings through, or anew in each fiscal year or session. Where its index.md does not say which, each
 * year, each session and each number 1 begins a new count. Gaps say nothing: an archive may begin anywhere, and a draft
 * is not here.
 */
struct counted {
	uint32_t last;    /* the meeting of the count's highest number so far */
	struct map known; /* numbers, as text → meeting */
};

static struct str count_of(struct build *b, uint32_t index)
{
	const struct site *s = b->site;
	const struct place *p = &s->places[index];
	const struct record_front *f = &s->meetings[index]->front;
	int numbering = s->bodies[p->body].front.numbering;
	bool by_year = numbering == NUMBERING_YEAR || numbering == 0;
	bool by_session = numbering == NUMBERING_SESSION || numbering == 0;
	return arena_format(&b->scratch, "%u/%d/%.*s", p->body, by_year ? p->fiscal_year : 0,
		STR_ARG(by_session ? fold_label(&b->scratch, f->session) : STR("")));
}

/* Of two records with one number, perhaps one is the other in another language, and one file was renamed. */
static struct str again_help(struct build *b, uint32_t index, uint32_t other)
{
	const struct content_file *f = b->records[b->meeting_records[index]].file;
	const struct content_file *o = b->records[b->meeting_records[other]].file;
	const struct content_file *translation = str_empty(f->language) ? o : f, *original = translation == f ? o : f;
	if (str_eq(f->language, o->language) || str_eq(f->name, o->name))
		return diag_text(
			b->diags, _("correct one of them; of two records of one meeting, one says 「record_of」"));
	return diag_text(b->diags,
		_("correct one of them; if 「%.*s」 is the other in another language, rename it to %.*s.%.*s.md"),
		STR_ARG(translation->path), STR_ARG(original->name), STR_ARG(translation->language));
}

static void report_number(struct build *b, uint32_t index, uint32_t other, bool again)
{
	const struct meeting *m = b->site->meetings[index], *o = b->site->meetings[other];
	struct str day = date_iso(&b->scratch, o->front.date.date);
	if (again)
		diag_add(b->diags, NUMBER_ORDER, m->front.number_loc, again_help(b, index, other),
			_("the number %ld is that of %.*s (%.*s), too"), m->front.number, STR_ARG(o->path),
			STR_ARG(day));
	else
		diag_add(b->diags, NUMBER_ORDER, m->front.number_loc,
			diag_text(b->diags, _("correct number or date, or 「numbering」 in the body's index.md")),
			_("the number %ld comes after %ld of %.*s, an earlier meeting (%.*s)"), m->front.number,
			o->front.number, STR_ARG(o->path), STR_ARG(day));
}

/* A meeting behind all earlier ones of its count. */
static void count_meeting(struct build *b, struct counted *c, uint32_t index)
{
	const struct site *s = b->site;
	const struct record_front *f = &s->meetings[index]->front;
	if (f->number == 1 && c->known.count > 1 && s->bodies[s->places[index].body].front.numbering == 0)
		map_release(&c->known);
	bool first = c->known.count == 0;
	size_t other = map_intern(&c->known, arena_format(&b->scratch, "%ld", f->number), index);
	if (other != index)
		report_number(b, index, (uint32_t)other, true);
	else if (!first && f->number < s->meetings[c->last]->front.number)
		report_number(b, index, c->last, false);
	if (first || f->number > s->meetings[c->last]->front.number)
		c->last = index;
}

/* What is not held takes no number, and a second record or a translation has its meeting's. */
static bool is_counted(const struct record_front *f)
{
	return f->number > 0 && f->status != STATUS_CANCELLED && f->status != STATUS_POSTPONED &&
		str_empty(f->record_of.text);
}

void build_numbers(struct build *b)
{
	const struct edition *e = &b->site->editions[0];
	struct map counts = { 0 };
	struct buf all = { 0 }; /* of struct counted */
	for (size_t i = e->meeting_count; i-- > 0;) {
		if (!is_counted(&b->site->meetings[e->meetings[i]]->front))
			continue;
		size_t count = map_intern(&counts, count_of(b, e->meetings[i]), counts.count);
		if (counts.count > VEC_COUNT(&all, struct counted))
			VEC_ADD(&all, struct counted);
		count_meeting(b, &VEC_AT(&all, struct counted)[count], e->meetings[i]);
	}
	for (size_t i = 0; i < counts.count; i++)
		map_release(&VEC_AT(&all, struct counted)[i].known);
	map_release(&counts);
	buf_release(&all);
}
