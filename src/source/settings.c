#include "source/settings.h"

#include "source/content.h"
#include "source/names.h"
#include "source/places.h"

const char *const speaker_pages_choices[] = { "full", "excerpt", "off", NULL };

const struct field_spec license_fields[] = {
	FIELD(license, name, FIELD_WORDS, FIELD_REQUIRED),
	FIELD(license, url, FIELD_URL, 0),
	FIELD_END,
};

static bool license_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct license *license = member;
	return field_is_scalar(node) ? field_words(node, &license->name, r)
				     : fields_read(node, license_fields, license, r);
}

static bool outputs_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	static const char *const known[] = { "json", "xml", "csv", "txt", NULL };
	struct texts *outputs = member;
	bool ok = field_texts(node, outputs, r);
	for (size_t i = 0; i < outputs->count; i++) {
		struct text_item *item = &outputs->items[i];
		struct yaml_node word = { .kind = YAML_STRING, .text = item->text, .loc = item->loc };
		int choice = 0;
		if (field_choice(&word, known, &choice, r))
			item->text = str_c(known[choice - 1]);
		else
			ok = false;
	}
	return ok;
}

static bool timezone_read(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct str zone;
	if (!field_text(node, &zone, r))
		return false;
	if (!zone_exists(zone))
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			diag_text(r->diags, _("write a name such as Asia/Tokyo or UTC")),
			_("「%.*s」 is not a time zone"), STR_ARG(zone));
	*(struct str *)member = zone;
	return true;
}

const struct field_spec settings_fields[] = {
	FIELD(settings, title, FIELD_WORDS, FIELD_REQUIRED),
	FIELD(settings, base_url, FIELD_TEXT, 0),
	FIELD_BY(settings, language, field_language, FIELD_REQUIRED),
	FIELD(settings, description, FIELD_WORDS, 0),
	FIELD_BY(settings, languages, field_languages, 0),
	FIELD_BY(settings, timezone, timezone_read, 0),
	FIELD(settings, year_starts, FIELD_NUMBER, 0),
	FIELD_BY(settings, theme, field_name, 0),
	FIELD(settings, publisher, FIELD_WORDS, 0),
	FIELD(settings, contact, FIELD_TEXT, 0),
	FIELD_BY(settings, license, license_read, 0),
	FIELD_BY(settings, outputs, outputs_read, 0),
	FIELD(settings, search, FIELD_BOOL, 0),
	FIELD_ONE_OF(settings, speaker_pages, speaker_pages_choices),
	FIELD(settings, params, FIELD_NODE, 0),
	FIELD_END,
};

/* The address of the site, from the file or from -u, with its path and a final slash. */
static bool base_url_read(const struct yaml_node *node, struct settings *s, const struct reading *r)
{
	struct str url;
	bool ok = field_url(node, &url, r);
	if (!ok)
		return false;
	size_t host = str_find(url, STR("://"), 0);
	if (host == SIZE_MAX || host > 5)
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			diag_text(r->diags, _("write it whole: https://%.*s"), STR_ARG(url)),
			_("the site's address 「%.*s」 does not begin with https:// or http://"), STR_ARG(url));
	if (str_find_byte(url, '?', 0) != SIZE_MAX || str_find_byte(url, '#', 0) != SIZE_MAX)
		return diag_add(r->diags, VALUE_INVALID, node->loc, STR_NONE,
			_("the site's address 「%.*s」 cannot hold ? or #"), STR_ARG(url));
	if (!str_ends(url, STR("/")))
		url = arena_format(r->arena, "%.*s/", STR_ARG(url));
	s->base_url = url;
	s->base_path = str_from(url, str_find_byte(url, '/', host + 3));
	return true;
}

static bool base_url_choose(const struct yaml_node *map, struct str given, struct settings *s, const struct reading *r)
{
	const struct yaml_node *node = yaml_get(map, STR("base_url"));
	struct yaml_node option = { .kind = YAML_STRING, .text = given, .loc = loc_file(STR("-u")) };
	if (!str_empty(given))
		return base_url_read(&option, s, r);
	if (!node || node->kind == YAML_NULL)
		return diag_add(r->diags, VALUE_INVALID, field_loc(map, STR("base_url"), r),
			diag_text(r->diags, _("write the site's address: base_url: https://example.org/")),
			_("「base_url」 is missing"));
	return field_is_scalar(node) && base_url_read(node, s, r);
}

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

static struct texts default_outputs(struct loc loc, struct arena *a)
{
	struct texts outputs = { ARENA_ARRAY(a, struct text_item, 2), 2 };
	outputs.items[0] = (struct text_item){ STR("json"), loc };
	outputs.items[1] = (struct text_item){ STR("xml"), loc };
	return outputs;
}

static bool year_starts_check(const struct yaml_node *map, struct settings *s, const struct reading *r)
{
	if (s->year_starts >= 1 && s->year_starts <= 12)
		return true;
	s->year_starts = 1;
	return diag_add(r->diags, VALUE_INVALID, field_loc(map, STR("year_starts"), r), STR_NONE,
		_("the month in which a year starts is a number from 1 to 12"));
}

static bool settings_fill(const struct yaml_node *map, struct str base_url, struct settings *s, const struct reading *r)
{
	s->search = true;
	s->theme = STR("default");
	s->year_starts = -1;
	bool ok = fields_read(map, settings_fields, s, r);
	if (map && map->kind != YAML_MAP)
		return false;
	bool is_japanese = str_eq(s->language, STR("ja")) || str_starts(s->language, STR("ja-"));
	ok = base_url_choose(map, base_url, s, r) && ok;
	if (!s->timezone.p)
		s->timezone = is_japanese ? STR("Asia/Tokyo") : STR("UTC");
	if (s->year_starts < 0)
		s->year_starts = is_japanese ? 4 : 1;
	ok = year_starts_check(map, s, r) && ok;
	s->languages = languages_in_order(s, field_loc(map, STR("language"), r), r->arena);
	if (!yaml_get(map, STR("outputs")))
		s->outputs = default_outputs(loc_file(r->path), r->arena);
	s->title_loc = field_loc(map, STR("title"), r);
	return ok;
}

bool settings_read(struct fs *site, struct str base_url, struct arena *a, struct settings *s, struct diags *ds)
{
	static const struct str path = STR_INIT("site.yml");
	struct fs_entry entry;
	struct str text;
	*s = (struct settings){ 0 };
	if (fs_stat(site, path, &entry) == FS_ABSENT)
		return diag_add(ds, VALUE_INVALID, loc_file(path),
			diag_text(ds, _("a site begins with a file site.yml that says title, base_url and language")),
			_("there is no site.yml in this folder"));
	if (!content_read(site, path, a, &text, ds))
		return false;
	const struct yaml_node *map = yaml_read(text, path, 1, a, ds);
	struct reading r = { .path = path, .arena = a, .diags = ds };
	return map && settings_fill(map->kind == YAML_NULL ? NULL : map, base_url, s, &r);
}
