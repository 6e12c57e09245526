/*
 * `giji init DIR`: a new site with one example meeting, in the language in which giji speaks.
 *
 * What it writes stands in templates/init/<language>/, and is copied as it is.
 */
#include "cli/commands.h"
#include "cli/root.h"

#include <stdio.h>
#include <string.h>

struct copying {
	struct fs from, to;
	struct arena arena;
	struct str root; /* templates/init/ja */
	struct str body; /* the folder of the example's body */
	size_t files;
};

static int fail(struct str path, enum fs_result result)
{
	fprintf(stderr, _("giji: %.*s cannot be written: %s\n"), STR_ARG(path),
		result == FS_FAILED ? fs_reason() : _("something else is there"));
	return EXIT_MACHINE;
}

static int copy_folder(struct copying *c, struct str folder)
{
	struct fs_entry *entries;
	size_t count;
	int status = EXIT_CLEAN;
	enum fs_result result =
		fs_list(&c->from, fs_path_join(&c->arena, c->root, folder), &c->arena, &entries, &count);
	if (result != FS_OK)
		return fail(c->root, result);
	for (size_t i = 0; i < count && status == EXIT_CLEAN; i++) {
		struct str path = fs_path_join(&c->arena, folder, entries[i].name);
		if (entries[i].kind == FS_FOLDER) {
			status = copy_folder(c, path);
			continue;
		}
		result = fs_copy(&c->from, fs_path_join(&c->arena, c->root, path), &c->to, path, NULL);
		if (result != FS_OK)
			return fail(path, result);
		c->files++;
		if (str_eq(entries[i].name, STR("index.md")) && !str_eq(folder, STR("content")))
			c->body = fs_path_name(folder);
	}
	return status;
}

/* A folder that version control has just made counts as empty. */
static bool is_empty(struct copying *c, const char *folder)
{
	struct fs_entry *entries;
	size_t count = 0;
	if (fs_list(&c->to, STR(""), &c->arena, &entries, &count) != FS_OK)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!str_eq(entries[i].name, STR(".git"))) {
			fprintf(stderr, _("giji: %s is not empty, it holds %.*s; name a new folder\n"), folder,
				STR_ARG(entries[i].name));
			return false;
		}
	return true;
}

/* The folder as a shell takes it. */
static struct str shell_word(struct copying *c, const char *folder)
{
	bool plain = strpbrk(folder, " \t\n'\"$&|;()<>*?[]\\`!#~") == NULL;
	return plain ? str_c(folder) : arena_format(&c->arena, strchr(folder, '\'') ? "\"%s\"" : "'%s'", folder);
}

static void tell(struct copying *c, const char *folder)
{
	struct str word = shell_word(c, folder);
	const struct {
		struct str command;
		const char *why;
	} next[] = {
		{ STR("serve"), _("see it in a browser, and each change as soon as it is saved") },
		{ STR("build"), _("make its pages, in public/") },
		{ arena_format(&c->arena, "new %.*s", STR_ARG(c->body)), _("write the file of the next meeting") },
	};
	printf(_("A new site with one example meeting: %zu files in %s. Next:\n\n"), c->files, folder);
	for (size_t i = 0; i < sizeof next / sizeof *next; i++)
		printf("  giji %.*s -C %.*s%*s  %s\n", STR_ARG(next[i].command), STR_ARG(word),
			(int)(next[2].command.n - next[i].command.n), "", next[i].why);
}

int init_run(const struct options *o)
{
	struct copying c = { .root = str_eq(o->language, STR("ja")) ? STR("templates/init/ja")
								    : STR("templates/init/en") };
	if (o->argument_count != 1) {
		fputs(_("giji: init takes the folder of the new site: giji init kaigi\n"), stderr);
		return EXIT_USAGE;
	}
	const char *folder = o->arguments[0];
	if (!root_open_installed(&c.from))
		return EXIT_MACHINE;
	enum fs_result result = fs_disk_open(&c.to, folder, true);
	int status = EXIT_CLEAN;
	if (result != FS_OK) {
		status = fail(str_c(folder), result);
	} else {
		arena_init(&c.arena);
		status = is_empty(&c, folder) ? copy_folder(&c, STR("")) : EXIT_USAGE;
		if (status == EXIT_CLEAN && !o->quiet)
			tell(&c, folder);
		arena_release(&c.arena);
		fs_close(&c.to);
	}
	fs_close(&c.from);
	return status;
}
