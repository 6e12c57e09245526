#include "minutes/reader.h"

#include <string.h>

/* A grown array becomes the meeting's. */
#define SETTLE(r, list, array, array_count, type) \
	((r)->m->array_count = VEC_COUNT(&(r)->list, type), (r)->m->array = buf_settle(&(r)->list, (r)->arena))

static void settle(struct reader *r)
{
	struct meeting *m = r->m;
	SETTLE(r, items, items, item_count, struct item);
	SETTLE(r, flow, flow, flow_count, struct flow);
	SETTLE(r, speeches, speeches, speech_count, struct speech);
	SETTLE(r, voice_list, voices, voice_count, struct voice);
	SETTLE(r, statements, statements, statement_count, struct statement);
	SETTLE(r, callouts, callouts, callout_count, struct callout);
	SETTLE(r, votes, votes, vote_count, struct vote);
	SETTLE(r, vote_lines, vote_lines, vote_line_count, struct vote_line);
	SETTLE(r, actions, actions, action_count, struct action);
	SETTLE(r, dones, dones, done_count, struct done);
	SETTLE(r, named, named, named_count, struct voice);
	SETTLE(r, pieces, pieces, piece_count, struct md_piece);
	for (size_t i = 0; i < m->item_count; i++)
		m->items[i].flow_end = i + 1 < m->item_count ? m->items[i + 1].flow : (uint32_t)m->flow_count;
}

static void release(struct reader *r)
{
	struct map *maps[] = { &r->repeated, &r->near, &r->forgotten, &r->topics, &r->agenda };
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		map_release(maps[i]);
	buf_release(&r->tags);
	buf_release(&r->closed_lines);
	buf_release(&r->words);
}

static void read_body(struct reader *r)
{
	/* items[0]: the record before its first heading. */
	*VEC_ADD(&r->items, struct item) =
		(struct item){ .anchor = STR(""), .heading = NONE, .parent = NONE, .agenda = NONE };
	memset(r->path, 0xff, sizeof r->path);
	r->speech = r->resume = r->last = NONE;
	agenda_prepare(r);
	speakers_prepare(r);
	flow_read(r);
	marks_check_strays(r);
	speakers_check_slips(r);
	headings_check_missed(r);
	footnotes_settle(r);
	if (!r->m->withheld)
		tags_of_record(r);
	settle(r);
	if (r->m->front.anonymous)
		anonymous_settle(r);
	subjects_find(r);
}

static void find_present(struct meeting *m, const struct voices *voices, struct arena *a)
{
	m->present = ARENA_ARRAY(a, struct voice, m->front.attendees.attendee_count);
	for (size_t i = 0; i < m->front.attendees.attendee_count; i++)
		m->present[i] = voices_attendee(voices, i);
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
	struct str slash = str_empty(file->folder) ? STR("") : STR("/");
	struct str place = arena_format(a, "content%.*s%.*s", STR_ARG(slash), STR_ARG(file->folder));
	m->path = arena_str(a, file->path);
	m->folder = arena_str(a, file->folder);
	m->name = arena_str(a, file->name);
	m->language = language_of(file, context);
	struct reading reading = { .path = m->path, .arena = a, .diags = ds };
	bool usable = record_front_read(text->front, place, &m->front, &reading);
	if (m->front.closed_given)
		diag_hush(ds, m->path, 0, UINT32_MAX, true);
	if (!usable)
		return NULL;
	m->kind = m->front.kind == RECORD_NONE ? RECORD_EDITED : (enum record_kind)m->front.kind;
	m->withheld = m->front.closed_given;
	return m;
}

static bool read_whole(struct reader *r, const struct content_text *text, const struct content_file *file)
{
	const struct record_context *context = r->context;
	struct meeting *m = r->m = open_meeting(text, file, context, r->arena, r->diags);
	if (!m)
		return false;
	r->doc = &m->doc;
	if (m->withheld)
		m->doc = (struct md_doc){ .path = m->path };
	else if (!md_parse(text->body, m->path, text->body_line, r->arena, &m->doc, r->diags))
		return false;
	struct voices_setting setting = { context->labels, context->body, &m->front, m->folder };
	r->voices = voices_open(&setting, r->scratch, r->diags);
	read_body(r);
	find_present(m, r->voices, r->arena);
	record_check(r);
	closed_settle(r);
	findings_hush(r);
	release(r);
	return true;
}

struct meeting *meeting_read(const struct content_text *text, const struct content_file *file,
	const struct record_context *context, struct arena *a, struct diags *ds)
{
	struct arena scratch;
	arena_init(&scratch);
	struct reader r = { .context = context, .arena = a, .scratch = &scratch, .diags = ds };
	bool read = read_whole(&r, text, file);
	arena_release(&scratch);
	return read ? r.m : NULL;
}

bool page_check_closed(struct md_doc *doc, struct diags *ds)
{
	struct arena scratch;
	arena_init(&scratch);
	struct meeting m = { .path = doc->path };
	struct reader r = { .m = &m, .doc = doc, .scratch = &scratch, .diags = ds };
	bool open = marks_check_strays(&r);
	release(&r);
	arena_release(&scratch);
	return open;
}

void meeting_words(const struct meeting *m, struct range pieces, struct buf *out)
{
	for (uint32_t p = pieces.first; p < pieces.end; p++) {
		if (p > pieces.first && out->n > 0 && out->p[out->n - 1] != '\n')
			buf_byte(out, '\n');
		md_plain(&m->doc, m->pieces[p], out);
	}
}
