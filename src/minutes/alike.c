/* Which declared labels an undeclared one is like: by its spelling, or by the name in it. */
#include "minutes/lexicon.h"
#include "text/words.h"

enum declared_in { IN_ATTENDEES, IN_SHORTS, IN_LABELS, IN_STANDING, IN_COUNT };

struct nearest {
	struct str wanted; /* folded */
	bool lower;        /* an all-lower-case word, as prose has before a colon */
};

static bool is_lower_word(struct str s)
{
	size_t length;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		if (!point_is_latin(point) || point_is_upper(point))
			return false;
	}
	return true;
}

/* Remy for Rémy: no letter differs but by its accent. */
static bool differs_by_accents(struct str a, struct str b)
{
	size_t i = 0, k = 0, i_length, k_length;
	for (; i < a.n && k < b.n; i += i_length, k += k_length) {
		uint32_t x = str_point(a, i, &i_length), y = str_point(b, k, &k_length);
		if (x != y && ((x < 0x80) == (y < 0x80) || !point_is_latin(x) || !point_is_latin(y)))
			return false;
	}
	return i == a.n && k == b.n;
}

/* ehuss for Eric Huss: the initial and the end. */
static bool is_abbreviation(struct str wanted, struct str label)
{
	size_t initial;
	str_point(wanted, 0, &initial);
	return wanted.n > 2 * initial && str_starts(label, str_n(wanted.p, initial)) &&
		str_ends(label, str_from(wanted, initial));
}

/* At most one edit per three characters of the longer, rounded up; one edit where not even the initial is right, for
 * `To Mark:` is none of Mark's. */
static size_t distance_of(const struct nearest *n, struct str label)
{
	size_t longer = label.n > n->wanted.n ? label.n : n->wanted.n;
	size_t shorter = label.n > n->wanted.n ? n->wanted.n : label.n;
	if (differs_by_accents(n->wanted, label) || is_abbreviation(n->wanted, label))
		return 1;
	/* Bytes tell at once that most labels are too long or too short. */
	if (n->lower || longer - shorter > 4 * (longer / 3 + 1))
		return SIZE_MAX;
	size_t initial, points = str_points(n->wanted), other = str_points(label), most = 1;
	if (str_point(label, 0, &initial) == str_point(n->wanted, 0, &initial))
		most = ((points > other ? points : other) + 2) / 3;
	size_t distance = str_distance(n->wanted, label, most);
	return distance <= most ? distance : SIZE_MAX;
}

static uint32_t owner_of(const struct voices *v, enum declared_in in, const struct meaning *m)
{
	if (in == IN_ATTENDEES || in == IN_SHORTS)
		return v->registered[m->subject] < AMBIGUOUS
			? v->registered[m->subject]
			: (uint32_t)v->setting.labels->registers->person_count + m->subject;
	return in == IN_LABELS ? m->subject : NONE;
}

static const struct lexicon *declared(const struct voices *v, enum declared_in in)
{
	const struct lexicon *const lexicons[] = { [IN_ATTENDEES] = &v->attendees,
		[IN_SHORTS] = &v->shorts,
		[IN_LABELS] = &v->setting.labels->lexicon,
		[IN_STANDING] = &v->standing };
	return lexicons[in];
}

static void alike_add(struct alike *alike, struct str label, uint32_t owner, const struct loc *loc)
{
	for (size_t i = 0; i < alike->count && i < ALIKE_MOST; i++)
		if (alike->owners[i] == owner)
			return;
	if (alike->count == 0)
		alike->loc = *loc;
	if (alike->count < ALIKE_MOST) {
		alike->labels[alike->count] = label;
		alike->owners[alike->count] = owner;
	}
	alike->count += alike->count <= ALIKE_MOST;
}

bool voices_nearest(const struct voices *v, struct str label, struct alike *alike)
{
	struct nearest n = { .wanted = fold_label(v->arena, label), .lower = is_lower_word(label) };
	size_t best = SIZE_MAX;
	enum declared_in where = IN_COUNT;
	alike->count = 0;
	for (enum declared_in in = 0; in < IN_COUNT; in++) {
		const struct lexicon *l = declared(v, in);
		for (uint32_t k = 0; k < l->count; k++) {
			const struct meaning *m = &l->list[k];
			size_t distance = distance_of(&n, m->label);
			if (distance > best || distance == SIZE_MAX || (in == IN_LABELS && !label_is_valid(&v->setting, m)))
				continue;
			if (distance == best && in != where && in != IN_SHORTS)
				continue; /* who is there comes first */
			if (distance < best) {
				alike->count = 0;
				where = in;
			}
			best = distance;
			struct loc loc = in <= IN_SHORTS ? *m->loc : loc_file(m->loc->path);
			alike_add(alike, m->given, owner_of(v, in, m), &loc);
		}
	}
	return alike->count > 0;
}

static bool is_latin(struct str s)
{
	size_t length;
	return point_is_latin(str_point(s, 0, &length));
}

static void kin_make(const struct voices *v, struct kin *k)
{
	k->made = true;
	for (enum declared_in in = 0; in < IN_COUNT; in++) {
		for (uint32_t n = 0; n < declared(v, in)->count; n++) {
			struct meaning m = declared(v, in)->list[n];
			if (in == IN_SHORTS || (in == IN_LABELS && !label_is_valid(&v->setting, &m)))
				continue;
			struct called called = label_called(m.given, v->arena);
			k->titled[is_latin(m.given)] |= called.titled;
			if (str_empty(called.name) || called.name.n == m.label.n)
				continue;
			m.subject = owner_of(v, in, &m);
			m.detail = in;
			m.label = called.name;
			lexicon_add(&k->names, m, v->arena);
		}
	}
	lexicon_sort(&k->names, v->arena);
}

/* Of 鈴木委員 those called 鈴木課長 and 鈴木一郎委員, too. */
static struct range kin_find(const struct voices *v, const struct called *called)
{
	if (!v->kin->made)
		kin_make(v, v->kin);
	const struct lexicon *names = &v->kin->names;
	struct range r = lexicon_find(names, called->name);
	if (called->titled && !is_latin(called->name) && str_points(called->name) > 1)
		while (r.end < names->count && str_starts(names->list[r.end].label, called->name))
			r.end++;
	return r;
}

bool voices_kin(const struct voices *v, struct str label)
{
	struct called called = label_called(label, v->arena);
	struct range r = kin_find(v, &called);
	return r.first < r.end || (called.titled && v->kin->titled[is_latin(label)]);
}

/* Of those who are called so, who are there if any is, those whose labels hold the words. */
static bool kin_hold(const struct voices *v, struct range r, struct str words, struct alike *alike)
{
	uint32_t where = IN_COUNT;
	alike->count = 0;
	for (uint32_t i = r.first; i < r.end; i++) {
		const struct meaning *m = &v->kin->names.list[i];
		if (m->detail > where || str_find(fold_label(v->arena, m->given), words, 0) == SIZE_MAX)
			continue;
		if (m->detail < where)
			alike->count = 0;
		where = m->detail;
		struct loc loc = where == IN_ATTENDEES ? *m->loc : (struct loc){ 0 };
		alike_add(alike, m->given, m->subject, &loc);
	}
	return alike->count > 0;
}

void voices_alike(const struct voices *v, struct str label, struct alike *alike)
{
	struct called called = label_called(label, v->arena);
	struct range r = kin_find(v, &called);
	if (!kin_hold(v, r, called.whole, alike) && !voices_nearest(v, label, alike))
		kin_hold(v, r, STR(""), alike);
}
