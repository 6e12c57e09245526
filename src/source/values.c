#include "source/fields.h"

#include "markdown/scheme.h"
#include "source/names.h"
#include "sys/file.h"
#include "text/fold.h"
#include "text/slug.h"

#include <stdio.h>

enum { NUMBER_MOST = 999999 };

struct str words_in(const struct words *w, struct str language)
{
	const struct yaml_node *text = yaml_get(w->by_language, language);
	if (!text) /* given for "en" and asked for in "en-GB" */
		text = yaml_get(w->by_language, str_cut(&language, STR("-")));
	return text && !str_empty(text->text) ? text->text : w->any;
}

bool field_node(const struct yaml_node *node, void *member, const struct reading *r)
{
	(void)r;
	*(const struct yaml_node **)member = node;
	return true;
}

bool field_text(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (!field_is_scalar(node))
		return field_expected(node, N_("a text"), r);
	*(struct str *)member = node->text;
	return true;
}

bool field_placed(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct text_item *item = member;
	item->loc = node->loc;
	return field_text(node, &item->text, r);
}

bool field_filled(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (field_is_scalar(node) && field_blank(node->text))
		return diag_add(r->diags, VALUE_INVALID, node->loc, STR_NONE, _("this text is empty"));
	return field_text(node, member, r);
}

bool field_words(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (field_is_scalar(node)) {
		*(struct words *)member = (struct words){ .any = node->text, .loc = node->loc };
		return true;
	}
	if (node->kind != YAML_MAP || node->count == 0)
		return field_expected(node, N_("a text, or a text for each language,"), r);
	bool ok = true;
	for (size_t i = 0; i < node->count; i++) {
		struct str text;
		if (!name_is_language(node->keys[i].text))
			ok = diag_add(r->diags, VALUE_INVALID, node->keys[i].loc,
				str_c(_("put text that holds a colon and a space between quotes")),
				_("a text for each language was expected here, and 「%.*s」 is not a language code"),
				STR_ARG(node->keys[i].text));
		else
			ok = field_text(&node->items[i], &text, r) && ok;
	}
	if (ok)
		*(struct words *)member =
			(struct words){ .any = node->items[0].text, .by_language = node, .loc = node->loc };
	return ok;
}

static void weekday_check(const struct yaml_node *node, const struct date_claim *claim, const struct reading *r)
{
	static const char *const days[] = { NULL, N_("a Monday"), N_("a Tuesday"), N_("a Wednesday"), N_("a Thursday"),
		N_("a Friday"), N_("a Saturday"), N_("a Sunday") };
	int day = date_weekday(claim->date);
	if (claim->weekday && claim->weekday != day)
		diag_add(r->diags, DATE_MISMATCH, node->loc, str_c(_("check the day, or leave the weekday out")),
			_("「%.*s」 is %s"), STR_ARG(node->text), _(days[day]));
}

/* How to write what is no date here. 05/06/2025 is one day in London and another in New York: it is never guessed. */
static struct str date_help(struct str written, const struct reading *r)
{
	int first, second, year, end = 0;
	const char *s = arena_c(r->arena, fold_label(r->arena, written));
	if (sscanf(s, "%2d%*1[/.-]%2d%*1[/.-]%4d%n", &first, &second, &year, &end) != 3 || s[end] || year < 1000)
		return diag_text(r->diags, _("write 2013-12-13; 2013/12/13 and 13 December 2013 are read too"));
	struct date uk = { (int16_t)year, (int8_t)second, (int8_t)first },
		    us = { (int16_t)year, (int8_t)first, (int8_t)second };
	struct str either = date_iso(r->arena, date_valid(uk) ? uk : us);
	if (date_valid(uk) && date_valid(us) && first != second)
		return diag_text(r->diags, _("write %.*s or %.*s: which number is the month cannot be told"),
			STR_ARG(either), STR_ARG(date_iso(r->arena, us)));
	return diag_text(
		r->diags, _("write %.*s"), STR_ARG(date_valid(uk) || date_valid(us) ? either : STR("2013-12-13")));
}

bool field_date(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct date_claim claim = { 0 };
	if (!field_is_scalar(node))
		return field_expected(node, N_("a date"), r);
	if (!date_read(node->text, &claim))
		return diag_add(r->diags, DATE_INVALID, node->loc, date_help(node->text, r),
			_("「%.*s」 cannot be read as a date"), STR_ARG(node->text));
	weekday_check(node, &claim, r);
	if (claim.era_wrong)
		diag_add(r->diags, DATE_MISMATCH, node->loc,
			diag_text(r->diags,
				_("it was read as %.*s; write the year as it is counted from that day's era"),
				STR_ARG(date_iso(r->arena, claim.date))),
			_("「%.*s」: the era did not hold on that day"), STR_ARG(node->text));
	*(struct dated *)member = (struct dated){ claim.date, node->loc };
	return true;
}

bool field_number(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (!field_is_scalar(node))
		return field_expected(node, N_("a number"), r);
	if (str_number(fold_label(r->arena, node->text), NUMBER_MOST, member))
		return true;
	return diag_add(r->diags, VALUE_INVALID, node->loc, str_c(_("write digits only, for example 5")),
		_("「%.*s」 is not a number from 0 to 999999"), STR_ARG(node->text));
}

bool field_bool(const struct yaml_node *node, void *member, const struct reading *r)
{
	struct str word = field_is_scalar(node) ? fold_label(r->arena, node->text) : STR_NONE;
	bool yes = str_eq(word, STR("true"));
	if (!yes && !str_eq(word, STR("false")))
		return diag_add(r->diags, VALUE_INVALID, node->loc, str_c(_("write true or false")),
			_("true or false was expected here"));
	*(bool *)member = yes;
	return true;
}

bool field_careful(const struct yaml_node *node, void *member, const struct reading *r)
{
	*(bool *)member = true;
	return field_bool(node, member, r);
}

bool field_clear(const struct yaml_node *node, void *member, const struct reading *r)
{
	*(bool *)member = false;
	return field_bool(node, member, r);
}

bool field_language(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (!field_is_scalar(node) || name_is_language(node->text))
		return field_text(node, member, r);
	return diag_add(r->diags, VALUE_INVALID, node->loc, str_c(_("write a language code such as ja or en")),
		_("「%.*s」 is not a language code"), STR_ARG(node->text));
}

bool field_name(const struct yaml_node *node, void *member, const struct reading *r)
{
	return (!field_is_scalar(node) || name_check(node->text, node->loc, r->arena, r->diags)) &&
		field_text(node, member, r);
}

static bool url_has_stray(struct str url)
{
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || str_find_byte(STR("\x7f\\<>\""), url.p[i], 0) != SIZE_MAX)
			return true;
	return str_find(url, STR("　"), 0) != SIZE_MAX;
}

bool field_url(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (!field_is_scalar(node))
		return field_expected(node, N_("a text"), r);
	struct str url = node->text, folded = fold(r->arena, url);
	struct str rest = url, scheme = str_cut(&rest, STR(":"));
	bool web = str_starts(folded, STR("http:")) || str_starts(folded, STR("https:"));
	if (url_has_stray(url) || (web && str_find(url, STR("://"), 0) == SIZE_MAX))
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			str_c(_("write it in half-width characters, without spaces, and with / between its parts")),
			_("「%.*s」 is not an address"), STR_ARG(url));
	if (!scheme_is_allowed(url))
		return diag_add(r->diags, LINK_SCHEME, node->loc,
			str_c(_("an address begins with https:, http:, mailto: or tel:, or is relative")),
			_("「%.*s:」 is not allowed in an address"), STR_ARG(scheme));
	if (str_empty(url) || (web && (rest.n < sizeof "//" || rest.p[2] == '/')))
		return diag_add(
			r->diags, VALUE_INVALID, node->loc, STR_NONE, _("「%.*s」 names no host"), STR_ARG(url));
	*(struct str *)member = url;
	return true;
}

/* What no address that was decoded may hold: control characters, a backslash, bytes that are no UTF-8. */
static bool has_control(struct str path)
{
	size_t length;
	for (size_t at = 0; at < path.n; at += length) {
		uint32_t point = str_point(path, at, &length);
		if (point < 0x20 || point == 0x7f || point == '\\' || (point == 0xfffd && length == 1))
			return true;
	}
	return false;
}

bool field_alias(const struct yaml_node *node, void *member, const struct reading *r)
{
	if (!field_is_scalar(node))
		return field_expected(node, N_("a text"), r);
	struct str whole = slug_decode(r->arena, node->text), path = whole;
	while (str_starts(path, STR("/")))
		path = str_from(path, 1);
	while (str_ends(path, STR("/")))
		path = str_but(path, 1);
	bool query = str_find_byte(path, '?', 0) != SIZE_MAX || str_find_byte(path, '#', 0) != SIZE_MAX;
	if (query)
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			str_c(_("what stands behind ? or # cannot be redirected; leave it out")),
			_("「%.*s」 cannot be an old address of this site"), STR_ARG(node->text));
	if (!fs_path_clean(path) || url_has_stray(node->text) || has_control(path))
		return diag_add(r->diags, VALUE_INVALID, node->loc,
			str_c(_("write the old address from the site's own root, for example /old/page/")),
			_("「%.*s」 cannot be an old address of this site"), STR_ARG(node->text));
	*(struct str *)member = whole;
	return true;
}
