#include "bench.h"

#include "render/template.h"

static bool says(const struct bench *b, size_t i, enum diag_code code, const char *path, const char *words)
{
	if (i >= diag_count(&b->diags))
		return false;
	const struct finding *f = diag_at(&b->diags, i);
	return f->code == code && str_eq(f->loc.path, str_c(path)) && str_find(f->message, str_c(words), 0) != SIZE_MAX;
}

static void the_nearest_template_is_taken(void **state)
{
	struct bench *b = *state;
	const struct {
		struct fs *fs;
		const char *path;
	} places[] = {
		{ &b->installed, "templates/home.html" },
		{ &b->installed, "themes/default/templates/home.html" },
		{ &b->own, "themes/default/templates/home.html" },
		{ &b->own, "templates/home.html" },
	};
	for (size_t i = 0; i < 4; i++) {
		char words[] = { (char)('0' + i), '\0' };
		bench_file(places[i].fs, places[i].path, words);
		bench_stop(b);
		assert_true(bench_render(b, 0) && bench_same(b, words));
	}
	bench_file(&b->own, "templates/wide.html", "wide");
	b->pages[0].layout = STR("wide");
	bench_stop(b);
	assert_true(bench_render(b, 0) && bench_same(b, "wide"));
}

static void each_kind_of_page_has_its_template(void **state)
{
	(void)state;
	const char *names[] = { "home", "body", "meeting", "speakers", "speaker", "topics", "topic", "decisions", "actions", "documents",
		"corrections", "page", "redirect", "not-found" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_true(str_eq(theme_template_of(&(struct page){ .kind = (enum page_kind)i }), str_c(names[i])));
}

static void a_missing_template_is_told_once(void **state)
{
	struct bench *b = *state;
	bench_put(b, "home", "{% include 'nosuch' %}{% include 'nosuch' %}");
	b->site.page_count = 2;
	b->pages[1].layout = STR("hom");
	b->pages[1].source = loc_at(STR("content/x.md"), 3, 9);
	assert_false(bench_theme(b));
	assert_int_equal(diag_count(&b->diags), 2);
	assert_true(says(b, 0, TEMPLATE_ERROR, "content/x.md", "there is no template 「hom」"));
	assert_true(str_find(diag_at(&b->diags, 0)->help, STR("「home」"), 0) != SIZE_MAX);
	assert_true(says(b, 1, TEMPLATE_ERROR, "templates/home.html", "there is no template 「nosuch」"));
}

static void every_wrong_template_is_told(void **state)
{
	struct bench *b = *state;
	bench_put(b, "home", "{% include 'one' %}{% include 'two' %}");
	bench_put(b, "one", "\n<br>");
	bench_put(b, "two", "{% include 'home' %}{{ + 1 }}");
	assert_false(bench_theme(b));
	assert_int_equal(diag_count(&b->diags), 2);
	assert_true(says(b, 0, TEMPLATE_ERROR, "templates/one.html", "<br> has no content"));
	assert_true(says(b, 1, TEMPLATE_ERROR, "templates/two.html", "unexpected symbol"));
}

static void labels_of_the_site_win_one_by_one(void **state)
{
	struct bench *b = *state;
	bench_file(&b->own, "themes/default/labels/en.yml", "hello: Good day\nown: mine\nnumber: 5\n");
	assert_prints(b, "{{ label('hello') }}, {{ label('deep.inside') }}, {{ label('own') }}, {{ label('number') }}",
		"Good day, Within, mine, 5");
	bench_file(&b->own, "themes/default/labels/en.yml", "bad: '{open'\nlist: [a]\n");
	bench_stop(b);
	bench_theme(b);
	assert_true(says(b, 0, TEMPLATE_ERROR, "themes/default/labels/en.yml", "this label cannot be read"));
	assert_int_equal(diag_at(&b->diags, 0)->loc.line, 1);
	assert_true(says(b, 1, TEMPLATE_ERROR, "themes/default/labels/en.yml", "a label is a text, not a list"));
	assert_int_equal(diag_count(&b->diags), 2);
}

static void a_language_without_labels_is_told(void **state)
{
	struct bench *b = *state;
	bench_put(b, "home", "x");
	b->pages[0].language = STR("fr");
	assert_false(bench_theme(b));
	assert_true(says(b, 0, LABEL_MISSING, "site.yml", "no labels for the language 「fr」"));
	assert_int_equal(diag_count(&b->diags), 1);
}

static void assets_are_those_of_both_places_in_order(void **state)
{
	struct bench *b = *state;
	bench_put(b, "home", "x");
	bench_file(&b->installed, "themes/default/assets/a/icon.svg", "<svg/>");
	bench_file(&b->installed, "themes/default/assets/.hidden", "x");
	bench_file(&b->installed, "themes/default/assets/old.css~", "x");
	assert_true(bench_theme(b));
	assert_int_equal(b->theme->asset_count, 2);
	assert_true(str_eq(b->theme->assets[0].output, STR("assets/a/icon.svg")));
	char before[17];
	snprintf(before, sizeof before, "%s", b->theme->assets[1].version);
	bench_file(&b->own, "themes/default/assets/style.css", "b {}\n");
	assert_true(bench_theme(b));
	assert_int_equal(b->theme->asset_count, 2);
	assert_true(b->theme->assets[1].fs == &b->own);
	assert_true(str_eq(b->theme->assets[1].output, STR("assets/style.css")));
	assert_int_equal(str_c(before).n, 16);
	assert_string_not_equal(before, b->theme->assets[1].version);
}

static void assets_in_too_many_folders_are_told(void **state)
{
	struct bench *b = *state;
	bench_put(b, "home", "x");
	bench_file(&b->own, "themes/default/assets/1/2/3/4/5/6/7/fine.css", "b {}\n");
	assert_true(bench_theme(b));
	bench_file(&b->own, "themes/default/assets/1/2/3/4/5/6/7/8/deep.css", "b {}\n");
	assert_false(bench_theme(b));
	assert_true(says(b, 0, LIMIT_EXCEEDED, "themes/default/assets/1/2/3/4/5/6/7/8", "more than 8 deep"));
	assert_int_equal(diag_count(&b->diags), 1);
}

static void lines_of_the_program_lead_back(void **state)
{
	struct bench *b = *state;
	struct template t;
	assert_true(template_compile(
		STR("x"), STR("x.html"), STR("座{{ a }}\n{{\n b +\n  c }}"), STR("page"), &b->arena, &t, &b->diags));
	assert_true(template_loc(&t, 0).line == 0 && str_eq(template_loc(&t, 1).path, STR("x.html")));
	size_t lines = 1;
	for (size_t i = 0; i < t.lua.n; i++)
		lines += t.lua.p[i] == '\n';
	assert_int_equal(t.line_count, lines - 1); /* but for the closing end */
	struct {
		const char *words;
		size_t line, column;
	} places[] = { { "\na)", 1, 5 }, { "\nb +", 3, 2 }, { "\n  c)", 4, 3 }, { "\n_t(\"\\010", 2, 1 } };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		size_t at = str_find(t.lua, str_c(places[i].words), 0), line = 2;
		assert_true(at != SIZE_MAX);
		for (size_t k = 0; k < at; k++)
			line += t.lua.p[k] == '\n';
		assert_int_equal(template_loc(&t, line).line, places[i].line);
		assert_int_equal(template_loc(&t, line).column, places[i].column);
	}
	assert_int_equal(template_loc(&t, 9999).line, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(the_nearest_template_is_taken),
		BENCH_TEST(each_kind_of_page_has_its_template),
		BENCH_TEST(a_missing_template_is_told_once),
		BENCH_TEST(every_wrong_template_is_told),
		BENCH_TEST(labels_of_the_site_win_one_by_one),
		BENCH_TEST(a_language_without_labels_is_told),
		BENCH_TEST(assets_are_those_of_both_places_in_order),
		BENCH_TEST(assets_in_too_many_folders_are_told),
		BENCH_TEST(lines_of_the_program_lead_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
