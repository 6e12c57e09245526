#include "xml/xml.h"

#include "sys/clock.h"
#include "sys/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Writes all it is told as text: <p@1 a=[b]>text</p@1>. */
static void tell_open(void *self, struct str name, const struct xml_attribute *attributes, size_t count, size_t line)
{
	buf_format(self, "<%.*s@%zu", STR_ARG(name), line);
	for (size_t i = 0; i < count; i++)
		buf_format(self, " %.*s=[%.*s]", STR_ARG(attributes[i].name), STR_ARG(attributes[i].value));
	buf_byte(self, '>');
}

static void tell_close(void *self, struct str name, size_t line)
{
	buf_format(self, "</%.*s@%zu>", STR_ARG(name), line);
}

static void tell_text(void *self, struct str text, size_t line)
{
	(void)line;
	buf_put(self, text);
}

static struct xml_handler teller(struct buf *out)
{
	return (struct xml_handler){ out, tell_open, tell_close, tell_text };
}

struct job {
	struct diag_levels levels;
	struct diags ds;
};

static void job_init(struct job *j)
{
	diag_levels_init(&j->levels);
	diags_init(&j->ds, &j->levels);
}

static void assert_told(const char *xml, const char *expected)
{
	struct job j;
	struct buf out = { 0 };
	struct xml_handler handler = teller(&out);
	job_init(&j);
	if (!xml_read(str_c(xml), STR("p.html"), &handler, &j.ds))
		fail_msg("%s: %.*s", xml, STR_ARG(diag_at(&j.ds, 0)->message));
	buf_byte(&out, '\0');
	assert_string_equal(out.p, expected);
	assert_true(xml_read(str_c(xml), STR("p.html"), NULL, &j.ds));
	assert_int_equal(diag_count(&j.ds), 0);
	buf_release(&out);
	diags_release(&j.ds);
}

/* One finding, at this place, with this in its words. */
static void assert_ill(struct str xml, size_t line, size_t column, const char *part)
{
	struct job j;
	struct buf out = { 0 };
	struct xml_handler handler = teller(&out);
	job_init(&j);
	assert_false(xml_read(xml, STR("p.html"), &handler, &j.ds));
	assert_int_equal(diag_count(&j.ds), 1);
	const struct finding *f = diag_at(&j.ds, 0);
	if (f->loc.line != line || f->loc.column != column || str_find(f->message, str_c(part), 0) == SIZE_MAX)
		fail_msg("%.*s: %u:%u %.*s", STR_ARG(str_n(xml.p, xml.n < 80 ? xml.n : 80)), f->loc.line, f->loc.column,
			STR_ARG(f->message));
	assert_int_equal(f->code, TEMPLATE_ERROR);
	assert_int_equal(str_find_byte(f->message, '\n', 0), SIZE_MAX);
	assert_true(str_eq(f->loc.path, STR("p.html")));
	assert_false(xml_read(xml, STR("p.html"), NULL, &j.ds));
	buf_release(&out);
	diags_release(&j.ds);
}

static void elements_attributes_and_text_are_told_in_order(void **state)
{
	(void)state;
	assert_told("<!DOCTYPE html>\n<html lang=\"ja\" xml:lang='ja'>\n<p\nid=\"s4\">岡<br/>座長</p></html>\n",
		"<html@2 lang=[ja] xml:lang=[ja]>\n<p@4 id=[s4]>岡<br@4></br@4>座長</p@4></html@4>");
	assert_told("<a xmlns='urn:x' xmlns:s='urn:y'><s:b s:c='d'/></a>", "<a@1><s:b@1 s:c=[d]></s:b@1></a@1>");
}

static void escapes_are_decoded(void **state)
{
	(void)state;
	assert_told("<a b='&lt;&amp;&quot;&#x5CA1;&#9;'>&lt;&amp;amp;&gt;&apos;&#23713;<![CDATA[<&amp;>]]></a>",
		"<a@1 b=[<&\"岡\t]><&amp;>'岡<&amp;></a@1>");
	assert_told("<a b='?x=1&amp;y=2&amp;lt;'/>", "<a@1 b=[?x=1&y=2&lt;]></a@1>");
}

static void white_space_is_text(void **state)
{
	(void)state;
	assert_told("<a> <b/>\r\n<!-- c --> </a>", "<a@1> <b@1></b@1>\n </a@2>");
}

static void lines_beyond_65535_are_counted(void **state)
{
	(void)state;
	struct buf xml = { 0 };
	buf_put(&xml, STR("<a>"));
	for (int i = 0; i < 70000; i++)
		buf_byte(&xml, '\n');
	buf_put(&xml, STR("漢</b></a>"));
	assert_ill(buf_str(&xml), 70001, 6, "mismatch");
	buf_release(&xml);
}

static void the_first_error_is_told_with_its_place(void **state)
{
	(void)state;
	assert_ill(STR("<p>\n議事<b>録</p></b></p>"), 2, 11, "mismatch: b line 2 and p");
	assert_ill(STR("<p>岡&nbsp;</p>"), 1, 11, "nbsp");
	assert_ill(STR("<!DOCTYPE html SYSTEM 'about:legacy-compat'><p>&nbsp;</p>"), 1, 54, "nbsp");
	assert_ill(STR("<p a=1/>"), 1, 6, "AttValue");
	assert_ill(STR("<p a='1' a='2'/>"), 1, 15, "redefined");
	assert_ill(STR("<p>a & b</p>"), 1, 7, "EntityRef");
	assert_ill(STR("<p>\x01</p>"), 1, 4, "PCDATA");
	assert_ill(STR("<p>\xff</p>"), 1, 4, "UTF-8");
	assert_ill(STR("<p><s:b/></p>"), 1, 8, "prefix s");
	assert_ill(STR("<p/><p/>"), 1, 5, "Extra content");
	assert_ill(STR("<p>"), 1, 4, "");
	assert_ill(STR(""), 1, 1, "");
	assert_ill(STR_NONE, 1, 1, "");
	assert_ill(STR("<p>&#1;</p>"), 1, 8, "");
}

static void entities_of_its_own_are_refused_before_they_can_grow(void **state)
{
	(void)state;
	assert_ill(STR("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), 1, 28, "entity");
	assert_ill(STR("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"), 1, 52, "entity");
	assert_ill(STR("<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://example.org/'>%x;]><a/>"), 1, 55, "entity");
	struct buf xml = { 0 };
	buf_put(&xml, STR("<!DOCTYPE a [<!ENTITY a0 'ha'>"));
	for (int i = 1; i < 30; i++)
		buf_format(&xml, "<!ENTITY a%d '&a%d;&a%d;&a%d;'>", i, i - 1, i - 1, i - 1);
	buf_put(&xml, STR("]><a b='&a29;'>&a29;</a>"));
	double start = clock_monotonic();
	assert_ill(buf_str(&xml), 1, 30, "entity");
	assert_true(clock_monotonic() - start < 60); /* a hang, not slowness */
	buf_release(&xml);
}

static void large_pages_are_read_and_deep_ones_refused(void **state)
{
	(void)state;
	struct buf xml = { 0 };
	buf_put(&xml, STR("<table>"));
	while (xml.n < 16u << 20)
		buf_put(&xml, STR("<tr class=\"row\"><td>岡座長</td><td>&amp;</td></tr>\n"));
	buf_put(&xml, STR("</table>"));
	struct job j;
	job_init(&j);
	assert_true(xml_read(buf_str(&xml), STR("p.html"), NULL, &j.ds));
	buf_clear(&xml);
	for (int i = 0; i < 200000; i++)
		buf_put(&xml, STR("<a>"));
	assert_false(xml_read(buf_str(&xml), STR("p.html"), NULL, &j.ds));
	assert_int_equal(diag_count(&j.ds), 1);
	diags_release(&j.ds);
	buf_release(&xml);
}

static void what_is_written_is_read_again(void **state)
{
	(void)state;
	struct buf out = { 0 };
	struct xml_writer *w = xml_writer_open(&out);
	xml_open(w, "urlset");
	xml_attribute(w, "xmlns", STR("urn:x"));
	xml_open(w, "url");
	xml_attribute(w, "a", STR("<\"&'\n\t>"));
	xml_attribute(w, "empty", STR_NONE);
	xml_element(w, "loc", STR("https://example.org/?a=1&b=岡"));
	xml_element(w, "none", STR(""));
	xml_text(w, STR("]]> <b> 議"));
	xml_close(w);
	xml_open(w, "open");
	xml_text(w,
		str_n("a\0\x01\xff\xef\xbf\xbe"
		      "b",
			8));
	xml_writer_close(w);
	buf_byte(&out, '\0');
	assert_string_equal(out.p,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<urlset xmlns=\"urn:x\"><url a=\"&lt;&quot;&amp;'&#10;&#9;&gt;\" empty=\"\">"
		"<loc>https://example.org/?a=1&amp;b=岡</loc><none/>]]&gt; &lt;b&gt; 議</url>"
		"<open>a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
		"b</open></urlset>\n");
	assert_told(out.p,
		"<urlset@2><url@2 a=[<\"&'\n\t>] empty=[]><loc@2>https://example.org/?a=1&b=岡</loc@2>"
		"<none@2></none@2>]]> <b> 議</url@2>"
		"<open@2>a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
		"b</open@2></urlset@2>");
	buf_release(&out);
}

enum { PAGES = 200 };

static void judge(void *shared, size_t item, size_t worker)
{
	size_t *findings = shared;
	struct job j;
	(void)worker;
	job_init(&j);
	struct str xml = item % 2 ? STR("<p>岡</p>") : STR("<p>\n<b></p>");
	findings[item] = xml_read(xml, STR("p.html"), NULL, &j.ds) ? 0 : diag_at(&j.ds, 0)->loc.line;
	diags_release(&j.ds);
}

static void several_threads_read_and_each_hears_its_own_errors(void **state)
{
	(void)state;
	size_t findings[PAGES];
	pool_run(4, PAGES, judge, findings);
	for (size_t i = 0; i < PAGES; i++)
		assert_int_equal(findings[i], i % 2 ? 0 : 2);
}

static int set_up(void **state)
{
	(void)state;
	xml_init();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_attributes_and_text_are_told_in_order),
		cmocka_unit_test(escapes_are_decoded),
		cmocka_unit_test(white_space_is_text),
		cmocka_unit_test(lines_beyond_65535_are_counted),
		cmocka_unit_test(the_first_error_is_told_with_its_place),
		cmocka_unit_test(entities_of_its_own_are_refused_before_they_can_grow),
		cmocka_unit_test(large_pages_are_read_and_deep_ones_refused),
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(several_threads_read_and_each_hears_its_own_errors),
	};
	return cmocka_run_group_tests_name("xml", tests, set_up, NULL);
}
