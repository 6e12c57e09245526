/* register_check: what a register says as a whole: no label for two people at once, no topic above itself. */
#ifndef GIJI_SOURCE_REGISTER_CHECK_H
#define GIJI_SOURCE_REGISTER_CHECK_H

#include "source/register.h"

bool register_labels_check(const struct registers *all, const struct reading *r);

/* Takes a `broader` out that leads nowhere or round in a circle. */
bool register_topics_check(struct registers *all, const struct reading *r);

#endif
