#include "cli/options.h"

#include "cli/language.h"
#include "source/names.h"
#include "sys/clock.h"
#include "sys/pool.h"
#include "sys/process.h"
#include "text/words.h"

#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ; /* which each program has to declare */

enum { JOBS_MOST = 256 };

static bool read_number(const char *argument, long least, long most, unsigned *number)
{
	long value;
	if (!str_number(str_c(argument), most, &value) || value < least)
		return false;
	*number = (unsigned)value;
	return true;
}

/* Which of the words that stand between | it is, counted from 0; -1 for none. */
static int read_word(const char *argument, const char *words)
{
	struct str rest = str_c(words);
	for (int i = 0; rest.p; i++)
		if (str_eq(str_cut(&rest, STR("|")), str_c(argument)))
			return i;
	return -1;
}

static bool read_date(const char *argument, struct date *date)
{
	struct date_claim claim;
	bool read = date_read(str_c(argument), &claim);
	if (read)
		*date = claim.date;
	return read;
}

static const char *set_date(struct options *o, const char *argument)
{
	return read_date(argument, &o->date) ? NULL : _("--date takes a date, as in 2026-06-11");
}

static const char *set_now(struct options *o, const char *argument)
{
	return read_date(argument, &o->now) ? NULL : _("--now takes a date, as in 2026-04-01");
}

static const char *set_jobs(struct options *o, const char *argument)
{
	unsigned jobs;
	if (!read_number(argument, 1, JOBS_MOST, &jobs))
		return _("-j takes a number from 1 to 256");
	o->jobs = jobs;
	return NULL;
}

static const char *set_level(struct options *o, const char *argument)
{
	const char *why = NULL;
	struct str rest = str_c(argument), name = str_cut(&rest, STR("=")), near = STR_NONE;
	enum diag_code code;
	if (diag_levels_set(&o->levels, str_c(argument), &why))
		return NULL;
	for (int i = 0; i < DIAG_CODE_COUNT && !diag_code_named(name, &code); i++)
		str_nearer(name, diag_code_name((enum diag_code)i), &near);
	if (near.p)
		fprintf(stderr, _("giji: there is no finding 「%.*s」; did you mean %.*s?\n"), STR_ARG(name),
			STR_ARG(near));
	return why;
}

static const char *set_format(struct options *o, const char *argument)
{
	return report_format_named(str_c(argument), &o->format)
		? NULL
		: _("--format takes human, json, github, gitlab, sarif or junit");
}

static const char *set_plain_format(struct options *o, const char *argument)
{
	bool known = report_format_named(str_c(argument), &o->format);
	return known && o->format <= REPORT_JSON ? NULL : _("--format takes human or json");
}

static const char *set_list_format(struct options *o, const char *argument)
{
	int word = read_word(argument, "table|csv|excel|json");
	if (word < 0)
		return _("--format takes table, csv, excel or json");
	o->list = (enum list_format)word;
	return NULL;
}

static const char *set_report(struct options *o, const char *argument)
{
	struct str file = str_c(argument), form = str_cut(&file, STR(":"));
	if (o->report_count == REPORTS_MOST)
		return _("there are more --report than giji writes");
	struct report_file *r = &o->reports[o->report_count++];
	r->path = argument;
	if (file.n && report_format_named(form, &r->format))
		r->path = file.p;
	else if (!report_format_of_file(str_c(argument), &r->format))
		return _("--report takes a FILE.json, .sarif, .xml (JUnit) or .txt, or FORMAT:FILE");
	return NULL;
}

static const char *set_baseline(struct options *o, const char *argument)
{
	o->baseline = argument;
	o->levels.most = DIAG_MOST_ACCEPTED;
	return NULL;
}

static const char *set_new_baseline(struct options *o, const char *argument)
{
	o->new_baseline = argument;
	o->levels.most = DIAG_MOST_ACCEPTED;
	return NULL;
}

static const char *set_network(struct options *o, const char *argument)
{
	int word = read_word(argument, "auto|always|never");
	if (word < 0)
		return _("--network takes auto, always or never");
	o->network = (enum network)word;
	return NULL;
}

static const char *set_pause(struct options *o, const char *argument)
{
	return read_number(argument, 0, 60, &o->pause) ? NULL : _("--pause takes a number of seconds from 0 to 60");
}

static const char *set_timeout(struct options *o, const char *argument)
{
	return read_number(argument, 1, 300, &o->timeout) ? NULL
							  : _("--timeout takes a number of seconds from 1 to 300");
}

static const char *set_color(struct options *o, const char *argument)
{
	enum { AUTO, ALWAYS, NEVER };
	int word = read_word(argument, "auto|always|never");
	if (word < 0)
		return _("--color takes auto, always or never");
	o->color_asked = word == ALWAYS;
	o->color = word == ALWAYS || (word == AUTO && o->color);
	return NULL;
}

/* language_choose has taken it already. */
static const char *set_lang(struct options *o, const char *argument)
{
	(void)o;
	return language_is_spoken(str_c(argument)) ? NULL : _("--lang takes ja or en");
}

static const char *set_port(struct options *o, const char *argument)
{
	o->port_given = true;
	return read_number(argument, 0, 65535, &o->port) ? NULL
							 : _("-p takes a number from 0 (any free port) to 65535");
}

static const char *set_forget(struct options *o, const char *argument)
{
	o->forget = argument;
	return anchor_is(str_c(argument)) ? NULL : _("--forget takes an anchor of the record, as in s5-1");
}

/* What is taken as it is: a text, or a switch that is on. */
#define KEPT_IN(member) NULL, offsetof(struct options, member)

static const struct option_entry table[] = {
	{ 'C', "directory", N_("DIR"), TAKES_SITE, N_("work on the site in DIR, not here"), KEPT_IN(directory) },
	{ 'o', "output", N_("DIR"), TAKES_OUTPUT, N_("write to DIR (default: public/ in the site)"), KEPT_IN(output) },
	{ 'o', "output", N_("FILE"), TAKES_REVIEW, N_("write to FILE, - for standard output"), KEPT_IN(output) },
	{ 0, "person", N_("WHO"), TAKES_REVIEW, N_("mark what WHO said: a label of the record, or an id of people.yml"),
		KEPT_IN(person) },
	{ 'u', "base-url", N_("URL"), TAKES_CONTENT, N_("use URL in place of site.yml's base_url"), KEPT_IN(base_url) },
	{ 'D', "drafts", NULL, TAKES_CONTENT, N_("with drafts and what is not due yet, each page marked"),
		KEPT_IN(drafts) },
	{ 0, "now", N_("DATE"), TAKES_CONTENT, N_("build as if today were DATE"), set_now, 0 },
	{ 0, "date", N_("DATE"), TAKES_DATE, N_("the day of the meeting"), set_date, 0 },
	{ 'j', "jobs", N_("N"), TAKES_CONTENT, N_("use N threads (default: one a processor)"), set_jobs, 0 },
	{ 0, "strict", NULL, TAKES_FINDINGS, N_("warnings too make the build fail"), KEPT_IN(strict) },
	{ 'W', "warn", N_("CODE=LEVEL"), TAKES_FINDINGS | TAKES_PREVIEW,
		N_("set a finding's level: error, warning, note or off; all= for every one that may be lowered"),
		set_level, 0 },
	{ 0, "format", "human|json|github|gitlab|sarif|junit", TAKES_FINDINGS,
		N_("findings for people (default) or programs"), set_format, 0 },
	{ 0, "format", "human|json", TAKES_COMPARISON, N_("for people (default) or programs"), set_plain_format, 0 },
	{ 0, "format", "table|csv|excel|json", TAKES_LIST,
		N_("a table for people (default), CSV, CSV as Excel opens it, or JSON"), set_list_format, 0 },
	{ 0, "report", N_("[FORMAT:]FILE"), TAKES_FINDINGS,
		N_("findings also to FILE: .json, .sarif, .xml (JUnit) or .txt; may be given again"), set_report, 0 },
	{ 0, "baseline", N_("FILE"), TAKES_FINDINGS, N_("leave out the findings that FILE accepts"), set_baseline, 0 },
	{ 0, "write-baseline", N_("FILE"), TAKES_CHECK, N_("accept in FILE all findings of today that may be lowered"),
		set_new_baseline, 0 },
	{ 0, "external", NULL, TAKES_CHECK,
		N_("ask other sites whether the links to them are good; answers are kept in .giji-links"),
		KEPT_IN(external) },
	{ 0, "network", "auto|always|never", TAKES_CHECK,
		N_("whether --external may ask (default: auto, unless CI is set), or only tells what is kept"),
		set_network, 0 },
	{ 0, "pause", N_("SECONDS"), TAKES_CHECK, N_("between two requests to one site (default: 1)"), set_pause, 0 },
	{ 0, "timeout", N_("SECONDS"), TAKES_CHECK, N_("how long a site may take to answer (default: 20)"), set_timeout,
		0 },
	{ 0, "color", "auto|always|never", 0, N_("colour (default: auto)"), set_color, 0 },
	{ 0, "lang", "ja|en", 0, N_("speak Japanese or English (default: as the system does)"), set_lang, 0 },
	{ 0, "man", NULL, TAKES_MANUAL, N_("print the manual page, in roff"), KEPT_IN(manual) },
	{ 'q', "quiet", NULL, 0, N_("print findings only"), KEPT_IN(quiet) },
	{ 'v', "verbose", NULL, 0, N_("print each file that was written (+) or removed (-)"), KEPT_IN(verbose) },
	{ 0, "timings", NULL, TAKES_CONTENT, N_("print how long each phase took"), KEPT_IN(timings) },
	{ 0, "published", N_("OLD"), TAKES_PUBLISHED,
		N_("compare with an earlier giji-manifest.json, or the folder it is in: no address may be lost"),
		KEPT_IN(published) },
	{ 0, "since", N_("OLD"), TAKES_OUTPUT,
		N_("list what to upload (+) and to remove (-) where OLD, a giji-manifest.json, is published"),
		KEPT_IN(since) },
	{ 0, "check", NULL, TAKES_STAMP, N_("write nothing; exit status 1 when something is to be stamped"),
		KEPT_IN(check) },
	{ 0, "forget", N_("ANCHOR"), TAKES_STAMP, N_("keep no words of what was taken out there"), set_forget, 0 },
	{ 0, "force", NULL, TAKES_OUTPUT, N_("take over an output folder that giji did not make"), KEPT_IN(force) },
	{ 'p', "port", N_("N"), TAKES_PREVIEW, N_("serve on this port (default: the first free one from 8000)"),
		set_port, 0 },
	{ 'i', "interface", N_("ADDRESS"), TAKES_PREVIEW,
		N_("serve on this address of the machine (default: 127.0.0.1, for this machine alone)"),
		KEPT_IN(interface) },
	{ 0, "host", N_("NAME"), TAKES_PREVIEW, N_("the name by which others reach this machine"), KEPT_IN(host) },
	{ 'O', "open", NULL, TAKES_PREVIEW, N_("open the preview in a browser"), KEPT_IN(open) },
	{ 0, "no-reload", NULL, TAKES_PREVIEW, N_("serve pages as a build writes them, without the script"),
		KEPT_IN(no_reload) },
	{ 0, "poll", NULL, TAKES_PREVIEW, N_("look for changes once a second, for network drives"), KEPT_IN(poll) },
};

enum { OPTION_COUNT = sizeof table / sizeof *table, LONG_BASE = 256 };

bool option_is_taken(const struct option_entry *e, unsigned takes)
{
	return e->groups == 0 || (e->groups & takes) != 0;
}

const struct option_entry *option_next(const struct option_entry *e, unsigned takes)
{
	for (e = e ? e + 1 : table; e < table + OPTION_COUNT; e++)
		if (option_is_taken(e, takes))
			return e;
	return NULL;
}

static bool complain(const char *what, const char *name)
{
	fprintf(stderr, "giji: %s%s%s\n", what, name ? ": " : "", name ? name : "");
	return false;
}

/* NULL, or what is wrong with the argument. */
static const char *set(struct options *o, const struct option_entry *e, const char *argument)
{
	void *member = (char *)o + e->at;
	if (e->set)
		return e->set(o, argument);
	if (e->argument)
		*(const char **)member = argument;
	else
		*(bool *)member = true;
	return NULL;
}

enum { VARIABLE_MOST = 64 };

static void put_variable(char name[VARIABLE_MOST], const struct option_entry *e)
{
	size_t n = (size_t)snprintf(name, VARIABLE_MOST, "GIJI_%s", e->name);
	for (size_t i = 0; i < n; i++)
		name[i] = name[i] == '-' ? '_' : (char)toupper((unsigned char)name[i]);
}

/* GIJI_BASE_URL=… stands for --base-url=…, GIJI_STRICT=1 for --strict. */
static bool take_environment(struct options *o, const struct option_entry *e)
{
	char name[VARIABLE_MOST];
	put_variable(name, e);
	const char *value = getenv(name), *why = NULL;
	if (!value || !*value || (!e->argument && str_is_one_of(str_c(value), "0|false|no|off")))
		return true;
	if (!e->argument && !str_is_one_of(str_c(value), "1|true|yes|on"))
		why = _("a switch is 1 or 0");
	why = why ? why : set(o, e, value);
	if (why)
		fprintf(stderr, "giji: %s: %s=%s\n", why, name, value);
	return !why;
}

/* A variable that is one letter off would silently do nothing. */
static bool check_variables(void)
{
	for (char **v = environ; *v; v++) {
		struct str rest = str_c(*v), given = str_cut(&rest, STR("="));
		char name[VARIABLE_MOST], near[VARIABLE_MOST] = "";
		bool known = !str_starts(given, STR("GIJI_")) || str_eq(given, STR("GIJI_SHARE"));
		for (const struct option_entry *e = NULL; !known && (e = option_next(e, TAKES_ALL));) {
			put_variable(name, e);
			known = str_eq(given, str_c(name));
			if (str_distance(given, str_c(name), 1) == 1)
				memcpy(near, name, sizeof near);
		}
		if (known || !*near)
			continue;
		fprintf(stderr, _("giji: there is no variable %.*s; did you mean %s?\n"), STR_ARG(given), near);
		return false;
	}
	return true;
}

static bool take_surroundings(struct options *o, unsigned takes)
{
	const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
	o->color = process_error_is_terminal() && !(no_color && *no_color) &&
		!(terminal && str_eq(str_c(terminal), STR("dumb")));
	o->jobs = pool_workers_default();
	o->now_seconds = clock_now();
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	long seconds;
	if (epoch && *epoch) {
		if (!str_number(str_c(epoch), 253402300799, &seconds))
			return complain(_("SOURCE_DATE_EPOCH is not a number of seconds"), epoch);
		o->now_seconds = seconds;
	}
	/* A variable that was set for builds must not be taken for what --output or --format means elsewhere. */
	takes &= ~(unsigned)(TAKES_COMPARISON | TAKES_REVIEW | TAKES_LIST);
	for (const struct option_entry *e = NULL; (e = option_next(e, takes));)
		if (!take_environment(o, e))
			return false;
	return check_variables();
}

/* What getopt_long could not place: `letter` is 0 for a long option, and LONG_BASE and more for one that takes no
 * value and was given one. */
static bool unknown(const struct command *command, const char *word, int letter)
{
	struct str name = str_c(word), near = STR_NONE;
	if (letter >= LONG_BASE)
		return complain(_("this option takes no value"), word);
	name = str_from(name, 2);
	name = str_cut(&name, STR("="));
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (letter ? table[i].letter == letter : str_eq(name, str_c(table[i].name))) {
			fprintf(stderr, _("giji: %s does not take --%s; giji help %s lists what it takes\n"),
				command->name, table[i].name, command->name);
			return false;
		}
		if (option_is_taken(&table[i], command->takes))
			str_nearer(name, str_c(table[i].name), &near);
	}
	if (letter)
		fprintf(stderr, _("giji: unknown option: -%c\n"), letter);
	else if (near.p)
		fprintf(stderr, _("giji: unknown option: %s; did you mean --%s?\n"), word, near.p);
	else
		complain(_("unknown option"), word);
	return false;
}

static const struct option_entry *entry_of(int chosen, unsigned takes)
{
	if (chosen >= LONG_BASE)
		return &table[chosen - LONG_BASE];
	const struct option_entry *e = NULL;
	while ((e = option_next(e, takes)) && e->letter != chosen)
		;
	return e;
}

/* What a word processor or an input method makes of the hyphens. */
static bool is_dash(struct str word)
{
	size_t length;
	uint32_t point = str_point(word, 0, &length);
	return (point >= 0x2010 && point <= 0x2015) || point == 0x2212 || point == 0xff0d;
}

bool options_parse(const struct command *command, int argc, char **argv, struct options *o)
{
	struct option longs[OPTION_COUNT + 1] = { 0 };
	char letters[2 * OPTION_COUNT + 2] = ":";
	size_t n = 1, count = 0;
	for (const struct option_entry *e = NULL; (e = option_next(e, command->takes));) {
		longs[count++] = (struct option){ e->name, e->argument ? required_argument : no_argument, NULL,
			LONG_BASE + (int)(e - table) };
		if (e->letter)
			letters[n++] = e->letter;
		if (e->letter && e->argument)
			letters[n++] = ':';
	}
	diag_levels_init(&o->levels);
	o->pause = 1;
	o->timeout = 20;
	if (!take_surroundings(o, command->takes))
		return false;
	opterr = 0;
	for (int chosen; (chosen = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
		if (chosen == '?')
			return unknown(command, argv[optind - 1], optopt);
		if (chosen == ':')
			return complain(_("this option needs a value"), argv[optind - 1]);
		const char *why = set(o, entry_of(chosen, command->takes), optarg);
		if (why)
			return complain(why, optarg);
	}
	for (int i = optind; i < argc; i++)
		if (is_dash(str_c(argv[i])))
			return complain(_("options begin with --, two hyphens of ASCII"), argv[i]);
	o->arguments = (const char **)(argv + optind);
	o->argument_count = (size_t)(argc - optind);
	return true;
}

/* A column of 24 cells: 「フォルダ」 is eight of them wide. */
static void put_form(struct buf *out, const struct option_entry *e)
{
	size_t begin = out->n;
	buf_format(out, "%s%s%s", e->name, e->argument ? "=" : "", e->argument ? _(e->argument) : "");
	size_t cells = text_cells(str_n(out->p + begin, out->n - begin));
	if (cells > 24)
		buf_format(out, "\n%8s", "");
	for (cells = cells > 24 ? 0 : cells; cells < 24; cells++)
		buf_byte(out, ' ');
}

void options_help(unsigned takes, struct buf *out)
{
	for (const struct option_entry *e = NULL; (e = option_next(e, takes));) {
		if (e->letter)
			buf_format(out, "  -%c, --", e->letter);
		else
			buf_put(out, STR("      --"));
		put_form(out, e);
		buf_format(out, " %s\n", _(e->summary));
	}
}
