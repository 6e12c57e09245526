#include "source/front.h"

#include "sys/file.h"
#include "text/fold.h"

const char *const record_kind_words[] = { "record", "summary", "verbatim", "record", "action", NULL };
const char *const record_status_words[] = { "draft", "scheduled", "postponed", "cancelled", "draft", "provisional",
	"confirmed", NULL };
static const char *const body_kinds[] = { "pages", NULL };
static const char *const numberings[] = { "continuous", "year", "session", NULL };

static bool time_reader(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct time_span span;
	if (!field_is_scalar(node))
		return field_expected(node, N_("a time"), r);
	if (!time_read(node->text, &span))
		return diag_add(r->diags, DATE_INVALID, node->loc,
			str_c(_("write 14:00-15:30; 2 pm to 3:30 pm and 6.00pm - 7.30pm are read too")),
			_("「%.*s」 cannot be read as a time of day"), STR_ARG(node->text));
	*(struct time_span *)member = span;
	return true;
}

/* false, true or letters. What cannot be read counts as true: names must not be published by a slip. */
static bool anonymous_reader(const struct yaml_node *node, void *member, const struct reading *r)
{
	static const char *const ways[] = { "true", "letters", "false", NULL };
	int way = 1;
	bool read = field_choice(node, ways, &way, r);
	*(int *)member = way % 3;
	return read;
}

const struct field_spec closed_fields[] = {
	FIELD(closed_meeting, reason, closed_reason, FIELD_SEES_NOTHING),
	FIELD(closed_meeting, basis, field_text, 0),
	FIELD_END,
};

static bool closed_reader(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct closed_meeting *closed = member;
	if (!closed_given(node))
		return true;
	if (node->kind != YAML_MAP)
		return closed_reason(node, &closed->reason, r);
	fields_read(node, closed_fields, closed, r);
	return yaml_get(node, STR("reason")) ||
		closed_reason(&(struct yaml_node){ .kind = YAML_NULL, .loc = node->loc }, &closed->reason, r);
}

const struct field_spec translation_fields[] = {
	FIELD(translation, by, field_text, 0),
	FIELD(translation, machine, field_bool, 0),
	FIELD(translation, of, field_date, 0),
	FIELD_END,
};

static bool translation_reader(const struct yaml_node *node, void *member, const struct reading *r)
{
	fields_read(node, translation_fields, member, r);
	return true;
}

const struct field_spec record_fields[] = {
	FIELD(record_front, title, title_read, FIELD_REQUIRED),
	FIELD_ONE_OF(record_front, kind, record_kind_words + 1),
	FIELD_ONE_OF(record_front, status, record_status_words + 1),
	FIELD(record_front, number, field_number, 0),
	FIELD(record_front, session, field_text, 0),
	FIELD(record_front, date, field_date, 0), /* required by date_check */
	FIELD(record_front, end_date, field_date, 0),
	FIELD(record_front, time, time_reader, 0),
	FIELD(record_front, place, field_text, 0),
	FIELD(record_front, attendees, attendance_read, 0),
	FIELD(record_front, agenda, agenda_read, 0),
	FIELD_LIST(record_front, documents, document, document_read),
	FIELD(record_front, summary, field_text, 0),
	FIELD(record_front, confirmed_on, field_date, 0),
	FIELD(record_front, confirmed_by, field_text, 0),
	FIELD(record_front, confirmed_at, field_placed, 0),
	FIELD(record_front, record_of, field_placed, 0),
	FIELD(record_front, translation, translation_reader, 0),
	FIELD(record_front, record, field_text, 0),
	FIELD(record_front, video, field_url, 0),
	FIELD(record_front, audio, field_url, 0),
	FIELD(record_front, publish_on, field_date, FIELD_WITHHOLDS),
	FIELD(record_front, expire_on, field_date, FIELD_WITHHOLDS),
	FIELD(record_front, updated, field_date, 0),
	FIELD(record_front, closed, closed_reader, FIELD_SEES_NOTHING | FIELD_WITHHOLDS),
	FIELD(record_front, anonymous, anonymous_reader, FIELD_SEES_NOTHING | FIELD_WITHHOLDS),
	FIELD_LIST(record_front, corrections, correction, correction_read),
	FIELD_LIST(record_front, aliases, text_item, field_alias),
	FIELD_LIST(record_front, topics, text_item, field_filled),
	FIELD_LIST(record_front, not_speakers, text_item, field_filled),
	FIELD(record_front, layout, field_name, 0),
	FIELD(record_front, description, field_text, 0),
	FIELD(record_front, params, field_node, 0),
	FIELD_END,
};

const char *const record_facts[] = { "date", "time", "place", "attendees", "agenda", "speakers", NULL };

/* A fact that a body asks of its records. */
static bool fact_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	return field_word(node, record_facts, member, r);
}

const struct field_spec body_fields[] = {
	FIELD(body_front, title, field_words, FIELD_REQUIRED),
	FIELD(body_front, reading, field_words, 0),
	FIELD(body_front, organization, field_words, 0),
	FIELD(body_front, description, field_words, 0),
	FIELD_ONE_OF(body_front, kind, body_kinds),
	FIELD_LIST(body_front, standing_speakers, text_item, field_filled),
	FIELD_ONE_OF(body_front, numbering, numberings),
	FIELD_LIST(body_front, required, text_item, fact_read),
	FIELD_ONE_OF(body_front, speaker_pages, speaker_pages_choices),
	FIELD_LIST(body_front, languages, text_item, field_language),
	FIELD_LIST(body_front, not_speakers, text_item, field_filled),
	FIELD(body_front, established, field_date, 0),
	FIELD(body_front, dissolved, field_date, 0),
	FIELD(body_front, draft, field_careful, FIELD_SEES_NOTHING | FIELD_WITHHOLDS),
	FIELD(body_front, publish_on, field_date, FIELD_WITHHOLDS),
	FIELD(body_front, expire_on, field_date, FIELD_WITHHOLDS),
	FIELD(body_front, updated, field_date, 0),
	FIELD_LIST(body_front, aliases, text_item, field_alias),
	FIELD(body_front, layout, field_name, 0),
	FIELD(body_front, params, field_node, 0),
	FIELD_END,
};

const struct field_spec page_fields[] = {
	FIELD(body_front, title, field_words, 0),
	FIELD(body_front, description, field_words, 0),
	FIELD_ONE_OF(body_front, kind, body_kinds),
	FIELD(body_front, draft, field_careful, FIELD_SEES_NOTHING | FIELD_WITHHOLDS),
	FIELD(body_front, publish_on, field_date, FIELD_WITHHOLDS),
	FIELD(body_front, expire_on, field_date, FIELD_WITHHOLDS),
	FIELD(body_front, updated, field_date, 0),
	FIELD_LIST(body_front, aliases, text_item, field_alias),
	FIELD(body_front, layout, field_name, 0),
	FIELD(body_front, params, field_node, 0),
	FIELD_END,
};

/* False where a date for publishing was given and could not be read: such a file is unusable, for to publish by mistake
 * is worse than not to build. */
static bool publishing_check(
	const struct yaml_node *node, struct date publish_on, struct date expire_on, const struct reading *r)
{
	const struct yaml_node *publish = yaml_get(node, STR("publish_on")), *expire = yaml_get(node, STR("expire_on"));
	field_dates_ordered(node, STR("expire_on"), publish_on, expire_on, r);
	return (!publish || publish->kind == YAML_NULL || date_is(publish_on)) &&
		(!expire || expire->kind == YAML_NULL || date_is(expire_on));
}

static void time_check(const struct yaml_node *node, struct record_front *f, const struct reading *r)
{
	f->time_given = f->time.from.hour >= 0;
	bool one_day = !date_is(f->end_date.date) || date_compare(f->end_date.date, f->date.date) <= 0;
	if (!f->time_given || f->time.to.hour < 0 || !one_day)
		return;
	if (time_minutes(f->time.to) < time_minutes(f->time.from))
		diag_add(r->diags, DATE_MISMATCH, field_loc(node, STR("time"), r),
			str_c(_("a meeting that went past midnight has an 「end_date」, too")),
			_("the meeting ends before it starts"));
}

static void status_check(const struct yaml_node *node, struct record_front *f, const struct reading *r)
{
	const struct yaml_node *status = yaml_get(node, STR("status")), *draft = yaml_get(node, STR("draft"));
	if (!status || status->kind == YAML_NULL)
		diag_add(r->diags, STATUS_MISSING, field_loc(node, STR("status"), r),
			str_c(_("write 「status: confirmed」, or provisional, draft, scheduled, postponed, "
				"cancelled")),
			_("the record has no status and is kept back as a draft"));
	/* `draft` is no key of records, and the finding says so; lowered, it still keeps the record back. */
	if (draft && !(draft->kind == YAML_BOOL && !draft->boolean))
		f->status = STATUS_DRAFT;
}

/* A draft may wait for its date, as a file that `giji new` made does: it stops nothing, but no page can show it. */
static bool date_check(const struct yaml_node *node, const struct record_front *f, const struct reading *r)
{
	const struct yaml_node *date = yaml_get(node, STR("date"));
	if (date && date->kind != YAML_NULL)
		return date_is(f->date.date); /* or else what is wrong with it was said */
	if (f->status != STATUS_DRAFT) {
		field_missing(node, STR("date"), r);
		return false;
	}
	diag_add(r->diags, FACT_MISSING, field_loc(node, STR("date"), r), str_c(_("write 「date: 2026-06-11」 here")),
		_("the draft has no date yet, and is not shown with drafts either"));
	return true;
}

bool record_front_read(
	const struct yaml_node *node, struct str folder, struct record_front *f, const struct reading *reading)
{
	struct reading r = *reading;
	bool unsafe = false;
	r.folder = folder;
	r.unsafe = &unsafe;
	*f = (struct record_front){ .time = { { -1, 0 }, { -1, 0 } }, .loc = node ? node->loc : loc_file(r.path) };
	fields_read(node, record_fields, f, &r);
	for (size_t i = 0; i < FACT_COUNT; i++)
		f->said[i] = field_said(node, str_c(record_facts[i]), record_fields);
	f->record_loc = field_loc(node, STR("record"), &r);
	if (!str_empty(f->record))
		document_path(yaml_get(node, STR("record")), &f->record_path, &r);
	f->number_loc = field_loc(node, STR("number"), &r);
	f->closed_given = closed_given(yaml_get(node, STR("closed")));
	status_check(node, f, &r);
	time_check(node, f, &r);
	field_dates_ordered(node, STR("end_date"), f->date.date, f->end_date.date, &r);
	field_dates_ordered(node, STR("confirmed_on"), f->date.date, f->confirmed_on.date, &r);
	bool usable = publishing_check(node, f->publish_on.date, f->expire_on.date, &r);
	return date_check(node, f, &r) && usable && !unsafe && !field_blank(f->title);
}

static bool text_front_read(const struct yaml_node *node, const struct field_spec *fields, struct body_front *f,
	const struct reading *reading)
{
	struct reading r = *reading;
	bool unsafe = false;
	r.unsafe = &unsafe;
	*f = (struct body_front){ .loc = node ? node->loc : loc_file(r.path) };
	fields_read(node, fields, f, &r);
	return publishing_check(node, f->publish_on.date, f->expire_on.date, &r) && !unsafe;
}

bool body_front_read(const struct yaml_node *node, struct body_front *f, const struct reading *r)
{
	bool usable = text_front_read(node, body_fields, f, r);
	f->required_given = f->required.items != NULL;
	field_dates_ordered(node, STR("dissolved"), f->established.date, f->dissolved.date, r);
	return usable && words_are(&f->title);
}

bool home_front_read(const struct yaml_node *node, struct body_front *f, const struct reading *r)
{
	return text_front_read(node, page_fields, f, r);
}

/* A record's keys on a page: the file stands in the wrong folder. */
static bool is_record(const struct yaml_node *node, const struct reading *r)
{
	static const char *const keys[] = { "attendees", "agenda", "number", "date" };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct yaml_node *key = yaml_key(node, str_c(keys[i]));
		if (!key || (str_eq(key->text, STR("date")) && !yaml_key(node, STR("status"))))
			continue;
		diag_add(r->diags, KEY_UNKNOWN, key->loc,
			diag_text(r->diags, _("move the file into the folder of its body: content/<body>/%.*s"),
				STR_ARG(fs_path_name(r->path))),
			_("this looks like a record, but records stand in the folder of a body"));
		return true;
	}
	return false;
}

bool page_front_read(const struct yaml_node *node, struct body_front *f, const struct reading *r)
{
	if (is_record(node, r)) {
		*f = (struct body_front){ .loc = node->loc };
		return false;
	}
	bool usable = home_front_read(node, f, r);
	if (words_are(&f->title))
		return usable;
	return diag_add(r->diags, VALUE_INVALID, field_loc(node, STR("title"), r),
		str_c(_("begin the file with front matter: ---, title: …, ---")), _("「title」 is missing"));
}
