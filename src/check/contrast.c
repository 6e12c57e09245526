/*
 * The theme's colours: text on its ground at least 4.5:1, lines and focus at least 3:1 (WCAG 2.2, AA); text under 7:1 is
 * noted. Only pairs are judged that the style sheet itself tells: a rule's own text and ground; its text on the ground
 * of a selector it stands below, else on the page's; the page's text and links on grounds that set no text.
 */
#include "check/check.h"
#include "check/css.h"

#include <math.h>
#include <string.h>

struct sheet {
	struct css css;
	struct str path;
	struct arena *arena;
	struct map told; /* pairs */
	struct diags *ds;
};

static const struct css_rule *rule_at(const struct sheet *s, size_t i)
{
	return &VEC_AT(&s->css.rules, struct css_rule)[i];
}

static size_t rule_count(const struct sheet *s)
{
	return VEC_COUNT(&s->css.rules, struct css_rule);
}

static bool is_page(struct str selector)
{
	return str_is_one_of(selector, "body|html|:root");
}

/* The part of a selector that a rule's colour stands below: `.foot a` below `.foot`. */
static bool is_below(struct str selector, struct str above)
{
	return selector.n > above.n && str_starts(selector, above) && strchr(" >:.[#+~", selector.p[above.n]) != NULL;
}

/* What the last rule for a selector says that has a colour there: 0 text, 1 ground. */
static bool color_of(
	const struct sheet *s, struct str selector, enum scheme scheme, bool ground, struct css_color *color)
{
	bool found = false;
	for (size_t i = 0; i < rule_count(s); i++) {
		const struct css_rule *r = rule_at(s, i);
		bool same = str_eq(r->selector, selector) || (is_page(selector) && is_page(r->selector));
		if (same && r->applies[scheme] && css_color_of(&s->css, ground ? r->ground : r->text, scheme, color))
			found = true;
	}
	return found;
}

/* The ground that a selector stands on: its own, that of the longest it stands below, the page's. */
static bool ground_of(const struct sheet *s, struct str selector, enum scheme scheme, struct css_color *color)
{
	struct str best = STR("body");
	bool own = color_of(s, selector, scheme, true, color);
	for (size_t i = 0; i < rule_count(s) && !own; i++) {
		const struct css_rule *r = rule_at(s, i);
		struct css_color unused;
		if (is_below(selector, r->selector) && (is_page(best) || r->selector.n > best.n) &&
			!is_page(r->selector) && r->applies[scheme] &&
			css_color_of(&s->css, r->ground, scheme, &unused))
			best = r->selector;
	}
	if (own || color_of(s, best, scheme, true, color))
		return true;
	*color = (struct css_color){ 255, 255, 255 };
	return scheme == SCHEME_LIGHT;
}

static const char *scheme_words(enum scheme scheme)
{
	return scheme == SCHEME_DARK ? _("dark") : _("light");
}

static void judge(struct sheet *s, const struct css_rule *r, enum scheme scheme, struct css_color color,
	struct css_color ground, double least)
{
	double contrast = css_contrast(color, ground);
	bool text = least > 4;
	if (contrast >= (text ? 7 : least))
		return;
	struct str pair = arena_format(s->arena, "#%02x%02x%02x on #%02x%02x%02x", color.red, color.green, color.blue,
		ground.red, ground.green, ground.blue);
	if (!map_add(&s->told, arena_format(s->arena, "%.*s %d %d", STR_ARG(pair), (int)scheme, text), 0))
		return;
	double shown = floor(contrast * 100) / 100; /* 4.499 is not 4.5 */
	struct loc loc = loc_of_byte(s->path, s->css.bytes, r->place);
	loc.column = 1;
	if (contrast < least)
		diag_add(s->ds, CONTRAST, loc, STR_NONE,
			text ? _("text of 「%.*s」, %.*s (%s): the contrast is %.2f, and must be %.1f")
			     : _("a line of 「%.*s」, %.*s (%s): the contrast is %.2f, and must be %.1f"),
			STR_ARG(r->selector), STR_ARG(pair), scheme_words(scheme), shown, least);
	else
		diag_add(s->ds, CONTRAST_LOW, loc, STR_NONE,
			_("text of 「%.*s」, %.*s (%s): the contrast is %.2f; from 7 on it is easy to read"),
			STR_ARG(r->selector), STR_ARG(pair), scheme_words(scheme), shown);
}

/* A later rule for the same selector says otherwise. */
static bool is_overridden(const struct sheet *s, size_t rule, enum scheme scheme)
{
	const struct css_rule *r = rule_at(s, rule);
	for (size_t i = rule + 1; i < rule_count(s); i++)
		if (rule_at(s, i)->applies[scheme] && rule_at(s, i)->text.p &&
			str_eq(rule_at(s, i)->selector, r->selector))
			return true;
	return false;
}

/* The page's text and its links stand also on grounds that set no text of their own. */
static void judge_on_grounds(struct sheet *s, const struct css_rule *r, enum scheme scheme, struct css_color color)
{
	for (size_t i = 0; i < rule_count(s); i++) {
		const struct css_rule *on = rule_at(s, i);
		struct css_color ground, unused;
		if (on->applies[scheme] && css_color_of(&s->css, on->ground, scheme, &ground) &&
			!color_of(s, on->selector, scheme, false, &unused) && !str_starts(on->selector, STR("svg")) &&
			str_find(on->selector, STR(" svg"), 0) == SIZE_MAX)
			judge(s, r, scheme, color, ground, 4.5);
	}
}

static void judge_rule(struct sheet *s, size_t rule, enum scheme scheme)
{
	const struct css_rule *r = rule_at(s, rule);
	struct css_color color, ground;
	if (!r->applies[scheme] || !ground_of(s, r->selector, scheme, &ground))
		return;
	if (css_color_of(&s->css, r->text, scheme, &color) && !is_overridden(s, rule, scheme)) {
		judge(s, r, scheme, color, ground, 4.5);
		if (is_page(r->selector) || str_is_one_of(r->selector, "a|a:link|a:visited|a:hover"))
			judge_on_grounds(s, r, scheme, color);
	}
	/* A line is seen against what is around its element. */
	if (css_color_of(&s->css, r->edge, scheme, &color) && color_of(s, STR("body"), scheme, true, &ground))
		judge(s, r, scheme, color, ground, 3);
}

static void check_sheet(const struct theme_asset *asset, struct arena *a, struct diags *ds)
{
	enum { SHEET_MOST = 1024 * 1024 };
	struct sheet s = { .path = asset->from, .arena = a, .ds = ds };
	struct buf bytes = { 0 };
	if (fs_read(asset->fs, asset->from, SHEET_MOST, &bytes) == FS_OK) {
		css_read(&s.css, buf_str(&bytes));
		for (size_t i = 0; i < rule_count(&s); i++)
			for (enum scheme scheme = SCHEME_LIGHT; scheme < SCHEMES; scheme++)
				judge_rule(&s, i, scheme);
		css_release(&s.css);
	}
	map_release(&s.told);
	buf_release(&bytes);
}

void check_contrast(const struct checked *all, struct arena *a, struct diags *ds)
{
	for (size_t i = 0; i < all->theme->asset_count; i++)
		if (str_ends(all->theme->assets[i].from, STR(".css")))
			check_sheet(&all->theme->assets[i], a, ds);
}
