#include "exchange/redirects.h"

#include "text/slug.h"

/* "/old/" and "/old" are one page, but two addresses to a server. */
static struct str without_slash(struct str url)
{
	return url.n > 1 && str_ends(url, STR("/")) ? str_but(url, 1) : STR_NONE;
}

static void put_host(struct buf *out, struct str from, struct str to)
{
	buf_format(out, "%.*s %.*s 301\n", STR_ARG(from), STR_ARG(to));
}

/* nginx compares with the decoded address; a variable in the new one is kept from it by encoding. */
static void put_nginx(struct buf *out, struct str from, struct str to)
{
	struct arena a;
	arena_init(&a);
	struct str decoded = slug_decode(&a, from);
	buf_byte(out, '"');
	for (size_t i = 0; i < decoded.n; i++) {
		if (decoded.p[i] == '"' || decoded.p[i] == '\\')
			buf_byte(out, '\\');
		buf_byte(out, decoded.p[i]);
	}
	buf_format(out, "\" \"%.*s\";\n", STR_ARG(to));
	arena_release(&a);
}

bool redirects_are(const struct site *s)
{
	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].kind == PAGE_REDIRECT)
			return true;
	return false;
}

struct str redirects_path(enum redirect_form form)
{
	return form == REDIRECTS_HOST ? STR("_redirects") : STR("giji-redirects.nginx.map");
}

void redirects_write(const struct site *s, enum redirect_form form, struct buf *out)
{
	void (*put)(struct buf *, struct str, struct str) = form == REDIRECTS_HOST ? put_host : put_nginx;
	for (size_t i = 0; i < s->page_count; i++) {
		const struct page *p = &s->pages[i];
		if (p->kind != PAGE_REDIRECT)
			continue;
		struct str shorter = without_slash(p->url);
		put(out, p->url, p->target);
		if (shorter.n)
			put(out, shorter, p->target);
	}
}

bool redirects_has_page(const struct page *redirect)
{
	return str_ends(redirect->output, STR(".html")) || str_ends(redirect->output, STR(".htm"));
}
