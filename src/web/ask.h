/*
 * ask: what other sites answer to an address.
 *
 *     struct web_question q[] = { { .address = web_address(&arena, STR("https://example.jp/a#b")) } };
 *     bool all = web_ask(&manners, q, 1, &arena);     // false: interrupted, some are WEB_UNASKED
 *
 * It asks with restraint: one request a host at a time and a pause behind it, few hosts at once, HEAD first and GET
 * only where HEAD is refused; of a body nothing is kept, nor are cookies. Redirects are followed, to http and https alone.
 * A host that says "too many requests" is not asked again.
 */
#ifndef GIJI_WEB_ASK_H
#define GIJI_WEB_ASK_H

#include "base/arena.h"

enum web_failure { /* below all statuses of HTTP */
	WEB_UNASKED,
	WEB_NO_HOST,   /* its name is not known */
	WEB_NO_TRUST,  /* TLS: it does not prove who it is, or speaks none */
	WEB_NO_ANSWER, /* it refused the connection, or broke it off */
	WEB_LATE,      /* no answer in time */
	WEB_REDIRECTS, /* round in a circle, or too often */
	WEB_ELSEWHERE, /* redirected to what is no http or https */
	WEB_FAILURES
};

struct web_question {
	struct str address; /* as web_address gives it */
	int answer;         /* a status of HTTP, behind redirects, or an enum web_failure */
	struct str moved;   /* where it is for good, if the server says so; in the arena */
};

struct web_manners {
	unsigned pause;                            /* seconds between two requests to one host */
	unsigned timeout;                          /* seconds for one request */
	void (*progress)(size_t done, size_t all); /* or NULL */
};

/* A link as it is asked: without what follows #, %-encoded where need be. STR_NONE when it is no http or https. */
struct str web_address(struct arena *a, struct str link);

bool web_ask(const struct web_manners *manners, struct web_question *questions, size_t count, struct arena *a);

#endif
