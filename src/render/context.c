#include "render/context.h"

#include "base/catalogue.h"

#include <ctype.h>
#include <strings.h>

struct follower {
	struct context *c;
	struct str text;
	size_t at;
	struct context_fault *fault;
};

/* What HTML calls by one name it does whatever the case. */
static bool is_void(struct str tag)
{
	return str_is_ascii_one_of(tag, "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr");
}

static bool fail(struct follower *f, size_t at, const char *why, struct str name)
{
	*f->fault = (struct context_fault){ at, why, name };
	return false;
}

static bool name_byte(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_' || c == ':' || c == '.';
}

static bool space_byte(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct str take_name(struct follower *f)
{
	size_t start = f->at;
	if (start < f->text.n && isalpha((unsigned char)f->text.p[start]))
		while (f->at < f->text.n && name_byte(f->text.p[f->at]))
			f->at++;
	return str_n(f->text.p + start, f->at - start);
}

static struct str top(const struct context *c)
{
	return c->depth ? c->open[c->depth - 1] : STR_NONE;
}

/* Their content is a program's, not text: nothing is escaped in it. */
static bool in_program(const struct context *c)
{
	return str_is_ascii_one_of(top(c), "script|style");
}

/* Inside these, `<` begins a tag only if it is the element's own end tag. */
static bool in_raw_text(const struct context *c)
{
	return in_program(c) || str_is_ascii_one_of(top(c), "title|textarea");
}

/* In SVG and MathML names have capitals, and any element may close itself. */
static bool in_foreign(const struct context *c)
{
	bool foreign = str_is_ascii_one_of(c->tag, "svg|math");
	for (size_t i = 0; i < c->depth && !foreign; i++)
		foreign = str_is_ascii_one_of(c->open[i], "svg|math");
	return foreign;
}

static bool has_capital(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (isupper((unsigned char)name.p[i]))
			return true;
	return false;
}

/* A reference must be numeric or one of XML's five. */
static bool follow_reference(struct follower *f)
{
	size_t end = str_find_byte(str_n(f->text.p, f->at + 12 < f->text.n ? f->at + 12 : f->text.n), ';', f->at);
	struct str name = end == SIZE_MAX ? STR_NONE : str_n(f->text.p + f->at + 1, end - f->at - 1);
	bool hexadecimal = str_starts(name, STR("#x"));
	struct str digits = str_starts(name, STR("#")) ? str_from(name, hexadecimal ? 2 : 1) : STR_NONE;
	bool good = digits.n > 0;
	unsigned long point = 0;
	for (size_t i = 0; i < digits.n && good; i++) {
		char c = digits.p[i], small = (char)(c | 0x20);
		bool letter = hexadecimal && small >= 'a' && small <= 'f';
		good = letter || (c >= '0' && c <= '9');
		point = point * (hexadecimal ? 16 : 10) + (unsigned long)(letter ? small - 'a' + 10 : c - '0');
	}
	good = good && point <= UINT32_MAX && str_is_xml((uint32_t)point);
	if (!good && !str_is_one_of(name, "amp|lt|gt|quot|apos"))
		return fail(f, f->at, _("「&」 begins no numeric reference and none of &amp; &lt; &gt; &quot; &apos;"),
			STR_NONE);
	f->at = end + 1;
	return true;
}

/* At `<!`: a comment or the doctype, whole; no tag of a template can stand in either. */
static bool follow_declaration(struct follower *f)
{
	static const struct str doctype = STR_INIT("<!DOCTYPE html>");
	struct str rest = str_from(f->text, f->at);
	if (rest.n >= doctype.n && strncasecmp(rest.p, doctype.p, doctype.n) == 0 && f->c->depth == 0) {
		f->at += doctype.n;
		return true;
	}
	if (!str_starts(rest, STR("<!--")))
		return fail(f, f->at, _("only <!DOCTYPE html> and <!-- a comment --> can begin like this"), STR_NONE);
	size_t dashes = str_find(rest, STR("--"), 4);
	if (dashes == SIZE_MAX)
		return fail(f, f->at,
			_("an HTML comment can hold no tag of the template; comments of the template are {# … #}"),
			STR_NONE);
	struct str words = str_n(rest.p + 4, dashes - 4);
	if (!str_starts(str_from(rest, dashes), STR("-->")) || str_starts(words, STR(">")) ||
		str_starts(words, STR("->")))
		return fail(f, f->at, _("an HTML comment can hold no --"), STR_NONE);
	f->at += dashes + 3;
	return true;
}

static bool begin_tag(struct follower *f)
{
	struct context *c = f->c;
	struct str rest = str_from(f->text, f->at);
	if (str_starts(rest, STR("<!")))
		return follow_declaration(f);
	c->closing = str_starts(rest, STR("</"));
	size_t at = f->at;
	f->at += c->closing ? 2 : 1;
	c->tag = take_name(f);
	if (c->tag.n == 0)
		return fail(f, at, _("「<」 must begin a tag; as text it is written &lt;"), STR_NONE);
	if (str_is_ascii_one_of(c->tag, "plaintext|xmp|listing|noembed|noframes|frameset"))
		return fail(f, at, _("<%.*s> is no longer part of HTML"), c->tag);
	if (has_capital(c->tag) && !in_foreign(c))
		return fail(f, at, _("<%.*s> is written in small letters"), c->tag);
	c->state = f->at == f->text.n ? CONTEXT_TAG_NAME : CONTEXT_TAG;
	c->json = c->closing && c->json;
	c->spaced = false;
	c->attribute_count = 0;
	return true;
}

static bool follow_text(struct follower *f)
{
	struct context *c = f->c;
	char byte = f->text.p[f->at];
	struct str rest = str_from(f->text, f->at);
	if (byte == '&' && in_program(c))
		return fail(f, f->at, _("「&」 inside <%.*s> is not the same in HTML and XML"), top(c));
	if (byte == '&')
		return follow_reference(f);
	if (byte == ']' && str_starts(rest, STR("]]>")))
		return fail(f, f->at, _("「]]>」 in text is written ]]&gt;"), STR_NONE);
	if (byte != '<') {
		f->at++;
		return true;
	}
	if (!in_raw_text(c) || (str_starts(rest, STR("</")) && str_starts(str_from(rest, 2), top(c))))
		return begin_tag(f);
	return fail(f, f->at, _("「<」 inside <%.*s>"), top(c));
}

static bool end_of_tag(struct follower *f, bool self_closing, size_t at)
{
	struct context *c = f->c;
	c->state = CONTEXT_TEXT;
	if (c->closing) {
		if (self_closing)
			return fail(f, at, _("an end tag cannot close itself"), STR_NONE);
		if (c->depth == 0)
			return fail(f, at, _("</%.*s> closes an element that was not opened here"), c->tag);
		if (!str_eq(top(c), c->tag))
			return fail(f, at, _("another element is open, <%.*s>; tags must nest"), top(c));
		c->depth--;
		c->json = false;
		return true;
	}
	if (self_closing && !is_void(c->tag) && !in_foreign(c))
		return fail(f, at, _("in HTML <%.*s> cannot close itself; it needs an end tag"), c->tag);
	if (self_closing)
		return true;
	if (is_void(c->tag))
		return fail(f, at, _("<%.*s> has no content: end its tag with />"), c->tag);
	if (c->depth == CONTEXT_DEPTH)
		return fail(f, at, _("elements are nested too deeply"), STR_NONE);
	c->open[c->depth++] = c->tag;
	return true;
}

/* What a value may hold, by its attribute's name (HTML standard, attributes that are URLs). Of those refused the last
 * four are of SVG's <animate> and <set>, which could write a link. */
static enum value_kind kind_of_value(struct str name)
{
	if (str_is_ascii_one_of(name,
		    "href|src|action|formaction|poster|cite|data|icon|manifest|xlink:href|background|"
		    "longdesc|codebase"))
		return VALUE_URL;
	bool event = name.n > 2 && strncasecmp(name.p, "on", 2) == 0;
	bool refused = str_is_ascii_one_of(name, "style|srcset|srcdoc|ping|imagesrcset|from|to|by|values");
	return event || refused ? VALUE_REFUSED : VALUE_TEXT;
}

static bool begin_attribute(struct follower *f, size_t at)
{
	struct context *c = f->c;
	struct str name = take_name(f);
	if (name.n == 0)
		return fail(f, at, _("no attribute can begin here"), STR_NONE);
	if (c->closing)
		return fail(f, at, _("an end tag has no attributes"), STR_NONE);
	if (!c->spaced)
		return fail(f, at, _("attributes need a space between them"), STR_NONE);
	if (has_capital(name) && !in_foreign(c))
		return fail(f, at, _("the attribute %.*s is written in small letters"), name);
	for (size_t i = 0; i < c->attribute_count; i++)
		if (str_eq(c->attributes[i], name))
			return fail(f, at, _("the attribute %.*s stands here twice"), name);
	if (c->attribute_count == CONTEXT_ATTRIBUTES)
		return fail(f, at, _("this tag has too many attributes"), STR_NONE);
	c->attributes[c->attribute_count++] = name;
	c->state = CONTEXT_ATTRIBUTE;
	return true;
}

static bool follow_tag(struct follower *f)
{
	struct context *c = f->c;
	for (; f->at < f->text.n && space_byte(f->text.p[f->at]); f->at++)
		c->spaced = true;
	if (f->at == f->text.n)
		return true;
	size_t at = f->at;
	bool self_closing = str_starts(str_from(f->text, at), STR("/>"));
	if (!self_closing && f->text.p[at] != '>')
		return begin_attribute(f, at);
	f->at += self_closing ? 2 : 1;
	return end_of_tag(f, self_closing, at);
}

static bool follow_attribute(struct follower *f)
{
	struct context *c = f->c;
	struct str name = c->attributes[c->attribute_count - 1];
	if (!str_starts(str_from(f->text, f->at), STR("=\"")))
		return fail(f, f->at, _("the attribute %.*s needs a value in double quotes"), name);
	f->at += 2;
	c->state = CONTEXT_VALUE;
	c->value = kind_of_value(name);
	c->url = URL_EMPTY;
	if (str_eq(c->tag, STR("script")) && str_eq(name, STR("type"))) {
		struct str rest = str_from(f->text, f->at);
		c->json = str_starts(rest, STR("application/json\"")) || str_starts(rest, STR("application/ld+json\""));
	}
	return true;
}

/* The beginning of a URL up to its first : / ? or #, of which it must not be possible to make a scheme other
 * than those that a page may use. */
static bool follow_url_start(struct follower *f)
{
	struct context *c = f->c;
	size_t start = f->at;
	for (; f->at < f->text.n; f->at++) {
		char byte = f->text.p[f->at];
		if (byte == '"')
			return true;
		if (byte == ':' && c->url == URL_EMPTY &&
			str_is_ascii_one_of(str_n(f->text.p + start, f->at - start), "http|https|mailto|tel")) {
			c->url = URL_PATH;
			return true;
		}
		if (byte == ':' || (byte == '&' && !str_starts(str_from(f->text, f->at), STR("&amp;"))))
			return fail(
				f, f->at, _("a URL may use http, https, mailto and tel only, in one piece"), STR_NONE);
		if (byte == '/' || byte == '?' || byte == '#' || byte == '&' || byte == '<' || space_byte(byte))
			break;
	}
	if (f->at == f->text.n)
		c->url = f->at > start && c->url == URL_EMPTY ? URL_NAME : c->url;
	else if (c->url != URL_UNKNOWN)
		c->url = URL_PATH;
	return true;
}

static bool follow_value(struct follower *f)
{
	struct context *c = f->c;
	if (c->value == VALUE_URL && (c->url == URL_EMPTY || c->url == URL_NAME || c->url == URL_UNKNOWN) &&
		!follow_url_start(f))
		return false;
	if (f->at == f->text.n)
		return true;
	char byte = f->text.p[f->at];
	if (byte == '"') {
		c->state = CONTEXT_TAG;
		c->spaced = false;
		c->url = URL_EMPTY;
		f->at++;
		return true;
	}
	if (byte == '<')
		return fail(f, f->at, _("「<」 in an attribute is written &lt;"), STR_NONE);
	if (c->value == VALUE_URL && space_byte(byte))
		return fail(f, f->at, _("a URL has no spaces"), STR_NONE);
	if (c->value == VALUE_URL && c->url != URL_UNKNOWN && (byte == '?' || byte == '#'))
		c->url = URL_QUERY;
	if (byte == '&')
		return follow_reference(f);
	f->at++;
	return true;
}

bool context_follow(struct context *c, struct str literal, struct context_fault *fault)
{
	struct follower f = { c, literal, 0, fault };
	bool good = true;
	while (good && f.at < literal.n) {
		switch (c->state) {
		case CONTEXT_TEXT:
			good = follow_text(&f);
			break;
		case CONTEXT_TAG_NAME: /* a name that an expression interrupted */
		case CONTEXT_TAG:
			c->state = CONTEXT_TAG;
			good = follow_tag(&f);
			break;
		case CONTEXT_ATTRIBUTE:
			good = follow_attribute(&f);
			break;
		case CONTEXT_VALUE:
			good = follow_value(&f);
			break;
		}
	}
	return good;
}

static enum context_place place_in_value(struct context *c, const char **why)
{
	if (c->value == VALUE_TEXT)
		return PLACE_ATTRIBUTE;
	if (c->value == VALUE_REFUSED) {
		*why = _("nothing may be printed into a style, srcset or on… attribute");
		return PLACE_NONE;
	}
	switch (c->url) {
	case URL_EMPTY:
		c->url = URL_NAME;
		return PLACE_URL;
	case URL_NAME:
		return PLACE_URL_NAME;
	case URL_PATH:
		return PLACE_URL_PART;
	case URL_QUERY:
		return PLACE_URL_QUERY;
	case URL_UNKNOWN:
		break;
	}
	*why = _("the branches before this end in different parts of a URL; print the whole URL in each");
	return PLACE_NONE;
}

enum context_place context_expression(struct context *c, const char **why)
{
	if (c->state == CONTEXT_VALUE)
		return place_in_value(c, why);
	if (c->state != CONTEXT_TEXT) {
		*why = _("a tag's or attribute's name cannot be printed; only quoted values can");
		return PLACE_NONE;
	}
	if (c->json && str_eq(top(c), STR("script")))
		return PLACE_JSON;
	if (in_program(c)) {
		*why = _("nothing may be printed into a script or style; put data into <script "
			 "type=\"application/json\">");
		return PLACE_NONE;
	}
	return in_raw_text(c) ? PLACE_PLAIN : PLACE_TEXT;
}

bool context_between(const struct context *c)
{
	return c->state == CONTEXT_TEXT && !in_raw_text(c);
}

void context_statement(struct context *c)
{
	if (c->state == CONTEXT_TAG_NAME)
		c->state = CONTEXT_TAG;
}

static bool same_place(const struct context *a, const struct context *b)
{
	if (a->state != b->state || a->depth != b->depth || a->json != b->json)
		return false;
	for (size_t i = 0; i < a->depth; i++)
		if (!str_eq(a->open[i], b->open[i]))
			return false;
	if (a->state == CONTEXT_TEXT)
		return true;
	if (!str_eq(a->tag, b->tag) || a->closing != b->closing)
		return false;
	return a->state == CONTEXT_TAG ||
		str_eq(a->attributes[a->attribute_count - 1], b->attributes[b->attribute_count - 1]);
}

/* The attributes of both; the last, the current one, stays the last. False when there are too many. */
static bool join_attributes(struct context *end, const struct context *other)
{
	for (size_t i = 0; i < other->attribute_count; i++) {
		bool known = false;
		for (size_t k = 0; k < end->attribute_count; k++)
			known = known || str_eq(end->attributes[k], other->attributes[i]);
		if (known)
			continue;
		if (end->attribute_count == CONTEXT_ATTRIBUTES)
			return false;
		for (size_t k = end->attribute_count++; k > 0; k--)
			end->attributes[k] = end->attributes[k - 1];
		end->attributes[0] = other->attributes[i];
	}
	return true;
}

bool context_join(struct context *end, const struct context *other, enum context_meeting meeting)
{
	if (!same_place(end, other))
		return false;
	if (end->state == CONTEXT_TEXT)
		return true;
	/* Twice round a loop an attribute would stand twice, and the second value would go on where the first ended. */
	if (meeting == CONTEXT_REPEATED &&
		(end->attribute_count != other->attribute_count ||
			(end->state == CONTEXT_VALUE && end->url != other->url)))
		return false;
	end->spaced = end->spaced && other->spaced;
	if (end->url != other->url)
		end->url = URL_UNKNOWN;
	return join_attributes(end, other);
}
