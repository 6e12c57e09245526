/*
 * server: a preview over HTTP.
 *
 *     struct server *s;
 *     if (server_open(&options, &s) == SERVER_RUNS) …
 *     server_sweep(s);                                // about once a second
 *     server_close(s);                                // at once: who waits is sent away
 *
 * Answers GET and HEAD, to requests that name this machine (no foreign Host or Origin). A path is looked up among the
 * site's outputs and never made a file's name, so none leads out of it. What a client may use up is bounded: header,
 * connections, threads, the time a header may take.
 */
#ifndef GIJI_SERVE_SERVER_H
#define GIJI_SERVE_SERVER_H

#include "serve/preview.h"

struct server;

struct server_options {
	struct preview *preview;
	struct fs *installed;
	const char *address; /* IPv4 or IPv6, or NULL: loopback */
	const char *host;    /* by which name others may ask; or NULL */
	unsigned port;       /* 0: any that is free */
};

enum server_result { SERVER_RUNS, SERVER_PORT_TAKEN, SERVER_BAD_ADDRESS, SERVER_FAILED };

enum server_result server_open(const struct server_options *options, struct server **out);
void server_close(struct server *s);
void server_sweep(struct server *s); /* ends connections that take too long to say what they want */
unsigned server_port(const struct server *s);
bool server_is_shared(const struct server *s); /* others than this machine can reach it */

#endif
