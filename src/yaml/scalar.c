#include "yaml/parts.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_one_of(struct str s, const char *const words[])
{
	for (; *words; words++)
		if (str_eq(s, str_c(*words)))
			return true;
	return false;
}

static size_t digits(const char *p)
{
	return strspn(p, "0123456789");
}

static bool is_integer(const char *p)
{
	p += *p == '-' || *p == '+';
	return *p && p[digits(p)] == '\0';
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_float(const char *p)
{
	p += *p == '-' || *p == '+';
	size_t whole = digits(p), fraction = 0;
	p += whole;
	if (*p == '.') {
		fraction = digits(p + 1);
		p += fraction + 1;
	}
	if (whole + fraction == 0)
		return false;
	if (*p == 'e' || *p == 'E') {
		p += 1 + (p[1] == '-' || p[1] == '+');
		if (digits(p) == 0)
			return false;
		p += digits(p);
	}
	return *p == '\0';
}

/* The machine's locale may write numbers with a comma; YAML does not. */
static double read_double(const char *p)
{
	locale_t c = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
	double number = strtod_l(p, NULL, c);
	freelocale(c);
	return number;
}

static bool set_special(struct yaml_node *node)
{
	static const char *const positive[] = { ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", NULL };
	static const char *const negative[] = { "-.inf", "-.Inf", "-.INF", NULL };
	static const char *const nans[] = { ".nan", ".NaN", ".NAN", NULL };
	if (is_one_of(node->text, positive))
		node->number = (double)INFINITY;
	else if (is_one_of(node->text, negative))
		node->number = -(double)INFINITY;
	else if (is_one_of(node->text, nans))
		node->number = (double)NAN;
	else
		return false;
	node->kind = YAML_FLOAT;
	return true;
}

static bool set_integer(struct yaml_node *node, const char *p, int base)
{
	errno = 0;
	node->integer = strtol(p, NULL, base);
	if (errno == ERANGE) {
		node->integer = 0;
		return false;
	}
	node->kind = YAML_INTEGER;
	node->number = (double)node->integer;
	return true;
}

/* A number that fits no long is a float when it is decimal, else text. */
static void set_number(struct yaml_node *node, const char *p)
{
	if (p[0] == '0' && p[1] == 'o' && p[2] && p[2 + strspn(p + 2, "01234567")] == '\0') {
		set_integer(node, p + 2, 8);
	} else if (p[0] == '0' && p[1] == 'x' && p[2] && p[2 + strspn(p + 2, "0123456789abcdefABCDEF")] == '\0') {
		set_integer(node, p + 2, 16);
	} else if ((!is_integer(p) || !set_integer(node, p, 10)) && is_float(p)) {
		node->kind = YAML_FLOAT;
		node->number = read_double(p);
	}
}

void scalar_resolve(struct yaml_node *node, struct arena *a)
{
	static const char *const nulls[] = { "", "~", "null", "Null", "NULL", NULL };
	static const char *const trues[] = { "true", "True", "TRUE", NULL };
	static const char *const falses[] = { "false", "False", "FALSE", NULL };
	struct str text = node->text;
	node->kind = YAML_STRING;
	if (node->quoted)
		return;
	if (is_one_of(text, nulls)) {
		node->kind = YAML_NULL;
	} else if (is_one_of(text, trues) || is_one_of(text, falses)) {
		node->kind = YAML_BOOL;
		node->boolean = text.p[0] == 't' || text.p[0] == 'T';
	} else if (strchr("+-.0123456789", text.p[0]) && !set_special(node)) {
		set_number(node, arena_c(a, text));
	}
}
