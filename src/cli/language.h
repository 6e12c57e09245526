/*
 * language: the language in which giji speaks to the person before it. Pages have their own.
 *
 * --lang, else GIJI_LANG, else LANGUAGE, LC_ALL, LC_MESSAGES and LANG as every program takes them; also where the
 * machine has no such locale installed, as a container has none. Catalogues: src/po/<language>.po.
 */
#ifndef GIJI_CLI_LANGUAGE_H
#define GIJI_CLI_LANGUAGE_H

#include "base/str.h"

/* Looks for --lang in the arguments before anything is said, and makes _() speak. Once, before any thread. Returns
 * the language's code, "ja" or "en": that of a catalogue, or English. */
struct str language_choose(int argc, char **argv);

/* True for a language that giji speaks: "ja", "ja_JP.UTF-8", "en-GB". */
bool language_is_spoken(struct str name);

#endif
