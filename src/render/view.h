/*
 * view: the const model as Lua sees it, field by field, only when asked.
 *
 * A view is a small userdata that points at a struct of the model. Each kind of
 * struct has one table of fields: it is the proxy, the list of names for "did you
 * mean", and what the manual documents.
 *
 *     static const struct view_field item_fields[] = {
 *             VIEW_STR(item, anchor), VIEW_STR(item, title), VIEW_GET("speeches", item_speeches), VIEW_END };
 *     const struct view_type view_item = { "item", item_fields };
 *     view_push(e, &view_item, meeting, &meeting->items[i]);
 *
 * An unknown field is an error; a known one without a value is nil; lists are never nil.
 * Writing to a view is an error.
 */
#ifndef GIJI_RENDER_VIEW_H
#define GIJI_RENDER_VIEW_H

#include "render/engine.h"

struct view {
	const struct view_type *type;
	const void *owner;  /* the meeting, edition … that the object's indexes refer to */
	const void *object;
};

typedef void view_get(struct engine *e, const struct view *v); /* pushes exactly one value */

enum view_kind {
	VIEW_KIND_END,
	VIEW_KIND_STR,    /* struct str; nil when empty */
	VIEW_KIND_WORDS,  /* struct words, in the page's language; nil when empty */
	VIEW_KIND_LONG,   /* long; nil when 0 */
	VIEW_KIND_U32,
	VIEW_KIND_SIZE,
	VIEW_KIND_BOOL,
	VIEW_KIND_DATE,   /* struct date as "2013-12-13"; nil when absent */
	VIEW_KIND_DATED,  /* struct dated, likewise */
	VIEW_KIND_PARAMS, /* const struct yaml_node *: a table-like view that may lack anything */
	VIEW_KIND_GET
};

struct view_field {
	struct str name;
	enum view_kind kind;
	size_t offset;
	view_get *get;
};

struct view_type {
	const char *name; /* for messages: "meeting has no field …" */
	const struct view_field *fields;
};

#define VIEW_FIELD(kind, type, member) { STR_INIT(#member), kind, offsetof(struct type, member), NULL }
#define VIEW_STR(type, member) VIEW_FIELD(VIEW_KIND_STR, type, member)
#define VIEW_NAMED(name, kind, type, member) { STR_INIT(name), kind, offsetof(struct type, member), NULL }
#define VIEW_GET(name, function) { STR_INIT(name), VIEW_KIND_GET, 0, function }
#define VIEW_END { { NULL, 0 }, VIEW_KIND_END, 0, NULL }

void view_push(struct engine *e, const struct view_type *type, const void *owner, const void *object);

/* The view at a stack index, or NULL. */
const struct view *view_at(lua_State *L, int index);

/* A list: `count` elements, each pushed by `push` when it is asked for. #list, list[i] and each(list) work. */
struct view_list {
	size_t count;
	void (*push)(struct engine *e, const struct view_list *list, size_t i);
	const void *owner;
	const void *items;
	size_t first; /* free for `push`: an offset, an index */
};

void view_push_list(struct engine *e, struct view_list list);
const struct view_list *view_list_at(lua_State *L, int index);

/* A YAML value as Lua sees it: scalars as values, lists and maps as views; NULL is nil. */
void view_push_yaml(struct engine *e, const struct yaml_node *node);

/* Registers the metatables and leaves nothing on the stack. */
void view_setup(lua_State *L);

#endif
