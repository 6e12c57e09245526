#include "check/css.h"

#include <math.h>
#include <string.h>

enum { NESTING_MOST = 8, WORDS_MOST = 64 /* of a value, those of the properties it names among them */ };

/* Comments become spaces, so that places stay. */
static struct str without_comments(struct arena *a, struct str s)
{
	char *out = arena_c(a, s);
	for (size_t at = 0; (at = str_find(s, STR("/*"), at)) != SIZE_MAX;) {
		size_t end = str_find(s, STR("*/"), at + 2);
		end = end == SIZE_MAX ? s.n : end + 2;
		for (; at < end; at++)
			out[at] = s.p[at] == '\n' ? '\n' : ' ';
	}
	return str_n(out, s.n);
}

/* Where one of these characters stands outside of quotes and brackets, at or after `at`; the end without. */
static size_t find_outside(struct str s, size_t at, const char *these)
{
	size_t depth = 0;
	char quote = 0;
	for (; at < s.n; at++) {
		char c = s.p[at];
		if (c == '\\') {
			at++;
		} else if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (depth == 0 && c && strchr(these, c)) {
			return at;
		} else if (c == '(' || c == '[') {
			depth++;
		} else if (depth && (c == ')' || c == ']')) {
			depth--;
		}
	}
	return s.n;
}

/* Behind the } of the { at `at`. */
static size_t find_end(struct str s, size_t at)
{
	size_t depth = 0;
	do {
		at = find_outside(s, at, "{}");
		if (at == s.n)
			return at;
		depth += s.p[at] == '{' ? 1 : SIZE_MAX;
		at++;
	} while (depth);
	return at;
}

static void set_property(struct css *css, const bool applies[SCHEMES], struct str name, struct str value)
{
	for (size_t i = 0; i < SCHEMES; i++)
		if (applies[i])
			map_put(&css->properties[i], name, VEC_COUNT(&css->values, struct str));
	*VEC_ADD(&css->values, struct str) = value;
}

static void take_declaration(struct css *css, struct str declaration, bool is_root, struct css_rule *rule)
{
	struct str value = declaration, name = str_trim(str_cut(&value, STR(":")));
	value = str_trim(value);
	size_t important = str_find(value, STR("!important"), 0);
	if (important != SIZE_MAX)
		value = str_trim(str_n(value.p, important));
	if (str_starts(name, STR("--"))) {
		if (is_root)
			set_property(css, rule->applies, name, value);
		return;
	}
	bool ground = str_is_one_of(name, "background|background-color");
	bool edge = str_starts(name, STR("border")) || str_starts(name, STR("outline"));
	struct str *member = str_eq(name, STR("color")) ? &rule->text
		: ground                                ? &rule->ground
		: edge                                  ? &rule->edge
							: NULL;
	if (!member)
		return;
	*member = value;
	rule->place = (size_t)(name.p - css->bytes.p);
}

static void read_rule(struct css *css, struct str selectors, struct str body, const bool applies[SCHEMES])
{
	struct css_rule rule = { .applies = { applies[0], applies[1] } };
	bool is_root = str_is_one_of(str_trim(selectors), ":root|html");
	for (size_t at = 0, end; at < body.n; at = end + 1) {
		end = find_outside(body, at, ";{");
		if (end < body.n && body.p[end] == '{')
			end = find_end(body, end) - 1; /* a rule in a rule */
		else
			take_declaration(css, str_n(body.p + at, end - at), is_root, &rule);
	}
	if (!rule.text.p && !rule.ground.p && !rule.edge.p)
		return;
	for (size_t at = 0, end; at < selectors.n; at = end + 1) {
		end = find_outside(selectors, at, ",");
		rule.selector = str_trim(str_n(selectors.p + at, end - at));
		if (VEC_COUNT(&css->rules, struct css_rule) < CSS_RULES_MOST)
			*VEC_ADD(&css->rules, struct css_rule) = rule;
	}
}

static bool says(struct str s, const char *words)
{
	return str_find(s, str_c(words), 0) != SIZE_MAX;
}

/* In which schemes what stands in this @ rule applies. */
static bool narrow(struct str prelude, const bool applies[SCHEMES], bool narrowed[SCHEMES])
{
	bool media = str_starts(prelude, STR("@media"));
	if (!media && !str_starts(prelude, STR("@supports")) && !str_starts(prelude, STR("@layer")))
		return false;
	if (media && (says(prelude, "print") || says(prelude, "forced-colors") || says(prelude, "prefers-contrast")))
		return false;
	bool scheme = media && says(prelude, "prefers-color-scheme"), dark = says(prelude, "dark");
	narrowed[SCHEME_LIGHT] = applies[SCHEME_LIGHT] && !(scheme && dark);
	narrowed[SCHEME_DARK] = applies[SCHEME_DARK] && !(scheme && !dark);
	return true;
}

static void read_block(struct css *css, struct str block, const bool applies[SCHEMES], size_t depth)
{
	for (size_t at = 0; at < block.n;) {
		size_t open = find_outside(block, at, "{;}");
		struct str prelude = str_trim(str_n(block.p + at, open - at));
		if (open == block.n || block.p[open] != '{') {
			at = open + 1;
			continue;
		}
		size_t end = find_end(block, open);
		size_t closed = end > open + 1 && block.p[end - 1] == '}' ? end - 1 : end;
		struct str body = str_n(block.p + open + 1, closed - open - 1);
		bool narrowed[SCHEMES];
		if (!str_starts(prelude, STR("@")))
			read_rule(css, prelude, body, applies);
		else if (depth < NESTING_MOST && narrow(prelude, applies, narrowed))
			read_block(css, body, narrowed, depth + 1);
		at = end;
	}
}

void css_read(struct css *css, struct str bytes)
{
	static const bool both[SCHEMES] = { true, true };
	*css = (struct css){ 0 };
	arena_init(&css->arena);
	css->bytes = without_comments(&css->arena, bytes);
	read_block(css, css->bytes, both, 0);
}

void css_release(struct css *css)
{
	for (size_t i = 0; i < SCHEMES; i++)
		map_release(&css->properties[i]);
	buf_release(&css->rules);
	buf_release(&css->values);
	arena_release(&css->arena);
}

/* --- colours --- */

/* #rgb and #rrggbb; with a fourth part, which lets something shine through, it is no colour yet. */
static bool read_hex(struct str word, struct css_color *color)
{
	uint64_t parts[3];
	size_t each = word.n == 4 ? 1 : 2;
	for (size_t i = 0; i < 3; i++)
		if ((word.n != 4 && word.n != 7) || !str_hex(str_n(word.p + 1 + i * each, each), &parts[i]))
			return false;
	unsigned scale = each == 1 ? 0x11 : 1;
	*color = (struct css_color){ (uint8_t)(parts[0] * scale), (uint8_t)(parts[1] * scale),
		(uint8_t)(parts[2] * scale) };
	return true;
}

/* rgb(1, 2, 3) and rgb(1 2 3). */
static bool read_rgb(struct str inside, struct css_color *color)
{
	long parts[3];
	for (size_t i = 0; i < 3; i++) {
		size_t end = find_outside(inside, 0, ", ");
		if (!str_number(str_n(inside.p, end), 255, &parts[i]))
			return false;
		inside = str_trim(str_from(inside, end));
		if (str_starts(inside, STR(",")))
			inside = str_trim(str_from(inside, 1));
	}
	*color = (struct css_color){ (uint8_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2] };
	return inside.n == 0;
}

static bool read_color(const struct css *css, struct str value, enum scheme scheme, int *left, struct css_color *color);

/* What stands in the brackets of name(…), or STR_NONE. */
static struct str inside(struct str word, struct str name)
{
	if (!str_starts(word, name) || !str_ends(word, STR(")")))
		return STR_NONE;
	return str_trim(str_but(str_from(word, name.n), 1));
}

static bool read_word(const struct css *css, struct str word, enum scheme scheme, int *left, struct css_color *color)
{
	struct str variable = inside(word, STR("var(")), pair = inside(word, STR("light-dark(")),
		   rgb = inside(word, STR("rgb("));
	if (variable.p) {
		size_t comma = find_outside(variable, 0, ","), at;
		struct str name = str_trim(str_n(variable.p, comma)), otherwise = str_from(variable, comma + 1);
		bool known = map_get(&css->properties[scheme], name, &at);
		return read_color(css, known ? VEC_AT(&css->values, struct str)[at] : otherwise, scheme, left, color);
	}
	if (pair.p) {
		size_t comma = find_outside(pair, 0, ",");
		struct str one = scheme == SCHEME_LIGHT ? str_n(pair.p, comma) : str_from(pair, comma + 1);
		return read_color(css, one, scheme, left, color);
	}
	if (rgb.p)
		return read_rgb(rgb, color);
	if (str_starts(word, STR("#")))
		return read_hex(word, color);
	bool white = str_eq(word, STR("white"));
	*color = white ? (struct css_color){ 255, 255, 255 } : (struct css_color){ 0, 0, 0 };
	return white || str_eq(word, STR("black"));
}

static bool read_color(const struct css *css, struct str value, enum scheme scheme, int *left, struct css_color *color)
{
	for (struct str rest = str_trim(value); rest.n && (*left)-- > 0;) {
		size_t end = find_outside(rest, 0, " \t\n");
		if (read_word(css, str_n(rest.p, end), scheme, left, color))
			return true;
		rest = str_trim(str_from(rest, end));
	}
	return false;
}

bool css_color_of(const struct css *css, struct str value, enum scheme scheme, struct css_color *color)
{
	int left = WORDS_MOST;
	return read_color(css, value, scheme, &left, color);
}

static double linear(uint8_t part)
{
	double x = part / 255.0;
	return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4);
}

static double luminance(struct css_color c)
{
	return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

double css_contrast(struct css_color a, struct css_color b)
{
	double x = luminance(a), y = luminance(b);
	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}
