/*
 * writer: what the formats of findings share. Each is three functions: what comes before, one finding, what comes
 * after. Private to src/report.
 */
#ifndef GIJI_REPORT_WRITER_H
#define GIJI_REPORT_WRITER_H

#include "base/map.h"
#include "report/quoted.h"
#include "report/report.h"
#include "xml/xml.h"

struct writer {
	const struct diags *ds;
	const struct report_options *options;
	struct buf *out;
	struct quoted quoted;
	struct arena arena;
	struct map seen; /* keys of findings, to how often */
	struct xml_writer *xml;
};

struct form {
	struct str name, ending; /* of a file that holds it, or "" */
	bool is_list;            /* in JSON: a comma between two findings, each in lines of its own */
	void (*begin)(struct writer *w);
	void (*finding)(struct writer *w, const struct finding *f);
	void (*end)(struct writer *w);
};

extern const struct form human_form, json_form, github_form, gitlab_form, sarif_form, junit_form;

/* Unlike that of any other finding of this report. */
struct str writer_fingerprint(struct writer *w, const struct finding *f);

/* The finding's file, from the root of the repository; where there is none, the site's settings. */
struct str writer_path(struct writer *w, const struct finding *f);

/* The message and, on a line of its own, the way out. */
struct str writer_words(struct writer *w, const struct finding *f);

/* "name": "value", and what follows it. */
void writer_member(struct buf *out, const char *name, struct str value, const char *behind);

#endif
