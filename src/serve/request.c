#include "serve/request.h"

#include <string.h>

/* Letters of a host name have no case. */
static bool same_name(struct str a, struct str b)
{
	bool same = a.n == b.n;
	for (size_t i = 0; same && i < a.n; i++) {
		char x = a.p[i], y = b.p[i];
		same = (x >= 'A' && x <= 'Z' ? x | 0x20 : x) == (y >= 'A' && y <= 'Z' ? y | 0x20 : y);
	}
	return same;
}

static bool is_address(struct str name)
{
	static const char v4[] = "0123456789.", v6[] = "0123456789abcdefABCDEF:.%";
	bool bracketed = str_starts(name, STR("[")) && str_ends(name, STR("]"));
	size_t dots = 0;
	if (bracketed)
		name = str_but(str_from(name, 1), 1);
	for (size_t i = 0; i < name.n; i++) {
		dots += name.p[i] == '.';
		if (name.p[i] == '\0' || !strchr(bracketed ? v6 : v4, name.p[i]))
			return false;
	}
	return name.n > 0 && (bracketed || dots == 3);
}

bool request_host(const struct request_hosts *h, struct str host)
{
	struct str name = host, port = host;
	size_t bracket = str_starts(host, STR("[")) ? str_find_byte(host, ']', 0) : 0;
	size_t colon = bracket == SIZE_MAX ? SIZE_MAX : str_find_byte(host, ':', bracket);
	long number;
	if (colon != SIZE_MAX) {
		name = str_n(host.p, colon);
		port = str_from(host, colon + 1);
		if (!str_number(port, 65535, &number))
			return false;
	}
	if (str_ends(name, STR(".")))
		name = str_but(name, 1);
	if (same_name(name, STR("localhost")) || same_name(name, STR("127.0.0.1")) || same_name(name, STR("[::1]")))
		return true;
	if (h->own && same_name(name, str_c(h->own)))
		return true;
	return (h->shared && is_address(name)) || same_name(name, str_c(h->address));
}

bool request_origin(const struct request_hosts *h, struct str origin)
{
	return str_starts(origin, STR("http://")) && request_host(h, str_from(origin, sizeof "http://" - 1));
}

enum request_range request_range(struct str header, size_t size, size_t *first, size_t *end)
{
	const long most = 0x7fffffffffffffffL;
	struct str from = str_trim(header);
	long a = 0, b = 0;
	if (!str_starts(from, STR("bytes=")) || str_find_byte(from, ',', 0) != SIZE_MAX)
		return RANGE_NONE;
	from = str_trim(str_from(from, sizeof "bytes=" - 1));
	struct str to = from;
	from = str_trim(str_cut(&to, STR("-")));
	if (!to.p)
		return RANGE_NONE;
	to = str_trim(to);
	if ((!str_empty(from) && !str_number(from, most, &a)) || (!str_empty(to) && !str_number(to, most, &b)))
		return RANGE_NONE;
	if (str_empty(from) && str_empty(to))
		return RANGE_NONE;
	if (str_empty(from)) { /* the last b bytes */
		*first = (size_t)b < size ? size - (size_t)b : 0;
		*end = size;
		return b > 0 && size > 0 ? RANGE_PART : RANGE_OUTSIDE;
	}
	if (!str_empty(to) && b < a)
		return RANGE_NONE;
	*first = (size_t)a;
	*end = str_empty(to) || (size_t)b >= size ? size : (size_t)b + 1;
	return *first < size ? RANGE_PART : RANGE_OUTSIDE;
}

const char *request_type(struct str path)
{
	static const struct {
		struct str ending;
		const char *type;
	} types[] = {
		{ STR_INIT("feed.xml"), "application/atom+xml; charset=utf-8" },
		{ STR_INIT(".html"), "text/html; charset=utf-8" },
		{ STR_INIT(".css"), "text/css; charset=utf-8" },
		{ STR_INIT(".js"), "text/javascript; charset=utf-8" },
		{ STR_INIT(".json"), "application/json; charset=utf-8" },
		{ STR_INIT(".xml"), "application/xml; charset=utf-8" },
		{ STR_INIT(".txt"), "text/plain; charset=utf-8" },
		{ STR_INIT(".csv"), "text/csv; charset=utf-8" },
		{ STR_INIT(".ics"), "text/calendar; charset=utf-8" },
		{ STR_INIT(".svg"), "image/svg+xml" },
		{ STR_INIT(".png"), "image/png" },
		{ STR_INIT(".jpg"), "image/jpeg" },
		{ STR_INIT(".jpeg"), "image/jpeg" },
		{ STR_INIT(".gif"), "image/gif" },
		{ STR_INIT(".webp"), "image/webp" },
		{ STR_INIT(".avif"), "image/avif" },
		{ STR_INIT(".ico"), "image/x-icon" },
		{ STR_INIT(".pdf"), "application/pdf" },
		{ STR_INIT(".zip"), "application/zip" },
		{ STR_INIT(".doc"), "application/msword" },
		{ STR_INIT(".docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
		{ STR_INIT(".xls"), "application/vnd.ms-excel" },
		{ STR_INIT(".xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
		{ STR_INIT(".ppt"), "application/vnd.ms-powerpoint" },
		{ STR_INIT(".pptx"), "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
		{ STR_INIT(".mp3"), "audio/mpeg" },
		{ STR_INIT(".m4a"), "audio/mp4" },
		{ STR_INIT(".mp4"), "video/mp4" },
		{ STR_INIT(".webm"), "video/webm" },
		{ STR_INIT(".vtt"), "text/vtt; charset=utf-8" },
		{ STR_INIT(".wasm"), "application/wasm" },
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		struct str ending = types[i].ending;
		if (path.n >= ending.n && same_name(str_from(path, path.n - ending.n), ending))
			return types[i].type;
	}
	return "application/octet-stream";
}
