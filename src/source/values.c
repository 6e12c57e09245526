#include "source/fields.h"

#include "source/names.h"
#include "sys/file.h"
#include "text/fold.h"

bool field_language(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct str language;
	if (!field_text(node, &language, r))
		return false;
	if (!name_is_language(language))
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			diag_text(r->diags, _("write a language code such as ja or en")),
			_("「%.*s」 is not a language code"), STR_ARG(language));
	*(struct str *)member = language;
	return true;
}

bool field_languages(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct texts *languages = member;
	bool ok = field_texts(node, languages, r);
	for (size_t i = 0; i < languages->count; i++)
		if (!name_is_language(languages->items[i].text))
			ok = diag_add(r->diags, VALUE_INVALID, languages->items[i].loc,
				diag_text(r->diags, _("write a language code such as ja or en")),
				_("「%.*s」 is not a language code"), STR_ARG(languages->items[i].text));
	return ok;
}

/* What stands before a colon, where that can be a scheme (RFC 3986, 3.1). */
static struct str scheme_of(struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		char c = url.p[i];
		if (c == ':' && i > 0)
			return str_n(url.p, i);
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))
			break;
	}
	return STR_NONE;
}

static bool url_has_stray(struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c <= ' ' || c == 0x7f || c == '\\' || c == '<' || c == '>' || c == '"')
			return true;
	}
	return str_find(url, STR("\xe3\x80\x80"), 0) != SIZE_MAX;
}

bool field_url(const struct yaml_node *node, struct str *out, const struct reading *r)
{
	struct str url;
	if (!field_text(node, &url, r))
		return false;
	struct str folded = fold(r->arena, url), scheme = scheme_of(folded), rest = str_from(folded, scheme.n);
	bool web = str_eq(scheme, STR("http")) || str_eq(scheme, STR("https"));
	if (scheme.n != scheme_of(url).n || url_has_stray(url))
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			diag_text(r->diags,
				_("write it in half-width characters, without spaces, and with / between its parts")),
			_("「%.*s」 is not an address"), STR_ARG(url));
	if (scheme.n && !web && !str_eq(scheme, STR("mailto")) && !str_eq(scheme, STR("tel")))
		return diag_add(r->diags, LINK_SCHEME, node->loc,
			diag_text(r->diags, _("an address begins with https:, http:, mailto: or tel:, or is relative")),
			_("「%.*s:」 is not allowed in an address"), STR_ARG(scheme));
	if (str_empty(url) || (web && (!str_starts(rest, STR("://")) || rest.n == 3 || rest.p[3] == '/')))
		return diag_add(
			r->diags, VALUE_INVALID, node->loc, STR_NONE, _("「%.*s」 names no host"), STR_ARG(url));
	*out = url;
	return true;
}

bool field_careful(const struct yaml_node *node, void *member, const struct reading *r)
{
	bool *careful = member;
	*careful = true;
	return field_bool(node, careful, r);
}

bool field_name(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct str name = STR_NONE;
	if (!field_text(node, &name, r))
		return false;
	if (!name_check(name, node->loc, r->arena, r->diags))
		return false;
	*(struct str *)member = name;
	return true;
}

static bool alias_check(const struct text_item *alias, const struct reading *r)
{
	struct str path = alias->text;
	while (str_starts(path, STR("/")))
		path = str_from(path, 1);
	while (str_ends(path, STR("/")))
		path = str_but(path, 1);
	bool clean = fs_path_clean(path) && !url_has_stray(path) && str_empty(scheme_of(path));
	if (clean && str_find_byte(path, '?', 0) == SIZE_MAX && str_find_byte(path, '#', 0) == SIZE_MAX)
		return true;
	return diag_add(r->diags, VALUE_INVALID, alias->loc,
		diag_text(r->diags, _("write the old address from the site's own root, for example /old/page/")),
		_("「%.*s」 cannot be an old address of this site"), STR_ARG(alias->text));
}

bool field_aliases(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct texts *aliases = member;
	bool ok = field_texts(node, aliases, r);
	size_t kept = 0;
	for (size_t i = 0; i < aliases->count; i++) {
		if (alias_check(&aliases->items[i], r))
			aliases->items[kept++] = aliases->items[i];
		else
			ok = false;
	}
	aliases->count = kept;
	return ok;
}
