#include "serve/overlay.h"

#include "sys/hash.h"

#include <stdio.h>

enum { SHOWN_MOST = 50, VERSION = 16 };

static void put_text(struct buf *out, const char *name, struct str value)
{
	buf_format(out, "\"%s\":", name);
	buf_json(out, value);
}

/* "content/ict/5.md:12:3", as editors read it. */
static void put_place(struct buf *out, const struct loc *loc)
{
	buf_put(out, loc->path);
	if (loc->line > 0)
		buf_format(out, ":%u:%u", loc->line, loc->column ? loc->column : 1);
}

static const char *level_word(const struct finding *f)
{
	return f->level >= DIAG_ERROR ? _("error") : _("warning");
}

/* Calls `put` for the first findings of a level. */
struct listing {
	struct buf *out;
	const struct shown *shown;
	struct arena *arena;
	size_t count;
	void (*put)(struct listing *l, const struct finding *f);
};

static void list(struct listing *l, const struct diags *ds, bool errors)
{
	for (size_t i = 0; ds && i < diag_count(ds) && l->count < SHOWN_MOST; i++)
		if ((diag_at(ds, i)->level >= DIAG_ERROR) == errors) {
			l->put(l, diag_at(ds, i));
			l->count++;
		}
}

static void list_all(struct listing *l, const struct diags *site, const struct diags *page)
{
	for (int errors = 1; errors >= 0; errors--) {
		list(l, page, errors);
		list(l, site, errors);
	}
}

static void put_json(struct listing *l, const struct finding *f)
{
	struct buf place = { 0 };
	put_place(&place, &f->loc);
	buf_put(l->out, l->count ? STR(",{") : STR("{"));
	put_text(l->out, "level", f->level >= DIAG_ERROR ? STR("error") : STR("warning"));
	buf_byte(l->out, ',');
	put_text(l->out, "word", str_c(level_word(f)));
	buf_byte(l->out, ',');
	put_text(l->out, "code", diag_code_name(f->code));
	buf_byte(l->out, ',');
	put_text(l->out, "place", buf_str(&place));
	buf_byte(l->out, ',');
	put_text(l->out, "message", f->message);
	buf_byte(l->out, ',');
	put_text(l->out, "help", f->help);
	buf_byte(l->out, ',');
	put_text(l->out, "address", shown_address(l->shown, &f->loc, l->arena));
	buf_byte(l->out, '}');
	buf_release(&place);
}

static struct str heading(const struct diags *site, const struct diags *page, struct arena *a)
{
	size_t errors = site->errors + (page ? page->errors : 0),
	       warnings = site->warnings + (page ? page->warnings : 0);
	return errors ? arena_format(a, _("Errors: %zu, warnings: %zu"), errors, warnings)
		      : arena_format(a, _("Warnings: %zu"), warnings);
}

void overlay_findings(const struct shown *shown, const struct diags *site, const struct diags *page, struct buf *out)
{
	struct arena a = { 0 };
	struct listing l = { .out = out, .shown = shown, .arena = &a, .put = put_json };
	buf_byte(out, '{');
	put_text(out, "heading", heading(site, page, &a));
	buf_byte(out, ',');
	put_text(out, "stale", str_c(_("The page is shown as it was before this error.")));
	buf_byte(out, ',');
	put_text(out, "hide", str_c(_("Hide")));
	buf_format(out, ",\"errors\":%zu,\"findings\":[", site->errors + (page ? page->errors : 0));
	list_all(&l, site, page);
	buf_put(out, STR("]}"));
	arena_release(&a);
}

static void put_item(struct listing *l, const struct finding *f)
{
	struct buf words = { 0 };
	put_place(&words, &f->loc);
	buf_format(l->out, "<li class=\"%s\"><code class=\"place\">", f->level >= DIAG_ERROR ? "error" : "warning");
	buf_text(l->out, buf_str(&words));
	buf_clear(&words);
	buf_format(&words, "%s[%.*s]: %.*s", level_word(f), STR_ARG(diag_code_name(f->code)), STR_ARG(f->message));
	buf_put(l->out, STR("</code><p>"));
	buf_text(l->out, buf_str(&words));
	buf_put(l->out, STR("</p><p>"));
	buf_text(l->out, f->help);
	buf_put(l->out, STR("</p></li>\n"));
	buf_release(&words);
}

void overlay_page(struct str base, const struct diags *site, const struct diags *page, struct buf *out)
{
	struct arena a = { 0 };
	struct listing l = { .out = out, .put = put_item };
	struct str title = heading(site, page, &a);
	buf_put(out,
		STR("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta "
		    "charset=\"utf-8\"/>\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"));
	buf_put(out, STR("<link rel=\"stylesheet\" href=\""));
	buf_attribute(out, base);
	buf_format(out,
		".giji/reload.css\"/>\n<title>giji: %.*s</title>\n</head>\n<body>\n<main "
		"class=\"findings\">\n<h1>%.*s</h1>\n"
		"<ul>\n",
		STR_ARG(title), STR_ARG(title));
	list_all(&l, site, page);
	buf_put(out, STR("</ul>\n</main>\n</body>\n</html>\n"));
	arena_release(&a);
}

static void put_version(struct buf *out, struct str page)
{
	uint8_t hash[HASH_BYTES];
	char hex[HASH_HEX];
	hash_sha256(page, hash);
	hash_hex(hash, hex);
	buf_put(out, str_n(hex, VERSION));
}

void overlay_add(const struct overlay *o, struct buf *page)
{
	struct buf with = { 0 };
	struct str bytes = buf_str(page);
	size_t at = str_find(bytes, STR("</head>"), 0);
	if (at == SIZE_MAX)
		at = bytes.n;
	buf_reserve(&with, bytes.n + o->findings.n + 512);
	buf_put(&with, str_n(bytes.p, at));
	buf_put(&with, STR("<script type=\"application/json\" id=\"giji-findings\">"));
	buf_put(&with, o->findings);
	buf_put(&with, STR("</script><script defer=\"defer\" id=\"giji-reload\" src=\""));
	buf_attribute(&with, o->base);
	static const char *const pages[] = {
		[OVERLAY_GOOD] = "good", [OVERLAY_STALE] = "stale", [OVERLAY_ALONE] = "alone"
	};
	buf_format(&with, ".giji/reload.js\" data-number=\"%llu\" data-page=\"%s\" data-version=\"",
		(unsigned long long)o->number, pages[o->page]);
	put_version(&with, bytes);
	buf_put(&with, STR("\"></script>"));
	buf_put(&with, str_from(bytes, at));
	buf_release(page);
	*page = with;
}
