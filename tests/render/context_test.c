#include "bench.h"

static void each_place_has_its_escaper(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "<p>{{ page.nasty }}</p>", "<p>\"'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</p>");
	assert_prints(b, "<p title=\"{{ page.nasty }}\" class=\"a {{ 'b' }} c\">x</p>",
		"<p title=\"&quot;'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;\" class=\"a b c\">x</p>");
	assert_prints(b, "<p title=\"{{ 'a\\nb\\tc' }}\">x</p>", "<p title=\"a&#10;b&#9;c\">x</p>");
	assert_prints(b, "<title>{{ page.nasty }}</title>",
		"<title>\"'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</title>");
	assert_prints(b, "<textarea>{{ '</textarea>' }}</textarea>", "<textarea>&lt;/textarea&gt;</textarea>");
	assert_prints(b, "<a href=\"{{ page.link }}\">x</a>", "<a href=\"/kaigi/a%20b/?x=1&amp;y=2\">x</a>");
	assert_prints(b, "<a href=\"/s/{{ 'a b/ü?&\\'\"' }}\">x</a>", "<a href=\"/s/a%20b/%C3%BC?&amp;%27%22\">x</a>");
	assert_prints(b, "<a href=\"/s/?q={{ 'a&b=c/ü#%41:' }}\">x</a>",
		"<a href=\"/s/?q=a%26b%3Dc/%C3%BC%23%2541%3A\">x</a>");
	assert_prints(b, "<a href=\"#{{ 'a:b c' }}\">x</a>", "<a href=\"#a%3Ab%20c\">x</a>");
	assert_prints(b, "<a href=\"{{ '/100%/%e3%81' }}\">x</a>", "<a href=\"/100%25/%e3%81\">x</a>");
	assert_prints(b, "<script type=\"application/json\">{{ { '</script><!--', true, 1, { a = '&' } } }}</script>",
		"<script "
		"type=\"application/json\">[\"\\u003c/script\\u003e\\u003c!--\",true,1,{\"a\":\"\\u0026\"}]</script>");
}

static void html_is_printed_between_elements_only(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "<div>{{ page.words }}</div>", "<div><p>A <strong>bold</strong> word.</p>\n</div>");
	assert_prints(b, "<div>{{ '<b>' .. page.words .. 1 }}</div>",
		"<div>&lt;b&gt;<p>A <strong>bold</strong> word.</p>\n1</div>");
	assert_prints(b, "{% local h = page.words .. page.words %}{{ h }}",
		"<p>A <strong>bold</strong> word.</p>\n<p>A <strong>bold</strong> word.</p>\n");
	assert_fails(b, "<p title=\"{{ page.words }}\">x</p>", 1, 11, "HTML can be printed between elements only");
	assert_fails(b, "<title>{{ page.words }}</title>", 1, 8, "HTML can be printed between elements only");
	assert_fails(b, "<a href=\"{{ page.words }}\">x</a>", 1, 10, "HTML can be printed between elements only");
	assert_fails(b, "<script type=\"application/json\">{{ { page.words } }}</script>", 1, 33,
		"a value of type html cannot be written as data");
	assert_fails(b, "{{ page.words .. nil }}", 1, 4, "a value of type nil cannot be joined to HTML");
	assert_fails(b, "{{ page.words.x }}", 1, 4, "unknown name 「x」 (html)");
	assert_fails(b, "{{ upper(page.words) }}", 1, 4, "a text is needed here; this is html");
}

static void a_url_can_only_lead_somewhere(void **state)
{
	struct bench *b = *state;
	const char *refused[] = { "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x",
		" javascript:x", "\\tjavascript:x", "\\njavascript:x", "　javascript:x", "file:///etc", ":alert(1)",
		"http+x:y", NULL };
	char source[200];
	for (size_t i = 0; refused[i]; i++) {
		snprintf(source, sizeof source, "<a href=\"{{ '%s' }}\">x</a>", refused[i]);
		assert_fails(b, source, 1, 10, "a URL may use http, https, mailto and tel only");
	}
	const struct {
		const char *url, *printed;
	} good[] = {
		{ "https://example.org/", "https://example.org/" },
		{ "HTTP://example.org", "HTTP://example.org" },
		{ "mailto:a@example.org", "mailto:a@example.org" },
		{ "tel:+81", "tel:+81" },
		{ "//example.org/x", "//example.org/x" },
		{ "./a:b", "./a:b" },
		{ "java\\nscript:alert(1)", "java%0Ascript:alert(1)" },
		{ "java\\tscript:x", "java%09script:x" },
		{ "#a:b", "#a:b" },
		{ "?a:b", "?a:b" },
		{ "", "" },
		{ "\\\\\\\\evil", "%5C%5Cevil" },
		{ "x&amp;y", "x&amp;amp;y" },
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		char wanted[200];
		snprintf(source, sizeof source, "<a href=\"{{ '%s' }}\">x</a>", good[i].url);
		snprintf(wanted, sizeof wanted, "<a href=\"%s\">x</a>", good[i].printed);
		assert_prints(b, source, wanted);
	}
}

static void a_scheme_cannot_be_put_together(void **state)
{
	struct bench *b = *state;
	assert_prints(
		b, "<a href=\"{{ 'java' }}{{ 'script:alert(1)' }}\">x</a>", "<a href=\"javascript%3Aalert(1)\">x</a>");
	assert_prints(b, "<a href=\"java{{ 'script:alert(1)' }}\">x</a>", "<a href=\"javascript%3Aalert(1)\">x</a>");
	assert_prints(b, "<a href=\"{{ '/a' }}{{ '?x:y' }}\">x</a>", "<a href=\"/a?x%3Ay\">x</a>");
	assert_prints(
		b, "<a href=\"https://{{ 'example.org:80' }}/\">x</a>", "<a href=\"https://example.org:80/\">x</a>");
	assert_prints(b, "<a href=\"mailto:{{ 'a@example.org' }}\">x</a>", "<a href=\"mailto:a@example.org\">x</a>");
	assert_refused(b, "<a href=\"javascript:alert(1)\">x</a>", 1, 20, "a URL may use");
	assert_refused(b, "<a href=\"{{ page.title }}:alert(1)\">x</a>", 1, 26, "a URL may use");
	assert_refused(b, "<a href=\"java{# #}script:x\">x</a>", 1, 25, "a URL may use");
	assert_refused(b, "<a href=\"javascript&#58;x\">x</a>", 1, 20, "a URL may use");
	assert_refused(b, "<a href=\" {{ page.link }}\">x</a>", 1, 10, "a URL has no spaces");
	assert_refused(b, "<a HREF=\"{{ page.link }}\">x</a>", 1, 4, "the attribute HREF is written in small letters");
	assert_refused(b, "<svg><a XLINK:HREF=\"javascript:x\"></a></svg>", 1, 31, "a URL may use");
}

static void branches_of_a_url_meet_again(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "<a href=\"{% if page.fine %}{{ page.link }}{% else %}/b{% end %}\">x</a>",
		"<a href=\"/kaigi/a%20b/?x=1&amp;y=2\">x</a>");
	assert_prints(b, "<a href=\"{% if page.fine %}/a/{% else %}/b/{% end %}{{ 'x:y' }}\">x</a>",
		"<a href=\"/a/x:y\">x</a>");
	assert_prints(b, "<a href=\"/a/{% if page.fine %}?x{% end %}\">x</a>", "<a href=\"/a/?x\">x</a>");
	assert_refused(b, "<a href=\"{% if page.fine %}/a/{% end %}{{ page.link }}\">x</a>", 1, 40,
		"different parts of a URL");
	assert_refused(b, "<a href=\"/a{% if page.fine %}?x={% end %}{{ page.link }}\">x</a>", 1, 42,
		"different parts of a URL");
	assert_refused(b, "<a href=\"{% if page.fine %}java{% end %}script:x\">x</a>", 1, 47, "a URL may use");
	assert_refused(
		b, "<a href=\"{% for x in each(page.rows) %}{{ x }}{% end %}\">x</a>", 1, 47, "this part does not end");
	assert_prints(
		b, "<a href=\"/{% for x in each(page.rows) %}{{ x }}/{% end %}\">x</a>", "<a href=\"/1/2/3/\">x</a>");
}

static void places_that_cannot_be_escaped_are_refused(void **state)
{
	struct bench *b = *state;
	assert_refused(b, "<p style=\"color: {{ page.title }}\">x</p>", 1, 18, "nothing may be printed into a style");
	assert_refused(b, "<p\n onclick=\"f('{{ page.title }}')\">x</p>", 2, 14, "on… attribute");
	assert_refused(b, "<img srcset=\"{{ page.title }}\"/>", 1, 14, "srcset");
	assert_refused(b, "<svg><animate to=\"{{ page.title }}\"/></svg>", 1, 19, "nothing may be printed");
	assert_refused(b, "<svg><a onClick=\"{{ page.title }}\"></a></svg>", 1, 18, "on… attribute");
	assert_refused(
		b, "<p class={{ page.title }}>x</p>", 1, 9, "the attribute class needs a value in double quotes");
	assert_refused(
		b, "<p class='{{ page.title }}'>x</p>", 1, 9, "the attribute class needs a value in double quotes");
	assert_refused(b, "<p {{ page.title }}>x</p>", 1, 4, "only quoted values can");
	assert_refused(b, "<p data-{{ page.title }}=\"x\">x</p>", 1, 9, "only quoted values can");
	assert_refused(b, "<{{ page.title }}>", 1, 1, "「<」 must begin a tag");
	assert_refused(b, "<h{{ page.count }}>x</h2>", 1, 3, "only quoted values can");
	assert_refused(b, "<!-- {{ page.title }} -->", 1, 1, "an HTML comment can hold no tag");
	assert_refused(b, "<!DOCTYPE {{ page.title }}>", 1, 1, "only <!DOCTYPE html>");
	assert_refused(b, "<script>{{ page.title }}</script>", 1, 9, "nothing may be printed into a script");
	assert_refused(b, "<script type=\"module\" src=\"/x.js\">{{ page.title }}</script>", 1, 35,
		"nothing may be printed into a script");
	assert_refused(b, "<script type=\"module\" type=\"application/json\">{{ 1 }}</script>", 1, 23,
		"the attribute type stands here twice");
	assert_refused(b, "<script type=\"{{ 'application/json' }}\">{{ 1 }}</script>", 1, 41,
		"nothing may be printed into a script");
	assert_refused(b, "<script type=\"application/json{{ 'x' }}\">{{ 1 }}</script>", 1, 42,
		"nothing may be printed into a script");
	assert_refused(
		b, "<svg><SCRIPT>{{ page.title }}</SCRIPT></svg>", 1, 14, "nothing may be printed into a script");
	assert_refused(b, "<style>{{ page.title }}</style>", 1, 8, "nothing may be printed into a script or style");
	assert_prints(b, "<style>p { color: red }</style><p onclick=\"f()\" style=\"x: y\">x</p>",
		"<style>p { color: red }</style><p onclick=\"f()\" style=\"x: y\">x</p>");
}

static void conditions_may_hold_attributes(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "<a{% if page.fine %} class=\"b\"{% end %}>x</a>", "<a class=\"b\">x</a>");
	assert_prints(b, "<a{% if page.fine %} class=\"b\"{% else %} class=\"c\"{% end %} id=\"d\">x</a>",
		"<a class=\"b\" id=\"d\">x</a>");
	assert_prints(b, "<p class=\"a{% if page.fine %} b{% end %}\">x</p>", "<p class=\"a b\">x</p>");
	assert_prints(b, "<p {% local x = 1 %}class=\"a{{ x }}\">x</p>", "<p class=\"a1\">x</p>");
	assert_refused(b, "<a{% if page.fine %} class=\"b\"{% end %} class=\"c\">x</a>", 1, 41,
		"the attribute class stands here twice");
	assert_refused(b, "<a{% if page.fine %} class=\"b\"{% end %}id=\"c\">x</a>", 1, 40, "attributes need a space");
	assert_refused(
		b, "<a{% for x in each(page.rows) %} class=\"b\"{% end %}>x</a>", 1, 43, "this part does not end");
	assert_refused(b, "<a{% if page.fine %} class=\"b{% end %}\">x</a>", 1, 30, "this part does not end");
	assert_refused(b, "<a{% if page.fine %}>{% end %}</a>", 1, 22, "this part does not end");
}

static void branches_and_loops_end_where_they_began(void **state)
{
	struct bench *b = *state;
	assert_prints(b, "{% if page.fine %}<b>x</b>{% else %}<i>y</i><hr/>{% end %}", "<b>x</b>");
	assert_refused(b, "{% if page.fine %}<b>{% else %}<b>{% end %}x</b>", 1, 22, "this part does not end");
	assert_refused(b, "<b>{% if page.fine %}</b>{% end %}", 1, 26, "this part does not end");
	assert_refused(b, "{% for x in each(page.rows) %}<li>{% end %}", 1, 35, "this part does not end");
	assert_refused(b, "<ul>{% for x in each(page.rows) %}<li>{% break %}</li>{% end %}</ul>", 1, 39,
		"this part does not end");
	assert_prints(b,
		"<ul>{% for x in each(page.rows) %}<li>{{ x }}</li>{% if x > 1 %}{% break %}{% end %}{% end %}</ul>",
		"<ul><li>1</li><li>2</li></ul>");
	assert_refused(b, "<p>\n<b>x</p>", 2, 8, "another element is open, <b>; tags must nest");
	assert_refused(b, "x</p>", 1, 5, "</p> closes an element that was not opened here");
	assert_refused(b, "<p>x", 1, 5, "an element is left open at the end");
	assert_refused(b, "<p title=\"x", 1, 12, "an element is left open at the end");
}

static void pages_are_html_and_xml_at_once(void **state)
{
	struct bench *b = *state;
	const struct {
		const char *source;
		size_t column;
		const char *words;
	} refused[] = {
		{ "<br>", 4, "<br> has no content: end its tag with />" },
		{ "<div/>", 5, "in HTML <div> cannot close itself" },
		{ "<p></p/>", 7, "an end tag cannot close itself" },
		{ "<p></p class=\"x\">", 8, "an end tag has no attributes" },
		{ "a&nbsp;b", 2, "「&」 begins no numeric reference" },
		{ "a & b", 3, "「&」 begins no numeric reference" },
		{ "a&#;b", 2, "「&」 begins no numeric reference" },
		{ "a&#xfffe;b", 2, "「&」 begins no numeric reference" },
		{ "a&#0;b", 2, "「&」 begins no numeric reference" },
		{ "<p title=\"a&nbsp;b\">x</p>", 12, "「&」 begins no numeric reference" },
		{ "1 < 2", 3, "「<」 must begin a tag" },
		{ "<1a>", 1, "「<」 must begin a tag" },
		{ "<?xml version=\"1.0\"?>", 1, "「<」 must begin a tag" },
		{ "<P>x</P>", 1, "<P> is written in small letters" },
		{ "<p CLASS=\"x\">x</p>", 4, "the attribute CLASS is written in small letters" },
		{ "<p class=x>x</p>", 9, "the attribute class needs a value" },
		{ "<input checked/>", 15, "the attribute checked needs a value" },
		{ "<p class=\"a\"id=\"b\">x</p>", 13, "attributes need a space" },
		{ "<p class=\"a\" class=\"b\">x</p>", 14, "stands here twice" },
		{ "<p title=\"a<b\">x</p>", 12, "「<」 in an attribute is written &lt;" },
		{ "<p @x=\"y\">x</p>", 4, "no attribute can begin here" },
		{ "<!-- a -- b -->", 1, "an HTML comment can hold no --" },
		{ "<!--> x -->", 1, "an HTML comment can hold no --" },
		{ "<!-- x", 1, "an HTML comment can hold no tag" },
		{ "<p><!DOCTYPE html></p>", 4, "only <!DOCTYPE html>" },
		{ "<![CDATA[x]]>", 1, "only <!DOCTYPE html>" },
		{ "a ]]> b", 3, "「]]>」 in text" },
		{ "<title><b>x</b></title>", 8, "「<」 inside <title>" },
		{ "<script>a && b</script>", 11, "「&」 inside <script>" },
		{ "<script>a < b</script>", 11, "「<」 inside <script>" },
		{ "<plaintext>", 1, "no longer part of HTML" },
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_refused(b, refused[i].source, 1, refused[i].column, refused[i].words);
	const char *good = "<!doctype html>\n<html lang=\"ja\"><body><!-- a - b --><br/><img src=\"/a.png\" alt=\"\" "
			   "/>&amp;&#160;&#x3042;&lt; a > b"
			   "<svg viewBox=\"0 0 1 1\"><path d=\"M0\"/><linearGradient></linearGradient></svg>"
			   "<input checked=\"checked\"/><x-y data-z=\"1\"></x-y><script>a()</script></body></html>\n";
	assert_prints(b, good, good);
}

static void elements_cannot_be_nested_without_end(void **state)
{
	struct bench *b = *state;
	struct buf deep = { 0 };
	for (size_t i = 0; i < 49; i++)
		buf_put(&deep, STR("<b>"));
	buf_byte(&deep, '\0');
	assert_refused(b, deep.p, 1, 49 * 3, "elements are nested too deeply");
	buf_clear(&deep);
	buf_put(&deep, STR("<p"));
	for (size_t i = 0; i < 25; i++)
		buf_format(&deep, " a%zu=\"\"", i);
	buf_byte(&deep, '\0');
	bench_put(b, "home", deep.p);
	assert_false(bench_theme(b));
	assert_true(str_find(diag_at(&b->diags, 0)->message, STR("too many attributes"), 0) != SIZE_MAX);
	buf_release(&deep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(each_place_has_its_escaper),
		BENCH_TEST(html_is_printed_between_elements_only),
		BENCH_TEST(a_url_can_only_lead_somewhere),
		BENCH_TEST(a_scheme_cannot_be_put_together),
		BENCH_TEST(branches_of_a_url_meet_again),
		BENCH_TEST(places_that_cannot_be_escaped_are_refused),
		BENCH_TEST(conditions_may_hold_attributes),
		BENCH_TEST(branches_and_loops_end_where_they_began),
		BENCH_TEST(pages_are_html_and_xml_at_once),
		BENCH_TEST(elements_cannot_be_nested_without_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
