#include "minutes/reader.h"

#include <string.h>

static void settle(struct reader *r)
{
	struct meeting *m = r->m;
	struct arena *a = r->arena;
	m->item_count = VEC_COUNT(&r->items, struct item);
	m->flow_count = VEC_COUNT(&r->flow, struct flow);
	m->speech_count = VEC_COUNT(&r->speeches, struct speech);
	m->voice_count = VEC_COUNT(&r->voice_list, struct voice);
	m->statement_count = VEC_COUNT(&r->statements, struct statement);
	m->callout_count = VEC_COUNT(&r->callouts, struct callout);
	m->piece_count = VEC_COUNT(&r->pieces, struct md_piece);
	m->items = buf_settle(&r->items, a);
	m->flow = buf_settle(&r->flow, a);
	m->speeches = buf_settle(&r->speeches, a);
	m->voices = buf_settle(&r->voice_list, a);
	m->statements = buf_settle(&r->statements, a);
	m->callouts = buf_settle(&r->callouts, a);
	m->pieces = buf_settle(&r->pieces, a);
	for (size_t i = 0; i < m->item_count; i++)
		m->items[i].flow_end = i + 1 < m->item_count ? m->items[i + 1].flow : (uint32_t)m->flow_count;
}

static void release(struct reader *r)
{
	struct map *maps[] = { &r->repeated, &r->near, &r->reported, &r->topics, &r->agenda };
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		map_release(maps[i]);
	buf_release(&r->tags);
	buf_release(&r->item_parts);
	buf_release(&r->closed_lines);
	buf_release(&r->scratch);
}

static void begin(struct reader *r)
{
	/* items[0]: the record before its first heading. */
	struct item *front = VEC_ADD(&r->items, struct item);
	*front = (struct item){ .anchor = STR(""), .heading = NONE, .parent = NONE, .agenda = NONE };
	*VEC_ADD(&r->item_parts, uint32_t) = 0;
	memset(r->path, 0xff, sizeof r->path);
	r->speech = r->resume = r->last = NONE;
}

static void read_body(struct reader *r)
{
	marks_prepare(r);
	agenda_prepare(r);
	speakers_prepare(r);
	flow_read(r);
	callout_check_strays(r);
	footnotes_settle(r);
}

static void find_present(struct meeting *m, const struct voices *voices, struct arena *a)
{
	m->present = ARENA_ARRAY(a, struct voice, m->front.attendees.attendee_count);
	for (size_t i = 0; i < m->front.attendees.attendee_count; i++)
		m->present[i] = voices_attendee(voices, i);
}

enum fact { FACT_DATE, FACT_TIME, FACT_PLACE, FACT_ATTENDEES, FACT_AGENDA, FACT_SPEAKERS, FACT_COUNT };

static bool has_fact(const struct meeting *m, enum fact fact)
{
	const struct record_front *f = &m->front;
	switch (fact) {
	case FACT_DATE:
		return date_is(f->date.date);
	case FACT_TIME:
		return f->time_given;
	case FACT_PLACE:
		return !str_empty(f->place);
	case FACT_ATTENDEES:
		return f->attendees.given;
	case FACT_AGENDA:
		return f->agenda.count > 0 || f->closed_given;
	default:
		/* Withheld, or said in a file. */
		return m->speech_count > 0 || m->withheld || !str_empty(f->record);
	}
}

static bool is_required(const struct body_front *body, struct str key)
{
	bool required = !body->required_given;
	for (size_t i = 0; i < body->required.count; i++)
		required = required || str_eq(body->required.items[i].text, key);
	return required;
}

static void check_facts(const struct meeting *m, const struct body_front *body, struct diags *ds)
{
	static const struct str keys[] = { STR_INIT("date"), STR_INIT("time"), STR_INIT("place"), STR_INIT("attendees"),
		STR_INIT("agenda"), STR_INIT("speakers") };
	if (m->front.status != STATUS_CONFIRMED && m->front.status != STATUS_PROVISIONAL)
		return;
	for (int fact = 0; fact < FACT_COUNT; fact++)
		if (is_required(body, keys[fact]) && !has_fact(m, (enum fact)fact))
			diag_add(ds, FACT_MISSING, m->front.loc,
				diag_text(ds,
					_("`required` in the body's index.md says which facts its records must have")),
				fact == FACT_SPEAKERS ? _("the record does not say who spoke (%.*s)")
						      : _("the record does not say its %.*s"),
				STR_ARG(keys[fact]));
}

static struct str language_of(const struct content_file *file, const struct record_context *c)
{
	if (!str_empty(file->language))
		return file->language;
	if (c->body->languages.count > 0)
		return c->body->languages.items[0].text;
	return c->settings->language;
}

static struct meeting *open_meeting(const struct content_text *text, const struct content_file *file,
	const struct record_context *context, struct arena *a, struct diags *ds)
{
	struct meeting *m = ARENA_NEW(a, struct meeting);
	struct buf folder = { 0 };
	buf_put(&folder, STR("content"));
	if (!str_empty(file->folder))
		buf_byte(&folder, '/');
	buf_put(&folder, file->folder);
	struct str place = arena_str(a, buf_str(&folder));
	buf_release(&folder);
	m->path = arena_str(a, file->path);
	m->folder = arena_str(a, file->folder);
	m->name = arena_str(a, file->name);
	m->language = language_of(file, context);
	m->doc.path = m->path;
	m->doc.body = text->body;
	m->doc.first_line = (uint32_t)text->body_line;
	struct reading reading = { .path = m->path, .arena = a, .diags = ds };
	if (!record_front_read(text->front, place, &m->front, &reading))
		return NULL;
	m->kind = m->front.kind == RECORD_NONE ? RECORD_EDITED : (enum record_kind)m->front.kind;
	m->withheld = m->front.closed_given || m->front.anonymous;
	if (m->front.anonymous)
		diag_add(ds, ANONYMOUS_UNREADY, m->front.loc, STR_NONE,
			_("this version of giji cannot yet publish anonymous records: nothing of its body is read"));
	return m;
}

struct meeting *meeting_read(const struct content_text *text, const struct content_file *file,
	const struct record_context *context, struct arena *a, struct diags *ds)
{
	struct meeting *m = open_meeting(text, file, context, a, ds);
	if (!m)
		return NULL;
	struct reader r = { .m = m, .doc = &m->doc, .context = context, .arena = a, .diags = ds };
	if (m->withheld)
		m->doc = (struct md_doc){ .path = m->path };
	else if (!md_parse(text->body, m->path, text->body_line, a, &m->doc, ds))
		return NULL;
	struct voices_setting setting = { context->labels, context->registers, context->body, &m->front, m->folder,
		m->path };
	r.voices = voices_open(&setting, a, ds);
	m->link_withheld = ARENA_ARRAY(a, bool, m->doc.link_count);
	begin(&r);
	read_body(&r);
	tags_of_record(&r);
	settle(&r);
	subjects_find(&r);
	find_present(m, r.voices, a);
	check_facts(m, context->body, ds);
	release(&r);
	return m;
}

void meeting_words(const struct meeting *m, struct range pieces, struct buf *out)
{
	for (uint32_t p = pieces.first; p < pieces.end; p++) {
		if (p > pieces.first && out->n > 0 && out->p[out->n - 1] != '\n')
			buf_byte(out, '\n');
		md_plain(&m->doc, m->pieces[p], out);
	}
}
