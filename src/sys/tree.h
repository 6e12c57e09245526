/* tree: what is below a folder, and nothing else. Private to src/sys. */
#ifndef GIJI_SYS_TREE_H
#define GIJI_SYS_TREE_H

#include "sys/file.h"

#include <stdatomic.h>

enum { FILE_MODE = 0666, FOLDER_MODE = 0777 /* less the umask */ };

struct fs_tree {
	int root;             /* O_PATH */
	bool walks;           /* openat2 is not to be had here */
	char *own;            /* the folder, where it goes with the tree; or NULL */
	size_t nth;           /* the change that fails; 0: none does */
	atomic_size_t change; /* the last one begun, from 1; folders made on a file's way are not counted */
};

/* As open(2), but never out of the tree (EXDEV); "" is the root itself. */
int tree_open(const struct fs_tree *tree, struct str path, int flags);

/* Remembers the reason for fs_reason() and returns FS_FAILED. */
enum fs_result fs_fail(int error);

/* What an errno means. */
enum fs_result fs_result_of(int error);

#endif
