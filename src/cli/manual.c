#include "cli/manual.h"

static const char exit_statuses[] =
	N_("\nExit status: 0 clean, 1 errors in content or templates, 2 usage or settings, 3 machine, 130 interrupted.\n");

void manual_overview(const struct command_table *commands, struct buf *out)
{
	buf_format(out, _("usage: giji COMMAND [OPTION…]\n\nPublic minutes as a website.\n\nCommands:\n"));
	for (size_t i = 0; i < commands->count; i++)
		buf_format(out, "  %-10s %s\n", commands->list[i].name, _(commands->list[i].summary));
	buf_format(out, _("\nOptions that most commands take:\n"));
	options_help(TAKES_SITE | TAKES_CONTENT | TAKES_FINDINGS, out);
	buf_put(out, str_c(_(exit_statuses)));
	buf_format(out, _("giji help COMMAND lists all options of one command.\n"));
}

void manual_command(const struct command *c, struct buf *out)
{
	buf_format(out, _("usage: giji %s [OPTION…]%s%s\n\n%s\n\nOptions:\n"), c->name, *c->arguments ? " " : "",
		_(c->arguments), _(c->summary));
	options_help(c->takes, out);
}

/* --- the manual page --- */

/* What roff would take for a request, an escape or a dash. */
static void put_roff(struct buf *out, const char *words)
{
	bool begins = true;
	for (const char *p = words; *p; p++) {
		if (begins && (*p == '.' || *p == '\''))
			buf_put(out, STR("\\&"));
		if (*p == '\\')
			buf_put(out, STR("\\e"));
		else if (*p == '-')
			buf_put(out, STR("\\-"));
		else
			buf_byte(out, *p);
		begins = *p == '\n';
	}
}

static void put_section(struct buf *out, const char *title, const char *words)
{
	buf_format(out, ".SH %s\n", title);
	put_roff(out, words);
	buf_byte(out, '\n');
}

static void put_command(struct buf *out, const struct command *c)
{
	buf_format(out, ".TP\n.B giji %s \\fR", c->name);
	put_roff(out, _(c->arguments));
	buf_byte(out, '\n');
	put_roff(out, _(c->summary));
	const char *before = "\n.br\n";
	for (const struct option_entry *e = NULL; (e = option_next(e, c->takes));)
		if (e->groups) {
			buf_format(out, "%s\\-\\-", before);
			put_roff(out, e->name);
			before = " ";
		}
	buf_byte(out, '\n');
}

/* An option of one name may mean another thing elsewhere: each says whose it is. */
static void put_owners(struct buf *out, const struct command_table *commands, const struct option_entry *e)
{
	const char *before = "\n(";
	for (size_t i = 0; e->groups && i < commands->count; i++)
		if (option_is_taken(e, commands->list[i].takes)) {
			buf_format(out, "%s%s", before, commands->list[i].name);
			before = ", ";
		}
	buf_put(out, e->groups ? STR(")\n") : STR("\n"));
}

static void put_option(struct buf *out, const struct command_table *commands, const struct option_entry *e)
{
	buf_put(out, STR(".TP\n.B "));
	if (e->letter)
		buf_format(out, "\\-%c, ", e->letter);
	buf_put(out, STR("\\-\\-"));
	put_roff(out, e->name);
	if (e->argument) {
		buf_put(out, STR("=\\fI"));
		put_roff(out, _(e->argument));
	}
	buf_byte(out, '\n');
	put_roff(out, _(e->summary));
	put_owners(out, commands, e);
}

void manual_page(const struct command_table *commands, struct buf *out)
{
	buf_format(out, ".TH GIJI 1 \"\" \"giji %s\"\n.ad l\n.nh\n", GIJI_VERSION);
	put_section(out, _("NAME"), _("giji - public minutes as a website"));
	buf_format(out, ".SH %s\n.B giji\n.I %s\n[\\fI%s\\fR]\n", _("SYNOPSIS"), _("COMMAND"), _("OPTION…"));
	put_section(out, _("DESCRIPTION"),
		_("giji turns records of meetings kept in Markdown into a website on which every meeting, speaker and "
		  "topic has a page, and every remark an address. A site is a folder with a site.yml; its records "
		  "stand "
		  "in content/, its pages are written to public/. Work happens in the nearest folder with a site.yml, "
		  "at "
		  "or above the working directory."));
	buf_format(out, ".SH %s\n", _("COMMANDS"));
	for (size_t i = 0; i < commands->count; i++)
		put_command(out, &commands->list[i]);
	buf_format(out, ".SH %s\n", _("OPTIONS"));
	for (const struct option_entry *e = NULL; (e = option_next(e, TAKES_ALL));)
		put_option(out, commands, e);
	put_section(out, _("ENVIRONMENT"),
		_("Each long option may be set as a variable: GIJI_OUTPUT=…, GIJI_BASE_URL=…, GIJI_STRICT=1. "
		  "SOURCE_DATE_EPOCH gives --now its default, NO_COLOR turns colour off, GIJI_SHARE says where "
		  "templates "
		  "and themes lie."));
	put_section(out, _("EXIT STATUS"),
		_("0 clean; 1 errors in content or templates, with --strict warnings too; 2 usage, settings, or an "
		  "output folder that giji may not write; 3 the machine; 130 interrupted."));
}
