/*
 * view: the const model as Lua sees it, field by field, only when asked.
 *
 * A view is a small userdata that points at a struct of the model. Each kind of
 * struct has one table of fields: it is the proxy, the list of names for "did you
 * mean", and what the manual lists.
 *
 *     static const struct view_field item_view_fields[] = {
 *             VIEW(STR, "title", item, title),                                // a member
 *             VIEW(REF, "parent", item, parent, .noun = view_push_item),      // an index of another thing
 *             VIEW(CALL, "url", item, anchor, .get = push_url),               // what a function makes of a member
 *             VIEW_GET("parts", item_parts),                                  // … or of the whole struct
 *             VIEW_SAYS("kind", "item"),                                      // the same of each
 *             VIEW_END,
 *     };
 *     const struct view_type item_view = VIEW_TYPE("item", item_view_fields, item);
 *     view_push(e, &item_view, place, &meeting->items[i]);
 *
 * An unknown field is an error; a known one without a value is nil; lists are never nil.
 * Writing to a view is an error.
 *
 * Two functions of templates read lists: each(list), for loops, and grouped(list, "field", …), a list of
 * the lists of neighbours that have these fields in common.
 */
#ifndef GIJI_RENDER_VIEW_H
#define GIJI_RENDER_VIEW_H

#include "render/engine.h"

struct view {
	const struct view_type *type;
	const void *owner;  /* what the object belongs to: the place of its meeting, … */
	const void *object; /* for a field's function: the member that the field names */
};

typedef void view_get(struct engine *e, const struct view *v); /* pushes exactly one value */
typedef void view_noun(struct engine *e, const void *owner, uint32_t index); /* likewise; nil for NONE */
typedef const void *view_base(const struct engine *e, const struct view *v);

enum view_kind {
	VIEW_CALL,  /* what .get pushes */
	VIEW_STR,   /* struct str; nil when empty */
	VIEW_WORDS, /* struct words, in the page's language; nil when empty */
	VIEW_LANG,  /* struct str, a language; nil when it is the page's */
	VIEW_WORD,  /* an enum: its word in .words */
	VIEW_FIXED, /* of all alike: .words[0] */
	VIEW_BOOL,
	VIEW_INT,   /* nil when 0 */
	VIEW_LONG,  /* likewise */
	VIEW_GIVEN, /* long; nil below 0 */
	VIEW_BYTE,  /* uint8_t; this and the next two are never nil */
	VIEW_COUNT, /* size_t */
	VIEW_U32,
	VIEW_DATE,   /* struct date as "2013-12-13"; nil when absent */
	VIEW_PARAMS, /* const struct yaml_node *, as Lua's own tables: they may lack anything */
	VIEW_REF,    /* uint32_t: what .noun pushes for this index */
	VIEW_REFS,   /* uint32_t *, as many as the size_t at .count: a list of those */
	VIEW_BACK,   /* the same, last first */
	VIEW_LIST    /* a pointer to structs, likewise counted: a list of views of .type */
};

struct view_field {
	struct str name;
	enum view_kind kind;
	size_t offset, count; /* of members */
	view_base *base;      /* finds the struct whose members they are, or NULL; without, the type's does, or it is the object */
	view_get *get;
	view_noun *noun;
	const struct view_type *type;
	const char *const *words;
};

struct view_type {
	const char *name; /* for messages: "meeting has no field …" */
	const struct view_field *fields;
	size_t size;     /* of the struct */
	view_base *base; /* or NULL */
};

#define VIEW(of_kind, field, of, member, ...) \
	{ \
		.name = STR_INIT(field), .kind = VIEW_##of_kind, .offset = offsetof(struct of, member), __VA_ARGS__ \
	}
#define VIEW_GET(field, function, ...) \
	{ \
		.name = STR_INIT(field), .get = function, __VA_ARGS__ \
	}
#define VIEW_SAYS(field, words_said) \
	{ \
		.name = STR_INIT(field), .kind = VIEW_FIXED, .words = (const char *const[]) { words_said } \
	}
#define VIEW_COUNTED(of, member) .count = offsetof(struct of, member)
#define VIEW_END \
	{ \
		.name = { NULL, 0 } \
	}
#define VIEW_TYPE(words, table, of) \
	{ \
		.name = words, .fields = table, .size = sizeof(struct of) \
	}

/* A text, or nil when it is empty. */
static inline void view_push_str(struct engine *e, struct str s)
{
	if (s.n)
		engine_push(e->L, s);
	else
		lua_pushnil(e->L);
}

/* nil for a NULL object. */
void view_push(struct engine *e, const struct view_type *type, const void *owner, const void *object);

view_base view_owner; /* for fields that are members of the owner */

/* A list. #list, list[i] and each(list) work; an element is pushed when it is asked for. */
struct view_list {
	const struct view_type *type; /* the elements are structs of this type at `items` */
	view_noun *noun;              /* or what this pushes for the uint32_t at `items`; for 0, 1, 2 … without items */
	const void *owner;
	const void *items;
	size_t count;
	bool backwards;
};

void view_push_list(struct engine *e, struct view_list list);

/* Lists of what was collected in a buf (of uint32_t, or of structs of the type), which is released. */
void view_push_indexes(struct engine *e, view_noun *noun, const void *owner, struct buf *indexes);
void view_push_structs(struct engine *e, const struct view_type *type, struct buf *structs);

/* Registers what all types share, and the functions each and grouped. */
void view_setup(lua_State *L);

#endif
