#include "report/writer.h"

static const struct form *const forms[] = {
	[REPORT_HUMAN] = &human_form,
	[REPORT_JSON] = &json_form,
	[REPORT_GITHUB] = &github_form,
	[REPORT_GITLAB] = &gitlab_form,
	[REPORT_SARIF] = &sarif_form,
	[REPORT_JUNIT] = &junit_form,
};

enum { FORMS = sizeof forms / sizeof *forms };

bool report_format_named(struct str name, enum report_format *format)
{
	for (size_t i = 0; i < FORMS; i++) {
		if (!str_eq(forms[i]->name, name))
			continue;
		*format = (enum report_format)i;
		return true;
	}
	return false;
}

bool report_format_of_file(struct str file, enum report_format *format)
{
	for (size_t i = 0; i < FORMS; i++) {
		if (str_empty(forms[i]->ending) || !str_ends(file, forms[i]->ending))
			continue;
		*format = (enum report_format)i;
		return true;
	}
	return false;
}

void report_write(const struct diags *ds, const struct report_options *options, struct buf *out)
{
	const struct form *form = forms[options->format];
	struct writer w = { .ds = ds, .options = options, .out = out, .quoted = { .files = options->files } };
	if (form->begin)
		form->begin(&w);
	for (size_t i = 0; i < diag_count(ds); i++) {
		if (form->is_list)
			buf_put(out, i ? STR(",\n") : STR("\n"));
		form->finding(&w, diag_at(ds, i));
	}
	if (form->end)
		form->end(&w);
	quoted_release(&w.quoted);
	map_release(&w.seen);
	arena_release(&w.arena);
}

struct str writer_fingerprint(struct writer *w, const struct finding *f)
{
	char hex[FINDING_KEY];
	struct str key = quoted_key(&w->quoted, f, hex);
	size_t before = 0;
	if (!map_get(&w->seen, key, &before))
		key = arena_str(&w->arena, key);
	map_put(&w->seen, key, before + 1);
	return arena_format(&w->arena, "%.*s-%zu", STR_ARG(key), before + 1);
}

struct str writer_path(struct writer *w, const struct finding *f)
{
	struct str path = f->loc.path.n ? f->loc.path : STR("site.yml");
	return arena_format(&w->arena, "%.*s%.*s", STR_ARG(w->options->prefix), STR_ARG(path));
}

struct str writer_words(struct writer *w, const struct finding *f)
{
	if (!f->help.n)
		return f->message;
	return arena_format(&w->arena, "%.*s\n%s: %.*s", STR_ARG(f->message), _("help"), STR_ARG(f->help));
}

void writer_member(struct buf *out, const char *name, struct str value, const char *behind)
{
	buf_format(out, "\"%s\": ", name);
	buf_json(out, value);
	buf_put(out, str_c(behind));
}
