#include "yaml/parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_made_of(const char *p, const char *characters)
{
	return *p && p[strspn(p, characters)] == '\0';
}

static bool set_integer(struct yaml_node *node, const char *p, int base)
{
	errno = 0;
	long integer = strtol(p, NULL, base);
	if (errno == ERANGE)
		return false;
	node->kind = YAML_INTEGER;
	node->integer = integer;
	node->number = (double)integer;
	return true;
}

/* A number that fits no long is a float when it is decimal, else text. */
static void set_number(struct yaml_node *node, const char *p)
{
	bool sign = *p == '-' || *p == '+';
	if (p[0] == '0' && p[1] == 'o' && is_made_of(p + 2, "01234567")) {
		set_integer(node, p + 2, 8);
	} else if (p[0] == '0' && p[1] == 'x' && is_made_of(p + 2, "0123456789abcdefABCDEF")) {
		set_integer(node, p + 2, 16);
	} else if (is_made_of(p, "0123456789+-.eE") &&
		!(is_made_of(p + sign, "0123456789") && set_integer(node, p, 10))) {
		char *end;
		double number = strtod(p, &end); /* the program keeps the locale "C" for numbers */
		if (end == p || *end)
			return;
		node->kind = YAML_FLOAT;
		node->number = number;
	}
}

void scalar_resolve(struct yaml_node *node, struct arena *a)
{
	node->kind = YAML_STRING;
	if (node->quoted)
		return;
	if (str_is_one_of(node->text, "|~|null|Null|NULL")) {
		node->kind = YAML_NULL;
	} else if (str_is_one_of(node->text, "true|True|TRUE|false|False|FALSE")) {
		node->kind = YAML_BOOL;
		node->boolean = (node->text.p[0] | 0x20) == 't';
	} else if (strchr("+-.0123456789", node->text.p[0])) {
		set_number(node, arena_c(a, node->text));
	}
}
