/*
 * giji: public minutes as a website. `giji help` tells the rest.
 */
#include "cli/build.h"
#include "cli/options.h"
#include "markdown/markdown.h"
#include "sys/process.h"
#include "text/fold.h"
#include "xml/xml.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

static int help_run(const struct options *o);

static const struct command commands[] = {
	{ "build", "", N_("content/ to public/"), build_run },
	{ "help", "", N_("this text"), help_run },
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_help(FILE *to)
{
	struct buf out = { 0 };
	buf_format(&out, _("usage: giji COMMAND [OPTION…]\n\nPublic minutes as a website.\n\nCommands:\n"));
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		buf_format(&out, "  %-10s %s\n", commands[i].name, _(commands[i].summary));
	buf_format(&out, _("\nOptions:\n"));
	options_help(&out);
	buf_format(
		&out, _("\nExit status: 0 clean, 1 errors in content or templates, 2 usage or settings, 3 machine.\n"));
	fwrite(out.p, 1, out.n, to);
	buf_release(&out);
}

static int help_run(const struct options *o)
{
	(void)o;
	print_help(stdout);
	return EXIT_CLEAN;
}

static int unknown_command(const char *name)
{
	struct str near = STR_NONE;
	for (size_t i = 0; i < COMMAND_COUNT && !near.p; i++)
		if (str_near(str_c(name), str_c(commands[i].name)))
			near = str_c(commands[i].name);
	if (name[0] == '-')
		fprintf(stderr, _("giji: options come behind the command: giji build %s …\n"), name);
	else if (near.p)
		fprintf(stderr, _("giji: there is no command %s; did you mean %s?\n"), name, near.p);
	else
		fprintf(stderr, _("giji: there is no command %s; giji help lists them\n"), name);
	return EXIT_USAGE;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct options o = { 0 };
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return help_run(NULL);
	text_init(); /* options hold dates */
	if (!options_parse(argc, argv, &o))
		return EXIT_USAGE;
	md_init();
	xml_init();
	return command->run(&o);
}

static int choose(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("giji " GIJI_VERSION);
		return EXIT_CLEAN;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return help_run(NULL);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return run(&commands[i], argc - 1, argv + 1);
	return unknown_command(argv[1]);
}

int main(int argc, char **argv)
{
	process_guard_streams();
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, ""); /* never LC_ALL: numbers and order must not depend on the machine */
	bindtextdomain("giji", GIJI_SHARE "/../locale");
	bind_textdomain_codeset("giji", "UTF-8");
	textdomain("giji");
	int status = choose(argc, argv);
	/* A full disk behind stdout is the machine's failure too. */
	bool lost = ferror(stdout), unwritten = fflush(stdout) != 0;
	if ((lost || unwritten) && status == EXIT_CLEAN) {
		fputs(_("giji: what was said on standard output is lost: it cannot be written\n"), stderr);
		return EXIT_MACHINE;
	}
	return status;
}
