/* A record of which only words changed: the site stays as it is, and shows them. */
#include "site/keeper.h"

#include <stdlib.h>

enum { SUPERSEDED_MOST = 200 }; /* readings that are kept because the site still points into them */

/* Two readings of one record, and whether they are alike in all that others know of it. */
struct pair {
	const struct meeting *was, *is;
	bool alike;
};

static void same(struct pair *p, bool condition)
{
	p->alike = p->alike && condition;
}

static bool same_range(struct range a, struct range b)
{
	return a.first == b.first && a.end == b.end;
}

static void compare_counts(struct pair *p)
{
	const struct meeting *a = p->was, *b = p->is;
	same(p, a->item_count == b->item_count && a->flow_count == b->flow_count);
	same(p, a->speech_count == b->speech_count && a->voice_count == b->voice_count);
	same(p, a->statement_count == b->statement_count && a->callout_count == b->callout_count);
	same(p, a->vote_count == b->vote_count && a->vote_line_count == b->vote_line_count);
	same(p, a->action_count == b->action_count && a->done_count == b->done_count);
	same(p, a->named_count == b->named_count && a->topic_ref_count == b->topic_ref_count);
	same(p, a->doc.link_count == b->doc.link_count && a->doc.first_line == b->doc.first_line);
	/* What these say depends on words, or points into them. */
	same(p, a->stamped.found == b->stamped.found && a->stamped.confirmed == b->stamped.confirmed);
	same(p, a->stamped.stale == b->stamped.stale && a->tombstone_count + b->tombstone_count == 0);
	same(p, a->front.corrections.count == 0 && !a->withheld && a->front.anonymous == ANONYMOUS_NOT);
}

static void compare_voices(struct pair *p, const struct voice *a, const struct voice *b, size_t count)
{
	for (size_t i = 0; p->alike && i < count; i++)
		same(p,
			a[i].registered == b[i].registered && a[i].attendee == b[i].attendee &&
				str_eq(a[i].label, b[i].label));
}

static void compare_structure(struct pair *p)
{
	const struct meeting *a = p->was, *b = p->is;
	for (size_t i = 0; p->alike && i < a->item_count; i++) {
		const struct item *x = &a->items[i], *y = &b->items[i];
		same(p, str_eq(x->anchor, y->anchor) && str_eq(x->title, y->title) && str_eq(x->number, y->number));
		same(p, str_eq(x->closed, y->closed) && x->parent == y->parent && x->agenda == y->agenda);
	}
	for (size_t i = 0; p->alike && i < a->flow_count; i++)
		same(p, a->flow[i].kind == b->flow[i].kind && a->flow[i].index == b->flow[i].index);
	for (size_t i = 0; p->alike && i < a->speech_count; i++) {
		const struct speech *x = &a->speeches[i], *y = &b->speeches[i];
		same(p, str_eq(x->anchor, y->anchor) && str_eq(x->label, y->label));
		same(p, same_range(x->voices, y->voices) && x->item == y->item);
	}
	for (size_t i = 0; p->alike && i < a->statement_count; i++) {
		const struct statement *x = &a->statements[i], *y = &b->statements[i];
		same(p, str_eq(x->anchor, y->anchor) && x->kind == y->kind && x->item == y->item);
		same(p, x->speech == y->speech && same_range(x->topics, y->topics));
	}
	compare_voices(p, a->voices, b->voices, a->voice_count);
	compare_voices(p, a->named, b->named, a->named_count);
	for (size_t i = 0; p->alike && i < a->topic_ref_count; i++)
		same(p,
			a->topic_refs[i].registered == b->topic_refs[i].registered &&
				str_eq(a->topic_refs[i].word, b->topic_refs[i].word));
}

/* An action is closed by its words, so those of callouts count as structure. */
static void compare_callouts(struct pair *p)
{
	const struct meeting *a = p->was, *b = p->is;
	struct buf was = { 0 }, is = { 0 };
	for (size_t i = 0; p->alike && i < a->callout_count; i++) {
		const struct callout *x = &a->callouts[i], *y = &b->callouts[i];
		same(p, x->kind == y->kind && x->detail == y->detail && x->item == y->item && x->speech == y->speech);
		same(p, str_eq(x->anchor, y->anchor) && str_eq(x->outcome, y->outcome));
		same(p, same_range(x->topics, y->topics));
		if (!p->alike || a->action_count + a->done_count + a->vote_count == 0)
			continue;
		buf_clear(&was);
		buf_clear(&is);
		meeting_words(a, x->pieces, &was);
		meeting_words(b, y->pieces, &is);
		same(p, str_eq(buf_str(&was), buf_str(&is)));
	}
	/* Its own `done:` is none of an action's words. */
	for (size_t i = 0; p->alike && i < a->action_count; i++) {
		const struct action *x = &a->actions[i], *y = &b->actions[i];
		same(p, x->says_done == y->says_done && date_compare(x->done_on, y->done_on) == 0);
		same(p, str_eq(x->done_by, y->done_by));
	}
	buf_release(&was);
	buf_release(&is);
}

static void compare_links(struct pair *p)
{
	for (size_t i = 0; p->alike && i < p->was->doc.link_count; i++) {
		const struct md_link *x = &p->was->doc.links[i], *y = &p->is->doc.links[i];
		same(p, x->kind == y->kind && x->image == y->image && x->number == y->number);
		same(p, str_eq(x->target, y->target) && p->was->link_withheld[i] == p->is->link_withheld[i]);
	}
}

static bool alike(const struct meeting *was, const struct meeting *is)
{
	struct pair p = { was, is, true };
	compare_counts(&p);
	compare_structure(&p);
	compare_callouts(&p);
	compare_links(&p);
	return p.alike;
}

/* What src/site has found out about the one holds for the other. */
static void take_ties(const struct meeting *from, struct meeting *to)
{
	for (size_t i = 0; i < to->voice_count; i++)
		to->voices[i].person = from->voices[i].person;
	for (size_t i = 0; i < to->named_count; i++)
		to->named[i].person = from->named[i].person;
	for (size_t i = 0; i < to->front.attendees.attendee_count; i++)
		to->present[i].person = from->present[i].person;
	for (size_t i = 0; i < to->topic_ref_count; i++)
		to->topic_refs[i].topic = from->topic_refs[i].topic;
	for (size_t i = 0; i < to->action_count; i++)
		to->actions[i] = from->actions[i];
	for (size_t i = 0; i < to->done_count; i++)
		to->dones[i] = from->dones[i];
	to->targets = from->targets;
}

static bool has_finding(const struct diags *ds, struct str path)
{
	for (size_t i = 0; i < diag_count(ds); i++)
		if (str_eq(diag_at(ds, i)->loc.path, path))
			return true;
	return ds->flooded;
}

static bool find_file(const struct kept *k, struct str path, size_t *file)
{
	for (size_t i = 0; i < k->tree->tree.count; i++)
		if (str_eq(k->tree->tree.files[i].path, path)) {
			*file = i;
			return k->tree->tree.files[i].kind == CONTENT_RECORD && k->files[i] && k->files[i]->meeting;
		}
	return false;
}

static bool find_meeting(const struct site *s, const struct meeting *m, size_t *index)
{
	for (*index = 0; *index < s->meeting_count; ++*index)
		if (s->meetings[*index] == m)
			return true;
	return false;
}

/* Reads the file anew, aside. NULL when it cannot be read, or needs a finding. */
static struct kept_file *read_again(struct build *b, size_t file, const struct kept_file *was, struct diags *ds)
{
	struct record r = { .file = &b->tree.files[file],
		.language = was->meeting->language,
		.key = was->key,
		.body = build_body_of(b, was->meeting->folder) };
	b->records = &r;
	build_read_record(b, 0, 0, ds);
	return b->kept->added[file];
}

static bool replace(struct build *b, size_t file, size_t index, struct diags *ds)
{
	struct kept *k = b->kept;
	struct kept_file *was = k->files[file];
	k->old[file] = was;
	k->files[file] = NULL;
	struct kept_file *is = read_again(b, file, was, ds);
	if (k->files[file]) /* the bytes are the same */
		return true;
	k->files[file] = was;
	k->old[file] = k->added[file] = NULL;
	if (!is)
		return false;
	if (!is->meeting || diag_count(&is->diags) > 0 || !keeper_same_front(was, is) ||
		!alike(was->meeting, is->meeting)) {
		keeper_drop(is);
		return false;
	}
	if (b->options->before_settling)
		b->options->before_settling(b->options->shared);
	keeper_untie(is);
	take_ties(was->meeting, is->meeting);
	b->site->meetings[index] = is->meeting;
	keeper_supersede(k, file, is);
	return true;
}

static bool refresh(struct build *b, struct str path, const struct diags *found)
{
	struct diags ds;
	size_t file, index;
	if (!find_file(b->kept, path, &file) || !find_meeting(b->site, b->kept->files[file]->meeting, &index))
		return false;
	if (b->kept->superseded_count >= SUPERSEDED_MOST || has_finding(found, path))
		return false;
	diags_init(&ds, b->options->levels);
	bool done = replace(b, file, index, &ds) && diag_count(&ds) == 0;
	diags_release(&ds);
	return done;
}

bool site_refresh(struct site *s, struct fs *fs, const struct site_options *options, const struct map *changed,
	const struct diags *found)
{
	struct arena scratch = { 0 };
	struct kept *k = options->kept;
	struct build b = { .site = s,
		.fs = fs,
		.options = options,
		.kept = k,
		.tree = k->tree->tree,
		.workers = 1,
		.scratches = &scratch };
	for (size_t i = 0; i < s->body_count; i++)
		map_add(&b.folders, s->bodies[i].folder, i);
	bool done = changed->count > 0;
	for (size_t i = 0; done && i < changed->count; i++)
		done = refresh(&b, changed->entries[i].key, found);
	map_release(&b.folders);
	arena_release(&scratch);
	return done;
}
