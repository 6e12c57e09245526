/* Anonymous records: markers print roles. Whose words they were is forgotten in the model itself, so that no page and
 * no export can tell; and no attendee's name may stand in the words. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

#include <string.h>

struct cast {
	struct map counts;  /* role → how many print it */
	struct map numbers; /* role and person → the person's number among them */
};

struct anonymous {
	struct reader *r;
	struct terms *names;
	struct arena folded; /* the words of one block */
	struct cast present, spoken;
	struct buf words, hits, places;
};

enum { NAME, NO_NAME }; /* values of a->names: an attendee's; words that only hold one */

/* --- names --- */

static const char honorifics[] = "君|氏|さん|様|殿|先生";

static void add_term(struct buf *names, struct str words, uint32_t value)
{
	if (!str_empty(words))
		*VEC_ADD(names, struct term) = (struct term){ words, value };
}

/* A name of one character stands in many other words: it is looked for before what names are followed by. */
static void add_name(struct reader *r, struct buf *names, struct str name)
{
	size_t first;
	if (str_points(name) > 1 && !label_is_office(name, r->scratch)) {
		add_term(names, name, NAME);
		return;
	}
	if (str_points(name) != 1 || !point_is_han(str_point(name, 0, &first)))
		return;
	const struct str after[] = { str_c(honorifics), label_offices() };
	for (size_t i = 0; i < 2; i++)
		for (struct str rest = after[i]; rest.p;) {
			struct str title = str_cut(&rest, STR("|"));
			add_term(names, arena_format(r->scratch, "%.*s%.*s", STR_ARG(name), STR_ARG(title)), NAME);
		}
}

/* 沼田委員 without what it ends with: an office, an honorific, or the group's own name. */
static struct str without_title(struct str label, struct str group)
{
	struct str bare = label;
	const struct str titles[] = { str_c(honorifics), label_offices(), group };
	for (size_t i = 0; i < 3; i++)
		for (struct str rest = titles[i]; rest.p;) {
			struct str title = str_cut(&rest, STR("|"));
			if (!str_empty(title) && title.n < label.n && label.n - title.n < bare.n &&
				str_ends(label, title))
				bare = str_but(label, title.n);
		}
	return str_trim(bare);
}

/* A label or name in every form in which words may give it: whole, without title, and of several words the surname:
 * Lee of Mayor Jane Lee; 山田 of 山田　太郎. */
static void add_forms(struct reader *r, struct buf *names, struct str label, struct str group)
{
	struct str bare = text_squeeze(r->scratch, without_title(label, group)), last = STR("");
	size_t space = str_find_byte(bare, ' ', 0), length;
	add_name(r, names, label);
	add_name(r, names, bare);
	if (space == SIZE_MAX)
		return;
	for (struct str rest = bare; rest.p;)
		last = str_cut(&rest, STR(" "));
	if (!point_is_latin(str_point(bare, 0, &length))) {
		add_name(r, names, fold_label(r->scratch, bare));
		add_name(r, names, str_n(bare.p, space));
	} else if (str_points(last) > 2) {
		add_name(r, names, last);
	}
}

static void add_registered(struct reader *r, struct buf *names, uint32_t person)
{
	const struct register_person *p = &r->context->registers->people[person];
	const struct yaml_node *by_language = p->name.by_language;
	add_forms(r, names, p->name.any, STR(""));
	for (size_t i = 0; by_language && i < by_language->count; i++)
		add_forms(r, names, by_language->items[i].text, STR(""));
	for (size_t i = 0; i < p->labels.count; i++)
		add_forms(r, names, p->labels.items[i].label, STR(""));
}

static struct str group_of(const struct reader *r, uint32_t attendee)
{
	const struct attendance *all = &r->m->front.attendees;
	return words_in(&all->groups[all->attendees[attendee].group].name, r->m->language);
}

static void add_exceptions(struct buf *names, const struct texts *t)
{
	for (size_t i = 0; i < t->count; i++)
		add_term(names, t->items[i].text, NO_NAME);
}

static void find_names(struct anonymous *a)
{
	struct reader *r = a->r;
	const struct record_front *f = &r->m->front;
	struct buf names = { 0 }; /* of struct term */
	for (uint32_t i = 0; i < f->attendees.attendee_count; i++) {
		struct voice v = voices_attendee(r->voices, i);
		if (voice_is_office(r, &v))
			continue;
		add_forms(r, &names, v.label, group_of(r, i));
		add_name(r, &names, f->attendees.attendees[i].short_name);
		if (v.registered != NONE)
			add_registered(r, &names, v.registered);
	}
	add_exceptions(&names, &f->not_speakers);
	add_exceptions(&names, &r->context->body->not_speakers);
	for (size_t i = 0; i < f->documents.count; i++) {
		add_term(&names, f->documents.items[i].label, NO_NAME);
		add_term(&names, f->documents.items[i].title, NO_NAME);
	}
	a->names = terms_open(VEC_AT(&names, struct term), VEC_COUNT(&names, struct term), r->scratch);
	buf_release(&names);
}

/* The first name from hit *next on, or STR_NONE. Of words that are a name and an exception the exception holds. */
static struct str next_name(struct anonymous *a, struct str words, size_t *next)
{
	const struct term_hit *hits = VEC_AT(&a->hits, struct term_hit);
	size_t count = VEC_COUNT(&a->hits, struct term_hit), length;
	while (*next < count) {
		const struct term_hit *hit = &hits[(*next)++];
		bool excepted = hit->value == NO_NAME;
		for (; *next < count && hits[*next].start == hit->start; ++*next)
			excepted = excepted || hits[*next].value == NO_NAME;
		struct str found = str_n(words.p + hit->start, hit->end - hit->start);
		uint32_t point = str_point(found, 0, &length);
		/* will is none of Mr Will's. */
		if (!excepted && (!point_is_latin(point) || point_is_upper(point)))
			return found;
	}
	return STR_NONE;
}

static struct str look_through(struct anonymous *a, struct str words, size_t *next)
{
	arena_reset(&a->folded);
	buf_clear(&a->hits);
	*next = 0;
	struct folded folded = terms_fold(&a->folded, words);
	terms_find(a->names, &folded, &a->hits);
	return next_name(a, words, next);
}

static bool holds_name(struct anonymous *a, struct str words)
{
	size_t next;
	return look_through(a, words, &next).n > 0;
}

static void report_name(struct anonymous *a, struct loc loc, struct str name)
{
	struct diags *ds = a->r->diags;
	diag_add(ds, ANONYMOUS_NAME, loc,
		diag_text(ds, _("say it without the name; not_speakers lists words that only look like one")),
		_("「%.*s」 names an attendee, and the record is anonymous"), STR_ARG(name));
}

static void check_words(struct anonymous *a, struct loc loc, struct str words)
{
	size_t next;
	struct str name = look_through(a, words, &next);
	if (name.n > 0)
		report_name(a, loc, name);
}

static void check_block(struct anonymous *a, uint32_t block)
{
	struct reader *r = a->r;
	const struct md_block *b = &r->doc->blocks[block];
	buf_clear(&a->words);
	buf_clear(&a->places);
	if (b->kind == MD_CODE)
		buf_put(&a->words, r->doc->codes[b->number].text);
	else if (b->first_run < b->end_run)
		md_plain_places(r->doc, (struct md_piece){ block, b->first_run, b->end_run }, &a->words, &a->places);
	struct str words = buf_str(&a->words);
	size_t next, k = 0, count = VEC_COUNT(&a->places, struct md_place);
	const struct md_place *places = VEC_AT(&a->places, struct md_place);
	for (struct str name = look_through(a, words, &next); name.n > 0; name = next_name(a, words, &next)) {
		while (k + 1 < count && places[k + 1].start <= (size_t)(name.p - words.p))
			k++;
		uint32_t line = count > 0 ? r->doc->runs[places[k].run].line : 0;
		report_name(a, source_loc(r, line ? line : b->line, name), name);
	}
}

static void check_front(struct anonymous *a)
{
	const struct record_front *f = &a->r->m->front;
	check_words(a, f->loc, f->title);
	if (a->r->m->withheld) /* nor is the rest shown in findings */
		return;
	check_words(a, f->loc, f->summary);
	check_words(a, f->loc, f->description);
	for (size_t i = 0; i < f->agenda.count; i++)
		check_words(a, f->agenda.parts[i].loc, f->agenda.parts[i].title);
	for (size_t i = 0; i < f->corrections.count; i++) {
		const struct correction *c = &f->corrections.items[i];
		const struct str words[] = { c->before, c->after, c->reason };
		for (size_t k = 0; k < 3; k++)
			check_words(a, c->loc, words[k]);
	}
}

static void check_names(struct anonymous *a)
{
	const struct md_doc *doc = a->r->doc;
	check_front(a);
	for (uint32_t b = 0; b < doc->block_count; b++)
		check_block(a, b);
	for (size_t i = 0; i < doc->link_count; i++) {
		struct loc loc = loc_at(a->r->m->path, doc->links[i].line, doc->links[i].column);
		check_words(a, loc, doc->links[i].target);
		check_words(a, loc, doc->links[i].title);
	}
}

/* --- roles --- */

/* Words that may be printed instead of a name: an office, an organization, or before somebody's name no name at all. */
static bool is_role(struct anonymous *a, struct str words, bool declared)
{
	struct reader *r = a->r;
	if (label_is_office(words, r->scratch))
		return true;
	struct found f = voices_find(r->voices, words);
	if (f.result == VOICE_UNKNOWN)
		return declared && !holds_name(a, words);
	return f.result == VOICE_FOUND && voice_is_office(r, &f.voice);
}

/* What the register says a person was in this body at that time. */
static struct str registered_role(struct anonymous *a, uint32_t person)
{
	const struct meeting *m = a->r->m;
	const struct person_roles *roles = &a->r->context->registers->people[person].roles;
	struct str general = STR_NONE;
	for (size_t i = 0; i < roles->count; i++) {
		const struct person_role *role = &roles->items[i];
		struct str words = words_in(&role->role, m->language);
		if (str_empty(words) || !dates_hold(role->from.date, role->to.date, m->front.date.date) ||
			holds_name(a, words))
			continue;
		if (str_eq(role->body, m->folder))
			return words;
		if (str_empty(role->body) && !general.p)
			general = words;
	}
	return general;
}

/* What is printed for a voice; STR_NONE where it is somebody of whom nothing is known. */
static struct str role_of(struct anonymous *a, const struct voice *v)
{
	struct str role, name, registered;
	bool declared = v->registered != NONE || v->attendee != NONE;
	if (marker_split_name(v->label, &role, &name)) {
		if (is_role(a, role, declared))
			return role;
		if (is_role(a, name, false))
			return name;
	}
	registered = v->registered == NONE ? STR_NONE : registered_role(a, v->registered);
	if (registered.n > 0 && !voice_is_office(a->r, v))
		return registered;
	if (is_role(a, v->label, false))
		return v->label;
	struct str group = v->attendee == NONE ? STR_NONE : group_of(a->r, v->attendee);
	if (group.n > 0)
		return group;
	if (!declared)
		return STR_NONE;
	return str_starts(a->r->m->language, STR("ja")) ? STR("発言者") : STR("Speaker");
}

static size_t count_of(const struct map *m, struct str key)
{
	size_t count = 0;
	map_get(m, key, &count);
	return count;
}

/* Which of those of one role a voice is, from 1; 0 for an office, which is one whoever speaks for it. */
static size_t number_of(struct anonymous *a, struct cast *cast, const struct voice *v, struct str role)
{
	struct reader *r = a->r;
	struct found office = voices_find(r->voices, role);
	bool declared = v->registered != NONE || v->attendee != NONE;
	if ((declared && voice_is_office(r, v)) || (office.result == VOICE_FOUND && voice_is_office(r, &office.voice)))
		return 0;
	struct str label = declared ? STR("") : v->label;
	struct str key = arena_format(r->scratch, "%.*s\n%u\n%u\n%.*s", STR_ARG(role), v->registered,
		v->registered == NONE ? v->attendee : NONE, STR_ARG(label));
	size_t count = count_of(&cast->counts, role), number = map_intern(&cast->numbers, key, count + 1);
	if (number > count)
		map_put(&cast->counts, role, number);
	return number;
}

static void count_present(struct anonymous *a)
{
	const struct attendance *all = &a->r->m->front.attendees;
	for (size_t i = 0; i < all->attendee_count; i++) {
		struct voice v = voices_attendee(a->r->voices, i);
		struct str role = all->attendees[i].absent ? STR_NONE : role_of(a, &v);
		if (role.n > 0)
			number_of(a, &a->present, &v, role);
	}
}

/* 委員Ａ … 委員Ｚ, 委員ＡＡ; Member A. */
static struct str lettered(struct anonymous *a, struct str role, size_t number)
{
	enum { LETTERS = 26 };
	struct arena *arena = a->r->arena;
	struct str letters = STR("");
	size_t length;
	bool latin = point_is_latin(str_point_before(role, role.n, &length));
	for (; number > 0; number = (number - 1) / LETTERS) {
		char letter[4];
		length = str_encode((uint32_t)((number - 1) % LETTERS) + (latin ? 'A' : 0xff21), letter);
		letters = arena_format(arena, "%.*s%.*s", (int)length, letter, STR_ARG(letters));
	}
	return arena_format(arena, "%.*s%s%.*s", STR_ARG(role), latin ? " " : "", STR_ARG(letters));
}

static void report_role(struct anonymous *a, const struct speech *s, struct str label)
{
	struct diags *ds = a->r->diags;
	diag_add(ds, ANONYMOUS_ROLE, source_loc(a->r, s->line, label),
		diag_text(ds,
			_("list the speaker among the attendees, in a group that says what they are, or give the role "
			  "in people.yml")),
		_("nothing tells which role 「%.*s」 has, and the record is anonymous"), STR_ARG(label));
}

/* What each voice becomes, before any of them is forgotten: a resumed speech shares those of the one before it. */
static void mask_voices(struct anonymous *a, struct str *printed)
{
	struct meeting *m = a->r->m;
	size_t *numbers = ARENA_ARRAY(a->r->scratch, size_t, m->voice_count);
	const struct diag_levels *levels = a->r->diags->levels;
	bool *masked = ARENA_ARRAY(a->r->scratch, bool, m->voice_count);
	for (size_t i = 0; i < m->speech_count; i++) {
		struct speech *s = &m->speeches[i];
		/* Undeclared or ambiguous: an error already, unless that was lowered. */
		if (s->voices.first == s->voices.end &&
			(levels->of[SPEAKER_UNDECLARED] < DIAG_ERROR || levels->of[SPEAKER_AMBIGUOUS] < DIAG_ERROR))
			report_role(a, s, s->label);
		for (uint32_t v = s->voices.first; v < s->voices.end; v++) {
			if (masked[v])
				continue;
			masked[v] = true;
			printed[v] = role_of(a, &m->voices[v]);
			if (printed[v].n > 0)
				numbers[v] = number_of(a, &a->spoken, &m->voices[v], printed[v]);
			else
				report_role(a, s, m->voices[v].label);
		}
	}
	for (size_t v = 0; v < m->voice_count; v++) {
		size_t alike = count_of(&a->present.counts, printed[v]),
		       spoken = count_of(&a->spoken.counts, printed[v]);
		if (m->front.anonymous == ANONYMOUS_LETTERS && numbers[v] > 0 && (alike > 1 || spoken > 1))
			printed[v] = lettered(a, printed[v], numbers[v]);
		m->voices[v] = (struct voice){ printed[v], NONE, NONE, NONE };
	}
}

static void mask_speeches(struct anonymous *a)
{
	struct meeting *m = a->r->m;
	struct str *printed = ARENA_ARRAY(a->r->scratch, struct str, m->voice_count);
	mask_voices(a, printed);
	for (size_t i = 0; i < m->speech_count; i++) {
		struct speech *s = &m->speeches[i];
		struct str between = str_starts(m->language, STR("ja")) ? STR("、") : STR(", ");
		buf_clear(&a->words);
		for (uint32_t v = s->voices.first; v < s->voices.end; v++) {
			buf_put(&a->words, v > s->voices.first ? between : STR(""));
			buf_put(&a->words, printed[v]);
		}
		s->label = arena_str(a->r->arena, buf_str(&a->words));
		s->seconds = -1; /* the voice in the video is somebody's, too */
	}
}

void anonymous_settle(struct reader *r)
{
	struct anonymous a = { .r = r };
	arena_init(&a.folded);
	find_names(&a);
	count_present(&a);
	mask_speeches(&a);
	check_names(&a);
	map_release(&a.present.counts);
	map_release(&a.present.numbers);
	map_release(&a.spoken.counts);
	map_release(&a.spoken.numbers);
	buf_release(&a.words);
	buf_release(&a.hits);
	buf_release(&a.places);
	arena_release(&a.folded);
}
