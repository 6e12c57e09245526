#include "web/ask.h"

#include "base/map.h"
#include "sys/clock.h"
#include "sys/process.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <strings.h>

enum { FLIGHTS_MOST = 6, REDIRECTS_MOST = 10, CONNECT_SECONDS = 10, TICK = 200 /* ms */, ADDRESS_MOST = 4096 };

struct host {
	bool busy;
	bool closed;    /* it wants no more requests */
	double free_at; /* not before */
};

struct query {
	struct web_question *question;
	struct str address; /* behind redirects */
	size_t host;
	CURL *flight;
	size_t redirects;
	bool gets;    /* HEAD was refused */
	bool for_now; /* a redirect was temporary: what follows is no new address */
	bool done;
};

struct asking {
	const struct web_manners *manners;
	struct query *queries;
	size_t count, left, flying;
	struct map hosts;
	struct buf host_list; /* of struct host */
	CURLM *multi;
	struct arena *arena;
};

static bool starts(struct str s, struct str prefix)
{
	return s.n > prefix.n && strncasecmp(s.p, prefix.p, prefix.n) == 0;
}

struct str web_address(struct arena *a, struct str link)
{
	struct str rest = str_trim(link), address = str_cut(&rest, STR("#"));
	struct buf out = { 0 };
	if (str_starts(address, STR("//")))
		buf_put(&out, STR("https:"));
	else if (!starts(address, STR("http://")) && !starts(address, STR("https://")))
		return STR_NONE;
	for (size_t i = 0; i < address.n && i < ADDRESS_MOST; i++) {
		unsigned char c = (unsigned char)address.p[i];
		if (c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>')
			buf_format(&out, "%%%02X", c);
		else
			buf_byte(&out, (char)c);
	}
	return buf_keep(&out, a);
}

static size_t host_of(struct asking *a, struct str address)
{
	struct str name = str_from(address, str_find(address, STR("//"), 0) + 2);
	size_t n = 0, i = VEC_COUNT(&a->host_list, struct host);
	while (n < name.n && name.p[n] != '/' && name.p[n] != '?')
		n++;
	if (map_add(&a->hosts, str_n(name.p, n), i))
		*VEC_ADD(&a->host_list, struct host) = (struct host){ 0 };
	else
		map_get(&a->hosts, str_n(name.p, n), &i);
	return i;
}

static struct host *host_at(const struct asking *a, const struct query *q)
{
	return &VEC_AT(&a->host_list, struct host)[q->host];
}

static void finish(struct asking *a, struct query *q, int answer)
{
	q->question->answer = answer;
	q->done = true;
	a->left--;
	if (a->manners->progress)
		a->manners->progress(a->count - a->left, a->count);
}

/* That a body begins is all there is to know of it: taking nothing ends the transfer. */
static size_t drop(char *bytes, size_t size, size_t count, void *self)
{
	(void)bytes, (void)size, (void)count, (void)self;
	return 0;
}

static void depart(struct asking *a, struct query *q)
{
	CURL *c = curl_easy_init();
	if (!c) {
		finish(a, q, WEB_UNASKED);
		return;
	}
	curl_easy_setopt(c, CURLOPT_PRIVATE, (void *)q);
	curl_easy_setopt(c, CURLOPT_URL, arena_c(a->arena, q->address));
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_NOBODY, q->gets ? 0L : 1L);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "giji/" GIJI_VERSION " (link check)");
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)a->manners->timeout);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L); /* Ctrl-C does not wait for a name server */
	curl_multi_add_handle(a->multi, c);
	q->flight = c;
	host_at(a, q)->busy = true;
	a->flying++;
}

/* Lets go whatever may go now. */
static void depart_all(struct asking *a)
{
	double now = clock_monotonic();
	for (size_t i = 0; i < a->count && a->flying < FLIGHTS_MOST; i++) {
		struct query *q = &a->queries[i];
		const struct host *h = host_at(a, q);
		if (!q->done && h->closed)
			finish(a, q, WEB_UNASKED);
		else if (!q->done && !h->busy && h->free_at <= now)
			depart(a, q);
	}
}

static enum web_failure failure_of(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return WEB_NO_HOST;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
		return WEB_NO_TRUST;
	case CURLE_OPERATION_TIMEDOUT:
		return WEB_LATE;
	default:
		return WEB_NO_ANSWER;
	}
}

/* Servers that know no HEAD say so in many ways; that a page is gone is believed of GET alone. */
static bool refuses_head(CURLcode code, long status)
{
	return status ? status == 501 || (status >= 400 && status < 500 && status != 429) : code == CURLE_GOT_NOTHING;
}

static void redirect(struct asking *a, struct query *q, long status, struct str to)
{
	struct str next = to.n <= ADDRESS_MOST ? web_address(a->arena, to) : STR_NONE;
	q->for_now = q->for_now || (status != 301 && status != 308);
	if (!next.p) {
		finish(a, q, WEB_ELSEWHERE);
	} else if (++q->redirects > REDIRECTS_MOST) {
		finish(a, q, WEB_REDIRECTS);
	} else {
		if (!q->for_now)
			q->question->moved = next;
		q->address = next;
		q->host = host_of(a, next);
		q->gets = false;
	}
}

static void arrive(struct asking *a, struct query *q, CURLcode code)
{
	long status = 0;
	char *to = NULL;
	struct host *h = host_at(a, q);
	curl_easy_getinfo(q->flight, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(q->flight, CURLINFO_REDIRECT_URL, &to);
	h->busy = false;
	h->closed = h->closed || status == 429;
	h->free_at = clock_monotonic() + a->manners->pause;
	if (!q->gets && refuses_head(code, status))
		q->gets = true;
	else if (status >= 300 && status < 400 && to)
		redirect(a, q, status, str_c(to));
	else
		finish(a, q, status >= 200 ? (int)status : (int)failure_of(code));
	curl_multi_remove_handle(a->multi, q->flight);
	curl_easy_cleanup(q->flight);
	q->flight = NULL;
	a->flying--;
}

static bool arrive_all(struct asking *a)
{
	CURLMsg *message;
	bool any = false;
	for (int more; (message = curl_multi_info_read(a->multi, &more));) {
		void *query = NULL;
		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&query);
		arrive(a, query, message->data.result);
		any = true;
	}
	return any;
}

bool web_ask(const struct web_manners *manners, struct web_question *questions, size_t count, struct arena *arena)
{
	struct asking a = { .manners = manners, .count = count, .left = count, .arena = arena };
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return false;
	a.multi = curl_multi_init();
	a.queries = mem_alloc(count * sizeof *a.queries);
	for (size_t i = 0; i < count; i++) {
		struct str address = questions[i].address;
		a.queries[i] = (struct query){ &questions[i], address, host_of(&a, address), .done = false };
	}
	while (a.multi && a.left && !process_interrupted()) {
		int flying;
		depart_all(&a);
		curl_multi_perform(a.multi, &flying);
		if (!arrive_all(&a))
			curl_multi_poll(a.multi, NULL, 0, TICK, NULL);
	}
	for (size_t i = 0; i < count; i++)
		if (a.queries[i].flight) {
			curl_multi_remove_handle(a.multi, a.queries[i].flight);
			curl_easy_cleanup(a.queries[i].flight);
		}
	free(a.queries);
	curl_multi_cleanup(a.multi);
	curl_global_cleanup();
	map_release(&a.hosts);
	buf_release(&a.host_list);
	return a.left == 0;
}
