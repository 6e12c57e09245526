/* #topics as authors write them: taken out of the words, looked up in the register. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

/* The plain text at the end of runs, flat in the reader's words. */
struct tail {
	struct str words;
	uint32_t first; /* the run in which it begins */
	uint32_t end;
	bool free; /* nothing stands before it on its line */
};

/* `Post it on #all/private?` is a sentence that ends, not a topic. */
static bool ends_sentence(struct str s)
{
	size_t length;
	return point_is_one_of(point_narrow(str_point_before(s, s.n, &length)), STR(".,;:!?。、"));
}

/* False when there cannot be a tag, as at the end of nearly every sentence. */
static bool tail_read(struct reader *r, uint32_t first, uint32_t end, struct tail *t)
{
	const struct md_run *runs = r->doc->runs;
	size_t length;
	while (end > first && runs[end - 1].kind == MD_TEXT && runs[end - 1].text.n == 0)
		end--;
	if (end == first || ends_sentence(str_trim_end(runs[end - 1].text)))
		return false;
	t->first = t->end = end;
	while (t->first > first && runs[t->first - 1].kind == MD_TEXT)
		t->first--;
	t->free = t->first == first || runs[t->first - 1].kind == MD_SOFT || runs[t->first - 1].kind == MD_HARD;
	buf_clear(&r->words);
	for (uint32_t i = t->first; i < end; i++) {
		size_t at = r->words.n;
		buf_put(&r->words, runs[i].text);
		/* An escaped # begins no tag. */
		if (runs[i].literal && point_narrow(str_point(runs[i].text, 0, &length)) == '#')
			r->words.p[at] = '\1';
	}
	t->words = buf_str(&r->words);
	return true;
}

/* Bytes of the mark when a word is a tag, else 0. */
static size_t tag_mark(struct str word)
{
	size_t length, mark;
	if (point_narrow(str_point(word, 0, &mark)) != '#' || ends_sentence(word) ||
		point_narrow(str_point(word, mark, &length)) == '#') /* a heading without its space */
		return 0;
	for (size_t at = mark; at < word.n; at += length)
		if (point_is_letter(str_point(word, at, &length)))
			return mark;
	return 0;
}

/* The last word of s, without the white space behind it; "" when there is none. */
static struct str last_word(struct str s)
{
	s = str_trim_end(s);
	size_t begin = s.n, length;
	while (begin > 0 && !point_is_space(str_point_before(s, begin, &length)))
		begin -= length;
	return str_from(s, begin);
}

/* Where the run of tags at the end begins; the words' end without one. */
static size_t tags_begin(const struct tail *t)
{
	size_t begin = t->words.n;
	for (;;) {
		struct str word = last_word(str_n(t->words.p, begin));
		size_t at = (size_t)(word.p - t->words.p);
		if (str_empty(word) || tag_mark(word) == 0 || (at == 0 && !t->free))
			return begin;
		begin = at;
	}
}

static void tag_add(struct reader *r, struct str word, struct loc loc, enum holder holder, uint32_t index)
{
	struct str folded = fold_label(r->scratch, word), near;
	uint32_t registered = labels_topic(r->context->labels, folded, &near);
	size_t known = r->context->registers->topic_count, topic = registered;
	if (registered == NONE && r->context->registers->has_topics) {
		diag_add(r->diags, TOPIC_UNKNOWN, loc, diag_did_you_mean(r->diags, near),
			_("topics.yml has no topic 「%.*s」"), STR_ARG(word));
		return;
	}
	if (registered == NONE)
		topic = map_intern(&r->topics, folded, known + r->topics.count);
	struct topic_ref ref = { .registered = registered, .word = word, .topic = NONE };
	uint32_t order = READER_COUNT(&r->tags, struct tag);
	*VEC_ADD(&r->tags, struct tag) = (struct tag){ holder, index, order, (uint32_t)topic, ref };
}

bool line_is_tags(struct reader *r, const struct line *line)
{
	struct tail t;
	uint32_t first = line->first, end = line->end;
	return point_narrow(line_point(r->doc, line)) == '#' && runs_trim(r->doc, &first, &end) &&
		tail_read(r, first, end, &t) && t.first == first &&
		str_empty(str_trim(str_n(t.words.p, tags_begin(&t))));
}

void tags_take(struct reader *r, uint32_t first, uint32_t end, enum holder holder, uint32_t index)
{
	struct tail t;
	if (!tail_read(r, first, end, &t))
		return;
	size_t begin = tags_begin(&t), stop, length;
	if (begin == t.words.n)
		return;
	uint32_t line = r->doc->runs[t.end - 1].line;
	for (size_t at = begin + spaces_at(t.words, begin); at < t.words.n; at = stop + spaces_at(t.words, stop)) {
		for (stop = at; stop < t.words.n && !point_is_space(str_point(t.words, stop, &length));)
			stop += length;
		struct str word = str_n(t.words.p + at, stop - at);
		word = arena_str(r->arena, str_from(word, tag_mark(word)));
		tag_add(r, word, source_loc(r, line, word), holder, index);
	}
	runs_keep(r->doc, t.first, t.end, begin);
}

void tags_of_record(struct reader *r)
{
	const struct texts *topics = &r->m->front.topics;
	for (size_t i = 0; i < topics->count; i++) {
		struct str word = topics->items[i].text;
		tag_add(r, str_from(word, tag_mark(word)), topics->items[i].loc, HOLDER_RECORD, 0);
	}
}
