#include "base/map.h"
#include "yaml/parts.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

enum { DEEPEST = 16, NODES_MOST = 200000, LOOK_BACK = 50 /* lines */ };

/* A place in the bytes. It only goes forward, so that finding all places is one walk:
 * libyaml counts characters and takes more than LF for a line's end. */
struct cursor {
	size_t index; /* characters */
	size_t byte, line, line_start;
	size_t column; /* characters before it in its line */
};

/* A list or map that is not yet closed. */
struct frame {
	struct yaml_node node;
	struct buf items, keys; /* of struct yaml_node */
	struct map seen;        /* keys */
	bool wants_value;
};

struct reader {
	yaml_parser_t parser;
	struct str bytes, path;
	size_t first_line;
	struct arena *arena;
	struct diags *ds;
	struct cursor cursor;
	struct frame frames[DEEPEST];
	size_t depth, nodes, documents;
	const struct yaml_node *root;
	bool ended, failed;
};

static void advance(struct cursor *c, struct str bytes, size_t index)
{
	while (c->index < index && c->byte < bytes.n) {
		size_t length;
		uint32_t point = str_point(bytes, c->byte, &length);
		c->byte += length;
		c->index++;
		c->column++;
		if (point == '\n') {
			c->line++;
			c->line_start = c->byte;
			c->column = 0;
		}
	}
}

static struct loc loc_of(const struct reader *r, const struct cursor *c)
{
	return loc_at(r->path, r->first_line + c->line, c->column + 1);
}

/* The line that begins at a byte, without its end. */
static struct str line_at(struct str bytes, size_t start)
{
	struct str rest = str_from(bytes, start), line = str_cut(&rest, STR("\n"));
	return str_ends(line, STR("\r")) ? str_but(line, 1) : line;
}

static struct loc loc_of_event(struct reader *r, const yaml_event_t *event)
{
	advance(&r->cursor, r->bytes, event->start_mark.index);
	struct loc loc = loc_of(r, &r->cursor);
	if (event->start_mark.line == event->end_mark.line)
		loc.width = (uint32_t)(event->end_mark.index - event->start_mark.index);
	return loc;
}

static void refuse(struct reader *r, enum diag_code code, struct loc loc, const char *help, const char *message)
{
	r->failed = true;
	diag_add(r->ds, code, loc, str_c(help), "%s", message);
}

static void refuse_slip(struct reader *r, struct cursor line, struct str text, struct slip slip, const char *message)
{
	struct loc loc = loc_at(r->path, r->first_line + line.line, str_points(str_n(text.p, slip.at)) + 1);
	refuse(r, YAML_ERROR, loc, slip.help, message);
}

/* Goes to the start of the line before; false at the first line. */
static bool step_back(struct cursor *c, struct str bytes)
{
	if (c->line == 0)
		return false;
	size_t start = c->line_start - 1;
	while (start > 0 && bytes.p[start - 1] != '\n')
		start--;
	*c = (struct cursor){ .byte = start, .line = c->line - 1, .line_start = start };
	return true;
}

/* The line that explains the fault: its own, or the first of those just before it
 * that YAML took for running text. */
static bool find_slip(const struct reader *r, struct cursor *line, bool look_back, struct slip *slip)
{
	bool any = slip_in_line(line_at(r->bytes, line->line_start), slip);
	if (any || !look_back)
		return any;
	struct cursor c = *line;
	struct slip earlier;
	for (int i = 0; i < LOOK_BACK && step_back(&c, r->bytes); i++) {
		if (!slip_in_line(line_at(r->bytes, c.line_start), &earlier))
			break;
		*line = c;
		*slip = earlier;
		any = true;
	}
	return any;
}

static void report_fault(struct reader *r)
{
	const yaml_parser_t *parser = &r->parser;
	if (parser->error == YAML_MEMORY_ERROR) {
		fputs("giji: out of memory\n", stderr);
		abort();
	}
	const struct fault *fault = fault_for(parser->problem);
	bool began = fault->where_it_began && parser->context;
	struct cursor c = { 0 };
	if (parser->error == YAML_READER_ERROR)
		while (c.byte < parser->problem_offset && c.byte < r->bytes.n)
			advance(&c, r->bytes, c.index + 1);
	else
		advance(&c, r->bytes, began ? parser->context_mark.index : parser->problem_mark.index);
	struct loc loc = loc_of(r, &c);
	struct slip slip;
	if (parser->error != YAML_READER_ERROR && find_slip(r, &c, fault->look_back, &slip))
		refuse_slip(r, c, line_at(r->bytes, c.line_start), slip, _(fault->message));
	else
		refuse(r, YAML_ERROR, loc, fault->help ? _(fault->help) : NULL, _(fault->message));
}

/* libyaml checks each %TAG against all before it: 400,000 of them would take minutes. */
static bool has_directive(struct reader *r)
{
	size_t line = r->first_line;
	for (struct str rest = r->bytes; rest.p; line++) {
		struct str text = str_cut(&rest, STR("\n"));
		if (!str_starts(text, STR("%TAG")) && !str_starts(text, STR("%YAML")))
			continue;
		refuse(r, YAML_ERROR, loc_at(r->path, line, 1), _("delete the line"),
			_("directives are not used here"));
		return true;
	}
	return false;
}

static void refuse_properties(struct reader *r, struct loc loc, const unsigned char *anchor, const unsigned char *tag)
{
	loc.width = 0;
	if (anchor)
		refuse(r, YAML_ERROR, loc,
			_("write the value itself wherever it is needed; put text that begins with 「&」 between "
			  "quotes"),
			_("anchors are not used here"));
	if (tag)
		refuse(r, YAML_ERROR, loc,
			_("put text that begins with 「!」, or that is to stay text, between quotes"),
			_("tags, which begin with 「!」, are not used here"));
}

static void add_key(struct reader *r, struct frame *f, struct yaml_node key)
{
	size_t first;
	if (key.kind == YAML_LIST || key.kind == YAML_MAP) {
		refuse(r, YAML_ERROR, key.loc, _("put text that begins with a bracket between quotes"),
			_("a key must be text"));
	} else if (!key.quoted && str_empty(key.text)) {
		refuse(r, YAML_ERROR, key.loc, NULL, _("a key is missing before the colon"));
	} else if (!key.quoted && str_eq(key.text, STR("<<"))) {
		refuse(r, YAML_ERROR, key.loc, _("write the keys themselves"), _("merge keys are not used here"));
	} else if (map_get(&f->seen, key.text, &first)) {
		const struct yaml_node *earlier = &VEC_AT(&f->keys, struct yaml_node)[first];
		r->failed = true;
		diag_add(r->ds, YAML_ERROR, key.loc,
			diag_text(r->ds, _("it stands first in line %u"), (unsigned)earlier->loc.line),
			_("the key 「%.*s」 stands twice"), STR_ARG(key.text));
	} else {
		map_add(&f->seen, key.text, VEC_COUNT(&f->keys, struct yaml_node));
	}
	key.kind = YAML_STRING;
	*VEC_ADD(&f->keys, struct yaml_node) = key;
}

/* Puts a finished node into what it belongs to. */
static void place(struct reader *r, struct yaml_node node)
{
	if (r->depth == 0) {
		struct yaml_node *root = ARENA_NEW(r->arena, struct yaml_node);
		*root = node;
		r->root = root;
		return;
	}
	struct frame *f = &r->frames[r->depth - 1];
	if (f->node.kind == YAML_MAP && !f->wants_value) {
		add_key(r, f, node);
		f->wants_value = true;
		return;
	}
	*VEC_ADD(&f->items, struct yaml_node) = node;
	f->wants_value = false;
}

/* Plain text is looked at line by line, where it is the first thing in its line: there a slip
 * such as `－ 岡` would silently be swallowed. */
static void refuse_swallowed(struct reader *r, const yaml_event_t *event)
{
	struct cursor c = r->cursor, end = c;
	size_t indent = c.line_start;
	while (r->bytes.p[indent] == ' ' && indent < c.byte)
		indent++;
	bool first = indent == c.byte;
	advance(&end, r->bytes, event->end_mark.index);
	for (;;) {
		struct slip slip;
		if (first && slip_at_start(line_at(r->bytes, c.line_start), &slip)) {
			struct str line = line_at(r->bytes, c.line_start);
			refuse_slip(r, c, line, slip, _("this line would be read as running text"));
			return;
		}
		size_t next = str_find_byte(str_n(r->bytes.p, end.byte), '\n', c.byte);
		if (next == SIZE_MAX)
			return;
		c = (struct cursor){ .byte = next + 1, .line = c.line + 1, .line_start = next + 1 };
		first = true;
	}
}

/* A file whose only line is `title：…` is a text to YAML. */
static void refuse_lonely(struct reader *r, struct str text)
{
	struct slip slip;
	struct str line = line_at(r->bytes, r->cursor.line_start);
	if (r->depth == 0 && !r->failed && str_find_byte(text, '\n', 0) == SIZE_MAX && slip_in_line(line, &slip))
		refuse_slip(r, r->cursor, line, slip, _("this line is not of the form 「key: value」"));
}

static void read_scalar(struct reader *r, const yaml_event_t *event)
{
	struct yaml_node node = { .loc = loc_of_event(r, event) };
	node.quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node.text = arena_str(r->arena, str_n((const char *)event->data.scalar.value, event->data.scalar.length));
	refuse_properties(r, node.loc, event->data.scalar.anchor, event->data.scalar.tag);
	if (!node.quoted && node.text.n) {
		refuse_swallowed(r, event);
		refuse_lonely(r, node.text);
	}
	scalar_resolve(&node, r->arena);
	place(r, node);
}

static void open_frame(struct reader *r, const yaml_event_t *event, enum yaml_kind kind)
{
	struct loc loc = loc_of_event(r, event);
	loc.width = 0;
	if (kind == YAML_LIST)
		refuse_properties(r, loc, event->data.sequence_start.anchor, event->data.sequence_start.tag);
	else
		refuse_properties(r, loc, event->data.mapping_start.anchor, event->data.mapping_start.tag);
	if (r->depth == DEEPEST) {
		refuse(r, LIMIT_EXCEEDED, loc, _("put text that begins with a bracket between quotes"),
			_("lists and maps are nested more than 16 deep"));
		r->ended = true;
		return;
	}
	r->frames[r->depth++] = (struct frame){ .node = { .kind = kind, .loc = loc } };
}

static void close_frame(struct reader *r)
{
	assert(r->depth > 0);
	struct frame *f = &r->frames[--r->depth];
	struct yaml_node node = f->node;
	node.count = VEC_COUNT(&f->items, struct yaml_node);
	node.items = buf_settle(&f->items, r->arena);
	if (node.kind == YAML_MAP)
		node.keys = buf_settle(&f->keys, r->arena);
	map_release(&f->seen);
	place(r, node);
}

static void count_node(struct reader *r, const yaml_event_t *event)
{
	if (++r->nodes <= NODES_MOST)
		return;
	refuse(r, LIMIT_EXCEEDED, loc_of_event(r, event), _("split the file"), _("there are more than 200,000 values"));
	r->ended = true;
}

static void read_event(struct reader *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (r->documents++ == 0)
			return;
		refuse(r, YAML_ERROR, loc_of_event(r, event), _("keep one document in one file"),
			_("a second document begins here"));
		r->ended = true;
		return;
	case YAML_ALIAS_EVENT:
		refuse(r, YAML_ERROR, loc_of_event(r, event),
			_("write the value itself; put text that begins with 「*」 between quotes"),
			_("aliases are not used here"));
		place(r, (struct yaml_node){ .quoted = true });
		break;
	case YAML_SCALAR_EVENT:
		read_scalar(r, event);
		break;
	case YAML_SEQUENCE_START_EVENT:
		open_frame(r, event, YAML_LIST);
		break;
	case YAML_MAPPING_START_EVENT:
		open_frame(r, event, YAML_MAP);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		close_frame(r);
		return;
	case YAML_STREAM_END_EVENT:
		r->ended = true;
		return;
	default:
		return;
	}
	count_node(r, event);
}

static void read_events(struct reader *r)
{
	while (!r->ended) {
		yaml_event_t event;
		if (!yaml_parser_parse(&r->parser, &event)) {
			report_fault(r);
			break;
		}
		read_event(r, &event);
		yaml_event_delete(&event);
	}
	while (r->depth > 0) {
		struct frame *f = &r->frames[--r->depth];
		buf_release(&f->items);
		buf_release(&f->keys);
		map_release(&f->seen);
	}
}

const struct yaml_node *yaml_read(
	struct str bytes, struct str path, size_t first_line, struct arena *a, struct diags *ds)
{
	struct reader r = { .path = arena_str(a, path), .first_line = first_line, .arena = a, .ds = ds };
	r.bytes = str_starts(bytes, STR("\xef\xbb\xbf")) ? str_from(bytes, 3) : bytes;
	if (has_directive(&r))
		return NULL;
	yaml_parser_initialize(&r.parser);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)(r.bytes.p ? r.bytes.p : ""), r.bytes.n);
	read_events(&r);
	yaml_parser_delete(&r.parser);
	if (r.failed)
		return NULL;
	if (!r.root)
		place(&r, (struct yaml_node){ .loc = loc_at(r.path, first_line, 1), .text = STR("") });
	return r.root;
}

static size_t index_of(const struct yaml_node *map, struct str key)
{
	if (map && map->kind == YAML_MAP)
		for (size_t i = 0; i < map->count; i++)
			if (str_eq(map->keys[i].text, key))
				return i;
	return SIZE_MAX;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, struct str key)
{
	size_t i = index_of(map, key);
	return i == SIZE_MAX ? NULL : &map->items[i];
}

const struct yaml_node *yaml_key(const struct yaml_node *map, struct str key)
{
	size_t i = index_of(map, key);
	return i == SIZE_MAX ? NULL : &map->keys[i];
}

struct str yaml_hint(const struct yaml_node *node)
{
	struct slip slip;
	bool plain = node && !node->quoted && node->kind == YAML_STRING;
	return plain && slip_in_line(node->text, &slip) ? str_c(slip.help) : STR_NONE;
}
