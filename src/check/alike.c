/* What may be the same thing twice: terms, documents and people whose names differ only in how they are spelled. */
#include "check/check.h"

#include "text/fold.h"
#include "text/words.h"

/* Characters of names that are written either way: the second is the newer form. */
static const char variants[] =
	"髙高﨑崎嵜崎濵浜濱浜邊辺邉辺齋斎齊斎斉斎澤沢廣広國国嶋島嶌島櫻桜惠恵眞真龍竜瀧滝圓円壽寿實実榮栄德徳濟済應応"
	"禮礼舘館萬万藏蔵渕淵靜静團団會会學学淺浅條条ヶケ";

static uint32_t plain_variant(uint32_t point)
{
	struct str all = str_c(variants);
	for (size_t at = 0, first, second; at < all.n; at += first + second) {
		uint32_t old = str_point(all, at, &first), new = str_point(all, at + first, &second);
		if (old == point)
			return new;
	}
	return point;
}

static bool is_hiragana(uint32_t point)
{
	return point >= 0x3041 && point <= 0x3096;
}

static bool is_katakana(uint32_t point)
{
	return (point >= 0x30a1 && point <= 0x30fa) || point == 0x30fc;
}

/* Hiragana that may end a word in kanji (取り組み), none of those that stand between two words (の, が, を, と …). */
static bool is_okurigana(uint32_t point)
{
	struct str particles = STR("のがをとはもへにでや");
	for (size_t at = 0, length; at < particles.n; at += length)
		if (str_point(particles, at, &length) == point)
			return false;
	return is_hiragana(point);
}

struct run {                 /* of katakana, at a place in a text */
	size_t end, letters; /* letters without ー */
};

static struct run katakana_run(struct str s, size_t at)
{
	struct run run = { at, 0 };
	for (size_t length; run.end < s.n; run.end += length) {
		uint32_t point = str_point(s, run.end, &length);
		if (!is_katakana(point))
			break;
		run.letters += point != 0x30fc;
	}
	return run;
}

enum { LONG_RUN = 5 /* in shorter words ー within tells one word from another: ビル, ビール */ };

static void put_plain(struct buf *out, uint32_t point)
{
	char bytes[4];
	buf_put(out, str_n(bytes, str_encode(plain_variant(point), bytes)));
}

static void put_katakana(struct buf *out, struct str s, size_t at, struct run run)
{
	for (size_t length; at < run.end; at += length) {
		uint32_t point = str_point(s, at, &length);
		bool kept = (run.letters < LONG_RUN && at + length < run.end) || run.letters < 2;
		if (point != 0x30fc || kept)
			put_plain(out, point);
	}
}

static size_t count_han(struct str s)
{
	size_t count = 0;
	for (size_t at = 0, length; at < s.n; at += length)
		count += point_is_han(str_point(s, at, &length));
	return count;
}

/* What remains when width, case, spaces, hyphens, long vowels, okurigana and old forms of characters are taken away. */
static struct str alike_key(struct arena *a, struct str words)
{
	struct str s = fold_label(a, words);
	struct buf out = { 0 };
	bool inflects = count_han(s) >= 2, behind_han = false;
	for (size_t at = 0, length; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		if (is_katakana(point)) {
			struct run run = katakana_run(s, at);
			put_katakana(&out, s, at, run);
			length = run.end - at;
			behind_han = false;
			continue;
		}
		if (point == '-' || point == 0x2010 || point == 0x30fb)
			continue;
		bool drops = inflects && behind_han && is_okurigana(point);
		behind_han = point_is_han(point) || drops;
		if (!drops)
			put_plain(&out, point);
	}
	struct str key = buf_keep(&out, a);
	return str_points(key) < 2 ? STR_NONE : key;
}

/* --- the same word in two spellings --- */

struct word {
	struct str text;
	size_t owner; /* spellings of one owner are meant */
	struct loc loc;
};

struct words_seen {
	struct map keys;  /* to an index into words */
	struct buf words; /* of struct word: the first of each key */
	struct arena *arena;
};

static bool same_folded(struct arena *a, struct str x, struct str y)
{
	return str_eq(fold_label(a, x), fold_label(a, y));
}

/* The first word that was seen with this key; NULL when it is this one. */
static const struct word *see(struct words_seen *seen, struct str key, const struct word *word)
{
	size_t at;
	if (map_get(&seen->keys, key, &at))
		return &VEC_AT(&seen->words, struct word)[at];
	map_put(&seen->keys, key, VEC_COUNT(&seen->words, struct word));
	*VEC_ADD(&seen->words, struct word) = *word;
	return NULL;
}

/* The first word that is spelled another way and belongs to somebody else, or NULL. */
static const struct word *find_other(struct words_seen *seen, const struct word *word)
{
	struct str key = alike_key(seen->arena, word->text);
	const struct word *first = key.p ? see(seen, key, word) : NULL;
	bool other = first && first->owner != word->owner && !same_folded(seen->arena, first->text, word->text);
	return other ? first : NULL;
}

static void release(struct words_seen *seen)
{
	map_release(&seen->keys);
	buf_release(&seen->words);
}

static void see_spelling(struct words_seen *seen, struct word word, struct diags *ds)
{
	const struct word *other = find_other(seen, &word);
	if (other)
		diag_add(ds, SPELLING_VARIANT, word.loc, STR_NONE,
			_("「%.*s」 may be another spelling of 「%.*s」 (%.*s:%u)"), STR_ARG(word.text),
			STR_ARG(other->text), STR_ARG(other->loc.path), other->loc.line);
}

/* A new hashtag stands where it is first used. */
static struct loc place_of_topic(const struct site *s, size_t topic)
{
	uint32_t registered = s->topics[topic].registered;
	const struct remarks *r = &s->editions[0].topics[topic].remarks;
	if (registered != NONE)
		return s->registers.topics[registered].loc;
	if (r->count == 0)
		return loc_file(STR("site.yml"));
	const struct meeting *m = s->meetings[r->items[0].meeting];
	return loc_at(m->path, m->statements[r->items[0].statement].line, 1);
}

static void check_terms(const struct site *s, struct arena *a, struct diags *ds)
{
	struct words_seen seen = { .arena = a };
	for (size_t i = 0; i < s->topic_count; i++) {
		struct word word = { words_in(&s->topics[i].name, s->settings.language), i, place_of_topic(s, i) };
		see_spelling(&seen, word, ds);
		if (s->topics[i].registered == NONE)
			continue;
		const struct texts *terms = &s->registers.topics[s->topics[i].registered].terms;
		for (size_t k = 0; k < terms->count; k++) {
			word.text = terms->items[k].text;
			word.loc = terms->items[k].loc;
			see_spelling(&seen, word, ds);
		}
	}
	release(&seen);
}

/* The words of a document's label before its number: 参考資料１－２ → 参考資料. */
static struct str label_words(struct str label)
{
	size_t at = 0, length;
	for (; at < label.n && !point_is_digit(str_point(label, at, &length)); at += length)
		;
	return str_trim(str_n(label.p, at));
}

static void check_documents(const struct site *s, struct arena *a, struct diags *ds)
{
	struct words_seen seen = { .arena = a };
	size_t owner = 0;
	for (size_t i = 0; i < s->meeting_count; i++) {
		const struct documents *documents = &s->meetings[i]->front.documents;
		for (size_t k = 0; k < documents->count; k++)
			see_spelling(&seen,
				(struct word){
					label_words(documents->items[k].label), owner++, documents->items[k].loc },
				ds);
	}
	release(&seen);
}

/* --- people --- */

static bool read_differently(const struct person *x, const struct person *y, struct arena *a)
{
	return x->reading.any.n && y->reading.any.n && !same_folded(a, x->reading.any, y->reading.any);
}

static void tell_twins(const struct site *s, const struct word *word, const struct word *other, struct diags *ds)
{
	diag_add(ds, PERSON_TWIN, word->loc,
		diag_text(ds, _("if they are one, give one entry both labels; if they are two, nothing need be done")),
		_("「%.*s」 (%.*s) and 「%.*s」 (%.*s) may be one person"), STR_ARG(other->text),
		STR_ARG(s->people[other->owner].id), STR_ARG(word->text), STR_ARG(s->people[word->owner].id));
}

/* Spellings that differ; also, among registered names, those that do not. */
static void see_person(const struct site *s, struct words_seen *seen, struct word word, struct diags *ds)
{
	const struct word *other = find_other(seen, &word);
	if (other && !read_differently(&s->people[other->owner], &s->people[word.owner], seen->arena))
		tell_twins(s, &word, other, ds);
}

static void see_name(const struct site *s, struct words_seen *names, struct word word, struct diags *ds)
{
	const struct person *p = &s->people[word.owner];
	struct str key = arena_format(names->arena, "%.*s\n%.*s", STR_ARG(fold_label(names->arena, word.text)),
		STR_ARG(fold_label(names->arena, p->reading.any)));
	const struct word *first = see(names, key, &word);
	if (first)
		tell_twins(s, &word, first, ds);
}

static void check_twins(const struct site *s, struct arena *a, struct diags *ds)
{
	struct words_seen seen = { .arena = a }, names = { .arena = a };
	for (size_t i = 0; i < s->person_count; i++) {
		const struct person *p = &s->people[i];
		struct word word = { words_in(&p->name, s->settings.language), i, p->loc };
		see_person(s, &seen, word, ds);
		if (p->registered == NONE)
			continue;
		if (p->reading.any.n)
			see_name(s, &names, word, ds);
		const struct person_labels *labels = &s->registers.people[p->registered].labels;
		for (size_t k = 0; k < labels->count; k++) {
			word.text = labels->items[k].label;
			word.loc = labels->items[k].loc;
			see_person(s, &seen, word, ds);
		}
	}
	release(&seen);
	release(&names);
}

void check_alike(const struct checked *all, struct arena *a, struct diags *ds)
{
	check_terms(all->site, a, ds);
	check_documents(all->site, a, ds);
	check_twins(all->site, a, ds);
}
