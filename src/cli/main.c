/*
 * giji: public minutes as a website. `giji help` tells the rest.
 */
#include "cli/commands.h"
#include "cli/language.h"
#include "cli/manual.h"
#include "markdown/markdown.h"
#include "sys/process.h"
#include "text/fold.h"
#include "xml/xml.h"

#include <stdio.h>
#include <string.h>

static int completion_run(const struct options *o), help_run(const struct options *o);

static const struct command commands[] = {
	{ "build", "", TAKES_SITE | TAKES_CONTENT | TAKES_FINDINGS | TAKES_OUTPUT | TAKES_PUBLISHED,
		N_("content/ to public/"), build_run },
	{ "check", "", TAKES_SITE | TAKES_CONTENT | TAKES_FINDINGS | TAKES_CHECK | TAKES_PUBLISHED,
		N_("all that could be wrong; writes nothing"), check_run },
	{ "completion", "bash|zsh|fish", 0, N_("the script that lets a shell complete giji's commands and options"),
		completion_run },
	{ "diff", N_("[OLD] NEW"), TAKES_SITE | TAKES_COMPARISON,
		N_("what changed between two versions of a record; exit status 1 when anything did"), diff_run },
	{ "explain", N_("[CODE…]"), 0, N_("what a finding means and how to mend it"), explain_run },
	{ "help", N_("[COMMAND]"), TAKES_MANUAL, N_("this text, or what a command does and takes"), help_run },
	{ "init", N_("DIR"), 0, N_("a new site with one example meeting"), init_run },
	{ "list", N_("[meetings|people|topics|documents|decisions|actions|drafts] [BODY]"),
		TAKES_SITE | TAKES_CONTENT | TAKES_LIST, N_("what the site holds, as a table, CSV or JSON"), list_run },
	{ "new", N_("BODY [NAME]"), TAKES_SITE | TAKES_DATE, N_("the next meeting's file, prefilled"), new_run },
	{ "review", N_("RECORD"), TAKES_SITE | TAKES_CONTENT | TAKES_FINDINGS | TAKES_REVIEW,
		N_("one file of a record, to circulate among the members before it is confirmed"), review_run },
	{ "serve", "", TAKES_SITE | TAKES_CONTENT | TAKES_PREVIEW,
		N_("a preview in the browser that follows each change"), serve_run },
	{ "stamp", N_("[RECORD…]"), TAKES_SITE | TAKES_CONTENT | TAKES_FINDINGS | TAKES_STAMP,
		N_("freeze the addresses of published records in their ledgers"), stamp_run },
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const struct command_table all = { commands, COMMAND_COUNT };

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(name, commands[i].name) == 0)
			return &commands[i];
	return NULL;
}

static int print(struct buf *words, FILE *to)
{
	fwrite(words->p, 1, words->n, to);
	buf_release(words);
	return EXIT_CLEAN;
}

static int print_overview(FILE *to)
{
	struct buf out = { 0 };
	manual_overview(&all, &out);
	return print(&out, to);
}

static int print_command_help(const struct command *c)
{
	struct buf out = { 0 };
	manual_command(c, &out);
	return print(&out, stdout);
}

static int unknown_command(const char *name)
{
	struct str near = STR_NONE;
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		str_nearer(str_c(name), str_c(commands[i].name), &near);
	if (name[0] == '-')
		fprintf(stderr, _("giji: options come behind the command: giji build %s …\n"), name);
	else if (near.p)
		fprintf(stderr, _("giji: there is no command %s; did you mean %s?\n"), name, near.p);
	else
		fprintf(stderr, _("giji: there is no command %s; giji help lists them\n"), name);
	return EXIT_USAGE;
}

static int help_run(const struct options *o)
{
	struct buf out = { 0 };
	if (o->manual) {
		manual_page(&all, &out);
		return print(&out, stdout);
	}
	if (o->argument_count == 0)
		return print_overview(stdout);
	const struct command *command = find_command(o->arguments[0]);
	return command ? print_command_help(command) : unknown_command(o->arguments[0]);
}

static int completion_run(const struct options *o)
{
	struct buf out = { 0 };
	if (o->argument_count == 1 && completion_write(&all, str_c(o->arguments[0]), &out))
		return print(&out, stdout);
	fputs(_("giji: completion takes the name of a shell: bash, zsh or fish\n"), stderr);
	return EXIT_USAGE;
}

static int run(const struct command *command, int argc, char **argv, struct str language)
{
	struct options o = { .language = language };
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return print_command_help(command);
	text_init(); /* options hold dates */
	if (!options_parse(command, argc, argv, &o))
		return EXIT_USAGE;
	if (!*command->arguments && o.argument_count) {
		fprintf(stderr, _("giji: %s takes no arguments: %s\n"), command->name, o.arguments[0]);
		return EXIT_USAGE;
	}
	md_init();
	xml_init();
	return command->run(&o);
}

static int choose(int argc, char **argv, struct str language)
{
	if (argc < 2) {
		print_overview(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("giji " GIJI_VERSION);
		return EXIT_CLEAN;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return print_overview(stdout);
	const struct command *command = find_command(argv[1]);
	return command ? run(command, argc - 1, argv + 1, language) : unknown_command(argv[1]);
}

int main(int argc, char **argv)
{
	process_guard_streams();
	int status = choose(argc, argv, language_choose(argc, argv));
	/* A full disk behind stdout is the machine's failure too. */
	bool lost = ferror(stdout), unwritten = fflush(stdout) != 0;
	if ((lost || unwritten) && status == EXIT_CLEAN) {
		fputs(_("giji: what was said on standard output is lost: it cannot be written\n"), stderr);
		return EXIT_MACHINE;
	}
	return status;
}
