#include "site/build.h"

/* Remembers the first day on which a build would come out otherwise. */
static void note_due(struct build *b, struct date day, struct str path)
{
	struct site *s = b->site;
	struct str iso = date_iso(&b->scratch, day);
	if (!str_empty(s->next_due) && str_cmp(s->next_due, iso) <= 0)
		return;
	s->next_due = arena_str(&s->arena, iso);
	s->next_due_path = path;
}

bool build_shows(struct build *b, const struct showing *s)
{
	struct date now = b->site->now;
	bool drafts = b->site->drafts;
	if (date_is(s->expire_on) && date_compare(s->expire_on, now) <= 0)
		return false;
	if (s->draft && !drafts)
		return false;
	if (date_compare(s->publish_on, now) > 0) {
		note_due(b, s->publish_on, s->path);
		return drafts;
	}
	if (date_is(s->expire_on))
		note_due(b, s->expire_on, s->path);
	return true;
}
