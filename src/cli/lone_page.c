#include "cli/lone_page.h"

enum { IMAGE_MOST = 16 * 1024 * 1024 };

static void put_base64(struct buf *out, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.n; i += 3) {
		uint32_t three = 0;
		for (size_t k = 0; k < 3; k++)
			three = three << 8 | (i + k < bytes.n ? (unsigned char)bytes.p[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_byte(out, i + k <= bytes.n ? digits[three >> (18 - 6 * k) & 63] : '=');
	}
}

static struct str type_of(struct str path)
{
	static const struct str types[][2] = { { STR_INIT(".png"), STR_INIT("image/png") },
		{ STR_INIT(".jpg"), STR_INIT("image/jpeg") }, { STR_INIT(".jpeg"), STR_INIT("image/jpeg") },
		{ STR_INIT(".gif"), STR_INIT("image/gif") }, { STR_INIT(".svg"), STR_INIT("image/svg+xml") },
		{ STR_INIT(".webp"), STR_INIT("image/webp") } };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_ends(path, types[i][0]))
			return types[i][1];
	return STR("application/octet-stream");
}

struct lone {
	const struct site *site;
	struct fs *root;
	struct str url;
	struct arena scratch;
	struct buf *out;
};

/* Nothing for what is not published or cannot be read. */
static void put_image(struct lone *l, struct str src)
{
	struct buf bytes = { 0 };
	for (size_t i = 0; i < l->site->asset_count; i++) {
		const struct asset *a = &l->site->assets[i];
		if (!str_eq(site_url(l->site, STR(""), a->output, &l->scratch), src) ||
			fs_read(l->root, a->from, IMAGE_MOST, &bytes) != FS_OK)
			continue;
		buf_format(l->out, "data:%.*s;base64,", STR_ARG(type_of(a->output)));
		put_base64(l->out, buf_str(&bytes));
		break;
	}
	buf_release(&bytes);
}

static void put_link(struct lone *l, struct str href)
{
	const struct settings *s = &l->site->settings;
	struct str rest = str_from(href, l->url.n);
	bool within = str_starts(href, l->url) && rest.n > 0 && rest.p[0] == '#';
	if (!within && str_starts(href, STR("/")))
		buf_put(l->out, str_but(s->base_url, s->base_path.n));
	buf_put(l->out, within ? rest : href);
}

/* A tag, of which `rest` is what follows its `<`. Values stand in double quotes, in which none is left. */
static size_t put_tag(struct lone *l, struct str rest)
{
	size_t at = 0;
	while (at < rest.n && rest.p[at] != '>') {
		struct str here = str_from(rest, at);
		bool link = str_starts(here, STR(" href=\"")), image = str_starts(here, STR(" src=\""));
		if (!link && !image && *here.p != '"') {
			buf_byte(l->out, rest.p[at++]);
			continue;
		}
		size_t open = str_find_byte(here, '"', 0) + 1, close = str_find_byte(here, '"', open);
		if (close == SIZE_MAX)
			break;
		struct str value = str_n(here.p + open, close - open);
		buf_put(l->out, str_n(here.p, open));
		if (link)
			put_link(l, value);
		else if (image)
			put_image(l, value);
		else
			buf_put(l->out, value);
		buf_byte(l->out, '"');
		at += close + 1;
	}
	return at;
}

void lone_page(const struct site *s, struct fs *root, struct str url, struct str html, struct buf *out)
{
	struct lone l = { .site = s, .root = root, .url = url, .out = out };
	arena_init(&l.scratch);
	for (size_t at = 0; at < html.n;) {
		char byte = html.p[at++];
		buf_byte(out, byte);
		if (byte == '<')
			at += put_tag(&l, str_from(html, at));
	}
	arena_release(&l.scratch);
}
