/* Completion scripts: all that a shell is told comes from the tables of commands, options and findings. */
#include "cli/manual.h"

#include <string.h>

struct script {
	const struct command_table *commands;
	struct buf *out;
	const char *const *values; /* what completes each; NULL for words, which stand between these */
	const char *before, *behind;
};

/* By the untranslated name that stands in help. */
static enum value value_of(const char *name)
{
	static const struct {
		const char *part;
		enum value value;
	} known[] = {
		{ "CODE", VALUE_CODE },
		{ "COMMAND", VALUE_COMMAND },
		{ "|", VALUE_WORDS },
		{ "BODY", VALUE_BODY },
		{ "DIR", VALUE_FOLDER },
		{ "FILE", VALUE_FILE },
		{ "OLD", VALUE_FILE },
		{ "RECORD", VALUE_FILE },
	};
	for (size_t i = 0; name && i < sizeof known / sizeof *known; i++)
		if (strstr(name, known[i].part))
			return known[i].value;
	return VALUE_FREE;
}

/* CODE=LEVEL: what is completed is the first half. */
static bool is_pair(const char *name)
{
	return strstr(name, "CODE=") != NULL;
}

/* The words that may stand there. */
static void put_words(const struct script *s, const char *name)
{
	enum value value = value_of(name);
	const char *end = is_pair(name) ? "=" : "";
	if (value == VALUE_CODE)
		for (int i = 0; i < DIAG_CODE_COUNT; i++)
			buf_format(s->out, "%.*s%s ", STR_ARG(diag_code_name((enum diag_code)i)), end);
	if (value == VALUE_COMMAND)
		for (size_t i = 0; i < s->commands->count; i++)
			buf_format(s->out, "%s ", s->commands->list[i].name);
	if (value == VALUE_WORDS)
		for (; *name && *name != ' '; name++) /* of the first argument */
			buf_byte(s->out, strchr("|[]", *name) ? ' ' : *name);
}

static void put_value(const struct script *s, const char *name)
{
	const char *known = s->values[value_of(name)];
	buf_put(s->out, str_c(known ? known : s->before));
	if (known)
		return;
	put_words(s, name);
	buf_put(s->out, str_c(s->behind));
}

/* Within single quotes; `special` also gets a backslash. */
static void put_quoted(const struct script *s, const char *words, const char *special)
{
	for (const char *p = words; *p; p++) {
		if (*p == '\'')
			buf_put(s->out, STR("'\\'"));
		else if (strchr(special, *p))
			buf_byte(s->out, '\\');
		buf_byte(s->out, *p);
	}
}

/* --- bash --- */

static void bash_command(const struct script *s, const struct command *c)
{
	const struct option_entry *e = NULL;
	buf_format(s->out, "\t%s)\n\t\tcase $prev in\n", c->name);
	while ((e = option_next(e, c->takes))) {
		if (!e->argument)
			continue;
		buf_put(s->out, STR("\t\t"));
		if (e->letter)
			buf_format(s->out, "-%c | ", e->letter);
		buf_format(s->out, "--%s) ", e->name);
		put_value(s, e->argument);
		buf_format(s->out, "%s ;;\n", is_pair(e->argument) ? "; compopt -o nospace" : "");
	}
	buf_put(s->out, STR("\t\t*)\n\t\t\tif [[ $cur == -* ]]; then\n\t\t\t\twords='"));
	while ((e = option_next(e, c->takes)))
		buf_format(s->out, "--%s ", e->name);
	buf_put(s->out, STR("'\n\t\t\telse\n\t\t\t\t"));
	put_value(s, c->arguments);
	buf_put(s->out, STR("\n\t\t\tfi ;;\n\t\tesac ;;\n"));
}

static void bash_write(const struct script *s)
{
	buf_put(s->out,
		STR("# bash completion for giji: giji completion bash\n"
		    "# shellcheck shell=bash disable=SC2207\n"
		    "_giji() {\n"
		    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} words=\n"
		    "\tCOMPREPLY=()\n"
		    "\tif [[ $cur == '=' ]]; then\n\t\tcur=\n"
		    "\telif [[ $prev == '=' ]]; then\n\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n\tfi\n"
		    "\tif [[ $COMP_CWORD -eq 1 ]]; then\n\t\tCOMPREPLY=($(compgen -W '"));
	put_words(s, "COMMAND");
	buf_put(s->out, STR("' -- \"$cur\"))\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in\n"));
	for (size_t i = 0; i < s->commands->count; i++)
		bash_command(s, &s->commands->list[i]);
	buf_put(s->out, STR("\tesac\n\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -F _giji giji\n"));
}

/* --- zsh --- */

static void zsh_command(const struct script *s, const struct command *c)
{
	const struct option_entry *e = NULL;
	buf_format(s->out, "\t%s)\n\t\t_arguments", c->name);
	while ((e = option_next(e, c->takes))) {
		buf_put(s->out, STR(" \\\n\t\t\t"));
		if (e->letter)
			buf_format(s->out, "'(-%c --%s)'{-%c%s,--%s%s}", e->letter, e->name, e->letter,
				e->argument ? "+" : "", e->name, e->argument ? "=" : "");
		else
			buf_format(s->out, "--%s%s", e->name, e->argument ? "=" : "");
		buf_put(s->out, STR("'["));
		put_quoted(s, _(e->summary), "[]:");
		buf_put(s->out, STR("]"));
		if (e->argument) {
			buf_format(s->out, ":%s:", e->name);
			put_value(s, e->argument);
		}
		buf_put(s->out, STR("'"));
	}
	if (*c->arguments) {
		buf_put(s->out, STR(" \\\n\t\t\t'*:argument:"));
		put_value(s, c->arguments);
		buf_put(s->out, STR("'"));
	}
	buf_put(s->out, STR(" ;;\n"));
}

static void zsh_write(const struct script *s)
{
	buf_put(s->out, STR("#compdef giji\n_giji() {\n\tlocal -a commands\n\tcommands=(\n"));
	for (size_t i = 0; i < s->commands->count; i++) {
		buf_format(s->out, "\t\t'%s:", s->commands->list[i].name);
		put_quoted(s, _(s->commands->list[i].summary), ":");
		buf_put(s->out, STR("'\n"));
	}
	buf_put(s->out,
		STR("\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\treturn\n\tfi\n"
		    "\tshift words\n\t(( CURRENT-- ))\n\tcase $words[1] in\n"));
	for (size_t i = 0; i < s->commands->count; i++)
		zsh_command(s, &s->commands->list[i]);
	buf_put(s->out,
		STR("\tesac\n}\nif [[ $funcstack[1] == _giji ]]; then\n\t_giji \"$@\"\nelse\n\tcompdef _giji "
		    "giji\nfi\n"));
}

/* --- fish --- */

static void fish_command(const struct script *s, const struct command *c)
{
	const struct option_entry *e = NULL;
	buf_format(s->out, "complete -c giji -n __fish_use_subcommand -a %s -d '", c->name);
	put_quoted(s, _(c->summary), "");
	buf_put(s->out, STR("'\n"));
	if (value_of(c->arguments) != VALUE_FREE) {
		buf_format(s->out, "complete -c giji -n '__fish_seen_subcommand_from %s'", c->name);
		put_value(s, c->arguments);
		buf_byte(s->out, '\n');
	}
	while ((e = option_next(e, c->takes))) {
		buf_format(s->out, "complete -c giji -n '__fish_seen_subcommand_from %s' -l %s", c->name, e->name);
		if (e->letter)
			buf_format(s->out, " -s %c", e->letter);
		if (e->argument) {
			buf_put(s->out, STR(" -x"));
			put_value(s, e->argument);
		}
		buf_put(s->out, STR(" -d '"));
		put_quoted(s, _(e->summary), "");
		buf_put(s->out, STR("'\n"));
	}
}

static void fish_write(const struct script *s)
{
	buf_put(s->out, STR("# fish completion for giji: giji completion fish\ncomplete -c giji -f\n"));
	for (size_t i = 0; i < s->commands->count; i++)
		fish_command(s, &s->commands->list[i]);
}

bool completion_write(const struct command_table *commands, struct str shell, struct buf *out)
{
	static const struct {
		struct str name;
		void (*write)(const struct script *s);
		const char *values[VALUE_BODY + 1], *before, *behind;
	} shells[] = {
		{ STR_INIT("bash"), bash_write,
			{ [VALUE_FREE] = "return",
				[VALUE_FOLDER] = "COMPREPLY=($(compgen -d -- \"$cur\")); return",
				[VALUE_FILE] = "COMPREPLY=($(compgen -f -- \"$cur\")); return",
				[VALUE_BODY] =
					"words=\"$(cd content 2>/dev/null && printf '%s\\n' */ | sed 's:/$::')\"" },
			"words='", "'" },
		{ STR_INIT("zsh"), zsh_write,
			{ [VALUE_FREE] = " ",
				[VALUE_FOLDER] = "_files -/",
				[VALUE_FILE] = "_files",
				[VALUE_BODY] = "_files -W content -/" },
			"(", ")" },
		{ STR_INIT("fish"), fish_write,
			{ [VALUE_FREE] = "",
				[VALUE_FOLDER] = " -a '(__fish_complete_directories)'",
				[VALUE_FILE] = " -F",
				[VALUE_BODY] =
					" -a '(string replace -r \"/index.md$\" \"\" -- (string replace content/ \"\" "
					"-- content/*/index.md))'" },
			" -a '", "'" },
	};
	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
		if (str_eq(shell, shells[i].name)) {
			shells[i].write(&(struct script){
				commands, out, shells[i].values, shells[i].before, shells[i].behind });
			return true;
		}
	return false;
}
