#include "xml/xml.h"

#include <stdlib.h>

struct xml_writer {
	struct buf *out;
	struct buf open; /* of const char *: the names of open elements */
	bool in_tag;     /* the start tag of the last of them takes attributes still */
};

struct xml_writer *xml_writer_open(struct buf *out)
{
	struct xml_writer *w = mem_alloc(sizeof *w);
	w->out = out;
	buf_put(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
	return w;
}

/* Whatever is no XML text, bytes that are no UTF-8 among it, becomes U+FFFD. */
static void put_legal(struct buf *out, struct str s, void (*put)(struct buf *, struct str))
{
	size_t plain = 0, length;
	for (size_t at = 0; at < s.n; at += length) {
		uint32_t point = str_point(s, at, &length);
		if (str_is_xml(point) && !(point == 0xfffd && length == 1))
			continue;
		put(out, str_n(s.p + plain, at - plain));
		put(out, STR("\xef\xbf\xbd"));
		plain = at + length;
	}
	put(out, str_from(s, plain));
}

static void end_start_tag(struct xml_writer *w)
{
	if (w->in_tag)
		buf_byte(w->out, '>');
	w->in_tag = false;
}

void xml_open(struct xml_writer *w, const char *name)
{
	end_start_tag(w);
	buf_format(w->out, "<%s", name);
	*VEC_ADD(&w->open, const char *) = name;
	w->in_tag = true;
}

void xml_attribute(struct xml_writer *w, const char *name, struct str value)
{
	buf_format(w->out, " %s=\"", name);
	put_legal(w->out, value, buf_attribute);
	buf_byte(w->out, '"');
}

void xml_text(struct xml_writer *w, struct str text)
{
	if (text.n == 0)
		return;
	end_start_tag(w);
	put_legal(w->out, text, buf_text);
}

void xml_element(struct xml_writer *w, const char *name, struct str text)
{
	xml_open(w, name);
	xml_text(w, text);
	xml_close(w);
}

void xml_close(struct xml_writer *w)
{
	w->open.n -= sizeof(const char *);
	if (w->in_tag)
		buf_put(w->out, STR("/>"));
	else
		buf_format(w->out, "</%s>", *(const char **)(void *)(w->open.p + w->open.n));
	w->in_tag = false;
}

void xml_writer_close(struct xml_writer *w)
{
	while (w->open.n)
		xml_close(w);
	buf_byte(w->out, '\n');
	buf_release(&w->open);
	free(w);
}
