#include "site/build.h"
#include "source/names.h"

/* Who claims an output. */
struct claim {
	struct str what; /* the output, as it is written */
	struct loc source;
};

struct claims {
	struct build *build;
	struct map outputs; /* folded → claim */
	struct buf list;    /* of struct claim */
};

/* Files that giji writes beside the pages. */
static const struct str kept[] = { STR_INIT("sitemap.xml"), STR_INIT("robots.txt"), STR_INIT("feed.xml"),
	STR_INIT("giji-manifest.json") };

struct str build_fold_output(struct arena *a, struct str output)
{
	return name_fold(a, output);
}

static struct str spell_source(struct build *b, struct loc source)
{
	if (source.line == 0)
		return source.path;
	return arena_format(&b->scratch, "%.*s:%u", STR_ARG(source.path), source.line);
}

static void collide(struct claims *c, const struct claim *other, struct loc source, struct str output)
{
	struct build *b = c->build;
	diag_add(b->diags, ADDRESS_COLLISION, source, diag_text(b->diags, _("rename one of them")),
		_("「%.*s」 and 「%.*s」 (%.*s) claim one address"), STR_ARG(output), STR_ARG(other->what),
		STR_ARG(spell_source(b, other->source)));
}

/* Each output is claimed once, and none is a folder of another. */
static void claim(struct claims *c, struct str output, struct loc source)
{
	struct str folded = build_fold_output(&c->build->scratch, output);
	size_t at;
	if (!map_add(&c->outputs, folded, VEC_COUNT(&c->list, struct claim))) {
		map_get(&c->outputs, folded, &at);
		collide(c, &VEC_AT(&c->list, struct claim)[at], source, output);
		return;
	}
	*VEC_ADD(&c->list, struct claim) = (struct claim){ output, source };
}

static void check_folders(struct claims *c)
{
	for (size_t i = 0; i < VEC_COUNT(&c->list, struct claim); i++) {
		const struct claim *mine = &VEC_AT(&c->list, struct claim)[i];
		struct str folder = fs_path_folder(c->outputs.entries[i].key);
		size_t at;
		for (; !str_empty(folder); folder = fs_path_folder(folder))
			if (map_get(&c->outputs, folder, &at))
				collide(c, &VEC_AT(&c->list, struct claim)[at], mine->source, mine->what);
	}
}

/* "/old/5/" is written as old/5/index.html. */
static void claim_aliases(struct claims *c, const struct texts *aliases)
{
	for (size_t i = 0; i < aliases->count; i++) {
		struct str path = aliases->items[i].text;
		while (str_starts(path, STR("/")))
			path = str_from(path, 1);
		struct arena *a = &c->build->scratch;
		if (str_empty(path) || str_ends(path, STR("/")))
			path = arena_format(a, "%.*sindex.html", STR_ARG(path));
		else if (str_find_byte(fs_path_name(path), '.', 0) == SIZE_MAX)
			path = arena_format(a, "%.*s/index.html", STR_ARG(path));
		claim(c, path, aliases->items[i].loc);
	}
}

bool build_has_page(const struct build *b, struct str output)
{
	struct arena scratch;
	arena_init(&scratch);
	bool there = map_get(&b->outputs, build_fold_output(&scratch, output), NULL);
	arena_release(&scratch);
	return there;
}

void build_addresses(struct build *b)
{
	const struct site *s = b->site;
	struct claims c = { .build = b };
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		claim(&c, kept[i], loc_file(STR("site.yml")));
	for (size_t i = 0; i < s->page_count; i++)
		claim(&c, s->pages[i].output, s->pages[i].source);
	for (size_t i = 0; i < s->asset_count; i++)
		claim(&c, s->assets[i].output, s->assets[i].source);
	for (size_t i = 0; i < s->meeting_count; i++)
		claim_aliases(&c, &s->meetings[i]->front.aliases);
	for (size_t i = 0; i < s->body_count; i++)
		if (!s->bodies[i].hidden)
			claim_aliases(&c, &s->bodies[i].front.aliases);
	for (size_t i = 0; i < s->plain_count; i++)
		if (!s->plains[i].hidden)
			claim_aliases(&c, &s->plains[i].front.aliases);
	check_folders(&c);
	map_release(&c.outputs);
	buf_release(&c.list);
}
