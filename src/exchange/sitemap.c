#include "exchange/sitemap.h"

#include "xml/xml.h"

#define NAMESPACE "http://www.sitemaps.org/schemas/sitemap/0.9"

static size_t listed_count(const struct site *s)
{
	size_t count = 0;
	for (size_t i = 0; i < s->page_count; i++)
		count += site_is_indexed(s, &s->pages[i]);
	return count;
}

size_t sitemap_count(const struct site *s)
{
	size_t parts = (listed_count(s) + SITEMAP_MOST - 1) / SITEMAP_MOST;
	return parts > 1 ? parts + 1 : 1;
}

static void write_pages(const struct site *s, size_t first, size_t end, struct arena *a, struct buf *out)
{
	struct xml_writer *w = xml_writer_open(out);
	size_t number = 0;
	xml_open(w, "urlset");
	xml_attribute(w, "xmlns", STR(NAMESPACE));
	for (size_t i = 0; i < s->page_count; i++) {
		const struct page *p = &s->pages[i];
		if (!site_is_indexed(s, p))
			continue;
		if (number >= first && number < end) {
			xml_open(w, "url");
			xml_element(w, "loc", site_absolute(s, p->url, a));
			if (p->updated.n)
				xml_element(w, "lastmod", p->updated);
			xml_close(w);
		}
		number++;
	}
	xml_writer_close(w);
}

static void write_index(const struct site *s, size_t parts, struct arena *a, struct buf *out)
{
	struct xml_writer *w = xml_writer_open(out);
	xml_open(w, "sitemapindex");
	xml_attribute(w, "xmlns", STR(NAMESPACE));
	for (size_t i = 1; i <= parts; i++) {
		xml_open(w, "sitemap");
		xml_element(w, "loc", arena_format(a, "%.*ssitemap-%zu.xml", STR_ARG(s->settings.base_url), i));
		xml_close(w);
	}
	xml_writer_close(w);
}

struct str sitemap_path(size_t i, struct arena *a)
{
	return i == 0 ? STR("sitemap.xml") : arena_format(a, "sitemap-%zu.xml", i);
}

void sitemap_write(const struct site *s, size_t i, struct arena *a, struct buf *out)
{
	size_t files = sitemap_count(s);
	if (files == 1)
		write_pages(s, 0, SIZE_MAX, a, out);
	else if (i == 0)
		write_index(s, files - 1, a, out);
	else
		write_pages(s, (i - 1) * SITEMAP_MOST, i * SITEMAP_MOST, a, out);
}

void robots_write(const struct site *s, struct buf *out)
{
	if (s->drafts) {
		buf_put(out, STR("User-agent: *\nDisallow: /\n"));
		return;
	}
	buf_put(out, STR("User-agent: *\nDisallow:\n\n"));
	buf_format(out, "Sitemap: %.*ssitemap.xml\n", STR_ARG(s->settings.base_url));
}
