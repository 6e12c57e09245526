#include "source/words.h"

/* A text may be given for "en" and asked for in "en-GB". */
static struct str primary_subtag(struct str language)
{
	return str_cut(&language, STR("-"));
}

struct str words_in(const struct words *w, struct str language)
{
	const struct yaml_node *text = yaml_get(w->by_language, language);
	if (!text)
		text = yaml_get(w->by_language, primary_subtag(language));
	return text && !str_empty(text->text) ? text->text : w->any;
}
