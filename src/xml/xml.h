/*
 * xml: XML bytes → facts, and an XML writer.
 *
 * libxml2 reads and judges; it never rewrites a page. No network, no external
 * entities, no entity expansion.
 */
#ifndef GIJI_XML_XML_H
#define GIJI_XML_XML_H

#include "base/diag.h"

void xml_init(void); /* once, before the first thread */

struct xml_attribute {
	struct str name, value; /* "xml:lang", decoded value */
};

/* What the reader is told, in document order; any of the functions may be NULL. Slices live
 * during the call only. `line` is where the tag or text ends. Text comes in pieces, CDATA
 * and white space among it; namespace declarations are not among the attributes. */
struct xml_handler {
	void *self;
	void (*open)(void *self, struct str name, const struct xml_attribute *attributes, size_t count, size_t line);
	void (*close)(void *self, struct str name, size_t line);
	void (*text)(void *self, struct str text, size_t line);
};

/* Reads a whole document. An ill-formed one gives a template-error finding at `path`,
 * line and column, and false. `handler` may be NULL: then it only judges. */
bool xml_read(struct str bytes, struct str path, const struct xml_handler *handler, struct diags *ds);

/* Writing. Text is escaped; names are literals. */
struct xml_writer;
struct xml_writer *xml_writer_open(struct buf *out); /* writes the XML declaration, UTF-8 */
void xml_open(struct xml_writer *w, const char *name);
void xml_attribute(struct xml_writer *w, const char *name, struct str value);
void xml_text(struct xml_writer *w, struct str text);
void xml_element(struct xml_writer *w, const char *name, struct str text); /* open, text, close */
void xml_close(struct xml_writer *w);
void xml_writer_close(struct xml_writer *w); /* ends all that is open */

#endif
