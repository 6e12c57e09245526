/* `giji serve`: a preview with live reload. */
#include "cli/commands.h"
#include "cli/root.h"
#include "serve/server.h"
#include "sys/clock.h"
#include "sys/process.h"
#include "sys/watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_PORT = 8000, PORTS_TRIED = 50 };

/* How long more changes are waited for, in milliseconds: what is saved comes as several. */
enum { WAIT_QUIET = 3, WAIT_WRITING = 40, WAIT_GONE = 60, WAIT_MOST = 400, WAIT_IDLE = 1000 };

struct session {
	const struct options *options;
	struct root root;
	struct preview *preview;
	struct server *server;
	struct watch *watch;
};

static void report(struct session *s)
{
	struct report_options options = { .color = s->options->color, .files = { &s->root.site, &s->root.installed } };
	struct buf out = { 0 };
	report_write(preview_findings(s->preview), &options, &out);
	fwrite(out.p ? out.p : "", 1, out.n, stderr);
	buf_release(&out);
}

static void summarize(struct session *s, double started)
{
	const struct diags *found = preview_findings(s->preview);
	report(s);
	if (!s->options->quiet)
		printf(_("pages: %zu; errors: %zu, warnings: %zu; %.2f s\n"), preview_page_count(s->preview),
			found->errors, found->warnings, clock_monotonic() - started);
	fflush(stdout);
}

static int refuse(enum server_result result, const struct options *o, unsigned port)
{
	if (result == SERVER_PORT_TAKEN)
		fprintf(stderr, _("giji: port %u is in use; choose another with -p, or leave -p out\n"), port);
	else if (result == SERVER_BAD_ADDRESS)
		fprintf(stderr, _("giji: this machine has no address %s; -i takes one as in 192.0.2.7 or 0.0.0.0\n"),
			o->interface ? o->interface : "127.0.0.1");
	else
		fprintf(stderr, _("giji: the preview cannot be started on port %u: %s\n"), port, strerror(errno));
	return result == SERVER_BAD_ADDRESS ? EXIT_USAGE : EXIT_MACHINE;
}

/* Without -p, the first port that is free. The status with which the preview ends. */
static int open_server(struct session *s)
{
	const struct options *o = s->options;
	struct server_options options = { .preview = s->preview,
		.installed = &s->root.installed,
		.address = o->interface,
		.host = o->host,
		.port = o->port_given ? o->port : FIRST_PORT };
	enum server_result result;
	/* The server's threads leave the signals to this one, which waits for them. */
	process_hold_interrupts(true);
	do
		result = server_open(&options, &s->server);
	while (result == SERVER_PORT_TAKEN && !o->port_given && options.port++ < FIRST_PORT + PORTS_TRIED);
	process_hold_interrupts(false);
	return result == SERVER_RUNS ? EXIT_CLEAN : refuse(result, o, options.port);
}

static void announce(const struct session *s)
{
	const struct options *o = s->options;
	bool all = o->interface && str_is_one_of(str_c(o->interface), "0.0.0.0|::");
	const char *name = o->host ? o->host : o->interface && !all ? o->interface : "127.0.0.1";
	bool bare = str_find_byte(str_c(name), ':', 0) != SIZE_MAX;
	struct buf url = { 0 };
	buf_format(&url, "http://%s%s%s:%u%.*s", bare ? "[" : "", name, bare ? "]" : "", server_port(s->server),
		STR_ARG(preview_base(s->preview)));
	buf_byte(&url, '\0');
	printf(_("Preview: %s (Ctrl-C ends it)\n"), url.p);
	if (all && !o->host)
		printf(_("Others open it with this machine's address in place of 127.0.0.1.\n"));
	if (server_is_shared(s->server))
		printf(_("Whoever reaches this machine sees the drafts.\n"));
	if (watch_polls(s->watch) && !o->poll)
		printf(_("Changes are looked for once a second: this system does not tell of them.\n"));
	fflush(stdout);
	if (o->open)
		process_open_browser(url.p);
	buf_release(&url);
}

/* Waits until what is being saved is saved: not longer than it takes, for somebody waits for the page. */
static void let_settle(struct session *s, struct watch_changes *changes)
{
	double end = clock_monotonic() + WAIT_MOST / 1000.0;
	for (int wait; clock_monotonic() < end && !process_interrupted();) {
		wait = changes->gone ? WAIT_GONE : changes->writing ? WAIT_WRITING : WAIT_QUIET;
		changes->gone = false;
		if (!watch_wait(s->watch, wait, changes))
			return;
	}
}

static void run(struct session *s)
{
	struct watch_changes changes = { 0 };
	while (!process_interrupted()) {
		bool changed = watch_wait(s->watch, WAIT_IDLE, &changes);
		server_sweep(s->server);
		if (!changed || process_interrupted())
			continue;
		if (!watch_polls(s->watch))
			let_settle(s, &changes);
		double started = clock_monotonic();
		enum preview_change change = preview_update(s->preview, &changes.paths, changes.all);
		if (change != PREVIEW_SAME && !process_interrupted())
			summarize(s, started);
		watch_changes_clear(&changes);
	}
	watch_changes_clear(&changes);
}

static struct preview *open_preview(struct session *s)
{
	const struct options *o = s->options;
	struct preview_options options = { .site = &s->root.site,
		.installed = &s->root.installed,
		.load = { .base_url = str_c(o->base_url ? o->base_url : ""),
			.now = o->now,
			.now_seconds = o->now_seconds,
			.drafts = true,
			.workers = o->jobs,
			.levels = &o->levels },
		.reload = !o->no_reload };
	return preview_open(&options);
}

/* A site may be mended while it is served; a folder without one is the wrong folder. */
static bool has_settings(struct root *r)
{
	struct fs_entry entry;
	struct buf folder = { 0 };
	bool has = fs_stat(&r->site, STR("site.yml"), &entry) != FS_ABSENT;
	if (strcmp(r->path, ".") == 0)
		process_working_folder(&folder);
	else
		buf_put(&folder, str_c(r->path));
	if (!has)
		fprintf(stderr, _("giji: there is no site.yml in %.*s; -C names another folder, giji init makes a site\n"),
			STR_ARG(buf_str(&folder)));
	buf_release(&folder);
	return has;
}

int serve_run(const struct options *o)
{
	static const struct str watched[] = { STR_INIT("content"), STR_INIT("site.yml"), STR_INIT("templates"),
		STR_INIT("themes") };
	struct session s = { .options = o };
	double started = clock_monotonic();
	if (!root_open(&s.root, o))
		return EXIT_USAGE;
	if (!has_settings(&s.root)) {
		root_close(&s.root);
		return EXIT_USAGE;
	}
	/* What changes while the site is read is read again. */
	s.watch = watch_open(&s.root.site, s.root.path, watched, sizeof watched / sizeof *watched, o->poll);
	s.preview = open_preview(&s);
	process_watch_interrupts(); /* until here nothing need be put in order */
	int status = open_server(&s);
	if (status == EXIT_CLEAN) {
		summarize(&s, started);
		announce(&s);
		run(&s);
		server_close(s.server);
	}
	preview_close(s.preview);
	watch_close(s.watch);
	root_close(&s.root);
	return status;
}
