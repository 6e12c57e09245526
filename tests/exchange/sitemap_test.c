/* exchange/sitemap: which pages search engines are told of, and in how many files. */
#include "exchange/sitemap.h"

#include "xml/xml.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct site site;
static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	xml_init();
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* A site of so many plain pages below /kaigi/, the address holding what XML must escape. */
static void make_site(size_t pages)
{
	site = (struct site){ .page_count = pages };
	site.settings.base_url = STR("https://a.example/kaigi/");
	site.settings.base_path = STR("/kaigi/");
	site.pages = ARENA_ARRAY(&arena, struct page, pages);
	for (size_t i = 0; i < pages; i++) {
		site.pages[i].kind = PAGE_PLAIN;
		site.pages[i].url = arena_format(&arena, "/kaigi/p&%zu/", i);
		site.pages[i].updated = i % 2 ? STR("2025-06-12") : STR("");
	}
}

static size_t count_of(const struct buf *out, struct str words)
{
	size_t n = 0;
	for (size_t at = 0; (at = str_find(buf_str(out), words, at)) != SIZE_MAX; at += words.n)
		n++;
	return n;
}

static void assert_file(size_t i, const char *path, struct str element, size_t elements)
{
	struct buf out = { 0 };
	struct str written;
	written = sitemap_path(i, &arena);
	sitemap_write(&site, i, &arena, &out);
	assert_true(str_eq(written, str_c(path)));
	assert_int_equal(count_of(&out, element), elements);
	buf_release(&out);
}

static void each_page_has_its_whole_address_and_its_date(void **state)
{
	struct buf out = { 0 };
	(void)state;
	make_site(2);
	sitemap_write(&site, 0, &arena, &out);
	assert_int_equal(count_of(&out, STR("<loc>https://a.example/kaigi/p&amp;0/</loc></url>")), 1);
	assert_int_equal(
		count_of(&out, STR("<loc>https://a.example/kaigi/p&amp;1/</loc><lastmod>2025-06-12</lastmod></url>")),
		1);
	buf_release(&out);
}

static void a_site_without_pages_has_an_empty_sitemap(void **state)
{
	(void)state;
	make_site(0);
	assert_int_equal(sitemap_count(&site), 1);
	assert_file(0, "sitemap.xml", STR("<url>"), 0);
}

static void what_is_provisional_moved_or_not_found_is_not_listed(void **state)
{
	struct meeting meetings[2] = { { .front.status = STATUS_PROVISIONAL }, { .front.status = STATUS_CONFIRMED } };
	struct meeting *list[2] = { &meetings[0], &meetings[1] };
	(void)state;
	make_site(5);
	site.meetings = list;
	site.pages[4].kind = PAGE_REDIRECT;
	site.pages[0].kind = PAGE_NOT_FOUND;
	site.pages[1].kind = site.pages[2].kind = PAGE_MEETING;
	site.pages[2].subject = 1;
	assert_file(0, "sitemap.xml", STR("<url>"), 2);
	assert_file(0, "sitemap.xml", STR("p&amp;0/"), 0);
	assert_file(0, "sitemap.xml", STR("p&amp;1/"), 0);
}

static void a_large_site_has_an_index_and_parts(void **state)
{
	(void)state;
	make_site(SITEMAP_MOST);
	assert_int_equal(sitemap_count(&site), 1);
	assert_file(0, "sitemap.xml", STR("<url>"), SITEMAP_MOST);
	make_site(2 * SITEMAP_MOST + 1);
	assert_int_equal(sitemap_count(&site), 4);
	assert_file(0, "sitemap.xml", STR("<sitemap>"), 3);
	assert_file(0, "sitemap.xml", STR("<loc>https://a.example/kaigi/sitemap-3.xml</loc>"), 1);
	assert_file(1, "sitemap-1.xml", STR("<url>"), SITEMAP_MOST);
	assert_file(2, "sitemap-2.xml", STR("<url>"), SITEMAP_MOST);
	assert_file(3, "sitemap-3.xml", STR("<url>"), 1);
	assert_file(3, "sitemap-3.xml", STR("p&amp;100000/"), 1);
}

static void robots_may_read_all_but_drafts(void **state)
{
	struct buf out = { 0 };
	(void)state;
	make_site(1);
	robots_write(&site, &out);
	assert_true(str_eq(
		buf_str(&out), STR("User-agent: *\nDisallow:\n\nSitemap: https://a.example/kaigi/sitemap.xml\n")));
	buf_clear(&out);
	site.drafts = true;
	robots_write(&site, &out);
	assert_true(str_eq(buf_str(&out), STR("User-agent: *\nDisallow: /\n")));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_page_has_its_whole_address_and_its_date),
		cmocka_unit_test(a_site_without_pages_has_an_empty_sitemap),
		cmocka_unit_test(what_is_provisional_moved_or_not_found_is_not_listed),
		cmocka_unit_test(a_large_site_has_an_index_and_parts),
		cmocka_unit_test(robots_may_read_all_but_drafts),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
