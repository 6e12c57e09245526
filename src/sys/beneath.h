/*
 * beneath: opens what lies below a folder, and nothing else. Private to src/sys.
 *
 * Links are followed as long as they stay below the root; an absolute link or
 * one with too many `..` is refused (EXDEV), wherever it would lead.
 */
#ifndef GIJI_SYS_BENEATH_H
#define GIJI_SYS_BENEATH_H

#include <stdbool.h>

/* As open(2) with `flags` and O_CLOEXEC, mode 0666. "." is the root itself. -1 and
 * errno on failure. `walk` goes part by part, without openat2. */
int beneath_open(int root, const char *path, int flags, bool walk);

/* True when this process may use openat2 (Linux 5.6; some sandboxes forbid it). */
bool beneath_works(int root);

#endif
