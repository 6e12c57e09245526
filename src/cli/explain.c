/* `giji explain [CODE…]`: what a finding means and how to mend it. The texts are the guide's page of findings. */
#include "cli/commands.h"
#include "cli/root.h"

#include <ctype.h>
#include <stdio.h>

enum { PAGE_MOST = 1024 * 1024 };

/* What stands on the page behind `### code`. */
static struct str section_of(struct str page, struct str code, struct arena *a)
{
	struct str heading = arena_format(a, "\n### %.*s\n\n", STR_ARG(code));
	size_t at = str_find(page, heading, 0);
	return at == SIZE_MAX ? STR_NONE : str_from(page, at + heading.n);
}

/* A line without what makes it bold and the backslashes before signs, and links as their words. */
static void put_words(struct str line, struct buf *out)
{
	bool code = false;
	for (size_t i = 0; i < line.n; i++) {
		code = code != (line.p[i] == '`');
		if (!code && line.p[i] == '\\' && i + 1 < line.n && ispunct((unsigned char)line.p[i + 1])) {
			buf_byte(out, line.p[++i]);
			continue;
		}
		size_t middle = line.p[i] == '[' ? str_find(line, STR("]("), i) : SIZE_MAX;
		size_t end = middle == SIZE_MAX ? SIZE_MAX : str_find_byte(line, ')', middle);
		if (end != SIZE_MAX) {
			buf_put(out, str_n(line.p + i + 1, middle - i - 1));
			i = end;
		} else if (str_starts(str_from(line, i), STR("**"))) {
			i++;
		} else {
			buf_byte(out, line.p[i]);
		}
	}
	buf_byte(out, '\n');
}

/* Up to the next heading. */
static void put_section(struct str section, struct buf *out)
{
	bool code = false;
	while (section.p) {
		struct str line = str_cut(&section, STR("\n"));
		if (!code && str_starts(line, STR("##")))
			break;
		if (str_starts(line, STR("```")))
			code = !code;
		else if (code)
			buf_format(out, "%s%.*s\n", line.n ? "    " : "", STR_ARG(line));
		else
			put_words(line, out);
	}
	while (out->n > 1 && out->p[out->n - 2] == '\n')
		out->n--;
}

static int unknown_code(struct str name)
{
	struct str near = STR_NONE;
	for (int i = 0; i < DIAG_CODE_COUNT; i++)
		str_nearer(name, diag_code_name((enum diag_code)i), &near);
	fprintf(stderr, _("giji: there is no finding 「%.*s」"), STR_ARG(name));
	if (near.p)
		fprintf(stderr, _("; did you mean %.*s?\n"), STR_ARG(near));
	else
		fputs(_("; giji explain lists them\n"), stderr);
	return EXIT_USAGE;
}

static void list_codes(void)
{
	for (enum diag_code i = 0; i < DIAG_CODE_COUNT; i++)
		printf("%-22.*s %-8s %s\n", STR_ARG(diag_code_name(i)), diag_level_word(diag_code_level(i)),
			diag_code_meaning(i));
}

/* error[closed-leak], [closed-leak], closed-leak and CLOSED-LEAK are all copied or typed. */
static struct str bare_name(struct str word, struct arena *a)
{
	size_t open = str_find_byte(word, '[', 0);
	if (open != SIZE_MAX)
		word = str_from(word, open + 1);
	word = str_cut(&word, STR("]"));
	char *name = arena_c(a, word);
	for (size_t i = 0; i < word.n; i++)
		name[i] = (char)tolower((unsigned char)name[i]);
	return str_n(name, word.n);
}

static int explain(const struct options *o, struct str page, struct arena *a, struct buf *out)
{
	for (size_t i = 0; i < o->argument_count; i++) {
		struct str name = bare_name(str_c(o->arguments[i]), a);
		enum diag_code code;
		if (!diag_code_named(name, &code))
			return unknown_code(name);
		struct str section = section_of(page, name, a);
		buf_format(out, "%s%.*s\n\n", i ? "\n" : "", STR_ARG(name));
		put_section(section.p ? section : str_c(diag_code_meaning(code)), out);
	}
	return EXIT_CLEAN;
}

int explain_run(const struct options *o)
{
	if (o->argument_count == 0) {
		list_codes();
		return EXIT_CLEAN;
	}
	struct str path =
		str_eq(o->language, STR("ja")) ? STR("content/guide/findings.md") : STR("content/guide/findings.en.md");
	struct buf page = { 0 }, out = { 0 };
	struct arena a;
	struct fs installed;
	if (!root_open_installed(&installed))
		return EXIT_MACHINE;
	arena_init(&a);
	if (fs_read(&installed, path, PAGE_MOST, &page) != FS_OK)
		fprintf(stderr, _("giji: %.*s cannot be read where giji is installed\n"), STR_ARG(path));
	int status = explain(o, buf_str(&page), &a, &out);
	fwrite(out.p ? out.p : "", 1, out.n, stdout);
	buf_release(&out);
	buf_release(&page);
	arena_release(&a);
	fs_close(&installed);
	return status;
}
