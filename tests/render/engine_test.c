#include "bench.h"

#include "sys/pool.h"

static void helpers_speak_the_pages_language(void **state)
{
	struct bench *b = *state;
	assert_prints(b,
		"{{ label('hello') }} {{ label('named', { name = 'Oka', other = 1 }) }} {{ label('deep.inside') }} {{ "
		"label_has('hello') and not label_has('x') and 1 }}",
		"Hello Oka speaks Within 1");
	assert_prints(b,
		"{{ label('remarks', { count = 1 }) }}, {{ label('remarks', { count = 1234 }) }}, {{ label('named', { "
		"name = 5 }) }}",
		"1 remark, 1,234 remarks, 5 speaks");
	assert_prints(b, "{{ number(1234567) }} {{ year(2013) }} {{ date('2013-12-13') }} {{ url('speakers/a b/') }}",
		"1,234,567 2013/14 Friday, 13 December 2013 /kaigi/speakers/a%20b/");
	assert_prints(b, "{{ excerpt('a  b\\n c d', 3) }} {{ excerpt('ab') }}[{{ excerpt('ab', 0) }}]", "a b… ab[…]");
	bench_run(b, "{{ asset('style.css') }}");
	assert_true(str_starts(buf_str(&b->out), STR("/kaigi/assets/style.css?v=")) && b->out.n == 26 + 16);
}

static void helpers_refuse_what_they_cannot_use(void **state)
{
	struct bench *b = *state;
	assert_fails(b, "{{ label('remarks') }}", 1, 4, "needs values");
	assert_fails(b, "{{ label('named', { nam = 1 }) }}", 1, 4, "needs a text or number called 「name」");
	assert_fails(b, "{{ label('named', { name = true }) }}", 1, 4, "needs a text or number called 「name」");
	assert_fails(b, "{{ label('remarks', { count = 'many' }) }}", 1, 4, "needs a number called 「count」");
	assert_fails(b, "{{ label() }}", 1, 4, "a text is needed here; this is no value");
	assert_fails(b, "{{ date('2013-13-13') }}", 1, 4, "「2013-13-13」 is not a date");
	assert_fails(b, "{{ year('x') }}", 1, 4, "a whole number is needed here; this is string");
	assert_fails(b, "{{ year(99999) }}", 1, 4, "too small or too large");
	assert_fails(b, "{{ number(1.5) }}", 1, 4, "a whole number is needed here");
	assert_fails(b, "{{ excerpt('x', -1) }}", 1, 4, "too small or too large");
	assert_fails(b, "{{ asset('none.css') }}", 1, 4, "no file assets/none.css");
	const char *odd[] = { "1/0", "0/0", "-1e300", "1.5", "math.mininteger", "math.maxinteger" };
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		char source[100];
		snprintf(source, sizeof source, "{{ label('remarks', { count = %s }) }}", odd[i]);
		bench_run(b, source); /* whatever comes of it, nothing is undefined */
		bench_clear(b);
	}
}

static void a_missing_label_has_its_own_code(void **state)
{
	struct bench *b = *state;
	assert_false(bench_run(b, "\n{{ label('helo') }}"));
	assert_int_equal(diag_at(&b->diags, 0)->code, LABEL_MISSING);
	assert_int_equal(diag_at(&b->diags, 0)->loc.line, 2);
	bench_clear(b);
	assert_false(bench_render(b, 0));
	bench_clear(b);
	assert_fails(b, "{{ nil }}", 1, 1, "this value is nil");
}

static void views_are_read_only_and_know_their_fields(void **state)
{
	struct bench *b = *state;
	assert_prints(b,
		"{{ page.title }} {{ page.count }} {{ page.self.self.url }} {{ page == page.self and 'same' }}",
		"Tea &amp; \"talk\" &lt;1&gt; 3 /kaigi/ same");
	assert_prints(b,
		"{{ #page.rows }} {{ page.rows[2] }} {{ page.rows[9] == nil and 'nil' }} {{ page.rows[0] == nil and "
		"'nil' }}",
		"3 2 nil nil");
	assert_prints(b,
		"{{ page.params.color }} {{ page.params.none? }}{{ #page.params.list }} {{ page.params.map.x }} {{ "
		"page.params.map.y? }}{{ page.params.float }}{% for x in each(page.params.list) %}{{ x }}{% end %}",
		"red 2 1 1.5ab");
	assert_prints(
		b, "{{ page.nothing == nil and 'nil' }}{% for x in each({ 'a', 'b' }) %}{{ x }}{% end %}", "nilab");
	assert_fails(b, "{{ page[1] }}", 1, 4, "a page has named fields only");
	assert_fails(b, "{{ page.rows.x }}", 1, 4, "unknown name 「x」 (list)");
	assert_fails(b, "{{ page.rows.first }}", 1, 4, "unknown name 「first」 (list)");
	assert_fails(b, "{{ page.xyzzy }}", 1, 4, "unknown name 「xyzzy」 (page)");
	assert_fails(b, "{{ page.title.x }}", 1, 4, "unknown name 「x」 (string)");
}

static void data_is_a_list_or_has_names(void **state)
{
	struct bench *b = *state;
	assert_prints(b,
		"<script type=\"application/json\">{{ { a = {}, b = { 1, { 2 } }, ['c\"'] = 1.5, [7] = 'x', d = "
		"page.nothing, e = 1/0, f = false } }}</script>",
		"<script "
		"type=\"application/json\">{\"7\":\"x\",\"a\":{},\"b\":[1,[2]],\"c\\\"\":1.5,\"e\":null,\"f\":false}</"
		"script>");
	assert_prints(b, "<script type=\"application/ld+json\">{{ nil }}</script>",
		"<script type=\"application/ld+json\">null</script>");
	assert_fails(b, "<script type=\"application/json\">{{ { 1, x = 2 } }}</script>", 1, 33,
		"either a list without gaps or has names");
	assert_fails(b, "<script type=\"application/json\">{{ { page } }}</script>", 1, 33,
		"a value of type page cannot be written as data");
	assert_fails(b, "<script type=\"application/json\">{{ { [true] = 1 } }}</script>", 1, 33,
		"keys are numbers or texts");
}

/* Two pages, in any order and on any renderer, come out the same. */
static void nothing_leaks_from_page_to_page(void **state)
{
	struct bench *b = *state;
	bench_put(b, "base", "{% local n = 0 %}{% block main %}{% end %}{{ n }}");
	bench_put(b, "part", "{{ count }}{% set count = count + 1 %}>{{ count }};");
	bench_put(b, "home",
		"{% extends 'base' %}{% local k = 0 %}{% local t = {} %}{% block main %}{% set k = k + 1 %}{{ "
		"table.insert(t, k)? }}{{ k }}{{ #t }}{{ page.url }}"
		"{% include 'part' with { count = 1 } %}{% include 'part' with { count = 5 } %}{% end %}");
	bench_stop(b);
	b->site.page_count = 2;
	for (size_t i = 0; i < 4; i++) {
		assert_true(bench_render(b, i % 2));
		assert_true(bench_same(b, i % 2 ? "11/kaigi/two/1>2;5>6;0" : "11/kaigi/1>2;5>6;0"));
	}
}

enum { PAGES = 40, FAILING = 7 };

struct many {
	struct bench *bench;
	struct renderer *renderers[2];
	struct buf out[PAGES];
	struct diags diags[PAGES];
	struct page pages[PAGES];
};

static void render_one(void *shared, size_t i, size_t worker)
{
	struct many *m = shared;
	renderer_page(m->renderers[worker], &m->pages[i], &m->out[i], &m->diags[i]);
}

static struct many *render_many(struct bench *b, size_t workers)
{
	struct many *m = mem_alloc(sizeof *m);
	m->bench = b;
	for (size_t i = 0; i < workers; i++)
		m->renderers[i] = renderer_open(b->theme, &b->site);
	for (size_t i = 0; i < PAGES; i++) {
		diags_init(&m->diags[i], &b->levels);
		m->pages[i] = b->pages[0];
		m->pages[i].url = arena_format(&b->arena, "/%zu/", i);
	}
	pool_run(workers, PAGES, render_one, m);
	for (size_t i = 0; i < workers; i++)
		renderer_close(m->renderers[i]);
	return m;
}

static void close_many(struct many *m)
{
	for (size_t i = 0; i < PAGES; i++) {
		buf_release(&m->out[i]);
		diags_release(&m->diags[i]);
	}
	free(m);
}

static void one_worker_and_two_render_the_same(void **state)
{
	struct bench *b = *state;
	bench_put(b, "home",
		"{% for i = 1, 200 %}<p>{{ page.url }}{{ i }}{{ page.words }}{{ date('2013-12-13') }}{{ "
		"label('remarks', { count = i }) }}</p>{% end %}"
		"{% if ends(page.url, '7/') %}{{ nil }}{% end %}");
	assert_true(bench_theme(b));
	struct many *one = render_many(b, 1), *two = render_many(b, 2);
	for (size_t i = 0; i < PAGES; i++) {
		assert_true(str_eq(buf_str(&one->out[i]), buf_str(&two->out[i])) && one->out[i].n > 4000);
		assert_int_equal(diag_count(&one->diags[i]), i % 10 == FAILING);
		assert_int_equal(diag_count(&two->diags[i]), i % 10 == FAILING);
	}
	close_many(one);
	close_many(two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(helpers_speak_the_pages_language),
		BENCH_TEST(helpers_refuse_what_they_cannot_use),
		BENCH_TEST(a_missing_label_has_its_own_code),
		BENCH_TEST(views_are_read_only_and_know_their_fields),
		BENCH_TEST(data_is_a_list_or_has_names),
		BENCH_TEST(nothing_leaks_from_page_to_page),
		BENCH_TEST(one_worker_and_two_render_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
