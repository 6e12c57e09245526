#include "xml/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <string.h>

struct reader {
	xmlParserCtxtPtr context;
	struct str bytes, path;
	const struct xml_handler *handler;
	struct diags *ds;
	struct arena names; /* joined names of one element */
	struct buf attributes;
	bool failed;
};

void xml_init(void)
{
	xmlInitParser();
}

static void fail(struct reader *r, struct loc loc, struct str help, struct str why)
{
	if (!r->failed)
		diag_add(r->ds, TEMPLATE_ERROR, loc, help, _("this is not well-formed XML: %.*s"), STR_ARG(why));
	r->failed = true;
}

static struct loc loc_here(const struct reader *r)
{
	/* libxml2 counts columns now in bytes, now in characters: they are counted here, up to the byte it has read. */
	long byte = xmlByteConsumed(r->context);
	return loc_of_byte(r->path, r->bytes, byte < 0 ? 0 : (size_t)byte);
}

/* Only the first error is told: those that follow are mostly its consequences. */
static void on_error(void *self, xmlErrorPtr error)
{
	struct reader *r = self;
	if (error->level < XML_ERR_ERROR || r->failed)
		return;
	struct str words = str_c(error->message);
	fail(r, loc_here(r), STR_NONE, str_trim(str_cut(&words, STR("\n"))));
}

/* Without entities of its own a document cannot grow in reading ("a billion laughs"). */
static void on_entity(
	void *self, const xmlChar *name, int type, const xmlChar *public, const xmlChar *system, xmlChar *content)
{
	struct reader *r = self;
	(void)name, (void)type, (void)public, (void)system, (void)content;
	fail(r, loc_here(r), str_c(_("write the text itself where the entity is used")),
		str_c(_("it declares an entity of its own")));
	xmlStopParser(r->context);
}

static struct str slice(const xmlChar *p)
{
	return str_c((const char *)p);
}

/* The name as written: libxml2 hands over its two halves. */
static struct str join(struct reader *r, const xmlChar *prefix, const xmlChar *name)
{
	return prefix ? arena_format(&r->names, "%s:%s", (const char *)prefix, (const char *)name) : slice(name);
}

static size_t line_here(const struct reader *r)
{
	return (size_t)r->context->input->line;
}

/* `attributes` holds five pointers each: name, prefix, namespace, value and the value's end. */
static void on_open(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace,
	int namespace_count, const xmlChar **namespaces, int count, int defaulted, const xmlChar **attributes)
{
	struct reader *r = self;
	(void)namespace, (void)namespace_count, (void)namespaces, (void)defaulted;
	if (r->failed)
		return;
	arena_reset(&r->names);
	buf_clear(&r->attributes);
	for (int i = 0; i < count; i++, attributes += 5) {
		struct xml_attribute *a = VEC_ADD(&r->attributes, struct xml_attribute);
		a->name = join(r, attributes[1], attributes[0]);
		a->value = str_n((const char *)attributes[3], (size_t)(attributes[4] - attributes[3]));
	}
	r->handler->open(r->handler->self, join(r, prefix, name), VEC_AT(&r->attributes, struct xml_attribute),
		(size_t)count, line_here(r));
}

static void on_close(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace)
{
	struct reader *r = self;
	(void)namespace;
	if (r->failed)
		return;
	arena_reset(&r->names);
	r->handler->close(r->handler->self, join(r, prefix, name), line_here(r));
}

static void on_text(void *self, const xmlChar *text, int n)
{
	struct reader *r = self;
	if (!r->failed)
		r->handler->text(r->handler->self, str_n((const char *)text, (size_t)n), line_here(r));
}

static void set_callbacks(struct reader *r)
{
	xmlSAXHandler *sax = r->context->sax;
	*sax = (xmlSAXHandler){ .initialized = XML_SAX2_MAGIC, .serror = on_error, .entityDecl = on_entity };
	r->context->userData = r;
	if (!r->handler)
		return;
	if (r->handler->open)
		sax->startElementNs = on_open;
	if (r->handler->close)
		sax->endElementNs = on_close;
	if (r->handler->text)
		sax->characters = sax->ignorableWhitespace = sax->cdataBlock = on_text;
}

bool xml_read(struct str bytes, struct str path, const struct xml_handler *handler, struct diags *ds)
{
	struct reader r = { .bytes = bytes, .path = path, .handler = handler, .ds = ds };
	if (bytes.n > INT_MAX)
		return diag_add(ds, LIMIT_EXCEEDED, loc_file(path), STR_NONE, _("the file is larger than 2 GiB"));
	r.context = xmlCreateMemoryParserCtxt(bytes.n ? bytes.p : " ", bytes.n ? (int)bytes.n : 1);
	set_callbacks(&r);
	/* NOENT: without it, attribute values would come with `&amp;` half decoded. There are
	 * no entities but the five, see on_entity. */
	xmlCtxtUseOptions(r.context, XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
	xmlParseDocument(r.context);
	xmlFreeDoc(r.context->myDoc);
	r.context->myDoc = NULL;
	xmlFreeParserCtxt(r.context);
	arena_release(&r.names);
	buf_release(&r.attributes);
	return !r.failed;
}
