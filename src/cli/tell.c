#include "cli/tell.h"

#include "cli/argument.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BASELINE_MOST = 64 * 1024 * 1024 };

static bool write_file(const char *path, struct str bytes, struct diags *ds)
{
	return argument_write(path, bytes) ||
		diag_add(
			ds, MACHINE, loc_file(str_c(path)), STR_NONE, _("cannot write this file: %s"), strerror(errno));
}

static bool read_baseline(struct teller *t, const char *path)
{
	size_t line;
	if (!argument_take(path, BASELINE_MOST, &t->accepted) || t->accepted.n > BASELINE_MOST)
		fprintf(stderr, _("giji: cannot read the baseline %s; --write-baseline makes one\n"), path);
	else if (!baseline_read(t->baseline, buf_str(&t->accepted), &line))
		fprintf(stderr, _("giji: this is no baseline: %s, line %zu\n"), path, line);
	else
		return true;
	return false;
}

/* The site's folder from the root of its repository, or else from the working directory it lies in: "a/b/" or "". */
static struct str find_prefix(struct teller *t, const char *site)
{
	char *whole = realpath(site, NULL);
	struct str root = str_c(whole);
	while (root.n && !fs_is_there(arena_format(&t->arena, "%.*s/.git", STR_ARG(root)).p))
		root = fs_path_folder(root);
	struct str below = argument_in_site(site, root.n ? arena_c(&t->arena, root) : ".", &t->arena);
	free(whole);
	return below.n ? arena_format(&t->arena, "%.*s/", STR_ARG(below)) : STR_NONE;
}

/* Told before the work, not behind it. */
static bool has_folder(struct teller *t, const char *path)
{
	struct str folder = fs_path_folder(str_c(path));
	bool has = folder.n == 0 || fs_is_there(arena_c(&t->arena, folder));
	if (!has)
		fprintf(stderr, _("giji: %s: there is no such folder\n"), path);
	return has;
}

static bool can_write(struct teller *t)
{
	const struct options *o = t->options;
	bool can = !o->new_baseline || has_folder(t, o->new_baseline);
	for (size_t i = 0; i < o->report_count; i++)
		can = has_folder(t, o->reports[i].path) && can;
	return can;
}

bool tell_open(struct teller *t, const struct options *o, struct root *root)
{
	*t = (struct teller){ .options = o, .site = root->path };
	arena_init(&t->arena);
	t->form = (struct report_options){ o->format, o->color, o->strict, { &root->site, &root->installed },
		find_prefix(t, root->path) };
	if (o->since) /* standard output holds its list alone */
		t->form.format = REPORT_HUMAN;
	if (o->baseline || o->new_baseline)
		t->baseline = baseline_open();
	if (can_write(t) && (!o->baseline || o->new_baseline || read_baseline(t, o->baseline)))
		return true;
	tell_close(t);
	return false;
}

void tell_close(struct teller *t)
{
	if (t->baseline)
		baseline_close(t->baseline);
	buf_release(&t->accepted);
	arena_release(&t->arena);
}

void tell_settle(struct teller *t, struct diags *ds)
{
	diags_sort(ds);
	if (t->baseline)
		baseline_take(t->baseline, t->options->new_baseline != NULL, ds, t->form.files);
}

/* What the run did not get to would be missing in it. */
static void write_baseline(struct teller *t, bool complete, struct diags *ds)
{
	struct buf out = { 0 };
	baseline_write(t->baseline, &out);
	if (!complete)
		fprintf(stderr, _("giji: %s was not written: these errors come first\n"), t->options->new_baseline);
	else if (write_file(t->options->new_baseline, buf_str(&out), ds))
		fprintf(stderr, _("giji: findings accepted from now on with --baseline %s: %zu\n"),
			t->options->new_baseline, baseline_count(t->baseline));
	buf_release(&out);
}

/* From the site's root, as all paths of findings are, where the file lies in the site. */
static struct str baseline_path(struct teller *t)
{
	struct str inside = argument_in_site(t->options->baseline, t->site, &t->arena);
	return inside.p ? inside : str_c(t->options->baseline);
}

void tell_all(struct teller *t, struct diags *ds, bool complete)
{
	struct report_options form = t->form;
	struct buf out = { 0 };
	if (t->options->new_baseline)
		write_baseline(t, complete, ds);
	else if (t->baseline && complete)
		baseline_stale(t->baseline, baseline_path(t), ds);
	diags_sort(ds);
	for (size_t i = 0; i < t->options->report_count; i++) {
		form.format = t->options->reports[i].format;
		form.color = false;
		buf_clear(&out);
		report_write(ds, &form, &out);
		write_file(t->options->reports[i].path, buf_str(&out), ds);
	}
	buf_clear(&out);
	report_write(ds, &t->form, &out);
	fwrite(out.p ? out.p : "", 1, out.n, t->form.format == REPORT_HUMAN ? stderr : stdout);
	buf_release(&out);
}
