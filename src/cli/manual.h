/*
 * manual: what the tables of commands and options say, as help, as a manual page and as completions for shells.
 */
#ifndef GIJI_CLI_MANUAL_H
#define GIJI_CLI_MANUAL_H

#include "cli/options.h"

struct command_table {
	const struct command *list;
	size_t count;
};

void manual_overview(const struct command_table *commands, struct buf *out);
void manual_command(const struct command *command, struct buf *out);

/* giji(1), in roff. */
void manual_page(const struct command_table *commands, struct buf *out);

/* completion.c: the script that a shell reads, for bash, zsh or fish; false for another one. */
bool completion_write(const struct command_table *commands, struct str shell, struct buf *out);

/* What stands for an argument or an option's value, by its name in help. */
enum value { VALUE_FREE, VALUE_WORDS, VALUE_CODE, VALUE_COMMAND, VALUE_FOLDER, VALUE_FILE, VALUE_BODY };

#endif
