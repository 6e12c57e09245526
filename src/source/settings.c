#include "source/settings.h"

#include "source/content.h"

const char *const speaker_pages_choices[] = { "full", "excerpt", "off", NULL };

const struct field_spec license_fields[] = {
	FIELD(license, name, field_words, FIELD_REQUIRED),
	FIELD(license, url, field_url, 0),
	FIELD_END,
};

static bool license_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct license *license = member;
	if (field_is_scalar(node))
		return field_words(node, &license->name, r);
	fields_read(node, license_fields, license, r);
	return true;
}

static bool output_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	static const char *const outputs[] = { "json", "xml", "csv", "txt", NULL };
	return field_word(node, outputs, member, r);
}

static bool timezone_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (!field_is_scalar(node) || zone_exists(node->text))
		return field_text(node, member, r);
	return diag_add(r->diags, VALUE_INVALID, node->loc, str_c(_("write a name such as Asia/Tokyo or UTC")),
		_("「%.*s」 is not a time zone"), STR_ARG(node->text));
}

static bool month_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	long month;
	if (!field_number(node, &month, r))
		return false;
	if (month < 1 || month > 12)
		return diag_add(r->diags, VALUE_INVALID, node->loc, STR_NONE,
			_("the month in which a year starts is a number from 1 to 12"));
	*(long *)member = month;
	return true;
}

/* The address of the site, with a final slash. */
static bool base_url_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct str url;
	if (!field_url(node, &url, r))
		return false;
	size_t host = str_find(url, STR("://"), 0);
	if (host == SIZE_MAX || host > sizeof "https" - 1)
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			diag_text(r->diags, _("write it whole: https://%.*s"), STR_ARG(url)),
			_("the site's address 「%.*s」 does not begin with https:// or http://"), STR_ARG(url));
	if (str_find_byte(url, '?', 0) != SIZE_MAX || str_find_byte(url, '#', 0) != SIZE_MAX)
		return diag_add(r->diags, VALUE_INVALID, node->loc, STR_NONE,
			_("the site's address 「%.*s」 cannot hold ? or #"), STR_ARG(url));
	*(struct str *)member = str_ends(url, STR("/")) ? url : arena_format(r->arena, "%.*s/", STR_ARG(url));
	return true;
}

const struct field_spec settings_fields[] = {
	FIELD(settings, title, field_words, FIELD_REQUIRED),
	FIELD(settings, base_url, base_url_read, 0),
	FIELD(settings, language, field_language, FIELD_REQUIRED),
	FIELD(settings, description, field_words, 0),
	FIELD_LIST(settings, languages, text_item, field_language),
	FIELD(settings, timezone, timezone_read, 0),
	FIELD(settings, year_starts, month_read, 0),
	FIELD(settings, theme, field_name, 0),
	FIELD(settings, publisher, field_words, 0),
	FIELD(settings, contact, field_text, 0),
	FIELD(settings, license, license_read, 0),
	FIELD_LIST(settings, outputs, text_item, output_read),
	FIELD(settings, search, field_bool, 0),
	FIELD_ONE_OF(settings, speaker_pages, speaker_pages_choices),
	FIELD(settings, params, field_node, 0),
	FIELD_END,
};

/* All languages, the site's own first and each once. */
static struct texts languages_in_order(const struct settings *s, struct loc loc, struct arena *a)
{
	struct texts all = { ARENA_ARRAY(a, struct text_item, s->languages.count + 1), 1 };
	all.items[0] = (struct text_item){ s->language, loc };
	for (size_t i = 0; i < s->languages.count; i++) {
		bool known = false;
		for (size_t j = 0; j < all.count && !known; j++)
			known = str_eq(all.items[j].text, s->languages.items[i].text);
		if (!known)
			all.items[all.count++] = s->languages.items[i];
	}
	return all;
}

static void defaults_fill(const struct yaml_node *map, struct settings *s, struct arena *a)
{
	bool is_japanese = str_eq(s->language, STR("ja")) || str_starts(s->language, STR("ja-"));
	if (!s->timezone.p)
		s->timezone = is_japanese ? STR("Asia/Tokyo") : STR("UTC");
	if (!s->year_starts)
		s->year_starts = is_japanese ? 4 : 1;
	if (!yaml_get(map, STR("outputs"))) {
		s->outputs = (struct texts){ ARENA_ARRAY(a, struct text_item, 2), 2 };
		s->outputs.items[0].text = STR("json");
		s->outputs.items[1].text = STR("xml");
	}
}

/* The site's address from -u, where it is given, else from the file, and the path in it. */
static void base_url_choose(const struct yaml_node *map, struct str given, struct settings *s, const struct reading *r)
{
	const struct yaml_node *node = yaml_get(map, STR("base_url"));
	struct yaml_node option = { .kind = YAML_STRING, .text = given, .loc = loc_file(STR("-u")) };
	if (!str_empty(given))
		base_url_read(&option, &s->base_url, r);
	else if (!node || node->kind == YAML_NULL)
		diag_add(r->diags, VALUE_INVALID, field_loc(map, STR("base_url"), r),
			str_c(_("write the site's address: base_url: https://example.org/")),
			_("「base_url」 is missing"));
	size_t host = str_find(s->base_url, STR("://"), 0);
	if (host != SIZE_MAX)
		s->base_path = str_from(s->base_url, str_find_byte(s->base_url, '/', host + 3));
}

bool settings_read(struct fs *site, struct str base_url, struct arena *a, struct settings *s, struct diags *ds)
{
	struct reading r = { .path = STR("site.yml"), .arena = a, .diags = ds };
	struct fs_entry entry;
	struct str text;
	size_t errors = ds->errors;
	*s = (struct settings){ .search = true, .theme = STR("default") };
	if (fs_stat(site, r.path, &entry) == FS_ABSENT)
		return diag_add(ds, VALUE_INVALID, loc_file(r.path),
			str_c(_("a site begins with a file site.yml that says title, base_url and language")),
			_("there is no site.yml in this folder"));
	if (!content_read(site, r.path, a, &text, ds))
		return false;
	const struct yaml_node *map = yaml_read(text, r.path, 1, a, ds);
	if (!map)
		return false;
	fields_read(map, settings_fields, s, &r);
	if (map->kind != YAML_MAP && map->kind != YAML_NULL)
		return false;
	base_url_choose(map, base_url, s, &r);
	defaults_fill(map, s, a);
	s->languages = languages_in_order(s, field_loc(map, STR("language"), &r), a);
	return ds->errors == errors && s->base_url.n && s->language.n && words_are(&s->title);
}
