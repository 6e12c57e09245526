#include "serve/server.h"

#include "serve/request.h"
#include "sys/clock.h"
#include "sys/lock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	CONNECTIONS_MOST = 400,
	CONNECTIONS_OF_ONE = 320, /* address: one bad client does not lock the others out */
	HEADER_MOST = 16 * 1024,
	STACK = 2 * 1024 * 1024,
	IDLE_SECONDS = 20,   /* without a byte */
	HEADER_SECONDS = 15, /* for a whole request header, however many bytes come */
	EVENT_SECONDS = 5    /* after so long a stream of events says that it is still there, and learns if nobody is */
};

struct connection {
	struct connection *next, **self; /* in the server's list */
	int socket;
	double since; /* when its header began; 0 while it is answered */
};

struct server {
	struct server_options options;
	struct request_hosts hosts;
	struct MHD_Daemon *daemon;
	struct lock *lock; /* for the list */
	struct connection *connections;
};

typedef enum MHD_Result result;

/* --- slow connections --- */

static void note_connection(
	void *shared, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	struct server *s = shared;
	struct connection *at = *socket_context;
	lock_take(s->lock);
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*socket_context = at = mem_alloc(sizeof *at);
		*at = (struct connection){ .next = s->connections, .self = &s->connections };
		at->socket = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
		at->since = clock_monotonic();
		if (at->next)
			at->next->self = &at->next;
		s->connections = at;
	} else if (at) {
		*at->self = at->next;
		if (at->next)
			at->next->self = at->self;
		free(at);
		*socket_context = NULL;
	}
	lock_give(s->lock);
}

static void note_header(struct server *s, struct MHD_Connection *c, double since)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct connection *at = info ? info->socket_context : NULL;
	lock_take(s->lock);
	if (at)
		at->since = since;
	lock_give(s->lock);
}

void server_sweep(struct server *s)
{
	double now = clock_monotonic();
	lock_take(s->lock);
	for (struct connection *c = s->connections; c; c = c->next)
		if (c->since > 0 && now - c->since > HEADER_SECONDS)
			shutdown(c->socket, SHUT_RDWR);
	lock_give(s->lock);
}

/* --- responses --- */

static const char policy[] =
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
	"form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

static void add_header(struct MHD_Response *r, const char *name, const char *value)
{
	MHD_add_response_header(r, name, value);
}

/* Sends a response, NULL when there is no memory for it, and lets go of it. */
static result send_response(struct MHD_Connection *c, unsigned status, struct MHD_Response *r, const char *type)
{
	if (!r)
		return MHD_NO;
	if (type)
		add_header(r, "Content-Type", type);
	add_header(r, "Cache-Control", "no-store");
	add_header(r, "X-Content-Type-Options", "nosniff");
	add_header(r, "Referrer-Policy", "no-referrer");
	/* A browser's own viewer of PDF does not work under it. */
	if (!type || strncmp(type, "application/pdf", 15) != 0)
		add_header(r, "Content-Security-Policy", policy);
	result sent = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return sent;
}

/* The bytes become the response's. */
static struct MHD_Response *response_of(struct buf *bytes)
{
	void *p = bytes->p;
	size_t n = bytes->n;
	*bytes = (struct buf){ 0 };
	return n > 0 ? MHD_create_response_from_buffer(n, p, MHD_RESPMEM_MUST_FREE)
		     : (free(p), MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT));
}

static result send_words(struct MHD_Connection *c, unsigned status, const char *words)
{
	struct MHD_Response *r =
		MHD_create_response_from_buffer(strlen(words), (void *)(uintptr_t)words, MHD_RESPMEM_PERSISTENT);
	if (r && status == MHD_HTTP_METHOD_NOT_ALLOWED)
		add_header(r, "Allow", "GET, HEAD");
	return send_response(c, status, r, "text/plain; charset=utf-8");
}

static const char *header_of(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

/* A response to which a part of it may be preferred. */
struct part {
	unsigned status;
	size_t first, end, size;
};

static struct part choose_part(struct MHD_Connection *c, size_t size)
{
	struct part p = { MHD_HTTP_OK, 0, size, size };
	const char *range = header_of(c, "Range");
	/* Nothing here has a validator that would hold: whoever has a part of it begins anew. */
	if (!range || header_of(c, "If-Range"))
		return p;
	switch (request_range(str_c(range), size, &p.first, &p.end)) {
	case RANGE_PART:
		p.status = MHD_HTTP_PARTIAL_CONTENT;
		break;
	case RANGE_OUTSIDE:
		p.status = MHD_HTTP_RANGE_NOT_SATISFIABLE;
		p.first = p.end = 0;
		break;
	case RANGE_NONE:
		break;
	}
	return p;
}

static void add_part_headers(struct MHD_Response *r, const struct part *p)
{
	struct buf words = { 0 };
	if (!r)
		return;
	add_header(r, "Accept-Ranges", "bytes");
	if (p->status == MHD_HTTP_PARTIAL_CONTENT)
		buf_format(&words, "bytes %zu-%zu/%zu%c", p->first, p->end - 1, p->size, 0);
	else if (p->status == MHD_HTTP_RANGE_NOT_SATISFIABLE)
		buf_format(&words, "bytes */%zu%c", p->size, 0);
	if (words.n)
		add_header(r, "Content-Range", words.p);
	buf_release(&words);
}

static result send_bytes(struct MHD_Connection *c, struct answer *a)
{
	struct part p = choose_part(c, a->bytes.n);
	if (p.first > 0)
		memmove(a->bytes.p, a->bytes.p + p.first, p.end - p.first);
	a->bytes.n = p.end - p.first;
	struct MHD_Response *r = response_of(&a->bytes);
	add_part_headers(r, &p);
	return send_response(c, p.status, r, a->type);
}

static result send_file(struct MHD_Connection *c, struct answer *a)
{
	struct part p = choose_part(c, a->size);
	struct MHD_Response *r = MHD_create_response_from_fd_at_offset64(p.end - p.first, a->file, p.first);
	add_part_headers(r, &p);
	return send_response(c, p.status, r, a->type);
}

static result send_away(struct MHD_Connection *c, struct answer *a)
{
	buf_byte(&a->bytes, '\0');
	struct MHD_Response *r = MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
	if (r)
		add_header(r, "Location", a->bytes.p);
	buf_release(&a->bytes);
	return send_response(c, MHD_HTTP_FOUND, r, NULL);
}

static result send_output(struct server *s, struct MHD_Connection *c, struct str path)
{
	struct answer a;
	preview_answer(s->options.preview, path, &a);
	switch (a.kind) {
	case ANSWER_FILE:
		return send_file(c, &a);
	case ANSWER_AWAY:
		return send_away(c, &a);
	case ANSWER_ABSENT:
		return send_response(c, MHD_HTTP_NOT_FOUND, response_of(&a.bytes), a.type);
	case ANSWER_BROKEN:
		return send_response(c, MHD_HTTP_SERVICE_UNAVAILABLE, response_of(&a.bytes), a.type);
	default:
		return send_bytes(c, &a);
	}
}

/* --- what only a preview has --- */

struct listener { /* to the stream of events */
	struct preview *preview;
	uint64_t since;
};

static ssize_t read_events(void *shared, uint64_t unused, char *out, size_t most)
{
	struct listener *l = shared;
	struct buf words = { 0 };
	(void)unused;
	enum preview_change change = preview_wait(l->preview, &l->since, EVENT_SECONDS * 1000);
	if (preview_ended(l->preview))
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (change == PREVIEW_SAME)
		buf_put(&words, STR(":\n\n"));
	else
		buf_format(&words, "id: %llu\nevent: %s\ndata:\n\n", (unsigned long long)l->since,
			change == PREVIEW_STYLES ? "styles" : "pages");
	size_t n = words.n < most ? words.n : most;
	memcpy(out, words.p, n);
	buf_release(&words);
	return (ssize_t)n;
}

static result send_events(struct server *s, struct MHD_Connection *c)
{
	const char *since = header_of(c, "Last-Event-ID");
	if (!since)
		since = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "since");
	long number = 0;
	if (!since || !str_number(str_c(since), 0x7fffffffffffffffL, &number))
		number = 0;
	struct listener *l = mem_alloc(sizeof *l);
	*l = (struct listener){ s->options.preview, (uint64_t)number };
	return send_response(c, MHD_HTTP_OK,
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, read_events, l, free),
		"text/event-stream; charset=utf-8");
}

static result send_own_file(struct server *s, struct MHD_Connection *c, const char *path)
{
	struct answer a = { .kind = ANSWER_FILE, .type = request_type(str_c(path)) };
	if (fs_open(s->options.installed, str_c(path), &a.file, &a.size) != FS_OK)
		return send_words(c, MHD_HTTP_NOT_FOUND, "404\n");
	return send_file(c, &a);
}

/* --- requests --- */

static result answer(void *shared, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *upload, size_t *upload_size, void **request)
{
	struct server *s = shared;
	const char *host = header_of(c, "Host"), *origin = header_of(c, "Origin");
	struct str path = str_c(url);
	(void)version, (void)upload, (void)upload_size;
	note_header(s, c, 0);
	/* Answered before its body was looked for, a request ends its connection: as it should where there may be one. */
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return send_words(c, MHD_HTTP_METHOD_NOT_ALLOWED, "405: GET, HEAD\n");
	if (!*request) {
		*request = s;
		return MHD_YES;
	}
	if (!host || !request_host(&s->hosts, str_c(host)) || (origin && !request_origin(&s->hosts, str_c(origin))))
		return send_words(c, MHD_HTTP_FORBIDDEN,
			_("403: this preview goes by another name (giji serve --host)\n"));
	if (str_ends(path, STR("/.giji/events")))
		return send_events(s, c);
	if (str_ends(path, STR("/.giji/reload.js")))
		return send_own_file(s, c, "themes/serve/reload.js");
	if (str_ends(path, STR("/.giji/reload.css")))
		return send_own_file(s, c, "themes/serve/reload.css");
	return send_output(s, c, path);
}

static void note_answered(void *shared, struct MHD_Connection *c, void **request, enum MHD_RequestTerminationCode how)
{
	(void)how;
	*request = NULL;
	note_header(shared, c, clock_monotonic());
}

/* --- opening and closing --- */

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static bool read_address(const char *words, unsigned port, union address *a)
{
	memset(a, 0, sizeof *a);
	if (inet_pton(AF_INET, words, &a->v4.sin_addr) == 1) {
		a->v4.sin_family = AF_INET;
		a->v4.sin_port = htons((uint16_t)port);
		return true;
	}
	a->v6.sin6_family = AF_INET6;
	a->v6.sin6_port = htons((uint16_t)port);
	return inet_pton(AF_INET6, words, &a->v6.sin6_addr) == 1;
}

static bool is_loopback(const union address *a)
{
	if (a->any.sa_family == AF_INET)
		return ntohl(a->v4.sin_addr.s_addr) >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr);
}

static struct MHD_Daemon *start(struct server *s, union address *address)
{
	unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL |
		(address->any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0);
	return MHD_start_daemon(flags, 0, NULL, NULL, answer, s, MHD_OPTION_SOCK_ADDR, &address->any,
		MHD_OPTION_NOTIFY_CONNECTION, note_connection, s, MHD_OPTION_NOTIFY_COMPLETED, note_answered, s,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_OF_ONE, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_MOST,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK,
		MHD_OPTION_END);
}

enum server_result server_open(const struct server_options *options, struct server **out)
{
	union address address;
	const char *words = options->address ? options->address : "127.0.0.1";
	if (!read_address(words, options->port, &address))
		return SERVER_BAD_ADDRESS;
	struct server *s = mem_alloc(sizeof *s);
	s->options = *options;
	s->hosts = (struct request_hosts){ options->host, words, !is_loopback(&address) };
	s->lock = lock_open();
	errno = 0;
	s->daemon = start(s, &address);
	if (s->daemon) {
		*out = s;
		return SERVER_RUNS;
	}
	int error = errno;
	server_close(s);
	errno = error;
	return error == EADDRINUSE ? SERVER_PORT_TAKEN : error == EADDRNOTAVAIL ? SERVER_BAD_ADDRESS : SERVER_FAILED;
}

void server_close(struct server *s)
{
	preview_end(s->options.preview);
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	lock_close(s->lock);
	free(s);
}

unsigned server_port(const struct server *s)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info ? info->port : s->options.port;
}

bool server_is_shared(const struct server *s)
{
	return s->hosts.shared;
}
