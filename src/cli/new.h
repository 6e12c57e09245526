/*
 * new: `giji new BODY [NAME]`, the file of a body's next meeting: the next number, the last meeting's attendees, place
 * and time, its agenda as a form to fill in. A draft, until its status says otherwise. It never overwrites.
 *
 * The name follows the body's habit: 6.md after 5.md, r8-3.md after r8-2.md, 2026-06-11.md where dates are names.
 */
#ifndef GIJI_CLI_NEW_H
#define GIJI_CLI_NEW_H

#include "cli/options.h"

int new_run(const struct options *o);

#endif
