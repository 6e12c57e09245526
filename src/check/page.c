#include "check/page.h"

#include "source/names.h"
#include "sys/file.h"
#include "text/fold.h"
#include "text/slug.h"
#include "text/words.h"
#include "web/ask.h"
#include "xml/xml.h"

#include <stdlib.h>

enum { WORDS_MOST = 80 /* characters of a fault's words */ };

static const char no_words[] = N_("an image has no words for those who cannot see it (or only a file's name)");

/* What an element gathers while it is open. */
struct gathering {
	size_t depth; /* of the element; 0: none is open */
	uint32_t line;
	struct buf text; /* its words, those of images in it among them */
	bool named;      /* by an attribute */
};

struct control { /* without a label so far */
	struct str id;
	uint32_t line;
};

struct reader {
	const struct page_reading *reading;
	struct page_facts *facts;
	struct arena arena; /* for this page */
	struct map ids;
	size_t depth;
	int heading; /* level of the last one */
	size_t first_headings;
	struct gathering title, link, head, cell, table, button, picture;
	int head_level;
	size_t table_heads, label_depth;
	struct str first_cell; /* of the table at hand: its first words that are no header */
	struct map labelled;   /* ids that a <label> is for */
	struct buf controls;   /* of struct control */
	struct map linked;     /* links to anchors that are known already */
};

/* --- faults --- */

/* Words that stay: they point into the page's arena until page_settle() moves them. */
static struct str keep(struct reader *r, struct str words)
{
	bool cut;
	return text_excerpt(text_squeeze(&r->arena, words), WORDS_MOST, &cut);
}

static void add(struct reader *r, struct fault fault)
{
	if (VEC_COUNT(&r->facts->faults, struct fault) == FAULTS_MOST)
		return;
	fault.words = keep(r, fault.words);
	*VEC_ADD(&r->facts->faults, struct fault) = fault;
}

static void add_fault(struct reader *r, enum diag_code code, size_t line, struct str words, const char *message)
{
	add(r, (struct fault){ code, message, words, (uint32_t)line, false });
}

/* --- attributes --- */

static struct str attribute(const struct xml_attribute *a, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(a[i].name, name))
			return a[i].value.p ? a[i].value : STR("");
	return STR_NONE;
}

static bool has_name(const struct xml_attribute *a, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_is_one_of(a[i].name, "aria-label|aria-labelledby|title") && str_trim(a[i].value).n)
			return true;
	return false;
}

/* --- links --- */

/* The path below the site's base, still encoded; STR_NONE when the link leads elsewhere. */
static struct str path_of(struct reader *r, struct str link)
{
	const struct addresses *a = r->reading->addresses;
	struct str host = str_but(a->base_url, a->base_path.n);
	if (str_starts(link, a->base_url))
		link = str_from(link, host.n);
	size_t colon = str_find_byte(link, ':', 0), slash = str_find_byte(link, '/', 0);
	if (str_starts(link, STR("//")) || (colon != SIZE_MAX && (slash == SIZE_MAX || colon < slash)))
		return STR_NONE;
	if (link.n == 0)
		link = r->reading->url;
	if (!str_starts(link, STR("/"))) {
		struct str folder = fs_path_folder(str_from(r->reading->url, 1));
		struct str joined = fs_path_join(&r->arena, folder, link);
		bool whole = !str_ends(link, STR("/")) || joined.n == 0;
		link = arena_format(&r->arena, "/%.*s%s", STR_ARG(joined), whole ? "" : "/");
	}
	return str_starts(link, a->base_path) ? str_from(link, a->base_path.n) : STR_NONE;
}

static void add_link(struct reader *r, uint32_t output, struct str anchor, size_t line)
{
	struct str key = arena_format(&r->arena, "%u#%.*s", output, STR_ARG(anchor));
	if (map_add(&r->linked, key, 0))
		*VEC_ADD(&r->facts->links, struct page_link) =
			(struct page_link){ output, str_from(key, key.n - anchor.n), (uint32_t)line };
}

static void add_outside(struct reader *r, struct str link, size_t line)
{
	struct str address = r->reading->addresses->wants_outside ? web_address(&r->arena, link) : STR_NONE;
	if (address.p && map_add(&r->linked, address, 0))
		*VEC_ADD(&r->facts->links, struct page_link) =
			(struct page_link){ OUTSIDE, address, (uint32_t)line };
}

static void look_at_link(struct reader *r, struct str link, size_t line)
{
	struct str rest = str_trim(link), address = str_cut(&rest, STR("#")), anchor = rest;
	struct str path = path_of(r, str_cut(&address, STR("?")));
	if (!path.p) {
		add_outside(r, link, line);
		return;
	}
	path = slug_decode(&r->arena, path);
	struct str output = path;
	if (path.n == 0 || str_ends(path, STR("/")))
		output = arena_format(&r->arena, "%.*sindex.html", STR_ARG(path));
	size_t number;
	if (!map_get(&r->reading->addresses->outputs, output, &number)) {
		/* A whole address may be that of a file which somebody else puts there. */
		if (str_starts(str_trim(link), r->reading->addresses->base_url))
			add_outside(r, link, line);
		else
			add_fault(
				r, PAGE_LINK, line, link, _("a link leads to an address that this site does not have"));
		return;
	}
	anchor = slug_decode(&r->arena, anchor);
	if (anchor.n)
		add_link(r, (uint32_t)number, anchor, line);
}

/* Words of a link that say nothing without the text around it. */
static bool says_nothing(struct reader *r, struct str words)
{
	enum { VAGUE_BYTES_MOST = 40 };
	while (str_ends(words, STR("。")) || str_ends(words, STR("…")))
		words = str_but(words, 3);
	while (str_ends(words, STR(".")) || str_ends(words, STR(">")))
		words = str_trim(str_but(words, 1));
	return words.n <= VAGUE_BYTES_MOST &&
		str_is_one_of(fold(&r->arena, words),
			"こちら|こちらへ|ここ|詳細|詳しくはこちら|もっと見る|続きを読む|リンク|クリック|ここをクリック|"
			"here|click here|more|read more|link|details|this|this page");
}

/* --- elements --- */

static void open_gathering(struct reader *r, struct gathering *g, size_t line, bool named)
{
	if (g->depth)
		return;
	g->depth = r->depth;
	g->line = (uint32_t)line;
	g->named = named;
	buf_clear(&g->text);
}

/* The words of the element that closes, if it is the one that gathers. */
static bool close_gathering(struct reader *r, struct gathering *g, struct str *words)
{
	if (g->depth != r->depth)
		return false;
	g->depth = 0;
	*words = text_squeeze(&r->arena, buf_str(&g->text));
	return true;
}

static void gather(struct reader *r, struct str text)
{
	struct gathering *all[] = { &r->title, &r->link, &r->head, &r->cell, &r->table, &r->button, &r->picture };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i]->depth)
			buf_put(&all[i]->text, text);
}

static void look_at_id(struct reader *r, struct str id, size_t line)
{
	id = arena_str(&r->arena, id);
	if (!map_add(&r->ids, id, 0))
		add_fault(r, PAGE_ID, line, id, _("two elements of a page have the same id"));
	else
		*VEC_ADD(&r->facts->ids, uint64_t) = map_hash(id);
}

static void look_at_image(struct reader *r, const struct xml_attribute *a, size_t count, size_t line)
{
	struct str alt = attribute(a, count, STR("alt")), source = attribute(a, count, STR("src"));
	bool is_name = str_is_one_of(name_suffix(alt), "png|jpg|jpeg|gif|svg|webp");
	struct str written = arena_format(&r->arena, "![%.*s](", STR_ARG(alt));
	if (!alt.p || is_name)
		add_fault(r, PAGE_IMAGE, line, alt.p ? written : source, _(no_words));
	else if (str_trim(alt).n == 0) /* a template's image may say nothing, being an ornament */
		add(r, (struct fault){ PAGE_IMAGE, _(no_words), written, (uint32_t)line, true });
	gather(r, alt);
}

/* Controls that a <label> may name. */
static void look_at_control(struct reader *r, struct str name, const struct xml_attribute *a, size_t count, size_t line)
{
	struct str type = attribute(a, count, STR("type"));
	if (str_eq(name, STR("input")) && str_eq(type, STR("image")))
		look_at_image(r, a, count, line);
	else if (!str_is_one_of(type, "hidden|submit|reset|button") && !has_name(a, count) && !r->label_depth)
		*VEC_ADD(&r->controls, struct control) =
			(struct control){ arena_str(&r->arena, attribute(a, count, STR("id"))), (uint32_t)line };
}

static int heading_level(struct str name)
{
	return name.n == 2 && name.p[0] == 'h' && name.p[1] >= '1' && name.p[1] <= '6' ? name.p[1] - '0' : 0;
}

static void open_known(struct reader *r, struct str name, const struct xml_attribute *a, size_t count, size_t line)
{
	bool named = has_name(a, count);
	if (str_eq(name, STR("html"))) {
		if (!str_eq(attribute(a, count, STR("lang")), r->reading->language))
			add_fault(r, PAGE_LANG, line, attribute(a, count, STR("lang")),
				_("<html> has no lang, or not that of the page"));
	} else if (str_eq(name, STR("title")) && r->depth == 3) {
		open_gathering(r, &r->title, line, false);
	} else if (str_eq(name, STR("a")) && attribute(a, count, STR("href")).p) {
		open_gathering(r, &r->link, line, named);
	} else if (heading_level(name)) {
		open_gathering(r, &r->head, line, named);
		r->head_level = heading_level(name);
	} else if (str_eq(name, STR("img"))) {
		look_at_image(r, a, count, line);
	} else if (str_eq(name, STR("svg")) && str_eq(attribute(a, count, STR("role")), STR("img"))) {
		open_gathering(r, &r->picture, line, named);
	} else if (str_eq(name, STR("table")) && !str_eq(attribute(a, count, STR("role")), STR("presentation"))) {
		open_gathering(r, &r->table, line, false);
		r->table_heads = 0;
		r->first_cell = STR_NONE;
	} else if (str_eq(name, STR("th")) || str_eq(name, STR("td"))) {
		open_gathering(r, &r->cell, line, str_eq(name, STR("th")));
	} else if (str_eq(name, STR("button"))) {
		open_gathering(r, &r->button, line, named);
	} else if (str_eq(name, STR("label"))) {
		r->label_depth = r->depth;
		map_put(&r->labelled, arena_str(&r->arena, attribute(a, count, STR("for"))), 0);
	} else if (str_is_one_of(name, "input|select|textarea")) {
		look_at_control(r, name, a, count, line);
	} else if (str_eq(name, STR("iframe")) && !named) {
		add_fault(r, PAGE_CONTROL, line, attribute(a, count, STR("src")), _("a frame has no title"));
	}
}

static void on_open(void *self, struct str name, const struct xml_attribute *a, size_t count, size_t line)
{
	struct reader *r = self;
	r->depth++;
	for (size_t i = 0; i < count; i++) {
		if (str_eq(a[i].name, STR("id")))
			look_at_id(r, a[i].value, line);
		else if (str_is_one_of(a[i].name, "href|src|action|poster"))
			look_at_link(r, a[i].value, line);
	}
	if (!r->reading->is_redirect)
		open_known(r, name, a, count, line);
}

static void close_heading(struct reader *r, struct str words)
{
	int level = r->head_level;
	r->first_headings += level == 1;
	if (level == 1 && r->first_headings == 2)
		add_fault(r, PAGE_HEADING, r->head.line, words, _("a page has more than one <h1>"));
	if (r->heading && level > r->heading + 1)
		add_fault(r, PAGE_HEADING, r->head.line, words, _("a heading skips a level"));
	if (words.n == 0 && !r->head.named)
		add_fault(r, PAGE_HEADING, r->head.line, words, _("a heading has no words"));
	r->heading = level;
}

static void close_link(struct reader *r, struct str words)
{
	if (r->link.named)
		return;
	if (words.n == 0)
		add_fault(r, PAGE_LINK_TEXT, r->link.line, STR("[]("), _("a link has no words"));
	else if (says_nothing(r, words))
		add_fault(r, PAGE_LINK_TEXT, r->link.line, arena_format(&r->arena, "[%.*s](", STR_ARG(words)),
			_("the words of a link do not say where it leads"));
}

static void on_close(void *self, struct str name, size_t line)
{
	struct reader *r = self;
	struct str words;
	(void)name, (void)line;
	if (close_gathering(r, &r->title, &words))
		r->facts->title = words;
	if (close_gathering(r, &r->head, &words))
		close_heading(r, words);
	if (close_gathering(r, &r->link, &words))
		close_link(r, words);
	if (close_gathering(r, &r->cell, &words)) {
		r->table_heads += r->cell.named && words.n;
		if (!r->cell.named && !r->first_cell.n)
			r->first_cell = words;
	}
	if (close_gathering(r, &r->table, &words) && r->table_heads == 0)
		add_fault(r, PAGE_TABLE, r->table.line, r->first_cell, _("a table has no words in a header cell"));
	if (close_gathering(r, &r->button, &words) && words.n == 0 && !r->button.named)
		add_fault(r, PAGE_CONTROL, r->button.line, words, _("a button has no words"));
	if (close_gathering(r, &r->picture, &words) && words.n == 0 && !r->picture.named)
		add_fault(r, PAGE_IMAGE, r->picture.line, words, _(no_words));
	if (r->label_depth == r->depth)
		r->label_depth = 0;
	r->depth--;
}

static void on_text(void *self, struct str text, size_t line)
{
	(void)line;
	gather(self, text);
}

/* --- the page as a whole --- */

static void look_at_whole(struct reader *r)
{
	for (size_t i = 0; i < VEC_COUNT(&r->controls, struct control); i++) {
		const struct control *c = &VEC_AT(&r->controls, struct control)[i];
		if (c->id.n == 0 || !map_get(&r->labelled, c->id, NULL))
			add_fault(r, PAGE_CONTROL, c->line, c->id, _("a form's control has no label"));
	}
	if (r->first_headings == 0)
		add_fault(r, PAGE_HEADING, 1, STR_NONE, _("a page has no <h1>"));
	if (r->facts->title.n == 0)
		add_fault(r, PAGE_TITLE, 1, STR_NONE, _("a page has no title"));
}

static void judge_form(struct reader *r, const struct xml_handler *handler, struct str bytes)
{
	struct diag_levels levels;
	struct diags judged;
	diag_levels_init(&levels);
	diags_init(&judged, &levels);
	r->facts->read = xml_read(bytes, STR("page"), handler, &judged);
	if (!r->facts->read)
		buf_clear(&r->facts->faults); /* of a page that was read in part, it is the one that counts */
	if (!r->facts->read && diag_count(&judged))
		add_fault(r, PAGE_ILL_FORMED, diag_at(&judged, 0)->loc.line, diag_at(&judged, 0)->message,
			_("a page is not well-formed"));
	diags_release(&judged);
}

static int compare_hashes(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static void move(struct page_facts *facts, struct str *words)
{
	size_t at = facts->words.n;
	buf_put(&facts->words, *words);
	*words = str_n(facts->words.p + at, words->n);
}

/* All words in one piece, as the arena goes. The buf is as long as it will be before anything points into it. */
static void settle(struct page_facts *facts)
{
	struct page_link *links = VEC_AT(&facts->links, struct page_link);
	struct fault *faults = VEC_AT(&facts->faults, struct fault);
	size_t link_count = VEC_COUNT(&facts->links, struct page_link), all = facts->title.n;
	size_t fault_count = VEC_COUNT(&facts->faults, struct fault);
	for (size_t i = 0; i < link_count; i++)
		all += links[i].anchor.n;
	for (size_t i = 0; i < fault_count; i++)
		all += faults[i].words.n;
	buf_reserve(&facts->words, all);
	move(facts, &facts->title);
	for (size_t i = 0; i < link_count; i++)
		move(facts, &links[i].anchor);
	for (size_t i = 0; i < fault_count; i++)
		move(facts, &faults[i].words);
	if (facts->ids.n)
		qsort(facts->ids.p, VEC_COUNT(&facts->ids, uint64_t), sizeof(uint64_t), compare_hashes);
}

static void release_reader(struct reader *r)
{
	struct gathering *all[] = { &r->title, &r->link, &r->head, &r->cell, &r->table, &r->button, &r->picture };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_release(&all[i]->text);
	buf_release(&r->controls);
	map_release(&r->ids);
	map_release(&r->labelled);
	map_release(&r->linked);
	arena_release(&r->arena);
}

void page_read(const struct page_reading *reading, struct str bytes, struct page_facts *facts)
{
	struct reader r = { .reading = reading, .facts = facts };
	struct xml_handler handler = { &r, on_open, on_close, on_text };
	arena_init(&r.arena);
	*facts = (struct page_facts){ 0 };
	judge_form(&r, &handler, bytes);
	if (facts->read && !reading->is_redirect)
		look_at_whole(&r);
	settle(facts);
	release_reader(&r);
}

void page_release(struct page_facts *facts)
{
	buf_release(&facts->ids);
	buf_release(&facts->links);
	buf_release(&facts->faults);
	buf_release(&facts->words);
}

bool page_has_id(const struct page_facts *facts, struct str id)
{
	uint64_t hash = map_hash(id);
	return facts->ids.n &&
		bsearch(&hash, facts->ids.p, VEC_COUNT(&facts->ids, uint64_t), sizeof hash, compare_hashes);
}
