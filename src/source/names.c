#include "source/names.h"

#include "text/fold.h"
#include "text/slug.h"
#include "text/words.h"

/* The shape of a BCP 47 tag: letters first, then parts of letters and digits. */
bool name_is_language(struct str s)
{
	size_t part = 0, parts = 0;
	for (size_t i = 0; i <= s.n; i++) {
		char c = i < s.n ? s.p[i] : '-';
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (c == '-') {
			if (part < (parts ? 1 : 2) || part > (parts ? 8 : 3))
				return false;
			parts++;
			part = 0;
		} else if (letter || (parts && c >= '0' && c <= '9')) {
			part++;
		} else {
			return false;
		}
	}
	return true;
}

bool name_is_reserved(struct str name)
{
	static const struct str reserved[] = { STR_INIT("speakers"), STR_INIT("topics"), STR_INIT("decisions"),
		STR_INIT("actions"), STR_INIT("documents"), STR_INIT("corrections"), STR_INIT("search"),
		STR_INIT("data") };
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (str_eq(reserved[i], name))
			return true;
	return false;
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
	enum { WIDE_A = 0xff21, WIDE_Z = 0xff3a };
	struct buf lower = { 0 };
	size_t length;
	struct str nfc = fold_nfc(a, name);
	for (size_t at = 0; at < nfc.n; at += length) {
		uint32_t point = str_point(nfc, at, &length);
		struct str character = str_n(nfc.p + at, length);
		char wide[4];
		if (point >= WIDE_A && point <= WIDE_Z) /* folding would make it narrow too */
			character = str_n(wide, str_encode(point + 0x20, wide));
		else if (point_is_upper(point))
			character = fold(a, character);
		buf_put(&lower, character);
	}
	struct str folded = arena_str(a, buf_str(&lower));
	buf_release(&lower);
	return folded;
}
