/* process: what giji asks about itself: its streams, its terminal, its own place on the disk. */
#ifndef GIJI_SYS_PROCESS_H
#define GIJI_SYS_PROCESS_H

#include "base/buf.h"

#include <stdio.h>

/* Takes the place of closed standard streams, so that no file opened later is taken for one: what is
 * written to them still fails. */
void process_guard_streams(void);

bool process_error_is_terminal(void);  /* stderr */
bool process_output_is_terminal(void); /* stdout */

/* Standard output or error, where that is what a path leads to (/dev/stdout); else NULL. To open it once more would begin
 * at its start, over what it was given. */
FILE *process_stream_at(const char *path);

/* From now on Ctrl-C, SIGTERM and SIGHUP only set a mark, so that a build can clear away what it staged; a second one ends it
 * at once. */
void process_watch_interrupts(void);
bool process_interrupted(void);
/* Threads that are started meanwhile are never interrupted: only the calling one is. */
void process_hold_interrupts(bool hold);

/* Asks the desktop for a browser, and does not wait for it. */
void process_open_browser(const char *url);

/* Appends the working directory; nothing where it cannot be known. */
void process_working_folder(struct buf *out);

/* Appends the first of two places, told from the folder of the running program ("/../share/giji"), that holds a file or
 * folder of this name; false where neither does. */
bool process_find_beside(const char *const places[2], const char *held, struct buf *path);

#endif
