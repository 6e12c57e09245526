#include "serve/shown.h"

#include "text/slug.h"

void shown_list(struct shown *s, struct fs *files)
{
	s->outputs = outputs_list(s->site, s->theme, files, &s->arena);
	for (size_t i = 0; i < s->outputs.count; i++)
		map_put(&s->paths, s->outputs.items[i].path, i);
	s->base = slug_decode(&s->arena, s->site->settings.base_path);
}

void shown_unlist(struct shown *s)
{
	map_release(&s->paths);
	arena_release(&s->arena);
}

void shown_release(struct shown *s)
{
	if (s->theme)
		theme_release(s->theme);
	if (s->site)
		site_release(s->site);
	shown_unlist(s);
	arena_release(&s->theme_arena);
}

const struct output *shown_find(const struct shown *s, struct str path)
{
	struct buf words = { 0 };
	size_t at;
	buf_put(&words, path);
	if (path.n == 0 || str_ends(path, STR("/")))
		buf_put(&words, STR("index.html"));
	bool found = map_get(&s->paths, buf_str(&words), &at);
	buf_release(&words);
	return found ? &s->outputs.items[at] : NULL;
}

const struct output *shown_missing(const struct shown *s, struct str path)
{
	struct buf name = { 0 };
	for (size_t i = 0; i < s->site->edition_count; i++)
		if (str_starts(path, s->site->editions[i].prefix)) {
			buf_clear(&name);
			buf_format(&name, "%.*s404.html", STR_ARG(s->site->editions[i].prefix));
		}
	const struct output *o = shown_find(s, buf_str(&name));
	buf_release(&name);
	return o;
}

/* The anchor of what begins last before the line's end. */
struct nearest {
	uint32_t wanted, line;
	struct str anchor;
};

static void try(struct nearest *n, uint32_t line, struct str anchor)
{
	if (line > n->wanted || line < n->line || str_empty(anchor))
		return;
	n->line = line;
	n->anchor = anchor;
}

static struct str anchor_at(const struct meeting *m, uint32_t line)
{
	struct nearest n = { .wanted = line };
	for (size_t i = 0; i < m->item_count; i++)
		try(&n, m->items[i].line, m->items[i].anchor);
	for (size_t i = 0; i < m->speech_count; i++)
		try(&n, m->speeches[i].line, m->speeches[i].anchor);
	for (size_t i = 0; i < m->statement_count; i++)
		try(&n, m->statements[i].line, m->statements[i].anchor);
	for (size_t i = 0; i < m->callout_count; i++)
		try(&n, m->callouts[i].line, m->callouts[i].anchor);
	return n.anchor;
}

struct str shown_address(const struct shown *s, const struct loc *at, struct arena *a)
{
	for (size_t i = 0; s->site && i < s->site->meeting_count; i++) {
		const struct meeting *m = s->site->meetings[i];
		if (!str_eq(m->path, at->path))
			continue;
		struct str anchor = anchor_at(m, at->line), url = s->site->places[i].url;
		return str_empty(anchor) ? url : arena_format(a, "%.*s#%.*s", STR_ARG(url), STR_ARG(anchor));
	}
	return STR_NONE;
}
