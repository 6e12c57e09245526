/* page: what is to be known of one finished page. */
#include "check/page.h"
#include "text/fold.h"
#include "xml/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct bench {
	struct addresses addresses;
	struct page_reading reading;
	struct page_facts facts;
	struct buf out;
};

/* Page 0 of a site below /a/, which also has /a/, /a/about/ and a file. */
static void read_page(struct bench *b, const char *bytes)
{
	static const struct str outputs[] = { STR_INIT("kaigi/1/index.html"), STR_INIT("index.html"),
		STR_INIT("about/index.html"), STR_INIT("会 議.pdf") };
	*b = (struct bench){ .addresses = { .base_url = STR("https://kaigi.example/a/"), .base_path = STR("/a/") } };
	for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
		map_put(&b->addresses.outputs, outputs[i], i);
	b->reading = (struct page_reading){ &b->addresses, STR("/a/kaigi/1/"), STR("ja"), false };
	page_read(&b->reading, str_c(bytes), &b->facts);
}

static void release(struct bench *b)
{
	page_release(&b->facts);
	map_release(&b->addresses.outputs);
	buf_release(&b->out);
}

/* The faults of a page with this in its body behind an h1, a line each. */
static const char *faults_of(struct bench *b, const char *body)
{
	struct buf page = { 0 };
	buf_format(&page,
		"<!DOCTYPE html>\n<html lang=\"ja\"><head><title>t</title></head><body><h1>h</h1>%s</body></html>",
		body);
	buf_byte(&page, '\0');
	read_page(b, page.p);
	buf_release(&page);
	for (size_t i = 0; i < VEC_COUNT(&b->facts.faults, struct fault); i++) {
		const struct fault *f = &VEC_AT(&b->facts.faults, struct fault)[i];
		buf_format(&b->out, "%.*s%s %.*s\n", STR_ARG(diag_code_name(f->code)), f->only_written ? "?" : "",
			STR_ARG(f->words));
	}
	buf_byte(&b->out, '\0');
	return b->out.p;
}

static void assert_faults(const char *body, const char *expected)
{
	struct bench b;
	assert_string_equal(faults_of(&b, body), expected);
	release(&b);
}

static void links_within_the_site_must_lead_somewhere(void **state)
{
	(void)state;
	assert_faults("<a href=\"/a/\">x</a><a href=\"/a/about/\">x</a><a href=\"../../about/#x\">x</a>"
		      "<a href=\"\">x</a><a href=\"?q=1\">x</a><a href=\"https://kaigi.example/a/about/\">x</a>"
		      "<a href=\"/a/%E4%BC%9A%20%E8%AD%B0.pdf\">x</a><img src=\"/a/会 議.pdf\" alt=\"x\"/>",
		"");
	assert_faults("<a href=\"/a/nowhere/\">x</a>", "page-link /a/nowhere/\n");
	assert_faults("<a href=\"../2/\">x</a>", "page-link ../2/\n");
	assert_faults("<a href=\"/a/about\">x</a>", "page-link /a/about\n");
	assert_faults("<form action=\"/a/search/\"></form>", "page-link /a/search/\n");
	assert_faults("<a href=\"/a/%zz%\">x</a>", "page-link /a/%zz%\n");
}

static void links_out_of_the_site_are_not_looked_at(void **state)
{
	(void)state;
	assert_faults("<a href=\"https://other.example/\">x</a><a href=\"mailto:a@b.example\">x</a>"
		      "<a href=\"//other.example/a/\">x</a><a href=\"/other/\">x</a><a href=\"tel:1\">x</a>"
		      "<a href=\"https://kaigi.example/a/put-there-by-hand.pdf\">x</a>"
		      "<a href=\"../../../../../../\">x</a>",
		"");
}

static void anchors_are_kept_for_the_site_to_judge(void **state)
{
	struct bench b;
	(void)state;
	faults_of(&b,
		"<p id=\"s1\">a</p><a href=\"#s1\">x</a><a href=\"/a/about/#map\">x</a>"
		"<a href=\"/a/about/#map\">again</a><a href=\"/a/about/#%E5%A0%B4\">x</a>");
	const struct page_link *links = VEC_AT(&b.facts.links, struct page_link);
	assert_int_equal(VEC_COUNT(&b.facts.links, struct page_link), 3);
	assert_int_equal(links[0].output, 0);
	assert_true(str_eq(links[1].anchor, STR("map")));
	assert_int_equal(links[1].output, 2);
	assert_true(str_eq(links[2].anchor, STR("場")));
	assert_true(page_has_id(&b.facts, STR("s1")));
	assert_false(page_has_id(&b.facts, STR("s2")));
	release(&b);
}

static void words_of_links_must_say_something(void **state)
{
	(void)state;
	assert_faults("<a href=\"/a/\">こちら</a>", "page-link-text [こちら](\n");
	assert_faults("<a href=\"/a/\"> Read\n more… </a>", "page-link-text [Read more…](\n");
	assert_faults("<a href=\"/a/\"><b>ここ</b>。</a>", "page-link-text [ここ。](\n");
	assert_faults("<a href=\"/a/\"></a>", "page-link-text [](\n");
	assert_faults("<a href=\"/a/\" aria-label=\"ホーム\">こちら</a><a href=\"/a/\">こちらの資料</a>"
		      "<a href=\"/a/\"><img src=\"/a/会 議.pdf\" alt=\"ホーム\"/></a><a id=\"x\"></a>",
		"");
}

static void headings_go_down_one_level_at_a_time(void **state)
{
	(void)state;
	assert_faults("<h2>a</h2><h3>b</h3><h2>c</h2><h3>d</h3><h4>e</h4><h2>f</h2>", "");
	assert_faults("<h2>a</h2><h4>b</h4>", "page-heading b\n");
	assert_faults("<h1>a</h1><h1>b</h1>", "page-heading a\n");
	assert_faults("<h2> </h2>", "page-heading \n");
}

static void images_tables_and_controls_have_words(void **state)
{
	(void)state;
	assert_faults("<img src=\"https://o.example/x.png\"/>", "page-image https://o.example/x.png\n");
	assert_faults("<img src=\"https://o.example/x.png\" alt=\"x.png\"/>", "page-image ![x.png](\n");
	assert_faults("<img src=\"https://o.example/x.png\" alt=\"\"/>", "page-image? ![](\n");
	assert_faults("<svg role=\"img\"><path/></svg>", "page-image \n");
	assert_faults("<svg role=\"img\"><title>図</title></svg><svg aria-hidden=\"true\"/>", "");
	assert_faults("<table><tr><td>a</td></tr></table>", "page-table a\n");
	assert_faults("<table><tr><th> </th></tr><tr><td>a</td></tr></table>", "page-table a\n");
	assert_faults("<table><tr><th>a</th><td>b</td></tr></table>", "");
	assert_faults("<input name=\"q\"/>", "page-control \n");
	assert_faults("<input id=\"q\"/><label for=\"p\">x</label>", "page-control q\n");
	assert_faults("<input id=\"q\"/><label for=\"q\">x</label><label>y <select/></label><input type=\"hidden\"/>"
		      "<button>z</button><button aria-label=\"z\"><svg/></button>",
		"");
	assert_faults("<button> </button>", "page-control \n");
}

static void an_id_stands_once(void **state)
{
	(void)state;
	assert_faults("<p id=\"a\">x</p><p id=\"b\">x</p><p id=\"a\">x</p>", "page-id a\n");
}

static void a_page_says_its_language_and_its_title(void **state)
{
	struct bench b;
	(void)state;
	read_page(&b, "<html lang=\"en\"><head><title> </title></head><body><h1>a</h1></body></html>");
	const struct fault *faults = VEC_AT(&b.facts.faults, struct fault);
	assert_int_equal(VEC_COUNT(&b.facts.faults, struct fault), 2);
	assert_int_equal(faults[0].code, PAGE_LANG);
	assert_int_equal(faults[1].code, PAGE_TITLE);
	release(&b);
	read_page(&b,
		"<html lang=\"ja\"><head><title>第１回\n 会議</title></head>"
		"<body><h1>a<svg><title>b</title></svg></h1></body></html>");
	assert_true(str_eq(b.facts.title, STR("第１回 会議")));
	assert_int_equal(b.facts.faults.n, 0);
	release(&b);
}

static void an_ill_formed_page_is_one_fault_with_its_line(void **state)
{
	static const char *const pages[] = { "", "<html>\n<p>", "<html>\n<p>\x01</p></html>", "<html>\n&nbsp;</html>",
		"<html>\n<p a=\"1\" a=\"2\"/></html>", "\xff\xfe" };
	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct bench b;
		read_page(&b, pages[i]);
		const struct fault *f = VEC_AT(&b.facts.faults, struct fault);
		assert_false(b.facts.read);
		size_t n = VEC_COUNT(&b.facts.faults, struct fault);
		assert_int_equal(f[n - 1].code, PAGE_ILL_FORMED);
		assert_true(f[n - 1].line >= 1);
		release(&b);
	}
}

static void a_page_full_of_faults_is_cut(void **state)
{
	struct buf body = { 0 };
	struct bench b;
	(void)state;
	for (size_t i = 0; i < 1000; i++)
		buf_put(&body, STR("<button/><h6/><input/><a href=\"/a/x\"/>"));
	buf_byte(&body, '\0');
	faults_of(&b, body.p);
	assert_int_equal(VEC_COUNT(&b.facts.faults, struct fault), FAULTS_MOST);
	release(&b);
	buf_release(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_within_the_site_must_lead_somewhere),
		cmocka_unit_test(links_out_of_the_site_are_not_looked_at),
		cmocka_unit_test(anchors_are_kept_for_the_site_to_judge),
		cmocka_unit_test(words_of_links_must_say_something),
		cmocka_unit_test(headings_go_down_one_level_at_a_time),
		cmocka_unit_test(images_tables_and_controls_have_words),
		cmocka_unit_test(an_id_stands_once),
		cmocka_unit_test(a_page_says_its_language_and_its_title),
		cmocka_unit_test(an_ill_formed_page_is_one_fault_with_its_line),
		cmocka_unit_test(a_page_full_of_faults_is_cut),
	};
	text_init();
	xml_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
