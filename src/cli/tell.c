#include "cli/tell.h"

#include "cli/argument.h"
#include "sys/process.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { BASELINE_MOST = 64 * 1024 * 1024 };

static bool write_file(const char *path, struct str bytes, struct diags *ds)
{
	if (argument_write(path, bytes))
		return true;
	if (errno == ENOENT)
		return diag_add(
			ds, MACHINE, loc_file(str_c(path)), STR_NONE, _("the folder of this file cannot be opened"));
	return diag_add(ds, MACHINE, loc_file(str_c(path)), STR_NONE, _("cannot write this file: %s"), strerror(errno));
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

static bool is_repository(struct arena *a, struct str folder)
{
	return fs_is_there(arena_format(a, "/%.*s/.git", STR_ARG(folder)).p);
}

/* Whether `folder`, "" for the root, holds `path`; *below is what follows it. */
static bool is_below(struct str folder, struct str path, struct str *below)
{
	struct str rest = str_from(path, folder.n);
	*below = folder.n ? str_from(rest, 1) : rest;
	return str_starts(path, folder) && (folder.n == 0 || str_starts(rest, STR("/")));
}

/* The site's folder from the root of its repository, or else from the working directory it lies in: "a/b/" or "". */
static struct str find_prefix(struct teller *t, struct str site)
{
	struct buf here = { 0 };
	process_working_folder(&here);
	struct str working = str_from(buf_str(&here), 1), below = STR_NONE;
	struct str all = str_starts(site, STR("/")) ? fs_path_join(&t->arena, STR(""), str_from(site, 1))
						    : fs_path_join(&t->arena, working, site);
	struct str root = all;
	while (root.n && !is_repository(&t->arena, root))
		root = fs_path_folder(root);
	bool found = is_below(root.n ? root : working, all, &below) && below.n;
	struct str prefix = found ? arena_format(&t->arena, "%.*s/", STR_ARG(below)) : STR_NONE;
	buf_release(&here);
	return prefix;
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
	*t = (struct teller){ .options = o };
	arena_init(&t->arena);
	t->form = (struct report_options){ o->format, o->color, o->strict, { &root->site, &root->installed },
		find_prefix(t, str_c(root->path)) };
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
static struct str baseline_path(const struct teller *t)
{
	struct str path = str_c(t->options->baseline), site = str_c(t->options->directory ? t->options->directory : "");
	struct str below;
	while (str_ends(site, STR("/")))
		site = str_but(site, 1);
	return site.n && is_below(site, path, &below) ? below : path;
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
