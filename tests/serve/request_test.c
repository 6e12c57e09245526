#include "serve/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void only_this_machine_is_asked_for(void **state)
{
	(void)state;
	struct request_hosts own = { .address = "127.0.0.1" };
	static const char *const good[] = { "localhost", "LocalHost:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000",
		"localhost.:80" };
	static const char *const bad[] = { "", ":8000", "evil.example", "localhost.evil.example", "evil.example:8000",
		"127.0.0.1.evil.example", "192.0.2.7", "localhost:", "localhost:80:80", "localhost:99999", "[::1", "[::2]",
		"localhost\x01", "xn--localhost" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(request_host(&own, str_c(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(request_host(&own, str_c(bad[i])));
	assert_false(request_host(&own, STR("localhost\0.evil.example")));
}

static void a_shared_preview_is_known_by_its_name_and_any_address(void **state)
{
	(void)state;
	struct request_hosts shared = { .own = "kaigi-pc", .address = "0.0.0.0", .shared = true };
	static const char *const good[] = { "kaigi-pc", "KAIGI-PC:8000", "192.0.2.7:8000", "[2001:db8::7]:8000" };
	static const char *const bad[] = { "kaigi-pc.evil.example", "192.0.2", "192.0.2.7.example", "[evil.example]", "1.2.3.4x" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(request_host(&shared, str_c(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(request_host(&shared, str_c(bad[i])));
	assert_true(request_origin(&shared, STR("http://kaigi-pc:8000")));
	assert_false(request_origin(&shared, STR("https://kaigi-pc")));
	assert_false(request_origin(&shared, STR("null")));
	assert_false(request_origin(&shared, STR("http://evil.example")));
}

static void a_range_is_one_part_within_the_size(void **state)
{
	(void)state;
	static const struct {
		const char *header;
		size_t size;
		enum request_range result;
		size_t first, end;
	} cases[] = {
		{ "bytes=0-0", 10, RANGE_PART, 0, 1 },
		{ "bytes=2-5", 10, RANGE_PART, 2, 6 },
		{ "bytes=2-", 10, RANGE_PART, 2, 10 },
		{ "bytes=2-99", 10, RANGE_PART, 2, 10 },
		{ "bytes=-3", 10, RANGE_PART, 7, 10 },
		{ "bytes=-99", 10, RANGE_PART, 0, 10 },
		{ " bytes= 2 - 5 ", 10, RANGE_PART, 2, 6 },
		{ "bytes=10-", 10, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=-0", 10, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=0-", 0, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=-5", 0, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=5-2", 10, RANGE_NONE, 0, 0 },
		{ "bytes=0-1,3-4", 10, RANGE_NONE, 0, 0 },
		{ "bytes=-", 10, RANGE_NONE, 0, 0 },
		{ "bytes=5", 10, RANGE_NONE, 0, 0 },
		{ "bytes=a-b", 10, RANGE_NONE, 0, 0 },
		{ "bytes=--5", 10, RANGE_NONE, 0, 0 },
		{ "bytes=99999999999999999999-", 10, RANGE_NONE, 0, 0 },
		{ "lines=1-2", 10, RANGE_NONE, 0, 0 },
		{ "", 10, RANGE_NONE, 0, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t first = SIZE_MAX, end = SIZE_MAX;
		assert_int_equal(request_range(str_c(cases[i].header), cases[i].size, &first, &end), cases[i].result);
		if (cases[i].result != RANGE_PART)
			continue;
		assert_int_equal(first, cases[i].first);
		assert_int_equal(end, cases[i].end);
	}
}

static void a_type_comes_from_the_name(void **state)
{
	(void)state;
	assert_string_equal(request_type(STR("index.html")), "text/html; charset=utf-8");
	assert_string_equal(request_type(STR("ict/feed.xml")), "application/atom+xml; charset=utf-8");
	assert_string_equal(request_type(STR("sitemap.xml")), "application/xml; charset=utf-8");
	assert_string_equal(request_type(STR("a/資料.PDF")), "application/pdf");
	assert_string_equal(request_type(STR("a/x.unheard")), "application/octet-stream");
	assert_string_equal(request_type(STR("html")), "application/octet-stream");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_this_machine_is_asked_for),
		cmocka_unit_test(a_shared_preview_is_known_by_its_name_and_any_address),
		cmocka_unit_test(a_range_is_one_part_within_the_size),
		cmocka_unit_test(a_type_comes_from_the_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
