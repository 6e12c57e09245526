/* Whether a vote adds up: its counts, its names, and who attended. */
#include "minutes/reader.h"
#include "text/fold.h"

struct tally {
	long said, named; /* -1: no line of this key says how many */
	bool vague;
	uint32_t line;
	struct str name;
};

static void mismatch(struct reader *r, uint32_t line, struct str words, struct str message)
{
	diag_add(r->diags, VOTE_MISMATCH, source_loc(r, line, words), STR_NONE, "%.*s", STR_ARG(message));
}

/* Of a table beside a list the names are the list's again. */
static bool counts(const struct vote_line *l, bool tabled)
{
	return l->tabled == tabled && vote_names_people(l->key);
}

static void count_lines(struct reader *r, struct range lines, bool tabled, struct tally tallies[VOTE_CASTING + 1])
{
	for (uint32_t i = lines.first; i < lines.end; i++) {
		const struct vote_line *l = &VEC_AT(&r->vote_lines, struct vote_line)[i];
		struct tally *t = &tallies[l->key];
		if (!counts(l, tabled))
			continue;
		uint32_t named = l->named.end - l->named.first;
		if (l->count >= 0)
			t->said = t->line ? t->said + l->count : l->count;
		t->named += named;
		t->vague = t->vague || (l->count < 0 && named == 0 && !str_empty(l->words));
		if (!t->line || l->count >= 0) {
			t->line = l->line;
			t->name = l->name;
		}
	}
}

static void check_voter(struct reader *r, struct map *seen, const struct vote_line *l, const struct voice *v)
{
	struct str who = v->registered != NONE ? arena_format(r->scratch, "\1%u", v->registered)
		: v->attendee != NONE          ? arena_format(r->scratch, "\2%u", v->attendee)
					       : fold_label(r->scratch, v->label);
	size_t line;
	const struct attendance *all = &r->m->front.attendees;
	bool votes = l->key != VOTE_ABSENT && l->key != VOTE_RECUSED;
	if (l->key == VOTE_CASTING)
		who = arena_format(r->scratch, "\3%.*s", STR_ARG(who)); /* may be the second of the one who presides */
	if (map_get(seen, who, &line))
		mismatch(r, l->line, v->label,
			arena_format(r->scratch, _("「%.*s」 stands on a side of this vote already (line %zu)"),
				STR_ARG(v->label), line));
	else
		map_add(seen, who, l->line);
	if (votes && v->attendee != NONE && all->attendees[v->attendee].absent)
		mismatch(r, l->line, v->label,
			arena_format(r->scratch, _("「%.*s」 votes here, and was absent (line %u)"), STR_ARG(v->label),
				all->attendees[v->attendee].loc.line));
}

static void check_voters(struct reader *r, struct range lines, bool tabled)
{
	struct map seen = { 0 };
	for (uint32_t i = lines.first; i < lines.end; i++) {
		const struct vote_line *l = &VEC_AT(&r->vote_lines, struct vote_line)[i];
		for (uint32_t n = l->named.first; n < l->named.end && vote_is_side(l->key) && counts(l, tabled); n++)
			check_voter(r, &seen, l, &VEC_AT(&r->named, struct voice)[n]);
	}
	map_release(&seen);
}

/* 傍聴者, 傍聴席, 報道関係者, public gallery. */
static bool is_gallery(struct reader *r, struct str name)
{
	struct str s = fold_label(r->scratch, name);
	return str_starts(s, STR("傍聴")) || str_starts(s, STR("報道")) || str_eq(s, STR("public")) ||
		str_eq(s, STR("press")) || str_starts(s, STR("observer")) || str_starts(s, STR("audience")) ||
		str_ends(s, STR("gallery")) || str_ends(s, STR("ofthepublic"));
}

/* Nobody votes who was not there. Of those who are only counted, the public is no party. */
static long count_present(struct reader *r, const struct attendance *all)
{
	long present = 0;
	for (size_t i = 0; i < all->attendee_count; i++)
		present += !all->attendees[i].absent;
	for (size_t i = 0; i < all->group_count; i++)
		if (!all->groups[i].is_public && !is_gallery(r, words_in(&all->groups[i].name, r->m->language)))
			present += all->groups[i].count;
	return present;
}

/* Not of what was lost: a part of the votes may suffice for that. */
static void check_outcome(struct reader *r, const struct callout *c, const struct tally *ayes, const struct tally *noes)
{
	static const char carried[] =
		"carried|approved|adopted|passed|agreed|resolved|可決|原案可決|修正可決|採択|承認|認定|同意";
	long votes_for = ayes->said > ayes->named ? ayes->said : ayes->named;
	long against = noes->said > noes->named ? noes->said : noes->named;
	if (ayes->line && noes->line && !ayes->vague && !noes->vague && votes_for < against &&
		str_is_one_of(fold_label(r->scratch, c->outcome), carried))
		mismatch(r, c->line, c->outcome,
			arena_format(r->scratch, _("「%.*s」, with %ld for and %ld against"), STR_ARG(c->outcome),
				votes_for, against));
}

static void check_vote(struct reader *r, const struct callout *c, struct range lines, bool tabled)
{
	struct tally tallies[VOTE_CASTING + 1];
	long votes = 0, present = count_present(r, &r->m->front.attendees);
	uint32_t line = 0;
	for (size_t i = 0; i <= VOTE_CASTING; i++)
		tallies[i] = (struct tally){ .said = -1, .name = STR("") };
	count_lines(r, lines, tabled, tallies);
	for (size_t i = VOTE_FOR; i <= VOTE_CASTING; i++) {
		const struct tally *t = &tallies[i];
		if (t->said >= 0 && t->named > 0 && t->said != t->named && !t->vague)
			mismatch(r, t->line, t->name,
				arena_format(r->scratch, _("「%.*s」 says %ld, and names %ld"), STR_ARG(t->name),
					t->said, t->named));
		if (i > VOTE_ABSTAINED)
			continue;
		votes += t->said > t->named ? t->said : t->named;
		line = t->line ? t->line : line;
	}
	if (r->m->front.attendees.given && present > 0 && votes > present)
		mismatch(r, line, STR("["),
			arena_format(r->scratch, _("%ld votes were cast, and %ld attended"), votes, present));
	check_outcome(r, c, &tallies[VOTE_FOR], &tallies[VOTE_AGAINST]);
	check_voters(r, lines, tabled);
}

void vote_check(struct reader *r, const struct callout *c, struct range lines)
{
	check_vote(r, c, lines, false);
	check_vote(r, c, lines, true);
}
