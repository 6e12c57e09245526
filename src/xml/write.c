#include "xml/xml.h"

#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>

struct xml_writer {
	xmlTextWriterPtr writer;
	struct buf escaped; /* scratch */
};

static int append(void *out, const char *bytes, int n)
{
	buf_put(out, str_n(bytes, (size_t)n));
	return n;
}

/* All goes to memory: the only failure there can be is the lack of it. */
static void check(bool worked)
{
	if (worked)
		return;
	fputs("giji: out of memory\n", stderr);
	abort();
}

struct xml_writer *xml_writer_open(struct buf *out)
{
	struct xml_writer *w = mem_alloc(sizeof *w);
	xmlOutputBufferPtr sink = xmlOutputBufferCreateIO(append, NULL, out, NULL);
	check(sink);
	w->writer = xmlNewTextWriter(sink);
	check(w->writer);
	xmlTextWriterSetIndent(w->writer, 0);
	check(xmlTextWriterStartDocument(w->writer, NULL, "UTF-8", NULL) >= 0);
	return w;
}

/* XML 1.0, production 2: what no document may hold, not even escaped. */
static bool is_forbidden(uint32_t point)
{
	return (point < 0x20 && point != '\t' && point != '\n' && point != '\r') || point == 0xfffe || point == 0xffff;
}

/* Whatever is no XML text, bytes that are no UTF-8 among it, becomes U+FFFD. */
static void put_legal(struct buf *out, struct str s, void (*put)(struct buf *, struct str))
{
	size_t plain = 0, length;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		if (!is_forbidden(point) && !(point == 0xfffd && length == 1))
			continue;
		put(out, str_n(s.p + plain, at - plain));
		put(out, STR("\xef\xbf\xbd"));
		plain = at + length;
	}
	put(out, str_from(s, plain));
}

static void write_escaped(struct xml_writer *w, struct str s, void (*put)(struct buf *, struct str))
{
	buf_clear(&w->escaped);
	put_legal(&w->escaped, s, put);
	if (w->escaped.n)
		check(xmlTextWriterWriteRawLen(w->writer, (const xmlChar *)w->escaped.p, (int)w->escaped.n) >= 0);
}

void xml_open(struct xml_writer *w, const char *name)
{
	check(xmlTextWriterStartElement(w->writer, (const xmlChar *)name) >= 0);
}

void xml_attribute(struct xml_writer *w, const char *name, struct str value)
{
	check(xmlTextWriterStartAttribute(w->writer, (const xmlChar *)name) >= 0);
	write_escaped(w, value, buf_attribute);
	check(xmlTextWriterEndAttribute(w->writer) >= 0);
}

void xml_text(struct xml_writer *w, struct str text)
{
	write_escaped(w, text, buf_text);
}

void xml_element(struct xml_writer *w, const char *name, struct str text)
{
	xml_open(w, name);
	xml_text(w, text);
	xml_close(w);
}

void xml_close(struct xml_writer *w)
{
	check(xmlTextWriterEndElement(w->writer) >= 0);
}

void xml_writer_close(struct xml_writer *w)
{
	check(xmlTextWriterEndDocument(w->writer) >= 0);
	xmlFreeTextWriter(w->writer);
	buf_release(&w->escaped);
	free(w);
}
