#include "cli/language.h"

#include "base/diag.h"
#include "sys/file.h"
#include "sys/process.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { CATALOGUE_MOST = 8 << 20 /* bytes */ };

static const struct str spoken[] = { STR_INIT("en"), STR_INIT("ja") }; /* the first is the source's own */

/* ja_JP.UTF-8 and ja-JP are ja; what giji does not speak is STR_NONE. */
static struct str code_of(struct str name)
{
	for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++) {
		struct str rest = str_from(name, spoken[i].n);
		if (str_starts(name, spoken[i]) && (rest.n == 0 || strchr("_-.@:", rest.p[0])))
			return spoken[i];
	}
	return STR_NONE;
}

bool language_is_spoken(struct str name)
{
	return code_of(name).n > 0;
}

/* The value of --lang, which must be known before the other options may complain. */
static struct str asked(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		struct str word = str_c(argv[i]);
		if (str_starts(word, STR("--lang=")))
			return str_from(word, 7);
		if (str_eq(word, STR("--lang")) && i + 1 < argc)
			return str_c(argv[i + 1]);
	}
	return str_c(getenv("GIJI_LANG"));
}

static struct str surroundings(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *list = getenv("LANGUAGE");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str value = str_c(getenv(names[i]));
		if (value.n == 0)
			continue;
		bool untranslated = str_eq(value, STR("C")) || str_eq(value, STR("POSIX"));
		return list && *list && !untranslated ? str_c(list) : value;
	}
	return STR_NONE;
}

/* Beside the installed program wherever that was moved, in the folder where it was built, or where it was installed. */
static void read_catalogue(struct str code)
{
	static const char *const places[] = { "/../share/locale", "/locale" };
	static struct buf bytes; /* for as long as the process lives */
	struct buf path = { 0 };
	struct fs folder;
	if (!process_find_beside(places, code.p, &path))
		buf_put(&path, STR(GIJI_SHARE "/../locale"));
	buf_format(&path, "/%s/LC_MESSAGES%c", code.p, '\0');
	if (fs_disk_open(&folder, path.p, false) == FS_OK) {
		if (fs_read(&folder, STR("giji.mo"), CATALOGUE_MOST, &bytes) == FS_OK)
			catalogue_use(buf_str(&bytes));
		fs_close(&folder);
	}
	buf_release(&path);
}

struct str language_choose(int argc, char **argv)
{
	struct str wish = asked(argc, argv);
	struct str code = code_of(wish);
	if (code.n == 0) /* that a wish cannot be granted is said in a language that can be read */
		code = code_of(surroundings());
	if (code.n == 0)
		code = spoken[0];
	/* never LC_ALL: numbers and order must not depend on the machine */
	setlocale(LC_CTYPE, "C.UTF-8");
	if (!str_eq(code, spoken[0]))
		read_catalogue(code);
	return code;
}
