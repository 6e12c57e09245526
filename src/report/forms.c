/* The formats for programs. Their lists of findings are JSON, lines or XML. */
#include "report/writer.h"
#include "text/slug.h"

#include <stdio.h>

/* --- json --- */

static void json_begin(struct writer *w)
{
	buf_put(w->out, STR("{\n  \"findings\": ["));
}

static void json_finding(struct writer *w, const struct finding *f)
{
	buf_put(w->out, STR("    {"));
	writer_member(w->out, "code", diag_code_name(f->code), ", ");
	writer_member(w->out, "level", str_c(diag_level_word(f->level)), ", ");
	writer_member(w->out, "path", f->loc.path, ", ");
	buf_format(w->out, "\"line\": %u, \"column\": %u, \"width\": %u, ", f->loc.line, f->loc.column, f->loc.width);
	writer_member(w->out, "message", f->message, ", ");
	writer_member(w->out, "help", f->help, "}");
}

static void json_end(struct writer *w)
{
	buf_format(w->out, "%s],\n  \"errors\": %zu,\n  \"warnings\": %zu\n}\n", diag_count(w->ds) ? "\n  " : "",
		w->ds->errors, w->ds->warnings);
}

const struct form json_form = { STR_INIT("json"), STR_INIT(".json"), true, json_begin, json_finding, json_end };

/* --- github: one line a finding, https://docs.github.com/actions/reference/workflow-commands --- */

/* What ends a command is escaped; in a property also what ends a property. */
static void put_command(struct buf *out, struct str s, bool property)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool ends = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
		if (ends)
			buf_format(out, "%%%02X", (unsigned)(unsigned char)c);
		else
			buf_byte(out, c);
	}
}

static void github_finding(struct writer *w, const struct finding *f)
{
	buf_format(w->out, "::%s ", f->level == DIAG_NOTE ? "notice" : f->level == DIAG_WARNING ? "warning" : "error");
	if (f->loc.path.n) {
		buf_put(w->out, STR("file="));
		put_command(w->out, writer_path(w, f), true);
		buf_byte(w->out, ',');
	}
	if (f->loc.line)
		buf_format(w->out, "line=%u,", f->loc.line);
	if (f->loc.line && f->loc.column)
		buf_format(w->out, "col=%u,", f->loc.column);
	buf_format(w->out, "title=%.*s::", STR_ARG(diag_code_name(f->code)));
	put_command(w->out, writer_words(w, f), false);
	buf_byte(w->out, '\n');
}

const struct form github_form = { STR_INIT("github"), STR_INIT(""), false, NULL, github_finding, NULL };

/* --- gitlab: code quality, https://docs.gitlab.com/ci/testing/code_quality/ --- */

static void gitlab_begin(struct writer *w)
{
	buf_byte(w->out, '[');
}

static void gitlab_finding(struct writer *w, const struct finding *f)
{
	static const char *const severities[] = { "", "info", "minor", "major", "blocker" };
	buf_put(w->out, STR("  {"));
	writer_member(w->out, "description", writer_words(w, f), ", ");
	writer_member(w->out, "check_name", diag_code_name(f->code), ", ");
	writer_member(w->out, "fingerprint", writer_fingerprint(w, f), ", ");
	writer_member(w->out, "severity", str_c(severities[f->level]), ", \"location\": {");
	writer_member(w->out, "path", writer_path(w, f), ", ");
	buf_format(w->out, "\"lines\": {\"begin\": %u}}}", f->loc.line ? f->loc.line : 1);
}

static void gitlab_end(struct writer *w)
{
	buf_put(w->out, diag_count(w->ds) ? STR("\n]\n") : STR("]\n"));
}

const struct form gitlab_form = { STR_INIT("gitlab"), STR_INIT(""), true, gitlab_begin, gitlab_finding, gitlab_end };

/* --- sarif: SARIF 2.1.0 --- */

static const char *sarif_level(enum diag_level level)
{
	return level == DIAG_OFF ? "none" : level == DIAG_NOTE ? "note" : level == DIAG_WARNING ? "warning" : "error";
}

static void put_rule(struct writer *w, enum diag_code code)
{
	struct str name = diag_code_name(code);
	buf_put(w->out, STR("          {"));
	writer_member(w->out, "id", name, ", \"shortDescription\": {");
	writer_member(w->out, "text", str_c(diag_code_meaning(code)), "}, \"defaultConfiguration\": {");
	writer_member(w->out, "level", str_c(sarif_level(diag_code_level(code))), "}}");
}

/* Without the address of a root: a report says the same wherever the repository lies. */
static void sarif_begin(struct writer *w)
{
	buf_put(w->out,
		STR("{\n  \"$schema\": "
		    "\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\n"
		    "  \"version\": \"2.1.0\",\n"
		    "  \"runs\": [{\n"
		    "    \"tool\": {\"driver\": {\"name\": \"giji\", \"version\": \"" GIJI_VERSION "\", \"rules\": ["));
	for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
		buf_put(w->out, i ? STR(",\n") : STR("\n"));
		put_rule(w, (enum diag_code)i);
	}
	buf_put(w->out,
		STR("\n    ]}},\n"
		    "    \"columnKind\": \"unicodeCodePoints\",\n"
		    "    \"originalUriBaseIds\": {\"%SRCROOT%\": {\"description\": {\"text\": "
		    "\"the root of the repository\"}}},\n"
		    "    \"results\": ["));
}

static void put_location(struct writer *w, const struct finding *f)
{
	struct buf uri = { 0 };
	slug_encode(&uri, writer_path(w, f));
	buf_put(w->out, STR("\"locations\": [{\"physicalLocation\": {\"artifactLocation\": {"));
	writer_member(w->out, "uri", buf_str(&uri), ", \"uriBaseId\": \"%SRCROOT%\"}");
	buf_release(&uri);
	if (f->loc.line)
		buf_format(w->out, ", \"region\": {\"startLine\": %u", f->loc.line);
	if (f->loc.line && f->loc.column)
		buf_format(w->out, ", \"startColumn\": %u, \"endColumn\": %u", f->loc.column,
			f->loc.column + (f->loc.width ? f->loc.width : 1));
	buf_put(w->out, f->loc.line ? STR("}}}], ") : STR("}}], "));
}

static void sarif_finding(struct writer *w, const struct finding *f)
{
	buf_put(w->out, STR("      {"));
	writer_member(w->out, "ruleId", diag_code_name(f->code), ", ");
	buf_format(w->out, "\"ruleIndex\": %d, ", (int)f->code);
	writer_member(w->out, "level", str_c(sarif_level(f->level)), ", \"message\": {");
	writer_member(w->out, "text", writer_words(w, f), "}, ");
	if (f->loc.path.n)
		put_location(w, f);
	buf_put(w->out, STR("\"partialFingerprints\": {"));
	writer_member(w->out, "giji/v1", writer_fingerprint(w, f), "}}");
}

static void sarif_end(struct writer *w)
{
	buf_put(w->out, diag_count(w->ds) ? STR("\n    ]\n  }]\n}\n") : STR("]\n  }]\n}\n"));
}

const struct form sarif_form = { STR_INIT("sarif"), STR_INIT(".sarif"), true, sarif_begin, sarif_finding, sarif_end };

/* --- junit: as Ant wrote it first, and Jenkins and GitLab read it --- */

static bool stops(const struct writer *w, const struct finding *f)
{
	return f->level >= DIAG_ERROR || (w->options->strict && f->level == DIAG_WARNING);
}

static void put_number(struct writer *w, const char *name, size_t number)
{
	char digits[24];
	xml_attribute(w->xml, name, str_n(digits, (size_t)snprintf(digits, sizeof digits, "%zu", number)));
}

/* A report without any test reads like one that never ran: a site without findings is one test that passed. */
static void junit_begin(struct writer *w)
{
	size_t all = diag_count(w->ds), failures = 0;
	for (size_t i = 0; i < all; i++)
		failures += stops(w, diag_at(w->ds, i));
	w->xml = xml_writer_open(w->out);
	xml_open(w->xml, "testsuites");
	xml_open(w->xml, "testsuite");
	xml_attribute(w->xml, "name", STR("giji"));
	put_number(w, "tests", all ? all : 1);
	put_number(w, "failures", failures);
	put_number(w, "errors", 0);
	put_number(w, "skipped", all - failures);
	if (all)
		return;
	xml_open(w->xml, "testcase");
	xml_attribute(w->xml, "classname", STR("giji"));
	xml_attribute(w->xml, "name", STR("no findings"));
	xml_close(w->xml);
}

static void junit_finding(struct writer *w, const struct finding *f)
{
	struct str path = writer_path(w, f), code = diag_code_name(f->code);
	xml_open(w->xml, "testcase");
	xml_attribute(w->xml, "classname", path);
	xml_attribute(w->xml, "name",
		arena_format(
			&w->arena, "%.*s %u:%u %.*s", STR_ARG(code), f->loc.line, f->loc.column, STR_ARG(f->message)));
	xml_attribute(w->xml, "file", path);
	put_number(w, "line", f->loc.line ? f->loc.line : 1);
	xml_open(w->xml, stops(w, f) ? "failure" : "skipped");
	if (stops(w, f))
		xml_attribute(w->xml, "type", code);
	xml_attribute(w->xml, "message", f->message);
	xml_text(w->xml, f->help);
	xml_close(w->xml);
	xml_close(w->xml);
}

static void junit_end(struct writer *w)
{
	xml_writer_close(w->xml);
}

const struct form junit_form = { STR_INIT("junit"), STR_INIT(".xml"), false, junit_begin, junit_finding, junit_end };
