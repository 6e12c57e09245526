/* #topics as authors write them: taken out of the words, looked up in the register. */
#include "minutes/reader.h"
#include "text/fold.h"
#include "text/words.h"

#include <string.h>

enum { TAIL_MOST = 2000 }; /* bytes at the end of a statement among which tags are looked for */

/* The text at the end of runs, flat. */
struct tail {
	char bytes[TAIL_MOST];
	size_t n;
	uint32_t first; /* the run in which it begins, */
	size_t skipped; /* behind so many of its bytes */
	bool free;      /* nothing stands before it on its line */
};

static bool is_mark(uint32_t point)
{
	return point == '#' || point == 0xff03;
}

static void tail_put(struct tail *t, const struct md_run *run, size_t skipped)
{
	struct str text = str_from(run->text, skipped);
	size_t length;
	if (text.n == 0)
		return;
	memcpy(t->bytes + t->n, text.p, text.n);
	/* An escaped # begins no tag. */
	if (run->literal && skipped == 0 && is_mark(str_point(text, 0, &length)))
		t->bytes[t->n] = '\1';
	t->n += text.n;
}

/* False when there cannot be a tag. */
static bool tail_read(const struct reader *r, uint32_t first, uint32_t end, struct tail *t)
{
	const struct md_doc *doc = r->doc;
	size_t n = 0;
	bool marked = false;
	uint32_t i = end;
	t->skipped = 0;
	while (i > first && doc->runs[i - 1].kind == MD_TEXT && t->skipped == 0) {
		struct str text = doc->runs[--i].text;
		if (text.n > TAIL_MOST - n)
			t->skipped = text.n - (TAIL_MOST - n);
		n += text.n - t->skipped;
		marked = marked || str_find_byte(text, '#', t->skipped) != SIZE_MAX || r->has_wide_hash;
	}
	if (!marked)
		return false;
	t->n = 0;
	t->first = i;
	t->free =
		t->skipped == 0 && (i == first || doc->runs[i - 1].kind == MD_SOFT || doc->runs[i - 1].kind == MD_HARD);
	for (uint32_t k = i; k < end; k++)
		tail_put(t, &doc->runs[k], k == i ? t->skipped : 0);
	return true;
}

/* `Post it on #all/private?` is a sentence that ends, not a topic. */
static bool ends_sentence(struct str word)
{
	static const struct str ends[] = { STR_INIT("."), STR_INIT(","), STR_INIT(";"), STR_INIT(":"), STR_INIT("!"),
		STR_INIT("?"), STR_INIT("。"), STR_INIT("、"), STR_INIT("．"), STR_INIT("，"), STR_INIT("！"),
		STR_INIT("？") };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_ends(word, ends[i]))
			return true;
	return false;
}

/* Bytes of the mark when a word is a tag, else 0. */
static size_t tag_mark(struct str word)
{
	size_t length, mark;
	uint32_t point = str_point(word, 0, &mark);
	if (!is_mark(point) || ends_sentence(word))
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
	while (begin > 0) {
		size_t at = begin - 1;
		while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80)
			at--;
		if (point_is_space(str_point(s, at, &length)))
			break;
		begin = at;
	}
	return str_from(s, begin);
}

/* Where the run of tags at the end begins; t->n without one. */
static size_t tags_begin(const struct tail *t)
{
	struct str rest = str_n(t->bytes, t->n);
	size_t begin = t->n;
	for (;;) {
		struct str word = last_word(rest);
		size_t at = (size_t)(word.p - t->bytes);
		if (str_empty(word) || tag_mark(word) == 0 || (at == 0 && !t->free))
			return begin;
		begin = at;
		rest = str_n(t->bytes, at);
	}
}

static void learn(struct reader *r, struct str word, size_t topic)
{
	if (!str_empty(word))
		map_add(&r->topics, fold_label(r->arena, word), topic);
}

static void learn_topics(struct reader *r)
{
	const struct registers *g = r->context->registers;
	r->topics_made = true;
	for (size_t i = 0; i < g->topic_count; i++)
		learn(r, g->topics[i].id, i);
	for (size_t i = 0; i < g->topic_count; i++) {
		const struct register_topic *t = &g->topics[i];
		learn(r, t->name.any, i);
		for (size_t k = 0; t->name.by_language && k < t->name.by_language->count; k++)
			learn(r, t->name.by_language->items[k].text, i);
	}
	for (size_t i = 0; i < g->topic_count; i++)
		for (size_t k = 0; k < g->topics[i].terms.count; k++)
			learn(r, g->topics[i].terms.items[k].text, i);
}

static void tag_add(struct reader *r, struct str word, struct loc loc, enum holder holder, uint32_t index)
{
	size_t topic;
	struct topic_ref ref = { NONE, word, NONE, true };
	if (!r->topics_made)
		learn_topics(r);
	struct str folded = fold_label(r->arena, word);
	size_t known = r->context->registers->topic_count;
	if (map_get(&r->topics, folded, &topic)) {
		ref.registered = topic < known ? (uint32_t)topic : NONE;
	} else if (r->context->registers->has_topics) {
		struct str near = map_nearest(&r->topics, folded);
		diag_add(r->diags, TOPIC_UNKNOWN, loc, diag_did_you_mean(r->diags, near),
			_("topics.yml has no topic 「%.*s」"), STR_ARG(word));
		return;
	} else {
		topic = known + r->fresh_topics++;
		map_add(&r->topics, folded, topic);
	}
	uint32_t order = READER_COUNT(&r->tags, struct tag);
	*VEC_ADD(&r->tags, struct tag) = (struct tag){ holder, index, order, (uint32_t)topic, ref };
}

static void tags_read(struct reader *r, struct str words, uint32_t line, enum holder holder, uint32_t index)
{
	while (!str_empty(words = str_trim(words))) {
		size_t end = 0, length;
		while (end < words.n && !point_is_space(str_point(words, end, &length)))
			end += length;
		struct str word = arena_str(r->arena, str_from(str_n(words.p, end), tag_mark(str_n(words.p, end))));
		struct loc loc = loc_at(r->m->path, line, source_column(r, line, word));
		loc.width = (uint32_t)str_points(word);
		tag_add(r, word, loc, holder, index);
		words = str_from(words, end);
	}
}

/* Leaves of the runs' text only what stands before byte `length` of it. */
static void cut_text(struct md_doc *doc, uint32_t first, uint32_t end, size_t length)
{
	for (uint32_t i = first; i < end; i++) {
		struct md_run *run = &doc->runs[i];
		size_t n = run->text.n;
		if (n > length)
			run->text.n = length;
		length -= run->text.n;
		if (run->text.n < n || length == 0)
			run->text = str_trim_end(run->text);
	}
}

static uint32_t last_line(const struct reader *r, uint32_t first, uint32_t end)
{
	uint32_t line = 0;
	for (uint32_t i = end; i > first && line == 0; i--)
		line = r->doc->runs[i - 1].line;
	return line;
}

bool line_is_tags(const struct reader *r, const struct line *line)
{
	struct tail t;
	uint32_t first = line->first, end = line->end;
	size_t length;
	if (line->bound || !runs_trim(r->doc, &first, &end) ||
		!is_mark(str_point(r->doc->runs[first].text, 0, &length)))
		return false;
	return tail_read(r, first, end, &t) && t.first == first && t.skipped == 0 &&
		str_empty(str_trim(str_n(t.bytes, tags_begin(&t))));
}

void tags_take_line(struct reader *r, const struct line *line, enum holder holder, uint32_t index)
{
	tags_take_end(r, line->first, line->end, holder, index);
}

void tags_take_end(struct reader *r, uint32_t first, uint32_t end, enum holder holder, uint32_t index)
{
	struct tail t;
	while (end > first && r->doc->runs[end - 1].kind == MD_TEXT && r->doc->runs[end - 1].text.n == 0)
		end--;
	if (!tail_read(r, first, end, &t))
		return;
	size_t begin = tags_begin(&t);
	if (begin == t.n)
		return;
	tags_read(r, str_n(t.bytes + begin, t.n - begin), last_line(r, first, end), holder, index);
	cut_text(r->doc, t.first, end, t.skipped + begin);
}

void tags_of_record(struct reader *r)
{
	const struct texts *topics = &r->m->front.topics;
	for (size_t i = 0; i < topics->count; i++) {
		struct str word = topics->items[i].text;
		tag_add(r, str_from(word, tag_mark(word)), topics->items[i].loc, HOLDER_RECORD, 0);
	}
}
