/*
 * outline: what a record became, a line a thing: for tests and the guide's examples.
 *
 *     i1 （１） 予算について
 *       s1 岡座長
 *         s1-1 本日は… {common-id}
 *         n1 （拍手）
 *       d1 了承: 原案のとおり…
 *       closed 第７条第２号
 *       callout note: 発言の順序は…
 *
 * A table or code that belongs to a statement is [table], [code].
 */
#ifndef GIJI_TESTS_MINUTES_OUTLINE_H
#define GIJI_TESTS_MINUTES_OUTLINE_H

#include "minutes/model.h"
#include "source/register.h"

enum { INDENT_MOST = 8 };

static inline void outline_indent(struct buf *out, size_t depth)
{
	for (size_t i = 0; i < depth && i < INDENT_MOST; i++)
		buf_put(out, STR("  "));
}

/* Words on one line. */
static inline void outline_line(struct buf *out, size_t from)
{
	for (size_t i = from; i < out->n; i++)
		if (out->p[i] == '\n')
			out->p[i] = ' ';
	while (out->n > from && out->p[out->n - 1] == ' ')
		out->n--;
}

static inline void outline_topics(const struct meeting *m, const struct registers *r, struct range topics, struct buf *out)
{
	for (uint32_t i = topics.first; i < topics.end; i++) {
		const struct topic_ref *ref = &m->topic_refs[i];
		buf_put(out, i == topics.first ? STR(" {") : STR(", "));
		buf_put(out, ref->registered == NONE ? ref->word : r->topics[ref->registered].id);
	}
	if (topics.first < topics.end)
		buf_byte(out, '}');
}

static inline void outline_words(const struct meeting *m, struct range pieces, struct buf *out)
{
	for (uint32_t p = pieces.first; p < pieces.end; p++) {
		enum md_kind kind = m->doc.blocks[m->pieces[p].block].kind;
		bool runs = m->pieces[p].first < m->pieces[p].end;
		buf_byte(out, ' ');
		size_t from = out->n;
		if (!runs && (kind == MD_TABLE || kind == MD_CODE))
			buf_put(out, kind == MD_TABLE ? STR("[table]") : STR("[code]"));
		else
			md_plain(&m->doc, m->pieces[p], out);
		outline_line(out, from);
	}
}

static inline void outline_statement(
	const struct meeting *m, const struct registers *r, uint32_t index, size_t depth, struct buf *out)
{
	const struct statement *s = &m->statements[index];
	outline_indent(out, depth + (s->speech != NONE));
	buf_put(out, s->anchor);
	outline_words(m, s->pieces, out);
	outline_topics(m, r, s->topics, out);
	buf_byte(out, '\n');
}

static inline void outline_callout(
	const struct meeting *m, const struct registers *r, uint32_t index, size_t depth, struct buf *out)
{
	static const char *const names[] = { "decision", "vote", "action", "done", "closed", "callout note",
		"callout tip", "callout important", "callout warning", "callout caution" };
	const struct callout *c = &m->callouts[index];
	outline_indent(out, depth + (c->speech != NONE));
	buf_put(out, str_empty(c->anchor) ? str_c(names[c->kind]) : c->anchor);
	if (!str_empty(c->outcome)) {
		buf_byte(out, ' ');
		buf_put(out, c->outcome);
	}
	if (c->pieces.first < c->pieces.end) {
		buf_byte(out, ':');
		outline_words(m, c->pieces, out);
	}
	outline_topics(m, r, c->topics, out);
	buf_byte(out, '\n');
}

static inline void outline_speech(const struct meeting *m, uint32_t index, size_t depth, struct buf *out)
{
	outline_indent(out, depth);
	buf_format(out, "%.*s %.*s\n", STR_ARG(m->speeches[index].anchor), STR_ARG(m->speeches[index].label));
}

static inline void outline_item(const struct item *item, struct buf *out)
{
	if (item->level == 0)
		return;
	outline_indent(out, item->level - (size_t)1);
	buf_put(out, item->anchor);
	if (!str_empty(item->number))
		buf_format(out, " %.*s", STR_ARG(item->number));
	buf_format(out, " %.*s\n", STR_ARG(item->title));
	if (str_empty(item->closed))
		return;
	outline_indent(out, item->level);
	buf_format(out, "closed %.*s\n", STR_ARG(item->closed));
}

static inline void meeting_outline(const struct meeting *m, const struct registers *r, struct buf *out)
{
	for (size_t i = 0; i < m->item_count; i++) {
		const struct item *item = &m->items[i];
		outline_item(item, out);
		for (uint32_t f = item->flow; f < item->flow_end; f++) {
			uint32_t index = m->flow[f].index;
			if (m->flow[f].kind == FLOW_SPEECH)
				outline_speech(m, index, item->level, out);
			else if (m->flow[f].kind == FLOW_STATEMENT)
				outline_statement(m, r, index, item->level, out);
			else
				outline_callout(m, r, index, item->level, out);
		}
	}
}

#endif
