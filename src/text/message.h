/*
 * message: a sentence with holes, in ICU MessageFormat with named arguments.
 *
 *     {count, plural, =0 {no remarks} one {one remark} other {# remarks}}
 *     {name}（{body}）
 *
 * A pattern is compiled once and may then be formatted from any thread.
 * Patterns without plural, select or number parts never reach ICU; other kinds
 * of holes (date, choice, offset …) are refused. A number in a plain {name} is
 * printed as it is (2013); {name, number} and # group it (2,013).
 */
#ifndef GIJI_TEXT_MESSAGE_H
#define GIJI_TEXT_MESSAGE_H

#include "base/buf.h"

struct message; /* lives in the arena it was compiled into */

struct message_arg {
	struct str name;
	bool is_number;
	double number;
	struct str text;
};

/* NULL when the pattern is wrong; *why is then a static, translated reason. */
struct message *message_compile(struct arena *a, struct str pattern, struct str language, const char **why);

size_t message_arg_count(const struct message *m);
struct str message_arg_name(const struct message *m, size_t i);

/* Appends the sentence. An argument that the pattern names and `args` lacks, or gives as text where
 * it takes a number, makes it return false with the name in *missing, and nothing is appended. */
bool message_format(const struct message *m, const struct message_arg *args, size_t count, struct buf *out, struct str *missing);

/* Numbers in a language's own grouping: 1,234. */
void number_print(struct buf *out, long number, struct str language);

#endif
