#include "source/names.h"

#include "text/fold.h"
#include "text/slug.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Two or three letters, then parts of letters and digits. */
bool name_is_language(struct str s)
{
	struct str rest = s;
	for (bool first = true; rest.p; first = false) {
		struct str part = str_cut(&rest, STR("-"));
		if (part.n < (first ? 2 : 1) || part.n > (first ? 3 : 8))
			return false;
		for (size_t i = 0; i < part.n; i++)
			if (!is_letter(part.p[i]) && (first || part.p[i] < '0' || part.p[i] > '9'))
				return false;
	}
	return s.n > 0;
}

bool anchor_is(struct str s)
{
	enum { NUMBER_MOST = 1000000000 };
	long number;
	if (s.n < 2 || str_find_byte(STR("isndvac"), s.p[0], 0) == SIZE_MAX)
		return false;
	for (s = str_from(s, 1); s.p;)
		if (!str_number(str_cut(&s, STR("-")), NUMBER_MOST, &number) || number == 0)
			return false;
	return true;
}

struct str name_suffix(struct str stem)
{
	const char *dot = stem.n ? memrchr(stem.p, '.', stem.n) : NULL;
	return dot && dot > stem.p ? str_from(stem, (size_t)(dot + 1 - stem.p)) : STR_NONE;
}

bool name_check(struct str name, struct loc loc, struct arena *a, struct diags *ds)
{
	if (slug_is_clean(name))
		return true;
	struct str better = slug(a, name);
	return diag_add(ds, VALUE_INVALID, loc,
		str_empty(better)
			? diag_text(ds, _("use letters, digits, - and _"))
			: diag_text(ds, _("use letters, digits, - and _, for example 「%.*s」"), STR_ARG(better)),
		_("「%.*s」 cannot stand in an address"), STR_ARG(name));
}

struct str name_fold(struct arena *a, struct str name)
{
	return fold(a, name);
}
