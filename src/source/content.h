/*
 * content: which files a site has, and what each is for; a file's bytes as front
 * matter and body.
 *
 * Walks content/ once: dot files, editors' backups (name~, #name#, name.bak, name.swp,
 * name.orig, .#name, ~$name) and what Windows leaves in folders (Thumbs.db, desktop.ini) are ignored; everything else is one of the kinds below. Order is by path, byte order.
 */
#ifndef GIJI_SOURCE_CONTENT_H
#define GIJI_SOURCE_CONTENT_H

#include "source/fields.h"
#include "sys/file.h"

enum {
	CONTENT_FILE_MOST = 4 * 1024 * 1024, /* bytes of a Markdown or YAML file */
	CONTENT_DEPTH_MOST = 16              /* folders inside one another */
};

enum content_kind {
	CONTENT_HOME,     /* content/index.md */
	CONTENT_PAGE,     /* content/about.md, and all in a folder of pages */
	CONTENT_BODY,     /* content/<body>/index.md */
	CONTENT_RECORD,   /* content/<body>/<name>.md */
	CONTENT_DOCUMENT, /* any other file below a body or page folder */
	CONTENT_REGISTER  /* people.yml, topics.yml, *.ledger: read elsewhere */
};

struct content_file {
	enum content_kind kind;
	struct str path;   /* "content/ict/5.en.md" */
	struct str folder; /* below content/: "ict", "a/b", "" at the top: the body's id and address; NFC. Of a document
	                        the folder it lies in: "ict/files" */
	struct str
		name; /* "5"; "index" for bodies and the index of a folder of pages; "" for the home page; documents and
	                        registers: with extension. NFC */
	uint64_t size;       /* bytes */
	struct str language; /* "en" from the name, or ""; "" also for that of the first of the site's languages */
};

struct content_tree {
	struct content_file *files;
	size_t count;
};

/* Finds every file. A name that cannot stand in an address, a reserved one (format.md), a record in a folder
 * without index.md's place in a body (records may stand in a folder that has no index.md: it is a body
 * titled by its name, with a finding fact-missing) are handled here. `languages` are those whose codes may stand in names.
 * Whether a folder holds pages is known from its index.md (`kind: pages`), which this reads; subfolders inherit. */
void content_walk(
	struct fs *site, const struct texts *languages, struct arena *a, struct content_tree *tree, struct diags *ds);

/* A dot file or an editor's backup, which is no file of the site. */
bool content_is_ignored(struct str name);

struct content_text {
	struct str whole;              /* the file, BOM dropped, CRLF and CR as LF */
	const struct yaml_node *front; /* a map, or NULL without front matter */
	struct str body;
	size_t body_line; /* the file's line on which body begins */
};

/* The finding that a file or folder could not be read, and why. Returns false. */
bool content_unreadable(enum fs_result result, struct str path, struct diags *ds);

/* Reads a text file: UTF-8 or a finding that names the likely encoding (Shift_JIS, EUC-JP, UTF-16, ISO-2022-JP) and the remedy; no
 * control characters but tab and line ends; no U+FDD0–U+FDEF, U+FFFE, U+FFFF. */
bool content_read(struct fs *site, struct str path, struct arena *a, struct str *text, struct diags *ds);

/* The same, and cut into front matter (between `---` lines at its very start) and body. Forgetting the
 * closing `---`, or writing full-width dashes, is a finding that says so. */
bool content_open(struct fs *site, struct str path, struct arena *a, struct content_text *text, struct diags *ds);

/* The second half of it, for text that was read into another arena: only front matter goes to `a`, and nothing
 * of it points into `whole`. */
bool content_cut(struct str whole, struct str path, struct arena *a, struct content_text *text, struct diags *ds);

#endif
