#include "source/places.h"
#include "source/record_parts.h"

static const char *const body_kinds[] = { "pages", NULL };
static const char *const numberings[] = { "continuous", "year", "session", NULL };

/* The facts that a body asks of its records. */
static bool required_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	static const char *const facts[] = { "date", "time", "place", "attendees", "agenda", "speakers", NULL };
	struct texts *required = member;
	bool ok = field_texts(node, required, r);
	for (size_t i = 0; i < required->count; i++) {
		struct text_item *item = &required->items[i];
		struct yaml_node word = { .kind = YAML_STRING, .text = item->text, .loc = item->loc };
		int choice = 0;
		if (field_choice(&word, facts, &choice, r))
			item->text = str_c(facts[choice - 1]);
		else
			ok = false;
	}
	return ok;
}

const struct field_spec body_fields[] = {
	FIELD(body_front, title, FIELD_WORDS, FIELD_REQUIRED),
	FIELD(body_front, reading, FIELD_WORDS, 0),
	FIELD(body_front, organization, FIELD_WORDS, 0),
	FIELD(body_front, description, FIELD_WORDS, 0),
	FIELD_ONE_OF(body_front, kind, body_kinds),
	FIELD(body_front, standing_speakers, FIELD_TEXTS, 0),
	FIELD_ONE_OF(body_front, numbering, numberings),
	FIELD_BY(body_front, required, required_read, 0),
	FIELD_ONE_OF(body_front, speaker_pages, speaker_pages_choices),
	FIELD_BY(body_front, languages, field_languages, 0),
	FIELD(body_front, not_speakers, FIELD_TEXTS, 0),
	FIELD(body_front, established, FIELD_DATE, 0),
	FIELD(body_front, dissolved, FIELD_DATE, 0),
	FIELD_BY(body_front, draft, field_careful, FIELD_SEES_NOTHING),
	FIELD(body_front, publish_on, FIELD_DATE, 0),
	FIELD(body_front, expire_on, FIELD_DATE, 0),
	FIELD(body_front, updated, FIELD_DATE, 0),
	FIELD_BY(body_front, aliases, field_aliases, 0),
	FIELD_BY(body_front, layout, field_name, 0),
	FIELD(body_front, params, FIELD_NODE, 0),
	FIELD_END,
};

/* `kind: pages` may stand in any page, for it must stand in the index of a folder of pages. */
struct page_entry {
	struct page_front front;
	int kind;
};

#define PAGE_FIELD(member, kind, flags) \
	{ \
		STR_INIT(#member), kind, flags, offsetof(struct page_entry, front.member), NULL, NULL \
	}
#define PAGE_FIELD_BY(member, flags, reader) \
	{ \
		STR_INIT(#member), FIELD_CUSTOM, flags, offsetof(struct page_entry, front.member), NULL, reader \
	}

const struct field_spec page_fields[] = {
	PAGE_FIELD(title, FIELD_WORDS, 0),
	PAGE_FIELD(description, FIELD_WORDS, 0),
	FIELD_ONE_OF(page_entry, kind, body_kinds),
	PAGE_FIELD_BY(draft, FIELD_SEES_NOTHING, field_careful),
	PAGE_FIELD(publish_on, FIELD_DATE, 0),
	PAGE_FIELD(expire_on, FIELD_DATE, 0),
	PAGE_FIELD(updated, FIELD_DATE, 0),
	PAGE_FIELD_BY(aliases, 0, field_aliases),
	PAGE_FIELD_BY(layout, 0, field_name),
	PAGE_FIELD(params, FIELD_NODE, 0),
	FIELD_END,
};

bool front_dates_lost(const struct yaml_node *node, const struct dated *publish_on, const struct dated *expire_on)
{
	const struct yaml_node *publish = yaml_get(node, STR("publish_on")), *expire = yaml_get(node, STR("expire_on"));
	return (publish && publish->kind != YAML_NULL && !date_is(publish_on->date)) ||
		(expire && expire->kind != YAML_NULL && !date_is(expire_on->date));
}

bool body_front_read(const struct yaml_node *node, struct body_front *f, const struct reading *r)
{
	*f = (struct body_front){ .loc = node ? node->loc : loc_file(r->path) };
	fields_read(node, body_fields, f, r);
	f->required_given = f->required.items != NULL;
	field_dates_ordered(node, STR("dissolved"), f->established.date, f->dissolved.date, r);
	field_dates_ordered(node, STR("expire_on"), f->publish_on.date, f->expire_on.date, r);
	return words_are(&f->title) && !front_dates_lost(node, &f->publish_on, &f->expire_on);
}

static bool page_read(const struct yaml_node *node, struct page_front *f, const struct reading *r)
{
	struct page_entry entry = { .front.loc = node ? node->loc : loc_file(r->path) };
	fields_read(node, page_fields, &entry, r);
	*f = entry.front;
	field_dates_ordered(node, STR("expire_on"), f->publish_on.date, f->expire_on.date, r);
	return !front_dates_lost(node, &f->publish_on, &f->expire_on);
}

bool home_front_read(const struct yaml_node *node, struct page_front *f, const struct reading *r)
{
	return page_read(node, f, r);
}

bool page_front_read(const struct yaml_node *node, struct page_front *f, const struct reading *r)
{
	bool usable = page_read(node, f, r);
	if (words_are(&f->title))
		return usable;
	return diag_add(r->diags, VALUE_INVALID, field_loc(node, STR("title"), r),
		diag_text(r->diags, _("begin the file with front matter: ---, title: …, ---")),
		_("「title」 is missing"));
}
