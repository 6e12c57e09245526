#include "yaml/parts.h"

#include <string.h>

/* The last one stands for all that has no words of ours. */
static const struct fault faults[] = {
	{ "mapping values are not allowed in this context", N_("a colon stands where no key can be"),
		N_("put a value that holds a colon between quotes, and begin the keys of one map in the same column"),
		false, true },
	{ "could not find expected ':'", N_("this line is not of the form 「key: value」"), NULL, true, true },
	{ "did not find expected key", N_("this does not fit what stands before it"),
		N_("begin the keys of one map in the same column, and put text with signs in it between quotes"), false,
		true },
	{ "did not find expected '-' indicator", N_("a list ends here without being indented less"),
		N_("begin each item of a list with 「- 」 in the same column"), false, true },
	{ "did not find expected <document start>", N_("this does not fit what stands before it"),
		N_("begin the keys of one map in the same column, and put text with signs in it between quotes"), false,
		true },
	{ "did not find expected ',' or ']'", N_("a list in 「[ ]」 is not closed, or lacks a comma"), NULL, true,
		false },
	{ "did not find expected ',' or '}'", N_("a map in 「{ }」 is not closed, or lacks a comma"), NULL, true,
		false },
	{ "found unexpected end of stream", N_("a quote is opened and never closed"), NULL, true, false },
	{ "found unexpected document indicator", N_("a quote is opened and never closed"), NULL, true, false },
	{ "found unknown escape character", N_("no such escape exists between double quotes"),
		N_("write \\\\ for a backslash, or use single quotes"), false, false },
	{ "found character that cannot start any token", N_("nothing can begin with this character"),
		N_("put the text between quotes"), false, false },
	{ "did not find expected node content", N_("a value is missing before this character"),
		N_("put text that begins with a sign between quotes"), false, false },
	{ "did not find expected alphabetic or numeric character",
		N_("「*」 and 「&」 at the start of a value are no text in YAML"), N_("put the text between quotes"),
		true, false },
	{ "block sequence entries are not allowed in this context", N_("a list cannot begin in the line of its key"),
		N_("begin the list in the next line"), false, false },
	{ "did not find expected comment or line break",
		N_("「|」 and 「>」 at the start of a value begin a block of text"),
		N_("put the text between quotes, or begin it in the next line"), true, false },
	{ "found undefined tag handle", N_("tags, which begin with 「!」, are not used here"),
		N_("put the text between quotes"), true, false },
	{ "control characters are not allowed", N_("a control character stands here"), N_("delete it"), false, false },
	{ "invalid leading UTF-8 octet", N_("this is not UTF-8 text"), NULL, false, false },
	{ "incomplete UTF-8 octet sequence", N_("this is not UTF-8 text"), NULL, false, false },
	{ "invalid trailing UTF-8 octet", N_("this is not UTF-8 text"), NULL, false, false },
	{ NULL, N_("this is not YAML that giji reads"), NULL, false, false },
};

const struct fault *fault_for(const char *problem)
{
	const struct fault *fault = faults;
	while (fault->problem && (!problem || strcmp(fault->problem, problem) != 0))
		fault++;
	return fault;
}
