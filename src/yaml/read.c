#include "base/map.h"
#include "yaml/parts.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 16, NODES_MOST = 200000, LOOK_BACK = 50 /* lines */ };

/* A place in the bytes. It only goes forward, so that finding all places is one walk:
 * libyaml counts characters and takes more than LF for a line's end. */
struct cursor {
	size_t index; /* characters */
	size_t byte, line, line_start;
	size_t column; /* characters before it in its line */
};

struct reader {
	yaml_parser_t parser;
	struct str bytes, path;
	size_t first_line;
	struct arena *arena;
	struct diags *ds;
	struct cursor cursor;
	size_t nodes;
	bool failed;
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
	struct str rest = str_from(bytes, start);
	return str_cut(&rest, STR("\n"));
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

static void refuse_slip(struct reader *r, const struct cursor *c, struct slip slip, const char *message)
{
	size_t column = str_points(str_n(r->bytes.p + c->line_start, slip.at)) + 1, count = diag_count(r->ds);
	struct loc loc = loc_at(r->path, r->first_line + c->line, column);
	const struct finding *last = r->failed && count ? diag_at(r->ds, count - 1) : NULL;
	/* What YAML makes of a slip further on is the same slip. */
	if (!last || last->loc.line != loc.line || last->loc.column != loc.column)
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
static bool find_slip(const struct reader *r, struct cursor *line, struct slip *slip)
{
	if (slip_in_line(line_at(r->bytes, line->line_start), slip))
		return true;
	struct cursor c = *line;
	struct slip earlier;
	size_t found = 0;
	while (found < LOOK_BACK && step_back(&c, r->bytes) &&
		slip_in_line(line_at(r->bytes, c.line_start), &earlier)) {
		*line = c;
		*slip = earlier;
		found++;
	}
	return found > 0;
}

static void report_fault(struct reader *r)
{
	const yaml_parser_t *parser = &r->parser;
	if (parser->error == YAML_MEMORY_ERROR)
		abort();
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
	if (parser->error != YAML_READER_ERROR && find_slip(r, &c, &slip))
		refuse_slip(r, &c, slip, _(fault->message));
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
	if (anchor || tag)
		refuse(r, YAML_ERROR, loc, _("put text that begins with 「&」 or 「!」 between quotes"),
			_("anchors and tags are not used here"));
}

/* `keys` are those before it. */
static void check_key(struct reader *r, const struct yaml_node *key, struct map *seen, const struct buf *keys)
{
	size_t first;
	if (key->kind == YAML_LIST || key->kind == YAML_MAP) {
		refuse(r, YAML_ERROR, key->loc, _("put text that begins with a bracket between quotes"),
			_("a key must be text"));
	} else if (!key->quoted && str_empty(key->text)) {
		refuse(r, YAML_ERROR, key->loc, NULL, _("a key is missing before the colon"));
	} else if (!key->quoted && str_eq(key->text, STR("<<"))) {
		refuse(r, YAML_ERROR, key->loc, _("write the keys themselves"), _("merge keys are not used here"));
	} else if (map_get(seen, key->text, &first)) {
		r->failed = true;
		diag_add(r->ds, YAML_ERROR, key->loc,
			diag_text(r->ds, _("it stands first in line %u"),
				(unsigned)VEC_AT(keys, struct yaml_node)[first].loc.line),
			_("the key 「%.*s」 stands twice"), STR_ARG(key->text));
	} else {
		map_add(seen, key->text, VEC_COUNT(keys, struct yaml_node));
	}
}

/* Plain text is looked at line by line, where it is the first thing in its line: there a slip
 * such as `－ 岡` would silently be swallowed. */
static void refuse_swallowed(struct reader *r, const yaml_event_t *event)
{
	struct cursor c = r->cursor, end = c;
	struct slip slip;
	bool first = str_empty(str_trim(str_n(r->bytes.p + c.line_start, c.byte - c.line_start)));
	advance(&end, r->bytes, event->end_mark.index);
	while (!first || !slip_at_start(line_at(r->bytes, c.line_start), &slip)) {
		size_t next = str_find_byte(str_n(r->bytes.p, end.byte), '\n', c.byte);
		if (next == SIZE_MAX)
			return;
		c = (struct cursor){ .byte = next + 1, .line = c.line + 1, .line_start = next + 1 };
		first = true;
	}
	refuse_slip(r, &c, slip, _("this line would be read as running text"));
}

/* `place: Room #3` is to YAML a room and a comment; who means one leaves a space behind its sign. */
static void report_comment(const struct reader *r, const yaml_event_t *event)
{
	struct cursor end = r->cursor;
	advance(&end, r->bytes, event->end_mark.index);
	struct str rest = line_at(r->bytes, end.byte), comment = str_trim(rest);
	if (comment.n < 2 || comment.p[0] != '#' || strchr(" \t#!", comment.p[1]))
		return;
	advance(&end, r->bytes, end.index + (size_t)(comment.p - rest.p));
	struct loc loc = loc_of(r, &end);
	loc.width = (uint32_t)str_points(comment);
	diag_add(r->ds, TEXT_LOST, loc,
		diag_text(r->ds, _("put the whole value between quotes, or a space behind # if it is a comment")),
		_("「%.*s」 is a comment to YAML, and would appear nowhere"), STR_ARG(comment));
}

static void read_scalar(struct reader *r, const yaml_event_t *event, struct yaml_node *node)
{
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->text = arena_str(r->arena, str_n((const char *)event->data.scalar.value, event->data.scalar.length));
	refuse_properties(r, node->loc, event->data.scalar.anchor, event->data.scalar.tag);
	if (!node->quoted && node->text.n) {
		refuse_swallowed(r, event);
		report_comment(r, event);
	}
	scalar_resolve(node, r->arena);
}

static bool next_event(struct reader *r, yaml_event_t *event)
{
	if (yaml_parser_parse(&r->parser, event))
		return true;
	report_fault(r);
	return false;
}

static bool read_node(struct reader *r, const yaml_event_t *event, unsigned depth, struct yaml_node *node);

/* The items of a list, or the keys and values of a map, up to its end. */
static bool read_items(struct reader *r, unsigned depth, struct yaml_node *node)
{
	struct buf items = { 0 }, keys = { 0 };
	struct map seen = { 0 };
	bool is_map = node->kind == YAML_MAP, wants_key = is_map, open = true, more = true;
	yaml_event_t event;
	while (open && more && next_event(r, &event)) {
		open = event.type != YAML_SEQUENCE_END_EVENT && event.type != YAML_MAPPING_END_EVENT;
		if (open) {
			struct yaml_node child;
			more = read_node(r, &event, depth, &child);
			if (wants_key) {
				check_key(r, &child, &seen, &keys);
				child.kind = YAML_STRING;
			}
			*VEC_ADD(wants_key ? &keys : &items, struct yaml_node) = child;
			wants_key = is_map && !wants_key;
		}
		yaml_event_delete(&event);
	}
	node->count = VEC_COUNT(&items, struct yaml_node);
	node->items = buf_settle(&items, r->arena);
	const struct yaml_node *settled = buf_settle(&keys, r->arena);
	node->keys = is_map ? settled : NULL;
	map_release(&seen);
	return !open;
}

/* False where reading must end. */
static bool read_node(struct reader *r, const yaml_event_t *event, unsigned depth, struct yaml_node *node)
{
	*node = (struct yaml_node){ .loc = loc_of_event(r, event) };
	if (++r->nodes > NODES_MOST) {
		refuse(r, LIMIT_EXCEEDED, node->loc, _("split the file"), _("there are more than 200,000 values"));
		return false;
	}
	if (event->type == YAML_ALIAS_EVENT) {
		refuse(r, YAML_ERROR, node->loc,
			_("write the value itself; put text that begins with 「*」 between quotes"),
			_("aliases are not used here"));
		node->quoted = true;
	} else if (event->type == YAML_SCALAR_EVENT) {
		read_scalar(r, event, node);
	} else {
		bool list = event->type == YAML_SEQUENCE_START_EVENT;
		node->kind = list ? YAML_LIST : YAML_MAP;
		node->loc.width = 0;
		refuse_properties(r, node->loc,
			list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor,
			list ? event->data.sequence_start.tag : event->data.mapping_start.tag);
		if (depth < DEEPEST)
			return read_items(r, depth + 1, node);
		refuse(r, LIMIT_EXCEEDED, node->loc, _("put text that begins with a bracket between quotes"),
			_("lists and maps are nested more than 16 deep"));
		return false;
	}
	return true;
}

/* A file whose lines are all `title：…` is one text to YAML. */
static void refuse_lonely(struct reader *r, const struct yaml_node *root)
{
	struct slip slip;
	bool plain = root->kind == YAML_STRING && !root->quoted && !r->failed;
	if (plain && slip_in_line(line_at(r->bytes, r->cursor.line_start), &slip))
		refuse_slip(r, &r->cursor, slip, _("this line is not of the form 「key: value」"));
}

static void read_document(struct reader *r, struct yaml_node *root)
{
	size_t documents = 0;
	for (bool more = true; more;) {
		yaml_event_t event;
		if (!next_event(r, &event))
			return;
		if (event.type == YAML_DOCUMENT_START_EVENT && documents++ > 0) {
			refuse(r, YAML_ERROR, loc_of_event(r, &event), _("keep one document in one file"),
				_("a second document begins here"));
			more = false;
		} else if (event.type == YAML_ALIAS_EVENT || event.type == YAML_SCALAR_EVENT ||
			event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT) {
			more = read_node(r, &event, 0, root);
			refuse_lonely(r, root);
		} else {
			more = event.type != YAML_STREAM_END_EVENT;
		}
		yaml_event_delete(&event);
	}
}

const struct yaml_node *yaml_read(
	struct str bytes, struct str path, size_t first_line, struct arena *a, struct diags *ds)
{
	struct reader r = {
		.bytes = bytes, .path = arena_str(a, path), .first_line = first_line, .arena = a, .ds = ds
	};
	struct yaml_node *root = ARENA_NEW(a, struct yaml_node);
	*root = (struct yaml_node){ .loc = loc_at(r.path, first_line, 1), .text = STR("") };
	if (has_directive(&r))
		return NULL;
	yaml_parser_initialize(&r.parser);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)(bytes.p ? bytes.p : ""), bytes.n);
	read_document(&r, root);
	yaml_parser_delete(&r.parser);
	return r.failed ? NULL : root;
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
