/* request: what a browser asks for, judged without looking at the site. */
#ifndef GIJI_SERVE_REQUEST_H
#define GIJI_SERVE_REQUEST_H

#include "base/buf.h"

/* Who may be meant by a Host header. A page of another site whose name was pointed at this machine says its own name
 * there (DNS rebinding), never an address. */
struct request_hosts {
	const char *own;     /* --host, or NULL */
	const char *address; /* on which we listen: "127.0.0.1" */
	bool shared;         /* not loopback: by whatever address others see */
};

bool request_host(const struct request_hosts *h, struct str host);     /* a Host header: name or address, and port */
bool request_origin(const struct request_hosts *h, struct str origin); /* an Origin header */

enum request_range { RANGE_NONE, RANGE_PART, RANGE_OUTSIDE };

/* A Range header against a size: the part first to end (exclusive). What is no single range of bytes is RANGE_NONE. */
enum request_range request_range(struct str header, size_t size, size_t *first, size_t *end);

/* The media type of an output, by its name; with the character set where it is text. */
const char *request_type(struct str path);

#endif
