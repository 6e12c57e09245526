/* tree: the walk over cmark's nodes; for parse.c, tree.c and span.c only. */
#ifndef GIJI_MARKDOWN_TREE_H
#define GIJI_MARKDOWN_TREE_H

#include "markdown/parse.h"

#include <cmark-gfm.h>

void tree_walk(struct walk *w, cmark_node *root);
void tree_cover(struct walk *w, size_t line); /* the words of this shielded line were used */

void span_enter(struct walk *w, cmark_node *node, cmark_node_type type);
void span_exit(struct walk *w, cmark_node *node, cmark_node_type type);
void span_soft_break(struct walk *w);
void span_html(struct walk *w, cmark_node *node); /* HTML that cmark found after all */

#endif
