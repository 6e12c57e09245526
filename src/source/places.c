#include "source/places.h"

const struct field_place field_places[] = {
	{ N_("site.yml"), settings_fields },
	{ N_("a license"), license_fields },
	{ N_("a record's front matter"), record_fields },
	{ N_("a body's index.md"), body_fields },
	{ N_("a page's front matter"), page_fields },
	{ N_("a group of attendees"), group_fields },
	{ N_("an attendee"), attendee_fields },
	{ N_("an agenda part"), agenda_fields },
	{ N_("a document"), document_fields },
	{ N_("closed"), closed_fields },
	{ N_("a translation"), translation_fields },
	{ N_("a correction"), correction_fields },
	{ N_("a person in people.yml"), person_fields },
	{ N_("a person's label"), person_label_fields },
	{ N_("a person's role"), person_role_fields },
	{ N_("a topic in topics.yml"), topic_fields },
	{ NULL, NULL },
};

const struct field_place *place_of_key(struct str key, const struct field_spec *except)
{
	for (const struct field_place *place = field_places; place->name; place++)
		for (const struct field_spec *s = place->fields; place->fields != except && s->key.p; s++)
			if (str_eq(s->key, key))
				return place;
	return NULL;
}
