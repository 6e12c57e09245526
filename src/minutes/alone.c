#include "minutes/alone.h"

#include "source/encoding.h"
#include "source/names.h"

static void read_body(struct alone *s, struct fs *site, struct diags *ds)
{
	struct str path = arena_format(&s->arena, "content/%.*s/index.md", STR_ARG(s->folder));
	struct content_text text;
	struct fs_entry entry;
	struct reading r = { .path = path, .arena = &s->arena, .diags = ds, .folder = fs_path_folder(path) };
	if (s->folder.n && fs_stat(site, path, &entry) == FS_OK && content_open(site, path, &s->arena, &text, ds))
		body_front_read(text.front, &s->body, &r);
}

void alone_open(struct alone *s, struct fs *site, struct str folder, struct str language)
{
	struct diag_levels levels;
	struct diags unsaid;
	diag_levels_init(&levels);
	diags_init(&unsaid, &levels);
	*s = (struct alone){ .folder = folder };
	arena_init(&s->arena);
	if (site) {
		settings_read(site, STR(""), &s->arena, &s->settings, &unsaid);
		registers_read(site, &s->arena, &s->registers, &unsaid);
		read_body(s, site, &unsaid);
	}
	if (str_empty(s->settings.language))
		s->settings.language = language;
	s->labels = labels_open(&s->registers, &s->arena);
	diags_release(&unsaid);
}

void alone_release(struct alone *s)
{
	arena_release(&s->arena);
}

struct meeting *alone_read(
	struct alone *s, struct str bytes, struct str path, const struct yaml_node **front, struct diags *ds)
{
	struct str whole, stem = fs_path_name(path);
	struct content_text text;
	if (!encoding_read(bytes, path, &s->arena, &whole, ds) || !content_cut(whole, path, &s->arena, &text, ds))
		return NULL;
	if (str_ends(stem, STR(".md")))
		stem = str_but(stem, 3);
	struct content_file file = { .kind = CONTENT_RECORD, .path = path, .folder = s->folder, .name = stem };
	struct str suffix = name_suffix(stem);
	for (size_t i = 1; i < s->settings.languages.count; i++)
		if (str_eq(suffix, s->settings.languages.items[i].text)) {
			file.language = suffix;
			file.name = str_but(stem, suffix.n + 1);
		}
	struct record_context context = {
		.settings = &s->settings, .registers = &s->registers, .labels = s->labels, .body = &s->body
	};
	*front = text.front;
	return meeting_read(&text, &file, &context, &s->arena, ds);
}
