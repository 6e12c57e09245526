/*
 * options: the words on the command line. One table of commands and one of options, from which come
 * parsing, help and "did you mean".
 *
 * An option's default may come from the environment: GIJI_ and its long name in capitals
 * (GIJI_OUTPUT, GIJI_BASE_URL, GIJI_JOBS …). SOURCE_DATE_EPOCH gives --now its default, NO_COLOR turns
 * colour off.
 *
 * A new command is a row of the table in main.c, a new option a row of that in options.c; the row of a
 * command says which groups of options it takes. One name may stand in several rows of different groups
 * (--format means another thing to `list`): a command must take at most one of them.
 */
#ifndef GIJI_CLI_OPTIONS_H
#define GIJI_CLI_OPTIONS_H

#include "base/diag.h"
#include "report/report.h"
#include "text/calendar.h"

#include <limits.h>

enum exit_status { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_MACHINE = 3, EXIT_INTERRUPTED = 130 };

enum { REPORTS_MOST = 16 };

struct options {
	struct str language;   /* in which giji speaks: "ja" or "en" */
	const char *directory; /* -C, or NULL: the working directory or the nearest one above it with a site.yml */
	const char *output;    /* -o, or NULL: public/ in the site */
	const char *base_url;
	const char *since;     /* of what to list the changes: as published, or an empty file; or NULL */
	const char *forget; /* an anchor, or NULL */
	const char *published; /* an earlier manifest or the folder that holds one, or NULL */
	bool drafts;
	struct date now; /* absent: from the clock */
	int64_t now_seconds;
	struct date date; /* --date; absent without */
	size_t jobs;
	bool strict, force, quiet, verbose, timings;
	bool check;       /* nothing is written */
	bool manual;      /* --man */
	bool color;       /* of findings, on stderr */
	bool color_asked; /* by --color=always: also where the output is no terminal */
	enum report_format format;
	enum list_format { LIST_TABLE, LIST_CSV, LIST_EXCEL, LIST_JSON } list;
	struct report_file {
		enum report_format format;
		const char *path;
	} reports[REPORTS_MOST]; /* --report */
	size_t report_count;
	bool external;    /* links to other sites are asked */
	enum network { NETWORK_AUTO, NETWORK_ALWAYS, NETWORK_NEVER } network;
	unsigned pause, timeout; /* seconds */
	const char *person;                  /* --person, or NULL */
	const char *baseline, *new_baseline; /* or NULL */
	unsigned port; /* of the preview */
	bool port_given;
	const char *interface, *host;
	bool open, no_reload, poll;
	struct diag_levels levels;
	const char **arguments; /* what is no option */
	size_t argument_count;
};

/* Groups of options. One that stands in none is every command's. */
enum option_group {
	TAKES_SITE = 1,        /* -C */
	TAKES_CONTENT = 2,     /* -u, -D, --now, -j, --timings: it reads the whole site */
	TAKES_FINDINGS = 4,    /* -W, --strict, --format, --report, --baseline: it reports findings */
	TAKES_OUTPUT = 8,      /* -o, --force, --since */
	TAKES_CHECK = 16,      /* --write-baseline, --external: it finds all there is to find */
	TAKES_COMPARISON = 32, /* --format: it prints one */
	TAKES_PUBLISHED = 64,  /* --published */
	TAKES_REVIEW = 128,    /* -o, --person */
	TAKES_MANUAL = 256,    /* --man */
	TAKES_PREVIEW = 512,   /* -p, -i, -O, -W and what else a preview is told */
	TAKES_LIST = 1024,      /* --format: it prints a table */
	TAKES_DATE = 2048,     /* --date */
	TAKES_STAMP = 4096,    /* --check, --forget: it stamps records */
	TAKES_ALL = UINT_MAX
};

struct command {
	const char *name;
	const char *arguments;               /* "[DIR]" in help, or "" */
	unsigned takes;                      /* groups of options */
	const char *summary;                 /* one line, to be translated */
	int (*run)(const struct options *o); /* returns an exit status */
};

/* Parses everything behind the command's name. False after a line on stderr. `arguments` must have
 * room for argc pointers. */
bool options_parse(const struct command *command, int argc, char **argv, struct options *o);

/* Takes the option's argument and returns NULL or what is wrong with it. */
typedef const char *option_set(struct options *o, const char *argument);

struct option_entry {
	char letter;          /* or 0 */
	const char *name;
	const char *argument; /* its name in help, to be translated; or the words it may be, with | between; or NULL */
	unsigned groups;      /* taken by commands that take one of them; 0: by all */
	const char *summary;  /* to be translated */
	option_set *set;      /* or NULL: the argument, or true where there is none, is kept as it is */
	size_t at;            /* there, in struct options */
};

bool option_is_taken(const struct option_entry *e, unsigned takes);

/* The first option (of NULL), or the one behind e, of those that a command with these groups takes; NULL behind the last. */
const struct option_entry *option_next(const struct option_entry *e, unsigned takes);

/* The options part of a help text: those that a command with these groups takes. */
void options_help(unsigned takes, struct buf *out);

#endif
