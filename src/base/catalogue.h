/*
 * catalogue: what giji says, in the language of whoever reads it.
 *
 *     fprintf(stderr, _("giji: port %u is in use\n"), port);
 *
 * Messages stand in the source in English. Their translations come from one of GNU gettext's compiled catalogues
 * (.mo, https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html), which msgfmt makes of src/po. It is read
 * here because libc's gettext() has words only where the machine has a locale of the language, or is told that of
 * another; that of glibc 2.41 (Debian 13) has none under C.UTF-8, and a container has no other.
 */
#ifndef GIJI_BASE_CATALOGUE_H
#define GIJI_BASE_CATALOGUE_H

#include "base/str.h"

#define _(words) catalogue_say(words)
#define N_(words) words /* marks words for translation where no function can be called */

/* The catalogue from then on, for as long as the process lives: the bytes of a .mo file of this machine's byte order,
 * which stay the caller's, or STR_NONE. False, and English is spoken, when they are no such catalogue. Before the first
 * thread. */
bool catalogue_use(struct str bytes);

/* The translation, NUL-terminated and never freed; the English words themselves without one. */
const char *catalogue_say(const char *english) __attribute__((format_arg(1), nonnull));

#endif
